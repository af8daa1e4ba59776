"""The few pieces of HTML that builders write themselves, tens of thousands of times a build.

HTML and plain words are two types for mypy, which refuses the one for the other; both are a `str` once the program runs.
What takes words escapes them, what takes `Html` prints it as it stands; where there are both, the latter ends in `_html`.
A class of its own, as `markupsafe.Markup` is, costs 170 ns more to make and 200 ns more in every f-string, millions of
times a build.
"""

# Here every function returns a str as Html, without paying for a call of `safe`; nowhere else is that allowed.
# mypy: disable-error-code="return-value"

from collections.abc import Iterable
from typing import NewType

Html = NewType("Html", object)
"""HTML put together from escaped pieces.

At run time a plain `str`. For mypy no `str` at all, so that it can neither be escaped a second time nor come from a text
that was not escaped; it may stand in an f-string, and `safe` makes HTML of that again.
"""


def safe(html: str) -> Html:
    """HTML that was put together from escaped pieces; nothing is done to it."""
    return html


EMPTY = safe("")
DOT = safe("\u00a0· ")
"""Stays with what it follows: no line begins with it."""
SPACE, COMMA, SEMICOLON, DASH, BREAK = safe(" "), safe(", "), safe("; "), safe(" – "), safe("<br>")


def escape(words: str | int) -> Html:
    """Plain words as HTML; most have nothing to escape."""
    text = words if type(words) is str else str(words)
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace('"', "&#34;").replace("'", "&#39;")
    return text


def anchor(href: str, words: str, more: str = "") -> Html:
    """A link under plain words; `more` are further attributes, written by us."""
    return f'<a href="{escape(href)}"{more}>{escape(words)}</a>'


def anchor_html(href: str, label: Html, more: str = "") -> Html:
    """The same under words that are HTML already."""
    return f'<a href="{escape(href)}"{more}>{label}</a>'


def outside(url: str, words: str) -> Html:
    """A link under plain words that leaves the site."""
    return f'<a href="{escape(url)}" rel="noopener external">{escape(words)}</a>'


def outside_html(url: str, label: Html) -> Html:
    """The same under words that are HTML already."""
    return f'<a href="{escape(url)}" rel="noopener external">{label}</a>'


def opening(url: str, label: Html, about: str) -> Html:
    """The link that a page is opened for, as a button with what it leads to."""
    return (
        f'<p><a class="kb-open" href="{escape(url)}" rel="noopener external">'
        f"<strong>{label}</strong> <span>{escape(about)}</span></a></p>\n"
    )


def span(name: str, html: Html) -> Html:
    """HTML under a class of the stylesheet."""
    return f'<span class="{name}">{html}</span>'


def state(tone: str, words: str) -> Html:
    """A word of state; the colour only repeats it."""
    return f'<span class="kb-state kb-state--{tone}">{escape(words)}</span>'


def term(label: Html, value: Html) -> Html:
    """A row of a summary list: a term with its value."""
    return f"<div><dt>{label}</dt><dd>{value}</dd></div>\n"


def code(name: str) -> Html:
    """A name that is to be copied as it stands."""
    return f'<code translate="no">{escape(name)}</code>'


def quiet(words: str) -> Html:
    """Plain words of less weight."""
    return f'<span class="kb-quiet">{escape(words)}</span>'


def quiet_html(html: Html) -> Html:
    """The same of words that are HTML already."""
    return f'<span class="kb-quiet">{html}</span>'


def together(*pieces: Html) -> Html:
    """Pieces one after the other."""
    return "".join(pieces)  # type: ignore[arg-type]  # they are str


def joined(parts: Iterable[Html], by: Html = DOT) -> Html:
    """The parts that are not empty, one after the other."""
    return by.join([part for part in parts if part])  # type: ignore[attr-defined, no-any-return]  # a str


def lines(words: str) -> Html:
    """Plain words whose line breaks are kept."""
    return joined(map(escape, words.split("\n")), BREAK)
