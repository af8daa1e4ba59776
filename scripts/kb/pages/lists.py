"""The first pages of the sections: every record, theme, unit, contact and term in a list."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from kb import sections
from kb.knowledge import Entry, current, published
from kb.markup import escape, joined, outside, quiet
from kb.model import Network, Opportunity, Reporting, Resource
from kb.pages import agreement, offered, opportunity, reporting
from kb.pages.network import day, newest, people, standing
from kb.pages.theme import event_day
from kb.view import Block, Body, Cards, Days, Folded, Page, People, Rows, Section, Statements, Table
from kb.writer import Writer

SCOPES = ("global", "europe", "asia", "regional")


def page(w: Writer, section: str, parts: Iterable[Section], key: str = "") -> Page:
    """A section's first page with these parts, and its tables; says so kindly when there are none."""
    words = w.words
    name = words(key or f"nav.{section}")
    found = tuple(p for p in parts if p.blocks)
    if found and section in offered.SHEETS:
        found += (offered.tables(w, section),)
    body = Body(title=escape(name), sections=found, lead=Markup() if found else escape(words("empty.list")))
    return Page(sections.index(section), section, name, words(f"{section}.description"), body)


def networks(w: Writer) -> Page:
    """All networks by how far they reach, with our standing in each."""
    return page(w, "networks", _networks(w))


def network_table(w: Writer, entries: list[Entry[Network]], caption: str, heading: str = "") -> Table:
    """Networks as a table: acronym, name, our standing."""
    head = (w.words("network.acronym"), w.words("table.name"), w.words("network.our_standing"))
    return Table(caption, head, tuple((w.acronym(e.id), w.link(e), standing(w, e.record.standing)) for e in entries), heading)


def _networks(w: Writer) -> Iterator[Section]:
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    for scope in SCOPES:
        found = [e for e in everyone if e.record.scope == scope]
        heading = w.words(f"network-scope.{scope}")
        yield Section(f"scope-{scope}", heading, (network_table(w, found, heading),) if found else (), len(found))
    yield _archived(w, published(w.kb.networks))


def _archived(w: Writer, entries: Iterable[Entry[Any]]) -> Section:
    found = [e for e in entries if e.record.status == "archived"]
    rows = Rows(tuple((w.link(e), escape(w.words.short(e.record.archived.on))) for e in found))
    return Section("archived", w.words.html("meta.archived"), (rows,) if found else (), len(found))


def resources(w: Writer) -> Page:
    """All resources by type, one line each, the newest on top."""
    return page(w, "resources", _resources(w))


