"""For my unit: what the networks offer to one unit of the Office, through its themes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Network, Unit
from kb.site.pages.pieces import collected, offered
from kb.site.pages.pieces.days import day, event_day
from kb.site.pages.pieces.deadlines import deadlines
from kb.site.pages.pieces.groups import working_groups
from kb.site.pages.records import opportunity
from kb.site.view.blocks import (
    Block,
    Cards,
    Day,
    Days,
    Facts,
    Folded,
    Notice,
    Page,
    Prose,
    Row,
    Rows,
    Section,
    Statement,
    Statements,
)
from kb.site.view.citations import Citations
from kb.site.view.lines import NOTHING, SEMICOLON, Line, joined, link, together
from kb.site.view.writer import Writer
from kb.upkeep.clocks import last_day

MOST_OF_A_THEME = 8
MOST_PAST = 8
MOST_FOLDED = 24
COUNTED = {"events": "past"}
"""The section whose count has another name than its anchor; the other events are among what is coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage(Page):
    """What a unit's page says besides what every page does."""

    template: ClassVar[str] = "unit"
    holds: Line
    themes: Line
    bodies: Line
    brief: Line


def page(w: Writer, unit: Unit) -> UnitPage:
    """The page of one unit."""
    words = w.words
    cite = Citations(words, w.kb.leads, documents=w.kb.documents)
    mark = cite.mark(unit.sources)
    parts = tuple(_sections(w, unit))
    return UnitPage(
        address=sections.unit(unit.id),
        section="units",
        title=words.plain(unit.name),
        description=words.plain(unit.about),
        heading=w.text(unit.name),
        badge=w.text(unit.abbreviation),
        lead=together(w.text(unit.about), mark),
        notices=tuple(_notices(w, unit)),
        holds=_holds(w, parts),
        themes=w.theme_chips(unit.themes),
        bodies=joined((w.text(b.name) for b in w.kb.bodies if b.unit == unit.id), SEMICOLON),
        brief=offered.brief(w, f"unit-{unit.id}"),
        sections=parts,
        sources=cite.list(),
        foot=_foot(w, unit),
        edit=w.edit("_office/units.yml"),
        file="_office/units.yml",
    )


def _notices(w: Writer, unit: Unit) -> Iterator[Notice]:
    kb = w.kb
    if unit.certainty != "current":
        yield Notice("doubt", w.say(f"certainty.{unit.certainty}"))
    shown = (kb.networks_by_theme, kb.resources_by_theme, kb.opportunities_by_theme, kb.events_by_theme)
    yield from w.unverified_notice(e for index in shown for e in concerned(unit, index))


def _holds(w: Writer, parts: tuple[Section, ...]) -> Line:
    """How much of each is on the page, each number leading to it."""
    counts = ((s.anchor, f"count.{COUNTED.get(s.anchor, s.anchor)}", s.count) for s in parts if s.blocks and s.count)
    return joined(link(f"#{part}", w.words(key, n=n)) for part, key, n in counts if w.words.has(key))


def _foot(w: Writer, unit: Unit) -> Facts:
    """What is said of the name, and how to subscribe."""
    return (
        *w.fact("unit.former_names", joined((w.text(t) for t in unit.former_names), SEMICOLON)),
        *w.fact("meta.basis", w.say(f"basis.{unit.name_basis}") if unit.name_basis else NOTHING),
        *w.fact("table.note", w.text(unit.note)),
        *w.fact("offer.subscribe", offered.subscription(w, f"unit-{unit.id}")),
    )


def concerned(unit: Unit, index: Any) -> list[Any]:
    """What stands in a theme index under any of the unit's themes, once each."""
    # the same objects stand under several themes; to ask a model for its hash is to ask all its parts
    return list({id(item): item for theme in unit.themes for item in index.get(theme, ())}.values())


def networks_of(w: Writer, unit: Unit) -> list[Entry[Network]]:
    """The networks that concern a unit: its own first, then those on its themes."""
    own = [w.kb.networks[n] for n in unit.networks if n in w.kb.networks]
    return list(dict.fromkeys([*own, *concerned(unit, w.kb.networks_by_theme)]))


def _sections(w: Writer, unit: Unit) -> Iterator[Section]:
    kb, _words = w.kb, w.words
    events = concerned(unit, kb.events_by_theme)
    coming = _coming(w, unit, [e for e in events if e in w.coming])
    off, undated, past = _others(w, events)
    blocks = (Days(coming) if coming else Prose(w.say("unit.nothing_due")), *_apart(w, off, undated))
    yield Section("coming", w.words("unit.upcoming"), blocks, len(coming))
    opportunities = concerned(unit, kb.opportunities_by_theme)
    yield Section("opportunities", w.words("nav.opportunities"), tuple(_opportunities(w, opportunities)), len(opportunities))
    yield Section("resources", w.words("unit.resources"), tuple(_by_theme(w, unit)), len(concerned(unit, kb.resources_by_theme)))
    networks = networks_of(w, unit)
    yield Section(
        "networks", w.words("unit.networks"), (Cards(tuple(w.card(e) for e in networks)),) if networks else (), len(networks)
    )
    groups = tuple(concerned(unit, kb.groups_by_theme))
    yield Section("groups", w.words("network.working_groups"), working_groups(w, groups), len(groups))
    yield Section("contacts", w.words("nav.contacts"), tuple(_contacts(w, networks)))
    yield Section("events", w.words("event.past"), tuple(_past(w, unit, past)), len(past))
    for part, index in (("agreements", kb.agreements_by_theme), ("reporting", kb.reporting_by_theme)):
        found = concerned(unit, index)
        yield Section(part, w.words(f"nav.{part}"), (Cards(tuple(w.card(e) for e in found)),) if found else (), len(found))
    news = sorted(concerned(unit, kb.items_by_theme), key=lambda item: (item.day, item.first_seen, item.id), reverse=True)
    yield collected.section(w, news, "unit", unit.id)
    yield Section("offices", w.words("unit.offices"), tuple(_offices(w, unit)), len(unit.offices))


