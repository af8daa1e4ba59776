"""What changed between two snapshots: per record and field, items of lists by what they are, nothing that says nothing."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from kb.history.matching import pairs
from kb.history.shapes import MODELS, Shape, shapes
from kb.history.snapshot import Plain, Snapshot
from kb.records.model import RECORDS

Action = Literal["added", "removed", "archived", "restored", "changed", "item-added", "item-removed", "link-dead", "link-alive"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to what changed: a field, and which item of it."""

    shape: Shape
    item: Any = None
    """The item of a list as it is now; None where the field is no list or the list itself is meant."""

    @property
    def name(self) -> str:
        """The field's name, with the item's id where it has one."""
        own = self.item.get("id") if isinstance(self.item, Mapping) else None
        return f"{self.shape.name}.{own}" if own else self.shape.name


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record."""

    kind: str
    id: str
    action: Action
    record: Plain
    """The record as it is now; as it last was when it is gone."""
    path: tuple[Step, ...] = ()
    """The way to the field; empty when the record as a whole is meant."""
    before: Any = None
    after: Any = None
    """What the field said and says, as plain data; None for nothing. A text is a mapping of languages."""

    @property
    def field(self) -> str:
        """The way in one word: `contacts.secretariat.email`."""
        return ".".join(step.name for step in self.path)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two states of one record."""

    kind: str
    id: str
    old: Plain
    new: Plain
    moved: Mapping[str, str]
    """`kind:id` of records that have another id now → that id."""


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Every change from one snapshot to another that a reader could care for, by kind and id.

    Drafts are not there yet; archived records are told when they are archived and then no more. Order of lists,
    white space, checks (`review`, `collected_on`) and moves to another id are no changes, nor is what a record's
    `no_change_of_meaning` has named since the old snapshot.
    """
    moved = _moved(old, new)
    before = {moved.get(key, key): plain for key, plain in old.things.items()}
    found: list[Change] = []
    for kind in MODELS:
        now = dict(new.of_kind(kind))
        then = {key.partition(":")[2]: plain for key, plain in before.items() if key.startswith(f"{kind}:")}
        for name in sorted(then.keys() | now.keys()):
            found += _of_record(kind, name, then.get(name), now.get(name), moved)
    return found + list(_links(old, new))


def _of_record(kind: str, name: str, old: Plain | None, new: Plain | None, moved: Mapping[str, str]) -> Iterator[Change]:
    """The changes of one record; a draft counts as not there."""
    was, now = _status(old), _status(new)
    if old == new or (was, now) in (("", ""), ("", "archived"), ("archived", "archived"), ("archived", "")):
        return
    if not was and new is not None:
        yield Change(kind, name, "added", new)
    elif not now and old is not None:
        yield Change(kind, name, "removed", old)
    elif old is not None and new is not None:
        if now == "archived":
            yield Change(kind, name, "archived", new, after=new.get("archived"))
            return
        if was == "archived":
            yield Change(kind, name, "restored", new)
        corrected = _corrected(old, new)
        for change in _of_part(MODELS[kind], _Sides(kind, name, old, new, moved), old, new, ()):
            if not _covers(corrected, change):
                yield change


def _status(plain: Plain | None) -> str:
    """current, archived, or nothing for a draft and what is not there."""
    if plain is None or plain.get("status") == "draft":
        return ""
    return "archived" if plain.get("status") == "archived" else "current"


def _corrected(old: Plain, new: Plain) -> list[list[str]]:
    """The fields that were marked since the old snapshot as corrected without a change of meaning."""
    spent = old.get("review", {}).get("no_change_of_meaning", [])
    fresh = [mark for mark in new.get("review", {}).get("no_change_of_meaning", []) if mark not in spent]
    return [name.split(".") for mark in fresh for name in mark["fields"]]


def _covers(corrected: Iterable[list[str]], change: Change) -> bool:
    """Whether a correction names the field of a change or a part around it; a text's language counts as a field of it."""
    way = [part for step in change.path for part in (*step.shape.fields[:1], *step.name.split(".")[1:])]
    ways = [way]
    if change.path and change.path[-1].shape.holds in ("text", "whole"):
        ways = [[*way[:-1], field] if len(change.path[-1].shape.fields) > 1 else [*way, field] for field in _differing(change)]
    return all(any(one[: len(name)] == name for name in corrected) for one in ways)


