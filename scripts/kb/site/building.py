"""The whole build: records and frames in, a folder of pages out."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.bulletins.edition import Bulletin, shelf
from kb.bulletins.stationery.templates import Stationery
from kb.downloads.made import Made
from kb.downloads.offer import Offer
from kb.editing.repository import Repository
from kb.history.closing import FOLDER
from kb.history.snapshot import Snapshot, Unreadable
from kb.records.audience import seen_by
from kb.records.checking.problem import Problem
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import load
from kb.records.sections import TO_SITE
from kb.search.documents import Document
from kb.search.harvest import Harvest, labels
from kb.search.index import Side, joined, side
from kb.search.language import Bilingual
from kb.search.shards import Files
from kb.site.frames.cutting import mended, read
from kb.site.frames.generator import PagesWrong, make_frames, static_files
from kb.site.frames.handwritten import faults, link_faults
from kb.site.frames.handwritten import read as read_pages
from kb.site.links import Broken
from kb.site.output import Output, remove_others, zipped
from kb.site.pouring import Poured, Pourer, pour
from kb.site.project import OVERRIDES, SEARCH, Order, installed, name_of, repository_of, search_scripts, stationery_of, templates
from kb.site.rendering import Renderer
from kb.site.state import fingerprint, ledger_of, remember, unchanged
from kb.site.view.writer import Edition
from kb.upkeep.todo import Task, tasks
from kb.words.language import LANGUAGES, Language, Words, strings


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    pages: int
    changed: int
    removed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Stock:
    """What the pages of both languages are made of."""

    kb: KnowledgeBase
    repository: Repository
    stationery: Stationery
    bulletins: Sequence[Bulletin] = ()
    planned: Sequence[Task] = ()


class ProblemsFound(Exception):
    """The records have problems; nothing was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class LinksBroken(PagesWrong):
    """Pages link to what is not there; the site was written, but must not be published."""

    def __init__(self, broken: list[Broken], problems: list[Problem]) -> None:
        super().__init__(problems)
        self.broken = broken


def build(order: Order) -> Report:
    """Build both languages into `order.out`.

    Raises ProblemsFound, PagesWrong, or output.NotOurs for a folder that holds other people's files.
    """
    began = time.perf_counter()
    ledger = ledger_of(order)
    inputs = fingerprint(order)
    pages = unchanged(ledger, inputs, order.out)
    if pages:
        report = Report(pages, 0, 0, time.perf_counter() - began)
    else:
        ledger.unlink(missing_ok=True)
        report = _built(order, began)
        remember(ledger, inputs, order.out, report.pages)
    if order.archive:
        zipped(order.out, order.archive)
    return report


def _built(order: Order, began: float) -> Report:
    output = Output(order.out)
    output.prepare()
    stock = _stock(order)
    made = _made(order.project, stock.stationery)
    strings()  # read before the fork, not once in each process
    done = _side_by_side(lambda language: _language(order, stock, made, language, make_frames(order.project, language)))
    made.forget()
    poured = [part for part, _ in done]
    _must_lead_somewhere(order, dict(zip(LANGUAGES, poured, strict=True)))
    sides: dict[str, Side] = {language: one for language, (_, one) in zip(LANGUAGES, done, strict=True)}
    _put(output, joined(sides, labels(stock.kb), Bilingual(), search_scripts(order.project)))
    keep = {name for part in poured for name in part.files} | output.written
    removed = remove_others(order.out, keep)
    return Report(sum(p.pages for p in poured), sum(p.changed for p in poured), removed, time.perf_counter() - began)


def _must_lead_somewhere(order: Order, poured: dict[Language, Poured]) -> None:
    """Raise LinksBroken when a page of a language has a link that leads nowhere."""
    broken = {language: part.broken for language, part in poured.items()}
    if links := [link for part in broken.values() for link in part]:
        raise LinksBroken(links, link_faults(read_pages(order.project), broken, name_of(order.project, order.records)))


def _stock(order: Order) -> Stock:
    kb, problems = load(order.records, order.today)
    if problems:
        raise ProblemsFound(problems)
    if wrong := faults(read_pages(order.project)):
        raise PagesWrong(wrong)
    kb = seen_by(kb, order.audience)
    # what changed in contacts stands in the bulletins, and those are the Office's own
    bulletins = bulletins_of(order.project, order.records) if order.audience == "office" else ()
    planned = tasks(kb, order.today, last=last_of(bulletins))
    return Stock(kb, repository_of(order.project, order.records), stationery_of(order.project), bulletins, planned)


