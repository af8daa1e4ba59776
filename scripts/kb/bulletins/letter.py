"""A digest in one language as a letter: headings, lines and links, which every form of the bulletin is printed from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kb.bulletins.digest import Changed, Counted, Digest, Listed, Part
from kb.history.naming import MOST, Namer
from kb.history.snapshot import Plain, Snapshot
from kb.history.telling import Mark, Teller
from kb.records import sections
from kb.records.sections import FOLDERS, ROOTS
from kb.upkeep.clocks import Due, days_left, told
from kb.words.language import Words

MOST_ITEMS = 10  # of a section in a letter; the page of the bulletin has all
PAGED = frozenset(FOLDERS)  # kinds that have a page of their own
SOON = 30
CLOSING = (":", ";", ",")
"""Signs before which no space stands."""


class Run(NamedTuple):
    """Some words of a line; made by the hundred thousand, which takes a frozen dataclass three times as long."""

    text: str
    mark: Mark = ""
    """Whether a text lost or gained them."""
    href: str = ""
    """Where they lead: an address of the site below the root of its language, or a whole one; empty for nowhere."""
    strong: bool = False
    language: str = ""
    """The language of the words, where it is not the letter's."""


class Line(NamedTuple):
    """An item of a section."""

    runs: tuple[Run, ...]
    below: tuple[tuple[Run, ...], ...] = ()
    """What is said of it, when that is more than one thing."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a letter."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    rest: tuple[Run, ...] = ()
    """The link to what the letter leaves out."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The bulletin for one unit in one language."""

    language: str
    title: str
    unit: str
    period: str
    opening: tuple[str, ...]
    foreword: str
    """By a person; plain paragraphs, those of a list with a line for each item, or nothing."""
    sections: tuple[Section, ...]
    note: tuple[Run, ...]
    """Where to look, when there is nothing new."""
    closing: tuple[str, ...]


def spaced(runs: Iterable[Run]) -> Iterator[tuple[str, Run]]:
    """Each run with the space before it: none before the first, nor before a sign that closes."""
    for number, run in enumerate(runs):
        yield " " if number and not run.text.startswith(CLOSING) else "", run


def joined(runs: Iterable[Run], said: Callable[[Run], str]) -> str:
    """Runs one after the other, with the spaces between them."""
    return "".join([f"{space}{said(run)}" for space, run in spaced(runs)])


def link_of(run: Run, language: str, site: str) -> str:
    """Where a run leads, as a whole address; empty for nowhere and where the site's address is not known."""
    if not run.href or run.href.startswith(("https://", "http://")):
        return run.href
    if site == "..":  # from a file beside the pages of the same language
        return f"../{run.href}"
    return f"{site.rstrip('/')}/{ROOTS[language]}{run.href}" if site else ""


def parted(runs: Iterable[Run], by: str) -> tuple[Run, ...]:
    """The runs that say something, a sign between them."""
    said = [run for run in runs if run.text]
    return tuple(part for number, run in enumerate(said) for part in ((Run(by), run) if number else (run,)))


def address_of(digest: Digest) -> str:
    """The page of a bulletin below the root of a language: bulletins/2026-q4-npm.html, bulletins/2026-q4.html."""
    return f"bulletins/{str(digest.quarter).lower()}{f'-{digest.unit}' if digest.unit else ''}.html"


