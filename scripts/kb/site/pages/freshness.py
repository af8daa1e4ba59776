"""How many records are confirmed, due and overdue, which are, and the state of every source."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.records import sections
from kb.records.knowledge import Entry, current
from kb.site.pages import lists
from kb.site.pages.pieces import collected
from kb.site.view.blocks import Block, Cell, Folded, Page, Row, Rows, Section, Table, cells
from kb.site.view.lines import link, said
from kb.site.view.writer import Writer
from kb.upkeep.freshness import freshness

NEEDY = ("overdue", "due")  # states of records that somebody must look at


def page(w: Writer) -> Page:
    """How many records are confirmed, due and overdue, which are, and the state of every source."""
    return lists.page(w, "freshness", _fresh(w))


def _fresh(w: Writer) -> Iterator[Section]:
    entries = [e for e in w.kb.entries() if e.record.status == "current"]
    kinds = Counter(e.kind for e in entries)
    states: dict[str, dict[str, list[Entry[Any]]]] = {"overdue": {}, "due": {}, "unconfirmed": {}, "confirmed": {}}
    for entry in entries:
        states[freshness(entry.record, w.today).state].setdefault(entry.kind, []).append(entry)
    head = (w.words("filter.kind"), *(w.words(f"fresh-state.{s}") for s in states), w.words("table.total"))
    rows = tuple(_kind(w, kind, total, states) for kind, total in kinds.items())
    yield Section("states", w.words("fresh.states"), (Table(w.words("fresh.states"), head, rows),) if rows else (), len(entries))
    for name, groups in states.items():
        blocks: tuple[Block, ...] = ()
        if any(_listed(name, len(group), kinds[kind]) for kind, group in groups.items()):
            blocks = tuple(_of_state(w, name, kind, group, kinds[kind]) for kind, group in groups.items())
        if blocks and name not in NEEDY:
            blocks = (Folded(w.words("action.show_all"), blocks),)
        yield Section(name, w.words(f"fresh-state.{name}"), blocks, sum(map(len, groups.values())))
    changed = tuple(collected.changed_pages(w))
    yield Section("changed", w.words("fresh.changed_pages"), changed)
    yield Section("sources", w.words("fresh.feeds"), tuple(collected.sources(w)))
    yield Section("unofficial", w.words("fresh.unofficial"), tuple(_unofficial(w)))


def _listed(name: str, n: int, total: int) -> bool:
    """Whether the records of a kind in a state stand in a list here; the kind's own list has them where it is all of them."""
    return name in NEEDY or n < total


def _kind(w: Writer, kind: str, total: int, states: Mapping[str, Mapping[str, list[Entry[Any]]]]) -> tuple[Cell, ...]:
    """A kind with its number of records in each state, each number leading to these."""
    home = sections.index(sections.FOLDERS[kind])
    found = [w.to(home, w.words(f"kinds.{kind}"))]
    for name, groups in states.items():
        n = len(groups.get(kind, ()))
        to_list = link(f"#{name}-{kind}", str(n)) if _listed(name, n, total) else w.to(home, str(n))
        found.append(to_list if n else said(str(n)))
    return cells(*found, w.to(home, str(total)))


def _of_state(w: Writer, name: str, kind: str, entries: list[Entry[Any]], total: int) -> Rows:
    """The records of a kind in a state, the longest overdue first, or the way to the kind's own list where that is all of it."""
    if _listed(name, len(entries), total):
        rows = [Row(w.link(e), w.freshness_line(e.record)) for e in sorted(entries, key=lambda e: (_due(w, e), e.id))]
    else:
        rows = [Row(w.to(sections.index(sections.FOLDERS[kind]), w.words("changes.all_of_kind", n=total)))]
    return Rows(tuple(rows), w.words(f"kinds.{kind}"), f"{name}-{kind}")


def _due(w: Writer, entry: Entry[Any]) -> date:
    return freshness(entry.record, w.today).due or date.max


def _unofficial(w: Writer) -> Iterator[Block]:
    found = [e for e in current(w.kb.resources) if not e.record.official]
    if found:
        yield Rows(tuple(Row(w.link(e), w.acronym(e.owner)) for e in found))
