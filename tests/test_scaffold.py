"""The file with which a new record begins."""

from typing import get_args

import pytest
import yaml

from kb.editing.scaffold import Beginning, Misplaced, scaffold, template
from kb.records.checking.document import parse
from kb.records.checking.problem import wordings
from kb.records.model import Basis, Direction, EventKind, NetworkKind, ResourceType
from kb.records.reading import placed
from kb.records.schema import KINDS

PATHS = {
    "network": "mno/network.yml",
    "resource": "nno/resources/manual.yml",
    "event": "nno/events/2026-10-talk.yml",
    "opportunity": "_office/opportunities/award.yml",
    "agreement": "_office/agreements/kyiv.yml",
    "reporting": "_office/reporting/upr.yml",
}
BEGUN = [
    (("network", "mno", None), "mno/network.yml"),
    (("resource", "manual", "nno"), "nno/resources/manual.yml"),
    (("event", "2026-10-talk", "nno"), "nno/events/2026-10-talk.yml"),
    (("event", "2026-talk", None), "_office/events/2026-talk.yml"),
    (("agreement", "kyiv", "nno"), "_office/agreements/kyiv.yml"),
    (("opportunity", "award", "nno"), "nno/opportunities/award.yml"),
    (("opportunity", "award", None), "_office/opportunities/award.yml"),
    (("agreement", "kyiv", None), "_office/agreements/kyiv.yml"),
    (("reporting", "upr", None), "_office/reporting/upr.yml"),
]
MISPLACED = [
    (("resource", "guide", "nno"), "there already"),
    (("network", "nno", None), "there already"),
    (("agreement", "ankara", None), "there already"),
    (("resource", "manual", None), "belongs to a network"),
    (("resource", "manual", "mno"), "no network"),
    (("event", "2026-10-talk", "mno"), "no network"),
    (("event", "2026-10-talk", "_office"), "no network"),
    (("resource", "Manual", "nno"), "small Latin letters"),
    (("resource", "my manual", "nno"), "small Latin letters"),
    (("resource", "manual.yml", "nno"), "small Latin letters"),
    (("resource", "", "nno"), "small Latin letters"),
    (("resource", "სახელმძღვანელო", "nno"), "small Latin letters"),
    (("resource", "../network", "nno"), "small Latin letters"),
    (("resource", "deep/manual", "nno"), "folder"),
    (("resource", "manual", "../nno"), "small Latin letters"),
    (("network", "../mno", None), "small Latin letters"),
    (("network", "_office", None), "folder"),
    (("network", "office", None), "another name"),
    (("agreement", "index", None), "another name"),
    (("event", "talk", "nno"), "begins with the year"),
    (("event", "10-talk", "nno"), "begins with the year"),
]
FILLED = {
    "title:\n  ka:\n  en:": "title:\n  ka: სახელმძღვანელო\n  en: Manual",
    "\ntype:": "\ntype: manual",
    "\nurl:": "\nurl: https://www.no.example/manual",
    "\nlanguages:": "\nlanguages: [en]",
    "\nthemes:": "\nthemes: [custody]",
    "summary:\n  ka:\n  en:": "summary:\n  en: What it is.",
}
# What a template shows for a field that may be left out; the sources of a network have titles, and a line of their own.
SHOWN = [
    (kind, name)
    for kind, model in KINDS.items()
    for name, field in model.model_fields.items()
    if not field.is_required() and name in wordings()["examples"] and (kind, name) != ("network", "sources")
]
LEFT_OUT = {"id", "status", "archived", "former_ids"}


@pytest.mark.parametrize(("begun", "path"), BEGUN)
def test_a_record_begins_where_it_belongs(tree, today, begun, path):
    """A new record of each kind gets its file in the folder of its kind."""
    assert scaffold(tree.root, Beginning(*begun), today) == tree.root / path


@pytest.mark.parametrize(("begun", "path"), BEGUN)
def test_a_new_record_lacks_only_what_a_person_must_write(tree, today, begun, path):
    """The file of a new record can be read, and its only problems are fields to be filled in."""
    scaffold(tree.root, Beginning(*begun), today)
    assert {(p.path, p.code) for p in tree.problems()} <= {(path, "empty"), (path, "text_empty")}


