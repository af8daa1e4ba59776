"""The keys under which an English word is found: singular and plural, verb and its forms, British and American spelling meet."""

from functools import cache
from typing import Any

from kb.search import analysis
from kb.words.tables import own_yaml


def keys(word: str) -> tuple[str, ...]:
    """The one key of a lower-case word, as `english.yml` says: complaint and complaints have the same."""
    return analysis.keys(word, _table())


@cache
def data() -> dict[str, Any]:
    """The rule table as plain values."""
    return own_yaml(__package__, "english.yml")


@cache
def _table() -> analysis.Table:
    return analysis.prepared(data())
