"""Whatever the web calls text becomes plain text of one line: no markup, nothing invisible, no longer than asked."""

import html
import re
import unicodedata

import nh3

from kb.records.item import INVISIBLE

# Where a reader sees a gap: without it „<p>one</p><p>two</p>“ would become „onetwo“.
BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|header|footer|blockquote|pre|hr|figure|figcaption|option)\b)",
    re.IGNORECASE,
)
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "select"}
)
TAG_START = re.compile(r"<[A-Za-z/!?]")
HIDDEN = re.compile(f"[{INVISIBLE}]")
WORDPRESS_FOOT = re.compile(r"\s*The post .{1,400} (?:first appeared|appeared first) on .{1,200}\Z")
MOST_INPUT = 20_000  # characters of one field that are looked at; what is kept has 600
MOST_ROUNDS = 4  # markup that was escaped once or twice is a habit, more often is an attack
CAPITALS = {code: code - 0x1C90 + 0x10D0 for code in (*range(0x1C90, 0x1CBB), *range(0x1CBD, 0x1CC0))}  # Georgian has none


def plain(value: str, most: int) -> str:
    """A text of at most `most` characters, cut between words; `…` shows the cut.

    The result never holds the start of a tag, a control, or a character that cannot be seen.
    """
    text = value[:MOST_INPUT]
    for _ in range(MOST_ROUNDS):
        if "<" not in text and "&" not in text:
            break
        before = text
        text = html.unescape(nh3.clean(BLOCK.sub(" <", text), tags=set(), clean_content_tags=set(UNSEEN)))
        if text == before:
            break
    return shortened(_harmless(text), most)


def _harmless(text: str) -> str:
    text = unicodedata.normalize("NFC", text.translate(CAPITALS))
    text = " ".join(HIDDEN.sub(_gap, text).split())
    while TAG_START.search(text):
        text = TAG_START.sub(lambda match: match[0][1:], text)
    return unicodedata.normalize("NFC", text)


def _gap(match: re.Match[str]) -> str:
    """Line ends and tabs part words; everything else that is not seen goes without a trace."""
    return " " if match[0] in "\t\n\v\f\r\x85\u2028\u2029\x1c\x1d\x1e\x1f" else ""


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words where there are some."""
    text = WORDPRESS_FOOT.sub("", text)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ", most // 2)
    return f"{cut[:space] if space > 0 else cut}…".replace(" …", "…")
