import httpx
import pytest

from openapi_mock import asgi_app
from openapi_mock.serving.hosts import guard_host, is_from_elsewhere


async def status(app, host):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
        return (await http.get("/api/items/newest", headers={"Host": host})).status_code


OTHERS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "192.0.2.1",
    "",
    "localhost/x",
    "[",
]
OWN = [
    "127.0.0.1",
    "localhost",
    "localhost:8080",
    "LOCALHOST",
    "[::1]:80",
    "127.0.0.5",
    "api.localhost",
    "localhost.",
]


@pytest.mark.parametrize("host", OTHERS)
async def test_another_host_is_refused_where_only_this_machine_is_served(shop, host):
    assert await status(guard_host(asgi_app(shop), "127.0.0.1"), host) == 421


@pytest.mark.parametrize("host", OWN)
async def test_this_machine_is_served_under_all_of_its_names(shop, host):
    assert await status(guard_host(asgi_app(shop), "127.0.0.1"), host) == 200


async def test_an_allowed_host_is_served_and_this_machine_still_is(shop):
    app = guard_host(asgi_app(shop), "localhost", ["Mock.example"])
    assert [await status(app, host) for host in ("mock.example:80", "localhost", "evil.example")] == [
        200,
        200,
        421,
    ]


async def test_where_others_reach_the_server_every_host_is_served_unless_one_is_named(shop):
    app = asgi_app(shop)
    assert guard_host(app, "0.0.0.0") is app  # noqa: S104  # nothing listens
    guarded = guard_host(app, "0.0.0.0", ["mock.example"])  # noqa: S104  # nothing listens
    assert [await status(guarded, host) for host in ("mock.example", "evil.example")] == [200, 421]


async def test_two_hosts_are_refused(shop):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [(b"host", b"localhost"), (b"host", b"localhost")]}
    await guard_host(asgi_app(shop), "127.0.0.1")(scope, None, send)
    assert sent[0]["status"] == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://localhost:8080"},
        {"origin": "http://localhost:8080", "sec-fetch-site": "same-origin"},
    ],
)
def test_a_request_of_a_program_or_of_an_own_page_is_from_here(headers):
    assert not is_from_elsewhere({"host": "localhost:8080", **headers})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:9090"},
        {"origin": "null"},
        {"origin": "http://["},
    ],
)
def test_a_request_of_another_website_is_from_elsewhere(headers):
    assert is_from_elsewhere({"host": "localhost:8080", **headers})
