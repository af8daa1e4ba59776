"""Whom a site is for: the Office sees everything, the public no contact that is not meant for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from pydantic import BaseModel

from kb.records.item import Health
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.model import Contact

Audience = Literal["office", "public"]
MASK = "[…]"


def seen_by(kb: KnowledgeBase, audience: Audience) -> KnowledgeBase:
    """The knowledge base as an audience may see it; everything that is made of it holds nothing more.

    A contact is internal unless its record says `public: true`: what nobody decided about is not published. Where its
    address, number or holder also stands in a text, of a record, of our own lists or of what robots collected, the text
    has `[…]` there. What changed on a watched page is left out: it may be the address that takes an internal one's place.
    """
    if audience == "office":
        return kb
    contacts = [contact for entry in kb.networks.values() for contact in entry.record.contacts]
    words = _words(c for c in contacts if not c.public) - _words(c for c in contacts if c.public)
    hidden = re.compile("|".join(map(_anywhere, sorted(words, key=len, reverse=True))) or r"(?!)")
    networks = {name: _without_internal(entry) for name, entry in kb.networks.items()}
    sources = {name: _without_excerpts(health) for name, health in kb.sources.items()}
    whole = {field.name: getattr(kb, field.name) for field in fields(kb)} | {"networks": networks, "sources": sources}
    return KnowledgeBase(**_masked(whole, hidden))


def _words(contacts: Iterable[Contact]) -> set[str]:
    """What leads to the people behind contacts."""
    return {word for contact in contacts for word in (contact.email, contact.phone, contact.holder) if word}


def _anywhere(word: str) -> str:
    """The pattern of a hidden word; letters of another case lead to the same mailbox."""
    return f"(?i:{re.escape(word)})" if "@" in word else re.escape(word)


def _without_internal(entry: Entry[Any]) -> Entry[Any]:
    """A network without its internal contacts."""
    shown = tuple(contact for contact in entry.record.contacts if contact.public)
    return replace(entry, record=entry.record.model_copy(update={"contacts": shown}))


def _without_excerpts(health: Health) -> Health:
    """The health of a source, with the day of a change and not the words."""
    change = health.change and health.change.model_copy(update={"before": "", "after": ""})
    return health.model_copy(update={"change": change})


def _masked(part: Any, hidden: re.Pattern[str]) -> Any:
    """A part of the knowledge base without the hidden words; nothing is validated anew, for `[…]` is right in no field."""
    if isinstance(part, str):
        return hidden.sub(MASK, part)
    if isinstance(part, BaseModel):
        changed = {name: new for name, value in part if (new := _masked(value, hidden)) != value}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, Entry):
        return replace(part, record=_masked(part.record, hidden))
    if isinstance(part, Mapping):
        return {key: _masked(value, hidden) for key, value in part.items()}
    return type(part)(_masked(value, hidden) for value in part) if isinstance(part, tuple | frozenset) else part
