"""Bytes of a feed become entries: RSS, Atom, JSON Feed, iCalendar; or the feeds that an HTML page names.

Pure, and slow or worse on hostile input: it runs only in the child process of `parsing`.
"""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from time import struct_time
from typing import Any

import feedparser

from kb.fetching.parsing import jsonfeed
from kb.fetching.parsing.charset import decode
from kb.fetching.parsing.drafting import alone, entry, moment
from kb.fetching.parsing.entry import Entry, Parsed
from kb.fetching.parsing.pages import is_html, judged, named_feeds

REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,40})|([0-9]{1,40}));?")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ROOT = re.compile(r"<(?:\?xml\b|(?:[A-Za-z][\w.-]{0,20}:)?(?:rss|feed|RDF|channel)\b)", re.IGNORECASE)
# What may stand before the first element; comments and instructions hide what looks like an element or a DOCTYPE.
PROLOGUE = re.compile(r"(?:\s+|<!--.*?-->|<\?[^>]*>|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
ELEMENT = re.compile(r"<[A-Za-z]")
ITEM = re.compile(r"<(?:item|entry)[\s>]")
CLOSED = re.compile(r"</(?:item|entry)\s*>")
CDATA = "<![CDATA["
MOST_APART = 6_000  # items that are read apart; each costs a third of a millisecond
MOST_HEAD = 5_000  # characters before the first item that are read again with each
HUGE_TAG = re.compile(r"<([A-Za-z][\w:.-]{0,40})\s[^<>]{20000,}>")  # 200,000 attributes keep the reader busy for minutes
MOST_JUNK = 2_000  # characters of warnings and empty lines that may stand before a feed


def parse(body: bytes, content_type: str, url: str, most: int) -> Parsed:
    """What a body holds; `failure` says why nothing could be read from it."""
    text, mended = decode(body, content_type)
    head = text[:MOST_JUNK].lstrip("\ufeff \t\r\n\v\f")
    if not head:
        return Parsed(failure="empty-body" if not text.strip() else "not-a-feed")
    if head[0] in "{[":
        return gathered(jsonfeed.entries(text, url), mended, most)
    if head[:15].upper().startswith("BEGIN:VCALENDAR"):
        from kb.fetching.parsing import calendars  # noqa: PLC0415 - icalendar takes as long to import as all the rest

        return gathered(calendars.entries(text, url), mended, most)
    root = ROOT.search(text, 0, MOST_JUNK + 20)
    if is_html(text) or root is None:
        return html_instead(text, url)
    junk = text[: root.start()].strip("\ufeff \t\r\n")
    entries, damaged = from_xml(text[root.start() :], url)
    return gathered(entries, mended or damaged or bool(junk), most)


def html_instead(text: str, url: str) -> Parsed:
    """A page in place of a feed: its feeds, unless it is a login or a challenge."""
    if not is_html(text):
        return Parsed(failure=judged(text) or "not-a-feed")
    found = named_feeds(text, url)
    return Parsed(failure=judged(text) or "html", feeds=tuple(found))


def gathered(found: Iterator[Entry | None] | None, mended: bool, most: int) -> Parsed:
    """Entries within the limit; those that are empty are counted."""
    if found is None:
        return Parsed(failure="not-a-feed")
    entries: list[Entry] = []
    refused = cut = 0
    for one in found:
        if one is None:
            refused += 1
        elif len(entries) < most:
            entries.append(one)
        else:
            cut += 1
    return Parsed(failure="" if entries else "empty-feed", entries=tuple(entries), mended=mended, refused=refused, cut=cut)


def from_xml(text: str, url: str) -> tuple[Iterator[Entry | None] | None, bool]:
    """The entries of an RSS or Atom feed, and whether the XML was damaged.

    In a damaged feed one item that is never closed can swallow those after it: then each is read by itself.
    """
    clean = HUGE_TAG.sub(r"<\1>", without_doctype(legal(text)))
    found = read_xml(clean)
    entries, broken = list(found.entries), bool(found.bozo) and isinstance(found.get("bozo_exception"), _damages())
    starts = [start.start() for start in ITEM.finditer(clean)]
    if broken and len(entries) < len(starts) <= MOST_APART:
        apart = read_apart(clean, starts)
        entries = apart if len(apart) > len(entries) else entries
    if not found.get("version") and not entries:
        return None, False
    shared = {"language": found.feed.get("language", ""), "rss": not str(found.get("version")).startswith("atom")}
    return (from_feedparser(dict(one), url, **shared) for one in entries), broken


def read_xml(text: str) -> Any:
    """A document as feedparser understands it; empty and damaged when it stumbles, as it does over some broken tags."""
    try:
        return feedparser.parse(
            io.BytesIO(
                f"<?xml version='1.0' encoding='utf-8'?>{text}".encode("utf-8", "replace")
            ),  # a string might be a file's name
            response_headers={"content-type": "application/xml; charset=utf-8"},  # no address: it would make links of bare GUIDs
            sanitize_html=False,  # plain does it, and thoroughly
            resolve_relative_uris=False,
        )
    except Exception as error:  # noqa: BLE001 - KeyError, IndexError, AssertionError and others, by what is broken
        return feedparser.FeedParserDict(entries=[], feed={}, bozo=True, bozo_exception=ValueError(str(error)))


def read_apart(text: str, starts: list[int]) -> list[Any]:
    """The items of a damaged feed, each read alone between the head of the feed and nothing."""
    head = text[: starts[0]]
    head = head[:MOST_HEAD] if ROOT.search(head) else ""
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = CLOSED.split(text[start:end], maxsplit=1)[0]
        if block.count(CDATA) > block.count("]]>"):
            block = block.replace(CDATA, "")
        found += read_xml(f"{head}{block}</item>").entries[:1]
    return found


def _damages() -> tuple[type[Exception], ...]:
    """What makes a feed damaged; feedparser minds much more than that (fact: bozo is not an error)."""
    from xml.sax import SAXException  # noqa: PLC0415 - only the name of its error

    return (SAXException, ValueError, KeyError)


def legal(text: str) -> str:
    """A text without characters and references that XML forbids: one of them would lose the whole feed."""
    return NOT_XML.sub("", REFERENCE.sub(_legal_reference, text))


def _legal_reference(match: re.Match[str]) -> str:
    try:
        code = int(match[1], 16) if match[1] else int(match[2])
    except ValueError:
        return ""
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match[0] if allowed else ""


def without_doctype(text: str) -> str:
    """A document from its first element on: only before it can a DOCTYPE declare entities; one inside CDATA is news and stays.

    What cannot be read as a prologue, such as a comment that nothing closes, ends at the first thing that looks like an element.
    """
    prologue = PROLOGUE.match(text)
    first = ELEMENT.search(text, prologue.end() if prologue else 0)
    return text[first.start() :] if first else ""


@alone
def from_feedparser(found: dict[str, Any], url: str, language: object, rss: bool) -> Entry | None:
    """One entry as feedparser words it; RSS 1.0 has only dc:date, which feedparser takes for the last edit.

    An element of the feed may be called like one of feedparser's own fields (links, tags, published_parsed) and stand in
    its place as a text: every field is taken only for what it is.
    """
    published = _time(found.get("published_parsed"))
    updated = _time(found.get("updated_parsed")) or _time(found.get("created_parsed"))
    return entry(
        url,
        title=found.get("title"),
        summary=_summary(found),
        link=_link(found),
        guid=found.get("id"),
        published=published or updated,
        edited=published is None and not rss,
        language=found.get("language") or language,
        tags=[tag.get("term") or tag.get("label") for tag in _parts(found.get("tags"))],
    )


def _parts(value: object) -> list[dict[str, Any]]:
    """The parts of a field that has several."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _summary(found: dict[str, Any]) -> object:
    """WordPress puts an excerpt into description and the body into content:encoded; others only one of them."""
    content = next((part.get("value") for part in _parts(found.get("content")) if part.get("value")), "")
    return found.get("summary") or content


def _link(found: dict[str, Any]) -> object:
    """The entry's own address. feedparser makes a link of every GUID that is not said to be none; most are not."""
    links = [link for link in _parts(found.get("links")) if link.get("href")]
    for link in links:
        if link.get("rel", "alternate") == "alternate":
            return link["href"]
    guid = found.get("id")
    if isinstance(guid, str) and guid.startswith(("http://", "https://")) and found.get("guidislink"):
        return guid
    return links[0]["href"] if links else ""


def _time(parsed: object) -> str | None:
    """feedparser's nine numbers, which are in UTC, as a moment."""
    try:
        return moment(datetime(*parsed[:6])) if isinstance(parsed, struct_time) else None
    except (ValueError, TypeError, OverflowError):
        return None
