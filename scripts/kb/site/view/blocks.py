"""The parts that pages are made of: frozen plain data that `site.pages` fills and the templates of `overrides/records/` print."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from kb.site.view.lines import NOTHING, Line

LONG = re.compile(r"[^\W\d_]{31}")  # no word of either language is as long in earnest


class Fact(NamedTuple):
    """A row of a summary list."""

    term: str
    value: Line


Facts = tuple[Fact, ...]


class Card(NamedTuple):
    """A record in a list: what it is, in one line, and its plain facts."""

    title: Line
    facts: Line = NOTHING
    """Its plain facts on one line, beginning with its kind or date, its state at the end."""
    lead: Line = NOTHING


class Row(NamedTuple):
    """A record as one line: the link to it and a fact or two."""

    title: Line
    facts: Line = NOTHING
    anchor: str = ""


class Day(NamedTuple):
    """A date block with what happens on it."""

    large: str
    small: str
    title: Line
    facts: Line = NOTHING


class Statement(NamedTuple):
    """A sentence with its marks; a date or a name may go before, and more be said of it below."""

    before: Line
    said: Line
    below: tuple[Line, ...] = ()


class Cell(NamedTuple):
    """A cell of a table."""

    line: Line
    long: bool
    """Whether a word of it has no room in any column: it may be cut anywhere."""
    anchor: str = ""


class Person(NamedTuple):
    """Whom to write to: the role first, then the institution and its ways."""

    anchor: str
    role: Line
    institution: Line
    ways: Facts
    note: Line


@dataclass(frozen=True, slots=True)
class Statements:
    """A list of sentences."""

    kind: ClassVar[str] = "statements"
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    kind: ClassVar[str] = "prose"
    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """The way to the first word of each letter of an alphabet."""

    kind: ClassVar[str] = "letters"
    line: Line


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards, under a small heading where they are one group of several."""

    kind: ClassVar[str] = "cards"
    items: tuple[Card, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of one-line links with a fact or two, for long lists."""

    kind: ClassVar[str] = "rows"
    items: tuple[Row, ...]
    heading: str = ""
    anchor: str = ""
    columns: bool = False
    """Whether short rows stand in two columns where there is room."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption for screen readers."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary list inside a section."""

    kind: ClassVar[str] = "summary"
    items: Facts


@dataclass(frozen=True, slots=True)
class Days:
    """Dates with what happens on them."""

    kind: ClassVar[str] = "days"
    items: tuple[Day, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Contacts."""

    kind: ClassVar[str] = "people"
    items: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Chips:
    """Links to themes, units or networks."""

    kind: ClassVar[str] = "chips"
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that open on a click and print open."""

    kind: ClassVar[str] = "folded"
    heading: str
    blocks: tuple[Any, ...]


Block = Statements | Prose | Letters | Cards | Rows | Table | Summary | Days | People | Chips | Folded


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its own heading; one without blocks is not shown."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]
    count: int = 0
    """How many things it shows, where that is worth saying."""
    title: Line = NOTHING
    """The heading on the page, where it is more than its words: a link."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Links of which a reader needs one: folded; a script makes a list to choose from of them and remembers the choice."""

    name: str
    """What the chosen one is to the reader; stands before it."""
    prompt: str
    """Asks to choose."""
    go: str
    """What the button says that opens the chosen one."""
    change: str
    """What the button says with which another is chosen."""
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page is opened for, as a button: the document, the page for applications."""

    url: str
    words: str
    about: str
    """The host, language, year: what the button leads to."""
    before: str = ""
    """What must be said first."""


class Content(NamedTuple):
    """A row of a page's list of contents."""

    anchor: str
    heading: str


class Notice(NamedTuple):
    """A sentence that a reader must see before relying on the page."""

    tone: str
    """doubt, late, archived, translation or unverified"""
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to pour: its address below the root of its language, the frame it goes into, and what it says.

    Kinds of pages extend it with what is theirs alone; each names the template that prints it.
    """

    template: ClassVar[str] = "list"
    address: str
    section: str
    title: str
    description: str
    """What search engines and previews show of it."""
    heading: Line
    kicker: Line = NOTHING
    badge: Line = NOTHING
    lead: Line = NOTHING
    notices: tuple[Notice, ...] = ()
    facts: Facts = ()
    sections: tuple[Section, ...] = ()
    """In the order in which they are shown, unless the template of the kind has its own."""
    sources: tuple[Line, ...] = ()
    foot: Facts = ()
    """Where the record stands, and what few ask for."""
    edit: Line = NOTHING
    file: str = ""
    """The file that it comes from, below the record tree."""

    @property
    def part(self) -> dict[str, Section]:
        """The sections by their anchors, for templates that order them."""
        return {section.anchor: section for section in self.sections}


@dataclass(frozen=True, slots=True)
class Placed:
    """A page in its place: the way down to it, what stands beside it, and the list of what it holds."""

    page: Page
    description: str
    """On one line, cut at a word."""
    contents: tuple[Content, ...]
    """Its sections, where there are several."""
    crumbs: tuple[Line, ...] = ()
    """The pages above it."""
    beside: tuple[Line, ...] = ()
    """Its neighbours in their order, itself among them."""


def cell(line: Line) -> Cell:
    """A line as a cell of a table."""
    return Cell(line, any(LONG.search(run.words) for run in line))


def cells(*lines: Line) -> tuple[Cell, ...]:
    """Lines as a row of a table."""
    return tuple([cell(line) for line in lines])
