"""The Word files and the mail are the Office's to edit: what it changes is carried, and what it breaks is told in words."""

import io
import re
import threading
import urllib.error
import urllib.request
import zipfile
from datetime import date
from shutil import copytree

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import RGBColor
from docxtpl import DocxTemplate

from kb.bulletins import mail, printout
from kb.bulletins.sample import BARE, FULL
from kb.bulletins.stationery.paper import NEEDED, Paper, Pen
from kb.bulletins.stationery.templates import FOLDERS, BadTemplate, Stationery, Template, read
from kb.cli.verdict import verdict
from kb.downloads import handout
from kb.downloads.brief import Brief
from kb.records.checking.problem import wordings, written
from kb.site.frames.generator import frame_sources, static_files
from kb.site.preview import Preview, server
from kb.site.project import Order
from kb.site.state import fingerprint
from trees import DAY, raise_house

SITE = "https://kb.example.org"
BULLETIN = "papers/bulletin.docx"
WORD_FILES = [BULLETIN, *handout.NAMED.values()]


def opened(raw):
    """A document as a program reads it."""
    return docx.Document(io.BytesIO(raw))


def paragraphs(word):
    """All paragraphs of a document, those of tables, too."""
    return [*word.paragraphs, *(p for table in word.tables for row in table.rows for cell in row.cells for p in cell.paragraphs)]


@pytest.fixture
def edited(stationery):
    """A way to edit a Word file as an office program does: it opens the file, and saves it."""

    def edit(change, name=BULLETIN):
        word, target = opened(stationery[name].content), io.BytesIO()
        change(word)
        word.save(target)
        return Template(f"overrides/{name}", target.getvalue())

    return edit


def put(old, new):
    """A change of the first paragraph that holds certain words."""

    def change(word):
        found = next(p for p in paragraphs(word) if old in p.text)
        text = found.text.replace(old, new)
        for run in found.runs[1:]:
            run._r.getparent().remove(run._r)
        found.runs[0].text = text

    return change


def drop(words):
    """A change that takes the first paragraph with certain words away."""

    def change(word):
        found = next(p for p in paragraphs(word) if words in p.text)._p
        found.getparent().remove(found)

    return change


def rewritten(stationery, path, old, new):
    """The templates with other words in one of them, where they must stand."""
    assert old in stationery[path.removeprefix("overrides/")].content
    templates = stationery.templates
    return Stationery(tuple(t._replace(content=t.content.replace(old, new)) if t.path == path else t for t in templates))


# --- what the files are


@pytest.mark.parametrize("name", WORD_FILES)
def test_a_word_file_is_a_well_made_document(stationery, name):
    """A4; a font with Georgian letters and a language everywhere; headings, lists and links by style; pages are numbered."""
    word = opened(stationery[name].content)
    page, language = word.sections[0], word.core_properties.language
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21, 29.7)
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", *NEEDED} <= {
        s.name for s in word.styles
    }
    assert set(word.styles.element.xpath("./w:docDefaults//w:rFonts/@*")) == {"Sylfaen"}
    assert set(word.styles.element.xpath("./w:docDefaults//w:lang/@*")) == {language}
    assert word.core_properties.title == "{{ title }}"
    for foot in (page.footer, page.first_page_footer):
        assert "PAGE" in "".join(foot._element.xpath(".//w:instrText/text()"))
    for table in word.tables:
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")


def test_english_words_of_the_bulletin_say_that_they_are_english(stationery):
    """In the file itself, so that Word checks their spelling, and a program reads them aloud, as English."""
    word = opened(printout.document(FULL, SITE, stationery[BULLETIN]))
    texts = [p.text for p in word.paragraphs]
    english = word.paragraphs[texts.index("Dear colleagues,") :]
    said = {language for p in english for language in p._p.xpath(".//w:r[w:t]/w:rPr/w:lang/@w:val")}
    silent = [p.text for p in english if p._p.xpath(".//w:r[w:t and not(w:rPr/w:lang)]")]
    assert (said, silent) == ({"en-GB"}, [])


def test_a_foreign_name_in_a_georgian_letter_says_its_language(stationery):
    """The sample has one word in English."""
    word = opened(printout.document(FULL[:1], SITE, stationery[BULLETIN]))
    marked = {run.text for p in word.paragraphs for run in p.runs if run._r.xpath("./w:rPr/w:lang[@w:val='en-GB']")}
    assert marked == {"foreign"}


