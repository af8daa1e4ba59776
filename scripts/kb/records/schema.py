"""What is derived from the model: JSON Schemas for editors, and the field tables of CONTRIBUTING.md."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kb.records.checking.validation import adapter
from kb.records.model import RECORDS
from kb.records.reading import LISTS, SCHEMA_ENDING
from kb.words.language import LANGUAGES, Language

KINDS: dict[str, Any] = {**RECORDS}
TABLE = re.compile(r"(<!-- fields:([a-z-]+):(ka|en) -->\n).*?(<!-- /fields -->)", re.DOTALL)
HEADS = {"ka": "| ველი | საჭიროა | რა იწერება |\n|---|---|---|\n", "en": "| field | needed | what goes in |\n|---|---|---|\n"}
NEEDED = {"ka": "კი", "en": "yes"}


def write(derived: Iterable[tuple[Path, str]]) -> None:
    """Write derived files."""
    for path, content in derived:
        path.write_text(content, "utf-8")


def outdated(derived: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """The derived files that the model has outgrown, with what they should hold."""
    return [(path, content) for path, content in derived if not path.is_file() or path.read_text("utf-8") != content]


def files(project: Path, records: Path) -> Iterator[tuple[Path, str]]:
    """The schema of every record and list, and the guide with its tables where there is one."""
    for name, kind in (KINDS | LISTS).items():
        yield records / f"{name}{SCHEMA_ENDING}", schema(kind)
    guide = project / "CONTRIBUTING.md"
    if guide.is_file():
        yield guide, with_tables(guide.read_text("utf-8"))


def schema(kind: Any) -> str:
    """The JSON Schema of a record class, with the sentences of both languages as hover text."""
    found = adapter(kind).json_schema()
    found["$schema"] = "http://json-schema.org/draft-07/schema#"
    return json.dumps(_told(found), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _told(part: Any) -> Any:
    """A schema with $defs as draft 7 names them; editors of YAML know no later draft well."""
    if isinstance(part, dict):
        return {("definitions" if key == "$defs" else key): _told(value) for key, value in part.items() if key != "prefixItems"}
    if isinstance(part, list):
        return [_told(item) for item in part]
    return part.replace("#/$defs/", "#/definitions/") if isinstance(part, str) else part


def sentence(description: str | None, language: Language) -> str:
    """The Georgian or the English line of a field's description."""
    lines = [line.strip() for line in (description or "").strip().splitlines()]
    return lines[LANGUAGES.index(language)] if len(lines) == len(LANGUAGES) else ""


def table(model: type[BaseModel], language: Language) -> str:
    """The fields of a record as a Markdown table."""
    rows = [
        f"| `{name}` | {NEEDED[language] if field.is_required() else ''} | {sentence(field.description, language)} |"
        for name, field in model.model_fields.items()
    ]
    return HEADS[language] + "\n".join(rows) + "\n"


def with_tables(guide: str) -> str:
    """CONTRIBUTING with its tables as the model has them."""
    return TABLE.sub(lambda match: f"{match[1]}{_named(match)}{match[4]}", guide)


def _named(match: re.Match[str]) -> str:
    language: Language = "ka" if match[3] == "ka" else "en"
    return table(KINDS[match[2]], language)
