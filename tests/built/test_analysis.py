"""The browser takes a text apart as Python does: over the shared vectors, and over texts that chance makes."""

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kb.search import analysis, georgian
from vectors import write

SCRIPT = Path(__file__).parents[2] / "overrides" / "search" / "analysis.js"
MAKE = "tables => { window.kb = kbAnalysis.make(tables); }"
WORDS = """words => words.map(word => [
    kb.keys(word, "ka"), kb.keys(word, "en"), kb.latinKeys(word, "national"), kb.latinKeys(word, "unshifted"),
    [kb.romanised(word)], [kb.unshifted(word)], [kb.keyboard(word)]].map(keys => keys.join(" ")))"""
TEXTS = "texts => texts.map(text => kb.words(text))"
# Letters of every kind that the splitter knows, joiners, what is invisible, and what is none of these.
LETTERS = "აბიესმთვშზ" * 3 + "abcsABCS019ÉéßæøıİºǅЁй"
MARKS = "--''’‑.,  \u00ad\u200b\u200f\u0301\ufeff\u2028„“–…_/🙂\u1c90Ⴀ中\U0001d400"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    """An empty page with the script and our tables."""
    page = browser.new_page()
    page.set_content("<!doctype html><title>search</title>")
    page.add_script_tag(path=SCRIPT)
    page.evaluate(MAKE, georgian.tables())
    yield page
    page.close()


def test_words_have_the_same_keys_and_spellings(page: Page) -> None:
    """Every row of words.tsv."""
    words = write.questions("words.tsv")
    found = page.evaluate(WORDS, words)
    rows = [write.row_of(word, answers) for word, answers in zip(words, found, strict=True)]
    assert "".join("\t".join(row) + "\n" for row in [write.HEADER, *rows]) == (write.HERE / "words.tsv").read_text("utf-8")


def test_texts_have_the_same_words(page: Page) -> None:
    """Every row of texts.tsv; the JSON of a text is read by Python, so that the browser gets the text itself."""
    rows = [line.split("\t") for line in (write.HERE / "texts.tsv").read_text("utf-8").splitlines()[1:]]
    texts = [write.text_of(question) for question, _ in rows]
    assert [" ".join(words) for words in page.evaluate(TEXTS, texts)] == [words for _, words in rows]


def test_texts_made_by_chance_have_the_same_words(page: Page) -> None:
    """Ten thousand mixtures, the same at each run."""
    chance = random.Random(2026)
    texts = ["".join(chance.choices(LETTERS + MARKS, k=chance.randint(1, 24))) for _ in range(10_000)]
    found = page.evaluate(TEXTS, texts)
    differ = [(text, words) for text, words in zip(texts, found, strict=True) if words != analysis.words(text)]
    assert differ == []


@pytest.mark.parametrize("part", ["ა", "a-", "-ის", "'", "l'a", "l'", "a.b", "1.", "\u0301", "a "])
def test_a_very_long_text_has_the_same_words(page: Page, part: str) -> None:
    """A whole book pasted into the search box is no error."""
    text = part * 50_000
    assert page.evaluate("text => kb.words(text)", text) == analysis.words(text)


def test_words_made_by_chance_have_the_same_keys(page: Page) -> None:
    """Ten thousand words out of endings, so that rules meet that no real word brings together."""
    chance = random.Random(2026)
    endings = [
        ending for rows in georgian.tables()["ka"]["steps"].values() for row in rows for ending in row.get("strip", "").split()
    ]
    words = ["".join(chance.choices(["ბ", "კალ", "წევრ", "ა", "ო", *endings], k=chance.randint(1, 5))) for _ in range(10_000)]
    found = page.evaluate(WORDS, words)
    assert [word for word, answers in zip(words, found, strict=True) if write.row_of(word, answers) != write.word_row(word)] == []
