"""Clients and mocks of both APIs together: `testing` for programs of your own, `pytest_plugin` for pytest."""
