"""What people do to records besides writing them: confirming and archiving, as edits that leave the rest of a file alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.editing.edits import Change, NotEdited, edited
from kb.records.checking.problem import Problem
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.reading import ROBOTS, load
from kb.records.replacement import replace
from kb.upkeep.watched import changed_pages, changes_of
from kb.words.language import Language, Words

Edits = Mapping[str, bytes | None]
"""File below the record tree → its new bytes; None for one that goes away."""


class Refused(Exception):
    """What was asked for is not done; `code` finds its words in `strings.yml` under `refused`."""

    def __init__(self, code: str, path: str = "", why: Problem | None = None, **values: str) -> None:
        super().__init__(code, path, values)
        self.code, self.path, self.why, self.values = code, path, why, values

    def say(self, language: Language) -> str:
        """Which file and why not, in words."""
        why = {"why": self.why.say(language)} if self.why else {}
        return f"{self.path}: " * bool(self.path) + Words(language)(f"refused.{self.code}", **self.values, **why)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's word that a record says what its sources say."""

    by: str
    """The unit."""
    on: date
    today: date
    seen: bool = False
    """Whether the person saw that a watched page had changed."""
    robot: bool = False
    """Whether a program asks: only people confirm."""
    corrected: tuple[str, ...] = ()
    """Fields that were corrected without a change of meaning, which no bulletin is to tell."""


def confirm(root: Path, kb: KnowledgeBase, paths: Sequence[str], given: Confirmation) -> Edits:
    """The edits that set `confirmed_on` and `confirmed_by` in some files; raises Refused for the first that must not be."""
    if given.robot:
        raise Refused("robot")
    if given.on > given.today:
        raise Refused("future", on=given.on.isoformat(), today=given.today.isoformat())
    if given.by not in kb.units:
        raise Refused("unit", found=given.by, units=", ".join(kb.units))
    return {path: _confirmed(root, kb, entry_of(kb, path), given) for path in paths}


def _confirmed(root: Path, kb: KnowledgeBase, entry: Entry[Any], given: Confirmation) -> bytes:
    review = entry.record.review
    if entry.record.status == "archived":
        raise Refused("archived", entry.path)
    if review.confirmed_on and review.confirmed_on > given.on.isoformat():
        raise Refused("older", entry.path, on=review.confirmed_on)
    if not given.seen and (pages := changed_pages(entry, changes_of(kb))):
        raise Refused("changed", entry.path, pages=", ".join(pages))
    changes: list[Change] = [
        (("review", "confirmed_on"), given.on.isoformat()),
        (("review", "confirmed_by"), given.by),
    ]
    if given.corrected:
        correction = {"on": given.on.isoformat(), "fields": list(given.corrected)}
        changes.append((("review", "no_change_of_meaning", len(review.no_change_of_meaning)), correction))
    return changed(root, entry.path, changes)


def archive(root: Path, kb: KnowledgeBase, path: str, reason: Mapping[Language, str], today: date) -> Edits:
    """The edit that archives a record: its page stays with the reason, lists and bulletins leave it out."""
    entry = entry_of(kb, path)
    if entry.record.status == "archived":
        raise Refused("archived", path)
    told = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not told:
        raise Refused("reason", path)
    changes: list[Change] = [(("status",), "archived"), (("archived",), {"on": today.isoformat(), "reason": told})]
    return {path: changed(root, path, changes)}


def entry_of(kb: KnowledgeBase, path: str) -> Entry[Any]:
    """The record of a file; raises Refused for a robot's file, a list, and a file that is wrong or is not there."""
    if path.partition("/")[0] in ROBOTS:
        raise Refused("robots_file", path)
    found = next((entry for entry in kb.entries() if entry.path == path), None)
    if found is None:
        raise Refused("no_record", path)
    return found


def changed(root: Path, path: str, changes: Iterable[Change]) -> bytes:
    """The bytes of a file after some changes; raises Refused when its lines do not allow them."""
    return reworked(path, (root / path).read_bytes(), changes)


def reworked(path: str, raw: bytes, changes: Iterable[Change]) -> bytes:
    """The same for bytes that are in hand."""
    try:
        return edited(path, raw, changes)
    except NotEdited as error:
        raise Refused("by_hand", path, reason=str(error)) from None


def commit(root: Path, edits: Edits, today: date) -> list[str]:
    """Write the files that differ and return their names; raises Refused, with every file as it was, when that
    makes a problem that was not there before."""
    before = {path: _bytes(root / path) for path in edits}
    differing = [path for path, content in edits.items() if content != before[path]]
    known = {(problem.path, problem.field, problem.code) for problem in load(root, today)[1]}
    try:
        _put(root, {path: edits[path] for path in differing})
        _must_be_right([p for p in load(root, today)[1] if (p.path, p.field, p.code) not in known])
    except (Refused, OSError):
        _put(root, {path: before[path] for path in differing})
        raise
    return differing


def _must_be_right(made: list[Problem]) -> None:
    for problem in made:
        raise Refused("breaks", f"{problem.path}:{problem.line}", problem, field=problem.field)


def _put(root: Path, files: Edits) -> None:
    """Write files and take away others, with the folders that this leaves empty."""
    for path, content in files.items():
        file = root / path
        if content is not None or file.exists():
            replace(file, content)
        folder = file.parent
        while content is None and folder != root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def reason_of(text: str) -> dict[Language, str]:
    """A reason under its language: Georgian when it has a Georgian letter."""
    return {"ka" if any("\u10d0" <= letter <= "\u10ff" for letter in text) else "en": text}
