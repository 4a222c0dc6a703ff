"""What is special about KWS: whose token is sent, what its mock knows, and what it has to remember."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import faults
import httpx
from channel import left_empty
from faults import MockFault
from targets import Model, Operation, Target

from kws_mock.tokens import Claims
from openapi_mock import Behaviour
from openapi_mock.behaviour import snake_case

if TYPE_CHECKING:
    from channel import Channel, Exchange

APP, CLIENT, SECRET = 355, "example-client", "made-up-secret"
USER, WITHOUT_PARENT, ELSEWHERE = 5073, 5074, 5075
APPS = (APP, 356, 400)
PERMISSIONS = ("accessEmail", "accessAddress", "accessFirstName", "sendNewsletter", "enterCompetitions")
EVENTS = {"finished-level": 12, "daily-login": 13}
CURRENCIES = (2, 3)
# As they are called in an update, and in the profile.
FIELDS = {"firstName": "firstName", "lastName": "lastName", "language": "language", "email": "email"}
ADDRESS = {
    "street": "streetAddress",
    "postCode": "postCode",
    "city": "city",
    "countryCode": "country",
    "country": "country",
}


class Kws(Target):
    """Kids Web Services, with a token of each scope."""

    pools: ClassVar[Mapping[str, Sequence[Any]]] = {
        "appId": [*[APP] * 8, 356, 400],
        "userId": [*[USER] * 8, WITHOUT_PARENT, ELSEWHERE],
        "eventId": list(EVENTS.values()),
        "token": list(EVENTS),
        "currencyId": list(CURRENCIES),
        "start": [0, 1501545600000],
        "end": [1000, 4102444800000],
        "limit": [0, 1, 2, 3, 50],
        "offset": [0, 1, 2, 5],
        "name": ["level", "coins", "lives"],
        "points": [1, 5, 100],
        "permissions": [[name] for name in PERMISSIONS],
        "country": ["us", "GB", "de", "zz"],
        "dob": ["2014-03-09", "1999-12-31", "2999-01-01"],
        "email": ["friend@family.example", "robin@family.example"],
    }
    supplies: ClassVar[Mapping[str, Any]] = {"appId": APP, "userId": USER}
    secrets: ClassVar[Collection[str]] = (SECRET,)

    def credentials(self, behaviour: Behaviour, http: httpx.Client) -> Mapping[tuple[str, str], str]:
        def token(scope: str) -> str:
            form = {"grant_type": "client_credentials", "scope": scope}
            answer = http.post(self.operations["issueToken"].path, data=form, auth=(CLIENT, SECRET))
            found: str = answer.raise_for_status().json()["access_token"]
            return found

        issuer = behaviour._tokens  # type: ignore[attr-defined]  # to sign in takes long
        return {
            ("basic", ""): f"{CLIENT}:{SECRET}",
            ("bearer", "app"): token("app"),
            ("bearer", "frontend"): token("frontend"),
            ("bearer", "user"): issuer.issue(Claims(APP, CLIENT, "user", USER)),
        }

    def new_model(self) -> Model:
        return Memory()

    @property
    def faults(self) -> Collection[MockFault]:
        """A mock that forgets, does things twice, or takes one thing for another."""
        own = {"appId": APP, "userId": USER}
        written, deleted = (self.operations[each].at(**own) for each in ("setAppData", "deleteAppData"))
        other = "is not what was known|has .*, not what was known|instead of"
        return (
            MockFault("a write is lost", other, "setAppData", faults.losing(204, written)),
            MockFault("a deletion does nothing", other, "deleteAppData", faults.losing(204, deleted)),
            MockFault(
                "an update of the profile is lost", other, "updateProfile", faults.losing(204, str(USER))
            ),
            MockFault("points are awarded twice", "received", "triggerEvent", faults.twice),
            MockFault("a write goes to another user", other, "setAppData", faults.sending(for_another_user)),
            MockFault("the name is not looked at", "asked for", "getAppData", faults.without_query("name")),
            MockFault(
                "the interval is not looked at", "nobody|instead of", "getScore", faults.without_query("end")
            ),
            MockFault("ranks are off by one", "leaderboard", "getScore", faults.answering(off_by_one)),
            MockFault("a refusal becomes a yes", "answered 204 instead of", "triggerEvent", allowed),
        )


# ---- Faults


def for_another_user(request: httpx.Request) -> httpx.Request:
    path = request.url.raw_path.replace(str(USER).encode(), str(WITHOUT_PARENT).encode())
    return faults.rewritten(request, request.url.copy_with(raw_path=path))


def off_by_one(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "rank": body["rank"] + 1}


def allowed(request: httpx.Request, send: faults.Send) -> httpx.Response:
    response = send(request)
    response.read()
    if response.status_code == 403:
        return httpx.Response(204, stream=httpx.ByteStream(b""), request=request)
    return faults.again(response)


# ---- What the mock has to remember


@dataclass
class Known:
    """What is known of one user, from what was written and read."""

    app_data: dict[str, int | None] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    received: int | None = None
    exhausted: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a case asks."""

    operation_id: str
    scope: str
    path: Mapping[str, int]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @classmethod
    def of(cls, operation_id: str, exchange: Exchange) -> Question:
        case = exchange.case
        scopes = next(iter(exchange.grant.values()), ())
        return cls(
            operation_id,
            scopes[0] if scopes else "",
            {name: int(value) for name, value in case.path_parameters.items()},
            {name: value for name, value in exchange.expected.query if name not in left_empty(case)},
            case.body if isinstance(case.body, dict) else {},
        )

    def number(self, name: str) -> int | None:
        return int(self.query[name]) if name in self.query else None


