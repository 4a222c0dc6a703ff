"""Documents that stand for more than can be made of them are served or refused, in little time and memory."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

pytest.importorskip("resource", reason="time and memory are limited by resource")

# Ten times what any of them takes on a slow machine: without a limit in the mock, they take hours.
SECONDS = 10
MEGABYTES = 200
# Loads a document and asks for its only operation, within limits of CPU and memory. Prints what came out.
PROGRAM = f"""
import resource, sys
from openapi_mock import Mock, Request, SpecificationError
if sys.platform == "linux":
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    most = used + {MEGABYTES} * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
try:
    mock = Mock.from_file(sys.argv[1])
    outcome = mock.handle(Request("GET", "/", {{"prefer": sys.argv[2]}})).status
except SpecificationError as error:
    outcome = str(error).replace(chr(10), " ")[:300]
print(outcome)
"""


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def doubled(keyword):
    """Return schemas, each of which has the next one twice, side by side."""
    pairs = {f"S{n}": {keyword: [ref(f"S{n + 1}"), ref(f"S{n + 1}")]} for n in range(40)}
    return {**pairs, "S40": {"type": "object"}}


def wide():
    """Return schemas, each of which has the next one in ten required properties."""
    names = [f"p{n}" for n in range(10)]
    below = [dict.fromkeys(names, ref(f"S{n + 1}")) for n in range(12)]
    levels = {f"S{n}": {"required": names, "properties": each} for n, each in enumerate(below)}
    return {**levels, "S12": {"type": "integer"}}


BOMBS = {
    "allOf": doubled("allOf"),
    "anyOf": doubled("anyOf"),
    "oneOf": doubled("oneOf"),
    "wide": wide(),
    "a circle": {"S0": {"allOf": [ref("S0")]}},
    "a circle of two": {"S0": {"allOf": [ref("S1")]}, "S1": {"anyOf": [ref("S0")]}},
    "an endless tree": {"S0": {"required": ["next"], "properties": {"next": ref("S0")}}},
    "many items": {"S0": {"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9}}},
    "a long string": {"S0": {"type": "string", "minLength": 10**12}},
    "a long pattern": {"S0": {"type": "string", "pattern": "^(((a{999}){999}){999}){999}$"}},
    "a slow pattern": {"S0": {"type": "string", "pattern": "^(a+)+(a+)+(a+)+b$", "minLength": 5000}},
    "a deep schema": {"S0": json.loads('{"items":' * 150 + "{}" + "}" * 150)},
}


def run(tmp_path, text, prefer):
    file = tmp_path / "bomb.json"
    file.write_text(text)
    done = subprocess.run(  # noqa: S603  # a program of our own making
        [sys.executable, "-c", PROGRAM, str(file), prefer],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("prefer", ["", "dynamic=true"])
@pytest.mark.parametrize("name", BOMBS)
def test_a_schema_that_stands_for_too_much_takes_little(tmp_path, name, prefer):
    response = {"content": {"application/json": {"schema": ref("S0")}}}
    document = {
        "openapi": "3.1.0",
        "paths": {"/": {"get": {"responses": {"200": response}}}},
        "components": {"schemas": BOMBS[name]},
    }
    run(tmp_path, json.dumps(document), prefer)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("openapi: 3.1.0\nx: " + "9" * 100_000, "out of range"),
        ("openapi: 3.1.0\nx: " + "[" * 100_000, "nested too deeply"),
        (
            "openapi: 3.1.0\na0: &a0 [x, x]\n"
            + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
            "aliases",
        ),
    ],
    ids=["digits", "brackets", "billion laughs"],
)
def test_a_file_that_stands_for_too_much_is_refused(tmp_path, text, reason):
    assert reason in run(tmp_path, text, "")
