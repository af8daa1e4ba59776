"""Contacts: whom to write to, with every way to reach them."""

from kb.records.checking.telephones import dialled
from kb.records.knowledge import Entry
from kb.records.model import Contact, Network
from kb.records.texts import host
from kb.site.pages.pieces import offered
from kb.site.view.blocks import People, Person
from kb.site.view.citations import Citations
from kb.site.view.lines import NOTHING, Line, link, outside, said, together
from kb.site.view.writer import Writer


def people(w: Writer, entry: Entry[Network], cite: Citations | None = None) -> tuple[People, ...]:
    """The contacts of a network, or nothing."""
    contacts = entry.record.contacts
    return (People(tuple(person(w, entry, c, cite) for c in contacts)),) if contacts else ()


def telephone(contact: Contact) -> Line:
    """A contact's number under a link that dials it; without one where nobody knows how to dial it."""
    number = contact.phone or ""
    address = dialled(number)
    return link(address, number) if address else said(number)


def person(w: Writer, entry: Entry[Network], contact: Contact, cite: Citations | None) -> Person:
    """A contact: role, institution, ways to reach it."""
    mail = link(f"mailto:{contact.email}", contact.email) if contact.email else NOTHING
    ways = (
        *w.fact("contact.holder", said(contact.holder)),
        *w.fact("meta.email", mail),
        *w.fact("meta.phone", telephone(contact)),
        *w.fact("meta.address", w.text(contact.address)),
        *w.fact("meta.website", outside(contact.url, host(contact.url)) if contact.url else NOTHING),
        *w.fact("contact.basis", w.text(contact.basis)),
        *w.fact("offer.card", offered.card(w, f"{entry.id}-{contact.id}") if _has_card(entry, contact) else NOTHING),
    )
    mark = cite.mark(contact.sources) if cite else NOTHING
    about = w.noted(NOTHING, contact.note, contact.as_of)
    return Person(f"contact-{contact.id}", together(w.text(contact.role), mark), w.text(entry.record.name), ways, about)


def _has_card(entry: Entry[Network], contact: Contact) -> bool:
    """Whether `downloads.cards` makes a card: for what can be reached, of a network that is still in the lists."""
    return entry.record.status == "current" and bool(contact.email or contact.phone or contact.address or contact.url)
