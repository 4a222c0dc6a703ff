"""Callbacks as the documentation has them, made and read by code of its own, and what may be wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, quote_plus, unquote_to_bytes

from hypothesis import strategies as st

KEY, OTHER_KEY = "made-up-api-key", "made-up-api-key-2"
MOST_BYTES = 65536
ORDER_NUMBERS = ("game_id", "buyer_id", "recipient_id", "order_id")
ORDER_FIELDS = ("event", *ORDER_NUMBERS, "order_info")
ORDER_EVENTS = ("item_order_request", "item_order_placed")
PLAIN_FIELDS = ("event", "api_key", "time", "user_id", "username", "game_auth_token")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", re.ASCII)

Fields = Mapping[str, str]
Source = Any
"""A form in one of the ways in which it may be handed over."""


# ---- Signing


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signature(text: str, key: str = KEY) -> str:
    return unpadded(hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())


def signed(text: str, key: str = KEY) -> str:
    """The signed request with this text as its payload, whatever that is."""
    return f"{signature(text, key)}.{text}"


def sign(payload: object, key: str = KEY) -> str:
    """The signed request of a payload; of bytes as they are."""
    content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return signed(unpadded(content), key)


# ---- Reading


def read_form(body: bytes) -> dict[str, list[str]]:
    """The values of each field. Raises ValueError where it is no form."""
    fields: dict[str, list[str]] = {}
    for pair in body.split(b"&"):
        name, equals, value = pair.partition(b"=")
        if not equals:
            raise ValueError
        fields.setdefault(_decoded(name), []).append(_decoded(value))
    return fields


def _decoded(text: bytes) -> str:
    return unquote_to_bytes(text.replace(b"+", b" ")).decode()


def read_time(text: str) -> datetime | None:
    """A time such as `2016-04-10 06:20:59 -0700`."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    *moment, sign_of_zone, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = timezone(-offset if sign_of_zone == "-" else offset)
        return datetime(*map(int, moment), tzinfo=zone)
    except ValueError:
        return None


def outcomes(body: bytes) -> set[str]:
    """What may become of a body: the errors that it gives a reason for; or the event of a good one."""
    if not body:
        return {"MissingField"}
    if len(body) > MOST_BYTES:
        return {"BodyTooLarge"}
    try:
        fields = read_form(body)
    except ValueError:
        return {"BadShape"}
    if "signed_request" in fields:
        return _of_several("signed_request", fields) or _outcomes_of_signed(fields["signed_request"][0])
    return _outcomes_of_plain(fields)


def _of_several(name: str, fields: Mapping[str, Sequence[str]]) -> set[str]:
    found = fields.get(name, [])
    return set() if len(found) == 1 else {"DuplicateField" if found else "MissingField"}


def _outcomes_of_signed(text: str) -> set[str]:
    signature_given, dot, payload_text = text.partition(".")
    if not dot:
        return {"BadShape"}
    if signature_given != signature(payload_text):
        return {"WrongKey"}
    event: str = json.loads(base64.urlsafe_b64decode(payload_text + "=" * (-len(payload_text) % 4)))["event"]
    return {event}


def _outcomes_of_plain(fields: Mapping[str, Sequence[str]]) -> set[str]:
    refusal = _of_several("api_key", fields)
    if refusal:
        return refusal
    if fields["api_key"] != [KEY]:
        return {"WrongKey"}
    refusal = _of_several("event", fields)
    if refusal:
        return refusal
    if fields["event"] != ["invalidate_user_inventory"]:
        return {"UnknownEvent"}
    refusals = set[str]().union(*(_of_several(name, fields) for name in PLAIN_FIELDS))
    if any(read_time(each) is None for each in fields.get("time", ())):
        refusals.add("BadShape")
    if not all(re.fullmatch("[0-9]{1,19}", each) for each in fields.get("user_id", ())):
        refusals.add("BadShape")
    return refusals or {"invalidate_user_inventory"}


# ---- Data

