"""Tables as workbooks of Excel, by XlsxWriter: rows in, bytes out, the same for the same rows.

No cell is a formula: every text is written as text, and one that a program could take for a formula is marked as such.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from xlsxwriter import Workbook

from kb.downloads.offer import File, Offer
from kb.downloads.sheets import SUSPECT, Cell, Table, tables

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # every workbook says that it was made then, so that equal lists are equal files
MOST_LINKS = 2_000  # of a sheet: a link costs ten times a text; the rest are addresses to copy
MOST_OF_A_LINK = 2_079  # letters, in Excel
# What browsers take in an address, but no URI may hold: Excel refuses the whole file. XlsxWriter leaves them where a %20 is.
NO_URI = re.compile(r"[\[\]^`{}]")
# not with `constant_memory`: 10,000 rows take the same memory with it, and a seventh more time
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def files(offer: Offer) -> Iterator[File[Table]]:
    """One of every list."""
    for table in tables(offer):
        yield File(f"{table.name}.xlsx", workbook, table, kept=True)


def workbook(table: Table) -> bytes:
    """A table as a workbook: a head that stays in sight, widths, a filter, addresses as links."""
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": table.title, "created": BEGUN})
        page, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(table.rows)), len(table.heads) - 1)
        for place, head in enumerate(table.heads):
            page.set_column(place, place, head.width)
            page.write_string(0, place, head.text, bold)
        printer = Printer(table, page, book.add_format({"quote_prefix": True}))
        for number, row in enumerate(table.rows, 1):
            printer.row(number, row)
    return target.getvalue()


class Printer:
    """Prints the rows of a table, the first addresses as links."""

    def __init__(self, table: Table, page: Any, marked: Any) -> None:
        """`page` is XlsxWriter's sheet, `marked` its format of a text that is no formula."""
        self.page, self.marked = page, marked
        self.linked = [head.link for head in table.heads]
        self.links = 0

    def row(self, number: int, values: tuple[Cell, ...]) -> None:
        """A row: numbers as numbers, all else as text; an empty cell is not there."""
        for place, value in enumerate(values):
            if isinstance(value, int):
                self.page.write_number(number, place, value)
            elif value and self.linked[place] and self._is_link(value):
                self.page.write_url(number, place, NO_URI.sub(lambda sign: quote(sign[0]), value), string=value)
                self.links += 1
            elif value:
                self.page.write_string(number, place, value, self.marked if value[0] in SUSPECT else None)

    def _is_link(self, value: str) -> bool:
        """Whether a cell leads somewhere; XlsxWriter knows more addresses than those of the web: files of the reader's."""
        return value.startswith(("https://", "http://")) and len(value) <= MOST_OF_A_LINK and self.links < MOST_LINKS
