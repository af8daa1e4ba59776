"""The lists of the site as rows of cells, for spreadsheets: what is current, in one language, dates as they sort."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.downloads.offer import Offer
from kb.records.knowledge import KnowledgeBase, current
from kb.records.values import Deadline, Text
from kb.upkeep.clocks import in_tbilisi
from kb.words.language import Words

Cell = str | int | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a program takes for the beginning of one
SUSPECT = frozenset({*FORMULA, " "})
NARROW, MIDDLE, WIDE = 14, 28, 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    head: str
    width: int
    """In letters."""
    cell: Callable[[Any], Cell]
    link: bool = False
    """Whether its cells are addresses."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a table."""

    name: str
    """Its file name without an ending, and its section of the site."""
    title: str
    columns: tuple[Column, ...]
    items: Sequence[Any]

    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells of each item."""
        return list(zip(*[map(column.cell, self.items) for column in self.columns], strict=True))

    def table(self) -> "Table":
        """What it says, and nothing of what it was made of."""
        heads = tuple(Head(column.head, column.width, column.link) for column in self.columns)
        return Table(self.name, self.title, heads, tuple(self.rows()))


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table."""

    text: str
    width: int = MIDDLE
    """In letters."""
    link: bool = False
    """Whether its cells are addresses."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as plain data."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(offer: Offer) -> list[Table]:
    """Every list of the site, in one language."""
    return [sheet.table() for sheet in Sheets(offer.kb, offer.words).all()]


class Sheets:
    """Makes the sheets of one language."""

    def __init__(self, kb: KnowledgeBase, words: Words) -> None:
        self.kb, self.words = kb, words
        self._themes = {theme.id: words.plain(theme.name) for theme in kb.themes.values()}
        self._units = {unit.id: words.plain(unit.short or unit.name) for unit in kb.units.values()}
        self._networks = {name: words.plain(entry.record.acronym) for name, entry in kb.networks.items()}

    def all(self) -> list[Sheet]:
        """Every list of the site."""
        kb = self.kb
        return [
            self._sheet("networks", self._network_columns(), current(kb.networks)),
            self._sheet("resources", self._resource_columns(), current(kb.resources)),
            self._sheet("events", self._event_columns(), current(kb.events)),
            self._sheet("opportunities", self._opportunity_columns(), current(kb.opportunities)),
            self._sheet("agreements", self._agreement_columns(), current(kb.agreements)),
            self._sheet("reporting", self._report_columns(), current(kb.reporting)),
            self._sheet("contacts", self._contact_columns(), [(e, c) for e in current(kb.networks) for c in e.record.contacts]),
            self._sheet("glossary", self._term_columns(), kb.glossary),
            self._sheet("units", self._unit_columns(), list(kb.units.values())),
            self._sheet("themes", self._theme_columns(), list(kb.themes.values())),
        ]

    def _sheet(self, name: str, columns: Iterable[Column], items: Sequence[Any]) -> Sheet:
        return Sheet(name, self.words(f"nav.{name}"), tuple(columns), items)

    # --- columns that many sheets have

    def _of(self, key: str, width: int, cell: Callable[[Any], Cell], link: bool = False) -> Column:
        return Column(self.words(key), width, cell, link)

    def _both(self, key: str, text: Callable[[Any], Text | None]) -> list[Column]:
        """A text in both languages, side by side, the reader's own first."""
        order = (self.words.language, self.words.other)
        return [
            Column(f"{self.words(key)} ({self.words(f'language.{language}')})", WIDE, _in_language(text, language))
            for language in order
        ]

    def _text(self, key: str, text: Callable[[Any], Text | None], width: int = WIDE) -> Column:
        return self._of(key, width, lambda entry: self.words.plain(text(entry)))

    def _choice(self, key: str, prefix: str, value: Callable[[Any], str | None]) -> Column:
        names: dict[str | None, str] = {None: ""}

        def cell(entry: Any) -> str:
            found = value(entry)
            if found not in names:
                names[found] = self.words(f"{prefix}.{found}")
            return names[found]

        return self._of(key, MIDDLE, cell)

    def _list(self, key: str, names: dict[str, str], value: Callable[[Any], Iterable[str]]) -> Column:
        return self._of(key, MIDDLE, lambda entry: "; ".join([names.get(one, one) for one in value(entry)]))

    def _theme_list(self) -> Column:
        return self._list("nav.themes", self._themes, lambda entry: entry.record.themes)

    def _network_list(self) -> Column:
        return self._list("filter.network", self._networks, lambda entry: entry.record.networks or (entry.owner,))

    def _owner(self) -> Column:
        return self._of("meta.responsible", MIDDLE, lambda entry: self._units.get(entry.record.owner or "", ""))

    def _foot(self) -> list[Column]:
        """Where the record comes from and when a person confirmed it."""
        return [
            self._of("fresh.collected_on", NARROW, lambda entry: entry.record.collected_on),
            self._of("fresh.confirmed_label", NARROW, lambda entry: entry.record.review.confirmed_on),
            Column("id", MIDDLE, lambda entry: entry.id),
        ]

    def _deadline(self, key: str, value: Callable[[Any], Deadline | None]) -> Column:
        """A deadline in Tbilisi time, as it sorts: 2026-12-02 02:59."""
        return self._of(key, MIDDLE, lambda entry: _sortable(value(entry)))

    # --- the sheets

    def _network_columns(self) -> list[Column]:
        return [
            self._text("network.acronym", lambda e: e.record.acronym, NARROW),
            *self._both("table.name", lambda e: e.record.name),
            self._choice("filter.kind", "network-kind", lambda e: e.record.kind),
            self._choice("network.our_standing", "membership", lambda e: e.record.standing.status),
            self._theme_list(),
            self._text("network.mandate", lambda e: e.record.mandate),
            self._of("meta.website", MIDDLE, lambda e: e.record.website, link=True),
            *self._foot(),
        ]

    def _resource_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda e: e.record.title),
            self._choice("filter.kind", "resource-type", lambda e: e.record.type),
            self._of("filter.network", NARROW, lambda e: self._networks.get(e.owner, e.owner)),
            self._theme_list(),
            self._of("lang.resource_language", NARROW, lambda e: ", ".join(e.record.languages)),
            self._of("resource.year", NARROW, lambda e: e.record.year),
            self._text("table.description", lambda e: e.record.summary),
            self._of("resource.read", MIDDLE, lambda e: e.record.url if e.record.official else None, link=True),
            *self._foot(),
        ]

    def _event_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda e: e.record.title),
            self._of("table.date", NARROW, lambda e: e.record.start),
            self._of("meta.last_day", NARROW, lambda e: e.record.end),
            self._choice("filter.kind", "event-kind", lambda e: e.record.kind),
            self._text("event.place", lambda e: e.record.place, MIDDLE),
            self._network_list(),
            self._theme_list(),
            self._list("event.units", self._units, lambda e: e.record.units),
            self._text("event.outcome", lambda e: e.record.outcome),
            self._deadline("event.registration", lambda e: e.record.registration),
            self._of("meta.website", MIDDLE, lambda e: e.record.url, link=True),
            *self._foot(),
        ]

    def _opportunity_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda e: e.record.title),
            self._choice("filter.kind", "opp-kind", lambda e: e.record.kind),
            self._choice("filter.status", "availability", lambda e: e.record.availability),
            self._deadline("meta.deadline", lambda e: e.record.deadline),
            self._network_list(),
            self._theme_list(),
            self._text("opp.who_can_apply", lambda e: e.record.audience),
            self._text("table.description", lambda e: e.record.summary),
            self._of("opp.how_to_apply", MIDDLE, lambda e: e.record.apply_url, link=True),
            *self._foot(),
        ]

    def _agreement_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda e: e.record.title),
            self._text("agreement.counterpart", lambda e: e.record.counterpart.name, MIDDLE),
            self._choice("filter.kind", "agreement-kind", lambda e: e.record.kind),
            self._of("agreement.signed_on", NARROW, lambda e: e.record.signed),
            self._of("agreement.valid_until", NARROW, lambda e: e.record.valid_until),
            self._of("agreement.renew_by", NARROW, lambda e: e.record.renew_by),
            self._choice("filter.status", "agreement-status", lambda e: e.record.state),
            self._owner(),
            self._theme_list(),
            *self._foot(),
        ]

    def _report_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda e: e.record.name),
            self._choice("report.capacity", "capacity", lambda e: e.record.capacity),
            self._of("report.last", NARROW, lambda e: max((s.date for s in e.record.submissions if s.date), default=None)),
            self._of("report.next", NARROW, lambda e: e.record.next_due),
            self._owner(),
            self._network_list(),
            self._theme_list(),
            *self._foot(),
        ]

    def _contact_columns(self) -> list[Column]:
        return [
            self._of("filter.network", NARROW, lambda pair: self._networks[pair[0].id]),
            self._text("network.role", lambda pair: pair[1].role, MIDDLE),
            self._of("contact.holder", MIDDLE, lambda pair: pair[1].holder),
            self._of("meta.email", MIDDLE, lambda pair: pair[1].email),
            self._of("meta.phone", MIDDLE, lambda pair: pair[1].phone),
            self._text("meta.address", lambda pair: pair[1].address),
            self._of("meta.website", MIDDLE, lambda pair: pair[1].url, link=True),
        ]

    def _term_columns(self) -> list[Column]:
        return [
            *self._both("glossary.term", lambda term: term.name),
            self._of("network.acronym", NARROW, lambda term: term.abbreviation),
            self._choice("filter.kind", "glossary-group", lambda term: term.group),
            self._choice("meta.basis", "basis", lambda term: term.basis),
            self._text("table.note", lambda term: term.note),
        ]

    def _unit_columns(self) -> list[Column]:
        return [
            *self._both("table.name", lambda unit: unit.name),
            self._choice("filter.kind", "unit-kind", lambda unit: unit.kind),
            self._list("nav.themes", self._themes, lambda unit: unit.themes),
            self._text("table.description", lambda unit: unit.about),
            Column("id", MIDDLE, lambda unit: unit.id),
        ]

    def _theme_columns(self) -> list[Column]:
        kb = self.kb
        counts = {
            "nav.networks": kb.networks_by_theme,
            "nav.resources": kb.resources_by_theme,
            "nav.opportunities": kb.opportunities_by_theme,
            "nav.events": kb.events_by_theme,
        }
        return [
            *self._both("table.name", lambda theme: theme.name),
            *(self._of(key, NARROW, _count(index)) for key, index in counts.items()),
            Column("id", MIDDLE, lambda theme: theme.id),
        ]


def _in_language(text: Callable[[Any], Text | None], language: str) -> Callable[[Any], Cell]:
    return lambda item: getattr(text(item), language, None)


def _count(index: Any) -> Callable[[Any], Cell]:
    return lambda theme: len(index.get(theme.id, ()))


def _sortable(deadline: Deadline | None) -> Cell:
    return in_tbilisi(deadline).strftime("%Y-%m-%d %H:%M") if deadline else None
