"""Settings of clients and sessions: each works as documented, or is named in an error without secrets."""

from __future__ import annotations

import math
import platform
import ssl
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch
from urllib.parse import quote

import httpx
import jwt
import pytest
from hypothesis import strategies as st

import kongregate
import kws
from openapi_fuzz.network.calling import call_once
from openapi_fuzz.network.memory import Network
from openapi_fuzz.network.plans import Answer, Plan
from openapi_fuzz.properties import Properties
from openapi_runtime import Client
from openapi_runtime.bodies import json_body
from openapi_runtime.client import AuthenticatedClient
from openapi_runtime.decoding import anything
from openapi_runtime.errors import ConfigurationError
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options
from openapi_runtime.settings import check_text, check_url

SECRET: Final = "made-up-password"
TLS: Final = ssl.create_default_context()
READ: Final[Operation[Any, Any]] = Operation(
    id="read", method="GET", path="/things/{id}", success={200: json_body(anything)}
)
VERSION: Final = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
    "version"
]
WAYS: Final = pytest.mark.parametrize("further", [{}, {"http2": False}], ids=["pool", "httpx"])


def sent(client: Client, options: Options | None = None, *, is_async: bool = False) -> Any:
    """Return what a server gets in one call."""
    with (network := Network([Plan(Answer())])).serving():
        call_once(client, READ, READ.request(path={"id": 7}), options, is_async=is_async)
    (arrival,) = network.arrivals
    return arrival


def headers_of(arrival: Any) -> dict[str, str]:
    headers = arrival.request[2]
    assert len({name for name, _ in headers}) == len(headers), "a header is sent twice"
    return dict(headers)


# ---- URLs


class Host(NamedTuple):
    """A host as it is written, as it is called, and whether it is this machine; None for one that is none."""

    written: str
    called: str | None
    is_local: bool = False


HOSTS: Final = (
    Host("api.example", "api.example"),
    Host("API.Example", "api.example"),
    Host("127.0.0.1", "127.0.0.1", is_local=True),
    Host("127.8.8.8", "127.8.8.8", is_local=True),
    Host("[::1]", "::1", is_local=True),
    Host("localhost", "localhost", is_local=True),
    Host("api.localhost", "api.localhost", is_local=True),
    Host("notlocalhost", "notlocalhost"),
    Host("10.0.0.7", "10.0.0.7"),
    Host("127.0.0.1.evil.example", "127.0.0.1.evil.example"),
    Host("bücher.example", "xn--bcher-kva.example"),
    Host("", None),
    Host("[::1", None),
    Host("\ud800.example", None),
    Host("xn--a.example", None),
)
PORTS: Final[Mapping[str, int | None]] = {
    "": 0,
    ":8080": 8080,
    ":1": 1,
    ":65535": 65535,
    ":443": 443,
    ":80": 80,
    **dict.fromkeys((":0", ":65536", ":made-up-password", ":-1")),
}


class URL(NamedTuple):
    """A base URL in parts."""

    scheme: str
    userinfo: str
    host: Host
    port: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        host = f"{self.userinfo}{self.host.written}{self.port}"
        return f"{self.scheme}{host}{self.path}{self.query}{self.fragment}"

    @property
    def works(self) -> bool:
        """Whether it names a server, and holds no secrets."""
        return (
            self.scheme.lower() in ("https://", "http://")
            and self.host.called is not None
            and PORTS[self.port] is not None
            and not (self.userinfo or self.query or self.fragment)
        )

    @property
    def is_safe(self) -> bool:
        """Whether nobody on the way reads what is sent there."""
        return self.scheme.lower() == "https://" or self.host.is_local

    @property
    def origin(self) -> tuple[str, str | None, int]:
        scheme = self.scheme.lower().removesuffix("://")
        return scheme, self.host.called, PORTS[self.port] or {"https": 443, "http": 80}[scheme]


URLS: Final = st.builds(
    URL,
    st.sampled_from(("https://", "https://", "http://", "http://", "HTTPS://", "ftp://", "//", "")),
    st.sampled_from(("", "", "", "user@", f"user:{SECRET}@", f"{SECRET}@")),
    st.sampled_from(HOSTS),
    st.sampled_from((*[""] * 4, *PORTS)),
    st.sampled_from(("", "/", "/v1", "/v1/", "/a%20b", "/a b", "/ü/v1/")),
    st.sampled_from(("", "", "", f"?key={SECRET}")),
    st.sampled_from(("", "", "", f"#{SECRET}")),
)


