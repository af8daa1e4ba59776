"""What is new: what came in or was confirmed, by day and kind."""

from collections.abc import Iterator
from heapq import nlargest
from typing import Any

from kb.records import sections
from kb.records.knowledge import Entry, current
from kb.site.pages import lists
from kb.site.pages.pieces import collected
from kb.site.view.blocks import Page, Prose, Row, Rows, Section
from kb.site.view.lines import NOTHING, Line, joined
from kb.site.view.writer import Writer

MOST_NEW = 20
MOST_NAMED = 5
"""Of one kind and day, on the page of what is new."""
ORDER = ("opportunity", "event", "resource", "agreement", "reporting", "network")
"""What came in, by how soon a reader can use it."""
Arrived = tuple[str, str]
"""(the day, `added` or `confirmed`)"""


def arrivals(w: Writer) -> dict[Arrived, dict[str, list[Entry[Any]]]]:
    """Current records by the day and manner of their last coming, the newest first, and by kind."""
    groups: dict[Arrived, dict[str, list[Entry[Any]]]] = {}
    for kind in ORDER:
        for entry in current(w.kb.of_kind(kind)):
            confirmed, collected = entry.record.review.confirmed_on or "", entry.record.collected_on or ""
            if on := max(confirmed, collected):
                arrived = on, "confirmed" if on == confirmed else "added"
                groups.setdefault(arrived, {}).setdefault(kind, []).append(entry)
    return dict(sorted(groups.items(), reverse=True))


def first_of(entries: list[Entry[Any]], most: int) -> list[Entry[Any]]:
    """The newest by their own day or year of those that came together."""
    return nlargest(most, entries, key=lambda e: (_own_day(e), e.id))


def _own_day(entry: Entry[Any]) -> str:
    given = vars(entry.record)  # asking a model for a field that it has not costs ten times as much
    return given.get("start") or str(given.get("year") or "")


def page(w: Writer) -> Page:
    """What came in or was confirmed, by day and kind."""
    return lists.page(w, "changes", _changes(w))


def _changes(w: Writer) -> Iterator[Section]:
    news = w.kb.waiting_items
    if news:
        rows = [collected.row(w, item) for item in news[:MOST_NEW]]
        if len(news) > MOST_NEW:
            every = f"{sections.index('find')}?kind=item"
            rows.append(Row(w.to(every, w.words("collected.all", n=len(news)))))
        yield Section("collected", w.words("collected.heading"), (collected.note(w), Rows(tuple(rows))), len(news))
    for (on, what), kinds in arrivals(w).items():
        numbers = Prose(counted(w, kinds))
        named = (_named(w, kind, entries, f"{what}-{on}-{kind}") for kind, entries in kinds.items())
        yield Section(f"{what}-{on}", happened(w, on, what), (numbers, *named), sum(map(len, kinds.values())))


def _named(w: Writer, kind: str, entries: list[Entry[Any]], anchor: str) -> Rows:
    """A few records of a kind, and the way to all of them."""
    rows = [Row(w.link(e), w.acronym(e.owner) if "/" in e.id else NOTHING) for e in first_of(entries, MOST_NAMED)]
    if len(entries) > MOST_NAMED:
        rows.append(Row(w.to(sections.index(sections.FOLDERS[kind]), w.words("changes.all_of_kind", n=len(entries)))))
    return Rows(tuple(rows), w.words(f"kinds.{kind}"), anchor)


def counted(w: Writer, kinds: dict[str, list[Entry[Any]]]) -> Line:
    """How many of each kind, each leading to its list."""
    names = ((sections.FOLDERS[kind], len(entries)) for kind, entries in kinds.items())
    return joined(w.to(sections.index(name), w.words(f"count.{name}", n=n)) for name, n in names)


def happened(w: Writer, on: str, what: str) -> str:
    """What happened on a day, in words."""
    return w.words(f"changes.{what}", date=w.words.on(on))
