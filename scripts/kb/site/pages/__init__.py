"""Every page of one language, out of the knowledge base."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from kb.records import sections
from kb.bulletins.edition import Bulletin
from kb.records.knowledge import Entry, Index, current, grouped, published
from kb.words.markup import Html
from kb.records.model import Theme, Unit
from kb.site.pages import agreement
from kb.site.pages import bulletin
from kb.site.pages import calendar
from kb.site.pages import event
from kb.site.pages import lists
from kb.site.pages import network
from kb.site.pages import office
from kb.site.pages import opportunity
from kb.site.pages import reporting
from kb.site.pages import resource
from kb.site.pages import theme
from kb.site.pages import todo
from kb.site.pages import unit
from kb.records.texts import short_title
from kb.records.values import Text
from kb.site.view import Group, Page
from kb.site.writer import Edition, Writer

BUILDERS: dict[str, Callable[[Writer, Any], Page]] = {
    "network": network.page,
    "resource": resource.page,
    "event": event.page,
    "opportunity": opportunity.page,
    "agreement": agreement.page,
    "reporting": reporting.page,
}

# The section's first page → its builder. Each takes a writer for the depth at which the page lies.
FIRST_PAGES: dict[str, Callable[[Writer], Page]] = {
    "networks": lists.networks,
    "resources": lists.resources,
    "themes": lists.themes,
    "units": lists.units,
    "events": lists.events,
    "calendar": calendar.page,
    "opportunities": lists.opportunities,
    "agreements": lists.agreements,
    "reporting": lists.reports,
    "contacts": lists.contacts,
    "glossary": lists.glossary,
    "changes": office.changes,
    "bulletins": office.bulletins,
    "freshness": office.fresh,
    "todo": todo.page,
    "about": office.about,
    "data": office.data,
}


class Builder:
    """Builds the pages of one edition; links and cards are written once per depth of folders."""

    def __init__(self, edition: Edition, bulletins: Sequence[Bulletin] = ()) -> None:
        self.edition, self.words, self.bulletins = edition, edition.words, bulletins
        self.told: set[str] = set()
        """The addresses to which pages lead, below the root of the language."""
        self._writers = [Writer(edition, depth, self.told) for depth in range(3)]
        self._groups: dict[str, Group] = {}

    def pages(self) -> Iterator[Page]:
        """All pages, one after the other."""
        kb = self.edition.kb
        for kind in BUILDERS:
            for entry in published(kb.of_kind(kind)):
                yield self._record(entry)
        yield from map(self._theme, kb.themes.values())
        yield from map(self._unit, kb.units.values())
        for one in self.bulletins:
            yield from map(self._bulletin, bulletin.pages(self._writers[1], one))
        for section in FIRST_PAGES:
            yield self._first(section)
        yield office.home(self._writers[0])

    def page_at(self, address: str) -> Page | None:
        """The page at an address below the root of the language, or nothing."""
        kb = self.edition.kb
        folder, _, rest = address.partition("/")
        name = rest.removesuffix(".html")
        if address == sections.index(sections.HOME):
            return office.home(self._writers[0])
        if name == "index":
            return self._first(folder) if folder in FIRST_PAGES else None
        if folder == "bulletins":
            return next(
                (p for one in self.bulletins for p in bulletin.pages(self._writers[1], one) if p.address == address), None
            )
        if folder == "themes":
            return self._theme(kb.themes[name]) if name in kb.themes else None
        if folder == "units":
            return self._unit(kb.units[name]) if name in kb.units else None
        kind = sections.KINDS.get(folder)
        entry = kb.of_kind(kind).get(name) if kind else None
        return self._record(entry) if entry and entry.record.status != "draft" else None

    def _first(self, section: str) -> Page:
        """The first page of a section; that of the bulletins is their archive once there are some."""
        page = FIRST_PAGES[section](self._writers[1])
        if kind := sections.KINDS.get(section):
            page.body.notices += self._writers[1].unverified_notice(current(self.edition.kb.of_kind(kind)))
        if section == "bulletins" and self.bulletins:
            page.body = replace(page.body, sections=bulletin.archive(self._writers[1], self.bulletins))
        return page

    def _bulletin(self, page: Page) -> Page:
        return self._beside(page, None)

    def _record(self, entry: Entry[Any]) -> Page:
        page = BUILDERS[entry.kind](self._writers[2 if "/" in entry.id else 1], entry)
        home = self.edition.kb.networks.get(entry.owner) if "/" in entry.id else None
        above = ((sections.address(home), self.words.text(home.record.acronym)),) if home else ()
        return self._beside(page, self._group_of(entry), above)

    def _theme(self, one: Theme) -> Page:
        return self._beside(theme.page(self._writers[1], one), self._themes)

    def _unit(self, one: Unit) -> Page:
        return self._beside(unit.page(self._writers[1], one), self._units)

    def _beside(self, page: Page, beside: Group | None, above: tuple[tuple[str, Html], ...] = ()) -> Page:
        """The page with the way down to it and what stands beside it."""
        page.crumbs = ((sections.index(page.section), self.words.html(f"nav.{page.section}")), *above)
        page.beside = beside
        return page

    def _group_of(self, entry: Entry[Any]) -> Group:
        """The records that a record stands together with: networks with networks, a network's resources with each other."""
        key = _together(entry)
        if key not in self._groups:
            names = [(sections.address(e), short_title(e.record)) for e in self._standing_together[key]]
            self._groups[key] = self._group(self._sorted(names))
            self.told.update(self._groups[key].places)
        return self._groups[key]

    @cached_property
    def _standing_together(self) -> Index[Entry[Any]]:
        return grouped((e for e in self.edition.kb.entries() if e.record.status != "draft"), lambda e: (_together(e),))

    @cached_property
    def _themes(self) -> Group:
        return self._group(self._sorted([(sections.theme(t.id), t.name) for t in self.edition.kb.themes.values()]))

    @cached_property
    def _units(self) -> Group:
        return self._group([(sections.unit(u.id), u.short or u.name) for u in self.edition.kb.units.values()])

    def _sorted(self, names: Sequence[tuple[str, Text]]) -> list[tuple[str, Text]]:
        return sorted(names, key=lambda one: (self.words.sort_key(one[1]), one[0]))

    def _group(self, names: Sequence[tuple[str, Text]]) -> Group:
        links = tuple((address, self.words.text(name)) for address, name in names)
        return Group(links, {address: number for number, (address, _) in enumerate(links)})


def _together(entry: Entry[Any]) -> str:
    return f"{entry.kind}:{entry.owner if '/' in entry.id else ''}"
