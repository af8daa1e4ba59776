"""Confirming, archiving and renaming: what is written, what is refused, and that a refusal leaves every file as it was."""

import json

import pytest

GUIDE = "networks/ioi/resources/guide.yml"
GRANT = "networks/ioi/opportunities/grant.yml"
PAGE = "https://www.theioi.org/guide"
NPM = ("--by", "npm")


@pytest.fixture(autouse=True)
def nobody_is_a_robot(monkeypatch):
    """The tests play a person, also where they run in CI."""
    for name in ("CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kb_command(kb_command):
    """The command on the small tree."""
    return lambda *arguments: kb_command(*arguments, "--records", "networks")


@pytest.fixture
def files(tree):
    """A way to see all files of the tree."""
    return lambda: {path.relative_to(tree.root).as_posix(): path.read_bytes() for path in tree.root.rglob("*") if path.is_file()}


@pytest.fixture
def page_changed(tree):
    """A way to say that the guide's page changed on a day."""

    def change(on, url=PAGE, what="page"):
        row = {"network": "ioi", "what": what, "url": url, "state": "ok", "last_try": on, "change": {"on": on, "after": "new"}}
        tree.write("_fetched/sources.json", json.dumps({"ioi/guide": row}))

    return change


def test_a_confirmed_record_says_when_and_by_whom(tree, kb_command):
    """kb confirm sets the day and the unit, and changes no other line."""
    before = (tree.root / "ioi/resources/guide.yml").read_text("utf-8")
    result = kb_command("confirm", GUIDE, *NPM)
    after = before.replace("2026-10-02", "2026-11-22").replace("confirmed_by: international-relations", "confirmed_by: npm")
    assert (result.exit_code, (tree.root / "ioi/resources/guide.yml").read_text("utf-8")) == (0, after)


def test_a_record_without_a_review_gets_one(tree, kb_command):
    """A record that nobody confirmed before says it at its end."""
    kb_command("confirm", GRANT, *NPM)
    end = "review:\n  confirmed_on: 2026-11-22\n  confirmed_by: npm\n"
    assert (tree.root / "ioi/opportunities/grant.yml").read_text("utf-8").endswith(end)


def test_several_records_are_confirmed_at_once(tree, kb_command):
    """Each path that is named is confirmed, and each is told."""
    result = kb_command("confirm", GUIDE, GRANT, *NPM)
    assert result.stdout == f"შეიცვალა: {GUIDE}\nშეიცვალა: {GRANT}\n"
    assert tree.problems() == []


def test_a_path_may_be_named_from_the_tree(tree, kb_command):
    """networks/ioi/… and ioi/… mean the same file."""
    assert kb_command("confirm", "ioi/resources/guide.yml", *NPM).exit_code == 0


def test_confirming_twice_changes_nothing(kb_command, files):
    """The second time there is nothing to change."""
    kb_command("confirm", GUIDE, *NPM)
    before = files()
    result = kb_command("confirm", GUIDE, *NPM, "--lang", "en")
    assert (result.stdout, files()) == ("nothing to change\n", before)


def test_a_correction_of_spelling_is_marked(tree, kb_command):
    """--no-change-of-meaning names the field that no bulletin is to tell."""
    kb_command("confirm", GUIDE, *NPM, "--no-change-of-meaning", "title")
    review = tree.load()[0].resources["ioi/guide"].record.review
    assert [(mark.on, mark.fields) for mark in review.no_change_of_meaning] == [("2026-11-22", ("title",))]


REFUSED = [
    ((GUIDE, "--by", "spaceship"), "there is no such unit"),
    ((GUIDE, *NPM, "--on", "2026-11-23"), "must not be in the future"),
    ((GUIDE, *NPM, "--on", "2026-10-01"), "was confirmed later"),
    ((GUIDE, *NPM, "--no-change-of-meaning", "colour"), "would make a problem"),
    (("networks/_office/units.yml", *NPM), "is no record"),
    (("networks/ioi/resources/nowhere.yml", *NPM), "is no record"),
    (("networks/_fetched/ioi.yml", *NPM), "written by the program"),
    (("../elsewhere.yml", *NPM), "is no record"),
    ((GUIDE, "networks/ioi/resources/nowhere.yml", *NPM), "is no record"),
]


@pytest.mark.parametrize(("arguments", "why"), REFUSED)
def test_a_wrong_confirmation_is_refused_and_writes_nothing(kb_command, files, arguments, why):
    """An unknown unit, a day to come, a list, a robot's file: exit 1, words, and every file as it was."""
    before = files()
    result = kb_command("confirm", *arguments, "--lang", "en")
    assert (result.exit_code, why in result.stderr, files()) == (1, True, before)


@pytest.mark.parametrize("name", ["CI", "GITHUB_ACTIONS"])
def test_a_robot_confirms_nothing(kb_command, files, monkeypatch, name):
    """In an automatic environment the command refuses: only people compare a record with its source."""
    monkeypatch.setenv(name, "true")
    before = files()
    result = kb_command("confirm", GUIDE, *NPM)
    assert (result.exit_code, "მხოლოდ ადამიანი" in result.stderr, files()) == (1, True, before)


@pytest.mark.parametrize("on", ["2026-10-02", "2026-11-20"])
def test_a_record_whose_page_changed_is_not_confirmed_unseen(kb_command, files, page_changed, on):
    """A page that changed on or after the last check must be looked at; the message names it."""
    page_changed(on)
    before = files()
    result = kb_command("confirm", GUIDE, *NPM)
    assert (result.exit_code, PAGE in result.stderr, files()) == (1, True, before)


def test_a_person_who_saw_the_change_may_confirm(kb_command, page_changed):
    """--seen is that person's word."""
    page_changed("2026-11-20")
    assert kb_command("confirm", GUIDE, *NPM, "--seen").exit_code == 0


@pytest.mark.parametrize(
    ("on", "url", "what"), [("2026-10-01", PAGE, "page"), ("2026-11-20", PAGE + "s", "page"), ("2026-11-20", PAGE, "feed")]
)
def test_other_changes_keep_nobody_from_confirming(kb_command, page_changed, on, url, what):
    """A change before the last check, of another page or of a feed is no reason to refuse."""
    page_changed(on, url, what)
    assert kb_command("confirm", GUIDE, *NPM).exit_code == 0


def test_a_network_relies_on_the_pages_it_watches(tree, kb_command, page_changed):
    """A changed page under `watch` must be looked at before the network is confirmed."""
    tree.edit("ioi/network.yml", "standing:", f"watch: [{{url: {PAGE}}}]\nstanding:")
    page_changed("2026-11-20")
    assert kb_command("confirm", "networks/ioi/network.yml", *NPM).exit_code == 1


# --- archiving


def test_an_archived_record_says_when_and_why(tree, kb_command):
    """kb archive sets the status, the day and the reason under its language."""
    before = (tree.root / "ioi/opportunities/grant.yml").read_text("utf-8")
    result = kb_command("archive", GRANT, "--reason", "კონკურსი დასრულდა: 2026")
    end = 'status: archived\narchived:\n  on: 2026-11-22\n  reason:\n    ka: "კონკურსი დასრულდა: 2026"\n'
    assert (result.exit_code, (tree.root / "ioi/opportunities/grant.yml").read_text("utf-8")) == (0, before + end)
    assert tree.problems() == []


@pytest.mark.parametrize("reason", ["", "   ", "a\u200bb", "ა\tბ\u202e"])
def test_archiving_needs_a_reason_that_can_be_read(kb_command, files, reason):
    """An empty reason, and one with characters that nobody sees, is refused."""
    before = files()
    assert (kb_command("archive", GRANT, "--reason", reason).exit_code, files()) == (1, before)


def test_a_record_is_archived_once(kb_command, files):
    """The second time is refused, and the first reason stays."""
    kb_command("archive", GRANT, "--reason", "over")
    before = files()
    assert (kb_command("archive", GRANT, "--reason", "again").exit_code, files()) == (1, before)


# --- renaming


def test_a_renamed_record_keeps_its_old_address(tree, kb_command):
    """The file moves, and the old id is among the former ones, which lead to the new page."""
    result = kb_command("rename", GUIDE, "handbook")
    kb, problems = tree.load()
    assert (result.exit_code, problems, "ioi/guide" in kb.resources) == (0, [], False)
    assert kb.former_ids["resource:ioi/guide"].id == "ioi/handbook"


def test_references_follow_a_renamed_record(tree, kb_command):
    """A record that named the old id names the new one, on the same line."""
    tree.write(
        "ioi/resources/old.yml", (tree.root / "ioi/resources/guide.yml").read_bytes() + b"replaced_by: ioi/guide # newer\n"
    )
    kb_command("rename", GUIDE, "handbook")
    assert "replaced_by: ioi/handbook # newer\n" in (tree.root / "ioi/resources/old.yml").read_text("utf-8")


def test_a_renamed_network_takes_its_folder_along(tree, kb_command):
    """Everything in the folder moves, other records and units name the new id, and old addresses lead on."""
    tree.edit("_office/units.yml", "  themes: [prisons]", "  themes: [prisons]\n  networks: [ioi]")
    assert kb_command("rename", "networks/ioi/network.yml", "i-o-i").exit_code == 0
    kb, problems = tree.load()
    assert (problems, list(kb.networks), (tree.root / "ioi").exists()) == ([], ["i-o-i"], False)
    assert kb.reporting["cat"].record.networks == ("i-o-i",)
    assert kb.units["npm"].networks == ("i-o-i",)
    assert kb.former_ids["event:ioi/2026-09-assembly"].id == "i-o-i/2026-09-assembly"


def test_a_record_may_be_named_back(tree, kb_command):
    """After there and back the file has its name, and the other name leads to it."""
    kb_command("rename", GUIDE, "handbook")
    assert kb_command("rename", "networks/ioi/resources/handbook.yml", "guide").exit_code == 0
    assert tree.load()[0].resources["ioi/guide"].record.former_ids == ("handbook",)


def test_an_id_that_is_written_follows(tree, kb_command):
    """The field `id` is the file's name also after it."""
    tree.edit("ioi/resources/guide.yml", "type: handbook", "id: guide # the name\ntype: handbook")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert "id: handbook # the name\n" in (tree.root / "ioi/resources/handbook.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (GUIDE, "guide"),
        (GUIDE, "Guide"),
        (GUIDE, "../../x"),
        (GUIDE, "../events/2026-09-guide"),
        (GUIDE, ""),
        (GUIDE, "სახელი"),
        ("networks/ioi/events/2026-09-assembly.yml", "assembly"),
        ("networks/ioi/events/2026-09-assembly.yml", "2026-10-assembly"),
        ("networks/ioi/network.yml", "_office"),
        ("networks/ioi/network.yml", "office"),
        ("networks/_office/units.yml", "themes"),
        ("networks/nowhere.yml", "somewhere"),
    ],
)
def test_a_wrong_name_is_refused_and_moves_nothing(kb_command, files, path, name):
    """A name that is taken, malformed, elsewhere or against the rules of events leaves every file where it is."""
    before = files()
    result = kb_command("rename", path, name)
    assert (result.exit_code, "Traceback" in result.output, files()) == (1, False, before)


