"""`kb check` as people, programs and GitHub call it: what it prints, and how it exits."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kb.records.checking.problem import Problem, shown_below, written

GUIDE = "nno/resources/guide.yml"
CHECK = ("check", "--records", "networks")
LINE = re.compile(r"[^:\n]+:\d+: (?:[\w.]+: )?must .+")
GEORGIAN = re.compile("[ა-ჰ]")


@pytest.fixture
def broken(tree):
    """The tree with a wrong type and an unknown theme in one record."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    tree.edit("nno/opportunities/grant.yml", "themes: [custody]", "themes: [custod]")
    return tree


def test_a_right_tree_exits_0(kb_command):
    """When nothing is wrong the command succeeds."""
    assert kb_command(*CHECK).exit_code == 0


def test_a_right_tree_prints_nothing(kb_command):
    """When nothing is wrong there is nothing to read on the standard output."""
    assert kb_command(*CHECK).stdout == ""


def test_a_right_tree_gives_github_nothing(kb_command):
    """When nothing is wrong GitHub gets no line, not even an empty one."""
    assert kb_command(*CHECK, "--format", "github").stdout == ""


def test_a_wrong_tree_exits_1(kb_command, broken):
    """When something is wrong the command fails."""
    assert kb_command(*CHECK).exit_code == 1


@pytest.mark.parametrize("style", ["json", "github"])
def test_every_format_exits_1(kb_command, broken, style):
    """The format does not change how the command exits."""
    assert kb_command(*CHECK, "--format", style).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--records", "nowhere"),
        ("check", "--records", "networks/nno/network.yml"),
        ("check", "--records"),
        ("check", "--records", "networks", "--format", "xml"),
        ("check", "--records", "networks", "--lang", "ru"),
        ("check", "--records", "networks", "--today", "22.11.2026"),
        ("check", "--records", "networks", "--today", "2026-02-30"),
        ("check", "--records", "networks", "--today", ""),
        ("check", "--all"),
        ("check", "networks"),
        ("chek",),
        (),
    ],
)
def test_a_wrong_call_exits_2(kb_command, arguments):
    """A command that is called wrongly is told apart from records that are wrong."""
    result = kb_command(*arguments)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_how_much_was_checked_goes_to_the_standard_error(kb_command):
    """The count of records is for people and does not mix with the problems."""
    assert kb_command(*CHECK, "--lang", "en").stderr == "records: 6; problems: 0\n"


def test_how_much_was_checked_is_said_in_georgian(kb_command):
    """The count is in Georgian where no language is asked for."""
    assert kb_command(*CHECK).stderr == "ჩანაწერი: 6; პრობლემა: 0\n"


def test_text_is_one_line_for_each_problem_and_its_details_below(kb_command, broken):
    """A problem is path:line: field: must …, with what was found, what is near and what is right below it."""
    lines = kb_command(*CHECK, "--lang", "en").stdout.splitlines()
    heads = [line for line in lines if not line.startswith("    ")]
    assert [line.split(": must ")[0] for line in heads] == [
        "networks/nno/opportunities/grant.yml:7: themes.0",
        "networks/nno/resources/guide.yml:4: type",
    ]


def test_text_names_what_was_found_and_what_is_near(kb_command, broken):
    """Below a problem stand the wrong word and the right one."""
    lines = kb_command(*CHECK, "--lang", "en").stdout.splitlines()
    assert lines[1:3] == ["    found: custod", "    did you mean: custody"]


def test_a_problem_of_a_whole_file_names_no_field(kb_command, tree):
    """Where no field is wrong the line goes from the number straight to what must be."""
    tree.write(GUIDE, "")
    assert kb_command(*CHECK, "--lang", "en").stdout.startswith("networks/nno/resources/guide.yml:1: must ")


def test_every_line_of_text_has_the_same_form(kb_command, broken):
    """Each line is either a problem in full or one of its details."""
    broken.write("README.md", "")
    broken.write("_office/days.yml", "- {id: x, day: 13-40, name: {}, checked: no}\n")
    lines = kb_command(*CHECK, "--lang", "en").stdout.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line) and not line.startswith("    ")] == []


