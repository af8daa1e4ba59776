"""The calendar: what falls when, out of events, meetings, deadlines and international days."""

from collections.abc import Iterator
from datetime import date

from kb.records import sections
from kb.records.knowledge import Entry, current
from kb.records.model import Network
from kb.site.pages.pieces import offered
from kb.site.pages.pieces.days import date_block, day, event_day
from kb.site.pages.pieces.deadlines import due_days
from kb.site.view.blocks import Block, Day, Days, Page, Prose, Section, Statement, Statements
from kb.site.view.lines import NOTHING, SPACE, Line, joined, looking, said, together, words_of
from kb.site.view.writer import Writer

MONTHS_AHEAD = 3


def page(w: Writer) -> Page:
    """The calendar: the next three months as lists, then the months of the year."""
    words = w.words
    months = tuple(_month(w, offset) for offset in range(12))
    near, year = months[:MONTHS_AHEAD], months[MONTHS_AHEAD:]
    return Page(
        address=sections.index("calendar"),
        section="calendar",
        title=words("nav.calendar"),
        description=words("calendar.description"),
        heading=w.say("nav.calendar"),
        facts=w.fact("offer.subscribe", offered.subscription(w, "all")),
        sections=(*near, *year),
    )


def _month(w: Writer, offset: int) -> Section:
    years, month = divmod(w.today.month - 1 + offset, 12)
    year, month = w.today.year + years, month + 1
    blocks = tuple(_month_blocks(w, year, month))
    if not blocks and offset < MONTHS_AHEAD:
        blocks = (Statements((Statement(NOTHING, w.say("empty.events")),)),)
    return Section(f"m-{year}-{month:02d}", w.words.month_of(year, month), blocks)


def _month_blocks(w: Writer, year: int, month: int) -> Iterator[Block]:
    """What falls in a month: by day, then the meetings whose day is not known."""
    prefix = f"{year}-{month:02d}"
    due = [(d.on.isoformat(), d.block) for d in due_days(w) if (d.on.year, d.on.month) == (year, month) and d.on >= w.today]
    # an event of which no more than the month is known stands after the days of the month
    days = [*due, *_events(w, prefix), *_international_days(w, year, month)]
    days.sort(key=lambda one: (len(one[0]) == len(prefix), one[0]))
    if days:
        yield Days(tuple(block for _, block in days))
    if meetings := tuple(_meetings(w, month)):
        yield Prose(w.say("calendar.usually"), quiet=True)
        yield Statements(meetings)


def _events(w: Writer, month: str) -> Iterator[tuple[str, Day]]:
    """The events of a month by their day; one that goes on into another stands in each, under its first day there."""
    for entry in current(w.kb.events):
        start = event_day(entry)
        first = start[: len(month)]
        last = max(first, (entry.record.end or "")[: len(month)])
        if first == last == month:
            yield start, day(w, entry)
        elif len(first) == len(month) and first <= month <= last:
            on = start if first == month else f"{month}-01"
            row = w.row(entry)
            yield on, Day(*date_block(w, on), row.title, row.facts)


def _meetings(w: Writer, month: int) -> Iterator[Statement]:
    """Meetings that usually fall in this month, with their other months."""
    for entry in current(w.kb.networks):
        for meeting in entry.record.meetings:
            if month in meeting.months:
                months = ", ".join(w.words.month(m) for m in meeting.months)
                usual = said(f"({months})", "quiet") if len(meeting.months) > 1 else NOTHING
                before, sentence = _named(w, entry, w.text(meeting))
                yield Statement(before, joined([sentence, usual], SPACE))


def _named(w: Writer, entry: Entry[Network], sentence: Line) -> tuple[Line, Line]:
    """A network's acronym before a sentence; one that begins with it becomes the link itself."""
    (first, *rest), acronym = sentence, words_of(w.text(entry.record.acronym))
    if not first.words.startswith(acronym):
        return w.acronym(entry.id), sentence
    shortened = first._replace(words=first.words.removeprefix(acronym))
    return NOTHING, together(looking("strong", w.acronym(entry.id)), (shortened, *rest))


def _international_days(w: Writer, year: int, month: int) -> Iterator[tuple[str, Day]]:
    """International days still ahead, by their day; their names say what they are."""
    for found in w.kb.days:
        number, of_month = map(int, found.day.split("-"))
        on = date(year, number, 28 if (number, of_month) == (2, 29) else of_month)
        if number == month and on >= w.today:
            national = w.say("calendar.national_day") if found.national else NOTHING
            unchecked = NOTHING if found.checked else w.say("calendar.day_unchecked")
            about = joined([national, unchecked])
            day_and_month = f"{of_month} {w.words.month(month)}"
            yield on.isoformat(), Day(day_and_month, w.words.weekday(on), w.text(found.name), about)
