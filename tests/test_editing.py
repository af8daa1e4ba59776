"""Editing by lines: only what is meant changes, in every record of the tests and in every form a file may have."""

import difflib

import pytest

from kb.editing.edits import NotEdited, edited
from kb.records.checking.document import parse
from trees import OFFICE

RECORDS = sorted(path for path in OFFICE.rglob("*.yml") if path.parent.name != "_office")
FILES = [path for path in RECORDS if "status: archived" not in path.read_text("utf-8")]
FORMS = {"as it is": lambda raw: raw, "CRLF": lambda raw: raw.replace(b"\n", b"\r\n"), "no end": lambda raw: raw.rstrip(b"\n")}
CHANGES = [
    (("review", "confirmed_on"), "2026-11-22"),
    (("review", "confirmed_by"), "nvd"),
    (("status",), "archived"),
    (("archived",), {"on": "2026-11-22", "reason": {"ka": "პროექტი დასრულდა"}}),
    (("former_ids",), ["old-name"]),
]
REVIEW = (("review",), {where[1]: value for where, value in CHANGES[:2]})  # in one, where there is none yet
FIELDS = {"review", "confirmed_on", "confirmed_by", "status", "archived", "on", "reason", "ka", "former_ids"}


def differing(before, after):
    """The lines that differ, each with its sign."""
    found = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line for line in list(found)[2:] if line[0] in "+-"]


def undone(raw, changes):
    """The changes that bring back what the file said."""
    data = parse("x.yml", raw)[0].data
    values = []
    for where, _ in reversed(changes):
        value = data
        for step in where:
            value = (value or {}).get(step)
        values.append((where, value))
    return values


@pytest.mark.parametrize("form", FORMS)
def test_every_record_changes_by_the_meant_lines_and_back(form):
    """In each of the files only the new lines differ, and taking them away again gives the same bytes."""
    wrong = []
    for path in FILES:
        raw = FORMS[form](path.read_bytes())
        changes = (
            CHANGES if b"\nreview:" in raw else [(("review",), {where[1]: value for where, value in CHANGES[:2]}), *CHANGES[2:]]
        )
        new = edited(path.name, raw, changes)
        told = {line[1:].partition(":")[0].strip() for line in differing(raw, new)}
        if edited(path.name, new, undone(raw, changes)) != raw or not told <= FIELDS:
            wrong.append((path, told))
    assert wrong == []


def scalars(data, where=()):
    """Every place with a text or a number."""
    if isinstance(data, dict):
        return [found for key, part in data.items() for found in scalars(part, (*where, key))]
    if isinstance(data, tuple):
        return [found for number, part in enumerate(data) for found in scalars(part, (*where, number))]
    return [(where, data)] if data is not None and not isinstance(data, bool) else []


