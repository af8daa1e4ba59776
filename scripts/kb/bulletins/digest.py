"""What a unit is told of a quarter, as data: what changed for it, what is new, open, coming and due, who took part where.

Everything is taken from snapshots, so that a quarter's bulletin reads the same for ever, whatever becomes of the records.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from kb.history.changes import Change, compare
from kb.history.concerns import Readers, hears_all
from kb.history.snapshot import Plain, Snapshot
from kb.upkeep.clocks import Due, deadline_day, dues, is_coming, is_open, last_day, took_place
from kb.words.quarters import Quarter

Name = Literal["base", "changes", "resources", "opportunities", "events", "due", "part", "news"]
DAYS = 90  # ahead in which what falls due is told
NEWS = 10  # fetched items at most, on a page too: the rest is on the networks' pages
NEW = frozenset({"added", "restored"})


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed of one record."""

    kind: str
    id: str
    record: Plain
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list, and the days until what counts for it."""

    kind: str
    id: str
    record: Plain
    days: int | None = None
    """Days left until a deadline; none where there is none."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a kind the base holds for a unit."""

    kind: str
    count: int


Item = Changed | Listed | Due | Counted | Plain


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a digest; one without items is not there."""

    name: Name
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one unit is told of one quarter."""

    quarter: Quarter
    unit: str
    """The unit's id; empty for the edition of the whole Office."""
    first: bool
    """Whether it is the first edition, which introduces the base instead of telling changes."""
    on: date
    """The day on which the quarter was closed, from which days are counted."""
    parts: tuple[Part, ...]

    @property
    def nothing_new(self) -> bool:
        """Whether there is nothing to tell but what was open and known before; in a first edition, nothing at all."""
        return not any(part.name != "opportunities" or _with_days(part) for part in self.parts)

    def part(self, name: Name) -> tuple[Any, ...]:
        """The items of a section; none when it is not there."""
        return next((part.items for part in self.parts if part.name == name), ())


def _with_days(part: Part) -> bool:
    return any(getattr(item, "days", None) is not None for item in part.items)


