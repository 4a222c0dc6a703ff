from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from example_api import GET_THING, Kind, NotFound, Problem, Server, Thing, always, get_thing

from openapi_runtime import UNSET, Client, Response, Unset
from openapi_runtime.errors import MissingArgument, UnusableClient
from openapi_runtime.resources import (
    AsyncResource,
    BaseApi,
    BaseAsyncApi,
    Resource,
    returning_response,
    returning_response_async,
)

THING = {"id": 7, "kind": "small"}


class Things(Resource):
    def get_thing(self, *, thing_id: int | Unset = UNSET) -> Thing:
        return self._call(GET_THING, get_thing(self._supply(thing_id, "thing", GET_THING, "thing_id")))

    def iter_things(self) -> Iterator[Thing]:
        yield self.get_thing(thing_id=1)
        yield self.get_thing(thing_id=2)


class ThingsWithRawResponse:
    def __init__(self, client: Client) -> None:
        self.get_thing = returning_response(Things(client, raw=True).get_thing)


class AsyncThings(AsyncResource):
    async def get_thing(self, *, thing_id: int | Unset = UNSET) -> Thing:
        given = await self._supply(thing_id, "thing", GET_THING, "thing_id")
        return await self._call(GET_THING, get_thing(given))

    async def iter_things(self) -> AsyncIterator[Thing]:
        yield await self.get_thing(thing_id=1)
        yield await self.get_thing(thing_id=2)


class AsyncThingsWithRawResponse:
    def __init__(self, client: Client) -> None:
        self.get_thing = returning_response_async(AsyncThings(client, raw=True).get_thing)


async def test_a_method_returns_the_value_of_a_success() -> None:
    client = Server(always(json=THING)).client()
    expected = Thing(id=7, kind=Kind.SMALL)
    assert Things(client).get_thing(thing_id=7) == expected
    assert await AsyncThings(client).get_thing(thing_id=7) == expected
    assert list(Things(client).iter_things()) == [expected] * 2
    assert [thing async for thing in AsyncThings(client).iter_things()] == [expected] * 2


async def test_a_method_raises_for_any_other_response() -> None:
    client = Server(always(404, json={"message": "no"})).client()
    with pytest.raises(NotFound, match=r"no$"):
        Things(client).get_thing(thing_id=7)
    with pytest.raises(NotFound, match=r"no$"):
        await AsyncThings(client).get_thing(thing_id=7)


@pytest.mark.parametrize(("status", "parsed"), [(200, Thing(id=7, kind=Kind.SMALL)), (404, Problem())])
async def test_a_raw_method_returns_the_whole_response_whatever_its_status(
    status: int, parsed: object
) -> None:
    client = Server(always(status, json=THING, headers={"X-Y": "z"})).client()
    found: Response[Thing] = ThingsWithRawResponse(client).get_thing(thing_id=7)
    awaited = await AsyncThingsWithRawResponse(client).get_thing(thing_id=7)
    for response in (found, awaited):
        assert (response.status_code, response.headers["x-y"], response.parsed) == (status, "z", parsed)
        assert response.content == httpx.Response(200, json=THING).content


async def test_what_is_left_out_is_supplied_or_missed() -> None:
    client = Server().client()
    with pytest.raises(MissingArgument, match="getThing needs thing_id"):
        Things(client).get_thing()
    with pytest.raises(MissingArgument, match="getThing needs thing_id"):
        await AsyncThings(client).get_thing()


async def test_the_end_of_a_block_closes_the_connections() -> None:
    with BaseApi(Server().client()) as api:
        sync = api.client.get_httpx_client()
    assert sync.is_closed
    async with BaseAsyncApi(Server().client()) as async_api:
        asynchronous = async_api.client.get_async_httpx_client()
    assert asynchronous.is_closed


async def test_an_api_that_was_closed_before_its_first_call_is_closed_all_the_same() -> None:
    server = Server(always(json=THING))
    with BaseApi(server.client()) as api:
        pass
    async with BaseAsyncApi(server.client()) as async_api:
        pass
    with pytest.raises(UnusableClient, match=r"getThing: .*the client is closed"):
        Things(api.client).get_thing(thing_id=7)
    with pytest.raises(UnusableClient, match=r"getThing: .*the client is closed"):
        await AsyncThings(async_api.client).get_thing(thing_id=7)
    assert server.requests == []


def test_an_api_shows_its_client() -> None:
    client = Server().client()
    assert repr(BaseApi(client)) == f"BaseApi({client!r})"
    assert repr(BaseAsyncApi(client)) == f"BaseAsyncApi({client!r})"
