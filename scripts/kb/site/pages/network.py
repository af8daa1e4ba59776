"""A network's page: what it is for, what it offers, how we stand in it and whom to write to."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.records import sections
from kb.records.texts import host
from kb.site.citations import Citations, titled
from kb.records.knowledge import Entry
from kb.words.markup import (
    BREAK,
    COMMA,
    DASH,
    EMPTY,
    SEMICOLON,
    SPACE,
    Html,
    anchor,
    escape,
    joined,
    outside,
    quiet_html,
    safe,
    state,
    together,
)
from kb.records.model import Contact, Meeting, MemberCount, Network, Role, Standing
from kb.site.pages import collected
from kb.site.pages import offered
from kb.records.checking.telephones import dialled
from kb.records.texts import first_sentence
from kb.site.view import Body, Cards, Days, Facts, Notice, Page, People, Person, Prose, Section, Statements, Table
from kb.site.writer import Writer

DOUBTFUL = ("unconfirmed",)
TAKES_PART = ("full", "member", "associate", "observer", "participant")
"""The standings in which the Office sits in a network."""


def page(w: Writer, entry: Entry[Network]) -> Page:
    """The page of one network."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads, titled(record.sources), w.kb.documents)
    facts = summary(w, entry, cite)
    parts = tuple(section for section in _sections(w, entry, cite) if section.blocks)
    acronym, name = words.plain(record.acronym), words.plain(record.name)
    body = Body(
        kicker=joined([words.html(f"network-scope.{record.scope}"), words.html(f"network-kind.{record.kind}")]),
        title=words.text(record.name),
        badge=EMPTY if acronym == name else words.text(record.acronym),
        lead=words.text(first_sentence(record.mandate)),
        notices=(*w.notices(entry), *_doubts(w, record.standing), *_more_doubts(w, parts)),
        facts=facts,
        sections=parts,
        sources=cite.list(),
        foot=(*w.foot(entry), *_origin(w, entry)),
        edit=w.edit(entry.path),
    )
    title = name if name == acronym else f"{acronym} – {name}"
    return Page(sections.address(entry), "networks", title, words.plain(record.mandate), body, source=entry.path)


def summary(w: Writer, entry: Entry[Network], cite: Citations) -> Facts:
    """The head of the page: our standing, what it offers, whom to write to, what comes next, and plain facts."""
    words, record = w.words, entry.record
    return (
        *w.fact("network.our_standing", standing(w, record.standing, cite)),
        *w.fact("network.offers", _offers(w, entry)),
        *w.fact("network.write_to", _write_to(record)),
        *w.fact("network.next", _next(w, entry)),
        *w.fact("network.themes", w.theme_chips(record.themes) if record.themes else None),
        *w.fact("network.members_count", _members(w, record, cite)),
        *w.fact("network.founded", _founded(w, record, cite)),
        *w.fact("network.seat", _seat(w, record, cite)),
        *w.fact("network.legal_form", words.text(record.legal_form)),
        *w.fact("network.area", words.text(record.area)),
        *w.fact("meta.website", outside(record.website, host(record.website))),
        *w.fact("network.also_called", joined((words.text(t) for t in record.also_called), SEMICOLON)),
        *offered.brief(w, f"network-{entry.id}"),
    )


def _origin(w: Writer, entry: Entry[Network]) -> Facts:
    """What few ask for, at the foot: where the name comes from, and how to subscribe."""
    basis = entry.record.name_basis
    return (
        *w.fact_in_words("meta.basis", basis and w.words(f"basis.{basis}")),
        *offered.subscription(w, f"network-{entry.id}"),
    )


def standing(w: Writer, ours: Standing, cite: Citations | None = None) -> Html:
    """Our standing as one line: status, since when, accreditation."""
    words, accredited = w.words, ours.accreditation
    parts = [
        escape(words(f"membership.{ours.status}")),
        escape((ours.since and words("network.since", date=words.since(ours.since))) or ""),
    ]
    if accredited:
        parts.append(escape(words("network.accredited", status=accredited.status)))
        if accredited.last_renewed:
            parts.append(escape(words("network.renewed", date=words.date(accredited.last_renewed))))
    if cite is None:
        return joined(parts)
    sources = (*ours.sources, *(accredited.sources if accredited else ()))
    return w.noted(joined(parts), ours.since_note, None, cite.mark(sources or (ours.summary.sources if ours.summary else ())))


