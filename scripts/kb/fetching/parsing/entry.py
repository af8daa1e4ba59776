"""What one answer held: the entries of a feed, or the text of a page, as they cross from the parsing process."""

from kb.records.item import Code, Guid, Line, Link, Moment, Place, Summary, Tag, Title
from kb.records.values import Closed, FullDate

MOST_TAGS = 12


class Entry(Closed):
    """An entry of a feed, reduced to plain text; not yet an item, as it has no history."""

    title: Title
    """სათაური.
    The title."""
    summary: Summary = ""
    """მოკლე შინაარსი.
    The summary."""
    link: Link | None = None
    """მისამართი.
    The address."""
    guid: Guid = ""
    """ნიშანი.
    The feed's own identifier."""
    published: Moment | None = None
    """გამოქვეყნების დრო.
    When it was published."""
    edited: bool = False
    """true, თუ არხი მხოლოდ ცვლილების დროს ასახელებს.
    true when the feed gives only the time of the last edit."""
    start: FullDate | None = None
    """პირველი დღე.
    The first day of an event."""
    end: FullDate | None = None
    """ბოლო დღე.
    The last day of an event."""
    place: Place = ""
    """ადგილი.
    The place of an event."""
    language: Code | None = None
    """ენა.
    The language."""
    tags: tuple[Tag, ...] = ()
    """კატეგორიები.
    The categories."""


class Parsed(Closed):
    """What the parsing process made of a body."""

    failure: str = ""
    """მიზეზი, თუ ვერ წაიკითხა.
    The code of a failure; empty when it could be read."""
    entries: tuple[Entry, ...] = ()
    """ელემენტები.
    The entries of a feed."""
    feeds: tuple[str, ...] = ()
    """არხები, რომლებსაც გვერდი ასახელებს.
    The feeds that a page names."""
    lines: tuple[Line, ...] = ()
    """გვერდის ტექსტი.
    The main text of a page, a paragraph each."""
    mended: bool = False
    """true, თუ დაზიანებული იყო.
    true when the body was damaged and was read as far as possible."""
    refused: int = 0
    """რამდენი ელემენტი იყო ცარიელი.
    How many entries had nothing in them that could be kept."""
    cut: int = 0
    """რამდენი ელემენტი აღარ წაიკითხა.
    How many entries were beyond the limit."""
