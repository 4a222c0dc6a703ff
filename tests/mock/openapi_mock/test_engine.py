import logging
import math
import threading
import time
from contextlib import contextmanager

import pytest

from openapi_mock import NO_BODY, Behaviour, HandlerError, Mock, Problem, Response, operation

ANSWER = {
    "application/json": {
        "schema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    }
}
ERROR = {
    "application/json": {
        "schema": {"type": "object", "required": ["code"], "properties": {"code": {"type": "integer"}}}
    }
}


@pytest.fixture
def respond_with(mock_of, send):
    """Return the response for a handler that returns a value, or raises it."""

    def respond_with(result, responses, behaviour=Behaviour):
        class Answering(behaviour):
            @operation("it")
            def it(self, call):
                if isinstance(result, Exception):
                    raise result
                return result

        return send(mock_of(operation={"responses": responses}, behaviour=Answering()), "GET", "/")

    return respond_with


def test_what_one_call_writes_the_next_one_reads(shop, send):
    added = send(shop, "POST", "/api/items", b'{"name":"rug"}', media_type="json", token="writer")
    assert (added.status, added.body) == (201, {"name": "rug"})
    assert send(shop, "GET", "/api/items/2").body == {"name": "rug"}
    assert send(shop, "GET", "/api/items?limit=1", token="reader").body == [{"name": "lamp"}]


def test_a_handler_gets_decoded_values_and_the_principal(shop, send, behaviour):
    send(shop, "GET", "/api/items?tags=a,b", token="reader")
    call = behaviour.calls[0]
    assert call.query == {"limit": 10, "tags": ["a", "b"]}
    assert (call.operation.id, call.principal.identity, call.body) == ("listItems", "reader", NO_BODY)


class Newest(Behaviour):
    @operation("getNewestItem")
    def newest(self, call):
        return {"name": "newest"}


def test_a_handler_is_registered_for_an_operation_id_whatever_its_name(shop_file, send):
    mock = Mock.from_file(shop_file, Newest())
    assert send(mock, "GET", "/api/items/newest").body == {"name": "newest"}


def test_one_handler_may_serve_several_operations(shop_file):
    class Both(Behaviour):
        @operation("getHealth")
        @operation("getNewestItem")
        def either(self, call): ...

    mock = Mock.from_file(shop_file, Both())
    assert [each.id for each in mock.operations if mock.is_handled(each.id)] == ["getNewestItem", "getHealth"]


def test_a_subclass_overrides_a_handler_without_registering_it_again(shop_file, send):
    class Newer(Newest):
        def newest(self, call):
            return {"name": "newer"}

    mock = Mock.from_file(shop_file, Newer())
    assert send(mock, "GET", "/api/items/newest").body == {"name": "newer"}


def test_only_registered_methods_are_handlers(shop_file):
    class Unregistered(Behaviour):
        def get_newest_item(self, call): ...

    assert not Mock.from_file(shop_file, Unregistered()).is_handled("getNewestItem")


@pytest.mark.parametrize(
    ("handlers", "message"),
    [
        (
            {"newest": operation("getNewestItm")(lambda *_: None)},
            "Wrong.newest: the document has no operation 'getNewestItm'; did you mean 'getNewestItem'?",
        ),
        (
            {"anything": operation("zzz")(lambda *_: None)},
            "Wrong.anything: the document has no operation 'zzz'",
        ),
        (
            {"again": operation("getNewestItem")(lambda *_: None)},
            "Wrong.again: 'getNewestItem' already has the handler 'newest'",
        ),
        (
            {"render": operation("getHealth")(lambda *_: None)},
            "Wrong.render: a hook has this name; give the handler another one",
        ),
    ],
)
def test_handlers_that_do_not_fit_the_document_are_refused_at_start(handlers, message, shop_file):
    behaviour = type("Wrong", (Newest,), handlers)()
    with pytest.raises(HandlerError) as caught:
        Mock.from_file(shop_file, behaviour)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("result", "responses", "status", "content"),
    [
        ({"n": 1}, {"404": {}, "201": {"content": ANSWER}, "200": {}}, 201, b'{"n":1}'),
        (None, {"204": {}}, 204, b""),
        (NO_BODY, {"200": {}}, 200, b""),
        (None, {"200": {"content": {"application/json": {"schema": {"type": "null"}}}}}, 200, b"null"),
        ("word", {"200": {"content": {"text/plain": {}}}}, 200, b"word"),
        (b"\xff", {"200": {"content": {"image/*": {}, "image/png": {}}}}, 200, b"\xff"),
        (Response(200, b"\xff", media_type="image/png"), {"200": {"content": {"image/*": {}}}}, 200, b"\xff"),
        (Response(418, {"n": 1}), {"200": {}, "4XX": {"content": ANSWER}}, 418, b'{"n":1}'),
        (Response(302, headers={"Location": "/"}), {"default": {}}, 302, b""),
        ({"n": "\u00e9"}, {"200": {"content": {"application/json": {}}}}, 200, '{"n":"\u00e9"}'.encode()),
    ],
)
def test_a_result_becomes_the_documented_success(result, responses, status, content, respond_with):
    response = respond_with(result, responses)
    assert response.status == status
    assert response.content == content


