"""Changes single fields of a record's file: only the lines that are meant differ, every other byte stays as it was."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kb.editing import notation
from kb.records.checking.document import Document, Path, parse

COMMENT = re.compile(r"\s#")
BOM = "\ufeff"
Change = tuple[Path, Any]
"""A place and what is to stand there; None takes away what stands there. A list's length as the last step appends to it."""


class NotEdited(Exception):
    """The file is of a form in which this change cannot be made by its lines; it was left as it is."""


def edited(path: str, raw: bytes, changes: Iterable[Change]) -> bytes:
    """The bytes of a file after some changes, one after the other.

    Comments, order, quoting, line ends and everything else stay. The result is read again: when anything but the
    meant values differs, or the file cannot be read, NotEdited is raised.
    """
    for where, value in changes:
        document = _read(path, raw)
        meant = _applied(document.data, where, value)
        sheet = _Sheet(raw.decode("utf-8"), document)
        raw = (sheet.without(where) if value is None else sheet.having(where, value)).encode("utf-8")
        if not _same(_read(path, raw).data, meant):
            raise NotEdited(f"{path}: {'.'.join(map(str, where))} cannot be changed by its lines")
    return raw


def _read(path: str, raw: bytes) -> Document:
    document, problems = parse(path, raw)
    if document is None or problems:
        raise NotEdited(f"{path}:{problems[0].line}: {problems[0].say('en')}")
    return document


def _applied(data: Any, where: Path, value: Any) -> Any:
    """Plain data with one change made."""
    if not where:
        return value
    step, rest = where[0], where[1:]
    if data is not None and isinstance(data, tuple) is not isinstance(step, int):
        raise NotEdited(f"{step} is no place in what stands there")
    if isinstance(step, int):
        data = data or ()
        own = _applied(data[step] if step < len(data) else None, rest, value)
        return (*data[:step], *(() if own is None else (own,)), *data[step + 1 :])
    if data is not None and not isinstance(data, Mapping):
        raise NotEdited(f"{step} is no place in what stands there")
    found = dict(data or {})
    own = _applied(found.get(str(step)), rest, value)
    return {key: part for key, part in {**found, str(step): own}.items() if part is not None}


