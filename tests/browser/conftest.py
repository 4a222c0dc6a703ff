"""A real Chromium, one per module and worker, with a context of its own for every test."""

import os
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from chromium import ADVICE, find
from openapi_mock import load, serve
from openapi_mock.pages.reference import VIEWER

SCHEMES = ("light", "dark")
WIDTHS = (390, 1280)
# Where the pictures of all pages are put, for a person to look at.
PICTURES = os.environ.get("SCREENSHOTS")


# For one module, since Playwright's event loop is in the way of tests that run one of their own.
@pytest.fixture(scope="module")
def chromium():
    path = find()
    if path is None:
        pytest.fail(f"{ADVICE}: `make browser`", pytrace=False)
    with sync_playwright() as playwright:
        arguments = ["--disable-gpu"]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            # Chromium does not start in its own sandbox as root, such as in a container.
            arguments.append("--no-sandbox")
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open a page in a context of its own, which fails the test if the page does something wrong."""
    contexts, wrong = [], []

    def open_page(url, **options):
        contexts.append(chromium.new_context(base_url=url, reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        # A browser may look for nothing outside of this machine.
        page.on(
            "request",
            lambda request: (
                wrong.append(f"request to {request.url}")
                if not request.url.startswith(("http://127.0.0.1", "data:", "blob:"))
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def check_page():
    """Check a page with axe, and that nothing is wider than the screen: light and dark, phone and desk."""

    def check_page(page, name, schemes=SCHEMES):
        for scheme, width in product(schemes, WIDTHS):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}-{width}.png", full_page=True)
            look = f"{name}, {scheme}, {width} pixels wide"
            assert not [f"{look}: {said(each)}" for each in violations_of(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{look}: too wide"

    return check_page


def violations_of(page):
    """Return what axe finds. Its program is put into a page once, and what passes stays there."""
    if page.evaluate("!window.axe"):
        page.evaluate(Axe().axe_script)
    return page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")


def said(violation):
    return violation["id"], [(each["target"], each["failureSummary"]) for each in violation["nodes"]]


@pytest.fixture
def kws():
    with load("kws") as mock, serve(mock) as url:
        mock.url = url
        yield mock


@pytest.fixture
def kongregate():
    with load("kongregate") as mock, serve(mock) as url:
        mock.url = url
        yield mock


@pytest.fixture(scope="session")
def viewer():
    if not VIEWER.is_file():
        pytest.fail("the viewer of the reference is missing: run `make assets`", pytrace=False)
