"""Forms of one Georgian word share a key, words that only look alike do not, and Latin letters are no hindrance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import georgian
from kb.search.georgian import keyboard, keys, latin_keys, romanised, unshifted

# A line is one word, in its dictionary form first; each stands for the rows of a step of georgian.yml.
MEET = {
    "particles": [
        "წევრი წევრიც წევრებიცაა წევრებზეც წევრადაც",
        "უფლება უფლებაც უფლებებიც უფლებებისთვისაც უფლებებშივე",
        "სესია სესიაზეა სესიისთვისაა",
        "ომბუდსმენი ომბუდსმენია ომბუდსმენები ომბუდსმენებია ომბუდსმენთანაც",
    ],
    "postpositions": [
        "დამცველი დამცველისთვის დამცველისათვის დამცველთათვის დამცველებისთვის",
        "საბჭო საბჭოსგან საბჭოსკენ საბჭოსადმი საბჭოში საბჭოზე საბჭოსთან საბჭოდან საბჭომდე საბჭოსავით",
        "ბავშვი ბავშვისგან ბავშვებისკენ ბავშვებისადმი ბავშვივით ბავშვიდან ბავშვამდე ბავშვზე ბავშვებში",
        "კრიზისი კრიზისთან კრიზისის კრიზისში კრიზისებთან",
        "კონკურსი კონკურსთან კონკურსისთვის",
        "ნაირობი ნაირობიში ნაირობის",
        "მოტივი მოტივით მოტივებით",
    ],
    "cases": [
        "ადამიანი ადამიანმა ადამიანს ადამიანის ადამიანისა ადამიანით ადამიანად ადამიანო ადამიანსა",
        "გარემო გარემომ გარემოს გარემოთი გარემოდ გარემოთა",
        "საქართველო საქართველომ საქართველოს საქართველოთი საქართველოში საქართველოდან",
        "დღე დღემ დღეს დღის დღით დღეში დღეები დღეებში",
        "მზე მზემ მზეს მზის",
        "მოქალაქე მოქალაქემ მოქალაქის მოქალაქეები მოქალაქეთა მოქალაქენი",
        "ძირითადი ძირითად ძირითადმა ძირითადები",
        "ომბუდსმენი ომბუდსმენთა ომბუდსმენნი ომბუდსმენნო",
        "კატეგორია კატეგორიანი კატეგორიათა",
    ],
    "verbs": [
        "თანამშრომლობა თანამშრომლობს თანამშრომლობენ თანამშრომლობდა თანამშრომლობდნენ",
        "მონაწილეობა მონაწილეობს მონაწილეობდნენ",
    ],
    "nominative": [
        "სტრატეგია სტრატეგიის სტრატეგიები სტრატეგიას სტრატეგიაში",
        "ორგანიზაცია ორგანიზაციის ორგანიზაციამ ორგანიზაციებთან ორგანიზაციათა",
        "ძლიერი ძლიერია ძლიერს ძლიერად",
    ],
    "number": [
        "წამება წამების წამებას წამებისგან",
        "განცხადება განცხადების განცხადებები განცხადებებისთვის განცხადებათა განცხადებამ",
        "ღონისძიება ღონისძიების ღონისძიებები ღონისძიებათა",
        "ქსელი ქსელები ქსელების ქსელებისთვის",
    ],
    "syncope": [
        "წელი წლის წლები წელს წლამდე წლიდან",
        "ქვეყანა ქვეყნის ქვეყანაში ქვეყნებში ქვეყნიდან",
        "მდივანი მდივნის მდივანმა მდივნებთან",
        "წყალი წყლის წყალს წყლებში",
        "მეგობარი მეგობრის მეგობართა მეგობრებთან",
        "თანამშრომელი თანამშრომლის თანამშრომელთა თანამშრომლებს",
        "ოქტომბერი ოქტომბრის ოქტომბერში ოქტომბრამდე",
        "მინდორი მინდვრის მინდორში მინდვრები",
        "მხარე მხრის მხარეები მხარეთა",
    ],
}
# Words that one who searches for the first must not be shown for the sake of an ending.
APART = [
    ("უფლება", "უფალი უფლის უფალს"),
    ("წამება", "წამი წამში"),
    ("სახელი", "სახლი სახლში სახლები"),
    ("კანონი", "კანი კანში კანის კანადა"),
    ("სტრატეგიის", "სტრატეგი სტრატეგმა"),
    ("განცხადება", "განაცხადი განაცხადის"),
    ("კვლევა", "კვლავ"),
    ("ახალი", "ახლა"),
    ("არჩევნები", "არჩევანი არჩევანს"),
    ("პიარი", "პირი პირს"),
    ("გარემოს", "გარემოცვა"),
    ("ორგანოს", "ორგანი ორგანს"),
    ("დისკოს", "დისკი დისკს"),
    ("დაცვა", "დამცველი"),
    ("ქალი", "ქალაქი ქალაქში"),
    ("მანდატი", "მანდარინი"),
    ("ანგარიში", "ანგარიშვალდებული"),
    ("ბავშვი", "ბაზა"),
    ("წევრი", "წვერი წევრობა"),
    ("საბჭო", "საბა"),
    ("ხელშეკრულება", "ხელი ხელში"),
]
SPELLINGS = [
    ("წამება", "ts’ameba tsameba cameba wameba ts'ameba"),
    ("სახალხო", "sakhalkho saxalxo sakhalxo"),
    ("დამცველი", "damtsveli damcveli"),
    ("უფლებათა", "uplebata uflebata uplebaTa"),
    ("ღონისძიება", "ghonisdzieba gonisdzieba"),
    ("ყოველწლიური", "q’ovelts’liuri qoveltsliuri yovelwliuri"),
    ("ჟენევა", "zheneva jeneva"),
    ("ქვეყანა", "kveq’ana kveqana qveyana"),
    ("ბავშვი", "bavshvi"),
    ("ხელშეკრულება", "khelshek’ruleba xelshekruleba"),
    ("ჭეშმარიტი", "ch’eshmarit’i cheshmariti"),
]
ODD = [
    "",
    "ა",
    "აა",
    "აბ",
    "იმ",
    "ებ",
    "ის",
    "ა" * 10_000,
    "ებების" * 2_000,
    "🙂",
    "\u200f",
    "აb1",
    "ganhri",
    "2029",
    "омбудсмен",
    "\ud800",
]


@pytest.mark.parametrize(("step", "forms"), [(step, forms) for step, lines in MEET.items() for forms in lines])
def test_the_forms_of_a_word_share_a_key(step: str, forms: str) -> None:
    """Every form meets the dictionary form, which stands first."""
    first, *others = forms.split()
    assert [form for form in others if not set(keys(form)) & set(keys(first))] == []


@pytest.mark.parametrize(("word", "others"), APART)
def test_words_that_only_look_alike_share_no_key(word: str, others: str) -> None:
    """Neither another word of the same letters nor one derived from it."""
    assert [other for other in others.split() if set(keys(other)) & set(keys(word))] == []


@pytest.mark.parametrize(
    ("word", "others"), [("უფლების", "უფალი უფლის"), ("წამების", "წამი წამში"), ("თავისუფლებების", "თავისუფალი")]
)
def test_a_verbal_noun_of_ours_is_no_plural(word: str, others: str) -> None:
    """Of a right is not of lords."""
    assert [other for other in others.split() if set(keys(other)) & set(keys(word))] == []


@pytest.mark.parametrize(("word", "spellings"), SPELLINGS)
def test_romanisations_of_a_word_are_one(word: str, spellings: str) -> None:
    """With and without apostrophes, by sound and by key."""
    assert {romanised(spelling) for spelling in spellings.split()} == {romanised(word)}


@pytest.mark.parametrize(
    ("typed", "georgian"),
    [
        ("Tanasworoba", "თანასწორობა"),
        ("RonisZieba", "ღონისძიება"),
        ("saxalxo damcveli", "სახალხო დამცველი"),
        ("JurnalSi", "ჟურნალში"),
        ("AnGariSi", "ანგარიში"),
    ],
)
def test_latin_letters_are_read_as_keys_of_the_georgian_layout(typed: str, georgian: str) -> None:
    """Shift makes another letter where the layout has one; elsewhere it is forgiven."""
    assert keyboard(typed) == georgian


def test_the_layout_without_shift_is_one_string_for_both() -> None:
    """Who forgets Shift types t for თ and ტ."""
    assert unshifted("ღონისძიება") == unshifted("RonisZieba") == "roniszieba"
    assert unshifted("თავშესაფარი") == "tavsesafari"


LATIN = georgian.tables()["ka"]["latin"]
LETTERS = str.maketrans(dict(zip(LATIN["letters"], LATIN["national"].split(), strict=True)))
TYPED = [(first, form) for lines in MEET.values() for forms in lines for first, *others in [forms.split()] for form in others]


@pytest.mark.parametrize(("first", "form"), TYPED)
def test_an_inflected_form_typed_in_latin_letters_meets_the_word(first: str, form: str) -> None:
    """In the national romanisation and in the layout without Shift."""
    assert set(latin_keys(form.translate(LETTERS), "national")) & set(latin_keys(first, "national"))
    assert set(latin_keys(unshifted(form), "unshifted")) & set(latin_keys(first, "unshifted"))


@pytest.mark.parametrize("word", ODD)
def test_what_is_no_georgian_noun_has_keys_too(word: str) -> None:
    """Empty, one letter, very long, another script, half a character."""
    for found in (keys(word), latin_keys(word, "national"), latin_keys(word, "unshifted")):
        assert 1 <= len(found) <= 3
    assert all(isinstance(fold(word), str) for fold in (romanised, unshifted, keyboard))


@pytest.mark.parametrize("word", ["ganhri", "2029", "омбудсмен", "café"])
def test_a_word_of_another_script_is_its_own_key(word: str) -> None:
    """Georgian endings fall off Georgian words only."""
    assert keys(word) == (word,)


GEORGIAN_TEXT = st.text("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", max_size=20)


@given(st.one_of(st.text(), GEORGIAN_TEXT))
def test_any_text_has_one_to_three_keys_none_longer_than_itself(word: str) -> None:
    """And none empty but of the empty text."""
    found = keys(word)
    assert 1 <= len(found) <= 3
    assert len(set(found)) == len(found)
    assert all(len(key) <= len(word) and (key or not word) for key in found)


@given(GEORGIAN_TEXT)
def test_latin_keys_of_a_word_and_of_its_spelling_are_the_same(word: str) -> None:
    """Both sides of the search are folded by one function."""
    assert latin_keys(word, "unshifted") == latin_keys(unshifted(word), "unshifted")
    assert latin_keys(word, "national") == latin_keys(romanised(word), "national")


@given(st.text())
def test_folding_twice_is_folding_once(word: str) -> None:
    """A folded word is its own spelling."""
    assert romanised(romanised(word)) == romanised(word)
    assert unshifted(unshifted(word)) == unshifted(word)


def test_the_tables_are_plain_json() -> None:
    """What the browser gets is what Python reads, without loss."""
    import json

    assert json.loads(json.dumps(georgian.tables())) == georgian.tables()
    assert set(georgian.tables()) == {"words", "ka", "en"}
