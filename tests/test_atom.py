"""Feeds of the bulletins are Atom that every reader takes: what changed inside, markup of a record as text."""

import dataclasses
import re
from datetime import date

import feedparser
import pytest
from lxml import etree

from kb.bulletins.edition import shelf
from kb.bulletins.stationery.templates import BadTemplate
from kb.downloads import calendars, feeds
from kb.history import closing
from kb.history.snapshot import take
from kb.words.language import LANGUAGES
from kb.words.quarters import parse

GUIDE = "nno/resources/guide.yml"
EDIT = (GUIDE, "year: 2024", "year: 2025")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def closed(tree, tmp_path, today):
    """The small tree with two quarters closed and an edit between them: its bulletins, the newest first."""

    def make(*edits):
        closing.close(tree.root, take(tree.load()[0], parse("2026-Q4"), today))
        for path, old, new in edits:
            tree.edit(path, old, new)
        closing.close(tree.root, take(tree.load()[0], parse("2027-Q1"), date(2027, 3, 31)))
        return shelf(tree.root, tmp_path / "content")

    return make


@pytest.fixture
def written(offer):
    """The feeds of some bulletins: file name → content."""
    return lambda bulletins, language="en": {file.name: file.content() for file in feeds.files(offer(language, bulletins))}


@pytest.fixture
def feed(written):
    """A feed as a strict XML parser reads it."""
    return lambda bulletins, name, language="en": etree.fromstring(written(bulletins, language)[f"{name}.atom"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("quarters", [True, False], ids=["two quarters", "none"])
def test_every_feed_has_what_the_standard_asks_for(closed, written, language, quarters):
    """id, title, updated and an author; each entry its own id (RFC 4287, 4.1.1)."""
    found = written(closed(EDIT) if quarters else (), language)
    assert found.keys() == {f"{name}.atom" for name in ("all", "unit-nvd", "unit-international-exchanges", "network-nno")}
    for raw in found.values():
        root = etree.fromstring(raw)
        assert root.find(f"{ATOM}author/{ATOM}name").text
        for part in (root, *root.findall(f"{ATOM}entry")):
            assert all(part.find(f"{ATOM}{name}").text for name in ("id", "title", "updated"))
        ids = [found.text for found in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_of_feeds_takes_every_feed(closed, written, language):
    """Without a complaint, in the language of the site, dated by the day on which the quarter was closed."""
    for name, raw in written(closed(EDIT), language).items():
        read = feedparser.parse(raw)
        assert (read.bozo, read.version, read.feed.language) == (False, "atom10", language), name
        assert read.feed.updated == max(entry.updated for entry in read.entries) == "2027-03-31T05:00:00Z"
        assert {entry.content[0].type for entry in read.entries} == {"text/html"}


def test_a_feed_without_entries_has_a_day_of_its_own(written):
    """A reader that subscribes before the first quarter is closed sees an empty feed."""
    read = feedparser.parse(written(())["all.atom"])
    assert (read.entries, read.feed.updated) == ([], "2026-01-01T05:00:00Z")


def test_a_unit_has_an_entry_a_quarter_with_the_letter_inside(closed, feed):
    """The newest first, dated by the day on which the quarter was closed, links relative to the feed."""
    entries = feed(closed(EDIT), "unit-nvd").findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}updated").text[:10] for entry in entries] == ["2027-03-31", "2026-11-22"]
    content = entries[0].find(f"{ATOM}content").text
    assert "year of publication changed: 2024 → 2025" in content
    assert '<a href="../resources/nno/guide.html"' in content
    assert entries[0].find(f"{ATOM}link").get("href") == "../bulletins/2027-q1-nvd.html"


def test_a_network_has_an_entry_for_each_quarter_in_which_something_of_it_changed(closed, feed):
    """Its records and what names it; no entry for a quiet quarter."""
    [entry] = feed(closed(EDIT, ("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2027-12")), "network-nno").findall(
        f"{ATOM}entry"
    )
    content = entry.find(f"{ATOM}content").text
    assert "year of publication" in content
    assert "next due changed" in content


def test_markup_in_a_record_is_text_in_a_feed(closed, feed):
    """What is in the content is HTML that was escaped twice, and so shown as it was typed."""
    content = feed(closed((GUIDE, "en: Guide", "en: '<b>&amp;</b>'")), "network-nno").find(f".//{ATOM}content").text
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in content


def test_signs_of_xml_in_a_title_do_not_break_a_feed(closed, feed):
    """Titles are escaped once."""
    edit = ("nno/network.yml", "acronym: {ka: NNO, en: NNO}", "acronym: {ka: NNO, en: '<I> & ]]>'}")
    assert feed(closed(edit), "network-nno").find(f"{ATOM}title").text.startswith("<I> & ]]>: ")


def test_a_template_that_asks_for_what_is_not_there_fails(tmp_path, offer):
    """A misspelt name is no empty place in a feed."""
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "atom.xml").write_text("<feed>{{ feed.titel }}</feed>", "utf-8")
    made = list(feeds.files(dataclasses.replace(offer(), templates=tmp_path)))
    with pytest.raises(BadTemplate, match="overrides/feeds/"):
        made[0].content()


def test_calendars_take_their_memory_from_the_last_bulletin(closed, offer):
    """The numbers of calendar entries come with the snapshots."""
    uid = "event.nno.2026-09-assembly@ombudsman.ge"
    newest, *rest = closed()
    newest = dataclasses.replace(newest, new=dataclasses.replace(newest.new, calendar={uid: {"sequence": 4, "digest": "other"}}))
    found = {file.name: file.content() for file in calendars.files(offer("ka", [newest, *rest]))}
    assert re.search(rb"SEQUENCE:5\r\n", found["all.ics"])
