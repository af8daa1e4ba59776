"""Calendars to subscribe to, as iCalendar (RFC 5545): for all, for a unit, a theme, a network.

A calendar knows no day on which it was made: the same records and snapshots give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, TimezoneStandard
from icalendar.prop import vDuration, vText

from kb.downloads.offer import File, Offer
from kb.history.concerns import Readers
from kb.history.snapshot import Plain, plain
from kb.records.knowledge import KnowledgeBase, published
from kb.records.texts import title_of
from kb.upkeep.agenda import KINDS, Appointment, appointments, sequence

PRODUCT = "-//Office of the Public Defender of Georgia//International Networks Knowledge Base//{language}"
NEVER = "1970-01-01"  # when a record was last looked at that says nothing of it
DAILY = timedelta(days=1)  # how often a program should ask for what is new
STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar: how it is called, and its entries as they stand in it."""

    product: str
    name: str
    events: tuple[bytes, ...]


def files(offer: Offer) -> Iterator[File[Subscription]]:
    """One for all, and one for each unit, theme and network.

    A calendar without an entry is there, too: a link to it holds, and whoever subscribes today gets what comes later.
    """
    kb, product = offer.kb, PRODUCT.format(language=offer.words.language.upper())
    names = (
        "all",
        *(f"unit-{unit}" for unit in kb.units),
        *(f"theme-{theme}" for theme in kb.themes),
        *(f"network-{entry.id}" for entry in published(kb.networks)),
    )
    groups: dict[str, list[bytes]] = {name: [] for name in names}
    readers, entries = Readers(_audience(kb)), Entries(offer)
    for one in appointments(kb):
        # An entry stands in ten calendars: written into each by icalendar, those of 10,000 records take an eighth of a build.
        written = entries.event(one).to_ical()
        for name in ("all", *_names(one, readers, kb)):
            groups.setdefault(name, []).append(written)
    for name in sorted(groups):
        yield File(f"{name}.ics", calendar, Subscription(product, _title(name, offer), tuple(groups[name])))


def _names(one: Appointment, readers: Readers, kb: KnowledgeBase) -> list[str]:
    """The calendars of units, themes and networks that an entry concerns."""
    entry, record = one.entry, one.entry.record
    said = {"themes": list(record.themes), "networks": list(getattr(record, "networks", ())), **_owned(record)}
    units = readers.of(entry.kind, entry.id, said)
    networks = dict.fromkeys([*said["networks"], *([entry.owner] if entry.owner in kb.networks else ())])
    return [f"unit-{u}" for u in units] + [f"theme-{t}" for t in record.themes] + [f"network-{n}" for n in networks]


def _title(name: str, offer: Offer) -> str:
    """What a calendar is called in the reader's program."""
    kind, _, one = name.partition("-")
    named: dict[str, Any] = {"unit": offer.kb.units, "theme": offer.kb.themes, "network": offer.kb.networks}
    whole = offer.words("site.title")
    if kind not in named:
        return whole
    found = named[kind][one]
    own = {"unit": lambda: found.short or found.name, "theme": lambda: found.name, "network": lambda: found.record.acronym}
    return f"{offer.words.plain(own[kind]())} – {whole}"


def calendar(said: Subscription) -> bytes:
    """A calendar of entries; one without any has the zone of the Office, for it must have a component (RFC 5545, 3.6)."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", said.product)
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", Text(said.name))
    made.add("x-wr-calname", Text(said.name))
    made.add("refresh-interval", DAILY, {"VALUE": "DURATION"})  # RFC 7986, 5.7, asks for the parameter
    made.add("x-published-ttl", vDuration(DAILY))
    if not said.events:
        made.add_component(tbilisi())
    head, end, rest = made.to_ical().rpartition(b"END:VCALENDAR")
    return b"".join([head, *said.events, end, rest])


def tbilisi() -> Timezone:
    """The zone of the Office, which has known no summer time since 2005."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tbilisi")
    standard.add("dtstart", datetime(2005, 3, 27, 3))  # local time (RFC 5545, 3.6.5)
    standard.add("tzoffsetfrom", timedelta(hours=4))
    standard.add("tzoffsetto", timedelta(hours=4))
    zone.add_component(standard)
    return zone


class Text(vText):
    """A text as it is: icalendar itself writes a backslash before an N as the end of a line."""

    def to_ical(self) -> bytes:
        """The pieces between backslashes, which icalendar escapes as it should, and the backslashes (RFC 5545, 3.3.11)."""
        return b"\\\\".join(vText(part).to_ical() for part in self.split("\\"))


class Entries:
    """Writes the entries of one language."""

    def __init__(self, offer: Offer) -> None:
        self.kb, self.words = offer.kb, offer.words
        self.memory = offer.bulletins[0].new.calendar if offer.bulletins else {}

    def event(self, one: Appointment) -> Event:
        """One entry."""
        words, record = self.words, one.entry.record
        title = words.plain(one.title)
        summary = f"{words(KINDS[one.kind])}: {title}" if one.kind else title
        made = Event()
        made.add("uid", one.uid)
        stamp = max(record.collected_on or "", record.review.confirmed_on or "") or NEVER
        made.add("dtstamp", datetime.fromisoformat(stamp).replace(tzinfo=UTC))
        made.add("sequence", sequence(one, self.memory))
        made.add("dtstart", one.start)
        made.add("summary", Text(f"{words(f'event.{one.state}')}: {summary}" if one.state else summary))
        made.add("categories", [words(f"kind.{one.entry.kind}")])
        made.add("status", STATUS.get(one.state, "CONFIRMED"))
        made.add("transp", "TRANSPARENT")
        found = {"dtend": one.end, "url": one.address}
        found |= {"description": Text(self._description(one)), "location": Text(words.plain(one.place))}
        for name, value in found.items():
            if value:
                made.add(name, value)
        return made

    def _description(self, one: Appointment) -> str:
        """The record that a duty stands in, and the networks."""
        record = one.entry.record
        networks = [
            self.words.plain(self.kb.networks[n].record.acronym) for n in getattr(record, "networks", ()) if n in self.kb.networks
        ]
        whole = title_of(record)
        return "\n".join([self.words.plain(whole)] * (whole is not one.title) + [", ".join(networks)] * bool(networks))


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
