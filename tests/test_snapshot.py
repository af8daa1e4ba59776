"""A snapshot holds everything, is written once and can be read for ever."""

import json
from pathlib import Path

import pytest

from kb.history import closing
from kb.history.snapshot import UPGRADES, VERSION, Beside, Unreadable, plain, read, take, things, written
from kb.words.quarters import parse

Q4, Q1 = parse("2026-Q4"), parse("2027-Q1")
FROZEN = Path(__file__).parent / "snapshots"


@pytest.fixture
def taken(tree, today):
    """The small tree at the end of a quarter."""
    return take(tree.load()[0], Q4, today)


def test_every_record_and_every_item_of_the_lists_is_in_it(office, today):
    """Nothing of the base is left out."""
    kb = office
    lists = len(kb.themes) + len(kb.units) + len(kb.bodies) + len(kb.glossary) + len(kb.days) + len(kb.gaps)
    assert len(take(kb, Q4, today).things) == len(kb.entries()) + lists + 1


def test_every_word_of_the_real_records_is_in_it(office):
    """A record comes back out of its plain data as it was."""
    for entry in office.entries():
        assert type(entry.record).model_validate_json(json.dumps(plain(entry.record))) == entry.record


def test_drafts_and_archived_records_are_in_it(tree):
    """A snapshot is complete; what readers see is decided later."""
    tree.edit("nno/resources/guide.yml", "year: 2024", "year: 2024\nstatus: draft")
    assert things(tree.load()[0])["resource:nno/guide"]["status"] == "draft"


def test_what_is_written_reads_back_the_same(taken):
    """Reading is the other way of writing."""
    assert read(written(taken)) == taken


def test_the_same_records_give_the_same_bytes(tree, taken, today):
    """Nothing but the records and the day decides the file."""
    assert written(take(tree.load()[0], Q4, today)) == written(taken)


def test_the_file_is_sorted_and_holds_georgian_as_it_is(taken):
    """A person can compare two of them."""
    text = written(taken).decode()
    assert list(json.loads(text)["records"]) == sorted(taken.things)
    assert "ჩრდილოეთის ომბუდსმენთა ქსელი" in text


def test_dead_links_are_kept_once_and_sorted(tree, today):
    """The links that were dead belong to the quarter."""
    kb, _ = tree.load()
    assert take(kb, Q4, today, Beside(("https://b.org/", "https://a.org/", "https://b.org/"))).dead_links == (
        "https://a.org/",
        "https://b.org/",
    )


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b'{"version": 1}', b'{"version": "1"}', b"\xff\xfe", b'{"version": 0}', b'{"version": true}'],
)
def test_what_is_no_snapshot_is_refused_in_words(raw):
    """A file that is cut off or something else is not taken for an empty quarter."""
    with pytest.raises(Unreadable):
        read(raw)


def test_a_snapshot_of_a_newer_program_is_refused(taken):
    """An old program does not guess what a newer one wrote."""
    data = json.loads(written(taken))
    data["version"] = VERSION + 1
    with pytest.raises(Unreadable, match="is not one of 1 to"):
        read(json.dumps(data).encode())


def test_every_version_has_its_upgrade():
    """From the first version there is a way to today's."""
    assert list(UPGRADES) == list(range(1, VERSION))


@pytest.mark.parametrize("path", sorted(FROZEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_frozen_file_of_each_version_still_loads(path):
    """Files that earlier versions wrote are read as today's; they are kept as they were."""
    found = read(path.read_bytes())
    assert found.quarter == Q4
    assert found.things["network:nno"]["acronym"] == {"ka": "NNO", "en": "NNO"}
    assert read(written(found)) == found


def test_there_is_a_frozen_file_of_every_version():
    """Each version of the file that was ever written is held by a test."""
    versions = {json.loads(path.read_bytes())["version"] for path in FROZEN.glob("*.json")}
    assert versions == set(range(1, VERSION + 1))


# --- the folder


def test_a_quarter_is_written_once(tree, taken, today):
    """Closing it again changes no byte, even when the records have changed since."""
    closing.close(tree.root, taken)
    before = closing.file_of(tree.root, Q4).read_bytes()
    tree.edit("nno/resources/guide.yml", "year: 2024", "year: 2025")
    standing, written_now = closing.close(tree.root, take(tree.load()[0], Q4, today))
    assert (standing, written_now) == (taken, False)
    assert closing.file_of(tree.root, Q4).read_bytes() == before


def test_a_quarter_is_reopened_with_a_reason_that_stays_in_it(tree, taken, today):
    """Who reads the file sees that and why it was written anew."""
    closing.close(tree.root, taken)
    tree.edit("nno/resources/guide.yml", "year: 2024", "year: 2025")
    again, written_now = closing.close(tree.root, take(tree.load()[0], Q4, today), "a wrong year")
    assert written_now
    assert closing.load(tree.root, Q4) == again
    assert again.things["resource:nno/guide"]["year"] == 2025
    assert again.reopened == ({"on": "2026-11-22", "reason": "a wrong year"},)


def test_what_was_never_closed_cannot_be_reopened(tree, taken):
    """A reason without a snapshot is a slip."""
    with pytest.raises(closing.NotReopened, match="was not closed"):
        closing.close(tree.root, taken, "why not")


def test_a_quarter_before_a_closed_one_stays_as_it_is(tree, taken, today):
    """The next quarter's changes were told from it."""
    closing.close(tree.root, taken)
    closing.close(tree.root, take(tree.load()[0], Q1, today))
    with pytest.raises(closing.NotReopened, match="2027-Q1 is closed already"):
        closing.close(tree.root, taken, "too late")


def test_a_quarter_that_was_forgotten_cannot_be_put_before_a_closed_one(tree, taken, today):
    """The later bulletin told its changes from another state; it must read the same for ever."""
    closing.close(tree.root, take(tree.load()[0], Q1, today))
    with pytest.raises(closing.NotReopened, match="2027-Q1 is closed already"):
        closing.close(tree.root, taken)
    assert closing.closed(tree.root) == [Q1]


def test_the_last_snapshot_before_a_quarter_is_found_over_a_gap(tree, today):
    """A quarter that nobody closed does not stop the next."""
    kb, _ = tree.load()
    for name in ("2025-Q4", "2026-Q2", "2026-Q4"):
        closing.close(tree.root, take(kb, parse(name), today))
    assert closing.latest(tree.root, Q4).quarter == parse("2026-Q2")
    assert closing.latest(tree.root).quarter == Q4
    assert closing.latest(tree.root, parse("2025-Q4")) is None


def test_other_files_in_the_folder_are_no_quarters(tree, taken):
    """A leftover or a note beside the snapshots is not read."""
    closing.close(tree.root, taken)
    (tree.root / "_quarters" / "2026-Q9.json").write_text("{}")
    (tree.root / "_quarters" / ".2026-Q3.json.new").write_text("{")
    assert closing.closed(tree.root) == [Q4]


def test_snapshots_are_no_records(tree, taken):
    """The reader of the records passes them by."""
    before = tree.load()
    closing.close(tree.root, taken)
    assert tree.load()[1] == before[1] == []


# --- the mark of a correction


def test_a_correction_of_a_part_is_right(tree, problems):
    """A correction may name a field of a part."""
    tree.edit(
        "nno/resources/guide.yml",
        "  every: year",
        "  every: year\n  no_change_of_meaning: [{on: 2026-11-05, fields: [title.ka, url]}]",
    )
    assert problems() == []