numbers = st.one_of(st.integers(0, 2000), st.integers(-(2**70), 2**70))
_odd = ["", " ", "a+b&c=d;e%2Bf", "\x00", "\N{PILE OF POO}", "ä\u2028", "x" * 400, "\r\n", "."]
texts = st.one_of(st.sampled_from(_odd), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
json_texts = st.one_of(texts, st.sampled_from(["\ud800", "a\udfffb"]))
_extras = st.dictionaries(
    st.sampled_from(["new", "s", "signature"]),
    st.recursive(
        st.one_of(st.none(), st.booleans(), numbers, texts), lambda each: st.lists(each, max_size=3)
    ),
    max_size=2,
)


@st.composite
def orders(draw: st.DrawFn, events: Sequence[str] = ORDER_EVENTS) -> dict[str, Any]:
    """The payload of a signed callback, its fields in any order."""
    payload = {
        **draw(_extras),
        "event": draw(st.sampled_from(events)),
        **{name: draw(numbers) for name in ORDER_NUMBERS},
        "order_info": draw(json_texts),
        **({"algorithm": "HMAC-SHA256"} if draw(st.booleans()) else {}),
    }
    return dict(draw(st.permutations(list(payload.items()))))


times = st.builds(
    lambda moment, minutes: moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001  # the zone is added
    st.one_of(st.sampled_from([0, -420, 330]), st.integers(-23 * 60 - 59, 23 * 60 + 59)),
)


def time_text(moment: datetime) -> str:
    minutes = int(moment.utcoffset() / timedelta(minutes=1))  # type: ignore[operator]  # it has a zone
    hours, rest = divmod(abs(minutes), 60)
    return f"{moment:%Y-%m-%d %H:%M:%S} {'-' if minutes < 0 else '+'}{hours:02}{rest:02}"


@st.composite
def notices(draw: st.DrawFn) -> dict[str, str]:
    """The fields of a plain callback, in any order, some with others among them."""
    fields = {
        "event": "invalidate_user_inventory",
        "api_key": KEY,
        "time": time_text(draw(times)),
        "user_id": draw(st.one_of(st.integers(0, 10**19 - 1).map(str), st.sampled_from(["0", "007"]))),
        "username": draw(texts),
        "game_auth_token": draw(st.sampled_from(["made-up-game-token", "", "ä b"])),
        **draw(st.dictionaries(st.sampled_from(["new", "", "Event"]), texts, max_size=2)),
    }
    return dict(draw(st.permutations(list(fields.items()))))


# ---- Forms


def encoded(fields: Sequence[tuple[str, str]], quoting: Callable[[str], str] = quote_plus) -> str:
    return "&".join(f"{quoting(name)}={quoting(value)}" for name, value in fields)


def _every_byte(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def _percents(text: str) -> str:
    return quote(text, safe="")


_FORMS: tuple[Callable[[Mapping[str, str]], Source], ...] = (
    dict,
    lambda fields: {name: [value] for name, value in fields.items()},
    lambda fields: {name: (value,) for name, value in fields.items()},
    *(
        lambda fields, quoting=quoting: encoded([*fields.items()], quoting)
        for quoting in (quote_plus, _percents, _every_byte)
    ),
)


@st.composite
def handed_over(draw: st.DrawFn, fields: Mapping[str, str]) -> Source:
    """A form as a mapping, of texts or of lists of one; or encoded one way or another, as text or bytes."""
    source = draw(st.sampled_from(_FORMS))(fields)
    return source.encode() if isinstance(source, str) and draw(st.booleans()) else source


# ---- What is wrong

_NOT_INTEGERS = st.sampled_from([None, True, "765", [], {}, 1.5, [765], ""])
_NOT_TEXTS = st.sampled_from([None, False, 7, [], {}, 1.5, ["a"]])
_NOT_FORMS = st.sampled_from(
    [b"made-up", b'{"event": "x"}', b"event=%ff", b"\xff=1", b"a=1&&b=2", b"=&", "a", "&"]
)


def _carrying(requests: st.SearchStrategy[str]) -> st.SearchStrategy[Source]:
    return requests.flatmap(lambda request: handed_over({"signed_request": request}))


def _of_order(make: Callable[[dict[str, Any]], st.SearchStrategy[str]]) -> st.SearchStrategy[Source]:
    return _carrying(orders().flatmap(make))


def _of_notice(make: Callable[[dict[str, Any]], st.SearchStrategy[Any]]) -> st.SearchStrategy[Source]:
    return notices().flatmap(make)


def _with_signature(change: Callable[[str], str]) -> st.SearchStrategy[Source]:
    """Those whose signature is changed; `change` may leave some as they are."""

    def make(payload: dict[str, Any]) -> str:
        good, _, text = sign(payload).partition(".")
        return f"{change(good)}.{text}"

    requests = orders().map(make).filter(lambda each: each != signed(each.partition(".")[2]))
    return _carrying(requests)


def _with_payload(change: Callable[[dict[str, Any]], dict[str, Any]]) -> st.SearchStrategy[Source]:
    """Those whose payload is changed after it was signed."""

    def make(payload: dict[str, Any]) -> st.SearchStrategy[str]:
        other = sign(change(payload)).partition(".")[2]
        return st.just(f"{sign(payload).partition('.')[0]}.{other}")

    return _of_order(make)


def _with_text(texts_of_payload: st.SearchStrategy[str]) -> st.SearchStrategy[Source]:
    return _carrying(texts_of_payload.map(signed))


def _with_json(contents: st.SearchStrategy[bytes]) -> st.SearchStrategy[Source]:
    return _carrying(contents.map(sign))


def _changed(name: st.SearchStrategy[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Source]:
    return _of_order(
        lambda payload: st.tuples(name, value).map(lambda pair: sign({**payload, pair[0]: pair[1]}))
    )


def _without(payload: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in payload.items() if each != name}


def _twice(fields: Mapping[str, str]) -> st.SearchStrategy[Source]:
    """One of the fields several times: as a list of a mapping, or encoded."""

    def make(choice: tuple[str, int, bool]) -> Source:
        name, count, is_text = choice
        if is_text:
            return encoded([*fields.items(), *[(name, fields[name])] * (count - 1)])
        return {**fields, name: [fields[name]] * count}

    names = [name for name in fields if name in (*PLAIN_FIELDS, "signed_request")]
    return st.tuples(st.sampled_from(names), st.integers(2, 3), st.booleans()).map(make)


def _notice_with(name: str, *values: Any) -> st.SearchStrategy[Source]:
    return _of_notice(lambda fields: st.sampled_from(values).map(lambda value: {**fields, name: value}))


def _deep(depth: int) -> bytes:
    return b'{"event": ' + b"[" * depth + b"]" * depth + b"}"


FAULTS: Mapping[str, tuple[str, st.SearchStrategy[Source]]] = {
    "nothing at all": ("MissingField", st.sampled_from([b"", "", {}])),
    "signed with another key": (
        "WrongKey",
        _of_order(
            lambda payload: st.sampled_from([OTHER_KEY, "", KEY[:-1], KEY.upper()]).map(
                lambda key: sign(payload, key)
            )
        ),
    ),
    "forged, and broken besides": (
        "WrongKey",
        _carrying(
            st.sampled_from([b"{", b"[]", b'{"algorithm": "none"}', b'{"event": "x"}', b"\xff"]).map(
                lambda content: sign(content, OTHER_KEY)
            )
        ),
    ),
    "the signature of another payload": (
        "WrongKey",
        _with_payload(lambda payload: {**payload, "order_id": payload["order_id"] + 1}),
    ),
    "the event changed later": (
        "WrongKey",
        _with_payload(
            lambda payload: {
                **payload,
                "event": next(each for each in ORDER_EVENTS if each != payload["event"]),
            }
        ),
    ),
    "no signature": ("WrongKey", _with_signature(lambda _: "")),
    "a signature cut short": (
        "WrongKey",
        st.integers(1, 42).flatmap(lambda length: _with_signature(lambda good: good[:length])),
    ),
    "a signature with padding": ("WrongKey", _with_signature(lambda good: f"{good}=")),
    "a signature in the other base64": (
        "WrongKey",
        _with_signature(lambda good: good.replace("-", "+").replace("_", "/")),
    ),
    "a signature in lower case": ("WrongKey", _with_signature(str.lower)),
    "a signature in hexadecimal": (
        "WrongKey",
        _with_signature(lambda good: base64.urlsafe_b64decode(f"{good}=").hex()),
    ),
    "a signature that is no text of ASCII": ("WrongKey", _with_signature(lambda _: "ä")),
    "half a character": (
        "WrongKey",
        orders().map(lambda payload: {"signed_request": f"\udc80.{sign(payload).partition('.')[2]}"}),
    ),
    "another algorithm": (
        "WrongAlgorithm",
        _changed(
            st.just("algorithm"),
            st.sampled_from(
                [
                    "none",
                    "",
                    "hmac-sha256",
                    "HMAC-SHA1",
                    "HMAC-SHA512",
                    " HMAC-SHA256",
                    None,
                    256,
                    ["HMAC-SHA256"],
                ]
            ),
        ),
    ),
    "no base64": (
        "BadBase64",
        _with_text(st.sampled_from(["A", "ä", "A A", "AA.AA", "AA\n", "e30=e30", "AAAAA", "e30*", "\x00"])),
    ),
    "the other base64": (
        "BadBase64",
        _with_text(
            st.sampled_from(
                [b'{"event":"\xc3\xbf\xc3\xbf\xc3\xbf"}', b'{"event":"??>"}', b'{"event":"a>>?"}']
            )
            .map(lambda content: base64.b64encode(content).decode().rstrip("="))
            .filter(lambda text: "+" in text or "/" in text)
        ),
    ),
    "no JSON": (
        "BadJSON",
        _with_json(
            st.sampled_from([b"", b"{", b"\xff", b"nothing", b"{'a': 1}", b'{"a": 1,}', b"\xef\xbb\xbf{}"])
        ),
    ),
    "JSON cut short": (
        "BadJSON",
        _of_order(
            lambda payload: st.integers(1, len(json.dumps(payload)) - 1).map(
                lambda length: sign(json.dumps(payload).encode()[:length])
            )
        ),
    ),
    "no number of JSON": (
        "BadJSON",
        _with_json(
            st.sampled_from([b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" * 5000]).map(
                lambda number: b'{"event": "item_order_request", "game_id": ' + number + b"}"
            )
        ),
    ),
    "JSON nested deeply": ("BadJSON", _with_json(st.just(_deep(5_000)))),
    "no object": ("BadShape", _with_json(st.sampled_from([b"[]", b"7", b"null", b'"x"', b"true", b"[{}]"]))),
    "a number that is none": ("BadShape", _changed(st.sampled_from(ORDER_NUMBERS), _NOT_INTEGERS)),
    "a text that is none": ("BadShape", _changed(st.just("order_info"), _NOT_TEXTS)),
    "an event that is no text": ("BadShape", _changed(st.just("event"), _NOT_TEXTS)),
    "a signed field that is missing": (
        "MissingField",
        _of_order(
            lambda payload: st.sampled_from(ORDER_FIELDS).map(lambda name: sign(_without(payload, name)))
        ),
    ),
    "no dot": ("BadShape", _carrying(st.sampled_from(["", "AAAA", unpadded(b"{}")]))),
    "a signed event that is unknown": (
        "UnknownEvent",
        _of_order(
            lambda payload: st.sampled_from(
                ["", "test", "invalidate_user_inventory", "Item_order_request", f"of {KEY}"]
            ).map(lambda name: sign({**payload, "event": name}))
        ),
    ),
    "a signed request that is no text": (
        "BadShape",
        st.sampled_from([None, 7, b"x", {}, [7]]).map(lambda value: {"signed_request": value}),
    ),
    "a field several times": ("DuplicateField", _of_notice(_twice)),
    "several signed requests": (
        "DuplicateField",
        orders().flatmap(lambda payload: _twice({"signed_request": sign(payload)})),
    ),
    "a plain field that is missing": (
        "MissingField",
        _of_notice(
            lambda fields: st.sampled_from(PLAIN_FIELDS).flatmap(
                lambda name: st.one_of(handed_over(_without(fields, name)), st.just({**fields, name: []}))
            )
        ),
    ),
    "another plain key": (
        "WrongKey",
        _notice_with("api_key", OTHER_KEY, "", KEY[:-1], f"{KEY} ", KEY.upper(), "ä", "\udc80"),
    ),
    "a plain event that is unknown": (
        "UnknownEvent",
        _notice_with("event", "", "test", "item_order_request", "INVALIDATE_USER_INVENTORY", f"of {KEY}"),
    ),
    "a player that is no number": (
        "BadShape",
        _notice_with(
            "user_id",
            "",
            "-1",
            "+1",
            "7.5",
            " 7",
            "7\n",
            "1_0",
            "0x7",
            "1" * 20,
            "\N{ARABIC-INDIC DIGIT SEVEN}",
            7,
        ),
    ),
    "a time that is none": (
        "BadShape",
        _notice_with(
            "time",
            *(
                "",
                "yesterday",
                "2016-04-10 06:20:59",
                "2016-02-30 06:20:59 -0700",
                "2016-04-10T06:20:59-0700",
            ),
            *(
                "2016-04-10 24:00:00 +0000",
                "2016-13-01 06:20:59 -0700",
                "2016-04-10 06:20:59 -07000",
                7,
                None,
            ),
        ),
    ),
    "a plain field that is no text": (
        "BadShape",
        _of_notice(
            lambda fields: st.tuples(
                st.sampled_from(PLAIN_FIELDS), st.sampled_from([None, 7, b"x", {}, [7], (None,)])
            ).map(lambda pair: {**fields, pair[0]: pair[1]})
        ),
    ),
    "no form": ("BadShape", _NOT_FORMS),
    "no kind of form": (
        "BadShape",
        st.sampled_from([7, ["event"], [("event", "x")], object(), bytearray(b"a=1")]),
    ),
    "too large a body": (
        "BodyTooLarge",
        st.sampled_from([b"a" * (MOST_BYTES + 1), "a=" * MOST_BYTES, b"a=1&" * MOST_BYTES]),
    ),
}
"""What can be wrong with a callback: the error that says so, and such callbacks."""
