"""How well and how fast the search finds: `python tests/bench/search.py [PAIRS.tsv] [--with minisearch.js]`.

A pair is a form in a document and a form that somebody types, of one word: columns `doc_form`, `query_form` and, where known,
`lemma` and `set`. Each form of the first column is a document; Chromium asks kbSearch for each of the second, as written and
as typed in Latin letters in three ways. For one pair, recall is 1 when its document is among the first ten; precision is the
share of the documents among the first ten that are of the same word; MRR is one by the place of its document.
With a copy of MiniSearch (its plain script) the same is asked of it, with prefix and fuzzy search.
"""

import argparse
import csv
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cost import run
from playwright.sync_api import Page, sync_playwright

from kb.records.reading import load
from kb.search import georgian
from kb.search.documents import Document
from kb.search.harvest import Harvest
from kb.search.index import build, put
from kb.search.language import Bilingual
from kb.words.language import LANGUAGES, Words

PROJECT = Path(__file__).parents[2]
OWN = Path(__file__).parent / "pairs.tsv"
TARGETS = {"written": (0.97, 0.97), "latin": (0.96, 0.0)}
Pair = tuple[str, str, str]
"""(lemma, form in the document, form that is typed)"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="?", type=Path, default=OWN)
    parser.add_argument("--with", dest="other", type=Path, help="a copy of minisearch.js to compare with")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium()).new_page()
        for name, pairs in read(given.pairs).items():
            ours = Ours(Path(folder) / re.sub(r"\W", "-", name), page, [doc for _, doc, _ in pairs], pairs[0][1])
            report(name, pairs, ours.found)
            if given.other:
                other = MiniSearch(given.other, page, [doc for _, doc, _ in pairs])
                said(f"{name}, MiniSearch, as written", pairs, other.found([typed for *_, typed in pairs]), None)
        speed(Path(folder) / "large", page)


def chromium() -> str | None:
    """Debian's Chromium where there is one."""
    found = [path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()]
    return found[0] if found else None


