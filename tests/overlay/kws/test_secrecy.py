"""No secret, token or authorization code is where people or programs look: logs, reprs, errors."""

import base64
import json
import logging
import traceback
from urllib.parse import parse_qs, quote_plus

import httpcore
import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import kws
from kws import KWS, AsyncKWS, read_callback
from kws_client.api.oauth import issue_token
from openapi_mock import serve

CLIENT_ID = "example-client"
SECRET = "made-up-secret+/=&"
CODE = "made-up-code+/=&"
CALLBACK = f"https://game.example/callback?code={quote_plus(CODE)}&state=made-up-state"
BASIC = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()


@pytest.fixture
def user_token(make_token):
    return make_token(scope="user", userId=5073)


@pytest.fixture
def app_token(make_token):
    return make_token()


@pytest.fixture
def secrets(app_token, user_token):
    """Everything that must not be seen, in each form that gives it away."""
    plain = [SECRET, CODE, app_token, user_token]
    return {*plain, *map(quote_plus, plain), BASIC, *(token.rpartition(".")[2] for token in plain[2:])}


@pytest.fixture
def unseen(secrets):
    """Fails a test where one of the secrets is in a text."""

    def check(text):
        assert not [secret for secret in secrets if secret in text]

    return check


@pytest.fixture
def logged(caplog):
    """The text of everything that anybody logs, arguments that are not shown included."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio", "kws", "kws_client"):
        caplog.set_level(logging.DEBUG, logger=name)

    def text():
        return "\n".join(
            f"{each.name} {each.getMessage()} {each.args!r} {each.exc_text}" for each in caplog.records
        )

    return text


def chain(error):
    """The error, and all that led to it, whether it is shown or not."""
    found = []
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and each not in found:
            found.append(each)
            waiting += [each.__cause__, each.__context__]
    return found


def shown(error):
    """Everything that a log, a debugger's list of exceptions or an error tracker prints of it."""
    lines = ["".join(traceback.format_exception(error))]
    for each in chain(error):
        lines += [str(each), repr(each), repr(each.args), repr(getattr(each, "__notes__", []))]
        # What httpx raises holds the request; its repr is a method and a URL.
        lines += [
            repr(value) for name, value in vars(each).items() if name not in {"content", "body", "headers"}
        ]
    return "\n".join(lines)


class Careless:
    """A server that repeats what it was sent. It fails either the calls or the requests for tokens."""

    def __init__(self, app_token, user_token):
        self.tokens = {"client_credentials": app_token, "authorization_code": user_token}
        self.token_status = 200
        self.status = 200

    def application(self):
        return Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST", "PUT"])])

    async def _answer(self, request):
        body = (await request.body()).decode()
        # All it was sent in one message, in both of the shapes that errors have.
        message = f"{request.headers.get('authorization')} {body} {parse_qs(body)}"
        said = json.dumps(
            {"ErrorCode": "x", "Error": message, "code": 1, "codeMeaning": "x", "errorMessage": message}
        )
        is_token = request.url.path == issue_token.OPERATION.path
        status = self.token_status if is_token else self.status
        if status != 200:
            return Response(said, status, media_type="application/json")
        if is_token:
            return JSONResponse({"access_token": self.tokens[parse_qs(body)["grant_type"][0]]})
        # A success, but not what is documented.
        return Response(said, 200, media_type="application/json")


@pytest.fixture
def careless(app_token, user_token):
    return Careless(app_token, user_token)


@pytest.fixture
def make(careless):
    """Makes sessions with the careless server, over a socket."""
    with serve(careless.application()) as url:

        def make_one(kind, **arguments):
            return kind(url, client_id=CLIENT_ID, client_secret=SECRET, **arguments)

        yield make_one


FAILURES = [
    # What goes wrong, and the answers to requests for tokens and to calls.
    (kws.BadRequest, 400, 200),
    (kws.Unauthorized, 401, 200),
    (kws.ClientError, 418, 200),
    (kws.InternalServerError, 500, 200),
    (kws.BadRequest, 200, 400),
    (kws.Unauthorized, 200, 401),
    (kws.Forbidden, 200, 403),
    (kws.NotFound, 200, 404),
    (kws.UnexpectedStatus, 200, 302),
    (kws.DecodeError, 200, 200),
]


def has_message(error):
    """Whether the answer has a documented shape, so that its text is in the message, without the secrets."""
    documented = isinstance(error, kws.StatusError) and error.is_documented
    redacted = any(mark in str(error) for mark in ("***", "a text that repeats a secret"))
    return redacted if documented else error.operation_id in str(error)


@pytest.mark.parametrize(("kind", "token_status", "status"), FAILURES)
def test_failures_show_no_secrets(make, careless, unseen, logged, kind, token_status, status):
    careless.token_status, careless.status = token_status, status
    with make(KWS) as session, pytest.raises(kind) as raised:
        session.users.get_profile(user_id=5073)
    assert has_message(raised.value)
    unseen(shown(raised.value))
    unseen(repr(session))
    assert issue_token.OPERATION.path in logged()
    unseen(logged())


@pytest.mark.parametrize(("kind", "token_status", "status"), FAILURES)
async def test_awaited_failures_show_no_secrets(make, careless, unseen, logged, kind, token_status, status):
    careless.token_status, careless.status = token_status, status
    async with make(AsyncKWS) as session:
        with pytest.raises(kind) as raised:
            await session.users.get_profile(user_id=5073)
    assert has_message(raised.value)
    unseen(shown(raised.value))
    unseen(repr(session))
    assert issue_token.OPERATION.path in logged()
    unseen(logged())


