"""The small checked values that records are made of: slugs, addresses, partial dates, texts in two languages."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
PORT = "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
ADDRESS = re.compile(rf"https?://(?P<host>[\w-]+(?:\.[\w-]+)*\.?)(?::(?:{PORT}))?(?:[/?#][^\s\"<>\\]*)?\Z")
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
LABEL = r"(?!-)[^\W_](?:[^\W_]|-){0,62}(?<!-)"  # of a domain; below it names of hosts may have an underscore
DOMAIN = re.compile(rf"(?:(?!-)[\w-]{{1,63}}(?<!-)\.)*{LABEL}\.{LABEL}\Z")
MAILBOX = r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
EMAIL = re.compile(
    rf"{MAILBOX}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])\Z"
)
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})\Z")
# Set only while `kb fetch --allow-loopback` runs: the tests' server is on this machine.
LOOPBACK: ContextVar[bool] = ContextVar("LOOPBACK", default=False)
LOCAL_ENDINGS = frozenset(["localhost", "localdomain", "local", "internal", "lan", "arpa", "test", "invalid"])
EARLIEST, LATEST = 1800, 2100  # beyond these a date is a slip, or somebody's 9999 for an end that is not known
# Without these a name such as `localtime` or `posixrules` is one that only this machine has.
ZONE = re.compile(
    "(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/|(?:UTC|GMT|CET|EET|MET|WET)\\Z"
)
# ISO 3166-1, and XK, which all who list countries have for Kosovo.
COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 - two hundred rows of one word are no easier to read
)
# ISO 639-1.
LANGUAGE_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
    nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - two hundred rows of one word are no easier to read
)
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


def web_address(value: str) -> str:
    """A public address that a person wrote, who can write a stray per cent sign as %25."""
    if "%" in value and STRAY_PERCENT.search(value):
        raise problem("url_percent")
    return public_address(value)


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
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host)  # so does a browser, for which ①②⑦.⓪.⓪.① is this machine
    if host == "localhost":
        return LOOPBACK.get()
    ending = host.rpartition(".")[-1]
    if NUMBER.match(ending):
        try:
            found = ipaddress.IPv4Address(host)
        except ValueError:
            return False
        return found.is_global or (found.is_loopback and LOOPBACK.get())
    return ending not in LOCAL_ENDINGS and len(host) <= 253 and DOMAIN.match(host) is not None


def known_zone(value: str) -> str:
    """A zone of the IANA time zone database, such as Asia/Tbilisi."""
    if not ZONE.match(value):
        raise problem("zone")
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


def one_line(value: str) -> str:
    """A text of one line, as headings, the rows of a list and the header of a mail need it."""
    text = filled(value)
    if len(text.splitlines()) > 1:
        raise problem("one_line")
    return text


def source_reference(value: str) -> str:
    """An address, or the id of a document listed in `_office/office.yml`."""
    if SLUG.match(value):
        return value
    if "://" not in value and (" " in value or not (":" in value or "." in value)):
        raise problem("unknown_source")
    return web_address(value)


def listed(words: frozenset[str], code: str) -> Callable[[str], str]:
    """A validator that lets a text pass when it is one of `words`."""

    def check(value: str) -> str:
        if value not in words:
            raise problem(code)
        return value

    return check


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
OneLine = Annotated[str, AfterValidator(one_line)]
Url = Annotated[str, AfterValidator(web_address), told("string", "^https?://")]
Email = Annotated[str, AfterValidator(checked(EMAIL, "email")), told("string", "^[^@ ]+@[^@ ]+$")]
PartialDate = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(real_date), told(["string", "integer"], _DATE)]
FullDate = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(full_date), told("string", _FULL_DATE)]
MonthDay = Annotated[str, BeforeValidator(digits_as_text), AfterValidator(real_month_day), told("string", "^[0-9]{2}-[0-9]{2}$")]
Clock = Annotated[
    str, BeforeValidator(digits_as_text), AfterValidator(checked(CLOCK, "clock")), told("string", "^[0-9]{2}:[0-9]{2}$")
]
Zone = Annotated[str, AfterValidator(known_zone)]
Country = Annotated[str, AfterValidator(listed(COUNTRIES, "country")), told("string", "^[A-Z]{2}$")]
LanguageCode = Annotated[str, AfterValidator(listed(LANGUAGE_CODES, "language")), told("string", "^[a-z]{2}$")]
SourceRef = Annotated[str, AfterValidator(source_reference), Refers("source")]
# What these name is looked up among the records, which tells more of a wrong name than how a name is written.
ThemeRef = Annotated[str, told("string", _SLUG), Refers("theme")]
UnitRef = Annotated[str, told("string", _SLUG), Refers("unit")]
NetworkRef = Annotated[str, told("string", _SLUG), Refers("network")]
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


def must_run_forward(start: str | None, end: str | None) -> None:
    """Refuse an end before its start, compared as far as both are exact."""
    if start and end and end[: len(start)] < start[: len(end)]:
        raise problem("end_before_start", start=start)
