"""What a record names, and whether there is such a thing: dangling references, and the id that may have been meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from kb.records.checking.annotations import kind_named, model_in
from kb.records.checking.document import Path
from kb.records.checking.finding import Finding
from kb.records.checking.problem import nearest, shown
from kb.records.knowledge import KnowledgeBase
from kb.records.values import Text


@cache
def watched_fields(model: type[BaseModel]) -> tuple[tuple[str, str | None, type[BaseModel] | None], ...]:
    """The fields of a model that refer to records, or hold models that may: (name, kind referred to, model)."""
    rows = []
    for name, info in model.model_fields.items():
        kind, inner = kind_named(info.annotation, info.metadata), model_in(info.annotation)
        if kind or (inner and watched_fields(inner)):
            rows.append((name, kind or None, inner))
    return tuple(rows)


def references(part: BaseModel, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference inside a record: (place, kind, what it names)."""
    for name, kind, _ in watched_fields(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        for place, item in _each(value, (*where, name)):
            if kind is not None:
                yield place, kind, item
            else:
                yield from references(item, place)


def references_in(data: object, model: type[BaseModel] | None, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference in the plain values of a record that is wrong in other ways: (place, kind, what it names)."""
    if isinstance(data, tuple):
        for number, item in enumerate(data):
            yield from references_in(item, model, (*where, number))
    if not isinstance(data, dict) or model is None:
        return
    for name, kind, inner in watched_fields(model):
        value = data.get(name)
        if kind is None:
            yield from references_in(value, inner or model, (*where, name))
            continue
        for place, item in _each(value, (*where, name)):
            if isinstance(item, str):
                yield place, kind, item


def _each(value: Any, where: Path) -> list[tuple[Path, Any]]:
    """The items of a list with their places, or the one value that is no list."""
    return [((*where, number), item) for number, item in enumerate(value)] if isinstance(value, tuple) else [(where, value)]


Known = dict[str, frozenset[str]]


def known_ids(kb: KnowledgeBase, broken: Mapping[str, set[str]]) -> Known:
    """All ids by kind, and who claims which earlier one: all that a record's check needs of the others.

    `broken` are the ids of records that exist but could not be read, by kind, with `*` for a whole list.
    """
    kinds: dict[str, Iterable[str]] = {
        "theme": kb.themes,
        "unit": kb.units,
        "network": kb.networks,
        "resource": kb.resources,
        "event": kb.events,
        "opportunity": kb.opportunities,
        "agreement": kb.agreements,
        "reporting": kb.reporting,
        "source": (document.id for document in kb.documents),
        "former": (f"{old} {entry.path}" for old, entry in kb.former_ids.items()),
        "called": _called(kb),
    }
    return {kind: frozenset(ids) | broken.get(kind, set()) for kind, ids in kinds.items()}


def _called(kb: KnowledgeBase) -> Iterator[str]:
    """What people may write in place of an id, after its kind and itself: `network ioi International Ombudsman Institute`."""
    for kind, items in (("theme", kb.themes), ("unit", kb.units)):
        for name, item in items.items():
            yield from (f"{kind} {name} {words}" for words in _both(item.name, getattr(item, "abbreviation", None)))
    for name, entry in kb.networks.items():
        yield from (f"network {name} {words}" for words in _both(entry.record.name, entry.record.acronym))
    for document in kb.documents:
        yield from (f"source {document.id} {words}" for words in _both(document.title))


def _both(*texts: Text | None) -> Iterator[str]:
    yield from (words for text in texts if text for words in (text.ka, text.en) if words)


def dangling(path: str, found: Iterable[tuple[Path, str, str]], known: Known) -> Iterator[Finding]:
    """Those references of a file that name nothing."""
    for place, kind, name in found:
        if name in known[kind] or "*" in known[kind] or (kind == "source" and ":" in name):
            continue
        yield Finding(path, place, f"unknown_{kind}", shown(name), (("nearest", guess_id(name, kind, known)),))


def guess_id(name: str, kind: str, known: Known) -> str:
    """The id that somebody may have meant who wrote another word, a name or an acronym; nothing when none is near."""
    word = re.sub(r"[\s_]+", "-", name.strip().lower())
    if word in known[kind]:
        return word
    called = [(row[1], row[2].casefold()) for row in (row.split(" ", 2) for row in sorted(known["called"])) if row[0] == kind]
    wanted = name.strip().casefold()
    same = next((one for one, words in called if words == wanted), "")
    return same or nearest(word, sorted(known[kind])) or _beginning_alike(wanted, called)


def _beginning_alike(wanted: str, called: Iterable[tuple[str, str]]) -> str:
    """The one id whose name has a word of the same beginning: `ბავშვები` for „ბავშვის უფლებები“; nothing when there are two."""
    start = wanted[:5]
    found = {one for one, words in called if any(word.startswith(start) for word in words.split())} if len(start) == 5 else set()
    return found.pop() if len(found) == 1 else ""
