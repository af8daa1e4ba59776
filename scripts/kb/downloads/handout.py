"""A brief as a Word document: the brief and the Office's Word file of its language in, the document's bytes out."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from docxtpl import RichText

from kb.bulletins.letter import Run
from kb.bulletins.sample import RUNS, SECTIONS
from kb.bulletins.stationery.paper import Paper, Pen
from kb.bulletins.stationery.templates import Template
from kb.downloads.brief import Brief
from kb.words.language import Language, Words

NAMED = {"ka": "papers/brief.ka.docx", "en": "papers/brief.en.docx"}
"""The Word files below overrides."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a section."""

    text: RichText


@dataclass(frozen=True, slots=True)
class Part:
    """A section."""

    heading: str
    lines: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source under its number."""

    number: int
    text: RichText


@dataclass(frozen=True, slots=True)
class Printed:
    """A brief as the Word file prints it; its fields are what the tags name."""

    title: str
    subtitle: str
    sections: tuple[Part, ...]
    sources_heading: str
    sources: tuple[Source, ...]


NAMES = frozenset({field.name for kind in (Item, Part, Source, Printed) for field in fields(kind)})
"""All that the Word file can name."""


@dataclass(frozen=True, slots=True)
class Handout:
    """All that a document is made of."""

    brief: Brief
    template: Template
    """The Word file of the brief's language."""
    site: str = ""
    """The address with which links to the site begin; without one there are none."""


def document(handout: Handout) -> bytes:
    """The document, its sources numbered at the end; the same bytes for the same handout.

    Raises BadTemplate, at the first use, for a Word file that cannot be filled.
    """
    pen = Pen(paper(handout.template, handout.brief.language), handout.site)
    return pen.paper.document(printed(handout.brief, pen), pen.links)


@cache
def paper(template: Template, language: Language) -> Paper:
    """The Word file of a language, read once a process and tried before it is used."""
    found = Paper(template)
    for sections, sources in ((SECTIONS, RUNS), ((), ())):
        sample = Brief(language, "title", "subtitle", sections, sources)
        found.prove(printed(sample, Pen(found, "https://example.org")), NAMES)
    return found


def printed(brief: Brief, pen: Pen) -> Mapping[str, Any]:
    """What the tags of the Word file stand for."""

    def text(*runs: Run) -> RichText:
        return pen.write(runs, brief.language)

    made = Printed(
        brief.title,
        brief.subtitle,
        tuple(Part(part.heading, tuple(Item(text(*line.runs)) for line in part.lines)) for part in brief.sections),
        Words(brief.language)("meta.sources"),
        tuple(Source(number, text(source)) for number, source in enumerate(brief.sources, 1)),
    )
    return {field.name: getattr(made, field.name) for field in fields(made)}
