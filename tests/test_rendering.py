"""Templates of pages: a designer changes them alone, and whatever is wrong with one is told with its file and line."""

import shutil
from pathlib import Path

import pytest

from conftest import TEMPLATES
from kb.bulletins.stationery.templates import BadTemplate
from kb.editing.repository import Repository
from kb.records.checking.problem import written
from kb.site.builder import Builder
from kb.site.pages.records import agreement, event, network, opportunity, reporting, resource, theme, unit
from kb.site.preview import Preview
from kb.site.rendering import Renderer
from kb.site.view.blocks import Page
from kb.site.view.writer import Edition
from kb.words.language import Words
from trees import raise_house

CODE = '{%- else -%}<code translate="no">{{ run.words }}'
KINDS = (
    *(network.NetworkPage, resource.ResourcePage, event.EventPage, opportunity.OpportunityPage),
    *(agreement.AgreementPage, reporting.ReportingPage, theme.ThemePage, unit.UnitPage, Page),
)


@pytest.fixture
def folder(tmp_path):
    """The templates, to change without harm."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "records"))


@pytest.fixture
def printed_by(tree, today, folder):
    """The body of the page at an address, in English, by the templates of the folder."""

    def make(address="networks/nno.html"):
        words = Words("en")
        page = Builder(Edition(tree.load()[0], words, today, Repository())).page_at(address)
        return Renderer(folder, words).page(page)["body"]

    return make


def change(folder, name, old, new):
    """Change one place of a template."""
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), "utf-8")


def test_every_kind_of_page_has_a_template_of_its_own():
    """A file a kind, named in the class of its data."""
    names = [kind.template for kind in KINDS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not (TEMPLATES / f"{name}.html").is_file()] == []


def test_a_designer_orders_the_sections_of_a_page(folder, printed_by):
    """By their anchors, in the template alone."""
    change(
        folder,
        "network.html",
        '{% extends "page.html" %}',
        """{% extends "page.html" %}
{% block sections %}{{ section(page.part.contacts) }}{{ section(page.part.mandate) }}{% endblock %}""",
    )
    body = printed_by()
    assert 0 < body.index('id="contacts"') < body.index('id="mandate"')
    assert 'id="standing"' not in body


def test_words_of_a_record_are_escaped_wherever_they_stand(tree, printed_by):
    """In running words, in links and in the values of attributes."""
    tree.edit("nno/network.yml", "en: It links ombudsmen.", 'en: It <b>links</b> "ombudsmen" & others.')
    body = printed_by()
    assert "It &lt;b&gt;links&lt;/b&gt; &#34;ombudsmen&#34; &amp; others." in body
    assert "<b>" not in body


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("network.html", "page.summary.founded", "page.summary.fonded", ("network.html:10", "fonded")),
        ("network.html", "page.summary.founded", "page.sumary.founded", ("network.html:10", "sumary", "page.summary.founded")),
        ("network.html", '"network.seat"|say', '"network.saet"|say', ("network.html:11", "network.saet")),
        ("network.html", "{% block facts %}", "{% blok facts %}", ("network.html:3", "blok")),
        ("network.html", "{% endblock %}", "", ("network.html", "endblock")),
        ("page.html", "say }}{% endblock %}{{ cut }}", "say }}{% endblock %}", ("network.html", "4", "5", "cut")),
        (
            "line.html",
            CODE,
            CODE.replace("words", "word"),
            ("line.html:", "run.word }}"),
        ),
        ("components.html", "{%- macro fact(term, value) -%}", "{%- macro fact(term) -%}", ("network.html", "fact")),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_file_and_line(tree, folder, printed_by, *, name, old, new, said):
    """What was found and what may stand there; in both languages, and never as a traceback."""
    feed = "feeds:\n  - url: https://no.example/feed\n    evidence: seen\nworking_groups:"
    tree.edit("nno/network.yml", "working_groups:", feed)
    change(folder, name, old, new)
    with pytest.raises(BadTemplate) as raised:
        printed_by()
    english, georgian = (written(raised.value.problems, "text", language) for language in ("en", "ka"))
    assert [one for one in said if one not in english] == []
    assert english.startswith("overrides/records/")
    assert "უნდა" in georgian


def test_a_template_that_is_gone_is_named(folder, printed_by):
    """A designer renamed it."""
    (folder / "network.html").unlink()
    with pytest.raises(BadTemplate, match=r"network\.html"):
        printed_by()


def test_the_preview_takes_up_a_changed_template(tmp_path, tree, today):
    """As soon as the page is loaded again; a wrong one raises until it is mended."""
    house = raise_house(tmp_path / "house")
    preview = Preview(house, tree.root, today)
    file = house / "overrides/records/network.html"
    was = file.read_text("utf-8")
    assert "<p>designed</p>" not in preview.page("networks/nno.html")
    file.write_text(was.replace("{% block facts %}", "{% block facts %}<p>designed</p>"), "utf-8")
    assert "<p>designed</p>" in preview.page("networks/nno.html")
    file.write_text(was.replace("page.summary.next", "page.summary.nxt"), "utf-8")
    with pytest.raises(BadTemplate, match="nxt"):
        preview.page("networks/nno.html")
    file.write_text(was, "utf-8")
    assert "<p>designed</p>" not in preview.page("networks/nno.html")
