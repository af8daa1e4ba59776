"""A theme's page: everything of the base that concerns it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Theme
from kb.site.pages.pieces import collected, offered
from kb.site.pages.pieces.days import day, event_day
from kb.site.pages.pieces.groups import working_groups
from kb.site.view.blocks import Block, Cards, Days, Page, Rows, Section
from kb.site.view.lines import Line, joined, link
from kb.site.view.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage(Page):
    """What a theme's page says besides what every page does."""

    template: ClassVar[str] = "theme"
    holds: Line
    units: Line
    subscribe: Line
    brief: Line


def page(w: Writer, theme: Theme) -> ThemePage:
    """The page of one theme."""
    words = w.words
    parts = tuple(_sections(w, theme.id))
    counted = joined(link(f"#{s.anchor}", words(f"count.{s.anchor}", n=s.count)) for s in parts if s.count)
    shown = (w.kb.networks_by_theme, w.kb.resources_by_theme, w.kb.opportunities_by_theme, w.kb.events_by_theme)
    title = words.plain(theme.name)
    return ThemePage(
        address=sections.theme(theme.id),
        section="themes",
        title=title,
        description=words("theme.description", title=title),
        heading=w.text(theme.name),
        notices=w.unverified_notice(e for index in shown for e in index.get(theme.id, ())),
        holds=counted or w.say("empty.list"),
        units=w.units_on((theme.id,)),
        subscribe=offered.subscription(w, f"theme-{theme.id}", feed=False),
        brief=offered.brief(w, f"theme-{theme.id}"),
        sections=parts,
        edit=w.edit("_office/themes.yml"),
        file="_office/themes.yml",
    )


def _sections(w: Writer, theme: str) -> Iterator[Section]:
    kb, _words = w.kb, w.words
    networks = kb.networks_by_theme.get(theme, ())
    yield Section("networks", w.words("nav.networks"), _cards(w, networks), len(networks))
    resources = w.newest(theme)
    yield Section("resources", w.words("nav.resources"), tuple(by_type(w, resources)), len(resources))
    opportunities = kb.opportunities_by_theme.get(theme, ())
    yield Section("opportunities", w.words("nav.opportunities"), _cards(w, opportunities), len(opportunities))
    groups = kb.groups_by_theme.get(theme, ())
    yield Section("groups", w.words("network.working_groups"), working_groups(w, groups), len(groups))
    events = sorted(kb.events_by_theme.get(theme, ()), key=event_day, reverse=True)
    yield Section("events", w.words("nav.events"), (Days(tuple(day(w, e) for e in events)),) if events else (), len(events))
    agreements = kb.agreements_by_theme.get(theme, ())
    yield Section("agreements", w.words("nav.agreements"), _cards(w, agreements), len(agreements))
    reporting = kb.reporting_by_theme.get(theme, ())
    yield Section("reporting", w.words("nav.reporting"), _cards(w, reporting), len(reporting))
    yield collected.section(w, kb.items_by_theme.get(theme, ()), "theme", theme)


def _cards(w: Writer, entries: tuple[Entry[Any], ...]) -> tuple[Block, ...]:
    return (Cards(tuple(w.card(e) for e in entries)),) if entries else ()


def by_type(w: Writer, resources: Sequence[Entry[Any]]) -> Iterator[Block]:
    """Resources as one-line rows under their types, the commonest first; in their order."""
    types: dict[str, list[Entry[Any]]] = {}
    for entry in resources:
        types.setdefault(entry.record.type, []).append(entry)
    for kind, group in sorted(types.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield Rows(tuple([w.rest_row(e) for e in group]), w.words.types(kind, len(group)), f"type-{kind}")
