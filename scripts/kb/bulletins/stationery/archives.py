"""Zip archives in memory: files in, the same bytes out for the same files, whenever and wherever they are packed."""

import io
import zipfile
from collections.abc import Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the zip format's earliest; the same for every file, so that archives can be compared
QUICK, BEST = 1, 9  # levels of zlib: lists are hardly smaller at 6, and take twice as long


def packed(files: Mapping[str, bytes], level: int = QUICK) -> bytes:
    """An archive of files, in their order."""
    return extended(b"", files, level)


def extended(archive: bytes, files: Mapping[str, bytes], level: int = QUICK) -> bytes:
    """The archive with more files at its end; those that it has are not compressed again."""
    made = io.BytesIO(archive)
    with zipfile.ZipFile(made, "a" if archive else "w") as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16  # as on every system
            entry.create_system = 3
            target.writestr(entry, content, compresslevel=level)
    return made.getvalue()
