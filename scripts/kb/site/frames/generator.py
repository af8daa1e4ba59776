"""MkDocs: the hand-written pages of a language in, its frames out, made anew only when their sources changed."""

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kb.records.checking.problem import Problem, shown
from kb.site.project import NOT_FRAMES, OVERRIDES, UNUSED, installed
from kb.words.language import Language


class PagesWrong(Exception):
    """Something besides the records is wrong; `problems` have their files below the project."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems of pages")
        self.problems = problems


def static_files(folder: Path) -> list[str]:
    """The files beside the pages that are of use: styles, scripts, fonts and pictures, and the page for wrong addresses."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(n for n in names if n == "404.html" or not (n.endswith((".html", ".map")) or n.startswith(UNUSED)))


def make_frames(project: Path, language: Language) -> Path:
    """The folder with MkDocs' pages of a language, made anew only when their sources changed.

    The folder is named for what it was made from and appears whole, so that two builds at once do not meet in it.
    """
    sources = hashlib.sha256(installed().encode())
    for path in frame_sources(project, language):
        if path.is_file():
            sources.update(f"{path.relative_to(path.anchor)}".encode() + path.read_bytes())
    folder = project / "build" / "frames" / f"{language}-{sources.hexdigest()[:16]}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{language}-new-") as new:
            run_mkdocs(project, language, Path(new) / "pages")
            with contextlib.suppress(OSError):  # another build was first
                (Path(new) / "pages").rename(folder)
        _forget_old(folder, language)
    return folder


def _forget_old(folder: Path, language: Language) -> None:
    """Remove the frames of a language's earlier sources, but none that a build of the last hour may still read."""
    for other in folder.parent.glob(f"{language}-*"):
        with contextlib.suppress(FileNotFoundError):  # another build was first
            if other != folder and time.time() - other.stat().st_mtime > 3600:
                shutil.rmtree(other, ignore_errors=True)


def frame_sources(project: Path, language: Language) -> Iterator[Path]:
    """The files that MkDocs makes the frames of a language from."""
    package = Path(__file__).parents[2]
    hook = ("cli/hook.py", "site/frames/cutting.py", "records/sections.py", "words/strings.yml", "words/language.py")
    yield project / "mkdocs.yml"
    yield from (package / name for name in hook)
    yield from sorted((project / "content" / language).rglob("*"))
    below = project / OVERRIDES
    yield from sorted(p for p in below.rglob("*") if p.relative_to(below).parts[0] not in NOT_FRAMES)


def run_mkdocs(project: Path, language: Language, folder: Path) -> None:
    """Let MkDocs render the hand-written pages and the frames of a language into a folder.

    Raises PagesWrong for what it warns of, but for links: those are checked, in words, when the site is whole.
    """
    # mkdocs-material prints a notice to standard error at import unless told that it was seen.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415 - half a second that most builds save
    from mkdocs.config import load_config  # noqa: PLC0415

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    docs = str(project / "content" / language)
    config = load_config(str(project / "mkdocs.yml"), docs_dir=docs, site_dir=str(folder), strict=False)
    config["extra"]["frames_only"] = True
    config["validation"]["links"].not_found = logging.DEBUG
    config = config["plugins"].on_startup(command="build", dirty=False) or config
    with _heard("mkdocs") as said:
        mkdocs_build(config)
    if said:
        raise PagesWrong([Problem("mkdocs.yml", 1, "", "site_mkdocs", shown(line, 300)) for line in said])


@contextlib.contextmanager
def _heard(name: str) -> Iterator[list[str]]:
    """The warnings of a logger, kept and not printed."""
    said: list[str] = []
    ear = logging.Handler(logging.WARNING)
    ear.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # all that a handler does
    logger = logging.getLogger(name)
    logger.addHandler(ear)
    try:
        yield said
    finally:
        logger.removeHandler(ear)
