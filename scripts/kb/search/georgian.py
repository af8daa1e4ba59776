"""The keys under which a Georgian word is found, however its ending and in whichever letters somebody types it.

`keys` joins the forms of a word. For a query in Latin letters there are three readings: `keyboard` (each key as it stands on
the Georgian phonetic layout), and two spaces in which a Georgian word and its Latin spelling become the same string,
`romanised` and `unshifted`; `latin_keys` joins the forms of a word in one of these.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from kb.search import analysis, english
from kb.words.tables import own_yaml

Space = Literal["national", "unshifted"]


def keys(word: str) -> tuple[str, ...]:
    """One or two keys of a word as `analysis.words` gives it; forms of one word share a key."""
    return analysis.keys(word, _table())


def latin_keys(word: str, space: Space) -> tuple[str, ...]:
    """The keys of a word, Georgian or typed in Latin letters, in a space; the two spellings of a form have the same.

    `national`: the official romanisation of 2002, with or without apostrophes, and looser spellings (`romanised`).
    `unshifted`: the keys of the Georgian layout typed without Shift (`unshifted`).
    """
    return analysis.keys(FOLDS[space](word), _table_in(space))


def romanised(word: str) -> str:
    """A Georgian or Latin word in one loose Latin spelling: წამება, tsameba, ts’ameba and cameba give `tsameba`."""
    letters = _letters()
    latin = word.translate(letters.national).lower()
    return letters.spelling.sub(lambda found: letters.loose[found[0]], latin)


def unshifted(word: str) -> str:
    """The keys of the Georgian layout that give a Georgian word, without Shift; a Latin word in lower case."""
    return word.translate(_letters().keys).lower()


def keyboard(text: str) -> str:
    """A word or a text typed on a Latin layout by the keys of the Georgian one: `Tanasworoba` gives თანასწორობა.

    A capital that is no key of its own counts as the small letter. Split the result with `analysis.words`, which would
    otherwise lower the case before.
    """
    return text.translate(_letters().keyboard)


def tables() -> dict[str, Any]:
    """All that `overrides/search/analysis.js` needs to do the same, as plain JSON values."""
    return {"words": analysis.splitting(), "ka": _data(), "en": english.data()}


FOLDS: Mapping[Space, Callable[[str], str]] = {"national": romanised, "unshifted": unshifted}


class _Letters(NamedTuple):
    """The letters in Latin, made ready for `str.translate`."""

    national: dict[int, str]
    keys: dict[int, int]
    keyboard: dict[int, str]
    loose: Mapping[str, str]
    spelling: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    return own_yaml(__package__, "georgian.yml")


@cache
def _table() -> analysis.Table:
    return analysis.prepared(_data())


@cache
def _table_in(space: Space) -> analysis.Table:
    return analysis.prepared(_data(), FOLDS[space])


@cache
def _letters() -> _Letters:
    latin = _data()["latin"]
    letters, keys_ = latin["letters"], latin["keys"]
    small = {key.upper(): letter for key, letter in zip(keys_, letters, strict=True)}
    loose = sorted(latin["loose"], key=len, reverse=True)
    return _Letters(
        str.maketrans(dict(zip(letters, latin["national"].split(), strict=True))),
        str.maketrans(letters, keys_.lower()),
        str.maketrans(small | dict(zip(keys_, letters, strict=True))),
        latin["loose"],
        re.compile("|".join(loose)),
    )
