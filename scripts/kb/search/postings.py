"""How much every word weighs in every document: BM25F, worked out when the index is built.

The weight of a word in a document is the sum over the fields of `w / (1 - b + b * length / usual length)` for each time
it stands there (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, section 3.6). The usual lengths are
constants, so that a document weighs the same whatever stands beside it. Saturation and rarity are applied in the browser.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import log2
from typing import NamedTuple

from kb.search.documents import Document
from kb.search.encoding import DIGITS, NUMBERS, number


class Field(NamedTuple):
    """How a field of a document counts."""

    name: str
    weight: float
    """How much a word here is worth against a word of the body."""
    usual: float
    """Its usual length in words."""
    strictness: float
    """From 0, length does not matter, to 1."""


FIELDS = (
    Field("title", 7.0, 8, 0.4),
    Field("acronym", 10.0, 1, 0.0),
    Field("names", 5.0, 10, 0.3),
    Field("themes", 2.5, 6, 0.3),
    Field("summary", 2.0, 25, 0.3),
    Field("body", 1.0, 120, 0.6),
    Field("initials", 1.0, 20, 0.0),
)

# A weight is kept as one of 64 steps of a twelfth of a doubling: from 0 to 37.
STEPS = 12

Postings = dict[str, list[int]]
"""Form → for each document in order, its number times 64 plus the step of its weight."""

Splitter = Callable[[str], Sequence[str]]
"""The words of a text; none reaches over a space."""


class Pieces(dict[str, tuple[str, ...]]):
    """The words of what stands between spaces, analysed when it is first met: texts say the same again and again."""

    def __init__(self, words: Splitter) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, piece: str) -> tuple[str, ...]:
        self[piece] = found = tuple(self._words(piece))
        return found


def collect(documents: Iterable[Document], known: Pieces) -> Postings:
    """Every form of every document with its weights; documents are numbered as they come."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for here, document in enumerate(documents):
        weights = _weights(document, known)
        # most words of a document weigh the same: they share one number, which would take 32 bytes for each
        entries = {weight: here << 6 | step(document.weight * weight) for weight in set(weights.values())}
        for word, weight in weights.items():
            postings[word].append(entries[weight])
    return postings


def _weights(document: Document, known: Pieces) -> dict[str, float]:
    """What each word is worth in a document."""
    weights: dict[str, float] = {}
    for name, weight, usual, strictness in FIELDS:
        if text := getattr(document, name):
            found: list[str] = []
            for piece in text.split():
                found += known[piece]
            worth = weight / (1 - strictness + strictness * len(found) / usual)
            for word in found:
                weights[word] = weights.get(word, 0.0) + worth
    return weights


@lru_cache(1 << 14)
def step(weight: float) -> int:
    """The step of a weight; most words stand once in one field, so few weights occur."""
    return min(63, round(STEPS * log2(1 + weight)))


def written(posting: list[int]) -> str:
    """A posting as text: for each document how many numbers on from the last, then one digit for the step."""
    parts, last = [], 0
    for entry in posting:
        here = entry >> 6
        gap = here - last
        parts.append(NUMBERS[gap] if gap < 4096 else number(gap))
        parts.append(DIGITS[entry & 63])
        last = here
    return "".join(parts)
