"""What people of the units ask, in their words, and whether the site's search answers."""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text("utf-8"))
LEAST = 0.95


def first_five(site: Path, browser: Browser) -> list[list[str]]:
    """For each question the ids of the first five hits."""
    page = browser.new_page()
    page.goto((site / "find" / "index.html").as_uri())
    page.add_script_tag(url=(site / "search" / "search.js").as_uri())
    asked = "async ([text, lang]) => (await kbSearch.query(text, {lang, limit: 5})).hits.map((hit) => hit.id)"
    found = [page.evaluate(asked, [one["ask"], one["lang"]]) for one in QUESTIONS]
    page.close()
    return found


def test_questions_of_the_units_are_answered_among_the_first_five(site: Path, browser: Browser) -> None:
    """At least 95 of 100, twenty in Georgian and twenty in English; those that are not are named."""
    hits = first_five(site, browser)
    missed = [one["ask"] for one, five in zip(QUESTIONS, hits, strict=True) if not set(one["answers"]) & set(five)]
    assert len(missed) <= (1 - LEAST) * len(QUESTIONS), missed


def test_every_answer_can_be_found_at_all(site: Path) -> None:
    """The ids of the answers are those of the index: a record that goes takes its question along."""
    known: set[Any] = set()
    for shard in (site / "search").glob("*/d*.js"):
        text = shard.read_text("utf-8")
        known |= {row[0] for row in yaml.safe_load(text[text.index(",") + 1 : text.rindex(")")])}
    assert {answer for one in QUESTIONS for answer in one["answers"]} <= known


def test_half_of_the_questions_are_georgian() -> None:
    """Twenty and twenty."""
    assert [sum(one["lang"] == language for one in QUESTIONS) for language in ("ka", "en")] == [20, 20]
