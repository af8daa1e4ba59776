"""What the site offers besides its pages opens in the programs that people have, and does nothing there."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.downloads import api, commas, formats, workbooks
from kb.downloads.commas import harmless
from kb.downloads.offer import Offer
from kb.downloads.sheets import FORMULA
from kb.records.knowledge import KnowledgeBase, published
from kb.records.schema import KINDS
from kb.records.sections import FOLDERS
from kb.words.language import LANGUAGES, Words

GUIDE, NNO = "nno/resources/guide.yml", "nno/network.yml"
TERMS = """\
- id: torture
  name: {ka: წამება, en: torture}
  group: rights
  basis: standard-usage
"""


@pytest.fixture
def tables(offer):
    """Every table of the tree: file name → content."""

    def make(language="ka"):
        made = offer(language)
        return {file.name: file.content() for form in (commas, workbooks) for file in form.files(made)}

    return make


@pytest.fixture
def data(offer):
    """Every file of the api: name → content."""
    return lambda: {file.name: file.content() for file in api.files(offer())}


def everything(offers):
    """All downloads of both languages: name from the root of the site → content, in their order."""
    made = [file for offer in offers for file in formats.files(offer, once=False)]
    return [(file.name, file.content()) for file in [*formats.files(offers[0], once=True), *made]]


@pytest.fixture
def all_of_it(offer):
    """All downloads of the tree."""
    return lambda: everything([offer(language) for language in LANGUAGES])


def rows_of_csv(raw):
    """A CSV file as Excel reads it: UTF-8 by its mark."""
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def rows_of_xlsx(raw):
    """The cells of a workbook, as a program that is not ours reads them."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_of_every_list_say_the_same(tree, tables, language):
    """Each list is there twice, with its head and a row a record, none of them cut."""
    tree.write("_office/glossary.yml", TERMS)
    found = tables(language)
    assert len(found) == 20
    for name in [name.removesuffix(".csv") for name in found if name.endswith(".csv")]:
        plain = rows_of_csv(found[f"{name}.csv"])
        book = [["" if cell.value is None else str(cell.value) for cell in row] for row in rows_of_xlsx(found[f"{name}.xlsx"])]
        assert len(plain) > 1
        assert [[cell.removeprefix("'") for cell in row] for row in plain] == [
            [cell.removeprefix("'") for cell in row] for row in book
        ]


def test_a_list_has_a_row_for_each_current_record(tree, tables):
    """As many rows as the site's lists have."""
    for number in range(3):
        tree.write(f"nno/resources/more-{number}.yml", (tree.root / GUIDE).read_text("utf-8"))
    tree.write("_office/glossary.yml", TERMS)
    counts = {name: len(rows_of_csv(raw)) - 1 for name, raw in tables().items() if name.endswith(".csv")}
    assert counts == {
        **{f"{name}.csv": 1 for name in ("networks", "events", "opportunities", "agreements", "reporting", "glossary")},
        **{f"{name}.csv": 2 for name in ("contacts", "units", "themes")},
        "resources.csv": 4,
    }


def test_archived_records_and_drafts_are_in_no_table(tree, tables):
    """Tables hold what the lists of the site hold."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    assert len(rows_of_csv(tables()["resources.csv"])) == 1


def test_names_in_both_languages_stand_side_by_side(tables):
    """The reader's own first, Georgian as it went in."""
    ka, en = "ჩრდილოეთის ომბუდსმენთა ქსელი", "Northern Network of Ombudspersons"
    assert rows_of_csv(tables("ka")["networks.csv"])[1][1:3] == [ka, en]
    assert rows_of_csv(tables("en")["networks.csv"])[1][1:3] == [en, ka]


def test_lines_end_as_excel_wants_them(tables):
    """CSV ends its lines with CR LF (RFC 4180)."""
    raw = tables()["themes.csv"]
    assert raw.count(b"\r\n") == raw.count(b"\n") == 3


def test_a_deadline_is_in_tbilisi_time_and_sorts(tables):
    """The end of 1 December in Vienna is 2 December in Tbilisi."""
    assert "2026-12-02 02:59" in rows_of_csv(tables()["opportunities.csv"])[1]


@given(st.text(), st.sampled_from([*FORMULA, *(f" {sign}" for sign in FORMULA)]))
def test_no_text_of_a_cell_begins_as_a_formula_does(text, sign):
    """What a spreadsheet would run is told apart; what it would not is left as it is."""
    assert not harmless(sign + text).startswith(FORMULA)
    assert harmless("ა" + text) == "ა" + text


@pytest.mark.parametrize("evil", ["=HYPERLINK(A1)", "+1-1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1"])
def test_a_formula_in_a_record_is_text_in_both_forms(tree, tables, evil):
    """A title that is a formula does nothing in a spreadsheet."""
    tree.edit(GUIDE, "en: Guide", f'en: "{evil}"')
    found = tables()
    assert rows_of_csv(found["resources.csv"])[1][1] == f"'{evil}"
    cell = rows_of_xlsx(found["resources.xlsx"])[1][1]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)


