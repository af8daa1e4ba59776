"""Commands of the quarter: close it, tell what changed, deliver it, and say what is to be done."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.options import (
    MISUSE,
    PROBLEMS,
    Lang,
    Records,
    Telling,
    Today,
    Tongue,
    app,
    checked_records,
    day,
    guarded,
    overrides,
    prefix_of,
    project,
    tree,
)


@app.command()
def quarter(
    name: Annotated[str, typer.Argument(metavar="QUARTER", help="The quarter to close, as 2026-Q4.")],
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
    reopen: Annotated[
        str, typer.Option("--reopen", metavar="REASON", help="Write a closed quarter anew; the reason stays in it.")
    ] = "",
) -> None:
    """Close a quarter: check, keep what the base holds in networks/_quarters/, say what changed for whom. No network.

    Closing it again changes nothing. Exits 1 when a record has a problem.
    """
    from kb.bulletins.edition import Ending, close, news_of
    from kb.history.closing import NotReopened, file_of
    from kb.history.snapshot import Unreadable

    chosen, on, root = quarter_named(name), day(today), tree(records)
    if on < chosen.first:
        raise typer.BadParameter(f"{chosen} begins on {chosen.first}", param_hint="QUARTER")
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        ending = Ending(on, tuple(sorted(kb.dead_links)), news_of(kb, chosen), reopen)
        bulletin, wrote = close(root, project() / "content", kb, chosen, ending)
    except (NotReopened, Unreadable) as error:
        raise typer.BadParameter(str(error), param_hint="QUARTER") from None
    if on < chosen.last and wrote:
        print(f"{chosen} ends on {chosen.last}; what changes after {on} will be told in the next quarter", file=sys.stderr)
    print(f"{file_of(root, chosen)}: {'written' if wrote else 'closed before, unchanged'}")
    for unit in bulletin.units():
        digest = bulletin.digester.of(unit)
        told = ", ".join(f"{part.name} {len(part.items)}" for part in digest.parts)
        print(f"  {unit or 'office'}: {'nothing new' if digest.nothing_new else told}")


@app.command()
def changes(
    records: Records = None,
    base: Annotated[
        str,
        typer.Option(
            "--base",
            metavar="QUARTER|DIR|REVISION",
            help="Compare with this quarter, record tree or revision of git; the last quarter when left out.",
        ),
    ] = "",
    today: Today = None,
    lang: Lang = Tongue.ka,
    style: Annotated[
        Telling, typer.Option("--format", help="text for people, markdown for comments, json for programs.")
    ] = Telling.text,
) -> None:
    """Say in words what changed since the last closed quarter, or since another state of the records, and for whom."""
    from kb.editing.answer import Places, Proposal, answer
    from kb.history.comparing import Comparison, NoBase
    from kb.site.project import repository_of

    root, on = tree(records), day(today)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        found = Comparison.of(root, kb, on, base)
    except NoBase as error:
        raise typer.BadParameter(str(error), param_hint="--base") from None
    if style is Telling.markdown:
        files = {f"{entry.kind}:{entry.id}": entry.path for entry in kb.entries()}
        print(answer(Proposal(found.old, found.new, (), on), Places(repository_of(project(), root), files=files)), end="")
    else:
        print(found.as_json() if style is Telling.json else found.as_text(lang.value))


@app.command()
def brief(
    name: Annotated[
        str, typer.Argument(metavar="NETWORK|THEME|UNIT", help="An id, such as ennhri; theme:gender where a unit has the same.")
    ],
    records: Records = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The document; out/brief-NAME.docx when left out.")
    ] = None,
    today: Today = None,
    lang: Annotated[Tongue, typer.Option("--lang", envvar="KB_LANG", help="Language of the document.")] = Tongue.ka,
) -> None:
    """Write a brief for a meeting as a Word document: what it is, our standing, whom to write to, deadlines, sources."""
    from kb.bulletins.stationery.templates import read
    from kb.downloads.brief import Unknown, Writer, subject_of
    from kb.downloads.handout import NAMED, Handout, document
    from kb.words.language import Words

    root, on = tree(records), day(today)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        content = Writer(kb, Words(lang.value), on).write(subject_of(kb, name))
    except Unknown as error:
        raise typer.BadParameter(str(error), param_hint="NETWORK|THEME|UNIT") from None
    called = f"brief-{name.replace(':', '-')}.docx"
    file = out / called if out and out.is_dir() else out or project() / "out" / called
    site = os.environ.get("KB_SITE", "")
    made = guarded(lambda: document(Handout(content, read(overrides())[NAMED[content.language]], site)), lang, "")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made)
    print(file)


@app.command()
def todo(
    records: Records = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="Only the tasks of this unit, by its id.")] = "",
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Say what is to be done, by week: checks that fall due, dead links, translations, drafts, terms; with the file of each."""
    from kb.history.closing import latest
    from kb.site.project import repository_of
    from kb.upkeep.todo import said, tasks
    from kb.words.language import Words

    root, on = tree(records), day(today)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    if unit and unit not in kb.units:
        raise typer.BadParameter(f"there is no unit {unit}; there are {', '.join(kb.units)}", param_hint="--unit")
    words, repository = Words(lang.value), repository_of(project(), root)
    found = [task for task in tasks(kb, on, last=latest(root)) if unit in ("", task.unit)]
    for task in found:
        where = repository.edit_address(task.entry.path) or f"{prefix_of(root)}/{task.entry.path}"
        print(f"{task.week}  {words('todo.by', date=words.short(task.by.isoformat()))}  {said(task, words)}  {where}")
    if not found:
        print(words("todo.nothing"))


