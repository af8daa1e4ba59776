"""The one reader of the record tree: files → KnowledgeBase and every problem in them."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kb.records.checking.document import MOST_BYTES, Document, parse, too_large
from kb.records.checking.problem import REALLY_NEAR, Problem, dotted, nearest, shown
from kb.records.checking.references import (
    Finding,
    Known,
    check_drafts,
    check_items,
    check_record,
    dangling,
    known_ids,
    references_in,
    repeated_ids,
)
from kb.records.checking.validation import MOST_PROBLEMS, model_in, remainder, validate
from kb.records.collected import FOLDER, Collected, followed, read, signature
from kb.records.folder import entries
from kb.records.item import Decision
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.model import RECORDS, Body, Day, Gap, ItemKind, Network, OwnOffice, Term, Theme, Unit
from kb.records.values import SLUG

OFFICE = "_office"
ROBOTS = (FOLDER, "_quarters")
SCHEMA_ENDING = ".schema.json"

# Each kind of record, and what the folders of its files and its records in the knowledge base are called.
PLURALS = {
    "network": "networks",
    "resource": "resources",
    "event": "events",
    "opportunity": "opportunities",
    "agreement": "agreements",
    "reporting": "reporting",
}
# A folder in a network's folder, or in ours → the kind of record in it and its model.
FOLDERS = {PLURALS[kind]: (kind, RECORDS[kind]) for kind in ("resource", "event", "opportunity")}
OFFICE_FOLDERS = {PLURALS[kind]: (kind, RECORDS[kind]) for kind in ("agreement", "reporting", "event", "opportunity")}
NEEDED = {"themes": "theme", "units": "unit"}  # lists to which records refer, and what they hold
LISTS: dict[str, Any] = {
    "themes": tuple[Theme, ...],
    "units": tuple[Unit, ...],
    "bodies": tuple[Body, ...],
    "glossary": tuple[Term, ...],
    "days": tuple[Day, ...],
    "gaps": tuple[Gap, ...],
    "office": OwnOffice,
    "kinds": tuple[ItemKind, ...],
    "decisions": tuple[Decision, ...],
}
# A number of one or two digits after the year is meant for a month, and 9 or 13 is none.
EVENT_NAME = re.compile(r"(?P<month>\d{4}(?:-(?:0[1-9]|1[0-2])|(?!-\d{1,2}(?:-|\Z))))-[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a file says about the record in it."""

    path: str
    """The file below the record tree."""
    kind: str
    id: str
    model: Any


def load(root: Path, today: date) -> tuple[KnowledgeBase, list[Problem]]:
    """Read the whole tree below `root`.

    Returns the knowledge base of all records that are right, and the problems of the others, sorted by
    place, with paths below `root`.
    """
    return Reader(root, today).read()


