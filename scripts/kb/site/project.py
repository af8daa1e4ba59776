"""A project's folder: where its templates, scripts and repository stand, and what is installed beside the program."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kb.bulletins.stationery import templates as stationery
from kb.bulletins.stationery.templates import Stationery
from kb.editing.repository import Repository, from_remote, origin
from kb.records.audience import Audience

OVERRIDES = "overrides"
SEARCH = "search"
"""The folder of the search index, for both languages."""
OUR_TEMPLATES = ("records", "papers", "mail", "feeds")
"""Folders of overrides/ with templates of our own."""
NOT_FRAMES = (SEARCH, *OUR_TEMPLATES)
"""Folders of overrides/ that MkDocs makes nothing of."""
# What the theme ships for its own search and for machines that crawl, and what MkDocs copies of those folders; none is of use.
UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers", "sitemap", *(f"{name}/" for name in NOT_FRAMES))


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, from where and where to."""

    project: Path
    """The folder with mkdocs.yml, content/ and overrides/."""
    records: Path
    out: Path
    today: date
    archive: Path | None = None
    audience: Audience = "office"


def templates(project: Path) -> Path:
    """Where the templates of the pages stand."""
    return project / OVERRIDES / "records"


def stationery_of(project: Path) -> Stationery:
    """What the bulletins and briefs of a project are printed on."""
    return stationery.read(project / OVERRIDES)


def search_scripts(project: Path) -> Path:
    """Where the scripts of the search stand."""
    return project / OVERRIDES / SEARCH


def repository_of(project: Path, records: Path) -> Repository:
    """Where the records are edited: by mkdocs.yml's `extra`, else by the git remote called origin."""
    extra = _extra(project)
    address = str(extra.get("repository") or "").rstrip("/") or from_remote(origin(project))
    return Repository(address, str(extra.get("branch") or "main"), name_of(project, records))


def name_of(project: Path, records: Path) -> str:
    """What the record tree is called in the project; elsewhere it has its own name alone."""
    below = records.resolve()
    return below.relative_to(project.resolve()).as_posix() if below.is_relative_to(project.resolve()) else records.name


def _extra(project: Path) -> dict[str, Any]:
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    return dict(config.get("extra") or {})


def installed() -> str:
    """The versions of Python and of every package beside it, by the names of their folders; a package asked takes 1 ms."""
    folders = [Path(folder) for folder in dict.fromkeys(sys.path) if folder and Path(folder).is_dir()]
    names = {path.name for folder in folders for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info")}
    return "\n".join([sys.version, *sorted(names)])
