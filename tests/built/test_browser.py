"""The site in a real browser: accessibility, widths, requests, the console, without JavaScript, from a folder."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kb.records.sections import SECTIONS, index

from .conftest import LOOKS, violations

# One page of each kind, and those of the longest and most hostile texts.
KINDS = [
    *(index(section) for section in SECTIONS),
    "networks/nno.html",
    "networks/guild.html",
    "networks/island.html",
    "networks/lighthouse.html",
    "resources/nno/guide.html",
    "resources/nno/copy.html",
    "resources/guild/hostile.html",
    "resources/guild/long-word.html",
    "themes/ill-treatment.html",
    "themes/never-used.html",
    "units/nvd.html",
    "units/regions.html",
    "units/adviser.html",
    "events/nno/2031-05-meeting.html",
    "opportunities/nno/grant.html",
    "agreements/northland-2028.html",
    "reporting/committee.html",
    "bulletins/2031-q1.html",
    "bulletins/2031-q1-nvd.html",
]
WIDTHS = (1280, 360, 320)
ABORTED = "net::ERR_ABORTED"  # the browser leaves a page before its icon is read


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_axe_finds_no_violation(site: Path, browser: Browser, language: str, scheme: Any, width: int) -> None:
    """No page of any kind breaks a WCAG A or AA rule; every third of them also in the other language, dark and narrow."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for address in KINDS if (language, scheme, width) == LOOKS[0] else KINDS[::3]:
        page.goto((site / f"{language}{address}").as_uri())
        if wrong := violations(page):
            found[address] = wrong
    context.close()
    assert found == {}


def look(site: Path, browser: Browser, folder: Path) -> None:
    """Open every Georgian page and every second English one, from its folder.

    Write down what each asks for, what it says, and at which widths it is wider.
    """
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    wide: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: None if request.failure == ABORTED else said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for address in (*KINDS, *(f"en/{kind}" for kind in KINDS[::2])):
        page.goto((site / address).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(f"{address} at {width}")
    context.close()
    folder.mkdir()
    (folder / "seen.json").write_text(json.dumps({"asked": asked, "said": said, "wide": wide}), "utf-8")


@pytest.fixture(scope="session")
def seen(site: Path, browser: Browser, once: Callable[..., Path]) -> dict[str, list[str]]:
    """What was seen of every page."""
    found: dict[str, list[str]] = json.loads((once("looked", partial(look, site, browser)) / "seen.json").read_text("utf-8"))
    return found


def test_no_page_is_wider_than_the_window(seen: dict[str, list[str]]) -> None:
    """Nobody has to scroll sideways, down to 320 px."""
    assert seen["wide"] == []


def test_pages_say_nothing_and_miss_no_file(seen: dict[str, list[str]]) -> None:
    """From a folder, no page writes to the console or asks for a file that is not there."""
    assert seen["said"] == []


def test_pages_ask_only_their_own_folder(site: Path, seen: dict[str, list[str]]) -> None:
    """From a folder, no page asks another host or another place."""
    assert len(seen["asked"]) > len(KINDS)
    assert [url for url in seen["asked"] if not url.startswith(site.as_uri())] == []


def test_the_site_reads_without_javascript(site: Path, browser: Browser) -> None:
    """Without JavaScript the text of a network's page is there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "networks" / "nno.html").as_uri())
    assert "აერთიანებს ომბუდსმენებს" in page.inner_text("article")
    context.close()


def test_the_language_link_leads_to_the_same_record_and_back(site: Path, browser: Browser) -> None:
    """Two presses of the language link end where they began."""
    page = browser.new_page()
    page.goto((site / "units" / "nvd.html").as_uri())
    page.click(".kb-language")
    assert page.url.endswith("/en/units/nvd.html")
    page.click(".kb-language")
    assert page.url == (site / "units" / "nvd.html").as_uri()
    page.close()


def test_the_first_tab_stop_skips_to_the_content(site: Path, browser: Browser) -> None:
    """With the keyboard, the first stop leads past the navigation."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.close()


def test_the_georgian_typeface_is_the_sites_own(site: Path, browser: Browser) -> None:
    """Georgian letters are drawn with the font that the site carries."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('17px \"Noto Sans Georgian Variable\"', 'ა')")
    page.close()


def test_the_drawer_opens_on_a_small_screen(site: Path, browser: Browser) -> None:
    """On 360 px the menu shows the sections."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.click("label[for=__drawer].md-header__button")
    page.wait_for_timeout(400)
    assert page.is_visible(".md-nav--primary >> text=რესურსები")
    context.close()
