"""The same pages for other generators: our bodies written as Markdown, our frame as their template."""

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

ARTICLE = re.compile(r'<div class="kb-page.*?</div>\s*(?=\n*</article>)', re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')

# What changes from page to page in our frame, and how a Hugo layout says the same.
PARTS = (
    (ARTICLE, "{{ .Content }}"),
    (TITLE, "<title>{{ .Title }}</title>"),
    (DESCRIPTION, '<meta name="description" content="{{ .Description }}">'),
    (re.compile(r'(?<=class="kb-language" href=")[^"]*'), "{{ printf `/en%s` .RelPermalink }}"),
    (re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>', re.DOTALL), "{{ .TableOfContents }}"),
    (re.compile(r'(?<=<nav class="kb-crumbs" )(.*?)<ol>.*?</ol>', re.DOTALL),
     'aria-label="."><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol>'),
    (re.compile(r'(?<=<nav class="kb-siblings" )(.*?)<ul>.*?</ul>', re.DOTALL),
     'aria-label="."><ul>{{ $here := . }}{{ range first 12 .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}"'
     '{{ if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a></li>{{ end }}</ul>'),
)  # fmt: skip
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


def pages(site: Path) -> list[tuple[str, str]]:
    """(address, Markdown with its title as front matter) of every page of a built site."""
    found = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text("utf-8")
        if body := ARTICLE.search(text):
            title = TITLE.search(text)
            parser = _Markdown()
            parser.feed(body[0])
            about = DESCRIPTION.search(text)
            front = {"title": title[1] if title else "", "description": about[1] if about else ""}
            head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
            markdown = f"---\n{head}\n---\n{''.join(parser.text)}\n"
            found.append((path.relative_to(site).as_posix(), markdown))
    return found


def _write(every: list[tuple[str, str]], folder: Path, first: str) -> int:
    for address, text in every:
        path = folder / address.replace("index.html", first).replace(".html", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return len(every)


def for_hugo(site: Path, target: Path) -> int:
    """A Hugo site of the same pages in our frame, which a layout fills as ours is filled; returns how many."""
    layouts = target / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (target / "hugo.toml").write_text(
        'baseURL = "/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\nuglyURLs = true\n', "utf-8"
    )
    frame = (site / "networks" / "ganhri.html").read_text("utf-8")
    for part, template in PARTS:
        frame = part.sub(lambda _, template=template: template, frame, count=1)  # type: ignore[misc]
    (layouts / "single.html").write_text(frame, "utf-8")
    (target / "layouts" / "index.html").write_text("home", "utf-8")
    (layouts / "list.html").write_text("{{ .Title }}", "utf-8")
    return _write(pages(site), target / "content", "first.html")


def for_mkdocs(site: Path, target: Path) -> int:
    """A mkdocs-material site of the same pages, none of them in its navigation; returns how many."""
    count = _write(pages(site), target / "docs", "first.html")
    (target / "docs" / "index.md").write_text("# home\n", "utf-8")
    (target / "mkdocs.yml").write_text(
        "site_name: bench\nplugins: []\nuse_directory_urls: false\nnav: [index.md]\n"
        "validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, anchors: ignore, unrecognized_links: ignore}}\n"
        "theme: {name: material, font: false}\n",
        "utf-8",
    )
    return count