def _coming(w: Writer, unit: Unit, events: list[Entry[Any]]) -> tuple[Day, ...]:
    """Deadlines and events in one list by day; what is known to the month only stands after the days of the month."""
    due = [d for d in deadlines(w, 90) if set(d.themes) & set(unit.themes) or d.owner == unit.id]
    found = [*((d.on.isoformat(), d.block) for d in due), *((event_day(e), day(w, e)) for e in events)]
    return tuple(block for on, block in sorted(found, key=lambda one: (last_day(one[0]), -len(one[0]))))


def _others(w: Writer, events: list[Entry[Any]]) -> tuple[list[Entry[Any]], list[Entry[Any]], list[Entry[Any]]]:
    """The events that are not coming: called off before their day, without any day, past."""
    off, undated, past = [], [], []
    for entry in events:
        last = entry.record.end or event_day(entry)
        if not last:
            undated.append(entry)
        elif last_day(last) < w.today:
            past.append(entry)
        elif entry not in w.coming:
            off.append(entry)
    return off, undated, past


def _apart(w: Writer, off: list[Entry[Any]], undated: list[Entry[Any]]) -> Iterator[Block]:
    """Beside what is coming, and not counted: what was called off, and what has no day yet."""
    for heading, group in (("event.cancelled", off), ("event.date_tbc", undated)):
        if group:
            yield Days(tuple(day(w, e) for e in sorted(group, key=event_day)), w.words(heading))


def _opportunities(w: Writer, found: list[Entry[Any]]) -> Iterator[Block]:
    dated, steady, unclear, closed = opportunity.sorted_out(w, found)
    groups = (("opp.with_deadline", dated), ("opp.open_or_recurring", steady), ("opp.to_confirm", unclear))
    for heading, group in groups:
        if group:
            yield Cards(tuple(opportunity.card(w, e) for e in group), w.words(heading))
    if closed:
        cards = Cards(tuple(opportunity.card(w, e) for e in closed))
        yield Folded(w.words("opp.closed_count", n=len(closed)), (cards,))


def _past(w: Writer, unit: Unit, events: list[Entry[Any]]) -> Iterator[Block]:
    """Past events: first the unit's own and those on its first theme, the last on top; a few others folded, all in the finder."""
    found = sorted(events, key=event_day, reverse=True)
    found.sort(key=lambda e: unit.id not in e.record.units and unit.themes[0] not in e.record.themes)
    first, rest = found[:MOST_PAST], found[MOST_PAST : MOST_PAST + MOST_FOLDED]
    if first:
        yield Days(tuple(day(w, e) for e in first))
    if rest:
        inner: list[Block] = [Days(tuple(day(w, e) for e in rest))]
        if len(found) > MOST_PAST + MOST_FOLDED:
            every = f"{sections.index('find')}?kind=event&unit={unit.id}"
            inner.append(Rows((Row(w.to(every, w.words("event.all_past", n=len(found)))),)))
        yield Folded(w.words("event.more_past", n=len(found) - MOST_PAST), tuple(inner))


def _by_theme(w: Writer, unit: Unit) -> Iterator[Block]:
    for theme in unit.themes:
        found = w.newest(theme)
        if not found:
            continue
        rows = [w.row(e) for e in found[:MOST_OF_A_THEME]]
        if len(found) > MOST_OF_A_THEME:
            rows.append(Row(w.to(f"{sections.theme(theme)}#resources", w.words("theme.all_resources", n=len(found)))))
        yield Rows(tuple(rows), w.words.plain(w.kb.themes[theme].name), f"resources-{theme}")


def _contacts(w: Writer, networks: list[Entry[Network]]) -> Iterator[Block]:
    rows = []
    for entry in networks:
        for contact in entry.record.contacts:
            role = w.leading(f"{sections.address(entry)}#contact-{contact.id}", w.text(contact.role))
            mail = link(f"mailto:{contact.email}", contact.email) if contact.email else NOTHING
            rows.append(Statement(w.text(entry.record.acronym), joined([role, mail])))
    if rows:
        yield Statements(tuple(rows))


def _offices(w: Writer, unit: Unit) -> Iterator[Block]:
    if unit.offices:
        yield Statements(tuple(Statement(w.text(o.name), w.noted(NOTHING, o.note)) for o in unit.offices))
        if unit.offices_note:
            yield Statements((Statement(NOTHING, w.text(unit.offices_note)),))
