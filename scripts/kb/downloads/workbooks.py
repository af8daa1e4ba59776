"""Sheets as workbooks of Excel: XlsxWriter makes one with its head, widths and filter; the rows are then written as text.

Cell by cell through XlsxWriter, the ten lists of a language take half a second with 10,000 records; as text, a fifth of that.
"""

import io
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from itertools import count

from kb.bulletins.openxml import RELATIONSHIPS, escaped, files, links_to
from kb.bulletins.stationery.archives import packed
from kb.downloads.sheets import SUSPECT, Cell, Sheet

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # every workbook says that it was made then, so that equal lists are equal files
LONGEST = 32_767  # letters that a cell of Excel holds
MOST_LINKS = 2_000  # of a sheet: a link costs ten times a text; the rest are addresses to copy
MOST_OF_A_LINK = 2_079  # letters, in Excel
PAGE, LINKS, TEXTS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/sharedStrings.xml"
EXAMPLE = re.compile(r'<row r="2".*<c r="A2"( s="\d+").*<c r="B2"( s="\d+").*</row>')
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
Rows = Sequence[Sequence[Cell]]


def workbook(sheet: Sheet, rows: Rows) -> bytes:
    """A sheet as a workbook: a head that stays in sight, widths, a filter, addresses as links; no cell is a formula."""
    made = files(begun(sheet, len(rows)))
    page, table = made[PAGE].decode(), made[TEXTS].decode()
    example = EXAMPLE.search(page)
    if example is None:
        raise ValueError("XlsxWriter writes rows in another way than it did")
    printer = Printer(sheet, example[1], example[2], table.count("<si>"))
    written = "".join([page[: example.start()], *map(printer.row, count(2), rows), page[example.end() :]])
    made[PAGE] = with_links(sized(written, printer.columns[-1][0], len(rows) + 1), printer.links).encode()
    made[TEXTS] = table.replace("</sst>", f"{''.join(map(shared, printer.texts))}</sst>").encode()
    if printer.links:
        targets = [(f"kb{number}", address.partition("#")[0]) for number, (_, address) in enumerate(printer.links)]
        made[LINKS] = RELATIONSHIPS.format(links=links_to(targets)).encode()
    return packed(made)


def begun(sheet: Sheet, rows: int) -> bytes:
    """A workbook with the head of a sheet and, as an example, a row with a text marked as such and a link."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 0.15 s that only a build pays

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": sheet.title, "created": BEGUN})
        page, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, rows), len(sheet.columns) - 1)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            page.write_string(0, number, column.head, bold)
        page.write_string(1, 0, "text", book.add_format({"quote_prefix": True}))
        page.write_string(1, 1, "link", book.get_default_url_format())
    return target.getvalue()


class Printer:
    """Prints the rows of a sheet, and keeps what they refer to: each text once, and the links."""

    def __init__(self, sheet: Sheet, quoted: str, linked: str, known: int) -> None:
        """`quoted` and `linked` are the styles of a text marked as such and of a link; `known` texts are in the file."""
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as above

        self.columns = [(xl_col_to_name(number), column.link) for number, column in enumerate(sheet.columns)]
        self.texts: defaultdict[str, int] = defaultdict(count(known).__next__)  # a new text gets the next number
        self.links: list[tuple[str, str]] = []
        self._quoted, self._linked = quoted, linked

    def row(self, number: int, values: Sequence[Cell]) -> str:
        """A row: numbers as numbers, all else as text; an empty cell is not there."""
        texts, found = self.texts, []
        for (name, link), value in zip(self.columns, values, strict=True):
            if isinstance(value, int):
                found.append(f'<c r="{name}{number}"><v>{value}</v></c>')
            elif value:
                style = self._quoted if value[0] in SUSPECT else ""
                if link and len(self.links) < MOST_LINKS and len(value) <= MOST_OF_A_LINK:
                    style = self._linked
                    self.links.append((f"{name}{number}", value))
                found.append(f'<c r="{name}{number}"{style} t="s"><v>{texts[value]}</v></c>')
        return f'<row r="{number}">{"".join(found)}</row>'


def shared(text: str) -> str:
    """A text as cells share it, as long as Excel takes it."""
    return f'<si><t xml:space="preserve">{escaped(CODE.sub("_x005F_", text[:LONGEST]))}</t></si>'


def sized(page: str, column: str, row: int) -> str:
    """A page that says which its last cell is."""
    return re.sub('(?<=<dimension ref=")[^"]*', f"A1:{column}{row}", page, count=1)


def with_links(page: str, links: Sequence[tuple[str, str]]) -> str:
    """A page with links from cells to the relationships kb0, kb1 …; a place inside what one leads to stands apart."""
    found = []
    for number, (cell, address) in enumerate(links):
        place = address.partition("#")[2]
        location = f' location="{escape(place)}"' if place else ""
        found.append(f'<hyperlink ref="{cell}" r:id="kb{number}"{location}/>')
    return page.replace("<pageMargins", f"<hyperlinks>{''.join(found)}</hyperlinks><pageMargins", 1) if links else page
