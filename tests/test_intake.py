"""Filled-in forms: honest ones become records, half-empty ones a list of what is missing, hostile ones only ever text."""

import json
import re
import socket
from pathlib import Path

import pytest
import yaml

from kb.editing import intake
from kb.editing.forms import ASKED, file, questions
from kb.editing.intake import MOST_NAME, NoForm, clean

FORMS = Path(__file__).parents[1] / ".github" / "ISSUE_TEMPLATE"
ANSWERS = {
    "resource": {
        "network": "NNO (nno)",
        "title.ka": "ახალი სახელმძღვანელო",
        "title.en": "New guide for visits",
        "type": "სახელმძღვანელო (handbook)",
        "url": "https://www.no.example/new",
        "languages": "ინგლისური (en), ფრანგული (fr)",
        "year": "2025",
        "themes": "ბავშვის უფლებები (juvenile), პენიტენციური სისტემა (custody)",
        "summary.ka": "რა არის და რაში გამოგადგებათ.",
    },
    "event": {
        "network": "არცერთი: აპარატის საკუთარი (office)",
        "title.ka": "სამუშაო ვიზიტი",
        "kind": "სამუშაო ვიზიტი (working-visit)",
        "start": "2026-10-08",
        "units": "ვიზიტების ეროვნული დეპარტამენტი (nvd)",
    },
    "opportunity": {
        "network": "NNO (nno)",
        "title.ka": "სტიპენდია",
        "kind": "სტიპენდია (fellowship)",
        "availability": "მიმდინარე (ongoing)",
        "deadline.date": "2026-12-01",
        "deadline.zone": "Europe/Vienna",
        "source": "https://www.no.example/news",
    },
    "contact": {
        "network": "NNO (nno)",
        "role.ka": "სასწავლო განყოფილება",
        "role.en": "Training unit",
        "email": "train@no.example",
    },
    "wrong": {"page": "https://kb.example.org/networks/nno.html", "wrong": "ნომერი შეიცვალა"},
}
MADE = {
    "resource": "nno/resources/new-guide-for-visits.yml",
    "event": "_office/events/2026-10-samushao-viziti.yml",
    "opportunity": "nno/opportunities/stipendia.yml",
    "contact": "nno/network.yml",
}


@pytest.fixture
def body(tree):
    """A way to write answers as GitHub writes a form: each question as a heading, an empty answer as _No response_."""

    def write(form, answers, newline="\n"):
        asked = questions(form, tree.load()[0])
        assert set(answers) <= {q.way for q in asked}
        return (newline * 2).join(f"### {q.label}{newline * 2}{answers.get(q.way) or '_No response_'}" for q in asked)

    return write


@pytest.fixture
def take(tree, today):
    """A way to take in the text of an issue."""
    return lambda text: intake.take(tree.root, tree.load()[0], text, today)


@pytest.fixture
def filed(tree, tmp_path, kb_command):
    """A way to call `kb intake` on the text of an issue; returns the result and all files of the tree."""

    def call(text, *more):
        (tmp_path / "issue.json").write_text(json.dumps({"issue": {"number": 7, "title": "x", "body": text}}), "utf-8")
        result = kb_command("intake", "issue.json", "--records", "networks", *more)
        assert "Traceback" not in result.output
        return result, {p.relative_to(tree.root).as_posix(): p.read_bytes() for p in tree.root.rglob("*") if p.is_file()}

    return call


@pytest.mark.parametrize("form", MADE)
def test_a_filled_in_form_becomes_a_right_record(tree, filed, body, form):
    """The record stands where it belongs, has a new id, and nothing is wrong in the tree."""
    result, files = filed(body(form, ANSWERS[form]))
    assert (result.exit_code, MADE[form] in files, tree.problems()) == (0, True, [])
    assert result.stdout == f"ჩანაწერი შეიქმნა: networks/{MADE[form]}\n"


