"""The real site: it can be built for both audiences, and axe-core reads one page of each kind, whatever its name, in Chromium.

The two long tests do not follow each other, so that two processes share them.
"""

from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kb.records.knowledge import KnowledgeBase
from kb.records.sections import FOLDERS, ROOTS, SECTIONS, address, index
from kb.site.frames.handwritten import file_of
from kb.words.language import Language

from .conftest import OURS, said

# without preload: it asks for the style sheets once more, which a page from a folder may not
RULES = {
    "preload": False,
    "resultTypes": ["violations"],  # half the time: the places where a rule is kept are not collected
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
}
OF_LISTS = {"themes": "networks/_office/themes.yml", "units": "networks/_office/units.yml", "bulletins": "networks/_quarters"}
YOURS = (
    "თუ ხელით დაწერილი გვერდი (content/) თქვენ შეცვალეთ, გაასწორეთ მასში მითითებული ადგილი. სხვა შემთხვევაში:",
    "If you changed the hand-written page (content/), mend the place that is named in it. Otherwise:",
)


def chosen(site: Path, kb: KnowledgeBase, language: Language) -> Iterator[tuple[Path, str]]:
    """(page, the file it is made of): the first page of each section, and the longest of each kind below them."""
    root = site / ROOTS[language]
    files = {root / address(entry): f"networks/{entry.path}" for entry in kb.entries()}
    for section in SECTIONS:
        yield root / index(section), file_of(index(section), language)
    for folder in (*FOLDERS.values(), *OF_LISTS):
        pages = [page for page in (root / folder).rglob("*.html") if page.name != "index.html"]
        if folder in FOLDERS.values():
            pages = [page for page in pages if page in files]  # an old address only leads on
        if pages:
            page = max(pages, key=lambda one: (one.stat().st_size, one))
            yield page, files.get(page) or OF_LISTS[folder]


def violations(window: Page) -> list[str]:
    """What axe-core finds wrong on a page, each with its first place."""
    found = Axe().run(window, options=RULES).response["violations"]
    return [f"{one['help']}: {one['nodes'][0]['html'][:160]}" for one in found]


def read(site: Path, kb: KnowledgeBase, browser: Browser, language: Language) -> None:
    """Read the chosen pages of a language, and fail with all that is wrong."""
    window = browser.new_page()
    found = []
    for path, file in chosen(site, kb, language):
        window.goto(path.as_uri())
        found += [f"{file}: {wrong}" for wrong in violations(window)]
    window.close()
    said([*found, "", *YOURS, *OURS] if found else [])


def test_the_georgian_pages_break_no_rule(site: Path, kb: KnowledgeBase, browser: Browser) -> None:
    """No page of any kind breaks a WCAG A or AA rule."""
    read(site, kb, browser, "ka")


def test_a_site_can_be_built_for_each_audience(built: Path) -> None:
    """No hand-written page is wrong and no link leads nowhere, for the Office and for the public."""
    said([] if (built / "index.html").is_file() else [*OURS, "index.html"])


def test_the_english_pages_break_no_rule(site: Path, kb: KnowledgeBase, browser: Browser) -> None:
    """The same pages in English."""
    read(site, kb, browser, "en")
