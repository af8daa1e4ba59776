"""What the site offers besides its pages opens in the programs that people have, and does nothing there."""

import csv
import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.downloads import api, exports, spreadsheets
from kb.downloads.sheets import FORMULA, Sheets
from kb.downloads.spreadsheets import harmless
from kb.records.schema import KINDS
from kb.words.language import LANGUAGES, Words

TODAY = date(2026, 11, 22)

GUIDE, NNO = "nno/resources/guide.yml", "nno/network.yml"


def tables(kb, language="ka"):
    """Every table of a knowledge base: file name → content."""
    return dict(spreadsheets.files(Sheets(kb, Words(language)).all()))


def rows_of_csv(raw):
    """A CSV file as Excel reads it: UTF-8 by its mark."""
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(raw):
    """The cells of a workbook, as a program that is not ours reads them."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_of_every_list_say_the_same(real, language):
    """Each list is there twice, with its head and a row a record, none of them cut."""
    found = tables(real[0], language)
    assert len(found) == 20
    for name in [name.removesuffix(".csv") for name in found if name.endswith(".csv")]:
        plain = rows_of_csv(found[f"{name}.csv"])
        book = [["" if cell.value is None else str(cell.value) for cell in row] for row in rows_of_xlsx(found[f"{name}.xlsx"])]
        assert len(plain) > 1
        assert [[cell.removeprefix("'") for cell in row] for row in plain] == [
            [cell.removeprefix("'") for cell in row] for row in book
        ]


def test_a_list_has_a_row_for_each_current_record(real):
    """Networks, resources, terms: as many rows as the site's lists have."""
    kb, _ = real
    found = tables(kb)
    counts = {"networks": kb.networks, "resources": kb.resources, "glossary": kb.glossary, "themes": kb.themes}
    for name, items in counts.items():
        assert len(rows_of_csv(found[f"{name}.csv"])) == len(items) + 1


def test_archived_records_and_drafts_are_in_no_table(tree):
    """Tables hold what the lists of the site hold."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    assert len(rows_of_csv(tables(tree.load()[0])["resources.csv"])) == 1


def test_georgian_comes_out_as_it_went_in(real):
    """Names in both languages stand side by side, the reader's own first."""
    names = {(e.record.name.ka, e.record.name.en) for e in real[0].networks.values()}
    assert {tuple(row[1:3]) for row in rows_of_csv(tables(real[0])["networks.csv"])[1:]} == names


def test_lines_end_as_excel_wants_them(real):
    """CSV ends its lines with CR LF (RFC 4180)."""
    raw = tables(real[0])["themes.csv"]
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_a_deadline_is_in_tbilisi_time_and_sorts(tree):
    """The end of 1 December in Vienna is 2 December in Tbilisi."""
    assert "2026-12-02 02:59" in rows_of_csv(tables(tree.load()[0])["opportunities.csv"])[1]


@given(st.text(), st.sampled_from([*FORMULA, *(f" {sign}" for sign in FORMULA)]))
def test_no_text_of_a_cell_begins_as_a_formula_does(text, sign):
    """What a spreadsheet would run is told apart; what it would not is left as it is."""
    assert not harmless(sign + text).startswith(FORMULA)
    assert harmless("ა" + text) == "ა" + text


@pytest.mark.parametrize("evil", ["=HYPERLINK(A1)", "+1-1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1"])
def test_a_formula_in_a_record_is_text_in_both_forms(tree, evil):
    """A title that is a formula does nothing in a spreadsheet."""
    tree.edit(GUIDE, "en: Guide", f'en: "{evil}"')
    found = tables(tree.load()[0])
    assert rows_of_csv(found["resources.csv"])[1][1] == f"'{evil}"
    cell = rows_of_xlsx(found["resources.xlsx"])[1][1]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)


def test_a_telephone_number_is_no_sum(tree):
    """+43 1 234 56 78 is neither computed nor shortened."""
    found = tables(tree.load()[0])
    assert rows_of_csv(found["contacts.csv"])[1][4] == "'+43 1 234 56 78"
    assert rows_of_xlsx(found["contacts.xlsx"])[1][4].data_type == "s"


def test_a_workbook_has_a_head_a_filter_and_links(real):
    """What a person does first with a list works at once; somebody else's copy is not linked."""
    page = openpyxl.load_workbook(io.BytesIO(tables(real[0])["resources.xlsx"])).active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(page.max_column)}{page.max_row}"
    official = sum(1 for entry in real[0].resources.values() if entry.record.official)
    assert sum(1 for row in page.iter_rows() for cell in row if cell.hyperlink) == official


def test_a_workbook_holds_nothing_that_runs_or_loads(real):
    """No macro, no formula, no external data, and no hour at which it was made."""
    for name, raw in tables(real[0]).items():
        if name.endswith(".xlsx"):
            parts = zipfile.ZipFile(io.BytesIO(raw))
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [part for part in parts.namelist() if "vba" in part or "externalLinks" in part]
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_an_empty_list_is_a_head_alone(tree):
    """A base without a glossary has a table of terms with no rows, not a broken file."""
    found = tables(tree.load()[0])
    assert len(rows_of_csv(found["glossary.csv"])) == 1
    assert len(rows_of_xlsx(found["glossary.xlsx"])) == 1


# --- the api


def test_every_record_of_the_api_is_right_by_its_schema_of_the_model(real):
    """What another program reads is what the model wrote, and reads back as the same record."""
    kb, _ = real
    found = {name: json.loads(raw) for name, raw in api.files(kb)}
    for kind, model in KINDS.items():
        data = found[f"{api.FOLDERS[kind]}.json"]["data"]
        assert data.keys() == {entry.id for entry in api.published(kb.of_kind(kind))}
        for name, row in data.items():
            assert model.model_validate_json(json.dumps(row["record"])) == kb.of_kind(kind)[name].record


def test_the_index_names_every_file_and_its_schema(real):
    """Nothing is there that the index does not tell of, and nothing is told of that is not there."""
    found = dict(api.files(real[0]))
    index = json.loads(found["index.json"])
    named = {part for row in index["files"] for part in (row["file"], row["schema"])} | {"index.json"}
    assert named == found.keys()
    assert {row["file"]: row["count"] for row in index["files"]} == {
        row["file"]: len(json.loads(found[row["file"]])["data"]) for row in index["files"]
    }


def test_drafts_are_not_in_the_api(tree):
    """What is not on the site is not beside it."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    assert json.loads(dict(api.files(tree.load()[0]))["resources.json"])["data"] == {}


# --- all of it


def test_all_files_have_names_of_their_own_and_the_same_bytes_each_time(real, stationery):
    """Two builds of the same records differ in nothing."""
    once, again = list(exports.files(real[0], TODAY, stationery)), list(exports.files(real[0], TODAY, stationery))
    assert once == again
    assert len({name for name, _ in once}) == len(once)
    assert {name.split("/")[0] for name, _ in once} == {"api", "feeds", "calendars", "contacts", "briefs", "tables", "en"}


def test_names_of_files_are_plain(real, stationery):
    """Small Latin letters, digits, hyphens: they go into addresses as they are."""
    assert {c for name, _ in exports.files(real[0], TODAY, stationery) for c in name} <= set(
        "abcdefghijklmnopqrstuvwxyz0123456789-./"
    )


def test_a_base_of_nothing_has_its_files(tree, stationery):
    """An empty tree breaks no export."""
    for path in list(tree.root.rglob("*.yml")):
        path.unlink()
    kb, _ = tree.load()
    assert dict(exports.files(kb, TODAY, stationery))["calendars/all.ics"].startswith(b"BEGIN:VCALENDAR")
