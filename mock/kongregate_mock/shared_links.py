"""Links that players share, and that lead into the game until they expire.

Every function that writes needs the game to be locked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection, bindparam, delete, insert, select

from openapi_mock import Problem
from openapi_mock.decoding import decode_json
from openapi_mock.state.statements import Statement
from openapi_reader import is_object

from .errors import bad_parameters, not_found
from .schema import shared_links

_PASSING: Final = "kv_"
_MOST_PARAMETERS: Final = 100

_this: Final = (shared_links.c.game_id == bindparam("game"), shared_links.c.id == bindparam("link"))
_VALID: Final = Statement(select(shared_links).where(*_this, shared_links.c.expires_ms > bindparam("now")))
_DELETE: Final = Statement(delete(shared_links).where(*_this))
_INSERT: Final = Statement(insert(shared_links))


def create(connection: Connection, game_id: int, body: Mapping[str, Any], now_ms: int) -> None:
    """Create a link, or replace the player's own link with that identifier. Raises Problem (400)."""
    expires_ms = body["expiration"] * 1000
    if expires_ms <= now_ms:
        raise bad_parameters("expiration is in the past")
    there = _find(connection, game_id, body["id"], now_ms)
    if there and there.user_id != body["user_id"]:
        raise bad_parameters("id is that of another player's link")
    row = {name: body[name] for name in ("id", "user_id", "name", "type")}
    passing = urlencode(_passing(body["link_params"]))
    _check_json(body.get("kv_params"))
    _DELETE.run(connection, {"game": game_id, "link": body["id"]})
    further = {"game_id": game_id, "kv_params": body.get("kv_params"), "expires_ms": expires_ms}
    _INSERT.run(connection, {**row, **further, "link_params": passing})


def destroy(connection: Connection, game_id: int, user_id: int, link_id: str, now_ms: int) -> None:
    """Delete the player's link. Raises Problem (404) for an expired link, or another player's."""
    there = _find(connection, game_id, link_id, now_ms)
    if there is None or there.user_id != user_id:
        raise not_found("Shared link")
    _DELETE.run(connection, {"game": game_id, "link": link_id})


def follow(connection: Connection, game_id: int, link_id: str, now_ms: int) -> dict[str, Any]:
    """Return the parameters that the game gets when a player follows the link. Raises Problem (404)."""
    there = _find(connection, game_id, link_id, now_ms)
    if there is None:
        raise not_found("Shared link")
    return {
        **dict(parse_qsl(there.link_params, keep_blank_values=True)),
        **json.loads(there.kv_params or "{}"),
    }


def _find(connection: Connection, game_id: int, link_id: str, now_ms: int) -> Any:
    return _VALID.first(connection, {"game": game_id, "link": link_id, "now": now_ms})


def _passing(link_params: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            link_params.removeprefix("?"), keep_blank_values=True, max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        raise bad_parameters(f"link_params has more than {_MOST_PARAMETERS} parameters") from None
    return [(name, value) for name, value in pairs if name.startswith(_PASSING)]


def _check_json(text: str | None) -> None:
    try:
        value = decode_json(("{}" if text is None else text).encode())
    except Problem:
        raise bad_parameters("kv_params is not JSON") from None
    if not is_object(value):
        raise bad_parameters("kv_params is not a JSON object")
