"""Gives a record another id: its file moves, its old id leads to it, and every reference to it follows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kb.editing.curation import Refused, changed, commit, entry_of, reworked
from kb.editing.edits import Change
from kb.records.checking.document import Path as Where
from kb.records.checking.problem import Problem
from kb.records.checking.references import references
from kb.records.folder import entries
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.reading import OFFICE, placed

DECISIONS = f"{OFFICE}/decisions.yml"
"""Which record a fetched item became, by its file."""


def rename(root: Path, kb: KnowledgeBase, path: str, name: str, today: date) -> list[str]:
    """Rename the record in the file `path` to the slug `name`, and return the files that were written or went away.

    Raises Refused, with every file as it was, for a name that is wrong or taken.
    """
    entry = entry_of(kb, path)
    target = _target(root, entry, name)
    files: dict[str, bytes] = {other: changed(root, other, changes) for other, changes in _references(kb, entry, name)}
    moves = _moves(root, entry, target)
    if decided := [(at, moves[d.record]) for at, d in enumerate(kb.decisions) if d.record in moves]:
        files[DECISIONS] = changed(root, DECISIONS, [((at, "record"), new) for at, new in decided])
    files |= {new: files.get(old) or (root / old).read_bytes() for old, new in moves.items()}
    files[target] = _renamed(entry, name, files[target])
    return commit(root, {**files, **dict.fromkeys(moves)}, today)


def _target(root: Path, entry: Entry[Any], name: str) -> str:
    """The file under its new name; raises Refused."""
    folder = entry.path.rpartition("/")[0]
    new = f"{name}/network.yml" if entry.kind == "network" else f"{folder}/{name}.yml"
    place = placed(new)
    if isinstance(place, Problem):
        raise Refused("name", new, place)
    if "/" in name:
        raise Refused("name", new, Problem(new, 1, "", "slug", name))
    if (root / new).exists() or (entry.kind == "network" and (root / name).exists()):
        raise Refused("taken", new)
    return new


def _renamed(entry: Entry[Any], name: str, raw: bytes) -> bytes:
    """The record's own file: the old id among the former ones, the new one no longer."""
    record = entry.record
    others = tuple(old for old in record.former_ids if old != name)
    changes: list[Change] = [(("former_ids", len(others)), entry.slug)]
    if name in record.former_ids:  # named back: the name is free again
        changes.insert(0, (("former_ids", record.former_ids.index(name)), None) if others else (("former_ids",), None))
    if record.id is not None:
        changes.append((("id",), name))
    return reworked(entry.path, raw, changes)


def _moves(root: Path, entry: Entry[Any], target: str) -> dict[str, str]:
    """Old file → new file: of a network all that stands in its folder."""
    if entry.kind != "network":
        return {entry.path: target}
    folder = target.partition("/")[0]
    return {f"{entry.id}/{name}": f"{folder}/{name}" for name, _ in entries(root / entry.id)}


def _references(kb: KnowledgeBase, entry: Entry[Any], name: str) -> Iterator[tuple[str, list[Change]]]:
    """Every file that refers to a record, with the changes that make it follow."""
    parts: list[tuple[str, list[tuple[Where, Any]]]] = [(other.path, [((), other.record)]) for other in kb.entries()]
    parts.append((f"{OFFICE}/units.yml", [((number,), unit) for number, unit in enumerate(kb.units.values())]))
    for path, records in parts:
        found = [row for where, record in records for row in references(record, where)]
        changes = [(place, new) for place, kind, old in found if (new := _followed(entry, kind, old, name)) != old]
        if changes:
            yield path, changes


def _followed(entry: Entry[Any], kind: str, found: str, name: str) -> str:
    """What a reference says after the record has its new id."""
    if kind == entry.kind and found == entry.id:
        return f"{entry.owner}/{name}" if "/" in entry.id else name
    if entry.kind == "network" and kind == "resource" and found.startswith(f"{entry.id}/"):
        return f"{name}/{found.partition('/')[2]}"
    return found
