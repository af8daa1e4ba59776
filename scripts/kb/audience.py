"""Whom a site is for: the Office sees everything, the public no contact that is not meant for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from kb.knowledge import Entry, KnowledgeBase
from kb.model import Contact

Audience = Literal["office", "public"]
MASK = "[…]"


def seen_by(kb: KnowledgeBase, audience: Audience) -> KnowledgeBase:
    """The knowledge base as an audience may see it; everything that is made of it holds nothing more.

    A contact is internal unless its record says `public: true`: what nobody decided about is not published. Where its
    address, number or holder also stands in a text, the text has `[…]` there.
    """
    if audience == "office":
        return kb
    contacts = [contact for entry in kb.networks.values() for contact in entry.record.contacts]
    words = _words(c for c in contacts if not c.public) - _words(c for c in contacts if c.public)
    hidden = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)")
    kinds = ("networks", "resources", "events", "opportunities", "agreements", "reporting")
    shown: dict[str, Any] = {kind: _masked(getattr(kb, kind), hidden) for kind in kinds}
    return replace(kb, **shown)


def _words(contacts: Iterable[Contact]) -> set[str]:
    """What leads to the people behind contacts."""
    return {word for contact in contacts for word in (contact.email, contact.phone, contact.holder) if word}


def _masked(entries: Mapping[str, Entry[Any]], hidden: re.Pattern[str]) -> dict[str, Entry[Any]]:
    return {key: replace(entry, record=_record(entry.record, hidden)) for key, entry in entries.items()}


def _record(record: Any, hidden: re.Pattern[str]) -> Any:
    """A record without its internal contacts, and without their words in its texts."""
    if getattr(record, "contacts", ()):
        record = record.model_copy(update={"contacts": tuple(contact for contact in record.contacts if contact.public)})
    plain = record.model_dump()
    masked = _without(plain, hidden)
    return record if masked == plain else type(record).model_validate(masked)


def _without(part: Any, hidden: re.Pattern[str]) -> Any:
    if isinstance(part, str):
        return hidden.sub(MASK, part)
    if isinstance(part, Mapping):
        return {key: _without(value, hidden) for key, value in part.items()}
    return tuple(_without(value, hidden) for value in part) if isinstance(part, tuple) else part
