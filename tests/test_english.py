"""Forms of one English word have the same key, words that only look alike do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.english import keys

MEET = [
    "institution institutions",
    "ombudsman ombudsmen",
    "woman women",
    "child children",
    "person persons people",
    "complaint complaints",
    "policy policies",
    "body bodies",
    "process processes processed processing",
    "approach approaches",
    "analysis analyses",
    "status statuses",
    "mandate mandates mandated",
    "monitor monitors monitored monitoring",
    "train trains trained training trainings",
    "plan plans planned planning",
    "submit submits submitted submitting",
    "provide provides provided providing",
    "base bases based",
    "use uses used using",
    "agree agrees agreed agreeing",
    "proceed proceeds proceeding proceedings",
    "identify identifies identified identifying",
    "independent independently",
    "possible possibly",
    "organisation organization organisations organizations",
    "recognise recognize recognised recognizing",
    "analyse analyze analysed",
    "labour labor",
    "behaviour behavior",
    "centre center centres centers",
    "defence defense",
    "licence license",
    "programme program programmes programs",
    "judgement judgment",
    "counsellor counselor",
    "fulfil fulfill fulfilled",
    "control controlled controlling",
    "travel travelled traveling",
]
APART = [
    "prevention present",
    "unit united",
    "new news",
    "car care",
    "not note",
    "even evening",
    "nation national",
    "prison prisoner",
    "state status",
    "commit committee",
    "universe university",
    "organ organisation",
    "general generation",
    "police policy",
    "part party",
    "complain complaint",
    "human humanity",
    "elect election",
    "right righteous",
]


@pytest.mark.parametrize("forms", MEET)
def test_the_forms_of_a_word_have_one_key(forms: str) -> None:
    """Number, tense, verbal noun, adverb, country."""
    assert len({keys(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART)
def test_words_that_only_look_alike_have_two(pair: str) -> None:
    """Precise rather than greedy: what makes another word stays."""
    one, other = pair.split()
    assert keys(one) != keys(other)


@pytest.mark.parametrize("word", ["un", "a", "s", "ed", "ing", "2029", "10.5", "covid19", "is", "its", "us", "წევრებს", "🙂", ""])
def test_short_words_numbers_and_other_scripts_stay(word: str) -> None:
    """There is nothing to take off."""
    assert keys(word) == (word,)


@given(st.text("abcdeginlsty", max_size=15))
def test_any_word_has_one_key_that_is_not_longer_by_more_than_a_letter_or_two(word: str) -> None:
    """child is shorter than children, person longer than people by nothing, criterion than criteria by one."""
    (key,) = keys(word)
    assert len(key) <= len(word) + 2
    assert key or not word


def test_a_very_long_word_is_no_trouble() -> None:
    """Ten thousand letters."""
    assert keys("ing" * 3_400) == ("ing" * 3_399,)
