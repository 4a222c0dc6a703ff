"""Turns an OpenAPI file into a typed Python client.

`document` reads and validates, `expand` writes out what a spec leaves implicit, `shapes` and `views` say what
becomes of a schema and of an operation, `prose` writes docstrings, `package` renders, `pipeline` ties it together.
"""
