"""A resource's page: what it is, where to read it, for whom it is, and what stands near it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Resource
from kb.records.texts import host
from kb.site.view.blocks import Notice, Opening, Page, Rows, Section
from kb.site.view.citations import Citations
from kb.site.view.lines import DASH, NOTHING, SPACE, Line, joined, outside, said, together
from kb.site.view.writer import ByYear, Writer

MOST_RELATED = 5
VISITED = frozenset({"database", "directory", "e-learning", "expert-support", "fund", "newsletter", "training"})
"""What is no document: its page is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage(Page):
    """What a resource's page says besides what every page does."""

    template: ClassVar[str] = "resource"
    opening: Opening | None
    find_official: Line
    """Where the official copy must be looked for, when this is somebody else's."""
    network: Line
    themes: Line
    useful_for: Line
    audience: Line
    access: Line
    cost: Line
    languages: Line
    """Where no button says them."""
    year: Line
    replaced_by: Line


def page(w: Writer, entry: Entry[Resource]) -> ResourcePage:
    """The page of one resource."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads, w.sources_of(entry.owner))
    mark = cite.mark(record.sources)
    return ResourcePage(
        address=sections.address(entry),
        section="resources",
        title=words.plain(record.title),
        description=words.plain(record.summary),
        kicker=w.say(f"resource-type.{record.type}"),
        heading=w.text(record.title),
        lead=together(w.text(record.summary), mark),
        notices=(*w.notices(entry), *_doubts(w, entry)),
        opening=_opening(w, record),
        find_official=NOTHING if record.official else _where_to_find(w, entry),
        network=_network(w, entry),
        themes=w.theme_chips(record.themes),
        useful_for=w.units_on(record.themes),
        audience=w.text(record.audience),
        access=w.say(f"meta.access_{record.access}") if record.access else NOTHING,
        cost=w.text(record.cost),
        languages=NOTHING if record.official else said(w.languages(record.languages)),
        year=_year(w, record),
        replaced_by=_replacement(w, record),
        sections=tuple(_related(w, entry)),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _opening(w: Writer, record: Resource) -> Opening | None:
    """The document as a button with its host, language and year; somebody else's copy is named, not recommended."""
    if not record.official:
        return None
    year = f", {record.year}" if record.year else ""
    label = w.words("resource.visit" if record.type in VISITED else "resource.open")
    return Opening(record.url, label, f"{host(record.url)}, {w.languages(record.languages)}{year}")


def _year(w: Writer, record: Resource) -> Line:
    """The year where the button does not say it, or that it is not known."""
    if record.year:
        return NOTHING if record.official else said(record.year)
    return w.say("empty.not_found_value")


def _where_to_find(w: Writer, entry: Entry[Resource]) -> Line:
    """Where the official copy must be looked for."""
    home = w.kb.networks.get(entry.owner)
    find = w.say("resource.find_official")
    return joined([find, outside(home.record.website, host(home.record.website)) if home else NOTHING], SPACE)


def _network(w: Writer, entry: Entry[Resource]) -> Line:
    home = w.kb.networks.get(entry.owner)
    return joined([w.text(home.record.acronym), w.link(home)], DASH) if home else NOTHING


def _replacement(w: Writer, record: Resource) -> Line:
    newer = w.kb.resources.get(record.replaced_by or "")
    return w.link(newer) if newer else NOTHING


def _doubts(w: Writer, entry: Entry[Resource]) -> Iterator[Notice]:
    record = entry.record
    if not record.official:
        yield Notice("doubt", said(w.words("notice.unofficial", host=host(record.url))))
    if record.note:
        yield Notice("doubt", w.text(record.note))


def _related(w: Writer, entry: Entry[Resource]) -> Iterator[Section]:
    theme = entry.record.themes[0]
    near = _near(w.by_year("theme", theme), entry)[:MOST_RELATED]
    home = _near(w.by_year("network", entry.owner), entry)
    yield _rows(w, "same-theme", w.words("resource.same_theme"), near)
    yield _rows(w, "same-network", w.words("resource.same_network"), [e for e in home if e not in near][:MOST_RELATED])


def _near(group: ByYear, entry: Entry[Resource]) -> list[Entry[Resource]]:
    """The records of a group that are nearest in year to one of them, without it; at most twice five."""
    ordered, places = group
    here, year = places.get(entry.id, 0), entry.record.year or 0
    window = ordered[max(0, here - MOST_RELATED) : here + MOST_RELATED + 1]
    if window and window[0][0] == window[-1][0]:  # all of one year: they are in the order of their ids already
        return [e for _, _, e in window if e is not entry]
    return [e for _, _, e in sorted([(abs(of - year), name, e) for of, name, e in window if e is not entry])]


def newest(entry: Entry[Resource]) -> tuple[int, str]:
    """Sorts resources by year, the newest first."""
    return -(entry.record.year or 0), entry.id


def _rows(w: Writer, anchor: str, heading: str, entries: list[Entry[Resource]]) -> Section:
    return Section(anchor, heading, (Rows(tuple([w.row(e) for e in entries])),) if entries else ())
