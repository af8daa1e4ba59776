"""How the index writes numbers and Georgian into ASCII, so that a shard is a third of its size in UTF-8.

`overrides/search/engine.js` reads the same two codes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

GEORGIAN = "".join(map(chr, range(0x10D0, 0x10F1)))
STAND_INS = "abcdefghijklmnopqrstuvwxyzABCDEFG"
_TO_STAND_IN = str.maketrans(GEORGIAN, STAND_INS)
_LATIN = re.compile(r"[A-Za-z~]+(?:[ -@]+[A-Za-z~]+)*")


def number(value: int) -> str:
    """A whole number from 0 up as digits of 5 bits, the low ones first; all but the last carry a 32."""
    digits = ""
    while value > 31:
        digits += DIGITS[32 | value & 31]
        value >>= 5
    return digits + DIGITS[value]


NUMBERS = tuple(map(number, range(4096)))


def numbers(values: Iterable[int]) -> str:
    """Whole numbers one after the other."""
    return "".join([NUMBERS[value] if value < 4096 else number(value) for value in values])


def letters(text: str) -> str:
    """A text with each Georgian letter as one Latin stand-in; `~` begins and ends what is Latin already.

    A tilde of the text's own becomes the like-looking ∼ (U+223C); one at the end has nothing to end and is left out.
    """
    marked = _LATIN.sub(_between_tildes, text)
    if not marked.isascii():
        marked = " ".join(map(_stood_in, marked.split(" ")))
    return marked.removesuffix("~")


@lru_cache(1 << 16)
def _stood_in(piece: str) -> str:
    """A piece between spaces; `translate` takes them letter by letter, and texts share most of their words."""
    return piece.translate(_TO_STAND_IN)


def _between_tildes(match: re.Match[str]) -> str:
    return f"~{match[0].replace('~', '∼')}~"


def runs(values: Iterable[int]) -> str:
    """A column of whole numbers, a repetition written as 0 and how many more there are; the others are one higher."""
    written: list[int] = []
    last, more = -1, 0
    for value in values:
        if value == last:
            more += 1
            continue
        written += _repeated(last, more)
        last, more = value, 0
        written.append(value + 1)
    return numbers(written + _repeated(last, more))


def _repeated(last: int, more: int) -> list[int]:
    """The shorter of the two ways to say that a value comes again."""
    return [last + 1] * more if more < 2 else [0, more]