def read(path: Path) -> dict[str, list[Pair]]:
    """The pairs of a file by their set."""
    sets: dict[str, list[Pair]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            lemma = row.get("lemma") or row["doc_form"]
            sets[row.get("set") or path.stem].append((lemma, row["doc_form"], row["query_form"]))
    return sets


# --- engines


class Ours:
    """Our own search over one document a form, in a page beside its index."""

    def __init__(self, folder: Path, page: Page, forms: Iterable[str], sample: str) -> None:
        language = "ka" if re.search("[ა-ჰ]", sample) else "en"
        documents = [Document(id=form, url=form, lang=language, title=form) for form in dict.fromkeys(forms)]
        put(build(documents, Bilingual(), PROJECT / "overrides" / "search"), folder)
        self._page, self._language = opened(page, folder), language

    def found(self, typed: list[str]) -> list[list[str]]:
        """For each typed form the documents among the first ten."""
        asked = (
            "async ([all, lang]) => Promise.all(all.map(async (q) => (await kbSearch.query(q, {lang})).hits.map((h) => h.id)))"
        )
        return list(self._page.evaluate(asked, [typed, self._language]))


class MiniSearch:
    """MiniSearch with prefix and fuzzy search, the settings that found most."""

    def __init__(self, script: Path, page: Page, forms: Iterable[str]) -> None:
        page.goto("about:blank")
        page.add_script_tag(path=script)
        rows = [{"id": form, "title": form} for form in dict.fromkeys(forms)]
        setup = "(rows) => { globalThis.mini = new MiniSearch({fields: ['title']}); mini.addAll(rows); }"
        page.evaluate(setup, rows)
        self._page = page

    def found(self, typed: list[str]) -> list[list[str]]:
        """For each typed form the documents among the first ten."""
        asked = "(all) => all.map((q) => mini.search(q, {prefix: true, fuzzy: 0.2}).slice(0, 10).map((h) => h.id))"
        return list(self._page.evaluate(asked, typed))


def opened(page: Page, folder: Path) -> Page:
    """A page that loads the index beside it."""
    text = '<!doctype html><html lang="ka"><meta charset="utf-8"><script src="search.js"></script>'
    (folder / "page.html").write_text(text, "utf-8")
    page.goto((folder / "page.html").as_uri())
    return page


# --- typing in Latin letters


def typings() -> dict[str, Callable[[str], str]]:
    """The ways to type Georgian in Latin letters."""
    latin: dict[str, Any] = georgian.tables()["ka"]["latin"]
    keys = str.maketrans(dict(zip(latin["letters"], latin["keys"], strict=True)))
    national = str.maketrans(dict(zip(latin["letters"], latin["national"].split(), strict=True)))
    return {
        "keyboard": lambda word: word.translate(keys),
        "keyboard without Shift": lambda word: word.translate(keys).lower(),
        "national romanisation": lambda word: word.translate(national).replace("’", "").replace("'", ""),
    }


# --- measures


def report(name: str, pairs: list[Pair], found: Callable[[list[str]], list[list[str]]]) -> None:
    """Print the measures of a set, as written and in Latin letters."""
    typed = [query for *_, query in pairs]
    said(f"{name}, as written", pairs, found(typed), TARGETS["written"])
    if re.search("[ა-ჰ]", pairs[0][1]):
        for way, turned in typings().items():
            said(f"{name}, {way}", pairs, found([turned(query) for query in typed]), TARGETS["latin"])


def said(what: str, pairs: list[Pair], found: list[list[str]], least: tuple[float, float] | None) -> None:
    """Print one line: recall@10, precision@10 and MRR of pairs."""
    lemmas: dict[str, set[str]] = defaultdict(set)
    for lemma, form, _ in pairs:
        lemmas[form].add(lemma)
    places = [hits.index(form) + 1 if form in hits else 0 for (_, form, _), hits in zip(pairs, found, strict=True)]
    right = [
        sum(lemma in lemmas[hit] for hit in hits) / len(hits) for (lemma, *_), hits in zip(pairs, found, strict=True) if hits
    ]
    recall, precision = sum(map(bool, places)) / len(places), sum(right) / max(1, len(right))
    mrr = sum(1 / place for place in places if place) / len(places)
    kept = least is None or (recall >= least[0] and precision >= least[1])
    mark = "    " if least is None else "ok  " if kept else "LOW "
    print(
        f"{mark} {what:<52} pairs {len(pairs):>5}   recall {recall:.3f}   precision {precision:.3f}   MRR {mrr:.3f}", flush=True
    )


# --- 10,000 documents


def speed(folder: Path, page: Page) -> None:
    """The cost of an index of 10,000 documents, what a first question loads, and how long questions take."""
    documents = folder.with_suffix(".jsonl")
    documents.write_text("\n".join(many(10_000)), "utf-8")
    kb = PROJECT / ".venv" / "bin" / "kb"
    cost = run([str(kb), "index", str(documents), str(folder)], PROJECT)
    print(
        f"{'ok  ' if cost.cpu < 5 else 'OVER'} 10,000 documents, index: {cost.cpu:.1f} CPU-seconds of 5, {cost.megabytes:.0f} MB"
    )
    questions = [" ".join(random.Random(n).sample(WORDS, 1 + n % 3)) for n in range(200)]
    loads, times = [], []
    for question in questions[:20]:
        asked_for: list[str] = []
        page.on("request", note := lambda request, into=asked_for: into.append(request.url))
        opened(page, folder)
        page.evaluate("(q) => kbSearch.query(q, {lang: 'ka'})", question)
        page.remove_listener("request", note)
        names = {urlsplit(address).path for address in asked_for if ".js" in address}
        loads.append(sum(Path(name).stat().st_size for name in names))
    for question in questions:
        timed = (
            "async (q) => { const t = performance.now(); await kbSearch.query(q, {lang: 'ka'}); return performance.now() - t; }"
        )
        times.append(page.evaluate(timed, question))
    late = sorted(times)[int(0.95 * len(times))]
    print(f"{'ok  ' if max(loads) < 100_000 else 'OVER'} first question loads {max(loads) / 1000:.0f} kB at most, of 100")
    print(f"{'ok  ' if late < 50 else 'OVER'} a question takes {sorted(times)[100]:.0f} ms, 95 of 100 under {late:.0f} ms, of 50")


WORDS = [
    *("უფლება", "წამება", "პრევენცია", "ბავშვი", "ომბუდსმენი", "სახელმძღვანელო", "ანგარიში"),
    *("თანასწორობა", "აკრედიტაცია", "ტრენინგი", "დისკრიმინაცია"),
]


def many(count: int) -> Iterable[str]:
    """Documents as lines: the real ones in both languages again and again, each with other sentences of the real ones."""
    kb, _ = load(PROJECT / "networks", date(2026, 11, 22))
    real = {name: list(Harvest(kb, Words(name), date(2026, 11, 22)).documents()) for name in LANGUAGES}
    sentences = {
        name: [s for document in found for s in re.split(r"(?<=[.;])\s", document.body) if len(s) > 30]
        for name, found in real.items()
    }
    chance = random.Random(1)
    for number in range(count):
        language = LANGUAGES[number % 2]
        document = real[language][number // 2 % len(real[language])]
        said = " ".join(chance.sample(sentences[language], 6))
        yield json.dumps(asdict(replace(document, id=f"{document.id}-{number // 2}", body=said)), ensure_ascii=False)


if __name__ == "__main__":
    main()
