"""Files that an earlier build made, kept by the digest of what they were made of: a file to be made in, its bytes out.

Briefs and workbooks are kept. In CPU-seconds of a language, made and digested with reading: briefs 0.13 and 0.03, workbooks
0.07 and 0.01, those of 10,000 records 0.86 and 0.08; a build of the records into a new folder takes 3.5 instead of 4.0.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.downloads.offer import File

SUM = hashlib.sha256().digest_size  # octets before the content of what is kept, by which damage is told
DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Made:
    """The files that builds of a project keep for the next, in a folder of their own."""

    folder: Path
    program: str
    """Names the code and the libraries that make the files: others make all of them anew."""

    def content(self, file: File[Any]) -> bytes:
        """The bytes of a file: those that an earlier build made of the same, else made now."""
        if not file.kept:
            return file.content()
        path = self.folder / digest(file, self.program)
        content = _read(path)
        if content is None:
            content = file.content()
            _keep(path, content)
        return content

    def forget(self) -> None:
        """Remove what no build of the last day has used."""
        with contextlib.suppress(FileNotFoundError):  # nothing was ever kept
            used = {entry.name: entry.stat().st_mtime for entry in os.scandir(self.folder)}
            for name in unused(used):
                (self.folder / name).unlink(missing_ok=True)  # another build may be at it, too


def digest(file: File[Any], program: str) -> str:
    """Names what a file is made of: the program, the function, the data; raises TypeError for data that is not plain.

    Nothing else can be in the file: its maker is a function of a module and is given the data alone.
    """
    said = [program, file.make.__module__, file.make.__qualname__, file.of]
    text = json.dumps(said, ensure_ascii=False, default=_plainly, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plainly(part: Any) -> list[Any]:
    """What JSON does not know, with its type."""
    kind = type(part).__qualname__
    if is_dataclass(part) and not isinstance(part, type):
        return [kind, *(getattr(part, field.name) for field in fields(part))]
    if isinstance(part, bytes):
        return [kind, hashlib.sha256(part).hexdigest()]
    if isinstance(part, date):
        return [kind, part.isoformat()]
    raise TypeError(f"a file that is kept is made of plain data, not of a {kind}")


def unused(used: Mapping[str, float]) -> list[str]:
    """The names of what was last used a day before what was used last: builds of other records or audiences had their turn."""
    newest = max(used.values(), default=0)
    return [name for name, when in used.items() if newest - when > DAY]


def _read(path: Path) -> bytes | None:
    """What is kept under a name, which counts as used now; nothing where it is not there, or not whole."""
    try:
        raw = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    content = raw[SUM:]
    return content if raw[:SUM] == hashlib.sha256(content).digest() else None


def _keep(path: Path, content: bytes) -> None:
    """Keep a file under a name, where it appears whole: two builds at once do not meet in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as target:
        target.write(hashlib.sha256(content).digest() + content)
    Path(target.name).replace(path)
