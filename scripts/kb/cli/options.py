"""What the commands share: options, the clock, the folders, and how problems end a command."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

PROBLEMS, MISUSE = 1, 2


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""The knowledge base of the Division of International Relations.

    Records are small YAML files below networks/. Check them with `kb check`, see them with `kb serve`,
    and make the bilingual site in site/ with `kb build`.
    """,
)


class Style(StrEnum):
    """How problems are printed."""

    text = "text"
    json = "json"
    github = "github"


class Telling(StrEnum):
    """How changes are told."""

    text = "text"
    markdown = "markdown"
    json = "json"


class Tongue(StrEnum):
    """The language of messages."""

    ka = "ka"
    en = "en"


class Public(StrEnum):
    """Whom a site is for."""

    office = "office"
    public = "public"


Records = Annotated[
    Path | None, typer.Option("--records", metavar="DIR", help="The record tree; networks/ of the project when left out.")
]


Today = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="DATE",
        envvar="KB_TODAY",
        help="The day to reckon from, as 2026-11-22; today in Tbilisi when left out.",
    ),
]


Files = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files of records.")]


Lang = Annotated[Tongue, typer.Option("--lang", envvar="KB_LANG", help="Language of the messages.")]


def project() -> Path:
    """The project: the nearest folder above with mkdocs.yml, else the one this program is part of."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "overrides").is_dir():
            return folder
    return Path(__file__).parents[3]


def overrides() -> Path:
    """The project's folder of templates and looks."""
    return project() / "overrides"


def tree(records: Path | None) -> Path:
    """The record tree, which must be a folder."""
    root = records or project() / "networks"
    if not _is_folder(root):
        raise typer.BadParameter(f"{root} is not a folder", param_hint="--records")
    return root


def _is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that no system takes is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def prefix_of(root: Path) -> str:
    """How paths below the tree are shown: from the folder in which the command was called, where that is possible."""
    absolute = root.absolute()
    return absolute.relative_to(Path.cwd()).as_posix() if absolute.is_relative_to(Path.cwd()) else absolute.as_posix()


def day(today: str | None, option: str = "--today") -> date:
    """The day to reckon from; the only clock of the program."""
    if today is None:
        return datetime.now(ZoneInfo("Asia/Tbilisi")).date()
    try:
        return date.fromisoformat(today)
    except ValueError:
        raise typer.BadParameter(f"{today!r} is not a date such as 2026-11-22", param_hint=option) from None


def guarded(task: Callable[[], Any], lang: Tongue, prefix: str) -> Any:
    """Do a task; print what people can mend, and exit."""
    from kb.bulletins.stationery.templates import BadTemplate
    from kb.site.building import ProblemsFound
    from kb.site.frames.generator import PagesWrong
    from kb.site.output import NotOurs

    try:
        return task()
    except (ProblemsFound, PagesWrong, BadTemplate) as error:
        print(told(error, lang, prefix), file=sys.stderr)
    except NotOurs as error:
        print(error, file=sys.stderr)
        raise typer.Exit(MISUSE) from None
    raise typer.Exit(PROBLEMS)


def told(error: Any, lang: Tongue, prefix: str) -> str:
    """The problems of a ProblemsFound, below `prefix`, or of a PagesWrong or BadTemplate, below the project, in lines."""
    from kb.records.checking.problem import shown_below, written
    from kb.site.building import ProblemsFound

    return written(shown_below(error.problems, prefix if isinstance(error, ProblemsFound) else ""), "text", lang.value)


def checked_records(root: Path, today: date) -> Any:
    """The records of a tree, which must be right."""
    from kb.records.reading import load
    from kb.site.building import ProblemsFound

    kb, problems = load(root, today)
    if problems:
        raise ProblemsFound(problems)
    return kb
