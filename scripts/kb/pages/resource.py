"""A resource's page: what it is, where to read it, for whom it is, and what stands near it."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from kb import sections
from kb.knowledge import Entry
from kb.model import Resource
from kb.view import Body, Cards, Fact, Notice, Page, Section
from kb.writer import Citations, Writer, host, joined, outside

MOST_RELATED = 5


def page(w: Writer, entry: Entry[Resource]) -> Page:
    """The page of one resource."""
    words, record = w.words, entry.record
    cite = Citations(network_sources(w, entry), (), words)
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    body = Body(
        kicker=joined([escape(words(f"resource-type.{record.type}")), w.acronym(entry.owner)]),
        title=words.text(record.title),
        lead=Markup("{}{}").format(words.text(record.summary), mark),
        notices=(*w.notices(entry), *_doubts(w, entry)),
        facts=_summary(w, entry),
        sections=tuple(s for s in _related(w, entry) if s.blocks),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    return Page(sections.address(entry), "resources", title, words.plain(record.summary), body, source=entry.path)


def network_sources(w: Writer, entry: Entry[Resource]) -> tuple:  # type: ignore[type-arg]
    """The titled sources of the network that a record stands with."""
    home = w.kb.networks.get(entry.owner)
    return home.record.sources if home else ()


def _summary(w: Writer, entry: Entry[Resource]) -> tuple[Fact, ...]:
    words, record = w.words, entry.record
    return (
        *w.fact("resource.read", _where_to_read(w, entry)),
        *w.fact("filter.network", _network(w, entry)),
        *w.fact("nav.themes", w.theme_chips(record.themes)),
        *w.fact("meta.useful_for", _units(w, record)),
        *w.fact("resource.audience", words.text(record.audience)),
        *w.fact("resource.access", record.access and words(f"meta.access_{record.access}")),
        *w.fact("resource.cost", words.text(record.cost)),
        *w.fact("lang.resource_language", ", ".join(language(w, code) for code in record.languages)),
        *w.fact("resource.year", str(record.year) if record.year else words("empty.not_found_value")),
        *w.fact("resource.replaced_by", _replacement(w, record)),
    )


def language(w: Writer, code: str) -> str:
    """The name of a language, or its code where the site has no word for it."""
    return w.words(f"language.{code}") if w.words.has(f"language.{code}") else code


def _where_to_read(w: Writer, entry: Entry[Resource]) -> Markup:
    """The link to the document; somebody else's copy is named, not recommended."""
    record = entry.record
    if record.official:
        return outside(
            record.url, Markup('{} <span class="kb-quiet">{}</span>').format(w.words("resource.open"), host(record.url))
        )
    home = w.kb.networks.get(entry.owner)
    find = w.words("resource.find_official")
    return joined([escape(find), outside(home.record.website, host(home.record.website)) if home else Markup()], Markup(" "))


def _network(w: Writer, entry: Entry[Resource]) -> Markup:
    home = w.kb.networks.get(entry.owner)
    return joined([w.words.text(home.record.acronym), w.link(home)], Markup(" – ")) if home else Markup()


def _units(w: Writer, record: Resource) -> Markup:
    units = dict.fromkeys(u for t in record.themes for u in w.kb.units_by_theme.get(t, ()))
    return joined((w.unit_link(u) for u in units), Markup("; "))


def _replacement(w: Writer, record: Resource) -> Markup:
    newer = w.kb.resources.get(record.replaced_by or "")
    return w.link(newer) if newer else Markup()


def _doubts(w: Writer, entry: Entry[Resource]) -> Iterator[Notice]:
    record = entry.record
    if not record.official:
        yield Notice("doubt", escape(w.words("notice.unofficial", host=host(record.url))))
    if record.note:
        yield Notice("doubt", w.words.text(record.note))


def _related(w: Writer, entry: Entry[Resource]) -> Iterator[Section]:
    record = entry.record
    themes = w.kb.resources_by_theme.get(record.themes[0], ())
    home = w.kb.resources_by_network.get(entry.owner, ())
    near = _others(themes, entry, ())
    yield _cards(w, "same-theme", w.words("resource.same_theme"), near)
    yield _cards(w, "same-network", w.words("resource.same_network"), _others(home, entry, near))


def _others(
    found: tuple[Entry[Resource], ...], entry: Entry[Resource], but: tuple[Entry[Resource], ...]
) -> tuple[Entry[Resource], ...]:
    """The five records nearest in year that are not the page itself; looks at no more than 200."""
    year = entry.record.year or 2000
    others = [e for e in found[:200] if e is not entry and e not in but]
    return tuple(sorted(others, key=lambda e: (abs((e.record.year or 1990) - year), e.id))[:MOST_RELATED])


def _cards(w: Writer, anchor: str, heading: str, entries: tuple[Entry[Resource], ...]) -> Section:
    return Section(anchor, heading, (Cards(tuple(w.card(e) for e in entries)),) if entries else ())