@pytest.mark.parametrize(("begun", "path"), BEGUN)
def test_each_field_that_must_be_filled_in_is_told(tree, today, begun, path):
    """A new record has a problem at each field that it needs, and at no other."""
    scaffold(tree.root, Beginning(*begun), today)
    needed = {name for name, field in KINDS[begun[0]].model_fields.items() if field.is_required()}
    assert {p.field for p in tree.problems()} == needed


@pytest.mark.parametrize(("begun", "reason"), MISPLACED)
def test_a_record_cannot_begin_just_anywhere(tree, today, begun, reason):
    """A wrong name, an unknown network or a file that is there is refused with its reason."""
    with pytest.raises(Misplaced, match=reason):
        scaffold(tree.root, Beginning(*begun), today)


@pytest.mark.parametrize(("begun", "reason"), MISPLACED)
def test_a_refused_record_leaves_the_tree_as_it_was(tree, today, begun, reason):
    """What is refused writes no file, makes no folder and changes nothing."""
    before = {path: path.is_file() and path.read_bytes() for path in tree.root.parent.rglob("*")}
    with pytest.raises(Misplaced):
        scaffold(tree.root, Beginning(*begun), today)
    assert {path: path.is_file() and path.read_bytes() for path in tree.root.parent.rglob("*")} == before


@pytest.mark.parametrize("kind", PATHS)
def test_a_template_names_every_field(today, kind):
    """Each field of a record stands once in its template, if only as a comment."""
    lines = [line.removeprefix("# ") for line in template(placed(PATHS[kind]), today).splitlines()]
    times = {name: sum(line.startswith(f"{name}:") for line in lines) for name in KINDS[kind].model_fields}
    assert times == {name: int(name not in LEFT_OUT) for name in times}


@pytest.mark.parametrize("kind", PATHS)
def test_a_template_explains_every_field(today, kind):
    """Above each field of a template stand its Georgian and its English sentence."""
    text = template(placed(PATHS[kind]), today)
    own = LEFT_OUT | {"collected_on", "review"}
    told = [
        [f"# {line.strip()}" for line in f.description.splitlines()] for n, f in KINDS[kind].model_fields.items() if n not in own
    ]
    assert [lines for lines in told if "\n".join(lines) not in text] == []


@pytest.mark.parametrize("kind", PATHS)
def test_a_template_asks_only_for_what_is_needed(today, kind):
    """The fields that are no comments are those that must be filled in, and the dates of the record."""
    needed = [name for name, field in KINDS[kind].model_fields.items() if field.is_required()]
    assert list(yaml.safe_load(template(placed(PATHS[kind]), today))) == [*needed, "collected_on", "review"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("network", NetworkKind), ("network", Basis), ("resource", ResourceType), ("event", EventKind), ("event", Direction)],
)
def test_a_template_lists_the_words_that_a_field_may_have(today, kind, words):
    """Above a field with a choice of words stand all of the words."""
    assert f"# {' | '.join(get_args(words))}" in template(placed(PATHS[kind]), today).splitlines()


@pytest.mark.parametrize(("kind", "name"), SHOWN)
def test_the_example_of_a_template_is_right_when_its_comment_sign_is_removed(verdict, kind, name):
    """What a template shows for a field that may be left out is a right value of that field."""
    document, _ = parse("x.yml", wordings()["examples"][name].encode())
    assert verdict(KINDS[kind].model_fields[name].rebuild_annotation(), document.data[name]) == ""


@pytest.mark.parametrize("kind", PATHS)
def test_a_template_leads_an_editor_to_its_schema(tree, today, kind):
    """The first line of a new record names the schema by the way from its own folder."""
    file = tree.root / PATHS[kind]
    address = template(placed(PATHS[kind]), today).splitlines()[0].rpartition("$schema=")[2]
    assert file.parent.joinpath(address).resolve() == (tree.root / f"{kind}.schema.json").resolve()


