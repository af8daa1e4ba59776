"""The vectors that hold Python and the browser together are what Python gives today."""

import gzip
import json
from pathlib import Path

import pytest

from kb.search import georgian
from vectors import write

SCRIPT = Path(__file__).parents[1] / "overrides" / "search" / "analysis.js"


@pytest.mark.parametrize("name", ["words.tsv", "texts.tsv"])
def test_the_vectors_are_fresh(name: str) -> None:
    """`python tests/vectors/write.py` would change nothing."""
    assert (write.HERE / name).read_text("utf-8") == write.written()[name]


def test_the_vectors_ask_enough() -> None:
    """Thousands of words of ours, odd ones, and whole texts."""
    words = set(write.questions("words.tsv"))
    assert len(words) > 2_000
    assert {"წამება", "Tanasworoba", "ombudsman", "2029", "🙂"} <= words
    assert len(write.questions("texts.tsv")) > 80


def test_the_script_and_its_tables_are_small() -> None:
    """Eight kilobytes at most go to the browser before it can read a query."""
    tables = json.dumps(georgian.tables(), ensure_ascii=False, separators=(",", ":"))
    assert len(gzip.compress(SCRIPT.read_bytes() + tables.encode())) <= 8_192


@pytest.mark.parametrize("trap", ["Intl", "\\w", "\\b", "import ", "export ", "fetch("])
def test_the_script_uses_nothing_that_fails_on_georgian_or_from_a_folder(trap: str) -> None:
    """Chromium has no Georgian locale, its word class no Georgian letters, and a page of a folder loads no modules."""
    code = "\n".join(line for line in SCRIPT.read_text("utf-8").splitlines() if not line.strip().startswith("//"))
    assert trap not in code
