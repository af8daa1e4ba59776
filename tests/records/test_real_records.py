"""The real records: they are right, and every file of theirs can be edited by the commands and back."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.cli.verdict import derived_faults
from kb.editing.curation import Confirmation, Refused, archive, confirm
from kb.editing.edits import NotEdited, edited
from kb.records.checking.document import parse
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.reading import LISTS, SCHEMA_ENDING, load
from kb.records.schema import KINDS

from .conftest import OURS, PROJECT, RECORDS, said, told

CONFIRMED = {"review", "confirmed_on", "confirmed_by"}
ARCHIVED = {"status", "archived", "on", "reason", "ka"}


def test_the_check_is_content(today: date) -> None:
    """`kb check` finds nothing to mend in any file."""
    told(load(RECORDS, today)[1], "networks")


def test_what_is_derived_is_up_to_date(today: date) -> None:
    """`kb schema --check`: schemas, tables of the guide and forms are what the model and the right records make of them."""
    kb, problems = load(RECORDS, today)
    told([] if problems else derived_faults(PROJECT, RECORDS, kb))


def test_no_schema_is_left_over() -> None:
    """Each schema beside the records is of a kind of record, or of a list, that there is."""
    names = {path.name.removesuffix(SCHEMA_ENDING) for path in RECORDS.glob(f"*{SCHEMA_ENDING}")}
    left = sorted(names - (KINDS | LISTS).keys())
    said([*OURS, "", *(f"networks/{name}{SCHEMA_ENDING}" for name in left)] if left else [])


def test_confirming_and_archiving_change_the_meant_lines_and_back(kb: KnowledgeBase, today: date) -> None:
    """In each file only the lines of the review, or of the archive, differ; taking the change back gives the same bytes."""
    wrong = [line for entry in kb.entries() for line in _misedited(kb, entry, today)]
    said([*OURS, "", *wrong] if wrong else [])


def _misedited(kb: KnowledgeBase, entry: Entry[Any], today: date) -> Iterator[str]:
    """What the two commands do wrong to a file, in words; a file that they refuse is left alone, which is right."""
    raw = (RECORDS / entry.path).read_bytes()
    by = next(iter(kb.units), "")
    for command, fields in (("confirm", CONFIRMED), ("archive", ARCHIVED)):
        try:
            if command == "confirm":
                new = confirm(RECORDS, kb, [entry.path], Confirmation(by, today, today, seen=True))[entry.path]
            else:
                new = archive(RECORDS, kb, entry.path, {"ka": "მიზეზი"}, today)[entry.path]
        except Refused:
            continue
        touched = {line[1:].partition(":")[0].strip() for line in _differing(raw, new or b"")}
        if touched - fields:
            yield f"networks/{entry.path}: kb {command}: {', '.join(sorted(touched - fields))}"
        if _undone(entry.path, raw, new or b"") not in (raw, None):
            yield f"networks/{entry.path}: kb {command}: the file is not as before when the change is taken back"


def _differing(before: bytes, after: bytes) -> list[str]:
    """The lines that differ, each with its sign; of a line in braces the parts."""
    found = difflib.unified_diff(_parts(before), _parts(after), n=0, lineterm="")
    return [line for line in list(found)[2:] if line[0] in "+-"]


def _parts(raw: bytes) -> list[str]:
    """The lines of a file, those in braces cut into their fields."""
    lines = raw.decode("utf-8-sig").splitlines()
    return [part for line in lines for part in (line.replace("{", "\n").replace(",", "\n").replace("}", "\n").split("\n"))]


def _undone(path: str, raw: bytes, new: bytes) -> bytes | None:
    """A file with the fields of a change as they were; None where only a person can bring them back."""
    old, changed = _fields(path, raw), _fields(path, new)
    changes: list[tuple[tuple[str | int, ...], Any]] = []
    for name in changed:
        if name not in old:
            changes.append(((name,), None))
        elif old[name] != changed[name] and isinstance(old[name], Mapping):
            was, now = old[name], changed[name]
            changes += [((name, part), was.get(part)) for part in now if was.get(part) != now[part]]
        elif old[name] != changed[name]:
            changes.append(((name,), old[name]))
    try:
        return edited(path, new, changes)
    except NotEdited:
        return None


def _fields(path: str, raw: bytes) -> Mapping[str, Any]:
    document, _ = parse(path, raw)
    return {} if document is None else dict(document.data)
