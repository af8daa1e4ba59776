"""Lines: words of a page with where they lead and how they look; plain data, of which templates make HTML."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Tone = Literal["confirmed", "due", "late", "unconfirmed"]
"""How a word of state looks; the word says it, the colour only repeats it."""
Look = Tone | Literal["", "here", "outside", "chip", "button", "webcal", "mark", "quiet", "note", "strong", "code", "gone", "new"]
"""What a run is: plain words or a link within the site, a link to the page itself, one that leaves the site, a chip, a button,
a link to a calendar, the number of a source, words of less weight, a doubt, words of more weight, a name to copy, what a text
lost or gained."""

DOT = "\u00a0· "
"""Stays with what it follows: no line begins with it."""
SPACE, COMMA, SEMICOLON, DASH, ARROW = " ", ", ", "; ", " – ", " → "
BREAK = "\n"
"""A new line within a cell or a card."""


class Run(NamedTuple):
    """Words that lead to one place and look one way; made by the hundred thousand, hence no dataclass."""

    words: str
    href: str = ""
    """Where they lead; empty for nowhere."""
    look: Look = ""
    language: str = ""
    """The language of the words, where it is not the page's."""
    before: str = ""
    """The sign between these words and the run before them."""

    def after(self, sign: str) -> "Run":
        """The same words after a sign; `_replace` takes three times as long."""
        return Run(self.words, self.href, self.look, self.language, sign)


Line = tuple[Run, ...]
NOTHING: Line = ()


def said(words: str | int | None, look: Look = "") -> Line:
    """Plain words as a line; nothing for none."""
    return (Run(str(words), "", look),) if words else NOTHING


def link(href: str, words: str, look: Look = "") -> Line:
    """Plain words that lead somewhere."""
    return (Run(words, href, look),)


def outside(url: str, words: str) -> Line:
    """Plain words that lead out of the site."""
    return (Run(words, url, "outside"),)


def leading(href: str, line: Line, look: Look = "") -> Line:
    """A line whose words all lead to one place."""
    return tuple([Run(run.words, href, look or run.look, run.language, run.before) for run in line])


def looking(look: Look, line: Line) -> Line:
    """A line whose runs look one way."""
    return tuple([Run(run.words, run.href, look, run.language, run.before) for run in line])


def joined(lines: Iterable[Line], by: str = DOT) -> Line:
    """The lines that say something, one after the other with a sign between them."""
    found: list[Run] = []
    for line in lines:
        if line:
            if found:
                found.append(line[0].after(by))
                found.extend(line[1:])
            else:
                found.extend(line)
    return tuple(found)


def together(*lines: Line) -> Line:
    """Lines one after the other, nothing between them."""
    return tuple([run for line in lines for run in line])


def words_of(line: Line) -> str:
    """A line as plain words."""
    return "".join([run.before + run.words for run in line])
