"""What each field of the model is called in a sentence: the rows of `fields.yml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from kb.words.tables import own_yaml

Rows = Mapping[str, Mapping[str, Any]]
"""What each field is called, by its name."""


@cache
def table() -> Mapping[str, Rows]:
    """The rows of every model, and under `any` what all models call a field."""
    return own_yaml(__package__, "fields.yml")


def rows(model: type) -> list[Rows]:
    """The rows in which a model's fields are looked up, first its own: then those of the models that it extends, then `any`."""
    return [table()[owner] for owner in (*(part.__name__ for part in model.__mro__), "any") if owner in table()]
