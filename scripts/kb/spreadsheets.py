"""Sheets as files: CSV that Excel opens with its Georgian whole, and XLSX with a filter and links; the same bytes each time.

No cell is ever a formula: in CSV what a program would take for one is told apart by an apostrophe (OWASP, CSV injection),
in XLSX every text is stored as text and marked as such.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from kb.sheets import Cell, Sheet

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the country
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SUSPECT = frozenset({*FORMULA, " "})
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # every workbook says that it was made then, so that equal lists are equal files
LONGEST = 32_767  # letters that a cell of Excel holds
MOST_LINKS = 2_000  # of a sheet: a link costs ten times a text; the rest are addresses to copy
MOST_OF_A_LINK = 2_079


def files(sheets: list[Sheet]) -> Iterator[tuple[str, bytes]]:
    """(file name below tables/, content) of every sheet in both forms."""
    for sheet in sheets:
        rows = list(sheet.rows())
        yield f"{sheet.name}.csv", as_csv(sheet, rows)
        yield f"{sheet.name}.xlsx", as_xlsx(sheet, rows)


def harmless(value: Cell) -> Cell:
    """A cell that no program takes for a formula."""
    if not isinstance(value, str) or value[:1] not in SUSPECT:
        return value
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def as_csv(sheet: Sheet, rows: list[list[Cell]]) -> bytes:
    """A sheet as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    target = io.StringIO()
    target.write(MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(column.head) for column in sheet.columns])
    writer.writerows([[harmless(value) for value in row] for row in rows])
    return target.getvalue().encode()


def as_xlsx(sheet: Sheet, rows: list[list[Cell]]) -> bytes:
    """A sheet as a workbook: a head that stays in sight, widths, a filter, addresses as links."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 0.15 s that only a build pays

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": sheet.title, "created": BEGUN})
        _fill(book, sheet, rows)
    return target.getvalue()


def _fill(book: Any, sheet: Sheet, rows: list[list[Cell]]) -> None:
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
