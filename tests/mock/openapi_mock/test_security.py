import base64

import pytest

from openapi_mock import Behaviour, Credentials, Principal, Problem, Request, operation

SCHEMES = {
    "basic": {"type": "http", "scheme": "Basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
}


def basic(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


class Doorkeeper(Behaviour):
    """Accepts the secret `good`, with scopes after a colon: `good:a,b`."""

    def __init__(self):
        self.calls = []
        self.asked = []

    def authenticate(self, scheme, credentials, context):
        self.asked.append((scheme.name, credentials, context.scopes))
        word, _, scopes = credentials.secret.partition(":")
        if word != "good":
            raise Problem(401, "bad-credentials", "no")
        return Principal(scheme.name, frozenset(scopes.split(",")), credentials.username)

    @operation("it")
    def it(self, call):
        self.calls.append(call)


@pytest.fixture
def keeper():
    return Doorkeeper()


@pytest.fixture
def knock(mock_of, keeper, send):
    def knock(security, target="/", **headers):
        mock = mock_of(
            operation={"security": security}, behaviour=keeper, components={"securitySchemes": SCHEMES}
        )
        return send(mock, "GET", target, headers=headers)

    return knock


@pytest.mark.parametrize(
    ("scheme", "target", "headers", "credentials"),
    [
        ("basic", "/", {"authorization": basic("me:good")}, Credentials("good", "me")),
        ("basic", "/", {"authorization": basic("m\u00e9:good:x:y")}, Credentials("good:x:y", "m\u00e9")),
        ("bearer", "/", {"authorization": "bearer  good"}, Credentials("good")),
        ("oauth", "/", {"authorization": "Bearer good"}, Credentials("good")),
        ("header", "/", {"x-key": "good"}, Credentials("good")),
        ("query", "/?key=good&key=bad", {}, Credentials("good")),
        ("cookie", "/", {"cookie": "a=b; sid=good"}, Credentials("good")),
    ],
)
def test_credentials_are_found_where_the_scheme_says(scheme, target, headers, credentials, *, knock, keeper):
    assert knock([{scheme: []}], target, **headers).status == 200
    assert keeper.asked[0][:2] == (scheme, credentials)
    assert keeper.calls[0].principal.scheme == scheme


@pytest.mark.parametrize(
    ("scheme", "headers"),
    [
        ("basic", {}),
        ("basic", {"authorization": "Basic"}),
        ("basic", {"authorization": "Basic !!!"}),
        ("basic", {"authorization": "Basic " + base64.b64encode(b"\xff:x").decode()}),
        ("basic", {"authorization": "Basic " + base64.b64encode(b"good").decode()}),
        ("basic", {"authorization": "Bearer good"}),
        ("bearer", {"authorization": "good"}),
        ("bearer", {"authorization": "Bearer "}),
        ("header", {"x-key": ""}),
        ("query", {"x-key": "good"}),
        ("cookie", {"cookie": "other=good"}),
    ],
)
def test_missing_or_unreadable_credentials_are_401_with_a_challenge(scheme, headers, knock, keeper):
    response = knock([{scheme: []}], **headers)
    assert (response.status, response.body["error"]) == (401, "unauthenticated")
    kind = {"basic": "Basic ", "bearer": "Bearer "}.get(scheme, "ApiKey ")
    assert response.headers["www-authenticate"].startswith(kind)
    assert keeper.asked == []


def test_wrong_credentials_are_refused_with_the_behaviours_problem(knock):
    response = knock([{"bearer": []}], authorization="Bearer bad")
    assert (response.status, response.body["error"]) == (401, "bad-credentials")
    assert response.headers["www-authenticate"] == 'Bearer realm="mock"'


def test_the_challenge_names_every_scheme_that_would_do(knock):
    response = knock([{"bearer": ["a"]}, {"bearer": ["b"]}, {"basic": []}])
    assert response.headers["www-authenticate"] == 'Bearer realm="mock", Basic realm="mock", charset="UTF-8"'


def test_one_alternative_is_enough(knock):
    either = [{"basic": []}, {"header": []}]
    assert knock(either, **{"x-key": "good"}).status == 200
    assert knock(either, authorization=basic("me:good")).status == 200
    assert knock(either, **{"x-key": "good", "authorization": basic("me:bad")}).status == 200
    assert knock(either, **{"x-key": "bad"}).status == 401


def test_all_schemes_of_an_alternative_are_needed(knock, keeper):
    both = [{"bearer": [], "header": []}]
    assert knock(both, **{"x-key": "good"}).status == 401
    assert knock(both, authorization="Bearer good").status == 401
    assert knock(both, **{"x-key": "bad", "authorization": "Bearer good"}).body["error"] == "bad-credentials"
    assert knock(both, **{"x-key": "good", "authorization": "Bearer good"}).status == 200
    assert set(keeper.calls[0].principals) == {"bearer", "header"}


def test_all_scopes_of_an_alternative_are_needed_and_any_alternative_will_do(knock):
    security = [{"bearer": ["a", "b"]}, {"bearer": ["c"]}]
    statuses = {
        scopes: knock(security, authorization=f"Bearer good:{scopes}").status
        for scopes in ("a", "a,b", "c,d")
    }
    assert statuses == {"a": 403, "a,b": 200, "c,d": 200}


def test_a_missing_scope_is_403_and_names_the_required_ones(knock):
    response = knock([{"bearer": ["a"]}, {"bearer": ["b"]}], authorization="Bearer good:c")
    assert (response.status, response.body["error"]) == (403, "insufficient-scope")
    assert response.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="a b"'


def test_a_lacking_scope_outweighs_missing_credentials_of_another_scheme(knock):
    for security in ([{"header": []}, {"bearer": ["a"]}], [{"bearer": ["a"]}, {"header": []}]):
        assert knock(security, authorization="Bearer good").status == 403


def test_a_lacking_scope_outweighs_wrong_credentials_of_another_scheme(knock):
    for security in ([{"header": []}, {"bearer": ["a"]}], [{"bearer": ["a"]}, {"header": []}]):
        assert knock(security, **{"x-key": "bad", "authorization": "Bearer good"}).status == 403


def test_credentials_are_checked_once_however_many_alternatives_there_are(knock, keeper):
    knock([{"bearer": ["a"]}, {"bearer": ["b"]}, {"bearer": ["c"]}], authorization="Bearer good:c")
    assert [asked[2] for asked in keeper.asked] == [{"a", "b", "c"}]


def test_with_an_empty_alternative_anybody_passes(knock, keeper):
    optional = [{"bearer": ["a"]}, {}]
    assert knock(optional).status == 200
    assert knock(optional, authorization="Bearer bad").status == 200
    assert knock(optional, authorization="Bearer good:b").status == 200
    assert knock(optional, authorization="Bearer good:a").status == 200
    assert [call.principal is not None for call in keeper.calls] == [False, False, False, True]


def test_without_security_nothing_is_authenticated(knock, keeper):
    assert knock([], authorization="Bearer bad").status == 200
    assert keeper.asked == []


def test_the_documents_security_holds_where_an_operation_has_none(mock_of, send):
    schemes = {"securitySchemes": SCHEMES}
    mock = mock_of({"/a": {"get": {"responses": {"200": {}}}}}, security=[{"bearer": []}], components=schemes)
    assert send(mock, "GET", "/a").status == 401
    assert send(mock, "GET", "/a", token="any").status == 200


def test_security_is_checked_before_the_body_and_after_the_method(shop, send):
    assert send(shop, "POST", "/api/items", b"{", media_type="json").status == 401
    assert send(shop, "POST", "/api/items", b"{", media_type="json", token="reader").status == 403
    assert send(shop, "POST", "/api/items", b"{", media_type="json", token="writer").status == 400
    assert send(shop, "PUT", "/api/items").status == 405


def test_credentials_may_be_found_elsewhere_by_the_behaviour(mock_of, send):
    class Elsewhere(Doorkeeper):
        def credentials(self, scheme, request):
            return Credentials(request.body.decode(), "me") if request.body else None

    mock = mock_of(
        operation={"security": [{"basic": []}]},
        behaviour=Elsewhere(),
        components={"securitySchemes": SCHEMES},
    )
    assert send(mock, "GET", "/", b"good").status == 200
    assert send(mock, "GET", "/", b"bad").status == 401
    assert send(mock, "GET", "/").status == 401


def test_the_default_behaviour_accepts_any_credentials_with_every_scope(mock_of, send):
    operation = {"security": [{"bearer": ["a", "b"]}]}
    mock = mock_of(operation=operation, components={"securitySchemes": SCHEMES})
    assert send(mock, "GET", "/", token="any").status == 200
    assert send(mock, "GET", "/").status == 401


def test_secrets_are_in_no_repr():
    request = Request("GET", "/?key=made-up-secret", {"authorization": "made-up-secret"}, b"made-up-secret")
    assert "made-up-secret" not in repr(request) + repr(Credentials("made-up-secret", "me"))
