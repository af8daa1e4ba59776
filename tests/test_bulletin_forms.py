"""A letter as mail and as a Word document: what a reader's program makes of it."""

import dataclasses
import email
import io
import re
import zipfile
from datetime import date
from email import policy
from email.header import decode_header, make_header
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from kb.bulletins import mail, printout
from kb.bulletins.digest import Digester
from kb.bulletins.letter import Letter, LetterWriter, Line, Run, Section
from kb.bulletins.posting import Envelope, Posting
from kb.history.snapshot import take
from kb.words.language import LANGUAGES, Words
from kb.words.quarters import parse

SITE = "https://kb.example.org/site"
ENVELOPE = Envelope("bulletin@example.org", ("nvd@example.org",), SITE)
POSTING = Posting("2026-Q4", "nvd", date(2027, 1, 4))


@pytest.fixture
def letters(tree, today):
    """The letters of the unit on custody after a quarter with an edit of each kind."""

    def make(*edits):
        before = take(tree.load()[0], parse("2026-Q3"), today)
        for path, old, new in edits:
            tree.edit(path, old, new)
        assert tree.problems() == []
        after = take(tree.load()[0], parse("2026-Q4"), today)
        digest = Digester(before, after).of("nvd")
        return [LetterWriter(Words(language), before, after).write(digest) for language in LANGUAGES]

    return make


@pytest.fixture
def message(stationery):
    """A way to make the message of letters."""
    return lambda letters, posting, envelope: mail.message(letters, posting, envelope, stationery)


@pytest.fixture
def document(stationery):
    """A way to make the Word document of letters."""
    return lambda letters, site: printout.document(letters, site, stationery[printout.NAME])


EDIT = ("nno/resources/guide.yml", "year: 2024", "year: 2025")


def parsed(made):
    """A message as a program that is not ours reads it from its bytes."""
    return email.message_from_bytes(made.as_bytes(), policy=policy.default)


def parts(made):
    """The text and the HTML of a message."""
    found = parsed(made)
    return found.get_body(("plain",)).get_content().replace("\r\n", "\n"), found.get_body(("html",)).get_content()


# --- mail


def test_a_message_has_a_text_and_an_html_part_in_both_languages(letters, message):
    """Georgian first, English below, the same in both."""
    for body in parts(message(letters(EDIT), POSTING, ENVELOPE)):
        assert body.index("გამოცემის წელი შეიცვალა: 2024 → 2025") < body.index("year of publication changed: 2024 → 2025")


def test_headers_are_right_and_readable(letters, message):
    """Georgian in the subject and the sender's name comes out as it went in."""
    made = message(letters(EDIT), POSTING, ENVELOPE)
    found, raw_from = parsed(made), email.message_from_bytes(made.as_bytes(), policy=policy.compat32)["From"]
    assert found["Subject"] == "კვარტალური ბიულეტენი (IV კვარტალი, 2026): ვიზიტების ეროვნული დეპარტამენტი"
    assert found["From"].addresses[0].addr_spec == "bulletin@example.org"
    assert str(make_header(decode_header(raw_from))).startswith("საერთაშორისო ურთიერთობების სამმართველო <")
    assert (found["To"], found["List-Id"]) == ("nvd@example.org", "<nvd.bulletin.ombudsman.ge>")
    assert found["Date"].datetime.isoformat() == "2027-01-04T09:00:00+04:00"
    assert (found["Content-Language"], found["Auto-Submitted"]) == ("ka, en", "auto-generated")
    assert found.defects == []
    assert not any(header.defects for header in (found["Subject"], found["From"], found["Message-ID"]))


def test_a_message_is_plain_ascii_with_short_lines(letters, message):
    """Any server takes it: no line over 998 octets, no 8-bit (RFC 5322, 2.1.1)."""
    raw = message(letters(EDIT), POSTING, ENVELOPE).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_same_letter_is_the_same_message(letters, message):
    """Message-ID, boundary and all: a second sending is no second mail."""
    made = letters(EDIT)
    assert message(made, POSTING, ENVELOPE).as_bytes() == message(made, POSTING, ENVELOPE).as_bytes()


