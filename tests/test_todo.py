"""What is to be done is told once, to whom, in a week that has room for it."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.editing.repository import Repository
from kb.history.snapshot import take
from kb.records.knowledge import Entry
from kb.records.reading import load
from kb.site.pages import todo as page
from kb.site.view.writer import Edition, Writer
from kb.upkeep.todo import A_WEEK, Signals, Task, planned, said, tasks
from kb.words.language import LANGUAGES, Words
from kb.words.quarters import parse
from trees import DAY

MONDAY = date(2026, 11, 23)
GUIDE, NNO, ANKARA = "nno/resources/guide.yml", "nno/network.yml", "_office/agreements/ankara.yml"


@pytest.fixture
def found(tree, today):
    """The tasks of the small tree as (kind, file, detail, language)."""

    def make(kinds=(), on=today, **more):
        kb, problems = tree.load()
        assert problems == []
        return [(t.kind, t.entry.path, t.detail, t.language) for t in tasks(kb, on, **more) if not kinds or t.kind in kinds]

    return make


def test_a_check_becomes_a_task_before_it_falls_due(found):
    """The guide was confirmed on 2 October 2026 for a year."""
    assert found({"confirm"}, date(2027, 3, 1)) == []
    assert found({"confirm"}, date(2027, 9, 1)) == [("confirm", GUIDE, "", "")]


def test_a_watched_page_that_changed_puts_its_record_on_the_list(tree, found):
    """By the address of the page, watched or named as a source."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nsources: [https://www.no.example/about]")
    changed = Signals(changes=dict.fromkeys(["https://www.no.example/about", "https://elsewhere.org/"], "2026-11-20"))
    assert found({"page-changed"}, signals=changed) == [("page-changed", GUIDE, "https://www.no.example/about", "")]


def test_a_dead_link_and_a_failing_source_are_tasks_of_their_records(tree, found):
    """With the address."""
    tree.edit(NNO, "meetings:", "feeds: [{url: 'https://www.no.example/rss', evidence: seen}]\nmeetings:")
    signals = Signals(
        dead_links=frozenset({"https://www.no.example/guide"}), failing={"https://www.no.example/rss": "2026-11-01"}
    )
    assert found({"link-dead", "source-failing"}, signals=signals) == [
        ("link-dead", GUIDE, "https://www.no.example/guide", ""),
        ("source-failing", NNO, "https://www.no.example/rss", ""),
    ]


def test_missing_translations_are_counted_by_file_and_language(found):
    """One task a file and language, not one a sentence."""
    rows = found({"translate"})
    assert ("translate", NNO, "7", "ka") in rows
    assert ("translate", ANKARA, "3", "ka") in rows
    assert not any(language == "en" for *_, language in rows)


def test_a_text_that_changed_in_one_language_is_behind_in_the_other(tree, found, today):
    """Per field; where both changed nothing is behind."""
    last = take(tree.load()[0], parse("2026-Q3"), today)
    tree.edit(GUIDE, "en: Guide", "en: Guides")
    tree.edit(GUIDE, "{ka: რა არის., en: What it is.}", "{ka: რა იყო., en: What it was.}")
    assert found({"lagging"}, last=last) == [("lagging", GUIDE, "title", "ka")]


def test_a_draft_is_a_task(tree, found):
    """Half-done records are not forgotten, and nothing else is asked of them."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    assert [row for row in found() if row[1] == GUIDE] == [("draft", GUIDE, "", "")]


def test_terms_that_end_are_tasks_of_the_unit_responsible(tree, today):
    """An obligation is its owner's; a report its unit's."""
    tree.edit(ANKARA, "due: 2027-01", "due: 2027-01-20")
    tree.edit("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2026-12-15")
    due = [(t.detail, t.unit, t.by) for t in tasks(tree.load()[0], today) if t.kind == "due"]
    assert due == [("next-due", "nvd", date(2026, 12, 15)), ("obligation", "international-exchanges", date(2027, 1, 20))]


def test_archived_records_ask_for_nothing(tree, found):
    """They are over."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: archived\narchived: {on: 2026-11-01, reason: {en: Old.}}")
    assert not any(path == GUIDE for _, path, *_ in found(on=date(2028, 1, 1)))


