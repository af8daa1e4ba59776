"""The letters of a bulletin as a Word document: letters and the Office's Word file in, the document's bytes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from docxtpl import RichText

from kb.bulletins.letter import Letter, Line, Section
from kb.bulletins.sample import BARE, FULL
from kb.bulletins.stationery.paper import Paper, Pen
from kb.bulletins.stationery.templates import Template
from kb.words.language import Words

NAME = "papers/bulletin.docx"
"""The Word file below overrides."""
TABLES = frozenset({"opportunities", "events", "due"})  # sections that read better as tables


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a row of a table: its name, and what is said of it."""

    name: RichText
    said: RichText


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, and what is said below it."""

    text: RichText
    below: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section, with either rows or lines; `rest` is the link to what the letter leaves out, if it does."""

    heading: str
    rows: tuple[Row, ...]
    lines: tuple[Item, ...]
    rest: RichText | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter as the Word file prints it."""

    title: str
    period: str
    greeting: str
    opening: tuple[str, ...]
    name_head: str
    """The heads of tables."""
    said_head: str
    sections: tuple[Part, ...]
    note: RichText | None
    """Where to look, when there is nothing new."""
    closing: tuple[str, ...]


LANGUAGES = {"ka": "georgian", "en": "english"}
NAMES = frozenset({"title", *LANGUAGES.values(), *(field.name for kind in (Row, Item, Part, Printed) for field in fields(kind))})
"""All that the Word file can name."""


def document(letters: Sequence[Letter], site: str, template: Template) -> bytes:
    """The letters as one document, each language on pages of its own; the same bytes for the same letters.

    Raises BadTemplate, at the first use, for a Word file that cannot be filled.
    """
    pen = Pen(paper(template), site)
    return pen.paper.document(printed(letters, pen), pen.links)


@cache
def paper(template: Template) -> Paper:
    """The Word file, read once a process and tried before it is used."""
    found = Paper(template)
    for letters in (FULL, BARE):
        found.prove(printed(letters, Pen(found, "https://example.org")), NAMES)
    return found


def printed(letters: Sequence[Letter], pen: Pen) -> Mapping[str, Any]:
    """What the tags of the Word file stand for; a language without a letter is nothing."""
    by_language = {LANGUAGES[letter.language]: _letter(letter, pen) for letter in letters}
    return {"title": letters[0].title, **dict.fromkeys(LANGUAGES.values()), **by_language}


def _letter(letter: Letter, pen: Pen) -> Printed:
    words = Words("ka" if letter.language == "ka" else "en")
    return Printed(
        letter.title,
        letter.period,
        words("letter.greeting"),
        tuple(text for text in (*letter.opening, *letter.foreword.split("\n")) if text),
        words("table.name"),
        words("table.description"),
        tuple(_part(section, letter.language, pen) for section in letter.sections),
        pen.write(letter.note, letter.language) if letter.note else None,
        tuple(text for text in letter.closing if text),
    )


def _part(section: Section, language: str, pen: Pen) -> Part:
    in_table = section.name in TABLES
    rest = pen.write(section.rest, language) if section.rest else None
    rows = tuple(_row(line, language, pen) for line in section.lines) if in_table else ()
    return Part(section.heading, rows, () if in_table else tuple(_item(line, language, pen) for line in section.lines), rest)


def _row(line: Line, language: str, pen: Pen) -> Row:
    name = [run for run in line.runs if run.strong]
    said = [run for run in line.runs if not run.strong and run.text != ":"]
    return Row(pen.write(name, language), pen.write(said, language))


def _item(line: Line, language: str, pen: Pen) -> Item:
    return Item(pen.write(line.runs, language), tuple(pen.write(runs, language) for runs in line.below))