def test_a_new_record_says_when_it_was_collected(tree, today):
    """The facts of a new record are of the day on which it begins."""
    file = scaffold(tree.root, Beginning("resource", "manual", "nno"), today)
    assert "collected_on: 2026-11-22" in file.read_text().splitlines()


def test_a_filled_in_record_is_right(tree, today):
    """A new resource in which the needed fields are filled in has no problem."""
    file = scaffold(tree.root, Beginning("resource", "manual", "nno"), today)
    for empty, filled in FILLED.items():
        tree.edit("nno/resources/manual.yml", empty, filled)
    assert (file.is_file(), tree.problems()) == (True, [])


def test_the_command_prints_where_the_record_begins(tree, kb_command):
    """`kb new` prints the path of the file it wrote."""
    result = kb_command("new", "resource", "manual", "--network", "nno", "--records", "networks")
    assert (result.exit_code, result.stdout) == (0, "networks/nno/resources/manual.yml\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("resource", "guide", "--network", "nno"),
        ("resource", "Manual", "--network", "nno"),
        ("event", "talk"),
        ("speech", "talk"),
        ("resource",),
        (),
    ],
)
def test_the_command_refuses_a_wrong_record(tree, kb_command, arguments):
    """`kb new` called wrongly exits 2 and says so in words."""
    result = kb_command("new", *arguments, "--records", "networks")
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_the_template_of_a_network_shows_sources_with_titles(tree, today):
    """A network lists its sources with what they are, unlike the facts that name them."""
    text = scaffold(tree.root, Beginning("network", "aoa"), today).read_text("utf-8")
    assert "# sources: [{url: https://ganhri.org/publications/, title: Publications}]" in text


@pytest.mark.parametrize(
    ("begun", "title", "address"),
    [
        (("resource", "manual", "--network", "nno"), "title", ("url",)),
        (("event", "2026-10-talk", "--network", "nno"), "title", ("url",)),
        (("opportunity", "award", "--network", "nno"), "title", ("apply_url",)),
        (("network", "mno"), "name", ("website",)),
        (("agreement", "kyiv"), "title", ("sources", 0)),
        (("reporting", "upr"), "name", ("sources", 0)),
    ],
)
def test_what_is_known_stands_in_the_new_file(tree, kb_command, begun, title, address):
    """Titles and the address that are given as options are in their fields."""
    known = ("--title-ka", "სათაური: ახალი", "--title-en", "New", "--url", "https://www.no.example/new")
    result = kb_command("new", *begun, *known, "--records", "networks")
    document, _ = parse("x.yml", (tree.root.parent / result.stdout.strip()).read_bytes())
    value = document.data
    for step in address:
        value = value[step]
    assert (document.data[title], value) == ({"ka": "სათაური: ახალი", "en": "New"}, "https://www.no.example/new")


def test_on_a_terminal_it_asks(tree, kb_command, monkeypatch):
    """Without a file name the command asks, in Georgian, and writes what was answered."""
    from typer.testing import CliRunner

    from kb.cli import records as cli

    monkeypatch.setattr(cli, "on_terminal", lambda: True)
    answers = "nno\nmanual\nსახელმძღვანელო\n\nhttps://www.no.example/m\n"
    result = CliRunner().invoke(cli.app, ["new", "resource", "--records", "networks"], input=answers)
    assert (result.exit_code, "გაერთიანება" in result.output) == (0, True)
    text = (tree.root / "nno/resources/manual.yml").read_text("utf-8")
    assert "  ka: სახელმძღვანელო\n" in text
    assert "url: https://www.no.example/m\n" in text


@pytest.mark.parametrize("title", ["a\u202eb", "ზero", "a\x00b"])
def test_a_title_that_nobody_can_read_begins_no_record(tree, kb_command, title):
    """Hidden marks and words of two scripts are refused before a file is written."""
    result = kb_command("new", "resource", "manual", "--network", "nno", "--title-ka", title, "--records", "networks")
    assert (result.exit_code, (tree.root / "nno/resources/manual.yml").exists()) == (2, False)
