"""What each field of the model is called in a sentence, and its values in words."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from kb.history.shapes import Shape
from kb.records.fields import rows
from kb.words.language import Words

YES_NO = {True: "answer.yes", False: "answer.no"}


@cache
def row(shape: Shape) -> Mapping[str, Any]:
    """A field's row: under its own model, else under one that it extends, else what every model calls it.

    Raises KeyError for a field that has no words.
    """
    for known in rows(shape.owner):
        if found := known.get(shape.name):
            return found
    raise KeyError(shape.name)


def label(shape: Shape, words: Words, one: bool = False) -> str:
    """What a field is called; `one` item of it where it is a list."""
    found = row(shape)
    name: str = (found.get("one") or found if one else found)[words.language]
    return name


def valued(shape: Shape, value: Any, words: Words) -> str:
    """A plain value in words: a term of the interface, a date, a month, yes or no, else as it is."""
    style = row(shape).get("as", "")
    if style.endswith((".", "_")):
        key = f"{style}{value}"
        return words(key) if words.has(key) else str(value)
    if style == "date":
        return words.date(str(value))
    if style == "month":
        return words.month(int(value))
    return words(YES_NO[value]) if isinstance(value, bool) else str(value)
