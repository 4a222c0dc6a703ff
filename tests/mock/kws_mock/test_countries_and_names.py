from datetime import date
from random import Random

import pytest
from sqlalchemy import delete, select

from kws_mock import activations, countries, schema
from kws_mock.access import Subject


def child_age(kws, **query):
    return kws.anonymous().call("getChildAge", **query)


@pytest.mark.parametrize(
    ("country", "age"),
    [("us", 13), ("gb", 13), ("de", 16), ("fr", 15), ("it", 14), ("es", 14), ("kr", 14), ("bt", 13)],
)
def test_the_age_of_consent_depends_on_the_country(kws, country, age):
    assert child_age(kws, country=country).json() == {"country": country, "consentAgeForCountry": age}


def test_a_country_may_be_written_in_capitals(kws):
    with kws.behaviour._store.transaction() as connection:
        response = countries.child_age(connection, "FR", None, date(2025, 6, 15))
    assert response["country"] == "fr"


def test_the_european_union_is_between_13_and_16():
    union = "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split()  # noqa: SIM905
    assert len(union) == 27
    assert all(13 <= countries.CONSENT_AGES[country] <= 16 for country in union)


def test_every_age_is_of_a_country_that_there_is():
    assert len(set(countries.COUNTRY_CODES)) == 249
    assert set(countries.CONSENT_AGES) <= set(countries.COUNTRY_CODES)


def test_without_a_country_the_one_of_unknown_addresses_is_taken(kws):
    assert child_age(kws).json() == {"country": "us", "consentAgeForCountry": 13}


def test_a_country_that_is_none_is_not_found(kws):
    response = child_age(kws, country="zz")
    assert (response.status_code, response.json()["errorMessage"]) == (404, "country not found")


# The clock stands at 2025-06-15.
@pytest.mark.parametrize(
    ("born", "age", "minor"),
    [
        ("2012-06-15", 13, False),
        ("2012-06-16", 12, True),
        ("2025-06-15", 0, True),
        ("1900-01-01", 125, False),
        ("2012-02-29", 13, False),
    ],
)
def test_the_age_counts_from_the_birthday(kws, born, age, minor):
    response = child_age(kws, country="us", dob=born).json()
    assert (response["age"], response["isMinor"]) == (age, minor)


@pytest.mark.parametrize("born", ["2025-06-16", "0000-01-01", "2025-02-29", "14-03-09", ""])
def test_an_impossible_date_of_birth_is_refused(kws, born):
    response = child_age(kws, dob=born)
    assert (response.status_code, response.json()["invalid"]["dob"]["code"]) == (400, 7)


def random_name(client):
    response = client.call("getRandomDisplayName", appId=355)
    assert response.status_code == 200
    return response.json()


def words(kws, language):
    with kws.behaviour._store.transaction() as connection:
        query = select(schema.name_words.c.word).where(schema.name_words.c.language == language)
        return connection.execute(query).scalars().all()


def is_made_of(name, known):
    return any(name.startswith(f"{first}{second}") for first in known for second in known)


def test_a_display_name_is_made_of_the_apps_words_for_anybody(kws):
    for client in (kws.anonymous(), kws.app(), kws.app(scope="frontend"), kws.app(400), kws.user()):
        assert is_made_of(random_name(client), words(kws, "en"))


def test_a_wrong_token_is_as_good_as_none_for_a_display_name(kws):
    assert random_name(kws.with_token("x"))


def test_a_display_name_is_in_the_language_of_the_user_or_of_the_client(kws):
    french = words(kws, "fr")
    assert is_made_of(random_name(kws.user(5074)), french)
    assert is_made_of(random_name(kws.anonymous(**{"accept-language": "fr-CA, en;q=0.5"})), french)


def test_a_language_without_words_falls_back_to_english(kws):
    assert is_made_of(random_name(kws.anonymous(**{"accept-language": "de"})), words(kws, "en"))
    response = kws.anonymous().call("getRandomDisplayName", appId=400)
    assert response.json().startswith("AwesomeNinja")


def test_a_name_that_somebody_has_in_any_app_is_not_given_again(kws):
    kws.behaviour._random = Random(7)
    taken = random_name(kws.anonymous())
    with kws.behaviour._store.transaction() as connection:
        activations.join(connection, Subject(400, 5074), display_name=taken, now_ms=0)
    kws.behaviour._random = Random(7)
    assert random_name(kws.anonymous()) != taken


def test_names_grow_longer_when_the_short_ones_are_taken(kws):
    with kws.behaviour._store.transaction() as connection:
        connection.execute(delete(schema.name_words))

    class Stuck(Random):
        def randrange(self, start, stop=None, step=1):
            return start

    kws.behaviour._random = Stuck()
    first = random_name(kws.anonymous())
    with kws.behaviour._store.transaction() as connection:
        activations.join(connection, Subject(400, 5074), display_name=first, now_ms=0)
    assert len(random_name(kws.anonymous())) == len(first) + 1


def test_an_unknown_app_has_no_display_names(kws):
    assert kws.anonymous().call("getRandomDisplayName", appId=9).status_code == 404
