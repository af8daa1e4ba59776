"""The command `kb`: reads options and the clock, calls the program, prints and exits. Nothing else prints or exits."""

import gc
import io
import os
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


class Kind(StrEnum):
    """What `kb new` can begin."""

    network = "network"
    resource = "resource"
    event = "event"
    opportunity = "opportunity"
    agreement = "agreement"
    reporting = "reporting"


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
    from kb.problem import shown_below, written
    from kb.records import load

    gc.disable()  # records make no cycles; collecting for them costs a fifth of the time
    root = tree(records)
    kb, problems = load(root, day(today))
    problems = shown_below(problems, prefix_of(root))
    if style is not Style.text or problems:
        print(written(problems, style.value, lang.value))
    if style is Style.text:
        count = len(kb.entries())
        note = {"ka": f"ჩანაწერი: {count}; პრობლემა: {len(problems)}", "en": f"records: {count}; problems: {len(problems)}"}
        print(note[lang.value], file=sys.stderr)
    if problems:
        raise typer.Exit(PROBLEMS)


@app.command()
def build(  # noqa: PLR0913, PLR0917 - each is an option of the command
    records: Records = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the site goes; site/ of the project when left out.")
    ] = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
    archive: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE", help="Also make one archive that works from a folder.")
    ] = None,
    audience: Annotated[
        Public, typer.Option("--audience", help="public leaves out every contact that is not marked as public.")
    ] = Public.office,
) -> None:
    """Check the records and build both languages of the site; say where it is, how many pages, how long.

    Exits 1 when a record has a problem or a page a broken link.
    """
    from kb.site import Order, build

    gc.disable()  # as in check: a build ends before garbage could matter
    order = Order(project(), tree(records), (out or project() / "site").absolute(), day(today), archive, audience.value)
    report = guarded(lambda: build(order), lang, prefix_of(order.records))
    changed = f"{report.changed} written, {report.removed} removed"
    print(f"{order.out}: {report.pages} pages, {changed}, {report.seconds:.1f} s")
    if archive:
        print(archive.absolute())


