"""The folder that holds the site: writes only what differs, and removes what is gone."""

import os
import zipfile
from pathlib import Path

from kb.bulletins.stationery.archives import FIRST_DAY
from kb.records.folder import entries

MARKER = ".kb-site"


class NotOurs(Exception):
    """The output folder holds files that kb did not write."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} has files in it that kb did not write; name an empty or new folder")


class Output:
    """Writes files below a folder. Replacing 10,000 equal pages costs twenty times what comparing them does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[str] = set()
        self.changed = 0
        self._seen: set[str] = set()
        self._new: set[str] = set()

    def prepare(self) -> None:
        """Make the folder ours, or refuse one that holds other people's files."""
        marker = self.folder / MARKER
        if self.folder.exists() and any(self.folder.iterdir()) and not marker.exists():
            raise NotOurs(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        marker.touch()

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, unless it is there already with these bytes."""
        self.written.add(name)
        # plain descriptors: pathlib and buffered files cost as much as the write itself, 20,000 times
        path = f"{self.folder}/{name}"
        parent = path.rpartition("/")[0]
        if parent not in self._seen:
            self._make(parent)
        if parent not in self._new and _holds(path, content):
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
        try:
            written = 0
            while written < len(content):
                written += os.write(descriptor, content[written:] if written else content)
        finally:
            os.close(descriptor)
        self.changed += 1

    def read(self, name: str) -> bytes:
        """A file that was written."""
        return (self.folder / name).read_bytes()

    def _make(self, parent: str) -> None:
        """Make a folder, and remember whether it is new: nothing in a new one needs comparing."""
        self._seen.add(parent)
        try:
            os.mkdir(parent)  # noqa: PTH102
        except FileNotFoundError:
            self._make(parent.rpartition("/")[0])
            self._make(parent)
        except FileExistsError:
            return
        self._new.add(parent)


def _holds(path: str, content: bytes) -> bool:
    """Whether a file has these bytes already."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        size = len(content)
        return os.fstat(descriptor).st_size == size and os.read(descriptor, size + 1) == content
    finally:
        os.close(descriptor)


def remove_others(folder: Path, keep: set[str]) -> int:
    """Remove every file below `folder` that is not in `keep`, then folders left empty; returns how many files."""
    gone = [entry.path for name, entry in entries(folder) if name not in keep and name != MARKER]
    for path in gone:
        Path(path).unlink()
    for parent in sorted({Path(path).parent for path in gone}, reverse=True):
        _remove_empty(parent, folder)
    return len(gone)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder not in (top, folder.parent) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def zipped(folder: Path, archive: Path) -> None:
    """One archive of the site, the same bytes for the same files; an earlier one stays until this one is whole."""
    unfinished = archive.with_name(f"{archive.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
            for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MARKER):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                target.writestr(entry, path.read_bytes())
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)
