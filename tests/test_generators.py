"""The tree builds with plain MkDocs and with ProperDocs, too, to the same addresses."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, tzinfo
from html import unescape
from pathlib import Path

import pytest

from kb.cli import hook, options
from kb.site import building as site
from trees import raise_house

pytestmark = pytest.mark.slow

ENVIRONMENT = {**os.environ, "KB_TODAY": "2031-05-14", "NO_MKDOCS_2_WARNING": "1"}


def built(generator: str, folder: Path, project: Path, today: str = "2031-05-14") -> tuple[int, str]:
    """What a generator makes of the project by itself, in strict mode: its exit code and what it says."""
    command = [str(Path(sys.executable).parent / generator), "build", "--strict", "-f", "mkdocs.yml", "-d", str(folder)]
    environment = ENVIRONMENT | {"KB_TODAY": today}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def addresses(generator: str, folder: Path, project: Path) -> set[str]:
    """The pages that a generator makes of the project."""
    code, said = built(generator, folder, project)
    assert code == 0, said
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


@pytest.fixture(scope="module")
def by_mkdocs(house: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """The Georgian site as plain MkDocs makes it."""
    folder = tmp_path_factory.mktemp("mkdocs")
    return folder, addresses("mkdocs", folder, house)


def test_plain_mkdocs_makes_the_georgian_site(by_mkdocs: tuple[Path, set[str]]) -> None:
    """`mkdocs build --strict` pours every record."""
    folder, found = by_mkdocs
    assert "resources/nno/guide.html" in found
    assert "@@" not in (folder / "networks" / "nno.html").read_text("utf-8")


def test_properdocs_makes_the_same_addresses(by_mkdocs: tuple[Path, set[str]], house: Path, tmp_path: Path) -> None:
    """The fork that goes on after mkdocs-material's end builds the same set of pages."""
    assert addresses("properdocs", tmp_path, house) == by_mkdocs[1]


def test_no_link_of_the_plain_site_leads_nowhere(by_mkdocs: tuple[Path, set[str]]) -> None:
    """Every page, feed, calendar, document and table to which a page links is there; only the other language is not."""
    folder, found = by_mkdocs
    lost = set()
    for name in found - {"404.html"}:
        for link in set(re.findall(r' (?:href|src)="([^"#?]+)', (folder / name).read_text("utf-8"))):
            target = os.path.normpath(Path(name).parent / unescape(link))
            if not re.match(r"[a-z][a-z0-9+.-]*:", link) and not (folder / target).is_file():
                lost.add(target)
    assert {target for target in lost if target.removeprefix("en/") not in found} == set()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A house of one's own, to spoil."""
    return raise_house(tmp_path / "project")


def test_a_broken_link_ends_a_plain_build(project: Path) -> None:
    """A hand-written link to no page is named with its page, and nothing is taken for a good site."""
    page = project / "content" / "ka" / "units" / "index.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="../nowhere.html">nowhere</a>\n', "utf-8")
    code, said = built("mkdocs", project / "out", project)
    assert code == 1
    assert re.search(r"content/ka/units/index\.md:\d+: ", said)
    assert "Traceback" not in said


def test_a_wrong_record_ends_a_plain_build(project: Path) -> None:
    """It is told with its file and line, as by `kb check`."""
    file = project / "networks" / "nno" / "network.yml"
    file.write_text(file.read_text("utf-8").replace("kind: ombudsman", "kind: ombudsmann"), "utf-8")
    code, said = built("mkdocs", project / "out", project)
    assert code == 1
    assert "networks/nno/network.yml:" in said
    assert "Traceback" not in said


def test_a_wrong_day_ends_a_plain_build(house: Path, tmp_path: Path) -> None:
    """KB_TODAY is checked as the option of the commands is."""
    code, said = built("mkdocs", tmp_path, house, today="tomorrow")
    assert code == 1
    assert "KB_TODAY: 'tomorrow' is not a date such as 2026-11-22" in said
    assert "Traceback" not in said


def test_the_day_of_a_plain_build_is_that_of_tbilisi(monkeypatch: pytest.MonkeyPatch) -> None:
    """At ten in the evening in Greenwich it is tomorrow in Tbilisi."""

    class Clock:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime(2026, 11, 22, 22, 0, tzinfo=UTC).astimezone(zone)

    days: list[date] = []
    monkeypatch.delenv("KB_TODAY", raising=False)
    monkeypatch.setattr(options, "datetime", Clock)
    monkeypatch.setattr(site, "pour_into", lambda *given: days.append(given[-1]))
    hook.on_post_build({"extra": {}, "site_dir": "build/mkdocs", "config_file_path": "mkdocs.yml"})
    assert days == [date(2026, 11, 23)]
