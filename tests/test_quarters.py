"""Quarters have names, ends and neighbours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.words.quarters import Quarter, of, parse

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_day_lies_between_the_ends_of_its_quarter(day):
    """The quarter of a day begins no later and ends no earlier."""
    found = of(day)
    assert found.first <= day <= found.last


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(day):
    """The day after the last is the first of the next, and the way back is the same."""
    found = of(day)
    assert found.last + timedelta(days=1) == found.following.first
    assert found.following.previous == found
    assert found.previous < found < found.following


@given(DAYS)
def test_a_name_means_its_quarter(day):
    """A quarter's name leads back to it."""
    assert parse(str(of(day))) == of(day)


def test_the_name_is_year_and_number():
    """2026-Q4 is October to December 2026."""
    assert (parse("2026-Q4").first, parse("2026-Q4").last) == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize("name", ["2026-Q5", "2026-Q0", "2026Q4", "2026-q4", " 2026-Q4", "2026-Q4\n", "0026-Q4", "", "Q4"])
def test_another_name_is_refused(name):
    """Nothing but a year and a quarter of it is a quarter."""
    with pytest.raises(ValueError, match="is not a quarter"):
        parse(name)


def test_quarters_sort_by_time():
    """The last quarter of a year comes before the first of the next."""
    assert Quarter(2026, 1) < Quarter(2026, 4) < Quarter(2027, 1)
