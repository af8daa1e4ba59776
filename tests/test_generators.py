"""The tree builds with plain MkDocs and with ProperDocs, too, to the same addresses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "KB_TODAY": "2026-11-22", "NO_MKDOCS_2_WARNING": "1"}


def addresses(generator: str, folder: Path) -> set[str]:
    """The pages that a generator makes of the project by itself, in strict mode."""
    command = [str(Path(sys.executable).parent / generator), "build", "--strict", "-f", "mkdocs.yml", "-d", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


@pytest.fixture(scope="module")
def by_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """The Georgian site as plain MkDocs makes it."""
    folder = tmp_path_factory.mktemp("mkdocs")
    return folder, addresses("mkdocs", folder)


def test_plain_mkdocs_makes_the_georgian_site(by_mkdocs: tuple[Path, set[str]]) -> None:
    """`mkdocs build --strict` pours every record."""
    folder, found = by_mkdocs
    assert "resources/ganhri/marrakech-declaration.html" in found
    assert "@@" not in (folder / "networks" / "ganhri.html").read_text("utf-8")


def test_properdocs_makes_the_same_addresses(by_mkdocs: tuple[Path, set[str]], tmp_path: Path) -> None:
    """The fork that goes on after mkdocs-material's end builds the same set of pages."""
    assert addresses("properdocs", tmp_path) == by_mkdocs[1]
