"""Whatever a file holds, reading it ends in a record or in problems that an editor can find."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb.records.model
import kb.records.values
from kb.records.checking.problem import shown
from kb.records.reading import LISTS, Reader, placed
from kb.records.schema import KINDS
from kb.records.values import ADDRESS, PartialDate, Url, Zone
from kb.upkeep.freshness import months_later
from trees import OFFICE

pytestmark = pytest.mark.slow

MODELS = KINDS | LISTS
FILES = [
    "nno/network.yml",
    "nno/resources/guide.yml",
    "nno/events/2026-09-assembly.yml",
    "nno/opportunities/grant.yml",
    "_office/agreements/ankara.yml",
    "_office/reporting/cat.yml",
    "_office/themes.yml",
    "_office/units.yml",
    "_office/office.yml",
]
MANUAL = """\
title: {en: Manual}
type: manual
url: https://www.no.example/
languages: [en]
themes: [custody]
summary: {en: What it is.}
"""
# Three states of files that refer to one another: what one says, another may find missing, taken or ahead of its day.
EDITS = {
    "_office/themes.yml": [("id: custody", "id: jails"), ("id: juvenile", "id: [juvenile]"), ("id: custody", "id: custody")],
    "_office/units.yml": [("id: nvd", "id: mechanism"), ("kind: division", "kind: divisio"), ("[custody]", "[juvenile]")],
    "nno/network.yml": [
        ("kind: ombudsman", "kind ombudsman"),
        ("scope:", "former_ids: [old]\nscope:"),
        ("[juvenile]", "[jails]"),
    ],
    "nno/resources/guide.yml": [("year:", "former_ids: [old]\nyear:"), ("handbook", "x"), ("2026-10-02", "2027-01-01")],
    "nno/resources/manual.yml": [MANUAL, f"{MANUAL}former_ids: [old, guide]\n", f"{MANUAL}replaced_by: nno/guide\n"],
    "nno/events/2026-09-assembly.yml": [("[nno]", "[old]"), ("[international-exchanges]", "[nvd]"), ("[juvenile]", "[jails]")],
}
PARTS = [one for room in (kb.records.model, kb.records.values) for one in vars(room).values() if hasattr(one, "model_fields")]
NAMES = sorted({name for part in PARTS for name in part.model_fields})
SIGNS = [
    ": ", ":", "- ", "? ", "\n", "\r\n", "\r", "  ", "\t", '"', "'", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!", "! ", "|\n",
    ">\n", "%", "@", "<<: ", "---\n", "...\n", "~", "no", "true", "2024", "2026-02-30", "\0", "\u200b", "\u202e", "\ufeff", "ა",
    "Ა", "\\", r'"\u200b"', "\u0430", "😀",
]  # fmt: skip

scraps = st.lists(st.sampled_from(SIGNS) | st.sampled_from(NAMES) | st.text(max_size=8), max_size=40).map("".join)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.sampled_from([*NAMES, "2024-10-08", "https://a.org/"])
    | st.text(max_size=20)
)
fields = st.sampled_from(NAMES) | st.text(max_size=8)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(fields, inner, max_size=6), max_leaves=20
)


@st.composite
def mutated(draw, raw):
    """Bytes with some of them changed, put in, taken out or doubled."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 60)))
        new = draw(st.binary(max_size=6) | st.sampled_from(SIGNS).map(str.encode) | st.just(raw[start:end] * 2) | st.just(b""))
        raw = raw[:start] + new + raw[end:]
    return raw


@pytest.fixture(scope="module")
def record():
    """A way to draw one of the records in which every field of every kind is filled: its path and its bytes."""
    paths = sorted(path.relative_to(OFFICE).as_posix() for path in OFFICE.rglob("*.yml"))
    return st.sampled_from(paths).map(lambda path: (path, (OFFICE / path).read_bytes()))


@pytest.fixture(scope="module")
def standing(plant, tmp_path_factory):
    """One tree for all the examples of a test, each of which puts its file back."""
    return plant(tmp_path_factory.mktemp("standing") / "networks")


@given(raw=st.binary(max_size=300), kind=st.sampled_from(list(MODELS.values())))
def test_any_bytes_are_a_record_or_problems(read, raw, kind):
    """Arbitrary bytes never raise."""
    read(raw, kind)


@given(text=st.text(max_size=300), kind=st.sampled_from(list(MODELS.values())))
def test_any_text_is_a_record_or_problems(read, text, kind):
    """Arbitrary text never raises."""
    read(text.encode("utf-8", "surrogatepass"), kind)


@given(text=scraps, kind=st.sampled_from(list(MODELS.values())))
def test_any_scraps_of_yaml_are_a_record_or_problems(read, text, kind):
    """The signs of YAML in any order never raise."""
    read(text.encode("utf-8", "surrogatepass"), kind)


