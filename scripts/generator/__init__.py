"""Turns an OpenAPI file into a typed Python client.

`document` reads and validates a spec, `expand` writes out what it leaves implicit. Then everything is decided that
templates write: `shapes` (types and decoders), `models`, `operations` with `source`, `facade` and `pages`, `statuses`,
and `prose` for docstrings; `views` puts it together. `package` renders it, and `pipeline` runs it all.
"""
