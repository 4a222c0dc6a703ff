"""The age of consent in each country."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from openapi_mock.state.statements import Statement

from .errors import invalid_field, not_found
from .schema import countries

DEFAULT_CONSENT_AGE: Final = 13
"""The age in countries that are not in `CONSENT_AGES`."""
COUNTRY_OF_UNKNOWN_ADDRESSES: Final = "us"
"""The country of a request that names none, as the mock cannot locate addresses."""

# In the European Economic Area by article 8 of the GDPR, under which a country chooses 13 to 16; elsewhere by
# the country's law on children's data. Test data, not legal advice.
CONSENT_AGES: Final = {
    **dict.fromkeys(("de", "hr", "hu", "ie", "li", "lu", "nl", "pl", "ro", "sk"), 16),
    **dict.fromkeys(("cz", "dk", "fr", "gr", "si"), 15),
    **dict.fromkeys(("at", "bg", "cy", "es", "it", "lt"), 14),
    **dict.fromkeys(("be", "ee", "fi", "gb", "is", "lv", "mt", "no", "pt", "se", "us"), 13),
    **dict.fromkeys(("in", "my", "za"), 18),
    **dict.fromkeys(("au", "jp"), 15),
    **dict.fromkeys(("cl", "cn", "kr", "pe"), 14),
    "br": 12,
}

# All of ISO 3166-1.
COUNTRY_CODES: Final = tuple(
    """
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt
    bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh
    er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht
    hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls
    lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni
    nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg
    sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug
    um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """.split()  # noqa: SIM905  # as words they fit a screen
)

_CONSENT_AGE: Final = Statement(
    select(countries.c.consent_age).where(countries.c.code == bindparam("country"))
)


def fill(connection: Connection) -> None:
    rows = [
        {"code": code, "consent_age": CONSENT_AGES.get(code, DEFAULT_CONSENT_AGE)} for code in COUNTRY_CODES
    ]
    connection.execute(insert(countries), rows)


def child_age(connection: Connection, country: str | None, born: str | None, today: date) -> dict[str, Any]:
    """Return the age of consent and, with a date of birth, whether the user is below it.

    Raises Problem (400, 404).
    """
    code = (country or COUNTRY_OF_UNKNOWN_ADDRESSES).lower()
    consent_age = _CONSENT_AGE.scalar(connection, {"country": code})
    if consent_age is None:
        raise not_found("country")
    found = {"country": code, "consentAgeForCountry": consent_age}
    if born is None:
        return found
    age = _age(born, today)
    return {**found, "age": age, "isMinor": age < consent_age}


def _age(born: str, today: date) -> int:
    try:
        birthday = date.fromisoformat(born)
    except ValueError as error:  # The year 0000 is valid for the schema.
        raise invalid_field("dob", "is not a date of birth") from error
    if birthday > today:
        raise invalid_field("dob", "is in the future")
    had_birthday = (today.month, today.day) >= (birthday.month, birthday.day)
    return today.year - birthday.year - (not had_birthday)