@given(value=values, kind=st.sampled_from(list(MODELS.values())))
def test_any_values_are_a_record_or_problems(read, value, kind):
    """Values of any shape, well written, never raise."""
    read(json.dumps(value, indent=1).encode(), kind)


@given(data=st.data())
def test_a_record_with_an_accident_is_a_record_or_problems(read, record, data):
    """A full record with some bytes changed never raises."""
    path, raw = data.draw(record)
    place = placed(path)
    read(data.draw(mutated(raw)), place.model)


@given(data=st.data(), path=st.sampled_from(FILES))
def test_a_tree_with_any_file_in_it_can_be_read(standing, tell, today, data, path):
    """The reader gets through a tree in which one file is anything at all, and places every problem in its file."""
    text = st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    scrap = scraps.map(lambda text: text.encode("utf-8", "surrogatepass"))
    dumped = values.map(lambda value: json.dumps(value, indent=1).encode())
    with standing.changed(path, data.draw(st.binary(max_size=200) | text | scrap | dumped)):
        _, problems = Reader(standing.root, today).read()
        for file in {p.path for p in problems}:
            tell([p for p in problems if p.path == file], (standing.root / file).read_bytes())


@given(data=st.data(), path=st.sampled_from([path for path in FILES if path != "_office/office.yml"]))
def test_a_tree_with_an_accident_can_be_read(standing, tell, today, data, path):
    """The reader gets through a tree in which some bytes of one file are changed."""
    with standing.changed(path, data.draw(mutated((standing.root / path).read_bytes()))):
        _, problems = Reader(standing.root, today).read()
        for file in {p.path for p in problems}:
            tell([p for p in problems if p.path == file], (standing.root / file).read_bytes())


@given(edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from([0, 1, 2, "gone"])), max_size=6))
def test_a_tree_read_file_by_file_is_the_tree_read_anew(plant, today, edits):
    """After any edits and losses, reading the edited files alone gives the records and problems of a fresh reading."""
    with TemporaryDirectory() as folder:
        tree = plant(Path(folder) / "networks")
        reader = Reader(tree.root, today)
        reader.read()
        for path, choice in edits:
            tree.restore(path)
            if choice == "gone":
                (tree.root / path).unlink(missing_ok=True)
                reader.forget(path)
            else:
                tree.change(path, EDITS[path][choice])
                reader.read_file(placed(path))
            (kb_now, problems_now), (kb_anew, problems_anew) = reader.assembled([]), tree.load()
            assert problems_now == problems_anew
            assert [(e.id, e.record) for e in kb_now.entries()] == [(e.id, e.record) for e in kb_anew.entries()]


@given(
    name=st.lists(st.text(max_size=12) | st.sampled_from(["nno", "_office", "resources", "events", "x.yml", ".."]), max_size=5)
)
def test_any_path_is_a_place_or_a_problem(name):
    """Whatever a file is called, it is a place with an id or one problem that can be printed."""
    found = placed("/".join(name))
    assert hasattr(found, "id") or found.path.isprintable()


@given(text=st.text(max_size=40))
def test_any_text_can_be_shown(text):
    """What is shown of a value has no letter that a terminal would obey."""
    assert shown(text).isprintable()


@given(text=st.text(max_size=40) | st.from_regex(r"[A-Za-z_./+-]{0,30}", fullmatch=True))
def test_any_zone_is_known_or_refused(verdict, text):
    """No name of a zone raises anything but its refusal."""
    assert verdict(Zone, text) in {"", "zone"}


@given(text=st.text(max_size=12))
def test_any_date_that_is_taken_is_in_the_calendar(verdict, text):
    """What passes for a partial date, filled up to a day, is a day."""
    assert verdict(PartialDate, text) != "" or date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


@given(year=st.integers(0, 9999), month=st.integers(0, 99), day=st.integers(0, 99))
def test_a_date_is_taken_when_the_calendar_has_it(verdict, year, month, day):
    """The form of a date is not enough: the calendar decides, and no record is of another age."""
    try:
        expected = str(date(year, month, day) and "")
    except ValueError:
        expected = "date_impossible"
    if not 1800 <= year <= 2100:
        expected = "date_years"
    assert verdict(PartialDate, f"{year:04}-{month:02}-{day:02}") == expected


@given(text=st.from_regex(ADDRESS, fullmatch=True) | st.text(max_size=30).map("https://{}.org/".format))
def test_any_address_that_is_taken_can_be_taken_apart(verdict, text):
    """What passes for an address has a host for everyone who reads it later."""
    assert verdict(Url, text) != "" or urlsplit(text).hostname


@given(day=st.dates(date(1990, 1, 1), date(2990, 1, 1)), months=st.integers(0, 120))
def test_some_months_later_is_that_month(day, months):
    """The day some months on lies in the right month, and never on a later day of it."""
    later = months_later(day, months)
    assert (later.year * 12 + later.month - day.year * 12 - day.month, later.day <= day.day) == (months, True)
