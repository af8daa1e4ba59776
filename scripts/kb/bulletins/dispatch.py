"""A quarter's bulletin as what leaves the house: its letters and the stationery in, files and mails of every unit out."""

from collections.abc import Iterator

from kb.bulletins import printout
from kb.bulletins.book import AddressBook
from kb.bulletins.edition import Bulletin
from kb.bulletins.mail import as_html, as_text, content_hash, message
from kb.bulletins.posting import Envelope, Mail
from kb.bulletins.stationery.templates import Stationery


def files(bulletin: Bulletin, site: str, stationery: Stationery) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every unit's mail and document; `office` is the edition of the whole Office.

    `site` is the address with which links begin; without one there are none. Raises BadTemplate.
    """
    for unit in bulletin.units():
        letters, name = bulletin.letters(unit), unit or "office"
        yield f"{name}.eml", message(letters, bulletin.posting(unit), Envelope(site=site), stationery).as_bytes()
        yield f"{name}.docx", printout.document(letters, site, stationery[printout.NAME])


def mails(bulletin: Bulletin, book: AddressBook, site: str, stationery: Stationery) -> Iterator[Mail]:
    """The mails of every unit; one without addresses comes, too, so that nobody is forgotten in silence. Raises BadTemplate."""
    for unit in bulletin.units():
        to = book.units.get(unit or "office", ())
        letters, posting = bulletin.letters(unit), bulletin.posting(unit)
        content = content_hash(as_text(letters, site, stationery), as_html(letters, site, stationery))
        made = message(letters, posting, Envelope(book.sender, to, site), stationery)
        yield Mail(posting.quarter, unit, content, made, book.sender, to)