class Reader:
    """One reading of a tree; keeps what it parsed, so that a changed file can be read alone."""

    def __init__(self, root: Path, today: date) -> None:
        self.root, self.today = root, today
        self._folder = str(root)
        self.places: dict[str, Place] = {}
        self.values: dict[str, tuple[Place, Any]] = {}
        self.problems: dict[str, list[Problem]] = {}
        self._half_read: dict[str, tuple[Place, Any, Any]] = {}
        """Files with problems: what stands in them, and what is left without what is wrong, where that is enough."""
        self._known: Known = {}
        self._checked: dict[str, tuple[Any, list[Finding]]] = {}
        self._collected: tuple[Any, Collected] = ((), Collected())
        self._closed: list[str] = []
        """Folders that may not be read."""

    def read(self) -> tuple[KnowledgeBase, list[Problem]]:
        """All files, then what only the whole can tell."""
        misplaced: list[Problem] = []
        for path in sorted(name for name, _ in self.files_below()):
            place = placed(path)
            if isinstance(place, Problem):
                misplaced.append(place)
            else:
                self.read_file(place)
        return self.assembled(misplaced)

    def read_file(self, place: Place) -> None:
        """Read one file anew, in place of what was known of it."""
        self.forget(place.path)
        value, problems = self._value(place)
        self.places[place.path] = place
        if problems:
            self.problems[place.path] = problems
        if value is not None:
            self.values[place.path] = (place, value)

    def forget(self, path: str) -> None:
        """A file that is gone."""
        self.places.pop(path, None)
        self.values.pop(path, None)
        self.problems.pop(path, None)
        self._half_read.pop(path, None)

    def assembled(self, extra: list[Problem]) -> tuple[KnowledgeBase, list[Problem]]:
        """The knowledge base of what was read, and all problems."""
        kb = _knowledge(self.values)
        collected = followed(self._fetched(), kb.network_names)
        kb = replace(kb, items=collected.items, sources=collected.sources, dead_links=collected.dead_links)
        problems = [p for found in self.problems.values() for p in found] + _files_without_network(self.places.values())
        problems += [Problem(shown(folder, 400), 1, "", "unreadable") for folder in self._closed]
        findings = [*self._findings(kb), *self._repeated()]
        gone = {f"unknown_{kind}": name for name, kind in NEEDED.items() if f"{OFFICE}/{name}.yml" not in self.places}
        lost = {finding.code for finding in findings} & gone.keys()  # one problem, not one for each reference
        problems += [Problem(f"{OFFICE}/{gone[code]}.yml", 1, "", "list_missing") for code in lost]
        problems += self._located(finding for finding in findings if finding.code not in lost)
        return kb, sorted({*problems, *map(self._beside, extra), *collected.problems})

    def _fetched(self) -> Collected:
        """What robots wrote, read again only when it changed."""
        now = signature(self.root)
        if self._collected[0] != now:
            self._collected = now, read(self.root)
        return self._collected[1]

    def _findings(self, kb: KnowledgeBase) -> Iterator[Finding]:
        """What is wrong between the records; one that was found right, among the same ids, is not checked again."""
        known = known_ids(kb, self._broken())
        ids = {kind: found for kind, found in known.items() if kind != "called"}  # names only help to suggest
        if ids != self._known:
            self._known, self._checked = ids, {}
        for entry in kb.entries():
            seen = self._checked.get(entry.path)
            if seen is None or seen[0] is not entry.record or seen[1]:
                seen = self._checked[entry.path] = entry.record, list(check_record(entry, kb, known, self.today))
            yield from seen[1]
        yield from check_items(self._list_items(), known)
        yield from check_drafts(kb, self._list_items())
        for path, (place, data, left) in self._half_read.items():
            said = {problem.field for problem in self.problems[path]}
            found = [*dangling(path, references_in(data, model_in(place.model)), known)]
            if left is not None and place.kind != "list":
                found += check_record(Entry(place.kind, place.id, path, left), kb, known, self.today)
            yield from (finding for finding in dict.fromkeys(found) if dotted(finding.where) not in said)

    def files_below(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Every file of the tree that people write, below its root; a record among the robots' files is one, too."""
        self._closed = []
        for name, entry in entries(self.root, self._closed.append):
            hidden = name.startswith(".") or "/." in name
            robots = name.split("/", 1)[0] in ROBOTS and not name.endswith((".yml", ".yaml"))
            if not hidden and not robots and not name.endswith(SCHEMA_ENDING):
                yield name, entry

    def _value(self, place: Place) -> tuple[Any, list[Problem]]:
        raw, problem = self._bytes(place.path)
        if problem:
            return None, [problem]
        document, problems = parse(place.path, raw)
        if document is None:
            return None, problems
        value, wrong = validate(document, place.model)
        left = value
        if value is None:
            left, more = remainder(document, place.model)
            wrong += more
            self._half_read[place.path] = place, document.data, left
        said = {problem.field for problem in problems}
        problems += [problem for problem in wrong if problem.field not in said]
        if left is not None and place.kind != "list":
            problems += _name_problems(place, left, document.line)
        return value, problems

    def _bytes(self, path: str) -> tuple[bytes, Problem | None]:
        """The file's bytes, never more than a record may have; a link, a pipe or a device is not read at all."""
        name = f"{self._folder}/{path}"  # pathlib and file objects would double the time of 10,000 files
        try:
            status = os.lstat(name)  # a link could lead to any file of the machine, whose text a problem would then show
            if not stat.S_ISREG(status.st_mode):
                return b"", Problem(path, 1, "", "unreadable")
            if status.st_size > MOST_BYTES:
                return b"", too_large(path, status.st_size)
            descriptor = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                return os.read(descriptor, status.st_size + 1), None
            finally:
                os.close(descriptor)
        except OSError:  # what the system says of it is in English
            return b"", Problem(path, 1, "", "unreadable")

    def _beside(self, problem: Problem) -> Problem:
        """A file with another ending beside the right one is its copy, and not to be renamed."""
        stem, _, _ = problem.path.rpartition(".")
        if problem.code != "file_ending" or f"{stem}.yml" not in self.places:
            return problem
        return replace(problem, code="duplicate_file", context={"other": f"{stem}.yml"})

    def _list_items(self) -> Iterator[tuple[str, tuple[str | int, ...], Any]]:
        for path, (place, value) in self.values.items():
            if place.kind == "list":
                items = enumerate(value) if isinstance(value, tuple) else ((None, value),)
                for number, item in items:
                    yield path, () if number is None else (number,), item

    def _broken(self) -> dict[str, set[str]]:
        """Ids that exist but could not be read, by kind; a broken list leaves its whole kind unknown: `*`.

        Nobody gains from two hundred unknown themes when one line of themes.yml is wrong.
        """
        broken: dict[str, set[str]] = {}
        for path in self.problems.keys() - self.values.keys():
            if place := self.places.get(path):
                kind = {"themes": "theme", "units": "unit", "office": "source"}.get(place.id, place.kind)
                broken.setdefault(kind, set()).add("*" if place.kind == "list" else place.id)
        return broken

    def _repeated(self) -> Iterator[Finding]:
        for path, (place, value) in self.values.items():
            if place.kind == "list" and isinstance(value, tuple):
                yield from repeated_ids(path, value, ())

    def _located(self, findings: Iterable[Finding]) -> Iterator[Problem]:
        """Findings with their lines; each file is parsed once more, which only files with problems pay."""
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.path, []).append(finding)
        for path, own in by_file.items():
            raw, _ = self._bytes(path)
            document, _ = parse(path, raw)
            yield from (_problem_at(finding, document) for finding in own[:MOST_PROBLEMS])


