"""Which watched pages of a record changed since a person last checked it."""

from typing import Any

from kb.knowledge import Entry, KnowledgeBase


def changed_pages(kb: KnowledgeBase, entry: Entry[Any]) -> list[str]:
    """The addresses of pages on which a record relies and that changed on or after the day of its last check.

    A network relies on every page that its record lists under `watch`, any other record on those among its sources.
    A change on the day of the check counts: nobody knows which of the two came first.
    """
    checked = entry.record.review.confirmed_on or entry.record.collected_on or ""
    own = _addresses(entry)
    changes = {health.url: health.change.on for health in kb.sources.values() if health.what == "page" and health.change}
    return [url for url, on in sorted(changes.items()) if url in own and on >= checked]


def _addresses(entry: Entry[Any]) -> set[str]:
    if entry.kind == "network":
        return {page.url for page in entry.record.watch}
    named = (getattr(entry.record, name, None) for name in ("url", "apply_url"))
    return {*entry.record.sources, *(url for url in named if url)}
