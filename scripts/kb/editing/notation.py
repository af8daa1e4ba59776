"""How plain values are written as YAML in the records' style: lines that the strict reader reads back as what was meant."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.records.checking.scalar import LOOSE_BOOLEANS, WHOLE_NUMBER

WIDTH = 112  # columns of a line of a record, as the records have it
LETTERS = "A-Za-z\u10a0-\u10ff\u00c0-\u024f"
# A text that means itself without quotes, to every reader of YAML: words, dates, addresses. Anything else is quoted.
PLAIN = re.compile(rf"(?:https?://[\w./%=+~-]+|[{LETTERS}][{LETTERS}0-9 .,;()/„“–+-]*|\d{{4}}-\d\d(?:-\d\d)?)\Z")
NULLS = frozenset(["null"])


def scalar(value: str | int | bool, flow: bool = False) -> str:
    """One value on one line; `flow` is inside brackets, where a comma ends a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if _is_plain(value) and not (flow and "," in value) else quoted(value)


def quoted(text: str) -> str:
    """A text in double quotes; a JSON string is one of YAML, too."""
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    loose = text.lower() in LOOSE_BOOLEANS | NULLS or WHOLE_NUMBER.match(text)
    return bool(PLAIN.match(text)) and not loose and not text.endswith(" ") and "  " not in text


def flow(value: Any) -> str:
    """Any value in brackets, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, flow=True)


def entry(key: str, value: Any, indent: int = 0) -> list[str]:
    """The lines of `key: value` in a block; a short list of words stands in brackets on one line."""
    return _below(f"{' ' * indent}{key}:", value, indent)


def item(value: Any, indent: int = 0) -> list[str]:
    """The lines of an item of a block list."""
    if isinstance(value, Mapping):
        lines = mapping(value, indent + 2)
        return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]
    return _below(f"{' ' * indent}-", value, indent)


def mapping(value: Mapping[str, Any], indent: int = 0) -> list[str]:
    """The lines of a block of fields."""
    return [line for key, part in value.items() for line in entry(key, part, indent)]


def _below(head: str, value: Any, indent: int) -> list[str]:
    """A head such as `key:` or `-`, and its value beside or below it."""
    if isinstance(value, Mapping) and value:
        return [head, *mapping(value, indent + 2)]
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        brackets = f"{head} {flow(value)}"
        if all(isinstance(part, str | int) and len(str(part)) < 40 for part in value) and len(brackets) <= WIDTH:
            return [brackets]
        return [head, *(line for part in value for line in item(part, indent + 2))]
    if isinstance(value, str):
        return list(_text(head, value, indent + 2))
    return [f"{head} {flow(value)}"]


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    """A text beside its head; a long one goes on below, one of several paragraphs stands there as it is."""
    if "\n" in text and _stands_as_it_is(text):
        yield f"{head} |-"
        yield from (f"{' ' * indent}{line}".rstrip() for line in text.split("\n"))
        return
    written = scalar(text)
    if len(head) + 1 + len(written) <= WIDTH or not _folds(text):
        yield f"{head} {written}"
        return
    first, *rest = textwrap.wrap(f"{head.lstrip()} {written}", WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    yield f"{head[: len(head) - len(head.lstrip())]}{first}"
    yield from (f"{' ' * indent}{line}" for line in rest)


def _folds(text: str) -> bool:
    """Whether a line break between two words reads back as the one space that was there."""
    return "  " not in text and "\n" not in text and text == text.strip() and "\\" not in quoted(text)


def _stands_as_it_is(text: str) -> bool:
    """Whether a literal block gives the text back: no space around lines, no empty end, nothing that only quotes can say."""
    lines = text.split("\n")
    return all(line == line.strip() and (not line or line.isprintable()) for line in lines) and bool(lines[0] and lines[-1])
