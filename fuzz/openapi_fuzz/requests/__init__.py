"""Requests that are damaged or written otherwise on their way to a server."""
