"""The same pages for other generators: our bodies written as Markdown; `hugo.py` does the rest for Hugo."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

ARTICLE = re.compile(r'<div class="kb-page.*?</div>\s*(?=\n*</article>)', re.DOTALL)
CONTENTS = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>', re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
OPENING = {
    "h1": "\n\n# ",
    "h2": "\n\n## ",
    "h3": "\n\n### ",
    "p": "\n\n",
    "li": "\n- ",
    "dt": "\n\n**",
    "dd": "\n\n",
    "strong": "**",
    "tr": "\n|",
    "td": " ",
    "th": " ",
}
CLOSING = {
    "h1": "\n",
    "h2": "\n",
    "h3": "\n",
    "dt": "**",
    "strong": "**",
    "td": " |",
    "th": " |",
    "thead": "\n|---|---|---|",
    "table": "\n",
}


class _Markdown(HTMLParser):
    """A body as the Markdown that a person would have written for it."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.text.append("[")
        self.text.append(OPENING.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self.text.append(f"]({self.links.pop()})")
        self.text.append(CLOSING.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.text.append(" ".join(escape(data, quote=False).split()) or ("" if "\n" in data else " "))


@dataclass(frozen=True, slots=True)
class Written:
    """A page as a person would have written it for another generator."""

    address: str
    title: str
    description: str
    markdown: str
    html: str
    """The page of ours that it was made of."""

    def with_front(self, more: Mapping[str, str] = MappingProxyType({})) -> str:
        """The Markdown under its front matter; `more` are further fields."""
        front = {"title": self.title, "description": self.description, **more}
        head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
        return f"---\n{head}\n---\n{self.markdown}\n"


def pages(site: Path) -> list[Written]:
    """Every page of a built site that was poured, in the order of addresses."""
    found = []
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        if body := ARTICLE.search(html):
            parser = _Markdown()
            parser.feed(body[0])
            title, about = (unescape(part[1]) if (part := pattern.search(html)) else "" for pattern in (TITLE, DESCRIPTION))
            address = path.relative_to(site).as_posix()
            found.append(Written(address, title, about, "".join(parser.text), html))
    return found
