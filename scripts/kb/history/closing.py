"""The folder of snapshots: which quarters are closed, the last one before a quarter, and closing one for good."""

from dataclasses import replace
from pathlib import Path

from kb.history.snapshot import Snapshot, read, written
from kb.records import replacement
from kb.words.quarters import Quarter, parse

FOLDER = "_quarters"


class NotReopened(Exception):
    """A quarter that was closed before and is not to be written anew without a reason."""


def file_of(records: Path, quarter: Quarter) -> Path:
    """Where the snapshot of a quarter is kept below the record tree."""
    return records / FOLDER / f"{quarter}.json"


def closed(records: Path) -> list[Quarter]:
    """The quarters that have a snapshot, from the first to the last."""
    folder = records / FOLDER
    names = sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []
    return sorted(quarter for name in names if (quarter := _quarter(name)))


def _quarter(name: str) -> Quarter | None:
    try:
        return parse(name)
    except ValueError:
        return None


def load(records: Path, quarter: Quarter) -> Snapshot | None:
    """The snapshot of a quarter, if it was closed; raises snapshot.Unreadable."""
    file = file_of(records, quarter)
    return read(file.read_bytes()) if file.is_file() else None


def latest(records: Path, before: Quarter | None = None) -> Snapshot | None:
    """The last snapshot, or the last before a quarter; none when there is none yet."""
    found = [quarter for quarter in closed(records) if before is None or quarter < before]
    return load(records, found[-1]) if found else None


def close(records: Path, taken: Snapshot, reason: str = "") -> tuple[Snapshot, bool]:
    """Keep a snapshot, once: a quarter that is closed stays as it was, unless a reason is given to write it anew.

    Returns the snapshot that now stands, and whether a file was written. A reason without a closed quarter is
    refused, and so is writing a quarter when a later one is closed: what that one told changed from this one.
    """
    standing = load(records, taken.quarter)
    if standing and not reason:
        return standing, False
    if reason and not standing:
        raise NotReopened(f"{taken.quarter} was not closed yet")
    if later := [quarter for quarter in closed(records) if quarter > taken.quarter]:
        raise NotReopened(f"{later[-1]} is closed already; what it told would no longer be true")
    if standing:
        again = {"on": taken.closed_on, "reason": reason}
        taken = replace(taken, reopened=(*standing.reopened, again))
    replacement.replace(file_of(records, taken.quarter), written(taken))
    return taken, True
