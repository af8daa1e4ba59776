"""The index: the same bytes for the same documents, and everything in its place."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kb.search import columns, shards
from kb.search.encoding import DIGITS, letters, number, numbers, runs
from kb.search.index import build
from kb.search.language import Bilingual

from .conftest import SCRIPTS, document

FILES = Path(__file__).parents[2] / "overrides" / "search"


def read_number(text: str) -> tuple[int, int]:
    """What number() wrote, and how many digits it took."""
    value = shift = 0
    for at, digit in enumerate(text):
        code = DIGITS.index(digit)
        value |= (code & 31) << shift
        shift += 5
        if code < 32:
            return value, at + 1
    raise AssertionError(text)


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_come_back_from_their_digits(values: list[int]) -> None:
    """Any whole numbers, one after the other, are read again as they were."""
    text, found = numbers(values), []
    while text:
        value, length = read_number(text)
        found.append(value)
        text = text[length:]
    assert found == values


@given(st.lists(st.integers(0, 9)))
def test_runs_come_back_as_the_column_they_were(column: list[int]) -> None:
    """A repetition is written shorter, and nothing is lost."""
    text, found = runs(column), list[int]()
    while text:
        value, length = read_number(text)
        text = text[length:]
        if value:
            found.append(value - 1)
        else:
            more, length = read_number(text)
            text = text[length:]
            found += [found[-1]] * more
    assert found == column


def test_a_long_run_takes_three_digits() -> None:
    """Documents that are alike cost next to nothing."""
    assert len(runs([7] * 30)) == 3


def test_georgian_is_written_with_one_byte_a_letter() -> None:
    """A third of UTF-8, and what is Latin already stands between tildes."""
    assert letters("წამების GANHRI-ის 2024") == "CalebirY".replace("Y", "") + " ~GANHRI~-ir 2024"
    assert letters("only Latin") == "~only Latin"


def test_numbers_grow_with_their_size() -> None:
    """A small number is one digit."""
    assert [len(number(value)) for value in (0, 31, 32, 1023, 1024)] == [1, 1, 2, 2, 3]


DOCUMENTS = [
    document(n, f"სათაური {n}", f"წამების პრევენცია {'უფლება ' * n}", facets={"kind": ["resource"], "year": [str(2000 + n % 3)]})
    for n in range(40)
]


def test_the_same_documents_give_the_same_bytes() -> None:
    """In any order, at any time."""
    assert build(DOCUMENTS, Bilingual(), SCRIPTS) == build(DOCUMENTS[::-1], Bilingual(), SCRIPTS)


def test_no_documents_give_an_index_all_the_same() -> None:
    """An empty base can be searched, and finds nothing."""
    assert {"search.js", "ka/facets.js", "en/facets.js"} <= build([], Bilingual(), SCRIPTS).keys()


def test_search_js_carries_no_comments() -> None:
    """What a browser does not need is not loaded."""
    code = build([], Bilingual(), SCRIPTS)["search.js"].decode()
    lines = code.splitlines()
    assert not [line for line in lines if line.startswith(("//", "/*", " *", " "))]
    assert "kbSearch.put(" in lines[-1]


def test_a_shard_is_a_script_that_hands_over_json() -> None:
    """Anything in a document stays data: a script element cannot be closed by it, for shards are files of their own."""
    files = build([document(1, "</script><script>alert(1)</script>", "\u2028 \u2029 ' \" \\")], Bilingual(), SCRIPTS)
    shard = files["ka/d0.js"].decode()
    assert shard.startswith('kbSearch.put("ka/d0",')
    rows = json.loads(shard[shard.index(",") + 1 : shard.rindex(")")])
    assert rows[0][:2] == ["d1", "1.html"]


def test_shards_are_cut_between_keys_and_lose_none() -> None:
    """Every key stands in the shard that its beginning says."""
    files: shards.Files = {}
    keys = [f"{'აბგ'[n % 3]}{n:05}" for n in range(3000)]
    starts = shards.put(files, "w", [(key, "x" * 20) for key in sorted(keys)]).split(" ")
    assert len(files) == len(starts) > 5
    text = "".join(content.decode() for content in files.values())
    assert text.count("x" * 20) == 3000


def test_documents_alike_in_their_facets_stand_together() -> None:
    """So a column of a facet is a few runs."""
    ordered, found = columns.in_reading_order(DOCUMENTS)
    years = [document.facets["year"][0] for document in ordered]
    assert years == sorted(years)
    assert [found["year"].values[place] for place in found["year"].places] == years


def test_documents_without_a_date_come_last() -> None:
    """Newest first, then what has no date."""
    some = [document(1, "ა"), document(2, "ბ", date="2024"), document(3, "გ", date="2026-01-02")]
    assert columns.orders(some)["newest"] == numbers([2, 1, 0])
