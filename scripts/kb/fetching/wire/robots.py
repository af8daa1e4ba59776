"""robots.txt, asked once a host and run (RFC 9309): a page that it closes to us is not read."""

import threading
from urllib.parse import urlsplit

from protego import Protego

from kb.fetching.failure import Failed
from kb.fetching.wire.client import Client
from kb.fetching.wire.deadline import Deadline

NAME = "kb"
MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be read, and no more need be
ALLOWS_ALL = frozenset({"not-found", "gone", "forbidden", "login", "status"})  # 2.3.1.3: a 4xx closes nothing


class Robots:
    """What the hosts of a run allow; for several threads."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._rules: dict[str, Protego | Failed] = {}
        self._lock = threading.Lock()

    def check(self, url: str, deadline: Deadline) -> None:
        """Raises Failed when the page is closed to us, or when the host cannot say (RFC 9309, 2.3.1.4)."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._rules.get(host)
        if rules is None:
            rules = self._asked(host, deadline)
            with self._lock:
                self._rules[host] = rules
        if isinstance(rules, Failed):
            raise rules
        if not rules.can_fetch(url, NAME):
            raise Failed("robots", url=url)

    def _asked(self, host: str, deadline: Deadline) -> Protego | Failed:
        try:
            body = self.client.get(f"{host}/robots.txt", deadline).body
        except Failed as failed:
            return Protego.parse("") if failed.code in ALLOWS_ALL else failed
        try:
            return Protego.parse(body[:MOST_BYTES].decode("utf-8", "replace"))
        except Exception:  # noqa: BLE001 - a file that breaks its reader says nothing
            return Protego.parse("")
