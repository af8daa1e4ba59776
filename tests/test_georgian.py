"""Forms of one Georgian word share a key, words that only look alike do not, and Latin letters are no hindrance."""

import pytest

from kb.georgian import keyboard, keys, latin_keys, romanised, unshifted

MEET = [
    "დამცველი დამცველის დამცველს დამცველმა დამცველად დამცველით დამცველო დამცველები დამცველთა დამცველებისთვის დამცველთან",
    "წევრი წევრის წევრები წევრთა წევრებში წევრადაც",
    "ქვეყანა ქვეყნის ქვეყანაში ქვეყნებში ქვეყნიდან ქვეყნებთან",
    "საქართველო საქართველოს საქართველოში საქართველოდან საქართველომ საქართველოსთვის",
]


@pytest.mark.parametrize("forms", MEET)
def test_the_forms_of_a_word_share_a_key(forms: str) -> None:
    """Every form meets the dictionary form, which stands first."""
    first, *others = forms.split()
    assert [form for form in others if not set(keys(form)) & set(keys(first))] == []


def test_a_word_typed_in_latin_letters_meets_its_georgian_form() -> None:
    """By the romanisation, by the layout with Shift and without."""
    assert set(latin_keys("ts’amebis", "national")) & set(latin_keys("წამება", "national"))
    assert set(latin_keys("wameba", "unshifted")) & set(latin_keys("წამების", "unshifted"))
    assert keyboard("Tanasworoba") == "თანასწორობა"
    assert romanised("sakhalkho") == romanised("სახალხო") == romanised("saxalxo")
    assert unshifted("ღონისძიება") == unshifted("RonisZieba")
