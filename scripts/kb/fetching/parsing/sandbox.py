"""Parsing where it can do no harm: in a child process with limits of time and memory, killed when it passes them."""

import json
import os
import subprocess
import sys
from typing import Any, Literal

from pydantic import ValidationError

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.parsing.entry import Parsed
from kb.fetching.wire.client import Answer
from kb.records.values import LOOPBACK

COMMAND = (sys.executable, "-P", "-m", "kb.fetching.parsing.child")  # -P: no module of the current folder takes the place of ours
# What Python needs to start and find its packages; no secret of the CI reaches a process that reads hostile bytes.
ENVIRONMENT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT", "LANG", "LC_ALL")


def parse(what: Literal["feed", "page"], answer: Answer, limits: Limits) -> Parsed:
    """The entries of a feed or the lines of a page. Raises Failed for a body that cannot be read within the limits."""
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            COMMAND,
            input=json.dumps(order_of(what, answer, limits)).encode() + b"\n" + answer.body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.parse_wall_seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Failed("too-heavy") from None
    if done.returncode != 0:
        raise Failed("too-heavy")
    try:
        return Parsed.model_validate_json(done.stdout)
    except ValidationError:
        raise Failed("unreadable") from None


def order_of(what: Literal["feed", "page"], answer: Answer, limits: Limits) -> dict[str, Any]:
    """What the child must know besides the body."""
    return {
        "what": what,
        "content_type": answer.headers.get("content-type", ""),
        "url": answer.url,
        "most": limits.items_of_a_feed,
        "cpu": limits.parse_cpu_seconds,
        "memory": limits.parse_memory,
        "loopback": LOOPBACK.get(),
    }
