"""JSON Feed 1.0 and 1.1 (jsonfeed.org) → entries."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kb.fetching.parsing.drafting import alone, entry, moment
from kb.fetching.parsing.entry import Entry


def entries(text: str, url: str) -> Iterator[Entry | None] | None:
    """The entries of a feed; None when the text is no JSON Feed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return None
    language = found.get("language")
    return (_entry(item, url, language) for item in found["items"])


@alone
def _entry(item: Any, url: str, language: object) -> Entry | None:
    if not isinstance(item, dict):
        return None
    published, updated = _moment(item.get("date_published")), _moment(item.get("date_modified"))
    return entry(
        url,
        title=item.get("title"),
        summary=item.get("summary") or item.get("content_html") or item.get("content_text"),
        link=item.get("url") or item.get("external_url"),
        guid=item.get("id"),
        published=published or updated,
        edited=published is None,
        language=item.get("language") or language,
        tags=item.get("tags") if isinstance(item.get("tags"), list) else (),
    )


def _moment(value: object) -> str | None:
    try:
        return moment(datetime.fromisoformat(value)) if isinstance(value, str) else None
    except ValueError:
        return None
