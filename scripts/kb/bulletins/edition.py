"""The bulletins of a closed quarter: its two snapshots, its forewords, and the letters of every unit in both languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kb.bulletins.digest import Digester
from kb.bulletins.letter import MOST_ITEMS, Letter, LetterWriter
from kb.bulletins.posting import Posting
from kb.history import closing
from kb.history.snapshot import Beside, Snapshot, take
from kb.records.knowledge import KnowledgeBase
from kb.upkeep.agenda import appointments, remembered
from kb.words.language import LANGUAGES, Words
from kb.words.quarters import Quarter

FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
ADDRESS = r"(https?://[^\s<>]*[^\W_]/?)"
ESCAPED = r"\\([!-/:-@\[-`{-~])"  # CommonMark 0.31, 2.4
MARKS = r"^#+\s*|[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"  # no mark within a word: snake_case
MARKED = re.compile(f"{ADDRESS}|{ESCAPED}|{MARKS}", re.MULTILINE)
ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)]) ")

MOST_NEWS = 300
"""Collected items that a snapshot keeps: a letter shows ten, and no unit has more than that to read."""


class NotClosed(Exception):
    """The quarter has no snapshot yet."""


@dataclass(frozen=True)
class Bulletin:
    """A closed quarter, and the one before it."""

    old: Snapshot | None
    """None for the first edition."""
    new: Snapshot
    forewords: Mapping[str, str]
    """Language → what a person wrote, as plain paragraphs; a list is a paragraph with a line for each item."""

    @cached_property
    def digester(self) -> Digester:
        """The digests of the quarter."""
        return Digester(self.old, self.new)

    def units(self) -> list[str]:
        """Who gets a bulletin: every unit, and the whole Office, which has no id."""
        return [*self.digester.units(), ""]

    def letters(self, unit: str, most: int | None = MOST_ITEMS) -> list[Letter]:
        """The letters of a unit, Georgian first."""
        digest = self.digester.of(unit)
        return [
            LetterWriter(Words(language), self.old, self.new, most).write(digest, self.forewords.get(language, ""))
            for language in LANGUAGES
        ]

    def posting(self, unit: str) -> Posting:
        """What tells the unit's mail from others."""
        return Posting(str(self.new.quarter), unit, self.digester.today)


def of(records: Path, content: Path, quarter: Quarter) -> Bulletin:
    """The bulletin of a closed quarter; raises NotClosed, or snapshot.Unreadable."""
    new = closing.load(records, quarter)
    if new is None:
        raise NotClosed(f"{quarter} is not closed yet")
    return Bulletin(closing.latest(records, before=quarter), new, forewords(content, quarter))


@dataclass(frozen=True, slots=True)
class Ending:
    """What goes into a quarter's snapshot besides the records, and why it is written anew, if it is."""

    today: date
    dead_links: tuple[str, ...] = ()
    news: tuple[Mapping[str, str], ...] = ()
    """Fetched items, newest first or not; see snapshot.Snapshot.news."""
    reason: str = ""


def news_of(kb: KnowledgeBase, quarter: Quarter) -> tuple[Mapping[str, str], ...]:
    """What was collected in a quarter and is waiting for a decision, the newest first, for the snapshot."""
    first, last = quarter.first.isoformat(), quarter.last.isoformat()
    found = [item for item in kb.waiting_items if item.link and first <= item.day <= last and item.network in kb.networks]
    return tuple(
        {"network": item.network, "title": item.title, "language": item.language or "", "url": item.link or "", "on": item.day}
        for item in found[:MOST_NEWS]
    )


def close(records: Path, content: Path, kb: KnowledgeBase, quarter: Quarter, ending: Ending) -> tuple[Bulletin, bool]:
    """Close a quarter: keep its snapshot, once, and write every letter, so that what cannot be told is known today.

    Returns the bulletin and whether a snapshot was written; raises closing.NotReopened.
    """
    before = closing.latest(records, before=quarter)
    memory = remembered(appointments(kb), before.calendar if before else {})
    taken = take(kb, quarter, ending.today, Beside(ending.dead_links, memory, ending.news))
    standing, wrote = closing.close(records, taken, ending.reason)
    bulletin = Bulletin(before, standing, forewords(content, quarter))
    for unit in bulletin.units():
        bulletin.letters(unit)
    return bulletin, wrote


def shelf(records: Path, content: Path) -> list[Bulletin]:
    """The bulletins of all closed quarters, the newest first; raises snapshot.Unreadable."""
    found: list[Bulletin] = []
    old: Snapshot | None = None
    for quarter in closing.closed(records):
        if new := closing.load(records, quarter):
            found.append(Bulletin(old, new, forewords(content, quarter)))
            old = new
    return found[::-1]


def forewords(content: Path, quarter: Quarter) -> dict[str, str]:
    """What a person wrote above the list, by language, from content/<language>/bulletins/2026-q4.md."""
    files = {language: content / language / "bulletins" / f"{quarter!s}.md".lower() for language in LANGUAGES}
    return {language: as_plain(file.read_text("utf-8")) for language, file in files.items() if file.is_file()}


def as_plain(markdown: str) -> str:
    """Markdown as the plain paragraphs of a letter: links keep their words and, where whole, their address, lists their lines."""

    def link(match: re.Match[str]) -> str:
        return f"{match[1]} ({match[2]})" if match[2].startswith(("https://", "http://")) else match[1]

    text = LINK.sub(link, FRONT.sub("", markdown.replace("\r\n", "\n")))
    unmarked = MARKED.sub(lambda match: match[1] or match[2] or "", text)
    return "\n\n".join(_paragraph(part) for part in unmarked.split("\n\n") if part.strip())


def _paragraph(text: str) -> str:
    """Lines that flow into each other, but for the items of a list."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        words = " ".join(line.split())
        if lines and not ITEM.match(words):
            lines[-1] += f" {words}"
        else:
            lines.append(f"-{words[1:]}" if words.startswith(("* ", "+ ")) else words)
    return "\n".join(lines)
