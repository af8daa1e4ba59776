"""What is known of every document at once: the values of its facets, its place by title and by date, its twin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.search.documents import Document
from kb.search.encoding import numbers, runs


@dataclass(frozen=True, slots=True)
class Column:
    """A facet of all documents: few combinations of values, and for each document which."""

    values: tuple[str, ...]
    sets: tuple[tuple[int, ...], ...]
    """Combinations, each as places in `values`."""
    places: tuple[int, ...]
    """For each document its place in `sets`."""


Columns = Mapping[str, Column]
"""The column of every facet, by its name."""


def columns(documents: Sequence[Document]) -> Columns:
    """The columns of all facets that a document has, in the order of their names."""
    names = sorted({name for document in documents for name in document.facets})
    return {name: _column([document.facets.get(name, ()) for document in documents]) for name in names}


def _column(found: Sequence[tuple[str, ...]]) -> Column:
    each = {some: tuple(dict.fromkeys(some)) for some in set(found)}
    values = tuple(sorted({value for some in each for value in some}))
    number = {value: place for place, value in enumerate(values)}
    sets = sorted(set(each.values()))
    place = {some: n for n, some in enumerate(sets)}
    places = {some: place[once] for some, once in each.items()}
    return Column(values, tuple(tuple(number[v] for v in some) for some in sets), tuple([places[some] for some in found]))


def in_reading_order(documents: Sequence[Document]) -> tuple[list[Document], Columns]:
    """Documents and their columns so that those alike in their facets stand together: columns, gaps and lists become short."""
    found = columns(documents)
    by_size = sorted(found.values(), key=lambda one: len(one.sets))
    ranks = list(zip(*[one.places for one in by_size], [str(document.id) for document in documents], strict=True))
    order = sorted(range(len(documents)), key=ranks.__getitem__)
    return [documents[n] for n in order], {name: _moved(one, order) for name, one in found.items()}


def _moved(one: Column, order: Sequence[int]) -> Column:
    return Column(one.values, one.sets, tuple([one.places[n] for n in order]))


def facets(found: Columns) -> dict[str, Any]:
    """Every facet as its values, the combinations that occur, and the column of documents."""
    return {name: _written(one) for name, one in found.items()}


def _written(one: Column) -> list[Any]:
    return [list(one.values), [numbers(some) for some in one.sets], runs(one.places)]


def orders(documents: Sequence[Document]) -> dict[str, str]:
    """The numbers of the documents by title, and newest first; those without a date come last."""
    all_of_them = range(len(documents))
    by_title = sorted(all_of_them, key=lambda n: (documents[n].title.casefold(), n))
    newest = sorted(all_of_them, key=lambda n: documents[n].date, reverse=True)
    return {"title": numbers(by_title), "newest": numbers(newest)}


def twins(ids: Sequence[str | int], others: Sequence[str | int]) -> str:
    """For each document of one language how far the number of the same one in the other is from its own.

    The sign is the lowest bit. A document without a twin is told as if its twin had the number -1.
    """
    place: Mapping[str | int, int] = {other: n for n, other in enumerate(others)}
    gaps = (place.get(one, -1) - n for n, one in enumerate(ids))
    return runs([2 * gap if gap >= 0 else -2 * gap - 1 for gap in gaps])