@app.command()
def serve(
    records: Records = None,
    today: Today = None,
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    lang: Lang = Tongue.ka,
) -> None:
    """Show the site on this machine; an edited record is on its page at once, and open pages reload themselves."""
    from kb.preview import Preview, server

    preview = guarded(lambda: Preview(project(), tree(records), day(today)), lang, prefix_of(tree(records)))
    with server(preview, host, port) as running:
        print(f"http://{host}:{running.server_address[1]}/  (Ctrl+C ends)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


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
    from kb.scaffold import Beginning, Misplaced, scaffold

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
    from kb.words import Words

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
    from kb.curation import Confirmation, commit
    from kb.curation import confirm as edits

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
    from kb.curation import archive as edits
    from kb.curation import commit, reason_of

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
    from kb.renaming import rename as renamed

    root, now = tree(records), day(today)
    curated(lambda kb: renamed(root, kb, below(root, path), name, now), root, now, lang)


@app.command()
def answer(  # noqa: PLR0913, PLR0917 - each is an option of the command
    base: Annotated[str, typer.Option("--base", metavar="REVISION", help="What the change is proposed for, as origin/main.")],
    branch: Annotated[str, typer.Option("--branch", help="The branch of the change, for links to its files.")] = "",
    repository: Annotated[str, typer.Option("--repository", metavar="URL", help="The repository of that branch.")] = "",
    preview: Annotated[str, typer.Option("--preview", metavar="URL", help="The address of the site with the change.")] = "",
    copy: Annotated[str, typer.Option("--copy", metavar="URL", help="Where a copy of that site can be downloaded.")] = "",
    records: Records = None,
    today: Today = None,
) -> None:
    """Print the comment for a proposed change, in Markdown: ready, and what changes in words; or what is to be mended.

    Exits 0 in both cases: the answer is for the editor, `kb check` is for the machine.
    """
    from kb.answer import Places, Proposal
    from kb.answer import answer as written
    from kb.quarters import of
    from kb.records import load
    from kb.repository import Repository
    from kb.revision import NoRevision, records_at
    from kb.site import repository_of
    from kb.snapshot import take

    root, on = tree(records), day(today)
    own = repository_of(project(), root)
    kb, problems = load(root, on)
    try:
        with records_at(root, base) as old:
            before = take(load(old, on)[0], of(on), on)
    except NoRevision as error:
        raise typer.BadParameter(str(error), param_hint="--base") from None
    files = {f"{entry.kind}:{entry.id}": entry.path for entry in kb.entries()}
    place = Repository(repository.rstrip("/") or own.address, branch or own.branch, own.records)
    print(written(Proposal(before, take(kb, of(on), on), problems, on), Places(place, preview, copy, files)), end="")


@app.command()
def intake(
    issue: Annotated[Path, typer.Argument(metavar="ISSUE.json", help="An issue written in a form, as GitHub's JSON.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write what to answer, in Markdown, to this file.")
    ] = None,
    records: Records = None,
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Make a record of a filled-in form and print its file, or list what is missing.

    Exits 0 when a record was made or nothing was to be made, 1 when something is missing, 2 for what no form wrote.
    """
    from kb import answer, intake
    from kb.curation import Refused, commit
    from kb.records import load
    from kb.words import Words

    root, on, words = tree(records), day(today), Words(lang.value)
    try:
        taken = intake.take(root, load(root, on)[0], intake.issue_body(issue.read_bytes()), on)
        written, wrong = commit(root, taken.edits, on), [one.say(lang.value) for one in taken.wrong]
    except (intake.NoForm, OSError) as error:
        told(f"{words('intake.no_form')} ({error})", out)
        raise typer.Exit(MISUSE) from None
    except Refused as error:
        written, wrong = [], [error.say(lang.value)]
    if wrong:
        told("\n".join([words("intake.missing"), "", *(f"- {answer.text(line)}" for line in wrong)]), out)
        raise typer.Exit(PROBLEMS)
    names = [f"{prefix_of(root)}/{path}" for path in written]
    told("\n".join(words("intake.made", path=name) for name in names) or words("intake.reported"), out)


def told(text: str, out: Path | None) -> None:
    """Print a text, and keep it in a file where one is named."""
    print(text)
    if out:
        out.write_text(text + "\n", "utf-8")


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
    import json

    from kb.heartbeat import Unheard, worries
    from kb.words import Words

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
    from kb.quarters import of

    on = day(today)
    ended = str(of(on).previous)
    common = ["--records", str(tree(records)), "--today", on.isoformat(), "--lang", lang.value]
    saved = ["--offline", str(offline)] if offline else []
    steps = (
        ["fetch", *saved, *common],
        ["quarter", ended, *common],
        ["build", *(["--out", str(out)] if out else []), *common],
        ["deliver", ended, *common[:2]],
    )
    for step in steps:
        print(f"— kb {step[0]}", flush=True)
        if code := typer.main.get_command(app).main(step, prog_name="kb", standalone_mode=False):
            raise typer.Exit(code)


def curated(task: Callable[[Any], list[str]], root: Path, today: date, lang: Tongue) -> None:
    """Do an edit on the records and print which files it changed; print why not, when it is refused, and exit."""
    from kb.curation import Refused
    from kb.records import load
    from kb.words import Words

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
    verify: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when a schema is not up to date.")] = False,
) -> None:
    """Write the JSON Schemas that give editors completion, and the field tables of CONTRIBUTING.md, from the model."""
    from kb.schema import outdated, write

    stale = outdated(project(), tree(records))
    if verify:
        for path in stale:
            print(path)
        raise typer.Exit(PROBLEMS if stale else 0)
    write(project(), tree(records))
    forms = project() / ".github" / "ISSUE_TEMPLATE"
    if forms.is_dir():
        from kb.forms import ASKED, file
        from kb.records import load

        kb = load(tree(records), day(None))[0]
        for form in ASKED:
            (forms / f"{form}.yml").write_text(file(form, kb), "utf-8")
    print(f"{len(stale)} files written")


@app.command()
def index(
    documents: Annotated[
        Path, typer.Argument(metavar="DOCS.jsonl", help="One JSON object a line: id, url, lang, title, body, facets.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the shards and search.js go.")],
    lang: Lang = Tongue.ka,
) -> None:
    """Make a search index of any documents; a page that loads OUT/search.js can ask kbSearch.query(…).

    Exits 1 when a line is wrong, and then writes nothing.
    """
    from kb.problem import written
    from kb.search.documents import read
    from kb.search.index import build, put
    from kb.search.language import Bilingual

    gc.disable()  # as in check
    if not documents.is_file():
        raise typer.BadParameter(f"{documents} is not a file", param_hint="DOCS.jsonl")
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is not a folder", param_hint="OUT")
    found, problems = read(documents)
    if problems:
        print(written(problems, "text", lang.value))
        raise typer.Exit(PROBLEMS)
    files = build(found, Bilingual(), project() / "overrides" / "search")
    put(files, out)
    print(f"{out}: {len(found)} documents, {len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB")


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
    from kb.words import Words

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
    from contextlib import nullcontext

    from kb.fetching import telling
    from kb.fetching.failure import Failed
    from kb.fetching.http import Wire
    from kb.fetching.limits import Limits
    from kb.fetching.offline import NoAnswers, Saved
    from kb.fetching.progress import Bars
    from kb.fetching.round import Order, fetch
    from kb.fetching.sources import chosen, listed
    from kb.fetching.store import Busy
    from kb.records import load
    from kb.values import LOOPBACK

    def lines(source: Any, stage: str, row: Any) -> None:  # noqa: ARG001 - bars show the stages, lines only the end
        if row and words:
            print(telling.line(row, words), flush=True)

    LOOPBACK.set(loopback)
    kb, bounds = load(root, today)[0], Limits(seconds_between_requests=0, seconds_before_retry=0) if offline else Limits()
    try:
        transport = Saved(offline, bounds) if offline else Wire(bounds, loopback)
        order = Order(root, kb, today, transport, bounds, only, may_shrink)
        total = len(chosen(listed(kb.networks), only))
        bars = Bars(total) if words and sys.stdout.isatty() else None
        with bars or nullcontext():
            return fetch(order, bars or lines)
    except NoAnswers as error:
        raise typer.BadParameter(str(error), param_hint="--offline") from None
    except KeyError as error:
        raise typer.BadParameter(f"there is no network or source {error}", param_hint="--only") from None
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

    Writes networks/_fetched/links.json, and names the dead links. Exits 0, however many are dead, and 1 without writing when
    so many failed at once that the network must be to blame.
    """
    from kb.fetching.asking import Asker, blackout, limits
    from kb.fetching.http import Wire
    from kb.fetching.offline import Saved
    from kb.fetching.pace import Pace
    from kb.fetching.round import agent_of
    from kb.fetching.store import Store
    from kb.reach import blocking, checked, dead_of, due, links_of, read, written
    from kb.words import Words

    root, on, words = tree(records), day(today), Words(lang.value)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    bounds, known, urls = limits(), read(root), links_of(kb)
    asker = Asker(
        Saved(offline, bounds) if offline else Wire(bounds, allow_loopback),
        agent_of(kb),
        bounds,
        Pace(0 if offline else bounds.seconds_between_requests),
    )
    asked = due(urls, known, on)[:most]
    answers = {url: asker(url) for url in asked}
    if blackout(answers):
        print(words("links.blackout"), file=sys.stderr)
        raise typer.Exit(PROBLEMS)
    known = checked(known, asked, answers.__getitem__, on)
    store = Store(root)
    with store.locked():
        store.write_links(written(known, urls))
    print(words("links.asked", n=len(asked), all=len(urls)))
    for host, reason in blocking().items():
        print(words("links.blocked", host=host, reason=reason))
    for url in dead_of(known, urls):
        print(words("links.dead", url=url, days=", ".join(map(words.short, known[url].failed_on))))


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
    from kb.records import load
    from kb.words import Words

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
    from kb.records import load
    from kb.words import Words

    root = tree(records)
    try:
        found = dismiss(root, load(root, day(today))[0], item, day(today))
    except Undecidable as error:
        raise typer.BadParameter(str(error)) from None
    print(Words(lang.value)("fetch.dismissed", title=found.title))


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
    from kb.bulletins import Ending, close, news_of
    from kb.closing import NotReopened, file_of
    from kb.snapshot import Unreadable

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
    from kb.answer import Places, Proposal, answer
    from kb.comparing import Comparison, NoBase
    from kb.site import repository_of

    root, on = tree(records), day(today)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        found = Comparison.of(root, kb, on, base, tuple(sorted(kb.dead_links)))
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
    from kb.brief import Unknown, Writer, subject_of
    from kb.paper import brief as printed
    from kb.words import Words

    root, on = tree(records), day(today)
    kb = guarded(lambda: checked_records(root, on), lang, prefix_of(root))
    try:
        content = Writer(kb, Words(lang.value), on).write(subject_of(kb, name))
    except Unknown as error:
        raise typer.BadParameter(str(error), param_hint="NETWORK|THEME|UNIT") from None
    called = f"brief-{name.replace(':', '-')}.docx"
    file = out / called if out and out.is_dir() else out or project() / "out" / called
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(printed(content, os.environ.get("KB_SITE", "")))
    print(file)


@app.command()
def todo(
    records: Records = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="Only the tasks of this unit, by its id.")] = "",
    today: Today = None,
    lang: Lang = Tongue.ka,
) -> None:
    """Say what is to be done, by week: checks that fall due, dead links, translations, drafts, terms; with the file of each."""
    from kb.closing import latest
    from kb.site import repository_of
    from kb.todo import said, tasks
    from kb.words import Words

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
) -> None:
    """Write every unit's bulletin as mail (.eml) and Word document; with --send also send it, each unit once.

    What was sent is kept in networks/_quarters/2026-Q4.sent.jsonl: sending again reaches only those not reached.
    Exits 1 when a unit was not reached.
    """
    from kb.bulletins import NotClosed, of
    from kb.snapshot import Unreadable

    root = tree(records)
    try:
        bulletin = of(root, project() / "content", quarter_named(name))
    except (NotClosed, Unreadable) as error:
        raise typer.BadParameter(str(error), param_hint="QUARTER") from None
    folder = out or project() / "out" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in bulletin.files(site):
        (folder / file).write_bytes(content)
    print(f"{folder}: {2 * len(bulletin.units())} files")
    if send:
        sent(bulletin, root, book, site, again=again)


