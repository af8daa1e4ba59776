"""Bytes of a file → plain values and their lines, or what keeps the file from being read."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.records.checking.document import MOST_BYTES, OF_A_VALUE, parse
from kb.records.checking.events import MOST_DEPTH
from kb.records.checking.letters import HARMLESS, is_harmless, wrong_letters

FORMS = {
    "a: b\n": {"a": "b"},
    "# c\n\na: b\n\n# c\nb: c\n# c\n": {"a": "b", "b": "c"},
    "a:\nb:\n": {"a": None, "b": None},
    "a:\n  b: c\n  d:\n    e: f\ng: h\n": {"a": {"b": "c", "d": {"e": "f"}}, "g": "h"},
    "a:\n  - b\n  - c: d\n    e: f\n  - g:\n      - h\n": {"a": ("b", {"c": "d", "e": "f"}, {"g": ("h",)})},
    "- a: b\n- c\n": ({"a": "b"}, "c"),
    "a: [b, c d, 2024, true, null]\nb: []\n": {"a": ("b", "c d", 2024, True, None), "b": ()},
    "a: {b: {c: [d]}, e: {}}\n": {"a": {"b": {"c": ("d",)}, "e": {}}},
    "a: 'it''s: [b]'\nb: ''\nc: \"d: 'e'\"\n": {"a": "it's: [b]", "b": "", "c": "d: 'e'"},
    "a: ერთი\n  ორი\n   სამი\nb: 'c\n  d'\n": {"a": "ერთი ორი სამი", "b": "c d"},
    "a:\n  - b\n    c\n": {"a": ("b c",)},
    "a: >-\n  b\n  c\nd: |\n  e\n": {"a": "b c", "d": "e\n"},
    "a: null\nb: NULL\nc: true\nd: 3\ne: 007\n": {"a": None, "b": None, "c": True, "d": 3, "e": "007"},
    "a: https://example.org/b#c\nb: 12:30 - c, [d]\n": {"a": "https://example.org/b#c", "b": "12:30 - c, [d]"},
    "---\na: b\n...\n": {"a": "b"},
    "'a': b\n\"c d\": e\n": {"a": "b", "c d": "e"},
}
QUOTES = """\
title:
  ka: "სათაური"
  en: 'It''s: a title'
themes:
  - "one"
  - 'two three'
groups:
  - id: "a"
    name:
      ka: 'სახელი'
"""
WRITTEN = [
    "a", "ab cd", "abcdefg", "ა ბ", "true", "null", "~", "2024", "-3", "007", "2024-10-08", "'q'", "'it''s'", "''", "'a", "a'",
    "'a' b", '"q"', '""', '"a', r'"\u10d0"', "[a, b]", "[]", "[a b, c]", "[a,b]", "[a, ]", "[a", "[a: b]", "{a: b}", "|", ">-",
    "a: b", "a:b", "a:", "a #b", "#a", "? a", "- a", "-a", "-", "---", "...", "%a", "@a", "https://a.org/#x?y", "a, b", "a]",
    "(a)", "\\a", "'a: b'", "' a '", "'a #b'", "„ა“", "a  b", "x" * 70,
]  # fmt: skip
BEFORE = ["", "a: ", "b: ", "ka: ", "a:", "b:", "- ", "- a: ", "- b: ", "- a:", "a :", "'a': ", "# ", "-"]
PARTS = ["c: d", "d:\n  e: f g", "h:\n  - i: j\n    k: l", "m:\n  - n", "o: [p]", "# q", ""]

lines = st.tuples(st.sampled_from(["", "", "  ", "    ", " "]), st.sampled_from(BEFORE), st.sampled_from(WRITTEN)).map("".join)
parts = st.lists(st.sampled_from(PARTS), unique=True, max_size=4)
sheets = st.tuples(parts, st.lists(lines, min_size=1, max_size=2)).map(lambda both: "\n".join([*both[0], *both[1]]))


def same(value, plain):
    """Whether values are what PyYAML's loader of plain texts reads, each text as it stands or as what it means."""
    if isinstance(plain, dict):
        return isinstance(value, dict) and value.keys() == plain.keys() and all(same(value[key], plain[key]) for key in plain)
    if isinstance(plain, list):
        return isinstance(value, tuple) and len(value) == len(plain) and all(map(same, value, plain))
    return value == plain or str(value).lower() == plain or (value is None and plain.lower() in ("", "~", "null"))


