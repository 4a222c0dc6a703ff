"""The pages of every mock, as a program sees them; in a browser they are tested in tests/browser."""

import json
import re
from pathlib import Path

import httpx
import pytest
import yaml

from openapi_mock import Document, Mock, asgi_app
from openapi_mock.pages import reference

OWN = {"sec-fetch-site": "same-origin"}
CONSOLE = "/_mock/console"
SECURITY = "Content-Security-Policy"


@pytest.fixture
def visit():
    """Open a browser's connection to a mock, or to several by name."""

    def visit(mocks, **headers):
        transport = httpx.ASGITransport(asgi_app(mocks))
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=headers)

    return visit


def mock_of(paths, **fields):
    info = {"title": "Small", "version": "1"}
    return Mock(Document({"openapi": "3.1.0", "info": info, "paths": paths, **fields}))


def answering(text):
    content = {"text/plain": {"example": text}}
    return {"get": {"responses": {"200": {"description": "Yes.", "content": content}}}}


async def test_the_root_leads_to_the_console(shop, visit):
    async with visit(shop) as browser:
        response = await browser.get("/")
        assert response.headers["location"] == CONSOLE
        page = await browser.get(CONSOLE)
    for operation in shop.operations:
        assert f"<code>{operation.path}</code>" in page.text
        assert operation.id in page.text


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/openapi.yaml", "/{anything}"])
async def test_an_operation_of_the_document_comes_before_a_page(visit, path):
    item = answering("the operation's")
    if "{" in path:
        schema = {"type": "string"}
        item["parameters"] = [{"name": "anything", "in": "path", "required": True, "schema": schema}]
    async with visit(mock_of({path: item})) as browser:
        response = await browser.get(path.replace("{anything}", "docs"))
        assert response.text == "the operation's"
        assert (await browser.get(CONSOLE)).status_code == 200
        for page in ("docs", "openapi.json", "openapi.yaml"):
            assert (await browser.get(f"/_mock/{page}")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json"])
async def test_a_page_takes_no_method_of_the_api(shop, visit, path):
    async with visit(shop) as browser:
        response = await browser.post(path)
    assert (response.status_code, response.json()["error"]) == (404, "route-not-found")


async def test_links_and_forms_stay_under_the_name_of_the_mock(shop, visit):
    async with visit({"shop": shop}, **OWN) as browser:
        for path in ("", "/requests", "/state", "/faults", "/clock"):
            page = await browser.get(f"/shop{CONSOLE}{path}")
            assert page.status_code == 200
            places = re.findall(r'(?:href|action|src|data-rows|data-document)="(/[^"]*)"', page.text)
            assert places
            assert all(each.startswith("/shop/") for each in places), places
        moved = await browser.post(f"/shop{CONSOLE}/clock", data={"action": "stop"})
        document = (await browser.get("/shop/openapi.json")).json()
    assert moved.headers["location"] == f"/shop{CONSOLE}/clock?done=stopped"
    assert document["servers"][0]["url"].startswith("http://127.0.0.1:8080/shop")


@pytest.mark.parametrize("kind", ["json", "yaml"])
async def test_the_document_is_served_with_this_mock_as_its_server(visit, kind):
    elsewhere = [{"url": "https://{place}.example/v1", "variables": {"place": {"default": "api"}}}]
    operation = {**answering("x")["get"], "servers": [{"url": "https://auth.example"}]}
    mock = mock_of({"/x": {"get": operation, "servers": elsewhere}}, servers=elsewhere)
    async with visit(mock) as browser:
        text = (await browser.get(f"/openapi.{kind}")).text
    document = json.loads(text) if kind == "json" else yaml.safe_load(text)
    here = "http://127.0.0.1:8080"
    assert [each["url"] for each in document["servers"]] == [f"{here}/v1"]
    assert [each["url"] for each in document["paths"]["/x"]["servers"]] == [f"{here}/v1"]
    assert [each["url"] for each in document["paths"]["/x"]["get"]["servers"]] == [here]
    assert Document(document).root == document


async def test_without_the_viewer_the_reference_lists_the_operations(shop, visit, monkeypatch):
    monkeypatch.setattr(reference, "VIEWER", Path("missing"))
    async with visit(shop) as browser:
        page = await browser.get("/docs")
        assert (await browser.get("/docs/assets/viewer.js")).status_code == 404
    assert page.status_code == 200
    assert "make assets" in page.text
    assert "listItems" in page.text


@pytest.mark.parametrize("path", [CONSOLE, f"{CONSOLE}/requests", f"{CONSOLE}/faults", "/docs"])
async def test_a_page_runs_only_scripts_of_its_own_and_is_in_no_frame(shop, visit, path):
    async with visit(shop) as browser:
        page = await browser.get(path)
    policy = page.headers[SECURITY]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"script-src[^;]*(unsafe|http|\*)", policy)
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=", page.text)


