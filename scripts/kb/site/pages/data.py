"""What can be taken from the site: tables, calendars, feeds, and the api with its schemas."""

from collections.abc import Iterator

from kb.downloads.listed import Listed, listed
from kb.records import sections
from kb.site.pages import lists
from kb.site.pages.pieces.offered import SHEETS, calendar, cards
from kb.site.view.blocks import Block, Cell, Page, Prose, Row, Rows, Section, Table, cells
from kb.site.view.lines import Line, joined, said
from kb.site.view.writer import Writer


def page(w: Writer) -> Page:
    """The page of everything that is offered."""
    return lists.page(w, "data", _data(w))


def _data(w: Writer) -> Iterator[Section]:
    """Every list as table and as JSON with its schema, and what a program must know of them."""
    head = tuple(map(w.words, ("offer.list", "table.total", "offer.tables", "offer.json", "offer.schema")))
    rows = tuple(_listed(w, one) for one in listed(w.kb))
    yield Section("lists", w.words("offer.lists"), (Table(w.words("offer.lists"), head, rows),), len(rows))
    index = _api(w, "index.json", "api/index.json")
    yield Section("programs", w.words("offer.programs"), (_prose(w, "offer.programs_text"), Rows((Row(index),))))
    links = (calendar(w, "all"), w.to("feeds/all.atom", w.words("offer.feed")), cards(w))
    yield Section(
        "subscribe",
        w.words("offer.subscribe"),
        (_prose(w, "offer.subscribe_text"), Rows(tuple(map(Row, links)))),
    )


def _listed(w: Writer, one: Listed) -> tuple[Cell, ...]:
    forms = [w.to(f"tables/{one.name}.{form}", form.upper()) for form in ("xlsx", "csv")] if one.name in SHEETS else []
    return cells(
        said(w.words(f"offer-list.{one.name}")),
        w.to(sections.index(one.name if one.name in sections.SECTIONS else "calendar"), str(one.count)),
        joined(forms) or w.say("offer.none"),
        _api(w, "JSON", f"api/{one.name}.json"),
        _api(w, "JSON Schema", f"api/schemas/{one.schema}.schema.json"),
    )


def _api(w: Writer, label: str, address: str) -> Line:
    return w.to(f"{sections.TO_SITE[w.words.language]}{address}", label)


def _prose(w: Writer, key: str) -> Block:
    return Prose(w.say(key))
