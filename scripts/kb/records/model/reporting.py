"""What the Office submits to a body, so far and next."""

from typing import Annotated, Literal

from pydantic import Field

from kb.records.model.record import Record
from kb.records.values import Closed, Name, NetworkRef, OneLine, PartialDate, SourceRef, Statement, Text, ThemeRef, UnitRef


class Submission(Closed):
    """წარდგენილი დოკუმენტი.
    A document that was submitted."""

    what: Text
    """რა წარედგინა.
    What was submitted."""
    date: PartialDate | None = None
    """როდის.
    When."""
    cycle: Annotated[int, Field(ge=1)] | None = None
    """მერამდენე ციკლი.
    The cycle."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Reporting(Record):
    """ანგარიშგება: რას წარუდგენს აპარატი ორგანოს.
    What the Office submits to a body."""

    name: Name
    """ორგანო ან პროცედურა.
    The body or procedure."""
    abbreviation: OneLine | None = None
    """აბრევიატურა.
    The abbreviation."""
    body: Name | None = None
    """ორგანო, თუ პროცედურის სახელი სხვაა.
    The body, where the procedure has another name."""
    capacity: Literal["nhri", "npm", "crpd", "equality"]
    """სტატუსი, რომლითაც წარედგინება.
    The capacity in which we submit."""
    document: Text | None = None
    """რა დოკუმენტია.
    What document it is."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები.
    The networks or bodies of this base concerned."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    frequency: Text | None = None
    """სიხშირე.
    How often."""
    cycle_years: Annotated[int, Field(ge=1, le=100)] | None = None
    """ციკლი, წლებში.
    Years from one to the next."""
    submissions: tuple[Submission, ...] = ()
    """რა წარედგინა აქამდე.
    What was submitted so far."""
    state_reviews: tuple[Submission, ...] = ()
    """სახელმწიფოს განხილვები.
    Reviews of the State."""
    context: tuple[Statement, ...] = ()
    """კონტექსტი.
    What else is known."""
    next_due: PartialDate | None = None
    """შემდეგი წარდგენა.
    When the next is due."""
    next_note: Text | None = None
    """რა არის ცნობილი შემდეგ წარდგენაზე.
    What is known of the next one."""
    owner: UnitRef | None = None
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    international: bool = True
    """false, თუ ანგარიში ეროვნულია.
    false for a national report."""
    unknown: Text | None = None
    """რა ვერ მოიძებნა.
    What was not found."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""
