"""What there is to do: the tasks of the next weeks with the file of each, the rest counted."""

from collections.abc import Sequence
from datetime import date, timedelta

from kb.site.pages import lists
from kb.site.view.blocks import Page, Prose, Row, Rows, Section
from kb.site.view.lines import NOTHING, Line, Run, joined, said
from kb.site.view.writer import Writer
from kb.upkeep import todo
from kb.words.language import Words

WEEKS = 4  # shown open; later ones are folded
SUNDAY = timedelta(days=6)  # from a Monday to the end of its week


def page(w: Writer) -> Page:
    """What there is to do, by week."""
    return lists.page(w, "todo", _sections(w, w.edition.tasks))


def _sections(w: Writer, tasks: Sequence[todo.Task]) -> tuple[Section, ...]:
    """A section a week for the next four, then one for what comes later."""
    weeks: dict[date, list[todo.Task]] = {}
    for task in tasks:
        weeks.setdefault(task.week, []).append(task)
    near, far = list(weeks.items())[:WEEKS], list(weeks.items())[WEEKS:]
    found = [Section(f"w-{week}", _title(w.words, week), (_rows(w, mine),), len(mine)) for week, mine in near]
    if far:
        count = sum(len(mine) for _, mine in far)
        found.append(Section("later", w.words("todo.later"), (_later(w, far),), count))
    nothing = Prose(w.say("todo.nothing"))
    return tuple(found) or (Section("nothing", w.words("nav.todo"), (nothing,)),)


def _title(words: Words, week: date) -> str:
    """A week by its first and last day; in a list of weeks to come the year goes without saying."""
    last = week + SUNDAY
    month = "" if week.month == last.month else f" {words.month(week.month)}"
    dash = " – " if month else "–"
    return words("todo.week", days=f"{week.day}{month}{dash}{last.day} {words.month(last.month)}")


def _rows(w: Writer, tasks: Sequence[todo.Task]) -> Rows:
    division = next((unit.id for unit in w.kb.units.values() if unit.kind == "division"), "")
    return Rows(tuple(_row(w, task, division) for task in tasks))


def _row(w: Writer, task: todo.Task, division: str) -> Row:
    """A task: the record with its page, and the file once; a draft has no page to lead to."""
    file, about = _file(w, task.entry.path), _about(w, task, division)
    return Row(file, about) if task.kind == "draft" else Row(w.link(task.entry), joined([about, file]))


def _file(w: Writer, path: str) -> Line:
    """The file to change, leading to its editor where it has an address."""
    name, address = w.edition.repository.file(path), w.edition.repository.edit_address(path)
    return (Run(name, address, "code"),)


def _later(w: Writer, weeks: Sequence[tuple[date, list[todo.Task]]]) -> Rows:
    """Later weeks by their number of tasks alone: they are planned anew every day."""
    return Rows(
        tuple(Row(said(_title(w.words, week)), said(w.words("changes.all_of_kind", n=len(tasks)))) for week, tasks in weeks)
    )


def _about(w: Writer, task: todo.Task, division: str) -> Line:
    """What is to be done, by when and by whom; the Division, which does most, is not named."""
    late, last = task.by < w.today, task.week + SUNDAY
    when = said(w.words("todo.by", date=w.words.short(task.by.isoformat())), "late" if late else "due")
    early = w.words("todo.prepare", date=w.words.short(last.isoformat())) if task.kind == "due" and task.by > last else ""
    unit = w.kb.units.get(task.unit) if task.unit != division else None
    return joined([said(todo.said(task, w.words)), said(early), when, w.unit_link(unit) if unit else NOTHING])
