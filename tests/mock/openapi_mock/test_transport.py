import httpx
import pytest

from openapi_mock import MockTransport


def test_a_synchronous_client_gets_responses(shop):
    with httpx.Client(transport=MockTransport(shop), base_url="http://anything.example/api") as http:
        response = http.get("/items/1")
    assert (response.status_code, response.json()) == (200, {"name": "lamp"})
    assert response.elapsed.total_seconds() >= 0
    assert response.request.url.path == "/api/items/1"


async def test_an_asynchronous_client_gets_responses(shop):
    async with httpx.AsyncClient(
        transport=MockTransport(shop), base_url="http://anything.example/api"
    ) as http:
        response = await http.post(
            "/items", data={"name": "rug", "price": "2.5"}, headers={"Authorization": "Bearer writer"}
        )
    assert (response.status_code, response.json()) == (201, {"name": "rug", "price": 2.5})
    assert response.elapsed.total_seconds() >= 0


JSON = {"Authorization": "Bearer writer", "Content-Type": "application/json"}


def test_a_streamed_body_is_read(shop):
    with httpx.Client(transport=MockTransport(shop)) as http:
        response = http.post(
            "http://x.example/api/items", content=iter([b'{"name":', b'"rug"}']), headers=JSON
        )
    assert response.json() == {"name": "rug"}


async def test_an_asynchronously_streamed_body_is_read(shop):
    async def pieces():
        yield b'{"name":'
        yield b'"mat"}'

    async with httpx.AsyncClient(transport=MockTransport(shop)) as http:
        response = await http.post("http://x.example/api/items", content=pieces(), headers=JSON)
    assert response.json() == {"name": "mat"}


def test_a_response_can_be_streamed(shop):
    with (
        httpx.Client(transport=MockTransport(shop)) as http,
        http.stream("GET", "http://x.example/health") as response,
    ):
        assert b"".join(response.iter_bytes()) == b'"fine"'


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_responses_without_body_and_with_headers(method, shop):
    with httpx.Client(transport=MockTransport(shop)) as http:
        response = http.request(method, "http://x.example/api/items/1", headers={"X-Key": "any"})
    assert (
        (response.status_code, response.content) == (204, b"")
        if method == "DELETE"
        else response.headers["allow"]
    )
