"""Workbooks that are written as text are what XlsxWriter would have made cell by cell."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kb.downloads import workbooks
from kb.downloads.sheets import Cell, Column, Sheet
from kb.downloads.workbooks import LONGEST, MOST_LINKS, MOST_OF_A_LINK, PAGE, TEXTS, workbook

LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
CELLS = st.none() | st.integers(0, 3000) | st.text(LETTERS | st.sampled_from("\t\n&<>\"'_x=+ "), max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5)
COLUMNS = (Column("ა", 20, lambda row: row[0]), Column("b", 30, lambda row: row[1]), Column("c", 9, lambda row: row[2]))
LINKS = (Column("name", 20, lambda row: row[0]), Column("address", 30, lambda row: row[1], link=True))


def sheet(columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Sheet:
    """A list of rows as they are."""
    return Sheet("list", "A list", columns, rows)


def parts(raw: bytes) -> dict[str, str]:
    """The text of every file of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def seen(raw: bytes) -> list[list[tuple[object, ...]]]:
    """Every cell as a program that is not ours reads it: value, kind, mark of a text, link."""
    page = openpyxl.load_workbook(io.BytesIO(raw)).active
    return [
        [(cell.value, cell.data_type, cell.quotePrefix, cell.hyperlink and cell.hyperlink.target) for cell in row] for row in page
    ]


def made(rows: list[tuple[Cell, ...]], columns: tuple[Column, ...] = LINKS) -> bytes:
    """The workbook of some rows."""
    found = sheet(columns, rows)
    return workbook(found, found.rows())


@given(ROWS)
def test_the_cells_are_those_that_xlsxwriter_writes(rows: list[tuple[Cell, ...]]) -> None:
    """Texts, numbers and empty cells, texts that could be formulas, markup, spaces and line breaks at either end."""
    target = io.BytesIO()
    with Workbook(target, {"strings_to_formulas": False}) as book:
        page, marked = book.add_worksheet(), book.add_format({"quote_prefix": True})
        for number, row in enumerate([tuple(column.head for column in COLUMNS), *rows]):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(number, place, value)
                elif value:
                    page.write_string(number, place, value, marked if value[0] in workbooks.SUSPECT else None)
    assert seen(made(rows, COLUMNS)) == seen(target.getvalue())


def test_a_text_is_stored_once() -> None:
    """A theme that stands in a thousand rows is one text, and each cell names it."""
    texts = parts(made([("same", None)] * 3))[TEXTS]
    assert texts.count(">same<") == 1


def test_what_excel_reads_as_a_code_stays_as_it_was_typed() -> None:
    """_x0041_ in an address is not the letter A."""
    assert "a_x005F_x0041_b_x" in parts(made([("a_x0041_b_x", None)]))[TEXTS]


def test_what_xml_cannot_hold_does_not_break_the_file() -> None:
    """Controls and halves of pairs are taken out."""
    assert seen(made([("a\x00b\ud800c\uffff", None)]))[1][0][0] == "abc"


def test_a_text_longer_than_a_cell_is_cut() -> None:
    """Excel would call the whole file damaged."""
    assert len(str(seen(made([("ა" * (LONGEST + 1), None)]))[1][0][0])) == LONGEST


def test_a_place_inside_a_page_stands_apart_and_no_sign_breaks_an_address() -> None:
    """As Excel itself writes a link: the address of the page, percent-encoded, and the place in it."""
    raw = made([("a", "https://x.org/[1]?a=1&b=ა#part"), ("b", "https://x.org/b")])
    links = [cell.hyperlink for (cell,) in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(2, 3, 2, 2)]
    assert [(link.target, link.location) for link in links] == [
        ("https://x.org/%5B1%5D?a=1&b=ა", "part"),
        ("https://x.org/b", None),
    ]


def test_an_address_that_is_too_long_for_a_link_is_text() -> None:
    """It can be copied."""
    long = "https://x.org/" + "a" * MOST_OF_A_LINK
    assert seen(made([("a", long)]))[1][1] == (long, "s", False, None)


def test_the_first_links_of_a_long_list_lead_somewhere_the_rest_is_text() -> None:
    """Two thousand of them."""
    rows = [("a", f"https://x.org/{number}") for number in range(MOST_LINKS + 1)]
    found = [row[1][3] for row in seen(made(list(rows)))[1:]]
    assert found == [address for _, address in rows[:-1]] + [None]


def test_another_form_of_rows_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a new XlsxWriter writes its rows in another way, the build says so and writes no damaged file."""
    files = workbooks.files
    monkeypatch.setattr(workbooks, "files", lambda raw: files(raw) | {PAGE: b"<worksheet/>"})
    with pytest.raises(ValueError, match="another way"):
        made([])
