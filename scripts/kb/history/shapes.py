"""What the fields of the model hold, seen by someone who compares two records: values, texts, parts and lists of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb.records.checking.annotations import kind_named, model_in
from kb.records.model import (
    RECORDS,
    Body,
    Day,
    Event,
    Gap,
    Moment,
    OwnOffice,
    Record,
    Role,
    Term,
    Theme,
    Unit,
)
from kb.records.values import Deadline, Name, Period, Statement, Text

# What a snapshot holds: records, then the items of the Office's lists.
MODELS: Mapping[str, type[BaseModel]] = {
    **RECORDS,
    "theme": Theme,
    "unit": Unit,
    "body": Body,
    "term": Term,
    "day": Day,
    "gap": Gap,
    "office": OwnOffice,
}

# Fields that say one thing together and change together.
TOGETHER: Mapping[type[BaseModel], Mapping[str, tuple[str, ...]]] = {
    Statement: {"text": ("ka", "en")},
    Role: {"term": ("start", "end", "past")},
    Moment: {"dates": ("date", "until")},
    Event: {"dates": ("start", "end")},
}
# What says something about the file, its check or how robots sort, and nothing to readers; `status` and `archived` are told
# of the whole record.
SILENT: Mapping[type[BaseModel], frozenset[str]] = {
    Record: frozenset({"former_ids", "collected_on", "review", "status", "archived"}),
    Theme: frozenset({"keywords"}),
    BaseModel: frozenset({"id"}),
}
WHOLE = (Period, Deadline)  # parts that are one value to a reader

Holds = Literal["value", "text", "whole", "part", "values", "texts", "parts"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing that a part of a record says."""

    owner: type[BaseModel]
    """The model in which it stands."""
    name: str
    """The field, or what its fields are called together."""
    fields: tuple[str, ...]
    holds: Holds
    """A value, a text in two languages, some fields seen as one, a part, or a list of values, texts or parts."""
    model: type[BaseModel] | None = None
    """The model of a part, or of the items of a list."""
    refers: str = ""
    """The kind of record that a value names by its id."""

    @property
    def listed(self) -> bool:
        """Whether it is a list of things that have a name of their own."""
        return self.holds in ("texts", "parts")

    def of(self, plain: Mapping[str, Any]) -> Any:
        """What it says in a part given as plain data; None when nothing."""
        if len(self.fields) == 1:
            return plain.get(self.fields[0])
        return {name: plain[name] for name in self.fields if name in plain} or None


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """All that a part of a record says to readers, in the order of the model."""
    together = {name: fields for kind, group in TOGETHER.items() if issubclass(model, kind) for name, fields in group.items()}
    first_of = {fields[0]: name for name, fields in together.items()}
    inside = {field for fields in together.values() for field in fields}
    silent = {name for kind, names in SILENT.items() if issubclass(model, kind) for name in names}
    found = []
    for field, info in model.model_fields.items():
        if field in first_of:
            name = first_of[field]
            found.append(Shape(model, name, together[name], "text" if name == "text" else "whole"))
        elif field not in inside | silent:
            found.append(_shape(model, field, info))
    return tuple(found)


def _shape(owner: type[BaseModel], name: str, info: FieldInfo) -> Shape:
    inner, many = model_in(info.annotation), _many(info.annotation)
    refers = kind_named(info.annotation, info.metadata)
    if inner is None:
        return Shape(owner, name, (name,), "values" if many else "value", None, refers)
    if inner in (Text, Name):
        return Shape(owner, name, (name,), "texts" if many else "text", inner)
    if many:
        return Shape(owner, name, (name,), "parts", inner)
    return Shape(owner, name, (name,), "whole" if inner in WHOLE else "part", inner)


def _inside(annotation: Any) -> tuple[Any, ...]:
    """What an annotation such as `X | None` or `Annotated[X, …]` is made of."""
    if get_origin(annotation) in (Union, UnionType):
        return get_args(annotation)
    return get_args(annotation)[:1] if get_origin(annotation) is Annotated else ()


def _many(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_many(part) for part in _inside(annotation))
