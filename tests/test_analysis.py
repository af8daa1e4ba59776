"""A text falls into the words that a searcher means, and a rule table is read as its head says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import english, georgian
from kb.search.analysis import keys, prepared, words

TEXTS = [
    # Georgian, its quotes and dashes, capitals of 2018.
    ("„ბავშვის უფლებები“ – ანგარიში (2024).", "ბავშვის უფლებები ანგარიში 2024"),
    ("«ადამიანის», უფლებათა…", "ადამიანის უფლებათა"),
    ("ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო"),
    ("ა.შ. და ააიპ", "აშ და ააიპ"),
    # An ending hung on an abbreviation or a number falls off; a word hung on it stays.
    ("GANHRI-ის UNICEF-ს NHRI-ებისთვის ENNHRI‑სთან", "ganhri unicef nhri ennhri"),
    ("GANHRIის 2024ში", "ganhri 2024"),
    ("შშმ პირი, სსიპ-ის, აშშ-ში", "შშმ პირი სსიპ აშშ"),
    ("2024-ში 1993-დან 21-ე მე-20 COVID-19-ის", "2024 1993 21 20 covid 19 covid19"),
    ("20-წლიანი გაერო-წევრი", "20 წლიანი გაერო წევრი გაეროწევრი"),
    # A compound is found by its parts and written as one.
    ("NHRI-led", "nhri led nhriled"),
    ("არასრულწლოვან-პატიმარი", "არასრულწლოვან პატიმარი არასრულწლოვანპატიმარი"),
    ("ვიცე-პრეზიდენტი", "ვიცე პრეზიდენტი ვიცეპრეზიდენტი"),
    ("COVID-19", "covid 19 covid19"),
    ("co-operation, OP-CAT", "co operation cooperation op cat opcat"),
    ("up-to-date", "up to date"),
    ("A-სტატუსი", "a სტატუსი"),
    # Numbers.
    ("2029 10.5 10,5 10,000", "2029 10.5 10.5 10000"),
    ("22.11.2026 12.2024", "22.11.2026 22 11 2026 12.2024 12 2024"),
    ("2024-2025 2024–2025", "2024 2025 2024 2025"),
    ("A/HRC/RES/48/13", "a hrc res 48 13"),
    # Latin with accents and apostrophes.
    ("Café Århus İstanbul straße Łódź Azərbaycan ﬁrst", "cafe arhus istanbul strasse lodz azerbaycan first"),
    ("e\u0301cole", "ecole"),
    ("Ombudsman's Ombudsman’s women’s Defenders'", "ombudsman ombudsman women defenders"),
    ("l’Ombudsman Côte d’Ivoire O'Flaherty don't", "ombudsman cote ivoire flaherty don"),
    ("k’anoni ts'ameba sak’art’velo", "kanoni tsameba sakartvelo"),
    ("U.N. e.g. ombudsman.ge info@ombudsman.ge", "un eg ombudsman ge info ombudsman ge"),
    ("ＮＨＲＩ ２０２４", "nhri 2024"),
    ("Уполномоченный Ёлка", "уполномоченныи елка"),
    # What is no letter is no word, and what is invisible parts none.
    ("სა\u00adხალ\u200bხო \u200fდამცველი\u200e \ufeffომბუდსმენი", "სახალხო დამცველი ომბუდსმენი"),
    ("🙂 ✓ — … „“ () \u202e", ""),
    ("წევრი🙂GANHRI", "წევრი ganhri"),
    ("snake_case a\tb\nc", "snake case a b c"),
    ("--x-- 'y' -ის .5 5.", "x y ის 5 5"),
    ("\x00ა\x1fბ", "ა ბ"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_falls_into_the_words_that_a_searcher_means(text: str, expected: str) -> None:
    """In their order, lower case."""
    assert words(text) == expected.split()


@given(st.text())
def test_no_text_is_an_error_and_a_word_is_a_word_again(text: str) -> None:
    """What was split once is not split further, but for the parts of a number."""
    for word in words(text):
        assert word
        assert words(word)[:1] == [word]


@given(st.text("აბიე-'’.,5Aaé\u00ad\u0301 ", max_size=12))
def test_punctuation_is_part_of_no_word(text: str) -> None:
    """Only the point of a number stays."""
    assert not {char for word in words(text) for char in word} - set("აბიე.5ae")


@given(st.one_of(st.text(), st.text("ა-'’.,5A \n\u00a0\u2003\u200b\u2028", max_size=12)))
def test_no_word_reaches_over_a_space(text: str) -> None:
    """So the index may split a text at its spaces first, and analyse what stands between them once."""
    assert words(text) == [word for piece in text.split() for word in words(piece)]


LONG = [part * 50_000 for part in ("ა", "a-", "-ის", "'", "l'a", "a'", "l'", "a.b", "1.", "1,234", "\u0301", "a ")]


@pytest.mark.parametrize("text", LONG)
def test_a_very_long_text_is_split(text: str) -> None:
    """No pattern goes back and forth: a quadratic one would not come back in minutes."""
    assert {char for word in words(text) for char in word} <= set("აისabl1234.")


TABLE = {
    "letters": {"vowel": "ae", "consonant": "bcd"},
    "shortest": 3,
    "steps": {
        "ends": [
            {"strip": "s es", "leaves": 2},
            {"turn": {"ies": "y"}, "then": "end"},
            {"keep": "ss"},
            {"strip": "d", "after": "vowel", "also": "last"},
            {"strip": "x", "after": "ab cb"},
        ],
        "middle": [{"strip": "e", "then": "middle"}],
        "last": [{"turn": {"d": "t"}}],
    },
}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("bbs", ("bb",)),
        ("bbes", ("bb",)),  # the longer ending first
        ("bbies", ("bby",)),
        ("bbss", ("bbss",)),
        ("bbeeee", ("bb",)),  # a step that goes back to itself
        ("bbad", ("bba", "bbat")),  # two readings
        ("bbbd", ("bbbt",)),  # not behind a consonant
        ("ccabx", ("ccab",)),
        ("ccbbx", ("ccbbx",)),
        ("bs", ("bs",)),  # too short
        ("cbs", ("cb",)),
        ("", ("",)),
    ],
)
def test_a_table_is_read_as_its_head_says(word: str, found: tuple[str, ...]) -> None:
    """strip, turn, keep, after, leaves, then, also."""
    assert keys(word, prepared(TABLE)) == found


def test_a_table_folds_with_its_letters() -> None:
    """The same rules for words in other letters."""
    assert keys("BBAD", prepared(TABLE, str.upper)) == ("BBA", "BBAT")


@pytest.mark.parametrize(
    "row", [{"keep": "a", "then": "ends"}, {"turn": {"a": "b"}, "then": "ends"}, {"strip": "a", "also": "ends"}]
)
def test_a_table_that_would_never_end_is_refused(row: dict[str, object]) -> None:
    """A rule that goes back must leave the word shorter."""
    with pytest.raises(ValueError, match="ends may never end"):
        prepared(TABLE | {"steps": {"ends": [row]}})


def test_a_table_that_could_leave_nothing_is_refused() -> None:
    """A key is never empty."""
    with pytest.raises(ValueError, match="ends may leave nothing"):
        prepared(TABLE | {"steps": {"ends": [{"strip": "a", "leaves": 0}]}})


@pytest.mark.parametrize("row", [{"strip": "a", "then": "nowhere"}, {"strip": "a", "also": "nowhere"}])
def test_a_step_that_is_not_there_is_refused(row: dict[str, object]) -> None:
    """A slip in a table is told at once."""
    with pytest.raises(ValueError, match="nowhere"):
        prepared(TABLE | {"steps": {"ends": [row]}})


@pytest.mark.parametrize("data", [georgian.tables()["ka"], english.data()], ids=["ka", "en"])
def test_every_row_of_our_tables_says_only_what_is_known(data: dict[str, dict[str, list[dict[str, object]]]]) -> None:
    """A misspelt condition would be no condition."""
    rows = [row for rows in data["steps"].values() for row in rows]
    assert {name for row in rows for name in row} <= {"strip", "turn", "keep", "after", "leaves", "then", "also"}
    assert all(len({"strip", "turn", "keep"} & set(row)) == 1 for row in rows)


def test_a_word_has_three_keys_at_most() -> None:
    """However many readings a table has."""
    steps = {step: [{"strip": "a", "also": after}] for step, after in ("12", "23", "34", "45")} | {"5": []}
    table = prepared({"letters": {}, "shortest": 1, "steps": steps})
    assert keys("bbaaaaa", table) == ("bba", "bbaa", "bbaaa")
