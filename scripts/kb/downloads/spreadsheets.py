"""Sheets as files: CSV that Excel opens with its Georgian whole, and XLSX with a filter and links; the same bytes each time.

No cell is ever a formula: in CSV what a program would take for one is told apart by an apostrophe (OWASP, CSV injection),
in XLSX every text is stored as text and marked as such.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from kb.downloads.sheets import FORMULA, SUSPECT, Cell, Sheet
from kb.downloads.workbooks import Rows, workbook

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the country


def files(sheets: list[Sheet]) -> Iterator[tuple[str, bytes]]:
    """(file name below tables/, content) of every sheet in both forms."""
    for sheet in sheets:
        rows = sheet.rows()
        yield f"{sheet.name}.csv", as_csv(sheet, rows)
        yield f"{sheet.name}.xlsx", workbook(sheet, rows)


def harmless(value: str) -> str:
    """A text that no program takes for a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def as_csv(sheet: Sheet, rows: Rows) -> bytes:
    """A sheet as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    target = io.StringIO()
    target.write(MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(column.head) for column in sheet.columns])
    writer.writerows(map(guarded, rows))
    return target.getvalue().encode()


def guarded(row: Sequence[Cell]) -> list[Cell]:
    """A row without formulas."""
    return [harmless(value) if isinstance(value, str) and value[:1] in SUSPECT else value for value in row]
