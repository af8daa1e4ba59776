"""Pages as HTML: the compiled templates of `overrides/records`, and the small parts around a page's body."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kb.markup import safe
from kb.view import Body, Card, Fact, Group, Page
from kb.words import Words


class Renderer:
    """Renders the pages of one language from templates that are compiled once."""

    def __init__(self, templates: Path, words: Words) -> None:
        self._environment = Environment(
            auto_reload=False, loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=False
        )
        self._environment.globals["words"] = words
        # the parts that stand on every page many times; a macro takes ten times as long for them
        self._environment.globals["all_rows"] = _rows
        self._environment.globals["all_cards"] = self._all_cards
        self._environment.globals["facts"] = _facts
        self._page = self._environment.get_template("page.html")
        self._redirect = self._environment.get_template("redirect.html")
        self._one_card = self._environment.get_template("card.html")
        self._cards: dict[int, tuple[Card, Markup]] = {}
        self._words = words
        self._siblings: dict[tuple[int, str], list[str]] = {}

    def body(self, page: Page, intro: str = "") -> str:
        """What stands in the article of a page; `intro` is the hand-written text of a section."""
        return self._page.render(body=page.body, intro=Markup(intro))  # noqa: S704 - rendered by MkDocs from our own pages

    def forget(self) -> None:
        """Drop what was rendered of an earlier edition."""
        self._cards, self._siblings = {}, {}

    def _all_cards(self, cards: Iterable[Card]) -> Markup:
        return safe("".join([self._card(card) for card in cards]))

    def _card(self, card: Card) -> Markup:
        """A card as HTML; the same one stands on many pages and is rendered once."""
        found = self._cards.get(id(card))
        if found is None:
            # the card is kept beside its HTML, so that its id stays its own
            found = self._cards[id(card)] = card, Markup(self._one_card.render(card=card))  # noqa: S704 - escaped by the template
        return found[1]

    def redirect(self, target: str, title: str) -> str:
        """A small page that leads from an old address to the new one."""
        return self._redirect.render(target=target, title=title, language=self._words.language)

    def contents(self, body: Body) -> str:
        """The list of a page's sections, where it has several."""
        entries = [(s.anchor, s.heading) for s in body.sections]
        if body.sources:
            entries.append(("sources", self._words("meta.sources")))
        if len(entries) < 2:
            return ""
        items = "".join([_CONTENT % (anchor, escape(heading)) for anchor, heading in entries])
        return _CONTENTS % (self._words("nav.contents"), self._words("nav.contents"), items)

    def crumbs(self, page: Page, root: str) -> str:
        """The way down to a page."""
        if not page.crumbs:
            return ""
        links = "".join([f'<li><a href="{root}{address}">{escape(name)}</a></li>' for address, name in page.crumbs])
        return f'<nav class="kb-crumbs" aria-label="{self._words("nav.breadcrumb")}"><ol>{links}</ol></nav>'

    def siblings(self, page: Page, root: str) -> str:
        """What stands beside a page in its section, the page itself marked.

        At most 12 of them, the page in the middle: a list of hundreds helps nobody and weighs on every page.
        """
        group = page.beside
        if group is None or not group.links:
            return ""
        items, here = self._items(group, root), group.places.get(page.address)
        first = max(0, min((here or 0) - MOST_SIBLINGS // 2, len(items) - MOST_SIBLINGS))
        shown = items[first : first + MOST_SIBLINGS]
        if here is not None:
            shown[here - first] = shown[here - first].replace("<a ", '<a aria-current="page" ', 1)
        name = self._words("nav.siblings")
        return f'<nav class="kb-siblings" aria-label="{name}"><p class="kb-nav-title">{name}</p><ul>{"".join(shown)}</ul></nav>'

    def _items(self, group: Group, root: str) -> list[str]:
        key = (id(group), root)
        if key not in self._siblings:
            self._siblings[key] = [f'<li><a href="{root}{address}">{escape(name)}</a></li>' for address, name in group.links]
        return self._siblings[key]


def _rows(rows: Iterable[tuple[Markup, Markup]]) -> Markup:
    """One-line links, each with its plain facts."""
    return safe(
        "".join(
            [
                f'<li>{link} <span class="kb-quiet">{facts}</span></li>\n' if facts else f"<li>{link}</li>\n"
                for link, facts in rows
            ]
        )
    )


def _facts(facts: Iterable[Fact]) -> Markup:
    """A summary list: terms with their values."""
    rows = "".join([f"<div><dt>{escape(fact.label)}</dt><dd>{fact.value}</dd></div>\n" for fact in facts])
    return safe(f'<dl class="kb-facts">\n{rows}</dl>\n')


MOST_SIBLINGS = 12

_CONTENTS = (
    '<nav class="md-nav md-nav--secondary" aria-label="%s"><p class="md-nav__title kb-nav-title">%s</p>'
    '<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>%s</ul></nav>'
)
_CONTENT = '<li class="md-nav__item"><a href="#%s" class="md-nav__link"><span class="md-ellipsis">%s</span></a></li>'


def attribute(text: str, most: int = 300) -> str:
    """A text for an attribute: escaped, on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0] + "…"
    return str(escape(line))
