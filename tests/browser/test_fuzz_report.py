"""The page of a fuzzing run is for everybody, as the mocks' pages are, and needs nothing but itself."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from openapi_fuzz import Coverage
from openapi_fuzz.findings.finding import Finding
from openapi_fuzz.report.coverage import Surface
from openapi_fuzz.report.lines import Module
from openapi_fuzz.report.page import Run, render
from openapi_mock import serve

pytestmark = pytest.mark.slow

LINK = "POST /apps/{appId}/plants -> [201] stored -> GET /apps/{appId}/plants/{plantId}"


def run(*, findings: bool) -> Run:
    coverage = Coverage()
    statuses = {
        name: ["200", "201", "204", "400", "401", "403", "404", "409", "410", "500"]
        for name in ("listPlants", "addPlant", "getPlant")
    }
    reason = "The mock does not fail."
    coverage.register("garden", Surface(statuses, [LINK, f"{LINK}?"], {"getPlant": {"500": reason}}))
    for number, name in enumerate(statuses):
        for way in ("sync", "async", "raw"):
            coverage.hits["garden", name, way, 200 + number, True] += 1234
        coverage.hits["garden", name, "raw", 418, False] += 1
        coverage.seconds["garden", name] = coverage.longest["garden", name] = 0.1 * number
    coverage.links["garden", LINK] = 12
    coverage.oracles.judged["requests"] = 4321
    coverage.oracles.asks |= {"requests": "The client sends the case.", "pages": "All pages join up."}
    if findings:
        curl = [
            """curl -i -X POST -H "Authorization: Bearer $GARDEN_KEY" --data-binary '{"name": "ash"}' URL"""
        ]
        coverage.findings += [
            Finding(
                "tests/test_garden.py::test",
                f"answered {each} instead of [200]: <b>",
                "garden",
                ["addPlant"],
                curl,
                "print(Api(client).plants.add_plant(name='ash'))\n",
            )
            for each in (500, 404)
        ]
    modules = [
        Module("garden", 10, "", 0),
        Module("garden.plants.trees_and_other_plants", 200, "12, 40-51, 60", 14),
    ]
    return Run("garden", coverage, 61.2, 4711, 3, modules, uncalled={"removePlant": "DELETE may write"})


@pytest.mark.parametrize("findings", [True, False])
def test_the_page_of_a_fuzzing_run(open_page, check_page, findings):
    html = render(run(findings=findings))
    app = Starlette(routes=[Route("/", lambda _: HTMLResponse(html))])
    with serve(app) as url:
        page = open_page(url)
        page.goto("/")
        check_page(page, f"fuzzing-{'failed' if findings else 'passed'}")
        assert page.get_by_role("heading", level=1).inner_text() == "Fuzzing: garden"
        row = page.get_by_role("row").filter(has_text="getPlant").first
        assert "excused" in row.inner_text()
        assert page.get_by_text("The mock does not fail.").is_visible()
        if findings:
            page.get_by_text("answered 404").first.click()
            assert page.get_by_text("add_plant(name='ash')").last.is_visible()


def test_the_page_asks_for_nothing():
    html = render(run(findings=True))
    assert not [each for each in ("http://", "https://", "<script", "@import", "url(") if each in html]
    assert "instead of [200]: &lt;b&gt;" in html
