"""Atom feeds (RFC 4287) of the bulletins: for the whole Office, each unit and each network; an entry a quarter.

What a feed says is plain data; overrides/feeds/atom.xml says how. Links are relative to the feed, so that a feed is right
wherever the site lies.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.bulletins.edition import Bulletin
from kb.bulletins.letter import LetterWriter, Run, address_of, spaced
from kb.bulletins.mail import html_of
from kb.bulletins.stationery.sheaf import Sheaf
from kb.downloads.offer import File, Offer
from kb.history.changes import Change
from kb.history.telling import Teller
from kb.records.knowledge import published
from kb.upkeep.agenda import DOMAIN

BEGUN = "2026-01-01"  # what a feed without entries names as its last change
TEMPLATES = "feeds"  # the folder of overrides/


@dataclass(frozen=True, slots=True)
class Entry:
    """A quarter in a feed."""

    quarter: str
    title: str
    updated: str
    page: str
    """Its address below the root of the language."""
    html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says."""

    name: str
    """Its file name without an ending."""
    title: str
    page: str
    """The address, below the root of the language, of the page that it belongs to."""
    entries: tuple[Entry, ...]
    language: str
    author: str

    @property
    def updated(self) -> str:
        """The day of its newest entry."""
        return max([entry.updated for entry in self.entries], default=BEGUN)


@dataclass(frozen=True, slots=True)
class Item:
    """A change of a record, for the list in an entry."""

    subject: str
    runs: tuple[tuple[str, Run], ...]
    """What happened to it, each with the space before it."""


def files(offer: Offer) -> Iterator[File[Feed]]:
    """Every feed is there, with or without entries, so that a link to it holds."""
    templates = Sheaf(offer.templates / TEMPLATES)

    def make(feed: Feed) -> bytes:
        return f"{templates.printed('atom.xml', {'feed': feed, 'domain': DOMAIN})}\n".encode()

    return (File(f"{feed.name}.atom", make, feed) for feed in Feeds(offer, templates).all())


class Feeds:
    """The feeds of one language."""

    def __init__(self, offer: Offer, templates: Sheaf) -> None:
        self.offer, self.words, self.templates = offer, offer.words, templates

    def all(self) -> Iterator[Feed]:
        """Of the whole Office, of today's units and networks."""
        whole, bulletins = self.words("nav.bulletins"), self.offer.bulletins
        yield self._feed("all", whole, "bulletins/index.html", [self._bulletin(one, "") for one in bulletins])
        for unit in self.offer.kb.units:
            entries = [self._bulletin(one, unit) for one in bulletins if f"unit:{unit}" in one.new.things]
            name = entries[0].title.partition(": ")[2] if entries else unit
            yield self._feed(f"unit-{unit}", f"{whole}: {name}", f"units/{unit}.html", entries)
        for network in published(self.offer.kb.networks):
            acronym = self.words.plain(network.record.acronym)
            entries = [entry for one in bulletins if (entry := self._network(one, network.id, acronym))]
            title, page = f"{acronym}: {self.words('nav.changes')}", f"networks/{network.id}.html"
            yield self._feed(f"network-{network.id}", title, page, entries)

    def _feed(self, name: str, title: str, page: str, entries: Iterable[Entry]) -> Feed:
        return Feed(name, title, page, tuple(entries), self.words.language, self.words("site.owner"))

    def _bulletin(self, bulletin: Bulletin, unit: str) -> Entry:
        digest = bulletin.digester.of(unit)
        letter = LetterWriter(self.words, bulletin.old, bulletin.new).write(digest)
        html = html_of(letter, "..", self.offer.stationery)
        return Entry(str(bulletin.new.quarter), letter.title, bulletin.new.closed_on, address_of(digest), html)

    def _network(self, bulletin: Bulletin, network: str, acronym: str) -> Entry | None:
        """What changed of a network and of what stands with it; no entry for a quarter in which nothing did."""
        quarter = bulletin.new.quarter
        teller = Teller(self.words, {**(bulletin.old.things if bulletin.old else {}), **bulletin.new.things}, quarter.last)
        told = [teller.tell(change) for change, _ in bulletin.digester.changes if _is_of(change, network)]
        if not told:
            return None
        changes = [Item(one.subject, tuple(spaced(Run(piece.text, piece.mark) for piece in one.pieces))) for one in told]
        html = self.templates.printed("changes.html", {"changes": changes})
        title = f"{acronym}: {self.words.quarter(quarter.first)}"
        return Entry(str(quarter), title, bulletin.new.closed_on, f"networks/{network}.html", html)


def _is_of(change: Change, network: str) -> bool:
    """Whether a change is of a network or of a record that stands with it or names it."""
    return network in (change.id.partition("/")[0], *change.record.get("networks", ())) and change.kind not in (
        "theme",
        "unit",
        "term",
    )