@WAYS
def test_requests_go_exactly_where_the_base_url_leads(
    further: dict[str, Any], properties: Properties
) -> None:
    def test(url: URL, allow_http: bool, is_async: bool) -> None:
        if not (url.works and (allow_http or url.is_safe)):
            with pytest.raises(ConfigurationError) as caught:
                check_url("base_url", str(url), allow_http=allow_http)
            assert str(caught.value).startswith("base_url has to be ")
            assert ("https, or secrets travel" in str(caught.value)) is url.works
            assert SECRET not in str(caught.value)
            assert caught.value.__context__ is None
            for make in (kws.KWS, kongregate.Kongregate):
                given: Any = {"base_url": str(url), "allow_http": allow_http}
                given |= {"api_key": SECRET} if make is kongregate.Kongregate else {"client_id": "made-up"}
                with pytest.raises(ConfigurationError, match=r"^base_url has to be "):
                    make(**given)
            return
        check_url("base_url", str(url), allow_http=allow_http)
        args = {"trust_env": False, **further}
        arrival = sent(Client(str(url), verify_ssl=TLS, httpx_args=args), is_async=is_async)
        method, target, headers, _ = arrival.request
        assert arrival.origin == url.origin
        assert (method, target) == ("GET", f"{quote(url.path, safe='/%').rstrip('/')}/things/7")
        host = url.host.called if ":" not in str(url.host.called) else f"[{url.host.called}]"
        # Of a default port, nothing has to be said.
        is_default = url.origin[2] == {"https": 443, "http": 80}[url.origin[0]]
        assert dict(headers)["host"] in (f"{host}:{url.origin[2]}", *([host] if is_default else ()))

    properties.hold(test, URLS, st.booleans(), st.booleans(), share=8)


# ---- settings


def is_seconds(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or (is_number and 0 < value < math.inf)  # type: ignore[operator]


def is_whole(value: object, least: int) -> bool:
    return type(value) is int and value >= least


def fits(value: object) -> bool:
    """Return whether a header can carry a value."""
    if not isinstance(value, str):
        return False
    return value == value.strip(" \t") and all(char == "\t" or " " <= char <= "~" for char in value)


def are_headers(value: object) -> bool:
    return isinstance(value, dict) and all(fits(each) for each in value.values())


def are_args(value: object) -> bool:
    if not isinstance(value, dict) or {"auth", "base_url", "nonsense", SECRET, 7} & value.keys():
        return False
    has_transport = "transport" not in value or isinstance(value["transport"], httpx.BaseTransport)
    return has_transport and value.get("headers") != 7


ODD: Final = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    0.5,
    math.nan,
    math.inf,
    -math.inf,
    SECRET,
    "",
    b"x",
    [],
    {},
    object(),
)
TEXTS: Final = ("made-up/1.2", "a\tb", " made up", "made\r\nup", "mäde-up", "\0", "")
VALID: Final[Mapping[str, Callable[[Any], bool]]] = {
    "timeout": lambda value: is_seconds(value) or isinstance(value, httpx.Timeout),
    "deadline": is_seconds,
    "max_retries": lambda value: is_whole(value, 0),
    "max_response_size": lambda value: is_whole(value, 1),
    "headers": are_headers,
    "idempotent": lambda value: isinstance(value, bool),
    "user_agent": lambda value: value is None or fits(value),
    "on_attempt": lambda value: value is None or callable(value),
    "transport": lambda value: value in ("httpx", "fast"),
    "httpx_args": lambda value: value is None or are_args(value),
}
VALUES: Final[Mapping[str, tuple[Any, ...]]] = {
    "timeout": (*ODD, httpx.Timeout(5), httpx.Timeout(None)),
    "deadline": (*ODD, httpx.Timeout(5)),
    "max_retries": ODD,
    "max_response_size": ODD,
    "headers": (*ODD, *({"X-Key": each} for each in (*TEXTS, SECRET, 7, None))),
    "idempotent": ODD,
    "user_agent": (*ODD, *TEXTS),
    "on_attempt": (*ODD, print),
    "transport": ("httpx", "fast", "HTTPX", None, 7, ""),
    "httpx_args": (
        *ODD,
        *({name: SECRET} for name in ("auth", "base_url", "nonsense", SECRET, 7)),
        {"transport": SECRET},
        {"transport": httpx.MockTransport(lambda _: httpx.Response(200))},
        {"headers": 7},
        {"headers": {"X-Key": "made-up"}},
        {"limits": httpx.Limits()},
    ),
}
OF_CALLS: Final = frozenset(Options.NAMES)
FAST_TAKES: Final = frozenset(("limits", "timeout", "trust_env"))


