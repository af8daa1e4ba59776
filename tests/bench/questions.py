"""What people of the units ask, in their words, and whether the search of the real records answers.

`python tests/bench/questions.py`; `questions.yml` has a question a row: its language, what is asked, the ids that answer it, and
`first: true` where somebody names a page and must find it at the top. Of the others 95 in a hundred are to be answered among the
first five. What is missed is named.
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from kb.site.building import build
from kb.site.project import Order
from search import chromium

PROJECT = Path(__file__).parents[2]
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text("utf-8"))
LEAST = 0.95
ASKED = "async ([text, options]) => (await kbSearch.query(text, {...options, limit: 5})).hits.map((hit) => hit.id)"


def main() -> None:
    """Build the site, ask, and print."""
    sentences, names = ([one for one in QUESTIONS if bool(one.get("first")) is first] for first in (False, True))
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder, sync_playwright() as playwright:
        build(Order(PROJECT, PROJECT / "networks", Path(folder), datetime.now(UTC).date()))
        page = playwright.chromium.launch(executable_path=chromium()).new_page()
        page.goto((Path(folder) / "find" / "index.html").as_uri())
        page.add_script_tag(url=(Path(folder) / "search" / "search.js").as_uri())
        told("questions of the units, among the first five", missed(page, sentences, 5, typing=False), len(sentences), LEAST)
        for typing in (False, True):
            when = "while typing" if typing else "when typed"
            told(f"pages by their names, first, {when}", missed(page, names, 1, typing=typing), len(names), 1.0)


def missed(page: Page, questions: list[dict[str, Any]], most: int, *, typing: bool) -> list[str]:
    """The questions none of whose answers is among the first hits."""
    found = [page.evaluate(ASKED, [one["ask"], {"lang": one["lang"], "typing": typing}])[:most] for one in questions]
    return [one["ask"] for one, hits in zip(questions, found, strict=True) if not set(one["answers"]) & set(hits)]


def told(what: str, misses: list[str], number: int, least: float) -> None:
    """Print a row: what, the share, the least, and the misses."""
    share = 1 - len(misses) / number
    print(f"{what}: {share:.3f} of {number} (at least {least:.2f}: {'yes' if share >= least else 'NO'}) {'; '.join(misses)}")


if __name__ == "__main__":
    main()
