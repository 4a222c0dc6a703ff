"""Oracles: checks that tell right from wrong, of one exchange, of pages and of secrets."""
