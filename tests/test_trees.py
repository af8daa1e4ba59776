"""The record tree of the tests holds everything that a record can say, so that what is tested on it is tested whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from kb.history.closing import closed, load
from kb.history.snapshot import plain
from kb.records.checking.annotations import model_in
from kb.records.item import Decision, Health, Item
from kb.records.knowledge import KnowledgeBase
from kb.records.model import RECORDS
from kb.records.reading import LISTS, Reader
from kb.upkeep.clocks import is_coming, openness
from kb.upkeep.freshness import freshness
from trees import CONTENT, DAY, OFFICE


@pytest.fixture(scope="module")
def reader() -> Reader:
    """One reading of the tree."""
    return Reader(OFFICE, DAY)


@pytest.fixture(scope="module")
def kb(reader: Reader) -> KnowledgeBase:
    """What the tree holds."""
    found, problems = reader.read()
    assert problems == []
    return found


def parts(value: Any) -> Iterator[BaseModel]:
    """Every model in a value, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from parts(one)


def fields_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Every field of a model and of the models within it, as `Contact.email`."""
    if model in seen:
        return
    seen.add(model)
    for name, info in model.model_fields.items():
        yield f"{model.__name__}.{name}"
        if inner := model_in(info.annotation):
            yield from fields_of(inner, seen)


def test_every_field_of_the_model_is_filled_somewhere(reader: Reader, kb: KnowledgeBase) -> None:
    """What the model knows stands in some record, list, fetched item or health of a source."""
    values = [value for _, value in reader.values.values()] + [*kb.items.values(), *kb.sources.values()]
    filled = {f"{type(part).__name__}.{name}" for value in values for part in parts(value) for name in part.model_fields_set}
    seen: set[type[BaseModel]] = set()
    lists = [model_in(kind) or kind for kind in LISTS.values()]
    known = [name for model in (*RECORDS.values(), *lists, Item, Health, Decision) for name in fields_of(model, seen)]
    assert [name for name in known if name not in filled] == []


def test_records_of_every_kind_and_state_are_in_it(kb: KnowledgeBase) -> None:
    """Networks to reporting; current, drafts and archived ones; confirmed, due, overdue and unconfirmed."""
    assert {entry.kind for entry in kb.entries()} == RECORDS.keys()
    assert {entry.record.status for entry in kb.entries()} == {"current", "draft", "archived"}
    assert {freshness(entry.record, DAY).state for entry in kb.entries()} == {"confirmed", "due", "overdue", "unconfirmed"}


def test_the_day_lies_between_what_is_past_and_what_comes(kb: KnowledgeBase) -> None:
    """Events that are over, running, coming, cancelled, postponed and without a day; opportunities open, closed and uncertain."""
    events = [plain(entry.record) for entry in kb.events.values()]
    assert {is_coming(event, DAY) for event in events} == {True, False}
    assert [event["start"] for event in events if event.get("end", "") >= str(DAY) > event.get("start", "9")] == ["2031-05-12"]
    assert {event.get("state") for event in events} == {None, "cancelled", "postponed"}
    assert [event for event in events if "start" not in event]
    opportunities = [plain(entry.record) for entry in kb.opportunities.values()]
    assert {openness(one, DAY) for one in opportunities} == {"open", "closed", "to-confirm"}
    assert {one["availability"] for one in opportunities} == {"ongoing", "recurring", "ended", "to-confirm"}


def test_agreements_and_reports_are_due_late_and_open(kb: KnowledgeBase) -> None:
    """What runs out soon, what is over; a report that comes, one that is late, one of an unknown day."""
    assert {entry.record.state for entry in kb.agreements.values()} == {"active", "expired", "to-confirm"}
    assert {(due > str(DAY)) if (due := entry.record.next_due) else None for entry in kb.reporting.values()} == {
        True,
        False,
        None,
    }


def test_texts_miss_either_language(kb: KnowledgeBase) -> None:
    """A title in Georgian alone, one in English alone, one in both."""
    titles = [entry.record.title for entry in kb.resources.values()]
    assert {(bool(title.ka), bool(title.en)) for title in titles} == {(True, True), (True, False), (False, True)}


def test_contacts_are_public_and_internal(kb: KnowledgeBase) -> None:
    """Of one network both."""
    assert {contact.public for contact in kb.networks["nno"].record.contacts} == {True, False}


def test_robots_fetched_under_an_earlier_name(kb: KnowledgeBase) -> None:
    """What was fetched for a network before it was renamed is known under its name of today; sources are in every state."""
    assert (OFFICE / "_fetched" / "polar.jsonl").is_file()
    assert {"nno", "guild"} == {item.network for item in kb.items.values()}
    assert {health.state for health in kb.sources.values()} == {"ok", "warned", "unconfirmed", "failed"}
    assert [health.url for health in kb.sources.values() if health.change] == ["https://www.nno.example.org/contact"]
    assert kb.dead_links


def test_two_quarters_are_closed() -> None:
    """The last one has a foreword; what changed since the first is told."""
    quarters = closed(OFFICE)
    assert [str(quarter) for quarter in quarters] == ["2030-Q4", "2031-Q1"]
    one, two = (load(OFFICE, quarter) for quarter in quarters)
    assert one
    assert two
    assert one.things != two.things
    assert all((CONTENT / language / "bulletins" / "2031-q1.md").is_file() for language in ("ka", "en"))


def test_every_address_is_an_example(kb: KnowledgeBase) -> None:
    """No text of the tree leads to a host that there is, but for the mail service that needs a basis."""
    texts = "".join(path.read_text("utf-8") for path in OFFICE.rglob("*") if path.is_file())
    hosts = set(re.findall(r"https?://([^/\s\"'?:]+)|[\w.-]+@([\w.-]+)", texts))
    assert {host for pair in hosts for host in pair if host and not host.endswith("example.org")} <= {"gmail.com", "ombudsman.ge"}
