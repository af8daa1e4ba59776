"""What can be found: one document for each page, as `kb index` reads it from a line of JSON and `kb build` makes it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from kb.records.checking.problem import Problem, nearest, shown
from kb.records.checking.validation import adapter


def _as_values(found: Any) -> Any:
    """One value or several, numbers and truth values too, as a tuple of texts."""
    several = found if isinstance(found, list | tuple) else [] if found is None else [found]
    if any(isinstance(value, dict | list) or value is None for value in several):
        return found
    return tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in several)


Values = Annotated[tuple[str, ...], BeforeValidator(_as_values)]


@dataclass(frozen=True, slots=True)
class Document:
    """A page that search can find. Only plain text; nothing of it is ever shown as HTML.

    What `kb build` makes is right by its types; what `kb index` reads is checked, as these annotations say.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str | int
    """What the page is of; the same in both languages."""
    url: str
    """The page's address, below the site's root."""
    lang: Literal["ka", "en"]
    title: str
    body: str = ""
    facets: Mapping[str, Values] = field(default_factory=dict)
    """Facet → its values."""
    acronym: str = ""
    """The short name under which the thing itself is known."""
    names: str = ""
    """Other names and acronyms, the title in the other language."""
    called: Values = ()
    """Whole names of the page besides its title: who asks for one of them, and nothing else, finds it first."""
    keywords: Values = ()
    """Words and phrases that speak of what the page is about without being its name."""
    themes: str = ""
    summary: str = ""
    shown: str | None = None
    """What may be shown of the page under its title; where nothing is said, its summary and body."""
    initials: str = ""
    """What the title may be shortened to: CRIA for a child rights impact assessment."""
    facts: str = ""
    """A line to show under the title; not searched."""
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    """How much the page counts beside others that have the same words."""
    date: str = ""
    """A day, month or year, for *newest first*."""


def read(path: Path) -> tuple[list[Document], list[Problem]]:
    """The documents of a file with one JSON object a line, and what is wrong with its lines.

    Raises OSError when the file cannot be read.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    places: dict[tuple[str | int, str], int] = {}
    for line, raw in enumerate(path.read_bytes().splitlines(), 1):
        if not raw.strip():
            continue
        found = _document(path.as_posix(), line, raw)
        if isinstance(found, Document):
            first = places.setdefault((found.id, found.lang), line)
            if first == line:
                documents.append(found)
                continue
            found = [Problem(path.as_posix(), line, "id", "search_twice", shown(found.id), {"first": str(first)})]
        problems += found
    return documents, problems


def _document(path: str, line: int, raw: bytes) -> Document | list[Problem]:
    try:
        text = raw.decode("utf-8")
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [Problem(path, line, "", "search_json", shown(raw.decode("utf-8", "replace")))]
    if not isinstance(found, dict):
        return [Problem(path, line, "", "search_json", shown(text))]
    try:
        document: Document = adapter(Document).validate_python(found)
    except ValidationError as error:
        return list(_problems(path, line, error))
    return document


def _problems(path: str, line: int, error: ValidationError) -> Iterator[Problem]:
    names = [one.name for one in fields(Document)]
    for wrong in error.errors(include_url=False):
        name = str(wrong["loc"][0]) if wrong["loc"] else ""
        match wrong["type"]:
            case "unexpected_keyword_argument":
                context = {"fields": ", ".join(names), "nearest": nearest(name, names)}
                yield Problem(path, line, shown(name), "search_unknown", shown(name), context)
            case "missing":
                yield Problem(path, line, name, "search_missing", "")
            case _:
                code = {"lang": "search_lang", "facets": "search_facets", "weight": "search_weight"}.get(name, "search_text")
                yield Problem(path, line, name, code, shown(wrong["input"]))
