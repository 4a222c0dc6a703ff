"""Responses as data: those that a document allows, and what may become of them on their way to a client.

`drawing` draws valid responses, `mutations` spoils them, `transport` delivers them, `expectation` says what a
client owes for one, and `judging` compares that with what it does. `suite` has the tests of all of it.
"""
