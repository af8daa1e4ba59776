"""The list of what the site offers besides its pages: an Offer in, every file out, named from the root of the site.

A format is a module with `files(offer)`, and a row here. Whoever imports this list imports the libraries of all formats,
half a second in all: a build does so when it has something to make.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.downloads import api, calendars, cards, commas, documents, feeds, workbooks
from kb.downloads.offer import File, Offer
from kb.records.sections import ROOTS


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and where it stands."""

    folder: str
    """Below the root of a language, or of the site for what is there once."""
    files: Callable[[Offer], Iterator[File[Any]]]
    """Names the files below the folder."""
    once: bool = False
    """Whether one set of files serves both languages."""


FORMATS = (
    Format("api", api.files, once=True),
    Format("feeds", feeds.files),
    Format("calendars", calendars.files),
    Format("contacts", cards.files),
    Format("briefs", documents.files),
    Format("tables", commas.files),
    Format("tables", workbooks.files),
)


def files(offer: Offer, once: bool) -> Iterator[File[Any]]:
    """The files that are there once, or those of the offer's language."""
    root = "" if once else ROOTS[offer.words.language]
    for one in FORMATS:
        if one.once is once:
            yield from (replace(file, name=f"{root}{one.folder}/{file.name}") for file in one.files(offer))
