"""Every file that the site offers besides its pages: calendars, contacts, tables and the api, as (name, bytes)."""

from collections.abc import Iterator

from kb import api, spreadsheets, vcards
from kb.agenda import Memory
from kb.calendars import Calendars
from kb.knowledge import KnowledgeBase
from kb.sheets import Sheets
from kb.words import LANGUAGES, Language, Words

ROOTS = {"ka": "", "en": "en/"}  # where each language begins on the site


def files(kb: KnowledgeBase, memory: Memory | None = None) -> Iterator[tuple[str, bytes]]:
    """All of them, named from the root of the site: the api once, the rest in both languages.

    `memory` is the `calendar` of the last snapshot, for the numbers by which subscribers see a change.
    """
    yield from in_folder("api/", api.files(kb))
    for language in LANGUAGES:
        yield from of_language(kb, language, memory)


def of_language(kb: KnowledgeBase, language: Language, memory: Memory | None = None) -> Iterator[tuple[str, bytes]]:
    """Those of one language, named from the root of the site, so that a build can make them beside its pages."""
    words, root = Words(language), ROOTS[language]
    yield from in_folder(f"{root}calendars/", Calendars(kb, words, memory or {}).files())
    yield from in_folder(f"{root}contacts/", vcards.files(kb, words))
    yield from in_folder(f"{root}tables/", spreadsheets.files(Sheets(kb, words).all()))


def in_folder(folder: str, found: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Files under the name of their folder."""
    return ((folder + name, content) for name, content in found)
