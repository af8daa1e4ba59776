"""The scripts of the site: what they may use, and the words they say."""

import re
from pathlib import Path

import pytest

from kb.words.language import IN_BROWSER, Words

FOLDER = Path(__file__).parents[1] / "overrides" / "assets" / "javascripts"
SCRIPTS = sorted(path for path in FOLDER.glob("*.js") if path.name != "words.js")
SAID = re.compile(r'say\("([a-z_.]+)"')
FAMILIES = ("sort.", "search.in_", "search.ask_")  # asked for by a part that is put in
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bIntl\b|toLocale|\\w|\\b|fetch\(|https?://"
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_puts_nothing_in_as_markup_and_asks_no_host(path):
    """No markup from strings, no Intl (Chromium has no Georgian), no word boundary of Latin letters, no network."""
    assert FORBIDDEN.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_begins_with_what_it_is_and_is_strict(path):
    """The first line is a sentence, and the first statement is "use strict"."""
    lines = path.read_text("utf-8").splitlines()
    code = [line for line in lines if not line.startswith("//")]
    assert lines[0].startswith("// ")
    assert code[0] == '"use strict";'


def test_every_word_that_scripts_say_is_there_and_every_other_is_gone():
    """The strings for scripts are the ones that scripts say."""
    said = set(SAID.findall("".join(path.read_text("utf-8") for path in SCRIPTS)))
    known = set(Words("ka").in_browser())
    assert said <= known
    assert {key for key in known - said if not key.startswith(FAMILIES)} == set()


def test_the_words_for_scripts_are_the_same_in_both_languages():
    """A script finds each string in either language, and the plural in English alone."""
    georgian, english = Words("ka").in_browser(), Words("en").in_browser()
    assert georgian.keys() == english.keys()
    assert all(key.startswith(IN_BROWSER) for key in georgian)
    assert {len(forms) for forms in georgian.values()} == {1}
    assert english["search.results"] == ["{n} result", "{n} results"]