def _doubts(w: Writer, ours: Standing) -> Iterator[Notice]:
    if ours.status in DOUBTFUL or ours.confidence in ("low", "medium"):
        confidence = w.words(f"confidence.{ours.confidence or 'low'}")
        yield Notice("doubt", joined([escape(w.words("notice.standing", confidence=confidence)), w.words.text(ours.note)], SPACE))


def _more_doubts(w: Writer, parts: tuple[Section, ...]) -> Iterator[Notice]:
    """Says at the top that there are doubts at the end."""
    if any(part.anchor == "doubts" for part in parts):
        yield Notice("doubt", anchor("#doubts", w.words("notice.doubts")))


def _offers(w: Writer, entry: Entry[Network]) -> Html:
    counts = [
        ("resources", len(w.kb.resources_by_network.get(entry.id, ()))),
        ("opportunities", len(w.kb.opportunities_by_network.get(entry.id, ()))),
        ("groups", len(entry.record.working_groups)),
        ("events", len(entry.record.meetings) + len(w.kb.events_by_network.get(entry.id, ()))),
    ]
    return joined(anchor(f"#{part}", w.words(f"count.{part}", n=n)) for part, n in counts if n)


def _write_to(record: Network) -> Html:
    links = (anchor(f"#contact-{c.id}", c.email) for c in record.contacts[:3] if c.email)
    return joined(links)


def _next(w: Writer, entry: Entry[Network]) -> Html:
    coming = [e for e in w.kb.events_by_network.get(entry.id, ()) if e in w.coming]
    if coming:
        first = min(coming, key=lambda e: e.record.start or e.record.end or "")
        when = escape(w.words.span(first.record.start, first.record.end))
        return joined([w.event_state(first.record), when, w.link(first)])
    usual = [(_months_ahead(m, w.today.month), m) for m in entry.record.meetings if m.months]
    if not usual:
        return EMPTY
    _, meeting = min(usual, key=lambda pair: pair[0])
    months = ", ".join(w.words.month(m) for m in meeting.months)
    return joined([escape(w.words("network.usually", months=months)), w.words.text(meeting)])


def _months_ahead(meeting: Meeting, month: int) -> int:
    return min((m - month) % 12 for m in meeting.months)


def _count(w: Writer, count: MemberCount, cite: Citations) -> Html:
    number = escape(str(count.count)) if count.count is not None else EMPTY
    words = w.words.text(count.words)
    return w.noted(joined([number, words], DASH), count.note, count.as_of, cite.mark(count.sources))


def _members(w: Writer, record: Network, cite: Citations) -> Html:
    """What is known of the number of members, the latest first."""
    if not record.membership:
        return EMPTY
    known = [c for c in (record.membership, *record.membership.other_counts) if c.count is not None or c.words]
    latest = sorted(known, key=lambda c: c.as_of or "", reverse=True)
    return joined([_count(w, c, cite) for c in latest], BREAK)


def _founded(w: Writer, record: Network, cite: Citations) -> Html:
    if not record.founded:
        return EMPTY
    f = record.founded
    return w.noted(joined([escape(w.words.date(f.date)), w.words.text(f.place)], COMMA), f.note, None, cite.mark(f.sources))


def _seat(w: Writer, record: Network, cite: Citations) -> Html:
    if not record.seat:
        return EMPTY
    s = record.seat
    place = joined([w.words.text(s.city), w.words.text(s.country)], COMMA)
    return w.noted(place, s.note, s.as_of, cite.mark(s.sources))


