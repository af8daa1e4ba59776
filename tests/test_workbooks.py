"""Workbooks hold what the lists hold, cell by cell, as a reader that is not ours finds it."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.downloads.sheets import SUSPECT, Cell, Head, Table
from kb.downloads.workbooks import MOST_LINKS, MOST_OF_A_LINK, workbook

PAGE, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LONGEST = 32_767  # letters that a cell of Excel holds
LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
CELLS = st.none() | st.integers(0, 3000) | st.text(LETTERS | st.sampled_from("\t\n&<>\"'_x=+ "), max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5)
HEADS = (Head("ა", 20), Head("b", 30), Head("c", 9))
LINKS = (Head("name", 20), Head("address", 30, link=True))


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


def made(rows: list[tuple[Cell, ...]], heads: tuple[Head, ...] = LINKS) -> bytes:
    """The workbook of some rows."""
    return workbook(Table("list", "A list", heads, tuple(rows)))


@given(ROWS)
def test_every_cell_is_what_the_list_says(rows: list[tuple[Cell, ...]]) -> None:
    """Numbers as numbers, all else as text, markup and spaces at either end with it; a text that could be a formula is marked."""
    page = openpyxl.load_workbook(io.BytesIO(made(rows, HEADS))).active
    assert [cell.value for cell in page[1]] == ["ა", "b", "c"]
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            cell = page.cell(number, place)
            suspect = isinstance(value, str) and value[:1] in SUSPECT and value != ""
            assert (cell.value, cell.quotePrefix) == (None if value == "" else value, suspect)
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")


@given(ROWS)
def test_the_same_rows_are_the_same_bytes(rows: list[tuple[Cell, ...]]) -> None:
    """A workbook knows no hour at which it was made."""
    assert made(rows, HEADS) == made(rows, HEADS)


def test_columns_are_as_wide_as_the_list_wants_them() -> None:
    """Long texts in wide columns, whole numbers in narrow ones."""
    page = openpyxl.load_workbook(io.BytesIO(made([("a", "b")]))).active
    assert [round(page.column_dimensions[name].width) for name in "AB"] == [21, 31]  # with the margin that Excel adds


def test_a_text_is_stored_once() -> None:
    """A theme that stands in a thousand rows is one text, and each cell names it."""
    texts = parts(made([("same", None)] * 3))[TEXTS]
    assert texts.count(">same<") == 1


def test_what_excel_reads_as_a_code_stays_as_it_was_typed() -> None:
    """_x0041_ in an address is not the letter A."""
    assert "a_x005F_x0041_b_x" in parts(made([("a_x0041_b_x", None)]))[TEXTS]


def test_a_text_longer_than_a_cell_is_cut() -> None:
    """Excel would call the whole file damaged."""
    assert len(str(seen(made([("ა" * (LONGEST + 1), None)]))[1][0][0])) == LONGEST


def test_a_place_inside_a_page_stands_apart_and_no_sign_breaks_an_address() -> None:
    """As Excel itself writes a link: the address of the page, percent-encoded, and the place in it."""
    raw = made([("a", "https://x.org/[1]?a=1&b=ა#part"), ("b", "https://x.org/%20{b}")])
    links = [cell.hyperlink for (cell,) in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(2, 3, 2, 2)]
    assert [(link.target, link.location) for link in links] == [
        ("https://x.org/%5B1%5D?a=1&b=ა", "part"),
        ("https://x.org/%20%7Bb%7D", None),
    ]
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(raw)).active["B"][1:]] == [
        "https://x.org/[1]?a=1&b=ა#part",
        "https://x.org/%20{b}",
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


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "internal:Sheet1!A1", "external:c:\\a.xlsx", "file:///etc/passwd", "=1+1"]
)
def test_only_an_address_of_the_web_is_a_link(address: str) -> None:
    """XlsxWriter has addresses of its own, which lead into files; a record cannot hold one, and no sheet links it."""
    assert seen(made([("a", address)]))[1][1][3] is None