def _problem_at(finding: Finding, document: Document | None) -> Problem:
    """A finding with its line in its file."""
    line = document.line(finding.where) if document else 1
    context = dict(finding.context)
    if document and "first" in context:
        context["other"] = str(document.line((*finding.where[:-2], int(context.pop("first")), "id")))
    return Problem(finding.path, line, dotted(finding.where), finding.code, finding.found, context)


def placed(path: str) -> Place | Problem:
    """What a path says: which kind of record it is and what its id is; or why it stands wrong."""
    folders, name = path.split("/")[:-1], path.rsplit("/", maxsplit=1)[-1]
    stem, _, ending = name.rpartition(".")
    if ending != "yml":
        is_record = ending.lower() in ("yaml", "yml") or _is_for_records(folders)
        return _wrong(path, "file_ending" if is_record else "file_place", name)
    for part in (*[f for f in folders if f not in (OFFICE, *ROBOTS)], stem):
        if not SLUG.match(part):
            return _wrong(path, "file_name", part)
    place = _office_place(path, folders[1:], stem) if folders[:1] == [OFFICE] else _network_place(path, folders, stem)
    if place is None:
        return replace(_wrong(path, "file_place", path), context={"nearest": _place_meant(folders, stem)})
    if place.kind == "event" and not EVENT_NAME.match(stem):
        return _wrong(path, "event_name", stem)
    if place.id == "index" or place.path == "office/network.yml":  # networks/index.html and events/office/ are the site's own
        return _wrong(path, "reserved", place.id)
    return place


