import datetime as dt

from kws_client.models.permissions import Permissions
from kws_client.models.profile import Profile

KNOWN = {"id": 1, "username": "Robin", "dateOfBirth": "2014-03-09", "permissions": {}}


def test_a_field_is_read_under_its_alias():
    profile = Profile.from_dict({**KNOWN, "postalCode": "N1 7AA"})
    assert profile.post_code == "N1 7AA"
    assert profile.additional_properties == {}


def test_the_name_of_its_own_wins_over_an_alias_and_nothing_is_lost():
    profile = Profile.from_dict({**KNOWN, "postCode": "N1 7AA", "postalCode": "E8"})
    assert profile.post_code == "N1 7AA"
    assert profile.additional_properties == {"postalCode": "E8"}


def test_a_field_is_written_under_its_own_name():
    profile = Profile(
        id=1,
        username="Robin",
        date_of_birth=dt.date(2014, 3, 9),
        permissions=Permissions(),
        post_code="N1 7AA",
    )
    assert profile.to_dict()["postCode"] == "N1 7AA"
    assert "postalCode" not in profile.to_dict()
