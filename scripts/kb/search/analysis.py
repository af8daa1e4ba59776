"""The words of a text, and the keys under which a word is found by a rule table.

`overrides/search/analysis.js` does the same in the browser from the same data; `tests/vectors` holds the two together.
A rule table is plain data, such as `georgian.yml`, whose head explains it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import dropwhile
from typing import Any, NamedTuple

from kb.words.tables import own_yaml

# Characters are named one by one: what counts as a letter must not depend on anybody's version of Unicode.
# Invisible characters stand within words, in texts that were copied, and are dropped with the accents.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
ACCENTED = "\u0300-\u036f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff"
WIDE = "\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
LETTERS = f"a-z0-9\u10d0-\u10fa\u0400-\u04ffA-Z\u1c90-\u1cba{ACCENTED}{WIDE}{INVISIBLE}"
HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u0060\u00b4"
CHUNK = re.compile(f"[{LETTERS}](?:[{LETTERS}]|[{HYPHENS}{APOSTROPHES}.,](?=[{LETTERS}]))*")
PLAIN = re.compile("[\u10d0-\u10fa]+|[a-z]+|[0-9]+")
FOLDED_AWAY = re.compile("[^a-z0-9\u10d0-\u10fa\u0400-\u04ff'.,-]")
DOTTED = re.compile("(?:[a-z\u10d0-\u10fa]\\.)+[a-z\u10d0-\u10fa]")
RUN = re.compile(
    "(?P<number>[0-9]+(?:[.,][0-9]+)+)|(?P<latin>[a-z0-9'][a-z0-9']*)|(?P<georgian>[\u10d0-\u10fa]+)|[\u0400-\u04ff]+"
)
THOUSANDS = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")
LEAVES = 2
MOST = 3


def words(text: str) -> list[str]:
    """The words of a text as people search them, in their order, in lower case and without accents.

    Georgian, Latin and Cyrillic letters and digits make words. The ending of `GANHRI-ის` and the `'s` of `Ombudsman's` are
    dropped; `COVID-19` gives its parts and the whole, `covid`, `19`, `covid19`; `10,5` gives `10.5`.
    """
    found: list[str] = []
    for chunk in CHUNK.findall(text):
        if PLAIN.fullmatch(chunk):
            found.append(chunk)
        else:
            found += _split(_folded(chunk))
    return found


def _folded(chunk: str) -> str:
    """A chunk in lower case with plain letters, `-` and `'`."""
    same = _writing()
    latin = unicodedata.normalize("NFKD", chunk.lower().translate(same.joiners)).translate(same.plain)
    return FOLDED_AWAY.sub("", latin)


def _split(chunk: str) -> list[str]:
    if DOTTED.fullmatch(chunk):
        return [chunk.replace(".", "")]
    parts = [part for part in chunk.split("-") if part]
    if len(parts) > 1 and parts[0] == _writing().before_numbers and parts[1][0].isdigit():
        del parts[0]
    kept = [part for number, part in enumerate(parts) if not (number and _writing().ending.fullmatch(part))]
    found = [word for part in kept for word in _runs(part)]
    return [*found, "".join(found)] if len(kept) == 2 and _one_script(found) else found


def _one_script(found: list[str]) -> bool:
    """Whether two parts are one word to many: follow-up, COVID-19, ვიცე-პრეზიდენტი; but not 2024-2025."""
    whole = "".join(found)
    return len(found) == 2 and RUN.fullmatch(whole) is not None and not whole.isdigit()


def _runs(part: str) -> Iterable[str]:
    """The words of a part without hyphens: each run of one script."""
    first = True
    for run in RUN.finditer(part):
        if run["number"]:
            yield from _number(run[0])
        elif run["latin"]:
            yield from _latin(run[0])
        elif first or not _writing().ending.fullmatch(run[0]):
            yield run[0]
        first = False


def _number(written: str) -> Iterable[str]:
    """10,5 and 10.5 are one; 10,000 has no comma; a date is found by its year, too."""
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    whole = written.replace(",", ".")
    parts = whole.split(".")
    yield whole
    if len(parts) > 2 or (len(parts) == 2 and any(len(part) == 4 for part in parts)):
        yield from parts


def _latin(run: str) -> Iterable[str]:
    """A Latin run without its apostrophes."""
    word = run.strip("'").removesuffix("'s")
    if "'" in word:
        same = _writing()
        *heads, last = word.split("'")
        parts = same.joined.sub("", "'".join([*dropwhile(same.elided.__contains__, heads), last])).split("'")
        return [part for part in parts if len(part) > 1] or parts
    return [word] if word else []


class _Writing(NamedTuple):
    """`splitting.yml`, made ready."""

    plain: dict[int, str]
    joiners: dict[int, str]
    ending: re.Pattern[str]
    before_numbers: str
    elided: frozenset[str]
    joined: re.Pattern[str]


def splitting() -> dict[str, Any]:
    """The data of `words`, for the browser."""
    return own_yaml(__package__, "splitting.yml")


@cache
def _writing() -> _Writing:
    data = splitting()
    joiners = dict.fromkeys(HYPHENS, "-") | dict.fromkeys(APOSTROPHES, "'")
    ending = "".join(f"(?:{'|'.join(endings.split())})?" for endings in data["endings"])
    return _Writing(
        str.maketrans(data["plain"]),
        str.maketrans(joiners),
        re.compile(ending),
        data["before_numbers"],
        frozenset(data["elided"]),
        re.compile(f"(?<=[{data['ejective']}])'"),
    )


class Rule(NamedTuple):
    """One ending of a step."""

    ending: str
    least: int
    """Letters that the word must have."""
    before: frozenset[str] | None
    """The letters of which one must stand before the ending; None where any may."""
    cut: int
    put: str
    then: int
    """The number of the step to go on with."""
    also: int | None
    """The number of the step with which the word goes on for another key as if the rule were not; None where it has none."""


Steps = tuple[Mapping[str, tuple[Rule, ...]], ...]
"""For every step the rules by the last two letters of a word, longest first; by the last one where no longer ending fits."""


class Table(NamedTuple):
    """A table made ready."""

    steps: Steps
    shortest: int


def keys(word: str, table: Table) -> tuple[str, ...]:
    """One to three keys of a word, each once; of an empty word the empty key."""
    if len(word) < table.shortest:
        return (word,)
    readings = [(word, 0)]
    found = [_reduced(left, at, table.steps, readings) for left, at in readings]  # which grow while they are read
    return (found[0],) if len(found) == 1 else tuple(dict.fromkeys(found))[:MOST]


def _reduced(word: str, at: int, steps: Steps, readings: list[tuple[str, int]]) -> str:
    """What is left of a word from a step on; where a rule can be read in another way that is added to `readings`."""
    while at < len(steps):
        rules = steps[at]
        for ending, least, before, cut, put, then, also in rules.get(word[-2:]) or rules.get(word[-1], ()):
            if len(word) >= least and word.endswith(ending) and (before is None or word[-len(ending) - 1] in before):
                if also is not None:
                    readings.append((word, also))
                word = word[:-cut] + put if cut else word
                at = then
                break
        else:
            at += 1
    return word


def prepared(data: Mapping[str, Any], fold: Callable[[str], str] = str) -> Table:
    """A table from its data; with `fold` the same rules for words that are written in other letters.

    Raises ValueError where a rule could run for ever, or leave nothing of a word.
    """
    names = [*data["steps"], "end"]
    classes = {name: frozenset(fold(letter)[-1] for letter in letters) for name, letters in data["letters"].items()}
    steps = []
    for number, rows in enumerate(data["steps"].values()):
        rules = [rule for row in rows for rule in _rules(row, classes, fold, names, number)]
        if any(_endless(rule, number) for rule in rules):
            raise ValueError(f"the step {names[number]} may never end")
        if any(rule.least - rule.cut + len(rule.put) < 1 for rule in rules):
            raise ValueError(f"the step {names[number]} may leave nothing")
        steps.append(_by_end(rules))
    return Table(tuple(steps), data["shortest"])


def _endless(rule: Rule, step: int) -> bool:
    """Whether a rule can lead a word back to its own step without making it shorter."""
    return (rule.then <= step and rule.cut <= len(rule.put)) or (rule.also is not None and rule.also <= step)


def _rules(
    row: Mapping[str, Any], classes: Mapping[str, frozenset[str]], fold: Callable[[str], str], names: list[str], number: int
) -> Iterable[Rule]:
    turns = {e: e for e in row.get("keep", "").split()} | dict.fromkeys(row.get("strip", "").split(), "") | row.get("turn", {})
    after = row.get("after", "")
    stays = [""] if after in classes else after.split() or [""]
    then = names.index(row["then"]) if "then" in row else number + 1
    also = names.index(row["also"]) if "also" in row else None
    for ending, put in turns.items():
        for stay in stays:
            end, cut = fold(stay + ending), len(fold(ending))
            yield Rule(end, len(end) + row.get("leaves", LEAVES), classes.get(after), cut, fold(put), then, also)


def _by_end(rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
    ordered = sorted(rules, key=lambda rule: -len(rule.ending))
    ends = {rule.ending[-2:] for rule in rules} | {rule.ending[-1] for rule in rules}
    return {end: tuple(rule for rule in ordered if end.endswith(rule.ending[-2:])) for end in ends}
