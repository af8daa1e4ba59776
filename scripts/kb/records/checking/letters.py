"""Which letters may stand in a record: a text or one of its words in, what is wrong with its letters out."""

import re
from collections.abc import Iterator

from kb.records.checking.problem import shown

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U000e0000-\U000e007f]"
)
UNWANTED = re.compile(f"{INVISIBLE.pattern}|\t")
GEORGIAN = "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"
FOREIGN = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
MIXED_WORD = re.compile(
    f"[{GEORGIAN}][{FOREIGN}]|[{FOREIGN}][{GEORGIAN}]|[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]"
)
# Spaces that look like ordinary ones; YAML takes them for letters.
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
FOREIGN_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
CAPITAL_GEORGIAN = re.compile("[\u1c90-\u1cbf\u10a0-\u10c5]")

SMALL_GEORGIAN = "\u10d0-\u10fa"
LATIN = "A-Za-z\u00c0-\u00ff"
SIGNS = "\n -@\\[-`{-~\u00a7\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c-\u201e\u2026\u2116"
# Words of one script each and signs that can be seen. Nearly every record is of nothing else, and one look at the whole
# of it spares a look at each of its values: 0.5 of the 3 seconds that a check of 10,000 records would take.
HARMLESS = re.compile(f"[{SIGNS}]*+(?:(?:[{SMALL_GEORGIAN}]++|[{LATIN}]++)[{SIGNS}]++)*+")


def is_harmless(text: str) -> bool:
    """Whether a file's text needs no second look: nothing that `wrong_letters` refuses, no tab, no escape that may hide one."""
    return "\\" not in text and HARMLESS.fullmatch(text) is not None


def wrong_letters(value: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the letters of a value: the code, what was found, and what stands in the line of it.

    A word is of one script: a Latin `o` inside a Georgian word is never found by search.
    """
    if value.isascii() and value.isprintable():
        return
    if found := INVISIBLE.search(value):
        yield "invisible", f"U+{ord(found[0]):04X}", ""
    for word in mixed_words(value):
        yield _code_of_mixture(word), shown(word), word
    if found := CAPITAL_GEORGIAN.search(value):
        yield "capital_georgian", shown(value[found.start() :], 20), found[0]


def mixed_words(text: str) -> list[str]:
    """The words of a text in which letters of two scripts stand side by side, each once."""
    words = dict.fromkeys(word for word in text.split() if MIXED_WORD.search(word))
    return list(words)


def _code_of_mixture(word: str) -> str:
    """A word with Georgian letters may lack the hyphen before its case ending; any other was pasted."""
    return "mixed_scripts" if re.search(f"[{GEORGIAN}]", word) else "look_alikes"
