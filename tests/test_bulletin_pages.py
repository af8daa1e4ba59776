"""The bulletins on the site: a page a unit and quarter, the archive, and feeds to subscribe to."""

from datetime import date

import pytest

from conftest import printed
from kb.bulletins.edition import Bulletin, shelf
from kb.editing.repository import Repository
from kb.history import closing
from kb.history.snapshot import Beside, take
from kb.site.builder import Builder
from kb.site.view.blocks import Folded, Statements
from kb.site.view.writer import Edition
from kb.words.language import Words
from kb.words.quarters import parse

GUIDE, NNO = "nno/resources/guide.yml", "nno/network.yml"


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
def pages(tree, today):
    """The pages of a language by address."""

    def make(bulletins, language="en"):
        builder = Builder(Edition(tree.load()[0], Words(language), today, Repository()), bulletins)
        return {one.page.address: one for one in builder.pages() if one.page.section == "bulletins"}

    return make


EDIT = (GUIDE, "year: 2024", "year: 2025")


def text_of(page):
    """All that a page says, with its markup."""
    return printed(page)["body"]


def test_every_quarter_has_a_page_for_each_unit_and_for_the_whole_office(closed, pages):
    """And one archive."""
    names = ["", "-nvd", "-international-exchanges"]
    expected = {f"bulletins/{quarter}{name}.html" for quarter in ("2026-q4", "2027-q1") for name in names}
    assert pages(closed(EDIT)).keys() == expected | {"bulletins/index.html"}


def test_a_page_tells_what_changed_with_links_to_the_records(closed, pages):
    """In the language of the page."""
    bulletins = closed(EDIT)
    assert "year of publication changed: 2024 → 2025" in text_of(pages(bulletins)["bulletins/2027-q1-nvd.html"])
    georgian = text_of(pages(bulletins, "ka")["bulletins/2027-q1-nvd.html"])
    assert '<a href="../resources/nno/guide.html">NNO, „სახელმძღვანელო“</a>' in georgian


def test_several_changes_of_one_record_stand_in_a_list_below_it(closed, pages):
    """As a list, not as the letters of its tags."""
    text = text_of(pages(closed(EDIT, (GUIDE, "en: Guide", "en: Guide & more")))["bulletins/2027-q1.html"])
    assert "</strong><ul><li>" in text
    assert "Guide &amp; more" in text
    assert "&lt;" not in text
    assert "&amp;amp;" not in text


def test_an_old_bulletin_reads_the_same_whatever_becomes_of_the_records(tree, closed, pages):
    """It is made of snapshots; what is gone since is named and no longer linked."""
    bulletins = closed(EDIT)
    before = text_of(pages(bulletins)["bulletins/2027-q1-nvd.html"])
    tree.edit(GUIDE, "en: Guide", "en: Something else")
    assert text_of(pages(bulletins)["bulletins/2027-q1-nvd.html"]) == before
    (tree.root / GUIDE).unlink()
    after = text_of(pages(bulletins)["bulletins/2027-q1-nvd.html"])
    assert "‘Guide’" in after
    assert "guide.html" not in after


def test_a_page_has_all_items_the_first_ten_open(tree, closed, pages):
    """A letter leaves out what is more than ten; the page folds it."""
    text = (tree.root / GUIDE).read_text("utf-8")
    closing.close(tree.root, take(tree.load()[0], parse("2026-Q4"), date(2026, 12, 31)))
    for number in range(13):
        tree.write(f"nno/resources/new-{number}.yml", text)
    page = pages(closed())["bulletins/2027-q1-nvd.html"]
    [section] = [section for section in page.page.sections if section.anchor == "resources"]
    assert section.count == 13
    assert [type(block) for block in section.blocks] == [Statements, Folded]


