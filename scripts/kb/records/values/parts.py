"""What records are put together from: texts in two languages, statements with their sources, deadlines and periods."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from kb.records.values.codes import Zone
from kb.records.values.dates import Clock, FullDate, PartialDate, must_run_forward
from kb.records.values.marks import problem
from kb.records.values.words import OneLine, SourceRef, Words


class Closed(BaseModel):
    """What every part of a record has: it never changes, and refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class Text(Closed):
    """ტექსტი მკითხველისთვის ქართულად და ინგლისურად; ერთი შეიძლება აკლდეს, და ეს საიტზე ჩანს.
    A text for readers in Georgian and English; one may be missing, which the site shows."""

    ka: Words | None = None
    """ტექსტი ქართულად.
    The text in Georgian."""
    en: Words | None = None
    """ტექსტი ინგლისურად.
    The text in English."""

    @model_validator(mode="after")
    def has_a_language(self) -> Any:
        """At least one of the two languages is there."""
        if self.ka is None and self.en is None:
            raise problem("text_empty")
        return self


class Name(Text):
    """სახელი ან სათაური ქართულად და ინგლისურად, თითოეული ერთ სტრიქონად.
    A name or a title in Georgian and English, each on one line."""

    ka: OneLine | None = None
    """სახელი ქართულად.
    The name in Georgian."""
    en: OneLine | None = None
    """სახელი ინგლისურად.
    The name in English."""


class Statement(Text):
    """წინადადება თავისი წყაროებით.
    A sentence with its sources."""

    sources: tuple[SourceRef, ...] = ()
    """წყაროების მისამართები.
    Addresses of the sources that say so."""
    as_of: PartialDate | None = None
    """თარიღი, რომლის მდგომარეობითაც ცნობა სწორია.
    The date for which this is known to be true."""
    note: Text | None = None
    """შენიშვნა: რა არის საეჭვო ან რა უნდა იცოდეს მკითხველმა.
    What is doubtful, or what a reader must know before relying on it."""


class Deadline(Closed):
    """ბოლო ვადა საათობრივი სარტყლით.
    A deadline with its time zone; the site shows it in Tbilisi time."""

    date: FullDate
    """ბოლო დღე.
    The last day."""
    time: Clock = "23:59"
    """საათი; თუ არ არის მითითებული, დღის ბოლო.
    The hour; the end of the day when none is given."""
    zone: Zone
    """საათობრივი სარტყელი, მაგალითად Europe/Brussels.
    The time zone, for example Europe/Brussels."""


class Period(Closed):
    """დროის მონაკვეთი.
    A stretch of time; either end may be unknown."""

    start: PartialDate | None = None
    """დასაწყისი.
    Its beginning."""
    end: PartialDate | None = None
    """დასასრული.
    Its end."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """The end is not before the start."""
        must_run_forward(self.start, self.end)
        return self