def test_message_id_names_quarter_unit_and_content(letters, message):
    """Another content, unit or quarter is another mail; another address is not."""
    made = letters(EDIT)
    name = message(made, POSTING, ENVELOPE)["Message-ID"]
    assert re.fullmatch(r"<2026-q4\.nvd\.[0-9a-f]{20}@ombudsman\.ge>", name)
    assert message(made, POSTING, dataclasses.replace(ENVELOPE, to=("other@example.org",)))["Message-ID"] == name
    others = [
        message(made[:1], POSTING, ENVELOPE),
        message(made, dataclasses.replace(POSTING, unit="x"), ENVELOPE),
        message(made, dataclasses.replace(POSTING, quarter="2027-Q1"), ENVELOPE),
    ]
    assert len({name, *(other["Message-ID"] for other in others)}) == 4


def test_a_message_without_a_sender_is_a_draft(letters, message):
    """A file without settings has no invented address and opens in Outlook as a draft."""
    made = letters(EDIT)
    found = parsed(message(made, POSTING, Envelope()))
    assert (found["From"], found["To"], found["X-Unsent"]) == (None, None, "1")
    assert parsed(message(made, POSTING, ENVELOPE))["X-Unsent"] is None


class Loads(HTMLParser):
    """Collects what a page would load, where it leads, and the tags that it leaves open."""

    def __init__(self):
        super().__init__()
        self.loads, self.links, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        """A tag that begins."""
        given = dict(attributes)
        self.loads += [tag] * (tag in {"img", "link", "script", "iframe", "object", "style"}) + [
            v for k, v in attributes if k == "src"
        ]
        self.links += [given["href"] for _ in range(tag == "a")]
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """A tag that ends what was opened last."""
        assert self.open.pop() == tag


def seen(html):
    """What a page loads and where it leads."""
    found = Loads()
    found.feed(html)
    assert found.open == []
    return found


def test_the_html_loads_nothing_and_its_tags_close(letters, message):
    """No image, no style sheet, no script: mail programs block them, and nobody is told that a mail was read."""
    found = seen(parts(message(letters(EDIT), POSTING, ENVELOPE))[1])
    assert found.loads == []
    assert f"{SITE}/resources/nno/guide.html" in found.links
    assert f"{SITE}/en/resources/nno/guide.html" in found.links


def test_without_the_address_of_the_site_there_are_no_links(letters, message):
    """A link that leads nowhere is worse than none."""
    text, html = parts(message(letters(EDIT), POSTING, Envelope()))
    assert seen(html).links == []
    assert "<http" not in text


def test_markup_in_a_record_stays_text(letters, message):
    """What an editor types is never code in a reader's mail."""
    made = letters(("nno/resources/guide.yml", "en: Guide", "en: '<script>alert(1)</script>'"))
    assert seen(parts(message(made, POSTING, ENVELOPE))[1]).loads == []


EVIL = Letter("ka", "a\r\nBcc: x@example.org", "", "", (), "", (), (), ("", "", ""))


def test_no_text_can_become_a_header(message):
    """A line break in a title, as a quarter closed long ago may have one, is a space in the header and stops no delivery."""
    found = parsed(message([EVIL], POSTING, ENVELOPE))
    assert (found["Subject"], found["Bcc"]) == ("a Bcc: x@example.org", None)


def test_nothing_new_is_a_short_mail(tree, letters, message):
    """Two lines between greeting and closing, and the way to the unit's page."""
    tree.edit("nno/opportunities/grant.yml", "date: 2026-12-01", "date: 2026-10-01")
    text, _ = parts(message(letters()[1:], POSTING, ENVELOPE))
    assert text.split("\n\n")[3:5] == [
        "There is nothing new for your unit this quarter.",
        f"What the base holds for you is on the page: National Visiting Department <{SITE}/en/units/nvd.html>",
    ]


# --- Word


def opened(raw):
    """A document as a program reads it."""
    return docx.Document(io.BytesIO(raw))


