"""What is read without libyaml is what libyaml reads, and whatever has another form is left to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records.checking import subset
from kb.records.checking.document import SUSPICIOUS, parse, parsed

TAKEN = {
    "a: b\n": {"a": "b"},
    "# c\n\na: b\n\n# c\nb: c\n# c\n": {"a": "b", "b": "c"},
    "a:\nb:\n": {"a": None, "b": None},
    "a:\n  b: c\n  d:\n    e: f\ng: h\n": {"a": {"b": "c", "d": {"e": "f"}}, "g": "h"},
    "a:\n  - b\n  - c: d\n    e: f\n  - g:\n      - h\n": {"a": ("b", {"c": "d", "e": "f"}, {"g": ("h",)})},
    "- a: b\n- c\n": ({"a": "b"}, "c"),
    "a: [b, c d, 2024, true, null]\nb: []\n": {"a": ("b", "c d", 2024, True, None), "b": ()},
    "a: 'it''s: [b]'\nb: ''\nc: \"d: 'e'\"\n": {"a": "it's: [b]", "b": "", "c": "d: 'e'"},
    "a: ერთი\n  ორი\n   სამი\nb: 'c\n  d'\n": {"a": "ერთი ორი სამი", "b": "c d"},
    "a:\n  - b\n    c\n": {"a": ("b c",)},
    "a: null\nb: NULL\nc: true\nd: 3\ne: 007\n": {"a": None, "b": None, "c": True, "d": 3, "e": "007"},
    "a: https://example.org/b#c\nb: 12:30 - c, [d]\n": {"a": "https://example.org/b#c", "b": "12:30 - c, [d]"},
}
LEFT = [
    "",
    "# a\n",
    "a\n",
    "a: b",
    "a: b\r\n",
    "a: b \n",
    "a: b # c\n",
    "a:\n# c\n   b: d\n",
    "a:\tb\n",
    "a: &b c\n",
    "a: !b c\n",
    "a: *b\n",
    "a: {b: c}\n",
    "a: [[b]]\n",
    "a: [b\n",
    "a: |\n  b\n",
    'a: "b\\n"\n',
    "a: 'b\n",
    "a: 'b' c\n",
    "a: b: c\n",
    "a: b\n  c: d\n",
    "a: b\n\n  c\n",
    "a: b\nc\n",
    "a: b\n- c\n",
    "a:\n- b\n",
    "a:\n    b: c\n",
    "  a: b\n",
    "a: b\na: c\n",
    "a: no\n",
    "a: [Off]\n",
    "<<: a\n",
    "A: b\n",
    "a:b\n",
    "---\na: b\n",
    "a: b\n...\n",
    "a: სaხლი\n",
    "a: ᲝᲠᲘ\n",
    "a: ж\n",
    "a: b\u200b\n",
    "a:\n  b: 'c\n d'\n",
    "a:\n  b: c\n  d\n",
    "".join(f"{'  ' * depth}a:\n" for depth in range(11)),
]
WRITTEN = [
    "a", "ab cd", "abcdefg", "ა ბ", "აb", "no", "Yes", "true", "null", "~", "2024", "-3", "007", "2024-10-08", "'q'", "'it''s'",
    "''", "'a", "a'", "'a' b", '"q"', '""', '"a', '"a"b', "[a, b]", "[]", "[a b, c]", "[a,b]", "[a, ]", "[a", "[no]", "[a: b]",
    "{a: b}", "|", ">-", "a: b", "a:b", "a:", "a #b", "#a", "&a", "*a", "!a", "? a", "- a", "-a", "-", "---", "...", "%a", "@a",
    "https://a.org/#x?y", "a, b", "a]", "(a)", "<<", "\\a", "'a: b'", "' a '", "'a #b'", "„ა“", "a  b", "x" * 70,
]  # fmt: skip
WRITTEN_BEFORE = ["", "a: ", "b: ", "ka: ", "a:", "b:", "- ", "- a: ", "- b: ", "- a:", "a :", "'a': ", "\t", "# ", "-"]

PARTS = ["c: d", "d:\n  e: f g", "h:\n  - i: j\n    k: l", "m:\n  - n", "o: [p]", "# q", ""]

lines = st.tuples(
    st.sampled_from(["", "", "  ", "    ", " "]), st.sampled_from(WRITTEN_BEFORE), st.sampled_from(WRITTEN)
).map("".join)  # fmt: skip
parts = st.lists(st.sampled_from(PARTS), unique=True, max_size=4)
sheets = st.tuples(parts, st.lists(lines, min_size=1, max_size=2)).map(lambda both: "\n".join([*both[0], *both[1]]))


def by_libyaml(text):
    """The values of a text as the parser gives them; nothing for a text with a problem."""
    document, _ = parsed("x.yml", text)
    return None if document is None or SUSPICIOUS.search(text) else document.data


@pytest.mark.parametrize("text", TAKEN)
def test_the_usual_forms_are_read(text):
    """Fields, lists, texts in one line and in several, brackets and comments are read as what they say."""
    assert repr(subset.read(text)) == repr(TAKEN[text]) == repr(by_libyaml(text))


@pytest.mark.parametrize("text", LEFT)
def test_other_forms_and_mistakes_are_left(text):
    """Whatever may mean something else, or nothing, is left to libyaml."""
    assert subset.read(text) is None


def test_nearly_every_record_is_of_the_usual_form(project):
    """Of the records of this repository nineteen in twenty or more are read without libyaml, and mean the same to it."""
    texts = [path.read_text("utf-8") for path in (project / "networks").rglob("*.yml")]
    read = [(text, data) for text in texts if (data := subset.read(text)) is not None]
    assert len(read) >= 0.95 * len(texts)
    assert [text for text, data in read if repr(data) != repr(by_libyaml(text))] == []


@given(text=sheets.map(lambda text: f"{text}\n"))
def test_any_lines_are_left_or_read_as_libyaml_reads_them(text):
    """Lines that look like those of records, in any order, mean what they mean to libyaml or are left to it."""
    data = subset.read(text)
    assert data is None or repr(data) == repr(by_libyaml(text))


@given(data=st.data())
def test_any_record_with_other_lines_is_left_or_read_as_libyaml_reads_it(project, data):
    """A real record with lines put in, taken out or moved means what it means to libyaml or is left to it."""
    path = data.draw(st.sampled_from(sorted((project / "networks/ennhri").rglob("*.yml"))))
    text = path.read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        line = st.sampled_from([f"  {text[at]}", text[at][1:]]) | lines
        new = data.draw(st.lists(line, max_size=2))
        text[at : at + data.draw(st.integers(0, 2))] = new
        text = text or [""]
    sheet = "".join(f"{line}\n" for line in text)
    found = subset.read(sheet)
    assert found is None or repr(found) == repr(by_libyaml(sheet))


def test_no_sign_that_is_taken_is_suspicious():
    """No single sign among those that are read at once is one that the strict reader refuses."""
    signs = [chr(code) for code in range(0x110000)]
    assert [sign for sign in signs if subset.HARMLESS.fullmatch(f"{sign}.") and SUSPICIOUS.search(sign)] == []


@given(text=st.text("აჰ\u10ff\u10a0\u1c90ab\u00e9\u017d\u0430\u03b1 .\n'\u200b\t1-", max_size=8))
def test_no_word_that_is_taken_is_of_two_scripts(text):
    """Letters of two scripts side by side are left to the strict reader."""
    assert not subset.HARMLESS.fullmatch(f"{text}\n") or not SUSPICIOUS.search(text)


def test_a_usual_file_knows_its_lines():
    """The places of a file that was read without libyaml are there when they are asked for."""
    document, _ = parse("x.yml", b"# c\na: b\nc:\n  - d: e\n    f: g\n")
    assert [document.line(where) for where in [("a",), ("c",), ("c", 0, "f"), ("c", 1), ("x",)]] == [2, 3, 5, 3, 2]