@pytest.mark.parametrize("letters", [FULL, BARE], ids=["all", "nothing"])
def test_the_short_way_says_what_docxtpl_says(stationery, letters):
    """Paragraph for paragraph: filling what docxtpl has read is no other way of filling."""
    template = stationery[BULLETIN]
    pen, ours = Pen(Paper(template), SITE), printout.document(letters, SITE, template)
    word, target = DocxTemplate(io.BytesIO(template.content)), io.BytesIO()
    word.render(printout.printed(letters, pen), autoescape=True)
    word.save(target)
    assert [(p.style.name, p.text) for p in paragraphs(opened(ours))] == [
        (p.style.name, p.text) for p in paragraphs(opened(target.getvalue()))
    ]


def test_who_edited_a_word_file_and_when_is_not_told_to_its_readers(edited):
    """The name of the last editor would stand in every document of the site."""

    def sign(word):
        word.core_properties.last_modified_by, word.core_properties.revision = "Somebody", 99

    about = opened(printout.document(FULL, SITE, edited(sign))).core_properties
    assert (about.last_modified_by, about.revision, about.modified.year) == ("", 1, 2026)


# --- what the Office changes


def test_a_letterhead_a_style_and_a_heading_of_the_office_are_carried(edited):
    """On every document that is printed on the file."""

    def change(word):
        word.sections[0].first_page_header.paragraphs[0].text = "საჯარო დაწესებულება"
        word.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0)
        put("{{ sources_heading }}", "საიდან ვიცით")(word)

    template = edited(change, handout.NAMED["ka"])
    brief = Brief("ka", "title", "subtitle", FULL[0].sections, FULL[0].note)
    word = opened(handout.document(handout.Handout(brief, template)))
    assert word.sections[0].first_page_header.paragraphs[0].text == "საჯარო დაწესებულება"
    assert word.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0, 0)
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == ["changes", "events", "საიდან ვიცით"]


def test_the_order_of_a_document_is_that_of_its_word_file(edited):
    """The closing words above the list."""

    def change(word):
        found = [p._p for p in word.paragraphs]
        texts = [p.text for p in word.paragraphs]
        first = texts.index("{%p for text in georgian.closing %}")
        for paragraph in found[first : first + 3]:
            found[texts.index("{{ georgian.period }}")].addprevious(paragraph)

    texts = [p.text for p in opened(printout.document(FULL, SITE, edited(change))).paragraphs]
    assert texts[:5] == ["title", "closing", "owner", "reply", "period"]


def test_a_tag_in_a_header_is_filled(edited):
    """The title of the document stands above its second page."""
    word = opened(printout.document(FULL, SITE, edited(lambda _: None)))
    assert word.sections[0].header.paragraphs[0].text == "title"


def test_a_tag_that_an_office_program_split_into_runs_is_still_one(edited):
    """Spelling, saving and a change of weight each cut a text into runs; the tag is whole for its reader."""

    def split(word):
        for paragraph in paragraphs(word):
            text = paragraph.text
            if "{" in text:
                for run in paragraph.runs[1:]:
                    run._r.getparent().remove(run._r)
                paragraph.runs[0].text = text[:1]
                for number, letter in enumerate(text[1:]):
                    paragraph.add_run(letter).bold = bool(number % 2)

    before = printout.document(FULL, SITE, edited(lambda _: None))
    after = printout.document(FULL, SITE, edited(split))
    assert [p.text for p in paragraphs(opened(after))] == [p.text for p in paragraphs(opened(before))]


def test_a_style_is_found_by_its_name_whatever_its_id(edited):
    """LibreOffice calls the style of links InternetLink."""

    def rename(word):
        word.styles["Hyperlink"].element.set(docx.oxml.ns.qn("w:styleId"), "InternetLink")

    word = opened(printout.document(FULL, SITE, edited(rename)))
    assert word.element.xpath("//w:hyperlink//w:rStyle/@w:val")[0] == "InternetLink"


def test_a_page_break_before_english_stays_when_tags_go(stationery):
    """It has a paragraph of its own: LibreOffice moves a break into the paragraph before, and one with a tag goes."""
    word = opened(printout.document(FULL, SITE, stationery[BULLETIN]))
    breaks = [p for p in word.paragraphs if any(WD_BREAK.PAGE for _ in p._p.xpath(".//w:br[@w:type='page']"))]
    assert [p.text.strip() for p in breaks] == [""]


@pytest.mark.parametrize(
    ("template", "old", "new"), [("letter.html", "<h1 ", '<h1 class="x" '), ("letter.txt", "- {{ said", "* {{ said")]
)
def test_a_mail_is_changed_in_its_template_alone(stationery, template, old, new):
    """In the form of that template, and in no other."""
    path = f"overrides/mail/{template}"
    changed = rewritten(stationery, path, old.encode(), new.encode())
    forms = {"letter.html": mail.as_html, "letter.txt": mail.as_text}
    for name, form in forms.items():
        assert (form(FULL, SITE, stationery) == form(FULL, SITE, changed)) is (name != template)


