"""The words of the interface, of problems and of dates, in both languages."""

import re
import string
from datetime import date
from typing import get_args

import pytest
import yaml

import kb.records.item
import kb.records.model
import kb.records.values
from kb.records.checking.document import parse
from kb.records.checking.problem import Problem, wordings
from kb.records.model import TermGroup
from kb.records.values import Text
from kb.upkeep.freshness import State
from kb.words.language import Words, strings

STRINGS = strings()["strings"]
MUST = wordings()["must"]
EXAMPLES = wordings()["examples"]
GEORGIAN = re.compile("[ა-ჰ]")
CAPITALS = re.compile("[Ა-ᲿႠ-Ⴥ]")
ENDING = re.compile("}-?[ა-ჰ]")

# The strings that pages ask for by a word of the model.
FAMILIES = {
    "resource-type.": kb.records.model.ResourceType,
    "event-kind.": kb.records.model.EventKind,
    "event-direction.": kb.records.model.Direction,
    "event.": get_args(kb.records.model.Event.model_fields["state"].annotation)[0],
    "opp-kind.": kb.records.model.OpportunityKind,
    "availability.": kb.records.model.Opportunity.model_fields["availability"].annotation,
    "agreement-kind.": kb.records.model.AgreementKind,
    "agreement-status.": kb.records.model.Agreement.model_fields["state"].annotation,
    "membership.": kb.records.model.StandingStatus,
    "network-kind.": kb.records.model.NetworkKind,
    "network-scope.": kb.records.model.NetworkScope,
    "confidence.": kb.records.model.Confidence,
    "basis.": kb.records.model.Basis,
    "capacity.": kb.records.model.Reporting.model_fields["capacity"].annotation,
    "evidence.": kb.records.model.Feed.model_fields["evidence"].annotation,
    "certainty.": kb.records.model.Unit.model_fields["certainty"].annotation,
    "task-status.": kb.records.model.Obligation.model_fields["state"].annotation,
    "fresh-state.": State,
    "fetch-state.": kb.records.item.State,
    "item-kind.": kb.records.item.Kind,
    "glossary-group.": kb.records.model.TermGroup,
    "nav.": kb.records.model.SitePart,
}
SILENT = {"certainty.current"}  # a unit that is certain to exist needs no remark
ASKED = [prefix + word for prefix, words in FAMILIES.items() for word in get_args(words) if prefix + word not in SILENT]

DATES = [
    ("2026-10-08", "2026 წლის 8 ოქტომბერი", "8 October 2026"),
    ("2026-10", "2026 წლის ოქტომბერი", "October 2026"),
    ("2026", "2026 წელი", "2026"),
    ("2026-01-31", "2026 წლის 31 იანვარი", "31 January 2026"),
    ("", "", ""),
    (None, "", ""),
]
SPANS = [
    ("2026-10-08", "2026-10-09", "2026 წლის 8–9 ოქტომბერი", "8–9 October 2026"),
    ("2026-10-08", "2026-10-08", "2026 წლის 8 ოქტომბერი", "8 October 2026"),
    ("2026-10-08", None, "2026 წლის 8 ოქტომბერი", "8 October 2026"),
    (None, "2026-10", "2026 წლის ოქტომბერი", "October 2026"),
    ("2026-09-30", "2026-10-01", "2026 წლის 30 სექტემბერი – 2026 წლის 1 ოქტომბერი", "30 September 2026 – 1 October 2026"),
    ("2023", "2025", "2023 წელი – 2025 წელი", "2023 – 2025"),
    ("2023-10-08", "2023-10", "2023 წლის 8 ოქტომბერი – 2023 წლის ოქტომბერი", "8 October 2023 – October 2023"),
    (None, None, "", ""),
]


def test_a_problem_is_told_in_both_languages():
    """Each problem has a Georgian and an English sentence."""
    georgian = {code: [bool(GEORGIAN.search(words[language])) for language in ("ka", "en")] for code, words in MUST.items()}
    assert [code for code, found in georgian.items() if found != [True, False]] == []


def test_a_problem_says_what_must_be():
    """The English sentence of a problem begins with „must“, the Georgian with „უნდა“."""
    begun = {code: (words["en"].split()[0], words["ka"].split()[0]) for code, words in MUST.items()}
    assert [code for code, first in begun.items() if first != ("must", "უნდა")] == []


