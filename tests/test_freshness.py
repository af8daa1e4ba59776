"""When a record is to be confirmed again, and how late that is."""

from datetime import date

import pytest

from kb.records.model import Review
from kb.upkeep.freshness import MONTHS, freshness, months_later

MONTHS_LATER = [
    ("2026-11-22", 3, "2027-02-22"),
    ("2026-11-22", 6, "2027-05-22"),
    ("2026-11-22", 12, "2027-11-22"),
    ("2026-12-31", 1, "2027-01-31"),
    ("2026-12-01", 1, "2027-01-01"),
    ("2026-08-31", 6, "2027-02-28"),
    ("2023-08-31", 6, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2026-10-31", 1, "2026-11-30"),
    ("2026-11-30", 3, "2027-02-28"),
    ("2026-11-22", 0, "2026-11-22"),
]
STATES = [
    ("2026-11-22", "confirmed", 0),
    ("2026-09-23", "confirmed", 0),
    ("2026-09-20", "due", 0),
    ("2026-08-22", "due", 0),
    ("2026-08-21", "overdue", 0),
    ("2026-08-16", "overdue", 0),
    ("2026-08-15", "overdue", 1),
    ("2026-08-08", "overdue", 2),
    ("2025-08-22", "overdue", 52),
]


@pytest.mark.parametrize(("start", "months", "end"), MONTHS_LATER)
def test_some_months_later_is_the_same_day_or_the_last_of_the_month(start, months, end):
    """A check falls on the same day of a later month, or on its last day."""
    assert months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


@pytest.mark.parametrize(("confirmed", "state", "weeks"), STATES)
def test_a_confirmed_record_grows_old(dated, today, confirmed, state, weeks):
    """What is checked each quarter is confirmed, then due, then overdue by full weeks."""
    found = freshness(dated(confirmed), today)
    assert (found.state, found.weeks_late) == (state, weeks)


@pytest.mark.parametrize(("every", "due"), [("quarter", "2027-01-02"), ("half-year", "2027-04-02"), ("year", "2027-10-02")])
def test_the_next_check_follows_the_rhythm(dated, today, every, due):
    """The next check is a quarter, half a year or a year after the last."""
    assert freshness(dated("2026-10-02", every=every), today).due == date.fromisoformat(due)


def test_every_rhythm_has_its_months():
    """Each rhythm that a record may have is known to the calendar."""
    assert set(MONTHS) == set(Review.model_fields["every"].annotation.__args__)


def test_a_record_that_nobody_confirmed_is_unconfirmed(dated, today):
    """Facts that were put together but not confirmed by a person are not called confirmed."""
    assert freshness(dated(collected="2026-11-22"), today).state == "unconfirmed"


def test_an_unconfirmed_record_falls_due_too(dated, today):
    """The check of what nobody confirmed is reckoned from the day on which it was put together."""
    found = freshness(dated(collected="2026-08-08"), today)
    assert (found.state, found.due, found.weeks_late) == ("overdue", date(2026, 11, 8), 2)


def test_collecting_again_does_not_confirm(dated, today):
    """A later day of collection does not move the check: only a person's confirmation does."""
    assert freshness(dated("2026-08-08", "2026-11-22"), today).state == "overdue"


def test_a_record_without_a_date_is_never_due(dated, today):
    """Where no day is known there is no day of the next check."""
    found = freshness(dated(), today)
    assert (found.state, found.due, found.weeks_late) == ("unconfirmed", None, 0)


def test_both_dates_are_kept_apart(dated, today):
    """The day of a person's confirmation and the day of collection are two dates."""
    found = freshness(dated("2026-10-02", "2026-10-01"), today)
    assert (found.confirmed_on, found.collected_on, found.confirmed_by) == (date(2026, 10, 2), date(2026, 10, 1), "nvd")
