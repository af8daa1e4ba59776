"""What is due and when: the days of agreements, their obligations, reports, opportunities and events, seen from one day."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kb.history.snapshot import Plain
from kb.records.values import Deadline
from kb.words.language import Words
from kb.words.moments import moment

What = Literal["renew-by", "valid-until", "obligation", "next-due"]
FIELDS: Mapping[What, str] = {"valid-until": "valid_until", "renew-by": "renew_by", "next-due": "next_due"}


@dataclass(frozen=True, slots=True)
class Due:
    """Something of an agreement or a report that falls due."""

    kind: str
    id: str
    record: Plain
    what: What
    on: str
    """The day, or the month or year when no more is known."""
    days: int
    """Days until the last day on which it can be done; negative when that is past."""
    owner: str
    """The unit responsible; empty when nobody is."""
    duty: Plain | None = None
    """The words of an obligation."""


def last_day(partial: str) -> date:
    """The last day that a partial date can mean: 31 December of a year, the 30th of a month."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def first_day(partial: str) -> date:
    """The first day that a partial date can mean."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    return date(year, month or 1, day or 1)


def dues(kind: str, name: str, plain: Plain, today: date) -> Iterator[Due]:
    """All that is due under an agreement or a report and not done; what is late is still due.

    An agreement that has expired needs no decision on its renewal any more.
    """
    owner = plain.get("owner", "")
    for what, field in FIELDS.items():
        on = plain.get(field)
        if on and not (what == "renew-by" and expired(plain, today)):
            yield Due(kind, name, plain, what, on, _days(on, today), owner)
    for duty in plain.get("obligations", ()):
        if duty.get("due") and duty["state"] != "done":
            yield Due(kind, name, plain, "obligation", duty["due"], _days(duty["due"], today), duty["owner"], duty["what"])


def told(due: Due, words: Words) -> list[str]:
    """When something falls due: its day and the days left or over; of an agreement that expired the day alone."""
    date = words.date(due.on)
    if due.what == "valid-until" and due.days < 0:
        return [words("due.expired", date=date)]
    return [words(f"due.{due.what}", date=date), days_left(due.days, words)]


def days_left(left: int, words: Words) -> str:
    """Days left or over, in words."""
    if left < 0:
        return words("due.late", n=-left)
    return words("due.days_left", n=left) if left else words("due.today")


def _days(on: str, today: date) -> int:
    return (last_day(on) - today).days


EXPIRED_BY = {"state", "valid_until"}
"""The fields of an agreement that `expired` asks for."""


def expired(plain: Plain, today: date) -> bool:
    """Whether an agreement's last day is past, or it says that it has expired."""
    until = plain.get("valid_until")
    return plain.get("state") == "expired" or bool(until and last_day(until) < today)


def in_tbilisi(deadline: Deadline) -> datetime:
    """The moment of a record's deadline, as Tbilisi has it."""
    return moment(deadline.date, deadline.time, deadline.zone)


def deadline_day(deadline: Plain) -> date:
    """The day in Tbilisi on which a deadline falls."""
    return moment(deadline["date"], deadline["time"], deadline["zone"]).date()


OPEN_BY = {"deadline", "period", "availability"}
"""The fields of an opportunity that `openness` asks for."""
Openness = Literal["open", "to-confirm", "closed"]


def openness(opportunity: Plain, today: date) -> Openness:
    """Whether somebody may still take part: not where it has ended; else by the deadline, the end of its period, its words."""
    end, said = opportunity.get("period", {}).get("end"), opportunity["availability"]
    if said == "ended":
        return "closed"
    if "deadline" in opportunity:
        return "open" if deadline_day(opportunity["deadline"]) >= today else "closed"
    if end and last_day(end) < today:
        return "closed"
    return "to-confirm" if said == "to-confirm" else "open"


def is_open(opportunity: Plain, today: date) -> bool:
    """Whether an opportunity is surely open: one that is to be confirmed is not."""
    return openness(opportunity, today) == "open"


COMING_BY = {"start", "end", "state"}
"""The fields of an event that `is_coming` asks for."""


def is_coming(event: Plain, today: date) -> bool:
    """Whether an event is still ahead or on: it could end today or later, and it was not called off."""
    last: str = event.get("end") or event.get("start") or ""
    return bool(last) and last_day(last) >= today and event.get("state") != "cancelled"


def took_place(event: Plain, first: date, last: date) -> bool:
    """Whether an event began between two days, both included; one known to the year only is not said to."""
    start = event.get("start") or event.get("end")
    if not start or len(start) == len("2026") or event.get("state"):
        return False
    return first <= first_day(start) and last_day(start) <= last
