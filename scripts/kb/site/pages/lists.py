"""The first pages of the sections: every record, theme, unit, contact and term in a list."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.records import sections
from kb.records.texts import host
from kb.records.knowledge import Entry, current, published
from kb.words.markup import BREAK, COMMA, EMPTY, SPACE, Html, anchor, escape, joined, outside, quiet_html, safe
from kb.records.model import Contact, Network, Opportunity, Reporting, Resource, Term
from kb.site.pages import agreement
from kb.site.pages import offered
from kb.site.pages import opportunity
from kb.site.pages import reporting
from kb.site.pages.network import day, newest, standing, telephone
from kb.site.pages.theme import event_day
from kb.site.view import Block, Body, Cards, Days, Folded, Page, Prose, Rows, Section, Statements, Table
from kb.site.writer import Writer

SCOPES = ("global", "europe", "asia", "regional")


def page(w: Writer, section: str, parts: Iterable[Section], key: str = "") -> Page:
    """A section's first page with these parts, and its tables; says so kindly when there are none."""
    words = w.words
    name = words(key or f"nav.{section}")
    found = tuple(p for p in parts if p.blocks)
    if found and section in offered.SHEETS:
        found += (offered.tables(w, section),)
    body = Body(title=escape(name), sections=found, lead=EMPTY if found else escape(words("empty.list")))
    return Page(sections.index(section), section, name, words(f"{section}.description"), body)


def said(words: Html) -> Prose:
    """A sentence in place of a list that has nothing."""
    return Prose(safe(f"<p>{words}</p>\n"))


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
        yield Section(f"scope-{scope}", escape(heading), (network_table(w, found, heading),) if found else (), len(found))
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
        yield Section(f"type-{kind}", escape(w.words.types(kind, len(group))), (Rows(rows),), len(group))
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
        rows.append((w.to_html(address, words.text(theme.name)), joined(numbers)))
    return page(w, "themes", (Section("all", words.html("theme.all"), (Rows(tuple(rows)),) if rows else (), len(rows)),))


def units(w: Writer) -> Page:
    """All units of the Office, with what each does."""
    rows = tuple((w.unit_link(u), w.words.text(u.about)) for u in w.kb.units.values())
    return page(w, "units", (Section("all", w.words.html("unit.choose"), (Rows(rows),) if rows else ()),))


def events(w: Writer) -> Page:
    """Events: those ahead, then the past ones by year."""
    return page(w, "events", _events(w))


def _events(w: Writer) -> Iterator[Section]:
    found = sorted(current(w.kb.events), key=event_day)
    ahead = [e for e in found if e in w.coming]
    usual = w.to(sections.index("calendar"), w.words("event.usual"))
    nothing = said(safe(f"{w.words.html('event.none_known')} {usual}"))
    yield Section(
        "coming", w.words.html("event.upcoming"), (Days(tuple(day(w, e) for e in ahead)) if ahead else nothing,), len(ahead)
    )
    years: dict[str, list[Any]] = {}
    for entry in reversed(found):
        if entry not in w.coming:
            years.setdefault(event_day(entry)[:4], []).append(entry)
    for year, group in years.items():
        heading = escape(year or w.words("event.date_tbc"))
        yield Section(f"y-{year or 'unknown'}", heading, (Days(tuple(day(w, e) for e in group)),), len(group))


def opportunities(w: Writer) -> Page:
    """Opportunities: open with a deadline first, then running and recurring, then unclear; closed ones folded."""
    return page(w, "opportunities", _opportunities(w))


def _opportunities(w: Writer) -> Iterator[Section]:
    dated, steady, unclear, closed = opportunity.sorted_out(w, current(w.kb.opportunities))
    opened: Block = _cards_of(w, dated) if dated else said(w.words.html("empty.opportunities"))
    yield Section("open", w.words.html("opp.with_deadline"), (opened,), len(dated))
    yield _cards(w, "steady", "opp.open_or_recurring", steady)
    yield _cards(w, "to-confirm", "opp.to_confirm", unclear)
    folded = Folded(w.words("action.show_all"), (_cards_of(w, closed),))
    yield Section("closed", w.words.html("opp.closed"), (folded,) if closed else (), len(closed))


def _cards(w: Writer, anchor: str, key: str, entries: list[Entry[Opportunity]]) -> Section:
    return Section(anchor, w.words.html(key), (_cards_of(w, entries),) if entries else (), len(entries))


def _cards_of(w: Writer, entries: list[Entry[Opportunity]]) -> Cards:
    return Cards(tuple(opportunity.card(w, e) for e in entries))


def agreements(w: Writer) -> Page:
    """All agreements with their state and last day, and the clauses that memoranda usually have."""
    words = w.words
    head = tuple(map(words, ("table.name", "table.date", "agreement.valid_until", "filter.status")))
    rows = tuple(_agreement(w, e) for e in sorted(current(w.kb.agreements), key=_signed, reverse=True))
    table = Section("all", words.html("nav.agreements"), (Table(words("nav.agreements"), head, rows),) if rows else (), len(rows))
    clauses = w.kb.office.clauses if w.kb.office else ()
    usual = Statements(tuple((EMPTY, words.text(c)) for c in clauses))
    return page(w, "agreements", (table, Section("clauses", words.html("agreement.clauses"), (usual,) if clauses else ())))