def test_a_name_that_another_record_had_is_refused(tree, kb_command, files):
    """An old address must go on leading where it led."""
    tree.write("ioi/resources/other.yml", (tree.root / "ioi/resources/guide.yml").read_bytes() + b"former_ids: [manual]\n")
    before = files()
    assert (kb_command("rename", GUIDE, "manual").exit_code, files()) == (1, before)


def test_a_decision_about_a_fetched_item_follows_its_record(tree, kb_command):
    """What an item became is still known after the record has another name."""
    row = "id: ioi-0a1b2c3d4e\n  decided: adopted\n  on: 2026-11-01\n  record: ioi/resources/guide.yml # the guide\n"
    tree.write("_office/decisions.yml", f"- {row}")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert (tree.root / "_office/decisions.yml").read_text("utf-8") == f"- {row.replace('guide.yml', 'handbook.yml')}"


def test_a_comment_among_the_former_ids_is_kept(tree, kb_command):
    """The new former id stands behind the others, and a person's words beside them stay."""
    tree.write("ioi/resources/guide.yml", (tree.root / "ioi/resources/guide.yml").read_bytes() + b"former_ids:\n- a # why\n- b\n")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert (tree.root / "ioi/resources/handbook.yml").read_text("utf-8").endswith("former_ids:\n- a # why\n- b\n- guide\n")
