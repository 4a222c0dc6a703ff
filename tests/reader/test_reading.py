import re
import time

import jsonschema_rs
import pytest

from openapi_reader import ReadError, format_pointer, line_of, parse, places_on, pointer_to, read

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def value(text):
    return parse(text, "it").value


def refusal(text):
    started = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        parse(text, "it")
    assert time.perf_counter() - started < 5
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5), ("-3", -3), ("+3", 3), ("007", 7), ("0x1F", 31), ("0o17", 15), ("9" * 308, int("9" * 308)),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("5.", 5.0), ("-1E-2", -0.01),
        ("true", True), ("False", False), ("~", None), ("null", None), ("---", None),
        ("no", "no"), ("on", "on"), ("2024-01-31", "2024-01-31"), ("1_000", "1_000"), ("1:30", "1:30"),
        ("'5'", "5"), ('"true"', "true"), ("! 5", "5"), ("!!str 5", "5"), ("|\n  5\n", "5\n"), ("0b1", "0b1"),
        ('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}), ("{200: y, ~: z}", {"200": "y", "~": "z"}),
        ("\ufeffa: 1", {"a": 1}), ("{'<<': 1}", {"<<": 1}),
    ],
)  # fmt: skip
def test_values_are_those_of_yaml_1_2(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_every_value_has_its_line():
    tree = parse("# note\na:\n  b: 1\n  c:\n    - x\n    -\n      d: y\n", "it")
    assert tree.lines == {
        (): 2, ("a",): 2, ("a", "b"): 3, ("a", "c"): 4,
        ("a", "c", 0): 5, ("a", "c", 1): 7, ("a", "c", 1, "d"): 7,
    }  # fmt: skip


def test_the_line_of_what_is_not_there_is_that_of_the_nearest_value_around_it():
    lines = parse("a:\n  b: 1\n", "it").lines
    assert line_of(lines, ["a", "b", "c", 0]) == 2
    assert line_of(lines, ["z"]) == 1
    assert line_of({}, ["a"]) is None


def test_an_alias_stands_for_a_copy_with_the_lines_of_the_original():
    tree = parse("a: &x\n  b: [1]\nc: *x\nd: [*x]\n", "it")
    assert tree.value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}]}
    assert tree.value["a"]["b"] is not tree.value["c"]["b"]
    assert (tree.lines["c",], tree.lines["c", "b"], tree.lines["d", 0, "b", 0]) == (3, 2, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it:1: the file is empty"),
        ("# note\n", "it:1: the file is empty"),
        ("a: {\n", "it:1: not valid YAML: "),
        ("a: 1\nb: [\n\n\n", "it:2: not valid YAML: "),
        ("a: 1\n\x00", "it: not valid YAML: "),
        ("a: '\ud800'", "it: not valid YAML: "),
        ("a: 1\nb: {a: 1, c: 2,\n a: 3}", "it:3: the key 'a' is given twice"),
        ("1: x\n'1': y", "it:2: the key '1' is given twice"),
        ("a: 1\n? [1]\n: 2", "it:2: a key has to be a plain value"),
        ("a: &a [1]\n*a : 1", "it:2: a key has to be a plain value"),
        ("a: &a [*a]", "it:1: the alias *a needs an anchor &a on a value that ends before it"),
        ("a: 1\nb: *c", "it:2: the alias *c needs an anchor"),
        ("a: &a {b: 1}\nc:\n  <<: *a", "it:3: merge keys (<<) are not part of YAML 1.2"),
        ("a: !!binary aGk=", "it:1: the tag tag:yaml.org,2002:binary is not supported: remove it"),
        ("a: !!python/object/apply:os.getcwd []", "it:1: the tag tag:yaml.org,2002:python/object/apply"),
        ("a: 1\n---\nb: 1", "it:2: a second document begins here"),
        ("a: .nan", "it:1: JSON has no number .nan: quote it if it is text"),
        ("a: -.inf", "it:1: JSON has no number -.inf"),
        ("a: 1e999", "it:1: a number is out of range"),
        ("a: " + "9" * 309, "it:1: a number is out of range"),
        ("a: " + "9" * 5_000_000, "it:1: a number is out of range"),
        ("a: 0x" + "f" * 5000, "it:1: a number is out of range"),
        ("[" * 202 + "]" * 202, "it:1: nested too deeply"),
        ("[" * 1_000_000, "it:1: n"),
        ("- " * 100_000, "it:1: nested too deeply"),
        (LAUGHS, "it:5: aliases make the document too large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, message):
    assert refusal(text).startswith(message)


def test_aliases_that_nest_ever_deeper_are_refused():
    chain = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 500))
    assert "too large" in refusal("a0: &a0 [x]\n" + chain)


def test_200_levels_are_read():
    assert value("[" * 200 + "]" * 200) != []


def test_an_error_has_the_parts_of_its_message():
    with pytest.raises(ReadError) as caught:
        parse("a:\n  b: 1\n  b: 2\n", "it")
    error = caught.value
    assert (error.source, error.line, error.pointer) == ("it", 3, ("a",))
    assert error.message == "the key 'b' is given twice"


def test_a_file_is_named_in_its_errors(tmp_path):
    path = tmp_path / "it.yaml"
    with pytest.raises(ReadError, match=f"^{re.escape(str(path))}: No such file"):
        read(path)
    path.write_bytes(b"a: \xe9")
    with pytest.raises(ReadError, match=r"^the spec: not UTF-8: .* at byte 3$"):
        read(path, "the spec")
    path.write_bytes(b"\xef\xbb\xbfa: \xc3\xa9")
    assert read(path).value == {"a": "é"}


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "it.yaml"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(ReadError, match=r"it\.yaml: larger than 67108864 bytes$"):
        read(path)


def test_pointers_are_written_as_rfc_6901_has_them():
    assert format_pointer(()) == "#"
    assert format_pointer(("paths", "/a~b", 0)) == "#/paths/~1a~0b/0"


@pytest.mark.parametrize("around", [(), ("",), ("7",), ("rows", 1), ("", "", "a")])
@pytest.mark.parametrize("name", ["200", "007", "+1", "-1", "1.5", "a.b", "", "18446744073709551615"])
def test_a_path_of_the_validator_leads_to_the_place_it_means(around, name):
    further = {"additionalProperties": {"$ref": "#"}, "items": {"$ref": "#"}}
    validator = jsonschema_rs.Draft202012Validator({"type": ["object", "array", "string"], **further})
    value = {"other": "", name: None}
    for part in reversed(around):
        value = ["", value] if part == 1 else {part: value, "other": ""}
    (error,) = validator.iter_errors(value)
    assert [place for place, found in places_on(error.instance_path, value) if found is None] == [
        (*around, name)
    ]
    assert pointer_to(error.instance, error.instance_path, value) == (*around, name)


def test_a_path_that_may_mean_several_places_leads_to_each():
    value = {"0": 1, "00": 2, "": {"0": 3}, "a": 4}
    assert dict(places_on([0], value)) == {("0",): 1, ("00",): 2, ("", "0"): 3}
    assert [pointer_to(each, [0], value) for each in (1, 3, 5)] == [("0",), ("", "0"), (0,)]