def given_settings(names: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    one = st.sampled_from(sorted(names)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))
    )
    return st.lists(one, max_size=3).map(dict)


def check_made(make: Callable[..., Any], given: Mapping[str, Any], wrong: list[str]) -> None:
    """Settings that are right make a thing; of wrong ones, one is named."""
    if not wrong:
        make(**given)
        return
    with pytest.raises(ConfigurationError) as caught:
        make(**given)
    assert any(str(caught.value).startswith(name) for name in wrong), f"{wrong}: {caught.value}"
    assert type(caught.value) is ConfigurationError
    # A name that httpx does not know is shown, in part; a value never.
    assert SECRET not in str(caught.value) or SECRET in given.get("httpx_args", {})
    assert SECRET not in repr(caught.value.__context__)


def wrong_ones(given: Mapping[str, Any]) -> list[str]:
    # In place of "no headers" and "no arguments", a client takes None as well.
    wrong = [name for name, value in given.items() if not VALID[name](value)]
    args = given.get("httpx_args")
    if given.get("transport") == "fast" and are_args(args) and args.keys() - FAST_TAKES:
        wrong.append("httpx_args")
    return wrong


def test_a_setting_works_or_is_named_in_an_error(properties: Properties) -> None:
    of_client = frozenset(VALUES) - {"idempotent"}
    of_session = of_client - {"headers"}

    def client(given: dict[str, Any]) -> None:
        wrong = [name for name in wrong_ones(given) if given[name] is not None or name != "headers"]
        check_made(lambda **settings: Client("https://api.example", **settings), given, wrong)

    def session(given: dict[str, Any]) -> None:
        wrong = wrong_ones(given)
        made = [
            lambda **settings: kws.KWS("https://api.example", **settings),
            lambda **settings: kws.AsyncKWS("https://api.example", **settings),
            lambda **settings: kongregate.Kongregate(SECRET, **settings),
            lambda **settings: kongregate.AsyncKongregate(SECRET, **settings),
        ]
        for make in made:
            check_made(make, given, wrong)

    properties.hold(client, given_settings(of_client), share=10)
    properties.hold(session, given_settings(of_session), share=10)


def test_the_settings_of_a_session_are_those_of_its_client() -> None:
    given: dict[str, Any] = {"timeout": 3.0, "deadline": 4.0, "max_retries": 5, "max_response_size": 6}
    for make in (kws.KWS, kws.AsyncKWS):
        options = make("https://api.example", **given).client.options
        assert {name: getattr(options, name) for name in given} == given
    for make_other in (kongregate.Kongregate, kongregate.AsyncKongregate):
        options = make_other(SECRET, **given).client.options
        assert {name: getattr(options, name) for name in given} == given


