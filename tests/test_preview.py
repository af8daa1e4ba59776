"""The preview: an edit is on its page at the next look, and a mistake is said there without losing the page."""

import re
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.site.preview import CHANGES, Preview, server
from trees import DAY, plant_office

pytestmark = pytest.mark.slow


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A copy of the records of the tests, to edit."""
    return plant_office(tmp_path)


@pytest.fixture
def preview(house: Path, records: Path) -> Preview:
    """A preview of that copy."""
    return Preview(house, records, DAY)


@pytest.fixture
def running(preview: Preview) -> Iterator[str]:
    """The address of the preview's server on this machine."""
    with server(preview, "127.0.0.1", 0) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_address[1]}"
        web.shutdown()
        thread.join()


def edited(records: Path, old: str, new: str, file: str = "nno/network.yml") -> None:
    """Replace a text in a record's file."""
    path = records / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_page_is_that_of_the_build(preview: Preview) -> None:
    """The preview shows the record's page in both languages."""
    assert "NNO" in (preview.page("networks/nno.html") or "")
    assert "Northern Network" in (preview.page("en/networks/nno.html") or "")


def test_an_edit_is_on_the_page_at_the_next_look(preview: Preview, records: Path) -> None:
    """A saved record shows on its own page and on those that name it."""
    edited(records, "Northern Network", "Worldwide Network")
    assert "Worldwide Network" in (preview.page("en/networks/nno.html") or "")
    assert "Worldwide Network" in (preview.page("en/networks/index.html") or "")


def test_a_new_record_has_its_page(preview: Preview, records: Path) -> None:
    """A file that was not there when the preview began is read."""
    folder = records / "nno" / "resources"
    shutil.copy(folder / "school-course.yml", folder / "another.yml")
    assert preview.page("resources/nno/another.html") is not None


def test_a_removed_record_loses_its_page(preview: Preview, records: Path) -> None:
    """A file that is gone is forgotten."""
    assert preview.page("events/office/2030-12-reception.html") is not None
    (records / "_office" / "events" / "2030-12-reception.yml").unlink()
    assert preview.page("events/office/2030-12-reception.html") is None


def test_a_mistake_is_said_on_the_page_that_stays(preview: Preview, records: Path) -> None:
    """With a wrong field the last good page is shown under the problem, with its line."""
    edited(records, "kind: ombudsman", "kind: ombudsmann")
    page = preview.page("en/networks/nno.html") or ""
    assert "nno/network.yml:" in page
    assert "did you mean: ombudsman" in page
    assert "Northern Network" in page


def test_a_mended_mistake_is_gone(preview: Preview, records: Path) -> None:
    """After the field is right again the page has no problem on it."""
    edited(records, "kind: ombudsman", "kind: ombudsmann")
    preview.page("networks/nno.html")
    edited(records, "kind: ombudsmann", "kind: ombudsman")
    assert "nno/network.yml:" not in (preview.page("networks/nno.html") or "")


def test_a_preview_can_begin_with_broken_records(house: Path, records: Path) -> None:
    """Records that are wrong from the start are shown as far as they can be, with what is wrong."""
    edited(records, "kind: ombudsman", "kind: ombudsmann")
    page = Preview(house, records, DAY).page("en/index.html") or ""
    assert "did you mean: ombudsman" in page


def test_the_server_answers_pages_styles_and_mistakes(running: str) -> None:
    """The home page, a style and an address that does not exist get their answers."""
    with urllib.request.urlopen(f"{running}/") as answer:
        assert b"EventSource" in answer.read()
    with urllib.request.urlopen(f"{running}/assets/stylesheets/kb.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{running}/nowhere.html")
    assert caught.value.code == 404


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "//etc/passwd", "/assets/../../mkdocs.yml"])
def test_the_server_gives_no_file_from_outside(running: str, path: str) -> None:
    """Climbing addresses find nothing."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(running + path)
    assert caught.value.code == 404


class Gone:
    """A file of which nothing but the name is left."""

    def stat(self, **how: bool) -> None:
        """Ask the system for it."""
        raise FileNotFoundError(2, "No such file or directory", how)


def test_a_file_that_is_gone_at_the_look_does_no_harm(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    """The passing file of an editor is no error, neither for a page nor for those who listen."""
    monkeypatch.setattr(preview._reader, "files_below", lambda: [("nno/4913", Gone())])
    assert preview.refresh() == preview.version
    assert "NNO" in (preview.page("networks/nno.html") or "")


def test_a_change_beside_a_file_that_is_gone_is_found_at_the_next_look(
    preview: Preview, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read half is read again."""
    edited(records, "Northern Network", "Worldwide Network")
    with monkeypatch.context() as patch:
        patch.setattr("kb.records.reading.reader.signature", Gone.stat)
        preview.refresh()
    assert "Worldwide Network" in (preview.page("en/networks/nno.html") or "")


def test_a_link_to_nothing_among_the_records_is_said(preview: Preview, records: Path) -> None:
    """It does not keep the other records from being read."""
    (records / "nno" / "resources" / "link.yml").symlink_to(records / "nothing")
    edited(records, "Northern Network", "Worldwide Network")
    assert "nno/resources/link.yml:1" in (preview.page("en/networks/nno.html") or "")


def test_a_page_that_asks_again_is_told_what_it_missed(running: str, preview: Preview, records: Path) -> None:
    """A page says which version it shows: what changed before it listened reloads it at once."""
    with urllib.request.urlopen(f"{running}/networks/nno.html") as answer:
        shown = re.search(rf'EventSource\("({CHANGES}\?\d+)"\)', answer.read().decode())
    assert shown
    edited(records, "Northern Network", "Worldwide Network")
    preview.refresh()
    with urllib.request.urlopen(running + shown[1], timeout=20) as stream:
        assert stream.readline().startswith(b"data:")


def test_open_pages_are_told_of_a_change(running: str, records: Path) -> None:
    """The stream of changes sends a message after an edit."""
    with urllib.request.urlopen(running + CHANGES, timeout=20) as stream:
        stream.readline()
        edited(records, "Northern Network", "Worldwide Network")
        lines = (stream.readline() for _ in range(200))
        assert any(line.startswith(b"data:") for line in lines)


@pytest.mark.parametrize(
    "name", ["tables/themes.xlsx", "en/tables/themes.csv", "calendars/all.ics", "en/contacts/all.vcf", "api/index.json"]
)
def test_a_download_is_made_when_it_is_asked_for(preview: Preview, name: str) -> None:
    """What the site offers besides its pages is there in the preview, too; what it does not offer is not."""
    assert preview.file(name)
    assert preview.file(f"{name}.old") is None
