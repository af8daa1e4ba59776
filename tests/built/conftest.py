"""A site of the tests' own records, built once, and windows to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kb.site.building import build
from kb.site.project import Order
from trees import DAY, plant_office, raise_house


@pytest.fixture(scope="session")
def site(house: Path, once: Callable[..., Path]) -> Path:
    """The folder of the site of the tests' house, on its day."""
    return once("site", lambda folder: build(Order(house, house / "networks", folder, DAY)))


# without preload: it asks for the style sheets once more, which a page from a folder may not
RULES = {
    "preload": False,
    "resultTypes": ["violations"],  # half the time: the places where a rule is kept are not collected
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
}

# Georgian as most see it and at its narrowest in the dark; English narrow in the light.
LOOKS = [("", "light", 1280), ("", "dark", 360), ("en/", "light", 360)]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on a page, each with the first place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]}" for v in found]


@pytest.fixture
def window(site: Path, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site, from its folder, in a new window; at the end no window may have said anything to the console."""
    contexts, said = [], []

    def opened(address: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{site.as_uri()}/{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A house of one's own, to change without harm."""
    return raise_house(tmp_path / "project")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The record tree alone, to change without harm."""
    return plant_office(tmp_path)
