"""Whatever KWS responds, the game server has an answer for the player. Neither KWS nor its mock runs."""

from __future__ import annotations

from http import HTTPStatus

import jwt
from game_server import finish_level
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kws_client
from kws import KWS
from kws_client.models import Points
from openapi_fuzz.strategies import register, responding

CLAIMS = {"scope": "user", "appId": 355, "userId": 5073}
# PyJWT leaves a type argument open.
TOKEN = jwt.encode(CLAIMS, "made-up-signing-key" * 2)  # pyright: ignore[reportUnknownMemberType]

# The first responses take longest: their strategies are made then. One failure is enough: without the last
# setting, hypothesis looks for the smallest response to each kind of error, which takes minutes.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], report_multiple_bugs=False)

register(kws_client)


@patient
@given(st.data())
def test_a_player_always_gets_an_answer(data: st.DataObject) -> None:
    """Valid responses, failures, wrong types, broken connections: all of them are drawn."""
    transport = responding(kws_client, data, hostile=True, secrets=[TOKEN])
    with KWS(
        "https://kws.example", token=TOKEN, max_retries=0, httpx_args={"transport": transport}
    ) as player:
        page = finish_level(player)
    assert page.status in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}
    assert TOKEN not in page.text


@patient
@given(st.data(), st.from_type(Points))
def test_a_player_sees_every_kind_of_points(data: st.DataObject, points: Points) -> None:
    """One response is not drawn with the others, so that the test knows it."""
    fixed = {"triggerEvent": {}, "getPoints": points.to_dict()}
    transport = responding(kws_client, data, fixed=fixed)
    with KWS("https://kws.example", token=TOKEN, httpx_args={"transport": transport}) as player:
        page = finish_level(player)
    assert all(each.plural_name in page.text for each in points.total)
