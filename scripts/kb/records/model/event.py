"""An event, a visit or a decision."""

from typing import Any, Literal

from pydantic import model_validator

from kb.records.model.record import Basis, Record
from kb.records.values import (
    Country,
    Deadline,
    Name,
    NetworkRef,
    OneLine,
    PartialDate,
    SourceRef,
    Statement,
    Text,
    ThemeRef,
    UnitRef,
    Url,
    must_run_forward,
)

EventKind = Literal[
    "accreditation", "board-meeting", "conference", "delegation", "election", "general-assembly", "mission",
    "official-visit", "presentation", "reporting", "seminar", "study-visit", "training", "webinar",
    "working-group", "working-meeting", "working-visit",
]  # fmt: skip
Direction = Literal["outgoing", "incoming", "hosted", "election", "submission"]


class Event(Record):
    """ღონისძიება, ვიზიტი ან გადაწყვეტილება.
    An event, a visit or a decision."""

    title: Name
    """სათაური.
    The title."""
    title_basis: Basis | None = None
    """საიდან არის ქართული სათაური.
    Where the Georgian title comes from."""
    kind: EventKind
    """სახე.
    What kind of event it is."""
    direction: Direction | None = None
    """მიმართულება.
    Whether we went, received or hosted."""
    start: PartialDate | None = None
    """დასაწყისი.
    The first day, or the month or year when no more is known."""
    end: PartialDate | None = None
    """დასასრული.
    The last day."""
    place: Text | None = None
    """ადგილი.
    The place."""
    country: Country | None = None
    """ქვეყანა, ISO 3166-1 კოდით.
    The country, as an ISO 3166-1 code."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები.
    The networks concerned."""
    partners: tuple[OneLine, ...] = ()
    """სხვა ორგანიზაციები.
    Other organisations."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    units: tuple[UnitRef, ...] = ()
    """ერთეულები, რომლებმაც მონაწილეობა მიიღეს.
    The units of the Office that took part."""
    outcome: Statement | None = None
    """რა მოჰყვა.
    What followed."""
    registration: Deadline | None = None
    """რეგისტრაციის ბოლო ვადა.
    The deadline for registration."""
    state: Literal["cancelled", "postponed"] | None = None
    """თუ გაუქმდა ან გადაიდო.
    Whether it was cancelled or postponed."""
    url: Url | None = None
    """ღონისძიების გვერდი.
    The event's page."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """The end is not before the start."""
        must_run_forward(self.start, self.end)
        return self
