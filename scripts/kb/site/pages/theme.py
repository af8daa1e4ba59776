"""A theme's page: everything of the base that concerns it."""

from collections.abc import Iterator, Sequence
from typing import Any

from kb.records import sections
from kb.records.knowledge import Entry
from kb.words.markup import Html, anchor, joined
from kb.records.model import Network, Theme, WorkingGroup
from kb.site.pages import collected
from kb.site.pages import offered
from kb.site.pages.network import TAKES_PART, day
from kb.site.view import Block, Body, Cards, Days, Folded, Page, Rows, Section, Statements
from kb.site.writer import Writer


def page(w: Writer, theme: Theme) -> Page:
    """The page of one theme."""
    words = w.words
    parts = tuple(_sections(w, theme.id))
    counted = joined(anchor(f"#{s.anchor}", words(f"count.{s.anchor}", n=s.count)) for s in parts if s.count)
    shown = (w.kb.networks_by_theme, w.kb.resources_by_theme, w.kb.opportunities_by_theme, w.kb.events_by_theme)
    title = words.plain(theme.name)
    body = Body(
        title=words.text(theme.name),
        notices=w.unverified_notice(e for index in shown for e in index.get(theme.id, ())),
        facts=(
            *w.fact("theme.holds", counted or words.html("empty.list")),
            *w.fact("theme.units", w.units_on((theme.id,))),
            *offered.subscription(w, f"theme-{theme.id}", feed=False),
            *offered.brief(w, f"theme-{theme.id}"),
        ),
        sections=tuple(s for s in parts if s.blocks),
        edit=w.edit("_office/themes.yml"),
    )
    return Page(
        sections.theme(theme.id), "themes", title, words("theme.description", title=title), body, source="_office/themes.yml"
    )


def _sections(w: Writer, theme: str) -> Iterator[Section]:
    kb, words = w.kb, w.words
    networks = kb.networks_by_theme.get(theme, ())
    yield Section("networks", words.html("nav.networks"), _cards(w, networks), len(networks))
    resources = w.newest(theme)
    yield Section("resources", words.html("nav.resources"), tuple(by_type(w, resources)), len(resources))
    opportunities = kb.opportunities_by_theme.get(theme, ())
    yield Section("opportunities", words.html("nav.opportunities"), _cards(w, opportunities), len(opportunities))
    groups = kb.groups_by_theme.get(theme, ())
    yield Section("groups", words.html("network.working_groups"), working_groups(w, groups), len(groups))
    events = sorted(kb.events_by_theme.get(theme, ()), key=event_day, reverse=True)
    yield Section("events", words.html("nav.events"), (Days(tuple(day(w, e) for e in events)),) if events else (), len(events))
    agreements = kb.agreements_by_theme.get(theme, ())
    yield Section("agreements", words.html("nav.agreements"), _cards(w, agreements), len(agreements))
    reporting = kb.reporting_by_theme.get(theme, ())
    yield Section("reporting", words.html("nav.reporting"), _cards(w, reporting), len(reporting))
    yield collected.section(w, kb.items_by_theme.get(theme, ()), "theme", theme)


def event_day(entry: Entry[Any]) -> str:
    """Sorts events by their first day."""
    return entry.record.start or entry.record.end or ""


def _cards(w: Writer, entries: tuple[Entry[Any], ...]) -> tuple[Block, ...]:
    return (Cards(tuple(w.card(e) for e in entries)),) if entries else ()


def by_type(w: Writer, resources: Sequence[Entry[Any]]) -> Iterator[Block]:
    """Resources as one-line rows under their types, the commonest first; in their order."""
    types: dict[str, list[Entry[Any]]] = {}
    for entry in resources:
        types.setdefault(entry.record.type, []).append(entry)
    for kind, group in sorted(types.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield Rows(tuple([w.rest_row(e) for e in group]), w.words.types(kind, len(group)), f"type-{kind}")


def working_groups(w: Writer, groups: tuple[tuple[Entry[Network], WorkingGroup], ...]) -> tuple[Block, ...]:
    """Working groups, each after its network: those where the Office sits or could sit, then the others, folded."""
    blocks: list[Block] = []
    ours = [_group(w, e, g) for e, g in groups if e.record.standing.status in TAKES_PART]
    others = [_group(w, e, g) for e, g in groups if e.record.standing.status not in TAKES_PART]
    if ours:
        blocks.append(Statements(tuple(ours)))
    if others:
        blocks.append(Folded(w.words("unit.other_groups", n=len(others)), (Statements(tuple(others)),)))
    return tuple(blocks)


def _group(w: Writer, home: Entry[Network], group: WorkingGroup) -> tuple[Html, Html]:
    return w.to_html(f"{sections.address(home)}#groups", w.words.text(home.record.acronym)), w.words.text(group.name)
