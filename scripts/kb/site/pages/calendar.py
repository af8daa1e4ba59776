"""The calendar: what falls when, out of events, meetings, deadlines and international days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kb.records import sections
from kb.upkeep.agenda import day_of
from kb.upkeep.clocks import in_tbilisi
from kb.records.knowledge import Entry, current
from kb.words.markup import EMPTY, SPACE, Html, escape, joined, quiet, safe
from kb.records.model import Agreement, Network
from kb.site.pages import offered
from kb.site.pages.network import date_block, day
from kb.site.pages.theme import event_day
from kb.site.view import Block, Body, Days, Page, Prose, Section, Statements
from kb.site.writer import Writer

MONTHS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day."""

    on: date
    themes: tuple[str, ...]
    owner: str | None
    block: tuple[str, str, Html, Html]
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
    facts = joined([w.event_state(entry.record), escape(w.words(key)), w.days_words((on - w.today).days)])
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
        blocks = (Statements(((EMPTY, escape(w.words("empty.events"))),)),)
    return Section(f"m-{year}-{month:02d}", escape(w.words.month_of(year, month)), blocks)


def _month_blocks(w: Writer, year: int, month: int) -> Iterator[Block]:
    """What falls in a month: by day, then the meetings whose day is not known."""
    prefix = f"{year}-{month:02d}"
    due = [(d.on.isoformat(), d.block) for d in _deadlines(w) if (d.on.year, d.on.month) == (year, month) and d.on >= w.today]
    # an event of which no more than the month is known stands after the days of the month
    days = [*due, *_events(w, prefix), *_international_days(w, year, month)]
    days.sort(key=lambda one: (len(one[0]) == len(prefix), one[0]))
    if days:
        yield Days(tuple(block for _, block in days))
    if meetings := tuple(_meetings(w, month)):
        yield Prose(safe(f'<p class="kb-quiet">{escape(w.words("calendar.usually"))}</p>'))
        yield Statements(meetings)


def _events(w: Writer, month: str) -> Iterator[tuple[str, tuple[str, str, Html, Html]]]:
    """The events of a month by their day; one that goes on into another stands in each, under its first day there."""
    for entry in current(w.kb.events):
        start = event_day(entry)
        first = start[: len(month)]
        last = max(first, (entry.record.end or "")[: len(month)])
        if first == last == month:
            yield start, day(w, entry)
        elif len(first) == len(month) and first <= month <= last:
            on = start if first == month else f"{month}-01"
            yield on, (*date_block(w, on), *w.row(entry))


def _meetings(w: Writer, month: int) -> Iterator[tuple[Html, Html]]:
    """Meetings that usually fall in this month, with their other months."""
    for entry in current(w.kb.networks):
        for meeting in entry.record.meetings:
            if month in meeting.months:
                months = ", ".join(w.words.month(m) for m in meeting.months)
                usual = quiet(f"({months})") if len(meeting.months) > 1 else EMPTY
                before, said = _named(w, entry, w.words.text(meeting))
                yield before, joined([said, usual], SPACE)


def _named(w: Writer, entry: Entry[Network], said: Html) -> tuple[Html, Html]:
    """A network's acronym before a sentence; one that begins with it becomes the link itself."""
    sentence, acronym = str(said), str(w.words.text(entry.record.acronym))
    if sentence.startswith(acronym):
        return EMPTY, safe(f"<strong>{w.acronym(entry.id)}</strong>{sentence.removeprefix(acronym)}")
    return w.acronym(entry.id), said


def _international_days(w: Writer, year: int, month: int) -> Iterator[tuple[str, tuple[str, str, Html, Html]]]:
    """International days still ahead, by their day; their names say what they are."""
    for found in w.kb.days:
        number, of_month = map(int, found.day.split("-"))
        on = date(year, number, 28 if (number, of_month) == (2, 29) else of_month)
        if number == month and on >= w.today:
            national = w.words.html("calendar.national_day") if found.national else EMPTY
            unchecked = EMPTY if found.checked else w.words.html("calendar.day_unchecked")
            said = joined([national, unchecked])
            yield on.isoformat(), (f"{of_month} {w.words.month(month)}", w.words.weekday(on), w.words.text(found.name), said)
