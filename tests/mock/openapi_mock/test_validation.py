import pytest

from openapi_mock import Document
from openapi_mock.validation import Validators


def places(schema, value, **schemas):
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"It": schema, **schemas}}})
    node = document.node.follow("#/components/schemas/It")
    found = Validators(document).compile(node).violations(value, "body")
    assert all(each.message and each.location == "body" for each in found)
    return sorted((each.path, each.keyword) for each in found)


def test_a_valid_value_has_no_violations():
    assert places({"type": "object", "required": ["a"]}, {"a": 1}) == []


def test_missing_properties_are_named():
    schema = {"required": ["a"], "properties": {"b": {"required": ["c", "d"]}}}
    assert places(schema, {"b": {}}) == [("a", "required"), ("b.c", "required"), ("b.d", "required")]


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
def test_each_superfluous_property_is_named(keyword):
    schema = {"properties": {"a": {"properties": {"b": {}}, keyword: False}}}
    assert places(schema, {"a": {"b": 1, "x": 1, "y": 1}}) == [("a.x", keyword), ("a.y", keyword)]


@pytest.mark.parametrize(
    ("schema", "least", "most"),
    [
        ({"type": "integer", "format": "int32"}, -(2**31), 2**31 - 1),
        ({"type": ["integer", "null"], "format": "int64"}, -(2**63), 2**63 - 1),
        ({"type": "integer", "format": "int32", "minimum": 1}, 1, 2**31 - 1),
        ({"type": "integer", "format": "int64", "maximum": 1e300}, -(2**63), 2**63 - 1),
        ({"allOf": [{"format": "int32"}, {"maximum": 9}]}, -(2**31), 9),
    ],
)
def test_the_width_of_an_integer_is_a_limit(schema, least, most):
    assert places(schema, least) == places(schema, most) == []
    assert places(schema, least - 1) == [("", "minimum")]
    assert places(schema, most + 1) == [("", "maximum")]


def test_what_only_looks_like_a_schema_has_no_limit():
    value = {"format": "int32"}
    assert places({"const": value}, value) == []


def test_recursive_references_are_followed():
    tree = {
        "properties": {"value": {"type": "integer"}, "kids": {"items": {"$ref": "#/components/schemas/It"}}}
    }
    value = {"kids": [{"value": 1}, {"kids": [{"value": "x"}]}]}
    assert places(tree, value) == [("kids.1.kids.0.value", "type")]


def test_references_between_components_are_followed():
    assert places({"$ref": "#/components/schemas/A~1b"}, 1, **{"A/b": {"type": "string"}}) == [("", "type")]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("email", "x"),
        ("date", "2024-13-01"),
        ("date-time", "2024-01-01"),
        ("uuid", "5"),
        ("uri", "a b"),
        ("ipv4", "1.2"),
    ],
)
def test_formats_are_asserted(form, value):
    assert places({"format": form}, value) == [("", "format")]


@pytest.mark.parametrize("combination", ["oneOf", "anyOf"])
def test_of_alternatives_the_one_that_was_meant_is_reported(combination):
    schema = {
        combination: [
            {"type": "string"},
            {"properties": {"kind": {"const": "a"}}, "required": ["kind", "size"]},
            {"properties": {"kind": {"const": "b"}, "n": {"type": "integer"}}, "required": ["kind", "n"]},
        ]
    }
    assert places(schema, {"kind": "b", "n": "x"}) == [("n", "type")]
    assert places(schema, {"kind": "a"}) == [("size", "required")]


def test_a_value_that_fits_several_of_one_of_is_refused():
    assert places({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 5) == [("", "oneOf")]


def test_no_alternative_at_all_is_reported_at_the_value():
    assert places({"properties": {"a": {"anyOf": [False, False]}}}, {"a": 1}) == [("a", "falseSchema")]


def test_conditions_point_at_the_leaf():
    schema = {
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["x"]},
        "else": {"properties": {"y": {"maximum": 1}}},
    }
    assert places(schema, {"kind": "a"}) == [("x", "required")]
    assert places(schema, {"kind": "b", "y": 2}) == [("y", "maximum")]


def test_exclusions_point_at_the_value():
    assert places({"properties": {"a": {"not": {"type": "integer"}}}}, {"a": 1}) == [("a", "not")]


def test_the_same_violation_is_reported_once():
    assert places({"allOf": [{"required": ["a"]}, {"required": ["a"]}]}, {}) == [("a", "required")]


@pytest.mark.parametrize("value", ["\ud800", b"x", {1: 2}, object()])
def test_a_value_that_is_not_json_is_a_violation(value):
    assert places({"type": ["string", "object"], "minLength": 1}, value) == [("", "encoding")]


def test_a_message_lists_all_allowed_values_unless_there_are_many():
    def message(options):
        document = Document({"openapi": "3.1.0", "components": {"schemas": {"It": {"enum": options}}}})
        node = document.node.follow("#/components/schemas/It")
        return Validators(document).compile(node).violations("made-up", "body")[0].message

    assert message(["a", "b", "ü", 1, None]) == 'is not one of "a", "b", "ü", 1, null'
    assert len(message([f"option-{number}" for number in range(21)])) < 100
