"""A site of the real records, built once, and a browser to look at it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kb.site import Order, build

PROJECT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the real records, as of 22 November 2026."""
    out = tmp_path_factory.mktemp("site")
    build(Order(PROJECT, PROJECT / "networks", out, TODAY))
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the system's, else Playwright's own."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project without its build, to change without harm."""
    copy = tmp_path / "project"
    for name in ("content", "overrides", "networks", "scripts"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", copy)
    return copy