class LetterWriter:
    """Writes digests of one quarter as letters in one language; `most` items a section, all without it."""

    def __init__(self, words: Words, old: Snapshot | None, new: Snapshot, most: int | None = MOST_ITEMS) -> None:
        self.words, self.new, self.most = words, new, most
        things = {**(old.things if old else {}), **new.things}
        self.teller = Teller(words, things, new.quarter.last)
        self.names: Namer = self.teller.names

    def write(self, digest: Digest, foreword: str = "") -> Letter:
        """The letter of a digest."""
        words, quarter = self.words, digest.quarter
        unit = self.unit_name(digest.unit)
        when = words.quarter(quarter.first)
        title = words("letter.title_unit", quarter=when, unit=unit) if digest.unit else words("letter.title", quarter=when)
        first, last = (words.date(day.isoformat()) for day in (quarter.first, quarter.last))
        shown = () if digest.nothing_new else tuple(self._section(part, digest) for part in digest.parts)
        return Letter(
            words.language,
            title,
            unit,
            words("letter.period", first=first, last=last),
            tuple(self._opening(digest)),
            foreword,
            shown,
            self._where(digest) if digest.nothing_new else (),
            (words("letter.closing"), words("site.owner"), words("letter.reply")),
        )

    def unit_name(self, unit: str) -> str:
        """What a unit is called; the whole Office without one."""
        return self._unit(unit).text

    def _unit(self, unit: str, href: str = "") -> Run:
        plain = self.new.things.get(f"unit:{unit}")
        return self._text(plain.get("short") or plain["name"], href) if plain else Run(self.words("letter.whole"), href=href)

    def _text(self, plain: Plain, href: str = "") -> Run:
        """A text of a record with its language."""
        return Run(self.names.text(plain), href=href, language=self.names.foreign(plain))

    def _shortened(self, plain: Plain) -> Run:
        return self._text(plain)._replace(text=self.names.cut(self.names.text(plain), MOST))

    def _opening(self, digest: Digest) -> Iterator[str]:
        whole = "" if digest.unit else "_whole"
        if digest.first:
            yield self.words("letter.intro_first")
        if digest.nothing_new:
            yield self.words(f"letter.nothing_{'yet' if digest.first else 'new'}{whole}")
            return
        if not digest.first:
            yield self.words(f"letter.intro{whole}")
        yield self.words("letter.as_of", date=self.words.date(digest.on.isoformat()))

    def _where(self, digest: Digest) -> tuple[Run, ...]:
        address = sections.unit(digest.unit) if digest.unit else sections.index(sections.HOME)
        where = "letter.nothing_yet_where" if digest.first else "letter.nothing_new_where"
        return (Run(self.words(where)), self._unit(digest.unit, address))

    def _section(self, part: Part, digest: Digest) -> Section:
        line: dict[str, Callable[[Any], Line]] = {
            "base": self._base,
            "changes": self._changed,
            "resources": self._resource,
            "opportunities": self._opportunity,
            "events": self._event,
            "due": self._due,
            "part": self._part,
            "news": self._news,
        }
        shown = part.items if self.most is None else part.items[: self.most]
        rest = len(part.items) - len(shown)
        where = f"{address_of(digest)}#{part.name}"
        more = (Run(self.words("letter.rest", n=rest), href=where),) if rest else ()
        return Section(part.name, self.words(f"letter.{part.name}"), tuple(line[part.name](item) for item in shown), more)

    # --- lines

    def _record(self, kind: str, name: str, plain: Plain) -> Run:
        """A record's name, leading to its page."""
        href = sections.address_of(kind, name) if kind in PAGED else self._list_page(kind, name)
        language = self.names.language_of(kind, name, plain)
        return Run(self.names.subject(kind, name, plain), href=href, strong=True, language=language)

    @staticmethod
    def _list_page(kind: str, name: str) -> str:
        """Where an item of the Office's lists is shown."""
        pages = {"theme": sections.theme(name), "unit": sections.unit(name), "term": sections.index("glossary")}
        return pages.get(kind, sections.index("calendar" if kind == "day" else "about"))

    def _base(self, item: Counted | Listed) -> Line:
        """How many records there are, then the networks: what each is and what we are there."""
        if isinstance(item, Listed):
            name, standing = self._text(item.record["name"]), self.words(f"membership.{item.record['standing']['status']}")
            return Line((self._record("network", item.id, item.record), Run(":"), name, Run(f"({standing})")))
        section = FOLDERS[item.kind]
        return Line((Run(self.words(f"count.{section}", n=item.count), href=sections.index(section)),))

    def _changed(self, item: Changed) -> Line:
        told = [self.teller.tell(change).pieces for change in item.changes]
        said = [tuple(Run(one.text, one.mark, language=one.language) for one in pieces) for pieces in told]
        name = self._record(item.kind, item.id, item.record)
        return Line((name, Run(":"), *said[0])) if len(said) == 1 else Line((name,), tuple(said))

    def _resource(self, item: Listed) -> Line:
        languages = ", ".join(self._language(code) for code in item.record["languages"])
        about = [self.words(f"resource-type.{item.record['type']}"), languages]
        summary = self._shortened(item.record["summary"])
        return Line((self._record("resource", item.id, item.record), Run(f"({'; '.join(about)})"), Run(":"), summary))

    def _language(self, code: str) -> str:
        return self.words(f"language.{code}") if self.words.has(f"language.{code}") else code

    def _opportunity(self, item: Listed) -> Line:
        record = item.record
        when = self.words("letter.no_deadline")
        if item.days is not None:
            moment = self.names.moment(record["deadline"])
            when = "; ".join([self.words("letter.deadline", date=moment), days_left(item.days, self.words)])
        kind = self.words(f"opp-kind.{record['kind']}")
        return Line((self._record("opportunity", item.id, record), Run(f"({kind})"), Run(":"), Run(when)))

    def _event(self, item: Listed) -> Line:
        return Line((self._record("event", item.id, item.record), Run(":"), *self._when_and_where(item.record)))

    def _when_and_where(self, event: Plain) -> tuple[Run, ...]:
        when = self.words.span(event.get("start"), event.get("end"))
        state = self.words(f"event.{event['state']}") if "state" in event else ""
        return parted((Run(when), self._text(event.get("place", {})), Run(state)), ",")

    def _due(self, item: Due) -> Line:
        owner = self.words("letter.owner", unit=self.names.name_of("unit", item.owner)) if item.owner else ""
        said = (self._text(item.duty or {}), *(Run(part) for part in (*told(item, self.words), owner)))
        urgent = self.words(
            "letter.overdue" if item.days < 0 else "letter.within_30" if item.days <= SOON else "letter.within_90"
        )
        return Line((Run(f"{urgent}:"), self._record(item.kind, item.id, item.record), Run(":"), *parted(said, ";")))

    def _part(self, item: Listed) -> Line:
        record = item.record
        below: list[tuple[Run, ...]] = []
        if units := record.get("units"):
            names = ", ".join(self.names.name_of("unit", unit) for unit in units)
            below.append((Run(self.words("letter.took_part", units=names)),))
        if outcome := record.get("outcome"):
            below.append((Run(self.words("letter.followed")), self._shortened(outcome)))
        return Line((self._record("event", item.id, record), Run(":"), *self._when_and_where(record)), tuple(below))

    def _news(self, item: Plain) -> Line:
        source = self.names.name_of("network", item["network"])
        about = "; ".join([source, self.words.date(item["on"][:10])])
        language = "" if item["language"] == self.words.language else item["language"]
        return Line((Run(item["title"], href=item["url"], language=language), Run(f"({about})")))