HEADER_FAULT: Final = "expected printable ASCII without spaces around it"
REFUSED: Final[tuple[tuple[dict[str, Any], str], ...]] = (
    ({"timeout": "1"}, "timeout: expected seconds as a number, an httpx.Timeout or None, got str"),
    ({"timeout": True}, "timeout: expected seconds as a number, an httpx.Timeout or None, got bool"),
    ({"timeout": 0}, "timeout: expected more than 0 seconds, got 0; None is no timeout"),
    ({"timeout": math.inf}, "timeout: expected more than 0 seconds, got inf; None is no timeout"),
    ({"deadline": True}, "deadline: expected seconds as a number or None, got bool"),
    ({"deadline": SECRET}, "deadline: expected seconds as a number or None, got str"),
    ({"deadline": 0}, "deadline: expected more than 0 seconds, got 0; None is no limit"),
    ({"deadline": math.inf}, "deadline: expected more than 0 seconds, got inf; None is no limit"),
    ({"max_retries": -1}, "max_retries: expected a whole number of at least 0, got -1"),
    ({"max_retries": 0.5}, "max_retries: expected a whole number of at least 0, got float"),
    ({"max_response_size": 0}, "max_response_size: expected a whole number of at least 1, got 0"),
    ({"max_response_size": True}, "max_response_size: expected a whole number of at least 1, got True"),
    ({"headers": [SECRET]}, "headers: expected a mapping, got list"),
    ({"headers": {"X-Key": f"{SECRET}\n"}}, f"headers['X-Key']: {HEADER_FAULT}"),
    ({"headers": {"X-Key": 7}}, "headers['X-Key']: expected a string, got int"),
    ({"user_agent": " x"}, f"user_agent: {HEADER_FAULT}"),
    ({"on_attempt": SECRET}, "on_attempt: expected a function, got str"),
    ({"transport": "HTTPX"}, 'transport has to be "httpx" or "fast"'),
    ({"httpx_args": 7}, "httpx_args: expected a mapping, got int"),
    ({"httpx_args": {"auth": SECRET}}, "httpx_args: auth is an argument of the client itself"),
    ({"httpx_args": {"base_url": SECRET}}, "httpx_args: base_url is an argument of the client itself"),
    ({"httpx_args": {"n" * 50: 1}}, f"httpx_args: httpx.Client has no argument '{'n' * 40}'"),
    ({"httpx_args": {7: 1}}, "httpx_args: httpx.Client has no argument of type int"),
    ({"httpx_args": {"transport": SECRET}}, "httpx_args: transport: expected a transport of httpx, got str"),
    (
        {"httpx_args": {"headers": 7}},
        "httpx_args: headers: expected a mapping of names to values, both printable ASCII",
    ),
    (
        {"httpx_args": {"headers": {"X-Key": "é\ud800"}}},
        "httpx_args: headers: expected a mapping of names to values, both printable ASCII",
    ),
    (
        {"transport": "fast", "httpx_args": {"proxy": SECRET, "cookies": SECRET, "limits": None}},
        'httpx_args: cookies needs transport="httpx"',
    ),
    ({"transport": "fast", "verify_ssl": TLS}, 'verify_ssl: an SSL context needs transport="httpx"'),
)


def test_a_setting_that_cannot_work_is_refused_to_the_letter() -> None:
    for given, told in REFUSED:
        with pytest.raises(ConfigurationError) as caught:
            Client("https://api.example", **given)
        assert str(caught.value) == told
    with pytest.raises(ConfigurationError, match=r"^base_url: expected text, got URL$"):
        Client(httpx.URL("https://api.example"))  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=r"^idempotent: expected True or False, got int$"):
        Options(idempotent=1)  # type: ignore[arg-type]
    for transport in (httpx.BaseTransport(), httpx.AsyncBaseTransport(), None):
        Client("https://api.example", httpx_args={"transport": transport, "headers": {"X-Key": "1"}})
    with pytest.raises(ConfigurationError, match=r"^sso: expected text, got int$"):
        check_text("sso", 7)
    with pytest.raises(ConfigurationError, match=r"^sso: expected text without lone surrogates$"):
        check_text("sso", f"{SECRET}\ud800")
    check_text("sso", "é")


def test_an_option_works_or_is_named_in_an_error(properties: Properties) -> None:
    def test(given: dict[str, Any]) -> None:
        wrong = wrong_ones(given)
        check_made(Options, given, wrong)
        check_made(Client("https://api.example").with_options, given, wrong)
        if not wrong:
            options = Options(**given)
            assert {name: getattr(options, name) for name in given} == given
            assert options == Options(**given)
            assert hash(options) == hash(Options(**given))
            assert (options == Options()) is (not given)
            assert options != given
            shown = [
                f"{name}={'…' if name == 'headers' else repr(given[name])}"
                for name in Options.NAMES
                if name in given
            ]
            assert repr(options) == f"Options({', '.join(shown)})"

    properties.hold(test, given_settings(OF_CALLS), share=10)
    with pytest.raises(ConfigurationError, match="there is no option nonsense"):
        Client("https://api.example").with_options(nonsense=SECRET)


# ---- headers

