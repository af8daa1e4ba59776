"""The links of one language: what each page offers to link to, what it links to, and which of these are broken."""

import html
import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

LINK = re.compile(r'<(?:a|img|link|script)\b[^>]*?\b(?:href|src)="([^"]*)"')
ANCHOR = re.compile(r'\bid="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A link that leads nowhere."""

    page: str
    target: str
    source: str
    """The record or file that the page comes from."""


class Ledger:
    """Books every page once; only the first page that has a link is remembered, which bounds memory."""

    def __init__(self) -> None:
        self._anchors: dict[str, tuple[str, ...]] = {}
        self._wanted: dict[str, tuple[str, str]] = {}

    def book(self, address: str, body: str, source: str) -> None:
        """Note the anchors and the inner links of a page at `address`, below the root of the site."""
        self._anchors[address] = (*self._anchors.get(address, ()), *map(sys.intern, ANCHOR.findall(body)))
        folder = posixpath.dirname(address)
        for link in dict.fromkeys(LINK.findall(body)):
            if not ELSEWHERE.match(link):
                self._wanted.setdefault(_resolved(folder, address, html.unescape(link)), (address, source))

    def broken(self, files: set[str]) -> Iterator[Broken]:
        """Links to no page, no file of `files`, or no anchor of a page."""
        for target, (page, source) in self._wanted.items():
            path, _, anchor = target.partition("#")
            if (path not in self._anchors and path not in files) or (anchor and anchor not in self._anchors.get(path, ())):
                yield Broken(page, target, source)


def _resolved(folder: str, address: str, link: str) -> str:
    path, mark, anchor = link.partition("#")
    path = path.partition("?")[0]
    if not path:
        return f"{address}{mark}{anchor}"
    target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return f"{target}{mark}{anchor}"