def test_text_is_georgian_unless_asked(kb_command, broken):
    """Problems are told in Georgian where no language is asked for."""
    assert "networks/nno/resources/guide.yml:4: type: უნდა " in kb_command(*CHECK).stdout


def test_english_has_no_georgian_in_it(kb_command, broken):
    """With --lang en every word of the command's own is English."""
    assert not GEORGIAN.search(kb_command(*CHECK, "--lang", "en").output)


def test_the_language_can_be_set_once(kb_command, broken, monkeypatch):
    """KB_LANG does what --lang does."""
    monkeypatch.setenv("KB_LANG", "en")
    assert "guide.yml:4: type: must " in kb_command(*CHECK).stdout


def test_a_day_that_is_asked_for_is_the_day(kb_command):
    """With an earlier --today the confirmations of today lie in the future."""
    result = kb_command(*CHECK, "--today", "2026-10-01", "--format", "json")
    assert [(p["line"], p["code"]) for p in json.loads(result.stdout)] == [(12, "future")]


@pytest.mark.parametrize("language", ["ka", "en"])
def test_json_has_the_same_parts_for_each_problem(kb_command, broken, language):
    """Each problem in JSON has its place, its code, what must be, what was found and what is near."""
    found = json.loads(kb_command(*CHECK, "--format", "json", "--lang", language).stdout)
    parts = ["path", "line", "field", "code", "must", "found", "nearest", "example"]
    assert [list(problem) for problem in found] == [parts, parts]


def test_json_says_what_text_says(kb_command, broken):
    """The parts of a problem in JSON are those of the text."""
    problem = json.loads(kb_command(*CHECK, "--format", "json", "--lang", "en").stdout)[1]
    must = problem.pop("must")
    assert must.startswith("must ")
    assert problem == {
        "path": "networks/nno/resources/guide.yml",
        "line": 4,
        "field": "type",
        "code": "choice",
        "found": "handbok",
        "nearest": "handbook",
        "example": "type: handbook",
    }


def test_json_of_a_right_tree_is_an_empty_list(kb_command):
    """A program that reads JSON gets JSON when nothing is wrong."""
    assert json.loads(kb_command(*CHECK, "--format", "json").stdout) == []


def test_json_of_a_thousand_problems_is_json(kb_command, tree):
    """However many problems there are, the output can be parsed."""
    tree.write("_office/days.yml", "- {}\n" * 1000)
    assert len(json.loads(kb_command(*CHECK, "--format", "json").stdout)) == 4000


def test_github_gets_one_line_for_each_problem(kb_command, broken):
    """Each problem is one workflow command, whatever it says."""
    lines = kb_command(*CHECK, "--format", "github", "--lang", "en").stdout.splitlines()
    assert [line.split(": must ")[0] for line in lines] == [
        "::error file=networks/nno/opportunities/grant.yml,line=7::themes.0",
        "::error file=networks/nno/resources/guide.yml,line=4::type",
    ]


def test_github_gets_details_behind_escaped_line_breaks(kb_command, broken):
    """What was found and what is near stand in the same annotation."""
    line = kb_command(*CHECK, "--format", "github", "--lang", "en").stdout.splitlines()[0]
    assert line.endswith("%0Afound: custod%0Adid you mean: custody%0Aexample: themes: [children, disability]")


@pytest.mark.parametrize(
    ("found", "escaped"),
    [("100%", "100%25"), ("a\nb", "a%0Ab"), ("a\r\nb", "a%0D%0Ab"), ("%0A", "%250A"), ("a::error::b", "a::error::b")],
)
def test_what_was_found_cannot_end_an_annotation(found, escaped):
    """Line breaks and per cent signs of a record reach GitHub as letters, not as commands."""
    line = written([Problem("a.yml", 1, "", "utf8", found)], "github", "en")
    assert line.partition("%0Afound: ")[2] == escaped


@pytest.mark.parametrize(
    ("path", "escaped"),
    [("a:b.yml", "a%3Ab.yml"), ("a,b.yml", "a%2Cb.yml"), ("a%b.yml", "a%25b.yml"), ("a\nb.yml", "a%0Ab.yml")],
)
def test_a_file_name_cannot_add_to_an_annotation(path, escaped):
    """Colons, commas, line breaks and per cent signs of a file name are escaped for GitHub."""
    line = written([Problem(path, 1, "", "utf8")], "github", "en")
    assert line.startswith(f"::error file={escaped},line=1::")


