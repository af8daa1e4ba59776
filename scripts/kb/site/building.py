"""The whole build: records and frames in, a folder of pages out."""

import contextlib
import hashlib
import json
import logging
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kb.bulletins.edition import Bulletin, shelf
from kb.bulletins.stationery import templates as stationery
from kb.bulletins.stationery.templates import Stationery
from kb.downloads.made import Made
from kb.downloads.offer import Offer
from kb.editing.repository import Repository, from_remote, origin
from kb.history.closing import FOLDER
from kb.history.snapshot import Snapshot, Unreadable
from kb.records.checking.problem import Problem, shown
from kb.records.folder import entries
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import load
from kb.records.sections import TO_SITE
from kb.search.documents import Document
from kb.search.harvest import Harvest, labels
from kb.search.index import Side, joined, side
from kb.search.language import Bilingual
from kb.search.shards import Files
from kb.site import rendering
from kb.site.audience import Audience, seen_by
from kb.site.frames import OUR_TEMPLATES, mended, read
from kb.site.handwritten import faults, link_faults
from kb.site.handwritten import read as read_pages
from kb.site.links import Broken
from kb.site.output import Output, remove_others, zipped
from kb.site.pouring import Poured, Pourer, pour
from kb.site.writer import Edition
from kb.upkeep.todo import Task, tasks
from kb.words.language import LANGUAGES, Language, Words, strings

OVERRIDES = "overrides"
SEARCH = "search"
"""The folder of the search index, for both languages."""
NOT_FRAMES = (SEARCH, *OUR_TEMPLATES)
"""Folders of overrides/ that MkDocs makes nothing of."""
# What the theme ships for its own search and for machines that crawl, and what MkDocs copies of those folders; none is of use.
UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers", "sitemap", *(f"{name}/" for name in NOT_FRAMES))


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, from where and where to."""

    project: Path
    """The folder with mkdocs.yml, content/ and overrides/."""
    records: Path
    out: Path
    today: date
    archive: Path | None = None
    audience: Audience = "office"


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


class PagesWrong(Exception):
    """Something besides the records is wrong; `problems` have their files below the project."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems of pages")
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
    ledger = order.project / "build" / f"state-{_digest(str(order.out.resolve()))[:12]}.json"
    inputs = fingerprint(order)
    pages = _unchanged(ledger, inputs, order.out)
    if pages:
        report = Report(pages, 0, 0, time.perf_counter() - began)
    else:
        ledger.unlink(missing_ok=True)
        report = _built(order, began)
        _remember(ledger, inputs, order.out, report.pages)
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
    pourer = Pourer(edition, frames, templates(order.project), stock.bulletins)
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


def templates(project: Path) -> Path:
    """Where the templates of the pages stand."""
    return project / OVERRIDES / rendering.FOLDER


def stationery_of(project: Path) -> Stationery:
    """What the bulletins and briefs of a project are printed on."""
    return stationery.read(project / OVERRIDES)


def search_scripts(project: Path) -> Path:
    """Where the scripts of the search stand."""
    return project / OVERRIDES / SEARCH


def _put(output: Output, files: Files) -> None:
    for name, content in files.items():
        output.write(f"{SEARCH}/{name}", content)


def bulletins_of(project: Path, records: Path) -> list[Bulletin]:
    """The bulletins of all closed quarters; a snapshot that cannot be read stops the build as a wrong record does."""
    try:
        return shelf(records, project / "content")
    except Unreadable as error:
        raise ProblemsFound([Problem(FOLDER, 1, "", "unreadable", str(error))]) from None


def static_files(folder: Path) -> list[str]:
    """The files beside the pages that are of use: styles, scripts, fonts and pictures, and the page for wrong addresses."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(n for n in names if n == "404.html" or not (n.endswith((".html", ".map")) or n.startswith(UNUSED)))


def _copy_static(folder: Path, output: Output) -> set[str]:
    names = static_files(folder)
    for name in names:
        content = (folder / name).read_bytes()
        output.write(name, mended(content.decode()).encode() if name.endswith(".html") else content)
    return set(names)


def make_frames(project: Path, language: Language) -> Path:
    """The folder with MkDocs' pages of a language, made anew only when their sources changed.

    The folder is named for what it was made from and appears whole, so that two builds at once do not meet in it.
    """
    sources = hashlib.sha256(installed().encode())
    for path in frame_sources(project, language):
        if path.is_file():
            sources.update(f"{path.relative_to(path.anchor)}".encode() + path.read_bytes())
    folder = project / "build" / "frames" / f"{language}-{sources.hexdigest()[:16]}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{language}-new-") as new:
            run_mkdocs(project, language, Path(new) / "pages")
            with contextlib.suppress(OSError):  # another build was first
                (Path(new) / "pages").rename(folder)
        _forget_old(folder, language)
    return folder


def _forget_old(folder: Path, language: Language) -> None:
    """Remove the frames of a language's earlier sources, but none that a build of the last hour may still read."""
    for other in folder.parent.glob(f"{language}-*"):
        with contextlib.suppress(FileNotFoundError):  # another build was first
            if other != folder and time.time() - other.stat().st_mtime > 3600:
                shutil.rmtree(other, ignore_errors=True)


