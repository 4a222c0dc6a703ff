"""A client over a network in memory: how that fails, and what a call then has to come to."""
