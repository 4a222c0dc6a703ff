"""Generated models as what functions of FastAPI take and return."""

from __future__ import annotations

from typing import Annotated

import httpx
import pytest
from fastapi import Body, FastAPI
from pydantic import BaseModel

from kws_client.models import Leaderboard, Profile

PROFILE = {
    "id": 7,
    "username": "robin",
    "dateOfBirth": "2012-02-29",
    "permissions": {"accessEmail": None},
    "new": [1],
}
BOARD = {"offset": 0, "limit": 1, "count": 9, "results": [{"rank": 1, "score": 5, "user": None}]}


class Page(BaseModel):
    profile: Profile
    board: Leaderboard | None = None


app = FastAPI()


@app.post("/profile")
def renamed(profile: Annotated[Profile, Body()]) -> Profile:
    profile.username = profile.username.upper()
    return profile


@app.get("/page")
def page() -> Page:
    return Page(profile=Profile.from_dict(PROFILE), board=Leaderboard.from_dict(BOARD))


@pytest.fixture
async def client():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        yield client


async def test_models_are_taken_and_returned(client):
    assert (await client.post("/profile", json=PROFILE)).json() == {**PROFILE, "username": "ROBIN"}
    assert (await client.get("/page")).json() == {"profile": PROFILE, "board": BOARD}


async def test_a_wrong_model_is_refused_with_the_place(client):
    refused = await client.post("/profile", json={**PROFILE, "permissions": {"accessEmail": 1}})
    assert refused.status_code == 422
    assert refused.json()["detail"] == [
        {
            "type": "decoding",
            "loc": ["body", "permissions", "accessEmail"],
            "msg": "expected boolean, got integer",
            "input": "integer",
            "ctx": {"expected": "boolean", "got": "integer"},
        }
    ]


async def test_models_are_documented(client):
    document = (await client.get("/openapi.json")).json()
    operation, schemas = document["paths"]["/profile"]["post"], document["components"]["schemas"]
    for part in (operation["requestBody"], operation["responses"]["200"]):
        assert part["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Profile"}
    assert schemas["Profile"]["required"] == ["id", "username", "dateOfBirth", "permissions"]
    assert schemas["Profile"]["properties"]["permissions"] == {"$ref": "#/components/schemas/Permissions"}
    assert schemas["Profile"]["properties"]["dateOfBirth"]["format"] == "date"
    assert schemas["Leaderboard"]["properties"]["results"]["items"] == {
        "$ref": "#/components/schemas/LeaderboardEntry"
    }
