"""The analysis that the index is made with: Georgian and English words to their keys."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb.search import analysis, english, georgian

SPACES = {"national": "n", "unshifted": "u"}


class Bilingual:
    """Words of both languages; a word is Georgian when it has a Georgian letter."""

    def words(self, text: str) -> list[str]:
        """The words of a text."""
        return analysis.words(text)

    def keys(self, forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The keys of each form."""
        return {form: keys(form) for form in forms}

    def latin(self, forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """What Georgian forms are found under when they are typed in Latin letters, in each of the two spaces."""
        return {form: latin(form) for form in forms if is_georgian(form)}

    def tables(self) -> Mapping[str, Any]:
        """The rule tables for the browser."""
        return georgian.tables()


def is_georgian(word: str) -> bool:
    """Whether a word is written in Georgian letters."""
    return "ა" <= word[0] <= "ჰ" or (not word.isascii() and any("ა" <= letter <= "ჰ" for letter in word))


def keys(word: str) -> tuple[str, ...]:
    """The keys of a word by its letters."""
    return georgian.keys(word) if is_georgian(word) else english.keys(word)


def latin(word: str) -> tuple[str, ...]:
    """The keys of a Georgian word in the spaces of Latin typing, each led by the letter of its space."""
    return tuple(
        dict.fromkeys(mark + key for space, mark in SPACES.items() for key in georgian.latin_keys(word, space))  # type: ignore[arg-type]
    )
