"""The output folder: only what differs is written, only our own folder is touched."""

import zipfile
from pathlib import Path

import pytest

from kb.site.output import NotOurs, Output, remove_others, zipped


def filled(folder: Path, **files: str) -> Output:
    """An output with some files in it."""
    output = Output(folder)
    output.prepare()
    for name, text in files.items():
        output.write(f"{name}.html", text.encode())
    return output


def test_a_file_is_written_below_new_folders(tmp_path: Path) -> None:
    """Folders on the way to a file are made."""
    filled(tmp_path / "site").write("a/b/c.html", b"text")
    assert (tmp_path / "site/a/b/c.html").read_bytes() == b"text"


def test_an_equal_file_is_left_alone(tmp_path: Path) -> None:
    """A file with the same bytes is not written again."""
    filled(tmp_path, a="same")
    before = (tmp_path / "a.html").stat().st_mtime_ns
    assert filled(tmp_path, a="same").changed == 0
    assert (tmp_path / "a.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("new", ["other", "longer than it was", "", "sam"])
def test_a_different_file_is_replaced_whole(tmp_path: Path, new: str) -> None:
    """A longer, a shorter and an empty file replace what was there, with nothing left of it."""
    filled(tmp_path, a="same!")
    assert filled(tmp_path, a=new).changed == 1
    assert (tmp_path / "a.html").read_text() == new


def test_files_that_are_gone_are_removed_with_their_folders(tmp_path: Path) -> None:
    """What is not kept goes, and so does a folder that is empty then."""
    filled(tmp_path, a="1").write("old/b.html", b"2")
    assert remove_others(tmp_path, {"a.html"}) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == [".kb-site", "a.html"]


def test_a_folder_of_other_peoples_files_is_refused(tmp_path: Path) -> None:
    """kb never empties a folder that it did not fill."""
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(NotOurs):
        Output(tmp_path).prepare()
    assert (tmp_path / "thesis.doc").exists()


def test_an_archive_of_the_same_site_has_the_same_bytes(tmp_path: Path) -> None:
    """Two archives of one site do not differ, whenever they are made."""
    filled(tmp_path / "site", a="1", b="2")
    zipped(tmp_path / "site", tmp_path / "one.zip")
    (tmp_path / "site/a.html").touch()
    zipped(tmp_path / "site", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_archive_that_fails_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a file that is gone takes nothing away, and leaves nothing half-made behind."""

    def fail(*given: object) -> None:
        raise OSError(28, "No space left on device")

    filled(tmp_path / "site", a="1")
    zipped(tmp_path / "site", tmp_path / "site.zip")
    before = (tmp_path / "site.zip").read_bytes()
    monkeypatch.setattr(zipfile.ZipFile, "writestr", fail)
    with pytest.raises(OSError, match="No space"):
        zipped(tmp_path / "site", tmp_path / "site.zip")
    assert (tmp_path / "site.zip").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.zip"}


def test_an_archive_holds_every_page_and_not_our_mark(tmp_path: Path) -> None:
    """The archive has the site's files alone."""
    filled(tmp_path / "site", a="1").write("en/a.html", b"2")
    zipped(tmp_path / "site", tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert archive.namelist() == ["a.html", "en/a.html"]
