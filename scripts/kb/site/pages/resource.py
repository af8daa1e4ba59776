"""A resource's page: what it is, where to read it, for whom it is, and what stands near it."""

from collections.abc import Iterator

from kb.records import sections
from kb.records.texts import host
from kb.site.citations import Citations
from kb.records.knowledge import Entry
from kb.words.markup import DASH, EMPTY, SPACE, Html, escape, joined, opening, outside, together
from kb.records.model import Resource
from kb.site.view import Body, Facts, Notice, Page, Rows, Section
from kb.site.writer import ByYear, Writer

MOST_RELATED = 5
VISITED = frozenset({"database", "directory", "e-learning", "expert-support", "fund", "newsletter", "training"})
"""What is no document: its page is opened."""


def page(w: Writer, entry: Entry[Resource]) -> Page:
    """The page of one resource."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads, w.sources_of(entry.owner))
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    body = Body(
        kicker=words.html(f"resource-type.{record.type}"),
        title=words.text(record.title),
        lead=together(words.text(record.summary), mark),
        notices=(*w.notices(entry), *_doubts(w, entry)),
        action=_opening(w, record),
        facts=_summary(w, entry),
        sections=tuple([s for s in _related(w, entry) if s.blocks]),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    return Page(sections.address(entry), "resources", title, words.plain(record.summary), body, source=entry.path)


def _summary(w: Writer, entry: Entry[Resource]) -> Facts:
    words, record = w.words, entry.record
    return (
        *(() if record.official else w.fact("resource.read", _where_to_find(w, entry))),
        *w.fact("filter.network", _network(w, entry)),
        *w.fact("nav.themes", w.theme_chips(record.themes)),
        *w.fact("meta.useful_for", w.units_on(record.themes)),
        *w.fact("resource.audience", words.text(record.audience)),
        *w.fact_in_words("resource.access", record.access and words(f"meta.access_{record.access}")),
        *w.fact("resource.cost", words.text(record.cost)),
        *(() if record.official else w.fact_in_words("lang.resource_language", w.languages(record.languages))),
        *_year(w, record),
        *w.fact("resource.replaced_by", _replacement(w, record)),
    )


def _opening(w: Writer, record: Resource) -> Html:
    """The document as a button with its host, language and year; somebody else's copy is named, not recommended."""
    if not record.official:
        return EMPTY
    year = f", {record.year}" if record.year else ""
    label = w.words.html("resource.visit" if record.type in VISITED else "resource.open")
    return opening(record.url, label, f"{host(record.url)}, {w.languages(record.languages)}{year}")


def _year(w: Writer, record: Resource) -> Facts:
    """The year where the button does not say it, or that it is not known."""
    if record.year:
        return () if record.official else w.fact_in_words("resource.year", str(record.year))
    return w.fact("resource.year", w.words.html("empty.not_found_value"))


def _where_to_find(w: Writer, entry: Entry[Resource]) -> Html:
    """Where the official copy must be looked for."""
    home = w.kb.networks.get(entry.owner)
    find = w.words("resource.find_official")
    return joined([escape(find), outside(home.record.website, host(home.record.website)) if home else EMPTY], SPACE)


def _network(w: Writer, entry: Entry[Resource]) -> Html:
    home = w.kb.networks.get(entry.owner)
    return joined([w.words.text(home.record.acronym), w.link(home)], DASH) if home else EMPTY


def _replacement(w: Writer, record: Resource) -> Html:
    newer = w.kb.resources.get(record.replaced_by or "")
    return w.link(newer) if newer else EMPTY


def _doubts(w: Writer, entry: Entry[Resource]) -> Iterator[Notice]:
    record = entry.record
    if not record.official:
        yield Notice("doubt", escape(w.words("notice.unofficial", host=host(record.url))))
    if record.note:
        yield Notice("doubt", w.words.text(record.note))


def _related(w: Writer, entry: Entry[Resource]) -> Iterator[Section]:
    theme = entry.record.themes[0]
    near = _near(w.by_year("theme", theme), entry)[:MOST_RELATED]
    home = _near(w.by_year("network", entry.owner), entry)
    yield _rows(w, "same-theme", w.words.html("resource.same_theme"), near)
    yield _rows(w, "same-network", w.words.html("resource.same_network"), [e for e in home if e not in near][:MOST_RELATED])


def _near(group: ByYear, entry: Entry[Resource]) -> list[Entry[Resource]]:
    """The records of a group that are nearest in year to one of them, without it; at most twice five."""
    ordered, places = group
    here, year = places.get(entry.id, 0), entry.record.year or 0
    window = ordered[max(0, here - MOST_RELATED) : here + MOST_RELATED + 1]
    if window and window[0][0] == window[-1][0]:  # all of one year: they are in the order of their ids already
        return [e for _, _, e in window if e is not entry]
    return [e for _, _, e in sorted([(abs(of - year), name, e) for of, name, e in window if e is not entry])]


def _rows(w: Writer, anchor: str, heading: Html, entries: list[Entry[Resource]]) -> Section:
    return Section(anchor, heading, (Rows(tuple([w.row(e) for e in entries])),) if entries else ())
