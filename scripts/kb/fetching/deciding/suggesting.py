"""Dates found in a text: suggestions for a person, never facts.

Only dates with day, month and year are taken, in the forms of the networks' news and of Georgian news.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from kb.records.item import Suggestion
from kb.words.language import strings

MOST = 3
AROUND = 70  # letters before a date in which its meaning is looked for

DEADLINE = re.compile(
    r"deadline|clos(?:es?|ing)|apply|applications?|submi|regist|no later|latest|until|by\s*\Z|due|expression of interest"
    r"|ვადა|მდე|განაცხად|რეგისტრაცი|არა უგვიანეს",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"conference|seminar|webinar|workshop|meeting|training|assembly|session|held|takes? place|event"
    r"|summit|forum|კონფერენცი|სემინარ|ვებინარ|შეხვედრ|ტრენინგ|ასამბლე|სხდომ|გაიმართ|ჩატარდ|ფორუმ|ღონისძიებ",
    re.IGNORECASE,
)

UNTIL = re.compile("მდე\\Z")


@cache
def months() -> dict[str, int]:
    """Names of months as they stand in dates: English and short English ones, and Georgian stems (ოქტომბერ-, ოქტომბრ-)."""
    table = strings()["dates"]["months"]
    found = {name.casefold(): number for number, name in enumerate(table["en"], 1)} | {"sept": 9}
    found |= {name[:3].casefold(): number for number, name in enumerate(table["en"], 1)}
    found |= {name.removesuffix("ი"): number for number, name in enumerate(table["ka"], 1)}
    return found | {name.removesuffix("ერი") + "რ": n for n, name in enumerate(table["ka"], 1) if name.endswith("ბერი")}


@cache
def pattern() -> re.Pattern[str]:
    """A date to the day, in any of the forms; of a range its first day."""
    month = rf"(?P<m_>{'|'.join(sorted(months(), key=len, reverse=True))})"
    day, year = r"(?P<d_>\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2}(?:st|nd|rd|th)?)?", r"(?P<y_>(?:19|20)\d{2})"
    forms = (
        rf"{day}\s+(?:of\s+)?{month}[ა-ჰa-z]*\.?,?\s+{year}",
        rf"{month}[a-z]*\.?\s+{day},?\s+{year}",
        rf"{year}\s+წლის\s+{day}\s+{month}[ა-ჰ]*",
        r"(?P<y_>20\d{2})-(?P<m_>\d{2})-(?P<d_>\d{2})",
        r"(?P<d_>\d{1,2})\.(?P<m_>\d{1,2})\.(?P<y_>20\d{2})",
    )
    joined = "|".join(form.replace("_>", f"{number}>") for number, form in enumerate(forms))
    return re.compile(rf"(?<![\w/])(?:{joined})(?![\w/])", re.IGNORECASE)


def suggested(text: str, after: str) -> tuple[Suggestion, ...]:
    """The dates that read like a deadline or the day of an event and lie after a day, at most three.

    `after` is an ISO date: what was over when the text was published is no date to keep.
    """
    found: dict[tuple[str, str], Suggestion] = {}
    for day, before, words in dates(text):
        what = "deadline" if UNTIL.search(words) else _meaning(before)
        if what and day > after:
            suggestion = Suggestion(what="deadline" if what == "deadline" else "event", date=day, words=words)
            found.setdefault((suggestion.what, day), suggestion)
    return tuple(sorted(found.values(), key=lambda s: (s.date, s.what)))[:MOST]


def dates(text: str) -> Iterator[tuple[str, str, str]]:
    """Every full date of a text, as ISO, with the words before it and around it."""
    for match in pattern().finditer(text):
        said = {name[0]: value for name, value in match.groupdict().items() if value}
        month = said["m"].casefold()
        try:
            day = date(int(said["y"]), int(month) if month.isdigit() else months()[month], int(said["d"])).isoformat()
        except ValueError:
            continue
        before = text[max(0, match.start() - AROUND) : match.start()]
        yield day, before, f"{before}{match[0]}".strip()[-200:]


def _meaning(before: str) -> str:
    """What the words before a date say of it; the nearest word wins."""
    deadline = max((match.end() for match in DEADLINE.finditer(before)), default=-1)
    event = max((match.end() for match in EVENT.finditer(before)), default=-1)
    if deadline < 0 and event < 0:
        return ""
    return "deadline" if deadline >= event else "event"
