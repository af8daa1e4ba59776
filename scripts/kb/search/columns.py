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


def column(facet: str, documents: Sequence[Document]) -> Column:
    """The column of a facet."""
    found = [tuple(dict.fromkeys(document.facets.get(facet, ()))) for document in documents]
    values = tuple(sorted({value for some in found for value in some}))
    number = {value: place for place, value in enumerate(values)}
    sets = sorted(set(found))
    place = {some: n for n, some in enumerate(sets)}
    return Column(values, tuple(tuple(number[v] for v in some) for some in sets), tuple(place[some] for some in found))


def in_reading_order(documents: Sequence[Document]) -> list[Document]:
    """Documents so that those alike in their facets stand together: columns, gaps in postings and lists become short."""
    facets = sorted({name for document in documents for name in document.facets})
    columns = sorted((column(facet, documents) for facet in facets), key=lambda one: len(one.sets))
    rank = [[one.places[n] for one in columns] for n in range(len(documents))]
    return [documents[n] for n in sorted(range(len(documents)), key=lambda n: (rank[n], str(documents[n].id)))]


def facets(documents: Sequence[Document]) -> dict[str, Any]:
    """Every facet as its values, the combinations that occur, and the column of documents."""
    names = sorted({name for document in documents for name in document.facets})
    return {name: _written(column(name, documents)) for name in names}


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
