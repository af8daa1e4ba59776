"""Atom feeds (RFC 4287) of the bulletins: for the whole Office, each unit and each network; an entry a quarter.

Links are relative to the feed, so that a feed is right wherever the site lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.bulletins.edition import Bulletin
from kb.bulletins.letter import Letter, LetterWriter, address_of
from kb.bulletins.mail import html_of
from kb.bulletins.stationery.templates import Stationery
from kb.history.changes import Change
from kb.history.telling import Teller, Told
from kb.upkeep.agenda import DOMAIN
from kb.words.language import Words
from kb.words.markup import escape

HTML = {"": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
BEGUN = "2026-01-01"  # what a feed without entries names as its last change
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
    "<id>tag:{domain},2026:{name}:{language}</id>\n<title>{title}</title>\n<updated>{updated}T05:00:00Z</updated>\n"
    '<author><name>{author}</name></author>\n<link rel="self" href="{file}"/>\n<link rel="alternate" href="../{page}"/>\n'
)
ENTRY = (
    "<entry>\n<id>tag:{domain},2026:{name}:{quarter}:{language}</id>\n<title>{title}</title>\n<updated>{updated}T05:00:00Z</updated>\n"
    '<link rel="alternate" href="../{page}"/>\n<content type="html">{content}</content>\n</entry>\n'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A quarter in a feed."""

    quarter: str
    title: str
    updated: str
    page: str
    html: str


class Feeds:
    """The feeds of one language, out of the bulletins, the newest first."""

    def __init__(
        self,
        words: Words,
        bulletins: Sequence[Bulletin],
        networks: Sequence[tuple[str, str]],
        units: Sequence[str],
        stationery: Stationery,
    ) -> None:
        """`networks` are those of today as (id, acronym), `units` the ids of today's units."""
        self.words, self.bulletins, self.networks, self.units = words, bulletins, networks, units
        self.stationery = stationery

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(file name below feeds/, content): every feed is there, with or without entries, so that a link to it holds."""
        whole = self.words("nav.bulletins")
        yield self._feed("all", whole, "bulletins/index.html", [self._bulletin(one, "") for one in self.bulletins])
        for unit in self.units:
            entries = [self._bulletin(one, unit) for one in self.bulletins if f"unit:{unit}" in one.new.things]
            name = entries[0].title.partition(": ")[2] if entries else unit
            yield self._feed(f"unit-{unit}", f"{whole}: {name}", f"units/{unit}.html", entries)
        for network, acronym in self.networks:
            entries = [entry for one in self.bulletins if (entry := self._network(one, network, acronym))]
            yield self._feed(f"network-{network}", f"{acronym}: {self.words('nav.changes')}", f"networks/{network}.html", entries)

    def _bulletin(self, bulletin: Bulletin, unit: str) -> Entry:
        digest = bulletin.digester.of(unit)
        letter: Letter = LetterWriter(self.words, bulletin.old, bulletin.new).write(digest)
        html = html_of(letter, "..", self.stationery)
        return Entry(str(bulletin.new.quarter), letter.title, bulletin.new.closed_on, address_of(digest), html)

    def _network(self, bulletin: Bulletin, network: str, acronym: str) -> Entry | None:
        """What changed of a network and of what stands with it; no entry for a quarter in which nothing did."""
        teller = Teller(
            self.words, {**(bulletin.old.things if bulletin.old else {}), **bulletin.new.things}, bulletin.new.quarter.last
        )
        mine = [change for change, _ in bulletin.digester.changes if _is_of(change, network)]
        if not mine:
            return None
        items = "".join([f"<li><strong>{escape(told.subject)}</strong>: {said(told)}</li>" for told in map(teller.tell, mine)])
        title = f"{acronym}: {self.words.quarter(bulletin.new.quarter.first)}"
        html = f"<ul>{items}</ul>"
        return Entry(str(bulletin.new.quarter), title, bulletin.new.closed_on, f"networks/{network}.html", html)

    def _feed(self, name: str, title: str, page: str, entries: Sequence[Entry]) -> tuple[str, bytes]:
        about = {"domain": DOMAIN, "language": self.words.language, "name": name}
        updated = max([entry.updated for entry in entries], default=BEGUN)
        text = HEAD.format(
            **about, title=escape(title), updated=updated, author=escape(self.words("site.owner")), file=f"{name}.atom", page=page
        )
        for entry in entries:
            text += ENTRY.format(
                **about,
                quarter=entry.quarter,
                title=escape(entry.title),
                updated=entry.updated,
                page=entry.page,
                content=escape(entry.html),  # HTML as the text of an element, which readers of feeds parse again
            )
        return f"{name}.atom", f"{text}</feed>\n".encode()


def said(told: Told) -> str:
    """What happened, as HTML."""
    parts = [HTML[piece.mark].format(escape(piece.text)) for piece in told.pieces]
    return " ".join(parts).replace(" ;", ";")


def _is_of(change: Change, network: str) -> bool:
    """Whether a change is of a network or of a record that stands with it or names it."""
    return network in (change.id.partition("/")[0], *change.record.get("networks", ())) and change.kind not in (
        "theme",
        "unit",
        "term",
    )
