"""A problem in a record: where it stands, what was found, what must be, and how it is said to an editor."""

import dataclasses
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from kb.words.tables import own_yaml

Format = Literal["text", "json", "github"]
# How much of two words must be the same: for a word of a list, and for the name of a field, where a guess misleads.
ALIKE, REALLY_NEAR = 0.55, 0.75


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend; `code` finds its words in `problems.yml`, `context` fills their gaps."""

    path: str
    line: int
    field: str
    code: str
    found: str = ""
    context: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)

    def say(self, language: str) -> str:
        """What must be, as a sentence that begins with „must“ or „უნდა“."""
        words: str = wordings()["must"][self.code][language]
        return words.format_map(_Gaps(self.context))

    def example(self) -> str:
        """A line that would be right: made of what may stand there, or the field's own example, or the problem's."""
        name, words = self.field.rsplit(".", 1)[-1], wordings()["must"][self.code]
        if self.code in ("unknown_field", "field_letters"):
            return example_of(self.context.get("nearest", ""))
        if self.code in wordings()["own_examples"]:
            return str(words["example"])
        own = "" if name.isdigit() and self.code == "type_fields" else example_of(self.field)
        if self.code == "choice":
            return f"{name}: {self.context.get('nearest') or self.context.get('choices', '').split(', ')[0]}"
        if self.code == "type_fields" and not own:
            return "{" + ", ".join(f"{field}: …" for field in self.context["fields"].split(", ")[:2]) + "}"
        if own and not (self.code in ("type_text", "text_single", "text_boolean") and "{" in own):
            return own
        return str(words.get("example", ""))


class _Gaps(dict[str, str]):
    """Context for a wording; a gap that nobody filled stays visible instead of raising."""

    def __init__(self, context: Mapping[str, str]) -> None:
        super().__init__(context)

    def __missing__(self, key: str) -> str:
        return f"({key})"


@cache
def wordings() -> dict[str, Any]:
    """The words of every problem and the examples of fields, from `problems.yml`."""
    return own_yaml(__package__, "problems.yml")


def example_of(where: str) -> str:
    """The example line for a field such as `themes.1`, by its last name; empty when there is none."""
    names = [part for part in where.split(".") if not part.isdigit()]
    return str(wordings()["examples"].get(names[-1], "")) if names else ""


def shown(value: object, most: int = 60) -> str:
    """A value as an editor would know it again, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = text[: most + 1]  # a line may have megabytes
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text if len(text) <= most else text[: most - 1] + "…"


def dotted(where: Iterable[str | int]) -> str:
    """A place in a record as one word of a message: `contacts.0.email`."""
    return shown(".".join(map(str, where)), 200)


def nearest(word: str, choices: Iterable[str], cutoff: float = ALIKE) -> str:
    """The choice most like `word`, whatever its capitals, or nothing when none is like it."""
    lowered = {choice.lower(): choice for choice in reversed(list(choices))}
    match = difflib.get_close_matches(word[:80].lower(), list(lowered)[::-1], n=1, cutoff=cutoff)
    return lowered[match[0]] if match else ""


def shown_below(problems: Iterable[Problem], prefix: str) -> list[Problem]:
    """The problems with their paths as seen from where the command was called."""
    return [replace(p, path=p.path if prefix in ("", ".") else f"{prefix}/{p.path}") for p in problems]


def written(problems: Sequence[Problem], style: Format, language: str) -> str:
    """All problems in one of the three forms of `kb check --format`."""
    if style == "json":
        return json.dumps([_as_json(p, language) for p in problems], ensure_ascii=False, indent=1)
    line = _as_text if style == "text" else _as_github
    return "\n".join(line(p, language) for p in problems)


def details(problem: Problem, language: str) -> list[tuple[str, str]]:
    """What was found, what may have been meant, and a right line: (label, value), those that there are."""
    labels = wordings()["labels"]
    rows = [
        (labels["found"][language], problem.found),
        (labels["nearest"][language], problem.context.get("nearest", "")),
        (labels["example"][language], problem.example()),
    ]
    return [(label, value) for label, value in rows if value]


def _as_text(problem: Problem, language: str) -> str:
    where = f"{problem.field}: " if problem.field else ""
    lines = [f"{problem.path}:{problem.line}: {where}{problem.say(language)}"]
    return "\n".join(lines + [f"    {label}: {value}" for label, value in details(problem, language)])


def _as_json(problem: Problem, language: str) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "field": problem.field,
        "code": problem.code,
        "must": problem.say(language),
        "found": problem.found,
        "nearest": problem.context.get("nearest", ""),
        "example": problem.example(),
    }


def _as_github(problem: Problem, language: str) -> str:
    body = f"{problem.field}: " * bool(problem.field) + problem.say(language)
    body += "".join(f"\n{label}: {value}" for label, value in details(problem, language))
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={problem.line}::{_escaped(body)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
