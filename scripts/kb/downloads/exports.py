"""Every file that the site offers besides its pages: feeds, calendars, contacts, tables and the api, as (name, bytes)."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module

from kb.bulletins.edition import Bulletin
from kb.bulletins.mail import FOLDER, environment
from kb.bulletins.stationery.templates import Stationery
from kb.downloads import api, spreadsheets
from kb.downloads import cards as vcards
from kb.downloads.brief import Writer
from kb.downloads.calendars import Calendars
from kb.downloads.feeds import Feeds
from kb.downloads.sheets import Sheets
from kb.records.knowledge import KnowledgeBase, published
from kb.records.sections import ROOTS
from kb.words.language import LANGUAGES, Language, Words


def files(
    kb: KnowledgeBase, today: date, stationery: Stationery, bulletins: Sequence[Bulletin] = ()
) -> Iterator[tuple[str, bytes]]:
    """All of them, named from the root of the site: the api once, the rest in both languages.

    `bulletins`, the newest first, give the feeds their entries and the calendars the numbers by which subscribers
    see a change.
    """
    yield from of_api(kb)
    for language in LANGUAGES:
        yield from of_language(kb, language, today, stationery, bulletins)


def prepare(stationery: Stationery) -> None:
    """Import what files are made with, and compile the templates, once, before a build goes apart into its languages.

    Raises BadTemplate.
    """
    from kb.downloads.handout import NAMED, paper  # noqa: PLC0415 - docxtpl takes 0.15 s that a check saves

    import_module("xlsxwriter")
    environment(stationery.folder(FOLDER))
    for language, name in NAMED.items():
        paper(stationery[name], language)


def of_api(kb: KnowledgeBase) -> Iterator[tuple[str, bytes]]:
    """The records as JSON, for both languages."""
    return in_folder("api/", api.files(kb))


def api_names(kb: KnowledgeBase) -> set[str]:
    """The names of the files of the api, without making them."""
    lists = api.listed(kb)
    return {
        "api/index.json",
        *(f"api/{one.name}.json" for one in lists),
        *(f"api/schemas/{one.schema}.schema.json" for one in lists),
    }


def of_language(
    kb: KnowledgeBase, language: Language, today: date, stationery: Stationery, bulletins: Sequence[Bulletin] = ()
) -> Iterator[tuple[str, bytes]]:
    """Those of one language, named from the root of the site, so that a build can make them beside its pages."""
    words, root = Words(language), ROOTS[language]
    memory = bulletins[0].new.calendar if bulletins else {}
    networks = [(entry.id, words.plain(entry.record.acronym)) for entry in published(kb.networks)]
    yield from in_folder(f"{root}feeds/", Feeds(words, bulletins, networks, list(kb.units), stationery).files())
    yield from in_folder(f"{root}calendars/", Calendars(kb, words, memory).files())
    yield from in_folder(f"{root}contacts/", vcards.files(kb, words))
    yield from in_folder(f"{root}briefs/", briefs(kb, words, today, stationery))
    yield from in_folder(f"{root}tables/", spreadsheets.files(Sheets(kb, words).all()))


def briefs(kb: KnowledgeBase, words: Words, today: date, stationery: Stationery) -> Iterator[tuple[str, bytes]]:
    """(file name below briefs/, content): a Word document for a meeting, of every network, theme and unit."""
    from kb.downloads.handout import NAMED, Handout, document  # noqa: PLC0415 - docxtpl takes 0.15 s that a check saves

    writer, template = Writer(kb, words, today), stationery[NAMED[words.language]]
    for entry in published(kb.networks):
        yield f"network-{entry.id}.docx", document(Handout(writer.write(entry), template))
    for kind, found in (("theme", kb.themes), ("unit", kb.units)):
        for name, subject in found.items():
            yield f"{kind}-{name}.docx", document(Handout(writer.write(subject), template))


def in_folder(folder: str, found: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Files under the name of their folder."""
    return ((folder + name, content) for name, content in found)
