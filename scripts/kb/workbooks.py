"""Sheets as workbooks of Excel, made by XlsxWriter."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from kb.sheets import SUSPECT, Cell, Sheet

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # every workbook says that it was made then, so that equal lists are equal files
LONGEST = 32_767  # letters that a cell of Excel holds
MOST_LINKS = 2_000  # of a sheet: a link costs ten times a text; the rest are addresses to copy
MOST_OF_A_LINK = 2_079  # letters, in Excel
Rows = Sequence[Sequence[Cell]]


def workbook(sheet: Sheet, rows: Rows) -> bytes:
    """A sheet as a workbook: a head that stays in sight, widths, a filter, addresses as links; no cell is a formula."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 0.15 s that only a build pays

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": sheet.title, "created": BEGUN})
        page, bold = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
        marked = book.add_format({"quote_prefix": True})
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(rows)), len(sheet.columns) - 1)
        links = 0
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            page.write_string(0, number, column.head, bold)
            for row, cells in enumerate(rows, 1):
                value = cells[number]
                if isinstance(value, int):
                    page.write_number(row, number, value)
                elif value and column.link and links < MOST_LINKS and len(value) <= MOST_OF_A_LINK:
                    page.write_url(row, number, value)
                    links += 1
                elif value:
                    page.write_string(row, number, value[:LONGEST], marked if value[0] in SUSPECT else None)
    return target.getvalue()
