"""The record tree as it was at a revision of git, in a folder for as long as it is needed."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120  # seconds; the records of ten years are 20 MB


class NoRevision(Exception):
    """git does not know the revision, or it has no records."""


@contextmanager
def records_at(records: Path, revision: str) -> Iterator[Path]:
    """The folder `records` as the commit that `revision` names has it; raises NoRevision.

    The name goes to git as it is and never through a shell; one that looks like an option is refused.
    """
    if revision.startswith("-") or not revision.isprintable():
        raise NoRevision(f"{revision!r} is not a revision")
    commit = _git(records, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    below = _git(records, "rev-parse", "--show-prefix").decode().strip()
    top = _git(records, "rev-parse", "--show-toplevel").decode().strip()
    archive = _git(Path(top), "archive", "--format=zip", "-0", f"{commit}:{below}")
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)  # makes neither links nor files outside, which tarfile promises from 3.11.4 on only
        yield Path(folder)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - arguments of our own
    except OSError as error:
        raise NoRevision(f"git: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise NoRevision(f"git: no answer within {PATIENCE} seconds") from None
    if done.returncode:
        raise NoRevision(done.stderr.decode("utf-8", "replace").strip() or f"git does not know {arguments[-1]}")
    return done.stdout
