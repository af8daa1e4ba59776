"""A brief holds what a person takes to a meeting: a few pages, every fact with its source."""

import dataclasses
import io
import re
import zipfile

import docx
import pytest

from kb.bulletins.letter import Run, joined
from kb.downloads.brief import Unknown, Writer, subject_of
from kb.downloads.handout import NAMED, Handout, document
from kb.history.snapshot import plain
from kb.upkeep.clocks import COMING_BY, OPEN_BY, is_coming, is_open
from kb.words.language import LANGUAGES, Words

NNO, GUIDE = "nno/network.yml", "nno/resources/guide.yml"


@pytest.fixture
def brief(tree, today):
    """The brief of a name in English: section → its lines."""

    def make(name="nno", language="en"):
        kb, problems = tree.load()
        assert problems == []
        made = Writer(kb, Words(language), today).write(subject_of(kb, name))
        return made, {part.name: [joined(line.runs, lambda run: run.text) for line in part.lines] for part in made.sections}

    return make


def test_a_network_is_told_in_the_order_of_a_meeting(brief):
    """What it is, our standing, whom to write to, what there is."""
    made, parts = brief()
    assert made.title == "Northern Network of Ombudspersons"
    assert made.subtitle == "Brief for a meeting; as of 22 November 2026"
    assert list(parts) == ["about", "standing", "contacts", "resources", "deadlines", "past"]
    assert parts["standing"] == ["Member"]
    assert parts["contacts"] == ["NNO, Secretariat: nno@ombudsman-house.example; +43 1 234 56 78"]
    assert parts["resources"] == ["Guide (Handbook, 2024) What it is."]
    assert parts["deadlines"] == ["NNO, ‘Grant’: deadline: 2 December 2026, 02:59 Tbilisi time (01.12.2026 23:59, Europe/Vienna)"]


def test_a_theme_and_a_unit_have_their_networks_and_terms(brief):
    """The unit on custody: its resource, its grant and its report when that is near."""
    _, theme = brief("juvenile")
    assert theme["networks"] == ["NNO: It links ombudsmen. (Member)"]
    _, unit = brief("nvd")
    assert (unit["about"], unit["resources"]) == (["Visits to custody"], ["Guide (Handbook, 2024) What it is."])


def test_what_is_due_within_half_a_year_stands_by_its_day(tree, brief):
    """Agreements and reports between the opportunities."""
    tree.edit("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2026-11-30")
    assert [line.split(":")[0] for line in brief("nvd")[1]["deadlines"]] == ["Committee against Torture", "NNO, ‘Grant’"]


def test_every_fact_leads_to_a_numbered_source(tree, brief):
    """The same source has the same number wherever it is named; numbers run from 1 in the order of the facts."""
    tree.edit(NNO, "  en: It links ombudsmen.", "  en: It links ombudsmen.\n  sources: [https://www.no.example/a]")
    tree.edit(NNO, "{status: member}", "{status: member, sources: [https://www.no.example/b, https://www.no.example/a]}")
    made, parts = brief()
    assert (parts["about"][0], parts["standing"]) == ("It links ombudsmen. [1]", ["Member [1, 2]"])
    assert [run.href for run in made.sources] == ["https://www.no.example/a", "https://www.no.example/b"]


def test_what_is_left_out_of_a_long_list_leaves_no_source(tree, brief):
    """Of 21 open opportunities the first sixteen by day are told; the sources of those have numbers, in that order."""
    grant = (tree.root / "nno/opportunities/grant.yml").read_text("utf-8")
    for day in range(1, 21):
        dated = grant.replace("2026-12-01", f"2026-12-{day:02}") + f"sources: [https://www.no.example/{day}]\n"
        tree.write(f"nno/opportunities/day-{30 - day}.yml", dated)
    made, parts = brief("theme:custody")
    marks = [line.partition("[")[2] for line in parts["deadlines"]]
    assert (len(marks), [mark for mark in marks if mark]) == (16, [f"{number}]" for number in range(1, 16)])
    assert [run.href for run in made.sources] == [f"https://www.no.example/{day}" for day in range(1, 16)]