def frame_sources(project: Path, language: Language) -> Iterator[Path]:
    """The files that MkDocs makes the frames of a language from."""
    package = Path(__file__).parents[1]
    hook = ("cli/hook.py", "site/frames.py", "records/sections.py", "words/strings.yml", "words/language.py")
    yield project / "mkdocs.yml"
    yield from (package / name for name in hook)
    yield from sorted((project / "content" / language).rglob("*"))
    below = project / OVERRIDES
    yield from sorted(p for p in below.rglob("*") if p.relative_to(below).parts[0] not in NOT_FRAMES)


def run_mkdocs(project: Path, language: Language, folder: Path) -> None:
    """Let MkDocs render the hand-written pages and the frames of a language into a folder.

    Raises PagesWrong for what it warns of, but for links: those are checked, in words, when the site is whole.
    """
    # mkdocs-material prints a notice to standard error at import unless told that it was seen.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415 - half a second that most builds save
    from mkdocs.config import load_config  # noqa: PLC0415

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    docs = str(project / "content" / language)
    config = load_config(str(project / "mkdocs.yml"), docs_dir=docs, site_dir=str(folder), strict=False)
    config["extra"]["frames_only"] = True
    config["validation"]["links"].not_found = logging.DEBUG
    config = config["plugins"].on_startup(command="build", dirty=False) or config
    with _heard("mkdocs") as said:
        mkdocs_build(config)
    if said:
        raise PagesWrong([Problem("mkdocs.yml", 1, "", "site_mkdocs", shown(line, 300)) for line in said])


@contextlib.contextmanager
def _heard(name: str) -> Iterator[list[str]]:
    """The warnings of a logger, kept and not printed."""
    said: list[str] = []
    ear = logging.Handler(logging.WARNING)
    ear.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # all that a handler does
    logger = logging.getLogger(name)
    logger.addHandler(ear)
    try:
        yield said
    finally:
        logger.removeHandler(ear)


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


def repository_of(project: Path, records: Path) -> Repository:
    """Where the records are edited: by mkdocs.yml's `extra`, else by the git remote called origin."""
    extra = _extra(project)
    address = str(extra.get("repository") or "").rstrip("/") or from_remote(origin(project))
    return Repository(address, str(extra.get("branch") or "main"), name_of(project, records))


def name_of(project: Path, records: Path) -> str:
    """What the record tree is called in the project; elsewhere it has its own name alone."""
    below = records.resolve()
    return below.relative_to(project.resolve()).as_posix() if below.is_relative_to(project.resolve()) else records.name


def _extra(project: Path) -> dict[str, Any]:
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    return dict(config.get("extra") or {})


# --- the state of the last build


def fingerprint(order: Order) -> str:
    """Names everything that the site depends on; equal fingerprints mean equal sites."""
    trees = (Path(__file__).parents[1], order.project / "overrides", order.project / "content", order.records)
    config = (order.project / "mkdocs.yml").read_text("utf-8")
    repository = repository_of(order.project, order.records)
    return _digest(
        "\n".join([installed(), config, f"{order.today} {order.audience} {repository}", *(_stamps(tree) for tree in trees)])
    )


def installed() -> str:
    """The versions of Python and of every package beside it, by the names of their folders; a package asked takes 1 ms."""
    folders = [Path(folder) for folder in dict.fromkeys(sys.path) if folder and Path(folder).is_dir()]
    names = {path.name for folder in folders for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info")}
    return "\n".join([sys.version, *sorted(names)])


def _stamps(folder: Path) -> str:
    """The name, size and time of every file below a folder."""
    found = [(name, entry.stat()) for name, entry in entries(folder) if not name.endswith(".pyc")]
    return "\n".join([str(folder.resolve()), *sorted(f"{name} {s.st_size} {s.st_mtime_ns}" for name, s in found)])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _remember(ledger: Path, inputs: str, out: Path, pages: int) -> None:
    state = {"inputs": inputs, "pages": pages, "outputs": _digest(_stamps(out))}
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.write_text(json.dumps(state), "utf-8")


def _unchanged(ledger: Path, inputs: str, out: Path) -> int:
    """The number of pages when neither the inputs nor the written site have changed since; else 0."""
    try:
        state = json.loads(ledger.read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    same = state.get("inputs") == inputs and out.is_dir() and state.get("outputs") == _digest(_stamps(out))
    return int(state["pages"]) if same else 0
