"""What falls on a day that is known: events, deadlines and due dates of current records, each under a name that stays.

What is known to the month or year only has no day and is left out; the site's calendar page lists it under its month.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kb.history.snapshot import Plain
from kb.records.knowledge import Entry, KnowledgeBase, current
from kb.records.model import Agreement
from kb.records.texts import title_of
from kb.records.values import Deadline, Text
from kb.upkeep.clocks import in_tbilisi

DOMAIN = "ombudsman.ge"  # the right half of every UID: the Office's own name, so that no other calendar has the same
FULL = len("2026-10-08")

# What is due, as it stands in UIDs, which never change → the key of its words.
KINDS = {
    "deadline": "meta.deadline",
    "registration": "event.registration",
    "renew-by": "agreement.renew_by",
    "valid-until": "agreement.valid_until",
    "obligation": "agreement.obligation",
    "next-due": "report.next",
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that falls on known days, or at a known moment, in both languages."""

    uid: str
    entry: Entry[Any]
    start: date | datetime
    """A day, or a moment in UTC."""
    end: date | None
    """The day after the last; none for a moment."""
    kind: str
    """What is due, of KINDS; empty for an event."""
    title: Text
    place: Text | None = None
    address: str = ""
    state: str = ""
    """cancelled or postponed, of an event and of the registration for it"""

    @property
    def digest(self) -> str:
        """Names what a subscriber sees of it: another digest is a change."""
        seen = (self.start.isoformat(), self.end and self.end.isoformat(), self.kind, self.state, self.address)
        texts = [part and part.model_dump(include={"ka", "en"}) for part in (self.title, self.place)]
        return hashlib.sha256(json.dumps([*seen, *texts], ensure_ascii=False).encode()).hexdigest()[:16]


Memory = Mapping[str, Plain]
"""UID → {sequence, digest} of an entry as it stood at the last quarter's end; kept in the snapshot."""


def appointments(kb: KnowledgeBase) -> list[Appointment]:
    """Everything of current records that has a day, by day."""
    found = [*_events(kb), *_opportunities(kb), *_agreements(kb), *_reports(kb)]
    return sorted(found, key=lambda one: (one.start.isoformat(), one.uid))


def _events(kb: KnowledgeBase) -> Iterator[Appointment]:
    for entry in current(kb.events):
        record, first = entry.record, day_of(entry.record.start)
        if first:
            last = max(first, day_of(record.end) or first)
            about = (record.title, record.place, record.url or "", record.state or "")
            yield Appointment(uid(entry, kb), entry, first, last + timedelta(days=1), "", *about)
        if record.registration:
            yield replace(_moment(entry, kb, record.registration, "registration", record.url), state=record.state or "")


def _opportunities(kb: KnowledgeBase) -> Iterator[Appointment]:
    for entry in current(kb.opportunities):
        if entry.record.deadline:
            yield _moment(entry, kb, entry.record.deadline, "deadline", entry.record.apply_url)


def _agreements(kb: KnowledgeBase) -> Iterator[Appointment]:
    for entry in current(kb.agreements):
        yield from _due(entry, kb, entry.record.renew_by, "renew-by")
        yield from _due(entry, kb, entry.record.valid_until, "valid-until")
        yield from _obligations(entry, kb)


def _obligations(entry: Entry[Agreement], kb: KnowledgeBase) -> Iterator[Appointment]:
    """Duties that are not done; one is known by its words, for it has no id, and by its turn where the words come again."""
    turns: Counter[str] = Counter()
    for duty in sorted(entry.record.obligations, key=lambda duty: duty.due or ""):
        day, name = day_of(duty.due), hashlib.sha256((duty.what.en or duty.what.ka or "").encode()).hexdigest()[:8]
        turns[name] += 1
        if day and duty.state != "done":
            name += f".{turns[name]}" * (turns[name] > 1)
            yield Appointment(uid(entry, kb, "obligation", name), entry, day, day + timedelta(days=1), "obligation", duty.what)


def _reports(kb: KnowledgeBase) -> Iterator[Appointment]:
    for entry in current(kb.reporting):
        yield from _due(entry, kb, entry.record.next_due, "next-due")


def _due(entry: Entry[Any], kb: KnowledgeBase, on: str | None, kind: str) -> Iterator[Appointment]:
    """A day on which something is due."""
    if day := day_of(on):
        yield Appointment(uid(entry, kb, kind), entry, day, day + timedelta(days=1), kind, title_of(entry.record))


def _moment(entry: Entry[Any], kb: KnowledgeBase, deadline: Deadline, kind: str, address: str | None) -> Appointment:
    """A deadline at its very moment: midnight in Brussels is three in the morning of the next day in Tbilisi."""
    return Appointment(uid(entry, kb, kind), entry, moment_of(deadline), None, kind, title_of(entry.record), None, address or "")


def moment_of(deadline: Deadline) -> datetime:
    """The moment of a deadline in UTC."""
    return in_tbilisi(deadline).astimezone(UTC)


def day_of(value: str | None) -> date | None:
    """The day of a date that is known to the day; none for a month or a year."""
    return date.fromisoformat(value) if value and len(value) == FULL else None


def uid(entry: Entry[Any], kb: KnowledgeBase, *parts: str) -> str:
    """A name that stays when the record moves: made of the first id that it ever had."""
    slug = entry.record.former_ids[0] if entry.record.former_ids else entry.slug
    owner = entry.owner if "/" in entry.id else ""
    if owner in kb.networks and kb.networks[owner].record.former_ids:
        owner = kb.networks[owner].record.former_ids[0]
    return ".".join([part for part in (entry.kind, owner, slug, *parts) if part]) + f"@{DOMAIN}"


# --- what subscribers had


def remembered(found: Iterable[Appointment], memory: Memory) -> dict[str, dict[str, Any]]:
    """What to keep in the snapshot: every entry with its sequence; entries that are gone stay, should they come back."""
    kept = {uid: dict(row) for uid, row in memory.items()}
    for one in found:
        kept[one.uid] = {"sequence": sequence(one, memory), "digest": one.digest}
    return dict(sorted(kept.items()))


def sequence(one: Appointment, memory: Memory) -> int:
    """SEQUENCE of an entry: one more than at the last quarter's end when it says something else now.

    A static site remembers nothing but what is committed, and that is the snapshots: the number counts the quarters
    in which the entry changed. It never grows without a change, and it falls only when, within one quarter, an entry
    changes and then says again exactly what it said before.
    """
    known = memory.get(one.uid)
    if known is None:
        return 0
    before: int = known["sequence"]
    return before + int(known["digest"] != one.digest)
