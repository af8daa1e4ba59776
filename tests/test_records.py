"""The reader of the tree: what a path says, what is read, what is known of it afterwards."""

import pytest

from kb.records.checking.problem import Problem
from kb.records.knowledge import current, published
from kb.records.reading import Reader, load, placed

GUIDE = "nno/resources/guide.yml"
MANUAL = """\
title: {en: Manual}
type: manual
url: https://www.no.example/manual
languages: [en]
themes: [custody]
summary: {en: What it is.}
"""
PLACES = {
    "nno/network.yml": ("network", "nno"),
    "nno/resources/guide.yml": ("resource", "nno/guide"),
    "osce-odihr/events/2026-assembly.yml": ("event", "osce-odihr/2026-assembly"),
    "nno/events/2026-09-assembly-2.yml": ("event", "nno/2026-09-assembly-2"),
    "nno/opportunities/grant.yml": ("opportunity", "nno/grant"),
    "_office/agreements/ankara.yml": ("agreement", "ankara"),
    "_office/reporting/cat.yml": ("reporting", "cat"),
    "_office/events/2026-09-visit.yml": ("event", "office/2026-09-visit"),
    "_office/opportunities/grant.yml": ("opportunity", "office/grant"),
    "_office/themes.yml": ("list", "themes"),
    "_office/units.yml": ("list", "units"),
    "_office/bodies.yml": ("list", "bodies"),
    "_office/glossary.yml": ("list", "glossary"),
    "_office/days.yml": ("list", "days"),
    "_office/gaps.yml": ("list", "gaps"),
    "_office/office.yml": ("list", "office"),
    "nno/resources/index.yml": ("resource", "nno/index"),
    "office-x/network.yml": ("network", "office-x"),
}
MISPLACED = {
    "network.yml": "file_place",
    "nno/themes.yml": "file_place",
    "nno/agreements/ankara.yml": "file_place",
    "_office/network.yml": "file_place",
    "_office/_office/themes.yml": "file_place",
    "nno/_office/x.yml": "file_place",
    "nno/resources": "file_place",
    "nno/resources/guide": "file_ending",
    "nno/resources/guide.md": "file_ending",
    "nno/resources/guide.yml.bak": "file_ending",
    "nno/resources/a/b/c/d.yml": "file_place",
    "nno/resources/guide.YAML": "file_ending",
    "nno/resources/guide.Yml": "file_ending",
    "nno/resources/guide.pdf.yml": "file_name",
    "nno/resources/.yml": "file_name",
    "../nno/network.yml": "file_name",
    "nno/../resources/guide.yml": "file_name",
    "nno/resources/guide .yml": "file_name",
    "_fetched/nno.yml": "file_place",
    "nno/events/26-09-assembly.yml": "event_name",
    "nno/events/2026.yml": "event_name",
    "index/network.yml": "reserved",
    "_office/reporting/index.yml": "reserved",
    "office/network.yml": "reserved",
}


@pytest.mark.parametrize("path", PLACES)
def test_a_path_says_what_is_in_the_file(path):
    """The kind and the id of a record come from its path alone."""
    place = placed(path)
    assert (place.kind, place.id) == PLACES[path]


@pytest.mark.parametrize("path", MISPLACED)
def test_a_wrong_path_is_a_problem(path):
    """A path at which no record may stand says why."""
    problem = placed(path)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.field, problem.code) == (1, "", MISPLACED[path])


def test_every_record_of_the_tree_is_read(tree):
    """Each file of the tree is a record or a list of the knowledge base."""
    kb, _ = tree.load()
    assert [(e.kind, e.id, e.path) for e in kb.entries()] == [
        ("network", "nno", "nno/network.yml"),
        ("resource", "nno/guide", GUIDE),
        ("event", "nno/2026-09-assembly", "nno/events/2026-09-assembly.yml"),
        ("opportunity", "nno/grant", "nno/opportunities/grant.yml"),
        ("agreement", "ankara", "_office/agreements/ankara.yml"),
        ("reporting", "cat", "_office/reporting/cat.yml"),
    ]


def test_lists_are_known_by_their_ids(tree):
    """Themes and units are found by their ids, in the order in which they stand."""
    kb, _ = tree.load()
    assert (list(kb.themes), list(kb.units)) == (["juvenile", "custody"], ["international-exchanges", "nvd"])


def test_a_wrong_record_is_left_out(tree):
    """A record with a problem in it is not in the knowledge base; the others are."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    kb, _ = tree.load()
    assert (len(kb.resources), len(kb.entries())) == (0, 5)


def test_a_folder_that_is_not_there_has_no_records(tmp_path, today):
    """A tree that does not exist is empty and has no problem."""
    kb, problems = load(tmp_path / "nowhere", today)
    assert (kb.entries(), problems) == ((), [])


def test_an_empty_folder_has_no_records(tmp_path, today):
    """A tree without files is empty and has no problem."""
    kb, problems = load(tmp_path, today)
    assert (kb.entries(), problems) == ((), [])


def test_reading_twice_gives_the_same(tree):
    """The same files give the same problems in the same order."""
    tree.edit(GUIDE, "[juvenile, custody]", "[juvenle, custod]")
    assert tree.problems() == tree.problems()


def test_problems_stand_in_the_order_of_files_and_lines(tree):
    """Problems are sorted by file and line, whatever finds them."""
    tree.write("README.md", "")
    tree.edit(GUIDE, "[juvenile, custody]", "[juvenle, custod]")
    tree.edit("_office/units.yml", "themes: [juvenile]", "themes: [juvenle]")
    tree.edit("nno/network.yml", "months: [5]", "months: [0]")
    found = [(p.path, p.line) for p in tree.problems()]
    assert found == [("README.md", 1), ("_office/units.yml", 6), ("nno/network.yml", 29), (GUIDE, 8), (GUIDE, 8)]


def test_a_mended_file_is_read_alone(tree, today):
    """After one file is read anew its problem is gone, though no other file was read."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    reader = Reader(tree.root, today)
    reader.read()
    tree.restore(GUIDE)
    reader.read_file(placed(GUIDE))
    kb, problems = reader.assembled([])
    assert (list(kb.resources), problems) == (["nno/guide"], [])


