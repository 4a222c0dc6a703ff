import asyncio
import threading
from types import SimpleNamespace

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from openapi_mock import Behaviour, Mock, Response, asgi_app, operation
from openapi_mock.serving.hosts import cross_origin


@pytest.fixture
def client():
    def client(mock, routes=None):
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(asgi_app(mock, routes)), base_url="http://mock.example"
        )

    return client


def page(_):
    return PlainTextResponse("a page")


async def test_an_operation_gets_its_response(shop, client):
    async with client(shop) as http:
        response = await http.get("/api/items/1")
    assert (response.status_code, response.json()) == (200, {"name": "lamp"})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-length"] == "15"


async def test_body_query_and_headers_arrive(shop, client, behaviour):
    async with client(shop) as http:
        headers = {"Authorization": "Bearer writer"}
        assert (await http.post("/api/items/", json={"name": "rug"}, headers=headers)).status_code == 201
        response = await http.get("/api/items", params={"limit": 1, "tags": "a,b"}, headers={"X-Key": "any"})
    assert response.json() == [{"name": "lamp"}]
    assert behaviour.calls[-1].query == {"limit": 1, "tags": ["a", "b"]}
    assert behaviour.calls[-1].request.client_host == "127.0.0.1"


async def test_an_empty_success_has_no_body_and_no_content_type(shop, client):
    async with client(shop) as http:
        response = await http.delete("/api/items/1", headers={"X-Key": "any"})
    assert (response.status_code, response.content) == (204, b"")
    assert "content-type" not in response.headers
    assert "content-length" not in response.headers


async def test_refusals_carry_their_headers(shop, client):
    async with client(shop) as http:
        assert (await http.put("/api/items")).headers["allow"] == "GET, POST"
        assert (await http.get("/api/items")).headers["www-authenticate"].startswith("Bearer")
        assert (await http.get("/nothing")).status_code == 404


async def test_an_encoded_slash_stays_inside_its_segment(mock_of, client, recorder):
    operation = {
        "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}]
    }
    async with client(mock_of(operation=operation, path="/files/{name}", behaviour=recorder)) as http:
        assert (await http.get("/files/a%2Fb")).status_code == 200
    assert recorder.calls[0].path == {"name": "a/b"}


async def test_pages_beside_the_operations_take_precedence(shop, client):
    async with client(shop, [Route("/page", page)]) as http:
        assert (await http.get("/page")).text == "a page"
        assert (await http.get("/health")).json() == "fine"
        assert (await http.get("/page/")).status_code == 404


async def test_the_behaviours_own_pages_are_served_by_default(mock_of, client):
    class WithPage(Behaviour):
        def routes(self):
            return [Route("/page", page)]

    async with client(mock_of(operation={}, behaviour=WithPage())) as http:
        assert (await http.get("/page")).text == "a page"


async def test_a_behaviour_that_is_not_serial_is_served_from_threads(mock_of, client):
    class Free(Behaviour):
        serial = False

        @operation("it")
        def it(self, call):
            return Response(200, {"n": 1})

    documented = {"responses": {"200": {"content": {"application/json": {}}}}}
    async with client(mock_of(operation=documented, behaviour=Free())) as http:
        assert (await http.get("/")).json() == {"n": 1}


async def ask(app, messages, **scope):
    """Run one ASGI request. Return the sent messages, and the number of received ones."""
    sent = []
    waiting = iter(messages)

    async def receive():
        read.append(1)
        return next(waiting)

    async def send(message):
        sent.append(message)

    read = []
    fields = {
        "type": "http",
        "method": "POST",
        "path": "/api/items",
        "query_string": b"",
        "headers": [],
        **scope,
    }
    await app(fields, receive, send)
    return sent, len(read)


@pytest.fixture
def small(shop_file, behaviour):
    return asgi_app(Mock.from_file(shop_file, behaviour, max_body_size=100))


@pytest.mark.parametrize("length", [b"101", b"9" * 5000])
async def test_an_announced_body_beyond_the_limit_is_413_unread(length, small):
    sent, read = await ask(small, [], headers=[(b"content-length", length)])
    assert (sent[0]["status"], read) == (413, 0)
    assert (b"connection", b"close") in sent[0]["headers"]
    assert b"payload-too-large" in sent[1]["body"]


async def test_the_journal_has_what_was_refused_before_it_was_read(shop_file, behaviour):
    mock = Mock.from_file(shop_file, behaviour, max_body_size=100)
    await ask(asgi_app(mock), [], method="POST", headers=[(b"content-length", b"101")])
    await ask(asgi_app(mock), [], method="GET", headers=[(b"x-%d" % each, b"x") for each in range(101)])
    assert [(each.method, each.status) for each in mock.control.requests] == [("POST", 413), ("GET", 431)]


async def test_an_unannounced_body_is_read_no_further_than_the_limit(small):
    chunks = [{"type": "http.request", "body": b"x" * 60, "more_body": True}] * 50
    sent, read = await ask(small, chunks)
    assert (sent[0]["status"], read) == (413, 2)


