"""Generation of typed Python clients from OpenAPI files.

`document` reads a spec. `validate` checks it, with `nodes` (the kind of each object), `extensions` (our
fields), `operation_checks` and `schema_checks`. `normalize` makes implicit parts explicit. `context` has what
the templates render: `models` and `operations`, with their `endpoint`, `facade`, `pagination`, `constraints`,
`errors`, `annotations` and `docstrings`. `package` renders, `pipeline` runs all steps.
"""
