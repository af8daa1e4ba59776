"""For my unit: what the networks offer to one unit of the Office, through its themes."""

from collections.abc import Iterator
from typing import Any

from kb.records import sections
from kb.site.citations import Citations
from kb.upkeep.clocks import last_day
from kb.records.knowledge import Entry
from kb.words.markup import EMPTY, SEMICOLON, Html, anchor, escape, joined, together
from kb.records.model import Network, Unit
from kb.site.pages import collected
from kb.site.pages import lists
from kb.site.pages import offered
from kb.site.pages import opportunity
from kb.site.pages.calendar import deadlines
from kb.site.pages.network import day
from kb.site.pages.theme import event_day, working_groups
from kb.site.view import Block, Body, Cards, Days, Facts, Folded, Notice, Page, Rows, Section, Statements
from kb.site.writer import Writer

MOST_OF_A_THEME = 8
MOST_PAST = 8
MOST_FOLDED = 24
COUNTED = {"events": "past"}
"""The section whose count has another name than its anchor; the other events are among what is coming."""


def page(w: Writer, unit: Unit) -> Page:
    """The page of one unit."""
    words = w.words
    cite = Citations(words, w.kb.leads, documents=w.kb.documents)
    title = words.plain(unit.name)
    mark = cite.mark(unit.sources)
    parts = tuple(s for s in _sections(w, unit) if s.blocks)
    body = Body(
        title=words.text(unit.name),
        badge=words.text(unit.abbreviation),
        lead=together(words.text(unit.about), mark),
        notices=tuple(_notices(w, unit)),
        facts=_facts(w, unit, parts),
        sections=parts,
        sources=cite.list(),
        foot=_foot(w, unit),
        edit=w.edit("_office/units.yml"),
    )
    return Page(sections.unit(unit.id), "units", title, words.plain(unit.about), body, source="_office/units.yml")


def _notices(w: Writer, unit: Unit) -> Iterator[Notice]:
    kb = w.kb
    if unit.certainty != "current":
        yield Notice("doubt", escape(w.words(f"certainty.{unit.certainty}")))
    shown = (kb.networks_by_theme, kb.resources_by_theme, kb.opportunities_by_theme, kb.events_by_theme)
    yield from w.unverified_notice(e for index in shown for e in concerned(unit, index))


def _facts(w: Writer, unit: Unit, parts: tuple[Section, ...]) -> Facts:
    words = w.words
    bodies = [words.text(b.name) for b in w.kb.bodies if b.unit == unit.id]
    counts = ((s.anchor, f"count.{COUNTED.get(s.anchor, s.anchor)}", s.count) for s in parts if s.count)
    counted = (anchor(f"#{part}", words(key, n=n)) for part, key, n in counts if words.has(key))
    return (
        *w.fact("unit.holds", joined(counted)),
        *w.fact("nav.themes", w.theme_chips(unit.themes)),
        *w.fact("unit.bodies", joined(bodies, SEMICOLON)),
        *offered.brief(w, f"unit-{unit.id}"),
    )


def _foot(w: Writer, unit: Unit) -> Facts:
    """What is said of the name, and how to subscribe."""
    words = w.words
    return (
        *w.fact("unit.former_names", joined((words.text(t) for t in unit.former_names), SEMICOLON)),
        *w.fact_in_words("meta.basis", unit.name_basis and words(f"basis.{unit.name_basis}")),
        *w.fact("table.note", words.text(unit.note)),
        *offered.subscription(w, f"unit-{unit.id}"),
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
    kb, words = w.kb, w.words
    events = concerned(unit, kb.events_by_theme)
    coming = _coming(w, unit, [e for e in events if e in w.coming])
    off, undated, past = _others(w, events)
    blocks = (Days(coming) if coming else lists.said(words.html("unit.nothing_due")), *_apart(w, off, undated))
    yield Section("coming", words.html("unit.upcoming"), blocks, len(coming))
    opportunities = concerned(unit, kb.opportunities_by_theme)
    yield Section("opportunities", words.html("nav.opportunities"), tuple(_opportunities(w, opportunities)), len(opportunities))
    yield Section(
        "resources", words.html("unit.resources"), tuple(_by_theme(w, unit)), len(concerned(unit, kb.resources_by_theme))
    )
    networks = networks_of(w, unit)
    yield Section(
        "networks", words.html("unit.networks"), (Cards(tuple(w.card(e) for e in networks)),) if networks else (), len(networks)
    )
    groups = tuple(concerned(unit, kb.groups_by_theme))
    yield Section("groups", words.html("network.working_groups"), working_groups(w, groups), len(groups))
    yield Section("contacts", words.html("nav.contacts"), tuple(_contacts(w, networks)))
    yield Section("events", words.html("event.past"), tuple(_past(w, unit, past)), len(past))
    for part, index in (("agreements", kb.agreements_by_theme), ("reporting", kb.reporting_by_theme)):
        found = concerned(unit, index)
        yield Section(part, words.html(f"nav.{part}"), (Cards(tuple(w.card(e) for e in found)),) if found else (), len(found))
    news = sorted(concerned(unit, kb.items_by_theme), key=lambda item: (item.day, item.first_seen, item.id), reverse=True)
    yield collected.section(w, news, "unit", unit.id)
    yield Section("offices", words.html("unit.offices"), tuple(_offices(w, unit)), len(unit.offices))


def _coming(w: Writer, unit: Unit, events: list[Entry[Any]]) -> tuple[tuple[str, str, Html, Html], ...]:
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
            inner.append(Rows(((w.to(every, w.words("event.all_past", n=len(found))), EMPTY),)))
        yield Folded(w.words("event.more_past", n=len(found) - MOST_PAST), tuple(inner))


def _by_theme(w: Writer, unit: Unit) -> Iterator[Block]:
    for theme in unit.themes:
        found = w.newest(theme)
        if not found:
            continue
        rows = [w.row(e) for e in found[:MOST_OF_A_THEME]]
        if len(found) > MOST_OF_A_THEME:
            rows.append((w.to(f"{sections.theme(theme)}#resources", w.words("theme.all_resources", n=len(found))), EMPTY))
        yield Rows(tuple(rows), w.words.plain(w.kb.themes[theme].name), f"resources-{theme}")


def _contacts(w: Writer, networks: list[Entry[Network]]) -> Iterator[Block]:
    rows = []
    for entry in networks:
        for contact in entry.record.contacts:
            role = w.to_html(f"{sections.address(entry)}#contact-{contact.id}", w.words.text(contact.role))
            mail = anchor(f"mailto:{contact.email}", contact.email) if contact.email else EMPTY
            rows.append((w.words.text(entry.record.acronym), joined([role, mail])))
    if rows:
        yield Statements(tuple(rows))


def _offices(w: Writer, unit: Unit) -> Iterator[Block]:
    if unit.offices:
        yield Statements(tuple((w.words.text(o.name), w.noted(EMPTY, o.note)) for o in unit.offices))
        if unit.offices_note:
            yield Statements(((EMPTY, w.words.text(unit.offices_note)),))
