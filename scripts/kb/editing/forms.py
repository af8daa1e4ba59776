"""The issue forms in which people propose records: their questions, derived from the model, and their files for GitHub."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel

from kb.records.checking.annotations import model_at, model_in
from kb.records.knowledge import KnowledgeBase, current
from kb.records.model import Contact, Event, Opportunity, Resource
from kb.records.schema import sentence
from kb.records.values import Deadline, Refers, Text
from kb.words.language import Words

Holds = Literal["line", "text", "choice", "choices"]

# Form → what it asks for, by the way to a field of the record. `network` is the folder it goes to; `source` its first source.
ASKED: dict[str, tuple[type[BaseModel] | None, tuple[str, ...]]] = {
    "resource": (
        Resource,
        ("network", "title.ka", "title.en", "type", "url", "languages", "year", "themes", "summary.ka", "summary.en", "note.ka"),
    ),
    "event": (
        Event,
        ("network", "title.ka", "title.en", "kind", "start", "end", "place.ka", "country", "themes", "units", "url", "note.ka"),
    ),
    "opportunity": (
        Opportunity,
        (
            "network", "title.ka", "title.en", "kind", "availability", "deadline.date", "deadline.zone", "themes",
            "summary.ka", "summary.en", "audience.ka", "apply_url", "source", "note.ka",
        ),
    ),
    "contact": (Contact, ("network", "role.ka", "role.en", "holder", "email", "phone", "url", "note.ka")),
    "wrong": (None, ("page", "wrong", "right", "source")),
}  # fmt: skip
LONG = frozenset(["summary", "note", "audience", "wrong", "right"])
NEEDED = frozenset(["page", "wrong"])
HOMELESS = "office"
"""What the question for the network offers for events and opportunities of no one network."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    way: str
    """The way to the field: `title.ka`."""
    label: str
    """What is asked, in Georgian; the heading under which GitHub puts the answer."""
    holds: Holds
    needed: bool
    options: tuple[tuple[str, str], ...] = ()
    """(id, name in Georgian) of what may be chosen."""
    hint: str = ""

    def shown(self) -> list[str]:
        """The options as they are offered: the name, and the id in brackets by which the answer is read."""
        return [f"{name.replace(',', ';')} ({key})" for key, name in self.options]


def questions(form: str, kb: KnowledgeBase) -> tuple[Question, ...]:
    """The questions of a form; themes, units and networks are those of the records."""
    model, ways = ASKED[form]
    return tuple(_question(form, model, way, kb) for way in ways)


def _question(form: str, model: type[BaseModel] | None, way: str, kb: KnowledgeBase) -> Question:
    words = Words("ka")
    name, _, part = way.partition(".")
    hint = words(f"form.hint_{name}") if words.has(f"form.hint_{name}") else ""
    if name == "network":
        return Question(way, words("form.network"), "choice", form != "wrong", tuple(_networks(form, kb)), hint)
    if model is None or name not in model.model_fields:
        return Question(way, words(f"form.{name}"), "text" if name in LONG else "line", way in NEEDED, (), hint)
    field = model.model_fields[name]
    label = sentence(field.description, "ka").rstrip(".")
    options = tuple(_options(form, name, field, kb))
    if name in ("themes", "languages", "units"):
        return Question(way, label, "choices", field.is_required(), options, hint)
    if part:
        inner = model_in(field.annotation)
        text = inner is not None and issubclass(inner, Text)
        needed = field.is_required() and part == "ka"
        label = words(f"form.in_{part}", what=label) if text else f"{label}: {_part_label(model, name, part)}"
        return Question(way, label, "text" if name in LONG else "line", needed, (), hint)
    holds: Holds = "choice" if options else "line"
    needed = field.is_required() or (form, name) == ("event", "start")  # an event's file is named for its month
    return Question(way, label, holds, needed, options, hint)


def _part_label(model: type[BaseModel], name: str, part: str) -> str:
    inner = model_at(model, (name,)) or Deadline
    return sentence(inner.model_fields[part].description, "ka").rstrip(".").partition(",")[0]


def _networks(form: str, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    words = Words("ka")
    for entry in current(kb.networks):
        yield entry.id, words.plain(entry.record.acronym)
    if form in ("event", "opportunity"):
        yield HOMELESS, words("form.no_network")


def _options(form: str, name: str, field: Any, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    words = Words("ka")
    group = {"type": "resource-type", "kind": {"event": "event-kind"}.get(form, "opp-kind")}.get(name, name)
    if name == "themes":
        yield from ((theme.id, words.plain(theme.name)) for theme in kb.themes.values())
    elif name == "units":
        yield from ((unit.id, words.plain(unit.name)) for unit in kb.units.values())
    elif name == "languages":
        yield from ((key.partition(".")[2], words(key)) for key in words.group("language"))
    else:
        yield from ((value, words(f"{group}.{value}")) for value in _choices(field.annotation))


def _choices(annotation: Any) -> Sequence[str]:
    """The words of a Literal, also of one that may be left out."""
    found = get_args(annotation)
    if found and all(isinstance(word, str) for word in found):
        return found
    return next((words for part in found if not isinstance(part, Refers) and (words := _choices(part))), ())


def files(project: Path, kb: KnowledgeBase) -> Iterator[tuple[Path, str]]:
    """Every form and the file that it is, where the project has forms."""
    folder = project / ".github" / "ISSUE_TEMPLATE"
    if folder.is_dir():
        yield from ((folder / f"{form}.yml", file(form, kb)) for form in ASKED)


def file(form: str, kb: KnowledgeBase) -> str:
    """The file of a form for `.github/ISSUE_TEMPLATE/`."""
    words = Words("ka")
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": words(f"form.about_{form}")}}]
    body += [_element(question) for question in questions(form, kb)]
    data = {"name": words(f"form.name_{form}"), "description": words(f"form.description_{form}"), "body": body}
    head = "# Derived from the model and the records by `kb schema`; change scripts/kb/editing/forms.py and run it.\n"
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _element(question: Question) -> dict[str, Any]:
    """One question as GitHub's form schema has it."""
    attributes: dict[str, Any] = {"label": question.label}
    if question.hint:
        attributes["description"] = question.hint
    if question.options:
        attributes |= {"options": question.shown()}
        attributes |= {"multiple": True} if question.holds == "choices" else {}
    kind = "dropdown" if question.options else {"text": "textarea"}.get(question.holds, "input")
    element: dict[str, Any] = {"type": kind, "id": question.way.replace(".", "-"), "attributes": attributes}
    return element | ({"validations": {"required": True}} if question.needed else {})
