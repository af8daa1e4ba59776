"""The box that narrows a long list, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.records.knowledge import KnowledgeBase, current
from kb.words.language import Words

from .conftest import violations

Window = Callable[..., Page]
BOX, STATUS, SHOWN = "#kb-narrow", ".kb-narrow [role=status]", ".kb-rows > li:visible, .kb-grid tbody > tr:visible"
KA = Words("ka")


def test_contacts_are_narrowed_by_network_and_role(window: Window) -> None:
    """Every word must be found in a row or in the heading above it; headings without rows go, and the number is announced."""
    page = window("contacts/index.html")
    page.fill(BOX, "NNO სამდივნო")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"ნაჩვენებია: [1-9]\d*; სულ: \d+"))
    assert page.locator("section:visible > h2").evaluate_all("all => all.map(h => h.id)")[0] == "nno"
    assert page.locator("section:visible:has(.kb-rows) > h2:not(#download, #state)").count() == 1


def test_an_empty_box_shows_all_again(window: Window) -> None:
    """What was narrowed comes back whole, with the letters, and nothing is announced."""
    page = window("glossary/index.html")
    every = page.locator(SHOWN).count()
    page.fill(BOX, "ombudsman")
    expect(page.locator(STATUS)).to_have_text(re.compile("ნაჩვენებია"))
    expect(page.locator(".kb-letters")).to_be_hidden()
    assert 0 < page.locator(SHOWN).count() < every
    page.fill(BOX, "")
    expect(page.locator(STATUS)).to_have_text("")
    expect(page.locator(".kb-letters")).to_be_visible()
    assert page.locator(SHOWN).count() == every


def test_nothing_found_is_announced(window: Window) -> None:
    """Zero of all."""
    page = window("glossary/index.html")
    page.fill(BOX, "zzzz")
    expect(page.locator(STATUS)).to_have_text(re.compile("ნაჩვენებია: 0; "))


@pytest.mark.parametrize("address", ["contacts/index.html", "glossary/index.html"])
def test_a_narrowed_list_breaks_no_rule(window: Window, address: str) -> None:
    """axe-core finds nothing while something is typed."""
    page = window(address, 360)
    page.fill(BOX, "a")
    assert violations(page) == []


def test_without_javascript_there_is_no_box(site: Path, browser: Browser, office: KnowledgeBase) -> None:
    """The list is whole: every contact of every network that stands in lists."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.as_uri()}/contacts/index.html")
    assert page.locator(BOX).count() == 0
    every = [contact for entry in current(office.networks) for contact in entry.record.contacts]
    assert page.locator(".kb-page--contacts .kb-rows > li[id*=-contact-]").count() == len(every)


def test_the_field_above_a_list_says_what_it_searches(window: Window) -> None:
    """Resources, events and opportunities each have their own words."""
    found = [
        window(f"{section}/index.html").get_attribute("#kb-finder-query", "placeholder") for section in ("resources", "events")
    ]
    assert found == [KA("search.ask_resource"), KA("search.ask_event")]
