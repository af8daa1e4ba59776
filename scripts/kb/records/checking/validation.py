"""From plain values to a record of the model, or to problems that say what must be."""

from functools import cache
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kb.records.checking import suggestions
from kb.records.checking.annotations import fields_at, model_at, refers_to
from kb.records.checking.document import Document
from kb.records.checking.letters import FOREIGN_LETTER, ODD_SPACE
from kb.records.checking.problem import Problem, dotted, shown, wordings

MOST_PROBLEMS = 4000  # of one file: nobody reads more, and finding the nearest name to 60,000 wrong ones takes a minute
# pydantic's error types → codes of problems.yml; our own validators raise the codes themselves.
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "type_text",
    "int_type": "type_number",
    "bool_type": "type_bool",
    "tuple_type": "type_list",
    "model_type": "type_fields",
    "literal_error": "choice",
    "too_short": "list_empty",
    "greater_than_equal": "range",
    "less_than_equal": "range",
    "string_pattern_mismatch": "pattern",
    "string_too_long": "text_too_long",
    "string_too_short": "empty",
}
# What a check of a whole record refuses, stands at one of its fields.
FIELDS = {
    "end_before_start": ("end", "valid_until", "until", "last_renewed"),
    "archived_reason": ("status",),
    "archived_status": ("archived",),
}
# What the name of a field can be refused for, and for which of it another name can be meant.
NAMES = ("unknown_field", "field_letters", "not_indented", "odd_space")
MISNAMED = ("unknown_field", "field_letters")


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The validator of a record class, or of a list of one."""
    return TypeAdapter(kind)


def validate(document: Document, kind: Any) -> tuple[Any, list[Problem]]:
    """A document as a `kind`, or every problem in it."""
    try:
        return adapter(kind).validate_python(document.data), []
    except ValidationError as error:
        return None, problems_in(error, document, kind)


def remainder(document: Document, kind: Any) -> tuple[Any, list[Problem]]:
    """What a document that was refused would be without all that is wrong in it, and the problems that only this shows.

    A check that looks at several fields is not made while one of them is wrong; an editor wants to know at once.
    Nothing is left where a field that must be there is missing or was taken out.
    """
    try:
        adapter(kind).validate_python(document.data)
    except ValidationError as error:
        wrong = [detail["loc"] for detail in error.errors(include_url=False, include_context=False)]
    else:
        return None, []
    data = document.data
    for place in wrong[:MOST_PROBLEMS]:
        data = _without(data, place)
    if data is _NOTHING:
        return None, []
    try:
        return adapter(kind).validate_python(data), []
    except ValidationError as error:
        said = {dotted(place) for place in wrong}
        found = problems_in(error, document, kind)
        return None, [problem for problem in found if problem.field not in said and problem.code not in LEFT_EMPTY]


LEFT_EMPTY = ("missing", "text_empty")  # what taking a wrong value away brings about
_NOTHING: Any = object()


def _without(data: Any, where: tuple[str | int, ...]) -> Any:
    """Plain data without what stands at a place; an item takes its whole list with it, for the others keep their numbers."""
    if not where:
        return _NOTHING
    step, inner = where[0], where[1:]
    if isinstance(data, dict) and step in data:
        left = _without(data[step], inner)
        return {k: v for k, v in data.items() if k != step} if left is _NOTHING else {**data, step: left}
    if isinstance(data, tuple) and isinstance(step, int) and step < len(data):
        left = _without(data[step], inner)
        return _NOTHING if left is _NOTHING else (*data[:step], left, *data[step + 1 :])
    return data


class Located(Protocol):
    """What knows the lines of a file: a document of YAML, or a line of JSON."""

    @property
    def path(self) -> str:
        """The file."""

    def line(self, where: tuple[str | int, ...]) -> int:
        """The line of a field."""


def problems_in(error: ValidationError, document: Located, kind: Any) -> list[Problem]:
    """What pydantic refused, in our words and with our lines."""
    details = error.errors(include_url=False)[:MOST_PROBLEMS]
    return [_problem(document, kind, detail) for detail in details if not _echo(detail)]


def _echo(error: ErrorDetails) -> bool:
    """pydantic counts only the right items of a list; wrong ones are told as such, and the list is not too short."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _problem(document: Located, kind: Any, error: ErrorDetails) -> Problem:
    code = _code(kind, error)
    where = error["loc"] + tuple(name for name in FIELDS.get(code, ()) if name in error["input"])
    context = _context(code, kind, where, error)
    if code not in wordings()["must"]:
        code, context = "invalid", {"reason": error["msg"]}
    return Problem(document.path, document.line(where), dotted(_visible(where)), code, _found(code, where, error), context)


