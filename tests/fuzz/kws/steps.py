"""What happens to KWS in scenarios beside calls: users sign in, and time passes."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import strategies as st

import kws
from kws_mock import KwsControl
from openapi_fuzz import Fuzzer
from openapi_fuzz.sessions import HALVES
from openapi_fuzz.target import Draw
from openapi_mock import Mock

from .known import APP, USER, WITHOUT_PARENT
from .model import Memory
from .sessions import session_of_app

CALLBACK = "https://game.example/callback"
USERS = {"robin": USER, "kim": WITHOUT_PARENT}
# The tokens that are sent raw last for a day.
LONGEST_S = 86_400 - 20


def sign_in(fuzzer: Fuzzer, draw: Draw) -> None:
    """Sign a user in, with or without PKCE; their session is theirs, and their code serves once."""
    session = session_of_app(fuzzer.channel.opening, draw(st.sampled_from(HALVES)))
    username, pkce = draw(st.sampled_from(sorted(USERS))), draw(st.booleans())
    started = session.start_sign_in(redirect_uri=CALLBACK, pkce=pkce)
    callback = control_of(fuzzer).sign_in(started.url, username)
    # The clock of the mock goes on, and a token has whole seconds.
    began = control_of(fuzzer).clock.now.replace(microsecond=0)
    user = _done(fuzzer, session.complete_sign_in(callback, started))
    claims = _done(fuzzer, user.claims)
    assert (claims.app_id, claims.user_id, claims.scope) == (APP, USERS[username], "user")
    assert began <= claims.issued_at <= control_of(fuzzer).clock.now
    assert _done(fuzzer, user.users.get_profile()).id == USERS[username]
    with pytest.raises(kws.BadRequest, match="invalid, used or expired"):
        _done(fuzzer, session.complete_sign_in(callback, started))


def pass_time(fuzzer: Fuzzer, draw: Draw) -> None:
    """Let time pass, for the mock and the sessions, which then renew their tokens."""
    clock = control_of(fuzzer).clock
    assert isinstance(fuzzer.model, Memory)
    seconds = min(draw(st.sampled_from((1, 3_600, LONGEST_S))), LONGEST_S - fuzzer.model.passed_s)
    clock.advance(seconds=seconds)
    fuzzer.model.passed_s += seconds


def control_of(fuzzer: Fuzzer) -> KwsControl:
    """Return what controls the mock."""
    app = fuzzer.channel.server.app
    assert isinstance(app, Mock)
    assert isinstance(app.control, KwsControl)
    return app.control


def _done(fuzzer: Fuzzer, result: Any) -> Any:
    return fuzzer.channel.run(_awaited(result)) if inspect.isawaitable(result) else result


async def _awaited(result: Any) -> Any:
    return await result
