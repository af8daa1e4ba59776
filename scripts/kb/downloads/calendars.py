"""Calendars to subscribe to, as iCalendar (RFC 5545): for all, for a unit, a theme, a network.

A calendar knows no day on which it was made: the same records and snapshots give the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kb.downloads.contentlines import lines, text, uri
from kb.history.concerns import Readers
from kb.history.snapshot import Plain, plain
from kb.records.knowledge import KnowledgeBase, published
from kb.records.texts import title_of
from kb.upkeep.agenda import KINDS, Appointment, Memory, appointments, sequence
from kb.words.language import Words

PRODUCT = "-//Office of the Public Defender of Georgia//International Networks Knowledge Base//{language}"


# A calendar must have a component (RFC 5545, 3.6): without entries it has the zone of the Office, which knows no summer time.
TBILISI = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", "Asia/Tbilisi"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "20050327T030000"),
    ("TZOFFSETFROM", "+0400"),
    ("TZOFFSETTO", "+0400"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
]


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of one language; each entry is written once and stands in as many calendars as it concerns."""

    kb: KnowledgeBase
    words: Words
    memory: Memory = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(file name below calendars/, content): one for all, and one for each unit, theme and network.

        A calendar without an entry is there, too: a link to it holds, and whoever subscribes today gets what comes later.
        """
        names = (
            "all",
            *(f"unit-{unit}" for unit in self.kb.units),
            *(f"theme-{theme}" for theme in self.kb.themes),
            *(f"network-{entry.id}" for entry in published(self.kb.networks)),
        )
        groups: dict[str, list[bytes]] = {name: [] for name in names}
        readers = Readers(_audience(self.kb))
        for one in appointments(self.kb):
            content = self.event(one)
            for name in ("all", *self._names(one, readers)):
                groups.setdefault(name, []).append(content)
        for name in sorted(groups):
            yield f"{name}.ics", self.calendar(self._title(name), groups[name])

    def _names(self, one: Appointment, readers: Readers) -> list[str]:
        entry, record = one.entry, one.entry.record
        said = {"themes": list(record.themes), "networks": list(getattr(record, "networks", ())), **_owned(record)}
        units = readers.of(entry.kind, entry.id, said)
        networks = dict.fromkeys([*said["networks"], *([entry.owner] if entry.owner in self.kb.networks else ())])
        return [f"unit-{u}" for u in units] + [f"theme-{t}" for t in record.themes] + [f"network-{n}" for n in networks]

    def _title(self, name: str) -> str:
        """What a calendar is called in the reader's program."""
        kind, _, one = name.partition("-")
        named: dict[str, Any] = {"unit": self.kb.units, "theme": self.kb.themes, "network": self.kb.networks}
        whole = self.words("site.title")
        if kind not in named:
            return whole
        found = named[kind][one]
        own = {"unit": lambda: found.short or found.name, "theme": lambda: found.name, "network": lambda: found.record.acronym}
        return f"{self.words.plain(own[kind]())} – {whole}"

    def calendar(self, name: str, events: Iterable[bytes]) -> bytes:
        """A calendar of entries."""
        head = lines(
            [
                ("BEGIN", "VCALENDAR"),
                ("VERSION", "2.0"),
                ("PRODID", text(PRODUCT.format(language=self.words.language.upper()))),
                ("CALSCALE", "GREGORIAN"),
                ("METHOD", "PUBLISH"),
                ("NAME", text(name)),
                ("X-WR-CALNAME", text(name)),
                ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
                ("X-PUBLISHED-TTL", "P1D"),
            ]
        )
        return head + (b"".join(events) or lines(TBILISI)) + lines([("END", "VCALENDAR")])

    def event(self, one: Appointment) -> bytes:
        """One entry."""
        words, record = self.words, one.entry.record
        title = words.plain(one.title)
        summary = f"{words(KINDS[one.kind])}: {title}" if one.kind else title
        stamp = max(record.collected_on or "", record.review.confirmed_on or "") or "1970-01-01"
        return lines(
            [
                ("BEGIN", "VEVENT"),
                ("UID", one.uid),
                ("DTSTAMP", f"{stamp.replace('-', '')}T000000Z"),
                ("SEQUENCE", str(sequence(one, self.memory))),
                *_when(one),
                ("SUMMARY", text(f"{words(f'event.{one.state}')}: {summary}" if one.state else summary)),
                ("DESCRIPTION", text(self._description(one))),
                ("LOCATION", text(words.plain(one.place))),
                ("CATEGORIES", text(words(f"kind.{one.entry.kind}"))),
                ("URL", uri(one.address)),
                ("STATUS", {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}.get(one.state, "CONFIRMED")),
                ("TRANSP", "TRANSPARENT"),
                ("END", "VEVENT"),
            ]
        )

    def _description(self, one: Appointment) -> str:
        """The record that a duty stands in, and the networks."""
        record = one.entry.record
        networks = [
            self.words.plain(self.kb.networks[n].record.acronym) for n in getattr(record, "networks", ()) if n in self.kb.networks
        ]
        whole = title_of(record)
        return "\n".join([self.words.plain(whole)] * (whole is not one.title) + [", ".join(networks)] * bool(networks))


def _when(one: Appointment) -> list[tuple[str, str]]:
    if isinstance(one.start, datetime):
        return [("DTSTART", one.start.strftime("%Y%m%dT%H%M%SZ"))]
    end = [("DTEND;VALUE=DATE", one.end.strftime("%Y%m%d"))] if one.end else []
    return [("DTSTART;VALUE=DATE", one.start.strftime("%Y%m%d")), *end]


def _owned(record: Any) -> dict[str, Any]:
    """The units named by a record, as its plain data would name them."""
    said: dict[str, Any] = {"units": list(getattr(record, "units", ()))}
    if getattr(record, "owner", None):
        said["owner"] = record.owner
    said["obligations"] = [{"owner": duty.owner} for duty in getattr(record, "obligations", ())]
    return said


def _audience(kb: KnowledgeBase) -> dict[str, Plain]:
    """Units and networks, which `Readers` needs."""
    units: dict[str, Plain] = {f"unit:{unit.id}": plain(unit) for unit in kb.units.values()}
    return units | {f"network:{name}": {"themes": list(entry.record.themes)} for name, entry in kb.networks.items()}
