"""iCalendar (RFC 5545) → entries, event by event: one bad event must not cost the others."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event

from kb.fetching.parsing.drafting import alone, day, entry, moment
from kb.fetching.parsing.entry import Entry

FOLD = re.compile(r"\r?\n[ \t]")
EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
END = re.compile(r"^END:VEVENT[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
ALARM = re.compile(r"^BEGIN:VALARM\b.*?^END:VALARM[ \t]*\r?\n", re.IGNORECASE | re.MULTILINE | re.DOTALL)
# What is read; everything else, such as attendees and their addresses, does not even reach the reader.
WANTED = re.compile(
    r"(?:SUMMARY|DESCRIPTION|URL|UID|RECURRENCE-ID|DTSTART|DTEND|CREATED|DTSTAMP|LOCATION|CATEGORIES)[;:]", re.IGNORECASE
)
LANGUAGE = re.compile(r"^SUMMARY[^:\n]*;LANGUAGE=([A-Za-z-]{2,10})", re.IGNORECASE | re.MULTILINE)


def entries(text: str, url: str) -> Iterator[Entry | None]:
    """The events of one or several calendars; None for each that says nothing."""
    blocks = EVENT.split(FOLD.sub("", text))[1:]
    return (_entry(END.split(block, maxsplit=1)[0], url) for block in blocks)


@alone
def _entry(block: str, url: str) -> Entry | None:
    lines = [line for line in ALARM.sub("", block).splitlines() if WANTED.match(line)]
    said: dict[str, Any] = {}
    for line in lines:
        name = re.split("[;:]", line, maxsplit=1)[0].upper()
        said.setdefault(name, _value(name, line))
    language = LANGUAGE.search(block)
    start, end = _when(said, "DTSTART"), _when(said, "DTEND")
    first, last = day(start), day(_last(start, end))
    again = said.get("RECURRENCE-ID")
    return entry(
        url,
        title=said.get("SUMMARY"),
        summary=said.get("DESCRIPTION"),
        link=said.get("URL"),
        guid=f"{said.get('UID') or ''} {day(again) or ''}".strip() if again else said.get("UID"),
        published=_created(said.get("CREATED")),
        start=first,
        end=last if first and last and last > first else None,
        place=said.get("LOCATION"),
        language=language[1] if language else "",
        tags=said.get("CATEGORIES") or (),
    )


def _value(name: str, line: str) -> Any:
    """The value of one property, by icalendar; None when it cannot be read."""
    try:
        event = Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
        found = event.get(name)
        if name == "CATEGORIES":
            return [str(part) for part in getattr(found, "cats", ())]
        return getattr(found, "dt", None) if hasattr(found, "dt") else (str(found) if found is not None else None)
    except Exception:  # noqa: BLE001 - whatever a property breaks in its reader, the event has others
        return None


def _when(said: dict[str, Any], name: str) -> date | None:
    value = said.get(name)
    return value if isinstance(value, date) else None


def _last(start: date | None, end: date | None) -> date | None:
    """The last day: RFC 5545 ends whole-day events on the day after."""
    if end is None or isinstance(end, datetime) or start is None:
        return end
    try:
        return end - timedelta(days=1)
    except OverflowError:
        return None


def _created(value: Any) -> str | None:
    return moment(value) if isinstance(value, datetime) else None