def test_the_answers_stand_in_the_record(tree, filed, body):
    """Each answer is in its field, in the words in which it was given."""
    filed(body("resource", ANSWERS["resource"]))
    record = tree.load()[0].resources["nno/new-guide-for-visits"].record
    assert (record.title.ka, record.type, record.languages) == ("ახალი სახელმძღვანელო", "handbook", ("en", "fr"))
    assert (record.themes, record.year, record.collected_on) == (("juvenile", "custody"), 2025, "2026-11-22")


def test_a_contact_is_added_to_its_network_and_nothing_else_changes(tree, filed, body):
    """The network's file has the new contact behind the others; every other line is as it was."""
    before = (tree.root / "nno/network.yml").read_text("utf-8")
    filed(body("contact", ANSWERS["contact"]))
    new = (
        "  - id: training-unit\n    role:\n      ka: სასწავლო განყოფილება\n      en: Training unit\n    email: train@no.example\n"
    )
    after = (tree.root / "nno/network.yml").read_text("utf-8")
    assert after.replace(new.replace("train@no.example", '"train@no.example"'), "") == before


def test_a_report_of_a_mistake_makes_no_record(filed, body):
    """*Something is wrong* is for a person: thanks, and no file."""
    before = filed("")[1]
    result, files = filed(body("wrong", ANSWERS["wrong"]))
    assert (result.exit_code, "მადლობა" in result.stdout, files) == (0, True, before)


@pytest.mark.parametrize("form", MADE)
def test_an_empty_form_lists_what_is_missing(filed, body, form):
    """Where GitHub demands nothing, as in private repositories, every question that is needed is listed, in Georgian."""
    before = filed("")[1]
    result, files = filed(body(form, {}))
    needed = {"resource": 7, "event": 4, "opportunity": 4, "contact": 2}[form]
    assert (result.exit_code, files, result.stdout.count("\n- ")) == (1, before, needed)
    assert "ჩანაწერი ჯერ არ შექმნილა" in result.stdout


@pytest.mark.parametrize("form", MADE)
def test_each_answer_that_is_needed_is_missed(take, body, form):
    """Without one needed answer no record is made, and that question is named."""
    fields = ASKED[form][0].model_fields
    homes = {way: way.partition(".")[0] for way in ANSWERS[form]}
    needed = [way for way, home in homes.items() if home == "network" or (home in fields and fields[home].is_required())]
    for name in needed:
        taken = take(body(form, {way: value for way, value in ANSWERS[form].items() if homes[way] != homes[name]}))
        assert (name, taken.edits) == (name, {})
        assert taken.wrong


