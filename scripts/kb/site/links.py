"""The links of one language: what each page offers to link to, what it links to, and which of these are broken.

Finding the links in 10,000 bodies takes a twentieth of a build. Builders make all links between their pages through a few
functions, which tell where they lead; only when one of these places is not there are the pages read to find who wants it.
"""

import html
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator
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
        self._built: dict[str, str] = {}
        """Pages that were built, and where each comes from: their links to others are told, not read."""
        self._lost: list[Broken] = []
        self._anchors: dict[str, tuple[str, ...]] = {}
        self._wanted: dict[str, tuple[str, str]] = {}
        self._known: dict[str, set[str]] = {}
        """By the way to the root: links that were met before and mean the same on every page at that depth."""

    def build(self, address: str, body: str, source: str) -> None:
        """Note a page whose builder tells where it leads; what it says of its own parts is looked up at once."""
        self._built[address] = source
        for anchor in {after[: after.index('"')] for after in body.split(' href="#')[1:]}:
            if body.rfind(f' id="{anchor}"') < 0:  # from the end: most lead to the sources, which stand last
                self._lost.append(Broken(address, f"{address}#{html.unescape(anchor)}", source))

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

    def broken(self, files: set[str], told: Iterable[str] = (), read: Callable[[str], bytes] = str.encode) -> Iterator[Broken]:
        """Links to no page, no file of `files`, or no anchor of a page.

        `told` are the addresses that built pages lead to; `read` gives the text of a page that was booked.
        """
        links = [*told, *self._wanted]
        self._look_up(links, read)
        if not all(self._leads(link, files) for link in links):
            for address, source in self._built.items():
                self.book(address, read(address).decode(), source)
        yield from self._lost
        for wanted, (page, source) in self._wanted.items():
            if not self._leads(wanted, files):
                yield Broken(page, html.unescape(wanted), source)

    def _look_up(self, links: Iterable[str], read: Callable[[str], bytes]) -> None:
        """Which of the parts of built pages that are wanted are there."""
        wanted: dict[str, set[str]] = {}
        for path, anchor in map(_parted, links):
            if anchor and path in self._built:
                wanted.setdefault(path, set()).add(anchor)
        for path, anchors in wanted.items():
            text = read(path)
            found = [anchor for anchor in anchors if f' id="{anchor}"'.encode() in text]
            self._anchors[path] = (*self._anchors.get(path, ()), *found)

    def _leads(self, link: str, files: set[str]) -> bool:
        """Whether there is something at an address, and the part of it that is meant."""
        path, anchor = _parted(link)
        if anchor:
            return anchor in self._anchors.get(path, ())
        return path in self._built or path in self._anchors or path in files


def _parted(link: str) -> tuple[str, str]:
    """A link as HTML has it → the page that it leads to, and the part of it."""
    path, _, anchor = html.unescape(link).partition("#")
    return path.partition("?")[0], anchor


def _resolved(folder: str, address: str, link: str) -> str:
    path, mark, anchor = link.partition("#")
    if not path:
        return f"{address}{mark}{anchor}"
    target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return f"{target}{mark}{anchor}"
