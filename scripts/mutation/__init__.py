"""Mutation testing: small faults, planted one at a time, that the fuzzing has to find."""
