"""What is said of a value beside its type: how it is refused, what it refers to, and how a JSON Schema tells it."""

import re
from collections.abc import Callable

from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError


def problem(code: str, **context: str | int) -> PydanticCustomError:
    """An error whose words stand in `problems.yml` under `code`."""
    # pydantic wants literal strings to discourage templates built at run time; ours are looked up by code.
    return PydanticCustomError(code, code, context)


def checked(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    """A validator that lets a text pass when the whole of it matches `pattern`."""

    def check(value: str) -> str:
        if not pattern.match(value):
            raise problem(code)
        return value

    return check


def listed(words: frozenset[str], code: str) -> Callable[[str], str]:
    """A validator that lets a text pass when it is one of `words`."""

    def check(value: str) -> str:
        if value not in words:
            raise problem(code)
        return value

    return check


class Refers:
    """Marks a field whose text names another record; `records.load` looks it up."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def told(kind: str | list[str], pattern: str = "", **more: object) -> WithJsonSchema:
    """What a JSON Schema says of a value, so that an editor can tell a wrong one before the check does."""
    return WithJsonSchema({"type": kind, **({"pattern": pattern} if pattern else {}), **more})