@pytest.mark.parametrize("status", [400, 401, 500, 418])
async def test_a_failed_exchange_shows_no_code(make, careless, unseen, logged, status):
    careless.token_status = status
    with make(KWS) as session, pytest.raises(kws.StatusError) as raised:
        session.complete_sign_in(CALLBACK, state="made-up-state")
    assert has_message(raised.value)
    unseen(shown(raised.value))
    async with make(AsyncKWS) as session:
        with pytest.raises(kws.StatusError) as raised:
            await session.complete_sign_in(CALLBACK, state="made-up-state")
    unseen(shown(raised.value))
    unseen(logged())


def test_a_users_session_shows_no_token(make, careless, unseen, logged):
    careless.status = 403
    with make(KWS) as session:
        player = session.complete_sign_in(CALLBACK, state="made-up-state")
        with pytest.raises(kws.Forbidden) as raised:
            player.users.get_profile()
    unseen(shown(raised.value))
    unseen(repr(player))
    unseen(logged())


def test_nothing_that_holds_a_secret_shows_it(make, unseen, user_token, app_token):
    with make(KWS, token=app_token) as known, make(KWS) as fetched:
        for session in (known, fetched, known.with_token(user_token)):
            assert session.claims.scope
            source = session._source
            held = [
                session,
                session.client,
                session.claims,
                session.client.auth,
                source,
                source.get(),
            ]
            held += [session.users, vars(session), getattr(source, "_request", None)]
            unseen(" ".join(f"{each!r} {each!s}" for each in held))
    unseen(repr(read_callback(CALLBACK, state="made-up-state")))


@pytest.mark.parametrize("place", ["state={state}&code={code}", "state=made-up-state&code={code}&code=x"])
def test_a_callback_that_is_refused_is_not_shown(unseen, place):
    query = place.format(state="forged", code=quote_plus(CODE))
    with pytest.raises(kws.SignInError) as raised:
        read_callback(f"https://game.example/callback?{query}", state="made-up-state")
    unseen(shown(raised.value))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[1:],
        lambda token: f"{token}\n",
        lambda token: f"{token}\r\nX: y",
        lambda token: f" {token}",
        lambda token: token.replace(".", ":"),
        lambda token: f"{token}.x",
        lambda token: f"Bearer {token}",
        lambda token: token + "\u00e9",
    ],
)
def test_a_token_that_is_none_is_not_shown(app_token, unseen, logged, spoil):
    with pytest.raises(kws.InvalidToken) as raised:
        KWS("https://kws.example", token=spoil(app_token))
    unseen(shown(raised.value))
    assert len(chain(raised.value)) == 1
    unseen(logged())


def test_a_connection_that_is_refused_shows_no_secrets(unseen, logged, app_token):
    for arguments in ({"client_secret": SECRET}, {"token": app_token}):
        with (
            KWS("http://127.0.0.1:1", client_id=CLIENT_ID, **arguments) as session,
            pytest.raises(kws.ConnectionFailed) as raised,
        ):
            session.users.get_profile(user_id=5073)
        assert isinstance(raised.value.__cause__, httpcore.ConnectError)
        unseen(shown(raised.value))
    unseen(logged())


@pytest.mark.parametrize("failure", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.PoolTimeout])
def test_a_connection_that_breaks_shows_no_secrets(unseen, failure):
    def answer(_request):
        raise failure("broken")

    arguments = {"client_id": CLIENT_ID, "client_secret": SECRET}
    transport = httpx.MockTransport(answer)
    with (
        KWS("https://kws.example", **arguments, httpx_args={"transport": transport}) as session,
        pytest.raises(kws.ConnectionFailed) as raised,
    ):
        session.users.get_profile(user_id=5073)
    unseen(shown(raised.value))


async def test_a_whole_sign_in_at_the_mock_shows_no_secrets(mock_arguments, browser, logged):
    """With the mock's own secrets, since it makes its tokens and codes itself."""
    arguments = {**mock_arguments, "client_secret": "made-up-secret"}
    with KWS(**arguments) as session:
        url = session.sign_in_url(redirect_uri="https://game.example/callback")
        form = {name: values[0] for name, values in parse_qs(url.partition("?")[2]).items()}
        logging.getLogger("httpx").setLevel(logging.WARNING)  # what the browser does is no part of this
        form |= {"username": "robin", "password": "made-up-password"}
        callback = (await browser.post("/oauth", data=form)).headers["location"]
        logging.getLogger("httpx").setLevel(logging.DEBUG)
        player = session.complete_sign_in(callback, state=url.state)
        player.users.get_profile()
        with pytest.raises(kws.BadRequest) as replayed:
            session.complete_sign_in(callback, state=url.state)
        assert session.claims.scope == "app"
    with (
        KWS(**{**arguments, "client_secret": "made-up-wrong"}) as session,
        pytest.raises(kws.Unauthorized) as wrong,
    ):
        _ = session.claims
    seen = "\n".join([logged(), shown(replayed.value), shown(wrong.value), repr(player)])
    code = parse_qs(callback.partition("?")[2])["code"][0]
    for secret in (
        code,
        "made-up-secret",
        "made-up-wrong",
        player.token_for_frontend(),
        session._source.basic,
    ):
        assert secret not in seen
    assert f"POST https://kws.example{issue_token.OPERATION.path}" in seen


def test_the_check_itself_finds_what_it_looks_for(unseen, logged, app_token):
    """Teeth: each way of looking sees a secret that is there."""
    logging.getLogger("httpcore").debug("headers %s", {"authorization": app_token})
    with pytest.raises(AssertionError):
        unseen(logged())
    inner = ValueError(f"bad {SECRET}")
    inner.add_note(f"note {BASIC}")
    try:
        try:
            raise inner
        except ValueError:
            raise kws.APIError("plain") from None
    except kws.APIError as error:
        with pytest.raises(AssertionError):
            unseen(shown(error))
