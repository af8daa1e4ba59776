"""The reader's own unit: chosen on the first page, remembered by the browser, changed when the reader likes."""

import pytest

from .conftest import violations

LABEL = {"": "ჩემი ერთეული:", "en/": "My unit:"}


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_chosen_unit_opens_and_is_remembered(window, site, language):
    """The next visit shows the unit's page first, and the tab leads to it."""
    page = window(f"{language}index.html")
    page.select_option(f"label:text('{LABEL[language]}') + select", "nvd")
    page.click(".kb-choice button")
    page.wait_for_url(f"**/{language}units/nvd.html")
    page.goto(f"{site.as_uri()}/{language}index.html")
    assert page.locator(".kb-choice select").count() == 0
    assert page.get_attribute(".kb-choice a.kb-button", "href").endswith("/units/nvd.html")
    page.click(".md-tabs >> nth=0 >> a[href$='units/nvd.html']")
    assert page.url == f"{site.as_uri()}/{language}units/nvd.html"


def test_another_unit_can_be_chosen(window, site):
    """The list opens with the remembered unit chosen and has the focus."""
    page = window("index.html")
    page.evaluate("localStorage.setItem('kb.unit', 'nvd')")
    page.reload()
    page.click(".kb-choice p button")
    assert page.evaluate("[document.activeElement.localName, document.activeElement.value]") == ["select", "nvd"]
    assert violations(page) == []
    page.select_option(".kb-choice select", "regions")
    page.press(".kb-choice select", "Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/regions.html")
    assert page.evaluate("localStorage.getItem('kb.unit')") == "regions"


@pytest.mark.parametrize("kept", ["", "no-such-unit", "../../elsewhere", "javascript:alert(1)"])
def test_what_is_no_unit_is_not_believed(window, kept):
    """Whatever stands in the browser's store, the first page has its list and its tab a page of the site."""
    page = window("index.html")
    page.evaluate("kept => localStorage.setItem('kb.unit', kept)", kept)
    page.reload()
    assert page.is_visible(".kb-choice select")
    assert page.get_attribute(".md-tabs__item:nth-child(2) a", "href") == "units/index.html"


def test_a_browser_that_remembers_nothing_opens_the_unit(window):
    """Where the store is forbidden the choice still leads to the page."""
    page = window("index.html")
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('forbidden'); }")
    page.reload()
    page.select_option(".kb-choice select", "nvd")
    page.click(".kb-choice button")
    page.wait_for_url("**/units/nvd.html")


def test_without_a_choice_nothing_opens(window):
    """The browser asks for one."""
    page = window("index.html")
    page.click(".kb-choice button")
    assert page.url.endswith("/index.html")
    assert page.evaluate("document.querySelector('.kb-choice select').validity.valueMissing")


def test_the_news_are_near_on_a_small_screen(window):
    """At 360 px the names of the units do not stand between the reader and what is new."""
    page = window("index.html", 360)
    assert page.locator("#new").bounding_box()["y"] < 800


def test_without_javascript_the_units_are_folded_links(window):
    """A press opens the list."""
    page = window("index.html", java_script_enabled=False)
    assert not page.is_visible(".kb-choice a >> nth=0")
    page.click(".kb-choice summary")
    page.click(".kb-choice a[href='units/nvd.html']")
    assert page.url.endswith("/units/nvd.html")
