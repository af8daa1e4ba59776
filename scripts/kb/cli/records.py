"""Commands for records: check, begin, confirm, archive, rename them, and write what is derived from the model."""

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.options import PROBLEMS, Files, Lang, Records, Style, Today, Tongue, app, day, prefix_of, project, tree


class Kind(StrEnum):
    """What `kb new` can begin."""

    network = "network"
    resource = "resource"
    event = "event"
    opportunity = "opportunity"
    agreement = "agreement"
    reporting = "reporting"


@app.command()
def check(
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
    style: Annotated[
        Style, typer.Option("--format", help="text for people, json for programs, github for annotations.")
    ] = Style.text,
) -> None:
    """Check all records and print every problem as path:line: field: must …

    Exits 0 when all is well, 1 when there are problems, 2 when called wrongly.
    """
    gc.disable()  # records make no cycles; collecting for them costs a fifth of the time
    from kb.records.checking.problem import shown_below, written
    from kb.records.reading import load

    root = tree(records)
    kb, problems = load(root, day(today))
    problems = shown_below(problems, prefix_of(root))
    if style is Style.json or problems:
        print(written(problems, style.value, lang.value))
    if style is Style.text:
        count = len(kb.entries())
        note = {"ka": f"ჩანაწერი: {count}; პრობლემა: {len(problems)}", "en": f"records: {count}; problems: {len(problems)}"}
        print(note[lang.value], file=sys.stderr)
    if problems:
        raise typer.Exit(PROBLEMS)


@app.command()
def new(  # noqa: PLR0913, PLR0917 - each is an option of the command
    kind: Annotated[Kind, typer.Argument(help="What to begin.")],
    slug: Annotated[
        str | None,
        typer.Argument(
            help="Its file name: small Latin letters, digits, hyphens; an event's begins with 2026-10-. Asked when left out."
        ),
    ] = None,
    network: Annotated[
        str | None, typer.Option("--network", help="The folder of the network it belongs to; left out for our own.")
    ] = None,
    title_ka: Annotated[str, typer.Option("--title-ka", help="Its title in Georgian.")] = "",
    title_en: Annotated[str, typer.Option("--title-en", help="Its title in English.")] = "",
    url: Annotated[str, typer.Option("--url", help="Its web address.")] = "",
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Begin a record: write its file with every field, the optional ones as comments, and print where it is.

    On a terminal, without a file name, it asks for what it needs.
    """
    from kb.editing.scaffold import Beginning, Misplaced, scaffold

    if slug is None:
        if not on_terminal():
            raise typer.BadParameter("name the file; only on a terminal it is asked for", param_hint="SLUG")
        slug, network, title_ka, title_en, url = asked(kind, network, lang)
    try:
        path = scaffold(tree(records), Beginning(kind.value, slug, network, title_ka, title_en, url), day(today))
    except Misplaced as error:
        raise typer.BadParameter(str(error)) from None
    print(path)


def on_terminal() -> bool:
    """Whether a person sits before the command."""
    return sys.stdin.isatty()


def asked(kind: Kind, network: str | None, lang: Tongue) -> tuple[str, str | None, str, str, str]:
    """What a new record needs, asked one after the other; an empty answer leaves a thing for later."""
    from kb.words.language import Words

    words = Words(lang.value)
    if network is None and kind in (Kind.resource, Kind.event, Kind.opportunity):
        network = typer.prompt(words("edit.ask_network"), default="", show_default=False) or None
    slug = typer.prompt(words("edit.ask_slug"))
    rest = [typer.prompt(words(f"edit.ask_{name}"), default="", show_default=False) for name in ("title_ka", "title_en", "url")]
    return slug, network, *rest


@app.command()
def confirm(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Files,
    by: Annotated[str, typer.Option("--by", metavar="UNIT", help="The unit that compared the record with its sources.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the check; today when left out.")] = None,
    seen: Annotated[bool, typer.Option("--seen", help="I saw that a page it relies on has changed.")] = False,
    corrected: Annotated[
        list[str] | None,
        typer.Option("--no-change-of-meaning", metavar="FIELD", help="A field corrected in spelling only: no bulletin tells it."),
    ] = None,
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Say that records were compared with their sources: sets confirmed_on and confirmed_by, and no other line.

    Refuses a day in the future, an unknown unit, a program in place of a person, and a record whose watched page changed.
    """
    from kb.editing.curation import Confirmation, commit
    from kb.editing.curation import confirm as edits

    root, now = tree(records), day(today)
    robot = any(os.environ.get(name) for name in ("CI", "GITHUB_ACTIONS"))
    given = Confirmation(by, day(on, "--on") if on else now, now, seen, robot, tuple(corrected or ()))
    curated(lambda kb: commit(root, edits(root, kb, [below(root, path) for path in paths], given), now), root, now, lang)


@app.command()
def archive(
    path: Annotated[Path, typer.Argument(help="The record's file.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in words for readers; Georgian or English.")],
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Archive a record: its page stays with the reason, lists and bulletins leave it out. Nothing is deleted."""
    from kb.editing.curation import archive as edits
    from kb.editing.curation import commit, reason_of

    root, now = tree(records), day(today)
    curated(lambda kb: commit(root, edits(root, kb, below(root, path), reason_of(reason), now), now), root, now, lang)


@app.command()
def rename(
    path: Annotated[Path, typer.Argument(metavar="OLD", help="The record's file.")],
    name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name: small Latin letters, digits, hyphens.")],
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Give a record another name: the file moves, every reference follows, and the old address leads to the new one."""
    from kb.editing.renaming import rename as renamed

    root, now = tree(records), day(today)
    curated(lambda kb: renamed(root, kb, below(root, path), name, now), root, now, lang)


def curated(task: Callable[[Any], list[str]], root: Path, today: date, lang: Tongue) -> None:
    """Do an edit on the records and print which files it changed; print why not, when it is refused, and exit."""
    from kb.editing.curation import Refused
    from kb.records.reading import load
    from kb.words.language import Words

    words = Words(lang.value)
    try:
        written = task(load(root, today)[0])
    except Refused as error:
        print(error.say(lang.value), file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    for path in written:
        kept = (root / path).exists()
        print(words("edit.written" if kept else "edit.removed", path=f"{prefix_of(root)}/{path}"))
    if not written:
        print(words("edit.nothing"))


def below(root: Path, path: Path) -> str:
    """A record's file as it is called below the tree, however it was named."""
    absolute = path.absolute()
    return absolute.relative_to(root.absolute()).as_posix() if absolute.is_relative_to(root.absolute()) else path.as_posix()


@app.command()
def schema(
    records: Records = None,
    verify: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when a file is not up to date.")] = False,
) -> None:
    """Write what is derived: JSON Schemas for editors, the field tables of CONTRIBUTING.md, and the issue forms."""
    from kb.editing import forms
    from kb.records.reading import load
    from kb.records.schema import files, outdated, write

    root = tree(records)
    stale = outdated([*files(project(), root), *forms.files(project(), load(root, day(None))[0])])
    if verify:
        for path, _ in stale:
            print(path)
        if stale:
            print("გაუშვით: kb schema · run: kb schema", file=sys.stderr)
        raise typer.Exit(PROBLEMS if stale else 0)
    write(stale)
    print(f"{len(stale)} files written")