def test_a_field_name_with_a_line_break_cannot_forge_a_problem(kb_command, tree):
    """A line of the output comes from the command alone, not from the name of a field."""
    tree.edit(GUIDE, "year: 2024", r'"x\n::error file=a.yml,line=1::must y": 1')
    lines = kb_command(*CHECK, "--format", "github").stdout.splitlines()
    assert [line.startswith("::error file=networks/nno/resources/guide.yml,line=7::") for line in lines] == [True]


def test_a_file_name_with_a_line_break_cannot_forge_a_problem(kb_command, tree):
    """A line of the text comes from the command alone, not from the name of a file."""
    tree.write("nno/resources/a\nb.yml:1: must pay", "")
    heads = [line for line in kb_command(*CHECK, "--lang", "en").stdout.splitlines() if not line.startswith("    ")]
    assert [line.startswith("networks/nno/resources/a") for line in heads] == [True]


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_a_file_name_in_another_encoding_can_be_printed(tmp_path, tree, style):
    """A file name that is not UTF-8 is a problem and no traceback."""
    (tree.root / b"nno/resources/caf\xe9.yml".decode("utf-8", "surrogateescape")).touch()
    command = [sys.executable, "-m", "kb", *CHECK, "--format", style, "--today", "2026-11-22"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, b"Traceback" in result.stderr, rb"caf\udce9" in result.stdout.replace(b"\\\\", b"\\")) == (
        1,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("prefix", "path"), [("networks", "networks/a.yml"), (".", "a.yml"), ("", "a.yml"), ("/srv/kb", "/srv/kb/a.yml")]
)
def test_a_path_is_shown_as_seen_from_the_caller(prefix, path):
    """The path of a problem can be opened from where the command was called."""
    assert [p.path for p in shown_below([Problem("a.yml", 1, "", "utf8")], prefix)] == [path]


def test_a_path_below_the_current_folder_is_relative(kb_command, broken, monkeypatch):
    """Called from inside the tree, the command shows paths from there."""
    monkeypatch.chdir(broken.root)
    assert kb_command("check", "--records", ".", "--lang", "en").stdout.startswith("nno/opportunities/grant.yml:7: ")


def test_a_path_elsewhere_is_absolute(kb_command, broken, monkeypatch):
    """Called from another folder, the command shows full paths."""
    monkeypatch.chdir(broken.root / "nno")
    output = kb_command("check", "--records", "..", "--lang", "en").stdout
    assert output.splitlines()[0].split(":")[0].endswith("nno/opportunities/grant.yml")


@pytest.mark.parametrize(
    "command", [[sys.executable, "-m", "kb"], [str(Path(sys.executable).with_name("kb"))]], ids=["python", "kb"]
)
def test_the_installed_command_checks_a_tree(tmp_path, broken, command):
    """`kb` and `python -m kb`, started as programs, print the problems and exit 1."""
    environment = {**os.environ, "KB_LANG": "en", "KB_TODAY": "2026-11-22"}
    result = subprocess.run([*command, *CHECK], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    heads = [line.split(": must ")[0] for line in result.stdout.splitlines() if not line.startswith("    ")]
    assert (result.returncode, heads, result.stderr) == (
        1,
        ["networks/nno/opportunities/grant.yml:7: themes.0", "networks/nno/resources/guide.yml:4: type"],
        "records: 5; problems: 2\n",
    )


def test_a_reader_that_closes_the_pipe_early_sees_no_traceback(tmp_path, tree):
    """`kb check | head -1` ends quietly."""
    tree.write("_office/days.yml", "- {}\n" * 20_000)
    command = [sys.executable, "-m", "kb", *CHECK, "--today", "2026-11-22"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert b"Traceback" not in said


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_georgian_letters_sees_no_traceback(tmp_path, broken, encoding):
    """Where the terminal knows no Georgian the command still says what is wrong."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "KB_TODAY": "2026-11-22"}
    command = [sys.executable, "-m", "kb", *CHECK]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (result.returncode, b"Traceback" in result.stderr, b"guide.yml:4: type" in result.stdout) == (1, False, True)
