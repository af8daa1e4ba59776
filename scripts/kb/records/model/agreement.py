"""A memorandum or agreement of the Office, with its duties."""

from typing import Any, Literal

from pydantic import model_validator

from kb.records.model.record import Basis, Confidence, Record
from kb.records.values import (
    Closed,
    Country,
    FullDate,
    Name,
    OneLine,
    PartialDate,
    Period,
    SourceRef,
    Statement,
    Text,
    ThemeRef,
    UnitRef,
    Words,
    must_run_forward,
)

AgreementKind = Literal["bilateral-memorandum", "donor-agreement", "project-cooperation", "domestic"]


class Counterpart(Closed):
    """მეორე მხარე.
    The other side of an agreement."""

    name: Name
    """სახელი.
    Its name."""
    country: Country | None = None
    """ქვეყანა, ISO 3166-1 კოდით.
    The country, as an ISO 3166-1 code."""


class Obligation(Closed):
    """ვალდებულება, რომელსაც პასუხისმგებელი და ვადა აქვს.
    A duty with an owner and a due date."""

    what: Text
    """რა უნდა გაკეთდეს.
    What is to be done."""
    owner: UnitRef
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    due: PartialDate | None = None
    """ვადა.
    When it is due."""
    state: Literal["planned", "in-progress", "done", "postponed"] = "planned"
    """მდგომარეობა.
    How far it is."""


class Agreement(Record):
    """მემორანდუმი ან შეთანხმება.
    A memorandum or agreement."""

    title: Name
    """სათაური.
    The title."""
    title_basis: Basis | None = None
    """საიდან არის ქართული სათაური.
    Where the Georgian title comes from."""
    counterpart: Counterpart
    """მეორე მხარე.
    The other side."""
    kind: AgreementKind
    """სახე.
    What kind of agreement it is."""
    signed: PartialDate | None = None
    """ხელმოწერის დღე.
    When it was signed."""
    place: Text | None = None
    """ადგილი.
    Where it was signed."""
    signatories: tuple[OneLine, ...] = ()
    """ხელმომწერი თანამდებობის პირები.
    The office-holders who signed."""
    since: PartialDate | None = None
    """როდიდან მოქმედებს, თუ ხელმოწერის დღე უცნობია.
    Since when it runs, where the signature is not known."""
    period: Period | None = None
    """მოქმედების პერიოდი.
    The period it covers."""
    valid_until: PartialDate | None = None
    """მოქმედების ბოლო დღე.
    The last day on which it is in force."""
    renew_by: FullDate | None = None
    """დღე, რომლამდეც განახლება უნდა გადაწყდეს.
    The day by which renewal must be decided."""
    state: Literal["active", "expired", "suspended", "negotiation", "to-confirm"]
    """მდგომარეობა.
    Whether it is in force."""
    state_note: Text | None = None
    """რა არის ცნობილი მდგომარეობაზე.
    What is known of its state."""
    subject: Text
    """საგანი.
    What it is about."""
    obligations: tuple[Obligation, ...] = ()
    """ვალდებულებები.
    Duties under it."""
    follow_up: tuple[Statement, ...] = ()
    """რა მოჰყვა.
    What followed."""
    owner: UnitRef | None = None
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    budget: Words | None = None
    """ბიუჯეტი.
    Its budget."""
    confidence: Confidence | None = None
    """რამდენად სანდოა ცნობა.
    How sure this is."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """It does not end before it was signed."""
        must_run_forward(self.signed or self.since, self.valid_until)
        return self
