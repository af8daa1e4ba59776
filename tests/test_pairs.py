"""Our own pairs: a form that a document has and a form that somebody types find each other, and little else.

`tests/bench/pairs.tsv` holds nouns of the glossary and of the records in forms that stand in our records (`attested`) or that
grammar makes of them (`declined`, `mixed`), words that are easily taken for one of these (`friends`), what people type in
Latin letters, and English. Each document is one form here; the ranking is the one of the site in its simplest shape.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.search import english, georgian
from kb.search.analysis import words

Keys = Callable[[str], tuple[str, ...]]
PAIRS = Path(__file__).parent / "bench" / "pairs.tsv"
SHOWN = 10


def national(word: str) -> tuple[str, ...]:
    """A word in the romanised space, split as the search box does, which drops apostrophes."""
    return tuple(key for part in words(word) for key in georgian.latin_keys(part, "national"))


def unshifted(word: str) -> tuple[str, ...]:
    """A word in the space of the layout without Shift."""
    return georgian.latin_keys(word, "unshifted")


# For a document and for a query.
READ: dict[str, tuple[Keys, Keys]] = {
    "attested": (georgian.keys, georgian.keys),
    "declined": (georgian.keys, georgian.keys),
    "mixed": (georgian.keys, georgian.keys),
    "friends": (georgian.keys, georgian.keys),
    "keyboard": (georgian.keys, lambda typed: georgian.keys(georgian.keyboard(typed))),
    "unshifted": (unshifted, unshifted),
    "national": (national, national),
    "apostrophes": (national, national),
    "english": (english.keys, english.keys),
}


def pairs() -> list[dict[str, str]]:
    """The rows of the file."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(query: str, keys: tuple[str, ...], index: dict[str, set[str]], of: Keys) -> list[str]:
    """The first ten forms: the very form, then by the share of keys in common."""
    hits = Counter(form for key in set(keys) for form in index[key])
    ranked = sorted(hits, key=lambda form: (form != query, -hits[form] / len({*keys, *of(form)}), form))
    return ranked[:SHOWN]


@pytest.mark.parametrize("name", READ)
def test_nearly_all_pairs_meet_and_nearly_nothing_else_is_shown(name: str) -> None:
    """Recall and precision of the first ten, among the documents of all sets."""
    rows = pairs()
    of_document, of_query = READ[name]
    lemmas = {row["doc_form"]: row["lemma"] for row in rows}
    index: dict[str, set[str]] = defaultdict(set)
    for form in lemmas:
        for key in of_document(form):
            index[key].add(form)
    found, right, total = 0, 0.0, 0
    for row in rows:
        if row["set"] == name:
            hits = shown(row["query_form"], of_query(row["query_form"]), index, of_document)
            total += 1
            found += row["doc_form"] in hits
            right += sum(lemmas[hit] == row["lemma"] for hit in hits) / max(len(hits), 1)
    assert total >= 50
    assert found / total >= 0.98
    assert right / total >= 0.98


def test_there_are_many_pairs_of_many_words() -> None:
    """Enough to measure a percent, and no form is its own question."""
    rows = pairs()
    assert len(rows) >= 1_000
    assert len({row["lemma"] for row in rows}) >= 200
    assert [row for row in rows if row["doc_form"] == row["query_form"]] == []
    assert {row["set"] for row in rows} == set(READ)
