"""Every page of one language, out of the knowledge base."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from kb import sections
from kb.knowledge import Entry, published
from kb.model import Theme, Unit
from kb.pages import agreement, calendar, event, lists, network, office, opportunity, reporting, resource, theme, unit
from kb.view import Group, Page
from kb.writer import Edition, Writer

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
    "about": office.about,
}


class Builder:
    """Builds the pages of one edition; links and cards are written once per depth of folders."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.words = edition, edition.words
        self._writers = [Writer(edition, depth) for depth in range(3)]

    def pages(self) -> Iterator[Page]:
        """All pages, one after the other."""
        for build in self.plan.values():
            yield build()

    @cached_property
    def plan(self) -> Mapping[str, Callable[[], Page]]:
        """The address of every page, and what builds it."""
        kb = self.edition.kb
        plan: dict[str, Callable[[], Page]] = {}
        for entries in (kb.networks, kb.resources, kb.events, kb.opportunities, kb.agreements, kb.reporting):
            for entry in published(entries):
                plan[sections.address(entry)] = partial(self._record, entry)
        for one_theme in kb.themes.values():
            plan[sections.theme(one_theme.id)] = partial(self._theme, one_theme)
        for one_unit in kb.units.values():
            plan[sections.unit(one_unit.id)] = partial(self._unit, one_unit)
        for section, first in FIRST_PAGES.items():
            plan[sections.index(section)] = partial(first, self._writers[1])
        plan[sections.index(sections.HOME)] = partial(office.home, self._writers[0])
        return plan

    def _record(self, entry: Entry[Any]) -> Page:
        page = BUILDERS[entry.kind](self._writers[2 if "/" in entry.id else 1], entry)
        home = self.edition.kb.networks.get(entry.owner) if "/" in entry.id else None
        above = ((sections.address(home), self.words.plain(home.record.acronym)),) if home else ()
        return self._beside(page, self._groups.get(f"{entry.kind}:{entry.owner if home else ''}"), above)

    def _theme(self, one: Theme) -> Page:
        return self._beside(theme.page(self._writers[1], one), self._themes)

    def _unit(self, one: Unit) -> Page:
        return self._beside(unit.page(self._writers[1], one), self._units)

    def _beside(self, page: Page, beside: Group | None, above: tuple[tuple[str, str], ...] = ()) -> Page:
        """The page with the way down to it and what stands beside it."""
        crumbs = ((sections.index(page.section), self.words(f"nav.{page.section}")), *above)
        return replace(page, crumbs=crumbs, beside=beside)

    @cached_property
    def _groups(self) -> Mapping[str, Group]:
        """Records that stand together: networks with networks, a network's resources with each other."""
        kb, groups = self.edition.kb, dict[str, list[tuple[str, str]]]()
        for entry in kb.entries():
            if entry.record.status == "current":
                together = entry.owner if "/" in entry.id and entry.owner in kb.networks else ""
                record = entry.record
                name = record.acronym if entry.kind == "network" else getattr(record, "title", None) or record.name
                groups.setdefault(f"{entry.kind}:{together}", []).append((sections.address(entry), self.words.plain(name)))
        return {key: _group(_sorted(links)) for key, links in groups.items()}

    @cached_property
    def _themes(self) -> Group:
        return _group(_sorted([(sections.theme(t.id), self.words.plain(t.name)) for t in self.edition.kb.themes.values()]))

    @cached_property
    def _units(self) -> Group:
        return _group([(sections.unit(u.id), self.words.plain(u.short or u.name)) for u in self.edition.kb.units.values()])


def _sorted(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(links, key=lambda link: (link[1].casefold(), link[0]))


def _group(links: Sequence[tuple[str, str]]) -> Group:
    return Group(tuple(links), {address: number for number, (address, _) in enumerate(links)})
