"""What the model says of a place in a record: the model that stands there, its fields, and what its text names."""

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from kb.records.values import Refers


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


def refers_to(kind: Any, where: tuple[str | int, ...]) -> str:
    """The kind of record that the text at a place names; empty for any other text."""
    names = [number for number, step in enumerate(where) if isinstance(step, str)]
    model = model_at(kind, where[: names[-1]]) if names else None
    field = model.model_fields.get(str(where[names[-1]])) if model else None
    return kind_named(field.annotation, field.metadata) if field else ""


def kind_named(annotation: Any, own: Iterable[Any] = ()) -> str:
    """The kind of record that the texts of a field name, by its annotation and its own marks; empty for any other field."""
    return next((mark.kind for mark in _marks(annotation, own) if isinstance(mark, Refers)), "")


def _marks(annotation: Any, own: Iterable[Any] = ()) -> Iterator[Any]:
    """What is said of a value around its type, at whatever depth."""
    yield from own
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def fields_at(kind: Any, where: tuple[str | int, ...]) -> list[str]:
    """The names of the fields that may stand at a place."""
    model = model_at(kind, where)
    return list(model.model_fields) if model else []


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Role, ...]` or `Text | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, list, Union, UnionType) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            if found := model_in(part):
                return found
    return None
