"""The dictionary adds keys where no rule leads, and nothing where it errs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import georgian, lemmas


@pytest.mark.parametrize(
    ("form", "word"), [("გამოიყენონ", "გამოიყენებს"), ("აირჩიეს", "აირჩევს"), ("გამოვიდა", "გამოდის"), ("ერთა", "ერი")]
)
def test_a_form_that_no_rule_undoes_is_found_by_its_dictionary_form(form: str, word: str) -> None:
    """Verbs and a stem of one consonant."""
    assert not set(georgian.keys(form)) & set(georgian.keys(word))
    assert set(georgian.keys(word)) <= set(lemmas.keys(form))


@pytest.mark.parametrize("form", ["უფლებების", "დამცველისთვის", "ქვეყნებში", "წევრთა", "უფლება"])
def test_a_form_that_the_rules_undo_gets_no_more_keys(form: str) -> None:
    """The index carries no key twice."""
    assert lemmas.keys(form) == ()


@pytest.mark.parametrize("form", ["წამების", "წამებისა", "ის", "ერთერთი"])
def test_a_slip_of_the_dictionary_is_not_followed(form: str) -> None:
    """Torture is no second, and a dictionary form in brackets or with a hyphen is none."""
    assert not {"წამ", "ის(ი)", "ერთ-ერთ"} & set(lemmas.keys(form))


@pytest.mark.parametrize("word", ["", "ა", "ganhri", "2029", "🙂", "ა" * 10_000])
def test_what_is_no_georgian_word_gets_nothing(word: str) -> None:
    """Nor does it fail."""
    assert lemmas.keys(word) == ()


@given(st.text())
def test_no_text_is_an_error(word: str) -> None:
    """Whatever stands in a text."""
    assert len(lemmas.keys(word)) <= 3
