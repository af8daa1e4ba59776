"""Confirming, archiving and renaming: what is written, what is refused, and that a refusal leaves every file as it was."""

import json

import pytest

GUIDE = "networks/nno/resources/guide.yml"
GRANT = "networks/nno/opportunities/grant.yml"
PAGE = "https://www.no.example/guide"
NVD = ("--by", "nvd")


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
        row = {"network": "nno", "what": what, "url": url, "state": "ok", "last_try": on, "change": {"on": on, "after": "new"}}
        tree.write("_fetched/sources.json", json.dumps({"nno/guide": row}))

    return change


def test_a_confirmed_record_says_when_and_by_whom(tree, kb_command):
    """kb confirm sets the day and the unit, and changes no other line."""
    before = (tree.root / "nno/resources/guide.yml").read_text("utf-8")
    result = kb_command("confirm", GUIDE, *NVD)
    after = before.replace("2026-10-02", "2026-11-22").replace("confirmed_by: international-exchanges", "confirmed_by: nvd")
    assert (result.exit_code, (tree.root / "nno/resources/guide.yml").read_text("utf-8")) == (0, after)


def test_a_record_without_a_review_gets_one(tree, kb_command):
    """A record that nobody confirmed before says it at its end."""
    kb_command("confirm", GRANT, *NVD)
    end = "review:\n  confirmed_on: 2026-11-22\n  confirmed_by: nvd\n"
    assert (tree.root / "nno/opportunities/grant.yml").read_text("utf-8").endswith(end)


def test_several_records_are_confirmed_at_once(tree, kb_command):
    """Each path that is named is confirmed, and each is told."""
    result = kb_command("confirm", GUIDE, GRANT, *NVD)
    assert result.stdout == f"შეიცვალა: {GUIDE}\nშეიცვალა: {GRANT}\n"
    assert tree.problems() == []


def test_a_path_may_be_named_from_the_tree(tree, kb_command):
    """networks/nno/… and nno/… mean the same file."""
    assert kb_command("confirm", "nno/resources/guide.yml", *NVD).exit_code == 0


def test_confirming_twice_changes_nothing(kb_command, files):
    """The second time there is nothing to change."""
    kb_command("confirm", GUIDE, *NVD)
    before = files()
    result = kb_command("confirm", GUIDE, *NVD, "--lang", "en")
    assert (result.stdout, files()) == ("nothing to change\n", before)


def test_a_correction_of_spelling_is_marked(tree, kb_command):
    """--no-change-of-meaning names the field that no bulletin is to tell."""
    kb_command("confirm", GUIDE, *NVD, "--no-change-of-meaning", "title")
    review = tree.load()[0].resources["nno/guide"].record.review
    assert [(mark.on, mark.fields) for mark in review.no_change_of_meaning] == [("2026-11-22", ("title",))]


