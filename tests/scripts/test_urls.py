import asyncio

import httpx
import pytest

from openapi_runtime import settings as urls

ACCEPTED = [
    "https://odd.example",
    "https://odd.example/api/",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
    "http://localhost:8080/api",
    "http://odd.localhost",
]
REFUSED = [
    ("http://odd.example", "has to be https, or secrets travel in the clear"),
    ("http://10.0.0.7", "has to be https"),
    ("http://127.0.0.1.evil.example", "has to be https"),
    ("http://user:made-up-password@127.0.0.1", "without user name, password"),
    ("https://user:made-up-password@odd.example", "without user name, password"),
    ("https://odd.example?key=made-up-password", "without user name, password, query"),
    ("https://odd.example#made-up-password", "without user name, password, query and fragment"),
    ("odd.example", "has to be a URL such as https://"),
    ("ftp://made-up-password@odd.example", "has to be a URL such as https://"),
    ("https://", "has to be a URL"),
    ("https://made-up-password@[::1", "has to be a URL"),
    ("https://odd.example:made-up-password", "has to be a URL"),
    ("", "has to be a URL"),
    (None, "has to be a URL"),
    (httpx.URL("https://odd.example"), "has to be a URL"),
    ("https://odd.example:80800", "has to be a URL"),
]


@pytest.mark.parametrize("url", ACCEPTED)
def test_https_is_accepted_and_http_on_loopback(odd, url):
    urls.check_url("base_url", url)


@pytest.mark.parametrize(("url", "advice"), REFUSED)
def test_a_url_that_could_not_work_or_gives_away_secrets_is_refused(odd, url, advice):
    with pytest.raises(odd.errors.ConfigurationError, match=advice) as raised:
        urls.check_url("base_url", url)
    assert str(raised.value).startswith("base_url has to be ")
    assert "made-up-password" not in str(raised.value)
    assert raised.value.__context__ is None
    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, odd.errors.APIError)


def test_http_leaves_the_machine_when_it_is_asked_to(odd):
    urls.check_url("base_url", "http://mock.example:8080", allow_http=True)
    with pytest.raises(odd.errors.ConfigurationError, match="without user name"):
        urls.check_url("base_url", "http://user@mock.example", allow_http=True)


@pytest.mark.parametrize(
    ("url", "settings", "heeded"),
    [
        ("https://odd.example", {}, True),
        ("http://127.0.0.1:8080", {}, False),
        ("http://127.0.0.1:8080", {"trust_env": True}, True),
    ],
)
def test_a_proxy_of_the_environment_does_not_get_what_http_carries(odd, url, settings, heeded):
    with odd.Client(url, httpx_args=settings) as client:
        assert client.get_httpx_client().trust_env is heeded


def test_the_end_of_a_block_closes_the_connections(odd):
    with odd.Api(odd.Client("https://odd.example")) as api:
        http = api.client.get_httpx_client()
        assert not http.is_closed
    assert http.is_closed


async def closed_at_the_end_of_a_block(odd) -> tuple[bool, bool]:
    async with odd.AsyncApi(odd.Client("https://odd.example")) as api:
        http: httpx.AsyncClient = api.client.get_async_httpx_client()
        before = http.is_closed
    return before, http.is_closed


def test_the_end_of_an_asynchronous_block_closes_the_connections(odd):
    assert asyncio.run(closed_at_the_end_of_a_block(odd)) == (False, True)


def test_a_tag_named_like_what_the_root_has_gets_another_name(connect):
    api, wire = connect(httpx.Response(204))
    api.close_api.shut()
    assert wire.last.url.path == "/api/doors"
    assert callable(api.close)
