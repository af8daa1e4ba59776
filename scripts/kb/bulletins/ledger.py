"""The record of what was sent: a line an attempt, written before and after it, kept with the quarter and never rewritten."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Result = Literal["sending", "sent", "part", "refused", "failed"]


class Busy(Exception):
    """Another delivery of the same quarter is running."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A line of the ledger."""

    quarter: str
    unit: str
    content: str
    """Names what was sent; another text has another name."""
    message_id: str
    at: str
    """When, in UTC, as 2027-01-04T05:00:00Z."""
    result: Result
    """sending (begun, and nothing known after it), sent, part (some addresses refused), refused for good, or failed for now."""
    said: str = ""
    """The server's code and words, without addresses."""
    reached: tuple[str, ...] = ()
    """Tags of the addresses that have got it, by this attempt or an earlier one of the same content."""


class Ledger:
    """The attempts of one quarter, in a file of JSON lines."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def last(self) -> dict[str, Attempt]:
        """Unit → its last attempt. A line that a kill cut off counts as not written."""
        found = {}
        for line in self.file.read_bytes().split(b"\n") if self.file.is_file() else ():
            try:
                row = json.loads(line)
                found[row["unit"]] = Attempt(**{**row, "reached": tuple(row["reached"])})
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def write(self, attempt: Attempt) -> None:
        """Add a line; it is on the disk when this returns."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(asdict(attempt), ensure_ascii=False, sort_keys=True).encode() + b"\n"
        with self.file.open("ab") as target:
            if target.tell() and not self._ends_whole():
                target.write(b"\n")  # a kill cut the last line off
            target.write(line)
            target.flush()
            os.fsync(target.fileno())

    def _ends_whole(self) -> bool:
        with self.file.open("rb") as source:
            source.seek(-1, os.SEEK_END)
            return source.read(1) == b"\n"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the ledger alone; raises Busy. The system lets go of it when the process ends, however it ends."""
        import fcntl  # noqa: PLC0415 - not on every system; only who sends needs it

        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.with_suffix(".lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"{self.file.name}: another delivery is running") from None
            yield


def tag(message_id: str, address: str) -> str:
    """Stands for an address in the ledger, which is public and must not hold it."""
    return hashlib.sha256(f"{message_id} {address.lower()}".encode()).hexdigest()[:16]
