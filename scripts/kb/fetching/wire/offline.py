"""Saved answers in place of the network, for rounds and tests that must not touch it.

A folder holds `index.json`: an object whose keys are addresses and whose values are
`{"status": 200, "headers": {"Content-Type": "application/rss+xml"}, "body": "ennhri.xml"}`. `status` is 200 when left
out, `body` is a file of the same folder, as it came over the wire (compressed when the headers say so). Redirects,
ETags and failures work as on the network. An address that is not in it fails with the words *not saved*.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.wire.client import Answer
from kb.fetching.wire.compression import unpacked
from kb.fetching.wire.deadline import Deadline


class NoAnswers(ValueError):
    """The folder holds no readable index.json."""


class Saved:
    """The transport that reads a folder of saved answers."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        try:
            self.index: dict[str, dict[str, Any]] = dict(json.loads((folder / "index.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise NoAnswers(f"{folder}/index.json: {error}") from None

    def __call__(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:  # noqa: ARG002 - files are never late
        """The saved answer; 304 when it carries the ETag or the date that is asked for."""
        saved = self.index.get(url)
        if saved is None:
            raise Failed("not-found" if url.endswith("/robots.txt") else "not-saved", url=url)
        found = {name.lower(): str(value) for name, value in saved.get("headers", {}).items()}
        status = int(saved.get("status", 200))
        if status == 200 and _still_holds(found, headers):
            return Answer(304, found, b"", url)
        return Answer(status, found, self._body(saved, found) if status == 200 else b"", url)

    def _body(self, saved: Mapping[str, Any], headers: Mapping[str, str]) -> bytes:
        file = self.folder / str(saved.get("body", ""))
        if not file.is_file() or not file.resolve().is_relative_to(self.folder.resolve()):
            raise Failed("not-saved", url=str(saved.get("body", "")))
        return unpacked(file.read_bytes(), headers.get("content-encoding", ""), self.limits.bytes_decompressed)


def _still_holds(found: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    etag, modified = found.get("etag"), found.get("last-modified")
    return bool((etag and asked.get("If-None-Match") == etag) or (modified and asked.get("If-Modified-Since") == modified))