def gaps(words):
    """The names of what is filled into some words."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_a_problem_has_the_same_gaps_in_both_languages():
    """What the English sentence names, the Georgian names too."""
    assert [code for code, words in MUST.items() if gaps(words["ka"]) != gaps(words["en"])] == []


def test_the_example_of_a_problem_is_no_longer_than_a_line():
    """An example fits into one line of a message."""
    assert [code for code, words in MUST.items() if len(words.get("example", "").splitlines()) > 1] == []


def test_every_problem_that_is_raised_has_words(raised):
    """No code is raised that problems.yml does not know."""
    assert sorted(raised - MUST.keys()) == []


def test_the_codes_that_are_raised_are_found(raised):
    """The search for codes sees those of values, files, references and names."""
    assert {"slug", "tab", "conflict", "future", "file_ending", "duplicate_file", "type_text", "event_month"} <= raised


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_read(name):
    """The example of a field is YAML that the reader takes, with that field and no other."""
    document, problems = parse("x.yml", EXAMPLES[name].encode())
    assert (problems, list(document.data)) == ([], [name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_of_a_field_that_there_is(name):
    """Each example belongs to a field of some record."""
    models = [m for room in (kb.records.model, kb.records.values) for m in vars(room).values() if hasattr(m, "model_fields")]
    assert any(name in model.model_fields for model in models)


@pytest.mark.parametrize("code", wordings()["own_examples"])
def test_a_problem_that_shows_its_own_example_has_one(code):
    """Where the example of a problem stands in place of the field's, there is one."""
    assert MUST[code]["example"]


@pytest.mark.parametrize(
    ("problem", "example"),
    [
        (Problem("x", 1, "url", "url"), "url: https://ganhri.org/publications/"),
        (Problem("x", 1, "sources.0", "url"), "sources: [https://ganhri.org/publications/]"),
        (Problem("x", 1, "contacts.0.email", "email"), "email: secretariat@ennhri.org"),
        (Problem("x", 1, "country", "country"), "GE"),
        (Problem("x", 1, "", "file_ending"), "my-guide.yml"),
        (Problem("x", 1, "", "utf8"), ""),
        (Problem("x", 1, "standing.status", "choice", "", {"choices": "full, member", "nearest": ""}), "status: full"),
        (Problem("x", 1, "standing.status", "choice", "", {"choices": "full, member", "nearest": "member"}), "status: member"),
        (Problem("x", 1, "sources.0", "type_fields", "", {"fields": "url, title, official"}), "{url: …, title: …}"),
        (Problem("x", 1, "audience", "type_fields", "", {"fields": "ka, en"}), "{ka: …, en: …}"),
        (Problem("x", 1, "standing", "type_fields", "", {"fields": "status, since"}), "standing: {status: member}"),
        (Problem("x", 1, "sources.0.title", "type_text"), '"2024"'),
        (Problem("x", 1, "year", "type_number"), "year: 2024"),
        (Problem("x", 1, "url", "type_text"), "url: https://ganhri.org/publications/"),
        (Problem("x", 1, "title", "text_single"), '"[Seoul]"'),
        (Problem("x", 1, "archived", "archived_status"), "status: archived"),
        (Problem("x", 1, "start", "event_month"), "2024-09-annual-conference.yml"),
        (Problem("x", 1, "date", "unknown_field", "", {"nearest": "start"}), "start: 2026-10-08"),
        (Problem("x", 1, "date", "unknown_field", "", {"nearest": ""}), ""),
    ],
)
def test_an_example_fits_its_place(problem, example):
    """The example that goes with a problem is a right value where the problem stands."""
    assert problem.example() == example


def test_a_gap_that_nobody_fills_stays_visible():
    """A message whose context is missing says so instead of failing."""
    assert "(most)" in Problem("x", 1, "", "too_large").say("en")


def test_a_string_is_there_in_both_languages():
    """Each string of the interface has Georgian and English words."""
    assert [key for key, words in STRINGS.items() for language in ("ka", "en") if not words.get(language, "").strip()] == []


def test_a_word_of_the_model_has_its_string():
    """What a record may say in one word can be shown in both languages."""
    assert [key for key in ASKED if key not in STRINGS] == []


def test_a_placeholder_takes_no_case_ending():
    """No Georgian letter is glued to what is filled in, with a hyphen or without, in strings and in problems."""
    assert [key for key, words in {**STRINGS, **MUST}.items() if ENDING.search(words["ka"])] == []


def test_no_words_have_georgian_capitals():
    """Georgian is written without capitals, in strings and in problems."""
    assert [key for key, words in {**STRINGS, **MUST}.items() if CAPITALS.search("".join(words.values()))] == []


