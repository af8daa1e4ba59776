"""HTML out of plain words: every sign that means something is escaped, once, and what comes out is an ordinary string."""

import os
import re
import subprocess
import sys
from pathlib import Path

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.words.markup import (
    BREAK,
    EMPTY,
    anchor,
    anchor_html,
    escape,
    joined,
    outside,
    outside_html,
    quiet,
    quiet_html,
    state,
    together,
)

SIGNS = "&<>\"'"
TEXTS = st.text() | st.text(alphabet=SIGNS + "aა; ")


@given(TEXTS | st.integers())
def test_words_are_escaped_as_everybody_escapes_them(words):
    """And are a plain str afterwards: a subclass of it slows every f-string down that it goes into."""
    html = escape(words)
    assert html == str(markupsafe.escape(words))
    assert type(html) is str


@given(TEXTS)
def test_what_comes_as_another_kind_of_string_leaves_as_a_plain_one(words):
    """It would else go on and slow down what it is put into."""
    html = escape(type("Said", (str,), {})(words))
    assert html == str(markupsafe.escape(words))
    assert type(html) is str


@pytest.mark.parametrize(
    ("of_words", "of_html"),
    [
        (lambda words: anchor("a", words), lambda html: anchor_html("a", html)),
        (lambda words: outside("a", words), lambda html: outside_html("a", html)),
        (quiet, quiet_html),
    ],
)
@given(words=TEXTS)
def test_what_takes_words_escapes_them_once_and_what_takes_html_leaves_it(of_words, of_html, words):
    """The two forms of a piece differ in nothing else."""
    assert of_words(words) == of_html(escape(words))


@given(TEXTS)
def test_addresses_and_states_are_escaped(words):
    """An address may hold an ampersand, and no quotation mark ends the attribute."""
    assert f'href="{escape(words)}"' in anchor(words, "a")
    assert f">{escape(words)}<" in state("late", words)


def test_pieces_stand_one_after_the_other():
    """Empty ones leave no separator behind."""
    first, last = escape("<"), escape("b")
    assert together(first, EMPTY, last) == "&lt;b"
    assert joined([first, EMPTY, last], BREAK) == "&lt;<br>b"


MIXED = ("escape(escape(''))", "quiet_html('words')", "''.join([EMPTY])", "anchor('a', EMPTY)", "together('words')")


def test_the_type_checker_refuses_to_mix_words_with_html(tmp_path):
    """At run time both are a str: nothing but the types keeps them apart."""
    lines = ["from kb.words.markup import EMPTY, anchor, escape, quiet_html, together", *MIXED]
    (tmp_path / "mixed.py").write_text("\n".join(lines) + "\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "mixed.py"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(Path(kb.__file__).parents[1])},
    )
    wrong = {int(number) for number in re.findall(r"^mixed\.py:(\d+): error:", run.stdout, re.MULTILINE)}
    assert wrong == {number for number, _ in enumerate(MIXED, 2)}
