"""Which item of an old list is which item of a new one: by its id or address, else by likeness, never by its place."""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Any

KEYS = ("id", "url")
ALIKE = 0.55  # two unlike sentences with the same source reach 0.5
SHORT = 40  # letters up to which single words are compared letter by letter
MOST_PAIRS = 10_000  # comparing a hundred rewritten items with a hundred others takes a second; nobody reads more

Pair = tuple[Any, Any]


def pairs(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Old and new items that are the same thing, those that changed only; (item, None) is gone, (None, item) is new.

    Items are plain values or mappings. First what has the same id or address, then what is most alike; when one
    item is left on either side, they are the same thing too, unless their ids tell them apart.
    """
    left, right = _without(old, new), _without(new, old)
    found = [pair for name in KEYS for pair in _paired(left, right, partial(_same_key, name))]
    found += _paired(left, right, _same_but_for_id)
    found += _most_alike(left, right)
    if len(left) == len(right) == 1 and not _told_apart(left[0], right[0]):
        found.append((left.pop(), right.pop()))
    return [pair for pair in found if pair[0] != pair[1]] + [(item, None) for item in left] + [(None, item) for item in right]


def _without(items: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """The items that the other list does not hold as they are; one of two equal ones stays when the other list has one."""
    rest, kept = list(others), []
    for item in items:
        if item in rest:
            rest.remove(item)
        else:
            kept.append(item)
    return kept


def _paired(left: list[Any], right: list[Any], same: Callable[[Any, Any], bool]) -> list[Pair]:
    """Take out of both lists the items that are the same."""
    found = []
    for item in list(left):
        other = next((candidate for candidate in right if same(item, candidate)), None)
        if other is not None:
            left.remove(item)
            right.remove(other)
            found.append((item, other))
    return found


def _same_key(name: str, one: Any, other: Any) -> bool:
    return isinstance(one, Mapping) and name in one and one[name] == other.get(name) and not _told_apart(one, other)


def _same_but_for_id(one: Any, other: Any) -> bool:
    """Whether an item was only given another id."""
    if not isinstance(one, Mapping) or "id" not in one:
        return False
    return {**one, "id": None} == {**other, "id": None}


def _told_apart(one: Any, other: Any) -> bool:
    return isinstance(one, Mapping) and "id" in one and one["id"] != other.get("id")


def _most_alike(left: list[Any], right: list[Any]) -> list[Pair]:
    """Take out of both lists what is alike, the most alike first."""
    if len(left) * len(right) > MOST_PAIRS:
        return []
    scored = [(likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if not _told_apart(a, b)]
    found, lefts, rights = [], dict(enumerate(left)), dict(enumerate(right))
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score >= ALIKE and i in lefts and j in rights:
            found.append((lefts.pop(i), rights.pop(j)))
    left[:], right[:] = lefts.values(), rights.values()
    return found


def likeness(one: Any, other: Any) -> float:
    """How alike two plain values are, 0 to 1: the mean over what either of them says; texts by their words."""
    if one == other:
        return 1.0
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        names = one.keys() | other.keys()
        return sum(likeness(one.get(name), other.get(name)) for name in sorted(names)) / len(names)
    if isinstance(one, str) and isinstance(other, str):
        return _alike(one, other)
    return 0.0


def _alike(one: str, other: str) -> float:
    by_words = SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
    if max(len(one), len(other)) > SHORT:
        return by_words
    return max(by_words, SequenceMatcher(None, one, other, autojunk=False).ratio())
