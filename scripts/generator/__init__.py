"""Generation of typed Python clients from OpenAPI files: read, validate, normalize, decide, render.

`document` reads a spec, `validate` checks it, `normalize` writes out what it leaves implicit. `context` gathers
what templates render: `models`, and `operations` with their `endpoint`, `facade`, `pagination`, `constraints`;
`errors` by status and by code; `annotations` and `docstrings` of all. `package` renders, `pipeline` runs it all.
"""
