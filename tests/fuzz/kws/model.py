"""What a mock of KWS has to answer and to remember."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from openapi_python_client.strings import snake_case

from openapi_fuzz import Channel, Exchange, Model, Operation, Parameters

from .known import (
    ADDRESS,
    APP,
    APPS,
    CURRENCIES,
    EVENTS,
    FIELDS,
    PERMISSIONS,
    USER,
    WITHOUT_PARENT,
)


@dataclass
class Known:
    """What is known of one user, from what was written and read."""

    app_data: dict[str, int | None] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    received: int | None = None
    exhausted: dict[str, bool] = field(default_factory=dict)


class Memory(Model):
    """Predicts statuses, and compares what is read with what was written."""

    def __init__(self) -> None:
        self.users: dict[int, Known] = {}
        self.players: int | None = None

    # ---- statuses

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int]:
        sent = exchange.parameters
        return (
            self._refusals(operation, sent)
            or getattr(self, f"_of_{snake_case(operation.id)}", lambda _: None)(sent)
            or operation.successes
        )

    def _refusals(self, operation: Operation, sent: Parameters) -> set[int] | None:
        app, user = sent.number("appId"), sent.number("userId")
        if sent.query.keys() >= {"start", "end"} and int(sent.query["start"]) > int(sent.query["end"]):
            return {400, 403, 404}
        if app is not None and app not in APPS:
            return {404}
        if app not in (None, APP) and operation.id != "getRandomDisplayName":
            return {403, 404}
        if user not in (None, USER, WITHOUT_PARENT):
            # Of the other seeded users nothing is known.
            return {403, 404, *((200, 204, 400, 409) if 5076 <= user <= 5099 else ())}
        if user == WITHOUT_PARENT and sent.scope == "user":
            return {403}
        return None

    def _of_issue_token(self, sent: Parameters) -> set[int] | None:
        return {400} if sent.body["grant_type"] == "authorization_code" else None

    def _of_get_score(self, sent: Parameters) -> set[int] | None:
        return {404} if sent.number("currencyId") not in (None, *CURRENCIES) else None

    def _of_get_child_age(self, sent: Parameters) -> set[int] | None:
        if sent.query.get("country", "us").lower() not in ("us", "gb", "de"):
            return {200, 400, 404}
        born = sent.query.get("dob", "2000-01-01")
        return {400} if born > datetime.now(UTC).date().isoformat() or born < date.min.isoformat() else None

    def _of_update_profile(self, sent: Parameters) -> set[int]:
        if int(sent.path["userId"]) == WITHOUT_PARENT:
            guarded = (set(sent.body) & set(FIELDS) - {"language"}) | (
                set(sent.body.get("address", ())) & set(ADDRESS)
            )
            return {403} if guarded else {200, 204}
        return {200, 204, 403, 409}

    def _of_has_triggered_event(self, sent: Parameters) -> set[int] | None:
        return {404} if sent.body["eventId"] not in EVENTS.values() else None

    def _of_trigger_event(self, sent: Parameters) -> set[int]:
        token = sent.body["token"]
        if token not in EVENTS:
            return {404}
        known = self._user(sent)
        exhausted = known.exhausted.get(token)
        too_many = known.received is None or known.received + sent.body.get("points", 0) > 2**52
        return {
            *({403} if exhausted in (None, True) else ()),
            *({200, 204} if not exhausted else ()),
            *({409} if too_many else ()),
        }

    def _of_request_permissions(self, sent: Parameters) -> set[int] | None:
        if not set(sent.body["permissions"]) <= set(PERMISSIONS):
            return {200, 204, 404, 409}
        return {409} if int(sent.path["userId"]) == WITHOUT_PARENT else None

    def _of_invite_user(self, sent: Parameters) -> set[int]:
        return {200, 204, 409}

    # ---- values

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        sent = exchange.parameters
        learn: Callable[..., None] | None = getattr(self, f"_{snake_case(operation_id)}", None)
        if learn is None:
            return
        if exchange.succeeded:
            learn(sent, exchange.response.json() if exchange.response.content else None)
        elif operation_id == "triggerEvent" and exchange.response.status_code == 403:
            self._refused(sent)

    def _refused(self, sent: Parameters) -> None:
        """An event was refused: if the token is not why, the limit is."""
        if int(sent.path["userId"]) == USER or (
            int(sent.path["userId"]) == WITHOUT_PARENT and sent.scope == "app"
        ):
            self._user(sent).exhausted[sent.body["token"]] = True

    def begin(self, channel: Channel) -> None:
        for user_id in (USER, WITHOUT_PARENT):
            at = {"app_id": APP, "user_id": user_id}
            points = channel.call("getPoints", **at)
            profile = channel.call("getProfile", **at).to_dict()
            self.users[user_id] = Known(
                app_data={each["name"]: each["value"] for each in profile["appData"]},
                profile={name: profile[name] for name in profile if name in (*FIELDS, *ADDRESS.values())},
                received=sum(each.sum for each in points.total_received),
            )

    def audit(self, channel: Channel) -> None:
        for user_id, known in self.users.items():
            at = {"app_id": APP, "user_id": user_id}
            for name, value in known.app_data.items():
                page = channel.call("getAppData", **at, name=name)
                found = {each.name: each.value for each in page.results}
                assert found.get(name) == value, (
                    f"user {user_id} has {found} instead of {value} under {name!r}"
                )
            if known.profile:
                profile = channel.call("getProfile", **at).to_dict()
                self._compare(known.profile, profile, f"the profile of user {user_id}")
            if known.received is not None:
                points = channel.call("getPoints", **at)
                received = sum(each.sum for each in points.total_received)
                assert received == known.received, f"user {user_id} received {received}, not {known.received}"
            for token, exhausted in known.exhausted.items():
                answer = channel.call("hasTriggeredEvent", user_id=user_id, event_id=EVENTS[token])
                assert answer.has_triggered_event == exhausted, f"{token} is not what was known: {exhausted}"
        board = channel.call("getLeaderboard", app_id=APP)
        for user_id in self.users:
            own = channel.call("getScore", app_id=APP, user_id=user_id)
            row = board.results[own.rank - 1]
            assert (row.rank, row.score) == (own.rank, own.score), (
                f"user {user_id} is {own}, in the leaderboard {row}"
            )

    def _user(self, sent: Parameters) -> Known:
        return self.users.setdefault(int(sent.path["userId"]), Known())

    @staticmethod
    def _compare(known: Mapping[str, Any], found: Mapping[str, Any], what: str) -> None:
        wrong = {name: found.get(name) for name, value in known.items() if found.get(name) != value}
        assert not wrong, f"{what} has {wrong}, not what was known: {known}"

    def _set_app_data(self, sent: Parameters, _: None) -> None:
        self._user(sent).app_data[sent.body["name"]] = sent.body["value"]

    def _delete_app_data(self, sent: Parameters, _: None) -> None:
        self._user(sent).app_data[sent.body["name"]] = None

    def _get_app_data(self, sent: Parameters, page: dict[str, Any]) -> None:
        known = self._user(sent).app_data
        found = {each["name"]: each["value"] for each in page["results"]}
        assert len(found) == len(page["results"]), "a name is listed twice"
        name = sent.query.get("name")
        if name is not None:
            assert set(found) <= {name}, f"asked for {name!r}, got {sorted(found)}"
        self._compare({key: known[key] for key in found if key in known}, found, "app data")
        whole = page["offset"] == 0 and page["count"] == len(found)
        for key in [key for key, value in known.items() if value is not None and name in (None, key)]:
            assert key in found or not whole, f"{key!r} was stored, and is not listed"
        known.update(found)

    def _get_profile(self, sent: Parameters, profile: dict[str, Any]) -> None:
        known = self._user(sent)
        assert profile["id"] == int(sent.path["userId"])
        assert ("parentEmail" in profile) <= (sent.scope == "user"), (
            "the parent's e-mail is for the user only"
        )
        self._compare(known.profile, profile, "the profile")
        known.profile = {name: profile[name] for name in profile if name in (*FIELDS, *ADDRESS.values())}
        data = {each["name"]: each["value"] for each in profile.get("appData", [])}
        self._compare(known.app_data, {**dict.fromkeys(known.app_data), **data}, "the profile's app data")

    def _update_profile(self, sent: Parameters, _: None) -> None:
        known = self._user(sent).profile
        known.update({name: sent.body[name] for name in FIELDS if name in sent.body})
        address = sent.body.get("address", {})
        known.update({ADDRESS[name]: value for name, value in address.items() if name in ADDRESS})
        if "country" in known:
            known["country"] = known["country"].lower()

    def _get_points(self, sent: Parameters, points: dict[str, Any]) -> None:
        known = self._user(sent)
        received = sum(each["sum"] for each in points["totalReceived"])
        assert known.received in (None, received), f"received {received}, not {known.received}"
        known.received = received
        pending = {each["currencyId"]: each["sum"] for each in points["pending"]}
        most = {each["currencyId"]: each["sum"] for each in points["totalReceived"]}
        for each in points["total"]:
            currency = each["currencyId"]
            assert each["sum"] + pending.get(currency, 0) <= most[currency], "more than was ever received"

    def _trigger_event(self, sent: Parameters, _: None) -> None:
        known = self._user(sent)
        points = sent.body.get("points")
        known.received = None if known.received is None or points is None else known.received + points
        known.exhausted.pop(sent.body["token"], None)

    def _has_triggered_event(self, sent: Parameters, body: dict[str, Any]) -> None:
        token = next(token for token, number in EVENTS.items() if number == sent.body["eventId"])
        known = self._user(sent).exhausted
        assert body["hasTriggeredEvent"] or not known.get(token), "a limit was reached, and is not any more"
        known[token] = body["hasTriggeredEvent"]

    def _get_leaderboard(self, sent: Parameters, page: dict[str, Any]) -> None:
        ranks = [each["rank"] for each in page["results"]]
        assert ranks == list(range(page["offset"] + 1, page["offset"] + 1 + len(ranks))), f"ranks are {ranks}"
        scores = [each["score"] for each in page["results"]]
        assert scores == sorted(scores, reverse=True), f"scores are {scores}"
        assert self.players in (None, page["count"]), (
            f"{page['count']} users, before there were {self.players}"
        )
        self.players = page["count"]

    def _get_score(self, sent: Parameters, score: dict[str, Any]) -> None:
        end = sent.number("end")
        if end is not None and end < 1_000_000_000_000:
            assert score["score"] == 0, "nobody received points before there was anything"

    def _get_child_age(self, sent: Parameters, answer: dict[str, Any]) -> None:
        assert answer["country"].lower() == sent.query.get("country", answer["country"]).lower()
        assert ("dob" in sent.query) == ("age" in answer) == ("isMinor" in answer)
        if "age" in answer:
            assert answer["isMinor"] == (answer["age"] < answer["consentAgeForCountry"])
