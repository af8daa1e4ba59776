"""Our pages as a bilingual Hugo site: two declared languages, a layout for each section, our bodies as Markdown.

A section's layout is its own finished frame, so that no menu is rendered; links begin at the root of the host, so that none
is made relative; nothing is searched or exported. Hugo does what differs from page to page: Markdown, the contents list, the
way down, twelve neighbours, the same page in the other language.

Where a site has several languages Hugo looks up every link of every page by a hook of its own, which is nearly half of what it
does here, and no more than our check of links does. `ALONE` switches that off.
"""

import json
import posixpath
import re
import sys
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from generators import ARTICLE, CONTENTS, Written, pages

LANGUAGES = {"ka": "", "en": "en/"}
"""Each language, and its folder on our site."""
CONFIGURATION = """
baseURL = "/"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
defaultContentLanguage = "ka"
disableDefaultLanguageRedirect = true
[languages.ka]
weight = 1
contentDir = "content/ka"
[languages.en]
weight = 2
contentDir = "content/en"
[markup.goldmark.extensions]
typographer = false
"""
ALONE = """
[markup.goldmark.renderHooks.link]
useEmbedded = "never"
[markup.goldmark.renderHooks.image]
useEmbedded = "never"
"""
"""Links stay as they are written."""
ADDRESS = re.compile(r'\b(href|src)="(?!#|/|[a-z][a-z0-9+.-]*:)([^"]*)"')
CRUMBS = re.compile(r'<nav class="kb-crumbs".*?<a href="([^"]*)">([^<]*)</a></li></ol>', re.DOTALL)
PARTS = (
    (ARTICLE, "{{ .Content }}"),
    (re.compile(r"(<title>).*?(?=</title>)"), r"\1{{ .Title }}"),
    (re.compile(r'(<meta name="description" content=")[^"]*'), r"\1{{ .Description }}"),
    (re.compile(r'(class="kb-language" href=")[^"]*'), r"\1{{ range .Translations }}{{ .RelPermalink }}{{ end }}"),
    (CONTENTS, "{{ .TableOfContents }}"),
    (
        re.compile(r'(<nav class="kb-crumbs"[^>]*><ol>).*?(?=</ol>)', re.DOTALL),
        r"\1{{ range .Ancestors.Reverse }}{{ if not .IsHome }}"
        r'<li><a href="{{ or .Params.leads .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}{{ end }}',
    ),
    (
        re.compile(r'(<nav class="kb-siblings".*?<ul>).*?(?=</ul>)', re.DOTALL),
        r"\1{{ $here := . }}{{ range first 12 .CurrentSection.RegularPages }}"
        r'<li><a href="{{ .RelPermalink }}"{{ if eq . $here }} aria-current="page"{{ end }}>{{ .LinkTitle }}</a></li>{{ end }}',
    ),
)
"""What changes from page to page in a frame, and how a Hugo layout says the same."""
TOLD_OTHERWISE = (
    CONTENTS,
    re.compile(r'<nav class="kb-siblings".*?</nav>', re.DOTALL),
    re.compile("<script.*?</script>", re.DOTALL),
)
"""Hugo lists what has a heading and the first pages of a folder; ours what is worth a line, and the pages around one."""
SAMPLE = 200
"""One page of so many is held against ours."""


def for_hugo(site: Path, target: Path) -> int:
    """Write the Hugo site of all pages of a built site; returns how many."""
    found = pages(site)
    (target / "content").mkdir(parents=True)
    (target / "hugo.toml").write_text(CONFIGURATION, "utf-8")
    (target / "alone.toml").write_text(CONFIGURATION + ALONE, "utf-8")
    framed: set[Path] = set()
    named: set[Path] = set()
    for page in found:
        language = "en" if page.address.startswith(LANGUAGES["en"]) else "ka"
        below = page.address.removeprefix(LANGUAGES[language])
        _content(target / "content" / language / below.replace("index.html", "_index.html"), page, named)
        layout = _layout(target / "layouts", below, language)
        if layout not in framed:
            framed.add(layout)
            layout.parent.mkdir(parents=True, exist_ok=True)
            layout.write_text(_template(site, page.address), "utf-8")
    return len(found)


def _content(path: Path, page: Written, named: set[Path]) -> None:
    """A page as a file of Hugo's; the first of a network's folder names that folder for the way down."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".md").write_text(page.with_front({"linkTitle": page.title.rpartition(" – ")[0] or page.title}), "utf-8")
    if path.parent not in named and page.address.removeprefix(LANGUAGES["en"]).count("/") == 2:
        named.add(path.parent)
        leads, name = CRUMBS.findall(page.html)[-1]
        front = {"title": unescape(name), "leads": _from_root(page.address, leads), "build": {"render": "never"}}
        (path.parent / "_index.md").write_text(json.dumps(front, ensure_ascii=False), "utf-8")


def _layout(folder: Path, address: str, language: str) -> Path:
    section, _, name = address.rpartition("/")
    top = section.partition("/")[0]
    kind = "index" if not top else "list" if name == "index.html" else "single"
    return folder / top / (f"{kind}.html" if language == "ka" else f"{kind}.{language}.html")


def _template(site: Path, address: str) -> str:
    frame = (site / address).read_text("utf-8")
    frame = ADDRESS.sub(lambda found: f'{found[1]}="{_from_root(address, found[2])}"', frame)
    for part, template in PARTS:
        frame = part.sub(template, frame, count=1)
    return frame


def _from_root(address: str, link: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(address), link))


# --- whether they are the same pages


class _Read(HTMLParser):
    """The letters that a page shows and the places that it leads to."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.letters: Counter[str] = Counter()
        self.links: set[str] = set()
        self._address = address

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") or ""
        # to its own hook a telephone is no safe address, and a part of a page stands on another one, too
        if tag == "a" and not link.startswith(("#", "tel:")):
            self.links.add(link if ":" in link else _from_root(self._address, link))

    def handle_data(self, data: str) -> None:
        self.letters.update("".join(data.split()))


def held_together(site: Path, public: Path) -> None:
    """Compare Hugo's pages with ours: all addresses, and of a sample the letters and the links; a difference ends the bench."""
    ours = {page.address for page in pages(site)}
    theirs = {path.relative_to(public).as_posix() for path in public.rglob("*.html")}
    if ours != theirs:
        sys.exit(f"Hugo made other pages than we: {sorted(ours ^ theirs)[:5]}")
    for address in sorted(ours)[::SAMPLE]:
        mine, other = _read(site, address), _read(public, address)
        if lost := mine.links - other.links:
            sys.exit(f"Hugo's {address} does not lead to {sorted(lost)[:5]}")
        if (missing := (mine.letters - other.letters).total()) > 0.02 * mine.letters.total():
            sys.exit(f"Hugo's {address} lacks {missing} letters: {mine.letters - other.letters}")


def _read(folder: Path, address: str) -> _Read:
    parser, text = _Read(address), (folder / address).read_text("utf-8")
    for part in TOLD_OTHERWISE:
        text = part.sub("", text)
    parser.feed(text)
    return parser