def _code(kind: Any, error: ErrorDetails) -> str:
    """The code of what pydantic refused, told more exactly by what stands there."""
    code, value = CODES.get(error["type"], error["type"] if error["type"].islower() else "invalid"), error["input"]
    if value is None and code.startswith(("type_", "choice")):
        return "empty"
    if code == "type_text":
        return _code_of_text(value, refers_to(kind, error["loc"]))
    if code == "type_list" and isinstance(value, str) and value.startswith("-"):
        return "list_dash"
    if code == "unknown_field":
        return _code_of_name(str(error["loc"][-1]), error["loc"], model_at(kind, error["loc"][:-1]))
    return "range_least" if code == "range" and not range_of(kind, error["loc"])["most"] else code


def _code_of_text(value: object, refers: str) -> str:
    """Why a value is no text: a number, true or false, a list or fields of its own."""
    if isinstance(value, bool):
        return "text_boolean"
    if isinstance(value, tuple | list | dict):
        return "unknown_source" if refers == "source" else "text_single"
    return "type_text"


def _code_of_name(name: str, where: tuple[str | int, ...], model: type[BaseModel] | None) -> str:
    """Why a field has no such name: spaces or letters that only look right, a lost indentation, or another name."""
    if ODD_SPACE.search(name):
        return "odd_space"
    if name in ("ka", "en") and all(isinstance(step, int) for step in where[:-1]):
        return "not_indented"
    return "field_letters" if FOREIGN_LETTER.search(name) and suggestions.guess_field(name, model) else "unknown_field"


def _found(code: str, where: tuple[str | int, ...], error: ErrorDetails) -> str:
    """What stands there, as short as it can be told: of a whole record only the field that is wrong in it."""
    value = error["input"]
    if code in FIELDS and isinstance(value, dict):
        value = value.get("status") if code == "archived_status" else value.get(where[-1])
    elif code in NAMES:
        value = where[-1]
    return "" if error["type"] == "missing" or value is None else shown(value)


def _visible(where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A place whose names have none of the spaces that look like indentation."""
    return tuple(ODD_SPACE.sub("", step) if isinstance(step, str) else step for step in where)


def _context(code: str, kind: Any, where: tuple[str | int, ...], error: ErrorDetails) -> dict[str, str]:
    """What fills the gaps of the words, and what may have been meant."""
    value = error["input"]
    if code in NAMES:
        model = model_at(kind, where[:-1])
        near = suggestions.guess_field(str(where[-1]), model) if code in MISNAMED else ""
        return {"fields": ", ".join(fields_at(kind, where[:-1])), "nearest": near}
    if code == "type_fields":
        return {"fields": ", ".join(fields_at(kind, where))}
    if code == "choice":
        choices = choices_of(error["ctx"]["expected"])
        return {"choices": ", ".join(choices), "nearest": suggestions.guess_choice(str(value), choices)}
    if code in ("range", "range_least"):
        return range_of(kind, where)
    if code == "unknown_source":
        return {"nearest": str(value.get("url", "")) if isinstance(value, dict) else ""}
    found = {key: str(part) for key, part in error.get("ctx", {}).items()}
    return {**found, "nearest": near} if (near := suggestions.guess(code, value)) else found


def choices_of(expected: str) -> list[str]:
    """The words of a Literal out of pydantic's „'a', 'b' or 'c'“."""
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]


def range_of(kind: Any, where: tuple[str | int, ...]) -> dict[str, str]:
    """The bounds of the number at a place."""
    schema = _schema(kind)
    name = next(str(step) for step in reversed(where) if isinstance(step, str))
    found = _find(schema, name)
    return {"least": str(found.get("minimum", "")), "most": str(found.get("maximum", ""))}


@cache
def _schema(kind: Any) -> dict[str, Any]:
    return adapter(kind).json_schema()


def _find(schema: Any, name: str) -> dict[str, Any]:
    """The part of a JSON Schema under property `name` that has bounds."""
    if isinstance(schema, dict):
        if name in schema.get("properties", {}):
            return _bounded(schema["properties"][name])
        for value in schema.values():
            if found := _find(value, name):
                return found
    return {}


def _bounded(schema: Any) -> dict[str, Any]:
    if isinstance(schema, dict):
        if "minimum" in schema:
            return schema
        for value in schema.values():
            if found := _bounded(value):
                return found
    if isinstance(schema, list):
        for value in schema:
            if found := _bounded(value):
                return found
    return {}
