import json
import time

import pytest

from generator.document import SpecError, load
from generator.validate import validate


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_schemas_that_double_forty_times_are_refused_at_once(tmp_path, keyword):
    pairs = {f"S{n}": {keyword: [ref(f"S{n + 1}"), ref(f"S{n + 1}")]} for n in range(40)}
    content = {"application/json": {"schema": ref("S0")}}
    operation = {"operationId": "getIt", "responses": {"200": {"description": "It.", "content": content}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Bomb", "version": "1"},
        "paths": {"/it": {"get": operation}},
        "components": {"schemas": {**pairs, "S40": {"type": "object"}}},
    }
    (tmp_path / "bomb.yaml").write_text(json.dumps(document))
    started = time.process_time()
    with pytest.raises(SpecError, match="combines more than 100,000 schemas"):
        validate(load(tmp_path / "bomb.yaml", "bomb.yaml"))
    # It takes milliseconds, and ages without the limit.
    assert time.process_time() - started < 10