async def test_a_body_in_pieces_is_put_together(small, behaviour):
    pieces = [
        {"type": "http.request", "body": b'{"name":', "more_body": True},
        {"type": "http.request", "more_body": True},
        {"type": "http.request", "body": b'"rug"}'},
    ]
    headers = [
        (b"content-type", b"application/json"),
        (b"authorization", b"Bearer writer"),
        (b"cookie", b"a=1"),
        (b"Cookie", b"b=2"),
    ]
    sent, _ = await ask(small, pieces, headers=headers)
    assert sent[0]["status"] == 201
    assert behaviour.calls[0].request.headers["cookie"] == "a=1; b=2"


async def test_a_websocket_is_closed(small):
    sent, _ = await ask(small, [], type="websocket")
    assert sent == [{"type": "websocket.close"}]


@pytest.mark.parametrize("path", ["*", "", "http://x/health"])
async def test_a_target_that_is_not_a_path_is_404_in_the_behaviours_format(path, small):
    sent, _ = await ask(small, [{"type": "http.request"}], path=path, raw_path=path.encode())
    assert sent[0]["status"] == 404
    assert b"route-not-found" in sent[1]["body"]


async def test_a_client_that_disconnects_gets_no_response_and_changes_nothing(small, behaviour):
    sent, _ = await ask(
        small, [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    )
    assert sent == []
    assert behaviour.calls == []


async def test_a_request_that_has_to_wait_for_its_turn_keeps_no_other_one_waiting(shop):
    app = asgi_app({"shop": shop, "other": shop})
    held, free = threading.Event(), threading.Event()

    def hold():
        with shop.turn:
            held.set()
            free.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    async with reach(app) as http:
        waiting = asyncio.create_task(http.get("/shop/api/items/newest"))
        # The loop is free, so that it gets here.
        assert (await http.get("/health")).status_code == 200
        assert not waiting.done()
        free.set()
        assert (await waiting).status_code == 200
    thread.join()


async def test_a_store_that_others_use_is_waited_for_in_a_thread(mock_of):
    class Stored(Behaviour):
        store = SimpleNamespace(is_in_memory=False, snapshot=None)

        @operation("it")
        def it(self, call):
            return Response(200, threading.current_thread() is threading.main_thread())

    described = {"responses": {"200": {"content": {"application/json": {}}}}}
    async with reach(asgi_app(mock_of(operation=described, behaviour=Stored()))) as http:
        assert (await http.get("/")).json() is False


def reach(app, *, client=("127.0.0.1", 1), host="mock.example", **options):
    transport = httpx.ASGITransport(app, client=client)
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}", **options)


ELSEWHERE = ("192.0.2.1", 1)


async def test_clients_on_this_machine_control_a_mock_and_others_do_not(shop):
    async with (
        reach(asgi_app(shop), host="localhost") as here,
        reach(asgi_app(shop), client=ELSEWHERE) as elsewhere,
    ):
        assert (await here.get("/_mock/clock")).status_code == 200
        assert (await here.get("/_mock/console")).status_code == 200
        for path in ("/_mock/clock", "/_mock/console", "/_mock", "/_mock/"):
            refused = await elsewhere.get(path)
            assert refused.status_code == 404
            assert "from another machine: start it with --control-token" in refused.json()["message"]
        assert (await elsewhere.get("/api/items/newest")).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "192.0.2.1", "localhost.evil.example"])
