"""Whether the links of the records still open: one polite request for each, of whose answer only the status counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.store import Store
from kb.fetching.wire.client import Client, Transport
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.pace import Pace
from kb.records.knowledge import KnowledgeBase
from kb.records.link import Answer, Link
from kb.upkeep.reach import checked, dead_of, due, links_of, read, written

SECONDS = 30.0
"""For one link with its redirects and tries; a reader would not wait as long."""
ENOUGH = 100_000
"""Bytes after which a document is known to be there; what it says is not read."""
GONE = frozenset({"not-found", "gone", "dns", "connect"})
"""Failures that say that there is nothing at the address; the others say more of the server's mood."""
THERE = frozenset({"too-large", "damaged", "truncated", "encoding"})
"""Failures that come after the server has begun to send the document."""
MANY = 10


class Blackout(Exception):
    """So many links failed at once that the network must be to blame; nothing was written."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks for links, one after the other."""

    transport: Transport
    agent: str
    limits: Limits
    pace: Pace

    def __call__(self, url: str) -> Answer:
        """What the answer says of a link; every failure is an answer."""
        client = Client(self.transport, self.limits, self.agent, self.pace)
        try:
            with Deadline(SECONDS) as deadline:
                client.get(url, deadline)
        except Failed as failed:
            return "gone" if failed.code in GONE else "open" if failed.code in THERE else "unsure"
        return "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a run."""

    count: int
    """How many links were asked for."""
    all: int
    dead: Mapping[str, Link]
    """Those that are dead, among all."""


def ask(root: Path, kb: KnowledgeBase, asker: Asker, today: date, most: int) -> Asked:
    """Ask for the links that are due, no more than `most`, and keep the answers. Raises Busy, Failed for the disk, or Blackout.

    Nobody else writes from before the first request until the answers are kept: they are never asked for in vain.
    """
    store = Store(root)
    with store.locked():
        urls, known = links_of(kb), read(root)
        asked = due(urls, known, today)[:most]
        answers = {url: asker(url) for url in asked}
        if blackout(answers):
            raise Blackout
        known = checked(known, asked, answers.__getitem__, today)
        store.write_links(written(known, urls))
    return Asked(len(asked), len(urls), {url: known[url] for url in dead_of(known, urls)})


def blackout(answers: Mapping[str, Answer]) -> bool:
    """Whether so many links failed at once that the cause is likely on our side."""
    gone = sum(answer == "gone" for answer in answers.values())
    return gone >= MANY and gone > Limits().most_failed * len(answers)


def limits() -> Limits:
    """The limits of fetching, but for the size: a long document is not loaded to its end."""
    return Limits(bytes_compressed=ENOUGH, bytes_decompressed=10 * ENOUGH, tries=2, seconds_for_a_source=SECONDS)