@pytest.fixture(scope="module")
def library(house):
    """The records of the tests' house with a long shelf of books, all put together on one day."""
    return load(house / "networks", DAY)[0]


def test_no_week_is_flooded(library):
    """All books fall due on one day; no unit has more than ten tasks in a week."""
    many = tasks(library, DAY + timedelta(days=300))
    assert Counter(task.by for task in many).most_common(1)[0][1] > 4 * A_WEEK
    assert max(Counter((task.unit, task.week) for task in many).values()) <= A_WEEK


def test_what_can_be_planned_in_time_is(library):
    """A week before its day wherever there is room."""
    start = DAY + timedelta(days=70)
    few = [task for task in tasks(library, start) if task.kind == "confirm" and task.by > start]
    assert len(few) > 4 * A_WEEK
    assert all(task.week <= task.by for task in planned(few, start))


def test_planning_loses_and_repeats_nothing(library):
    """The same tasks, each with a week that begins on a Monday and is not past."""
    many = tasks(library, DAY)
    again = planned(many, DAY)
    assert sorted(t.entry.path + t.kind + t.detail + t.language for t in again) == sorted(
        t.entry.path + t.kind + t.detail + t.language for t in many
    )
    assert all(task.week.weekday() == 0 and task.week >= DAY - timedelta(days=6) for task in again)


@given(st.lists(st.integers(-20, 60), max_size=120))
def test_tasks_are_planned_as_by_trying_every_week(days):
    """The way with remembered full weeks gives what looking at each week in turn gives."""
    entry = Entry("resource", "nno/guide", GUIDE, None)
    taken, expected = Counter(), []
    for day in sorted(days, reverse=True):
        week = max(0, (day + MONDAY.weekday()) // 7)
        week = next((w for w in range(week, -1, -1) if taken[w] < A_WEEK), None)
        week = next(w for w in count() if taken[w] < A_WEEK) if week is None else week
        taken[week] += 1
        expected.append(week)
    given = [Task("confirm", entry, MONDAY + timedelta(days=day), "nvd") for day in days]
    assert [(task.week - MONDAY).days // 7 for task in planned(given, MONDAY)] == expected


def test_every_task_has_its_words_and_its_place_on_the_page(library):
    """In both languages; with what robots found out, too."""
    kb = library
    urls = frozenset(entry.record.url for entry in kb.resources.values())
    feeds = {feed.url: "2026-11-01" for entry in kb.networks.values() for feed in entry.record.feeds}
    many = tasks(kb, DAY + timedelta(days=200), Signals(dict.fromkeys(urls, DAY.isoformat()), urls, feeds))
    assert {task.kind for task in many} >= {"confirm", "page-changed", "link-dead", "source-failing"}
    for language in LANGUAGES:
        assert all(said(task, Words(language)) for task in many)
        made = page.page(Writer(Edition(kb, Words(language), DAY, Repository(), planned=many), 1))
        assert len(made.sections) == page.WEEKS + 1


def test_every_kind_of_task_has_its_words(tree, today):
    """The small tree lacks translations and has terms."""
    tree.edit("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2026-12-15")
    for language in LANGUAGES:
        texts = [said(task, Words(language)) for task in tasks(tree.load()[0], today)]
        assert all(texts)
        assert len(set(texts)) > 3


def test_kb_todo_prints_each_task_with_its_file(tree, kb_command):
    """For everybody, or for one unit; a unit that there is not is refused."""
    tree.edit("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2026-12-15")
    whole = kb_command("todo", "--records", str(tree.root), "--lang", "en").output
    mine = kb_command("todo", "--records", str(tree.root), "--lang", "en", "--unit", "nvd").output
    assert "Submit the report  networks/_office/reporting/cat.yml" in mine
    assert len(whole.splitlines()) > len(mine.splitlines())
    assert kb_command("todo", "--records", str(tree.root), "--unit", "nvn").exit_code == 2
