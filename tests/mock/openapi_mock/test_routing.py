import pytest

from openapi_mock import Behaviour, Document, Mock, operation


def with_names(behaviour, operation_ids):
    """The behaviour with a handler for every operation, which returns its id and its path parameters."""

    def names(_self, call):
        return {"id": call.operation.id, **call.path}

    for each in operation_ids:
        names = operation(each)(names)
    return type(behaviour.__name__, (behaviour,), {"names": names})()


@pytest.fixture
def routed(mock_of, send):
    def routed(templates, behaviour=Behaviour, **rest):
        paths = {}
        for template in templates:
            method, _, path = template.rpartition(" ")
            names = [part.partition("}")[0] for part in path.split("{")[1:]]
            paths.setdefault(path, {})[method.lower() or "get"] = {
                "operationId": template,
                "parameters": [
                    {"name": name, "in": "path", "required": True, "schema": {}} for name in names
                ],
                "responses": {"200": {"content": {"application/json": {}}}},
            }
        mock = mock_of(paths, with_names(behaviour, templates), **rest)
        return lambda target, method="GET": send(mock, method, target)

    return routed


def test_a_literal_takes_precedence_over_a_template_in_any_order(routed):
    get = routed(["/users/{id}", "/users/newest", "/users/{id}/points", "/users/newest/{what}"])
    assert get("/users/newest").body == {"id": "/users/newest"}
    assert get("/users/5").body == {"id": "5"}
    assert get("/users/newest/age").body == {"id": "/users/newest/{what}", "what": "age"}


def test_a_literal_that_leads_nowhere_gives_way_to_a_template(routed):
    get = routed(["/users/newest/age", "/users/{name}/points"])
    assert get("/users/newest/points").body["name"] == "newest"


def test_a_pattern_that_leads_nowhere_gives_way_to_a_template(routed):
    get = routed(["/files/{name}.json/size", "/files/{name}/{what}"])
    assert get("/files/a.json/age").body == {"id": "/files/{name}/{what}", "name": "a.json", "what": "age"}


def test_a_placeholder_may_stand_beside_a_literal(routed):
    get = routed(["/scores/{scope}/{n}.json", "/scores/{scope}/{rest}", "/scores/{scope}/{a}-{b}.json"])
    assert get("/scores/day/5.json").body == {"id": "/scores/{scope}/{n}.json", "scope": "day", "n": "5"}
    assert get("/scores/day/5.xml").body["rest"] == "5.xml"
    assert get("/scores/day/.json").body["rest"] == ".json"
    assert get("/scores/day/x-y.json").body == {
        "id": "/scores/{scope}/{a}-{b}.json", "scope": "day", "a": "x", "b": "y",
    }  # fmt: skip


def test_a_trailing_slash_is_ignored(routed):
    get = routed(["/users", "/users/{id}"])
    assert get("/users/").body == {"id": "/users"}
    assert get("/users/5/").body == {"id": "5"}


@pytest.mark.parametrize(
    "target", ["/nothing", "/users//points", "/users/5/6", "", "*", "http://x/users", "//"]
)
def test_an_unknown_path_is_404(target, routed):
    response = routed(["/users", "/users/{id}", "/users/{id}/points"])(target)
    assert (response.status, response.body["error"]) == (404, "route-not-found")


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "TRACE", "get", "", "G\u00e9T"])
def test_another_method_is_405_with_those_allowed(method, routed):
    response = routed(["/users", "PUT /users"])("/users", method)
    assert (response.status, response.body["error"], response.headers["allow"]) == (
        405,
        "method-not-allowed",
        "GET, PUT",
    )


def test_the_methods_of_a_literal_path_are_not_mixed_with_those_of_a_template(routed):
    get = routed(["/users/newest", "PUT /users/{id}"])
    assert get("/users/newest", "PUT").headers["allow"] == "GET"


