"""What a type checker has to know of `kws`. Nothing here runs: mypy and pyright read it."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_type

import httpx
from pydantic import BaseModel

import kws
from kws import KWS, AsyncKWS, Callback, Claims, SignIn, SignInURL
from kws_client.models import AppDataEntry, AppDataPage, Leaderboard, LeaderboardEntry, Profile
from openapi_runtime.pagination import Page
from openapi_runtime.types import Unset


def how_sessions_are_made(transport: httpx.BaseTransport) -> None:
    assert_type(KWS("https://kws.example"), KWS)
    KWS("https://kws.example", client_id="game", client_secret="made-up-secret", scope="frontend")
    KWS("https://kws.example", token="made-up-token", timeout=httpx.Timeout(5.0), sso_url=None)
    KWS("https://kws.example", timeout=None, httpx_args={"transport": transport}, clock=lambda: 0.0)
    AsyncKWS("https://kws.example", scope="user")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    KWS("https://kws.example", "game")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    KWS()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    with KWS("https://kws.example") as session:
        assert_type(session, KWS)


def what_a_session_gives(session: KWS) -> None:
    assert_type(session.claims, Claims)
    assert_type(session.token_for_frontend(), str)
    assert_type(session.with_token("made-up-token"), KWS)
    assert_type(session.close(), None)
    session.claims = session.claims  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


async def what_an_asynchronous_session_gives(session: AsyncKWS) -> None:
    assert_type(await session.claims, Claims)
    assert_type(await session.token_for_frontend(), str)
    assert_type(session.with_token("made-up-token"), AsyncKWS)
    assert_type(await session.aclose(), None)
    async with session as same:
        assert_type(same, AsyncKWS)


def what_claims_are(claims: Claims) -> None:
    assert_type(claims.scope, str)
    assert_type(claims.app_id, int | None)
    assert_type(claims.client_id, str | None)
    assert_type(claims.user_id, int | None)
    assert_type(claims.issued_at, datetime | None)
    assert_type(claims.expires_at, datetime | None)
    assert_type(claims.issuer, str | None)
    assert_type(claims.extra, Mapping[str, Any])
    assert_type(kws.decode_claims("made-up-token"), Claims)
    claims.scope = "app"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def what_calls_return(session: KWS) -> None:
    assert_type(session.apps.get_leaderboard(limit=10), Leaderboard)
    entries: Iterator[LeaderboardEntry] = session.apps.iter_leaderboard()
    assert_type(next(entries), LeaderboardEntry)
    for page in session.apps.iter_leaderboard(offset=50).by_page():
        assert_type(page, Page[Leaderboard, LeaderboardEntry])
        assert_type(page.items, Sequence[LeaderboardEntry])
        assert_type(page.body, Leaderboard)
        assert_type(page.next_position, int | None)
    assert_type(session.apps.get_random_display_name(), str)
    assert_type(session.users.get_profile(), Profile)
    assert_type(session.users.has_device_token(), bool)
    assert_type(session.users.set_app_data(name="level", value=7), None)
    assert_type(session.countries.get_child_age(country="gb").age, int | Unset)
    session.users.set_app_data(name="level", value="7")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    session.users.set_app_data(value=7)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def what_awaited_calls_return(session: AsyncKWS) -> None:
    assert_type(await session.apps.get_leaderboard(limit=10), Leaderboard)
    assert_type(await session.users.get_profile(), Profile)
    entries: AsyncIterator[AppDataEntry] = session.users.iter_app_data()
    assert_type(await anext(entries), AppDataEntry)
    async for page in session.users.iter_app_data().by_page():
        assert_type(page, Page[AppDataPage, AppDataEntry])
    async for entry in session.apps.iter_leaderboard():
        assert_type(entry, LeaderboardEntry)


def how_users_sign_in(session: KWS, callback_url: str) -> None:
    url = session.sign_in_url(redirect_uri="https://game.example/callback", language="en")
    assert_type(url, SignInURL)
    assert_type(url.state, str)
    assert_type(session.complete_sign_in(callback_url, state=url.state), KWS)
    assert_type(session.complete_implicit_sign_in(callback_url, state=url.state), KWS)
    assert_type(kws.read_callback(callback_url, state=url.state), Callback)
    assert_type(kws.read_implicit_callback(callback_url, state=url.state).secret, str)
    session.complete_sign_in(callback_url)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    session.complete_sign_in(callback_url, state=None)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def how_users_sign_in_with_pkce(session: KWS, callback_url: str, web_session: dict[str, object]) -> None:
    sign_in = session.start_sign_in(redirect_uri="https://game.example/callback", pkce=True)
    assert_type(sign_in, SignIn)
    assert_type(sign_in.url, str)
    assert_type(sign_in.code_verifier, str | None)
    web_session["sign_in"] = sign_in.to_dict()
    assert_type(SignIn.from_dict(web_session.pop("sign_in", None)), SignIn)
    assert_type(session.complete_sign_in(callback_url, sign_in), KWS)
    session.complete_sign_in(callback_url, sign_in, state="")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]


def how_sessions_are_made_from_the_environment() -> None:
    assert_type(KWS.from_env(), KWS)
    assert_type(AsyncKWS.from_env(scope="frontend"), AsyncKWS)
    assert_type(kws.__version__, str)
    KWS.from_env(base_url=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def how_users_sign_in_asynchronously(session: AsyncKWS, callback_url: str) -> None:
    assert_type(session.sign_in_url(redirect_uri="https://game.example/callback"), SignInURL)
    assert_type(await session.complete_sign_in(callback_url, state="made-up-state"), AsyncKWS)
    sign_in = session.start_sign_in(redirect_uri="https://game.example/callback")
    assert_type(await session.complete_sign_in(callback_url, sign_in), AsyncKWS)
    assert_type(session.complete_implicit_sign_in(callback_url, state="made-up-state"), AsyncKWS)


class GameSession(KWS):
    """A session of a game's own."""


