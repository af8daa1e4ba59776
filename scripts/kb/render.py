"""Pages as HTML: the compiled templates of `overrides/records`, and the small parts around a page's body."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kb.view import Body, Page
from kb.words import Words


class Renderer:
    """Renders the pages of one language from templates that are compiled once."""

    def __init__(self, overrides: Path, words: Words) -> None:
        loader = FileSystemLoader(overrides / "records")
        self._environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=False)
        self._environment.globals["words"] = words
        self._page = self._environment.get_template("page.html")
        self._redirect = self._environment.get_template("redirect.html")
        self._words = words

    def body(self, page: Page, intro: str = "") -> str:
        """What stands in the article of a page; `intro` is the hand-written text of a section."""
        return self._page.render(body=page.body, intro=Markup(intro))  # noqa: S704 - rendered by MkDocs from our own pages

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
        items = Markup().join(_CONTENT.format(anchor, heading) for anchor, heading in entries)
        return _CONTENTS.format(self._words("nav.contents"), items)

    def crumbs(self, page: Page, root: str) -> str:
        """The way down to a page."""
        if not page.crumbs:
            return ""
        links = Markup().join(_CRUMB.format(root + address, name) for address, name in page.crumbs)
        return _CRUMBS.format(self._words("nav.breadcrumb"), links)

    def siblings(self, siblings: Sequence[tuple[str, str]], root: str, here: str) -> str:
        """What stands beside a page in its section, the page itself marked."""
        if not siblings:
            return ""
        items = Markup().join(
            _SIBLING.format(root + address, _CURRENT if address == here else "", name) for address, name in siblings
        )
        return _SIBLINGS.format(self._words("nav.siblings"), items)


_CONTENTS = Markup(
    '<nav class="md-nav md-nav--secondary" aria-label="{0}"><p class="md-nav__title kb-nav-title">{0}</p>'
    '<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>{1}</ul></nav>'
)
_CONTENT = Markup('<li class="md-nav__item"><a href="#{}" class="md-nav__link"><span class="md-ellipsis">{}</span></a></li>')
_CRUMBS = Markup('<nav class="kb-crumbs" aria-label="{}"><ol>{}</ol></nav>')
_CRUMB = Markup('<li><a href="{}">{}</a></li>')
_SIBLINGS = Markup('<nav class="kb-siblings" aria-label="{0}"><p class="kb-nav-title">{0}</p><ul>{1}</ul></nav>')
_SIBLING = Markup('<li><a href="{}"{}>{}</a></li>')
_CURRENT = Markup(' aria-current="page"')


def attribute(text: str, most: int = 300) -> str:
    """A text for an attribute: escaped, on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0] + "…"
    return str(escape(line))
