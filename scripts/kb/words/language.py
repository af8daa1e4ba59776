"""Words of the interface, texts of records and dates, in one of the two languages."""

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Protocol

from kb.words.tables import own_yaml

Language = Literal["ka", "en"]
LANGUAGES: tuple[Language, Language] = ("ka", "en")
OTHER: Mapping[Language, Language] = {"ka": "en", "en": "ka"}
IN_BROWSER = ("search.", "sort.")


class Text(Protocol):
    """Words in both languages, of which one may be missing; the texts of records are such."""

    @property
    def ka(self) -> str | None:
        """The Georgian words."""

    @property
    def en(self) -> str | None:
        """The English words."""


@cache
def strings() -> dict[str, Any]:
    """Every reader-facing string, from `strings.yml`."""
    return own_yaml(__package__, "strings.yml")


@cache
def said(language: Language) -> tuple[dict[str, str], dict[str, str]]:
    """The strings of a language by key, and the English plurals; a build makes Words for each of its letters and briefs."""
    rows = strings()["strings"]
    return {key: row[language] for key, row in rows.items()}, {
        key: row["en_other"] for key, row in rows.items() if "en_other" in row
    }


class Words:
    """Everything the site says in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.other = OTHER[language]
        self._dates: dict[str, str] = {}
        self._plain, self._many = said(language)
        dates = strings()["dates"]
        self._months: list[str] = dates["months"][language]
        self._months_dative: list[str] = dates["months_dative"]["ka"]
        self._months_genitive: list[str] = dates["months_genitive"]["ka"]
        self._months_since: list[str] = dates["months_since"]["ka"]
        self._weekdays: list[str] = dates["weekdays"][language]
        self._quarters: list[str] = dates["quarters"][language]

    def __call__(self, key: str, **values: str | int) -> str:
        """The string under `key`, its gaps filled; with `n` the right English plural."""
        many = self.language == "en" and key in self._many and values.get("n") != 1
        text = self._many[key] if many else self._plain[key]
        return text.format(**values) if values else text

    def types(self, kind: str, count: int) -> str:
        """What one resource of a type is called, or several of them, as a heading over so many."""
        return self(f"resource-types.{kind}" if count > 1 else f"resource-type.{kind}")

    def has(self, key: str) -> bool:
        """Whether there is such a string."""
        return key in self._plain

    def group(self, name: str) -> list[str]:
        """The keys of a group of strings: `language` gives `language.en` and the others."""
        return [key for key in self._plain if key.startswith(f"{name}.")]

    def in_browser(self) -> dict[str, list[str]]:
        """The strings that scripts say: each alone, or with the English plural after it."""
        keys = [key for key in self._plain if key.startswith(IN_BROWSER)]
        many = self._many if self.language == "en" else {}
        return {key: [self._plain[key], *([many[key]] if key in many else [])] for key in keys}

    def plain(self, text: Text | None) -> str:
        """A record's text in this language, else in the other; for titles and descriptions."""
        if text is None:
            return ""
        return getattr(text, self.language) or getattr(text, self.other) or ""

    def date(self, value: str | None) -> str:
        """A partial date in words: „2026 წლის 8 ოქტომბერი“, “8 October 2026”."""
        if not value:
            return ""
        if value not in self._dates:
            self._dates[value] = self._date(value)
        return self._dates[value]

    def _date(self, value: str) -> str:
        year, *rest = value.split("-")
        if self.language == "ka":
            return self._in_georgian(value, "წელი", self._months)
        words = [str(int(part)) for part in rest[1:]] + [self._months[int(m) - 1] for m in rest[:1]] + [year]
        return " ".join(words)

    def _in_georgian(self, value: str, year_alone: str, months: list[str]) -> str:
        """A partial date, its last part in the case of the words given."""
        year, *rest = value.split("-")
        if not rest:
            return f"{year} {year_alone}"
        day = f"{int(rest[1])} " if len(rest) == 2 else ""
        return f"{year} წლის {day}{months[int(rest[0]) - 1]}"

    def on(self, value: str) -> str:
        """A partial date as an answer to „when“: „2026 წლის 8 ოქტომბერს“."""
        return self.date(value) if self.language == "en" else self._in_georgian(value, "წელს", self._months_dative)

    def of(self, value: str) -> str:
        """A partial date as an answer to „of when“: „2024 წლის აპრილის“."""
        return self.date(value) if self.language == "en" else self._in_georgian(value, "წლის", self._months_genitive)

    def since(self, value: str) -> str:
        """A partial date as an answer to „since when“: „2007 წლიდან“."""
        return self.date(value) if self.language == "en" else self._in_georgian(value, "წლიდან", self._months_since)

    def short(self, value: str | None) -> str:
        """A partial date for tables: 08.10.2026, 10.2026, 2026."""
        return ".".join(reversed(value.split("-"))) if value else ""

    def span(self, start: str | None, end: str | None) -> str:
        """Two partial dates in words; one alone where they are the same."""
        if start and end and start != end:
            if start[:7] == end[:7] and len(start) == len(end) == 10:
                return self._days_of_month(start, end)
            return f"{self.date(start)} – {self.date(end)}"
        return self.date(start or end)

    def _days_of_month(self, start: str, end: str) -> str:
        days = f"{int(start[8:])}–{int(end[8:])}"
        month = self._months[int(start[5:7]) - 1]
        return f"{start[:4]} წლის {days} {month}" if self.language == "ka" else f"{days} {month} {start[:4]}"

    def month(self, number: int) -> str:
        """The name of a month, 1 to 12."""
        return self._months[number - 1]

    def month_of(self, year: int, month: int) -> str:
        """A month as a heading: „ნოემბერი, 2026“."""
        return f"{self._months[month - 1]}, {year}" if self.language == "ka" else f"{self._months[month - 1]} {year}"

    def weekday(self, day: datetime.date) -> str:
        """The name of a day of the week."""
        return self._weekdays[day.weekday()]

    def quarter(self, day: datetime.date) -> str:
        """The quarter in which a day lies: „IV კვარტალი, 2026“."""
        name = self._quarters[(day.month - 1) // 3]
        return f"{name}, {day.year}" if self.language == "ka" else f"{name} {day.year}"

    def sort_key(self, text: Text) -> str:
        """What to sort a text by; the order of code points is the order of the Georgian alphabet."""
        return self.plain(text).casefold()
