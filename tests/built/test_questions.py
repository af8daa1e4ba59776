"""What people of the units ask, in their words, and whether the site's search answers."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text("utf-8"))
LEAST = 0.95
SENTENCES = [one for one in QUESTIONS if not one.get("first")]
NAMES = [one for one in QUESTIONS if one.get("first")]


def first_five(site: Path, browser: Browser, questions: list[dict[str, Any]], typing: bool = False) -> list[list[str]]:
    """For each question the ids of the first five hits."""
    page = browser.new_page()
    page.goto((site / "find" / "index.html").as_uri())
    page.add_script_tag(url=(site / "search" / "search.js").as_uri())
    asked = "async ([text, options]) => (await kbSearch.query(text, {...options, limit: 5})).hits.map((hit) => hit.id)"
    found = [page.evaluate(asked, [one["ask"], {"lang": one["lang"], "typing": typing}]) for one in questions]
    page.close()
    return found


def test_questions_of_the_units_are_answered_among_the_first_five(site: Path, browser: Browser) -> None:
    """At least 95 of 100, twenty in Georgian and twenty in English; those that are not are named."""
    hits = first_five(site, browser, SENTENCES)
    missed = [one["ask"] for one, five in zip(SENTENCES, hits, strict=True) if not set(one["answers"]) & set(five)]
    assert len(missed) <= (1 - LEAST) * len(SENTENCES), missed


@pytest.mark.parametrize("typing", [False, True])
def test_who_names_a_page_finds_it_first(site: Path, browser: Browser, typing: bool) -> None:
    """A theme, unit, network or term by its title, an everyday word or its acronym, on either keyboard, also while typing."""
    hits = first_five(site, browser, NAMES, typing)
    assert [
        (one["ask"], five[:1]) for one, five in zip(NAMES, hits, strict=True) if not set(one["answers"]) & set(five[:1])
    ] == []


UNITS = {"ბავშვთა უფლებები": "unit:child-rights", "თანასწორობა": "unit:equality", "გენდერი": "unit:gender"}


def test_the_unit_of_a_theme_comes_before_most_records(site: Path, browser: Browser) -> None:
    """A unit with all that was asked in its name is among the first three."""
    hits = first_five(site, browser, [{"ask": text, "lang": "ka"} for text in UNITS])
    assert [text for (text, unit), five in zip(UNITS.items(), hits, strict=True) if unit not in five[:3]] == []


def test_every_answer_can_be_found_at_all(site: Path) -> None:
    """The ids of the answers are those of the index: a record that goes takes its question along."""
    known: set[Any] = set()
    for shard in (site / "search").glob("*/d*.js"):
        text = shard.read_text("utf-8")
        known |= {row[0] for row in yaml.safe_load(text[text.index(",") + 1 : text.rindex(")")])}
    assert {answer for one in QUESTIONS for answer in one["answers"]} <= known


def test_half_of_the_questions_are_georgian() -> None:
    """Twenty and twenty."""
    assert [sum(one["lang"] == language for one in SENTENCES) for language in ("ka", "en")] == [20, 20]
