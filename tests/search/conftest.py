"""Small indexes, and a page that asks them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kb.records.checking.validation import adapter
from kb.search.documents import Document
from kb.search.index import Labels, build, put
from kb.search.language import Bilingual

SCRIPTS = Path(__file__).parents[2] / "overrides" / "search"
Ask = Callable[..., Any]


def document(number: int, title: str, body: str = "", lang: str = "ka", **more: Any) -> Document:
    """A document whose id is its number."""
    given = {"id": f"d{number}", "url": f"{number}.html", "lang": lang, "title": title, "body": body, **more}
    found: Document = adapter(Document).validate_python(given)
    return found


@pytest.fixture
def asking(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Makes an index of documents and gives the way to ask it; what the console says is a failure."""
    said: list[str] = []
    pages: list[Page] = []

    def asker(documents: list[Document], labels: Labels | None = None) -> Ask:
        folder = tmp_path / f"index-{len(pages)}"
        put(build(documents, Bilingual(), SCRIPTS, labels), folder)
        (folder / "page.html").write_text(
            '<!doctype html><html lang="ka"><meta charset="utf-8"><script src="search.js"></script>'
        )
        page = browser.new_page()
        pages.append(page)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto((folder / "page.html").as_uri())
        return lambda text, **options: page.evaluate("([text, options]) => kbSearch.query(text, options)", [text, options])

    yield asker
    for page in pages:
        page.close()
    assert said == []


def ids(answer: Any) -> list[str]:
    """The ids of the hits in their order."""
    return [hit["id"] for hit in answer["hits"]]