def test_a_telephone_number_is_no_sum(tables):
    """+43 1 234 56 78 is neither computed nor shortened."""
    found = tables()
    assert rows_of_csv(found["contacts.csv"])[1][4] == "'+43 1 234 56 78"
    assert rows_of_xlsx(found["contacts.xlsx"])[1][4].data_type == "s"


def test_a_workbook_has_a_head_a_filter_and_links(tree, tables):
    """What a person does first with a list works at once; somebody else's copy is not linked."""
    copy = (
        (tree.root / GUIDE)
        .read_text("utf-8")
        .replace("url: https://www.no.example/guide", "url: https://x.org/copy\nofficial: false")
    )
    tree.write("nno/resources/copy.yml", copy)
    page = openpyxl.load_workbook(io.BytesIO(tables()["resources.xlsx"])).active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(page.max_column)}3"
    links = [cell.hyperlink.target for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["https://www.no.example/guide"]


def test_a_workbook_holds_nothing_that_runs_or_loads(tables):
    """No macro, no formula, no external data, and no hour at which it was made."""
    for raw in (raw for name, raw in tables().items() if name.endswith(".xlsx")):
        parts = zipfile.ZipFile(io.BytesIO(raw))
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [part for part in parts.namelist() if "vba" in part or "externalLinks" in part]
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_an_empty_list_is_a_head_alone(tables):
    """A base without a glossary has a table of terms with no rows, not a broken file."""
    found = tables()
    assert len(rows_of_csv(found["glossary.csv"])) == 1
    assert len(rows_of_xlsx(found["glossary.xlsx"])) == 1


# --- the api


def test_every_record_of_the_api_is_right_by_its_schema_of_the_model(tree, data):
    """What another program reads is what the model wrote, and reads back as the same record."""
    kb, _ = tree.load()
    found = {name: json.loads(raw) for name, raw in data().items()}
    for kind, model in KINDS.items():
        rows = found[f"{FOLDERS[kind]}.json"]["data"]
        assert rows.keys() == {entry.id for entry in published(kb.of_kind(kind))} != set()
        for name, row in rows.items():
            assert model.model_validate_json(json.dumps(row["record"])) == kb.of_kind(kind)[name].record


def test_the_index_names_every_file_and_its_schema(data):
    """Nothing is there that the index does not tell of, and nothing is told of that is not there."""
    found = data()
    index = json.loads(found["index.json"])
    named = {part for row in index["files"] for part in (row["file"], row["schema"])} | {"index.json"}
    assert named == found.keys()
    assert {row["file"]: row["count"] for row in index["files"]} == {
        row["file"]: len(json.loads(found[row["file"]])["data"]) for row in index["files"]
    }


def test_drafts_are_not_in_the_api(tree, data):
    """What is not on the site is not beside it."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    assert json.loads(data()["resources.json"])["data"] == {}


# --- all of it


def test_all_files_have_names_of_their_own_and_the_same_bytes_each_time(all_of_it):
    """Two builds of the same records differ in nothing."""
    once, again = all_of_it(), all_of_it()
    assert once == again
    assert len({name for name, _ in once}) == len(once)
    assert {name.split("/")[0] for name, _ in once} == {"api", "feeds", "calendars", "contacts", "briefs", "tables", "en"}


def test_the_downloads_of_a_language_stand_below_its_root(offer):
    """The same names under en/, but for the api, which is there once."""
    georgian, english = ({file.name for file in formats.files(offer(one), once=False)} for one in LANGUAGES)
    assert {f"en/{name}" for name in georgian} == english
    assert all(file.name.startswith("api/") for file in formats.files(offer("en"), once=True))


def test_names_of_files_are_plain(all_of_it):
    """Small Latin letters, digits, hyphens: they go into addresses as they are."""
    assert {letter for name, _ in all_of_it() for letter in name} <= set("abcdefghijklmnopqrstuvwxyz0123456789-./")


def test_a_base_of_nothing_has_its_files(project, today, stationery):
    """An empty tree breaks no download."""
    offers = [Offer(KnowledgeBase(), Words(language), today, stationery, project / "overrides") for language in LANGUAGES]
    assert dict(everything(offers))["calendars/all.ics"].startswith(b"BEGIN:VCALENDAR")


def test_nothing_is_made_before_it_is_asked_for(offer, monkeypatch):
    """The preview names all files and makes one."""
    monkeypatch.setattr(workbooks, "Workbook", None)
    names = {file.name: file for file in formats.files(offer(), once=False)}
    assert names["tables/themes.csv"].content()
    with pytest.raises(TypeError):
        names["tables/themes.xlsx"].content()


LIBRARIES = ("docx", "docxtpl", "icalendar", "jinja2", "vobject", "xlsxwriter")


def test_a_check_of_records_waits_for_no_library_of_downloads(tree: object, tmp_path: Path) -> None:
    """Whoever asks whether a record is right needs no workbooks."""
    program = (
        f"import sys\nfrom kb.cli import app\ntry:\n    app(['check'])\nfinally:\n    print(*{LIBRARIES} & sys.modules.keys())"
    )
    program = program.replace(f"{LIBRARIES}", f"set({LIBRARIES})")
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == ""
