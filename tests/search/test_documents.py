"""Lines of documents for `kb index`: what is read, and what is said of a line that is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli import app
from kb.records.checking.problem import wordings
from kb.search.documents import read

GOOD = {"id": "1", "url": "a.html", "lang": "ka", "title": "წამება", "body": "ტექსტი", "facets": {"year": 2024}}


def written(tmp_path: Path, *lines: str | bytes) -> Path:
    """A file with these lines."""
    path = tmp_path / "docs.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return path


def test_a_line_is_a_document(tmp_path: Path) -> None:
    """All fields of the line are in it, a single facet value as one of several."""
    documents, problems = read(written(tmp_path, json.dumps(GOOD)))
    assert problems == []
    assert documents[0].title == "წამება"
    assert documents[0].facets == {"year": ("2024",)}


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    """A file may end with an empty line or have one between."""
    documents, problems = read(written(tmp_path, "", json.dumps(GOOD), "  ", ""))
    assert (len(documents), problems) == (1, [])


WRONG = [
    ("{", "", "search_json"),
    ("[1]", "", "search_json"),
    ("[" * 100_000, "", "search_json"),
    (b'{"id": "\xff"}', "", "search_json"),
    ({**GOOD, "titel": "x"}, "titel", "search_unknown"),
    ({name: value for name, value in GOOD.items() if name != "title"}, "title", "search_missing"),
    ({**GOOD, "lang": "fr"}, "lang", "search_lang"),
    ({**GOOD, "title": 5}, "title", "search_text"),
    ({**GOOD, "body": None}, "body", "search_text"),
    ({**GOOD, "facets": ["x"]}, "facets", "search_facets"),
    ({**GOOD, "facets": {"year": {"a": 1}}}, "facets", "search_facets"),
    ({**GOOD, "weight": 0}, "weight", "search_weight"),
    ({**GOOD, "id": None}, "id", "search_text"),
]


@pytest.mark.parametrize(("line", "field", "code"), WRONG)
def test_a_wrong_line_is_told_by_its_number(tmp_path: Path, line: object, field: str, code: str) -> None:
    """The problem names the line, the field and what must be; the other lines are read."""
    wrong = line if isinstance(line, str | bytes) else json.dumps(line)
    documents, problems = read(written(tmp_path, json.dumps({**GOOD, "id": "0"}), wrong))
    assert [(p.line, p.field, p.code) for p in problems][:1] == [(2, field, code)]
    assert [d.id for d in documents] == ["0"]


def test_every_problem_of_a_line_has_such_a_line() -> None:
    """No wording is left that no line raises."""
    codes = {code for code in wordings()["must"] if code.startswith("search_")}
    assert {code for *_, code in WRONG} | {"search_twice"} == codes


def test_an_id_twice_in_one_language_is_told_with_its_first_line(tmp_path: Path) -> None:
    """The same id may stand once in each language."""
    other = json.dumps({**GOOD, "lang": "en"})
    _, problems = read(written(tmp_path, json.dumps(GOOD), other, json.dumps(GOOD)))
    assert [(p.line, p.code, p.context["first"]) for p in problems] == [(3, "search_twice", "1")]


def test_the_command_says_line_and_example_and_writes_nothing(tmp_path: Path) -> None:
    """`kb index` exits 1, in Georgian or English, and leaves no half index."""
    path = written(tmp_path, json.dumps({**GOOD, "titel": "x"}))
    result = CliRunner().invoke(app, ["index", str(path), str(tmp_path / "out"), "--lang", "en"])
    assert result.exit_code == 1
    assert "docs.jsonl:1: titel: must be one of the fields" in result.output
    assert "did you mean: title" in result.output
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_what_is_not_there(tmp_path: Path) -> None:
    """A missing file, or a file where the folder must be, is misuse: exit 2."""
    good = written(tmp_path, json.dumps(GOOD))
    assert CliRunner().invoke(app, ["index", str(tmp_path / "none.jsonl"), str(tmp_path / "out")]).exit_code == 2
    assert CliRunner().invoke(app, ["index", str(good), str(good)]).exit_code == 2


def test_the_command_leaves_other_files_in_the_folder(tmp_path: Path) -> None:
    """Shards of a larger index before are removed, a page beside them stays."""
    lines = [
        json.dumps({**GOOD, "id": str(n), "title": f"სიტყვა{n} {'ა' * 40}{n}", "body": "ბ " * 200 + str(n)}) for n in range(400)
    ]
    out = tmp_path / "out"
    CliRunner().invoke(app, ["index", str(written(tmp_path, *lines)), str(out)])
    (out / "page.html").write_text("mine")
    before = {path.name for path in out.rglob("*.js")}
    CliRunner().invoke(app, ["index", str(written(tmp_path, lines[0])), str(out)])
    assert len({path.name for path in out.rglob("*.js")}) < len(before)
    assert (out / "page.html").read_text() == "mine"
