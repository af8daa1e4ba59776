"""Commands that visit the web, and with which people decide about what was fetched."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.options import MISUSE, PROBLEMS, Lang, Records, Today, Tongue, app, checked_records, day, guarded, prefix_of, tree


@app.command()
def fetch(  # noqa: PLR0913, PLR0917 - each is an option of the command
    more: Annotated[list[str] | None, typer.Argument(metavar="ID", help="More networks or sources after --only.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="A network or a source (ennhri, ennhri/feed); may be repeated."),
    ] = None,
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
    allow_shrink: Annotated[
        list[str] | None, typer.Option("--allow-shrink", metavar="ID", help="A network or source that may have become shorter.")
    ] = None,
    offline: Annotated[
        Path | None, typer.Option("--offline", metavar="DIR", help="Read saved answers (DIR/index.json) in place of the network.")
    ] = None,
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="For tests: allow servers on this machine.", envvar="KB_ALLOW_LOOPBACK")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of each source as JSON.")] = False,
    limits: Annotated[bool, typer.Option("--limits", help="Print every limit with its reason, and fetch nothing.")] = False,
) -> None:
    """Visit the feeds and watched pages of the networks; keep what is new in networks/_fetched/.

    Exits 0 when the sources are fine or only warned, 1 when more than half of them failed, 2 when called wrongly or
    when another fetch is under way. One broken source never fails a round and never touches what others brought.
    """
    from kb.fetching import telling
    from kb.fetching.limits import Limits, rows
    from kb.words.language import Words

    words = Words(lang.value)
    if limits:
        for name, value, reason in rows(Limits(), lang.value):
            print(f"{name} = {value}\n    {reason}")
        return
    report = round_of(
        tree(records),
        day(today),
        [*(only or []), *(more or [])],
        allow_shrink or [],
        offline,
        allow_loopback,
        None if as_json else words,
    )
    if as_json:
        print(telling.as_json(report))
    else:
        print(telling.table(report, words))
    print(telling.summary(report, words), file=sys.stderr if as_json else sys.stdout)
    if report.too_many_failed:
        print(words("fetch.too_many_failed"), file=sys.stderr)
        raise typer.Exit(PROBLEMS)


def round_of(  # noqa: PLR0913, PLR0917 - the options of fetch, one by one
    root: Path, today: date, only: list[str], may_shrink: list[str], offline: Path | None, loopback: bool, words: Any
) -> Any:
    """A round of fetching with its progress: bars on a terminal, lines elsewhere, nothing without `words`."""
    from kb.fetching import telling
    from kb.fetching.limits import Limits
    from kb.fetching.progress import Bars
    from kb.fetching.round import Order, fetch
    from kb.fetching.sources import chosen, listed
    from kb.records.reading import load
    from kb.records.values import LOOPBACK

    def lines(source: Any, stage: str, row: Any) -> None:  # noqa: ARG001 - bars show the stages, lines only the end
        if row and words:
            print(telling.line(row, words), flush=True)

    LOOPBACK.set(loopback)
    kb, bounds = load(root, today)[0], Limits(seconds_between_requests=0, seconds_before_retry=0) if offline else Limits()
    try:
        with explained(words):
            order = Order(root, kb, today, transport(offline, bounds, loopback), bounds, only, may_shrink)
            total = len(chosen(listed(kb.networks), only))
            bars = Bars(total) if words and sys.stdout.isatty() else None
            with bars or nullcontext():
                return fetch(order, bars or lines)
    except KeyError as error:
        raise typer.BadParameter(f"there is no network or source {error}", param_hint="--only") from None


def transport(offline: Path | None, bounds: Any, loopback: bool) -> Any:
    """Saved answers, or the network, which alone imports requests. Raises NoAnswers for a folder that holds none."""
    if offline:
        from kb.fetching.wire.offline import Saved

        return Saved(offline, bounds)
    from kb.fetching.wire.http import Wire

    return Wire(bounds, loopback)


@contextmanager
def explained(words: Any) -> Iterator[None]:
    """Say what keeps a command from the web or from what it keeps of it, and exit; in English without `words`."""
    from kb.fetching.failure import Failed
    from kb.fetching.store import Busy
    from kb.fetching.wire.offline import NoAnswers

    try:
        yield
    except NoAnswers as error:
        raise typer.BadParameter(str(error), param_hint="--offline") from None
    except Busy:
        print(words("fetch.busy") if words else "busy", file=sys.stderr)
        raise typer.Exit(MISUSE) from None
    except Failed as error:
        print(error.said().ka if words and words.language == "ka" else error.said().en, file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None


@app.command()
def links(  # noqa: PLR0913, PLR0917 - the options of a command
    records: Records = None,
    today: Today = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="How many links to ask for in one run.")] = 300,
    offline: Annotated[
        Path | None, typer.Option("--offline", metavar="DIR", help="Answers out of saved files instead of the network.")
    ] = None,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="Ask this machine too; only for tests.")] = False,
    lang: Lang = Tongue.ka,
) -> None:
    """Ask politely whether the links of the records still open; one is dead after failures on two different days.

    Writes networks/_fetched/links.json, and names the dead links. Exits 0, however many are dead, 1 without writing when
    so many failed at once that the network must be to blame, and 2 when a fetch is under way.
    """
    from kb.fetching.asking import Asker, Blackout, ask, limits
    from kb.fetching.round import agent_of
    from kb.fetching.wire.pace import Pace
    from kb.upkeep.reach import blocking
    from kb.words.language import Words

    root, on, words, bounds = tree(records), day(today), Words(lang.value), limits()
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        with explained(words):
            pace = Pace(0 if offline else bounds.seconds_between_requests)
            asker = Asker(transport(offline, bounds, allow_loopback), agent_of(kb), bounds, pace)
            asked = ask(root, kb, asker, on, most)
    except Blackout:
        print(words("links.blackout"), file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    print(words("links.asked", n=asked.count, all=asked.all))
    for host, reason in blocking().items():
        print(words("links.blocked", host=host, reason=reason))
    for url, link in asked.dead.items():
        print(words("links.dead", url=url, days=", ".join(map(words.short, link.failed_on))))


class Becomes(StrEnum):
    """What a fetched item can become."""

    event = "event"
    opportunity = "opportunity"
    resource = "resource"


ItemName = Annotated[str, typer.Argument(metavar="ITEM", help="The id of a fetched item, such as ennhri-0a1b2c3d4e.")]


@app.command()
def adopt(
    item: ItemName,
    becomes: Annotated[Becomes | None, typer.Option("--as", help="What it becomes; by its kind when left out.")] = None,
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Make a fetched item the draft of a record; print its file and what is missing."""
    from kb.fetching.adoption import Undecidable, adopt
    from kb.records.reading import load
    from kb.words.language import Words

    root, words = tree(records), Words(lang.value)
    try:
        draft = adopt(root, load(root, day(today))[0], item, becomes.value if becomes else None, day(today))
    except Undecidable as error:
        raise typer.BadParameter(str(error)) from None
    print(words("fetch.draft", path=str(draft.path)))
    if draft.missing:
        print(words("fetch.missing", fields=", ".join(draft.missing)))


@app.command()
def dismiss(item: ItemName, records: Records = None, today: Today = None, lang: Lang = Tongue.ka) -> None:
    """Dismiss a fetched item; it never returns."""
    from kb.fetching.adoption import Undecidable, dismiss
    from kb.records.reading import load
    from kb.words.language import Words

    root = tree(records)
    try:
        found = dismiss(root, load(root, day(today))[0], item, day(today))
    except Undecidable as error:
        raise typer.BadParameter(str(error)) from None
    print(Words(lang.value)("fetch.dismissed", title=found.title))
