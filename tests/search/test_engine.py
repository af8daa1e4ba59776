"""kbSearch in a real browser, from a folder: what it finds, in which order, and what it counts."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from kb.search.documents import Document
from kb.search.index import Labels

from .conftest import Ask, document, ids

Asking = Callable[..., Ask]

SOME = [
    document(1, "წამების პრევენცია", "სახელმძღვანელო ეროვნული მექანიზმებისთვის"),
    document(2, "ბავშვის უფლებები", "ომბუდსმენი იცავს ბავშვებს წამებისგან"),
    document(3, "GANHRI-ის აკრედიტაცია", "A სტატუსი 2029 წლამდე", names="SCA Sub-Committee on Accreditation"),
    document(4, "Torture prevention", "A guide for monitoring bodies", lang="en"),
    document(5, "Children's rights", "Complaints of children", lang="en"),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("წამებაზე", "d1"),
        ("პრევენციისთვის", "d1"),
        ("ომბუდსმენებმა", "d2"),
        ("უფლებათა", "d2"),
        ("ganhri", "d3"),
        ("2029", "d3"),
        ("ᲬᲐᲛᲔᲑᲐ", "d1"),
        ("tsameba", "d1"),
        ("wameba", "d1"),
        ("cameba", "d1"),
        ("ombudsmeni", "d2"),
        ("akreditacia", "d3"),
        ("„წამება“", "d1"),
    ],
)
def test_a_word_finds_its_other_forms_however_it_is_typed(asking: Asking, typed: str, first: str) -> None:
    """Inflected, in capitals that Georgian has not, in Latin letters, in quotation marks."""
    assert ids(asking(SOME)(typed))[:1] == [first]


def test_english_inflects_too(asking: Asking) -> None:
    """A plural finds the singular and the other way round."""
    ask = asking(SOME)
    assert ids(ask("complaint", lang="en")) == ["d5"]
    assert ids(ask("guides", lang="en")) == ["d4"]


def test_the_form_that_was_typed_comes_before_other_forms(asking: Asking) -> None:
    """Exact, then inflected, then what only begins like it."""
    some = [document(1, "უფლებამოსილება"), document(2, "უფლებები"), document(3, "უფლება")]
    assert ids(asking(some)("უფლება", typing=True)) == ["d3", "d2", "d1"]


def test_a_title_counts_more_than_the_text(asking: Asking) -> None:
    """Title, names, themes, summary, body: in this order."""
    fields = ["body", "summary", "themes", "names"]
    some = [
        document(n, "სხვა", **{field: "წამება"}) if field != "body" else document(n, "სხვა", "წამება")
        for n, field in enumerate(fields)
    ]
    some.append(document(9, "წამება"))
    assert ids(asking(some)("წამება")) == ["d9", "d3", "d2", "d1", "d0"]


def test_a_page_that_is_called_what_was_asked_comes_first(asking: Asking) -> None:
    """In any form of its words and any order, with empty words or in Latin letters; by another of its names as well."""
    many = [document(n, f"ბავშვის უფლებები და ბავშვის უფლებები {n}", "ბავშვის უფლებები " * 9) for n in range(6)]
    ask = asking([*many, document(7, "ბავშვთა უფლებები", called=["Rights of the Child"]), document(8, "სხვა", "rights child")])
    for text in ("ბავშვის უფლებები", "უფლებათა ბავშვი", "ბავშვის უფლებების შესახებ", "bavshvis uflebebi", "child rights"):
        assert ids(ask(text))[0] == "d7", text
    assert ids(ask("ბავშვის უფლებები 3"))[0] == "d3"


def test_a_keyword_lifts_a_page_but_not_over_one_of_that_name(asking: Asking) -> None:
    """Who asks for a word of a theme finds the theme near the top, after what has this name."""
    many = [document(n, f"GANHRI {n}", "GANHRI GANHRI") for n in range(6)]
    theme = document(7, "სტანდარტები", names="GANHRI აკრედიტაცია", keywords=["GANHRI", "აკრედიტაცია"])
    ask = asking([*many, theme, document(8, "ალიანსი", acronym="GANHRI")])
    assert ids(ask("ganhri"))[:2] == ["d8", "d7"]


def test_a_latin_word_typed_on_the_georgian_keyboard_is_found(asking: Asking) -> None:
    """აპტ is APT, and ტორტურე is torture, which leads to its term; also while it is still typed."""
    some = [*SOME, document(6, "ასოციაცია", acronym="APT", names="Association against torture")]
    ask = asking(some, Labels(terms=(("წამება", "torture", ""),)))
    for text in ("აპტ", "აპთ", "აპტ ასოციაცია", "ტორტურე"):
        assert ids(ask(text))[0] == "d6", text
    assert ids(ask("ტორტ", typing=True)) == ["d6"]
    assert ask("ტორტურე")["terms"] == [{"from": "torture", "to": "წამება", "lang": "ka"}]
    assert ids(ask("განჰრი")) == ["d3"]
    hit = ask("აპტ ტორტურე")["hits"][0]
    assert (hit["id"], ids(ask("ტ"))) == ("d6", [])


def test_an_acronym_in_georgian_letters_is_found_in_any_case(asking: Asking) -> None:
    """განჰრის and განჰრიში are GANHRI, აპტის is APT; an ending alone makes no acronym of a Georgian word."""
    ask = asking([*SOME, document(6, "ასოციაცია", acronym="APT")])
    for text in ("განჰრის", "განჰრიში", "განჰრისთვის"):
        assert ids(ask(text)) == ["d3"], text
    assert ids(ask("აპტის"))[0] == ids(ask("აპტ-ის"))[0] == "d6"
    assert ids(ask("ზღვის")) == []


def test_georgian_that_is_found_is_never_read_as_latin(asking: Asking) -> None:
    """Only a word of which there is nothing in Georgian, not even a beginning, may be another."""
    some = [document(1, "ენოკი"), document(2, "ენობრივი უფლება"), document(3, "ENO", names="eno enoki")]
    ask = asking(some)
    assert ids(ask("ენოკი")) == ["d1"]
    assert ids(ask("ენო", typing=True)) == ["d1", "d2"]


def test_what_is_shown_may_be_less_than_what_is_searched(asking: Asking) -> None:
    """A page may say what stands under its title, and that it is nothing."""
    some = [
        document(1, "სათაური", "წამება", shown="მოკლედ"),
        document(2, "სათაური", "წამება", shown=""),
        document(3, "სხვა", "წამება"),
    ]
    hits = asking(some)("წამება")["hits"]
    assert {hit["id"]: hit["excerpt"] for hit in hits} == {"d1": "მოკლედ", "d2": "", "d3": "წამება"}


def test_pages_with_all_words_come_first_then_those_with_some(asking: Asking) -> None:
    """When few have all, the rest is added after them and said to be so."""
    answer = asking(SOME)("წამების პრევენცია ბავშვი")
    assert set(ids(answer)) == {"d1", "d2"}
    assert answer["any"]


def test_with_enough_pages_all_words_are_required(asking: Asking) -> None:
    """Pages that lack one of the words are left out when five have them all."""
    both = [document(n, "წამების პრევენცია") for n in range(6)]
    answer = asking([*both, document(7, "პრევენცია")])("წამება პრევენცია")
    assert (answer["total"], answer["any"]) == (6, False)


def test_empty_words_do_not_hinder(asking: Asking) -> None:
    """How, what and for are not required, unless there is nothing else."""
    ask = asking([*SOME, document(6, "როგორ გამოვიყენოთ საიტი")])
    assert ids(ask("როგორ არის წამება"))[:2] == ids(ask("წამება"))[:2]
    assert ids(ask("როგორ")) == ["d6"]


def test_the_matched_forms_are_marked_where_they_stand(asking: Asking) -> None:
    """Marks are ranges of the text that is shown, on whole words."""
    hit = asking(SOME)("წამება")["hits"][0]
    (begin, end), *others = hit["titleMarks"]
    assert (hit["title"][begin:end], others) == ("წამების", [])


def test_an_abbreviation_with_an_ending_is_marked_without_it(asking: Asking) -> None:
    """In GANHRI-ის only GANHRI was meant."""
    hit = asking(SOME)("GANHRI")["hits"][0]
    assert [hit["title"][a:b] for a, b in hit["titleMarks"]] == ["GANHRI"]


def test_an_excerpt_shows_the_place_of_the_match(asking: Asking) -> None:
    """A match late in the text is shown, cut at words."""
    late = document(1, "სათაური", "სხვა სიტყვა " * 20 + "წამების პრევენცია " + "და კიდევ " * 20)
    hit = asking([late])("წამება")["hits"][0]
    assert hit["excerpt"].startswith("… ")
    assert [hit["excerpt"][a:b] for a, b in hit["marks"]] == ["წამების"]


def test_a_term_of_the_glossary_leads_to_the_other_language(asking: Asking) -> None:
    """torture finds, on Georgian pages, what წამება finds, and says so."""
    labels = Labels(terms=(("წამება", "torture", ""),))
    answer = asking(SOME, labels)("torture", lang="ka")
    assert answer["terms"] == [{"from": "torture", "to": "წამება", "lang": "ka"}]
    assert set(ids(answer)) == {"d1", "d2"}


def test_an_abbreviation_finds_what_writes_it_out(asking: Asking) -> None:
    """NPM finds a page that has all the words of its name, not one that has a part of them."""
    labels = Labels(terms=(("პრევენციის ეროვნული მექანიზმი", "National Preventive Mechanism", "NPM"),))
    some = [document(1, "პრევენციის ეროვნული მექანიზმის ვიზიტი"), document(2, "ეროვნული ინსტიტუტი")]
    assert ids(asking(some, labels)("NPM")) == ["d1"]


def test_both_languages_show_a_page_once_the_readers_own_first(asking: Asking) -> None:
    """The English page of a record that was found in Georgian is not shown again."""
    twin = document(1, "წამება torture", lang="ka"), document(1, "Torture", lang="en")
    answer = asking([*twin, document(2, "Torture survey", lang="en")])("torture", lang="both")
    assert [(hit["id"], hit["lang"]) for hit in answer["hits"]] == [("d1", "ka"), ("d2", "en")]
    english = asking([*twin, document(3, "ცალკე torture")])("torture", lang="both", first="en")
    assert [(hit["id"], hit["lang"]) for hit in english["hits"]] == [("d1", "en"), ("d3", "ka")]


# --- facets

KINDS, YEARS, THEMES = ("resource", "event"), ("2020", "2021", "2022"), ("visits", "youth", "homes")
MANY = [
    document(
        n,
        "უფლება" if n % 2 else "უფლება წამება",
        date=YEARS[n % 3],
        facets={"kind": [KINDS[n % 2]], "year": [YEARS[n % 3]], "theme": [t for m, t in enumerate(THEMES) if n >> m & 1]},
    )
    for n in range(60)
]


def brute(chosen: dict[str, list[str]], without: str = "") -> list[Document]:
    """The documents that pass the facets, found by looking at each."""
    rules = [(name, set(values)) for name, values in chosen.items() if values and name != without]
    return [d for d in MANY if all(values & set(d.facets[name]) for name, values in rules)]


CHOICES = [
    {},
    *({"kind": [kind]} for kind in KINDS),
    *({"kind": [kind], "theme": themes} for kind in KINDS for themes in (["visits"], ["visits", "homes"])),
    *({"year": [year], "theme": ["youth"]} for year in YEARS),
    {"kind": ["event"], "year": ["2020", "2022"], "theme": ["visits", "youth", "homes"]},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_totals_and_counts_are_those_of_counting(asking: Asking, chosen: dict[str, list[str]]) -> None:
    """Each value's count is how many pages it would leave with all other facets as they are."""
    answer = asking(MANY)("უფლება", facets=chosen, limit=100)
    assert answer["total"] == len(brute(chosen)) == len(answer["hits"])
    for facet in ("kind", "year", "theme"):
        left = list(itertools.chain.from_iterable(d.facets[facet] for d in brute(chosen, facet)))
        assert answer["counts"][facet] == {value: left.count(value) for value in sorted(set(left))}


