"""A network's page: what it is for, what it offers, how we stand in it and whom to write to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Meeting, MemberCount, Network, Role, Standing
from kb.records.texts import first_sentence, host
from kb.site.pages.pieces import collected, offered
from kb.site.pages.pieces.days import day
from kb.site.pages.pieces.people import people
from kb.site.pages.pieces.standings import standing
from kb.site.pages.records.resource import newest
from kb.site.view.blocks import Cards, Cell, Days, Facts, Notice, Page, Prose, Section, Statement, Statements, Table, cells
from kb.site.view.citations import Citations, titled
from kb.site.view.lines import BREAK, COMMA, DASH, NOTHING, SEMICOLON, SPACE, Line, Tone, joined, link, outside, said
from kb.site.view.writer import Writer

DOUBTFUL = ("unconfirmed",)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage(Page):
    """What a network's page says besides what every page does."""

    template: ClassVar[str] = "network"
    summary: "Summary"


@dataclass(frozen=True, slots=True)
class Summary:
    """The head of the page: our standing, what it offers, whom to write to, what comes next, and plain facts."""

    standing: Line
    offers: Line
    write_to: Line
    next: Line
    themes: Line
    members: Line
    founded: Line
    seat: Line
    legal_form: Line
    area: Line
    website: Line
    also_called: Line
    brief: Line


