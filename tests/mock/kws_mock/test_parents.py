import re

import pytest

from kws_mock.access import Subject
from kws_mock.parents import ParentService
from openapi_mock import Problem

ROBIN = Subject(355, 5073)
OWN = {"sec-fetch-site": "same-origin"}
DECISION = {"email": "parent@family.example", "app_id": "355", "user_id": "5073", "name": "accessEmail"}


@pytest.fixture
def parents(kws, clock):
    return ParentService(kws.behaviour.store, clock)


def email_of(client):
    return client.call("getProfile").json().get("email")


def test_a_decision_counts_at_once_and_holds_until_the_next(parents, app):
    assert email_of(app) == "robin@family.example"
    parents.deny(ROBIN, "accessEmail")
    assert email_of(app) is None
    parents.grant(ROBIN, "accessEmail")
    assert email_of(app) == "robin@family.example"


def test_what_waits_for_a_decision_comes_first(parents, app, clock):
    assert app.call("requestPermissions", permissions=["sendNewsletter"]).status_code == 204
    [first, *_] = next(
        each for each in parents.children("PARENT@family.example") if each.subject == ROBIN
    ).requests
    assert (first.name, first.granted, first.requested_ms) == ("sendNewsletter", None, clock.now_ms)
    parents.grant(ROBIN, "sendNewsletter")
    found = {each.name: each for each in parents.children("parent@family.example")[0].requests}
    assert (found["sendNewsletter"].granted, found["sendNewsletter"].decided_ms) == (True, clock.now_ms)


def test_a_parent_sees_their_own_children_only(parents):
    assert parents.parents() == ["guardian@family.example", "parent@family.example"]
    assert {each.subject.user_id for each in parents.children("guardian@family.example")} == {5075}
    assert parents.children("nobody@family.example") == []


@pytest.mark.parametrize(
    ("subject", "name"),
    [(ROBIN, "flyToTheMoon"), (Subject(355, 5075), "accessEmail"), (Subject(355, 1), "accessEmail")],
)
def test_there_is_nothing_to_decide_about_what_does_not_exist(parents, subject, name):
    with pytest.raises(Problem) as refused:
        parents.grant(subject, name)
    assert refused.value.status == 404


async def test_a_decision_on_the_page_leads_back_to_the_list(kws, app):
    async with kws.browser() as browser:
        decided = await browser.post("/parents", data={**DECISION, "decision": "deny"}, headers=OWN)
        page = await browser.get(decided.headers["location"])
    assert decided.status_code == 303
    assert email_of(app) is None
    assert re.search(r'role="status"[^>]*><p>Refused: Use the child&#39;s e-mail address', page.text)


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
async def test_another_website_decides_nothing(kws, app, headers):
    async with kws.browser() as browser:
        refused = await browser.post("/parents", data={**DECISION, "decision": "deny"}, headers=headers)
    assert refused.status_code == 400
    assert email_of(app) == "robin@family.example"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"decision": "perhaps"}, 400),
        ({"user_id": "Robin"}, 400),
        ({"user_id": "9" * 30}, 400),
        ({"user_id": "1"}, 404),
        ({"app_id": "1"}, 404),
        ({"name": "flyToTheMoon"}, 404),
        ({"name": "x" * 20_000}, 400),
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(kws, changed, status):
    async with kws.browser() as browser:
        form = {**DECISION, "decision": "grant", **changed}
        assert (await browser.post("/parents", data=form, headers=OWN)).status_code == status


async def test_the_page_escapes_what_it_is_asked_for(kws):
    async with kws.browser() as browser:
        page = await browser.get(
            "/parents", params={"email": '"><script>alert(1)</script>', "decided": "<b>"}
        )
    assert "<script" not in page.text
    assert "No child in any app" in page.text


async def test_a_made_up_decision_in_the_url_is_not_announced(kws):
    async with kws.browser() as browser:
        page = await browser.get("/parents?email=parent@family.example&decided=355-5073-sendNewsletter")
    assert 'role="status"' not in page.text
