"""What only the whole tree can tell of a record: ids used twice, drafts that are shown, dates that lie ahead."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_origin

from pydantic import BaseModel

from kb.records.checking.annotations import model_in
from kb.records.checking.contacts import check_contacts
from kb.records.checking.document import Path
from kb.records.checking.finding import Finding
from kb.records.checking.problem import REALLY_NEAR, nearest, shown
from kb.records.checking.references import Known, dangling, references, watched_fields
from kb.records.knowledge import Entry, KnowledgeBase, former


def check_record(entry: Entry[Any], kb: KnowledgeBase, known: Known, today: date) -> Iterator[Finding]:
    """Everything wrong between a record and the others, or the day."""
    yield from dangling(entry.path, references(entry.record), known)
    yield from _dates_ahead(entry, today)
    yield from _taken_ids(entry, kb, known)
    yield from _corrections(entry, today)
    if entry.kind == "resource" and entry.record.replaced_by == entry.id:
        yield Finding(entry.path, ("replaced_by",), "itself", entry.id)
    if entry.kind == "network":
        yield from _parts_of_network(entry)


def check_items(items: Iterable[tuple[str, Path, BaseModel]], known: Known) -> Iterator[Finding]:
    """Everything wrong in the items of `_office/*.yml`, each with its file and place."""
    for path, where, item in items:
        yield from dangling(path, references(item, where), known)
        for name in ("offices", "documents"):
            yield from repeated_ids(path, getattr(item, name, ()), (*where, name))
        if getattr(item, "id", "") == "index":
            yield Finding(path, (*where, "id"), "reserved", "index")


def check_drafts(kb: KnowledgeBase, items: Iterable[tuple[str, Path, BaseModel]]) -> Iterator[Finding]:
    """Drafts that something on the site names or, for a network, stands with: their pages are not made.

    `items` are those of `_office/*.yml`. A draft has one problem, however much leads to it.
    """
    drafts = {(entry.kind, entry.id): entry for entry in kb.entries() if entry.record.status == "draft"}
    if not drafts:
        return
    shown = [(e.path, e.record, ("network", e.owner)) for e in kb.entries() if e.record.status != "draft"]
    leading: dict[tuple[str, str], list[str]] = {}
    for path, part, home in [*shown, *((path, item, None) for path, _, item in items)]:
        for target in dict.fromkeys((home, *_named(part))):
            if target in drafts:
                leading.setdefault(target, []).append(path)
    for target, paths in leading.items():
        yield Finding(drafts[target].path, ("status",), "draft_shown", "draft", (("n", str(len(paths))), ("record", paths[0])))


def _named(part: BaseModel) -> Iterator[tuple[str, str]]:
    """The records that a record names; none does so in its parts, where to look takes ten times as long."""
    for name, kind, _ in watched_fields(type(part)):
        if kind in ("network", "resource") and (value := getattr(part, name)):
            yield from ((kind, one) for one in (value if isinstance(value, tuple) else (value,)))


def _dates_ahead(entry: Entry[Any], today: date) -> Iterator[Finding]:
    now = today.isoformat()
    review = entry.record.review
    dates = {
        ("review", "confirmed_on"): review.confirmed_on,
        ("collected_on",): entry.record.collected_on,
        ("archived", "on"): entry.record.archived and entry.record.archived.on,
    }
    for where, value in dates.items():
        if value and value > now:
            yield Finding(entry.path, where, "future", value, (("today", now),))
    if review.confirmed_on and not review.confirmed_by:
        yield Finding(entry.path, ("review",), "confirmed_by_missing")


def _taken_ids(entry: Entry[Any], kb: KnowledgeBase, known: Known) -> Iterator[Finding]:
    """An earlier id must not be a record's id today, its own or another's, nor be claimed twice."""
    own = entry.id.rpartition("/")[2]
    for number, old in enumerate(entry.record.former_ids):
        if old == own and "/" in entry.id:  # that of a network is among the known ones below
            yield Finding(entry.path, ("former_ids", number), "former_taken", old)
    for old in former(entry, kb.networks):
        if old in known[entry.kind] or kb.former_ids.get(f"{entry.kind}:{old}") not in (None, entry):
            yield Finding(entry.path, ("former_ids",), "former_taken", old)


def _corrections(entry: Entry[Any], today: date) -> Iterator[Finding]:
    """A correction was made on a day that is not ahead, and names fields that this kind of record has."""
    for number, correction in enumerate(entry.record.review.no_change_of_meaning):
        where: Path = ("review", "no_change_of_meaning", number)
        if correction.on > today.isoformat():
            yield Finding(entry.path, (*where, "on"), "future", correction.on, (("today", today.isoformat()),))
        for place, name in enumerate(correction.fields):
            wrong = _wrong_step(type(entry.record), name.split("."))
            if wrong is not None:
                word, fields = wrong
                near = name.replace(word, near) if (near := nearest(word, fields, REALLY_NEAR)) else ""
                context = (("fields", ", ".join(fields)), ("nearest", near))
                yield Finding(entry.path, (*where, "fields", place), "correction_field", shown(name), context)


def _wrong_step(model: type[BaseModel], steps: list[str]) -> tuple[str, list[str]] | None:
    """The step of `contacts.secretariat.email` that no field is called, and what fields there are; items go by their id."""
    step, *rest = steps
    if step not in model.model_fields:
        return step, list(model.model_fields)
    annotation = model.model_fields[step].annotation
    inner = model_in(annotation)
    if inner and rest and get_origin(annotation) is tuple and rest[0] not in inner.model_fields and "id" in inner.model_fields:
        rest = rest[1:]
    return _wrong_step(inner, rest) if inner and rest else None


def _parts_of_network(entry: Entry[Any]) -> Iterator[Finding]:
    for name in ("contacts", "working_groups"):
        yield from repeated_ids(entry.path, getattr(entry.record, name), (name,))
    yield from check_contacts(entry.path, entry.record.contacts)


def repeated_ids(path: str, items: Iterable[Any], where: Path) -> Iterator[Finding]:
    """Items of a list whose id an earlier item has; the context says which."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.id in seen:
            yield Finding(path, (*where, number, "id"), "duplicate_id", item.id, (("first", str(seen[item.id])),))
        seen.setdefault(item.id, number)
