"""The links of one language: what each page offers to link to, what it links to, and which of these are broken."""

import html
import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

LINK = re.compile(r' (?:href|src)="([^"]*)"')
ANCHOR = re.compile(r' id="([^"]*)"')
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
        self._known: dict[str, set[str]] = {}
        """By the way to the root: links that were met before and mean the same on every page at that depth."""

    def book(self, address: str, body: str, source: str) -> None:
        """Note the anchors and the inner links of a page at `address`, below the root of the site."""
        anchors = (*self._anchors.get(address, ()), *map(sys.intern, ANCHOR.findall(body)))
        self._anchors[address] = anchors
        root = "../" * address.count("/")
        known = self._known.setdefault(root, set())
        # most links of a page stand on a page before it: they are left out all at once
        for link in set(LINK.findall(body)) - known:
            # nearly every link of ours climbs to the root and goes down from there: no need to normalise it
            if root and link.startswith(root) and "./" not in link[len(root) :]:
                known.add(link)
                target = link[len(root) :]
            elif link.startswith("#"):
                if link[1:] in anchors:
                    continue
                target = address + link
            elif link.startswith(("http:", "https:", "mailto:", "tel:")) or ELSEWHERE.match(link):
                continue
            else:
                target = _resolved(posixpath.dirname(address), address, link)
            self._wanted.setdefault(target, (address, source))

    def broken(self, files: set[str]) -> Iterator[Broken]:
        """Links to no page, no file of `files`, or no anchor of a page."""
        for wanted, (page, source) in self._wanted.items():
            target = html.unescape(wanted)
            path, _, anchor = target.partition("#")
            path = path.partition("?")[0]
            if (path not in self._anchors and path not in files) or (anchor and anchor not in self._anchors.get(path, ())):
                yield Broken(page, target, source)


def _resolved(folder: str, address: str, link: str) -> str:
    path, mark, anchor = link.partition("#")
    if not path:
        return f"{address}{mark}{anchor}"
    target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return f"{target}{mark}{anchor}"
