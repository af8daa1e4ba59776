"""The few pieces of HTML that builders write themselves, tens of thousands of times a build.

`Markup.format` parses its template at every call and costs ten times these additions; everything that comes in is escaped here.
"""

from collections.abc import Iterable

import markupsafe
from markupsafe import Markup

DOT = Markup("\u00a0· ")
"""Stays with what it follows: no line begins with it."""


def escape(words: object) -> Markup:
    """Words as HTML; what is HTML already stays as it is.

    The same as `markupsafe.escape` for texts, numbers and Markup, without asking each of them twice whether it is HTML.
    """
    if type(words) is Markup:
        return words
    text = words if type(words) is str else str(words)
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return markupsafe.escape(text)
    return str.__new__(Markup, text)


def safe(html: str) -> Markup:
    """HTML that was put together from escaped pieces."""
    return str.__new__(Markup, html)  # what Markup(html) does after asking whether html is HTML already


def anchor(href: str, label: str | Markup, more: str = "") -> Markup:
    """A link; `more` are further attributes, written by us."""
    return safe(f'<a href="{escape(href)}"{more}>{escape(label)}</a>')


def outside(url: str, label: str | Markup) -> Markup:
    """A link that leaves the site."""
    return safe(f'<a href="{escape(url)}" rel="noopener external">{escape(label)}</a>')


def opening(url: str, label: str | Markup, about: str) -> Markup:
    """The link that a page is opened for, as a button with what it leads to."""
    return safe(
        f'<p><a class="kb-open" href="{escape(url)}" rel="noopener external">'
        f"<strong>{escape(label)}</strong> <span>{escape(about)}</span></a></p>\n"
    )


def span(name: str, words: str | Markup) -> Markup:
    """Words under a class of the stylesheet."""
    return safe(f'<span class="{name}">{escape(words)}</span>')


def state(tone: str, words: str) -> Markup:
    """A word of state; the colour only repeats it."""
    return span(f"kb-state kb-state--{tone}", words)


def term(label: Markup, value: Markup) -> Markup:
    """A row of a summary list: a term with its value."""
    return safe(f"<div><dt>{label}</dt><dd>{value}</dd></div>\n")


def code(name: str) -> Markup:
    """A name that is to be copied as it stands."""
    return safe(f'<code translate="no">{escape(name)}</code>')


def quiet(words: str | Markup) -> Markup:
    """Words of less weight."""
    return safe(f'<span class="kb-quiet">{escape(words)}</span>')


def together(*pieces: str | Markup) -> Markup:
    """Pieces one after the other."""
    return safe("".join([escape(piece) for piece in pieces]))


def joined(parts: Iterable[Markup], by: Markup = DOT) -> Markup:
    """The parts that are not empty, one after the other; they must be HTML already."""
    return safe(str.join(by, [part for part in parts if part]))
