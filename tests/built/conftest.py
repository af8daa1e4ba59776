"""A site of the real records, built once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kb.site import Order, build

PROJECT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the real records, as of 22 November 2026."""
    out = tmp_path_factory.mktemp("site")
    build(Order(PROJECT, PROJECT / "networks", out, TODAY))
    return out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project without its build, to change without harm."""
    copy = tmp_path / "project"
    for name in ("content", "overrides", "networks", "scripts"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", copy)
    return copy
