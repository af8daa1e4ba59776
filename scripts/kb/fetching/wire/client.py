"""A polite and distrustful reader of the web: an address in, the answer of its last redirect and try out, or a reason.

What carries a single request is a Transport: the network (`http`) or saved answers (`offline`).
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.wire import addresses
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.pace import Pace

HEADERS = {
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, text/calendar, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en, ka;q=0.9",
    "Connection": "close",
}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
RETRIED = frozenset({429, 500, 502, 503, 504})
FAILURES = {202: "challenge", 401: "login", 403: "forbidden", 404: "not-found", 410: "gone", 429: "too-many"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; header names are in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""
    """Where the answer came from, after redirects."""
    moved: str = ""
    """The new address, when every redirect on the way was permanent."""


class Transport(Protocol):
    """Sends one request and returns its answer, redirects and all, with the body unpacked."""

    def __call__(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
        """The answer of any status. Raises Failed for everything that keeps it from being whole."""


class Client:
    """Gets addresses politely: paced, with redirects, tries and `Retry-After`."""

    def __init__(
        self, transport: Transport, limits: Limits, agent: str, pace: Pace, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.transport, self.limits, self.agent, self.pace, self.sleep = transport, limits, agent, pace, sleep

    def get(self, url: str, deadline: Deadline, known: Mapping[str, str] | None = None) -> Answer:
        """The answer of status 200, or 304 when `known` (If-None-Match, If-Modified-Since) still holds.

        Raises Failed, with the last cause, when the tries are used up or the time is over.
        """
        for number in range(1, self.limits.tries + 1):
            try:
                return self._followed(url, deadline, known or {})
            except Failed as failed:
                wait = failed.values.pop("wait", 0) or self.limits.seconds_before_retry * 3 ** (number - 1)
                if not failed.retry or number == self.limits.tries or float(wait) >= deadline.left:
                    raise
                self.sleep(float(wait))
        raise deadline.missed()

    def _followed(self, url: str, deadline: Deadline, known: Mapping[str, str]) -> Answer:
        """One try: the request and its redirects, each checked like the first."""
        headers = {"User-Agent": self.agent, **HEADERS, **known}
        here, seen, permanent = url, {url}, True
        for _ in range(self.limits.redirects + 1):
            _, host, _ = addresses.target(here)  # what is no address has no turn
            self.pace.wait(host, deadline)
            answer = self.transport(here, headers, deadline)
            if answer.status not in REDIRECTS:
                return self._judged(answer, here if permanent and here != url else "", bool(known))
            here, permanent = _next(here, answer, seen), permanent and answer.status in PERMANENT
        raise Failed("redirects", most=self.limits.redirects)

    def _judged(self, answer: Answer, moved: str, conditional: bool) -> Answer:
        status = answer.status
        if status == 200 or (status == 304 and conditional):
            return Answer(status, answer.headers, answer.body, answer.url, moved)
        if answer.headers.get("cf-mitigated") == "challenge" or "x-datadome" in answer.headers:
            raise Failed("challenge")
        wait = retry_after(answer.headers)
        code = FAILURES.get(status, "server" if status >= 500 else "status")
        raise Failed(code, retry=status in RETRIED, status=status, wait=int(wait))


def _next(here: str, answer: Answer, seen: set[str]) -> str:
    """Where a redirect leads; it must be http(s), and new."""
    try:
        there = urljoin(here, answer.headers.get("location", "").strip())
        scheme = urlsplit(there).scheme
    except ValueError:
        raise Failed("redirect-broken") from None
    if scheme not in addresses.PORTS:
        raise Failed("redirect-scheme", url=there)
    if urlsplit(here).scheme == "https" and scheme == "http":
        raise Failed("redirect-plain", url=there)
    if there in seen:
        raise Failed("redirect-loop", url=there)
    seen.add(there)
    return there


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that a server asks to wait: RFC 9110 allows a number, or a date to be compared with its own Date."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():  # ² is a digit, too, and no number
        return min(float(value), 1e6)
    try:
        return max(0.0, (parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError, OverflowError):  # of the last, a year or an hour of twenty digits
        return 0.0
