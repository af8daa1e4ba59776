"""What people must do for the base: checks that fall due, dead links, missing and lagging translations, drafts, terms that end.

Each task has the day by which it is to be done and the week for which it is planned, so that no week is flooded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from kb.history.changes import Change, compare
from kb.history.snapshot import Snapshot, plain, take
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.model import RECORDS, Agreement, Reporting
from kb.records.texts import untranslated
from kb.upkeep.clocks import dues
from kb.upkeep.freshness import freshness
from kb.upkeep.watched import Changes, changed_pages, changes_of
from kb.words.language import LANGUAGES, Language, Words
from kb.words.quarters import of

Kind = Literal["confirm", "page-changed", "link-dead", "translate", "lagging", "due", "source-failing", "draft"]
A_WEEK = 10  # tasks of one unit in one week
CHECK_AHEAD = 182  # days: half of all records fall due on one day, and spreading them needs to be begun half a year before
TERM_AHEAD = 90
SOON = 14  # days in which what has no day of its own is to be done
LATER = 60  # days in which a translation or a draft is to be done


@dataclass(frozen=True, slots=True)
class Signals:
    """What robots found out; each part comes from those who know it."""

    changes: Changes = field(default_factory=dict)
    dead_links: frozenset[str] = frozenset()
    failing: Mapping[str, str] = field(default_factory=dict)
    """Address of a source → the day since which it fails, as 2026-11-22."""


def signals_of(kb: KnowledgeBase) -> Signals:
    """What robots found out about the records of a base."""
    broken = {h.url: h.failing_since or h.last_try for h in kb.sources.values() if h.state in ("failed", "retire")}
    return Signals(changes_of(kb), kb.dead_links, broken)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do in one file."""

    kind: Kind
    entry: Entry[Any]
    by: date
    """The day by which it is to be done."""
    unit: str
    """The unit that is to do it; empty when the Office's list has no division."""
    detail: str = ""
    """What it is about: an address, or a field and the language that is behind."""
    language: str = ""
    """The language that is missing or behind."""
    week: date = date.min
    """The Monday of the week for which it is planned."""


def tasks(kb: KnowledgeBase, today: date, signals: Signals | None = None, last: Snapshot | None = None) -> list[Task]:
    """Everything there is to do, by the week for which it is planned, then by its day.

    `signals` are those of the base when left out.
    `last` is the last quarter's snapshot: a text that changed since in one language only is behind in the other.
    """
    found = [*_of_records(kb, today, signals or signals_of(kb)), *(_lagging(kb, today, last) if last else ())]
    return sorted(planned(found, today), key=lambda task: (task.week, task.by, task.kind, task.entry.path, task.detail))


def _of_records(kb: KnowledgeBase, today: date, signals: Signals) -> Iterator[Task]:
    whose, heard = _Whose(kb), signals != Signals()
    for entry in kb.entries():
        unit = whose.unit(entry)
        if entry.record.status == "draft":
            yield Task("draft", entry, today + timedelta(days=LATER), unit)
        elif entry.record.status == "current":
            yield from _check(entry, today, unit)
            if heard:
                yield from _signalled(entry, today, unit, signals)
            yield from _translations(entry, today, unit)
            yield from _due(entry, today, unit)


