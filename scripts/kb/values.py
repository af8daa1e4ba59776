"""The small checked values that records are made of: slugs, addresses, partial dates, texts in two languages."""

import ipaddress
import re
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
ADDRESS = re.compile(r"https?://(?P<host>[\w-]+(?:\.[\w-]+)*\.?)(?::[0-9]{1,5})?(?:[/?#][^\s\"<>\\]*)?\Z")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})\Z")
# Set only while `kb fetch --allow-loopback` runs: the tests' server is on this machine.
LOOPBACK: ContextVar[bool] = ContextVar("LOOPBACK", default=False)
LOCAL_ENDINGS = frozenset(["localhost", "localdomain", "local", "internal", "lan"])
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")  # a browser reads a host that ends in a number as an IP address


def problem(code: str, **context: str | int) -> PydanticCustomError:
    """An error whose words stand in `problems.yml` under `code`."""
    # pydantic wants literal strings to discourage templates built at run time; ours are looked up by code.
    return PydanticCustomError(code, code, context)


def checked(pattern: re.Pattern[str], code: str) -> Callable[[str], str]:
    """A validator that lets a text pass when the whole of it matches `pattern`."""

    def check(value: str) -> str:
        if not pattern.match(value):
            raise problem(code)
        return value

    return check


def year_as_text(value: object) -> object:
    """YAML reads a bare `2024` as a number; as a date it is the year."""
    return str(value) if type(value) is int and 1000 <= value <= 9999 else value


def real_date(value: str) -> str:
    """A date of a year, a month or a day that the calendar has."""
    found = PARTIAL_DATE.match(value)
    if not found:
        raise problem("date_form")
    year, month, day = found.groups()
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


def public_address(value: str) -> str:
    """An http(s) address of a public host."""
    found = ADDRESS.match(value)
    if not found:
        raise problem("url")
    if not is_public(found["host"].lower().removesuffix(".")):
        raise problem("url_host")
    return value


def is_public(host: str) -> bool:
    """Whether the world can reach a host by its name: a domain that is not local, or a global IP address."""
    if host == "localhost":
        return LOOPBACK.get()
    ending = host.rpartition(".")[-1]
    if NUMBER.match(ending):
        try:
            found = ipaddress.IPv4Address(host)
        except ValueError:
            return False
        return found.is_global or (found.is_loopback and LOOPBACK.get())
    return "." in host and ending not in LOCAL_ENDINGS


def known_zone(value: str) -> str:
    """A zone of the IANA time zone database, such as Asia/Tbilisi."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise problem("zone") from None
    return value


def real_month_day(value: str) -> str:
    """A day of any year, written 12-10."""
    if not MONTH_DAY.match(value):
        raise problem("month_day")
    real_date(f"2024-{value}")
    return value


def filled(value: str) -> str:
    """A text with something in it and no space around it."""
    text = value.strip()
    if not text:
        raise problem("empty")
    return text


def source_reference(value: str) -> str:
    """An address, or the id of a document listed in `_office/office.yml`."""
    return public_address(value) if ":" in value or "." in value else checked(SLUG, "slug")(value)


class Refers:
    """Marks a field whose text names another record; `records.load` looks it up."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def told(kind: str | list[str], pattern: str = "", **more: object) -> WithJsonSchema:
    """What a JSON Schema says of a value, so that an editor can tell a wrong one before the check does."""
    return WithJsonSchema({"type": kind, **({"pattern": pattern} if pattern else {}), **more})


_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_FULL_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Slug = Annotated[str, AfterValidator(checked(SLUG, "slug")), told("string", _SLUG)]
Words = Annotated[str, AfterValidator(filled)]
Url = Annotated[str, AfterValidator(public_address), told("string", "^https?://")]
Email = Annotated[str, AfterValidator(checked(EMAIL, "email")), told("string", "^[^@ ]+@[^@ ]+$")]
PartialDate = Annotated[str, BeforeValidator(year_as_text), AfterValidator(real_date), told(["string", "integer"], _DATE)]
FullDate = Annotated[str, BeforeValidator(year_as_text), AfterValidator(full_date), told("string", _FULL_DATE)]
MonthDay = Annotated[str, AfterValidator(real_month_day), told("string", "^[0-9]{2}-[0-9]{2}$")]
Clock = Annotated[str, AfterValidator(checked(CLOCK, "clock")), told("string", "^[0-9]{2}:[0-9]{2}$")]
Zone = Annotated[str, AfterValidator(known_zone)]
Country = Annotated[str, AfterValidator(checked(re.compile(r"[A-Z]{2}\Z"), "country")), told("string", "^[A-Z]{2}$")]
SourceRef = Annotated[str, AfterValidator(source_reference), Refers("source")]
ThemeRef = Annotated[Slug, Refers("theme")]
UnitRef = Annotated[Slug, Refers("unit")]
NetworkRef = Annotated[Slug, Refers("network")]
ResourceRef = Annotated[str, Refers("resource")]

Language = Literal["ka", "en"]


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


def must_run_forward(start: str | None, end: str | None) -> None:
    """Refuse an end before its start, compared as far as both are exact."""
    if start and end and end[: len(start)] < start[: len(end)]:
        raise problem("end_before_start", start=start)
