"""What an editor may have meant by a word that a record cannot have; asked for only where there is a problem."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel

from kb.records.checking.problem import REALLY_NEAR, nearest
from kb.records.fields import rows
from kb.records.values import ADDRESS, COUNTRIES, LANGUAGE_CODES, ZONE
from kb.words.tables import own_yaml

# Cyrillic and Greek letters that look like Latin ones, in the names of fields.
LOOK_ALIKE = str.maketrans("асеіјкмнорѕтухгвиαεικνορτυχ", "aceijkmhopstyxrbuaeiknoptux")
YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-./ ]?(?P<m>\d{1,2})[-./ ]?(?P<d>\d{1,2})\Z", re.ASCII)
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[-./ ](?P<m>\d{1,2})[-./ ](?P<y>\d{4})\Z", re.ASCII)
HOUR = re.compile(r"(?P<h>\d{1,2})(?:[:. ]?(?P<m>\d{2}))?(?::00)?(?: ?(?P<half>[ap])\.?m\.?)?\Z", re.ASCII | re.IGNORECASE)
NEAR_CITY = 0.8


@cache
def table() -> dict[str, dict[str, Any]]:
    """What people write for what, from `meant.yml`."""
    return own_yaml(__package__, "meant.yml")


def guess_field(name: str, model: type[BaseModel] | None) -> str:
    """The field of a model that may be meant by another name: a usual word for it, its label, or one that is really near."""
    fields = list(model.model_fields) if model else []
    word = re.sub(r"[\s_-]+", "_", name.strip().lower().translate(LOOK_ALIKE))
    if found := _first(table()["fields"].get(word, ()), fields):
        return found
    return _labelled(name, model, fields) or nearest(word, fields, REALLY_NEAR)


def _labelled(name: str, model: type[BaseModel] | None, fields: Iterable[str]) -> str:
    """The field whose name in sentences, Georgian or English, somebody wrote."""
    word = name.strip().replace("_", " ").casefold()
    for known in rows(model) if model else ():
        for one in fields:
            if word in (known.get(one, {}).get("ka"), known.get(one, {}).get("en")):
                return one
    return ""


def guess_choice(word: str, choices: Sequence[str]) -> str:
    """The choice that may be meant: a usual word for it, what the site calls it, or one that is near."""
    wanted = word.strip().casefold()
    same = next((one for one in choices if one.casefold() == wanted), "")
    usual = _first(table()["choices"].get(wanted, ()), choices)
    return same or usual or _shown_as(wanted, choices) or nearest(word, choices, 0.6)


def _shown_as(wanted: str, choices: Iterable[str]) -> str:
    """The choice that pages show by a word: „სახელმძღვანელო“ for `handbook`."""
    return "" if wanted.isascii() else _first(choices, _said().get(wanted, ()))


@cache
def _said() -> dict[str, set[str]]:
    """Every Georgian string of the site, and the last parts of the keys under which it stands."""
    found: dict[str, set[str]] = {}
    for key, row in own_yaml("kb.words", "strings.yml")["strings"].items():
        found.setdefault(row["ka"], set()).add(key.rsplit(".", 1)[-1])
    return found


def _first(wanted: Iterable[str], there: Iterable[str]) -> str:
    known = set(there)
    return next((one for one in wanted if one in known), "")


def guess_zone(word: str) -> str:
    """The time zone of a city that was written alone, in another part of the world, or nearly right."""
    wanted = word.strip().lower()
    if usual := table()["zones"].get(wanted):
        return str(usual)
    zones = _zones()
    cities = {name.rsplit("/", 1)[-1].lower(): name for name in reversed(zones)}
    near = nearest(wanted.rsplit("/", 1)[-1].replace(" ", "_"), cities, NEAR_CITY)
    return cities[near] if near else nearest(wanted, zones, NEAR_CITY)


@cache
def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if ZONE.match(name) and not name.startswith("Etc/"))


def guess_day(word: str) -> str:
    """A date that was written in another order, with other signs or without noughts, as records have it."""
    found = YEAR_FIRST.match(word.strip()) or DAY_FIRST.match(word.strip())
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat() if found else ""
    except ValueError:
        return ""


def guess_hour(word: str) -> str:
    """A time of day that was written with other signs or without noughts, as records have it."""
    found = HOUR.match(word.strip())
    if not found:
        return ""
    hours = int(found["h"]) % 12 + 12 * (found["half"] in "pP") if found["half"] else int(found["h"])
    return f"{hours:02}:{found['m'] or '00'}" if hours <= 23 and int(found["m"] or 0) <= 59 else ""


def guess_language(word: str) -> str:
    """The code of a language that was written by its name, by another code or in capitals."""
    wanted = word.strip().casefold()
    return table()["languages"].get(wanted, "") or (wanted if wanted in LANGUAGE_CODES else "")


def guess_country(word: str) -> str:
    """The code of a country that was written by its name, by another code or in small letters."""
    wanted = word.strip()
    return table()["countries"].get(wanted.casefold(), "") or (wanted.upper() if wanted.upper() in COUNTRIES else "")


def guess_address(word: str) -> str:
    """A web address whose beginning was left out or written in capitals."""
    text = word.strip()
    if (begun := re.match(r"(https?):/*(?=\w)", text, re.IGNORECASE)) and " " not in text:
        found = f"{begun[1].lower()}://{text[begun.end() :]}"
        return found if ADDRESS.match(found) else ""
    return f"https://{text.lstrip('/')}" if re.match(r"/*www\.[\w-]+\.[^\s@:]+\Z", text) else ""


def guess_slug(word: str) -> str:
    """A word of small Latin letters, digits and hyphens, where nothing else of it must be changed."""
    text = re.sub(r"[\s_-]+", "-", word.strip().lower()).strip("-")
    return text if re.fullmatch("[a-z0-9-]+", text) else ""


# The codes of problems of values that may be guessed.
GUESSES: Mapping[str, Callable[[str], str]] = {
    "zone": guess_zone,
    "date_form": guess_day,
    "clock": guess_hour,
    "language": guess_language,
    "country": guess_country,
    "url": guess_address,
    "slug": guess_slug,
}


def guess(code: str, value: object) -> str:
    """What may be meant by a value that was refused with a code; nothing where nobody can tell."""
    meant = GUESSES[code](str(value)[:200]) if code in GUESSES and isinstance(value, str | int) else ""
    return "" if meant == value else meant