def _sections(w: Writer, entry: Entry[Network], cite: Citations) -> Iterator[Section]:
    record, words = entry.record, w.words
    yield Section("mandate", words.html("network.mandate"), (Prose(_paragraph(w, record, cite)),))
    yield Section("standing", words.html("network.our_standing"), tuple(_standing_blocks(w, record.standing, cite)))
    yield _statements(w, "activities", "network.activity", record.activities, cite)
    yield _resources(w, entry)
    opportunities = w.kb.opportunities_by_network.get(entry.id, ())
    cards = (Cards(tuple(w.card_beside(e, w.acronym(entry.id)) for e in opportunities)),) if opportunities else ()
    yield Section("opportunities", words.html("nav.opportunities"), (*_unverified(w, opportunities), *cards), len(opportunities))
    yield Section("groups", words.html("network.working_groups"), tuple(_groups(w, record, cite)), len(record.working_groups))
    yield _statements(w, "governance", "network.governance", record.governance, cite)
    yield Section("membership", words.html("network.membership"), tuple(_membership(w, record)))
    yield Section("contacts", words.html("nav.contacts"), people(w, entry, cite), len(record.contacts))
    yield Section("events", words.html("nav.events"), tuple(_events(w, entry, cite)))
    duties = w.kb.reporting_by_network.get(entry.id, ())
    yield Section(
        "reporting", words.html("nav.reporting"), (Cards(tuple(w.card(e) for e in duties)),) if duties else (), len(duties)
    )
    units = dict.fromkeys(
        (*w.kb.units_by_network.get(entry.id, ()), *(u for t in record.themes for u in w.kb.units_by_theme.get(t, ())))
    )
    yield Section("units", words.html("meta.useful_for"), (w.unit_chips(units),) if units else ())
    yield collected.section(w, w.kb.items_by_network.get(entry.id, ()), "network", entry.id)
    yield Section("feeds", words.html("network.feeds"), tuple(_feeds(w, record, cite)))
    notes = Statements(tuple((EMPTY, words.text(n)) for n in (*record.notes, *_standing_note(record.standing))))
    yield Section("doubts", words.html("network.doubts"), (notes,) if notes.items else ())


def _paragraph(w: Writer, record: Network, cite: Citations) -> Html:
    mandate = record.mandate
    return safe(f"<p>{w.sentence(mandate, cite)}</p>")


def _standing_note(ours: Standing) -> tuple[Any, ...]:
    """The remark on our standing, where no notice has said it already."""
    said = ours.status in DOUBTFUL or ours.confidence in ("low", "medium")
    return (ours.note,) if ours.note and not said else ()


def _statements(w: Writer, anchor: str, key: str, items: tuple[Any, ...], cite: Citations) -> Section:
    return Section(anchor, w.words.html(key), (w.statements(items, cite),) if items else ())


def _standing_blocks(w: Writer, ours: Standing, cite: Citations) -> Iterator[Any]:
    if ours.summary:
        yield Prose(safe(f"<p>{w.sentence(ours.summary, cite)}</p>"))
    if ours.roles:
        head = (w.words("network.role"), w.words("network.term"), w.words("filter.status"))
        yield Table(w.words("network.our_roles"), head, tuple(_role(w, role, cite) for role in ours.roles))
    if ours.history:
        yield w.statements(sorted(ours.history, key=lambda m: m.date, reverse=True), cite)


def _role(w: Writer, role: Role, cite: Citations) -> tuple[Html, ...]:
    term = w.words.span(role.start, role.end) or w.words("empty.not_found_value")
    tone, word = _role_state(w, role)
    return w.noted(w.words.text(role.role), role.note, None, cite.mark(role.sources)), escape(term), state(tone, w.words(word))


def _role_state(w: Writer, role: Role) -> tuple[str, str]:
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
    return Section("resources", w.words.html("network.resources"), (*_unverified(w, found), *blocks), len(found))


def _unverified(w: Writer, entries: Iterable[Entry[Any]]) -> Iterator[Prose]:
    """Says once above cards what most of them would say."""
    if said := w.unverified(entries):
        yield Prose(safe(f"<p>{quiet_html(said)}</p>"))


def _of_type(w: Writer, home: Entry[Network], kind: str, resources: list[Entry[Any]]) -> Cards:
    said = w.acronym(home.id), w.words.html(f"resource-type.{kind}")
    return Cards(tuple(w.card_beside(e, *said) for e in resources), w.words.types(kind, len(resources)))


def newest(entry: Entry[Any]) -> tuple[int, str]:
    """Sorts resources by year, the newest first."""
    return -(entry.record.year or 0), entry.id


def _groups(w: Writer, record: Network, cite: Citations) -> Iterator[Any]:
    if record.working_groups:
        head = (w.words("network.group"), w.words("table.description"))
        rows = ((w.words.text(g.name), together(w.sentence(g, cite), w.theme_chips(g.themes))) for g in record.working_groups)
        yield Table(w.words("network.working_groups"), head, tuple(rows))


