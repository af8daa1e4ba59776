"""`networks/_fetched/` on the disk: one writer at a time, whole files or none, and what is read back is what was meant."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kb.fetching.failure import Failed
from kb.records.collected import (
    ENDING,
    FOLDER,
    SOURCES,
    items_in,
    items_today,
    lines_of,
    sources_as_bytes,
    sources_in,
    sources_today,
)
from kb.records.item import Health, Item, Names
from kb.records.link import FILE
from kb.records.replacement import TEMPORARY, replace

LOCK, PAGES, DAMAGED = ".lock", "pages", ".damaged"


class Busy(Exception):
    """Another `kb fetch` or `kb links` is writing this tree."""


class Store:
    """The folder that only `kb fetch` and `kb links` write."""

    def __init__(self, root: Path, names: Names | None = None) -> None:
        self.folder = root / FOLDER
        self.names = names or {}
        """Earlier id of a network → its id today, under which everything is read and written."""
        self.damaged: set[str] = set()
        """Files of which something was put aside: their sources are to be read as if for the first time."""

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only writer; the system lifts the lock when the process ends, however it ends. Raises Busy, or Failed."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            opened = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise Failed("disk", reason=error.strerror or "") from None
        with opened as file:
            if not _lock(file.fileno()):
                raise Busy
            for left in self.folder.rglob(f"*{TEMPORARY}"):  # of a run that was killed; the files themselves are whole
                left.unlink(missing_ok=True)
            self._move_pages()
            yield

    def _move_pages(self) -> None:
        """Bring the texts of pages along to their network's id of today; one that cannot be moved is read anew."""
        for old, new in self.names.items():
            for page in sorted((self.folder / PAGES / old).glob("*.txt")):
                target = self._page(f"{new}/{page.stem}")
                with contextlib.suppress(OSError):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    page.unlink() if target.exists() else page.rename(target)

    def items(self, network: str) -> list[Item]:
        """The items of a network, those under its earlier ids too.

        Lines that cannot be read are put aside, so that the next run goes on without them.
        """
        earlier = self._earlier(network)
        found = [item for name in (network, *earlier) for item in self._items(name)]
        if not self.damaged.isdisjoint(earlier):
            self.damaged.add(network)
        return list(items_today(found, self.names).values())

    def _earlier(self, network: str) -> list[str]:
        return [old for old, new in self.names.items() if new == network]

    def _items(self, name: str) -> list[Item]:
        file = self.folder / f"{name}{ENDING}"
        raw = file.read_bytes() if file.is_file() else b""
        found, problems = items_in(file.name, raw)
        if problems:
            bad = {problem.line for problem in problems}
            self._put_aside(file.name, [line for number, line in enumerate(raw.split(b"\n"), 1) if number in bad])
        return [item for _, item in found]

    def sources(self) -> dict[str, Health]:
        """The health of every source, as far as it can be read."""
        file = self.folder / SOURCES
        raw = file.read_bytes() if file.is_file() else b""
        found, problems = sources_in(file.name, raw)
        if problems:
            self._put_aside(file.name, [raw])
        return sources_today(found, self.names)

    def _put_aside(self, name: str, lines: Sequence[bytes]) -> None:
        self.damaged.add(name.partition(".")[0])
        with (self.folder / f"{name}{DAMAGED}").open("ab") as file:
            file.writelines(line + b"\n" for line in lines)

    def write_items(self, network: str, items: Iterable[Item]) -> None:
        """Replace a network's items, those under its earlier ids too.

        Raises Failed when the disk refuses, or when they would not pass `kb check`.
        """
        items = tuple(items)
        content = lines_of(items)
        found, problems = items_in(network, content)
        if problems or tuple(item for _, item in found) != items:
            raise Failed("unfit", reason=problems[0].say("en") if problems else "")
        self._replace(self.folder / f"{network}{ENDING}", content)
        for name in self._earlier(network):  # a run that is killed before finds each item twice, and takes it once
            (self.folder / f"{name}{ENDING}").unlink(missing_ok=True)

    def write_sources(self, sources: Mapping[str, Health]) -> None:
        """Replace the health of all sources."""
        content = sources_as_bytes(sources)
        if sources_in(SOURCES, content)[0] != dict(sources):
            raise Failed("unfit", reason=SOURCES)
        self._replace(self.folder / SOURCES, content)

    def write_links(self, content: bytes) -> None:
        """Put what is known of the links of the records in place of what was."""
        self._replace(self.folder / FILE.name, content)

    def page(self, source: str) -> list[str]:
        """The text of a watched page as last accepted, a paragraph a line."""
        file = self._page(source)
        return file.read_text("utf-8").split("\n")[:-1] if file.is_file() else []

    def write_page(self, source: str, lines: Iterable[str]) -> None:
        """Replace the text of a watched page."""
        self._replace(self._page(source), "".join(f"{line}\n" for line in lines).encode())

    def _page(self, source: str) -> Path:
        return self.folder / PAGES / f"{source}.txt"

    @staticmethod
    def _replace(file: Path, content: bytes) -> None:
        """Whole or not at all; an equal file is not touched."""
        try:
            if not (file.is_file() and file.read_bytes() == content):
                replace(file, content)
        except OSError as error:
            raise Failed("disk", reason=error.strerror or "") from None


def _lock(descriptor: int) -> bool:
    """Take the lock without waiting; False when another has it."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - of Windows

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - of Unix

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
