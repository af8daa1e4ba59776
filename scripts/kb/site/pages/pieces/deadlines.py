"""What is due on a known day: deadlines, registrations, agreements, obligations, reports, as date blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kb.records.knowledge import Entry, current
from kb.records.model import Agreement
from kb.site.view.blocks import Day
from kb.site.view.lines import joined, said
from kb.site.view.writer import Writer
from kb.upkeep.agenda import day_of
from kb.upkeep.clocks import in_tbilisi


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day."""

    on: date
    themes: tuple[str, ...]
    owner: str | None
    block: Day


def deadlines(w: Writer, days: int) -> list[Due]:
    """Opportunity deadlines, registrations, agreements and reports due within so many days, by day."""
    last = w.today + timedelta(days=days)
    return sorted((d for d in due_days(w) if w.today <= d.on <= last), key=lambda d: (d.on, d.block.title[0].href))


@lru_cache(maxsize=2)  # every unit asks, and every month
def due_days(w: Writer) -> tuple[Due, ...]:
    """Everything that is due on a known day."""
    return tuple(_found(w))


def _found(w: Writer) -> Iterator[Due]:
    for entry in current(w.kb.opportunities):
        if entry.record.deadline:
            yield _due(w, entry, in_tbilisi(entry.record.deadline).date(), "meta.deadline")
    for event in current(w.kb.events):
        if event.record.registration and event.record.state != "cancelled":
            yield _due(w, event, in_tbilisi(event.record.registration).date(), "event.registration")
    for agreement in current(w.kb.agreements):
        yield from _of_agreement(w, agreement)
    for report in current(w.kb.reporting):
        if on := day_of(report.record.next_due):
            yield _due(w, report, on, "report.next", report.record.owner)


def _of_agreement(w: Writer, entry: Entry[Agreement]) -> Iterator[Due]:
    record = entry.record
    for key, value in (("agreement.renew_by", record.renew_by), ("agreement.valid_until", record.valid_until)):
        if on := day_of(value):
            yield _due(w, entry, on, key, record.owner)
    for duty in record.obligations:
        if duty.state != "done" and (on := day_of(duty.due)):
            yield _due(w, entry, on, "agreement.obligation", duty.owner)


def _due(w: Writer, entry: Any, on: date, key: str, owner: str | None = None) -> Due:
    facts = joined([w.event_state(entry.record), said(w.words(key)), w.days_words((on - w.today).days)])
    block = Day(f"{on.day} {w.words.month(on.month)}", w.words.weekday(on), w.link(entry), facts)
    return Due(on, entry.record.themes, owner, block)
