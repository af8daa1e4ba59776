"""The frames that a project keeps between its builds."""

import os
from pathlib import Path

import pytest

from kb import site


@pytest.fixture
def frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project's frames, for which MkDocs need not run."""

    def render(project: Path, language: str, folder: Path) -> None:
        folder.mkdir()

    monkeypatch.setattr(site, "run_mkdocs", render)
    return tmp_path / "build" / "frames"


def old(folder: Path) -> Path:
    """A folder that was made long ago."""
    folder.mkdir(parents=True)
    os.utime(folder, (0, 0))
    return folder


def test_new_frames_of_a_language_leave_those_of_the_other(frames: Path, tmp_path: Path) -> None:
    """What the other language's pages are made of is still right, and a preview reads its styles there."""
    georgian, english = old(frames / "ka-0123"), old(frames / "en-0123")
    made = site.make_frames(tmp_path, "en")
    assert set(frames.iterdir()) == {georgian, made}
    assert not english.exists()