def test_a_document_has_titles_headings_and_lists_by_style(letters, document):
    """A secretary finds the outline, not bold words."""
    styles = [(p.style.name, p.text) for p in opened(document(letters(EDIT), SITE)).paragraphs if p.text.strip()]
    names = [name for name, _ in styles]
    assert names.count("Title") == 2
    assert ("Heading 1", "რა შეიცვალა ამ კვარტალში") in styles
    assert ("List Bullet", "NNO, „სახელმძღვანელო“: გამოცემის წელი შეიცვალა: 2024 → 2025") in styles


def test_what_has_days_is_a_real_table_with_a_head_that_repeats(letters, document):
    """The open grant stands in a table in both languages."""
    found = opened(document(letters(EDIT), SITE))
    assert len(found.tables) == 2
    cells = [cell.text for cell in found.tables[1].rows[1].cells]
    assert cells[0] == "NNO, ‘Grant’"
    assert "10 days left" in cells[1]
    assert found.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_document_is_set_in_georgian_type_and_language(letters, document):
    """Every style has a font with Georgian letters; every run says its language, or its style does."""
    found = opened(document(letters(EDIT), SITE))
    fonts = found.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Sylfaen"}
    of_styles = {name: style.element.xpath(".//w:lang/@w:val") for name, style in ((one.name, one) for one in found.styles)}
    assert {name: own[0] for name, own in of_styles.items() if own} == {"Normal": "ka-GE"}
    spoken = {run.text: run._element.xpath("./w:rPr/w:lang/@w:val") for p in found.paragraphs for run in p.runs}
    assert (spoken["რა შეიცვალა ამ კვარტალში"], spoken["What changed this quarter"]) == ([], ["en-GB"])
    assert found.core_properties.language == "ka-GE"


def test_links_of_a_document_lead_to_the_site(letters, document):
    """Real links of the file format."""
    found = opened(document(letters(EDIT), SITE))
    targets = {rel.target_ref for rel in found.part.rels.values() if rel.reltype.endswith("hyperlink")}
    assert f"{SITE}/resources/nno/guide.html" in targets


def test_a_document_carries_nothing_that_it_does_not_use(letters, document):
    """Neither the picture of somebody else's page that python-docx brings, nor styles for a Word of long ago."""
    names = zipfile.ZipFile(io.BytesIO(document(letters(EDIT), SITE))).namelist()
    assert not [name for name in names if "thumbnail" in name or "Effects" in name or name.startswith("customXml")]
    assert "word/styles.xml" in names


def test_the_same_letter_is_the_same_document(letters, document):
    """No hour of writing inside."""
    made = letters(EDIT)
    raw = document(made, SITE)
    assert raw == document(made, SITE)
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(raw)).infolist()} == {1980}


def test_what_a_text_lost_and_gained_is_seen_in_both_forms(message, document):
    """Struck through and underlined in Word, del and ins in HTML, in words in plain text."""
    line = Line((Run("NNO", strong=True), Run(":"), Run("reworded:"), Run("old", "gone"), Run("new", "new")))
    letter = Letter("en", "t", "u", "p", ("o",), "", (Section("changes", "h", (line,)),), (), ("c", "d", "e"))
    runs = [run for p in opened(document([letter], SITE)).paragraphs for run in p.runs]
    assert [run.text for run in runs if run.style.font.strike] == ["old"]
    assert [run.text for run in runs if run.style.font.underline] == ["new"]
    text, html = parts(message([letter], POSTING, ENVELOPE))
    assert "[removed: old] [added: new]" in text
    assert re.search(r"<del [^>]*>old</del> <ins [^>]*>new</ins>", html)


def test_a_foreword_stands_above_the_list(letters, message, document):
    """By a person, in paragraphs and in the lines of a list."""
    made = [dataclasses.replace(letter, foreword="First.\n\nSecond.\n\n- one\n- two") for letter in letters(EDIT)]
    text, html = parts(message(made[1:], POSTING, ENVELOPE))
    assert text.index("First.") < text.index("Second.") < text.index("What changed")
    assert html.count("Second.</p>") == 1
    assert "\n- one\n- two\n" in text
    assert "- one<br>- two</p>" in html
    assert [p.text for p in opened(document(made, SITE)).paragraphs].count("- two") == 2
    assert [p.text for p in opened(document(made, SITE)).paragraphs].count("Second.") == 2
