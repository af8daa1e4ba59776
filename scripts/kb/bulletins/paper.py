"""Bulletins and briefs as Word documents that a secretary can edit: styles, headings, tables, links, Georgian type.

python-docx makes one empty document a language; its body is then written as text, for building every paragraph through
python-docx takes a third of a second a brief, and there are 144 of them on the site.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kb.bulletins.archives import BEST, NOT, Archive
from kb.bulletins.letter import Letter, Line, Run, Section
from kb.bulletins.mail import link_of
from kb.bulletins.openxml import clean, escaped, files, links_to
from kb.words.language import Words

FONT = "Sylfaen"  # has Georgian on every Windows; others put their own in its place
LOCALES = {"ka": "ka-GE", "en": "en-GB"}
TABLES = frozenset({"opportunities", "events", "due"})  # sections that read better as tables
DATED = datetime(2026, 1, 1, tzinfo=UTC)  # every document says that it was made then: the same letter is the same file
LINK, GONE, NEW = "0B4A8F", "8A1C1C", "1D5C2E"
BODY, LINKS, ABOUT = "word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"
OWN = {BODY: "<w:sectPr", LINKS: "</Relationships>", ABOUT: "</dc:title>"}  # where each document has text of its own
PLAIN = ("", False)  # words without a mark that are not strong
UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml")  # of python-docx's template: more than half of every document
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief in one language."""

    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[Run, ...]
    """Numbered from 1, in the order in which the facts name them."""


def document(letters: Sequence[Letter], site: str) -> bytes:
    """The letters as one document, each language on pages of its own; the same bytes for the same letters."""
    links: dict[str, str] = {}
    language = letters[0].language
    texts = [Printer(letter.language, site, links, spoken=letter.language != language).letter(letter) for letter in letters]
    return saved(language, letters[0].title, PAGE_BREAK.join(texts), links)


def brief(content: Brief, site: str) -> bytes:
    """A brief as a document; its sources stand numbered at the end."""
    links: dict[str, str] = {}
    printer = Printer(content.language, site, links)
    return saved(content.language, content.title, printer.brief(content), links)


@cache
def template(language: str) -> tuple[Archive, Mapping[str, tuple[bytes, bytes]]]:
    """A document without text: the files that are the same in all, and of the others what stands before the text and after."""
    made, archive = io.BytesIO(), Archive()
    blank(language, "").save(made)
    found = files(made.getvalue())
    for name, content in found.items():
        if name not in OWN:
            archive = archive.plus(name, content, BEST)
    return archive, {name: split(found[name], place.encode()) for name, place in OWN.items()}


def split(content: bytes, place: bytes) -> tuple[bytes, bytes]:
    """What stands before a place and what begins there."""
    at = content.index(place)
    return content[:at], content[at:]


def saved(language: str, title: str, text: str, links: Mapping[str, str]) -> bytes:
    """A document with this text, the same bytes for the same text."""
    archive, around = template(language)
    for name, own in (
        (BODY, text),
        (LINKS, links_to((name, address) for address, name in links.items())),
        (ABOUT, escaped(title)),
    ):
        before, after = around[name]
        archive = archive.plus(name, before + own.encode() + after, NOT)  # four pages have 20 kB; a build writes hundreds
    return archive.closed()


def blank(language: str, title: str) -> Any:
    """A document without text: A4, our styles, our language."""
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    for name, size in (
        ("Normal", 11),
        ("Title", 18),
        ("Heading 1", 14),
        ("Heading 2", 12),
        ("List Bullet", 11),
        ("List Bullet 2", 11),
    ):
        style = made.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # a font of the theme would go before ours
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        if name != "Normal" and "List" not in name:
            style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
    spoken(made.styles["Normal"].element.get_or_add_rPr(), language)
    for part in (made.part, made.part.package):
        for name in [name for name, to in part.rels.items() if to.reltype.endswith(UNUSED)]:
            del part.rels[name]  # a part that nothing leads to is not saved
    about = made.core_properties
    about.title, about.author, about.comments, about.language = title, Words("ka")("site.owner"), "", LOCALES[language]
    about.created = about.modified = DATED
    return made


