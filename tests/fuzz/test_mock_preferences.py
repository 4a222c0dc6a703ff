"""Each way to write a preference, and what a mock makes of it, row by row."""

from typing import Any

import pytest

from openapi_mock import Behaviour, Call, Mock, Problem, Request, operation
from openapi_mock.preferences import Preferences, read_preferences

from .one_operation import document_of

READ = [
    ("code=404", Preferences("404")),
    ('code="404"', Preferences("404")),
    ('example="a\\"b, c"', Preferences(example='a"b, c')),
    (" CODE = 404 ; q=1, example=x", Preferences("404", "x")),
    ("code=404, code=500", Preferences("404")),
    ('wait=5; x="code=1, code=2", code=3', Preferences("3")),
    ("dynamic=true", Preferences(is_dynamic=True)),
    ("dynamic=false", Preferences()),
    ("dynamic", Preferences()),
    ("code, example", Preferences()),
    ("respond-async", Preferences()),
    ("", Preferences()),
]


@pytest.mark.parametrize(("header", "wanted"), READ)
def test_a_preference_is_read_as_rfc_7240_writes_it(header: str, wanted: Preferences) -> None:
    assert read_preferences(header) == wanted


def examples(**values: Any) -> dict[str, Any]:
    found = {name: {"value": value} for name, value in values.items()} | {"none": {"summary": "No value."}}
    return {"content": {"application/json": {"schema": True, "examples": found}}}


RESPONSES = {
    "200": examples(one=1, two=2),
    "404": examples(gone="gone"),
    "5XX": examples(lost="lost"),
    "default": examples(other="other", one="other one"),
}
UNKNOWN = "Prefer: "
ANSWERED: list[tuple[str, int, Any, str | None]] = [
    ("code=200", 200, 1, 'code="200"'),
    ("code=404", 404, "gone", 'code="404"'),
    ("code=503", 503, "lost", 'code="503"'),
    ("code=418", 418, "other", 'code="418"'),
    ("code=200, example=two", 200, 2, 'code="200", example="two"'),
    ("example=two", 200, 2, 'example="two"'),
    ("example=gone", 404, "gone", 'example="gone"'),
    ("example=lost", 500, "lost", 'example="lost"'),
    ("example=other", 500, "other", 'example="other"'),
    ("example=one, dynamic=true", 200, 1, 'example="one", dynamic="true"'),
    (
        "code=600",
        404,
        f"{UNKNOWN}code '600' is not documented; documented codes: 200, 404, 5XX, default",
        None,
    ),
    ("code=20", 404, f"{UNKNOWN}code '20' is not documented; documented codes: 200, 404, 5XX, default", None),
    (
        f"code={'9' * 30}",
        404,
        f"{UNKNOWN}code '{'9' * 20}' is not documented; documented codes: 200, 404, 5XX, default",
        None,
    ),
    (
        "code=404, example=one",
        404,
        f"{UNKNOWN}the code 404 has no such example; documented examples: gone",
        None,
    ),
    (
        "example=none",
        404,
        f"{UNKNOWN}there is no such example; documented examples: one, two, gone, lost, other",
        None,
    ),
]


class Handled(Behaviour):
    """Has a value of its own."""

    @operation("it")
    def answer(self, call: Call) -> Any:
        return "own"


@pytest.mark.parametrize("behaviour", [Handled, Behaviour])
@pytest.mark.parametrize(("header", "status", "body", "applied"), ANSWERED)
def test_a_preference_is_answered_as_it_is_documented_or_refused(
    behaviour: type[Behaviour], header: str, status: int, body: Any, applied: str | None
) -> None:
    class Plain(behaviour):  # type: ignore[misc,valid-type]
        def render(self, problem: Problem, operation: Any) -> Any:
            found = super().render(problem, None)
            assert found.body["error"] == "preference-unknown"
            return type(found)(found.status, found.body["message"])

    with Mock(document_of({"responses": RESPONSES}), Plain()) as mock:
        for _ in range(2):
            found = mock.handle(Request("POST", "/", {"prefer": header}))
            assert (found.status, found.body) == (status, body)
            assert found.headers.get("preference-applied") == applied


def test_only_what_is_not_handled_is_made_up_anew() -> None:
    schema = {"type": "array", "items": {"type": "integer"}, "minItems": 3}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}, "204": {}}
    request = Request("POST", "/", {"prefer": "dynamic=true"})
    with Mock(document_of({"responses": responses})) as mock:
        found = [mock.handle(request) for _ in range(9)]
        assert len({str(each.body) for each in found}) > 1
        assert {each.headers["preference-applied"] for each in found} == {'dynamic="true"'}
        missing = mock.handle(Request("POST", "/", {"prefer": "example=x"}))
        assert missing.body["message"] == "Prefer: there is no such example; documented examples: none"
        plain = mock.handle(Request("POST", "/", {"prefer": "wait=5"}))
        assert (plain.headers, plain.body) == ({}, [0, 1, 2])
    responses["200"]["content"]["application/json"]["schema"] = {}  # type: ignore[index]
    with Mock(document_of({"responses": responses}), Handled()) as mock:
        assert mock.handle(request).body == "own"


def test_a_preference_that_is_no_ascii_is_told_in_ascii() -> None:
    document = document_of({"responses": {"200": examples(é=1)}})
    with Mock(document) as mock:
        found = mock.handle(Request("POST", "/", {"prefer": 'example="é"'}))
    assert (found.body, found.headers["preference-applied"]) == (1, 'example="\\xe9"')


def test_a_problem_is_told_by_its_message() -> None:
    assert str(Problem(400, "odd", "made up")) == "made up"
