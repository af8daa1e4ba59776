"""Hand-written pages: the files of content/ in, what is wrong in them out, each problem with its file and line."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from kb.records.checking.problem import Problem, shown
from kb.records.sections import HAND_WRITTEN, SECTIONS, index
from kb.site.links import Broken
from kb.words.language import LANGUAGES, OTHER, Language

CONTENT = "content"
FRAME = re.compile(r"\A---[ \t]*\r?\n(?:[^\n]*\n)*?frame:[ \t]*true[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|\Z)")
"""The head of a page that MkDocs makes a frame of."""
LINK = re.compile(r'\]\(\s*<?([^)\s>]+)|\b(?:href|src)="([^"]+)"')
SPOILS = {"site_token": re.compile("@@"), "conflict": re.compile("<{7}|>{7}"), "site_link_words": re.compile(r"\[\s*\]\(")}
"""What no line of a page may hold: our own tokens, two versions of a line, a link or a picture without words."""

Pages = Mapping[str, bytes]
"""File below the project → what it holds."""


def read(project: Path) -> dict[str, bytes]:
    """The hand-written pages of a project."""
    paths = sorted((project / CONTENT).rglob("*.md"))
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def faults(pages: Pages) -> list[Problem]:
    """What a person must mend in hand-written pages before a site can be made of them; links are checked on the site."""
    missing = [
        Problem(name, 1, "", "site_page_missing")
        for language in LANGUAGES
        for section in SECTIONS
        if (name := file_of(index(section), language)) not in pages
    ]
    return sorted([*missing, *(fault for path, raw in pages.items() for fault in _faults(path, raw, pages))])


def _faults(path: str, raw: bytes, pages: Pages) -> Iterator[Problem]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(path, raw.count(b"\n", 0, error.start) + 1, "", "utf8")
        return
    yield from _wrong_head(path, text)
    for number, line in enumerate(text.split("\n"), 1):
        yield from (Problem(path, number, "", code, shown(line.strip())) for code, wrong in SPOILS.items() if wrong.search(line))
    _, language, rest = path.split("/", 2)
    if language in LANGUAGES and _is_page(rest) and (other := f"{CONTENT}/{OTHER[_one(language)]}/{rest}") not in pages:
        yield Problem(path, 1, "", "site_one_language", context={"other": other})


def _wrong_head(path: str, text: str) -> Iterator[Problem]:
    """The page of a section of records must be a frame; other pages must not, for nothing would be poured into them."""
    framed = {file_of(index(section), language) for language in LANGUAGES for section in SECTIONS if section not in HAND_WRITTEN}
    if path in framed and not FRAME.match(text):
        yield Problem(path, 1, "frame", "site_frame", shown(text.partition("\n")[0].strip()))
    elif path not in framed and FRAME.match(text):
        yield Problem(path, 1, "frame", "site_no_frame", "frame: true")


def _is_page(rest: str) -> bool:
    """Whether a file is a page of its own: a foreword of a bulletin is none, and may have one language."""
    return not rest.startswith("bulletins/")


def _one(language: str) -> Language:
    return "en" if language == "en" else "ka"


def file_of(address: str, language: Language) -> str:
    """The hand-written file of an address below the root of a language."""
    return f"{CONTENT}/{language}/{address.removesuffix('.html')}.md"


def link_faults(pages: Pages, broken: Mapping[Language, list[Broken]], records: str) -> list[Problem]:
    """Broken links of built pages, each at the line of the hand-written file that has it, else at the record's file.

    `records` is the name of the record tree below the project. What stands in no file is our own mistake, and said to be.
    """
    return [_link_fault(pages, language, one, records) for language, links in broken.items() for one in links]


def _link_fault(pages: Pages, language: Language, one: Broken, records: str) -> Problem:
    name = file_of(one.page, language)
    text = pages.get(name, b"").decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        for match in LINK.finditer(line):
            link = match[1] or match[2]
            if _target(link, one.page) == _target(one.target, ""):
                return Problem(name, number, "", "site_link", shown(link))
    if one.source and not one.source.startswith(CONTENT) and PurePosixPath(one.source).suffix:
        name = f"{records}/{one.source}"
    return Problem(name, 1, "", "site_link_ours", shown(one.target))


def _target(link: str, page: str) -> str:
    """A link as it stands in a file → the address below the root of the language, as the site has it."""
    way, mark, part = link.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), way)) if way else page
    return re.sub(r"\.md\Z", ".html", path) + mark + part
