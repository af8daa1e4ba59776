"""A scratch clone in which the tests do what editors do, and ask what a proposal is answered."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import PROJECT, Tree
from kb.cli import app
from trees import CONTENT

KEPT = ("mkdocs.yml", "pyproject.toml", "CONTRIBUTING.md", ".gitignore")
PYTHONS_OWN = re.compile(r"Traceback|\bassert\b|AssertionError|\w+Error\b|\.py:\d+|^E  ", re.MULTILINE)
"""What an editor never meets."""
FILE_AND_LINE = re.compile(r"\*\*\d+\.\*\* `([^`]+)`, სტრიქონი (\d+)")


class Clone:
    """A clone of the program around the small record tree and pages of its own; the first commit is what was before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in KEPT:
            shutil.copy(PROJECT / name, folder)
        for name in ("overrides", "scripts"):
            (folder / name).symlink_to(PROJECT / name)
        (folder / ".github" / "ISSUE_TEMPLATE").mkdir(parents=True)
        shutil.copytree(CONTENT, folder / "content")
        self.tree = Tree(folder / "networks")
        self.day = ""

    def git(self, *arguments: str) -> None:
        """Run git in the clone, as somebody."""
        who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True)

    def back(self) -> None:
        """Everything as in the first commit."""
        self.git("reset", "--quiet", "--hard")
        self.git("clean", "--quiet", "--force", "-d")

    def kb(self, *arguments: str) -> Result:
        """Call the command in the clone, on the day of the test."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            return CliRunner().invoke(app, [*arguments, "--today", self.day] if arguments[0] != "schema" else list(arguments))
        finally:
            os.chdir(before)
            gc.enable()  # a command ends with its process and does without; the tests go on

    def done(self, *arguments: str) -> None:
        """Call the command, which must do what is asked."""
        result = self.kb(*arguments)
        assert result.exit_code == 0, result.output

    def answered(self) -> tuple[bool, list[tuple[str, int]], str]:
        """The answer to a proposal of what is in the clone now: whether it is ready, what to mend where, the Georgian half.

        The other commands that a proposal runs agree with it, and none speaks Python.
        """
        result = self.kb("answer", "--base", "HEAD", "--site", "site")
        said, _, _ = result.stdout.partition("<details")
        ready = "### ✅" in said
        others = [self.kb(*command) for command in (("check",), ("build",), ("schema", "--check"))]
        assert (result.exit_code, ready) == (0, all(one.exit_code == 0 for one in others)), said
        assert [found[0] for one in (result, *others) if (found := PYTHONS_OWN.search(one.output))] == []
        return ready, [(path, int(line)) for path, line in FILE_AND_LINE.findall(said)], said

    def judged(self, today: str) -> tuple[int, str]:
        """What tests/records says of the clone on a day, but for its two tests in a browser: (exit code, output)."""
        tests = self.folder / "tests"
        shutil.copytree(PROJECT / "tests" / "records", tests / "records", dirs_exist_ok=True)
        shutil.copytree(PROJECT / "tests" / "trees", tests / "trees", dirs_exist_ok=True)
        shutil.copy(PROJECT / "tests" / "conftest.py", tests)
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", "not break_no_rule", "tests/records"]
        environment = {**os.environ, "KB_TODAY": today, "PYTHONDONTWRITEBYTECODE": "1", "KB_LANG": "ka"}
        ended = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The clone as it was before any edit."""
    clone = Clone(tmp_path_factory.mktemp("clone"))
    clone.git("init")
    clone.done("schema")
    clone.git("add", "--all")
    clone.git("commit", "--message", "first")
    return clone


@pytest.fixture
def clone(first: Clone, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clone]:
    """The clone to edit; afterwards it is as before."""
    for name in ("CI", "GITHUB_ACTIONS", "KB_TODAY", "KB_LANG"):  # the tests play a person, also where they run in CI
        monkeypatch.delenv(name, raising=False)
    yield first
    first.back()


Edit = Callable[[Clone], None]