NAMES: Final = st.sampled_from(("X-Key", "x-key", "X-Other", "User-Agent", "accept", "Accept-Encoding"))
GOOD_TEXTS: Final = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=5)
HEADERS: Final = st.dictionaries(NAMES, GOOD_TEXTS, max_size=2).filter(
    lambda headers: len({name.lower() for name in headers}) == len(headers)
)


@WAYS
def test_the_header_that_is_said_last_is_sent(further: dict[str, Any], properties: Properties) -> None:
    def test(layers: list[dict[str, str]], is_async: bool) -> None:
        args = {"trust_env": False, **further}
        client = Client("https://api.example", verify_ssl=TLS, headers=layers[0], httpx_args=args)
        client = client.with_headers(layers[1]).with_options(Options(headers=layers[2]))
        found = headers_of(sent(client, Options(headers=layers[3]), is_async=is_async))
        expected = {"user-agent": f"openapi-runtime python/{platform.python_version()}", "accept": "*/*"}
        expected |= {"accept-encoding": "gzip, deflate", "host": "api.example"}
        for layer in layers:
            expected |= {name.lower(): value for name, value in layer.items()}
        assert {name: found.get(name) for name in expected} == expected
        assert found.keys() - expected.keys() <= {"connection"}

    properties.hold(test, st.lists(HEADERS, min_size=4, max_size=4), st.booleans(), share=3)


def test_a_header_is_sent_as_it_is_or_refused_unseen(properties: Properties) -> None:
    def test(text: str) -> None:
        if fits(text):
            client = AuthenticatedClient("http://api.example", token=text, prefix="")
            assert headers_of(sent(client))["authorization"] == text
            assert text not in repr(client) or text in "AuthenticatedClient('http://api.example')"
            return
        for make in (
            lambda: AuthenticatedClient("http://api.example", token=text),
            lambda: Options(headers={"X-Key": text}),
        ):
            with pytest.raises(ConfigurationError, match="expected printable ASCII") as caught:
                make()
            assert len(text) < 3 or text not in str(caught.value)

    odd = st.sampled_from(("a b", "a\tb", "~", "\x7f", " a", "a\n"))
    properties.hold(test, st.text(max_size=4) | odd, share=3)
    client = AuthenticatedClient("http://api.example", token=SECRET, headers={"authorization": "made up"})
    assert headers_of(sent(client))["authorization"] == f"Bearer {SECRET}"
    named = AuthenticatedClient(
        "http://api.example", token=SECRET, prefix="Made", auth_header_name="X-Auth", headers={"X-More": "1"}
    )
    assert {"x-auth": f"Made {SECRET}", "x-more": "1"}.items() <= headers_of(sent(named)).items()


@pytest.mark.parametrize("product", [None, "my-game/1.2"])
def test_a_client_says_who_it_is(product: str | None) -> None:
    runs_on = f"python/{platform.python_version()}"
    client = Client("http://api.example", user_agent=product)
    assert headers_of(sent(client))["user-agent"] == f"{product or 'openapi-runtime'} {runs_on}"
    own = f"kws-clients/{VERSION} {runs_on}"
    token = kongregate.Kongregate(SECRET, base_url="http://127.0.0.1", user_agent=product).client
    assert headers_of(sent(token))["user-agent"] == (f"{product} {own}" if product else own)
    session = kws.KWS("http://127.0.0.1", user_agent=product).client
    session.auth = None
    assert headers_of(sent(session))["user-agent"] == (f"{product} {own}" if product else own)


# ---- the environment

VARIABLES: Final = {
    "kws": ("KWS_BASE_URL", "KWS_CLIENT_ID", "KWS_CLIENT_SECRET", "KWS_SSO_URL"),
    "kongregate": ("KONGREGATE_API_KEY", "KONGREGATE_BASE_URL"),
}
REQUIRED: Final = {"KWS_BASE_URL", "KWS_CLIENT_ID", "KWS_CLIENT_SECRET", "KONGREGATE_API_KEY"}
FROM_ENV: Final = {
    "kws": (kws.KWS.from_env, kws.AsyncKWS.from_env),
    "kongregate": (kongregate.Kongregate.from_env, kongregate.AsyncKongregate.from_env),
}


def value_of(variable: str, place: str) -> str:
    return f"https://{place}.example" if "URL" in variable else f"{SECRET}-{place}"


