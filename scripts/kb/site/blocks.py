"""The parts of a page as HTML: what `kb.site.view` names, one function each.

Plain text put together by hand: with compiled templates the same 10,000 pages took 0.7 CPU-seconds more, of 5.7.
Whatever is a `str` in `kb.site.view` is escaped here, but for names of anchors, which are slugs; `Html` stands as it is.
"""

import re
from collections.abc import Callable
from typing import Any

from kb.site import view
from kb.words.markup import Html, escape, joined, together

LONG = re.compile(r"[^\W\d_]{31}(?![^<>]*>)")  # in a text, not in a tag: no word of either language is as long in earnest


def facts(rows: view.Facts) -> str:
    """A summary list: terms with their values."""
    return f'<dl class="kb-facts">\n{together(*rows)}</dl>\n'


def block(part: view.Block) -> str:
    """Any block."""
    return _WAYS[type(part)](part)


def section(part: view.Section) -> str:
    """A part of a page under its heading."""
    half = ' class="kb-half"' if part.half else ""
    count = f' <span class="kb-count">{part.count}</span>' if part.count else ""
    blocks = "".join([_WAYS[type(one)](one) for one in part.blocks])
    return f'<section{half}>\n<h2 id="{part.anchor}">{part.title or part.heading}{count}</h2>\n{blocks}</section>\n'


def _heading(words: str, anchor: str = "") -> str:
    named = f' id="{anchor}"' if anchor else ""
    return f"<h3{named}>{escape(words)}</h3>\n" if words else ""


def _cards(part: view.Cards) -> str:
    return f'{_heading(part.heading)}<ul class="kb-cards">\n{"".join([_card(card) for card in part.items])}</ul>\n'


def _card(card: view.Card) -> str:
    lead = f"<p>{card.lead}</p>" if card.lead else ""
    facts = joined((card.facts, card.state))
    below = f'<p class="kb-card__facts">{facts}</p>' if facts else ""
    return f'<li><p class="kb-card__title">{card.title}</p>{lead}{below}</li>'


def _rows(part: view.Rows) -> str:
    two = " kb-rows--two" if part.columns else ""
    rows = "".join(
        [
            f'<li>{link} <span class="kb-quiet">{facts}</span></li>\n' if facts else f"<li>{link}</li>\n"
            for link, facts in part.items
        ]
    )
    return f'{_heading(part.heading, part.anchor)}<ul class="kb-rows{two}">\n{rows}</ul>\n'


def _statements(part: view.Statements) -> str:
    items = "".join(
        [f"<li><strong>{before}</strong> {said}</li>\n" if before else f"<li>{said}</li>\n" for before, said in part.items]
    )
    return f'<ul class="kb-statements">\n{items}</ul>\n'


def _table(part: view.Table) -> str:
    names = [escape(cell) for cell in part.head]
    head = "".join([f'<th scope="col">{name}</th>' for name in names])
    rows = "".join([f"<tr>{_cells(names, row)}</tr>\n" for row in part.rows])
    return (
        f'{_heading(part.heading)}<div class="kb-table" tabindex="0" role="region" aria-label="{escape(part.caption)}">'
        f'<table class="kb-grid">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n'
    )


def _cells(names: list[Html], row: tuple[Html, ...]) -> str:
    return "".join([f'<td data-label="{name}"{_breaking(cell)}>{cell}</td>' for name, cell in zip(names, row, strict=True)])


def _breaking(cell: Html) -> str:
    """Lets the words of a cell be cut anywhere where one of them would push the other columns out of sight."""
    return ' class="kb-long"' if LONG.search(str(cell)) else ""


def _days(part: view.Days) -> str:
    items = "".join([_day(*item) for item in part.items])
    return f'{_heading(part.heading)}<ul class="kb-days">\n{items}</ul>\n'


def _day(large: str, small: str, link: Html, told: Html) -> str:
    below = f'<p class="kb-card__facts">{told}</p>' if told else ""
    return (
        f'<li><p class="kb-day"><span>{escape(large)}</span> <small>{escape(small)}</small></p>'
        f'<div><p class="kb-card__title">{link}</p>{below}</div></li>\n'
    )


def _people(part: view.People) -> str:
    people = "".join([_person(person) for person in part.items])
    return f'{_heading(part.heading)}<ul class="kb-people">\n{people}</ul>\n'


def _person(person: view.Person) -> str:
    ways = facts(person.ways) if person.ways else ""
    note = f'<p class="kb-card__facts">{person.note}</p>' if person.note else ""
    return f'<li id="{person.anchor}"><p class="kb-card__title">{person.role}</p><p>{person.institution}</p>\n{ways}{note}</li>\n'


def _chips(part: view.Chips) -> str:
    chips = "".join([f"<li>{chip}</li>\n" for chip in part.items])
    return f'<ul class="kb-chips">\n{chips}</ul>'


def _folded(part: view.Folded) -> str:
    inner = "".join([block(one) for one in part.blocks])
    return f'<details class="kb-folded"><summary>{escape(part.heading)}</summary>\n{inner}</details>'


def _prose(part: view.Prose) -> str:
    return str(part.html)


def _summary(part: view.Summary) -> str:
    return facts(part.items)


_WAYS: dict[type[Any], Callable[[Any], str]] = {
    view.Cards: _cards,
    view.Rows: _rows,
    view.Statements: _statements,
    view.Table: _table,
    view.Days: _days,
    view.People: _people,
    view.Chips: _chips,
    view.Summary: _summary,
    view.Folded: _folded,
    view.Prose: _prose,
}