CHANGES = [
    ("clock", {"action": "stop"}),
    ("faults", {"action": "add", "kind": "reset"}),
    ("state", {"sure": "yes"}),
    ("requests", {}),
]


@pytest.mark.parametrize(("page", "form"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": ""},
    ],
)
async def test_what_another_website_sends_changes_nothing(shop, visit, page, form, headers):
    async with visit(shop, **headers) as browser:
        response = await browser.post(f"{CONSOLE}/{page}", data=form)
    # What browsers say is judged before the page; a form of which nobody says where it is from, by the page.
    status, why = (403, "other websites") if headers else (400, "own form")
    assert (response.status_code, why in response.text) == (status, True)
    assert not shop.control.clock.is_stopped
    assert not list(shop.control.faults)


@pytest.mark.parametrize(("page", "form"), CHANGES)
async def test_the_pages_own_form_leads_back_to_the_page(shop, visit, page, form):
    async with visit(shop, **OWN) as browser:
        response = await browser.post(f"{CONSOLE}/{page}", data=form)
        assert response.status_code == 303
        assert 'role="status"' in (await browser.get(response.headers["location"])).text


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("clock", {"action": "advance", "days": "1e9"}),
        ("clock", {"action": "advance", "days": "999999999999"}),
        ("clock", {"action": "set", "time": "tomorrow"}),
        ("faults", {"action": "add", "kind": "earthquake"}),
        ("faults", {"action": "add", "kind": "status", "status": "200"}),
        ("faults", {"action": "add", "kind": "status", "status": "503", "times": "1.5"}),
        ("faults", {"action": "add", "kind": "reset", "operation": "nothing"}),
        ("state", {}),
        ("requests", {f"field{number}": "" for number in range(60)}),
    ],
)
async def test_what_is_not_possible_is_refused_with_a_reason(shop, visit, page, form):
    async with visit(shop, **OWN) as browser:
        response = await browser.post(f"{CONSOLE}/{page}", data=form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


async def test_requests_are_shown_without_their_secrets_and_escaped(shop, visit):
    async with visit(shop, **OWN) as browser:
        secret = {"authorization": "Bearer writer", "x-key": "made-up-key", "cookie": "a=made-up-cookie"}
        await browser.post("/api/items", json={"name": "<script>"}, headers=secret)
        await browser.post("/api/items", json={"name": 5}, headers=secret)
        rows = (await browser.get(f"{CONSOLE}/requests/rows?after=1")).text
        page = (await browser.get(f"{CONSOLE}/requests")).text
    assert rows.count("data-number=") == 1
    assert "<code>name</code></strong>: is not of type" in rows
    assert "&lt;script&gt;" in page
    for each in ("Bearer", "writer", "made-up", "<script>"):
        assert each not in page


async def test_a_mock_without_state_says_so(shop, visit):
    async with visit(shop) as browser:
        assert "keeps no state" in (await browser.get(f"{CONSOLE}/state")).text
        assert (await browser.get(f"{CONSOLE}/state/users")).status_code == 404


async def test_no_page_says_what_a_query_wants_it_to_say(shop, visit):
    async with visit(shop) as browser:
        page = await browser.get(f"{CONSOLE}/clock?done=<b>Send+money</b>")
        rows = await browser.get(f"{CONSOLE}/requests/rows?after=x")
    assert "money" not in page.text
    assert rows.status_code == 200


async def test_several_mocks_are_listed_for_people_and_for_programs(shop, visit):
    async with visit({"shop": shop, "other": mock_of({})}) as browser:
        page = await browser.get("/", headers={"accept": "text/html"})
        assert (await browser.get("/")).json() == {"apis": {"shop": "/shop", "other": "/other"}}
    assert 'href="/shop/"' in page.text
    assert 'href="/other/"' in page.text
    assert page.headers["content-type"].startswith("text/html")
