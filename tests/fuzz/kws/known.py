"""What the mock of KWS holds at first, as far as cases are drawn from it and the model knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

APP, CLIENT, SECRET = 355, "example-client", "made-up-secret"
USER, WITHOUT_PARENT, ELSEWHERE = 5073, 5074, 5075
APPS = (APP, 356, 400)
PERMISSIONS = ("accessEmail", "accessAddress", "accessFirstName", "sendNewsletter", "enterCompetitions")
EVENTS = {"finished-level": 12, "daily-login": 13}
CURRENCIES = (2, 3)
# As they are called in an update, and in the profile.
FIELDS = {"firstName": "firstName", "lastName": "lastName", "language": "language", "email": "email"}
ADDRESS = {
    "street": "streetAddress",
    "postCode": "postCode",
    "city": "city",
    "countryCode": "country",
    "country": "country",
}


VALUES: Mapping[str, Sequence[Any]] = {
    "appId": [*[APP] * 8, 356, 400],
    "userId": [*[USER] * 8, WITHOUT_PARENT, ELSEWHERE],
    "eventId": list(EVENTS.values()),
    "token": list(EVENTS),
    "currencyId": list(CURRENCIES),
    "start": [0, 1501545600000],
    "end": [1000, 4102444800000],
    "limit": [0, 1, 2, 3, 50],
    "offset": [0, 1, 2, 5],
    "name": ["level", "coins", "lives"],
    "points": [1, 5, 100],
    "permissions": [[name] for name in PERMISSIONS],
    "country": ["us", "GB", "de", "zz"],
    "dob": ["2014-03-09", "1999-12-31", "2999-01-01"],
    "email": ["friend@family.example", "robin@family.example"],
}
