"""The calendar: what falls when, out of events, meetings, deadlines and international days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from kb import sections
from kb.knowledge import Entry, current
from kb.markup import escape, joined, quiet
from kb.model import Agreement
from kb.pages import offered
from kb.pages.network import day
from kb.pages.theme import event_day
from kb.view import Block, Body, Days, Page, Section, Statements
from kb.writer import Writer, in_tbilisi

MONTHS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day."""

    on: date
    themes: tuple[str, ...]
    owner: str | None
    block: tuple[str, str, Markup, Markup]
    """The date block: large line, small line, link, plain facts."""


def deadlines(w: Writer, days: int) -> list[Due]:
    """Opportunity deadlines, registrations, agreements and reports due within so many days, by day."""
    last = w.today + timedelta(days=days)
    return sorted((d for d in _deadlines(w) if w.today <= d.on <= last), key=lambda d: (d.on, str(d.block[2])))


@lru_cache(maxsize=2)  # every unit asks, and every month
def _deadlines(w: Writer) -> tuple[Due, ...]:
    return tuple(_due_days(w))


def _due_days(w: Writer) -> Iterator[Due]:
    for entry in current(w.kb.opportunities):
        if entry.record.deadline:
            yield _due(w, entry, in_tbilisi(entry.record.deadline).date(), "meta.deadline")
    for event in current(w.kb.events):
        if event.record.registration:
            yield _due(w, event, in_tbilisi(event.record.registration).date(), "event.registration")
    for agreement in current(w.kb.agreements):
        yield from _of_agreement(w, agreement)
    for report in current(w.kb.reporting):
        if on := full_day(report.record.next_due):
            yield _due(w, report, on, "report.next", report.record.owner)


def _of_agreement(w: Writer, entry: Entry[Agreement]) -> Iterator[Due]:
    record = entry.record
    for key, value in (("agreement.renew_by", record.renew_by), ("agreement.valid_until", record.valid_until)):
        if on := full_day(value):
            yield _due(w, entry, on, key, record.owner)
    for duty in record.obligations:
        if duty.state != "done" and (on := full_day(duty.due)):
            yield _due(w, entry, on, "agreement.obligation", duty.owner)


def full_day(value: str | None) -> date | None:
    """The day of a date that is known to the day; none for a month or a year."""
    return date.fromisoformat(value) if value and len(value) == len("2026-10-08") else None


def _due(w: Writer, entry: Any, on: date, key: str, owner: str | None = None) -> Due:
    facts = joined([escape(w.words(key)), w.days_words((on - w.today).days)])
    return Due(on, entry.record.themes, owner, (f"{on.day} {w.words.month(on.month)}", w.words.weekday(on), w.link(entry), facts))


def page(w: Writer) -> Page:
    """The calendar: the next three months as lists, then the months of the year."""
    words = w.words
    months = tuple(_month(w, offset) for offset in range(12))
    near, year = months[:MONTHS_AHEAD], months[MONTHS_AHEAD:]
    body = Body(
        title=escape(words("nav.calendar")),
        facts=offered.subscription(w, "all"),
        sections=(*near, *(s for s in year if s.blocks)),
    )
    return Page(sections.index("calendar"), "calendar", words("nav.calendar"), words("calendar.description"), body)


def _month(w: Writer, offset: int) -> Section:
    years, month = divmod(w.today.month - 1 + offset, 12)
    year, month = w.today.year + years, month + 1
    blocks = tuple(_month_blocks(w, year, month))
    if not blocks and offset < MONTHS_AHEAD:
        blocks = (Statements(((Markup(), escape(w.words("empty.events"))),)),)
    return Section(f"m-{year}-{month:02d}", w.words.month_of(year, month), blocks)


def _month_blocks(w: Writer, year: int, month: int) -> Iterator[Block]:
    prefix = f"{year}-{month:02d}"
    events = sorted((e for e in current(w.kb.events) if event_day(e).startswith(prefix)), key=event_day)
    due = [d for d in _deadlines(w) if (d.on.year, d.on.month) == (year, month) and d.on >= w.today]
    days = [*(d.block for d in sorted(due, key=lambda d: d.on)), *(day(w, e) for e in events)]
    if days:
        yield Days(tuple(days))
    rows = (*_meetings(w, month), *_international_days(w, year, month))
    if rows:
        yield Statements(rows)


def _meetings(w: Writer, month: int) -> tuple[tuple[Markup, Markup], ...]:
    """Meetings that usually fall in this month: no date is known, and the list says so."""
    usual = w.words("calendar.usually")
    return tuple(
        (w.acronym(entry.id), joined([w.words.text(meeting), quiet(usual)]))
        for entry in current(w.kb.networks)
        for meeting in entry.record.meetings
        if month in meeting.months
    )


def _international_days(w: Writer, year: int, month: int) -> tuple[tuple[Markup, Markup], ...]:
    rows = []
    for found in sorted(w.kb.days, key=lambda d: d.day):
        number, of_month = map(int, found.day.split("-"))
        on = date(year, number, 28 if (number, of_month) == (2, 29) else of_month)
        if number == month and on >= w.today:
            kind = w.words("calendar.national_day" if found.national else "calendar.international_day")
            unchecked = "" if found.checked else w.words("calendar.day_unchecked")
            about = quiet("; ".join(t for t in (kind, unchecked) if t))
            rows.append((escape(f"{of_month} {w.words.month(month)}"), joined([w.words.text(found.name), about])))
    return tuple(rows)
