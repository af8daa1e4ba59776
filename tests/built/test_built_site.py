"""The site of the tests' records: what is in it, and what must never be."""

import os
import re
from html import unescape
from pathlib import Path

import pytest

from conftest import TEMPLATES
from kb.editing.repository import Repository
from kb.records.audience import Audience
from kb.records.knowledge import KnowledgeBase
from kb.records.sections import SECTIONS, index, to_root
from kb.site.builder import Builder
from kb.site.building import LinksBroken, ProblemsFound, build
from kb.site.frames.generator import PagesWrong
from kb.site.project import Order
from kb.site.rendering import Renderer
from kb.site.view.writer import Edition, Writer
from kb.words.language import LANGUAGES, Language, Words
from trees import DAY, OFFICE, plant_office

KINDS = ["networks/nno.html", "resources/nno/guide.html", "events/nno/2031-05-meeting.html"]
# What some texts of the records say as it stands, to see that it is shown as said.
HOSTILE = re.compile(r"\{\{ \w+ \}\}|\{% block %\}|@@token@@|&lt;li&gt;|&amp;lt;already&amp;gt;")
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
LEFTOVERS = re.compile(r"@@|\{\{|\{%|\bNone\b|\bTODO\b|\bundefined\b|&lt;(?:span|ul|li|a |p)\b|&amp;lt;")
EMPTY_HEADING = re.compile(r"<h[1-6][^>]*>\s*(?:<span[^>]*>\s*</span>)?\s*</h[1-6]>")
OUTSIDE = re.compile(r'<(?:link|script|img|source|iframe)[^>]+(?:href|src)="(?:https?:)?//')


def pages(site: Path) -> list[Path]:
    """Every page of a site."""
    return sorted(site.rglob("*.html"))


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def tree_of(tmp_path: Path, changed: str = "", old: str = "", new: str = "") -> Path:
    """A copy of the records with one replacement in one file."""
    copy = plant_office(tmp_path)
    if changed:
        file = copy / changed
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
    return copy


def test_every_section_has_a_page_in_both_languages(site: Path) -> None:
    """Each section's first page is there in Georgian and in English."""
    firsts = [site / language / index(section) for section in SECTIONS for language in ("", "en")]
    assert [path for path in firsts if not path.is_file()] == []


def test_both_languages_have_the_same_pages(site: Path) -> None:
    """The paths below / and below /en/ are the same."""
    every = {path.relative_to(site).as_posix() for path in pages(site)} - {"404.html"}
    english = {path.removeprefix("en/") for path in every if path.startswith("en/")}
    assert english == {path for path in every if not path.startswith("en/")}


def test_every_record_has_its_page(site: Path) -> None:
    """Each file of a record gives one page a language."""
    records = [p for p in OFFICE.rglob("*.yml") if p.parent.name != "_office" and "status: draft" not in p.read_text("utf-8")]
    for path in records:
        folder, stem = path.parent.name, path.stem
        owner = path.parts[-3] if folder in ("resources", "events", "opportunities") else ""
        name = (
            f"networks/{folder}"
            if stem == "network"
            else f"{folder}/{owner.replace('_office', 'office')}/{stem}".replace("//", "/")
        )
        assert (site / f"{name}.html").is_file(), path


def test_no_page_shows_a_leftover(site: Path) -> None:
    """No token, no template mark, no None and no TODO reaches a reader."""
    texts = {path: HOSTILE.sub("", SCRIPT.sub("", path.read_text("utf-8"))) for path in pages(site)}
    assert {path.name: match[0] for path, text in texts.items() if (match := LEFTOVERS.search(text))} == {}


def test_no_heading_is_empty(site: Path) -> None:
    """Every heading says something."""
    assert [path for path in pages(site) if EMPTY_HEADING.search(path.read_text("utf-8"))] == []


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    """Styles, scripts, fonts and pictures are the site's own."""
    assert [path for path in pages(site) if OUTSIDE.search(path.read_text("utf-8"))] == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("kb.css"))
    assert "http" not in styles


def test_each_page_has_one_first_heading(site: Path) -> None:
    """A page has exactly one h1."""
    counts = {path.name: path.read_text("utf-8").count("<h1") for path in pages(site)}
    assert {name: count for name, count in counts.items() if count != 1} == {}


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    """Links to a part of a page lead to one part."""
    for path in pages(site):
        ids = re.findall(r' id="([^"]*)"', path.read_text("utf-8"))
        assert len(ids) == len(set(ids)), path