SCALARS = {
    "text": "text",
    "2024": 2024,
    "-3": -3,
    "0": 0,
    "true": True,
    "false": False,
    "null": None,
    "Null": None,
    "~": None,
    "": None,
    "2024-10-08": "2024-10-08",
    "2024-10": "2024-10",
    "17:00": "17:00",
    "190:20:30": "190:20:30",
    "012": "012",
    "0x1F": "0x1F",
    "1_000": "1_000",
    "+5": "+5",
    "1.5": "1.5",
    "1e3": "1e3",
    ".inf": ".inf",
    "=": "=",
    "9" * 18: 999_999_999_999_999_999,
    "9" * 19: "9" * 19,
    "nobody": "nobody",
    '"no"': "no",
    '"2024"': "2024",
    "'null'": "null",
    '""': "",
    r'"\u10D0"': "ა",
    "'it''s'": "it's",
    "R&D": "R&D",
    "a * b": "a * b",
    "Act now!": "Act now!",
    "what? yes": "what? yes",
    "https://example.org/#a": "https://example.org/#a",
    "text # comment": "text",
    "[a, b]": ("a", "b"),
    "{a: 1}": {"a": 1},
    "[]": (),
    "{}": {},
}
WRONG = {
    b"\xff": (1, "utf8", "ff"),
    b"a: b\n\xc3\x28": (2, "utf8", "c3 28"),
    b"a: b\n\xed\xa0\x80": (2, "utf8", "ed a0 80"),
    b"a: b\nc: \x1b[31m": (2, "invisible", "U+001B"),
    "a: b\n\nc: \u2028": (3, "invisible", "U+2028"),
    "a: b\nc: d #4": (2, "hash", "c: d #4"),
    "a: b\nc: #4": (2, "hash", "c: #4"),
    "a:\n  c: 'd\n  e: f'": (2, "quote", "c: 'd"),
    "a: b\rc: d\r\tc: e": (3, "tab", ""),
    "a: b\n\tc: d": (2, "tab", ""),
    "a: b\n--- c": (2, "one_document", ""),
    "a: b\n  c: d": (2, "indentation", "c: d"),
    "a: b\nc: d: e": (2, "colon", "c: d: e"),
    "a: b\nc d\ne: f": (2, "syntax", "c d"),
    "a: b\nc: 'd\ne: f": (2, "quote", "c: 'd"),
    "a: b\nc: [d\ne: f": (2, "bracket", "c: [d"),
    "a: &b c": (1, "anchor", "b"),
    "a: b\nc: *d": (2, "anchor", "d"),
    "a: b\nc: &d e\nf: *d": (2, "anchor", "d"),
    "a: b\nc: !d e": (2, "tag", "!d"),
    "a: b\nc: !!set {d, e}": (2, "tag", "tag:yaml.org,2002:set"),
    "a: b\nc: ! d": (2, "tag", "!"),
    "a: b\nc: OFF": (2, "loose_boolean", "OFF"),
    "a: b\nc: False": (2, "loose_boolean", "False"),
    "a: b\nc: სaხლი წიგნი": (2, "mixed_scripts", "სaხლი"),
    "a: b\nc: ერთი ᲝᲠᲘ": (2, "capital_georgian", "ᲝᲠᲘ"),
    r'c: "\x07"': (1, "invisible", "U+0007"),
    r'c: "\u2066ა"': (1, "invisible", "U+2066"),
}


@pytest.mark.parametrize("written", SCALARS)
def test_a_value_means_what_it_looks_like(written):
    """Only whole numbers, true, false and nothing have a meaning; dates, hours and everything else are text."""
    document, problems = parse("x.yml", f"value: {written}\n".encode())
    assert ([], {"value": SCALARS[written]}) == (problems, document.data)


@pytest.mark.parametrize("written", SCALARS)
def test_a_value_keeps_its_type(written):
    """A number stays a number and true stays true, though Python takes one for the other."""
    document, _ = parse("x.yml", f"value: {written}\n".encode())
    assert type(document.data["value"]) is type(SCALARS[written])


@pytest.mark.parametrize("raw", WRONG)
def test_what_is_wrong_is_shown(raw):
    """A problem shows what was found, in letters that can be printed, and the first line at which it stands."""
    _, problems = parse("x.yml", raw if isinstance(raw, bytes) else raw.encode())
    assert [(p.line, p.code, p.found) for p in problems] == [WRONG[raw]]


@pytest.mark.parametrize("raw", [raw for raw in WRONG if WRONG[raw][1] not in OF_A_VALUE])
def test_a_file_that_cannot_be_read_as_a_whole_has_no_values(raw):
    """Nothing is taken from a file in which nobody can tell what belongs to what."""
    document, _ = parse("x.yml", raw if isinstance(raw, bytes) else raw.encode())
    assert document is None