Done = tuple[Poured, Side]
_task: Callable[[Language], Done] | None = None


def _side_by_side(task: Callable[[Language], Done]) -> list[Done]:
    """Run a task for both languages on two cores where the system can fork, else one after the other.

    A forked worker sees the knowledge base of its parent without pickling it; it does one language, the parent the other.
    """
    global _task  # noqa: PLW0603 - the only way into a forked worker for what cannot be pickled
    if "fork" not in multiprocessing.get_all_start_methods() or (os.cpu_count() or 1) < 2:
        return [task(language) for language in LANGUAGES]
    _task = task
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            mine, others = LANGUAGES
            meanwhile = pool.submit(_run, others)
            return [task(mine), meanwhile.result()]
    finally:
        _task = None


def _run(language: Language) -> Done:
    if _task is None:
        raise RuntimeError("a worker was started without a task")
    return _task(language)


def _made(project: Path, printed_on: Stationery) -> Made:
    """What earlier builds made; with it come the libraries of all formats, before the build goes apart into its languages.

    Raises BadTemplate for a template that cannot be filled.
    """
    from kb.site import offering  # noqa: PLC0415 - half a second that a build of nothing new saves

    offering.prove(printed_on)
    return offering.kept_in(project, installed())


def _language(order: Order, stock: Stock, made: Made, language: Language, folder: Path) -> Done:
    """Write all of a language: its pages, in the frames below `folder`, what it offers besides, and its side of the search."""
    from kb.site.offering import put  # noqa: PLC0415 - as in _made

    frames, words = read(folder, TO_SITE[language]), Words(language)
    output = Output(order.out)
    static = _copy_static(folder, output) if language == "ka" else {f"../{name}" for name in static_files(folder)}
    offer = Offer(stock.kb, words, order.today, stock.stationery, order.project / OVERRIDES, stock.bulletins)
    static |= put(output, offer, made)
    last = last_of(stock.bulletins)
    edition = Edition(stock.kb, words, order.today, stock.repository, order.audience, last, stock.planned)
    pourer = Pourer(edition, frames, Renderer(templates(order.project), words), stock.bulletins)
    poured = pour(pourer, output, static)
    one, files = side(language, findable(pourer), Bilingual())
    _put(output, files)
    poured.files = output.written
    return poured, one


def findable(pourer: Pourer) -> Iterator[Document]:
    """The documents that search finds: of the records, and of the pages that people wrote."""
    edition = pourer.edition
    harvest = Harvest(edition.kb, edition.words, edition.today)
    yield from harvest.documents()
    for address, title, html in pourer.written_by_hand():
        yield harvest.page(address, title, html)


def last_of(bulletins: Sequence[Bulletin]) -> Snapshot | None:
    """The last closed quarter as it was, if there is one."""
    return bulletins[0].new if bulletins else None


def _put(output: Output, files: Files) -> None:
    for name, content in files.items():
        output.write(f"{SEARCH}/{name}", content)


def bulletins_of(project: Path, records: Path) -> list[Bulletin]:
    """The bulletins of all closed quarters; a snapshot that cannot be read stops the build as a wrong record does."""
    try:
        return shelf(records, project / "content")
    except Unreadable as error:
        raise ProblemsFound([Problem(FOLDER, 1, "", "unreadable", str(error))]) from None


def _copy_static(folder: Path, output: Output) -> set[str]:
    names = static_files(folder)
    for name in names:
        content = (folder / name).read_bytes()
        output.write(name, mended(content.decode()).encode() if name.endswith(".html") else content)
    return set(names)


def pour_into(folder: Path, project: Path, today: date) -> None:
    """Make the Georgian site of what plain MkDocs has just built in `folder`; there is no English side.

    Raises ProblemsFound or PagesWrong, for which a link to the other language is none.
    """
    order = Order(project, project / "networks", folder, today)
    stock = _stock(order)
    poured, georgian = _language(order, stock, _made(project, stock.stationery), "ka", folder)
    _must_lead_somewhere(order, {"ka": poured})
    english, files = side("en", (), Bilingual())
    sides = {"ka": georgian, "en": english}
    _put(Output(folder), files | joined(sides, labels(stock.kb), Bilingual(), search_scripts(project)))
