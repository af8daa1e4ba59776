"""Home, what a lawyer sees first: the search, the own unit, what is new, deadlines, networks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kb.records import sections
from kb.records.knowledge import current
from kb.site.pages import lists
from kb.site.pages.changes import arrivals, counted, first_of, happened
from kb.site.pages.pieces.deadlines import deadlines
from kb.site.view.blocks import Block, Chips, Choice, Days, Page, Prose, Row, Rows, Section
from kb.site.view.lines import NOTHING, SPACE, Line, joined, said
from kb.site.view.writer import Writer

MOST_ON_HOME = 6
MOST_OF_A_KIND = 2
"""On the first page, of one day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """What home says besides what every page does."""

    template: ClassVar[str] = "home"
    ask: str
    """The page that answers what is asked."""
    choice: Choice | None
    holds: Line


def page(w: Writer) -> HomePage:
    """The first page of a language."""
    words = w.words
    return HomePage(
        address="index.html",
        section="home",
        title=words("site.title"),
        description=words("site.tagline"),
        heading=w.say("home.question"),
        lead=w.say("home.lead"),
        ask=sections.index("find"),
        choice=_unit_choice(w) if w.kb.units else None,
        holds=_holds(w),
        sections=(
            Section("new", words("nav.changes"), tuple(_newest(w))),
            Section("deadlines", words("home.deadlines"), tuple(_next_deadlines(w))),
            Section("networks", words("network.list"), tuple(_networks(w))),
            Section("themes", words("nav.themes"), tuple(_themes(w))),
        ),
    )


def _holds(w: Writer) -> Line:
    """How much of each the base holds, each number leading to its list."""
    counts = [
        ("networks", len(current(w.kb.networks))),
        ("resources", len(current(w.kb.resources))),
        ("opportunities", len(current(w.kb.opportunities))),
        ("events", len(current(w.kb.events))),
    ]
    return joined(w.to(sections.index(s), w.words(f"count.{s}", n=n)) for s, n in counts if n)


def _unit_choice(w: Writer) -> Choice:
    name, prompt, go, change = (w.words(f"unit.{word}") for word in ("mine", "choose", "open", "change"))
    return Choice(name, prompt, go, change, tuple(w.unit_link(u) for u in w.kb.units.values()))


def _newest(w: Writer) -> Iterator[Block]:
    groups = arrivals(w)
    if not groups:
        return
    first = next(iter(groups))
    yield Prose(joined((said(happened(w, *first)), counted(w, groups[first])), ": "))
    found = [e for kinds in groups.values() for entries in kinds.values() for e in first_of(entries, MOST_OF_A_KIND)]
    rows = [Row(w.link(e), w.say(f"kind.{e.kind}")) for e in found[:MOST_ON_HOME]]
    rows.append(Row(w.to(sections.index("changes"), w.words("action.all_news"))))
    yield Rows(tuple(rows))


def _next_deadlines(w: Writer) -> Iterator[Block]:
    found = deadlines(w, 365)[:MOST_ON_HOME]
    if found:
        yield Days(tuple(d.block for d in found))
    else:
        running = sum(1 for e in current(w.kb.opportunities) if w.openness(e.record) == "open")
        more = w.to(sections.index("opportunities"), w.words("home.running", n=running)) if running else NOTHING
        yield Prose(joined([w.say("home.no_deadlines"), more], SPACE))


def _networks(w: Writer) -> Iterator[Block]:
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    for scope in lists.SCOPES:
        found = [e for e in everyone if e.record.scope == scope]
        if found:
            name = w.words(f"network-scope.{scope}")
            yield lists.network_table(w, found, name, name)


def _themes(w: Writer) -> Iterator[Block]:
    names = sorted(w.kb.themes.values(), key=lambda t: w.words.sort_key(t.name))
    if names:
        yield Chips(tuple(w.theme_chip(t.id) for t in names))
