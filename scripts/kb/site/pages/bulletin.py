"""The pages of a quarter's bulletin: the whole list for the Office and for each unit, and the archive of all quarters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kb.bulletins import letter
from kb.bulletins.edition import Bulletin
from kb.bulletins.letter import CLOSING, MOST_ITEMS, Letter, LetterWriter, address_of
from kb.bulletins.letter import Section as Printed
from kb.records import sections
from kb.site.pages import lists
from kb.site.view.blocks import Block, Folded, Page, Prose, Row, Rows, Section, Statement, Statements
from kb.site.view.lines import BREAK, NOTHING, Line, Look, Run, joined, said
from kb.site.view.writer import Writer
from kb.words.language import OTHER


def pages(w: Writer, bulletin: Bulletin) -> Iterator[Page]:
    """The page of the whole Office and one for each unit."""
    printer = LetterWriter(w.words, bulletin.old, bulletin.new, most=None)
    language = w.words.language if bulletin.forewords.get(w.words.language) else OTHER[w.words.language]
    foreword = bulletin.forewords.get(language, "")
    for unit in bulletin.units():
        digest = bulletin.digester.of(unit)
        yield _page(w, printer.write(digest, foreword), address_of(digest), language)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage(Page):
    """What a bulletin's page says besides what every page does."""

    template: ClassVar[str] = "bulletin"
    unit: str


def _page(w: Writer, printed: Letter, address: str, language: str) -> BulletinPage:
    """`language`: that of the foreword."""
    foreign = "" if language == w.words.language else language
    foreword = [_paragraph(text, foreign) for text in printed.foreword.split("\n\n") if text]
    opening = [*foreword, *map(said, printed.opening), *([_told(w, printed.note)] if printed.note else [])]
    return BulletinPage(
        address=address,
        section="bulletins",
        title=printed.title,
        description=printed.period,
        kicker=w.say("nav.bulletins"),
        heading=said(printed.title),
        lead=said(printed.period),
        unit=printed.unit,
        sections=(
            Section("foreword", w.words("letter.opening"), tuple(map(Prose, opening))),
            *(Section(part.name, part.heading, tuple(_blocks(w, part)), len(part.lines)) for part in printed.sections),
        ),
    )


def _paragraph(text: str, language: str) -> Line:
    """A paragraph by a person; its lines stay lines."""
    return joined([(Run(line, language=language),) for line in text.split("\n")], BREAK)


def _blocks(w: Writer, part: Printed) -> Iterator[Block]:
    """The first items, and the rest folded: they open on a click and print open."""
    yield Statements(tuple(_item(w, one) for one in part.lines[:MOST_ITEMS]))
    if rest := part.lines[MOST_ITEMS:]:
        yield Folded(w.words("letter.all_the_rest", n=len(rest)), (Statements(tuple(_item(w, one) for one in rest)),))


def _item(w: Writer, one: letter.Line) -> Statement:
    return Statement(NOTHING, _told(w, one.runs), tuple(_told(w, runs) for runs in one.below))


def _told(w: Writer, runs: Iterable[letter.Run]) -> Line:
    """The words of a letter with their marks, a space between them but before a sign that closes."""
    found: list[Run] = []
    for run in runs:
        before = " " if found and not run.text.startswith(CLOSING) else ""
        href, look = _way(w, run)
        language = "" if run.language == w.words.language else run.language
        found.append(Run(run.text, href, look, language, before))
    return tuple(found)


def _way(w: Writer, run: letter.Run) -> tuple[str, Look]:
    """(where words lead, how they look); only to what is still there, for a bulletin outlives records."""
    if run.href.startswith(("https://", "http://")):
        return run.href, "outside"
    look: Look = run.mark or ("strong" if run.strong else "")
    if run.href and is_there(w, run.href):
        w.told.add(run.href)
        return w.root + run.href, look
    return "", look


def is_there(w: Writer, address: str) -> bool:
    """Whether the site still has a page at an address."""
    folder, _, rest = address.partition("#")[0].partition("/")
    name = rest.removesuffix(".html")
    if not rest or name == "index" or folder == "bulletins":
        return True
    if folder in ("themes", "units"):
        return name in (w.kb.themes if folder == "themes" else w.kb.units)
    kind = sections.KINDS[folder]
    entry = w.kb.of_kind(kind).get(name) or w.kb.former_ids.get(f"{kind}:{name}")
    return entry is not None and entry.record.status != "draft"


def archive(w: Writer, bulletins: Sequence[Bulletin]) -> tuple[Section, ...]:
    """The archive: a quarter a section, its whole edition first, then the units."""
    return tuple(
        Section(
            str(one.new.quarter).lower(),
            w.words.quarter(one.new.quarter.first),
            (Rows(tuple(_editions(w, one)), columns=True),),
        )
        for one in bulletins
    )


def _editions(w: Writer, bulletin: Bulletin) -> Iterator[Row]:
    printer = LetterWriter(w.words, bulletin.old, bulletin.new)
    for unit in ["", *bulletin.digester.units()]:
        digest = bulletin.digester.of(unit)
        state = w.say("letter.no_news") if digest.nothing_new else NOTHING
        yield Row(w.to(address_of(digest), printer.unit_name(unit)), state)


def empty_archive(w: Writer) -> Page:
    """The archive while there is no bulletin: says when the first is due, and to the public whose they are."""
    last = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}[(w.today.month - 1) // 3 + 1]
    due = w.words("bulletin.first", quarter=w.words.quarter(w.today), date=w.words.date(f"{w.today.year}-{last}"))
    told = w.words("bulletin.internal") if w.edition.audience == "public" else due
    return lists.page(w, "bulletins", (Section("archive", w.words("bulletin.archive"), (Prose(said(told)),)),))