def test_what_is_right_beside_a_wrong_value_is_read():
    """One wrong value keeps nobody from checking the others."""
    document, [problem] = parse("x.yml", b"a: no\nb: c\n")
    assert (problem.code, document.data) == ("loose_boolean", {"a": None, "b": "c"})


def test_every_line_with_an_invisible_character_is_told():
    """All lines at once, each of them once."""
    _, problems = parse("x.yml", "a: \u200b\u200b\nb: \u202e\n\tc: d".encode())
    assert [(p.line, p.code, p.found) for p in problems] == [
        (1, "invisible", "U+200B"),
        (2, "invisible", "U+202E"),
        (3, "tab", ""),
    ]


def test_two_words_of_mixed_letters_are_two_problems():
    """Each is told with the line on which it stands, also inside a text of several lines."""
    _, problems = parse("x.yml", "a: b\nc:\n  ერთი სaხლი\n  და\n  წიგnი\n".encode())
    assert [(p.line, p.found) for p in problems] == [(3, "სaხლი"), (5, "წიგnი")]


def test_a_remark_beside_a_value_is_let_be():
    """A hash with a space behind it begins a remark; only one that begins a word may have been meant as text."""
    document, problems = parse("x.yml", b"a: b # why\nc: d\n")
    assert (problems, document.data) == ([], {"a": "b", "c": "d"})


def test_a_quoted_text_may_have_a_colon_in_its_second_line():
    """What is deeper than the field itself is part of its text."""
    document, problems = parse("x.yml", b"a:\n  b: 'one\n    two: three'\n")
    assert (problems, document.data) == ([], {"a": {"b": "one two: three"}})


def test_a_field_without_a_value_is_nothing():
    """A field asked for by `?` and left without a value is read as one with nothing in it."""
    document, _ = parse("x.yml", b"a: b\n? c")
    assert document.data == {"a": "b", "c": None}


def test_a_byte_order_mark_is_no_part_of_the_first_field():
    """A file saved with a byte order mark has the fields it shows."""
    document, _ = parse("x.yml", b"\xef\xbb\xbftitle: x\n")
    assert document.data == {"title": "x"}


def test_line_ends_of_windows_are_no_part_of_the_text():
    """A text of several lines saved with CRLF is the same text."""
    document, _ = parse("x.yml", b"a: |\r\n  one\r\n  two\r\nb: c\r\n")
    assert document.data == {"a": "one\ntwo\n", "b": "c"}


def test_a_text_of_several_lines_is_one_text():
    """A plain text that goes on in the next line is read as one line."""
    document, _ = parse("x.yml", "a: ერთი\n  ორი\n".encode())
    assert document.data == {"a": "ერთი ორი"}


def test_a_file_of_the_greatest_size_is_read():
    """A file of exactly 512 kB is not too large."""
    document, _ = parse("x.yml", b"a: b\n" + b"#" * (MOST_BYTES - 5))
    assert document.data == {"a": "b"}


def test_a_file_of_one_byte_more_is_not_read():
    """A file of more than 512 kB is too large, whoever reads it."""
    _, problems = parse("x.yml", b"a: b\n" + b"#" * (MOST_BYTES - 4))
    assert [(p.line, p.code, p.found) for p in problems] == [(1, "too_large", "512 kB")]


@pytest.mark.parametrize("text", [b"a", b"'a &b'", b"a\n*b"])
def test_the_greatest_depth_is_read(text):
    """Lists within lists are read down to the last level allowed, also where the text looks like an alias."""
    _, problems = parse("x.yml", b"[" * MOST_DEPTH + text + b"]" * MOST_DEPTH)
    assert problems == []


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"-  ", b"? "])
def test_one_level_more_is_too_deep(opening):
    """Whatever the brackets or dashes, one level too many is a problem and not a crash."""
    closing = {b"[": b"]", b"{a: ": b"}"}.get(opening, b"")
    _, problems = parse("x.yml", opening * (MOST_DEPTH + 1) + b"a" + closing * (MOST_DEPTH + 1))
    assert [(p.line, p.code) for p in problems] == [(1, "too_deep")]


@pytest.mark.parametrize(("opening", "code"), [("a:", "too_deep"), ("-", "too_deep"), ("?", "key")])
def test_a_thousand_levels_by_indentation_are_refused(opening, code):
    """Nesting line by line, as deep as a file of 512 kB can hold, is a problem and not a crash."""
    _, problems = parse("x.yml", "\n".join(" " * n + opening for n in range(1000)).encode())
    assert {p.code for p in problems} == {code}


