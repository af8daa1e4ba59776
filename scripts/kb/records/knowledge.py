"""The knowledge base in memory: every record by its id, and every reverse link, computed once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from kb.records.item import Decision, Health, Item, item_today
from kb.records.model import (
    Agreement,
    AnyRecord,
    Body,
    Day,
    Document,
    Event,
    Gap,
    ItemKind,
    Network,
    Opportunity,
    OwnOffice,
    Reporting,
    Resource,
    Source,
    Term,
    Theme,
    Unit,
    WorkingGroup,
)

R_co = TypeVar("R_co", bound=AnyRecord, covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Generic[R_co]):
    """A record, the id that people use for it, and the file in which it stands."""

    kind: str
    """network, resource, event, opportunity, agreement or reporting."""
    id: str
    """`ganhri` for a network, `ganhri/general-observations` for what stands in its folder."""
    path: str
    """The file below the record tree, with forward slashes."""
    record: R_co
    owner: str = field(init=False)
    """The id of the network in whose folder the record stands; `office` for our own."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "owner", self.id.partition("/")[0])

    @property
    def slug(self) -> str:
        """The last part of the id: the file's own name."""
        return self.id.rsplit("/", 1)[-1]


Index = Mapping[str, tuple[T, ...]]


def grouped(entries: Iterable[T], keys: Callable[[T], Iterable[str]]) -> Index[T]:
    """Entries by each of their keys, in the order in which they came."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            found[key].append(entry)
    return {key: tuple(value) for key, value in found.items()}


@dataclass(frozen=True)
class KnowledgeBase:
    """All records of one tree. Drafts are in it; `published` leaves them out."""

    networks: Mapping[str, Entry[Network]] = field(default_factory=dict)
    resources: Mapping[str, Entry[Resource]] = field(default_factory=dict)
    events: Mapping[str, Entry[Event]] = field(default_factory=dict)
    opportunities: Mapping[str, Entry[Opportunity]] = field(default_factory=dict)
    agreements: Mapping[str, Entry[Agreement]] = field(default_factory=dict)
    reporting: Mapping[str, Entry[Reporting]] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    bodies: tuple[Body, ...] = ()
    glossary: tuple[Term, ...] = ()
    days: tuple[Day, ...] = ()
    gaps: tuple[Gap, ...] = ()
    office: OwnOffice | None = None
    kinds: tuple[ItemKind, ...] = ()
    decisions: tuple[Decision, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    """What robots collected; `waiting_items` leaves out what people decided about."""
    sources: Mapping[str, Health] = field(default_factory=dict)
    """The health of every feed and watched page, by the id of the source."""
    dead_links: frozenset[str] = frozenset()
    """Addresses in records that failed on two different days."""

    def entries(self) -> tuple[Entry[Any], ...]:
        """Every record that has a page of its own, networks first."""
        return (
            *self.networks.values(),
            *self.resources.values(),
            *self.events.values(),
            *self.opportunities.values(),
            *self.agreements.values(),
            *self.reporting.values(),
        )

    def of_kind(self, kind: str) -> Mapping[str, Entry[Any]]:
        """The records of a kind by id."""
        kinds: dict[str, Mapping[str, Entry[Any]]] = {
            "network": self.networks,
            "resource": self.resources,
            "event": self.events,
            "opportunity": self.opportunities,
            "agreement": self.agreements,
            "reporting": self.reporting,
        }
        return kinds[kind]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Documents of the Office that sources may name."""
        return self.office.documents if self.office else ()

    @cached_property
    def leads(self) -> Mapping[str, Source]:
        """Addresses of somebody else's copies, by what any network or resource says of them: named to readers, never linked."""
        copies = [e.record.url for e in self.resources.values() if not e.record.official]
        titled = [source for e in self.networks.values() for source in e.record.sources if not source.official]
        return {**{url: Source(url=url, official=False) for url in copies}, **{source.url: source for source in titled}}

    @cached_property
    def resources_by_network(self) -> Index[Entry[Resource]]:
        """Current resources by the network that offers them."""
        return grouped(current(self.resources), lambda e: (e.owner,))

    @cached_property
    def resources_by_theme(self) -> Index[Entry[Resource]]:
        """Current resources by theme."""
        return grouped(current(self.resources), lambda e: e.record.themes)

    @cached_property
    def events_by_network(self) -> Index[Entry[Event]]:
        """Events by every network that they name or stand with."""
        return grouped(current(self.events), lambda e: (*e.record.networks, e.owner))

    @cached_property
    def events_by_theme(self) -> Index[Entry[Event]]:
        """Events by theme."""
        return grouped(current(self.events), lambda e: e.record.themes)

    @cached_property
    def opportunities_by_network(self) -> Index[Entry[Opportunity]]:
        """Opportunities by every network that offers them."""
        return grouped(current(self.opportunities), lambda e: (*e.record.networks, e.owner))

    @cached_property
    def opportunities_by_theme(self) -> Index[Entry[Opportunity]]:
        """Opportunities by theme."""
        return grouped(current(self.opportunities), lambda e: e.record.themes)

    @cached_property
    def agreements_by_theme(self) -> Index[Entry[Agreement]]:
        """Agreements by theme."""
        return grouped(current(self.agreements), lambda e: e.record.themes)

    @cached_property
    def reporting_by_theme(self) -> Index[Entry[Reporting]]:
        """Reporting duties by theme."""
        return grouped(current(self.reporting), lambda e: e.record.themes)

    @cached_property
    def reporting_by_network(self) -> Index[Entry[Reporting]]:
        """Reporting duties by the body that receives them."""
        return grouped(current(self.reporting), lambda e: e.record.networks)

    @cached_property
    def networks_by_theme(self) -> Index[Entry[Network]]:
        """Networks by the themes for which they matter to the Office."""
        return grouped(current(self.networks), lambda e: e.record.themes)

    @cached_property
    def groups_by_theme(self) -> Index[tuple[Entry[Network], WorkingGroup]]:
        """Working groups, each with its network, by theme."""
        groups = [(e, group) for e in current(self.networks) for group in e.record.working_groups]
        return grouped(groups, lambda pair: pair[1].themes)

    @cached_property
    def units_by_theme(self) -> Index[Unit]:
        """Units by the themes that concern them."""
        return grouped(self.units.values(), lambda unit: unit.themes)

    @cached_property
    def units_by_network(self) -> Index[Unit]:
        """Units by the networks that concern them."""
        return grouped(self.units.values(), lambda unit: unit.networks)

    @cached_property
    def waiting_items(self) -> tuple[Item, ...]:
        """Items that nobody adopted or dismissed, newest first; an item that came back at its old address is not new.

        Those of a network that stands in no list, archived, a draft or gone, are left out, as in the bulletin.
        """
        ids = {item_today(d.id, self.network_names) for d in self.decisions}
        links = {d.link for d in self.decisions if d.link}
        homes = {entry.id for entry in current(self.networks)}
        here = [item for item in self.items.values() if item.network in homes]
        found = [item for item in here if item.id not in ids and item.link not in links]
        return tuple(sorted(found, key=lambda item: (item.day, item.first_seen, item.id), reverse=True))

    @cached_property
    def items_by_network(self) -> Index[Item]:
        """Waiting items by network, newest first: a page shows the first ones."""
        return grouped(self.waiting_items, lambda item: (item.network,))

    @cached_property
    def items_by_theme(self) -> Index[Item]:
        """Waiting items by theme, newest first. A theme that people removed since takes nothing with it."""
        return grouped(self.waiting_items, lambda item: item.themes)

    @cached_property
    def network_names(self) -> Mapping[str, str]:
        """Every earlier id of a network, and its id today."""
        return {old: e.id for e in self.networks.values() for old in e.record.former_ids if old not in self.networks}

    @cached_property
    def former_ids(self) -> Mapping[str, Entry[Any]]:
        """Every earlier id, as `kind:id`, and the record it means today."""
        found: dict[str, Entry[Any]] = {}
        for entry in self.entries():
            for old in former(entry, self.networks):
                found.setdefault(f"{entry.kind}:{old}", entry)
        return found


def former(entry: Entry[Any], networks: Mapping[str, Entry[Network]]) -> list[str]:
    """The ids that led to a record before: its own, and those below its network's former ids."""
    own: tuple[str, ...] = entry.record.former_ids
    if "/" not in entry.id:
        return list(own)
    home = networks.get(entry.owner)
    former_homes = home.record.former_ids if home else ()
    if not own and not former_homes:
        return []
    slugs, owners = (entry.slug, *own), (entry.owner, *former_homes)
    return [f"{owner}/{slug}" for owner in owners for slug in slugs if f"{owner}/{slug}" != entry.id]


def published(entries: Mapping[str, Entry[R_co]]) -> list[Entry[R_co]]:
    """The records that have a page: all but drafts."""
    return [e for e in entries.values() if e.record.status != "draft"]


def current(entries: Mapping[str, Entry[R_co]]) -> list[Entry[R_co]]:
    """The records that stand in lists: neither drafts nor archived."""
    return [e for e in entries.values() if e.record.status == "current"]
