"""Strict YAML: the bytes of a record become plain values and their lines, or problems."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from kb.records.checking.events import Refused, Values
from kb.records.checking.letters import UNWANTED, is_harmless
from kb.records.checking.problem import Problem, shown
from kb.records.checking.syntax import line_at, mistake

MOST_BYTES = 512 * 1024  # the largest list, 225 terms, has 40 kB; a person's file never needs ten times that
MOST_LINES = 20  # with a character that nobody typed: more of them say no more

# What is wrong with one value, or with a name that stands twice; all else is left out of the check as a whole.
OF_A_VALUE = frozenset(
    ["loose_boolean", "hash", "quote", "duplicate_key", "invisible", "mixed_scripts", "look_alikes", "capital_georgian"]
)
# Programs save their own files under any name: packed ones (Word, Excel), PDF, the older Word, rich text.
PROGRAM = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")

Path = tuple[str | int, ...]


@dataclass
class Document:
    """A parsed file: its values, and its text, which tells their lines."""

    path: str
    data: Any
    text: str

    @cached_property
    def root(self) -> Node:
        """The tree that knows all places, made when one is asked for: only files with problems, and those edited, pay."""
        root: Any = yaml.compose(self.text, Loader=yaml.CBaseLoader)
        return root  # type: ignore[no-any-return]  # never None: a document has values

    def line(self, where: Path) -> int:
        """The line of the value at `where`, or of the nearest part of the file that is there."""
        node, line = self.root, self.root.start_mark.line + 1
        for step in where:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line


def _child(node: Node, step: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line + 1
    return None


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Problem]]:
    """Bytes of one file → its document as far as it can be read, and the problems in it.

    A value that is wrong by itself stands in the document as nothing, so that what is right around it is checked, too.
    """
    if problem := _no_text(path, raw):
        return None, [problem]
    try:
        text = raw.decode("utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "", "utf8", shown(raw[error.start : error.start + 4].hex(" ")))]
    harmless = is_harmless(text)
    problems = [] if harmless else list(_unwanted_characters(path, text))
    return (None, problems) if problems else _read(path, text, harmless)


def _no_text(path: str, raw: bytes) -> Problem | None:
    """The problem of a file that holds no text, or holds it in UTF-16, which gives every plain letter a NUL."""
    if len(raw) > MOST_BYTES:
        return too_large(path, len(raw))
    if raw.startswith(PROGRAM):
        return Problem(path, 1, "", "no_text")
    if b"\0" in raw and max(raw[::2].count(0), raw[1::2].count(0)) > len(raw) // 4:
        return Problem(path, 1, "", "utf8", shown(raw[:4].hex(" ")))
    return None


def too_large(path: str, size: int, most: int = MOST_BYTES) -> Problem:
    """The problem of a file that no person wrote, or no robot of ours."""
    return Problem(path, 1, "", "too_large", f"{size // 1024} kB", {"most": f"{most // 1024} kB"})


def _unwanted_characters(path: str, text: str) -> Iterator[Problem]:
    seen: set[int] = set()
    for match in UNWANTED.finditer(text):
        line = line_at(text, match.start())
        if line in seen:
            continue
        seen.add(line)
        tab = match[0] == "\t"
        yield Problem(path, line, "", "tab" if tab else "invisible", "" if tab else f"U+{ord(match[0]):04X}")
        if len(seen) == MOST_LINES:  # a file of another program, not of a person
            return


def _read(path: str, text: str, harmless: bool) -> tuple[Document | None, list[Problem]]:
    """A text without unwanted characters → what it says, if nothing keeps it from being read as a whole."""
    values = Values(path, text, harmless)
    try:
        data = values.read()
    except Refused as refused:
        return None, [refused.problem]
    except yaml.YAMLError as error:
        return None, [mistake(path, text, error)]
    if data is None or any(problem.code not in OF_A_VALUE for problem in values.problems):
        return None, values.problems or [Problem(path, 1, "", "empty_file")]
    return Document(path, data, text), values.problems