@pytest.mark.parametrize(
    ("result", "responses", "why"),
    [
        ({"n": "x"}, {"200": {"content": ANSWER}}, "not what is documented: n is not of type"),
        ({}, {"200": {"content": ANSWER}}, "n is required"),
        (Response(202, {"n": 1}), {"200": {"content": ANSWER}}, "status 202 is not documented"),
        (None, {"200": {"content": ANSWER}}, "not of type"),
        (NO_BODY, {"200": {"content": ANSWER}}, "there is none"),
        ({"n": 1}, {"200": {}}, "a body of application/json is not documented"),
        (
            Response(200, "x", media_type="text/html"),
            {"200": {"content": ANSWER}},
            "text/html is not documented",
        ),
        (math.nan, {"200": {"content": {"application/json": {}}}}, "cannot be encoded"),
        (object(), {"200": {"content": {"application/json": {}}}}, "cannot be encoded"),
        ("\ud800", {"200": {"content": {"application/json": {}}}}, "cannot be encoded"),
        ({"n": "x"}, {"200": {"content": {"*/*": ANSWER["application/json"]}}}, "n is not of type"),
        (Response(200, headers={"x": "a\r\nb: c"}), {"200": {}}, "cannot be encoded"),
        (Response(200, headers={"x": "\u2028"}), {"200": {}}, "cannot be encoded"),
        (NO_BODY, {"200": {"headers": {"X-N": {"required": True}}}}, "'x-n' is documented as required"),
    ],
)
def test_a_response_that_is_not_documented_is_a_logged_500(result, responses, why, respond_with, caplog):
    response = respond_with(result, responses)
    assert (response.status, response.body["error"]) == (500, "invalid-response")
    assert why in caplog.text
    assert why not in str(response.body)


def test_a_problem_of_a_handler_is_rendered_with_its_headers(respond_with):
    response = respond_with(Problem(429, "slow-down", "later", headers={"retry-after": "5"}), {"200": {}})
    assert (response.status, response.body["error"], response.headers) == (
        429,
        "slow-down",
        {"retry-after": "5"},
    )


class Coded(Behaviour):
    """Renders errors as a code, that of a conflict wrongly."""

    def render(self, problem, operation):
        return Response(problem.status, {"code": "x" if problem.status == 409 else problem.status})


def test_an_error_that_is_not_as_documented_is_a_logged_500_in_the_behaviours_format(respond_with, caplog):
    responses = {"409": {"content": ERROR}, "404": {"content": ERROR}, "200": {}}
    response = respond_with(Problem(409, "conflict", "there"), responses, Coded)
    assert (response.status, response.body) == (500, {"code": 500})
    assert "invalid response of it: the body of the status 409" in caplog.text
    assert respond_with(Problem(404, "none", ""), responses, Coded).body == {"code": 404}


@pytest.mark.parametrize("documented", ["409", "4XX", "default"])
def test_an_error_without_a_renderer_is_synthesised_if_another_format_is_documented(
    documented, respond_with, caplog
):
    problem = Problem(409, "conflict", "there", headers={"retry-after": "5"})
    response = respond_with(problem, {documented: {"content": ERROR}, "200": {}})
    assert (response.status, response.body, response.headers) == (409, {"code": 0}, {"retry-after": "5"})
    assert caplog.text == ""


def test_a_default_that_is_the_only_success_does_not_describe_errors(respond_with):
    assert (
        respond_with(Problem(409, "conflict", ""), {"default": {"content": ERROR}}).body["error"]
        == "conflict"
    )


def test_an_error_of_an_undocumented_status_may_have_any_format(respond_with):
    assert respond_with(Problem(409, "conflict", ""), {"200": {}}, Coded).body == {"code": "x"}


@pytest.mark.parametrize(
    "rendered", [ValueError("made-up-secret"), Response(400, object()), Response(400, "\ud800")]
)
def test_a_rendering_that_fails_ends_in_the_engines_own_500(rendered, mock_of, send, caplog):
    class Broken(Behaviour):
        def render(self, problem, operation):
            if isinstance(rendered, Exception):
                raise rendered
            return rendered

    for target in ("/", "/nothing"):
        response = send(
            mock_of(
                operation={"parameters": [{"name": "q", "in": "query", "required": True}]}, behaviour=Broken()
            ),
            "GET",
            target,
        )
        assert (response.status, response.body["error"]) == (500, "internal")
        assert b"made-up-secret" not in response.content
    assert "rendering a problem of kind" in caplog.text


