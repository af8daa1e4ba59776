"""Which pages that a record relies on changed since a person last checked it."""

from collections.abc import Mapping
from typing import Any

from kb.records.checking.references import references
from kb.records.knowledge import Entry, KnowledgeBase

Changes = Mapping[str, str]
"""The address of a watched page → the day on which its last change was seen."""


def changes_of(kb: KnowledgeBase) -> Changes:
    """Every watched page that changed; of two visitors of one page, the day of the later change."""
    pages = ((health.url, health.change.on) for health in kb.sources.values() if health.what == "page" and health.change)
    return dict(sorted(pages))


def changed_pages(entry: Entry[Any], changes: Changes) -> list[str]:
    """The addresses of pages on which a record relies and that changed on or after the day of its last check.

    The record's own check counts, and before the first one the day on which it was put together: a network that was
    confirmed says nothing of the resources in its folder. A change on the day of the check counts, for nobody knows which
    of the two came first, and a check too many costs less than a change that nobody saw.
    """
    checked = entry.record.review.confirmed_on or entry.record.collected_on or ""
    return [url for url in _relied_on(entry.record) if url in changes and changes[url] >= checked] if changes else []


def _relied_on(record: Any) -> list[str]:
    """The pages that a record was put together from: those it watches, its sources and those of its parts, and its own."""
    watched = [page.url for page in getattr(record, "watch", ())]
    listed = [source.url for source in getattr(record, "sources", ()) if not isinstance(source, str)]
    named = [name for _, kind, name in references(record) if kind == "source"]
    own = [url for field in ("url", "apply_url") if (url := getattr(record, field, None))]
    return list(dict.fromkeys([*watched, *listed, *named, *own]))
