"""A problem between records before its line is known."""

from dataclasses import dataclass

from kb.records.checking.document import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before its line is known: the file, the place in it, and the words to use."""

    path: str
    where: Path
    code: str
    found: str = ""
    context: tuple[tuple[str, str], ...] = ()
