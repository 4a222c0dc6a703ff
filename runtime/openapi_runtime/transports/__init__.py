"""Transports: what sends requests and receives responses, each over another HTTP library."""
