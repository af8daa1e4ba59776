"""The parts that pages are made of; builders in `kb.site.pages` fill them, `kb.site.blocks` and `kb.site.render` print them.

They are not frozen: a build of 10,000 records makes 160,000 a language, and frozen ones take a little longer to make.
"""

from dataclasses import dataclass
from typing import Any

from kb.words.markup import EMPTY, Html

Facts = tuple[Html, ...]
"""A summary list: a row each, made by `markup.term`."""


@dataclass(slots=True)
class Card:
    """A record in a list: what it is, in one line, and its plain facts."""

    title: Html
    facts: Html = EMPTY
    """Its plain facts on one line, beginning with its kind or date."""
    state: Html = EMPTY
    lead: Html = EMPTY


@dataclass(slots=True)
class Statements:
    """A list of sentences, each with its marks; a date or a name may go before."""

    items: tuple[tuple[Html, Html], ...]
    """(what goes before or nothing, the sentence)"""


@dataclass(slots=True)
class Prose:
    """Paragraphs."""

    html: Html


@dataclass(slots=True)
class Cards:
    """Cards, under a small heading where they are one group of several."""

    items: tuple[Card, ...]
    heading: str = ""


@dataclass(slots=True)
class Rows:
    """A list of one-line links with a fact or two, for long lists."""

    items: tuple[tuple[Html, Html], ...]
    """(the link, its plain facts)"""
    heading: str = ""
    anchor: str = ""
    columns: bool = False
    """Whether short rows stand in two columns where there is room."""


@dataclass(slots=True)
class Table:
    """A table with a caption for screen readers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Html, ...], ...]
    heading: str = ""


@dataclass(slots=True)
class Summary:
    """A summary list inside a section."""

    items: Facts


@dataclass(slots=True)
class Days:
    """Dates with what happens on them."""

    items: tuple[tuple[str, str, Html, Html], ...]
    """(the large line, the small line, the link, plain facts)"""
    heading: str = ""


@dataclass(slots=True)
class Person:
    """Whom to write to: the role first, then the institution and its ways."""

    anchor: str
    role: Html
    institution: Html
    ways: Facts
    note: Html


@dataclass(slots=True)
class People:
    """Contacts."""

    items: tuple[Person, ...]
    heading: str = ""


@dataclass(slots=True)
class Chips:
    """Links to themes, units or networks."""

    items: tuple[Html, ...]


@dataclass(slots=True)
class Folded:
    """Blocks that open on a click and print open."""

    heading: str
    blocks: tuple[Any, ...]


Block = Statements | Prose | Cards | Rows | Table | Summary | Days | People | Chips | Folded


@dataclass(slots=True)
class Section:
    """A part of a page under its own heading."""

    anchor: str
    heading: Html
    blocks: tuple[Block, ...]
    count: int = 0
    """How many things it shows, where that is worth saying."""
    half: bool = False
    """Whether it takes half of the width, beside the next."""
    title: Html = EMPTY
    """The heading on the page, where it is more than its words: a link."""


@dataclass(slots=True)
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
    items: tuple[Html, ...]


@dataclass(slots=True)
class Notice:
    """A sentence that a reader must see before relying on the page."""

    tone: str
    """doubt, late, archived, translation or unverified"""
    text: Html


@dataclass(slots=True)
class Body:
    """What a page shows between its title and its foot."""

    kicker: Html = EMPTY
    title: Html = EMPTY
    badge: Html = EMPTY
    lead: Html = EMPTY
    asks: tuple[str, str, str] | None = None
    """A place to ask the search: its address, what to type, what the button says."""
    choice: Choice | None = None
    notices: tuple[Notice, ...] = ()
    action: Html = EMPTY
    """What a reader came for, as a button: the document, the page for applications."""
    facts: Facts = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Html, ...] = ()
    foot: Facts = ()
    edit: Html = EMPTY
    layout: str = ""
    """`home`, `contacts` or `glossary` for the pages that have their own arrangement."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Pages that stand together in their section, and where each of them is among the others."""

    links: tuple[tuple[str, Html], ...]
    """(address, name)"""
    places: dict[str, int]


@dataclass(slots=True)
class Page:
    """A page to pour: its address below the root of its language, the frame it goes into, and its body.

    Its builder leaves out what stands around it; that is put there when all builders' pages come together.
    """

    address: str
    section: str
    title: str
    description: str
    body: Body
    crumbs: tuple[tuple[str, Html], ...] = ()
    """(address, name) of the pages above it"""
    beside: Group | None = None
    """What stands beside it in its section."""
    source: str = ""
    """The file that it comes from, below the record tree."""