def spoken(properties: Any, language: str) -> None:
    """Mark the language of a style or of a run, for spelling and for reading aloud."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    for script in ("val", "eastAsia", "bidi"):
        mark.set(qn(f"w:{script}"), LOCALES[language])
    properties.append(mark)


class Printer:
    """Prints one language as the paragraphs of a document (WordprocessingML, ECMA-376)."""

    def __init__(self, language: str, site: str, links: dict[str, str], spoken: bool = False) -> None:
        """`spoken`: whether every run says its language, which is not that of the document's styles."""
        self.language, self.site, self.links = language, site, links
        self.words = Words("ka" if language == "ka" else "en")
        locale = LOCALES[language]
        self._spoken = f'<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="{locale}"/>' if spoken else ""

    def letter(self, letter: Letter) -> str:
        """A letter from its title to its closing words."""
        opening = [text for text in (*letter.opening, *letter.foreword.split("\n")) if text]
        before = [letter.period, self.words("letter.greeting"), *opening]
        return "".join(
            [
                self.paragraph("Title", [Run(letter.title)]),
                *(self.paragraph("Normal", [Run(text)]) for text in before),
                *map(self.section, letter.sections),
                self.paragraph("Normal", letter.note) if letter.note else "",
                *(self.paragraph("Normal", [Run(text)]) for text in letter.closing),
            ]
        )

    def brief(self, content: Brief) -> str:
        """A brief from its title to its sources."""
        found = [self.paragraph("Title", [Run(content.title)]), self.paragraph("Normal", [Run(content.subtitle)])]
        for section in content.sections:
            found.append(self.paragraph("Heading1", [Run(section.heading)]))
            found += [self.paragraph("ListBullet", line.runs) for line in section.lines]
        if content.sources:
            found.append(self.paragraph("Heading1", [Run(self.words("meta.sources"))]))
            found += [self.paragraph("Normal", [Run(f"[{n}]"), source]) for n, source in enumerate(content.sources, 1)]
        return "".join(found)

    def section(self, section: Section) -> str:
        """A heading and its items, as a table where they have days."""
        found = [self.paragraph("Heading1", [Run(section.heading)])]
        if section.name in TABLES:
            found.append(self.table(section.lines))
        else:
            for line in section.lines:
                found.append(self.paragraph("ListBullet", line.runs))
                found += [self.paragraph("ListBullet2", runs) for runs in line.below]
        if section.rest:
            found.append(self.paragraph("Normal", section.rest))
        return "".join(found)

    def table(self, lines: Iterable[Line]) -> str:
        """Items with their name on the left and what is said of them on the right; the head comes again on each page."""
        head = "".join([self.cell([Run(self.words(key), strong=True)]) for key in ("table.name", "table.description")])
        rows = [f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"]
        for line in lines:
            name = [run for run in line.runs if run.strong]
            said = [run for run in line.runs if not run.strong and run.text != ":"]
            rows.append(f"<w:tr>{self.cell(name)}{self.cell(said)}</w:tr>")
        return f"{GRID}{''.join(rows)}</w:tbl><w:p/>"

    def cell(self, runs: Iterable[Run]) -> str:
        """A cell with one paragraph."""
        return f"<w:tc>{CELL}{self.paragraph('', runs)}</w:tc>"

    def paragraph(self, style: str, runs: Iterable[Run]) -> str:
        """A paragraph of a style: runs one after the other, links as links."""
        shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style and style != "Normal" else ""
        return f"<w:p>{shape}{''.join(self.filled(runs))}</w:p>"

    def filled(self, runs: Iterable[Run]) -> Iterator[str]:
        """The runs of a paragraph with spaces between them; words beside each other that look the same are one run."""
        said, look = "", PLAIN
        for number, run in enumerate(runs):
            space = " " if number and not run.text.startswith((":", ";", ",")) else ""
            address = run.href and link_of(run, self.language, self.site)
            now = PLAIN if address else (run.mark, run.strong)
            if now != look:
                yield self.run(said, *look) if said else ""
                said, look = "", now
            said += space if address else space + run.text
            if address:
                yield self.run(said) if said else ""
                yield self.link(run, address)
                said = ""
        yield self.run(said, *look) if said else ""

    def link(self, run: Run, address: str) -> str:
        """Words that lead somewhere."""
        name = self.links.setdefault(clean(address), f"kb{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{name}">{self.run(run.text, run.mark, run.strong, LINK)}</w:hyperlink>'

    def run(self, text: str, mark: str = "", strong: bool = False, colour: str = "") -> str:
        """Words with their weight, marks, colour and language."""
        return f"{opened(self._spoken, mark, strong, colour)}{escaped(text)}</w:t></w:r>"


@cache
def opened(spoken: str, mark: str, strong: bool, colour: str) -> str:
    """The beginning of a run: what it looks like and its language, in the order in which the schema wants them."""
    shape = [
        "<w:b/>" if strong else "",
        "<w:strike/>" if mark == "gone" else "",
        f'<w:color w:val="{colour or (GONE if mark == "gone" else NEW)}"/>' if colour or mark else "",
        '<w:u w:val="single"/>' if colour or mark == "new" else "",
        spoken,
    ]
    look = "".join(shape)
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">'


GRID = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="4535"/><w:gridCol w:w="4535"/></w:tblGrid>'
)
CELL = '<w:tcPr><w:tcW w:w="4535" w:type="dxa"/></w:tcPr>'
