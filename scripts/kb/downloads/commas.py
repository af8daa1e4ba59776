"""Tables as CSV that Excel opens with its Georgian whole, and in which no cell is a formula: rows in, bytes out."""

import csv
import io
from collections.abc import Iterator, Sequence

from kb.downloads.offer import File, Offer
from kb.downloads.sheets import FORMULA, SUSPECT, Cell, Table, tables

MARK = "\ufeff"  # without it Excel reads UTF-8 as the code page of the country


def files(offer: Offer) -> Iterator[File[Table]]:
    """One of every list."""
    for table in tables(offer):
        yield File(f"{table.name}.csv", as_csv, table)


def as_csv(table: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    target = io.StringIO()
    target.write(MARK)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(head.text) for head in table.heads])
    writer.writerows(map(guarded, table.rows))
    return target.getvalue().encode()


def guarded(row: Sequence[Cell]) -> list[Cell]:
    """A row without formulas."""
    return [harmless(value) if isinstance(value, str) and value[:1] in SUSPECT else value for value in row]


def harmless(value: str) -> str:
    """A text that no program takes for a formula: an apostrophe tells it apart (OWASP, CSV injection)."""
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value
