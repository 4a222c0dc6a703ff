"""Failures with the calls that show them: shown, masked, and kept for later runs."""
