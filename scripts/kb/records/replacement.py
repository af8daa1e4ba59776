"""The one way to put a file of the records in the place of another: whole or not at all, whatever breaks in between."""

import os
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".part"
"""Ends the hidden name under which a file is written first; neither git nor `kb check` looks at what a crash leaves there."""


def replace(file: Path, content: bytes | None) -> None:
    """Put a file there, on the disk when this returns, with the rights that the old one had; None takes it away."""
    if content is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}{TEMPORARY}")
    try:
        with beside.open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        if file.exists():
            beside.chmod(file.stat().st_mode & 0o777)
        beside.replace(file)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
