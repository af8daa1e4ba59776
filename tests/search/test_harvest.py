"""What search knows of the records: names, words, and what is shown of each."""

from datetime import date
from functools import cache
from typing import Any

import pytest

from kb.editing.repository import Repository
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.model import Agreement, Event
from kb.records.reading import load
from kb.search.documents import Document
from kb.search.harvest import Harvest, labels
from kb.site.pages.records import agreement, opportunity
from kb.site.view.lines import words_of
from kb.site.view.writer import Edition, Writer
from kb.words.language import Words
from trees import DAY, OFFICE

TODAY = date(2026, 11, 22)


@cache
def harvested(language: str) -> dict[str, Document]:
    """The documents of a language by their id."""
    kb, _ = load(OFFICE, DAY)
    return {str(one.id): one for one in Harvest(kb, Words("ka" if language == "ka" else "en"), DAY).documents()}


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
    some = found["resource:nno/guide"]
    assert some.shown == some.summary
    assert found["event:office/2030-12-reception"].shown == ""
    assert found["reporting:parliament"].shown == "Yearly report · Model Parliament"
    assert str(found["contact:nno/secretariat"].shown).startswith("office@nno.example.org · ")


def test_a_theme_is_found_by_its_keywords_in_both_languages() -> None:
    """Everyday words lead to it, and are searched as its other names are."""
    theme = harvested("ka")["theme:custody"]
    assert {"ციხე", "პატიმარი", "prison"} <= set(theme.keywords)
    assert all(word in theme.names for word in theme.keywords)
    assert "Places of custody" in theme.called


SAID = {
    "open": ("Open", "Ongoing", "Recurring", "In force"),
    "to-confirm": ("To be confirmed",),
    "closed": ("Closed", "Ended", "Expired", "Suspended"),
}


@pytest.mark.parametrize("today", [date(2027, 1, 15), date(2031, 1, 1), DAY, date(2031, 12, 1)])
def test_a_page_and_the_finder_say_the_same_of_an_opportunity_and_an_agreement(today: date) -> None:
    """On whatever day: what is to be confirmed is neither open nor closed."""
    kb, _ = load(OFFICE, today)
    states = {str(one.id): one.facets.get("state") for one in Harvest(kb, Words("en"), today).documents()}
    w = Writer(Edition(kb, Words("en"), today, Repository()), 1)
    pages = {f"opportunity:{e.id}": opportunity.status(w, e.record) for e in kb.opportunities.values()}
    pages |= {f"agreement:{e.id}": agreement.status(w, e.record) for e in kb.agreements.values()}
    wrong = {
        name: (text, states[name])
        for name, text in pages.items()
        if [state for state, words in SAID.items() if words_of(text) in words] != list(states[name] or ())
    }
    assert (len(pages) > 10, wrong) == (True, {})


@pytest.mark.parametrize(
    ("kind", "record", "state"),
    [
        ("event", {"title": {"en": "Visit"}, "kind": "mission", "start": "2026-12-01"}, "open"),
        ("event", {"title": {"en": "Visit"}, "kind": "mission", "start": "2026-12-01", "state": "cancelled"}, "closed"),
        ("event", {"title": {"en": "Visit"}, "kind": "mission", "start": "2026-11-21"}, "closed"),
        ("event", {"title": {"en": "Visit"}, "kind": "mission"}, None),
        ("agreement", {"state": "active", "valid_until": "2026-11-21"}, "closed"),
        ("agreement", {"state": "negotiation"}, None),
    ],
)
def test_an_event_is_open_until_over_and_an_agreement_while_in_force(kind: str, record: Any, state: str | None) -> None:
    """One that was called off is not to come, one that has expired not in force, whatever else stands there."""
    agreed = {"title": {"en": "A"}, "counterpart": {"name": {"en": "B"}}, "kind": "domestic", "subject": {"en": "C"}}
    made = Event(**record) if kind == "event" else Agreement(**agreed, **record)
    kb = KnowledgeBase(**{f"{kind}s": {"office/x": Entry(kind, "office/x", "", made)}})
    [found] = Harvest(kb, Words("en"), TODAY).documents()
    assert found.facets.get("state") == (None if state is None else (state,))


def test_every_state_that_a_record_can_have_has_a_name_in_the_finder() -> None:
    """In both languages."""
    kb, _ = load(OFFICE, DAY)
    states = {state for one in harvested("ka").values() for state in one.facets.get("state", ())}
    for called in labels(kb).facets.values():
        assert states <= called["state"][1].keys()


def test_the_finder_names_only_languages_that_resources_are_in() -> None:
    """Names of other languages would be fetched with every search and never shown."""
    kb, _ = load(OFFICE, DAY)
    used = {code for entry in kb.resources.values() for code in entry.record.languages}
    assert set(labels(kb).facets["en"]["language"][1]) == used
