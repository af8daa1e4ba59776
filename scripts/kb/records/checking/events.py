"""What a file says: the events of libyaml's parser in, plain values and the problems of single values out."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kb.records.checking.letters import wrong_letters
from kb.records.checking.problem import Problem, dotted, shown
from kb.records.checking.scalar import is_loose, meaning
from kb.records.checking.syntax import ANOTHER_DOCUMENT

MOST_DEPTH = 12  # the deepest record has six levels
MOST_BRACKETS = 400  # nobody writes more of them into one file

HASH = re.compile(r"#[^\s#]")  # a number or a tag; a remark begins with a space
MARGIN = re.compile(" *(?:- +)*")
FIELD = re.compile("( *(?:- +)*)[a-z_]+:(?: |$)")
# Where a node may begin, the signs of an anchor, an alias, a tag or a complex key; `&` inside an address is none of them.
NODE_SIGN = re.compile(r"(?:^|[\s\[{,:?])(?:[&*!]|\? )", re.MULTILINE)
DEEP_LIST = re.compile("- +- +-")
LINE_END = re.compile("\r\n|\n|\r")


class Refused(Exception):
    """One problem for which nothing of a file is read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Values:
    """One reading of a file: its values, and what is wrong with each of them.

    Not the tree of nodes: what nests without end is refused while it comes, before libyaml stacks it up.
    """

    def __init__(self, path: str, text: str, harmless: bool) -> None:
        self.path, self.problems = path, list[Problem]()
        self._text = text
        self._next: Callable[[], Any] = yaml.CBaseLoader(text).get_event
        self._where: list[str | int] = []
        self._open = 0
        """How many collections have begun and not ended."""
        self._harmless = harmless
        self._hashes = " #" in text or ":#" in text

    @cached_property
    def _lines(self) -> list[str]:
        return LINE_END.split(self._text)

    def read(self) -> Any:
        """The values; nothing where the file has none.

        Raises yaml.YAMLError for what is no YAML, and Refused for what no record may have.
        """
        self._next()  # the stream begins
        if type(self._next()) is StreamEndEvent:
            return None
        first = self._next()
        value = self._value(first)
        self._next()  # the document ends
        if type(event := self._next()) is not StreamEndEvent:
            raise ComposerError(ANOTHER_DOCUMENT, first.start_mark, "but found another document", event.start_mark)
        return value

    def _value(self, event: Any) -> Any:
        """What a node means, by its first event; nothing where it is wrong. All its events are taken."""
        if event.anchor or event.tag:
            self._must_be_plain(event)
        if len(self._where) > MOST_DEPTH:
            self._wrong(event, "too_deep", most=str(MOST_DEPTH))
        elif event.tag:
            self._wrong(event, "tag", shown(event.tag))
        elif type(event) is ScalarEvent:
            return self._scalar(event)
        else:
            return self._collection(event)
        self._pass_over(event)
        return None

    def _must_be_plain(self, event: Any) -> None:
        """Refuse a name for a value, and a tag without a name, which is as good as none and would confuse a reader."""
        line = event.start_mark.line + 1
        if event.anchor:
            raise Refused(Problem(self.path, line, "", "anchor", shown(event.anchor)))
        if event.tag == "!":
            raise Refused(Problem(self.path, line, "", "tag", "!"))

    def _pass_over(self, event: Any) -> None:
        """Take the events of a node that means nothing, by its first one."""
        around = self._open
        while True:
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                self._must_be_plain(event)
            if isinstance(event, CollectionStartEvent):
                self._begin(event)
            elif isinstance(event, CollectionEndEvent):
                self._open -= 1
            if self._open == around:
                return
            event = self._next()

    def _begin(self, event: Any) -> None:
        """Count a collection; refuse one too many at once where the file is not merely indented too far."""
        self._open += 1
        if self._open > MOST_DEPTH and self._nested_in_lines:
            raise Refused(Problem(self.path, event.start_mark.line + 1, "", "too_deep", context={"most": str(MOST_DEPTH)}))

    @cached_property
    def _nested_in_lines(self) -> bool:
        """The same of the file at every level: asked once, for a text of a thousand levels is long."""
        return _is_nested_in_lines(self._text)

    def _collection(self, event: Any) -> tuple[Any, ...] | dict[str, Any]:
        self._begin(event)
        found = self._sequence() if type(event) is SequenceStartEvent else self._mapping()
        self._open -= 1
        return found

    def _sequence(self) -> tuple[Any, ...]:
        items: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self._below(len(items), event))
        return tuple(items)

    def _mapping(self) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while type(key := self._next()) is not MappingEndEvent:
            name = self._name(key, fields)
            if name is None:
                self._pass_over(self._next())
            else:
                fields[name] = self._below(name, self._next())
        return fields

    def _below(self, step: str | int, event: Any) -> Any:
        self._where.append(step)
        value = self._value(event)
        self._where.pop()
        return value

    def _name(self, key: Any, fields: dict[str, Any]) -> str | None:
        """The name of a field by its first event; nothing where no field can be called so."""
        if type(key) is not ScalarEvent or not key.value or key.anchor or key.tag:
            self._wrong(key, "key")
            self._pass_over(key)
            return None
        name: str = key.value
        if name == "<<" and key.implicit[0]:
            self._wrong(key, "merge")
            return None
        if name in fields:
            self._where.append(name)
            self._wrong(key, "duplicate_key")
            self._where.pop()
            return None
        return name

    def _scalar(self, event: Any) -> str | int | bool | None:
        value: str = event.value
        plain = event.implicit[0]
        if plain and self._hashes and HASH.match(self._rest_of_line(event)):
            self._wrong(event, "hash", shown(self._lines[event.end_mark.line].strip()))
        elif plain and is_loose(value):
            self._wrong(event, "loose_boolean", value)
        elif event.style in ("'", '"') and self._swallows_a_field(event):
            self._wrong(event, "quote", shown(self._lines[event.start_mark.line].strip()))
        else:
            if not self._harmless:
                for code, found, beside in wrong_letters(value):
                    self._wrong(event, code, found, beside)
            return meaning(value) if plain else value
        return None

    def _rest_of_line(self, event: Any) -> str:
        """What stands behind a value without quotes: a remark, or what its writer took for a part of the text."""
        mark = event.end_mark
        return self._lines[mark.line][mark.column :].strip() if mark.line < len(self._lines) else ""

    def _swallows_a_field(self, event: Any) -> bool:
        """Whether a text in quotes goes on over a line that is a field beside it: its quote was meant to close before."""
        first, last = event.start_mark.line, event.end_mark.line
        if first == last:
            return False
        margin = MARGIN.match(self._lines[first])
        least = len(margin[0]) if margin else 0
        found = (FIELD.match(line) for line in self._lines[first + 1 : last + 1])
        return any(field and len(field[1]) <= least for field in found)

    def _wrong(self, event: Any, code: str, found: str = "", beside: str = "", **context: str) -> None:
        """Note a problem; of a text of several lines it stands on the one that has `beside` in it."""
        first, last = event.start_mark.line, event.end_mark.line
        lines = self._lines[first : last + 1] if beside and last > first else []
        line = next((number for number, text in enumerate(lines, first) if beside in text), first)
        self.problems.append(Problem(self.path, line + 1, dotted(self._where), code, found, context))


def _is_nested_in_lines(text: str) -> bool:
    """Whether levels may stand within one line, by brackets or dashes, or names for values make more of them than can be seen."""
    return (
        NODE_SIGN.search(text) is not None
        or text.count("[") + text.count("{") > MOST_BRACKETS
        or DEEP_LIST.search(text) is not None
    )