@pytest.mark.parametrize(("name", "words"), [("nobody", "no network, theme or unit"), ("unit:nno", "no network, theme or unit")])
def test_an_unknown_name_is_refused(tree, name, words):
    """With what there is not."""
    with pytest.raises(Unknown, match=words):
        subject_of(tree.load()[0], name)


@pytest.mark.parametrize(("kind", "fields", "asked"), [("opportunities", OPEN_BY, is_open), ("events", COMING_BY, is_coming)])
def test_some_fields_tell_what_the_whole_record_tells(real, today, kind, fields, asked):
    """Whether an opportunity is open, or an event ahead, hangs on no field that a brief does not ask for."""
    for entry in getattr(real[0], kind).values():
        assert asked(plain(entry.record, fields), today) == asked(plain(entry.record), today)


def test_a_name_of_two_things_asks_which(real):
    """There is a theme and a unit called gender."""
    with pytest.raises(Unknown, match="theme:gender or unit:gender"):
        subject_of(real[0], "gender")
    assert subject_of(real[0], "theme:gender") is real[0].themes["gender"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_real_brief_is_longer_than_four_pages(real, today, language):
    """By its letters: a page of this type holds about 2,500; what the base knows little of is shorter than two."""
    kb, _ = real
    names = [*kb.networks, *(f"theme:{theme}" for theme in kb.themes), *(f"unit:{unit}" for unit in kb.units)]
    lengths = {}
    for name in names:
        made = Writer(kb, Words(language), today).write(subject_of(kb, name))
        lengths[name] = sum(len(joined(line.runs, lambda run: run.text)) for part in made.sections for line in part.lines)
    assert max(lengths.values()) < 10_000
    assert min(lengths.values()) > 0


SOURCES = """  en: It links ombudsmen.
  sources: [https://no.example/a, "https://no.example/b[1]"]"""


@pytest.fixture
def printed(stationery):
    """A way to print a brief on the Word file of its language."""

    def make(made, site="https://kb.example.org"):
        return document(Handout(made, stationery[NAMED[made.language]], site))

    return make


def opened(raw):
    """A document as a program reads it."""
    return docx.Document(io.BytesIO(raw))


@pytest.mark.parametrize(("language", "heading"), [("ka", "წყაროები"), ("en", "Sources")])
def test_the_document_has_its_outline_and_numbered_sources(tree, brief, printed, language, heading):
    """Title, headings, lists; each number in the text stands at the end."""
    tree.edit(NNO, "  en: It links ombudsmen.", SOURCES)
    made, _ = brief(language=language)
    found = opened(printed(made))
    text = "\n".join(p.text for p in found.paragraphs)
    body, _, end = text.partition(f"\n{heading}\n")
    named = {int(number) for group in re.findall(r"\[([\d, ]+)\]", body) for number in group.split(",")}
    assert named == {int(number) for number in re.findall(r"(?m)^\[(\d+)\] http", end)} == {1, 2}
    styles = [p.style.name for p in found.paragraphs]
    assert (styles.count("Title"), styles.count("Heading 1")) == (1, len(made.sections) + 1)
    assert (found.core_properties.title, found.core_properties.language) == (made.title, {"ka": "ka-GE", "en": "en-GB"}[language])


def test_sources_are_links_that_a_uri_can_hold(tree, brief, printed):
    """A bracket in an address makes Office programs refuse the file."""
    tree.edit(NNO, "  en: It links ombudsmen.", SOURCES)
    rels = opened(printed(brief()[0])).part.rels.values()
    targets = {rel.target_ref for rel in rels if rel.reltype.endswith("hyperlink")}
    assert {"https://no.example/a", "https://no.example/b%5B1%5D"} <= targets


def test_the_same_brief_is_the_same_document(brief, printed):
    """Also after another was made of the same Word file: its links are not left in it."""
    made, _ = brief()
    once = printed(made)
    printed(brief("theme:juvenile")[0])
    assert printed(made) == once
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(once)).infolist()} == {1980}