async def test_a_website_whose_name_means_this_machine_controls_nothing(shop, host):
    async with reach(asgi_app(shop), host=host) as http:
        for path in ("/_mock/clock", "/_mock/console", "/_mock/state"):
            assert (await http.get(path)).status_code == 421
        assert (await http.get("/api/items/newest")).status_code == 200
    async with reach(asgi_app(shop, allowed_hosts=[host]), host=host) as http:
        assert (await http.get("/_mock/clock")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/_mock/reset", "/_mock/faults", "/_mock/console/state"])
async def test_another_website_controls_nothing_through_the_users_browser(shop, path, headers):
    calls = [
        (asgi_app(shop), {}),
        (asgi_app(shop, control=True), {}),
        (asgi_app(shop, token="made-up"), {"auth": ("any", "made-up")}),
    ]
    shop.control.fail("getNewestItem", status=503)
    for app, credentials in calls:
        async with reach(app, host="localhost", **credentials) as http:
            for method in ("POST", "DELETE"):
                refused = await http.request(method, path, headers=headers)
                assert (refused.status_code, refused.json()["error"]) == (403, "foreign-website")
    assert len(list(shop.control.faults)) == 1


async def test_programs_and_own_pages_control_a_mock(shop):
    async with reach(asgi_app(shop), host="localhost:8080") as http:
        for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost:8080"}):
            assert (await http.post("/_mock/reset", headers=headers)).status_code == 204


async def test_websites_that_may_call_a_mock_do_not_control_it(shop, mock_of):
    asks = {"Origin": "https://game.example", "Access-Control-Request-Method": "POST"}
    one, several = asgi_app(shop), asgi_app({"shop": shop, "other": mock_of(operation={})})
    for app, root in ((one, ""), (several, "/shop")):
        async with reach(cross_origin(app, ["*"], app.is_control), host="localhost") as http:
            for path in ("/_mock/state", "/_mock/console", "/_mock/reset"):
                for response in (
                    await http.options(root + path, headers=asks),
                    await http.get(root + path, headers={"Origin": asks["Origin"]}),
                ):
                    assert "access-control-allow-origin" not in response.headers
            newest = await http.get(f"{root}/api/items/newest", headers={"Origin": asks["Origin"]})
            assert newest.headers["access-control-allow-origin"] == "*"


async def test_nobody_controls_a_mock_where_that_is_off(shop):
    async with reach(asgi_app(shop, control=False, token="made-up")) as http:
        headers = {"Authorization": "Bearer made-up"}
        assert (await http.get("/_mock/clock", headers=headers)).status_code == 404


async def test_anybody_controls_a_mock_where_that_is_on(shop):
    async with reach(asgi_app(shop, control=True), client=ELSEWHERE) as http:
        assert (await http.get("/_mock/clock")).status_code == 200


async def test_a_token_lets_those_in_who_have_it_from_wherever_they_are(shop):
    async with reach(asgi_app(shop, token="made-up"), client=ELSEWHERE) as http:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic %%%"}):
            refused = await http.get("/_mock/clock", headers=headers)
            assert (refused.status_code, refused.headers["www-authenticate"][:5]) == (401, "Basic")
            message = "the control token is required: send it as Authorization: Bearer …"
            assert refused.json() == {"error": "unauthenticated", "message": message}
        for credentials in ({"headers": {"Authorization": "Bearer made-up"}}, {"auth": ("any", "made-up")}):
            assert (await http.get("/_mock/clock", **credentials)).status_code == 200
            assert (await http.get("/_mock/console", **credentials)).status_code == 200


async def test_a_token_is_needed_on_this_machine_too(shop):
    async with reach(asgi_app(shop, token="made-up")) as http:
        assert (await http.get("/_mock/clock")).status_code == 401


async def test_several_mocks_have_their_operations_and_pages_under_their_names(shop, mock_of):
    class WithPage(Behaviour):
        def routes(self):
            return [Route("/page", page)]

    other = mock_of(
        operation={"responses": {"200": {"content": {"application/json": {}}}}}, behaviour=WithPage()
    )
    async with reach(asgi_app({"shop": shop, "other": other}), host="localhost") as http:
        assert (await http.get("/shop/api/items/newest")).json()["name"]
        assert (await http.get("/other/page")).text == "a page"
        assert (await http.get("/other/")).status_code == 200
        assert (await http.get("/shop/page")).status_code == 404
        assert (await http.get("/shop/_mock/clock")).status_code == 200
        assert (await http.get("/")).json() == {"apis": {"shop": "/shop", "other": "/other"}}
        assert "/shop, /other" in (await http.get("/nothing")).json()["message"]
        assert (await http.get("/health")).json() == {"status": "ok", "apis": {"shop": "ok", "other": "ok"}}


async def test_a_page_of_one_of_several_mocks_knows_where_it_is_mounted(mock_of):
    async def root(request):
        return PlainTextResponse(request.scope["root_path"])

    class WithPage(Behaviour):
        def routes(self):
            return [Route("/where", root)]

    async with reach(asgi_app({"one": mock_of(operation={}, behaviour=WithPage())})) as http:
        assert (await http.get("/one/where")).text == "/one"


@pytest.mark.parametrize("name", ["", "a/b", "_mock", "health"])
def test_a_name_that_means_something_else_is_refused(shop, name):
    with pytest.raises(ValueError, match="give it another one"):
        asgi_app({name: shop})


async def test_the_health_of_a_mock_that_cannot_serve_is_503_and_says_nothing_else(mock_of, caplog):
    class Lost(Behaviour):
        def check(self):
            raise RuntimeError("postgresql://user:made-up-password@host")

    async with reach(asgi_app({"lost": mock_of(operation={}, behaviour=Lost())})) as http:
        response = await http.get("/health")
        assert (response.status_code, response.json()["apis"]) == (503, {"lost": "unavailable"})
        assert (await http.post("/health")).headers["allow"] == "GET, HEAD"
    assert "made-up-password" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_an_operation_of_the_document_takes_precedence_over_the_health_of_the_server(shop):
    async with reach(asgi_app(shop)) as http:
        assert (await http.get("/health")).json() == "fine"


async def test_an_application_lives_with_its_server(shop):
    sent, read = await ask(
        asgi_app(shop), [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}], type="lifespan"
    )
    assert [each["type"] for each in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert read == 2
