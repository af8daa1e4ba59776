"""What people ask in their own words, on either keyboard and in either language, and what the search answers."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

ASKED = "async ([text, options]) => (await kbSearch.query(text, {...options, limit: 5})).hits.map((hit) => hit.id)"

# By its name, an everyday word or its acronym; in Georgian, romanised, or with the Latin keyboard on: (language, asked, answer).
NAMES = [
    ("ka", "ბავშვის უფლებები", "theme:juvenile"),
    ("ka", "bavshvis uflebebi", "theme:juvenile"),
    ("ka", "bavSvis uflebebi", "theme:juvenile"),
    ("en", "rights of the child", "theme:juvenile"),
    ("ka", "ციხე", "theme:custody"),
    ("ka", "NNO", "network:nno"),
    ("en", "nno", "network:nno"),
    ("ka", "პოლარული ქსელი", "network:nno"),
    ("ka", "chrdiloetis ombudsmenta kseli", "network:nno"),
    ("en", "NVD", "unit:nvd"),
    ("ka", "ვიზიტების დეპარტამენტი", "unit:nvd"),
    ("ka", "ჩრდილოეთის დამცველთან მემორანდუმი", "agreement:northland-2028"),
]
SENTENCES = [
    ("ka", "როგორ დავგეგმოთ ვიზიტი ციხეში", "resource:nno/guide"),
    ("ka", "ვინ აფინანსებს ვიზიტებს", "opportunity:nno/grant"),
    ("ka", "როდის იკრიბება გენერალური ასამბლეა", "event:nno/2031-06-assembly"),
    ("ka", "რა უნდა წარვუდგინოთ წამების კომიტეტს", "reporting:committee"),
    ("en", "how to plan a visit to a prison", "resource:nno/guide"),
    ("en", "who pays for visits", "opportunity:nno/grant"),
    ("en", "when is the general assembly", "event:nno/2031-06-assembly"),
    ("en", "report to the committee on torture", "reporting:committee"),
]


@pytest.fixture
def search(site: Path, browser: Browser) -> Any:
    """A page that has the search of the site."""
    page: Page = browser.new_page()
    page.goto((site / "find" / "index.html").as_uri())
    page.add_script_tag(url=(site / "search" / "search.js").as_uri())
    yield page
    page.close()


def missed(page: Page, questions: list[tuple[str, str, str]], most: int, **options: Any) -> dict[str, list[str]]:
    """The questions whose answer is not among the first hits, with what is there instead."""
    found = {(lang, text): page.evaluate(ASKED, [text, {"lang": lang, **options}])[:most] for lang, text, _ in questions}
    return {text: hits for lang, text, answer in questions if answer not in (hits := found[lang, text])}


def test_questions_are_answered_among_the_first_five(search: Page) -> None:
    """In sentences, with other forms of the words than the records have."""
    assert missed(search, SENTENCES, 5) == {}


@pytest.mark.parametrize("typing", [False, True])
def test_who_names_a_page_finds_it_first(search: Page, typing: bool) -> None:
    """A theme, unit, network or agreement by its title, an everyday word or its acronym, on either keyboard."""
    assert missed(search, NAMES, 1, typing=typing) == {}


def test_the_unit_of_a_theme_comes_before_most_records(search: Page) -> None:
    """A unit with all that was asked in its name is among the first three."""
    assert missed(search, [("ka", "ბავშვთა", "unit:juveniles"), ("en", "visiting", "unit:nvd")], 3) == {}
