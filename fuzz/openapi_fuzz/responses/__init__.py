"""Responses as data: those that a document allows, what may become of them on the way, and what a client owes for each.

`drawing` draws valid responses, `mutations` spoil them, `transport` delivers them, `expectation` says what the
document makes of one, and `judging` compares that with what a client does. `suite` has the tests of all of it.
"""
