"""How values are written as YAML: the strict reader reads back what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.editing.notation import WIDTH, flow, mapping, scalar
from kb.records.checking.document import parse
from kb.records.checking.letters import INVISIBLE

WORDS = st.text(st.sampled_from(" \n'\"\\:#-?&*!|>%@`{}[],=~.კა“„ab12$()<"), max_size=160).map(str.strip)
TEXTS = (WORDS | st.text(max_size=60)).filter(lambda text: text and not INVISIBLE.search(text) and "\t" not in text)
TRICKY = [
    "yes", "No", "on", "null", "~", "true", "2024", "-1", "0x1F", "1:30", "12e3", ".inf", "- a", "a: b", "a #b", "#b", "'", '"',
    "\\", "a\\", "*a", "&a", "!a", "!!str a", "%a", "@a", "`a`",
    "{a}", "[a", "a]", "a, b", "---", "...", "--- a", "?", "? a", ":",
    "a:", "<<", "=", "|", ">", "a  b", "$(rm -rf x)", "${{ github.token }}", "<script>", "😀",
    "a\nb", "a\n\nb", "- a\n- b", "a\n---\nb",
    "კ" * 300, "ა ბ " * 100 + "გ", 'a "b" ' * 60 + "c", "# " * 80 + "x", "a\n  b", "„ა“ – ბ", "https://a.ge/?a=1&b=2#c",
]  # fmt: skip


def read(text):
    """The plain data of a text, or its problems."""
    document, problems = parse("x.yml", text.encode())
    return document.data if document else problems


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_reads_back_from_its_own_line(text):
    """No text becomes a number, a truth, a comment, a key, a tag or two documents."""
    assert read(f"a: {scalar(text)}\n") == {"a": text}


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_reads_back_from_a_block_and_from_brackets(text):
    """The same inside lists and fields, in both styles, with whatever stands behind it."""
    value = {"a": {"ka": text, "en": text}, "b": (text, {"c": text, "d": 1}), "e": True}
    assert read("\n".join(mapping(value)) + "\n") == value
    assert read(f"a: {flow(value)}\n") == {"a": value}


@given(TEXTS)
def test_any_text_reads_back(text):
    """Whatever a person may write is read back letter by letter, unless letters of two scripts are mixed in a word."""
    got = read("\n".join(mapping({"a": {"ka": text}, "b": [{"c": text}, text]})) + "\n")
    assert isinstance(got, list) or got == {"a": {"ka": text}, "b": ({"c": text}, text)}
    assert not isinstance(got, list) or {problem.code for problem in got} <= {"mixed_scripts", "capital_georgian"}


@pytest.mark.parametrize("value", [0, 7, -3, 2024, True, False])
def test_numbers_and_truths_keep_their_kind(value):
    """A number stays a number, true stays true."""
    got = read(f"a: {scalar(value)}\nb: {flow([value])}\n")
    assert (got["a"], type(got["a"]), got["b"]) == (value, type(value), (value,))


def test_a_long_text_is_broken_between_words():
    """No line of a long text of short words is longer than a line of the records."""
    lines = mapping({"summary": {"ka": ("სახელმძღვანელო ბავშვის უფლებებზე და მათ დაცვაზე. " * 8).strip()}})
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) > 3


@pytest.mark.parametrize(
    "text", ["2026-11-22", "https://www.no.example/a-b", "სახელმძღვანელო, მეორე გამოცემა", "GANHRI-ის წევრი"]
)
def test_an_ordinary_value_needs_no_quotes(text):
    """Dates, addresses and sentences stand as people write them."""
    assert scalar(text) == text


def test_a_short_list_of_words_stands_in_brackets():
    """Themes and languages are one line, as in the records."""
    assert mapping({"themes": ["juvenile", "nvd"]}) == ["themes: [juvenile, nvd]"]
