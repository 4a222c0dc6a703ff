"""Generation of typed Python clients from OpenAPI files.

`document` reads a spec. `validate` checks it, with `nodes` (what stands where), `extensions` (our fields),
`operation_checks` and `schema_checks`. `normalize` writes out what it leaves implicit. `context` has what the
templates render: `models` and `operations`, with their `endpoint`, `facade`, `pagination`, `constraints`,
`errors`, `annotations` and `docstrings`. `package` renders, `pipeline` runs it all.
"""