def test_the_archive_has_the_newest_quarter_first(closed, pages):
    """A section a quarter; who had nothing new is told."""
    archive = pages(closed((GUIDE, "themes: [juvenile, custody]", "themes: [juvenile]")))["bulletins/index.html"]
    assert [section.anchor for section in archive.page.sections] == ["2027-q1", "2026-q4"]
    assert "2027-q1.html" in text_of(archive)


def test_the_archive_of_no_quarter_says_when_the_first_is_due(pages):
    """Until a quarter is closed nothing is missing."""
    found = pages([])
    assert list(found) == ["bulletins/index.html"]
    assert "31 December 2026" in text_of(found["bulletins/index.html"])


def test_the_public_is_told_that_bulletins_are_the_offices_own(tree, today):
    """A public site has none, be there closed quarters or not; it does not announce a first one."""
    edition = Edition(tree.load()[0], Words("en"), today, Repository(), "public")
    text = text_of(Builder(edition).page_at("bulletins/index.html"))
    assert "The bulletins are for the Office’s own use." in text
    assert "first bulletin" not in text


def test_a_foreword_stands_on_every_page_of_its_quarter(tmp_path, closed, pages):
    """Georgian words stand in for missing English ones; lines of a list stay lines."""
    (tmp_path / "content/ka/bulletins").mkdir(parents=True)
    (tmp_path / "content/ka/bulletins/2027-q1.md").write_text("წინასიტყვაობა **აქ**.\n\n- ერთი\n- ორი\n", "utf-8")
    found = pages(closed(EDIT))
    assert '<p><span lang="ka">წინასიტყვაობა აქ.</span></p>' in text_of(found["bulletins/2027-q1-nvd.html"])
    assert '<p><span lang="ka">- ერთი</span><br><span lang="ka">- ორი</span></p>' in text_of(found["bulletins/2027-q1-nvd.html"])
    assert "წინასიტყვაობა" not in text_of(found["bulletins/2026-q4-nvd.html"])


def test_texts_in_the_other_language_say_so(tree, tmp_path, today, pages):
    """Titles, summaries, changed words, outcomes, duties and news of a bulletin, as on every other page (WCAG 2.2, 3.1.2)."""
    news = {"network": "nno", "title": "Nouvelle", "language": "fr", "url": "https://www.no.example/1", "on": "2027-02-01"}
    closing.close(tree.root, take(tree.load()[0], parse("2026-Q4"), today))
    guide = (tree.root / GUIDE).read_text("utf-8")
    tree.write("nno/resources/new.yml", guide.replace("  ka: სახელმძღვანელო\n", "").replace("Guide", "New"))
    tree.edit(GUIDE, "summary: {ka: რა არის., en: What it is.}", "summary: {ka: რა არის., en: What it was.}")
    tree.edit(NNO, "meetings:", "  - id: new\n    role: {en: Registry}\nmeetings:")
    event = "title: {en: Visit}\nkind: study-visit\nstart: 2027-02-05\nthemes: [custody]\nplace: {en: Vienna}\n"
    tree.write("_office/events/2027-02-visit.yml", event + "direction: outgoing\noutcome: {en: A plan.}\n")
    assert tree.problems() == []
    closing.close(tree.root, take(tree.load()[0], parse("2027-Q1"), date(2027, 3, 31), Beside(news=(news,))))
    text = text_of(pages(shelf(tree.root, tmp_path / "content"), "ka")["bulletins/2027-q1.html"])
    for words in ("NNO, „New“", "What it is. → What it was.", "Registry", "Visit", "Vienna", "A plan.", "A yearly visit"):
        assert f'<span lang="en">{words}</span>' in text, words
    assert '<span lang="fr">Nouvelle</span>' in text
    assert '<span lang="ka">' not in text


def test_a_bulletin_is_of_two_neighbours_among_the_closed_quarters(closed):
    """The first has nothing before it."""
    newest, first = closed()
    assert isinstance(newest, Bulletin)
    assert (newest.old.quarter, first.old) == (first.new.quarter, None)
