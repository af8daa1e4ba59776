"""The preview: one resident process that keeps the records in memory and renders a page when it is asked for.

Nothing is written. A request looks at the dates of the record files, reads those that changed, and renders its one page;
so an edit is on its page as soon as the page is loaded again, and open pages are told to.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kb.bulletins.stationery.templates import BadTemplate
from kb.downloads.offer import File, Offer
from kb.editing.repository import Repository
from kb.records.checking.problem import Problem, written
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import Reader, placed
from kb.records.sections import TO_SITE
from kb.search.harvest import labels
from kb.search.index import build
from kb.search.language import Bilingual
from kb.search.shards import Files
from kb.site.building import bulletins_of, findable, last_of
from kb.site.frames.cutting import Frame, read
from kb.site.frames.generator import frame_sources, make_frames, static_files
from kb.site.pouring import Pourer
from kb.site.project import NOT_FRAMES, OVERRIDES, SEARCH, repository_of, search_scripts, stationery_of, templates
from kb.site.rendering import Renderer
from kb.site.view.writer import Edition
from kb.words.language import LANGUAGES, Language, Words

LOOK_AGAIN = 0.25  # seconds between two looks for an open page
CHANGES = "/_kb/changes"

Stamps = dict[str, tuple[int, int]]


class Preview:
    """The site of a record tree as it stands at this moment."""

    def __init__(self, project: Path, records: Path, today: date) -> None:
        self.project, self.records, self.today = project, records, today
        self.version = 0
        self.problems: list[Problem] = []
        self._lock = threading.Lock()
        self._reader = Reader(records, today)
        self._stamps: Stamps = {}
        self._frame_stamps: Stamps = {}
        self._template_stamps: Stamps = {}
        self._frames: dict[Language, dict[str, Frame]] = {}
        self._static: dict[str, Path] = {}
        self._kb = KnowledgeBase()
        self._words = {language: Words(language) for language in LANGUAGES}
        self._misplaced: dict[str, Problem] = {}
        self._searchable: Files = {}
        self._index_version = 0
        self._offers: dict[str, File[Any]] = {}
        self._offered_version = 0
        self._pourers: dict[Language, Pourer] = {}
        self._renderers: dict[Language, Renderer] = {}
        self._repository: Repository = repository_of(project, records)
        self._bulletins = bulletins_of(project, records)
        self._take_up()

    def refresh(self) -> int:
        """Take up what changed on the disk; returns a number that grows with every change.

        An editor's passing file may be gone before it is looked at; what else changed is found at the next look.
        """
        with self._lock:
            with suppress(FileNotFoundError):
                self._take_up()
            return self.version

    def _take_up(self) -> None:
        """Each change counts at once: a file that is gone in the second look takes nothing from the first."""
        for changed in (self._records_changed, self._frames_changed, self._templates_changed):
            if changed():
                self.version += 1
                self._pourers = {}

    def page(self, address: str) -> str | None:
        """The page at an address below the site's root, or nothing."""
        self.refresh()
        language: Language = "en" if address.startswith("en/") else "ka"
        below = address.removeprefix("en/") or "index.html"
        with self._lock:
            pourer = self._pourers.get(language) or self._new_pourer(language)
            page = pourer.builder.page_at(below)
            if page is not None:
                return self._with_problems(pourer.page(page)[0].decode(), pourer)
            if below in pourer.frames and below != "404.html":
                return self._with_problems(pourer.hand_written(below).decode(), pourer)
            return dict(pourer.redirects()).get(below)

    def file(self, name: str) -> bytes | None:
        """A style, script, font or picture, or a part of the search index."""
        if name.startswith(f"{SEARCH}/"):
            return self._index().get(name.removeprefix(f"{SEARCH}/"))
        path = self._static.get(name)
        return path.read_bytes() if path else self._offered(name)

    def _offered(self, name: str) -> bytes | None:
        """A calendar, feed, table or part of the api of the records as they are, made when somebody asks for it."""
        version = self.refresh()
        with self._lock:
            if self._offered_version != version:
                self._offers = {file.name: file for file in self._planned()}
                self._offered_version = version
            file = self._offers.get(name)
        return file.content() if file else None

    def _planned(self) -> Iterator[File[Any]]:
        """All that is offered, still to be made."""
        from kb.downloads import formats  # noqa: PLC0415 - half a second, for which no page should wait

        printed_on, bulletins = stationery_of(self.project), bulletins_of(self.project, self.records)
        for language in LANGUAGES:
            words = self._words[language]
            offer = Offer(self._kb, words, self.today, printed_on, self.project / OVERRIDES, bulletins)
            yield from formats.files(offer, once=False)
        yield from formats.files(offer, once=True)

    def _index(self) -> Files:
        """The search index of the records as they are, made when somebody searches."""
        version = self.refresh()
        with self._lock:
            if self._index_version != version:
                pourers = [self._pourers.get(language) or self._new_pourer(language) for language in LANGUAGES]
                documents = (document for pourer in pourers for document in findable(pourer))
                self._searchable = build(documents, Bilingual(), search_scripts(self.project), labels(self._kb))
                self._index_version = version
            return self._searchable

    def _new_pourer(self, language: Language) -> Pourer:
        last = last_of(self._bulletins)
        edition = Edition(self._kb, self._words[language], self.today, self._repository, last=last)
        self._pourers[language] = Pourer(edition, self._frames[language], self._renderer(language), self._bulletins)
        return self._pourers[language]

    def _renderer(self, language: Language) -> Renderer:
        """The templates as they stand, compiled; an edit of a record leaves them as they are."""
        if language not in self._renderers:
            self._renderers[language] = Renderer(templates(self.project), self._words[language])
        return self._renderers[language]

    def _records_changed(self) -> bool:
        stamps = {name: _stamp(entry.stat(follow_symlinks=False)) for name, entry in self._reader.files_below()}
        changed = {path for path, stamp in stamps.items() if self._stamps.get(path) != stamp}
        gone = self._stamps.keys() - stamps.keys()
        if not changed and not gone and self.version:
            return False
        for path in gone:
            self._reader.forget(path)
            self._misplaced.pop(path, None)
        for path in changed:
            place = placed(path)
            if isinstance(place, Problem):
                self._misplaced[path] = place
            else:
                self._reader.read_file(place)
        kb, self.problems = self._reader.assembled(list(self._misplaced.values()))
        if not self.problems or not self.version:
            self._kb = kb
        self._stamps = stamps
        return True

    def _frames_changed(self) -> bool:
        sources = [path for language in LANGUAGES for path in frame_sources(self.project, language)]
        stamps = {str(path): _stamp(path.stat()) for path in sources if path.is_file()}
        if stamps == self._frame_stamps:
            return False
        for language in LANGUAGES:
            folder = make_frames(self.project, language)
            self._frames[language] = read(folder, TO_SITE[language])
            if language == "ka":
                self._static = {name: folder / name for name in static_files(folder)}
        self._frame_stamps = stamps
        return True

    def _templates_changed(self) -> bool:
        """Whether a template of pages, Word files or mails, or a script of the search, is another than at the last look."""
        folders = [self.project / OVERRIDES / name for name in NOT_FRAMES]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        stamps = {str(path): _stamp(path.stat()) for path in files}
        if stamps == self._template_stamps:
            return False
        self._template_stamps = stamps
        self._renderers = {}
        return True

    def _with_problems(self, page: str, pourer: Pourer) -> str:
        """The page with what is wrong in the records on top, and told to reload itself."""
        language = pourer.words.language
        problems = written(self.problems[:20], "text", language) if self.problems else ""
        values = {"problems": problems, "language": language, "changes": CHANGES, "version": self.version}
        own = pourer.renderer.preview(values)
        top, end = '<div class="kb-page', "</body>"
        return page.replace(top, f"{own['problems']}{top}", 1).replace(end, f"{own['reload']}{end}")


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_size


