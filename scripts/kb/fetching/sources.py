"""What is visited: the feeds and watched pages of the networks' records, each under an id that people can type."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from kb.fetching.parsing.urls import host_of
from kb.records.knowledge import Entry, current
from kb.records.model import Network

NOT_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 48


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or a page, and the network whose record names it."""

    id: str
    network: str
    what: Literal["feed", "page"]
    url: str
    likely: bool = False
    """Whether nobody has seen it work: `evidence: inferred`."""

    @property
    def host(self) -> str:
        """The host that serves it."""
        return urlsplit(self.url).netloc.lower()


def listed(networks: Mapping[str, Entry[Network]]) -> tuple[Source, ...]:
    """Every source of the current networks, in the order of the records."""
    return tuple(source for entry in current(networks) for source in _of(entry))


def _of(entry: Entry[Network]) -> Iterator[Source]:
    taken: set[str] = set()
    named: list[tuple[Literal["feed", "page"], str, bool]] = [
        ("feed", f.url, f.evidence == "inferred") for f in entry.record.feeds
    ]
    named += [("page", page.url, False) for page in entry.record.watch]
    for what, url, likely in named:
        name = _unique(slug(url), taken)
        yield Source(f"{entry.id}/{name}", entry.id, what, url, likely)


def slug(url: str) -> str:
    """A short name for an address: its path, or its host where there is none."""
    words = NOT_SLUG.sub("-", urlsplit(url).path.lower()).strip("-")
    return words[:LONGEST_SLUG].strip("-") or NOT_SLUG.sub("-", host_of(url)).strip("-") or "site"


def _unique(name: str, taken: set[str]) -> str:
    found = next(n for n in (name, *(f"{name}-{i}" for i in range(2, 10_000))) if n not in taken)
    taken.add(found)
    return found


def chosen(sources: tuple[Source, ...], only: Collection[str]) -> tuple[Source, ...]:
    """The sources that are asked for, by their own id or by their network's; all when nothing is asked for.

    Raises KeyError with the first id that names nothing.
    """
    known = {source.id for source in sources} | {source.network for source in sources}
    for name in only:
        if name not in known:
            raise KeyError(name)
    return tuple(s for s in sources if not only or s.id in only or s.network in only)


def own_hosts(network: Network) -> frozenset[str]:
    """The hosts that are a network's own: of its website, its feeds and its watched pages."""
    urls = (network.website, *(feed.url for feed in network.feeds), *(page.url for page in network.watch))
    return frozenset(host_of(url) for url in urls) - {""}