def _differing(change: Change) -> list[str]:
    """The languages of a text, or the fields of a value made of several, that differ."""
    before, after = change.before or {}, change.after or {}
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _of_part(model: type[BaseModel], sides: _Sides, old: Plain, new: Plain, way: tuple[Step, ...]) -> Iterator[Change]:
    """The changes between two states of a part of a record."""
    for shape in shapes(model):
        before, after = shape.of(old), shape.of(new)
        if before != after:
            yield from _of_field(shape, sides, before, after, way)


def _of_field(shape: Shape, sides: _Sides, before: Any, after: Any, way: tuple[Step, ...]) -> Iterator[Change]:
    if shape.holds == "part" and before is not None and after is not None and shape.model:
        yield from _of_part(shape.model, sides, before, after, (*way, Step(shape)))
    elif shape.listed:
        yield from _of_list(shape, sides, before or [], after or [], way)
    elif _meaning(shape, before, sides.moved) != _meaning(shape, after, {}):
        yield _changed(sides, (*way, Step(shape)), before, after)


def _of_list(shape: Shape, sides: _Sides, before: list[Any], after: list[Any], way: tuple[Step, ...]) -> Iterator[Change]:
    for was, now in pairs([_tidy(item) for item in before], [_tidy(item) for item in after]):
        step = Step(shape, was if now is None else now)
        if was is None:
            yield Change(sides.kind, sides.id, "item-added", sides.new, (*way, step), None, now)
        elif now is None:
            yield Change(sides.kind, sides.id, "item-removed", sides.new, (*way, step), was, None)
        elif shape.holds == "texts":
            yield _changed(sides, (*way, step), was, now)
        elif shape.model:
            yield from _of_part(shape.model, sides, was, now, (*way, step))


def _changed(sides: _Sides, way: tuple[Step, ...], before: Any, after: Any) -> Change:
    return Change(sides.kind, sides.id, "changed", sides.new, way, _tidy(before), _tidy(after))


def _meaning(shape: Shape, value: Any, moved: Mapping[str, str]) -> Any:
    """A value without what says nothing: white space, the order of a list, the earlier ids of what it refers to."""
    value = _tidy(value)
    if shape.refers and value:
        value = (
            [_now(item, shape.refers, moved) for item in value] if isinstance(value, list) else _now(value, shape.refers, moved)
        )
    return sorted(set(value), key=str) if isinstance(value, list) else value


def _now(name: str, kind: str, moved: Mapping[str, str]) -> str:
    return moved.get(f"{kind}:{name}", f"{kind}:{name}").partition(":")[2]


def _tidy(value: Any) -> Any:
    """Plain data with its texts in one form: composed letters, single spaces, paragraphs kept."""
    if isinstance(value, str):
        paragraphs = unicodedata.normalize("NFC", value).split("\n\n")
        return "\n\n".join([tidy for part in paragraphs if (tidy := " ".join(part.split()))])
    if isinstance(value, Mapping):
        return {key: _tidy(part) for key, part in value.items()}
    return [_tidy(part) for part in value] if isinstance(value, list) else value


def _moved(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Old keys of records that stand under another id now, by their `former_ids` and those of their network."""
    homes = dict(new.of_kind("network"))
    found = {}
    for kind in RECORDS:
        for name, plain in new.of_kind(kind):
            for former in _former(name, plain, homes):
                if f"{kind}:{former}" in old.things and f"{kind}:{former}" not in new.things:
                    found[f"{kind}:{former}"] = f"{kind}:{name}"
    return found


def _former(name: str, plain: Plain, homes: Mapping[str, Plain]) -> list[str]:
    owner, slash, slug = name.rpartition("/")
    slugs = [slug, *plain.get("former_ids", [])]
    owners = [owner, *homes.get(owner, {}).get("former_ids", [])] if slash else [""]
    return [f"{one}{slash}{other}" for one in owners for other in slugs if f"{one}{slash}{other}" != name]


def _links(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Links of current records that died since, and dead ones that open again."""
    for action, urls in (
        ("link-dead", set(new.dead_links) - set(old.dead_links)),
        ("link-alive", set(old.dead_links) - set(new.dead_links)),
    ):
        for kind in RECORDS if urls else ():
            for name, plain in new.of_kind(kind):
                if _status(plain) == "current" and f"{kind}:{name}" in old.things:
                    yield from (_link(kind, name, plain, action, url) for url in _own_links(plain) if url in urls)


def _own_links(plain: Plain) -> list[str]:
    return [plain[field] for field in ("url", "website", "apply_url") if field in plain]


def _link(kind: str, name: str, plain: Plain, action: str, url: str) -> Change:
    return Change(kind, name, "link-dead" if action == "link-dead" else "link-alive", plain, after=url)