def test_two_records_of_one_title_get_two_names(filed, body):
    """The second has a number behind its name; neither replaces the other."""
    filed(body("resource", ANSWERS["resource"]))
    _, files = filed(body("resource", {**ANSWERS["resource"], "year": "2026"}))
    assert b"year: 2025" in files["nno/resources/new-guide-for-visits.yml"]
    assert b"year: 2026" in files["nno/resources/new-guide-for-visits-2.yml"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_the_browser_do_not_matter(tree, filed, body, newline):
    """CRLF, LF and CR give the same file, with LF."""
    result, files = filed(body("resource", {**ANSWERS["resource"], "note.ka": f"ერთი{newline}{newline}ორი"}, newline))
    assert (result.exit_code, tree.problems(), b"\r" in files[MADE["resource"]]) == (0, [], False)
    assert tree.load()[0].resources["nno/new-guide-for-visits"].record.note.ka == "ერთი\n\nორი"


HOSTILE = [
    "📘 სახელმძღვანელო 👩‍⚖️",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned #",
    "| tee pwned",
    "${{ github.token }}",
    "{{ config }} {% include 'x' %}",
    "title: x\nstatus: archived",
    "---",
    "--- a",
    "...",
    "- a",
    "? a",
    "a: b",
    "a #b",
    "# a",
    "& a",
    "*a",
    "!!python/object/apply:os.system [id]",
    "{a: b",
    "[a, b",
    "'",
    '"',
    '\\"\\n',
    "%YAML 1.1",
    "@everyone",
    "yes",
    "null",
    "2024",
    "0x1F",
    "1:30",
    "../../../etc/passwd",
    "..\\..\\windows",
    "=cmd|' /C calc'!A0",
    "x\u202ey",
    "a\u200bb\u2066c",
    "a\x00b\x1b[31m",
    "ა" * 250,
    "#1 GH-1 office/kb#1",
    "[x](javascript:alert(1))",
    "\u1c90\u1c91\u1c92",
    "a\u00a0b\tc",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("where", ["title.en", "note.ka", "summary.ka"])
def test_hostile_words_are_only_text(tree, filed, body, where, words):
    """Whatever is typed becomes that text in that field, or is refused in words; no other field or file is touched."""
    before = filed("")[1]
    result, files = filed(body("resource", {**ANSWERS["resource"], where: words}))
    new = files.keys() - before.keys()
    assert {path: files[path] for path in before} == before
    assert not (tree.root.parent / "pwned").exists()
    assert tree.problems() == []
    assert len(new) == (result.exit_code == 0)
    for path in new:
        assert re.fullmatch(r"nno/resources/[a-z0-9-]+\.yml", path)
        said = yaml.safe_load(files[path])
        name, part = where.split(".")
        assert said[name][part].split() == clean(words).split()
        assert set(said) <= {"title", "type", "url", "languages", "year", "themes", "summary", "note", "collected_on", "review"}


LINES = ["network", "type", "url", "languages", "year", "themes"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("where", LINES)
def test_hostile_words_are_no_choice(filed, body, where, words):
    """Where a choice, an address or a year is asked for, anything else is refused and writes nothing."""
    if (where, words) == ("year", "2024"):
        return
    before = filed("")[1]
    result, files = filed(body("resource", {**ANSWERS["resource"], where: words}))
    assert (result.exit_code, files) == (1, before)


@pytest.mark.parametrize(
    "title", ["../../x", "/etc/passwd", "..", "CON", "a" * 300, "index", "网络", "👍", "-", "network", "Ünïcödé", "ჰო"]
)
def test_a_name_is_made_of_letters_only(filed, body, title):
    """A title makes a short name of small Latin letters in the right folder, or is refused."""
    before = filed("")[1]
    result, files = filed(body("resource", {**ANSWERS["resource"], "title.en": title, "title.ka": title}))
    new = files.keys() - before.keys()
    assert len(new) == (result.exit_code == 0)
    assert all(re.fullmatch(rf"nno/resources/[a-z0-9-]{{1,{MOST_NAME}}}\.yml", path) for path in new)


def test_a_question_that_stands_twice_is_refused(filed, body):
    """A value with a heading of the form in it cannot hide or replace another answer."""
    before = filed("")[1]
    hidden = "text\n\n### ტიპი\n\nანგარიში (report)"
    result, files = filed(body("resource", {**ANSWERS["resource"], "summary.ka": hidden}))
    assert (result.exit_code, "მეორდება" in result.stdout, files) == (1, True, before)


def test_other_headings_are_part_of_the_answer(tree, filed, body):
    """A heading that is no question stays in the text."""
    filed(body("resource", {**ANSWERS["resource"], "summary.ka": "### მოკლედ\n\nრა არის."}))
    assert tree.load()[0].resources["nno/new-guide-for-visits"].record.summary.ka == "### მოკლედ\n\nრა არის."


@pytest.mark.parametrize("way", ["title.ka", "summary.ka", "themes", "url"])
def test_a_huge_answer_is_refused(filed, body, way):
    """No answer is longer than a record can use."""
    before = filed("")[1]
    result, files = filed(body("resource", {**ANSWERS["resource"], way: "გრძელი " * 6000}))
    assert (result.exit_code, files) == (1, before)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"not json", b"[" * 100_000, b'{"issue": null}', b'{"issue": {"body": null}}', b'{"body": 7}',
     b'{"body": "hello"}', b'{"issue": {"body": "### \\u10e2"}}',
     b"\xff\xfe", json.dumps({"body": "x" * 80_000}).encode()],
    ids=range(13),
)  # fmt: skip
def test_what_no_form_wrote_is_told_apart(tree, tmp_path, kb_command, content):
    """Other JSON, an issue without a form, an empty or a huge one: exit 2, words, no file."""
    (tmp_path / "issue.json").write_bytes(content)
    result = kb_command("intake", "issue.json", "--records", "networks")
    assert (result.exit_code, "Traceback" in result.output, tree.problems()) == (2, False, [])


def test_a_file_that_is_not_there_is_told(kb_command):
    """A wrong path is no crash."""
    assert kb_command("intake", "nowhere.json", "--records", "networks").exit_code == 2


def test_a_full_disk_is_not_blamed_on_the_form(monkeypatch, kb_command, body, tmp_path):
    """The form is right; `main` tells what the system says to those who run the command."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.editing.curation.commit", full)
    (tmp_path / "issue.json").write_text(json.dumps({"body": body("resource", ANSWERS["resource"])}))
    result = kb_command("intake", "issue.json", "--records", "networks", "--out", "say.md")
    assert (type(result.exception), result.output, (tmp_path / "say.md").exists()) == (OSError, "", False)


def test_the_answer_is_kept_for_the_comment(filed, body, tmp_path):
    """--out keeps in a file what is printed, with every word of the person as text only."""
    result, _ = filed(body("resource", {**ANSWERS["resource"], "type": "<b>@x</b>"}), "--out", str(tmp_path / "say.md"))
    said = (tmp_path / "say.md").read_text("utf-8")
    assert said == result.stdout
    assert "<b>" not in said


def test_intake_asks_nobody(filed, body, monkeypatch):
    """A form is taken in without the network."""
    monkeypatch.setattr(socket, "socket", None)
    assert filed(body("resource", ANSWERS["resource"]))[0].exit_code == 0


# --- the forms themselves


@pytest.mark.parametrize("form", [form for form in ASKED if ASKED[form][0]])
def test_a_form_asks_for_everything_that_a_record_needs(office, form):
    """Each field that the model needs is asked for."""
    model, ways = ASKED[form]
    needed = {name for name, field in model.model_fields.items() if field.is_required()} - {"id"}
    assert needed <= {way.partition(".")[0] for way in ways}


@pytest.mark.parametrize("form", ASKED)
def test_no_two_questions_of_a_form_have_one_heading(office, form):
    """The answers are told apart by their headings."""
    labels = [question.label for question in questions(form, office)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("form", ASKED)
def test_the_file_of_a_form_is_as_the_model_has_it(office, form):
    """Questions, hints and fixed choices are those of today's model; what there is to choose follows the records."""
    kept, new = (yaml.safe_load(text) for text in ((FORMS / f"{form}.yml").read_text("utf-8"), file(form, office)))
    for element in (*kept["body"], *new["body"]):
        if element.get("id") in ("network", "themes", "units"):
            assert element["attributes"].pop("options")
    assert kept == new


@pytest.mark.parametrize("form", ASKED)
def test_a_form_is_as_github_wants_it(form):
    """Name, description, unique ids and labels, known element types, dropdowns with options that differ."""
    data = yaml.safe_load((FORMS / f"{form}.yml").read_text("utf-8"))
    asked = [element for element in data["body"] if element["type"] != "markdown"]
    assert set(data) == {"name", "description", "body"}
    assert {element["type"] for element in asked} <= {"input", "textarea", "dropdown"}
    assert len({element["id"] for element in asked}) == len(asked)
    assert all(re.fullmatch("[a-zA-Z0-9_-]+", element["id"]) for element in asked)
    options = [element["attributes"]["options"] for element in asked if element["type"] == "dropdown"]
    assert all(len(set(row)) == len(row) and not any("," in option or option == "None" for option in row) for row in options)


def test_no_form_text_is_taken_for_another(take, body):
    """Each form's text is known for that form's."""
    assert [take(body(form, ANSWERS[form])).form for form in ASKED] == list(ASKED)


def test_a_text_without_questions_is_no_form(take):
    """An issue that somebody wrote freely is left to people."""
    with pytest.raises(NoForm):
        take("გამარჯობა")
