"""The parts of an entry as a feed words them become an Entry, or nothing when there is nothing to keep."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, ParamSpec

from kb.fetching.parsing.entry import MOST_TAGS, Entry
from kb.fetching.parsing.plain import plain
from kb.fetching.parsing.urls import kept
from kb.records.item import LONGEST_GUID, LONGEST_SUMMARY, LONGEST_TAG, LONGEST_TITLE

GEORGIAN = re.compile("[ა-ჰ]")
LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]|\Z)")
P = ParamSpec("P")
TITLE_FROM_SUMMARY = 100


def alone(reader: Callable[P, Entry | None]) -> Callable[P, Entry | None]:
    """A reader of one entry whose mistakes cost that entry, and no other."""

    @wraps(reader)
    def careful(*given: P.args, **named: P.kwargs) -> Entry | None:
        try:
            return reader(*given, **named)
        except Exception:  # noqa: BLE001 - what a hostile entry breaks is not foreseen, or it would be read
            return None

    return careful


def entry(base: str, **said: Any) -> Entry | None:
    """An entry from texts with markup: title, summary, link, guid, language, tags, place; and checked values.

    An entry without a title takes its summary's beginning, or its address; one with none of them is None.
    """
    summary = plain(_text(said.get("summary")), LONGEST_SUMMARY)
    guid = plain(_text(said.get("guid")), LONGEST_GUID)
    link = kept(_text(said.get("link")), base)
    title = (
        plain(_text(said.get("title")), LONGEST_TITLE)
        or plain(summary, TITLE_FROM_SUMMARY)
        or _words_of(link)
        or guid[:LONGEST_TITLE]
    )
    if not title:
        return None
    return Entry(
        title=title,
        summary=summary.removeprefix(title).lstrip(" .:–-"),  # Drupal repeats the title before the text
        link=link,
        guid=guid,
        published=said.get("published"),
        edited=bool(said.get("edited") and said.get("published")),
        start=said.get("start"),
        end=said.get("end"),
        place=plain(_text(said.get("place")), LONGEST_TITLE),
        language=language_of(_text(said.get("language")), f"{title} {summary}"),
        tags=tags_of(said.get("tags", ())),
    )


def _text(value: object) -> str:
    """What stands where a text is due; numbers are common in JSON feeds."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _words_of(link: str | None) -> str:
    return plain(link.partition("://")[2], LONGEST_TITLE) if link else ""


def language_of(said: str, text: str) -> str | None:
    """The language of an entry: Georgian letters know better than the feed."""
    if len(GEORGIAN.findall(text)) > len(text) / 4:
        return "ka"
    found = LANGUAGE.match(said.strip())
    return found[1].lower() if found else None


def tags_of(values: Iterable[object]) -> tuple[str, ...]:
    """Categories as plain text, each once, in their order."""
    found = (plain(_text(value), LONGEST_TAG) for value, _ in zip(values, range(10 * MOST_TAGS), strict=False))
    return tuple(dict.fromkeys(tag for tag in found if tag))[:MOST_TAGS]


def moment(value: datetime) -> str | None:
    """A time in UTC to the second; one without a zone is taken as UTC."""
    try:
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError):
        return None


def day(value: object) -> str | None:
    """The date of a date or a time, in the zone in which it is written."""
    return value.strftime("%Y-%m-%d").rjust(10, "0") if isinstance(value, date) else None