def test_path_parameters_are_decoded_after_the_path_was_split(routed):
    get = routed(["/files/{name}"])
    assert get("/files/a%2Fb%20c+d%C3%A9").body["name"] == "a/b c+d\u00e9"
    assert get("/fil%65s/x").body["name"] == "x"


def test_a_path_that_is_not_utf_8_is_refused(routed, at):
    response = routed(["/files/{name}"])("/files/%ff")
    assert (response.status, at(response)) == (400, ["path::encoding"])


def test_paths_begin_with_the_servers_base_path(shop, send):
    assert send(shop, "GET", "/api/items/newest").status == 200
    assert send(shop, "GET", "/items/newest").status == 404


def test_an_item_with_servers_of_its_own_has_their_base_path(shop, send):
    assert send(shop, "GET", "/health").body == "fine"
    assert send(shop, "GET", "/api/health").status == 404


@pytest.mark.parametrize(
    ("target", "advice"),
    [
        ("/items/7", ", but there is at /api/items/{itemId}: does the base URL lack /api?"),
        ("/api/v1/items/7", ", but there is at /api/items/{itemId}: is the base URL right?"),
        ("/v1/health", ", but there is at /health: is the base URL right?"),
        ("/nothing/of/the/kind", "; operations are under /api"),
        ("/" + "/".join("abcdefgh") + "/items", "; operations are under /api"),
    ],
)
def test_a_wrong_base_path_is_reported_with_the_right_one(target, advice, shop, send):
    response = send(shop, "GET", target)
    assert (response.status, response.body["message"]) == (404, f"there is nothing at this path{advice}")


def test_a_path_that_begins_with_a_placeholder_gives_no_advice_on_the_base_path(routed):
    get = routed(["/", "/{name}", "/users"])
    assert get("/no/such").body["message"] == "there is nothing at this path"
    assert get("/v1/users").body["message"].endswith("is at /users: is the base URL right?")


def test_an_operation_with_several_servers_is_found_under_each(mock_of, send):
    mock = mock_of(operation={"servers": [{"url": "/a"}, {"url": "https://x.example/b/"}]}, path="/c")
    assert [send(mock, "GET", target).status for target in ("/a/c", "/b/c", "/c")] == [200, 200, 404]


class Aliases(Behaviour):
    def aliases(self, operation):
        return ("/users/{id}/score", "/people/{group}/{id}/points", "/users")


def test_an_alias_leads_to_the_operation_and_its_parameters(routed):
    class Some(Aliases):
        def aliases(self, operation):
            return [each for each in super().aliases(operation) if "{id}" in each]

    get = routed(["/users/{id}/points"], Some)
    assert get("/users/5/score").body == {"id": "5"}
    # What only the alias has is there as text.
    assert get("/people/x%2Fy/5/points").body == {"group": "x/y", "id": "5"}


def test_an_alias_never_hides_a_documented_path(routed):
    class Some(Behaviour):
        def aliases(self, operation):
            return ["/b"] if operation.path == "/a" else []

    get = routed(["/a", "/b"], Some)
    assert get("/b").body == {"id": "/b"}


def test_an_alias_that_lacks_a_parameter_is_refused_at_start_up(routed):
    with pytest.raises(ValueError, match="lacks id"):
        routed(["/users/{id}/points"], Aliases)


def test_two_templates_that_differ_in_names_only_share_their_methods(routed):
    get = routed(["/users/{id}", "PUT /users/{name}"])
    assert get("/users/5").body == {"id": "5"}
    assert get("/users/5", "PUT").body == {"id": "PUT /users/{name}", "name": "5"}


def test_the_same_path_twice_is_refused_at_start_up(routed):
    with pytest.raises(Exception, match="is documented twice"):
        routed(["/users/{id}", "/users/{name}"])


def test_a_document_without_paths_responds_with_404(send):
    assert send(Mock(Document({"openapi": "3.1.0"})), "GET", "/").status == 404
