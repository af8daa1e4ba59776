"""The pages of a quarter's bulletin: the whole list for the Office and for each unit, and the archive of all quarters."""

from collections.abc import Iterable, Iterator, Sequence

from kb.records import sections
from kb.bulletins.edition import Bulletin
from kb.bulletins.letter import MOST_ITEMS, Letter, LetterWriter, Line, Run, address_of, joined
from kb.bulletins.letter import Section as Printed
from kb.words.markup import EMPTY, Html, escape, lines, outside_html, safe, term
from kb.site.view import Block, Body, Folded, Page, Prose, Rows, Section, Statements
from kb.words.language import OTHER
from kb.site.writer import Writer

MARKS = {"gone": "del", "new": "ins"}


def pages(w: Writer, bulletin: Bulletin) -> Iterator[Page]:
    """The page of the whole Office and one for each unit."""
    printer = LetterWriter(w.words, bulletin.old, bulletin.new, most=None)
    language = w.words.language if bulletin.forewords.get(w.words.language) else OTHER[w.words.language]
    foreword = bulletin.forewords.get(language, "")
    for unit in bulletin.units():
        digest = bulletin.digester.of(unit)
        yield _page(w, printer.write(digest, foreword), address_of(digest), language)


def _page(w: Writer, letter: Letter, address: str, language: str) -> Page:
    """`language`: that of the foreword."""
    foreword = tuple(_in(w, language, lines(text)) for text in letter.foreword.split("\n\n") if text)
    opening = tuple(Prose(safe(f"<p>{text}</p>")) for text in (*foreword, *map(escape, letter.opening)))
    note = (Prose(safe(f"<p>{joined(letter.note, lambda run: _said(w, run))}</p>")),) if letter.note else ()
    body = Body(
        kicker=escape(w.words("nav.bulletins")),
        title=escape(letter.title),
        facts=(term(w.words.html("letter.unit"), escape(letter.unit)),),
        lead=escape(letter.period),
        sections=(
            Section("foreword", w.words.html("letter.opening"), (*opening, *note)),
            *(Section(part.name, escape(part.heading), tuple(_blocks(w, part)), len(part.lines)) for part in letter.sections),
        ),
    )
    return Page(address, "bulletins", letter.title, letter.period, body)


def _blocks(w: Writer, part: Printed) -> Iterator[Block]:
    """The first items, and the rest folded: they open on a click and print open."""
    yield Statements(tuple(_item(w, line) for line in part.lines[:MOST_ITEMS]))
    if rest := part.lines[MOST_ITEMS:]:
        yield Folded(w.words("letter.all_the_rest", n=len(rest)), (Statements(tuple(_item(w, line) for line in rest)),))


def _item(w: Writer, line: Line) -> tuple[Html, Html]:
    below = "".join([f"<li>{joined(runs, lambda run: _said(w, run))}</li>" for runs in line.below])
    under = f"<ul>{below}</ul>" if below else ""
    return EMPTY, safe(f"{joined(line.runs, lambda run: _said(w, run))}{under}")


def _said(w: Writer, run: Run) -> Html:
    """Words with their marks; a link only to what is still there, for a bulletin outlives records."""
    text = _in(w, run.language, escape(run.text))
    if run.mark:
        text = safe(f"<{MARKS[run.mark]}>{text}</{MARKS[run.mark]}>")
    if run.href.startswith(("https://", "http://")):
        text = outside_html(run.href, text)
    elif run.href and is_there(w, run.href):
        text = w.to_html(run.href, text)
    return safe(f"<strong>{text}</strong>") if run.strong else text


def _in(w: Writer, language: str, words: Html) -> Html:
    """Words in a language, marked where it is not the page's."""
    return safe(f'<span lang="{escape(language)}">{words}</span>') if language not in ("", w.words.language) else words


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
            escape(w.words.quarter(one.new.quarter.first)),
            (Rows(tuple(_editions(w, one)), columns=True),),
        )
        for one in bulletins
    )


def _editions(w: Writer, bulletin: Bulletin) -> Iterable[tuple[Html, Html]]:
    printer = LetterWriter(w.words, bulletin.old, bulletin.new)
    for unit in ["", *bulletin.digester.units()]:
        digest = bulletin.digester.of(unit)
        state = escape(w.words("letter.no_news")) if digest.nothing_new else EMPTY
        yield w.to(address_of(digest), printer.unit_name(unit)), state
