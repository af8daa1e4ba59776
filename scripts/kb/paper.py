"""The bulletin of a unit as a Word document that a secretary can edit: styles, headings, tables, links, Georgian type."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kb.brief import Brief
from kb.letter import Letter, Line, Run, Section
from kb.mail import link_of
from kb.output import FIRST_DAY
from kb.words import Words

FONT = "Sylfaen"  # has Georgian on every Windows; others put their own in its place
LOCALES = {"ka": "ka-GE", "en": "en-GB"}
TABLES = frozenset({"opportunities", "events", "due"})  # sections that read better as tables
DATED = datetime(2026, 1, 1, tzinfo=UTC)  # every document says that it was made then: the same letter is the same file
LINK, GONE, NEW = RGBColor(0x0B, 0x4A, 0x8F), RGBColor(0x8A, 0x1C, 0x1C), RGBColor(0x1D, 0x5C, 0x2E)


def document(letters: Sequence[Letter], site: str) -> bytes:
    """The letters as one document, each language on pages of its own; the same bytes for the same letters."""
    made = blank(letters[0].language, letters[0].title)
    for number, letter in enumerate(letters):
        if number:
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        Printer(made, letter.language, site).letter(letter)
    return saved(made)


def brief(content: Brief, site: str) -> bytes:
    """A brief as a document; its sources stand numbered at the end."""
    made = blank(content.language, content.title)
    printer = Printer(made, content.language, site)
    printer.paragraph("Title", [Run(content.title)])
    printer.paragraph("Normal", [Run(content.subtitle)])
    for section in content.sections:
        printer.paragraph("Heading 1", [Run(section.heading)])
        for line in section.lines:
            printer.paragraph("List Bullet", line.runs)
    if content.sources:
        printer.paragraph("Heading 1", [Run(Words("ka" if content.language == "ka" else "en")("meta.sources"))])
        for number, source in enumerate(content.sources, 1):
            printer.paragraph("Normal", [Run(f"[{number}]"), source])
    return saved(made)


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


def saved(made: Any) -> bytes:
    """The bytes of a document, without the hour at which they were written."""
    first, steady = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return steady.getvalue()


class Printer:
    """Prints one language into a document."""

    def __init__(self, made: Any, language: str, site: str) -> None:
        self.made, self.language, self.site = made, language, site
        self.words = Words("ka" if language == "ka" else "en")

    def letter(self, letter: Letter) -> None:
        """A letter from its title to its closing words."""
        self.paragraph("Title", [Run(letter.title)])
        self.paragraph("Normal", [Run(letter.period)])
        self.paragraph("Normal", [Run(self.words("letter.greeting"))])
        for text in (*letter.opening, *letter.foreword.split("\n\n")):
            if text:
                self.paragraph("Normal", [Run(text)])
        for section in letter.sections:
            self.section(section)
        if letter.note:
            self.paragraph("Normal", letter.note)
        for text in letter.closing:
            self.paragraph("Normal", [Run(text)])

    def section(self, section: Section) -> None:
        """A heading and its items, as a table where they have days."""
        self.paragraph("Heading 1", [Run(section.heading)])
        if section.name in TABLES:
            self.table(section.lines)
        else:
            for line in section.lines:
                self.paragraph("List Bullet", line.runs)
                for runs in line.below:
                    self.paragraph("List Bullet 2", runs)
        if section.rest:
            self.paragraph("Normal", section.rest)

    def table(self, lines: Iterable[Line]) -> None:
        """Items with their name on the left and what is said of them on the right; the head comes again on each page."""
        grid = self.made.add_table(rows=1, cols=2, style="Table Grid")
        head = grid.rows[0]
        for cell, key in zip(head.cells, ("table.name", "table.description"), strict=True):
            self.fill(cell.paragraphs[0], [Run(self.words(key), strong=True)])
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeat)
        for line in lines:
            cells = grid.add_row().cells
            name = [run for run in line.runs if run.strong]
            self.fill(cells[0].paragraphs[0], name)
            self.fill(cells[1].paragraphs[0], [run for run in line.runs if not run.strong and run.text != ":"])
        self.made.add_paragraph()

    def paragraph(self, style: str, runs: Iterable[Run]) -> None:
        """A paragraph of a style."""
        self.fill(self.made.add_paragraph(style=style), runs)

    def fill(self, paragraph: Any, runs: Iterable[Run]) -> None:
        """Runs one after the other, links as links."""
        for number, run in enumerate(runs):
            space = " " if number and not run.text.startswith((":", ";", ",")) else ""
            if link := link_of(run, self.language, self.site):
                if space:
                    self.run(paragraph, Run(" "))
                self.link(paragraph, run, link)
            else:
                self.run(paragraph, Run(space + run.text, run.mark, strong=run.strong))

    def run(self, paragraph: Any, run: Run) -> Any:
        """Words with their weight, marks and language."""
        made = paragraph.add_run(run.text)
        made.bold = True if run.strong else None
        if run.mark:
            made.font.strike, made.font.underline = run.mark == "gone", run.mark == "new"
            made.font.color.rgb = GONE if run.mark == "gone" else NEW
        spoken(made._element.get_or_add_rPr(), self.language)
        return made

    def link(self, paragraph: Any, run: Run, address: str) -> None:
        """Words that lead somewhere."""
        made = self.run(paragraph, run)
        made.font.underline, made.font.color.rgb = True, LINK
        around = OxmlElement("w:hyperlink")
        around.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(around)
        around.append(made._element)
