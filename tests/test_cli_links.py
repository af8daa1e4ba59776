"""`kb links`: what a server answers, what is kept, and when a link is called dead."""

import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.fetching.asking import Asker, blackout, limits
from kb.fetching.store import Store
from kb.fetching.wire.http import Wire
from kb.fetching.wire.pace import Pace
from kb.records.link import Link
from kb.upkeep.reach import links_of, read
from kb.upkeep.todo import signals_of, tasks

pytestmark = pytest.mark.slow

GUIDE = "nno/resources/guide.yml"
STATUS = {"/open": 200, "/gone": 410, "/missing": 404, "/forbidden": 403, "/broken": 500, "/teapot": 418}


class _Server(http.server.BaseHTTPRequestHandler):
    """Answers by the path; /long never stops sending, /away redirects."""

    def do_GET(self) -> None:
        path = self.path
        if path == "/away":
            self.send_response(302)
            self.send_header("Location", "/open")
            self.end_headers()
            return
        self.send_response(STATUS.get(path, 200))
        size = 5_000_000 if path == "/long" else 2
        self.send_header("Content-Length", str(size))
        self.end_headers()
        for _ in range(size // 2):
            try:
                self.wfile.write(b"ok")
            except OSError:
                return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class gives it
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def asker() -> Asker:
    """One that may ask this machine and does not wait."""
    bounds = limits().model_copy(update={"seconds_before_retry": 0.0, "seconds_to_answer": 2.0})
    return Asker(Wire(bounds, allow_loopback=True), "kb test", bounds, Pace(0))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/open", "open"),
        ("/away", "open"),
        ("/long", "open"),
        ("/gone", "gone"),
        ("/missing", "gone"),
        ("/forbidden", "unsure"),
        ("/broken", "unsure"),
        ("/teapot", "unsure"),
    ],
)
def test_an_answer_means_what_its_status_says(server: str, path: str, answer: str) -> None:
    """There, not there, or a server in a mood; a long document counts as there without being loaded to its end."""
    assert asker()(server + path) == answer


def test_nobody_at_an_address_is_gone() -> None:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert asker()(f"http://127.0.0.1:{port}/") == "gone"


def test_a_name_that_does_not_exist_is_gone(nameless: None) -> None:
    """The host has no address."""
    assert asker()("http://kb-test.invalid/") == "gone"


def test_a_private_address_is_never_asked(server: str) -> None:
    """Without leave for tests, this machine is refused, and nothing is concluded of the link."""
    bounds = limits()
    assert Asker(Wire(bounds), "kb test", bounds, Pace(0))(f"{server}/open") == "unsure"


def test_when_all_fail_the_network_is_to_blame() -> None:
    """Ten and more than half: nothing is written; a few dead links among many are believed."""
    gone = {f"https://example.org/{n}": "gone" for n in range(10)}
    assert blackout(gone)
    assert not blackout({**gone, **{f"https://example.org/open{n}": "open" for n in range(10)}})
    assert not blackout(dict(list(gone.items())[:9]))


def known(tree: Any, **failed: tuple[str, ...]) -> None:
    """Write what is known of links: address → days of failure."""
    rows = {url: {"checked_on": "2026-11-21", "answer": "gone", "failed_on": days} for url, days in failed.items()}
    tree.write("_fetched/links.json", json.dumps(rows))


def test_a_dead_link_becomes_a_task_of_its_record(tree: Any) -> None:
    """Failed on two days: the record's keeper is told; failed once: nobody is."""
    url = tree.load()[0].resources["nno/guide"].record.url
    known(tree, **{url: ("2026-11-14", "2026-11-21")})
    kb = tree.load()[0]
    assert signals_of(kb).dead_links == {url}
    assert [task.detail for task in tasks(kb, date(2026, 11, 22)) if task.kind == "link-dead"] == [url]
    known(tree, **{url: ("2026-11-21",)})
    assert signals_of(tree.load()[0]).dead_links == frozenset()


def test_what_is_known_of_links_is_read_back(tree: Any) -> None:
    """The file is one line a link."""
    known(tree, **{"https://example.org/": ("2026-11-14",)})
    assert read(tree.root) == {"https://example.org/": Link("2026-11-21", "gone", ("2026-11-14",))}


# --- the command


URL = "https://www.no.example/guide"


@pytest.fixture
def saved(tree: Any, tmp_path: Path) -> Path:
    """Saved answers: every link of the tree opens but the guide."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "page").write_bytes(b"<html></html>")
    index = {url: {"status": 404 if url == URL else 200, "body": "page"} for url in links_of(tree.load()[0])}
    (folder / "index.json").write_text(json.dumps(index))
    return folder


@pytest.fixture
def call(tree: Any, kb_command: Any) -> Callable[..., Any]:
    """kb links on the tree."""
    return lambda folder, *more: kb_command("links", "--records", str(tree.root), "--offline", str(folder), *more)


def test_kb_links_keeps_what_it_was_told_and_names_the_dead(tree: Any, saved: Path, call: Callable[..., Any]) -> None:
    """On the second day of failure, in the language asked for."""
    done = call(saved, "--today", "2026-11-23", "--lang", "en")
    assert (done.exit_code, "Dead link" in done.output) == (0, False)
    done = call(saved, "--today", "2026-11-30", "--lang", "en")
    assert (done.exit_code, f"Dead link: {URL}" in done.output) == (0, True)
    assert read(tree.root)[URL].failed_on == ("2026-11-23", "2026-11-30")


def test_kb_links_asks_nobody_while_a_fetch_is_under_way(
    tree: Any, saved: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers could not be kept."""
    monkeypatch.setattr(Asker, "__call__", lambda *_: pytest.fail("a link was asked for"))
    with Store(tree.root).locked():
        done = call(saved, "--lang", "en")
    assert (done.exit_code, "at work on this folder" in done.output) == (2, True)


def test_what_another_run_kept_meanwhile_is_not_lost(
    tree: Any, saved: Path, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known is read when nobody else can write."""
    real = Store.locked

    def late(store: Store) -> Any:
        known(tree, **{URL: ("2026-11-14",)})  # the other run ends just before the lock is free
        return real(store)

    monkeypatch.setattr(Store, "locked", late)
    assert call(saved, "--today", "2026-11-30").exit_code == 0
    assert read(tree.root)[URL].failed_on == ("2026-11-14", "2026-11-30")


@pytest.mark.parametrize(("lang", "words"), [("en", "could not be written"), ("ka", "ვერ")])
def test_a_disk_that_refuses_is_said_in_words(tree: Any, saved: Path, call: Callable[..., Any], lang: str, words: str) -> None:
    """A file stands where the folder should be."""
    (tree.root / "_fetched").write_text("")
    done = call(saved, "--lang", lang)
    assert (done.exit_code, words in done.output, "Traceback" in done.output) == (1, True, False), done.output


def test_saved_answers_that_are_not_there_are_said(call: Callable[..., Any], tmp_path: Path) -> None:
    """A wrong folder is a wrong call."""
    assert call(tmp_path / "nowhere").exit_code == 2
