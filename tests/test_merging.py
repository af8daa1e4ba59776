"""Merging: who is who after a round, and that nothing is ever lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.deciding.merging import doubtful, has_shrunk, merge
from kb.fetching.deciding.sameness import Fetched
from kb.fetching.parsing.entry import Entry
from kb.records.item import Item

DAY = date(2026, 11, 22)
NEXT = DAY + timedelta(days=1)
FEED = "eurins/feed"


def entry(title="Annual report", **more):
    """An entry of a feed."""
    return Entry(title=title, **more)


def fetched(*entries, source=FEED):
    """Entries as one source brings them."""
    return [Fetched(source, one) for one in entries]


def rounds(*each, days=()):
    """The items after several rounds, a day apart; each round is a list of entries of one source."""
    items, last = (), {}
    for number, entries in enumerate(each):
        now = DAY + timedelta(days=number)
        items = merge(items, fetched(*entries), now, last)
        last = {FEED: now.isoformat()}
    return items


NAMED = {"guid": "https://eu.example/?p=7", "link": "https://eu.example/news/report/", "published": "2026-11-01T10:00:00Z"}

# What a feed may change in an entry without making it another: (what stood, what stands).
SAME = {
    "nothing": ({}, {}),
    "the GUID": ({}, {"guid": "tag:eu.example,2026:7"}),
    "no GUID any more": ({}, {"guid": ""}),
    "http to https": ({"link": "http://eu.example/news/report/"}, {}),
    "https to http": ({}, {"link": "http://eu.example/news/report/"}),
    "www": ({}, {"link": "https://www.eu.example/news/report/"}),
    "the last slash": ({}, {"link": "https://eu.example/news/report"}),
    "a fragment": ({}, {"link": "https://eu.example/news/report/#more"}),
    "tracking": ({}, {"link": "https://eu.example/news/report/?utm_source=rss"}),
    "the title": ({}, {"title": "Annual report 2025"}),
    "letters of the title": ({}, {"title": "ANNUAL  Report"}),
    "the GUID and the title": ({}, {"guid": "new", "title": "Annual report 2025"}),
    "the address": ({}, {"link": "https://eu.example/publications/report/"}),
    "the address and the title": ({}, {"link": "https://eu.example/publications/report/", "title": "Report"}),
    "the time of publication": ({}, {"published": "2026-11-20T10:00:00Z"}),
    "no time any more": ({}, {"published": None}),
    "the summary": ({"summary": "One."}, {"summary": "Two."}),
    "scheme of a GUID that is an address": ({"guid": "http://eu.example/a"}, {"guid": "https://eu.example/a/", "link": None}),
    "everything but the date, of an edited entry": ({}, {"title": "Other", "published": "2026-11-21T00:00:00Z", "edited": True}),
}


@pytest.mark.parametrize("change", SAME)
def test_an_entry_stays_the_same_item(change):
    """Identity survives what sites change in passing."""
    old, new = SAME[change]
    first = rounds([entry(**NAMED | old)])
    second = rounds([entry(**NAMED | old)], [entry(**{"title": "Annual report"} | NAMED | new)])
    assert [(i.id, i.first_seen) for i in second] == [(i.id, i.first_seen) for i in first]


# Pairs of entries that are two things, however alike.
TWO = {
    "two titles at one address": ({"link": "https://eu.example/news"}, {"link": "https://eu.example/news", "title": "Other"}),
    "two addresses under one GUID": (NAMED, NAMED | {"link": "https://eu.example/other"}),
    "one title on two days": ({"published": "2026-11-01T10:00:00Z"}, {"published": "2026-11-02T10:00:00Z"}),
    "one title with two summaries": ({"summary": "For Vienna."}, {"summary": "For Tbilisi."}),
    "one meeting on two days": ({"guid": "a", "start": "2026-11-01"}, {"guid": "b", "start": "2026-12-01"}),
    "one title at two addresses": ({"link": "https://eu.example/a"}, {"link": "https://eu.example/b"}),
    "the front page as address": ({"link": "https://eu.example/", "guid": "1"}, {"link": "https://eu.example/", "guid": "2"}),
}


@pytest.mark.parametrize("pair", TWO)
def test_two_things_of_one_round_are_two_items(pair):
    """What shares an id, an address or a title is not folded for that alone."""
    one, other = TWO[pair]
    assert len(rounds([entry(**one), entry(**other)])) == 2


# Entries of which the second came a round later, when the first was gone.
LATER = {
    "another title and day at one address": (
        {"link": "https://eu.example/news", "published": "2026-11-01T10:00:00Z"},
        {"link": "https://eu.example/news", "published": "2026-11-09T10:00:00Z", "title": "Other"},
    ),
    "the same meeting next month": (
        {"guid": "a", "link": "https://eu.example/calendar", "start": "2026-11-01"},
        {"guid": "b", "link": "https://eu.example/calendar", "start": "2026-12-01"},
    ),
    "the same title and day at another address": (
        {"link": "https://eu.example/a", "published": "2026-11-01T10:00:00Z"},
        {"link": "https://eu.example/b", "published": "2026-11-01T10:00:00Z"},
    ),
    "another title without anything else": ({}, {"title": "Other"}),
}


@pytest.mark.parametrize("pair", LATER)
def test_what_comes_later_and_differs_in_two_ways_replaces_nothing(pair):
    """In doubt both are kept."""
    one, other = LATER[pair]
    assert len(rounds([entry(**one)], [entry(**other)])) == 2


def test_duplicates_of_a_round_are_one_item_with_what_either_knows():
    """An entry that stands twice is folded; the richer text wins and gaps are filled."""
    one = entry(**NAMED, summary="A long summary.")
    other = entry(link="http://www.eu.example/news/report", published=NAMED["published"], place="Vienna")
    [item] = rounds([other, one])
    assert (item.summary, item.place, item.guid) == ("A long summary.", "Vienna", NAMED["guid"])


def test_an_item_that_vanished_stays_and_says_when_it_was_last_seen():
    """Feeds show their latest ten; the rest is kept, dated by the last round in which it was there."""
    gone = next(
        i
        for i in rounds([entry(**NAMED)], [entry(**NAMED)], [entry("Next", link="https://eu.example/next")])
        if i.title != "Next"
    )
    assert (gone.first_seen, gone.last_seen) == ("2026-11-22", "2026-11-23")


def test_an_item_that_returns_is_the_same_and_present_again():
    """What vanished and came back keeps its first day and loses its last."""
    items = rounds([entry(**NAMED)], [entry("Next", link="https://eu.example/next")], [entry(**NAMED)])
    [back] = [i for i in items if i.title != "Next"]
    assert (back.first_seen, back.last_seen) == ("2026-11-22", None)


def test_a_round_on_another_day_with_the_same_entries_changes_nothing():
    """No date of an item moves while nothing happens to it."""
    once = merge((), fetched(entry(**NAMED), entry("Other")), DAY)
    assert merge(once, fetched(entry(**NAMED), entry("Other")), NEXT, {FEED: DAY.isoformat()}) == once


def test_a_source_that_failed_takes_nothing_away():
    """What another source brought is untouched by a round in which that source is absent."""
    before = merge((), [*fetched(entry(**NAMED)), *fetched(entry("B"), source="eurins/b")], DAY)
    after = merge(before, fetched(entry(**NAMED)), NEXT, {FEED: DAY.isoformat(), "eurins/b": DAY.isoformat()})
    assert after == before


def test_one_thing_from_two_sources_is_one_item_that_names_both():
    """The news feed and the feed of press releases bring the same release."""
    both = [*fetched(entry(**NAMED)), *fetched(entry(**NAMED, summary="More."), source="eurins/press")]
    [item] = merge((), both, DAY)
    assert item.sources == ("eurins/feed", "eurins/press")


def test_an_item_is_present_while_one_of_its_sources_has_it():
    """It vanishes when the last of them has lost it."""
    other = entry("Other", link="https://eu.example/other")
    both = merge((), [*fetched(entry(**NAMED)), *fetched(entry(**NAMED), source="eurins/press")], DAY)
    half = merge(both, [*fetched(other), *fetched(entry(**NAMED), source="eurins/press")], NEXT)
    none = merge(
        half,
        [*fetched(other), *fetched(other, source="eurins/press")],
        NEXT + timedelta(days=1),
        {"eurins/press": NEXT.isoformat()},
    )
    states = [next((i.sources, i.last_seen) for i in items if i.title != "Other") for items in (half, none)]
    assert states == [(("eurins/press",), None), (("eurins/press",), NEXT.isoformat())]


@pytest.mark.parametrize(
    ("published", "doubt"),
    [
        ("1970-01-01T00:00:00Z", "ancient"),
        ("0001-01-01T00:00:00Z", "ancient"),
        ("1990-01-01T00:00:00Z", None),
        ("2026-11-23T23:00:00Z", None),
        ("2026-11-24T00:00:00Z", "future"),
        ("9999-12-31T00:00:00Z", "future"),
        (None, None),
    ],
)
def test_dates_that_cannot_be_are_kept_and_marked(published, doubt):
    """The date stays as the feed gave it; a day of grace covers time zones."""
    [item] = merge((), fetched(entry(published=published)), DAY)
    assert (item.published, item.doubtful, doubtful(published, DAY)) == (published, doubt, doubt)


def test_a_doubtful_date_gives_way_to_a_better_one():
    """A clock that was set in the meantime mends the date."""
    [item] = rounds([entry(**NAMED | {"published": "1970-01-01T00:00:00Z"})], [entry(**NAMED)])
    assert (item.published, item.doubtful) == (NAMED["published"], None)


def test_a_feed_that_dates_everything_now_moves_nothing():
    """The first time of publication stays."""
    [item] = rounds([entry(**NAMED)], [entry(**NAMED | {"published": "2026-11-23T09:09:09Z"})])
    assert item.published == NAMED["published"]


def test_the_safer_address_is_kept():
    """https replaces http, and nothing replaces https."""
    plain, safe = NAMED | {"link": "http://eu.example/news/report/"}, NAMED
    assert [rounds([entry(**a)], [entry(**b)])[0].link for a, b in ((plain, safe), (safe, plain))] == [NAMED["link"]] * 2


def test_a_doubled_line_does_not_multiply():
    """When a person doubled a line of the file, a round adds no third."""
    [item] = rounds([entry(**NAMED)])
    doubled = (item, item.model_copy(update={"id": "eurins-0000000000"}))
    assert {i.id for i in merge(doubled, fetched(entry(**NAMED)), NEXT)} == {i.id for i in doubled}


@pytest.mark.parametrize(
    ("before", "now", "shrunk"), [(10, 7, False), (10, 6, True), (10, 0, True), (0, 0, False), (2, 1, True), (10, 20, False)]
)
def test_a_source_has_shrunk_when_more_than_the_share_is_gone(before, now, shrunk):
    """30 % may go, more is refused."""
    assert has_shrunk(before, now, 0.3) is shrunk


def test_thousands_of_entries_under_one_id_are_all_kept():
    """A broken generator costs no item, and a second round adds none."""
    many = [entry(f"Item {n}", guid="same", link="https://eu.example/same") for n in range(2_000)]
    once = merge((), fetched(*many), DAY)
    assert len(once) == len({i.id for i in once}) == 2_000
    assert merge(once, fetched(*many), NEXT) == once


# --- with anything

few = st.sampled_from
entries = st.builds(
    Entry,
    title=few(["A", "B", "a", "Statement"]),
    summary=few(["", "One.", "Two."]),
    link=few([None, "https://eu.example/", "https://eu.example/a", "http://eu.example/a/", "https://eu.example/b"]),
    guid=few(["", "1", "2", "https://eu.example/a"]),
    published=few([None, "1970-01-01T00:00:00Z", "2026-11-01T10:00:00Z", "2026-11-02T10:00:00Z", "2027-01-01T00:00:00Z"]),
    edited=st.booleans(),
    start=few([None, None, "2026-12-01", "2026-12-02"]),
)
batches = st.lists(st.builds(Fetched, few([FEED, "eurins/press"]), entries), max_size=8)
histories = st.lists(batches, min_size=1, max_size=4)


def after(history):
    """The items after rounds of anything."""
    items = ()
    for number, batch in enumerate(history):
        items = merge(items, batch, DAY + timedelta(days=number))
    return items


@given(histories, batches)
def test_merging_twice_is_merging_once(history, batch):
    """Idempotent, on whatever history, on the same day and on a later one."""
    once = merge(after(history), batch, NEXT)
    assert merge(once, batch, NEXT) == once
    assert merge(once, batch, NEXT + timedelta(days=9)) == once


@given(histories, batches, st.randoms(use_true_random=False))
def test_merging_never_depends_on_order(history, batch, chance):
    """Neither on that of the items nor on that of the entries."""
    items = after(history)
    shuffled, mixed = list(items), list(batch)
    chance.shuffle(shuffled)
    chance.shuffle(mixed)
    assert merge(shuffled, mixed, NEXT) == merge(items, batch, NEXT)


@given(histories, batches)
def test_merging_loses_no_item_and_moves_no_first_day(history, batch):
    """Every id that was there is there, with its first day; every title that was fetched is there."""
    items = after(history)
    merged = {item.id: item for item in merge(items, batch, NEXT)}
    assert {item.id: item.first_seen for item in items} == {item.id: merged[item.id].first_seen for item in items}
    assert {one.entry.title.casefold() for one in batch} <= {item.title.casefold() for item in merged.values()}


@given(histories)
def test_what_merging_makes_is_a_valid_item(history):
    """Every item passes the model's own checks, and ids are used once."""
    items = after(history)
    assert [Item.model_validate_json(item.model_dump_json()) for item in items] == list(items)
    assert len({item.id for item in items}) == len(items)


@given(histories)
def test_the_order_is_newest_first_then_by_id(history):
    """The same items give the same lines."""
    items = after(history)
    assert list(items) == sorted(sorted(items, key=lambda i: i.id), key=lambda i: i.first_seen, reverse=True)
