"""The house itself: imports go one way, commands are documented, no address of a registry is kept."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli import app

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "scripts" / "kb"


def test_only_the_command_line_prints_exits_or_asks_the_clock() -> None:
    """print, exit and today stand in cli alone."""
    texts = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.parent.name != "cli"}
    assert [path for path, text in texts.items() if re.search(r"\b(print\(|sys\.exit|date\.today\(|datetime\.now\()", text)] == []


def test_every_command_is_in_the_readme_and_has_help() -> None:
    """`kb --help` and the README name the same commands."""
    readme = (PROJECT / "README.md").read_text("utf-8")
    said = CliRunner().invoke(app, ["--help"]).output
    commands = (
        *("check", "build", "serve", "index", "new", "schema", "fetch", "adopt", "dismiss"),
        *("quarter", "changes", "deliver", "todo", "brief", "links"),
        *("confirm", "archive", "rename", "answer", "intake", "heartbeat", "run-quarter"),
    )
    for command in commands:
        assert f"`kb {command}`" in readme
        assert f"  {command} " in said
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_the_readme_gives_the_two_commands_on_its_first_screen() -> None:
    """make site and make test stand in the first 20 lines."""
    first = "\n".join((PROJECT / "README.md").read_text("utf-8").splitlines()[:20])
    assert "make site" in first
    assert "make test" in first


@pytest.mark.parametrize("name", ["requirements.lock", "tests/requirements.lock"])
def test_lock_files_carry_hashes_and_no_addresses(name: str) -> None:
    """Every pinned package has a hash, and no host is named."""
    text = (PROJECT / name).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9.-]+==", text, re.MULTILINE)
    assert pins
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text


def test_the_runtime_pins_are_the_same_for_the_tests() -> None:
    """What the site is built with is what the tests run with."""
    pins = {name: set(re.findall(r"^([a-z0-9.-]+==[^ ]+)", (PROJECT / name).read_text("utf-8"), re.MULTILINE)) for name in LOCKS}
    assert pins["requirements.lock"] <= pins["tests/requirements.lock"]


MACHINE = re.compile(r"(?:^|[\s\"'=(:])/(?:root|home/\w+|Users/\w+|work)/", re.MULTILINE)
LOCKS = ("requirements.lock", "tests/requirements.lock")


def test_no_path_of_a_machine_is_kept() -> None:
    """Files of the program name no folder of anybody's machine; what people write in records is theirs."""
    files = ["git", "ls-files", ":!networks", ":!content"]
    listed = subprocess.run(files, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    texts = (PROJECT / name for name in listed if not name.endswith((".woff2", ".jsonl", ".docx")))
    assert [path.name for path in texts if MACHINE.search(path.read_text("utf-8"))] == []


OF_PEOPLE = ("networks", "content")
ON_REAL_RECORDS = ("records", "bench")


def joined(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Every path that is put together with slashes: its line, what it begins with, and the rest as far as it is written out."""
    for node in ast.walk(tree):
        parts, left = [], node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div):
            parts.insert(0, left.right.value if isinstance(left.right, ast.Constant) else "*")
            left = left.left
        if parts:
            yield node.lineno, ast.unparse(left), "/".join(map(str, parts))


def misread(path: Path) -> Iterator[str]:
    """Where a module of tests takes a record or a hand-written page of the project; the schemas beside them are derived."""
    for line, start, rest in joined(ast.parse(path.read_text("utf-8"))):
        if ("__file__" in start or start == "PROJECT") and rest.split("/")[0] in OF_PEOPLE and not rest.endswith(".schema.json"):
            yield f"{path.relative_to(PROJECT)}:{line}: {rest}"


def test_a_new_record_adds_no_test_and_fails_none() -> None:
    """No test of the program reads what people write: its records are in tests/trees, and those of the project have a group."""
    modules = [path for path in (PROJECT / "tests").rglob("*.py") if path.parent.name not in ON_REAL_RECORDS]
    assert len(modules) > 80
    assert [place for path in modules for place in misread(path)] == []


READS = ['PROJECT / "networks"', 'Path(__file__).parents[1] / "content" / name', 'PROJECT / "networks/a.yml"']


@pytest.mark.parametrize("code", READS)
def test_a_test_that_reads_real_records_is_noticed(code: str) -> None:
    """However the path is put together."""
    places = [rest for _, start, rest in joined(ast.parse(code)) if "__file__" in start or start == "PROJECT"]
    assert any(place.split("/")[0] in OF_PEOPLE for place in places)