def sent(bulletin: Any, root: Path, book: Path | None, site: str, *, again: bool) -> None:
    """Send a quarter's mails and say what became of each; a polite end (SIGTERM, Ctrl+C) waits for the mail in hand."""
    import signal
    import time
    from datetime import UTC

    from kb.addresses import BadBook, read
    from kb.ledger import Busy, Ledger
    from kb.post import BadSettings, Clock, Delivery, server_of

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
            found = Delivery(server_of(os.environ), ledger, clock, again).deliver(bulletin.mails(addresses, site))
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
    from kb.quarters import parse

    try:
        return parse(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="QUARTER") from None


def checked_records(root: Path, today: date) -> Any:
    """The records of a tree, which must be right."""
    from kb.records import load
    from kb.site import ProblemsFound

    kb, problems = load(root, today)
    if problems:
        raise ProblemsFound(problems)
    return kb


def project() -> Path:
    """The project: the nearest folder above with mkdocs.yml, else the one this program is part of."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "overrides").is_dir():
            return folder
    return Path(__file__).parents[2]


def tree(records: Path | None) -> Path:
    """The record tree, which must be a folder."""
    root = records or project() / "networks"
    if not root.is_dir():
        raise typer.BadParameter(f"{root} is not a folder", param_hint="--records")
    return root


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
    from kb.output import NotOurs
    from kb.problem import shown_below, written
    from kb.site import LinksBroken, ProblemsFound

    try:
        return task()
    except ProblemsFound as error:
        print(written(shown_below(error.problems, prefix), "text", lang.value), file=sys.stderr)
    except LinksBroken as error:
        for link in error.broken:
            print(f"{link.page}: broken link to {link.target} (from {link.source or 'a list'})", file=sys.stderr)
    except NotOurs as error:
        print(error, file=sys.stderr)
        raise typer.Exit(MISUSE) from None
    raise typer.Exit(PROBLEMS)


def main() -> None:
    """The entry point; neither a reader that closes the pipe early nor a terminal without Georgian is a mistake."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)


if __name__ == "__main__":
    main()
