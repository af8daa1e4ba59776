"""Commands that answer a proposed change and take in a filled-in form."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import MISUSE, PROBLEMS, Lang, Records, Today, Tongue, app, day, prefix_of, project, tree


@app.command()
def answer(  # noqa: PLR0913, PLR0917 - each is an option of the command
    base: Annotated[str, typer.Option("--base", metavar="REVISION", help="What the change is proposed for, as origin/main.")],
    branch: Annotated[str, typer.Option("--branch", help="The branch of the change, for links to its files.")] = "",
    repository: Annotated[str, typer.Option("--repository", metavar="URL", help="The repository of that branch.")] = "",
    preview: Annotated[str, typer.Option("--preview", metavar="URL", help="The address of the site with the change.")] = "",
    copy: Annotated[str, typer.Option("--copy", metavar="URL", help="Where a copy of that site can be downloaded.")] = "",
    site: Annotated[
        Path | None,
        typer.Option("--site", metavar="DIR", help="Also build the site there, and judge its links and what is derived."),
    ] = None,
    records: Records = None,
    today: Today = None,
) -> None:
    """Print the comment for a proposed change, in Markdown: ready, and what changes in words; or what is to be mended.

    With --site it knows of hand-written pages, links and derived files, too; a site that is built already costs nothing.
    Exits 0 in both cases: the answer is for the editor, `kb check` is for the machine.
    """
    from kb.cli.verdict import verdict
    from kb.editing.answer import Places, Proposal
    from kb.editing.answer import answer as written
    from kb.editing.repository import Repository
    from kb.history.revision import NoRevision, records_at
    from kb.history.snapshot import Beside, take
    from kb.records.checking.problem import shown_below
    from kb.records.reading import load
    from kb.site.project import Order, repository_of
    from kb.words.quarters import of

    root, on = tree(records), day(today)
    own = repository_of(project(), root)
    kb, problems = load(root, on)
    problems = verdict(Order(project(), root, site.absolute(), on)) if site else shown_below(problems, own.records)
    try:
        with records_at(root, base) as old:
            were = load(old, on)[0]
            before = take(were, of(on), on, Beside(tuple(were.dead_links)))
    except NoRevision as error:
        raise typer.BadParameter(str(error), param_hint="--base") from None
    files = {f"{entry.kind}:{entry.id}": entry.path for entry in kb.entries()}
    place = Repository(repository.rstrip("/") or own.address, branch or own.branch, own.records)
    after = take(kb, of(on), on, Beside(tuple(kb.dead_links)))
    print(written(Proposal(before, after, problems, on), Places(place, preview, copy, files)), end="")


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
    from kb.editing import answer, intake
    from kb.editing.curation import Refused, commit
    from kb.records.reading import load
    from kb.words.language import Words

    root, on, words = tree(records), day(today), Words(lang.value)
    try:
        raw = issue.read_bytes()
    except OSError as error:
        raise typer.BadParameter(str(error), param_hint="ISSUE.json") from None
    try:
        taken = intake.take(root, load(root, on)[0], intake.issue_body(raw), on)
        written, wrong = commit(root, taken.edits, on), [one.say(lang.value) for one in taken.wrong]
    except intake.NoForm as error:
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
