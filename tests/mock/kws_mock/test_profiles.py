import pytest

from kws_mock import profiles
from kws_mock.access import Subject


def change(client, body, user=5073):
    return client.call("updateProfile", userId=user, **body)


def details(client, user=5073):
    profile = client.call("getProfile", userId=user).json()
    return {name: value for name, value in profile.items() if name not in ("permissions", "appData")}


ROBIN = {
    "id": 5073,
    "username": "BraveOtter17",
    "dateOfBirth": "2014-03-09",
    "language": "en",
    "firstName": "Robin",
    "lastName": "Rivers",
    "email": "robin@family.example",
    "streetAddress": "1 Long Lane",
    "postCode": "N1 7AA",
    "city": "London",
    "country": "gb",
}


def test_an_app_sees_what_the_parent_lets_it(app):
    assert details(app) == ROBIN


def test_only_the_user_sees_the_parents_email(robin):
    assert details(robin) == {**ROBIN, "parentEmail": "parent@family.example"}


def test_another_app_has_permissions_and_a_display_name_of_its_own(kws):
    profile = details(kws.app(356))
    assert profile == {"id": 5073, "username": "SwiftTurtle8", "dateOfBirth": "2014-03-09", "language": "en"}


def test_permissions_are_granted_refused_or_undecided(app):
    permissions = app.call("getProfile").json()["permissions"]
    assert len(permissions) == 11
    assert permissions["accessEmail"] is True
    assert permissions["enterCompetitions"] is False
    assert permissions["sendNewsletter"] is None


def test_a_deleted_display_name_is_empty(app):
    assert details(app, user=5078)["username"] == ""


def test_only_the_fields_sent_change(app):
    response = change(app, {"firstName": "Rob", "address": {"city": "Leeds", "countryCode": "ie"}})
    assert (response.status_code, response.content) == (204, b"")
    assert details(app) == {**ROBIN, "firstName": "Rob", "city": "Leeds", "country": "ie"}


def test_a_country_is_kept_in_small_letters(kws, app):
    with kws.behaviour._store.transaction() as connection:
        profiles.change(connection, Subject(355, 5073), {"address": {"countryCode": "IE"}})
    assert details(app)["country"] == "ie"


def test_the_old_name_of_the_country_is_accepted(app):
    change(app, {"address": {"country": "fr"}})
    assert details(app)["country"] == "fr"


def test_both_names_of_the_country_at_once_are_refused(app):
    response = change(app, {"address": {"country": "fr", "countryCode": "fr"}})
    assert (response.status_code, list(response.json()["invalid"])) == (400, ["address"])


def test_an_empty_update_changes_nothing(app):
    assert change(app, {}).status_code == 204
    assert change(app, {"address": {}}).status_code == 204
    unknown = {"username": "Other1"}
    assert app.request(*app.place("updateProfile"), json=unknown).status_code == 204
    assert details(app) == ROBIN


def test_language_needs_no_permission(app):
    assert change(app, {"language": "es"}, user=5074).status_code == 204
    assert details(app, user=5074)["language"] == "es"


@pytest.mark.parametrize(
    ("body", "field", "permission"),
    [
        ({"firstName": "Alex"}, "firstName", "accessFirstName"),
        ({"lastName": "Alex"}, "lastName", "accessLastName"),
        ({"email": "a@family.example"}, "email", "accessEmail"),
        ({"address": {"street": "2 Sea Lane"}}, "address.street", "accessStreetAddress or accessAddress"),
        ({"address": {"postCode": "AD500"}}, "address.postCode", "accessPostalCode or accessAddress"),
        ({"address": {"city": "Ordino"}}, "address.city", "accessCity or accessAddress"),
        ({"address": {"countryCode": "ad"}}, "address.countryCode", "accessCountry or accessAddress"),
    ],
)
def test_a_field_without_its_permission_fails_the_whole_update(app, body, field, permission):
    response = change(app, {"language": "es", **body}, user=5074)
    assert (response.status_code, response.json()["code"]) == (403, 1)
    assert response.json()["invalid"][field]["errorMessage"] == f"needs the permission {permission}"
    assert details(app, user=5074)["language"] == "fr"


@pytest.mark.parametrize("email", ["alex@family.example", "ALEX@Family.Example"])
def test_an_email_belongs_to_one_user(app, email):
    response = change(app, {"firstName": "Rob", "email": email})
    assert (response.status_code, response.json()["code"], response.json()["invalid"]["email"]["code"]) == (
        409,
        10,
        7,
    )
    assert details(app) == ROBIN


def test_ones_own_email_may_be_written_differently(app):
    assert change(app, {"email": "Robin@Family.Example"}).status_code == 204
    assert details(app)["email"] == "Robin@Family.Example"


def ask(client, *names, user=5073):
    return client.call("requestPermissions", userId=user, permissions=names)


def test_a_request_waits_for_the_parent(kws, app, clock):
    assert ask(app, "sendNewsletter", "sendNewsletter").status_code == 204
    assert ask(app, "sendNewsletter").status_code == 204
    assert app.call("getProfile").json()["permissions"]["sendNewsletter"] is None
    with kws.behaviour._store.transaction() as connection:
        query = "SELECT name, granted, requested_ms FROM permissions WHERE requested_ms IS NOT NULL"
        assert connection.exec_driver_sql(query).all() == [("sendNewsletter", None, clock.now_ms)]


def test_a_decision_holds_until_the_parent_makes_another(app):
    ask(app, "accessEmail", "enterCompetitions")
    permissions = app.call("getProfile").json()["permissions"]
    assert (permissions["accessEmail"], permissions["enterCompetitions"]) == (True, False)


def test_a_user_without_a_parents_email_is_a_conflict(app):
    response = ask(app, "accessEmail", user=5074)
    assert (response.status_code, response.json()["code"], response.json()["codeMeaning"]) == (
        409,
        10,
        "conflict",
    )
    missing = {"code": 6, "codeMeaning": "missing", "errorMessage": "is missing"}
    assert response.json()["invalid"] == {"parentEmail": missing}


def test_an_unknown_permission_is_not_found_and_nothing_is_requested(kws, app):
    response = ask(app, "sendNewsletter", "flyToTheMoon")
    assert (response.status_code, response.json()["code"]) == (404, 2)
    assert list(response.json()["invalid"]) == ["permissions.1"]
    with kws.behaviour._store.transaction() as connection:
        query = "SELECT count(*) FROM permissions WHERE requested_ms IS NOT NULL"
        assert connection.exec_driver_sql(query).scalar() == 0


def test_an_email_that_somebody_takes_at_the_same_moment_is_a_conflict(app, monkeypatch):
    monkeypatch.setattr("kws_mock.profiles._check_free", lambda *_: None)
    response = change(app, {"firstName": "Rob", "email": "alex@family.example"})
    assert (response.status_code, response.json()["code"]) == (409, 10)
    assert details(app) == ROBIN