def _membership(w: Writer, record: Network) -> Iterator[Any]:
    if record.membership and record.membership.types:
        yield Statements(tuple((EMPTY, w.words.text(t)) for t in record.membership.types))
    if record.membership and record.membership.members:
        names = joined((w.words.text(t) for t in record.membership.members), COMMA)
        yield Prose(safe(f"<p>{w.words.html('network.members')}: {names}</p>"))


def people(w: Writer, entry: Entry[Network], cite: Citations | None = None) -> tuple[People, ...]:
    """The contacts of a network, or nothing."""
    contacts = entry.record.contacts
    return (People(tuple(person(w, entry, c, cite) for c in contacts)),) if contacts else ()


def telephone(contact: Contact) -> Html:
    """A contact's number under a link that dials it; without one where nobody knows how to dial it."""
    number = contact.phone or ""
    address = dialled(number)
    return anchor(address, number) if address else escape(number)


def person(w: Writer, entry: Entry[Network], contact: Contact, cite: Citations | None) -> Person:
    """A contact: role, institution, ways to reach it."""
    words = w.words
    mail = anchor(f"mailto:{contact.email}", contact.email) if contact.email else None
    ways = (
        *w.fact_in_words("contact.holder", contact.holder),
        *w.fact("meta.email", mail),
        *w.fact("meta.phone", telephone(contact)),
        *w.fact("meta.address", words.text(contact.address)),
        *w.fact("meta.website", outside(contact.url, host(contact.url)) if contact.url else None),
        *w.fact("contact.basis", words.text(contact.basis)),
        *w.fact("offer.card", offered.card(w, f"{entry.id}-{contact.id}") if _reachable(contact) else None),
    )
    mark = cite.mark(contact.sources) if cite else EMPTY
    about = w.noted(EMPTY, contact.note, contact.as_of)
    return Person(f"contact-{contact.id}", together(words.text(contact.role), mark), words.text(entry.record.name), ways, about)


def _reachable(contact: Contact) -> bool:
    return bool(contact.email or contact.phone or contact.address or contact.url)


def _events(w: Writer, entry: Entry[Network], cite: Citations) -> Iterator[Any]:
    dated = sorted(w.kb.events_by_network.get(entry.id, ()), key=lambda e: e.record.start or e.record.end or "", reverse=True)
    if dated:
        yield Days(tuple(day(w, e, w.acronym(entry.id)) for e in dated))
    if entry.record.meetings:
        rows = tuple((_months(w, m), w.sentence(m, cite)) for m in entry.record.meetings)
        yield Table(w.words("network.meetings"), (w.words("network.usual_months"), w.words("network.meeting")), rows)


def _months(w: Writer, meeting: Meeting) -> Html:
    return escape(", ".join(w.words.month(m) for m in meeting.months) or w.words("empty.not_found_value"))


def day(w: Writer, entry: Entry[Any], *said: Html) -> tuple[str, str, Html, Html]:
    """An event as a date block: the day and month large, the year small; without the facts that its page says already."""
    large, small = date_block(w, entry.record.start or entry.record.end)
    if not said:
        return large, small, *w.rest_row(entry)
    when = escape(w.words.span(entry.record.start, entry.record.end))
    return large, small, w.link(entry), w.facts_beside(entry, when, *said)


def date_block(w: Writer, start: str | None) -> tuple[str, str]:
    """The large and the small line of a date block, as far as the date is known."""
    year, month, day_of_month = (*(start or "").split("-"), "", "")[:3]
    if not year:
        return w.words("event.date_tbc"), ""
    if not month:
        return year, ""
    name = w.words.month(int(month))
    return (f"{int(day_of_month)} {name}" if day_of_month else name), year


def _feeds(w: Writer, record: Network, cite: Citations) -> Iterator[Any]:
    if record.feeds:
        rows = tuple(
            (
                safe(f"<code>{escape(f.url)}</code>"),
                w.noted(w.words.html(f"evidence.{f.evidence}"), f.note, None, cite.mark(f.sources)),
            )
            for f in record.feeds
        )
        yield Table(w.words("network.feeds"), (w.words("meta.address"), w.words("filter.status")), rows)
