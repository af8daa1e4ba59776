"""What a visit to a source brought, on its way from the wire to the decision."""

from dataclasses import dataclass

from kb.fetching.failure import Failed
from kb.fetching.parsing.entry import Entry
from kb.fetching.sources import Source
from kb.records.item import Said


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit brought: a failure, or nothing new, or entries, or the lines of a page."""

    source: Source
    failure: Failed | None = None
    unchanged: bool = False
    entries: tuple[Entry, ...] = ()
    lines: tuple[str, ...] = ()
    warnings: tuple[Said, ...] = ()
    digest: str | None = None
    etag: str | None = None
    modified: str | None = None