@pytest.mark.parametrize("api", ["kws", "kongregate"])
def test_settings_come_from_the_environment_where_they_are_not_given(
    api: str, properties: Properties
) -> None:
    variables = VARIABLES[api]

    def test(states: list[str]) -> None:
        state = dict(zip(variables, states, strict=True))
        environment = {
            name: {"set": value_of(name, "env"), "both": value_of(name, "env")}.get(each, "")
            for name, each in state.items()
            if each != "absent"
        }
        names = {variable: variable.partition("_")[2].lower() for variable in variables}
        given: Any = {
            names[name]: value_of(name, "given") for name, each in state.items() if each in ("given", "both")
        }
        missing = [name for name, each in state.items() if each in ("absent", "empty") and name in REQUIRED]
        with patch.dict("os.environ", environment, clear=True):
            for make in FROM_ENV[api]:
                if missing:
                    with pytest.raises(ConfigurationError) as caught:
                        make(**given)
                    assert ", ".join(missing) in str(caught.value)
                    assert f"or pass {', '.join(f'{names[each]}=…' for each in missing)}" in str(caught.value)
                    assert not any(name in str(caught.value) for name in set(variables) - set(missing))
                    assert SECRET not in str(caught.value)
                    continue
                session = make(**given)
                place = {"set": "env", "given": "given", "both": "given"}
                url = state[f"{api.upper()}_BASE_URL"]
                expected = f"https://{place[url]}.example" if url in place else "https://api.kongregate.com"
                assert session.client.base_url == expected
                assert SECRET not in repr(session)
                if api == "kws":
                    assert session._client_id == f"{SECRET}-{place[state['KWS_CLIENT_ID']]}"
                    sso = state["KWS_SSO_URL"]
                    assert session._sso_url == (f"https://{place[sso]}.example" if sso in place else None)
                else:
                    key = session.client.supplier.supply("api_key", READ, None)
                    assert key == f"{SECRET}-{place[state['KONGREGATE_API_KEY']]}"

    states = st.sampled_from(("absent", "empty", "set", "set", "given", "both"))
    properties.hold(test, st.lists(states, min_size=len(variables), max_size=len(variables)), share=3)


def a_token(user_id: int) -> str:
    claims = {"scope": "user", "appId": 1, "clientId": "made-up", "userId": user_id, "iat": 1, "exp": 2}
    return jwt.encode(claims, key="made-up-key-of-at-least-thirty-two-bytes")


@pytest.mark.parametrize("make", FROM_ENV["kws"])
def test_a_token_takes_the_place_of_client_id_and_secret(make: Any, properties: Properties) -> None:
    tokens = {"env": a_token(1), "given": a_token(2)}
    advice = "; a token can take the place of client id and secret: KWS_TOKEN"

    def test(in_environment: str | None, is_given: bool, client: str | None, has_url: bool) -> None:
        environment = {
            "KWS_TOKEN": in_environment,
            "KWS_BASE_URL": "https://env.example" if has_url else None,
        }
        given: Any = {"token": tokens["given"]} if is_given else {}
        given |= {client: f"{SECRET}-given"} if client else {}
        token = tokens["given"] if is_given else (None if client else in_environment) or None
        missing = [] if has_url else ["KWS_BASE_URL"]
        if not token:
            known = {"client_id": "KWS_CLIENT_ID", "client_secret": "KWS_CLIENT_SECRET"}
            missing += [variable for name, variable in known.items() if name != client]
        with patch.dict("os.environ", {name: each for name, each in environment.items() if each}, clear=True):
            if not missing and client != "client_secret":
                assert make(**given)._source.get().value == token
                return
            with pytest.raises(ConfigurationError) as caught:
                make(**given)
        told = str(caught.value)
        assert not any(each in told for each in (SECRET, *tokens.values()))
        if missing:
            passed = ", ".join(f"{each.partition('_')[2].lower()}=…" for each in missing)
            wanted = f"empty: {', '.join(missing)}; or pass {passed}{'' if token else advice}"
            assert told == f"not set in the environment, or {wanted}"

    properties.hold(
        test,
        st.sampled_from([None, "", tokens["env"]]),
        st.booleans(),
        st.sampled_from([None, None, "client_id", "client_secret"]),
        st.booleans(),
        share=1,
    )
