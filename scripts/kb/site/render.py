"""Pages as HTML: their bodies, and the small parts around them."""

from kb.site import blocks
from kb.records import sections
from kb.words.markup import Html, escape
from kb.site.view import Body, Choice, Group, Notice, Page
from kb.words.language import Words


class Renderer:
    """Renders the pages of one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._siblings: dict[tuple[int, str], list[str]] = {}
        self._contents: dict[tuple[tuple[str, Html], ...], str] = {}
        self._crumbs: dict[tuple[tuple[tuple[str, Html], ...], str], str] = {}
        self._sources = f'<section class="kb-sources">\n<h2 id="sources">{words.html("meta.sources")}</h2>\n<ol>\n'
        self._foot = f'<section class="kb-foot">\n<h2 id="state">{words.html("foot.heading")}</h2>\n'

    def body(self, body: Body, intro: str = "") -> str:
        """What stands in the article of a page; `intro` is the hand-written text of a section, as HTML."""
        layout = f" kb-page--{body.layout}" if body.layout else ""
        return "".join(
            [
                f'<div class="kb-page{layout}">\n',
                _head(body),
                intro,
                *map(_notice, body.notices),
                str(body.action),
                blocks.facts(body.facts) if body.facts else "",
                *map(blocks.section, body.sections),
                f"{self._sources}{_sources(body)}</ol>\n</section>\n" if body.sources else "",
                f"{self._foot}{blocks.facts(body.foot)}</section>\n" if body.foot else "",
                f'<p class="kb-edit">{body.edit}</p>\n' if body.edit else "",
                "</div>",
            ]
        )

    def redirect(self, target: str, title: str) -> str:
        """A small page that leads from an old address to the new one."""
        heading, text = self._words.html("redirect.title"), self._words.html("redirect.text")
        return _REDIRECT.format(
            language=self._words.language, heading=heading, text=text, target=escape(target), title=escape(title)
        )

    def contents(self, body: Body) -> str:
        """The list of a page's sections, where it has several."""
        sources = (("sources", self._words.html("meta.sources")),) if body.sources else ()
        entries = (*[(s.anchor, s.heading) for s in body.sections], *sources)
        if len(entries) < 2:
            return ""
        if entries not in self._contents:  # most pages of a kind have the same sections
            items = "".join([_CONTENT % entry for entry in entries])
            name = self._words.html("nav.contents")
            self._contents[entries] = _CONTENTS % (name, name, items)
        return self._contents[entries]

    def crumbs(self, page: Page, root: str) -> str:
        """The way down to a page."""
        if not page.crumbs:
            return ""
        key = page.crumbs, root
        if key not in self._crumbs:
            links = "".join([f'<li><a href="{root}{address}">{name}</a></li>' for address, name in page.crumbs])
            self._crumbs[key] = f'<nav class="kb-crumbs" aria-label="{self._words.html("nav.breadcrumb")}"><ol>{links}</ol></nav>'
        return self._crumbs[key]

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
        if len(items) > MOST_SIBLINGS:
            shown.append(f'<li><a href="{root}{sections.index(page.section)}">{self._words.html("nav.all")}</a></li>')
        name = self._words.html("nav.siblings")
        return f'<nav class="kb-siblings" aria-label="{name}"><p class="kb-nav-title">{name}</p><ul>{"".join(shown)}</ul></nav>'

    def _items(self, group: Group, root: str) -> list[str]:
        key = (id(group), root)
        if key not in self._siblings:
            self._siblings[key] = [f'<li><a href="{root}{address}">{name}</a></li>' for address, name in group.links]
        return self._siblings[key]


def _head(body: Body) -> str:
    kicker = f'<p class="kb-kicker">{body.kicker}</p>\n' if body.kicker else ""
    badge = f' <span class="kb-badge">{body.badge}</span>' if body.badge else ""
    lead = f'<p class="kb-lead">{body.lead}</p>\n' if body.lead else ""
    choice = _choice(body.choice) if body.choice else ""
    return f"{kicker}<h1>{body.title}{badge}</h1>\n{lead}{_ask(*body.asks) if body.asks else ''}{choice}"


def _ask(address: str, what: str, button: str) -> str:
    return (
        f'<form class="kb-ask" role="search" action="{escape(address)}">'
        f'<input type="search" name="q" aria-label="{escape(what)}" placeholder="{escape(what)}"> '
        f"<button>{escape(button)}</button></form>\n"
    )


def _choice(choice: Choice) -> str:
    items = "".join([f"<li>{item}</li>\n" for item in choice.items])
    words = [escape(word) for word in (choice.name, choice.go, choice.change, choice.prompt)]
    return (
        '<div class="kb-choice" data-name="{}" data-go="{}" data-change="{}"><details class="kb-folded"><summary>{}</summary>\n'
        '<ul class="kb-rows kb-rows--two">\n'.format(*words)
        + f"{items}</ul></details></div>\n"
    )


def _notice(notice: Notice) -> str:
    return f'<p class="kb-notice kb-notice--{notice.tone}">{notice.text}</p>\n'


def _sources(body: Body) -> str:
    return "".join([f'<li id="source-{number}">{source}</li>\n' for number, source in enumerate(body.sources, 1)])


MOST_SIBLINGS = 12

_CONTENTS = (
    '<nav class="md-nav md-nav--secondary" aria-label="%s"><p class="md-nav__title kb-nav-title">%s</p>'
    '<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>%s</ul></nav>'
)
_CONTENT = '<li class="md-nav__item"><a href="#%s" class="md-nav__link"><span class="md-ellipsis">%s</span></a></li>'


_REDIRECT = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{heading}</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
</head>
<body><main><h1>{heading}</h1><p>{text} <a href="{target}">{title}</a></p></main></body>
</html>"""


def attribute(text: str, most: int = 300) -> str:
    """A text for an attribute: escaped, on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0] + "…"
    return str(escape(line))
