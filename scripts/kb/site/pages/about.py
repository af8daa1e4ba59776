"""About: the Division, its functions with the pages that serve them, and what the base does not hold yet."""

from collections.abc import Iterator

from kb.records import sections
from kb.records.model import Function, Gap, OwnOffice
from kb.site.view.blocks import Cell, Page, Section, Statement, Statements, Summary, Table, cells
from kb.site.view.citations import Citations
from kb.site.view.lines import COMMA, NOTHING, SPACE, Line, joined, said, together
from kb.site.view.writer import Writer


def page(w: Writer) -> Page:
    """The page about the base."""
    words, office = w.words, w.kb.office
    cite = Citations(words, w.kb.leads, documents=w.kb.documents)
    lead = _aim(w, office, cite) if office else w.say("empty.list")
    return Page(
        address=sections.index("about"),
        section="about",
        title=words("nav.about"),
        description=words("about.description"),
        heading=w.say("nav.about"),
        lead=lead,
        sections=(*(_office(w, office, cite) if office else ()), _gaps(w)),
        sources=cite.list(),
        edit=w.edit("_office/office.yml") if office else NOTHING,
    )


def _aim(w: Writer, office: OwnOffice, cite: Citations) -> Line:
    aim = joined((w.say("about.aim"), w.text(office.aim)), SPACE)
    return together(aim, said("."), cite.mark(["division-charter"]))


def _office(w: Writer, office: OwnOffice, cite: Citations) -> Iterator[Section]:
    words = w.words
    facts = (
        *w.fact("about.accountable_to", w.text(office.accountable_to)),
        *w.fact("about.acts_for", w.text(office.acts_for)),
        *w.fact("about.hours", w.text(office.hours)),
        *w.fact("about.hotline", w.text(office.hotline)),
    )
    yield Section("division", words.plain(office.division), (Summary(facts),))
    head = (words("about.number"), words("about.function"), words("about.served_by"))
    core = next((f for f in office.functions if f.core), None)
    rows = tuple(_function(w, f, f is core) for f in office.functions)
    yield Section("functions", words("about.functions"), (Table(words("about.functions"), head, rows),))
    for anchor, items in (("mandates", office.mandates), ("legal-basis", office.legal_basis)):
        told = (Statement(w.text(m.name), w.noted(w.text(m.detail), None, None, cite.mark(m.sources))) for m in items)
        yield Section(anchor, words(f"about.{anchor}"), (Statements(tuple(told)),))
    yield Section("history", words("about.history"), (w.statements(office.history, cite),))
    yield Section("facts", words("about.facts"), (w.statements(office.facts, cite),) if office.facts else ())


def _gaps(w: Writer) -> Section:
    """What the base does not hold yet, by the pages on which it is missed."""
    areas: dict[str, list[Gap]] = {}
    for gap in w.kb.gaps:
        areas.setdefault(gap.area, []).append(gap)
    blocks = tuple(_missed(w, area, gaps) for area, gaps in areas.items() if area in sections.SECTIONS)
    return Section("gaps", w.words("about.gaps"), blocks, len(w.kb.gaps))


def _missed(w: Writer, area: str, gaps: list[Gap]) -> Statements:
    to_area = w.to(sections.index(area), w.words(f"nav.{area}"))
    return Statements(tuple(Statement(to_area, w.text(gap.what)) for gap in gaps))


def _function(w: Writer, function: Function, first: bool) -> tuple[Cell, ...]:
    """A function with the pages that serve it; that the site is there for it is said with the `first` such."""
    pages = joined((w.to(sections.index(p), w.words(f"nav.{p}")) for p in function.pages if p in sections.SECTIONS), COMMA)
    what = w.text(function.what)
    core = said(f"({w.words('about.core')})") if first else NOTHING
    return cells(said(function.number), joined([what, core], SPACE), pages or w.say("about.not_served"))
