"""A tour through Kids Web Services: every documented operation, and a user who signs in.

`make run` takes it against a fresh mock. Each step yields what its call returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx

from kws import KWS

USER = 5073
CALLBACK = "https://game.example/callback"


def tour(base_url: str, httpx_args: dict[str, Any]) -> Iterator[object]:
    """Call every operation of the KWS instance at `base_url`, which must hold the mock's seed."""
    with KWS(
        base_url, client_id="example-client", client_secret="made-up-secret", httpx_args=httpx_args
    ) as kws:
        yield kws.oauth.issue_token(grant_type="client_credentials", scope="frontend")
        yield from for_anybody(kws)
        yield from for_the_back_end(kws)
        yield from for_a_signed_in_user(kws, sso_url=base_url)


def for_anybody(kws: KWS) -> Iterator[object]:
    """What needs no user: ages of consent, names, the leaderboard."""
    yield kws.countries.get_child_age(country="gb")
    yield kws.apps.get_random_display_name()
    yield kws.apps.get_leaderboard(limit=3)
    yield [entry.user for entry in kws.apps.iter_leaderboard(limit=5)]


def for_the_back_end(kws: KWS) -> Iterator[object]:
    """What the app does for one of its users."""
    kws.users.set_app_data(user_id=USER, name="lives", value=3)
    yield None
    yield kws.users.get_app_data(user_id=USER, name="lives")
    kws.users.delete_app_data(user_id=USER, name="lives")
    yield None
    yield kws.users.has_triggered_event(user_id=USER, event_id=12)
    kws.users.trigger_event(user_id=USER, token="finished-level", points=5)
    yield None
    yield kws.users.get_points(user_id=USER)
    yield kws.users.get_score(user_id=USER, currency_id=2)
    kws.users.request_permissions(user_id=USER, permissions=["sendNewsletter"])
    yield None
    kws.users.invite_user(user_id=USER, email="friend@family.example")
    yield None


def for_a_signed_in_user(kws: KWS, *, sso_url: str) -> Iterator[object]:
    """The sign-in, and what the user's own token allows."""
    sign_in = kws.start_sign_in(redirect_uri=CALLBACK, sso_url=sso_url)
    callback_url = as_the_browser(sign_in.url, username="robin", password="made-up-password")
    yield "robin signed in, and the browser came back with a code"
    player = kws.complete_sign_in(callback_url, sign_in)
    yield f"a session of scope {player.claims.scope} for user {player.claims.user_id}"
    player.users.update_profile(language="fr")
    yield None
    yield player.users.get_profile()
    yield player.users.has_device_token()
    yield player.users.get_global_points()


def as_the_browser(url: str, *, username: str, password: str) -> str:
    """Fill in the sign-in page as a person would, and say where it sends the browser next."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(url)
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
        form = {**dict(hidden), "username": username, "password": password}
        answer = browser.post(urljoin(str(page.url), "/oauth"), data=form)
        return answer.headers["location"]