def _same(one: Any, other: Any) -> bool:
    """Whether two pieces of plain data say the same; lists and tuples are one thing, true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


class _Sheet:
    """The text of a file, and the tree of its values with their places."""

    def __init__(self, text: str, document: Document) -> None:
        self.mark = BOM if text.startswith(BOM) else ""
        self.text = text.removeprefix(BOM)
        self.root = document.root
        self.newline = "\r\n" if "\r\n" in self.text else "\n"

    def having(self, where: Path, value: Any) -> str:
        """The text with a value at a place; parts of the way that are not there are written, too."""
        parent = _node(self.root, where[:-1])
        if parent is None or (isinstance(parent, ScalarNode) and not parent.value):
            step = where[-1]
            return self.having(where[:-1], [value] if isinstance(step, int) else {step: value})
        found = _entry(parent, where[-1])
        if found is None:
            return self._added(parent, where[-1], value)
        key, node = found
        if isinstance(node, ScalarNode) and node.style not in ("|", ">") and node.value and isinstance(value, str | int):
            return self._replaced(_start(node), _end(node), self._like(node, value, _is_flow(parent)))
        end = len(self.text[: _end(node)].rstrip("\r\n"))  # a literal text ends behind its line
        if not isinstance(node, ScalarNode):
            self._must_not_hide_comments(_start(node), end)
        return self._replaced(_start(key or node), end, self._written(parent, where[-1], value))

    def without(self, where: Path) -> str:
        """The text without what stands at a place: without its lines in a block, without it and a comma in brackets."""
        parent = _node(self.root, where[:-1])
        found = _entry(parent, where[-1]) if parent is not None else None
        if parent is None or found is None:
            raise NotEdited(f"there is no {'.'.join(map(str, where))}")
        key, node = found
        if _is_flow(parent):
            stretch = self._with_comma(parent, _start(key or node), _end(node))
            self._must_not_hide_comments(*stretch)
            return self._replaced(*stretch, "")
        start, end = self._line_start(_start(key or node)), self._line_end(_end(node))
        if end == len(self.text) and not self.text.endswith("\n"):
            start = max(0, start - len(self.newline))
        return self._replaced(start, end, "")

    def _must_not_hide_comments(self, start: int, end: int) -> None:
        """A person's comment is not taken away with a value beside it; text with a hash counts, to be on the safe side."""
        if COMMENT.search(self.text, start, end):
            raise NotEdited(f"there is a comment inside line {self.text.count(chr(10), 0, start) + 1} and those after it")

    def _replaced(self, start: int, end: int, new: str) -> str:
        return self.mark + self.text[:start] + new + self.text[end:]

    def _like(self, node: Node, value: str | int, flow: bool) -> str:
        """A value in the quotes that the old one has."""
        first = self.text[_start(node)]
        if first == '"' and isinstance(value, str):
            return notation.quoted(value)
        if first == "'" and isinstance(value, str) and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        return notation.scalar(value, flow)

    def _written(self, parent: Node, step: str | int, value: Any) -> str:
        """A field or an item as it is to stand in its parent, without the space before it."""
        if _is_flow(parent):
            return notation.flow(value) if isinstance(step, int) else f"{step}: {notation.flow(value)}"
        indent = parent.start_mark.column
        if isinstance(step, int):
            lines = notation.item(value, indent)
            lines[0] = lines[0].lstrip().removeprefix("- ")
        else:
            lines = notation.entry(step, value, indent)
        return self.newline.join(lines).lstrip()

    def _added(self, parent: Node, step: str | int, value: Any) -> str:
        """A new field or item at the end of its parent."""
        new = self._written(parent, step, value)
        last = _last(parent)
        if _is_flow(parent):
            place = _end(last) if last else _start(parent) + 1
            return self._replaced(place, place, f", {new}" if last else new)
        place = self._line_end(_end(parent))
        indent = " " * parent.start_mark.column
        line = f"{indent}- {new}" if isinstance(step, int) else indent + new
        whole = self.text[:place].endswith("\n") or not place
        return self._replaced(place, place, line + self.newline if whole else self.newline + line)

    def _with_comma(self, parent: Node, start: int, end: int) -> tuple[int, int]:
        """A stretch inside brackets with the comma that parts it from its neighbour."""
        spans = [(_start(key or node), _end(node)) for key, node in _entries(parent)]
        number = spans.index((start, end))
        if number:
            return spans[number - 1][1], end
        return start, spans[1][0] if len(spans) > 1 else end

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        """The place behind the line in which `place` is; `place` itself when it is behind a line already."""
        if place and self.text[place - 1] == "\n":
            return place
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1


def _node(root: Node, where: Path) -> Node | None:
    node: Node | None = root
    for step in where:
        found = _entry(node, step) if node is not None else None
        node = found[1] if found else None
    return node


def _entries(parent: Node) -> list[tuple[Node | None, Node]]:
    """What stands in a collection: (key, value), without a key in a list."""
    if isinstance(parent, MappingNode):
        return list(parent.value)
    return [(None, node) for node in parent.value] if isinstance(parent, SequenceNode) else []


def _entry(parent: Node, step: str | int) -> tuple[Node | None, Node] | None:
    for number, (key, node) in enumerate(_entries(parent)):
        if (key is None and number == step) or (key is not None and key.value == step):
            return key, node
    return None


def _last(parent: Node) -> Node | None:
    found = _entries(parent)
    return found[-1][1] if found else None


def _is_flow(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _start(node: Node) -> int:
    return int(node.start_mark.index)


def _end(node: Node) -> int:
    """Where a value ends; a block ends with its last value, not with the comments behind it."""
    last = None if _is_flow(node) else _last(node)
    return _end(last) if last else int(node.end_mark.index)