def _resources(w: Writer) -> Iterator[Section]:
    types: dict[str, list[Entry[Resource]]] = {}
    for entry in current(w.kb.resources):
        types.setdefault(entry.record.type, []).append(entry)
    for kind, group in sorted(types.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rows = tuple([w.rest_row(e) for e in sorted(group, key=newest)])
        yield Section(f"type-{kind}", w.words.html(f"resource-type.{kind}"), (Rows(rows),), len(group))
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
        rows.append((w.to(address, words.text(theme.name)), joined(numbers)))
    return page(w, "themes", (Section("all", words.html("theme.all"), (Rows(tuple(rows)),) if rows else (), len(rows)),))


def units(w: Writer) -> Page:
    """All units of the Office, with what each does."""
    items = tuple((w.unit_link(u), w.words.text(u.about)) for u in w.kb.units.values())
    return page(w, "units", (Section("all", w.words.html("unit.choose"), (Statements(items),) if items else ()),))


def events(w: Writer) -> Page:
    """Events: those ahead, then the past ones by year."""
    return page(w, "events", _events(w))


def _events(w: Writer) -> Iterator[Section]:
    now = w.today.isoformat()
    found = sorted(current(w.kb.events), key=event_day)
    ahead = [e for e in found if (e.record.end or event_day(e)) >= now[: len(e.record.end or event_day(e))] and event_day(e)]
    nothing = Statements(((w.to(sections.index("calendar"), w.words("nav.calendar")), escape(w.words("empty.events"))),))
    yield Section(
        "coming", w.words.html("event.upcoming"), (Days(tuple(day(w, e) for e in ahead)) if ahead else nothing,), len(ahead)
    )
    years: dict[str, list[Any]] = {}
    for entry in reversed(found):
        if entry not in ahead:
            years.setdefault(event_day(entry)[:4], []).append(entry)
    for year, group in years.items():
        heading = year or w.words("event.date_tbc")
        yield Section(f"y-{year or 'unknown'}", heading, (Days(tuple(day(w, e) for e in group)),), len(group))


def opportunities(w: Writer) -> Page:
    """Opportunities: open with a deadline first, then running and recurring, then unclear; closed ones folded."""
    return page(w, "opportunities", _opportunities(w))


def _opportunities(w: Writer) -> Iterator[Section]:
    found = current(w.kb.opportunities)
    dated = [e for e in found if e.record.deadline and opportunity.is_open(w, e.record)]
    dated.sort(key=lambda e: w.days_left(e.record.deadline) if e.record.deadline else 0)
    steady = [e for e in found if not e.record.deadline and opportunity.is_open(w, e.record)]
    closed = [e for e in found if opportunity.is_closed(w, e.record)]
    unclear = [e for e in found if e not in dated and e not in steady and e not in closed]
    nothing = Statements(((Markup(), escape(w.words("empty.opportunities"))),))
    opened: Block = Cards(tuple(_with_deadline(w, e) for e in dated)) if dated else nothing
    yield Section("open", w.words.html("opp.with_deadline"), (opened,), len(dated))
    yield _cards(w, "steady", "opp.open_or_recurring", steady)
    yield _cards(w, "to-confirm", "opp.to_confirm", unclear)
    folded = Folded(w.words("opp.closed_count", n=len(closed)), (Cards(tuple(w.card(e) for e in closed)),))
    yield Section("closed", w.words.html("opp.closed"), (folded,) if closed else (), len(closed))


def _with_deadline(w: Writer, entry: Entry[Opportunity]) -> Any:
    card = w.card(entry)
    deadline = entry.record.deadline
    return replace(card, facts=joined([w.deadline(deadline), card.facts])) if deadline else card


def _cards(w: Writer, anchor: str, key: str, entries: list[Entry[Any]]) -> Section:
    return Section(anchor, w.words(key), (Cards(tuple(w.card(e) for e in entries)),) if entries else (), len(entries))


def agreements(w: Writer) -> Page:
    """All agreements with their state and last day, and the clauses that memoranda usually have."""
    words = w.words
    head = (words("table.name"), words("agreement.counterpart"), words("agreement.signed_on"), words("filter.status"))
    rows = tuple(_agreement(w, e) for e in sorted(current(w.kb.agreements), key=_signed, reverse=True))
    table = Section("all", words.html("nav.agreements"), (Table(words("nav.agreements"), head, rows),) if rows else (), len(rows))
    clauses = w.kb.office.clauses if w.kb.office else ()
    usual = Statements(tuple((Markup(), words.text(c)) for c in clauses))
    return page(w, "agreements", (table, Section("clauses", words.html("agreement.clauses"), (usual,) if clauses else ())))


def _agreement(w: Writer, entry: Entry[Any]) -> tuple[Markup, ...]:
    record = entry.record
    return w.link(entry), w.words.text(record.counterpart.name), escape(_when_signed(w, record)), agreement.status(w, record)


def _when_signed(w: Writer, record: Any) -> str:
    if record.signed:
        return w.words.short(record.signed)
    return w.words("network.since", date=w.words.since(record.since)) if record.since else w.words("empty.not_found_value")


def _signed(entry: Entry[Any]) -> str:
    return entry.record.signed or entry.record.since or ""


def reports(w: Writer) -> Page:
    """What the Office submits: body, capacity, last time, next time."""
    words = w.words
    head = (words("report.body"), words("report.capacity"), words("report.last"), words("report.next"))
    found = sorted(current(w.kb.reporting), key=lambda e: (not e.record.international, w.words.sort_key(e.record.name)))
    rows = tuple(_report(w, e) for e in found)
    links = tuple((Markup(), outside(s.url, s.title or s.url)) for s in _office_links(w))
    return page(
        w,
        "reporting",
        (
            Section("all", words.html("nav.reporting"), (Table(words("nav.reporting"), head, rows),) if rows else (), len(rows)),
            Section("published", words.html("report.published"), (Statements(links),) if links else ()),
        ),
    )


def _office_links(w: Writer) -> tuple[Any, ...]:
    return w.kb.office.links if w.kb.office else ()


def _report(w: Writer, entry: Entry[Reporting]) -> tuple[Markup, ...]:
    record = entry.record
    name = joined([w.link(entry), escape(record.abbreviation or "")])
    capacity = escape(w.words(f"capacity.{record.capacity}"))
    return name, capacity, reporting.last_date(w, record), reporting.next_due(w, record)


def contacts(w: Writer) -> Page:
    """Contacts by network; networks without one are named too."""
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    parts = [_contacts(w, e) for e in everyone if e.record.contacts]
    missing = joined((w.acronym(e.id) for e in everyone if not e.record.contacts), Markup(", "))
    gap = Statements(((escape(w.words("contact.none_found")), missing),))
    return page(w, "contacts", (*parts, Section("missing", w.words.html("contact.missing"), (gap,) if missing else ())))


def _contacts(w: Writer, entry: Entry[Network]) -> Section:
    blocks = tuple(People(tuple(_renamed(p, entry.id) for p in block.items)) for block in people(w, entry))
    return Section(entry.id, w.words.plain(entry.record.acronym), blocks, len(entry.record.contacts))


def _renamed(person: Any, network: str) -> Any:
    """A contact under an anchor that is its own among all networks."""
    return type(person)(f"{network}-{person.anchor}", person.role, person.institution, person.ways, person.note)


def glossary(w: Writer) -> Page:
    """All terms by group, in the order of this language's alphabet."""
    return page(w, "glossary", _glossary(w))


def _glossary(w: Writer) -> Iterator[Section]:
    groups: dict[str, list[Any]] = {}
    for term in w.kb.glossary:
        groups.setdefault(term.group, []).append(term)
    head = (w.words("glossary.term"), w.words("glossary.other"), w.words("table.note"))
    for group, terms in groups.items():
        rows = tuple(_term(w, t) for t in sorted(terms, key=lambda t: w.words.sort_key(t.name)))
        heading = w.words(f"glossary-group.{group}") if w.words.has(f"glossary-group.{group}") else group
        yield Section(f"group-{group}", heading, (Table(heading, head, rows),), len(rows))


def _term(w: Writer, term: Any) -> tuple[Markup, ...]:
    own, other = getattr(term.name, w.words.language), getattr(term.name, w.words.other)
    name = Markup('<span id="{}">{}</span>').format(term.id, own or "")
    foreign = joined([w.words.foreign(other) if other else Markup(), escape(term.abbreviation or "")])
    basis = quiet(w.words(f"basis.{term.basis}"))
    return name, foreign, joined([w.words.text(term.note), basis])
