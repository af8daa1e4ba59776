"""Files of a record tree in, the knowledge base and every problem in them out."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kb.records.checking.annotations import model_in
from kb.records.checking.consistency import check_drafts, check_items, check_record, repeated_ids
from kb.records.checking.document import MOST_BYTES, Document, parse, too_large
from kb.records.checking.finding import Finding
from kb.records.checking.problem import Problem, dotted, shown
from kb.records.checking.references import Known, dangling, known_ids, references_in
from kb.records.checking.validation import MOST_PROBLEMS, remainder, validate
from kb.records.collected import Collected, followed, read, signature
from kb.records.folder import entries
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.reading.place import OFFICE, PLURALS, ROBOTS, SCHEMA_ENDING, Place, files_without_network, name_problems, placed

NEEDED = {"themes": "theme", "units": "unit"}  # lists to which records refer, and what they hold


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
        problems = [p for found in self.problems.values() for p in found] + files_without_network(self.places.values())
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
            problems += name_problems(place, left, document.line)
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