def subclasses_stay_themselves(session: GameSession, callback_url: str) -> None:
    assert_type(session.with_token("made-up-token"), GameSession)
    assert_type(session.complete_sign_in(callback_url, state="made-up-state"), GameSession)
    with session as same:
        assert_type(same, GameSession)


def what_can_go_wrong(session: KWS) -> None:
    try:
        session.users.get_profile()
    except kws.Forbidden as refused:
        assert_type(refused.status, int)
        assert_type(refused.content, bytes)
        assert_type(refused.server_message, str | None)
    except kws.DecodeError as malformed:
        assert_type(malformed.path, str)
    except (kws.ScopeError, kws.MissingClaim, kws.MissingCredentials, kws.SignInRefused) as early:
        assert_type(early.operation_id, str)
    except kws.APIError as error:
        assert_type(error.request_line, str)


bases: tuple[type[kws.APIError], ...] = (
    kws.ConfigurationError,
    kws.ConnectionFailed,
    kws.InvalidToken,
    kws.SignInError,
    kws.StateMismatch,
    kws.TimedOut,
    kws.UnexpectedStatus,
)
value_errors: tuple[type[ValueError], ...] = (kws.ConfigurationError, kws.InvalidToken)
type_errors: tuple[type[TypeError], ...] = (kws.MissingArgument, kws.MissingClaim)


class Card(BaseModel):
    """A model of Pydantic with one of ours in it."""

    profile: Profile
    entries: list[LeaderboardEntry] = []


def how_models_are_used(profile: Profile) -> None:
    assert_type(Profile.from_dict({}), Profile)
    assert_type(profile.to_dict(), dict[str, Any])
    assert_type(profile.to_json(indent=2), str)
    assert_type(Card(profile=profile).profile, Profile)
    Card(profile="robin")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    str(profile.nothing)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
