"""What a project keeps between its builds: frames, and what tells that nothing changed."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.cli.hook import on_files
from kb.site import project, state
from kb.site.frames import generator
from kb.site.project import OUR_TEMPLATES


@pytest.fixture
def frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project's frames, for which MkDocs need not run."""

    def render(project: Path, language: str, folder: Path) -> None:
        folder.mkdir()

    monkeypatch.setattr(generator, "run_mkdocs", render)
    return tmp_path / "build" / "frames"


def old(folder: Path) -> Path:
    """A folder that was made long ago."""
    folder.mkdir(parents=True)
    os.utime(folder, (0, 0))
    return folder


def test_new_frames_of_a_language_leave_those_of_the_other(frames: Path, tmp_path: Path) -> None:
    """What the other language's pages are made of is still right, and a preview reads its styles there."""
    georgian, english = old(frames / "ka-0123"), old(frames / "en-0123")
    made = generator.make_frames(tmp_path, "en")
    assert set(frames.iterdir()) == {georgian, made}
    assert not english.exists()


@pytest.fixture
def update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A way to have a package in a version, as an installer leaves it."""
    monkeypatch.syspath_prepend(tmp_path / "packages")

    def put(name: str) -> None:
        (tmp_path / "packages" / f"{name}.dist-info").mkdir(parents=True)

    return put


def test_an_updated_package_makes_another_site(derived: Path, update: Callable[[str], None]) -> None:
    """Word documents are another program's work: with its new version nothing is taken for unchanged."""
    (derived / "mkdocs.yml").write_text("site_name: A base\n", "utf-8")
    order = project.Order(derived, derived / "networks", derived / "site", date(2026, 11, 22))
    update("python_docx-1.2.0")
    before = state.fingerprint(order)
    assert state.fingerprint(order) == before
    update("python_docx-9.9.9")
    assert state.fingerprint(order) != before


def test_another_python_makes_another_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """What compresses archives and counts calendars is part of it."""
    before = project.installed()
    monkeypatch.setattr(project.sys, "version", "3.99.0")
    assert project.installed() != before


def test_an_updated_package_makes_other_frames(frames: Path, tmp_path: Path, update: Callable[[str], None]) -> None:
    """Not MkDocs alone renders them."""
    first = generator.make_frames(tmp_path, "ka")
    update("markdown-9.9.9")
    assert generator.make_frames(tmp_path, "ka") != first


@pytest.mark.parametrize("folder", OUR_TEMPLATES)
def test_a_template_of_our_own_makes_no_frames(tmp_path: Path, folder: str) -> None:
    """MkDocs need not run because a feed or a page says something in another way."""
    for name in (f"{folder}/page.html", f"partials/{folder}/page.html"):
        (tmp_path / "overrides" / name).parent.mkdir(parents=True)
        (tmp_path / "overrides" / name).touch()
    found = {
        path.relative_to(tmp_path / "overrides").as_posix()
        for path in generator.frame_sources(tmp_path, "ka")
        if tmp_path in path.parents and path.suffix == ".html"
    }
    assert found == {f"partials/{folder}/page.html"}


def test_a_template_of_our_own_is_no_file_of_the_site() -> None:
    """Plain MkDocs would copy what stands beside its theme's own files."""
    files = [
        SimpleNamespace(src_uri=name) for name in ("feeds/atom.xml", "assets/stylesheets/kb.css", "feeds.md", "about/feeds/x.png")
    ]
    assert [file.src_uri for file in on_files(files, {})] == ["assets/stylesheets/kb.css", "feeds.md", "about/feeds/x.png"]
