"""Contacts as vCard 4.0 (RFC 6350): institutions and offices, for the address books of phones and mail programs."""

from collections.abc import Iterator
from typing import Any

from kb.downloads.contentlines import lines, text, uri
from kb.records.checking.telephones import dialled
from kb.records.knowledge import Entry, KnowledgeBase, current
from kb.records.model import Contact, Network
from kb.words.language import Words

UID = "urn:kb:contact:{network}:{contact}"


def files(kb: KnowledgeBase, words: Words) -> Iterator[tuple[str, bytes]]:
    """(file name below contacts/, content): one card per contact, and all of them in one file."""
    cards = [(f"{entry.id}-{contact.id}.vcf", card(entry, contact, words)) for entry, contact in contacts(kb)]
    yield "all.vcf", b"".join(content for _, content in cards)
    yield from cards


def contacts(kb: KnowledgeBase) -> Iterator[tuple[Entry[Network], Contact]]:
    """The contacts of current networks that can be reached: by mail, telephone, post or a page."""
    for entry in current(kb.networks):
        for contact in entry.record.contacts:
            if contact.email or contact.phone or contact.address or contact.url:
                yield entry, contact


def card(entry: Entry[Network], contact: Contact, words: Words) -> bytes:
    """One card: the institution with its office; never a person, whose name would only be the office's holder."""
    record, role = entry.record, words.plain(contact.role)
    acronym, name = words.plain(record.acronym), words.plain(record.name)
    return lines(
        [
            ("BEGIN", "VCARD"),
            ("VERSION", "4.0"),
            ("UID", uri(UID.format(network=entry.id, contact=contact.id))),
            ("KIND", "org"),
            (f"FN;LANGUAGE={words.language}", text(f"{acronym} – {role}")),
            (f"ORG;LANGUAGE={words.language}", f"{text(name)};{text(role)}"),
            ("NICKNAME", text(acronym)),
            ("EMAIL;TYPE=work", text(contact.email or "")),
            ('TEL;VALUE=uri;TYPE="work,voice"', dialled(contact.phone or "")),
            *_address(contact, words),
            ("URL", uri(contact.url or record.website)),
            ("NOTE", text(_note(contact, words))),
            ("CATEGORIES", text(words("site.title"))),
            ("REV", _rev(record)),
            ("END", "VCARD"),
        ]
    )


def _address(contact: Contact, words: Words) -> list[tuple[str, str]]:
    """The postal address as printed: its parts are not known, so it stands as the street."""
    if not contact.address:
        return []
    return [(f"ADR;LANGUAGE={words.language}", f";;{text(words.plain(contact.address))};;;;")]


def _note(contact: Contact, words: Words) -> str:
    holder = f"{words('contact.holder')}: {contact.holder}" if contact.holder else ""
    return "\n".join(part for part in (holder, words.plain(contact.note)) if part)


def _rev(record: Any) -> str:
    """The day on which the record was last confirmed or put together."""
    day = max(record.collected_on or "", record.review.confirmed_on or "")
    return f"{day.replace('-', '')}T000000Z" if day else ""
