"""Pours the records of one language into its frames."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kb.bulletins.edition import Bulletin
from kb.records import sections
from kb.records.knowledge import KnowledgeBase
from kb.site.builder import Builder
from kb.site.frames.cutting import Frame
from kb.site.frames.handwritten import file_of
from kb.site.links import Broken, Ledger
from kb.site.output import Output
from kb.site.rendering import Renderer
from kb.site.view.blocks import Placed
from kb.site.view.writer import Edition
from kb.words.language import Words

TO_OTHER = {"ka": "en/", "en": "../"}
STALE_DAYS = 100  # a quarter has 92 days at most
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)


@dataclass(slots=True)
class Poured:
    """What pouring one language gave."""

    files: set[str] = field(default_factory=set)
    pages: int = 0
    changed: int = 0
    broken: list[Broken] = field(default_factory=list)


class Pourer:
    """Fills frames with pages; one for each language."""

    def __init__(
        self, edition: Edition, frames: Mapping[str, Frame], renderer: Renderer, bulletins: Sequence[Bulletin] = ()
    ) -> None:
        self.edition, self.frames = edition, frames
        self.words: Words = edition.words
        self.builder = Builder(edition, bulletins)
        self.renderer = renderer
        self._same = self.renderer.around(_around(edition))

    def page(self, placed: Placed) -> tuple[bytes, str]:
        """A page as HTML in UTF-8, and its body alone."""
        page, root = placed.page, sections.to_root(placed.page.address)
        frame = self.frames[sections.index(page.section)]
        intro = frame.intro_at(root) if page.address == sections.index(page.section) else ""
        gaps = self.renderer.page(placed, intro)
        return frame.filled({**self._around(page.address, root), **gaps}, root), gaps["body"]

    def hand_written(self, address: str) -> bytes:
        """A page that MkDocs rendered whole: only the tokens around it are filled."""
        file, root = self.file_of(address), sections.to_root(address)
        edit = self.renderer.edit(self.edition.repository.edit_file(file), file)
        values = {**self._around(address, root), "edit": edit, "siblings": "", "crumbs": ""}
        return self.frames[address].filled(values, root)

    def file_of(self, address: str) -> str:
        """The file of a page that people wrote."""
        return file_of(address, self.words.language)

    def written_by_hand(self) -> Iterator[tuple[str, str, str]]:
        """What people wrote for the site itself, for the search: (address, title, HTML)."""
        for section in sections.SECTIONS:
            frame = self.frames[sections.index(section)]
            article = _ARTICLE.search("".join(frame.parts)) if section in sections.HAND_WRITTEN else None
            yield sections.index(section), self.words(f"nav.{section}"), article[1] if article else frame.intro

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Pages at the former addresses of records: (address, HTML). A draft has no page to lead to."""
        for key, entry in self.edition.kb.former_ids.items():
            if entry.record.status == "draft":
                continue
            kind, _, old = key.partition(":")
            address = sections.address_of(kind, old)
            target = sections.to_root(address) + sections.address(entry)
            record = entry.record
            yield address, self.renderer.redirect(target, self.words.plain(getattr(record, "title", None) or record.name))

    def _around(self, address: str, root: str) -> dict[str, str]:
        return {
            "alternate": f"{root}{TO_OTHER[self.words.language]}{address}",
            "base": root.rstrip("/") or ".",
            "edit": "",
            **self._same,
        }


def last_fact(kb: KnowledgeBase) -> str:
    """The last day on which facts were put together or confirmed; empty when there is none."""
    records = [entry.record for entry in kb.entries()]
    return max([*[r.collected_on or "" for r in records], *[r.review.confirmed_on or "" for r in records], ""])


def _around(edition: Edition) -> dict[str, Any]:
    """What the foot of every page says of the day of the facts, and from when on they are called old."""
    words, last = edition.words, last_fact(edition.kb)
    return {
        "internal": "" if edition.audience == "public" else words("site.internal"),
        "last": last,
        "as_of": words("meta.data_as_of", date=words.date(last) or words("empty.not_found_value")),
        "stale": words("meta.stale", n=STALE_DAYS),
        "old": bool(last) and (edition.today - date.fromisoformat(last)).days > STALE_DAYS,
        "days": STALE_DAYS,
    }


def pour(pourer: Pourer, output: Output, static: set[str]) -> Poured:
    """Write every page of a language, and check its links against its pages and the `static` files."""
    result, ledger = Poured(), Ledger()
    prefix = sections.ROOTS[pourer.words.language]

    def put(address: str, whole: bytes) -> None:
        output.write(prefix + address, whole)
        result.pages += 1

    own = {sections.index(s) for s in sections.SECTIONS if s not in sections.HAND_WRITTEN}
    framed: set[tuple[str, str]] = set()
    for placed in pourer.builder.pages():
        page, (whole, body) = placed.page, pourer.page(placed)
        put(page.address, whole)
        ledger.build(page.address, body, page.file)
        frame = page.section, sections.to_root(page.address)
        if frame not in framed or page.address == sections.index(page.section):  # around the others stands the same
            framed.add(frame)
            ledger.book(page.address, whole.decode(), page.file)
        own.add(page.address)
    for address in pourer.frames:
        if address not in own and address != "404.html":
            whole = pourer.hand_written(address)
            put(address, whole)
            ledger.book(address, whole.decode(), pourer.file_of(address))
    for address, redirect in pourer.redirects():
        put(address, redirect.encode())
        ledger.book(address, redirect, "former_ids")
    result.files = {name for name in output.written if name.startswith(prefix)}
    result.changed = output.changed
    there = static | _other_side(pourer, result.files)
    result.broken = sorted(ledger.broken(there, pourer.builder.told, lambda address: output.read(prefix + address)))
    return result


def _other_side(pourer: Pourer, files: set[str]) -> set[str]:
    """The addresses of the other language as seen from this one: it has the same pages; see `handwritten.faults`."""
    prefix = sections.ROOTS[pourer.words.language]
    return {TO_OTHER[pourer.words.language] + name[len(prefix) :] for name in files}
