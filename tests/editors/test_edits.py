"""What editors do: what a proposal of it runs is green, or its answer says what is wrong, where, and what mends it."""

import pytest

from .conftest import PYTHONS_OWN, Clone, Edit

DAYS = ("2026-11-22", "2028-02-29")
BY = ("--by", "international-exchanges")
GUIDE, EVENT, CAT = "nno/resources/guide.yml", "nno/events/2026-09-assembly.yml", "_office/reporting/cat.yml"
HELP, SECTION = "content/ka/help/index.md", "content/en/networks/index.md"
NEW = """\
title: {ka: კურსი, en: Course}
type: e-learning
url: https://www.no.example/course
languages: [en]
themes: [juvenile]
summary: {ka: რა არის., en: What it is.}
"""
THEME = "- id: migration\n  name: {ka: მიგრაცია, en: Migration}\n"


def append(clone: Clone, path: str, text: str) -> None:
    """Put lines at the end of a file of the clone."""
    file = clone.folder / path
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def write(clone: Clone, path: str, text: str) -> None:
    """Write a file of the clone anew."""
    (clone.folder / path).write_text(text, "utf-8")


def delete(clone: Clone, path: str) -> None:
    """Take a file of the clone away."""
    (clone.folder / path).unlink()


RIGHT: dict[str, Edit] = {
    "confirm": lambda clone: clone.done("confirm", f"networks/{GUIDE}", *BY),
    "archive": lambda clone: clone.done("archive", f"networks/{CAT}", "--reason", "აღარ გამოიყენება"),
    "a new record without the line of its schema": lambda clone: clone.tree.write("nno/resources/course.yml", NEW),
    "a text in one language": lambda clone: clone.tree.edit(GUIDE, "\n  en: Guide", ""),
    "a translation that is only begun": lambda clone: clone.tree.edit(EVENT, "en: Assembly", "en: "),
    "a record deleted to which nothing leads": lambda clone: delete(clone, "networks/nno/opportunities/grant.yml"),
    "a resource renamed": lambda clone: clone.done("rename", f"networks/{GUIDE}", "handbook"),
    "a page written by hand": lambda clone: append(clone, HELP, "\n## ახალი {#new}\n\n[ქსელები](../networks/index.md)\n"),
    "the introduction of a section": lambda clone: append(clone, SECTION, "\nMore words, and a [link](../help/index.md).\n"),
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_answered_as_ready(clone: Clone, name: str, day: str) -> None:
    """The check, the build, what is derived: all are content, and nothing is to be mended."""
    clone.day = day
    RIGHT[name](clone)
    assert clone.answered()[:2] == (True, [])


WRONG: dict[str, tuple[Edit, str, int]] = {
    "a mistake in a word": (lambda clone: clone.tree.edit(GUIDE, "handbook", "handbok"), f"networks/{GUIDE}", 4),
    "a tab": (lambda clone: clone.tree.edit(GUIDE, "  en: Guide", "\ten: Guide"), f"networks/{GUIDE}", 3),
    "a record that is only begun": (
        lambda clone: clone.done("new", "resource", "course", "--network", "nno"),
        "networks/nno/resources/course.yml",
        5,
    ),
    "a network deleted with its file alone": (lambda clone: delete(clone, "networks/nno/network.yml"), f"networks/{EVENT}", 6),
    "the list of themes deleted": (lambda clone: delete(clone, "networks/_office/themes.yml"), "networks/_office/themes.yml", 1),
    "a link to a page that is not there": (lambda clone: append(clone, HELP, "\n[x](../gone/index.md)\n"), HELP, 0),
    "a page written by hand deleted": (lambda clone: delete(clone, HELP), HELP, 1),
    "the head of a section's page lost": (lambda clone: (clone.folder / SECTION).write_text("words\n") and None, SECTION, 1),
    "a page in one language": (
        lambda clone: (clone.folder / "content/en/x.md").write_text("# X\n") and None,
        "content/en/x.md",
        1,
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_answered_with_file_and_line(clone: Clone, name: str) -> None:
    """Each mistake is told where it stands; line 0 is the last of its file."""
    edit, path, line = WRONG[name]
    clone.day = DAYS[0]
    edit(clone)
    last = len((clone.folder / path).read_text("utf-8").splitlines()) if line == 0 else line
    ready, places, said = clone.answered()
    assert not ready
    assert (path, last) in places, said


DERIVED: dict[str, Edit] = {
    "a new theme": lambda clone: append(clone, "networks/_office/themes.yml", THEME),
    "a network renamed": lambda clone: clone.done("rename", "networks/nno/network.yml", "northern"),
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", DERIVED)
def test_what_is_derived_is_mended_by_the_command_that_the_answer_names(clone: Clone, name: str, day: str) -> None:
    """The forms offer themes and networks: the answer names the file and `kb schema`, and after it is ready."""
    clone.day = day
    DERIVED[name](clone)
    ready, places, said = clone.answered()
    assert (ready, "kb schema" in said) == (False, True)
    assert [path.startswith(".github/ISSUE_TEMPLATE/") for path, _ in places] == [True]
    clone.done("schema")
    assert clone.answered()[0]


def test_what_judges_the_records_is_green_after_all_of_these_edits(clone: Clone) -> None:
    """tests/records, run on a day before that of the edits: it judges as of the newest day in the records."""
    clone.day = DAYS[1]
    for edit in (RIGHT | DERIVED).values():
        edit(clone)
    clone.done("confirm", "networks/northern/network.yml", *BY)
    clone.done("schema")
    code, said = clone.judged(DAYS[0])
    assert code == 0, said


@pytest.mark.parametrize("names", [("a mistake in a word",), ("a new theme", "a link to a page that is not there")])
def test_what_judges_the_records_speaks_no_python(clone: Clone, names: tuple[str, ...]) -> None:
    """tests/records is red in the same words as the answer: an editor never meets an assertion."""
    clone.day = DAYS[0]
    for name in names:
        edit = DERIVED[name] if name in DERIVED else WRONG[name][0]
        edit(clone)
    _, places, _ = clone.answered()
    code, said = clone.judged(DAYS[0])
    assert (code, len(places)) == (1, len(names))
    assert [path for path, line in places if f"\n{path}:{line}: " not in said] == []
    assert "უნდა" in said
    assert not PYTHONS_OWN.search(said), said