def test_a_facet_or_value_that_is_unknown_leaves_nothing(asking: Asking) -> None:
    """An old address with a theme that is gone finds nothing and breaks nothing."""
    ask = asking(MANY)
    assert ask("უფლება", facets={"theme": ["none"]})["total"] == 0
    assert ask("უფლება", facets={"none": ["x"]})["total"] == 0


def test_filters_alone_find_every_page_that_passes(asking: Asking) -> None:
    """With no words, the finder lists all; without `all` or a filter nothing is listed."""
    ask = asking(MANY)
    assert ask("", all=True)["total"] == 60
    assert ask("", facets={"kind": ["event"]})["total"] == 30
    assert ask("")["total"] == 0


def test_the_order_may_be_by_date_or_title(asking: Asking) -> None:
    """Newest first; titles in the order of the alphabet."""
    ask = asking([document(1, "ბ წამება", date="2020"), document(2, "გ წამება", date="2024-05"), document(3, "ა წამება")])
    assert ids(ask("წამება", sort="newest")) == ["d2", "d1", "d3"]
    assert ids(ask("წამება", sort="title")) == ["d3", "d1", "d2"]


def test_pages_of_results_follow_each_other(asking: Asking) -> None:
    """offset and limit cut one list; nothing twice, nothing lost."""
    ask = asking(MANY)
    pages = [ids(ask("უფლება", offset=n, limit=7)) for n in range(0, 63, 7)]
    assert sorted(itertools.chain(*pages)) == sorted(str(d.id) for d in MANY)


