"""The house itself: imports go one way, commands are documented, no address of a registry is kept."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli import app

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "scripts" / "kb"

# From the small to the whole: a module imports only from lines above its own.
LEVELS = [
    {"tables", "values", "folder", "sections", "freshness", "repository", "frames", "links", "output", "markup", "revision"}
    | {"replacement", "telephones"},
    {"model", "problem", "words", "analysis", "item", "quarters", "contentlines", "ledger", "posting", "subset", "archives"},
    {"audience", "document", "knowledge", "view", "citations", "english", "georgian", "post", "heartbeat"}
    | {"openxml", "suggestions"},
    {"validation", "snapshot", "notation", "addresses"},
    {"closing", "shapes", "matching", "clocks", "editing", "reach"},
    {"references", "texts", "changes", "labels", "collected"},
    {"naming", "concerns", "agenda", "watched"},
    {"digest", "todo"},
    {"records"},
    {"schema", "writer", "telling", "calendars", "vcards", "sheets", "curation"},
    {"letter", "renaming", "answer", "workbooks"},
    {"mail", "brief"},
    {"paper"},
    {"bulletins", "comparing"},
    {"atom"},
    {"spreadsheets", "api"},
    {"exports"},
    {"scaffold", "pages", "search", "forms"},
    {"fetching", "intake"},
    {"blocks"},
    {"render"},
    {"pouring"},
    {"site"},
    {"hook", "preview"},
    {"cli"},
    {"__main__"},
]
SAME_LEVEL = {
    ("audience", "knowledge"),
    ("freshness", "model"),
    ("sections", "knowledge"),
    ("markup", "values"),
    ("output", "folder"),
    ("georgian", "english"),
}


def level(module: str) -> int:
    """Where a module stands in the order."""
    return next(number for number, names in enumerate(LEVELS) if module in names)


def imports(path: Path) -> set[str]:
    """The modules of the package that a file imports at its top."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module}
    names |= {f"kb.{a.name}" for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "kb" for a in n.names}
    return {name.split(".")[1] for name in names if name.startswith("kb.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda p: p.stem)
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only what stands before it."""
    if path.stem == "__init__":
        assert imports(path) == set()
        return
    later = {name for name in imports(path) if level(name) >= level(path.stem)}
    assert {name for name in later if (path.stem, name) not in SAME_LEVEL} == set()


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_only_the_command_line_prints_exits_or_asks_the_clock(path: Path) -> None:
    """print, exit and today stand in cli alone."""
    text = path.read_text("utf-8")
    found = set(re.findall(r"\b(print\(|sys\.exit|date\.today\(|datetime\.now\()", text))
    assert found == set() or "cli" in path.parts


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
    """Tracked files name no folder of anybody's machine."""
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    texts = (PROJECT / name for name in listed if not name.endswith((".woff2", ".jsonl")))
    assert [path.name for path in texts if MACHINE.search(path.read_text("utf-8"))] == []
