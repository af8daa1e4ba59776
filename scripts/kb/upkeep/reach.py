"""Which links of the records still open: what to ask again, and when a link counts as dead.

A link is dead after it failed on two different days with no success between; one bad evening of a server is no news.
How a page is asked for politely, and what its answer means, is the fetcher's business; here nothing touches the network.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kb.records.knowledge import KnowledgeBase, current
from kb.records.link import FILE, Answer, Known, Link, links_in
from kb.words.tables import own_yaml

Visit = Callable[[str], Answer]

EVERY = 7  # days after which a link is asked for again
KEPT = 5  # days of failure that are remembered


def links_of(kb: KnowledgeBase) -> list[str]:
    """The addresses that the lists of the site lead to, each once: resources, events, opportunities, networks."""
    found = [entry.record.website for entry in current(kb.networks)]
    found += [entry.record.url for entry in current(kb.resources)]
    found += [entry.record.url for entry in current(kb.events) if entry.record.url]
    found += [entry.record.apply_url for entry in current(kb.opportunities) if entry.record.apply_url]
    return list(dict.fromkeys(found))


def blocking() -> Mapping[str, str]:
    """Hosts that answer programs otherwise than people, each with the reason, from `blocking.yml`."""
    return own_yaml(__package__, "blocking.yml")


def host_of(url: str) -> str:
    """The host of an address without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def due(urls: Iterable[str], known: Known, today: date) -> list[str]:
    """The links to ask for today: those never asked first, then the longest unasked; none of a host that blocks.

    A link that failed once is asked again the next day, so that a dead one is known in two days and not in two weeks.
    """
    hosts, waiting = blocking(), []
    for url in urls:
        link = known.get(url, Link())
        pause = 1 if link.failed_on and not link.dead else EVERY
        ready = not link.checked_on or date.fromisoformat(link.checked_on) + timedelta(days=pause) <= today
        if ready and host_of(url) not in hosts:
            waiting.append((link.checked_on, url))
    return _by_turns([url for _, url in sorted(waiting, key=lambda pair: pair[0])])


def _by_turns(urls: list[str]) -> list[str]:
    """The links with their hosts taking turns, so that waiting for one host is spent on the others."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(host_of(url), []).append(url)
    rounds = range(max(map(len, hosts.values()), default=0))
    return [mine[turn] for turn in rounds for mine in hosts.values() if turn < len(mine)]


def checked(known: Known, urls: Iterable[str], visit: Visit, today: date) -> dict[str, Link]:
    """What is known after asking for some links."""
    after = dict(known)
    for url in urls:
        after[url] = learned(after.get(url, Link()), visit(url), today)
    return after


def learned(link: Link, answer: Answer, today: date) -> Link:
    """A link after one more answer: an open one forgets its failures, one day counts once, doubt changes nothing."""
    day = today.isoformat()
    if answer == "open":
        return Link(day, answer)
    failed = link.failed_on
    if answer == "gone" and day not in failed:
        failed = (*failed, day)[-KEPT:]
    return replace(link, checked_on=day, answer=answer, failed_on=failed)


def dead_of(known: Known, urls: Iterable[str]) -> Iterator[str]:
    """The dead links among some."""
    return (url for url in urls if url in known and known[url].dead)


def written(known: Known, urls: Iterable[str]) -> bytes:
    """The file of what is known, a line a link; links that no record names any more are dropped."""
    rows = {url: asdict(known[url]) for url in sorted(set(urls)) if url in known}
    body = ",\n".join(f"{json.dumps(url)}: {json.dumps(row)}" for url, row in rows.items())
    return f"{{\n{body}\n}}\n".encode()


def read(records: Path) -> dict[str, Link]:
    """What is known of the links of a record tree; nothing when no link was ever asked for."""
    file = records / FILE
    return links_in(FILE.as_posix(), file.read_bytes() if file.is_file() else b"")[0]
