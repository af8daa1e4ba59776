"""What is known of the links of records, as `networks/_fetched/links.json` keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kb.records.checking.problem import Problem, shown
from kb.records.checking.validation import adapter

Answer = Literal["open", "gone", "unsure"]
"""It opens; the server says that it is not there, or there is no server; or nothing can be concluded."""

FILE = Path("_fetched") / "links.json"
TWICE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of a link."""

    checked_on: str = ""
    """The day of the last answer, as 2026-11-22; empty before the first."""
    answer: Answer = "unsure"
    failed_on: tuple[str, ...] = ()
    """The days on which it failed since it last opened."""

    @property
    def dead(self) -> bool:
        """Whether it failed on two days and never opened in between."""
        return len(self.failed_on) >= TWICE


Known = Mapping[str, Link]


def links_in(path: str, raw: bytes) -> tuple[dict[str, Link], list[Problem]]:
    """What a file says of links; nothing, and a problem, when a line of it is not as `written` writes it."""
    if not raw.strip():
        return {}, []
    try:
        links: dict[str, Link] = adapter(dict[str, Link]).validate_json(raw)
        for link in links.values():
            for day in filter(None, (link.checked_on, *link.failed_on)):
                date.fromisoformat(day)
    except ValueError:  # which pydantic's errors are, too
        return {}, [Problem(path, 1, "", "json_line", shown(raw[:200].decode("utf-8", "replace")))]
    return links, []