def _agreement(w: Writer, entry: Entry[Any]) -> tuple[Html, ...]:
    record = entry.record
    other = quiet_html(safe(f"{w.words.html('agreement.counterpart')}: {w.words.text(record.counterpart.name)}"))
    return (
        joined([w.link(entry), other], BREAK),
        escape(_begun(w, record)),
        escape(w.words.short(agreement.ends(record)) or w.words("agreement.no_end_known")),
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
    note = () if known else (said(words.html("report.next_unknown_means")),)
    links = tuple((EMPTY, outside(s.url, s.title or s.url)) for s in _office_links(w))
    return page(
        w,
        "reporting",
        (
            Section(
                "all", words.html("nav.reporting"), (*note, Table(words("nav.reporting"), head, rows)) if rows else (), len(rows)
            ),
            Section("published", words.html("report.published"), (Statements(links),) if links else ()),
        ),
    )


def _office_links(w: Writer) -> tuple[Any, ...]:
    return w.kb.office.links if w.kb.office else ()


def _report(w: Writer, entry: Entry[Reporting]) -> tuple[Html, ...]:
    record = entry.record
    name = joined([w.link(entry), escape(f"({record.abbreviation})" if record.abbreviation else "")], SPACE)
    capacity = escape(w.words(f"capacity.{record.capacity}"))
    return name, capacity, reporting.last_date(w, record), reporting.next_short(w, record)


def contacts(w: Writer) -> Page:
    """Contacts by network; networks without one are named too."""
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    parts = [_contacts(w, e) for e in everyone if e.record.contacts]
    missing = joined((w.acronym(e.id) for e in everyone if not e.record.contacts), COMMA)
    gap = said(safe(f"{w.words.html('contact.none_found')} {missing}"))
    found = page(w, "contacts", (*parts, Section("missing", w.words.html("contact.missing"), (gap,) if missing else ())))
    found.body.layout = "contacts"
    return found


def _contacts(w: Writer, entry: Entry[Network]) -> Section:
    record, name = entry.record, w.words.text(entry.record.name)
    acronym = w.words.plain(record.acronym)
    title = w.acronym(entry.id) if acronym == w.words.plain(record.name) else safe(f"{w.acronym(entry.id)} {quiet_html(name)}")
    rows = Rows(tuple(_contact(w, entry, contact) for contact in record.contacts))
    return Section(entry.id, escape(acronym), (rows,), len(record.contacts), title=title)


def _contact(w: Writer, entry: Entry[Network], contact: Contact) -> tuple[Html, Html]:
    """A contact as one row: its role, and the ways to reach it on one line."""
    words = w.words
    role = safe(f'<strong id="{entry.id}-contact-{contact.id}">{words.text(contact.role)}</strong>')
    ways = (
        anchor(f"mailto:{contact.email}", contact.email) if contact.email else EMPTY,
        telephone(contact),
        outside(contact.url, host(contact.url)) if contact.url else EMPTY,
        offered.card(w, f"{entry.id}-{contact.id}") if contact.email or contact.phone or contact.address else EMPTY,
    )
    known = escape(words("meta.as_of", date=words.of(contact.as_of))) if contact.as_of else EMPTY
    lines = (
        joined(ways),
        words.text(contact.address),
        escape(contact.holder or ""),
        words.text(contact.basis),
        joined([known, words.text(contact.note)]),
    )
    return role, joined(lines, BREAK)


def glossary(w: Writer) -> Page:
    """All terms in the order of this language's alphabet, with a way to each letter."""
    found = page(w, "glossary", (_glossary(w),) if w.kb.glossary else ())
    found.body.layout = "glossary"
    return found


def _glossary(w: Writer) -> Section:
    terms = sorted(w.kb.glossary, key=lambda t: w.words.sort_key(t.name))
    first: dict[str, str] = {}
    for term in terms:
        first.setdefault(_letter(w, term), term.id)
    links = joined((anchor(f"#{name}", letter) for letter, name in first.items()), SPACE)
    letters = Prose(safe(f'<p class="kb-letters">{links}</p>\n'))
    head = tuple(map(w.words, ("glossary.term", "glossary.other", "glossary.group", "glossary.basis")))
    table = Table(w.words("nav.glossary"), head, tuple(_term(w, t) for t in terms))
    return Section("all", w.words.html("glossary.all"), (letters, table), len(terms))


def _letter(w: Writer, term: Term) -> str:
    """The letter under which a term stands; Georgian has no capitals."""
    letter = next((sign for sign in w.words.sort_key(term.name) if sign.isalpha()), "#")
    return letter.upper() if letter.isascii() else letter


def _term(w: Writer, term: Term) -> tuple[Html, ...]:
    words = w.words
    own, other = getattr(term.name, words.language), getattr(term.name, words.other)
    name = safe(f'<span id="{term.id}">{escape(own or "")}</span>')
    foreign = joined([words.foreign(other) if other else EMPTY, escape(term.abbreviation or "")])
    key = f"glossary-group.{term.group}"
    group = words.html(key) if words.has(key) else escape(term.group)
    return w.noted(name, term.note), foreign, group, words.html(f"glossary-basis.{term.basis}")
