"""What the site offers besides pages: calendars and feeds to subscribe to, contact cards, tables, and data for programs."""

from collections.abc import Iterator

from kb.downloads import api
from kb.records import sections
from kb.words.markup import EMPTY, Html, escape, joined, safe
from kb.site.view import Block, Facts, Prose, Rows, Section, Table
from kb.site.writer import Writer


def subscription(w: Writer, name: str, feed: bool = True) -> Facts:
    """How to subscribe to a calendar, and to the Atom feed of the same name."""
    links = [calendar(w, name)]
    if feed:
        links.append(w.to(f"feeds/{name}.atom", w.words("offer.feed")))
    return w.fact("offer.subscribe", joined(links))


def brief(w: Writer, name: str) -> Facts:
    """The document for a meeting file, as a button."""
    return w.fact("offer.brief", w.to(f"briefs/{name}.docx", w.words("offer.docx"), ' class="kb-button"'))


def calendar(w: Writer, name: str) -> Html:
    """A link to a calendar; where the site has a web server, the browser makes it one that calendar programs open."""
    return w.to(f"calendars/{name}.ics", w.words("offer.calendar"), ' class="kb-webcal"')


def card(w: Writer, name: str) -> Html:
    """A link to the vCard of a contact."""
    return w.to(f"contacts/{name}.vcf", w.words("offer.vcard"))


def cards(w: Writer) -> Html:
    """A link to the vCards of all contacts."""
    return w.to("contacts/all.vcf", w.words("offer.all_cards"))


def tables(w: Writer, sheet: str) -> Section:
    """A list as a table to download, at the end of its page."""
    rows = [(table(w, sheet, "xlsx"), EMPTY), (table(w, sheet, "csv"), EMPTY)]
    if sheet == "contacts":
        rows.append((cards(w), EMPTY))
    return Section("download", w.words.html("offer.download"), (Rows(tuple(rows), columns=True),))


def table(w: Writer, sheet: str, form: str) -> Html:
    """A link to one form of a list."""
    return w.to(f"tables/{sheet}.{form}", w.words(f"offer.{form}"))


def data(w: Writer) -> Iterator[Section]:
    """Every list as table and as JSON with its schema, and what a program must know of them."""
    head = tuple(map(w.words, ("offer.list", "table.total", "offer.tables", "offer.json", "offer.schema")))
    rows = tuple(_listed(w, one) for one in api.listed(w.kb))
    yield Section("lists", w.words.html("offer.lists"), (Table(w.words("offer.lists"), head, rows),), len(rows))
    index = _api(w, "index.json", "api/index.json")
    yield Section("programs", w.words.html("offer.programs"), (_said(w, "offer.programs_text"), Rows(((index, EMPTY),))))
    links = (calendar(w, "all"), w.to("feeds/all.atom", w.words("offer.feed")), cards(w))
    yield Section(
        "subscribe",
        w.words.html("offer.subscribe"),
        (_said(w, "offer.subscribe_text"), Rows(tuple((x, EMPTY) for x in links))),
    )


def _listed(w: Writer, one: api.Listed) -> tuple[Html, ...]:
    forms = [w.to(f"tables/{one.name}.{form}", form.upper()) for form in ("xlsx", "csv")] if one.name in SHEETS else []
    return (
        escape(w.words(f"offer-list.{one.name}")),
        w.to(sections.index(one.name if one.name in sections.SECTIONS else "calendar"), str(one.count)),
        joined(forms) or escape(w.words("offer.none")),
        _api(w, "JSON", f"api/{one.name}.json"),
        _api(w, "JSON Schema", f"api/schemas/{one.schema}.schema.json"),
    )


SHEETS = frozenset(
    {"networks", "resources", "events", "opportunities", "agreements", "reporting", "contacts", "glossary", "units", "themes"}
)
"""The lists that `kb.downloads.sheets` writes as tables."""


def _api(w: Writer, label: str, address: str) -> Html:
    return w.to(f"{sections.TO_SITE[w.words.language]}{address}", label)


def _said(w: Writer, key: str) -> Block:
    return Prose(safe(f"<p>{w.words.html(key)}</p>"))