class Digester:
    """Makes the digests of one quarter; `old` is the last snapshot before it, none for the first edition."""

    def __init__(self, old: Snapshot | None, new: Snapshot) -> None:
        self.old, self.new = old, new
        self.today = date.fromisoformat(new.closed_on)
        self._readers = Readers(new.things)
        self._reached: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def changes(self) -> list[tuple[Change, tuple[str, ...]]]:
        """Every change of the quarter with the units that it concerns."""
        old = self.old
        return [(change, self._readers.of_change(change, old)) for change in compare(old, self.new)] if old else []

    def units(self) -> list[str]:
        """The units that get a digest, in the order of the Office's list."""
        return [name for name, _ in self.new.of_kind("unit")]

    def of(self, unit: str = "") -> Digest:
        """The digest of a unit; of the whole Office without one, and for those who hear of everything."""
        told = "" if unit and hears_all(self.new.things[f"unit:{unit}"]) else unit
        found: dict[Name, tuple[Any, ...]] = {
            "base": tuple(self._base(told)) if self.old is None else (),
            "changes": tuple(self._changed(told)),
            "resources": tuple(self._new_resources(told)),
            "opportunities": self._opportunities(told),
            "events": self._events(told),
            "due": self._due(told),
            "part": self._took_part(told),
            "news": self._news(told),
        }
        parts = tuple(Part(name, items) for name, items in found.items() if items)
        return Digest(self.new.quarter, unit, self.old is None, self.today, parts)

    # --- whom it concerns

    def _concerns(self, unit: str, kind: str, name: str, plain: Plain) -> bool:
        key = (kind, name)
        if key not in self._reached:
            self._reached[key] = frozenset(self._readers.of(kind, name, plain))
        return not unit or unit in self._reached[key]

    def _current(self, kind: str, unit: str) -> Iterator[tuple[str, Plain]]:
        """The current records of a kind that concern a unit."""
        for name, plain in self.new.of_kind(kind):
            if plain["status"] == "current" and self._concerns(unit, kind, name, plain):
                yield name, plain

    # --- the sections

    def _base(self, unit: str) -> Iterator[Counted | Listed]:
        """What the base holds, counted, and the networks by name."""
        for kind in ("network", "resource", "opportunity", "event", "agreement", "reporting"):
            if count := sum(1 for _ in self._current(kind, unit)):
                yield Counted(kind, count)
        yield from (Listed("network", name, plain) for name, plain in self._current("network", unit))

    def _mine(self, unit: str) -> list[Change]:
        return [change for change, units in self.changes if not unit or unit in units]

    def _changed(self, unit: str) -> Iterator[Changed]:
        """What changed, a record at a time; new resources have a section of their own."""
        groups: dict[tuple[str, str], list[Change]] = {}
        for change in self._mine(unit):
            if not (change.kind == "resource" and change.action in NEW):
                groups.setdefault((change.kind, change.id), []).append(change)
        for (kind, name), changes in groups.items():
            yield Changed(kind, name, changes[0].record, tuple(changes))

    def _new_resources(self, unit: str) -> Iterator[Listed]:
        for change in self._mine(unit):
            if change.kind == "resource" and change.action in NEW:
                yield Listed("resource", change.id, change.record)

    def _opportunities(self, unit: str) -> tuple[Listed, ...]:
        """What is open: by deadline, then what runs without one."""
        found = []
        for name, plain in self._current("opportunity", unit):
            if is_open(plain, self.today):
                days = (deadline_day(plain["deadline"]) - self.today).days if "deadline" in plain else None
                found.append(Listed("opportunity", name, plain, days))
        return tuple(sorted(found, key=lambda item: (item.days is None, item.days or 0, item.id)))

    def _events(self, unit: str) -> tuple[Listed, ...]:
        found = [Listed("event", name, plain) for name, plain in self._current("event", unit) if is_coming(plain, self.today)]
        return tuple(sorted(found, key=lambda item: (_start(item.record), item.id)))

    def _due(self, unit: str) -> tuple[Due, ...]:
        """What is due within 90 days or late: to the unit responsible, else to those whom the record concerns.

        An agreement that expired is told for a quarter and then no more.
        """
        found = []
        for kind in ("agreement", "reporting"):
            for name, plain in self._current(kind, ""):
                for due in dues(kind, name, plain, self.today):
                    owned = due.owner == unit if due.owner else self._concerns(unit, kind, name, plain)
                    late_enough = due.days < -DAYS and due.what == "valid-until"
                    if due.days <= DAYS and not late_enough and (not unit or owned):
                        found.append(due)
        return tuple(sorted(found, key=lambda due: (due.days, due.id, due.what)))

    def _took_part(self, unit: str) -> tuple[Listed, ...]:
        """Visits and events of the quarter in which the Office took part, by day."""
        first, last = self.new.quarter.first, self.new.quarter.last
        found = [
            Listed("event", name, plain)
            for name, plain in self._current("event", unit)
            if took_place(plain, first, last) and (plain.get("units") or plain.get("direction")) and not self._ahead(plain)
        ]
        return tuple(sorted(found, key=lambda item: (_start(item.record), item.id)))

    def _ahead(self, event: Plain) -> bool:
        return last_day(_start(event)) > self.today

    def _news(self, unit: str) -> tuple[Plain, ...]:
        """The newest of what was fetched from the networks that concern a unit."""
        networks = {name for name, _ in self._current("network", unit)}
        found = [item for item in self.new.news if item["network"] in networks]
        return tuple(sorted(found, key=lambda item: str(item["on"]), reverse=True)[:NEWS])


def _start(event: Mapping[str, Any]) -> str:
    return str(event.get("start") or event.get("end"))