@pytest.mark.parametrize("path", FILES[:: len(FILES) // 12], ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_any_value_of_a_record_can_be_changed_alone(path):
    """Each text and number of a record takes another value; the lines outside it are the same bytes."""
    raw = path.read_bytes()
    for where, _ in scalars(parse(path.name, raw)[0].data):
        new = edited(path.name, raw, [(where, "x: ახალი")])
        matcher = difflib.SequenceMatcher(None, raw.splitlines(), new.splitlines(), autojunk=False)
        stretches = [code for code in matcher.get_opcodes() if code[0] != "equal"]
        assert (where, len(stretches), stretches[0][4] - stretches[0][3]) == (where, 1, 1)


CASES = [
    # (file, change, file after it)
    ("a: 1 # why\nb: 2\n", (("a",), 3), "a: 3 # why\nb: 2\n"),
    ('a: "1"   # why\n', (("a",), "2"), 'a: "2"   # why\n'),
    ("a: 'x'\n", (("a",), "it's"), "a: 'it''s'\n"),
    ("a: x\n", (("a",), "yes"), 'a: "yes"\n'),
    ("a: {b: 1}\n", (("a", "c"), 2), "a: {b: 1, c: 2}\n"),
    ("a: {}\n", (("a", "c"), 2), "a: {c: 2}\n"),
    ("a: [x]  # t\n", (("a", 1), "w"), "a: [x, w]  # t\n"),
    ("a: []\n", (("a", 0), "w"), "a: [w]\n"),
    ("a:\n- x\n# end\nb: 1\n", (("a", 1), "w"), "a:\n- x\n- w\n# end\nb: 1\n"),
    ("a:\n  - x\n\nb: 1\n", (("a", 1), {"c": 1, "d": 2}), "a:\n  - x\n  - c: 1\n    d: 2\n\nb: 1\n"),
    ("a:\n  b: 1\n  # about c\nd: 1\n", (("a", "c"), 2), "a:\n  b: 1\n  c: 2\n  # about c\nd: 1\n"),
    ("a:\n  b: 1", (("a", "c"), 2), "a:\n  b: 1\n  c: 2"),
    ("a:\nb: 1\n", (("a",), "x"), "a: x\nb: 1\n"),
    ("a:\nb: 1\n", (("a", "c"), "x"), "a:\n  c: x\nb: 1\n"),
    ("a: 1\n", (("b", "c"), "x"), "a: 1\nb:\n  c: x\n"),
    ("a: |\n  x\n  y\nb: 1\n", (("a",), "z"), "a: z\nb: 1\n"),
    ("a: long\n  text\nb: 1\n", (("a",), "z"), "a: z\nb: 1\n"),
    ("- a: 1\n  b: 2\n", ((0, "a"), 3), "- a: 3\n  b: 2\n"),
    ("- a: 1\n- a: 2\n", ((1,), None), "- a: 1\n"),
    ("a: [x, w, z]\n", (("a", 1), None), "a: [x, z]\n"),
    ("a: [x, w]\n", (("a", 0), None), "a: [w]\n"),
    ("a: {b: 1, c: 2}\n", (("a", "b"), None), "a: {c: 2}\n"),
    ("a: 1\nb: 2", (("b",), None), "a: 1"),
    ("a: [x]\n", (("a",), ["x", "w"]), "a: [x, w]\n"),
    ("a:\n  - x # 1\nb: 2\n", (("a",), ["z"]), "a: [z] # 1\nb: 2\n"),
    ("\ufeffa: 1\r\nb:\r\n  c: 2\r\n", (("b", "d"), "x"), "\ufeffa: 1\r\nb:\r\n  c: 2\r\n  d: x\r\n"),
    ("---\na: 1\n...\n", (("b",), 2), "---\na: 1\nb: 2\n...\n"),
    ("a: 1\n\n# the end\n", (("b",), 2), "a: 1\nb: 2\n\n# the end\n"),
    ('"a": 1\n', (("a",), 2), '"a": 2\n'),
    ("a: {b: {ka: x}, }\n", (("a", "c"), "y, z"), 'a: {b: {ka: x}, c: "y, z", }\n'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "change", "new"), CASES)
def test_an_edit_leaves_everything_else(old, change, new):
    """Comments, quotes, blank lines, line ends, the mark at the beginning and the missing end stay."""
    assert edited("x.yml", old.encode(), [change]).decode() == new


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a:\n  b: 1\n", (("a", "b"), None)),  # the field would be left with nothing
        ("- a: 1\n  b: 2\n", ((0, "a"), None)),  # the line also begins the item
        ("a: 1\n", (("b",), None)),
        ("a: 1\n", (("a", "b"), 2)),
        ("a: [x\n", (("a",), 2)),
        ("a: 1\na: 2\n", (("a",), 3)),
        ("a: yes\n", (("b",), 3)),
        ("\tb: 1\n", (("b",), 3)),
        ("", (("b",), 3)),
        ("a: 1\n", (("b",), "ზero")),
        ("a: [x]\n", (("a", "b"), 2)),
        ("a: {b: 1}\n", (("a", 0), 2)),
        ("a: [x, # why\n  w]\n", (("a", 0), None)),  # the comment would go, too
        ("a:\n  - x # why\n  - w\n", (("a",), ["z"])),
        ("a: 1\n", (("b",), "x\u200bx")),
    ],
)
def test_what_cannot_be_done_by_lines_is_refused(text, change):
    """Rather no edit than one that changes something else or makes a file that cannot be read."""
    with pytest.raises(NotEdited):
        edited("x.yml", text.encode(), [change])
