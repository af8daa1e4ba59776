"""HTML pages: their main text as lines, the feeds they name, and whether they are what was asked for."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from kb.fetching.parsing.plain import plain

HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
FEED_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:rss|feed|RDF)[\s>]", re.IGNORECASE)
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "text/calendar",
        "application/rdf+xml",
    }
)
COMMENTS = re.compile(r"comment|კომენტარ", re.IGNORECASE)
LIFERAY = re.compile(r"p_p_resource_id=getRSS|[?&]rss=true\b", re.IGNORECASE)

# Signs of the services that stand between a site and its visitors; each is in the page that they send.
CHALLENGE = re.compile(
    r"cf-chl|cf_chl_|challenge-platform|challenges\.cloudflare\.com|_Incapsula_Resource|awsWafCookieDomain|aws-waf-token"
    r"|datadome|px-captcha|ddos-guard|sgcaptcha|Checking your browser|<title>\s*Just a moment|Attention Required! \| Cloudflare"
    r"|hcaptcha\.com|g-recaptcha|verify you are (?:a )?human",
    re.IGNORECASE,
)
LOGIN = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
SHORT = 1_000  # characters: a challenge or a login has less text; a page with a login or a captcha in its corner has more

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
        "article",
        "main",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "figcaption",
        "br",
        "hr",
        "td",
        "th",
        "address",
        "summary",
    ]
)
CODE = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "math"])
SKIPPED = CODE | frozenset(["nav", "header", "footer", "aside", "button", "select", "dialog", "canvas"])
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
MAIN = frozenset(["main", "article"])
MOST_LINE = 2_000
LEAST_MAIN = 200  # characters; an article element with less is a teaser


def is_html(text: str) -> bool:
    """Whether a text is a page: by what stands first, as XHTML and feeds may both begin with an XML declaration."""
    html = HTML.search(text, 0, 20_000)
    feed = FEED_ROOT.search(text, 0, 20_000)
    return html is not None and (feed is None or html.start() < feed.start())


def judged(text: str) -> str:
    """The code of a page that is not what was asked for: a challenge, or a login; else empty."""
    challenge, login = CHALLENGE.search(text, 0, 500_000), LOGIN.search(text, 0, 500_000)
    if not (challenge or login) or sum(map(len, main_text(text))) >= SHORT:
        return ""
    return "challenge" if challenge else "login"


def named_feeds(text: str, url: str) -> list[str]:
    """The feeds that a page names by `<link rel="alternate">`, then the getRSS links of Liferay; no feeds of comments."""
    reader = _Links()
    _read(reader, text)
    base = urljoin(url, reader.base) if reader.base else url
    found = []
    for address in [*reader.alternates, *reader.liferay]:
        try:
            found.append(urljoin(base, address.strip()))
        except ValueError:
            continue
    return [address for address in dict.fromkeys(found) if address != url][:5]


def main_text(text: str) -> list[str]:
    """The main text of a page, a paragraph a line: what stands in main or article, else the body without its frame."""
    lines = _lines(text, SKIPPED) or _lines(text, CODE)  # a frame that is never closed would swallow the page
    inside = [line for line, main in lines if main]
    chosen = inside if sum(map(len, inside)) >= LEAST_MAIN else [line for line, _ in lines]
    found = (plain(line.replace("&", "&amp;").replace("<", "&lt;"), MOST_LINE) for line in chosen)
    return [line for line in found if line]


def _lines(text: str, skipped: frozenset[str]) -> list[tuple[str, bool]]:
    reader = _Text(skipped)
    _read(reader, text)
    reader.flush()
    return reader.lines


def _read(reader: HTMLParser, text: str) -> None:
    try:
        reader.feed(text)
        reader.close()
    except (ValueError, AssertionError, RecursionError):
        return  # what was read until then is kept


class _Links(HTMLParser):
    """Collects what may be feeds."""

    def __init__(self) -> None:
        super().__init__()
        self.alternates: list[str] = []
        self.liferay: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}
        address = said.get("href", "")
        if tag == "base" and not self.base:
            self.base = address
        elif tag == "link" and "alternate" in said.get("rel", "").lower().split():
            kind = said.get("type", "").split(";")[0].strip().lower()
            if kind in FEED_TYPES and address and not COMMENTS.search(f"{said.get('title', '')} {address}"):
                self.alternates.append(address)
        elif tag in ("a", "link") and LIFERAY.search(address):
            self.liferay.append(address)


class _Text(HTMLParser):
    """Collects lines of text, and whether each stands in the main part."""

    def __init__(self, skipped: frozenset[str]) -> None:
        super().__init__()
        self._skipped = skipped
        self.lines: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._skipping = self._main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.flush()
        if tag in self._skipped:
            self._skipping += 1
        elif tag in MAIN or (tag not in VOID and ("role", "main") in attrs):
            self._main += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
        if tag in self._skipped:
            self._skipping = max(0, self._skipping - 1)
        elif tag in MAIN:
            self._main = max(0, self._main - 1)

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def flush(self) -> None:
        """End a line."""
        line = " ".join("".join(self._words).split())
        if line:
            self.lines.append((line, self._main > 0))
        self._words.clear()