def test_an_exception_is_logged_with_its_traceback_and_hidden_from_the_client(respond_with, caplog):
    response = respond_with(RuntimeError("the table is gone"), {"200": {}})
    assert (response.status, response.body["error"]) == (500, "internal")
    assert "gone" not in str(response.body)
    assert "Traceback" in caplog.text
    assert "the table is gone" in caplog.text


def test_an_exception_while_authenticating_is_a_500_too(mock_of, send):
    class Broken(Behaviour):
        def authenticate(self, scheme, credentials, context):
            raise KeyError(credentials.secret)

    schemes = {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}
    mock = mock_of(operation={"security": [{"bearer": []}]}, behaviour=Broken(), components=schemes)
    response = send(mock, "GET", "/", token="made-up-secret")
    assert response.status == 500
    assert b"made-up-secret" not in response.content


def test_a_unit_of_work_surrounds_the_handler_and_sees_what_it_raises(mock_of, send):
    seen = []

    class Careful(Behaviour):
        @contextmanager
        def unit_of_work(self):
            seen.append("begin")
            try:
                yield
            except Exception as error:
                seen.append(type(error).__name__)
                raise
            seen.append("end")

        @operation("it")
        def it(self, call):
            seen.append("handler")
            if call.query["fail"]:
                raise Problem(409, "no", "no")

    fail = {"name": "fail", "in": "query", "required": True, "schema": {"type": "boolean"}}
    mock = mock_of(operation={"parameters": [fail]}, behaviour=Careful())
    assert [send(mock, "GET", f"/?fail={value}").status for value in ("false", "true", "odd")] == [
        200,
        409,
        400,
    ]
    assert seen == ["begin", "handler", "end", "begin", "handler", "Problem"]


def test_a_response_that_is_not_documented_fails_the_unit_of_work(mock_of, send):
    seen = []

    class Careful(Behaviour):
        @contextmanager
        def unit_of_work(self):
            try:
                yield
            except Problem as problem:
                seen.append(problem.kind)
                raise

        @operation("it")
        def it(self, call):
            return Response(299)

    assert send(mock_of(operation={}, behaviour=Careful()), "GET", "/").status == 500
    assert seen == ["invalid-response"]


@pytest.mark.parametrize("serial", [True, False])
def test_calls_enter_the_behaviour_one_at_a_time_only_where_it_asks_for_that(serial, mock_of, send):
    inside = []
    most = []

    class Counting(Behaviour):
        @operation("it")
        def it(self, call):
            inside.append(1)
            time.sleep(0.02)
            most.append(len(inside))
            inside.pop()

    Counting.serial = serial
    mock = mock_of(operation={}, behaviour=Counting())
    threads = [threading.Thread(target=send, args=(mock, "GET", "/")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 6
    assert (max(most) == 1) is serial


def test_the_log_has_template_operation_status_and_time_and_no_secret(shop, send, caplog):
    caplog.set_level(logging.INFO, logger="openapi_mock")
    secret = "made-up-secret"
    send(
        shop,
        "GET",
        f"/api/items/17?key={secret}",
        headers={"x-key": secret, "authorization": f"Bearer {secret}"},
    )
    send(
        shop,
        "POST",
        "/api/items",
        f'{{"name":"{secret}{secret}"}}'.encode(),
        media_type="json",
        token="writer",
    )
    send(shop, "GET", f"/{secret}?{secret}")
    send(shop, f"{secret}", "/api/items")
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.INFO]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "GET /items/{itemId} getItem 500",
        "POST /items addItem 400",
        "GET (no operation) - 404",
        "(odd method) (no operation) - 405",
    ]
    assert all(line.endswith(" ms") for line in lines)
    assert secret not in "".join(lines)


def test_a_body_beyond_the_limit_is_413(behaviour, shop_file, send):
    mock = Mock.from_file(shop_file, behaviour, max_body_size=20)
    assert send(mock, "POST", "/api/items", b" " * 21, media_type="json", token="writer").status == 413
    assert (
        send(mock, "POST", "/api/items", b'{"name":"123456789"}', media_type="json", token="writer").status
        == 201
    )


def test_closing_a_mock_closes_its_behaviour(shop_file):
    closed = []

    class Open(Behaviour):
        def close(self):
            closed.append(self)

    with Mock.from_file(shop_file, Open()) as mock:
        assert closed == []
    assert closed == [mock.behaviour]
    with Mock.from_file(shop_file):
        pass


def test_operations_without_handler_are_known_as_such(shop):
    handled = {each.id: shop.is_handled(each.id) for each in shop.operations}
    assert handled["listItems"] is True
    assert handled["getReport"] is False


def test_scopes_of_an_operation_are_listed_once(shop):
    scopes = {each.id: each.scopes for each in shop.operations}
    assert (scopes["listItems"], scopes["addItem"], scopes["getHealth"]) == (("read",), ("write",), ())