def test_what_no_xml_can_hold_is_left_out(brief, printed):
    """A control sign in a record stops no document."""
    made, _ = brief()
    broken = dataclasses.replace(made, title="A\x00B", sources=(Run("C\x0bD & <E>"),))
    texts = [p.text for p in opened(printed(broken)).paragraphs]
    assert (texts[0], texts[-1]) == ("AB", "[1] CD & <E>")


def test_kb_brief_writes_a_document(tree, kb_command, tmp_path):
    """And says where it is; an unknown name is misuse."""
    file = tmp_path / "x" / "nno.docx"
    done = kb_command("brief", "nno", "--records", str(tree.root), "--out", str(file))
    assert (done.exit_code, done.output) == (0, f"{file}\n")
    assert file.read_bytes().startswith(b"PK")
    assert kb_command("brief", "x", "--records", str(tree.root), "--out", str(file)).exit_code == 2


def test_each_brief_numbers_its_own_sources(tree, today):
    """A writer that has written others gives the same brief as a new one."""
    kb, _ = tree.load()
    writer = Writer(kb, Words("en"), today)
    names = ["nno", "theme:juvenile", "nno"]
    assert [writer.write(subject_of(kb, name)) for name in names] == [
        Writer(kb, Words("en"), today).write(subject_of(kb, name)) for name in names
    ]


def test_a_theme_has_no_deadlines_of_others(brief):
    """The memorandum has no owner and no theme: it is nobody's, and does not stand in every theme."""
    assert "deadlines" not in brief("theme:juvenile")[1]
    assert all("Memorandum" not in line for line in brief("theme:custody")[1]["deadlines"])


def test_a_unit_has_the_deadlines_that_it_owns(brief):
    """The Division owes a visit under the memorandum, which has no theme."""
    assert brief("unit:international-exchanges")[1]["deadlines"] == [
        "Memorandum: A yearly visit; obligation due: January 2027; 70 days left"
    ]


def test_what_is_late_is_told_as_late(tree, brief):
    """In the words of the bulletin: an agreement expired, a duty is overdue."""
    tree.edit("_office/agreements/ankara.yml", "valid_until: 2027-04-05", "valid_until: 2026-11-10\nthemes: [juvenile]")
    tree.edit("_office/agreements/ankara.yml", "due: 2027-01", "due: 2026-11-12")
    assert brief("theme:juvenile")[1]["deadlines"] == [
        "Memorandum: expired on 10 November 2026",
        "Memorandum: A yearly visit; obligation due: 12 November 2026; overdue by 10 days",
    ]


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_what_did_not_take_place_is_no_participation(tree, brief, state):
    """An event of the past that was called off or put off."""
    tree.edit("nno/events/2026-09-assembly.yml", "country: AT", f"country: AT\nstate: {state}")
    assert "past" not in brief()[1]


def test_a_postponed_event_says_so_first(tree, brief):
    """It is still to come; its day may not hold."""
    event = "nno/events/2026-09-assembly.yml"
    tree.edit(event, "end: 2026-09-16", "end: 2026-12-01\nstate: postponed")
    assert brief()[1]["events"] == ["NNO, ‘Assembly’: Postponed. 14 September 2026 – 1 December 2026"]


def test_a_brief_of_nothing_says_so(tree, brief):
    """A document with a title alone looks like a mistake."""
    tree.write("_office/themes.yml", (tree.root / "_office/themes.yml").read_text("utf-8") + "- {id: media, name: {en: Media}}\n")
    assert brief("theme:media")[1] == {"deadlines": ["No deadline or opportunity is known at present."]}