# --- what nobody should type

BAD = {
    "empty": "",
    "spaces": "  \t\n ",
    "one letter": "წ",
    "one Latin letter": "w",
    "punctuation": "„“«»()…–!?.,;:'\"`~@#$%^&*[]{}|\\/<>",
    "emoji": "🕊️👩‍⚖️🇬🇪",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "RTL marks": "\u202eწამება\u202c \u200f\u200bპრევენცია",
    "mixed scripts": "წaმება тортура wამება",
    "prototype": "__proto__ constructor toString hasOwnProperty",
    "lone surrogate": "\ud83d წამება",
    "long": "ა" * 10_000,
    "many words": "წამება " * 2_000,
    "long latin": "sakhalkho" * 1_200,
    "NUL": "\x00წამება\x00",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("language", ["ka", "en", "both"])
def test_whatever_is_typed_gets_an_answer_and_no_error(asking: Asking, text: str, language: str) -> None:
    """A total, hits and counts; the console stays silent."""
    answer = asking(SOME)(text, lang=language, typing=True)
    assert answer["total"] >= len(answer["hits"]) >= 0


@pytest.mark.parametrize(
    "options", [{"lang": "fr"}, {"limit": -5}, {"offset": -1}, {"facets": None}, {"facets": {"kind": "x"}}, {"sort": "?"}]
)
def test_odd_options_are_borne(asking: Asking, options: dict[str, Any]) -> None:
    """Values out of an edited address never break the page."""
    answer = asking(SOME)("წამება", **options)
    assert answer["total"] >= len(answer["hits"])


def test_what_is_not_text_finds_nothing(asking: Asking) -> None:
    """null and numbers are asked by mistakes of pages, not by people."""
    ask = asking(SOME)
    assert ask(None)["total"] == 0
    assert ids(ask(2029)) == ["d3"]
