"""The first pages of the sections: every record, theme, unit, contact and term in a list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from kb.records import sections
from kb.records.knowledge import Entry, current, published
from kb.records.model import Network, Opportunity, Reporting, Resource, Term
from kb.site.pages.pieces import offered
from kb.site.pages.pieces.days import day, event_day
from kb.site.pages.pieces.standings import standing
from kb.site.pages.records import agreement, opportunity, reporting
from kb.site.pages.records.resource import newest
from kb.site.view.blocks import (
    Block,
    Cards,
    Cell,
    Days,
    Folded,
    Letters,
    Page,
    Prose,
    Row,
    Rows,
    Section,
    Statement,
    Statements,
    Table,
    cell,
    cells,
)
from kb.site.view.lines import BREAK, NOTHING, SPACE, Run, joined, link, looking, outside, said
from kb.site.view.writer import Writer

SCOPES = ("global", "europe", "asia", "regional")


def page(w: Writer, section: str, parts: Iterable[Section], template: type[Page] = Page) -> Page:
    """A section's first page with these parts, and its tables; says so kindly when there are none."""
    name, found = w.words(f"nav.{section}"), tuple(p for p in parts if p.blocks)
    if found and section in offered.SHEETS:
        found += (offered.tables(w, section),)
    return template(
        address=sections.index(section),
        section=section,
        title=name,
        description=w.words(f"{section}.description"),
        heading=said(name),
        lead=NOTHING if found else w.say("empty.list"),
        sections=found,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPage(Page):
    """All terms."""

    template: ClassVar[str] = "glossary"


def networks(w: Writer) -> Page:
    """All networks by how far they reach, with our standing in each."""
    return page(w, "networks", _networks(w))


def network_table(w: Writer, entries: list[Entry[Network]], caption: str, heading: str = "") -> Table:
    """Networks as a table: acronym, name, our standing."""
    head = (w.words("network.acronym"), w.words("table.name"), w.words("network.our_standing"))
    return Table(
        caption, head, tuple(cells(w.acronym(e.id), w.link(e), standing(w, e.record.standing)) for e in entries), heading
    )


def _networks(w: Writer) -> Iterator[Section]:
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    for scope in SCOPES:
        found = [e for e in everyone if e.record.scope == scope]
        heading = w.words(f"network-scope.{scope}")
        yield Section(f"scope-{scope}", heading, (network_table(w, found, heading),) if found else (), len(found))
    yield _archived(w, published(w.kb.networks))


def _archived(w: Writer, entries: Iterable[Entry[Any]]) -> Section:
    found = [e for e in entries if e.record.status == "archived"]
    rows = Rows(tuple(Row(w.link(e), said(w.words.short(e.record.archived.on))) for e in found))
    return Section("archived", w.words("meta.archived"), (rows,) if found else (), len(found))


def resources(w: Writer) -> Page:
    """All resources by type, one line each, the newest on top."""
    return page(w, "resources", _resources(w))


def _resources(w: Writer) -> Iterator[Section]:
    types: dict[str, list[Entry[Resource]]] = {}
    for entry in current(w.kb.resources):
        types.setdefault(entry.record.type, []).append(entry)
    for kind, group in sorted(types.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rows = tuple([w.rest_row(e) for e in sorted(group, key=newest)])
        yield Section(f"type-{kind}", w.words.types(kind, len(group)), (Rows(rows),), len(group))
    yield _archived(w, published(w.kb.resources))


def themes(w: Writer) -> Page:
    """All themes with what each holds."""
    kb, words = w.kb, w.words
    counts = (
        ("resources", kb.resources_by_theme),
        ("networks", kb.networks_by_theme),
        ("groups", kb.groups_by_theme),
        ("opportunities", kb.opportunities_by_theme),
        ("events", kb.events_by_theme),
    )
    rows = []
    for theme in sorted(kb.themes.values(), key=lambda t: words.sort_key(t.name)):
        address = sections.theme(theme.id)
        numbers = (
            w.to(f"{address}#{anchor}", words(f"count.{anchor}", n=len(index[theme.id])))
            for anchor, index in counts
            if theme.id in index
        )
        rows.append(Row(w.leading(address, w.text(theme.name)), joined(numbers)))
    return page(w, "themes", (Section("all", w.words("theme.all"), (Rows(tuple(rows)),) if rows else (), len(rows)),))


def units(w: Writer) -> Page:
    """All units of the Office, with what each does."""
    rows = tuple(Row(w.unit_link(u), w.text(u.about)) for u in w.kb.units.values())
    return page(w, "units", (Section("all", w.words("unit.choose"), (Rows(rows),) if rows else ()),))


def events(w: Writer) -> Page:
    """Events: those ahead, then the past ones by year."""
    return page(w, "events", _events(w))


def _events(w: Writer) -> Iterator[Section]:
    found = sorted(current(w.kb.events), key=event_day)
    ahead = [e for e in found if e in w.coming]
    usual = w.to(sections.index("calendar"), w.words("event.usual"))
    nothing = Prose(joined((w.say("event.none_known"), usual), SPACE))
    yield Section("coming", w.words("event.upcoming"), (Days(tuple(day(w, e) for e in ahead)) if ahead else nothing,), len(ahead))
    years: dict[str, list[Any]] = {}
    for entry in reversed(found):
        if entry not in w.coming:
            years.setdefault(event_day(entry)[:4], []).append(entry)
    for year, group in years.items():
        heading = year or w.words("event.date_tbc")
        yield Section(f"y-{year or 'unknown'}", heading, (Days(tuple(day(w, e) for e in group)),), len(group))


def opportunities(w: Writer) -> Page:
    """Opportunities: open with a deadline first, then running and recurring, then unclear; closed ones folded."""
    return page(w, "opportunities", _opportunities(w))


def _opportunities(w: Writer) -> Iterator[Section]:
    dated, steady, unclear, closed = opportunity.sorted_out(w, current(w.kb.opportunities))
    opened: Block = _cards_of(w, dated) if dated else Prose(w.say("empty.opportunities"))
    yield Section("open", w.words("opp.with_deadline"), (opened,), len(dated))
    yield _cards(w, "steady", "opp.open_or_recurring", steady)
    yield _cards(w, "to-confirm", "opp.to_confirm", unclear)
    folded = Folded(w.words("action.show_all"), (_cards_of(w, closed),))
    yield Section("closed", w.words("opp.closed"), (folded,) if closed else (), len(closed))


def _cards(w: Writer, anchor: str, key: str, entries: list[Entry[Opportunity]]) -> Section:
    return Section(anchor, w.words(key), (_cards_of(w, entries),) if entries else (), len(entries))


def _cards_of(w: Writer, entries: list[Entry[Opportunity]]) -> Cards:
    return Cards(tuple(opportunity.card(w, e) for e in entries))


def agreements(w: Writer) -> Page:
    """All agreements with their state and last day, and the clauses that memoranda usually have."""
    words = w.words
    head = tuple(map(words, ("table.name", "table.date", "agreement.valid_until", "filter.status")))
    rows = tuple(_agreement(w, e) for e in sorted(current(w.kb.agreements), key=_signed, reverse=True))
    table = Section("all", w.words("nav.agreements"), (Table(words("nav.agreements"), head, rows),) if rows else (), len(rows))
    clauses = w.kb.office.clauses if w.kb.office else ()
    usual = Statements(tuple(Statement(NOTHING, w.text(c)) for c in clauses))
    return page(w, "agreements", (table, Section("clauses", w.words("agreement.clauses"), (usual,) if clauses else ())))


def _agreement(w: Writer, entry: Entry[Any]) -> tuple[Cell, ...]:
    record = entry.record
    other = looking("quiet", joined((w.say("agreement.counterpart"), w.text(record.counterpart.name)), ": "))
    return cells(
        joined([w.link(entry), other], BREAK),
        said(_begun(w, record)),
        said(w.words.short(agreement.ends(record)) or w.words("agreement.no_end_known")),
        agreement.status(w, record),
    )


def _begun(w: Writer, record: Any) -> str:
    """The day of signing, else since when it runs, which is not the same."""
    if record.signed:
        return w.words("agreement.signed", date=w.words.short(record.signed))
    return agreement.runs_since(w, record) or w.words("empty.not_found_value")


def _signed(entry: Entry[Any]) -> str:
    return entry.record.signed or agreement.begins(entry.record) or ""


def reports(w: Writer) -> Page:
    """What the Office submits: body, capacity, last time, next time."""
    words = w.words
    head = (words("report.body"), words("report.capacity"), words("report.last"), words("report.next"))
    found = sorted(current(w.kb.reporting), key=lambda e: (not e.record.international, w.words.sort_key(e.record.name)))
    rows = tuple(_report(w, e) for e in found)
    known = all(e.record.next_due or e.record.next_note for e in found)
    note = () if known else (Prose(w.say("report.next_unknown_means")),)
    links = tuple(Statement(NOTHING, outside(s.url, s.title or s.url)) for s in _office_links(w))
    return page(
        w,
        "reporting",
        (
            Section(
                "all", w.words("nav.reporting"), (*note, Table(words("nav.reporting"), head, rows)) if rows else (), len(rows)
            ),
            Section("published", w.words("report.published"), (Statements(links),) if links else ()),
        ),
    )


def _office_links(w: Writer) -> tuple[Any, ...]:
    return w.kb.office.links if w.kb.office else ()


def _report(w: Writer, entry: Entry[Reporting]) -> tuple[Cell, ...]:
    record = entry.record
    name = joined([w.link(entry), said(f"({record.abbreviation})" if record.abbreviation else "")], SPACE)
    capacity = said(w.words(f"capacity.{record.capacity}"))
    return cells(name, capacity, reporting.last_date(w, record), reporting.next_short(w, record))


def glossary(w: Writer) -> Page:
    """All terms in the order of this language's alphabet, with a way to each letter."""
    return page(w, "glossary", (_glossary(w),) if w.kb.glossary else (), template=GlossaryPage)


def _glossary(w: Writer) -> Section:
    terms = sorted(w.kb.glossary, key=lambda t: w.words.sort_key(t.name))
    first: dict[str, str] = {}
    for term in terms:
        first.setdefault(_letter(w, term), term.id)
    links = joined((link(f"#{name}", letter) for letter, name in first.items()), SPACE)
    letters = Letters(links)
    head = tuple(map(w.words, ("glossary.term", "glossary.other", "glossary.group", "glossary.basis")))
    table = Table(w.words("nav.glossary"), head, tuple(_term(w, t) for t in terms))
    return Section("all", w.words("glossary.all"), (letters, table), len(terms))


def _letter(w: Writer, term: Term) -> str:
    """The letter under which a term stands; Georgian has no capitals."""
    letter = next((sign for sign in w.words.sort_key(term.name) if sign.isalpha()), "#")
    return letter.upper() if letter.isascii() else letter


def _term(w: Writer, term: Term) -> tuple[Cell, ...]:
    words = w.words
    own, other = getattr(term.name, words.language), getattr(term.name, words.other)
    name = cell(w.noted(said(own), term.note))._replace(anchor=term.id)
    foreign = joined([(Run(other, language=words.other),) if other else NOTHING, said(term.abbreviation)])
    key = f"glossary-group.{term.group}"
    group = w.say(key) if words.has(key) else said(term.group)
    return name, *cells(foreign, group, w.say(f"glossary-basis.{term.basis}"))
