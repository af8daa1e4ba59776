"""A public site holds no internal contact, in no file; every site warns when its data is old."""

import json
import re
import zipfile
from datetime import date, timedelta
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kb.records.audience import MASK, seen_by
from kb.records.reading import load
from kb.site.building import build
from kb.site.pouring import STALE_DAYS
from kb.site.project import Order
from kb.words.language import Words
from trees import DAY, plant_office

WARNING = Words("ka")("meta.stale", n=STALE_DAYS)


def contacts(records: Path) -> list:
    """Every contact of the tree."""
    return [contact for entry in load(records, DAY)[0].networks.values() for contact in entry.record.contacts]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the tests, in which an internal address stands in other places, too."""
    copy = plant_office(tmp_path_factory.mktemp("records"))
    spread(hidden_mail(copy), copy)
    return copy


def hidden_mail(records: Path) -> str:
    """An address that nobody marked as public."""
    return next(contact.email for contact in contacts(records) if contact.email and not contact.public)


def spread(mail: str, records: Path) -> None:
    """Put an address where it may stand besides its contact: in a text of our own, an item, a failure, a changed page."""
    gaps = records / "_office" / "gaps.yml"
    gaps.write_text(f"{gaps.read_text('utf-8')}\n- id: whom-to-ask\n  area: about\n  what: {{en: Ask {mail}}}\n", "utf-8")
    said = f"Write to {mail.upper()}"
    item = {"id": "nno-0000000001", "title": said, "sources": ["nno/feed"], "first_seen": "2031-05-12"}
    health = {
        "network": "nno",
        "what": "page",
        "url": "https://www.nno.example.org/contact",
        "state": "failed",
        "last_try": "2031-05-13",
        "failure": {"code": "refused", "ka": said, "en": said},
        "change": {"on": "2031-05-12", "before": said, "after": "Write to new-address@nno.example.org"},
    }
    (records / "_fetched" / "nno.jsonl").write_text(f"{json.dumps(item)}\n", "utf-8")
    (records / "_fetched" / "sources.json").write_text(json.dumps({"nno/contact": health}), "utf-8")


@pytest.fixture(scope="module")
def public(house: Path, records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for the public."""
    out = tmp_path_factory.mktemp("public")
    build(Order(house, records, out, DAY, out.with_suffix(".zip"), "public"))
    return out


def texts(folder: Path) -> dict[str, str]:
    """Every file of a site as text, also what is packed in spreadsheets and archives."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                found |= {f"{path.name}/{name}": packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()}
        elif path.is_file() and path.suffix not in (".woff2", ".png"):
            found[path.relative_to(folder).as_posix()] = path.read_bytes().decode("utf-8", "ignore")
    return found


def test_no_output_of_a_public_site_holds_an_internal_contact(records: Path, public: Path) -> None:
    """Address, telephone number and holder of every contact that is not public stand in no file, the search index included."""
    open_to_all = {getattr(c, name) for c in contacts(records) if c.public for name in ("email", "phone", "holder")}
    hidden = {getattr(c, name) for c in contacts(records) if not c.public for name in ("email", "phone", "holder")}
    wanted = {word for word in hidden - open_to_all if word}
    assert len(wanted) > 5
    leaks = {(name, word) for name, text in texts(public).items() for word in wanted if word.lower() in text.lower()}
    assert leaks == set()


def test_what_changed_on_a_watched_page_is_not_shown_to_the_public(
    house: Path, records: Path, public: Path, tmp_path: Path
) -> None:
    """The new address on a page of contacts is in no record yet, and so nobody decided that it may be public."""
    assert [name for name, text in texts(public).items() if "new-address@nno.example.org" in text] == []
    build(Order(house, records, tmp_path, DAY))
    assert "new-address@nno.example.org" in (tmp_path / "freshness" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("page", ["en/freshness/index.html", "en/networks/nno.html", "en/about/index.html"])
def test_a_text_with_an_internal_address_is_shown_without_it(public: Path, page: str) -> None:
    """What robots collected and what our own lists say stays, with a mask in place of the address."""
    assert re.search(rf"(Write to|Ask) {re.escape(MASK)}", (public / page).read_text("utf-8"))


def test_a_public_contact_stands_on_a_public_site(records: Path, public: Path) -> None:
    """What an editor marked as public is there."""
    shown = [(entry.id, contact) for entry in load(records, DAY)[0].networks.values() for contact in entry.record.contacts]
    ways = [(name, contact.email or escape(contact.url)) for name, contact in shown if contact.public]
    assert len(ways) > 2
    assert [way for name, way in ways if way not in (public / "networks" / f"{name}.html").read_text("utf-8")] == []


def test_only_the_offices_site_says_that_it_is_internal(site: Path, public: Path) -> None:
    """The footer says for whom the site is."""
    assert "შიდა სარგებლობისთვის" in (site / "index.html").read_text("utf-8")
    assert "შიდა სარგებლობისთვის" not in (public / "index.html").read_text("utf-8")


def test_the_office_sees_every_contact(records: Path) -> None:
    """Without --audience nothing is left out."""
    kb = load(records, DAY)[0]
    assert seen_by(kb, "office") is kb


def last(site: Path) -> str:
    """The day of the data, as the footer has it."""
    found = re.search(r'id="kb-stale" data-on="([0-9-]+)"', (site / "index.html").read_text("utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize(("days", "warned"), [(100, False), (101, True)])
def test_a_site_that_is_built_from_old_data_warns(house: Path, tmp_path: Path, plant, days: int, warned: bool) -> None:
    """After 100 days without a new or confirmed record the footer of every page warns, without JavaScript."""
    plant(tmp_path / "networks")
    build(Order(house, tmp_path / "networks", tmp_path / "out", date(2026, 10, 2) + timedelta(days=days)))
    for name in ("index.html", "en/index.html", "networks/nno.html", "help/index.html"):
        tag = re.search(r'<p class="kb-stale"[^>]*>', (tmp_path / "out" / name).read_text("utf-8"))
        assert tag
        assert ("hidden" not in tag[0]) is warned


@pytest.mark.parametrize(("days", "warned"), [(99, False), (101, True)])
def test_a_site_that_nobody_builds_anew_warns_by_itself(site: Path, browser: Browser, days: int, warned: bool) -> None:
    """In the browser of a reader the warning appears when the data is over 100 days old, from a folder, too."""
    page = browser.new_page()
    page.clock.set_fixed_time(f"{date.fromisoformat(last(site)) + timedelta(days=days)}T12:00:00")
    page.goto((site / "index.html").as_uri())
    assert page.get_by_text(WARNING).is_visible() is warned
    page.close()


def test_the_script_of_the_warning_is_small(site: Path) -> None:
    """At most 400 bytes a page, and nothing of the browser's own words for dates."""
    found = re.search(r'id="kb-stale".*?(<script>.*?</script>)', (site / "index.html").read_text("utf-8"))
    assert found
    assert len(found[1]) <= 400
    assert "Intl" not in found[1]
