"""One visit to one source: asks, reads what comes, and says what it was; keeps and decides nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kb.fetching.failure import Failed, warning
from kb.fetching.limits import Limits
from kb.fetching.parsing.entry import Parsed
from kb.fetching.sources import Source
from kb.fetching.visit import Visit
from kb.fetching.wire.client import Answer, Client
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.robots import Robots
from kb.records.item import LONGEST_GUID, LONGEST_TAG, UNSAFE, Health, Said

Parse = Callable[[Literal["feed", "page"], Answer], Parsed]


@dataclass(frozen=True, slots=True)
class Visitor:
    """What all visits of a run share. `parse` takes (feed or page, answer) and may raise Failed."""

    client: Client
    robots: Robots
    parse: Parse
    limits: Limits

    def visit(self, source: Source, health: Health | None, tell: Callable[[str], None] = lambda _: None) -> Visit:
        """Visit a source. `health` is what is known of it, or None to ask as if for the first time."""
        try:
            with Deadline(self.limits.seconds_for_a_source) as deadline:
                if source.what == "page":
                    return self._page(source, health, deadline, tell)
                return self._feed(source, health, deadline, tell)
        except Failed as failed:
            return Visit(source, failed)
        except Exception as error:  # noqa: BLE001 - the one place where a mistake of ours must not cost the other sources
            return Visit(source, Failed("internal", reason=type(error).__name__))

    def _feed(self, source: Source, health: Health | None, deadline: Deadline, tell: Callable[[str], None]) -> Visit:
        answer = self.client.get(source.url, deadline, asked(health))
        if same(answer, health):
            return Visit(source, unchanged=True, warnings=moved(answer))
        tell("parse")
        found, etag, modified = self.parse("feed", answer), header(answer, "etag"), header(answer, "last-modified")
        warnings = moved(answer)
        if found.failure == "html" and found.feeds:
            answer, found = self._discovered(answer, found, deadline)
            etag = modified = None  # they belong to the page, not to its feed
            warnings += (warning("discovered", url=answer.url),)
        if found.failure:
            raise Failed(found.failure)
        said = warnings + damage(found)
        return Visit(source, entries=found.entries, warnings=said, digest=digest(answer), etag=etag, modified=modified)

    def _discovered(self, page: Answer, found: Parsed, deadline: Deadline) -> tuple[Answer, Parsed]:
        """The first feed that a page names and that is one; robots.txt may close the page to us."""
        self.robots.check(page.url, deadline)
        for url in found.feeds:
            answer = self.client.get(url, deadline)
            named = self.parse("feed", answer)
            if not named.failure:
                return answer, named
        return page, found

    def _page(self, source: Source, health: Health | None, deadline: Deadline, tell: Callable[[str], None]) -> Visit:
        self.robots.check(source.url, deadline)
        answer = self.client.get(source.url, deadline, asked(health))
        if answer.status == 304:
            return Visit(source, unchanged=True, warnings=moved(answer))
        tell("parse")
        found = self.parse("page", answer)
        if found.failure:
            raise Failed(found.failure)
        lines = within(found.lines, self.limits.page_characters)
        said = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        unchanged = health is not None and health.digest == said
        return Visit(
            source,
            unchanged=unchanged,
            lines=lines,
            warnings=moved(answer),
            digest=said,
            etag=header(answer, "etag"),
            modified=header(answer, "last-modified"),
        )


def asked(health: Health | None) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1)."""
    if health is None:
        return {}
    said = {"If-None-Match": health.etag, "If-Modified-Since": health.modified}
    return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}


def same(answer: Answer, health: Health | None) -> bool:
    """Whether the answer holds what was accepted last; a server without ETags sends the same bytes again."""
    return answer.status == 304 or (health is not None and health.digest == digest(answer))


def digest(answer: Answer) -> str:
    """The SHA-256 of a body."""
    return hashlib.sha256(answer.body).hexdigest()


def header(answer: Answer, name: str) -> str | None:
    """A header to send back later, where it is one that can be kept."""
    value = answer.headers.get(name, "").strip()
    most = LONGEST_GUID if name == "etag" else LONGEST_TAG
    return value if value and len(value) <= most and value.isascii() and not UNSAFE.search(value) else None


def moved(answer: Answer) -> tuple[Said, ...]:
    """What to say when the source has moved for good."""
    return (warning("moved", url=answer.moved),) if answer.moved else ()


def damage(found: Parsed) -> tuple[Said, ...]:
    """What to say of a feed that could be read only in part."""
    said = (("mended", found.mended, 0), ("refused", found.refused, found.refused), ("cut", found.cut, found.cut))
    return tuple(warning(code, n=n) for code, is_so, n in said if is_so)


def within(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The first lines that together have no more than so many characters."""
    kept, length = [], 0
    for line in lines:
        length += len(line)
        if length > most:
            break
        kept.append(line)
    return tuple(kept)