@app.command()
def deliver(  # noqa: PLR0913, PLR0917 - the options of a command
    name: Annotated[str, typer.Argument(metavar="QUARTER", help="The closed quarter, as 2026-Q4.")],
    records: Records = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the files go; out/2026-Q4 of the project when left out.")
    ] = None,
    site: Annotated[str, typer.Option("--site", envvar="KB_SITE", metavar="URL", help="Address of the site, for links.")] = "",
    send: Annotated[
        bool, typer.Option("--send", help="Send each unit its mail by the server of KB_SMTP_HOST and the like.")
    ] = False,
    book: Annotated[
        Path | None, typer.Option("--book", envvar="KB_ADDRESSES", metavar="FILE", help="The private file of addresses.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send also to units that got another text of this quarter.")] = False,
    lang: Lang = Tongue.ka,
) -> None:
    """Write every unit's bulletin as mail (.eml) and Word document; with --send also send it, each unit once.

    What was sent is kept in networks/_quarters/2026-Q4.sent.jsonl: sending again reaches only those not reached.
    Exits 1 when a unit was not reached.
    """
    from kb.bulletins.dispatch import files, mails
    from kb.bulletins.edition import NotClosed, of
    from kb.bulletins.stationery.templates import read
    from kb.history.snapshot import Unreadable

    root = tree(records)
    try:
        bulletin = of(root, project() / "content", quarter_named(name))
    except (NotClosed, Unreadable) as error:
        raise typer.BadParameter(str(error), param_hint="QUARTER") from None
    folder = out or project() / "out" / name
    folder.mkdir(parents=True, exist_ok=True)
    stationery = read(overrides())
    for file, content in guarded(lambda: list(files(bulletin, site, stationery)), lang, ""):
        (folder / file).write_bytes(content)
    print(f"{folder}: {2 * len(bulletin.units())} files")
    if send:
        sent(lambda addresses: mails(bulletin, addresses, site, stationery), bulletin, root, book, again=again)


def sent(mails: Callable[[Any], Iterable[Any]], bulletin: Any, root: Path, book: Path | None, *, again: bool) -> None:
    """Send a quarter's mails and say what became of each; a polite end (SIGTERM, Ctrl+C) waits for the mail in hand."""
    import signal
    import time

    from kb.bulletins.book import BadBook, read
    from kb.bulletins.ledger import Busy, Ledger
    from kb.bulletins.post import BadSettings, Clock, Delivery, server_of

    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _: asked.append(caught))
    if book is None:
        raise typer.BadParameter("--send needs the private file of addresses", param_hint="--book")
    try:
        addresses = read(book, bulletin.units()[:-1], project())

        def wait(seconds: float) -> None:
            end = time.monotonic() + seconds
            while not asked and time.monotonic() < end:
                time.sleep(0.2)

        clock = Clock(lambda: datetime.now(UTC), wait, lambda: bool(asked))
        ledger = Ledger(root / "_quarters" / f"{bulletin.new.quarter}.sent.jsonl")
        with ledger.held():
            found = Delivery(server_of(os.environ), ledger, clock, again).deliver(mails(addresses))
    except (BadBook, BadSettings, Busy) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(MISUSE) from None
    for unit, outcome in found:
        print(f"  {unit or 'office'}: {outcome}")
    missed = [unit for unit, outcome in found if outcome not in ("sent", "known")]
    left = len(bulletin.units()) - len(found)
    if missed or left:
        print(f"not reached: {len(missed)}; not tried: {left}; the same command tries them again", file=sys.stderr)
        raise typer.Exit(PROBLEMS)


def quarter_named(name: str) -> Any:
    """The quarter of a name such as 2026-Q4."""
    from kb.words.quarters import parse

    try:
        return parse(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="QUARTER") from None


@app.command()
def heartbeat(
    workflows: Annotated[Path, typer.Argument(metavar="WORKFLOWS.json", help="GitHub's answer to repos/…/actions/workflows.")],
    runs: Annotated[Path, typer.Argument(metavar="RUNS.json", help="GitHub's answer about the successful quarterly runs.")],
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Fail loudly when the quarterly round is over 100 days old or a schedule is off.

    Exits 0 when all is well, 1 when not, 2 when GitHub's answers cannot be read.
    """

    from kb.upkeep.heartbeat import Unheard, worries
    from kb.words.language import Words

    words = Words(lang.value)
    try:
        found = worries(json.loads(workflows.read_bytes()), json.loads(runs.read_bytes()), day(today), words)
    except (Unheard, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(MISUSE) from None
    for sentence in found:
        print(f"::error::{sentence}" if os.environ.get("GITHUB_ACTIONS") else sentence)
    if found:
        raise typer.Exit(PROBLEMS)
    print(words("heartbeat.well"))


@app.command("run-quarter")
def run_quarter(
    offline: Annotated[
        Path | None, typer.Option("--offline", metavar="DIR", help="Read saved answers in place of the network.")
    ] = None,
    records: Records = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the site goes.")] = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Do the whole quarterly round: fetch, close the quarter that ended last, build, write the bulletins; send nothing.

    Repeating it on the same day changes nothing. Ends with the exit code of the first step that fails.
    """
    from kb.words.quarters import of

    on = day(today)
    ended = str(of(on).previous)
    common = ["--records", str(tree(records)), "--today", on.isoformat(), "--lang", lang.value]
    saved = ["--offline", str(offline)] if offline else []
    steps = (
        ["fetch", *saved, *common],
        ["quarter", ended, *common],
        ["build", *(["--out", str(out)] if out else []), *common],
        ["deliver", ended, *common[:2], *common[4:]],
    )
    for step in steps:
        print(f"— kb {step[0]}", flush=True)
        if code := typer.main.get_command(app).main(step, prog_name="kb", standalone_mode=False):
            raise typer.Exit(code)
