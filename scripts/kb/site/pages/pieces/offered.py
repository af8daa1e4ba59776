"""What the site offers besides pages: calendars and feeds to subscribe to, contact cards, tables, and data for programs."""

from kb.site.view.blocks import Row, Rows, Section
from kb.site.view.lines import Line, joined
from kb.site.view.writer import Writer

SHEETS = frozenset(
    {"networks", "resources", "events", "opportunities", "agreements", "reporting", "contacts", "glossary", "units", "themes"}
)
"""The lists that `kb.downloads.sheets` writes as tables."""


def subscription(w: Writer, name: str, feed: bool = True) -> Line:
    """How to subscribe to a calendar, and to the Atom feed of the same name."""
    links = [calendar(w, name)]
    if feed:
        links.append(w.to(f"feeds/{name}.atom", w.words("offer.feed")))
    return joined(links)


def brief(w: Writer, name: str) -> Line:
    """The document for a meeting file, as a button."""
    return w.to(f"briefs/{name}.docx", w.words("offer.docx"), "button")


def calendar(w: Writer, name: str) -> Line:
    """A link to a calendar; where the site has a web server, the browser makes it one that calendar programs open."""
    return w.to(f"calendars/{name}.ics", w.words("offer.calendar"), "webcal")


def card(w: Writer, name: str) -> Line:
    """A link to the vCard of a contact."""
    return w.to(f"contacts/{name}.vcf", w.words("offer.vcard"))


def cards(w: Writer) -> Line:
    """A link to the vCards of all contacts."""
    return w.to("contacts/all.vcf", w.words("offer.all_cards"))


def tables(w: Writer, sheet: str) -> Section:
    """A list as a table to download, at the end of its page."""
    rows = [Row(table(w, sheet, "xlsx")), Row(table(w, sheet, "csv"))]
    if sheet == "contacts":
        rows.append(Row(cards(w)))
    return Section("download", w.words("offer.download"), (Rows(tuple(rows), columns=True),))


def table(w: Writer, sheet: str, form: str) -> Line:
    """A link to one form of a list."""
    return w.to(f"tables/{sheet}.{form}", w.words(f"offer.{form}"))
