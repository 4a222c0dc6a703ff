"""Mocks on a socket: the ASGI application, the server and its limits."""
