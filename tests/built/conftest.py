"""A site of the real records, built once, and windows to look at it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kb.site.building import Order, build

PROJECT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the real records, as of 22 November 2026."""
    out = tmp_path_factory.mktemp("site")
    build(Order(PROJECT, PROJECT / "networks", out, TODAY))
    return out


# without preload: it asks for the style sheets once more, which a page from a folder may not
RULES = {
    "preload": False,
    "resultTypes": ["violations"],  # half the time: the places where a rule is kept are not collected
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
}


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
    """A copy of the project without its build, to change without harm."""
    copy = tmp_path / "project"
    for name in ("content", "overrides", "networks", "scripts"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", copy)
    return copy
