"""Somebody else's copy of a document is a lead: readers are told of it, and no page, brief or table links to it."""

from datetime import date
from typing import Any

import pytest
from markupsafe import escape

from conftest import TEMPLATES
from kb.downloads.brief import Writer as BriefWriter
from kb.downloads.sheets import Sheets
from kb.editing.repository import Repository
from kb.records import sections
from kb.records.checking.references import references
from kb.records.knowledge import KnowledgeBase, published
from kb.records.texts import host
from kb.site.builder import Builder
from kb.site.rendering import Renderer
from kb.site.view.writer import Edition
from kb.words.language import Words

COPY = "https://copies.example.org/guide"
GUIDE = "nno/resources/guide.yml"


@pytest.fixture
def kb(tree: Any) -> KnowledgeBase:
    """The small tree, in which the guide is somebody else's copy that an agreement and a report name as their source."""
    tree.edit(GUIDE, "url: https://www.no.example/guide", f"url: {COPY}\nofficial: false")
    for path in ("_office/agreements/ankara.yml", "_office/reporting/cat.yml", "nno/opportunities/grant.yml"):
        text = (tree.root / path).read_text("utf-8")
        assert "sources:" not in text
        tree.write(path, f"{text}sources: [{COPY}]\n")
    found, problems = tree.load()
    assert problems == []
    return found


def test_no_page_links_to_a_lead(kb: KnowledgeBase, today: date) -> None:
    """It is named with its host where a fact or a record comes from it, on pages of every kind."""
    words = Words("en")
    pages = list(Builder(Edition(kb, words, today, Repository())).pages())
    renderer = Renderer(TEMPLATES, words)
    bodies = {placed.page.address: renderer.page(placed)["body"] for placed in pages}
    assert [address for address, body in bodies.items() if f'href="{COPY}"' in body] == []
    said = [address for address, body in bodies.items() if "unofficial copy: copies.example.org" in body]
    assert {"agreements/ankara.html", "reporting/cat.html", "opportunities/nno/grant.html"} <= set(said)


@pytest.mark.parametrize("kind", ["network", "resource", "event", "opportunity", "agreement", "reporting"])
def test_every_source_of_a_record_stands_on_its_page(office: KnowledgeBase, today: date, kind: str) -> None:
    """Whatever a record or a fact in it names as its source is linked at the foot, or named when it is a lead or a document."""
    words = Words("en")
    builder, renderer = Builder(Edition(office, words, today, Repository())), Renderer(TEMPLATES, words)
    for entry in published(office.of_kind(kind)):
        page = builder.page_at(sections.address(entry))
        assert page
        body = renderer.page(page)["body"]
        named = {name for _, what, name in references(entry.record) if what == "source" and ":" in name}
        linked = {name for name in named if f'href="{escape(name)}"' in body}
        leads = {name for name in named - linked if name in office.leads and f"unofficial copy: {host(name)}" in body}
        assert named == linked | leads, entry.path


def test_no_brief_links_to_a_lead(kb: KnowledgeBase, today: date) -> None:
    """In a brief the title leads to the resource's own page, and the source is named."""
    written = BriefWriter(kb, Words("en"), today).write(kb.networks["nno"])
    runs = [run for section in written.sections for line in section.lines for run in line.runs]
    assert COPY not in [run.href for run in (*runs, *written.sources)]
    assert "resources/nno/guide.html" in [run.href for run in runs]


def test_no_table_has_the_address_of_a_lead(kb: KnowledgeBase) -> None:
    """The cell of the address is empty."""
    [sheet] = [sheet for sheet in Sheets(kb, Words("en")).all() if sheet.name == "resources"]
    assert COPY not in [cell for row in sheet.rows() for cell in row]