def page(w: Writer, entry: Entry[Network]) -> NetworkPage:
    """The page of one network."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads, titled(record.sources), w.kb.documents)
    acronym, name = words.plain(record.acronym), words.plain(record.name)
    summary = _summary(w, entry, cite)  # before the sections: sources are numbered in the order in which a reader meets them
    parts = tuple(_sections(w, entry, cite))
    return NetworkPage(
        summary=summary,
        address=sections.address(entry),
        section="networks",
        title=name if name == acronym else f"{acronym} – {name}",
        description=words.plain(record.mandate),
        kicker=joined([w.say(f"network-scope.{record.scope}"), w.say(f"network-kind.{record.kind}")]),
        heading=w.text(record.name),
        badge=NOTHING if acronym == name else w.text(record.acronym),
        lead=w.text(first_sentence(record.mandate)),
        notices=(*w.notices(entry), *_doubts(w, record.standing), *_more_doubts(w, parts)),
        sections=parts,
        sources=cite.list(),
        foot=(*w.foot(entry), *_origin(w, entry)),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _summary(w: Writer, entry: Entry[Network], cite: Citations) -> Summary:
    record = entry.record
    return Summary(
        standing=standing(w, record.standing, cite),
        offers=_offers(w, entry),
        write_to=_write_to(record),
        next=_next(w, entry),
        themes=w.theme_chips(record.themes) if record.themes else NOTHING,
        members=_members(w, record, cite),
        founded=_founded(w, record, cite),
        seat=_seat(w, record, cite),
        legal_form=w.text(record.legal_form),
        area=w.text(record.area),
        website=outside(record.website, host(record.website)),
        also_called=joined((w.text(t) for t in record.also_called), SEMICOLON),
        brief=offered.brief(w, f"network-{entry.id}"),
    )


def _origin(w: Writer, entry: Entry[Network]) -> Facts:
    """What few ask for, at the foot: where the name comes from, and how to subscribe."""
    basis = entry.record.name_basis
    return (
        *w.fact("meta.basis", w.say(f"basis.{basis}") if basis else NOTHING),
        *w.fact("offer.subscribe", offered.subscription(w, f"network-{entry.id}")),
    )


def _doubts(w: Writer, ours: Standing) -> Iterator[Notice]:
    if ours.status in DOUBTFUL or ours.confidence in ("low", "medium"):
        confidence = w.words(f"confidence.{ours.confidence or 'low'}")
        yield Notice("doubt", joined([said(w.words("notice.standing", confidence=confidence)), w.text(ours.note)], SPACE))


def _more_doubts(w: Writer, parts: tuple[Section, ...]) -> Iterator[Notice]:
    """Says at the top that there are doubts at the end."""
    if any(part.anchor == "doubts" and part.blocks for part in parts):
        yield Notice("doubt", link("#doubts", w.words("notice.doubts")))


def _offers(w: Writer, entry: Entry[Network]) -> Line:
    counts = [
        ("resources", len(w.kb.resources_by_network.get(entry.id, ()))),
        ("opportunities", len(w.kb.opportunities_by_network.get(entry.id, ()))),
        ("groups", len(entry.record.working_groups)),
        ("events", len(entry.record.meetings) + len(w.kb.events_by_network.get(entry.id, ()))),
    ]
    return joined(link(f"#{part}", w.words(f"count.{part}", n=n)) for part, n in counts if n)


def _write_to(record: Network) -> Line:
    links = (link(f"#contact-{c.id}", c.email) for c in record.contacts[:3] if c.email)
    return joined(links)


def _next(w: Writer, entry: Entry[Network]) -> Line:
    coming = [e for e in w.kb.events_by_network.get(entry.id, ()) if e in w.coming]
    if coming:
        first = min(coming, key=lambda e: e.record.start or e.record.end or "")
        when = said(w.words.span(first.record.start, first.record.end))
        return joined([w.event_state(first.record), when, w.link(first)])
    usual = [(_months_ahead(m, w.today.month), m) for m in entry.record.meetings if m.months]
    if not usual:
        return NOTHING
    _, meeting = min(usual, key=lambda pair: pair[0])
    months = ", ".join(w.words.month(m) for m in meeting.months)
    return joined([said(w.words("network.usually", months=months)), w.text(meeting)])


def _months_ahead(meeting: Meeting, month: int) -> int:
    return min((m - month) % 12 for m in meeting.months)


def _count(w: Writer, count: MemberCount, cite: Citations) -> Line:
    number = said(str(count.count)) if count.count is not None else NOTHING
    words = w.text(count.words)
    return w.noted(joined([number, words], DASH), count.note, count.as_of, cite.mark(count.sources))


def _members(w: Writer, record: Network, cite: Citations) -> Line:
    """What is known of the number of members, the latest first."""
    if not record.membership:
        return NOTHING
    known = [c for c in (record.membership, *record.membership.other_counts) if c.count is not None or c.words]
    latest = sorted(known, key=lambda c: c.as_of or "", reverse=True)
    return joined([_count(w, c, cite) for c in latest], BREAK)


def _founded(w: Writer, record: Network, cite: Citations) -> Line:
    if not record.founded:
        return NOTHING
    f = record.founded
    return w.noted(joined([said(w.words.date(f.date)), w.text(f.place)], COMMA), f.note, None, cite.mark(f.sources))


def _seat(w: Writer, record: Network, cite: Citations) -> Line:
    if not record.seat:
        return NOTHING
    s = record.seat
    place = joined([w.text(s.city), w.text(s.country)], COMMA)
    return w.noted(place, s.note, s.as_of, cite.mark(s.sources))


def _sections(w: Writer, entry: Entry[Network], cite: Citations) -> Iterator[Section]:
    record, _words = entry.record, w.words
    yield Section("mandate", w.words("network.mandate"), (Prose(w.sentence(record.mandate, cite)),))
    yield Section("standing", w.words("network.our_standing"), tuple(_standing_blocks(w, record.standing, cite)))
    yield _statements(w, "activities", "network.activity", record.activities, cite)
    yield _resources(w, entry)
    opportunities = w.kb.opportunities_by_network.get(entry.id, ())
    cards = (Cards(tuple(w.card_beside(e, w.acronym(entry.id)) for e in opportunities)),) if opportunities else ()
    yield Section("opportunities", w.words("nav.opportunities"), (*_unverified(w, opportunities), *cards), len(opportunities))
    yield Section("groups", w.words("network.working_groups"), tuple(_groups(w, record, cite)), len(record.working_groups))
    yield _statements(w, "governance", "network.governance", record.governance, cite)
    yield Section("membership", w.words("network.membership"), tuple(_membership(w, record)))
    yield Section("contacts", w.words("nav.contacts"), people(w, entry, cite), len(record.contacts))
    yield Section("events", w.words("nav.events"), tuple(_events(w, entry, cite)))
    duties = w.kb.reporting_by_network.get(entry.id, ())
    yield Section(
        "reporting", w.words("nav.reporting"), (Cards(tuple(w.card(e) for e in duties)),) if duties else (), len(duties)
    )
    units = dict.fromkeys(
        (*w.kb.units_by_network.get(entry.id, ()), *(u for t in record.themes for u in w.kb.units_by_theme.get(t, ())))
    )
    yield Section("units", w.words("meta.useful_for"), (w.unit_chips(units),) if units else ())
    yield collected.section(w, w.kb.items_by_network.get(entry.id, ()), "network", entry.id)
    yield Section("feeds", w.words("network.feeds"), tuple(_feeds(w, record, cite)))
    notes = Statements(tuple(Statement(NOTHING, w.text(n)) for n in (*record.notes, *_standing_note(record.standing))))
    yield Section("doubts", w.words("network.doubts"), (notes,) if notes.items else ())


def _standing_note(ours: Standing) -> tuple[Any, ...]:
    """The remark on our standing, where no notice has said it already."""
    told = ours.status in DOUBTFUL or ours.confidence in ("low", "medium")
    return (ours.note,) if ours.note and not told else ()


def _statements(w: Writer, anchor: str, key: str, items: tuple[Any, ...], cite: Citations) -> Section:
    return Section(anchor, w.words(key), (w.statements(items, cite),) if items else ())


def _standing_blocks(w: Writer, ours: Standing, cite: Citations) -> Iterator[Any]:
    if ours.summary:
        yield Prose(w.sentence(ours.summary, cite))
    if ours.roles:
        head = (w.words("network.role"), w.words("network.term"), w.words("filter.status"))
        yield Table(w.words("network.our_roles"), head, tuple(_role(w, role, cite) for role in ours.roles))
    if ours.history:
        yield w.statements(sorted(ours.history, key=lambda m: m.date, reverse=True), cite)


def _role(w: Writer, role: Role, cite: Citations) -> tuple[Cell, ...]:
    term = w.words.span(role.start, role.end) or w.words("empty.not_found_value")
    tone, word = _role_state(w, role)
    name = w.noted(w.text(role.role), role.note, None, cite.mark(role.sources))
    return cells(name, said(term), said(w.words(word), tone))


def _role_state(w: Writer, role: Role) -> tuple[Tone, str]:
    if role.past or (role.end and role.end < w.today.isoformat()[: len(role.end)]):
        return "unconfirmed", "role.past"
    return ("confirmed", "role.present") if role.end else ("due", "role.unknown")


def _resources(w: Writer, entry: Entry[Network]) -> Section:
    found = w.kb.resources_by_network.get(entry.id, ())
    types: dict[str, list[Any]] = {}
    for resource in found:
        types.setdefault(resource.record.type, []).append(resource)
    by_name = sorted(types.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    blocks = tuple(_of_type(w, entry, kind, sorted(group, key=newest)) for kind, group in by_name)
    return Section("resources", w.words("network.resources"), (*_unverified(w, found), *blocks), len(found))


def _unverified(w: Writer, entries: Iterable[Entry[Any]]) -> Iterator[Prose]:
    """Says once above cards what most of them would say."""
    if line := w.unverified(entries):
        yield Prose(line, quiet=True)


def _of_type(w: Writer, home: Entry[Network], kind: str, resources: list[Entry[Any]]) -> Cards:
    known = w.acronym(home.id), w.say(f"resource-type.{kind}")
    return Cards(tuple(w.card_beside(e, *known) for e in resources), w.words.types(kind, len(resources)))


def _groups(w: Writer, record: Network, cite: Citations) -> Iterator[Any]:
    if record.working_groups:
        head = (w.words("network.group"), w.words("table.description"))
        rows = (
            cells(w.text(g.name), joined((w.sentence(g, cite), w.theme_chips(g.themes)), BREAK)) for g in record.working_groups
        )
        yield Table(w.words("network.working_groups"), head, tuple(rows))


def _membership(w: Writer, record: Network) -> Iterator[Any]:
    if record.membership and record.membership.types:
        yield Statements(tuple(Statement(NOTHING, w.text(t)) for t in record.membership.types))
    if record.membership and record.membership.members:
        names = joined((w.text(t) for t in record.membership.members), COMMA)
        yield Prose(joined((w.say("network.members"), names), ": "))


def _events(w: Writer, entry: Entry[Network], cite: Citations) -> Iterator[Any]:
    dated = sorted(w.kb.events_by_network.get(entry.id, ()), key=lambda e: e.record.start or e.record.end or "", reverse=True)
    if dated:
        yield Days(tuple(day(w, e, w.acronym(entry.id)) for e in dated))
    if entry.record.meetings:
        rows = tuple(cells(_months(w, m), w.sentence(m, cite)) for m in entry.record.meetings)
        yield Table(w.words("network.meetings"), (w.words("network.usual_months"), w.words("network.meeting")), rows)


def _months(w: Writer, meeting: Meeting) -> Line:
    return said(", ".join(w.words.month(m) for m in meeting.months) or w.words("empty.not_found_value"))


def _feeds(w: Writer, record: Network, cite: Citations) -> Iterator[Any]:
    if record.feeds:
        rows = tuple(
            cells(said(f.url, "code"), w.noted(w.say(f"evidence.{f.evidence}"), f.note, None, cite.mark(f.sources)))
            for f in record.feeds
        )
        yield Table(w.words("network.feeds"), (w.words("meta.address"), w.words("filter.status")), rows)