def test_a_file_broken_later_loses_its_record(tree, today):
    """A file that is read anew and is wrong takes its record out."""
    reader = Reader(tree.root, today)
    reader.read()
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    reader.read_file(placed(GUIDE))
    kb, problems = reader.assembled([])
    assert (list(kb.resources), [p.code for p in problems]) == ([], ["choice"])


def test_a_file_that_is_gone_is_forgotten(tree, today):
    """A forgotten file has neither a record nor a problem."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    reader = Reader(tree.root, today)
    reader.read()
    reader.forget(GUIDE)
    kb, problems = reader.assembled([])
    assert (list(kb.resources), problems) == ([], [])


def test_a_file_that_disappears_while_it_is_read_is_a_problem(tree, today):
    """A file that is gone between the list of files and the reading is told, not raised."""
    reader = Reader(tree.root, today)
    (tree.root / GUIDE).unlink()
    reader.read_file(placed(GUIDE))
    _, problems = reader.assembled([])
    assert (GUIDE, 1, "unreadable") in [(p.path, p.line, p.code) for p in problems]


def test_what_robots_write_is_not_read_as_records(tree):
    """Files below _fetched and _quarters are none of this reader's business, unless a person put a record there."""
    tree.write("_fetched/broken.txt", "a: [")
    tree.write("_quarters/2026/deep/broken.json", "a: [")
    assert tree.problems() == []


def test_hidden_folders_are_not_read(tree):
    """A folder whose name begins with a dot is passed over."""
    tree.write(".cache/broken.yml", "a: [")
    assert tree.problems() == []


def test_a_draft_is_read_and_not_published(tree):
    """A draft is in the knowledge base, and not among what has a page."""
    tree.edit(GUIDE, "year: 2024", "status: draft")
    kb, _ = tree.load()
    assert (list(kb.resources), published(kb.resources)) == (["nno/guide"], [])


def test_an_archived_record_keeps_its_page_and_leaves_the_lists(tree):
    """What is archived has a page and stands in no list."""
    tree.edit(GUIDE, "year: 2024", "status: archived\narchived: {on: 2026-10-01, reason: {en: Old}}")
    kb, _ = tree.load()
    assert (len(published(kb.resources)), current(kb.resources), kb.resources_by_theme) == (1, [], {})


def test_a_record_is_found_by_its_earlier_id(tree):
    """An earlier id leads to the record of today."""
    tree.edit(GUIDE, "year: 2024", "former_ids: [old-guide]")
    kb, _ = tree.load()
    assert kb.former_ids["resource:nno/old-guide"].id == "nno/guide"


def test_what_stands_below_a_renamed_network_is_found_by_its_earlier_address(tree):
    """The earlier id of a network leads to its records too."""
    tree.edit("nno/network.yml", "kind: ombudsman", "former_ids: [old]\nkind: ombudsman")
    kb, _ = tree.load()
    assert {old: entry.id for old, entry in kb.former_ids.items()} == {
        "network:old": "nno",
        "resource:old/guide": "nno/guide",
        "event:old/2026-09-assembly": "nno/2026-09-assembly",
        "opportunity:old/grant": "nno/grant",
    }


def test_records_are_found_by_theme(tree):
    """A theme leads to the records that name it."""
    kb, _ = tree.load()
    custody = [index["custody"][0].id for index in (kb.resources_by_theme, kb.opportunities_by_theme, kb.reporting_by_theme)]
    assert custody == ["nno/guide", "nno/grant", "cat"]


def test_an_event_is_found_by_each_network_that_it_names(tree):
    """An event of our own folder is an event of the networks that it names."""
    tree.write("_office/events/2026-visit.yml", "title: {en: Visit}\nkind: mission\nnetworks: [nno]\n")
    kb, _ = tree.load()
    assert sorted(e.id for e in kb.events_by_network["nno"]) == ["nno/2026-09-assembly", "office/2026-visit"]


def test_an_event_that_names_its_own_network_is_found_once(tree):
    """An event that names the network in whose folder it stands is listed there once."""
    kb, _ = tree.load()
    assert [e.id for e in kb.events_by_network["nno"]] == ["nno/2026-09-assembly"]


def test_a_record_with_one_mistake_has_its_references_checked_too(tree):
    """All problems come at once: a wrong year does not hide an unknown theme in the same file."""
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, text.replace("year: 2024", 'year: "2024"').replace("[juvenile, custody]", "[juvenile, custod]"))
    found = [(p.line, p.code, p.context.get("nearest", "")) for p in tree.problems()]
    assert found == [(7, "type_number", ""), (8, "unknown_theme", "custody")]


def test_a_wrong_reference_is_said_once(tree):
    """A theme that is no slug at all is an unknown theme, and not a wrong name as well."""
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, text.replace("[juvenile, custody]", "[Children]"))
    assert [(p.field, p.code) for p in tree.problems()] == [("themes.0", "unknown_theme")]
