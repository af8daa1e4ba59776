"""The command `kb build` as a person calls it."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli import app
from trees import plant_office

pytestmark = pytest.mark.slow


@pytest.fixture
def records(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the records of the tests, called from their house."""
    monkeypatch.chdir(house)
    return plant_office(tmp_path)


def called(*words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.stdout, result.stderr


def test_build_says_where_how_many_and_how_long(records: Path, tmp_path: Path) -> None:
    """The last line names the folder, the pages and the seconds."""
    code, said, _ = called("build", "--records", records, "--out", tmp_path / "out", "--today", "2031-05-14")
    assert code == 0
    assert str(tmp_path / "out") in said
    assert f"{len(list((tmp_path / 'out').rglob('*.html'))) - 1} pages" in said  # the page for wrong addresses is none
    assert said.strip().endswith(" s")


def test_build_makes_one_archive(records: Path, tmp_path: Path) -> None:
    """--zip writes an archive with the home pages of both languages."""
    code, _, _ = called(
        "build", "--records", records, "--out", tmp_path / "out", "--zip", tmp_path / "site.zip", "--today", "2031-05-14"
    )
    assert code == 0
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert {"index.html", "en/index.html", "assets/stylesheets/kb.css"} <= set(archive.namelist())


def test_build_refuses_an_archive_in_its_own_site(records: Path, tmp_path: Path) -> None:
    """It would hold itself, and the next build would delete it; nothing is built, with exit code 2."""
    code, _, said = called(
        "build", "--records", records, "--out", tmp_path / "out", "--zip", tmp_path / "out" / "en" / ".." / "x.zip"
    )
    assert code == 2
    assert "lies in the site that it is to hold" in " ".join(said.replace("│", "").split())
    assert not (tmp_path / "out").exists()


def test_build_refuses_records_with_problems(records: Path, tmp_path: Path) -> None:
    """Problems are printed as by kb check, nothing is built, and the exit code is 1."""
    file = records / "nno" / "network.yml"
    file.write_text(file.read_text("utf-8").replace("kind: ombudsman", "kind: ombudsmann"), "utf-8")
    code, _, said = called("build", "--records", records, "--out", tmp_path / "out", "--lang", "en", "--today", "2031-05-14")
    assert code == 1
    assert f"{records}/nno/network.yml:" in said
    assert "did you mean: ombudsman" in said
    assert not (tmp_path / "out" / "index.html").exists()


def test_build_refuses_a_folder_of_other_files(records: Path, tmp_path: Path) -> None:
    """A folder with somebody's files is left alone, with exit code 2."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    code, _, said = called("build", "--records", records, "--out", tmp_path / "out")
    assert code == 2
    assert "did not write" in said


@pytest.mark.parametrize("words", [["--today", "yesterday"], ["--records", "nowhere"], ["--no-such-option"]])
def test_a_wrong_call_exits_with_2(words: list[str]) -> None:
    """Misuse is told apart from problems in records."""
    assert called("build", *words)[0] == 2


def test_today_may_come_from_the_environment(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KB_TODAY is the day to reckon from."""
    monkeypatch.setenv("KB_TODAY", "2032-06-01")
    assert called("build", "--records", records, "--out", tmp_path / "out")[0] == 0
    assert "overdue" in (tmp_path / "out" / "en" / "networks" / "nno.html").read_text("utf-8")
