"""What search knows of the real records: names, words, and what is shown of each."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kb.records import load
from kb.search.documents import Document
from kb.search.harvest import Harvest, labels
from kb.words import Words

TODAY = date(2026, 11, 22)
RECORDS = Path(__file__).parents[2] / "networks"


@cache
def harvested(language: str) -> dict[str, Document]:
    """The documents of a language by their id."""
    kb, _ = load(RECORDS, TODAY)
    return {str(one.id): one for one in Harvest(kb, Words("ka" if language == "ka" else "en"), TODAY).documents()}


@pytest.mark.parametrize("language", ["ka", "en"])
def test_what_is_shown_of_a_page_never_ends_with_its_kind(language: str) -> None:
    """The kind stands in the line of facts, once."""
    for one in harvested(language).values():
        kind = one.facts.split(" · ")[0]
        assert one.shown is not None, one.id
        assert not f" {one.shown}".endswith(f" {kind}"), one.id


def test_what_is_shown_is_prose_and_nothing_where_there_is_none() -> None:
    """The summary of a resource, the mandate of a network, the reach of a contact; not the place of an event."""
    found = harvested("en")
    some = found["resource:apt/npm-toolkit"]
    assert some.shown == some.summary
    assert found["event:office/2024-01-unicef"].shown == ""
    assert found["reporting:upr"].shown == "NHRI / stakeholder report · UN Human Rights Council"
    assert str(found["contact:coe/venice-commission-correspondence"].shown).startswith("venice@coe.int · ")


def test_a_theme_is_found_by_its_keywords_in_both_languages() -> None:
    """Everyday words lead to it, and are searched as its other names are."""
    theme = harvested("ka")["theme:prisons"]
    assert {"ციხე", "პატიმარი", "prison"} <= set(theme.keywords)
    assert all(word in theme.names for word in theme.keywords)
    assert "Prisons and places of detention" in theme.called


def test_the_finder_names_only_languages_that_resources_are_in() -> None:
    """Names of other languages would be fetched with every search and never shown."""
    kb, _ = load(RECORDS, TODAY)
    used = {code for entry in kb.resources.values() for code in entry.record.languages}
    assert set(labels(kb).facets["en"]["language"][1]) == used
