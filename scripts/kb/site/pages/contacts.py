"""Contacts: those of a network with all their ways, and everybody's on one page."""

from dataclasses import dataclass
from typing import ClassVar

from kb.records.knowledge import Entry, current
from kb.records.model import Contact, Network
from kb.records.texts import host
from kb.site.pages import lists
from kb.site.pages.pieces import offered
from kb.site.pages.pieces.people import telephone
from kb.site.view.blocks import Page, Prose, Row, Rows, Section
from kb.site.view.lines import BREAK, COMMA, NOTHING, SPACE, joined, link, looking, outside, said
from kb.site.view.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsPage(Page):
    """Everybody's contacts."""

    template: ClassVar[str] = "contacts"


def contacts(w: Writer) -> Page:
    """Contacts by network; networks without one are named too."""
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    parts = [_contacts(w, e) for e in everyone if e.record.contacts]
    missing = joined((w.acronym(e.id) for e in everyone if not e.record.contacts), COMMA)
    gap = Prose(joined((w.say("contact.none_found"), missing), SPACE))
    without = Section("missing", w.words("contact.missing"), (gap,) if missing else ())
    return lists.page(w, "contacts", (*parts, without), template=ContactsPage)


def _contacts(w: Writer, entry: Entry[Network]) -> Section:
    record, name = entry.record, w.text(entry.record.name)
    acronym = w.words.plain(record.acronym)
    title = (
        w.acronym(entry.id)
        if acronym == w.words.plain(record.name)
        else joined((w.acronym(entry.id), looking("quiet", name)), SPACE)
    )
    rows = Rows(tuple(_contact(w, entry, contact) for contact in record.contacts))
    return Section(entry.id, acronym, (rows,), len(record.contacts), title=title)


def _contact(w: Writer, entry: Entry[Network], contact: Contact) -> Row:
    """A contact as one row: its role, and the ways to reach it on one line."""
    words = w.words
    ways = (
        link(f"mailto:{contact.email}", contact.email) if contact.email else NOTHING,
        telephone(contact),
        outside(contact.url, host(contact.url)) if contact.url else NOTHING,
        offered.card(w, f"{entry.id}-{contact.id}") if contact.email or contact.phone or contact.address else NOTHING,
    )
    known = said(words("meta.as_of", date=words.of(contact.as_of))) if contact.as_of else NOTHING
    lines = (
        joined(ways),
        w.text(contact.address),
        said(contact.holder or ""),
        w.text(contact.basis),
        joined([known, w.text(contact.note)]),
    )
    return Row(looking("strong", w.text(contact.role)), joined(lines, BREAK), f"{entry.id}-contact-{contact.id}")
