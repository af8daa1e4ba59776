"""Keywords give items their kind and themes; dates in texts are suggestions."""

import re

import pytest

from kb.fetching.deciding.sorting import Tables, words_in_keys
from kb.fetching.deciding.suggesting import suggested
from kb.records.item import Item
from kb.records.model import ItemKind, Keywords, Theme
from kb.records.values import Name


def theme(name, *en, ka=()):
    """A theme with keywords."""
    return Theme(id=name, name=Name(en=name), keywords=Keywords(en=en, ka=tuple(ka)))


THEMES = [
    theme("juvenile", "child", "rights of the child", ka=["ბავშვი"]),
    theme("education", "education", "school"),
    theme("human-rights-education", "human rights education"),
    theme("custody", "prison", "detention"),
    theme("gender", "women"),
    theme("equality", "equality", "discrimination"),
]
KINDS = [
    ItemKind(id="event", keywords=Keywords(en=("conference", "seminar")), paths=("/events/",)),
    ItemKind(id="publication", keywords=Keywords(en=("report", "annual report"))),
    ItemKind(id="opportunity", keywords=Keywords(en=("call for applications",))),
]


def stems(text):
    """An analysis as the search has one: case forms of Georgian and plurals of English share a key."""
    endings = re.compile(r"(?:s|ებ?ის|ის|ი)\Z")
    return [frozenset({endings.sub("", word.strip(".,"))}) for word in text.lower().split()]


def item(title="Untitled", **more):
    """An item as merging leaves it."""
    return Item(id="nno-0123456789", title=title, sources=("nno/feed",), first_seen="2026-11-22", **more)


def sort(one, analyse=words_in_keys):
    """The item with its kind and themes."""
    return Tables(THEMES, KINDS, analyse).sort(one, {"no.example"})


@pytest.mark.parametrize(
    ("title", "summary", "themes"),
    [
        ("Child in prison", "", ("custody", "juvenile")),
        ("Nothing of all that", "", ()),
        ("News", "A school", ()),
        ("News", "Education at school", ("education",)),
        ("Human rights education", "", ("human-rights-education",)),
        ("Human rights education at school", "", ("education", "human-rights-education")),
        ("Education of human rights", "", ("education",)),
        ("Children", "", ("juvenile",)),
        ("A prison, a child, women and equality", "", ("custody", "equality", "gender")),
        ("Prison and child", "women, detention, a child", ("custody", "juvenile")),
        ("“Women”: report!", "", ("gender",)),
    ],
)
def test_themes_are_those_of_enough_keywords(title, summary, themes):
    """A word of the title or two of the summary; a phrase as it stands; three themes at most, the surest first."""
    assert sort(item(title, summary=summary)).themes == themes


@pytest.mark.parametrize("title", ["Childs", "ბავშვის უფლება", "ბავშვი"])
def test_the_analysis_of_the_search_finds_other_forms(title):
    """Keys of a text and of a keyword are compared, not their letters."""
    assert sort(item(title), stems).themes == ("juvenile",)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (item("Conference in Vienna"), "event"),
        (item("Annual report"), "publication"),
        (item("Call for applications: seminar"), "unsorted"),
        (item("Call for applications", tags=("call for applications",)), "opportunity"),
        (item("Meeting of the board"), "unsorted"),
        (item("Meeting of the board", link="https://no.example/events/board"), "event"),
        (item("Annual report", start="2026-12-01"), "event"),
        (item("News", summary="a report"), "unsorted"),
    ],
)
def test_a_kind_needs_enough_points_and_no_rival(one, kind):
    """What is uncertain stays unsorted."""
    assert sort(one).kind == kind


def test_a_link_elsewhere_is_marked():
    """Hosts of the network and below are its own."""
    links = (None, "https://www.no.example/a", "https://news.no.example/a", "https://evil-no.example/a")
    assert [sort(item(link=link)).offsite for link in links] == [False, False, False, True]


def test_sorting_twice_is_sorting_once():
    """What was sorted is sorted again to the same."""
    once = sort(item("Child in prison", summary="Deadline 12 December 2026"))
    assert sort(once) == once


def test_the_tables_of_the_records_sort_headings(office):
    """Each kind and theme is found by the tables that people keep."""
    tables = Tables(office.themes.values(), office.kinds, words_in_keys)
    found = {
        title: tables.sort(item(title), ())
        for title in ("Call for applications: visits and torture", "Annual report on children in prisons", "Vacancy: adviser")
    }
    assert [one.kind for one in found.values()] == ["opportunity", "publication", "vacancy"]
    assert [one.themes for one in found.values()][:2] == [("ill-treatment",), ("custody", "juvenile")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deadline: 12 December 2026.", [("deadline", "2026-12-12")]),
        ("Apply by 12th of December 2026", [("deadline", "2026-12-12")]),
        ("Applications close on December 12, 2026", [("deadline", "2026-12-12")]),
        ("Submissions until 2026-12-12", [("deadline", "2026-12-12")]),
        ("Register no later than 12.12.2026", [("deadline", "2026-12-12")]),
        ("The conference takes place on 1–3 December 2026 in Vienna", [("event", "2026-12-01")]),
        ("Webinar, Dec 3, 2026. Register by 1 Dec 2026", [("deadline", "2026-12-01"), ("event", "2026-12-03")]),
        ("კონფერენცია გაიმართება 2026 წლის 3 დეკემბერს", [("event", "2026-12-03")]),
        ("განაცხადების მიღების ბოლო ვადა: 12 დეკემბერი, 2026", [("deadline", "2026-12-12")]),
        ("განცხადებები მიიღება 2026 წლის 12 დეკემბრამდე", [("deadline", "2026-12-12")]),
        ("The seminar of 12 December 2025 was a success", []),
        ("The law of 12 December 2026", []),
        ("Deadline: 31 February 2026", []),
        ("Deadline: December 2026", []),
        ("See https://example.org/deadline/2026/12/12/", []),
        ("Deadline 99.99.2026, 00.00.2026", []),
    ],
)
def test_dates_of_texts_are_suggested(text, found):
    """Days to come that read like a deadline or an event; never months, years, or what is over."""
    assert [(s.what, s.date) for s in suggested(text, "2026-11-01")] == found


def test_three_dates_are_suggested_at_most():
    """The next ones."""
    text = " ".join(f"Deadline: {day} December 2026." for day in range(9, 0, -1))
    assert [s.date for s in suggested(text, "2026-11-01")] == ["2026-12-01", "2026-12-02", "2026-12-03"]
