"""Quarters of a year: their names such as 2026-Q4, their first and last days, and the ones before and after."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAME = re.compile(r"(?P<year>[1-9][0-9]{3})-Q(?P<number>[1-4])\Z")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter; quarters sort by time."""

    year: int
    number: int
    """1 to 4."""

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def following(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)


def of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse(name: str) -> Quarter:
    """The quarter of a name such as 2026-Q4; raises ValueError for anything else."""
    found = NAME.match(name)
    if not found:
        raise ValueError(f"{name!r} is not a quarter such as 2026-Q4")
    return Quarter(int(found["year"]), int(found["number"]))
