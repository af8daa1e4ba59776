"""The vectors that hold Python and the browser together are what Python gives today."""

import pytest

from vectors import write


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
