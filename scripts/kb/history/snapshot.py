"""Everything the base held at the end of a quarter, as plain sorted JSON that later versions of the program can still read."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel

from kb.records.knowledge import KnowledgeBase
from kb.words.quarters import Quarter, parse

VERSION = 2
Plain = Mapping[str, Any]


class Unreadable(Exception):
    """A snapshot that is not one: not JSON, cut off, or of a newer version of the program."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The base at a quarter's end."""

    quarter: Quarter
    closed_on: str
    """The day on which it was taken, as 2027-01-04."""
    things: Mapping[str, Plain]
    """`kind:id` → the fields that say something. Kinds: those of records, and theme, unit, body, term, day, gap, office."""
    dead_links: tuple[str, ...] = ()
    """Addresses that were dead on that day."""
    calendar: Mapping[str, Plain] = field(default_factory=dict)
    """UID → {sequence, digest} of every calendar entry there ever was; see agenda.sequence."""
    news: tuple[Mapping[str, str], ...] = ()
    """What was fetched from the networks in the quarter, for the bulletin: network, title, language, url and on, the day."""
    reopened: tuple[Mapping[str, str], ...] = ()
    """When and why it was taken anew: `on` and `reason`."""

    def of_kind(self, kind: str) -> Iterable[tuple[str, Plain]]:
        """The things of a kind, by id."""
        start = f"{kind}:"
        return ((key.removeprefix(start), plain) for key, plain in self.things.items() if key.startswith(start))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a snapshot keeps besides the records; each part comes from those who know it."""

    dead_links: tuple[str, ...] = ()
    calendar: Mapping[str, Plain] = field(default_factory=dict)
    news: tuple[Mapping[str, str], ...] = ()


def take(kb: KnowledgeBase, quarter: Quarter, today: date, beside: Beside | None = None) -> Snapshot:
    """The base as it is, drafts and archived records too."""
    more = beside or Beside()
    return Snapshot(quarter, today.isoformat(), things(kb), tuple(sorted(set(more.dead_links))), more.calendar, more.news)


def things(kb: KnowledgeBase) -> dict[str, Plain]:
    """Every record and every item of the Office's lists as plain data, by `kind:id`."""
    found = {f"{entry.kind}:{entry.id}": plain(entry.record) for entry in kb.entries()}
    lists: dict[str, Iterable[Any]] = {"theme": kb.themes.values(), "unit": kb.units.values()}
    lists |= {"body": kb.bodies, "term": kb.glossary, "day": kb.days, "gap": kb.gaps}
    found |= {f"{kind}:{item.id}": plain(item) for kind, items in lists.items() for item in items}
    if kb.office:
        found["office:office"] = plain(kb.office)
    return dict(sorted(found.items()))


def plain(part: BaseModel, only: set[str] | None = None) -> dict[str, Any]:
    """A part of a record, or some fields of it, as plain data: what it does not say, null or an empty list, is left out."""
    return _said(part.model_dump(mode="json", exclude_none=True, include=only))


def _said(part: dict[str, Any]) -> dict[str, Any]:
    return {key: _within(value) for key, value in part.items() if value not in ([], {})}


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return _said(value)
    return [_within(item) for item in value] if isinstance(value, list) else value


def written(snapshot: Snapshot) -> bytes:
    """The file of a snapshot: sorted, a line a value, so that two of them can be compared by eye."""
    data = {
        "version": VERSION,
        "quarter": str(snapshot.quarter),
        "closed_on": snapshot.closed_on,
        "calendar": {uid: dict(row) for uid, row in snapshot.calendar.items()},
        "news": [dict(item) for item in snapshot.news],
        "dead_links": list(snapshot.dead_links),
        "reopened": [dict(entry) for entry in snapshot.reopened],
        "records": dict(snapshot.things),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(raw: bytes) -> Snapshot:
    """A snapshot out of its file, brought up to this version; raises Unreadable."""
    try:
        data = upgraded(json.loads(raw))
        about = (tuple(data["dead_links"]), data["calendar"], tuple(data["news"]), tuple(data["reopened"]))
        return Snapshot(parse(data["quarter"]), data["closed_on"], data["records"], *about)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"not a snapshot: {error}") from error


# The version of a file → what brings it to the next. Files are never rewritten; they are upgraded each time they are read.
UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: lambda data: {**data, "calendar": {}, "news": []},  # calendars and fetched news came later
}


def upgraded(data: dict[str, Any]) -> dict[str, Any]:
    """The data of an old file as today's version has it."""
    version = data["version"]
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        raise Unreadable(f"version {version} is not one of 1 to {VERSION}")
    for number in range(version, VERSION):
        data = UPGRADES[number](data)
    return data
