"""Every page of one language, out of the knowledge base."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kb.bulletins.edition import Bulletin
from kb.records import sections
from kb.records.knowledge import Entry, Index, current, grouped, published
from kb.records.model import Theme, Unit
from kb.records.texts import short_title
from kb.records.values import Text
from kb.site.pages import about, bulletin, calendar, changes, contacts, data, freshness, home, lists, todo
from kb.site.pages.records import agreement, event, network, opportunity, reporting, resource, theme, unit
from kb.site.view.blocks import Content, Page, Placed
from kb.site.view.lines import Line, leading, link, looking
from kb.site.view.writer import Edition, Writer
from kb.words.language import Words

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
    "contacts": contacts.contacts,
    "glossary": lists.glossary,
    "changes": changes.page,
    "bulletins": bulletin.empty_archive,
    "freshness": freshness.page,
    "todo": todo.page,
    "about": about.page,
    "data": data.page,
}


MOST_BESIDE = 12
"""Neighbours that are shown, the page in the middle: a list of hundreds helps nobody and weighs on every page."""
LONGEST = 300
"""Letters of a description."""


@dataclass(frozen=True, eq=False)
class Group:
    """Pages that stand together in their section."""

    names: tuple[Line, ...]
    """What each is called, leading to it from any of them."""
    places: dict[str, int]
    """Where each address stands among them."""


class Builder:
    """Builds the pages of one edition; links and cards are written once per depth of folders."""

    def __init__(self, edition: Edition, bulletins: Sequence[Bulletin] = ()) -> None:
        self.edition, self.words, self.bulletins = edition, edition.words, bulletins
        self.told: set[str] = set()
        """The addresses to which pages lead, below the root of the language."""
        self._writers = [Writer(edition, depth, self.told) for depth in range(3)]
        self._groups: dict[str, Group] = {}

    def pages(self) -> Iterator[Placed]:
        """All pages, one after the other."""
        kb = self.edition.kb
        for kind in BUILDERS:
            for entry in published(kb.of_kind(kind)):
                yield self._record(entry)
        yield from map(self._theme, kb.themes.values())
        yield from map(self._unit, kb.units.values())
        for one in self.bulletins:
            yield from (self._below(page) for page in bulletin.pages(self._writers[1], one))
        for section in FIRST_PAGES:
            yield self._first(section)
        yield placed(home.page(self._writers[0]), self.words)

    def page_at(self, address: str) -> Placed | None:
        """The page at an address below the root of the language, or nothing."""
        kb = self.edition.kb
        folder, _, rest = address.partition("/")
        name = rest.removesuffix(".html")
        if address == sections.index(sections.HOME):
            return placed(home.page(self._writers[0]), self.words)
        if name == "index":
            return self._first(folder) if folder in FIRST_PAGES else None
        if folder == "bulletins":
            found = (page for one in self.bulletins for page in bulletin.pages(self._writers[1], one))
            return next((self._below(page) for page in found if page.address == address), None)
        if folder == "themes":
            return self._theme(kb.themes[name]) if name in kb.themes else None
        if folder == "units":
            return self._unit(kb.units[name]) if name in kb.units else None
        kind = sections.KINDS.get(folder)
        entry = kb.of_kind(kind).get(name) if kind else None
        return self._record(entry) if entry and entry.record.status != "draft" else None

    def _first(self, section: str) -> Placed:
        """The first page of a section; that of the bulletins is their archive once there are some."""
        w = self._writers[1]
        page = FIRST_PAGES[section](w)
        if kind := sections.KINDS.get(section):
            page = replace(page, notices=(*page.notices, *w.unverified_notice(current(self.edition.kb.of_kind(kind)))))
        if section == "bulletins" and self.bulletins:
            page = replace(page, sections=bulletin.archive(w, self.bulletins))
        return placed(page, self.words)

    def _record(self, entry: Entry[Any]) -> Placed:
        page = BUILDERS[entry.kind](self._writers[2 if "/" in entry.id else 1], entry)
        home = self.edition.kb.networks.get(entry.owner) if "/" in entry.id else None
        above = ((sections.address(home), home.record.acronym),) if home else ()
        return self._below(page, self._group_of(entry), above)

    def _theme(self, one: Theme) -> Placed:
        return self._below(theme.page(self._writers[1], one), self._themes)

    def _unit(self, one: Unit) -> Placed:
        return self._below(unit.page(self._writers[1], one), self._units)

    def _below(self, page: Page, group: Group | None = None, above: Sequence[tuple[str, Text]] = ()) -> Placed:
        """The page with the way down to it and what stands beside it."""
        root = sections.to_root(page.address)
        section = link(root + sections.index(page.section), self.words(f"nav.{page.section}"))
        crumbs = (section, *(self._name(root + address, name) for address, name in above))
        return placed(page, self.words, crumbs, self._near(page, group, root) if group else ())

    def _near(self, page: Page, group: Group, root: str) -> tuple[Line, ...]:
        """The nearest neighbours of a page, itself among them."""
        here, many = group.places.get(page.address), len(group.names)
        first = max(0, min((here or 0) - MOST_BESIDE // 2, many - MOST_BESIDE))
        shown = list(group.names[first : first + MOST_BESIDE])
        if here is not None:
            shown[here - first] = looking("here", shown[here - first])
        if many > MOST_BESIDE:
            shown.append(link(root + sections.index(page.section), self.words("nav.all")))
        return tuple(shown)

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
        """Pages of one depth: each leads to the others by the same way up."""
        links = tuple(self._name(sections.to_root(address) + address, name) for address, name in names)
        return Group(links, {address: number for number, (address, _) in enumerate(names)})

    def _name(self, href: str, name: Text) -> Line:
        return leading(href, self._writers[0].text(name))


def placed(page: Page, words: Words, crumbs: tuple[Line, ...] = (), beside: tuple[Line, ...] = ()) -> Placed:
    """A page with the list of its sections, where it has several."""
    contents = tuple([Content(section.anchor, section.heading) for section in page.sections if section.blocks])
    if page.sources:
        contents += (Content("sources", words("meta.sources")),)
    return Placed(page, shortened(page.description or page.title), contents if len(contents) > 1 else (), crumbs, beside)


def shortened(text: str) -> str:
    """A text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + "…"


def _together(entry: Entry[Any]) -> str:
    return f"{entry.kind}:{entry.owner if '/' in entry.id else ''}"
