"""Days, months, years and hours as records write them, each in the calendar."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from kb.records.values.marks import checked, problem, told

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})\Z")
EARLIEST, LATEST = 1800, 2100  # beyond these a date is a slip, or somebody's 9999 for an end that is not known


def digits_as_text(value: object) -> object:
    """YAML reads a bare `2024` as a number; as a date it is the year, and `1700` is a wrong way to write an hour."""
    return str(value) if type(value) is int else value


def real_date(value: str) -> str:
    """A date of a year, a month or a day that the calendar has."""
    found = PARTIAL_DATE.match(value)
    if not found:
        raise problem("date_form")
    year, month, day = found.groups()
    if not EARLIEST <= int(year) <= LATEST:
        raise problem("date_years", least=EARLIEST, most=LATEST)
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise problem("date_impossible") from None
    return value


def full_date(value: str) -> str:
    """A date to the day."""
    if len(real_date(value)) != len("2026-10-08"):
        raise problem("date_full")
    return value


def real_month_day(value: str) -> str:
    """A day of any year, written 12-10."""
    if not MONTH_DAY.match(value):
        raise problem("month_day")
    real_date(f"2024-{value}")
    return value


_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_FULL_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PartialDate = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(real_date), told(["string", "integer"], _DATE)]
FullDate = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(full_date), told("string", _FULL_DATE)]
MonthDay = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(real_month_day), told("string", "^[0-9]{2}-[0-9]{2}$")]
Clock = Annotated[
    str, BeforeValidator(digits_as_text), AfterValidator(checked(CLOCK, "clock")), told("string", "^[0-9]{2}:[0-9]{2}$")
]


def must_run_forward(start: str | None, end: str | None) -> None:
    """Refuse an end before its start, compared as far as both are exact."""
    if start and end and end[: len(start)] < start[: len(end)]:
        raise problem("end_before_start", start=start)
