from __future__ import annotations

import copy
import pickle
from typing import Any, Final

import httpx
import pytest
from example_api import GET_THING, URL, Server, always, get_thing

from openapi_runtime import UNSET, Client
from openapi_runtime.errors import ConfigurationError, InvalidArgument
from openapi_runtime.options import Options, phases_of

SECRET: Final = "made-up-secret"
ALL: Final[dict[str, Any]] = {
    "timeout": 1.5,
    "deadline": 7,
    "max_retries": 0,
    "max_response_size": 1,
    "headers": {"X-Key": SECRET},
    "idempotent": False,
}


# ---- values


def test_what_is_not_given_is_unset() -> None:
    assert {getattr(Options(), name) for name in Options.NAMES} == {UNSET}


def test_what_is_given_is_kept() -> None:
    options = Options(**ALL)
    assert {name: getattr(options, name) for name in Options.NAMES} == ALL
    assert set(ALL) == set(Options.NAMES)


def test_none_is_no_limit() -> None:
    options = Options(timeout=None, deadline=None)
    assert (options.timeout, options.deadline) == (None, None)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("timeout", 0, "timeout: expected more than 0 seconds"),
        ("timeout", "5", "timeout: expected seconds"),
        ("deadline", 0, "deadline: expected more than 0 seconds, got 0; None is no limit"),
        ("deadline", -1.5, "deadline: expected more than 0 seconds, got -1.5"),
        ("deadline", float("inf"), "deadline: expected more than 0 seconds, got inf"),
        ("deadline", float("nan"), "deadline: expected more than 0 seconds, got nan"),
        ("deadline", True, "deadline: expected seconds as a number or None, got bool"),
        ("deadline", "5", "deadline: expected seconds as a number or None, got str"),
        ("max_retries", -1, "max_retries: expected a whole number of at least 0, got -1"),
        ("max_retries", True, "max_retries: expected a whole number of at least 0, got True"),
        ("max_retries", 1.0, "max_retries: expected a whole number of at least 0, got float"),
        ("max_retries", None, "max_retries: expected a whole number of at least 0, got NoneType"),
        ("max_response_size", 0, "max_response_size: expected a whole number of at least 1, got 0"),
        ("max_response_size", None, "max_response_size: expected a whole number of at least 1, got NoneType"),
        ("headers", None, "headers: expected a mapping, got NoneType"),
        ("headers", [("X-Key", SECRET)], "headers: expected a mapping, got list"),
        ("headers", {"X-Key": f"{SECRET}\n"}, "headers['X-Key']: expected printable ASCII"),
        ("headers", {"X-Key": 7}, "headers['X-Key']: expected a string, got int"),
        ("idempotent", 1, "idempotent: expected True or False, got int"),
        ("idempotent", None, "idempotent: expected True or False, got NoneType"),
    ],
)
def test_an_option_that_cannot_work_is_refused_by_its_name(name: str, value: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Options(**{name: value})
    assert str(caught.value).startswith(message)
    assert SECRET not in str(caught.value)
    with pytest.raises(ConfigurationError):
        Client(URL).with_options(**{name: value})


def test_an_option_that_there_is_not_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^there is no option retries: the options are those of"):
        Client(URL).with_options(retries=3, timeouts=5)


# ---- equality


def test_options_are_equal_if_they_say_the_same() -> None:
    assert Options(**ALL) == Options(**ALL)
    assert hash(Options(**ALL)) == hash(Options(**ALL))
    assert Options(timeout=None) != Options()
    assert Options(max_retries=0) != Options(max_retries=1)
    assert Options() != "Options()"
    assert len({Options(), Options(), Options(deadline=1), Options(deadline=1)}) == 2


def test_options_survive_copying_and_pickling() -> None:
    options = Options(**ALL)
    again: Options = pickle.loads(pickle.dumps(options))  # noqa: S301  # its own
    assert copy.copy(options) == copy.deepcopy(options) == again == options


def test_the_repr_shows_what_is_given_and_no_header() -> None:
    assert repr(Options()) == "Options()"
    assert repr(Options(timeout=None, max_retries=3)) == "Options(timeout=None, max_retries=3)"
    assert repr(Options(headers={"X-Key": SECRET}, idempotent=True)) == "Options(headers=…, idempotent=True)"


# ---- one over the other


def test_what_is_unset_comes_from_beneath() -> None:
    over = Options(timeout=None, max_retries=0).over(Options(timeout=5, deadline=7, idempotent=True))
    assert over == Options(timeout=None, max_retries=0, deadline=7, idempotent=True)
    assert Options().over(Options(**ALL)) == Options(**ALL)
    assert Options(**ALL).over(Options()) == Options(**ALL)


def test_neither_is_changed() -> None:
    over, beneath = Options(headers={"a": "1"}), Options(headers={"b": "2"}, deadline=7)
    assert over.over(beneath) == Options(headers={"a": "1", "b": "2"}, deadline=7)
    assert (over, beneath) == (Options(headers={"a": "1"}), Options(headers={"b": "2"}, deadline=7))


def test_a_header_wins_over_one_with_its_name_in_another_case() -> None:
    over = Options(headers={"x-key": "2"}).over(Options(headers={"X-Key": "1", "a": "1"}))
    assert over.headers == {"x-key": "2", "a": "1"}


def test_an_option_is_taken_away() -> None:
    options = Options(**ALL)
    changed = {**ALL}
    changed["timeout"] = 9
    assert options.without("timeout").timeout is UNSET
    assert options.without("timeout").over(Options(timeout=9)) == Options(**changed)
    assert options == Options(**ALL)


def test_a_timeout_limits_each_phase() -> None:
    assert phases_of(UNSET) is UNSET
    assert phases_of(3) == {"connect": 3, "read": 3, "write": 3, "pool": 3}
    assert phases_of(None) == {"connect": None, "read": None, "write": None, "pool": None}
    assert phases_of(httpx.Timeout(1, pool=2)) == {"connect": 1, "read": 1, "write": 1, "pool": 2}


# ---- of a call


def test_what_is_no_options_is_refused_before_anything_is_sent() -> None:
    server = Server(always(json={"id": 7, "kind": "big"}))
    wrong: Any = {"timeout": 3}
    with pytest.raises(InvalidArgument, match=r"^getThing: options: expected Options, got dict$"):
        GET_THING.call(server.client(), get_thing(), wrong)
    assert server.requests == []


async def test_options_of_a_call_are_of_that_call_alone() -> None:
    server = Server(always(json={"id": 7, "kind": "big"}))
    client = server.client(headers={"X-Key": "1", "a": "1"})
    GET_THING.call(client, get_thing(), Options(headers={"x-key": "2"}))
    await GET_THING.call_async(client, get_thing(), Options(headers={"x-key": "3"}))
    GET_THING.call(client, get_thing())
    assert [each.headers.get_list("X-Key") for each in server.requests] == [["2"], ["3"], ["1"]]
    assert [each.headers["a"] for each in server.requests] == ["1"] * 3


def test_a_client_s_options_may_be_changed_by_name_and_all_together() -> None:
    client = Client(URL, max_retries=2, timeout=3)
    changed = client.with_options(Options(max_retries=4, deadline=9), max_retries=5).options
    assert (changed.max_retries, changed.deadline, changed.timeout) == (5, 9, 3)
    assert client.options.max_retries == 2
