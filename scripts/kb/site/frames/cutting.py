"""Frames: what MkDocs renders around our pages, cut at its tokens once and filled for every record.

A token is `@@kb:name@@`. Each relative address in a frame is rewritten against the root of its language, so that one
frame serves pages at any depth of folders, under any path of a web server and from `file://`.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

TOKEN = re.compile(r"@@kb:([a-z-]+)@@")
INTRO = re.compile(r"@@kb:intro-begins@@(.*?)@@kb:intro-ends@@", re.DOTALL)
ADDRESS = re.compile(r'\b(href|src)="(?!#|/|@@|[a-z][a-z0-9+.-]*:)([^"]*)"')
BLANK = re.compile(r"\n\s+")
ROOT = "@@root@@"
WRONG = re.compile(r' tabindex=""|(?<=id="__drawer") autocomplete="off"|(?<=id="__search") autocomplete="off"')
"""What the theme writes against HTML: a label's tabindex that is no number, autocomplete on a box to tick.
Both stand in its templates outside of any block that could be overridden (mkdocs-material 9, base.html and nav-item.html)."""


class Leftover(Exception):
    """A frame that would have gone out with a token in it: a mistake of ours, never of a record."""


@dataclass(frozen=True)
class Frame:
    """A page of MkDocs as alternating text and tokens."""

    parts: tuple[str, ...]
    """Text, token name, text, token name … text."""
    intro: str
    """The hand-written text of the section, for its first page."""
    _at: dict[str, list[bytes]] = field(default_factory=dict)

    def filled(self, values: Mapping[str, str], root: str) -> bytes:
        """The page in UTF-8 with its tokens filled; `root` is the way from the page to the root of its language."""
        if root not in self._at:
            self._at[root] = self._rooted(root)
        parts = self._at[root].copy()
        for place, name in self._tokens:
            parts[place] = values[name].encode()
        return b"".join(parts)

    @cached_property
    def _tokens(self) -> tuple[tuple[int, str], ...]:
        return tuple(enumerate(self.parts))[1::2]

    def _rooted(self, root: str) -> list[bytes]:
        texts = [part.replace(ROOT, root) for part in self.parts]
        for text in texts[::2]:
            if "@@" in text:
                raise Leftover(text[max(0, text.index("@@") - 40) :][:90])
        return [text.encode() for text in texts]

    def intro_at(self, root: str) -> str:
        """The hand-written text with its links right for a page at this depth."""
        return self.intro.replace(ROOT, root)


def mended(html: str) -> str:
    """A page of MkDocs without what the theme gets wrong."""
    return WRONG.sub("", html)


def cut(html: str, address: str, assets: str) -> Frame:
    """A rendered page → its frame.

    `address` is the page's own, below the root of its language; `assets` is the way from that root to the folder
    of the shared assets (empty for Georgian, `../` for English).
    """
    folder = posixpath.dirname(address)

    def from_root(match: re.Match[str]) -> str:
        path, mark, fragment = match[2].partition("#")
        target = posixpath.normpath(posixpath.join(folder, path)) if path else address
        target = assets + target if target.startswith("assets/") else target
        return f'{match[1]}="{ROOT}{target}{mark}{fragment}"'

    rooted = BLANK.sub("\n", ADDRESS.sub(from_root, mended(html)))
    found = INTRO.search(rooted)
    intro = found[1].strip() if found else ""
    return Frame(tuple(TOKEN.split(INTRO.sub("", rooted))), intro)


def read(folder: Path, assets: str) -> dict[str, Frame]:
    """All pages that MkDocs wrote below a folder, as frames by their address."""
    pages = sorted(folder.rglob("*.html"))
    addresses = {page: page.relative_to(folder).as_posix() for page in pages}
    return {address: cut(page.read_text("utf-8"), address, assets) for page, address in addresses.items()}
