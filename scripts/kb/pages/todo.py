"""What there is to do: the tasks of the next weeks with the file of each, the rest counted."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from kb.markup import escape, joined, state
from kb.pages import lists
from kb.todo import Task, said
from kb.view import Page, Rows, Section, Statements
from kb.words import Words
from kb.writer import Writer

WEEKS = 4  # shown open; later ones are folded


def page(w: Writer) -> Page:
    """What there is to do, by week."""
    return lists.page(w, "todo", _sections(w, w.edition.tasks))


def _sections(w: Writer, tasks: Sequence[Task]) -> tuple[Section, ...]:
    """A section a week for the next four, then one for what comes later."""
    weeks: dict[date, list[Task]] = {}
    for task in tasks:
        weeks.setdefault(task.week, []).append(task)
    near, far = list(weeks.items())[:WEEKS], list(weeks.items())[WEEKS:]
    found = [Section(f"w-{week}", _title(w.words, week), (_rows(w, mine),), len(mine)) for week, mine in near]
    if far:
        count = sum(len(mine) for _, mine in far)
        found.append(Section("later", w.words.html("todo.later"), (_later(w, far),), count))
    nothing = Statements(((Markup(), escape(w.words("todo.nothing"))),))
    return tuple(found) or (Section("nothing", w.words.html("nav.todo"), (nothing,)),)


def _title(words: Words, week: date) -> str:
    return words("todo.week", date=words.date(week.isoformat()))


def _rows(w: Writer, tasks: Sequence[Task]) -> Rows:
    # a draft has no page to lead to
    return Rows(
        tuple((w.link(task.entry) if task.kind != "draft" else escape(task.entry.path), _about(w, task)) for task in tasks)
    )


def _later(w: Writer, weeks: Sequence[tuple[date, list[Task]]]) -> Rows:
    """Later weeks by their number of tasks alone: they are planned anew every day."""
    return Rows(
        tuple((escape(_title(w.words, week)), escape(w.words("changes.all_of_kind", n=len(tasks)))) for week, tasks in weeks)
    )


def _about(w: Writer, task: Task) -> Markup:
    late = task.by < w.today
    when = state("late" if late else "due", w.words("todo.by", date=w.words.short(task.by.isoformat())))
    unit = w.kb.units.get(task.unit)
    return joined([escape(said(task, w.words)), when, w.unit_link(unit) if unit else Markup(), w.edit(task.entry.path)])
