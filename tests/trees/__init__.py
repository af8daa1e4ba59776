"""The house of the tests: a whole record tree and its hand-written pages, invented, and the one day on which they are judged.

`office/` is a record tree as `networks/` is, in which every field of every kind of record is filled somewhere; `content/` are
the pages that people write. The program's own look and settings come from the project.
"""

import shutil
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
OFFICE = HERE / "office"
CONTENT = HERE / "content"
DAY = date(2031, 5, 14)

BOOKS = 45  # more than two pages of results
BOOK = """\
title: {{ka: წამების პრევენციის კრებული {number}, en: Collection {number} on the prevention of torture}}
type: {type}
url: https://www.nno.example.org/library/{number}
languages: [en]
year: {year}
themes: [{theme}]
collected_on: 2031-04-01
summary: {{ka: კრებულის ნაწილი {number}., en: Part {number} of the collection.}}
"""
NO_BUILD = shutil.ignore_patterns("__pycache__", "*.egg-info")


def plant_office(folder: Path) -> Path:
    """The record tree in a folder of its own, called as in the project, to change without harm."""
    return Path(shutil.copytree(OFFICE, folder / "networks"))


def raise_house(folder: Path) -> Path:
    """A project in a folder: the program's own parts around the records and pages of the tests."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("overrides", "scripts"):
        shutil.copytree(PROJECT / name, folder / name, ignore=NO_BUILD)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(CONTENT, folder / "content")
    plant_office(folder)
    return folder


def fill_library(records: Path, books: int = BOOKS) -> None:
    """As many more resources as a long list of results needs, of several types, years and themes."""
    for number in range(books):
        type_, theme = ("handbook", "report", "toolkit")[number % 3], ("ill-treatment", "custody")[number % 2]
        text = BOOK.format(number=number, type=type_, year=2000 + number % 31, theme=theme)
        (records / "nno" / "resources" / f"collection-{number}.yml").write_text(text, "utf-8")
