"""Old items and what was fetched become new items, with when they were first and last seen. Pure, and the heart of fetching.

What it promises, and tests hold it to: merging twice changes nothing; the order of entries does not matter; no item is
ever lost; `first_seen` and ids never change.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from kb.fetching.deciding.sameness import Fetched, Found, Key, folded, key_of, mark_of, matched
from kb.fetching.parsing.urls import identity
from kb.records.item import Item

FIRST_YEAR = "1990"  # nobody published on the web before; clocks that were never set say 1970


def merge(
    old: Iterable[Item], fetched: Iterable[Fetched], now: date, last_success: Mapping[str, str] | None = None
) -> tuple[Item, ...]:
    """The items of a network after a round.

    `fetched` holds the entries of all sources that worked, and of no other. `last_success` says for each source on
    which day it last worked before: an item that has gone from it was last seen then. Newest first, then by id.
    """
    before = sorted(old, key=lambda item: item.id)
    found = folded(fetched)
    working = frozenset(source for one in found for source in one.sources)
    partners = matched(before, found)
    items = [renewed(item, found[partners[n]], working, now) if n in partners else missed(item, working, last_success or {})
             for n, item in enumerate(before)]  # fmt: skip
    matched_found = set(partners.values())
    taken = {item.id for item in before}
    for number, one in enumerate(found):
        if number not in matched_found:
            items.append(begun(one, taken, now))
            taken.add(items[-1].id)
    items.sort(key=lambda item: item.id)
    items.sort(key=lambda item: item.first_seen, reverse=True)
    return tuple(items)


def renewed(item: Item, one: Found, working: frozenset[str], now: date) -> Item:
    """An item as its feed words it now. A published time is kept: feeds without one often give the time of the request."""
    entry = one.entry
    published, doubt = item.published, item.doubtful
    if entry.published and (published is None or doubt) and entry.published != published:
        published, doubt = entry.published, doubtful(entry.published, now)
    still = frozenset() if item.last_seen else frozenset(item.sources) - working
    update = {
        "title": entry.title,
        "summary": entry.summary or item.summary,
        "link": _address(item.link, entry.link),
        "guid": item.guid if identity(item.guid) and identity(item.guid) == identity(entry.guid) else entry.guid or item.guid,
        "published": published,
        "doubtful": doubt,
        "start": entry.start or item.start,
        "end": entry.end if entry.start else item.end,
        "place": entry.place or item.place,
        "language": entry.language or item.language,
        "tags": entry.tags or item.tags,
        "sources": tuple(sorted(one.sources | still)),
        "last_seen": None,
    }
    after = item.model_copy(update=update)
    return after.model_copy(update={"seen_as": "" if mark_of(key_of(after)) == one.mark else one.mark})


def _address(old: str | None, new: str | None) -> str | None:
    """The address to keep: one that says the same differently replaces the old only where it is safer."""
    if not old or not new:
        return new or old
    same = identity(old) == identity(new)
    return old if same and not (new.startswith("https:") and old.startswith("http:")) else new


def missed(item: Item, working: frozenset[str], last_success: Mapping[str, str]) -> Item:
    """An item that was not fetched: it stays; when every source of it worked, it has gone from them."""
    if item.last_seen or working.isdisjoint(item.sources):
        return item
    still = tuple(source for source in item.sources if source not in working)
    if still:
        return item.model_copy(update={"sources": still})
    seen = max((last_success.get(source, "") for source in item.sources), default="")
    return item.model_copy(update={"last_seen": max(seen, item.first_seen)})


def begun(one: Found, taken: set[str], now: date) -> Item:
    """An item that was never seen before."""
    entry = one.entry
    shared = entry.model_dump(exclude={"edited"})
    network = min(one.sources).partition("/")[0]
    return Item(
        id=new_id(network, one.key, taken),
        doubtful=doubtful(entry.published, now),
        sources=tuple(sorted(one.sources)),
        first_seen=now.isoformat(),
        **shared,
    )


def new_id(network: str, key: Key, taken: set[str]) -> str:
    """The network and ten digits of a hash: the same for the same thing, unless another has it already."""
    for number in range(len(taken) + 1):
        told = "\x1f".join((*key, str(number)))
        found = f"{network}-{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:10]}"
        if found not in taken:
            return found
    raise AssertionError("one more number than ids are taken")  # pragma: no cover - cannot be


def doubtful(published: str | None, now: date) -> Literal["future", "ancient"] | None:
    """Whether a time of publication cannot be; a day of grace, as zones differ."""
    if published is None:
        return None
    if published < FIRST_YEAR:
        return "ancient"
    return "future" if published[:10] > (now + timedelta(days=1)).isoformat() else None


def has_shrunk(before: int, now: int, most: float) -> bool:
    """Whether a source lost more of its items than is believable."""
    return now < before * (1 - most)
