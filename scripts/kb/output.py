"""The folder that holds the site: writes only what differs, and removes what is gone."""

import os
import shutil
import zipfile
from pathlib import Path

MARKER = ".kb-site"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the zip format's earliest; the same for every file, so that archives can be compared


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
        self._made: set[str] = set()

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
        path = os.path.join(self.folder, name)  # noqa: PTH118 - pathlib costs as much as the write, 20,000 times
        try:
            with open(path, "rb") as old:  # noqa: PTH123
                if os.fstat(old.fileno()).st_size == len(content) and old.read() == content:
                    return
        except OSError:
            self._make_parent(path)
        with open(path, "wb") as new:  # noqa: PTH123
            new.write(content)
        self.changed += 1

    def _make_parent(self, path: str) -> None:
        parent = os.path.dirname(path)  # noqa: PTH120
        if parent not in self._made:
            self._made.add(parent)
            Path(parent).mkdir(parents=True, exist_ok=True)

    def copy_tree(self, source: Path, below: str) -> None:
        """Copy the files of a folder under a name."""
        for path in sorted(source.rglob("*")):
            if path.is_file():
                self.write(f"{below}/{path.relative_to(source).as_posix()}", path.read_bytes())


def remove_others(folder: Path, keep: set[str]) -> int:
    """Remove every file below `folder` that is not in `keep`, then folders left empty; returns how many files."""
    removed = 0
    for base, folders, names in os.walk(folder, topdown=False):
        below = Path(base).relative_to(folder)
        for name in names:
            if (below / name).as_posix() not in keep and name != MARKER:
                (Path(base) / name).unlink()
                removed += 1
        for name in folders:
            path = Path(base) / name
            if not any(path.iterdir()):
                shutil.rmtree(path)
    return removed


def zipped(folder: Path, archive: Path) -> None:
    """One archive of the site, the same bytes for the same files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MARKER):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, path.read_bytes())