class _Whose:
    """Finds the unit that keeps a record: its owner, else who confirmed it last, else the Division."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.division = next((unit.id for unit in kb.units.values() if unit.kind == "division"), "")

    def unit(self, entry: Entry[Any]) -> str:
        record = entry.record
        owner = record.owner if isinstance(record, Agreement | Reporting) else None
        return owner or record.review.confirmed_by or self.division


def _check(entry: Entry[Any], today: date, unit: str) -> Iterator[Task]:
    due = freshness(entry.record, today).due
    if due and (due - today).days <= CHECK_AHEAD:
        yield Task("confirm", entry, due, unit)


def _signalled(entry: Entry[Any], today: date, unit: str, signals: Signals) -> Iterator[Task]:
    soon = today + timedelta(days=SOON)
    yield from (Task("page-changed", entry, soon, unit, url) for url in changed_pages(entry, signals.changes))
    yield from (Task("link-dead", entry, soon, unit, url) for url in _links(entry) if url in signals.dead_links)
    for feed in getattr(entry.record, "feeds", ()):
        if feed.url in signals.failing:
            yield Task("source-failing", entry, soon, unit, feed.url)


def _links(entry: Entry[Any]) -> list[str]:
    return [url for name in ("url", "website", "apply_url") if (url := getattr(entry.record, name, None))]


def _translations(entry: Entry[Any], today: date, unit: str) -> Iterator[Task]:
    for language in LANGUAGES:
        if count := untranslated(entry.record, language):
            yield Task("translate", entry, today + timedelta(days=LATER), unit, str(count), language)


def _due(entry: Entry[Any], today: date, unit: str) -> Iterator[Task]:
    """Terms of agreements and reports; an obligation is its own unit's."""
    if entry.kind in ("agreement", "reporting"):
        for due in dues(entry.kind, entry.id, plain(entry.record), today):
            if due.days <= TERM_AHEAD:
                yield Task("due", entry, today + timedelta(days=due.days), due.owner or unit, due.what)


def _lagging(kb: KnowledgeBase, today: date, last: Snapshot) -> Iterator[Task]:
    """Texts that changed in one language since the last quarter while the other stayed as it was: one task a field."""
    whose = _Whose(kb)
    for change in compare(last, take(kb, of(today), today)):
        entry = kb.of_kind(change.kind).get(change.id) if change.kind in RECORDS else None
        behind = behind_in(change)
        if entry and behind:
            yield Task("lagging", entry, today + timedelta(days=SOON), whose.unit(entry), change.field, behind)


def behind_in(change: Change) -> Language | None:
    """The language of a text that stayed as it was while the other changed; none when both or neither did."""
    before, after = change.before, change.after
    if change.action != "changed" or not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return None
    if not all(language in part for language in LANGUAGES for part in (before, after)):
        return None
    stayed = [language for language in LANGUAGES if before[language] == after[language]]
    return stayed[0] if len(stayed) == 1 else None


def planned(found: Iterable[Task], today: date) -> list[Task]:
    """Give each task a week: the last one with room not after its day, else the first one from now on with room."""
    this_week = _monday(today)
    diaries: defaultdict[str, _Diary] = defaultdict(_Diary)
    done = []
    for task in sorted(found, key=lambda task: (task.by, task.kind, task.entry.path, task.detail), reverse=True):
        week = diaries[task.unit].enter(max(0, (_monday(task.by) - this_week).days // 7))
        done.append(replace(task, week=this_week + timedelta(weeks=week)))
    return done


class _Diary:
    """The weeks of one unit, counted from this one, and how many tasks stand in each."""

    def __init__(self) -> None:
        self._entered: Counter[int] = Counter()
        self._before: dict[int, int] = {}
        """For a full week the last one before it that had room when somebody looked; -1 for none."""
        self._first = 0

    def enter(self, week: int) -> int:
        """Enter a task, and say in which week: this one or the last before it with room, else the first with room."""
        full = []
        while week >= 0 and self._entered[week] >= A_WEEK:
            full.append(week)
            week = self._before.get(week, week - 1)
        self._before.update(dict.fromkeys(full, week))
        if week < 0:
            while self._entered[self._first] >= A_WEEK:
                self._first += 1
            week = self._first
        self._entered[week] += 1
        return week


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def said(task: Task, words: Words) -> str:
    """What is to be done, in words."""
    if task.kind == "due":
        return words(f"todo.due-{task.detail}")
    if task.kind == "translate":
        return words(f"todo.translate-{task.language}", n=task.detail)
    if task.kind == "lagging":
        return words(f"todo.lagging-{task.language}", field=task.detail)
    return words(f"todo.{task.kind}", url=task.detail)