def test_the_language_link_stays_on_the_record(site: Path) -> None:
    """The language link of a record's page leads to the same record in the other language."""
    for address in KINDS:
        up = "../" * address.count("/")
        assert f'class="kb-language" href="{up}en/{address}"' in (site / address).read_text("utf-8")
        assert f'class="kb-language" href="{up}../{address}"' in (site / "en" / address).read_text("utf-8")


def test_pages_say_their_language(site: Path) -> None:
    """The root element of a page has its language."""
    assert '<html lang="ka"' in (site / KINDS[0]).read_text("utf-8")
    assert '<html lang="en"' in (site / "en" / KINDS[0]).read_text("utf-8")


def test_a_text_that_is_only_in_the_other_language_says_so(site: Path) -> None:
    """An English sentence on a Georgian page carries lang=en."""
    assert '<span lang="en">It visits schools.' in (site / "networks" / "nno.html").read_text("utf-8")


def test_georgian_is_never_in_capitals(site: Path) -> None:
    """No page has Mtavruli letters."""
    assert [path for path in pages(site) if re.search("[\u1c90-\u1cbf]", path.read_text("utf-8"))] == []


def test_a_record_page_names_the_file_to_edit(site: Path) -> None:
    """The foot of a page leads to its record's own file."""
    assert "networks/nno/events/2031-05-meeting.yml" in (site / KINDS[2]).read_text("utf-8")


def test_a_source_mark_leads_to_the_numbered_source(site: Path) -> None:
    """Every mark of a network's page has its source at the foot."""
    text = (site / "networks" / "nno.html").read_text("utf-8")
    marks = set(re.findall(r'href="#source-(\d+)"', text))
    assert marks
    assert marks <= set(re.findall(r'id="source-(\d+)"', text))


def test_an_unofficial_copy_is_named_and_not_linked(site: Path) -> None:
    """A lead is shown without a link to recommend it."""
    page = (site / "resources" / "nno" / "copy.html").read_text("utf-8")
    assert "copies.example.org" in page
    assert 'href="https://copies.example.org/standards.pdf"' not in page
    assert Words("ka")("resource.find_official") in page


