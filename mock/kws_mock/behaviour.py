"""A handler for every operation. A handler checks access, and leaves the rest to the module of its topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from openapi_mock import (
    Behaviour,
    Call,
    Context,
    Credentials,
    Operation,
    Principal,
    Problem,
    Request,
    Response,
    SecurityScheme,
    operation,
)
from openapi_mock.clock import date_at
from openapi_mock.settings import Settings
from openapi_reader import Tree

from . import (
    activations,
    app_data,
    countries,
    display_names,
    epochs,
    events,
    invitations,
    permissions,
    points,
    profiles,
    scores,
    seed,
    totals,
)
from .access import Subject, check_app, check_exists, find_subject
from .clients import OAuthClient, authenticate
from .codes import redeem_code
from .control import KwsControl
from .errors import forbidden, invalid_client, render
from .paging import Page
from .parents import ParentService
from .parents_page import ParentsPage
from .rankings import Rankings
from .sign_in import SignInService
from .sign_in_page import SignInPage
from .store import Store
from .tokens import TOKEN_LIFETIME_S, Claims, TokenIssuer

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from starlette.routing import BaseRoute

    from openapi_mock.control import Controlled

_DEVICE_TOKEN_OPERATION = "hasDeviceToken"  # noqa: S105  # the name of an operation


class KwsBehaviour(Behaviour[KwsControl]):
    """The handlers of Kids Web Services, over a store that has its tables."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.settings = self._settings = settings
        self._seed = seed.read(settings)
        self.store = self._store = store
        self.serial = not store.is_concurrent
        self._clock = settings.clock
        self._random = settings.random
        self._tokens = TokenIssuer(store, self._clock, self._random)
        self._rankings = Rankings()
        store.when_restored(self.restored)
        store.derive_with(totals.count)
        self._sign_ins = SignInService(store, self._tokens, self._clock, self._random)
        self._sign_in = SignInPage(self._sign_ins)
        self._parents = ParentsPage(ParentService(store, self._clock))

    # ---- Hooks ----

    def make_control(self, mock: Controlled) -> KwsControl:
        return KwsControl(mock, self._store, self._tokens, self._sign_ins)

    def read_seed(self, given: Tree | Mapping[str, Any], source: str = "seed") -> Any:
        return seed.read(replace(self._settings, seed=given, seed_source=source))

    def fill(self, connection: Connection, other: Any = None) -> None:
        seed.fill(connection, other or self._seed, now_ms=self._clock(), random=self._random)
        self.restored(connection)

    def unit_of_work(self) -> AbstractContextManager[object]:
        return self._store.transaction()

    def render(self, problem: Problem, operation: Operation | None) -> Response:
        return render(problem, operation)

    def aliases(self, operation: Operation) -> Iterable[str]:
        """Accept paths as clients in the field write them: in kebab-case, and one with a further user id."""
        paths = [operation.path]
        if operation.id == _DEVICE_TOKEN_OPERATION:
            before, _, last = operation.path.rpartition("/")
            paths.append(f"{before}/{{userId}}/{last}")
        return {*paths, *map(_kebab_case, paths)} - {operation.path}

    def credentials(self, scheme: SecurityScheme, request: Request) -> Credentials | None:
        """Accept client credentials in the form of the token call, where some clients send them."""
        if scheme.scheme != "basic":
            return None
        form = parse_qs(request.body.decode(errors="replace"))
        client_id, secret = form.get("client_id"), form.get("client_secret")
        return Credentials(secret[0], client_id[0]) if client_id and secret else None

    def authenticate(self, scheme: SecurityScheme, credentials: Credentials, context: Context) -> Principal:
        if scheme.scheme == "bearer":
            claims = self._tokens.verify(credentials.secret)
            return Principal(scheme.name, frozenset({claims.scope}), claims)
        with self._store.transaction() as connection:
            client = authenticate(connection, credentials.username or "", credentials.secret)
        if client is None:
            raise invalid_client()
        return Principal(scheme.name, frozenset(), client)

    def restored(self, connection: Connection) -> None:
        """Forget what is known of the state that was there before."""
        epochs.new_epoch(connection)
        self._rankings.clear()
        self._tokens.keep_key(connection)

    def banner(self) -> Sequence[tuple[str, str]]:
        with self._store.transaction() as connection:
            return seed.banner(connection, self._seed)

    def routes(self) -> Sequence[BaseRoute]:
        return [*self._sign_in.routes(), *self._parents.routes()]

    def close(self) -> None:
        """Close the database. The behaviour cannot be used afterwards."""
        self._store.close()

    # ---- oauth ----

    @operation("issueToken")
    def issue_token(self, call: Call) -> dict[str, Any]:
        client: OAuthClient = call.principals["basic"].identity
        form = call.body
        if form["grant_type"] == "client_credentials":
            claims = Claims(client.app_id, client.client_id, form.get("scope", "app"))
        else:
            subject = redeem_code(
                self._db,
                client.app_id,
                form["code"],
                redirect_uri=form["redirectUri"],
                code_verifier=form.get("code_verifier"),
                now_ms=self._clock(),
            )
            claims = Claims(client.app_id, client.client_id, "user", subject.user_id)
        return {
            "token_type": "bearer",
            "access_token": self._tokens.issue(claims, self._db),
            "expires_in": TOKEN_LIFETIME_S,
        }

    # ---- apps ----

    @operation("getLeaderboard")
    def get_leaderboard(self, call: Call) -> dict[str, Any]:
        interval = scores.interval_of(call.query)
        check_app(self._db, _claims(call), call.path["appId"])
        return scores.leaderboard(self._db, self._rankings, call.path["appId"], interval, Page.of(call.query))

    @operation("getRandomDisplayName")
    def get_random_display_name(self, call: Call) -> str:
        check_exists(self._db, call.path["appId"])
        return display_names.free_name(self._db, call.path["appId"], self._language(call), self._random)

    # ---- users ----

    @operation("hasDeviceToken")
    def has_device_token(self, call: Call) -> bool:
        claims = _claims(call)
        check_app(self._db, claims, call.path["appId"])
        if claims.user_id is None or call.path.get("userId", str(claims.user_id)) != str(claims.user_id):
            raise forbidden("operation not supported for this user")
        return activations.has_device_token(self._db, find_subject(self._db, claims, claims.user_id))

    @operation("getProfile")
    def get_profile(self, call: Call) -> dict[str, Any]:
        for_the_user = _claims(call).scope == "user"
        return profiles.read(self._db, self._subject(call), for_the_user=for_the_user)

    @operation("updateProfile")
    def update_profile(self, call: Call) -> None:
        profiles.change(self._db, self._subject(call, lock=True), call.body)

    @operation("getAppData")
    def get_app_data(self, call: Call) -> dict[str, Any]:
        return app_data.read(self._db, self._subject(call), Page.of(call.query), call.query.get("name"))

    @operation("setAppData")
    def set_app_data(self, call: Call) -> None:
        app_data.write(self._db, self._subject(call, lock=True), call.body["name"], call.body["value"])

    @operation("deleteAppData")
    def delete_app_data(self, call: Call) -> None:
        app_data.forget(self._db, self._subject(call, lock=True), call.body["name"])

    @operation("getPoints")
    def get_points(self, call: Call) -> dict[str, Any]:
        return points.in_app(self._db, self._subject(call))

    @operation("getGlobalPoints")
    def get_global_points(self, call: Call) -> dict[str, Any]:
        return points.everywhere(self._db, self._subject(call))

    @operation("getScore")
    def get_score(self, call: Call) -> dict[str, Any]:
        interval = scores.interval_of(call.query)
        return scores.score(
            self._db, self._rankings, self._subject(call), interval, call.query.get("currencyId")
        )

    @operation("hasTriggeredEvent")
    def has_triggered_event(self, call: Call) -> dict[str, Any]:
        reached = events.has_reached_limit(self._db, self._subject(call), call.body["eventId"])
        return {"hasTriggeredEvent": reached}

    @operation("triggerEvent")
    def trigger_event(self, call: Call) -> None:
        body = call.body
        events.trigger(
            self._db,
            self._subject(call, lock=True),
            body["token"],
            amount=body.get("points"),
            message=body.get("description"),
            now_ms=self._clock(),
        )

    @operation("inviteUser")
    def invite_user(self, call: Call) -> None:
        invitations.invite(self._db, self._subject(call, lock=True), call.body["email"], self._clock())

    @operation("requestPermissions")
    def request_permissions(self, call: Call) -> None:
        subject = self._subject(call, lock=True)
        permissions.request(self._db, subject, call.body["permissions"], self._clock())

    # ---- countries ----

    @operation("getChildAge")
    def get_child_age(self, call: Call) -> dict[str, Any]:
        today = date_at(self._clock())
        return countries.child_age(self._db, call.query.get("country"), call.query.get("dob"), today)

    # ---- Helpers ----

    @property
    def _db(self) -> Connection:
        return self._store.connection

    def _subject(self, call: Call, *, lock: bool = False) -> Subject:
        """Return the user in the path, in the app in the path or else in the token's."""
        claims = _claims(call)
        if "appId" in call.path:
            check_app(self._db, claims, call.path["appId"])
        return find_subject(self._db, claims, call.path["userId"], lock=lock)

    def _language(self, call: Call) -> str | None:
        """Return the language of the signed-in user, or else the first one of Accept-Language."""
        claims = call.principal and _claims(call)
        if claims and claims.user_id is not None:
            return activations.language_of(self._db, claims.user_id)
        return call.request.headers.get("accept-language", "")[:2].lower() or None


def _claims(call: Call) -> Claims:
    claims: Claims = call.principals["bearer"].identity
    return claims


def _kebab_case(path_template: str) -> str:
    """Return a path template in kebab-case: `/app-data/{appId}` for `/appData/{appId}`."""
    return re.sub(r"(?<=[a-z])[A-Z](?![^{]*\})", lambda capital: f"-{capital[0].lower()}", path_template)
