"""A web server on this machine that misbehaves as it is told, and the records that lead a round to it."""

import gzip
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.fetching.limits import Limits
from kb.fetching.parsing.child import parsed
from kb.fetching.parsing.sandbox import order_of
from kb.fetching.round import Order, Report, fetch
from kb.fetching.wire.http import Wire
from kb.records.reading import load
from kb.records.values import LOOPBACK

TODAY = date(2026, 11, 22)
QUICK = Limits(
    seconds_between_requests=0.0,
    seconds_before_retry=0.01,
    seconds_to_answer=5.0,
    seconds_for_a_source=20.0,
    bytes_compressed=200_000,
    bytes_decompressed=400_000,
    items_of_a_feed=50,
)

# For servers that are slow on purpose; the others get time enough on a busy machine.
IMPATIENT = {
    "a slow drip": QUICK.model_copy(update={"seconds_for_a_source": 1.5}),
    "a slow drip of headers": QUICK.model_copy(update={"seconds_for_a_source": 1.5}),
    "a stalled body": QUICK.model_copy(update={"seconds_to_answer": 0.3}),
}


def rss(*titles: str, head: str = "", **more: str) -> bytes:
    """A feed with an item for each title."""
    items = "".join(
        f"<item><title>{title}</title><link>https://www.no.example/{n}/{title.replace(' ', '-')}</link>"
        f"<guid isPermaLink='false'>{title}</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>"
        f"<description>{more.get('summary', '')}</description></item>"
        for n, title in enumerate(titles)
    )
    return f"{head}<rss version='2.0'><channel><title>NNO</title><link>https://www.no.example/</link>{items}</channel></rss>".encode()


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A right answer with a body."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def at_once(what, answer, limits):
    """What the parsing process would say, without a process; test_parsing has the process."""
    return parsed(order_of(what, answer, limits), answer.body)


@dataclass
class Site:
    """What the server answers: by path, bytes or something that writes to the connection itself."""

    address: str = ""
    port: int = 0
    pages: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every request: its path and its headers, in small letters."""

    def answer(self, connection: socket.socket) -> None:
        """Read a request and answer it."""
        raw = b""
        while b"\r\n\r\n" not in raw and (part := connection.recv(65_536)):
            raw += part
        first, *rest = raw.decode("latin-1").split("\r\n")
        path = first.split(" ")[1] if first.count(" ") == 2 else ""
        self.asked.append((path, {k.lower(): v for k, _, v in (line.partition(": ") for line in rest) if k}))
        page = self.pages.get(path, whole(b"", status="404 Not Found"))
        if callable(page):
            page(connection)
        else:
            connection.sendall(page)


@contextmanager
def serving() -> Iterator[Site]:
    """A site for as long as it is needed."""
    site = Site()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                site.answer(self.request)
            except OSError:
                return  # the client has had enough

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        site.address = f"http://127.0.0.1:{site.port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield site
        server.shutdown()


NETWORK = """\
name: {{en: Network {id}}}
acronym: {{en: {id}}}
website: https://www.no.example/
kind: ombudsman
scope: global
mandate: {{en: It links ombudsmen.}}
standing: {{status: member}}
"""


class Round:
    """A record tree whose sources lie on a site, and rounds of fetching in it."""

    def __init__(self, root: Path, site: Site) -> None:
        self.root, self.site, self.limits = root, site, QUICK

    def network(self, name: str, *feeds: str, watch: tuple[str, ...] = (), evidence: str = "seen") -> None:
        """A network whose feeds and pages are these paths of the site, or whole addresses."""
        lines = [f"  - {{url: '{self.at(path)}', evidence: {evidence}}}\n" for path in feeds]
        pages = [f"  - {{url: '{self.at(path)}'}}\n" for path in watch]
        text = (
            NETWORK.format(id=name)
            + "".join(["feeds:\n", *lines] if lines else [])
            + "".join(["watch:\n", *pages] if pages else [])
        )
        file = self.root / name / "network.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def at(self, path: str) -> str:
        """A path of the site as an address."""
        return path if "://" in path else self.site.address + path

    def run(self, today: date = TODAY, **more: object) -> Report:
        """One round."""
        token = LOOPBACK.set(True)
        try:
            kb, _ = load(self.root, today)
            order = Order(
                self.root,
                kb,
                today,
                Wire(self.limits, allow_loopback=True),
                self.limits,
                **{"parse": at_once} | more,
            )  # type: ignore[arg-type]
            return fetch(order)
        finally:
            LOOPBACK.reset(token)

    def files(self) -> dict[str, bytes]:
        """What robots wrote."""
        folder = self.root / "_fetched"
        return {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*"))
            if p.is_file() and p.name != ".lock"
        }

    def titles(self, name: str = "nno") -> list[str]:
        """The titles of a network's items."""
        token = LOOPBACK.set(True)
        try:
            kb, problems = load(self.root, TODAY)
        finally:
            LOOPBACK.reset(token)
        assert problems == [], problems
        return sorted(item.title for item in kb.items.values() if item.network == name)


# --- ways to misbehave


def drip(connection: socket.socket) -> None:
    """A byte every now and then, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
    for letter in rss("A") * 50:
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


def drip_headers(connection: socket.socket) -> None:
    """Headers that never end, a letter at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(500):
        connection.sendall(b"x")
        time.sleep(0.05)


def stall(connection: socket.socket) -> None:
    """Half an answer, then silence."""
    connection.sendall(whole(rss("A"))[:120])
    time.sleep(3)


def reset(connection: socket.socket) -> None:
    """The connection breaks without a word."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def bomb(size: int) -> bytes:
    """Very few bytes that become very many."""
    return whole(gzip.compress(b"\0" * size), "Content-Encoding: gzip")


def redirect(target: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return whole(b"", f"Location: {target}", status=status)
