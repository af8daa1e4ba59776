"""How fresh a record is: when a person confirmed it, when it is to be checked again, how late that is."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from kb.records.model import Record

MONTHS = {"quarter": 3, "half-year": 6, "year": 12}
SOON = 30  # days before a check falls due at which it is worth a word

State = Literal["confirmed", "due", "overdue", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """The two dates of a record and the next check."""

    state: State
    confirmed_on: date | None
    confirmed_by: str | None
    collected_on: date | None
    due: date | None
    """The day of the next check; none when the record carries no date at all."""
    weeks_late: int
    """Full weeks since the check fell due; 0 when it has not."""


def freshness(record: Record, today: date) -> Freshness:
    """Where a record stands on a day: overdue when its check is past, due within 30 days, else confirmed or not yet."""
    review = record.review
    return _standing(review.confirmed_on, review.confirmed_by, record.collected_on, review.every, today)


@lru_cache(maxsize=4096)  # thousands of records were put together on the same few days
def _standing(confirmed_on: str | None, confirmed_by: str | None, collected_on: str | None, every: str, today: date) -> Freshness:
    confirmed, collected = _day(confirmed_on), _day(collected_on)
    base = confirmed or collected
    due = months_later(base, MONTHS[every]) if base else None
    late = (today - due).days if due else 0
    state: State
    if late > 0:
        state = "overdue"
    elif due and late >= -SOON:
        state = "due"
    else:
        state = "confirmed" if confirmed else "unconfirmed"
    return Freshness(state, confirmed, confirmed_by, collected, due, max(0, late // 7))


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month: 31 August and six months is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