def test_several_problems_of_one_file_are_told_at_once():
    """A file that can be read has all its problems told."""
    _, problems = parse("x.yml", "a: no\nb: c\nb: d\ne: სaხლი\n<<: f\n".encode())
    found = [(p.line, p.field, p.code) for p in problems]
    assert found == [(1, "a", "loose_boolean"), (3, "b", "duplicate_key"), (4, "e", "mixed_scripts"), (5, "", "merge")]


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("title",), 2),
        (("title", "en"), 4),
        (("themes", 1), 7),
        (("groups", 0), 9),
        (("groups", 1, "name", "en"), 12),
        ((), 2),
        (("title", "fr"), 2),
        (("nothing",), 2),
        (("groups", 2, "name"), 8),
        (("title", "en", "deeper"), 4),
    ],
)
def test_a_value_knows_its_line(where, line):
    """The line of a value is that of its name or dash; of one that is not there, of the nearest part that is."""
    text = (
        "# a comment\ntitle:\n  ka: ა\n  en: a\nthemes:\n  - one\n  - two\n"
        "groups:\n  - id: a\n    name: {en: A}\n  - id: b\n    name: {en: B}\n"
    )
    document, _ = parse("x.yml", text.encode())
    assert document.line(where) == line


@pytest.mark.parametrize("key", [r'"a\nb"', r'"a\u202Eb"', r'"a\u200Bb"'])
def test_a_field_name_that_cannot_be_printed_does_not_reach_the_message(key):
    """A line break or a change of direction in a field's name is shown by its number."""
    _, problems = parse("x.yml", f"{key}: no\n".encode())
    assert [p.field.isprintable() for p in problems] == [True]


def test_a_long_line_is_shortened_in_the_message():
    """A problem does not print a page of text."""
    _, [problem] = parse("x.yml", b"a: b\nc: " + b"d: " * 5000)
    assert len(problem.found) == 60


def test_a_quote_left_open_is_found_at_its_line():
    """Whichever value of a record loses its closing quote, the problem is at that value's line."""
    for value in re.finditer(r"""^ *(?:- )?(?:\w+: )?(["'])(?:(?!\1$).)*(\1)$""", QUOTES, re.MULTILINE):
        line = QUOTES.count("\n", 0, value.start()) + 1
        _, problems = parse("x.yml", f"{QUOTES[: value.start(2)]}{QUOTES[value.end(2) :]}".encode())
        assert [(p.line, p.code) for p in problems] == [(line, "quote")]


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_of_a_record_are_read(text):
    """Fields, lists, texts in one line and in several, brackets and comments are read as what they say."""
    document, problems = parse("x.yml", text.encode())
    assert (repr(document.data), problems) == (repr(FORMS[text]), [])


@given(text=sheets)
def test_what_is_read_is_what_stands_there(text):
    """Lines that look like those of records, in any order, are read as PyYAML reads them, or are a problem."""
    document, problems = parse("x.yml", text.encode())
    assert problems or same(document.data, yaml.load(text, Loader=yaml.CBaseLoader))


@pytest.mark.parametrize(("value", "code"), [("&a b", "anchor"), ("*a", "anchor"), ("! b", "tag"), ("{b: &c d}", "anchor")])
@pytest.mark.parametrize("before", ["", "? [", "<<: ", "b: [", "d: 1\nd: "])
def test_a_name_for_a_value_is_refused_wherever_it_stands(before, value, code):
    """Also in a key, beside a merge and in a value that is itself not read."""
    document, problems = parse("x.yml", f"{before}{value}{']' * before.count('[')}\n".encode())
    assert (document, [p.code for p in problems]) == (None, [code])


def test_the_depth_of_a_key_counts():
    """Brackets within a key are as deep as any."""
    _, problems = parse("x.yml", b"? " + b"[" * MOST_DEPTH + b"]" * MOST_DEPTH + b"\n: a\n")
    assert [p.code for p in problems] == ["too_deep"]


def test_no_sign_that_is_harmless_is_suspicious():
    """No single sign among those that need no second look is one that a value may not have."""
    signs = [chr(code) for code in range(0x110000)]
    assert [sign for sign in signs if HARMLESS.fullmatch(f"{sign}.") and list(wrong_letters(sign))] == []


@given(text=st.text("აჰ\u10ff\u10a0\u1c90ab\u00e9\u017d\u0430\u03b1 .\n'\u200b\t1-", max_size=8))
def test_no_word_that_is_harmless_is_of_two_scripts(text):
    """Letters of two scripts side by side are always looked at."""
    assert not is_harmless(f"{text}\n") or list(wrong_letters(text)) == []


def test_a_sign_that_is_hidden_in_an_escape_is_found():
    """A text of harmless letters may say by an escape what nobody can see."""
    _, problems = parse("x.yml", rb'a: "b\u200bc"')
    assert [p.code for p in problems] == ["invisible"]