REFUSED = [
    ((GUIDE, "--by", "spaceship"), "there is no such unit"),
    ((GUIDE, *NVD, "--on", "2026-11-23"), "must not be in the future"),
    ((GUIDE, *NVD, "--on", "2026-10-01"), "was confirmed later"),
    ((GUIDE, *NVD, "--no-change-of-meaning", "colour"), "would make a problem"),
    (("networks/_office/units.yml", *NVD), "is no record"),
    (("networks/nno/resources/nowhere.yml", *NVD), "is no record"),
    (("networks/_fetched/nno.yml", *NVD), "written by the program"),
    (("../elsewhere.yml", *NVD), "is no record"),
    ((GUIDE, "networks/nno/resources/nowhere.yml", *NVD), "is no record"),
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
    result = kb_command("confirm", GUIDE, *NVD)
    assert (result.exit_code, "მხოლოდ ადამიანი" in result.stderr, files()) == (1, True, before)


@pytest.mark.parametrize("on", ["2026-10-02", "2026-11-20"])
def test_a_record_whose_page_changed_is_not_confirmed_unseen(kb_command, files, page_changed, on):
    """A page that changed on or after the last check must be looked at; the message names it."""
    page_changed(on)
    before = files()
    result = kb_command("confirm", GUIDE, *NVD)
    assert (result.exit_code, PAGE in result.stderr, files()) == (1, True, before)


def test_a_person_who_saw_the_change_may_confirm(kb_command, page_changed):
    """--seen is that person's word."""
    page_changed("2026-11-20")
    assert kb_command("confirm", GUIDE, *NVD, "--seen").exit_code == 0


@pytest.mark.parametrize(
    ("on", "url", "what"), [("2026-10-01", PAGE, "page"), ("2026-11-20", PAGE + "s", "page"), ("2026-11-20", PAGE, "feed")]
)
def test_other_changes_keep_nobody_from_confirming(kb_command, page_changed, on, url, what):
    """A change before the last check, of another page or of a feed is no reason to refuse."""
    page_changed(on, url, what)
    assert kb_command("confirm", GUIDE, *NVD).exit_code == 0


def test_a_network_relies_on_the_pages_it_watches(tree, kb_command, page_changed):
    """A changed page under `watch` must be looked at before the network is confirmed."""
    tree.edit("nno/network.yml", "standing:", f"watch: [{{url: {PAGE}}}]\nstanding:")
    page_changed("2026-11-20")
    assert kb_command("confirm", "networks/nno/network.yml", *NVD).exit_code == 1


# --- archiving


def test_an_archived_record_says_when_and_why(tree, kb_command):
    """kb archive sets the status, the day and the reason under its language."""
    before = (tree.root / "nno/opportunities/grant.yml").read_text("utf-8")
    result = kb_command("archive", GRANT, "--reason", "კონკურსი დასრულდა: 2026")
    end = 'status: archived\narchived:\n  on: 2026-11-22\n  reason:\n    ka: "კონკურსი დასრულდა: 2026"\n'
    assert (result.exit_code, (tree.root / "nno/opportunities/grant.yml").read_text("utf-8")) == (0, before + end)
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
    assert (result.exit_code, problems, "nno/guide" in kb.resources) == (0, [], False)
    assert kb.former_ids["resource:nno/guide"].id == "nno/handbook"


def test_references_follow_a_renamed_record(tree, kb_command):
    """A record that named the old id names the new one, on the same line."""
    tree.write(
        "nno/resources/old.yml", (tree.root / "nno/resources/guide.yml").read_bytes() + b"replaced_by: nno/guide # newer\n"
    )
    kb_command("rename", GUIDE, "handbook")
    assert "replaced_by: nno/handbook # newer\n" in (tree.root / "nno/resources/old.yml").read_text("utf-8")


def test_a_renamed_network_takes_its_folder_along(tree, kb_command):
    """Everything in the folder moves, other records and units name the new id, and old addresses lead on."""
    tree.edit("_office/units.yml", "  themes: [custody]", "  themes: [custody]\n  networks: [nno]")
    assert kb_command("rename", "networks/nno/network.yml", "n-n-o").exit_code == 0
    kb, problems = tree.load()
    assert (problems, list(kb.networks), (tree.root / "nno").exists()) == ([], ["n-n-o"], False)
    assert kb.reporting["cat"].record.networks == ("n-n-o",)
    assert kb.units["nvd"].networks == ("n-n-o",)
    assert kb.former_ids["event:nno/2026-09-assembly"].id == "n-n-o/2026-09-assembly"


def test_a_record_may_be_named_back(tree, kb_command):
    """After there and back the file has its name, and the other name leads to it."""
    kb_command("rename", GUIDE, "handbook")
    assert kb_command("rename", "networks/nno/resources/handbook.yml", "guide").exit_code == 0
    assert tree.load()[0].resources["nno/guide"].record.former_ids == ("handbook",)


def test_an_id_that_is_written_follows(tree, kb_command):
    """The field `id` is the file's name also after it."""
    tree.edit("nno/resources/guide.yml", "type: handbook", "id: guide # the name\ntype: handbook")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert "id: handbook # the name\n" in (tree.root / "nno/resources/handbook.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (GUIDE, "guide"),
        (GUIDE, "Guide"),
        (GUIDE, "../../x"),
        (GUIDE, "../events/2026-09-guide"),
        (GUIDE, ""),
        (GUIDE, "სახელი"),
        ("networks/nno/events/2026-09-assembly.yml", "assembly"),
        ("networks/nno/events/2026-09-assembly.yml", "2026-10-assembly"),
        ("networks/nno/network.yml", "_office"),
        ("networks/nno/network.yml", "office"),
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
    tree.write("nno/resources/other.yml", (tree.root / "nno/resources/guide.yml").read_bytes() + b"former_ids: [manual]\n")
    before = files()
    assert (kb_command("rename", GUIDE, "manual").exit_code, files()) == (1, before)


def test_a_decision_about_a_fetched_item_follows_its_record(tree, kb_command):
    """What an item became is still known after the record has another name."""
    row = "id: nno-0a1b2c3d4e\n  decided: adopted\n  on: 2026-11-01\n  record: nno/resources/guide.yml # the guide\n"
    tree.write("_office/decisions.yml", f"- {row}")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert (tree.root / "_office/decisions.yml").read_text("utf-8") == f"- {row.replace('guide.yml', 'handbook.yml')}"


def test_a_comment_among_the_former_ids_is_kept(tree, kb_command):
    """The new former id stands behind the others, and a person's words beside them stay."""
    tree.write("nno/resources/guide.yml", (tree.root / "nno/resources/guide.yml").read_bytes() + b"former_ids:\n- a # why\n- b\n")
    assert kb_command("rename", GUIDE, "handbook").exit_code == 0
    assert (tree.root / "nno/resources/handbook.yml").read_text("utf-8").endswith("former_ids:\n- a # why\n- b\n- guide\n")
