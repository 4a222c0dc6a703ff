"""Turns an OpenAPI file into a typed Python client.

`document` reads and validates a spec, `expand` writes out what it leaves implicit. Everything that templates
write is decided next: `shapes` (types, decoders), `models`, `operations` (with `source`, `facade`, `pages`),
`statuses`, and `prose` for docstrings; `views` puts it together. `package` renders, `pipeline` runs it all.
"""
