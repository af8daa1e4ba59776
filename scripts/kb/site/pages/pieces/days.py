"""Date blocks: an event or a duty with its day large beside it."""

from typing import Any

from kb.records.knowledge import Entry
from kb.site.view.blocks import Day
from kb.site.view.lines import Line, said
from kb.site.view.writer import Writer


def event_day(entry: Entry[Any]) -> str:
    """Sorts events by their first day."""
    return entry.record.start or entry.record.end or ""


def day(w: Writer, entry: Entry[Any], *known: Line) -> Day:
    """An event as a date block: the day and month large, the year small; without the facts that its page says already."""
    large, small = date_block(w, entry.record.start or entry.record.end)
    if not known:
        row = w.rest_row(entry)
        return Day(large, small, row.title, row.facts)
    when = said(w.words.span(entry.record.start, entry.record.end))
    return Day(large, small, w.link(entry), w.facts_beside(entry, when, *known))


def date_block(w: Writer, start: str | None) -> tuple[str, str]:
    """The large and the small line of a date block, as far as the date is known."""
    year, month, day_of_month = (*(start or "").split("-"), "", "")[:3]
    if not year:
        return w.words("event.date_tbc"), ""
    if not month:
        return year, ""
    name = w.words.month(int(month))
    return (f"{int(day_of_month)} {name}" if day_of_month else name), year