def test_a_string_has_the_same_gaps_in_both_languages():
    """What one language fills in, the other fills in too."""
    assert [key for key, words in STRINGS.items() if len(set(map(frozenset, map(gaps, words.values())))) > 1] == []


def test_no_string_is_written_twice(project):
    """strings.yml has each key once; YAML would keep the last without a word."""
    text = (project / "scripts/kb/words/strings.yml").read_text("utf-8")
    keys = re.findall(r"^  ([a-z0-9_.-]+): \{", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(yaml.safe_load(text)["strings"])


def test_the_groups_of_the_glossary_have_names():
    """Each group of terms that the model knows can be shown in both languages."""
    assert {f"glossary-group.{group}" for group in get_args(TermGroup)} - STRINGS.keys() == set()


@pytest.mark.parametrize(("value", "ka", "en"), DATES)
def test_a_date_is_said_as_exactly_as_it_is_known(value, ka, en):
    """A day, a month and a year are written out in both languages."""
    assert (Words("ka").date(value), Words("en").date(value)) == (ka, en)


@pytest.mark.parametrize(
    ("value", "since", "of", "on"),
    [
        ("2007", "2007 წლიდან", "2007 წლის", "2007 წელს"),
        ("2024-04", "2024 წლის აპრილიდან", "2024 წლის აპრილის", "2024 წლის აპრილს"),
        ("2026-08-08", "2026 წლის 8 აგვისტოდან", "2026 წლის 8 აგვისტოს", "2026 წლის 8 აგვისტოს"),
    ],
)
def test_a_georgian_date_has_its_case(value, since, of, on):
    """Since when, as of when and when are cases of the date in Georgian; in English the date stays as it is."""
    ka, en = Words("ka"), Words("en")
    assert (ka.since(value), ka.of(value), ka.on(value)) == (since, of, on)
    assert {en.since(value), en.of(value), en.on(value)} == {en.date(value)}


@pytest.mark.parametrize(("start", "end", "ka", "en"), SPANS)
def test_a_span_is_said_once_for_what_both_ends_share(start, end, ka, en):
    """Two dates of one month share it; others stand side by side."""
    assert (Words("ka").span(start, end), Words("en").span(start, end)) == (ka, en)


@pytest.mark.parametrize("month", range(1, 13))
def test_an_event_happens_on_a_day_in_the_dative(month):
    """The day on which something happens has the dative of its month, and every month has one."""
    assert Words("ka").on(f"2026-{month:02}-08") == f"2026 წლის 8 {Words('ka').month(month).removesuffix('ი')}ს"


def test_a_date_in_a_table_has_its_day_first():
    """The short form of a date is that of official letters in Georgia."""
    assert [Words("ka").short(value) for value in ("2026-10-08", "2026-10", "2026", None)] == [
        "08.10.2026",
        "10.2026",
        "2026",
        "",
    ]


@pytest.mark.parametrize(("month", "ka", "en"), [(1, "I", "1st"), (3, "I", "1st"), (4, "II", "2nd"), (12, "IV", "4th")])
def test_a_quarter_is_that_of_its_months(month, ka, en):
    """A day lies in the quarter of its month."""
    day = date(2026, month, 28)
    assert (Words("ka").quarter(day), Words("en").quarter(day)) == (f"{ka} კვარტალი, 2026", f"{en} quarter 2026")


def test_a_week_begins_with_monday():
    """The 22nd of November 2026 is a Sunday in both languages."""
    assert (Words("ka").weekday(date(2026, 11, 22)), Words("en").weekday(date(2026, 11, 22))) == ("კვირა", "Sunday")


@pytest.mark.parametrize(
    ("n", "ka", "en"), [(1, "1 რესურსი", "1 resource"), (2, "2 რესურსი", "2 resources"), (0, "0 რესურსი", "0 resources")]
)
def test_after_a_number_georgian_keeps_the_singular(n, ka, en):
    """English has a plural; a Georgian noun after a number has none; the two stay on one line."""
    said = (Words("ka")("count.resources", n=n), Words("en")("count.resources", n=n))
    assert said == (ka.replace(" ", "\u00a0"), en.replace(" ", "\u00a0"))


def test_a_string_that_is_not_there_is_an_error():
    """A page that asks for an unknown string is not built with a gap."""
    with pytest.raises(KeyError):
        Words("ka")("no.such_string")


def test_a_title_falls_back_on_the_other_language():
    """Where one language is missing, plain words are those of the other."""
    assert (Words("ka").plain(Text(en="a")), Words("ka").plain(None)) == ("a", "")
