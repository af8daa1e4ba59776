"""Which watched pages of a record changed after a person last confirmed it; the only reader here of `_fetched/sources.json`."""

import json
from pathlib import Path
from typing import Any

from kb.knowledge import Entry

HEALTH = "_fetched/sources.json"


def changed_pages(root: Path, entry: Entry[Any]) -> list[str]:
    """The addresses of pages on which a record relies and that changed on or after the day of its last check.

    A network relies on every page that its record lists under `watch`, any other record on those among its sources.
    """
    checked = entry.record.review.confirmed_on or entry.record.collected_on or ""
    own = _addresses(entry)
    return [url for url, on in sorted(_changes(root).items()) if url in own and on >= checked]


def _addresses(entry: Entry[Any]) -> set[str]:
    if entry.kind == "network":
        return {page.url for page in entry.record.watch}
    named = (getattr(entry.record, name, None) for name in ("url", "apply_url"))
    return {*entry.record.sources, *(url for url in named if url)}


def _changes(root: Path) -> dict[str, str]:
    """The address of each watched page that ever changed → the day on which the last change was seen."""
    try:
        sources = json.loads((root / HEALTH).read_bytes())
    except (OSError, ValueError):
        return {}  # nothing was fetched yet; a damaged file is for `kb check` to tell
    pages = [row for row in sources.values() if row.get("what") == "page" and row.get("change")]
    return {row["url"]: row["change"]["on"] for row in pages}
