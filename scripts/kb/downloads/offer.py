"""What downloads are made of, and what a download is before it is made: a name, plain data, and the function that makes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from kb.bulletins.edition import Bulletin
from kb.bulletins.stationery.templates import Stationery
from kb.records.knowledge import KnowledgeBase
from kb.words.language import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the downloads of a language are made of."""

    kb: KnowledgeBase
    words: Words
    today: date
    stationery: Stationery
    """The Word files and the mail of the project."""
    templates: Path
    """The folder overrides/ of the project."""
    bulletins: Sequence[Bulletin] = ()
    """Of the closed quarters, the newest first: the entries of feeds, and the numbers by which calendars tell a change."""


@dataclass(frozen=True, slots=True)
class File(Generic[T]):
    """A download that can be made: only what somebody wants is."""

    name: str
    """Below the folder of its format; from the root of the site once `formats` has named it."""
    make: Callable[[T], bytes]
    """Makes the file of `of`; where it is `kept`, a function of a module, which sees nothing else."""
    of: T
    """What it is made of; where it is `kept`, plain data: texts, numbers, dates, lists, frozen dataclasses, bytes."""
    kept: bool = False
    """Whether a build keeps it for the next one (`made.py`): where making it takes longer than telling that it is the same."""

    def content(self) -> bytes:
        """The file, made now."""
        return self.make(self.of)