class Memory(Model):
    """Predicts statuses, and compares what is read with what was written."""

    def __init__(self) -> None:
        self.users: dict[int, Known] = {}
        self.players: int | None = None

    # ---- statuses

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int]:
        asked = Question.of(operation.id, exchange)
        return (
            self._refusals(asked)
            or getattr(self, f"_of_{snake_case(operation.id)}", lambda _: None)(asked)
            or operation.successes
        )

    def _refusals(self, asked: Question) -> set[int] | None:
        app, user = asked.path.get("appId"), asked.path.get("userId")
        if asked.query.keys() >= {"start", "end"} and int(asked.query["start"]) > int(asked.query["end"]):
            return {400, 403, 404}
        if app is not None and app not in APPS:
            return {404}
        if app not in (None, APP) and asked.operation_id != "getRandomDisplayName":
            return {403, 404}
        if user not in (None, USER, WITHOUT_PARENT):
            # Of the other seeded users nothing is known.
            return {403, 404, *((200, 204, 400, 409) if 5076 <= user <= 5099 else ())}
        if user == WITHOUT_PARENT and asked.scope == "user":
            return {403}
        return None

    def _of_issue_token(self, asked: Question) -> set[int] | None:
        return {400} if asked.body["grant_type"] == "authorization_code" else None

    def _of_get_score(self, asked: Question) -> set[int] | None:
        return {404} if asked.number("currencyId") not in (None, *CURRENCIES) else None

    def _of_get_child_age(self, asked: Question) -> set[int] | None:
        if asked.query.get("country", "us").lower() not in ("us", "gb", "de"):
            return {200, 400, 404}
        born = asked.query.get("dob", "2000-01-01")
        return {400} if born > datetime.now(UTC).date().isoformat() or born < date.min.isoformat() else None

    def _of_update_profile(self, asked: Question) -> set[int]:
        if asked.path["userId"] == WITHOUT_PARENT:
            guarded = (set(asked.body) & set(FIELDS) - {"language"}) | (
                set(asked.body.get("address", ())) & set(ADDRESS)
            )
            return {403} if guarded else {200, 204}
        return {200, 204, 403, 409}

    def _of_has_triggered_event(self, asked: Question) -> set[int] | None:
        return {404} if asked.body["eventId"] not in EVENTS.values() else None

    def _of_trigger_event(self, asked: Question) -> set[int]:
        token = asked.body["token"]
        if token not in EVENTS:
            return {404}
        known = self._user(asked)
        exhausted = known.exhausted.get(token)
        too_many = known.received is None or known.received + asked.body.get("points", 0) > 2**52
        return {
            *({403} if exhausted in (None, True) else ()),
            *({200, 204} if not exhausted else ()),
            *({409} if too_many else ()),
        }

    def _of_request_permissions(self, asked: Question) -> set[int] | None:
        if not set(asked.body["permissions"]) <= set(PERMISSIONS):
            return {200, 204, 404, 409}
        return {409} if asked.path["userId"] == WITHOUT_PARENT else None

    def _of_invite_user(self, asked: Question) -> set[int]:
        return {200, 204, 409}

    # ---- values

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        asked = Question.of(operation_id, exchange)
        learn: Callable[..., None] | None = getattr(self, f"_{snake_case(operation_id)}", None)
        if learn is None:
            return
        if exchange.succeeded:
            learn(asked, exchange.response.json() if exchange.response.content else None)
        elif operation_id == "triggerEvent" and exchange.response.status_code == 403:
            self._refused(asked)

    def _refused(self, asked: Question) -> None:
        """An event was refused: if the token is not why, the limit is."""
        if asked.path["userId"] == USER or (asked.path["userId"] == WITHOUT_PARENT and asked.scope == "app"):
            self._user(asked).exhausted[asked.body["token"]] = True

    def begin(self, channel: Channel) -> None:
        for user_id in (USER, WITHOUT_PARENT):
            at = {"app_id": APP, "user_id": user_id}
            points = channel.ask("getPoints", **at)
            profile = channel.ask("getProfile", **at).to_dict()
            self.users[user_id] = Known(
                app_data={each["name"]: each["value"] for each in profile["appData"]},
                profile={name: profile[name] for name in profile if name in (*FIELDS, *ADDRESS.values())},
                received=sum(each.sum for each in points.total_received),
            )

    def audit(self, channel: Channel) -> None:
        for user_id, known in self.users.items():
            at = {"app_id": APP, "user_id": user_id}
            for name, value in known.app_data.items():
                page = channel.ask("getAppData", **at, name=name)
                found = {each.name: each.value for each in page.results}
                assert found.get(name) == value, (
                    f"user {user_id} has {found} instead of {value} under {name!r}"
                )
            if known.profile:
                profile = channel.ask("getProfile", **at).to_dict()
                self._compare(known.profile, profile, f"the profile of user {user_id}")
            if known.received is not None:
                points = channel.ask("getPoints", **at)
                received = sum(each.sum for each in points.total_received)
                assert received == known.received, f"user {user_id} received {received}, not {known.received}"
            for token, exhausted in known.exhausted.items():
                answer = channel.ask("hasTriggeredEvent", user_id=user_id, event_id=EVENTS[token])
                assert answer.has_triggered_event == exhausted, f"{token} is not what was known: {exhausted}"
        board = channel.ask("getLeaderboard", app_id=APP)
        for user_id in self.users:
            own = channel.ask("getScore", app_id=APP, user_id=user_id)
            row = board.results[own.rank - 1]
            assert (row.rank, row.score) == (own.rank, own.score), (
                f"user {user_id} is {own}, in the leaderboard {row}"
            )

    def _user(self, asked: Question) -> Known:
        return self.users.setdefault(asked.path["userId"], Known())

    @staticmethod
    def _compare(known: Mapping[str, Any], found: Mapping[str, Any], what: str) -> None:
        wrong = {name: found.get(name) for name, value in known.items() if found.get(name) != value}
        assert not wrong, f"{what} has {wrong}, not what was known: {known}"

    def _set_app_data(self, asked: Question, _: None) -> None:
        self._user(asked).app_data[asked.body["name"]] = asked.body["value"]

    def _delete_app_data(self, asked: Question, _: None) -> None:
        self._user(asked).app_data[asked.body["name"]] = None

    def _get_app_data(self, asked: Question, page: dict[str, Any]) -> None:
        known = self._user(asked).app_data
        found = {each["name"]: each["value"] for each in page["results"]}
        assert len(found) == len(page["results"]), "a name is listed twice"
        name = asked.query.get("name")
        if name is not None:
            assert set(found) <= {name}, f"asked for {name!r}, got {sorted(found)}"
        self._compare({key: known[key] for key in found if key in known}, found, "app data")
        whole = page["offset"] == 0 and page["count"] == len(found)
        for key in [key for key, value in known.items() if value is not None and name in (None, key)]:
            assert key in found or not whole, f"{key!r} was stored, and is not listed"
        known.update(found)

    def _get_profile(self, asked: Question, profile: dict[str, Any]) -> None:
        known = self._user(asked)
        assert profile["id"] == asked.path["userId"]
        assert ("parentEmail" in profile) <= (asked.scope == "user"), (
            "the parent's e-mail is for the user only"
        )
        self._compare(known.profile, profile, "the profile")
        known.profile = {name: profile[name] for name in profile if name in (*FIELDS, *ADDRESS.values())}
        data = {each["name"]: each["value"] for each in profile.get("appData", [])}
        self._compare(known.app_data, {**dict.fromkeys(known.app_data), **data}, "the profile's app data")

    def _update_profile(self, asked: Question, _: None) -> None:
        known = self._user(asked).profile
        known.update({name: asked.body[name] for name in FIELDS if name in asked.body})
        address = asked.body.get("address", {})
        known.update({ADDRESS[name]: value for name, value in address.items() if name in ADDRESS})
        if "country" in known:
            known["country"] = known["country"].lower()

    def _get_points(self, asked: Question, points: dict[str, Any]) -> None:
        known = self._user(asked)
        received = sum(each["sum"] for each in points["totalReceived"])
        assert known.received in (None, received), f"received {received}, not {known.received}"
        known.received = received
        pending = {each["currencyId"]: each["sum"] for each in points["pending"]}
        most = {each["currencyId"]: each["sum"] for each in points["totalReceived"]}
        for each in points["total"]:
            currency = each["currencyId"]
            assert each["sum"] + pending.get(currency, 0) <= most[currency], "more than was ever received"

    def _trigger_event(self, asked: Question, _: None) -> None:
        known = self._user(asked)
        points = asked.body.get("points")
        known.received = None if known.received is None or points is None else known.received + points
        known.exhausted.pop(asked.body["token"], None)

    def _has_triggered_event(self, asked: Question, body: dict[str, Any]) -> None:
        token = next(token for token, number in EVENTS.items() if number == asked.body["eventId"])
        known = self._user(asked).exhausted
        assert body["hasTriggeredEvent"] or not known.get(token), "a limit was reached, and is not any more"
        known[token] = body["hasTriggeredEvent"]

    def _get_leaderboard(self, asked: Question, page: dict[str, Any]) -> None:
        ranks = [each["rank"] for each in page["results"]]
        assert ranks == list(range(page["offset"] + 1, page["offset"] + 1 + len(ranks))), f"ranks are {ranks}"
        scores = [each["score"] for each in page["results"]]
        assert scores == sorted(scores, reverse=True), f"scores are {scores}"
        assert self.players in (None, page["count"]), (
            f"{page['count']} users, before there were {self.players}"
        )
        self.players = page["count"]

    def _get_score(self, asked: Question, score: dict[str, Any]) -> None:
        end = asked.number("end")
        if end is not None and end < 1_000_000_000_000:
            assert score["score"] == 0, "nobody received points before there was anything"

    def _get_child_age(self, asked: Question, answer: dict[str, Any]) -> None:
        assert answer["country"].lower() == asked.query.get("country", answer["country"]).lower()
        assert ("dob" in asked.query) == ("age" in answer) == ("isMinor" in answer)
        if "age" in answer:
            assert answer["isMinor"] == (answer["age"] < answer["consentAgeForCountry"])
