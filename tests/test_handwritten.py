"""Hand-written pages: what is wrong in them is told by file and line, before a site is made of them."""

import pytest

from kb.records.sections import HAND_WRITTEN, SECTIONS, index
from kb.site.frames.handwritten import faults, file_of, link_faults, read
from kb.site.links import Broken
from kb.words.language import LANGUAGES

HEAD = "---\nframe: true\n---\n"
SECTION, WHOLE = next(s for s in SECTIONS if s not in HAND_WRITTEN and s != "home"), min(HAND_WRITTEN)
FRAMED, PAGE = file_of(index(SECTION), "ka"), file_of(index(WHOLE), "ka")


@pytest.fixture
def pages():
    """All pages that a site needs, in both languages."""
    texts = {section: "# x\n" if section in HAND_WRITTEN else HEAD for section in SECTIONS}
    return {file_of(index(section), language): text.encode() for section, text in texts.items() for language in LANGUAGES}


def told(pages):
    """What is wrong, as (file, line, code)."""
    return [(fault.path, fault.line, fault.code) for fault in faults(pages)]


def test_right_pages_have_no_fault(pages):
    """A page a section and language, each with the head that it needs, is all that a site needs."""
    assert told(pages) == []


def test_the_page_of_a_section_must_be_there(pages):
    """A deleted page is named, once."""
    del pages[FRAMED]
    assert told(pages) == [(file_of(index(SECTION), "en"), 1, "site_one_language"), (FRAMED, 1, "site_page_missing")]


@pytest.mark.parametrize("head", ["", "frame: true\n", "---\nframe: false\n---\n", "---\nframe: true\n", "--\nframe: true\n--\n"])
def test_a_section_of_records_needs_its_head(pages, head):
    """Without the three lines nothing could be poured into the page."""
    pages[FRAMED] = f"{head}\ntext\n".encode()
    assert told(pages) == [(FRAMED, 1, "site_frame")]


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("\n", "\r\n"), "\ufeff" + HEAD, "---\ntitle: x\nframe: true\n---\n"])
def test_a_head_may_be_written_in_several_ways(pages, head):
    """Line ends, a byte order mark and other fields do no harm."""
    pages[FRAMED] = head.encode()
    assert told(pages) == []


def test_a_page_without_records_has_no_such_head(pages):
    """What a person wrote whole takes no records."""
    pages[PAGE] = HEAD.encode()
    assert told(pages) == [(PAGE, 1, "site_no_frame")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a @@kb:body@@ b", "site_token"),
        ("<<<<<<< HEAD", "conflict"),
        ("[](../help/index.md)", "site_link_words"),
        ("![ ](picture.svg)", "site_link_words"),
    ],
)
def test_a_line_that_spoils_a_page_is_told(pages, line, code):
    """Our own tokens, two versions of a page, a link or a picture without words: each at its line."""
    pages[PAGE] = f"# x\n\n{line}\n".encode()
    assert told(pages) == [(PAGE, 3, code)]


def test_another_encoding_is_told_at_its_line(pages):
    """A page that is not UTF-8 is no traceback."""
    pages[PAGE] = b"# x\n" + "გვერდი".encode("utf-16")
    assert told(pages) == [(PAGE, 2, "utf8")]


def test_a_page_needs_both_languages(pages):
    """The link to the other language would lead nowhere."""
    pages["content/en/guide.md"] = b"# Guide\n"
    assert [(f.path, f.code, f.context["other"]) for f in faults(pages)] == [
        ("content/en/guide.md", "site_one_language", "content/ka/guide.md")
    ]


def test_a_foreword_may_have_one_language(pages):
    """It stands on its bulletin's page and is no page of its own."""
    pages["content/ka/bulletins/2027-q1.md"] = b"text\n"
    assert told(pages) == []


@pytest.mark.parametrize("link", ["[x](../gone/index.md)", '<a href="../gone/index.html">x</a>', "[x]( <../gone/index.md> )"])
def test_a_broken_link_is_told_at_its_line(pages, link):
    """However it is written, the line that holds it is found in the file of its language."""
    pages[PAGE] = f"# x\n\n[y](../find/index.md)\n{link}\n".encode()
    found = link_faults(pages, {"ka": [Broken(index(WHOLE), "gone/index.html", PAGE)]}, "networks")
    assert [(f.path, f.line, f.code) for f in found] == [(PAGE, 4, "site_link")]


def test_a_link_to_a_part_that_is_not_there_is_told_at_its_line(pages):
    """A part of the same page, too."""
    pages[PAGE] = b"# x\n[y](#gone)\n"
    found = link_faults(pages, {"ka": [Broken(index(WHOLE), f"{index(WHOLE)}#gone", PAGE)]}, "networks")
    assert [(f.path, f.line, f.found) for f in found] == [(PAGE, 2, "#gone")]


def test_a_link_that_no_person_wrote_is_our_mistake(pages):
    """The record is named, and that the program is to blame."""
    found = link_faults(pages, {"ka": [Broken("networks/a.html", "networks/gone.html", "a/network.yml")]}, "networks")
    assert [(f.path, f.line, f.code) for f in found] == [("networks/a/network.yml", 1, "site_link_ours")]


def test_the_pages_of_a_project_are_read_by_their_names(tmp_path):
    """Every Markdown file below content/, and nothing else."""
    (tmp_path / "content/ka").mkdir(parents=True)
    for name in ("a.md", "b.txt"):
        (tmp_path / "content/ka" / name).write_text("x")
    assert read(tmp_path) == {"content/ka/a.md": b"x"}
