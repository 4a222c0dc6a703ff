import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_mock import Document, File, Mock, Request

SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 20},
        "age": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "integer"}},
        "home": {"type": "object", "properties": {"street": {"type": "string"}}},
        "photo": {"type": "string", "contentMediaType": "image/png", "maxLength": 10},
        "scans": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "note": {"type": "string", "contentMediaType": "text/plain"},
        "anything": {},
    },
    "additionalProperties": {"type": "integer"},
}
MULTIPART = "multipart/form-data"
TYPE = "multipart/form-data; boundary=b"


def form(*parts):
    """Return a body of parts, each a name with its content and further parameters and headers."""
    lines = []
    for name, content, *rest in parts:
        disposition = f'Content-Disposition: form-data; name="{name}"'
        extra = "".join(rest)
        lines.append(f"--b\r\n{disposition}{extra}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(lines) + b"--b--\r\n"


def operation_with(media_type_object):
    return {
        "operationId": "it",
        "requestBody": {"required": True, "content": {MULTIPART: media_type_object}},
        "responses": {"204": {}},
    }


@pytest.fixture
def post(mock_of, recorder, send):
    """Post a form. Return what the handler got, or the response that refused it."""

    def post(body, content_type=TYPE, *, schema=SCHEMA, encoding=None):
        operation = operation_with({"schema": schema, "encoding": encoding or {}})
        mock = mock_of(operation=operation, method="post", behaviour=recorder)
        response = send(mock, "POST", "/", body, media_type=content_type)
        return recorder.calls[-1].body if response.status == 204 else response

    return post


def test_fields_are_decoded_to_their_types(post):
    body = form(("name", b"1"), ("age", b"2"), ("tags", b"3"), ("tags", b"4"), ("extra", b"5"))
    assert post(body) == {"name": "1", "age": 2, "tags": [3, 4], "extra": 5}


def test_fields_that_are_wrong_are_refused_by_name(post, at):
    response = post(form(("name", b"x" * 21), ("age", b"q"), ("age", b"1"), ("tags", b"q"), ("extra", b"y")))
    places = ["body:age:type", "body:extra:type", "body:name:maxLength", "body:tags.0:type"]
    assert (response.status, at(response)) == (400, places)


def test_a_form_without_parts_misses_its_fields_by_name(post, at):
    assert at(post(b"--b--\r\n")) == ["body:name:required"]


def test_a_file_has_bytes_name_and_media_type(post):
    part = ("photo", b"\x89PNG\r\n-b", '; filename="p.png"', "\r\nContent-Type: image/png")
    assert post(form(("name", b"n"), part)) == {
        "name": "n",
        "photo": File(b"\x89PNG\r\n-b", "p.png", "image/png"),
    }


def test_the_schema_decides_what_is_a_file(post):
    found = post(
        form(("name", b"n", '; filename="n.txt"'), ("photo", b"\xff"), ("scans", b"1"), ("note", b"t"))
    )
    assert found == {"name": "n", "photo": File(b"\xff"), "scans": [File(b"1")], "note": "t"}


def test_without_a_type_in_the_schema_the_part_decides_whether_it_is_a_file(post):
    for rest, expected in {
        "": "[1]",
        "\r\nContent-Type: application/json": [1],
        '; filename="a"': File(b"[1]", "a"),
        '; filename="a"\r\nContent-Type: Text/CSV; header=absent': File(b"[1]", "a", "text/csv"),
        "\r\nContent-Type: application/octet-stream": File(b"[1]", None, "application/octet-stream"),
    }.items():
        assert post(form(("name", b"n"), ("anything", b"[1]", rest)))["anything"] == expected


def test_the_size_of_a_file_is_validated_in_bytes(post, at):
    assert "photo" in post(form(("name", b"n"), ("photo", b"\xff" * 10)))
    assert at(post(form(("name", b"n"), ("photo", b"\xff" * 11)))) == ["body:photo:maxLength"]


def test_several_files_for_one_are_refused(post, at):
    assert at(post(form(("name", b"n"), ("photo", b"1"), ("photo", b"2")))) == ["body:photo:type"]


@pytest.mark.parametrize("rest", ["", "\r\nContent-Type: application/json", '; filename="blob"'])
def test_an_object_is_json(rest, post, at):
    assert post(form(("name", b"n"), ("home", b'{"street":"s"}', rest)))["home"] == {"street": "s"}
    assert at(post(form(("name", b"n"), ("home", b'{"street":5}', rest)))) == ["body:home.street:type"]
    assert at(post(form(("name", b"n"), ("home", b"{", rest)))) == ["body:home:encoding"]


def test_an_array_may_be_one_part_of_json(post):
    part = ("tags", b"[1,2]", "\r\nContent-Type: application/json")
    assert post(form(("name", b"n"), part))["tags"] == [1, 2]


def test_parts_of_text_and_of_json_under_one_name_are_refused(post, at):
    parts = ("tags", b"1"), ("tags", b"2", "\r\nContent-Type: application/json")
    assert at(post(form(("name", b"n"), *parts))) == ["body:tags:encoding"]


def test_an_encoding_defines_the_style_of_a_field(post):
    encoding = {"tags": {"style": "form", "explode": False}, "home": {"style": "deepObject"}}
    found = post(form(("name", b"n"), ("tags", b"1,2"), ("home[street]", b"s")), encoding=encoding)
    assert found == {"name": "n", "tags": [1, 2], "home": {"street": "s"}}


def test_an_encoding_restricts_the_media_types_of_a_part(post, at):
    encoding = {"anything": {"contentType": "image/*, application/pdf"}}
    for media_type in ("image/png", "Application/PDF; version=2", "text/plain"):
        part = ("anything", b"1", f"\r\nContent-Type: {media_type}")
        found = post(form(("name", b"n"), part), encoding=encoding)
        if media_type == "text/plain":
            assert at(found) == ["body:anything:encoding"]
            assert "image/* or application/pdf" in found.body["violations"][0]["message"]
        else:
            assert found["anything"].content == b"1"


@pytest.mark.parametrize(
    "part", [("age", b"\xff"), ("age", b"1", "\r\nContent-Type: text/plain; charset=utf-16")]
)
def test_text_that_is_not_utf_8_is_refused_by_name(part, post, at):
    assert at(post(form(("name", b"n"), part))) == ["body:age:encoding"]


def test_names_are_read_as_httpx_writes_them(post):
    name, file_name = 'a"b\\c\r\né', 'x"y;é.png'
    request = httpx.Request("POST", "http://localhost", files={name: (file_name, b"1"), "name": (None, "n")})
    schema = {"properties": {name: {"format": "binary"}}}
    found = post(request.read(), request.headers["content-type"], schema=schema)
    assert found == {name: File(b"1", file_name, found[name].media_type), "name": "n"}


@pytest.mark.parametrize(
    "content_type",
    [MULTIPART, f"{MULTIPART}; boundary=", f"{MULTIPART}; boundary=c", f"{MULTIPART}; boundary={'b' * 5000}",
     f"{MULTIPART}; boundary=\u20ac", f"{MULTIPART}; boundary*0=b"],
)  # fmt: skip
def test_a_boundary_that_is_missing_or_another_is_malformed(content_type, post):
    response = post(form(("name", b"n")), content_type)
    assert (response.status, response.body["error"]) == (400, "malformed-body")


WHOLE = form(("name", b"n"))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"x", b"--b", WHOLE[:-4], WHOLE[: len(WHOLE) // 2], b"--b\r\n\r\nx\r\n--b--\r\n",
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
        b'--b\r\nContent-Disposition: attachment; name="name"\r\n\r\nx\r\n--b--\r\n',
        b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--b--\r\n',
        b"--b\r\nContent-Disposition\r\n\r\nx\r\n--b--\r\n",
        b"--b\r\n: x\r\n\r\nx\r\n--b--\r\n",
        form(("name", b"n", "\r\nX: y" * 50)), form(("name", b"n", "\r\nX: " + "y" * 10_000)),
        form(*[("tags", b"1")] * 1001),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_read_is_malformed(body, post):
    response = post(body)
    assert (response.status, response.body["error"]) == (400, "malformed-body")
    assert response.body["message"]


def test_a_thousand_parts_are_read(post):
    assert len(post(form(("name", b"n"), *[("tags", b"1")] * 999))["tags"]) == 999


def test_a_form_that_is_too_large_is_413(post):
    response = post(form(("name", b"n"), ("scans", b"x" * 1024 * 1024)))
    assert (response.status, response.body["error"]) == (413, "payload-too-large")


PARTS = st.tuples(
    st.sampled_from(["name", "age", "tags", "home", "home[street]", "photo", "scans", "anything", "x"]),
    st.binary(max_size=20) | st.sampled_from([b"1", b"{}", b'{"street":"s"}', b"[1]", b"\r\n--b"]),
    st.sampled_from(["", '; filename="f"', "; filename=", "; filename*=utf-8''x"]),
    st.sampled_from(["", "\r\nContent-Type: application/json", "\r\nContent-Type: text/x; charset=x"])
    | st.text(max_size=10).map(lambda text: f"\r\nContent-Type: {text}"),
)
BODIES = st.binary(max_size=100) | st.lists(PARTS, max_size=6).map(lambda parts: form(*parts))
FUZZED = operation_with({"schema": SCHEMA, "encoding": {"home": {"style": "deepObject"}}})


@pytest.fixture(scope="module")
def fuzzed():
    return Mock(Document({"openapi": "3.1.0", "paths": {"/": {"post": FUZZED}}}))


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=BODIES, parameters=st.just(" boundary=b") | st.text(max_size=20), cut=st.just(0) | st.integers(0, 20)
)
def test_any_form_is_taken_or_refused(fuzzed, body, parameters, cut):
    request = Request("POST", "/", {"content-type": f"{MULTIPART};{parameters}"}, body[cut:])
    assert fuzzed.handle(request).status in {204, 400}