@contextmanager
def server(preview: Preview, host: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """A web server of the preview on this machine."""
    handler = type("Handler", (_Handler,), {"preview": preview})
    with ThreadingHTTPServer((host, port), handler) as running:
        running.daemon_threads = True
        yield running


class _Handler(BaseHTTPRequestHandler):
    preview: Preview

    def do_GET(self) -> None:
        """Answer with a page, a file or the stream of changes."""
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if path == CHANGES:
            self._stream(int(asked.query) if asked.query.isdecimal() else self.preview.version)
            return
        name = path.lstrip("/")
        name = f"{name}index.html" if name == "" or name.endswith("/") else name
        try:
            page = self.preview.page(name) if name.endswith(".html") else None
            content = page.encode() if page is not None else self.preview.file(name)
        except BadTemplate as error:  # the browser asks again until it is mended
            said = "\n\n".join([written(error.problems, "text", language) for language in LANGUAGES])
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", said.encode(), again=True)
            return
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", self.preview.file("404.html") or b"")
        else:
            kind = guess_type(name)[0] or "application/octet-stream"
            self._answer(HTTPStatus.OK, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, content)

    def _answer(self, status: HTTPStatus, kind: str, content: bytes, *, again: bool = False) -> None:
        self.send_response(status)
        if again:
            self.send_header("Refresh", "1")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, seen: int) -> None:
        """Tell an open page of every change since the version `seen`, until it is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                version = self.preview.refresh()
                self.wfile.write(f"data: {version}\n\n".encode() if version != seen else b":\n\n")
                self.wfile.flush()
                seen = version
                time.sleep(LOOK_AGAIN)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        """Say nothing of every request."""
