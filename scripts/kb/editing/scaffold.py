"""A new record's file: every field with its sentence, the needed ones empty, the others as comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from kb.editing import notation
from kb.records.checking.annotations import model_in
from kb.records.checking.document import parse
from kb.records.checking.problem import Problem, wordings
from kb.records.reading import OFFICE, PLURALS, SCHEMA_ENDING, Place, placed
from kb.records.schema import KINDS
from kb.records.values import Text

ADDRESSES = ("url", "website", "apply_url")
OFTEN = {
    "network": "half-year",
    "resource": "year",
    "event": "year",
    "opportunity": "quarter",
    "agreement": "quarter",
    "reporting": "quarter",
}


class Misplaced(ValueError):
    """The record cannot begin there; the message says why."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a new record begins, and what is known of it."""

    kind: str
    slug: str
    network: str | None = None
    title_ka: str = ""
    title_en: str = ""
    url: str = ""

    def fields(self) -> dict[str, str]:
        """The fields that are known, each as its lines of YAML."""
        own = KINDS[self.kind].model_fields
        title = {language: text for language, text in (("ka", self.title_ka), ("en", self.title_en)) if text}
        url = next((name for name in ADDRESSES if name in own), "sources")
        known: dict[str, Any] = {"title" if "title" in own else "name": title} if title else {}
        if self.url:
            known[url] = [self.url] if url == "sources" else self.url
        return {name: "\n".join(notation.entry(name, value)) for name, value in known.items()}


def scaffold(root: Path, begun: Beginning, today: date) -> Path:
    """Write the file of a new record and return its path.

    Raises Misplaced for a wrong name, an unknown network, a file that is there already, or a title that nobody can read.
    """
    kind, network = begun.kind, begun.network
    path = _path(kind, begun.slug, network)
    place = placed(path)
    if isinstance(place, Problem):
        raise Misplaced(f"{path}: {place.say('en')}; {place.example()}")
    if network and kind != "network" and not (root / network / "network.yml").is_file():
        raise Misplaced(f"there is no network {network!r}")
    file = root / path
    if file.exists():
        raise Misplaced(f"{path} is there already")
    text = template(place, today, begun.fields())
    _, problems = parse(path, text.encode())
    if problems:
        raise Misplaced(f"{problems[0].field}: {problems[0].say('en')}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def _path(kind: str, slug: str, network: str | None) -> str:
    if kind == "network":
        return f"{slug}/network.yml"
    if kind in ("agreement", "reporting") or network is None:
        if kind == "resource":
            raise Misplaced("a resource belongs to a network: --network ioi")
        return f"{OFFICE}/{PLURALS[kind]}/{slug}.yml"
    return f"{network}/{PLURALS[kind]}/{slug}.yml"


def template(place: Place, today: date, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text of a new record's file; `known` fields, as lines of YAML, stand in place of their examples."""
    up = "../" * place.path.count("/")
    lines = [f"# yaml-language-server: $schema={up}{place.kind}{SCHEMA_ENDING}", ""]
    for name, field in KINDS[place.kind].model_fields.items():
        if name in known:
            lines += [known[name], ""]
        elif name not in ("id", "former_ids", "archived", "status"):
            lines += _field(name, field)
    lines += [f"collected_on: {today.isoformat()}", "review:", f"  every: {OFTEN[place.kind]}", ""]
    return "\n".join(lines)


def _field(name: str, field: FieldInfo) -> Iterator[str]:
    if name in ("collected_on", "review"):
        return
    for sentence in (field.description or "").splitlines():
        yield f"# {sentence}"
    if choices := choices_in(field.annotation):
        yield f"# {' | '.join(choices)}"
    if not field.is_required() and name == "sources" and model_in(field.annotation):
        yield "# sources: [{url: https://ganhri.org/publications/, title: Publications}]"
    elif not field.is_required():
        yield f"# {wordings()['examples'].get(name, f'{name}:')}"
    elif _is_text(field):
        yield from (f"{name}:", "  ka:", "  en:")
    else:
        yield f"{name}:"
    yield ""


def choices_in(annotation: Any) -> tuple[str, ...]:
    """The words that a field may have, where it has only some."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((found for part in get_args(annotation) if (found := choices_in(part))), ())


def _is_text(field: FieldInfo) -> bool:
    model = model_in(field.annotation)
    return model is not None and issubclass(model, Text)
