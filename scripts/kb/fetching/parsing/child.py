"""The parsing process: reads one body from its input, writes what it holds to its output, and may be killed at any time.

Its first line of input is JSON: what (feed or page), content_type, url, most, cpu, memory. The body follows.
"""

import contextlib
import json
import sys
from types import ModuleType
from typing import Any

from kb.fetching.parsing.entry import Parsed
from kb.records.values import LOOPBACK

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has no such limits; the wall clock of the parent remains
    resource = None

MOST_OF_A_PAGE = 5_000_000  # bytes; no page has more before its text ends


def bounded(cpu: int, memory: int) -> None:
    """Limit this process itself, so that no code need run between fork and exec of a parent with threads."""
    if resource is None:
        return
    for kind, most in ((resource.RLIMIT_CPU, cpu), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(kind)[1]
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, hard))


def parsed(order: dict[str, Any], body: bytes) -> Parsed:
    """A body as an order wants it read."""
    if order["what"] == "feed":
        from kb.fetching.parsing.feeds import parse  # noqa: PLC0415 - pages need no feedparser

        return parse(body, order["content_type"], order["url"], order["most"])
    from kb.fetching.parsing.charset import decode  # noqa: PLC0415
    from kb.fetching.parsing.pages import is_html, judged, main_text  # noqa: PLC0415

    text, mended = decode(body[:MOST_OF_A_PAGE], order["content_type"])
    if not is_html(text):
        return Parsed(failure="empty-body" if not text.strip() else "not-a-page")
    lines = main_text(text)
    return Parsed(failure=judged(text) or ("" if lines else "empty-page"), lines=tuple(lines), mended=mended)


def main() -> None:
    """One body, then the end."""
    sys.setrecursionlimit(2_000)
    order = json.loads(sys.stdin.buffer.readline())
    LOOPBACK.set(order["loopback"])
    bounded(order["cpu"], order["memory"])
    body = sys.stdin.buffer.read()
    try:
        found = parsed(order, body)
    except MemoryError:
        found = Parsed(failure="too-heavy")
    except Exception as error:  # noqa: BLE001 - libraries raise anything on hostile input; the parent names the cause
        found = Parsed(failure="unreadable", feeds=(type(error).__name__,))
    sys.stdout.buffer.write(found.model_dump_json(exclude_defaults=True).encode("utf-8"))


if __name__ == "__main__":
    main()
