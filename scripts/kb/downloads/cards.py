"""Contacts as vCard 3.0 (RFC 2426), by vobject: institutions and offices, for the address books of phones and mail programs.

Version 4.0 would say that a card is of an institution; Outlook and several telephones refuse it.
"""

from collections.abc import Iterator
from typing import Any

import vobject
from icalendar.parser import Contentlines
from vobject.vcard import Address, Name

from kb.downloads.offer import File, Offer
from kb.records.checking.telephones import dialled
from kb.records.knowledge import Entry, KnowledgeBase, current
from kb.records.model import Contact, Network
from kb.words.language import Words

UID = "urn:kb:contact:{network}:{contact}"
UNFOLDED = 1_000_000_000  # letters of a line; vobject counts letters where it should count octets, so another folds


def files(offer: Offer) -> Iterator[File[bytes]]:
    """One card per contact, and all of them in one file."""
    cards = [(f"{entry.id}-{contact.id}.vcf", card(entry, contact, offer.words)) for entry, contact in contacts(offer.kb)]
    yield File("all.vcf", bytes, b"".join(content for _, content in cards))
    yield from (File(name, bytes, content) for name, content in cards)


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
    shown = f"{acronym} – {role}"
    made, spoken = vobject.vCard(), {"LANGUAGE": [str(words.language)]}
    _add(made, "uid", UID.format(network=entry.id, contact=contact.id))
    _add(made, "fn", shown, spoken)
    _add(made, "n", Name(family=shown), spoken)  # must be there; telephones show it, and an institution has no other
    _add(made, "org", [name, role], spoken)
    _add(made, "role", role, spoken)
    _add(made, "nickname", acronym)
    _add(made, "email", contact.email, {"TYPE": ["INTERNET", "WORK"]})
    _add(made, "tel", dialled(contact.phone or "").removeprefix("tel:"), {"TYPE": ["WORK", "VOICE"]})
    if contact.address:  # as printed: its parts are not known, so it stands as the street
        _add(made, "adr", Address(street=words.plain(contact.address)), {"TYPE": ["WORK"], **spoken})
    _add(made, "url", contact.url or record.website)
    made.url.encoded = True  # an address is no text, and nothing in it is escaped
    _add(made, "note", _note(contact, words), spoken)
    _add(made, "categories", [words("site.title")])
    _add(made, "rev", _rev(record))
    return folded(made.serialize(lineLength=UNFOLDED))


def _add(made: Any, name: str, value: Any, params: dict[str, list[str]] | None = None) -> None:
    """Add a property to a card, unless there is nothing to say."""
    if value:
        line = made.add(name)
        line.value, line.params = value, {**(params or {})}


def folded(text: str) -> bytes:
    """Lines of no more than 75 octets, none of which ends within a letter (RFC 2425, 5.8.1)."""
    made: bytes = Contentlines.from_ical(text).to_ical()  # type: ignore[no-untyped-call]  # icalendar names no types here
    return made


def _note(contact: Contact, words: Words) -> str:
    holder = f"{words('contact.holder')}: {contact.holder}" if contact.holder else ""
    return "\n".join(part for part in (holder, words.plain(contact.note)) if part)


def _rev(record: Any) -> str:
    """The day on which the record was last confirmed or put together."""
    day = max(record.collected_on or "", record.review.confirmed_on or "")
    return f"{day}T00:00:00Z" if day else ""
