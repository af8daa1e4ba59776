"""Who is who: entries of a round that are one thing, and which item each thing is. Pure.

GUIDs, addresses and titles all change, and many feeds give one GUID or one address to all their entries. So no single
sign decides: signs are tried from what proves most to what proves least, each only where it is unique. Where identity
stays in doubt, two items are kept rather than one lost.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kb.fetching.parsing.entry import Entry
from kb.fetching.parsing.urls import identity
from kb.records.item import Item


@dataclass(frozen=True, slots=True)
class Fetched:
    """An entry and the source that brought it: `ennhri/feed`."""

    source: str
    entry: Entry


class Key(NamedTuple):
    """What an entry or item is known by, each reduced to what does not change by habit; empty where there is none."""

    guid: str
    link: str
    title: str
    day: str
    """When: the first day of an event, else the time of publication."""
    words: str
    """The summary."""

    @property
    def nameless(self) -> bool:
        """Whether it has neither GUID nor link, as a quarter of all entries do."""
        return not (self.guid or self.link)


@dataclass(frozen=True)
class Found:
    """One thing that was fetched, once however often and from however many sources."""

    entry: Entry
    sources: frozenset[str]

    @cached_property
    def key(self) -> Key:
        """What it is known by."""
        return key_of(self.entry)

    @cached_property
    def mark(self) -> str:
        """A short sign of all that; no two of a round have the same."""
        return mark_of(self.key)


def key_of(part: Entry | Item) -> Key:
    """What an entry or an item is known by."""
    guid = identity(part.guid) or part.guid if part.guid.startswith(("http://", "https://")) else part.guid
    title = " ".join(part.title.casefold().split())
    return Key(guid, identity(part.link), title, part.start or part.published or "", part.summary)


Pass = Callable[[Key], tuple[str, ...] | None]


def whole(key: Key) -> tuple[str, ...]:
    """All that tells one entry of a round from the others."""
    return (key.title, key.day, key.words) if key.nameless else (key.guid, key.link, key.title, key.day)


# From what proves most to what proves least. Each gives what two must share, or None where it proves nothing.
PASSES: tuple[Pass, ...] = (
    lambda k: (k.link, k.title, k.day) if k.link else None,
    lambda k: (k.guid, k.title, k.day) if k.guid else None,
    lambda k: (k.guid, k.link, k.title) if not k.nameless else None,
    lambda k: (k.link, k.title) if k.link else None,
    lambda k: (k.guid, k.title) if k.guid else None,
    lambda k: (k.guid, k.link) if k.guid and k.link else None,
    lambda k: (k.link,) if k.link else None,
    lambda k: (k.guid,) if k.guid else None,
    lambda k: (k.title, k.day) if k.day else None,
    lambda k: (k.day, k.words) if k.nameless and k.day and k.words else None,
)


def mark_of(key: Key) -> str:
    """Ten digits for all that tells an entry from the others of its round."""
    return hashlib.sha256("\x1f".join(whole(key)).encode("utf-8", "replace")).hexdigest()[:10]


# Two entries of one round are one when they share any of these.
SAME: tuple[Pass, ...] = (
    whole,
    lambda k: (k.link, k.title, k.day) if k.link and k.day else None,
    lambda k: (k.link, k.title, k.words) if k.link else None,
)


def folded(fetched: Iterable[Fetched]) -> list[Found]:
    """What was fetched, each thing once, in an order that does not depend on the order given."""
    ordered = sorted(fetched, key=_order)
    keys = [key_of(one.entry) for one in ordered]
    groups = _joined(len(ordered), [[same(key) for key in keys] for same in SAME])
    return [_one_of([ordered[n] for n in numbers]) for numbers in groups]


def _order(one: Fetched) -> tuple[str, ...]:
    """The richest first; among equals any fixed order."""
    entry = one.entry
    return (f"{10_000 - len(entry.summary):05}", entry.title, entry.link or "", entry.guid, entry.model_dump_json(), one.source)


def _joined(count: int, columns: list[list[tuple[str, ...] | None]]) -> list[list[int]]:
    """Numbers in groups: two are in one when a chain of shared keys links them."""
    leader = list(range(count))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for column in columns:
        first: dict[tuple[str, ...], int] = {}
        for number, key in enumerate(column):
            if key is not None:
                one, other = lead(first.setdefault(key, number)), lead(number)
                leader[max(one, other)] = min(one, other)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(count):
        groups[lead(number)].append(number)
    return list(groups.values())


def _one_of(same: list[Fetched]) -> Found:
    """The first of those that are one, with what only the others know."""
    first = same[0].entry
    if len(same) > 1:
        wanted = ("link", "guid", "published", "start", "end", "place", "language", "tags")
        known = {name: next((v for one in same if (v := getattr(one.entry, name))), getattr(first, name)) for name in wanted}
        first = first.model_copy(update=known)
    return Found(first, frozenset(one.source for one in same))


def matched(before: Sequence[Item], found: Sequence[Found]) -> dict[int, int]:
    """Which item each found thing is: number of the item → number of the found.

    What was last seen just so is the same; that makes merging idempotent. After that a key decides only where it is
    unique, among all items and all found, matched or not: many feeds give one GUID or one link to all their entries.
    """
    marks = {one.mark: number for number, one in enumerate(found)}
    keys, found_keys = [key_of(item) for item in before], [one.key for one in found]
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for number, item in enumerate(before):
        same = marks.get(item.seen_as or mark_of(keys[number]))
        if same is not None and same not in taken:
            partners[number] = same
            taken.add(same)
    for share in PASSES:
        mine, theirs = _numbers(keys, share), _numbers(found_keys, share)
        for key, candidates in theirs.items():
            items = mine.get(key, [])
            if len(candidates) != 1 or len(items) != 1 or candidates[0] in taken or items[0] in partners:
                continue
            if may_be(before[items[0]], found[candidates[0]]):
                partners[items[0]] = candidates[0]
                taken.add(candidates[0])
    return partners


def _numbers(keys: Sequence[Key], share: Pass) -> dict[tuple[str, ...], list[int]]:
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        if (shared := share(key)) is not None:
            found[shared].append(number)
    return found


def may_be(item: Item, one: Found) -> bool:
    """Whether nothing speaks against it: two of title, day, address and GUID that differ make another thing."""
    mine, theirs = key_of(item), one.key
    other_day = differ(mine.day[:10], theirs.day[:10]) and not one.entry.edited
    same_guid = bool(mine.guid) and mine.guid == theirs.guid
    if mine.title == theirs.title:
        return same_guid or not (differ(mine.link, theirs.link) or (other_day and differ(mine.guid, theirs.guid)))
    named_twice = same_guid and mine.link == theirs.link != mine.guid
    return not other_day or (named_twice and bool(mine.link))


def differ(one: str, other: str) -> bool:
    """Whether two are known, and not the same."""
    return bool(one and other) and one != other
