"""What a mock shows in a browser: the console, the reference, and the frame of every other page."""

from .routes import page_routes

__all__ = ["page_routes"]