def test_a_past_role_is_shown_as_past(site: Path) -> None:
    """A seat whose term is over says so, one that is held does not."""
    page = (site / "en" / "networks" / "nno.html").read_text("utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    [over], [held] = ([row for row in rows if role in row] for role in ("Member of the Board", "Chair of the group on visits"))
    assert ">Past<" in over
    assert ">Past<" not in held


def test_a_theme_shows_what_refers_to_it(site: Path) -> None:
    """The page of a theme leads to its networks, resources and units."""
    page = (site / "themes" / "juvenile.html").read_text("utf-8")
    for address in (
        "../networks/nno.html",
        "../units/juveniles.html",
        "../resources/nno/school-course.html",
    ):
        assert f'href="{address}"' in page


def test_a_unit_shows_what_concerns_its_themes(site: Path) -> None:
    """The page of a unit leads to a resource, a network and an opportunity on its themes."""
    page = (site / "units" / "nvd.html").read_text("utf-8")
    for part in ("../networks/nno.html", "../opportunities/nno/grant.html", "../themes/custody.html"):
        assert f'href="{part}"' in page


def test_two_builds_give_the_same_bytes(house: Path, site: Path, tmp_path: Path) -> None:
    """The same commit gives the same site, byte for byte."""
    build(Order(house, house / "networks", tmp_path / "again", DAY))
    assert files(tmp_path / "again") == files(site)


def test_a_second_build_writes_nothing(house: Path, tmp_path: Path) -> None:
    """With nothing changed, no file is touched."""
    first, second = (build(Order(house, OFFICE, tmp_path / "out", DAY)) for _ in range(2))
    assert first.changed > first.pages > 0
    assert (second.pages, second.changed, second.removed) == (first.pages, 0, 0)


def test_a_changed_output_is_mended(house: Path, tmp_path: Path) -> None:
    """A page that somebody changed or removed comes back at the next build."""
    order = Order(house, tree_of(tmp_path), tmp_path / "out", DAY)
    build(order)
    (order.out / "networks" / "nno.html").write_text("changed", "utf-8")
    (order.out / "networks" / "guild.html").unlink()
    assert build(order).changed == 2


def test_a_page_that_is_gone_is_removed(house: Path, tmp_path: Path) -> None:
    """When a record goes, its pages go with it."""
    records = tree_of(tmp_path)
    order = Order(house, records, tmp_path / "out", DAY)
    build(order)
    (records / "_office" / "events" / "2030-12-reception.yml").unlink()
    before = pages(order.out)
    build(order)
    gone = {order.out / language / "events/office/2030-12-reception.html" for language in ("", "en")}
    assert set(before) - set(pages(order.out)) == gone


def test_an_empty_tree_gives_friendly_pages(house: Path, tmp_path: Path) -> None:
    """A site of no records has all its sections, and says that there is nothing yet."""
    (tmp_path / "networks").mkdir()
    build(Order(house, tmp_path / "networks", tmp_path / "out", DAY))
    text = (tmp_path / "out" / "resources" / "index.html").read_text("utf-8")
    assert Words("ka")("empty.list") in text
    assert len(pages(tmp_path / "out")) == 2 * len(SECTIONS) + 1


def test_a_renamed_record_redirects_in_both_languages(house: Path, tmp_path: Path) -> None:
    """The old address of a resource leads to the new one."""
    records = tree_of(tmp_path)
    folder = records / "nno" / "resources"
    text = (folder / "school-course.yml").read_text("utf-8")
    (folder / "school-course.yml").unlink()
    (folder / "school-lessons.yml").write_text(f"{text}former_ids: [school-course]\n", "utf-8")
    build(Order(house, records, tmp_path / "out", DAY))
    for language in ("", "en/"):
        old = (tmp_path / "out" / f"{language}resources/nno/school-course.html").read_text("utf-8")
        assert 'content="0; url=../../resources/nno/school-lessons.html"' in old


def test_a_renamed_network_redirects_with_all_below_it(house: Path, tmp_path: Path) -> None:
    """The old addresses of a network's resources lead to their new ones."""
    records = tree_of(tmp_path)
    (records / "island").rename(records / "islands")
    network = records / "islands" / "network.yml"
    network.write_text(f"{network.read_text('utf-8')}former_ids: [island]\n", "utf-8")
    build(Order(house, records, tmp_path / "out", DAY))
    assert "islands.html" in (tmp_path / "out" / "networks" / "island.html").read_text("utf-8")
    below = sorted((tmp_path / "out" / "resources" / "island").glob("*.html"))
    assert len(below) == len(list((records / "islands" / "resources").glob("*.yml")))


def test_an_archived_record_keeps_its_page_and_leaves_the_lists(house: Path, tmp_path: Path) -> None:
    """An archived resource is found at its address with a notice, and in no list of its theme."""
    file = "nno/resources/english-only.yml"
    records = tree_of(tmp_path)
    path = records / file
    path.write_text(
        path.read_text("utf-8")
        + "status: archived\narchived: {on: 2031-05-01, reason: {ka: აღარ გამოიყენება, en: No longer used}}\n",
        "utf-8",
    )
    build(Order(house, records, tmp_path / "out", DAY))
    out = tmp_path / "out" / "en"
    assert "No longer used" in (out / "resources/nno/english-only.html").read_text("utf-8")
    assert "english-only" not in (out / "themes" / "juvenile.html").read_text("utf-8")


def test_a_draft_has_no_page(house: Path, tmp_path: Path) -> None:
    """A draft is not on the site."""
    file = "nno/resources/english-only.yml"
    records = tree_of(tmp_path)
    (records / file).write_text((records / file).read_text("utf-8") + "status: draft\n", "utf-8")
    build(Order(house, records, tmp_path / "out", DAY))
    assert not (tmp_path / "out" / "resources/nno/english-only.html").exists()


def test_an_overdue_check_is_said_in_words(house: Path, tmp_path: Path) -> None:
    """A year later the record says since when its check is overdue."""
    later = DAY.replace(year=2032)
    build(Order(house, tree_of(tmp_path), tmp_path / "out", later))
    text = (tmp_path / "out" / "en" / "networks" / "nno.html").read_text("utf-8")
    assert "The check of this record has been overdue since 1 October 2031" in text


def test_what_a_record_says_is_escaped(house: Path, tmp_path: Path) -> None:
    """Markup in a record's text is shown as text."""
    records = tree_of(tmp_path, "nno/network.yml", "Northern Network of", "<script>alert(1)</script> & Network of")
    build(Order(house, records, tmp_path / "out", DAY))
    for path in pages(tmp_path / "out"):
        assert "<script>alert" not in path.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in (tmp_path / "out" / "en" / "networks" / "nno.html").read_text("utf-8")


def test_problems_in_records_stop_the_build(house: Path, tmp_path: Path) -> None:
    """Nothing is built from records with problems, and each problem is in the exception."""
    records = tree_of(tmp_path, "nno/network.yml", "kind: ombudsman", "kind: ombudsmann")
    with pytest.raises(ProblemsFound) as caught:
        build(Order(house, records, tmp_path / "out", DAY))
    assert [(p.path, p.field) for p in caught.value.problems] == [("nno/network.yml", "kind")]


def test_a_broken_link_stops_the_build(project: Path, tmp_path: Path) -> None:
    """A hand-written link to no page is named with its page."""
    page = project / "content" / "en" / "units" / "index.md"
    page.write_text(page.read_text("utf-8") + '\n<a href="../nowhere.html">nowhere</a>\n', "utf-8")
    with pytest.raises(LinksBroken) as caught:
        build(Order(project, project / "networks", tmp_path / "out", DAY))
    assert [(b.page, b.target) for b in caught.value.broken] == [("units/index.html", "nowhere.html")]


def test_a_hand_written_page_needs_both_languages(project: Path, tmp_path: Path) -> None:
    """The language link of a page that one language alone has would be broken; the page's file is named."""
    (records := tmp_path / "no-records").mkdir()
    (project / "content" / "ka" / "guide.md").write_text("# გზამკვლევი\n", "utf-8")
    with pytest.raises(PagesWrong) as caught:
        build(Order(project, records, tmp_path / "out", DAY))
    assert [(p.path, p.code) for p in caught.value.problems] == [("content/ka/guide.md", "site_one_language")]


@pytest.mark.parametrize("audience", ["office", "public"])
def test_a_foreword_is_no_page_of_its_own(project: Path, tmp_path: Path, audience: Audience) -> None:
    """It waits for its quarter to be closed, and never stands on a public site."""
    (records := tmp_path / "no-records").mkdir()
    (project / "content" / "ka" / "bulletins" / "2031-q2.md").write_text("წინასიტყვაობა\n", "utf-8")
    build(Order(project, records, tmp_path / "out", DAY, audience=audience))
    assert [path.name for path in (tmp_path / "out").rglob("bulletins/*")] == ["index.html"] * 2
    assert not [path for path in pages(tmp_path / "out") if "წინასიტყვაობა" in path.read_text("utf-8")]


def test_a_broken_link_of_a_record_names_its_page_and_file(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that a builder made wrong is found on the pages that have it, in both languages."""
    monkeypatch.setattr(Writer, "acronym", lambda writer, network: writer.to("networks/gone.html", network))
    with pytest.raises(LinksBroken) as caught:
        build(Order(house, OFFICE, tmp_path / "out", DAY))
    first = caught.value.broken[0]
    assert first.target == "networks/gone.html"
    assert (OFFICE / first.source).is_file()
    assert f'networks/{first.target.split("/")[1]}"' in (tmp_path / "out" / first.page).read_text("utf-8")
    assert len(caught.value.broken) == 2


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    """Each link, style, script and picture of each page is a file of the site, and each part of a page that is meant is there."""
    texts = {path: path.read_text("utf-8") for path in pages(site)}
    ids = {path: set(re.findall(r' id="([^"]*)"', text)) for path, text in texts.items()}
    lost = []
    for path, text in texts.items():
        for link in set(re.findall(r' (?:href|src)="([^"]*)"', text)):
            way, _, part = unescape(link).partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", way) or path.name == "404.html":
                continue
            target = Path(os.path.normpath(path.parent / way.partition("?")[0])) if way else path
            if not target.is_file() or (part and part not in ids[target]):
                lost.append((path, link))
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_builders_tell_of_every_link_between_their_pages(office: KnowledgeBase, language: Language) -> None:
    """No page leads to another without its builder telling so: a link that is not told is not checked."""
    words = Words(language)
    builder, renderer = Builder(Edition(office, words, DAY, Repository())), Renderer(TEMPLATES, words)
    for placed in builder.pages():
        found = set(re.findall(r'href="((?!#|[a-z][a-z0-9+.-]*:)[^"]*)"', renderer.page(placed)["body"]))
        root = to_root(placed.page.address)
        assert {unescape(link.removeprefix(root)) for link in found} <= builder.told, placed.page.address


def test_a_broken_build_is_not_taken_for_finished(project: Path, tmp_path: Path) -> None:
    """After a broken link is mended the next build is a full one."""
    page = project / "content" / "en" / "units" / "index.md"
    good = page.read_text("utf-8")
    page.write_text(good + '\n<a href="../nowhere.html">nowhere</a>\n', "utf-8")
    order = Order(project, project / "networks", tmp_path / "out", DAY)
    for _ in range(2):
        with pytest.raises(LinksBroken):
            build(order)
    page.write_text(good, "utf-8")
    assert build(order).pages > 100