# --- what the Office breaks

BROKEN = {
    "a name that there is not": (put("georgian.title", "georgian.titel"), "name", "{{ georgian.titel }}", "{{ georgian.title }}"),
    "a wrong name in a loop": (put("georgian.sections", "georgian.sektions"), "name", "georgian.sektions", "georgian.sections"),
    "a wrong name in a row": (put("row.said", "row.sayd"), "name", "{{ row.sayd }}", "{{ row.said }}"),
    "a wrong name in the English half": (put("english.period", "english.perod"), "name", "english.perod", "english.period"),
    "a tag without its last brace": (
        put("{{ georgian.title }}", "{{ georgian.title }"),
        "cut",
        "{{ georgian.title }",
        "{{ title }}",
    ),
    "a tag without its first": (put("{{ georgian.title }}", "{ georgian.title }}"), "cut", "{ georgian.title }}", "{{ title }}"),
    "a tag cut in two paragraphs": (put("{{ georgian.title }}", "{{ georgian"), "cut", "{{ georgian", "{{ title }}"),
    "a loop that does not end": (drop("{%p endfor"), "open", "{%p for text in georgian.opening %}", "{%p endfor %}"),
    "a condition that does not end": (drop("{%p endif"), "open", "{%p if section.rows %}", "{%p endif %}"),
    "an end of what did not begin": (drop("{%p for section"), "closes", "{%p endfor %}", "{%p for"),
    "two names in a tag": (put("{{ georgian.title }}", "{{ georgian title }}"), "syntax", "{{ georgian title }}", "{{ title }}"),
    "a word that Jinja has not": (
        put("{%p if georgian.note", "{%p fi georgian.note"),
        "word",
        "{%p fi georgian.note %}",
        "{%p for",
    ),
    "a filter that there is not": (
        put("{{ georgian.title }}", "{{ georgian.title|big }}"),
        "fails",
        "georgian.title|big",
        "{{ title }}",
    ),
    "a call": (put("{{ georgian.title }}", "{{ georgian.title() }}"), "fails", "{{ georgian.title() }}", "{{ title }}"),
    "a way out of the data": (put("georgian.title", "georgian.title.__class__.__mro__"), "fails", "__mro__", "{{ title }}"),
    "words beside a tag that takes its paragraph away": (
        put("{%p for section", "სია: {%p for section"),
        "alone",
        "სია:",
        "{%p for",
    ),
    "words beside a tag that takes its row away": (put("{%tr for row", "სია: {%tr for row"), "alone", "სია:", "{%tr for"),
    "a loop over paragraphs without p": (put("{%p for section", "{% for section"), "across", "{% for section", "{%p for section"),
    "a loop over rows without tr": (put("{%tr for row", "{% for row"), "across", "{% for row", "{%p for row"),
    "a loop over rows with p": (put("{%tr for row", "{%p for row"), "broken", "", "{%tr for"),
    "links in a tag without r": (put("{{r line.text }}", "{{ line.text }}"), "rich", "name: strong", "{{r line.text }}"),
    "plain words in a tag with r": (put("{{ georgian.title }}", "{{r georgian.title }}"), "plain", "title", "{{ title }}"),
    "a style that is gone": (lambda word: word.styles["Added Words"].delete(), "style", "Added Words", ""),
}