def _is_for_records(folders: list[str]) -> bool:
    """Whether nothing but records stands in a folder such as `ioi/resources`."""
    return len(folders) == 2 and folders[1] in (OFFICE_FOLDERS if folders[0] == OFFICE else FOLDERS)


def _place_meant(folders: list[str], stem: str) -> str:
    """Where a file may belong whose folder or name is nearly right; nothing when none is near."""
    if len(folders) not in (1, 2):
        return ""
    files, below = (LISTS, OFFICE_FOLDERS) if folders[0] == OFFICE else (("network",), FOLDERS)
    near = nearest(folders[1], below, REALLY_NEAR) if len(folders) == 2 else nearest(stem, files, REALLY_NEAR)
    rest = (near, f"{stem}.yml") if len(folders) == 2 else (f"{near}.yml",)
    return "/".join((folders[0], *rest)) if near else ""


def _wrong(path: str, code: str, found: str) -> Problem:
    """A problem of a name, which on some systems may hold bytes that nobody can print."""
    return Problem(shown(path, 400), 1, "", code, shown(found))


def _office_place(path: str, folders: list[str], stem: str) -> Place | None:
    if not folders and stem in LISTS:
        return Place(path, "list", stem, LISTS[stem])
    if len(folders) == 1 and folders[0] in OFFICE_FOLDERS:
        kind, model = OFFICE_FOLDERS[folders[0]]
        return Place(path, kind, stem if kind in ("agreement", "reporting") else f"office/{stem}", model)
    return None


def _network_place(path: str, folders: list[str], stem: str) -> Place | None:
    if folders[:1] and folders[0] in ROBOTS:
        return None
    if len(folders) == 1 and stem == "network":
        return Place(path, "network", folders[0], Network)
    if len(folders) == 2 and folders[1] in FOLDERS:
        kind, model = FOLDERS[folders[1]]
        return Place(path, kind, f"{folders[0]}/{stem}", model)
    return None


def _name_problems(place: Place, record: Any, line: Any) -> Iterator[Problem]:
    """A file's name is its id, and an event's begins with its month."""
    own = place.id.rsplit("/", 1)[-1]
    if record.id is not None and record.id != own:
        yield Problem(place.path, line(("id",)), "id", "id_differs", record.id, {"name": own})
    name = EVENT_NAME.match(own) if place.kind == "event" else None
    start = record.start or record.end if name else None
    if name and start and not start.startswith(name["month"]) and not name["month"].startswith(start):
        field = "start" if record.start else "end"
        yield Problem(place.path, line((field,)), field, "event_month", own, {"start": start[:7]})


def _files_without_network(places: Iterable[Place]) -> list[Problem]:
    first: dict[str, str] = {}
    for path in sorted(place.path for place in places):
        first.setdefault(path.split("/")[0], path)
    at_home = {OFFICE, *(place.id for place in places if place.kind == "network")}
    return [Problem(path, 1, "", "no_network", folder) for folder, path in first.items() if folder not in at_home]


def _knowledge(values: dict[str, tuple[Place, Any]]) -> KnowledgeBase:
    kinds: dict[str, Any] = {plural: {} for plural in PLURALS.values()}
    lists: dict[str, Any] = {}
    for path, (place, value) in sorted(values.items()):
        if place.kind == "list":
            lists[place.id] = value
        else:
            kinds[PLURALS[place.kind]][place.id] = Entry(place.kind, place.id, path, value)
    by_id: dict[str, Any] = {name: {item.id: item for item in lists.pop(name, ())} for name in ("themes", "units")}
    return KnowledgeBase(**kinds, **by_id, **lists)
