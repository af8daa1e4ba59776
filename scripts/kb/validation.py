"""From plain values to a record of the model, or to problems that say what must be."""

from functools import cache
from types import UnionType
from typing import Any, Protocol, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kb.document import Document
from kb.problem import Problem, dotted, nearest, shown, wordings

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
    "end_before_start": ("end", "valid_until"),
    "archived_reason": ("status",),
    "archived_status": ("archived",),
    "correction_field": ("review",),
}


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
        return None, [problem for problem in found if problem.field not in said and problem.code != "missing"]


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
    code = CODES.get(error["type"], error["type"] if error["type"].islower() else "invalid")
    where = error["loc"] + tuple(name for name in FIELDS.get(code, ()) if name in error["input"])
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    found = "" if error["type"] == "missing" or error["input"] is None else shown(error["input"])
    if error["input"] is None and code.startswith(("type_", "choice")):
        code = "empty"
    if code == "unknown_field":
        fields = fields_at(kind, where[:-1])
        found = shown(where[-1])
        context = {"fields": ", ".join(fields), "nearest": nearest(str(where[-1]), fields)}
    elif code == "type_fields":
        context = {"fields": ", ".join(fields_at(kind, where))}
    elif code == "choice":
        choices = choices_of(context["expected"])
        context = {"choices": ", ".join(choices), "nearest": nearest(str(error["input"]), choices)}
    elif code == "range":
        context = range_of(kind, where)
    elif code not in wordings()["must"]:
        code, context = "invalid", {"reason": error["msg"]}
    return Problem(document.path, document.line(where), dotted(where), code, found, context)


def choices_of(expected: str) -> list[str]:
    """The words of a Literal out of pydantic's „'a', 'b' or 'c'“."""
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]


def model_at(kind: Any, where: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that stands at a place inside a record class."""
    current: Any = kind
    for step in where:
        model = model_in(current)
        if isinstance(step, int) or model is None:
            continue
        if step not in model.model_fields:
            return None
        current = model.model_fields[step].annotation
    return model_in(current)


def fields_at(kind: Any, where: tuple[str | int, ...]) -> list[str]:
    """The names of the fields that may stand at a place."""
    model = model_at(kind, where)
    return list(model.model_fields) if model else []


def range_of(kind: Any, where: tuple[str | int, ...]) -> dict[str, str]:
    """The bounds of the number at a place."""
    schema = adapter(kind).json_schema()
    name = next(str(step) for step in reversed(where) if isinstance(step, str))
    found = _find(schema, name)
    return {"least": str(found.get("minimum", "")), "most": str(found.get("maximum", ""))}


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


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Role, ...]` or `Text | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, list, Union, UnionType) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            if found := model_in(part):
                return found
    return None