@pytest.mark.parametrize(("change", "code", "found", "example"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_word_file_is_told_with_what_was_found_and_an_example(edited, change, code, found, example):
    """Which file, what must be, what stands there, a right tag: in both languages, before anything is printed."""
    with pytest.raises(BadTemplate) as caught:
        printout.document(FULL, SITE, edited(change))
    [problem] = caught.value.problems
    assert problem.code == f"template_{code}"
    for language, must in (("ka", "უნდა"), ("en", "must")):
        said = written([problem], "text", language)
        assert said.startswith(f"overrides/papers/bulletin.docx:1: {must} ")
        assert found in said
        assert example in said
        assert "<w:" not in said
        assert not re.search(r"\((?:names|why|end)\)", said)


@pytest.mark.parametrize("raw", [b"", b"PK", b"words", b"\xd0\xcf\x11\xe0" + bytes(600)], ids=["empty", "cut", "text", "doc"])
def test_what_is_no_word_file_is_told(raw):
    """An empty file, one that was cut, a text, a document of an old Word."""
    with pytest.raises(BadTemplate) as caught:
        printout.document(FULL, SITE, Template("overrides/papers/bulletin.docx", raw))
    assert caught.value.problems[0].code == "template_not_word"


def test_a_zip_that_is_no_word_file_is_told():
    """Such as a spreadsheet under the name of a document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(BadTemplate) as caught:
        printout.document(FULL, SITE, Template("overrides/papers/bulletin.docx", target.getvalue()))
    assert caught.value.problems[0].code == "template_not_word"


WRONG = {
    "a name that there is not": (b"letter.period", b"letter.perod", "name", "{{ letter.perod }}"),
    "a loop that does not end": (b"{% endfor %}\n{% if letter.note %}", b"{% if letter.note %}", "syntax", ""),
    "a tag cut in two": (b"{{ letter.title }}", b"{{ letter.title }", "syntax", "letter.title"),
    "a filter that there is not": (b"{{ letter.title }}", b"{{ letter.title|big }}", "syntax", "big"),
    "a call": (b"{{ letter.title }}", b"{{ letter.title() }}", "fails", "{{ letter.title() }}"),
}


@pytest.mark.parametrize("file", ["letter.html", "letter.txt"])
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_broken_mail_is_told_with_its_line(stationery, file, wrong):
    """The file and the line of the template, not of the program."""
    old, new, code, found = wrong
    path = f"overrides/mail/{file}"
    changed = rewritten(stationery, path, old, new)
    with pytest.raises(BadTemplate) as caught:
        mail.as_html(FULL, SITE, changed)
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == (path, f"template_{code}")
    lines = changed[path.removeprefix("overrides/")].content.decode().split("\n")
    assert found in lines[problem.line - 1]
    assert found in problem.found


@pytest.mark.parametrize("name", [*WORD_FILES, "mail/letter.html", "mail/mail.txt"])
def test_a_file_that_is_gone_is_told(stationery, name):
    """With where it must be."""
    rest = Stationery(tuple(one for one in stationery.templates if one.path != f"overrides/{name}"))

    def use():
        if name == BULLETIN or name in handout.NAMED.values():
            return rest[name]
        return mail.as_html(FULL, SITE, rest)

    with pytest.raises(BadTemplate) as caught:
        use()
    [problem] = caught.value.problems
    assert (problem.code, problem.path) == ("template_missing", f"overrides/{name}")


# --- where they come from


def test_a_project_without_templates_prints_on_those_of_the_program(tmp_path, stationery):
    """Records elsewhere need no look of their own; a folder that is there counts alone."""
    assert read(tmp_path) == stationery
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "mail.txt").write_text("x")
    assert [one.path for one in read(tmp_path).folder("mail")] == ["overrides/mail/mail.txt"]


def test_the_file_that_word_keeps_beside_an_open_one_is_no_template(tmp_path):
    """~$bulletin.docx holds the name of who edits it."""
    (tmp_path / "papers").mkdir()
    for name in ("~$bulletin.docx", ".DS_Store", "brief.ka.docx"):
        (tmp_path / "papers" / name).write_bytes(b"x")
    assert [one.path for one in read(tmp_path).folder("papers")] == ["overrides/papers/brief.ka.docx"]


@pytest.fixture
def own(tmp_path, project):
    """A project with templates of its own around the small tree."""
    (tmp_path / "mkdocs.yml").touch()
    for name in ("papers", "mail"):
        copytree(project / "overrides" / name, tmp_path / "overrides" / name)
    return tmp_path / "overrides"


def test_kb_brief_prints_on_the_word_file_of_its_project(tree, own, kb_command, tmp_path, edited):
    """A letterhead that somebody put there is on the brief."""

    def change(word):
        word.sections[0].first_page_header.paragraphs[0].text = "Letterhead"

    (own / "papers" / "brief.en.docx").write_bytes(edited(change, handout.NAMED["en"]).content)
    file = tmp_path / "x.docx"
    [network] = tree.root.glob("*/network.yml")
    done = kb_command("brief", network.parent.name, "--records", str(tree.root), "--lang", "en", "--out", str(file))
    assert (done.exit_code, done.output) == (0, f"{file}\n")
    assert opened(file.read_bytes()).sections[0].first_page_header.paragraphs[0].text == "Letterhead"


@pytest.fixture
def spoiled(tree, own, edited, kb_command):
    """The small tree with its quarter closed, in a project of which every Word file has a typing error."""
    for name in WORD_FILES:
        (own / name).write_bytes(edited(put("title }}", "titel }}"), name).content)
    assert kb_command("quarter", "2026-Q4", "--records", str(tree.root)).exit_code == 0
    return tree.root


@pytest.mark.parametrize(("language", "words"), [("ka", "უნდა"), ("en", "must")])
@pytest.mark.parametrize("command", ["brief", "deliver"])
def test_a_command_ends_with_the_words_for_a_broken_word_file(spoiled, kb_command, command, language, words):
    """No file is written, and the code is that of problems."""
    [network] = spoiled.glob("[!_]*/network.yml")
    out = spoiled.parent / "out"
    what = network.parent.name if command == "brief" else "2026-Q4"
    done = kb_command(command, what, "--records", str(spoiled), "--out", str(out), "--lang", language)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert words in done.output
    assert "titel" in done.output
    assert not out.is_file()
    assert not list(out.glob("*"))


def test_every_fault_of_the_stationery_has_words_and_is_tried_here(project):
    """Nothing can be wrong with a Word file or a mail that no test has seen."""
    files = (project / "scripts/kb/bulletins").rglob("*.py")
    raised = {code for file in files for code in re.findall(r'BadTemplate\(\s*"(\w+)"', file.read_text("utf-8"))}
    tried = {code for _, code, *_ in BROKEN.values()} | {code for _, _, code, _ in WRONG.values()} | {"missing", "not_word"}
    assert raised == tried
    assert {f"template_{code}" for code in raised} <= wordings()["must"].keys()


def test_what_a_template_can_name_stands_in_contributing(project):
    """Who edits a Word file or a mail finds every name there."""
    said = set(re.findall(r"`([a-z_]+)`", (project / "CONTRIBUTING.md").read_text("utf-8")))
    assert (printout.NAMES | handout.NAMES | mail.NAMES) - said == set()


def test_templates_are_neither_offered_by_the_site_nor_part_of_its_frames(project, tmp_path):
    """A changed letterhead rebuilds no page, and nobody downloads a template from the site."""
    frames = {
        path.relative_to(project / "overrides").parts[0] for path in frame_sources(project, "ka") if "overrides" in path.parts
    }
    assert not frames & set(FOLDERS)
    for name in (BULLETIN, "mail/mail.txt", "styles.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert static_files(tmp_path) == ["styles.css"]


def test_a_changed_word_file_is_another_site(own, tree):
    """A build that finds it changed does not take its documents for made."""
    order = Order(own.parent, tree.root, own.parent / "site", date(2026, 11, 22))
    (own.parent / "content").mkdir()
    (own.parent / "mkdocs.yml").write_text("site_name: x\n")
    before = fingerprint(order)
    (own / BULLETIN).write_bytes(b"other")
    assert fingerprint(order) != before


@pytest.fixture
def preview(tmp_path):
    """A preview of a project of its own."""
    project = raise_house(tmp_path / "house")
    return Preview(project, project / "networks", DAY)


def test_a_preview_prints_on_the_word_file_as_it_was_saved_last(preview, edited):
    """No need to begin anew: the next document has the letterhead, and a broken file is told until it is mended."""
    file = preview.project / "overrides" / handout.NAMED["en"]
    before, name = file.read_bytes(), "en/briefs/network-nno.docx"

    def letterhead(word):
        word.sections[0].first_page_header.paragraphs[0].text = "Letterhead"

    file.write_bytes(edited(letterhead, handout.NAMED["en"]).content)
    assert opened(preview.file(name)).sections[0].first_page_header.paragraphs[0].text == "Letterhead"
    file.write_bytes(b"broken")
    with server(preview, "127.0.0.1", 0) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"http://127.0.0.1:{web.server_address[1]}/{name}")
        web.shutdown()
        thread.join()
    assert caught.value.code == 500
    assert "overrides/papers/brief.en.docx:1: უნდა იყოს Word-ის დოკუმენტი" in caught.value.read().decode()
    file.write_bytes(before)
    assert opened(preview.file(name)).paragraphs[0].style.name == "Title"


def test_a_build_with_a_broken_word_file_writes_nothing(tmp_path):
    """The answer to a proposal tells it as it tells a wrong record."""
    project = raise_house(tmp_path / "house")
    (project / "overrides" / handout.NAMED["ka"]).write_bytes(b"broken")
    order = Order(project, project / "networks", tmp_path / "site", DAY)
    faults = [problem for problem in verdict(order) if problem.code.startswith("template_")]
    assert [(problem.path, problem.code) for problem in faults] == [("overrides/papers/brief.ka.docx", "template_not_word")]
    assert not list((tmp_path / "site").glob("*.html"))
