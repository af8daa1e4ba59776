"""Commands that make the site, show it, and make a search index."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import PROBLEMS, Lang, Public, Records, Today, Tongue, app, day, guarded, prefix_of, project, tree


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
    gc.disable()  # as in check, and before the imports: a build ends before garbage could matter
    from kb.site.building import build
    from kb.site.project import Order

    order = Order(project(), tree(records), (out or project() / "site").absolute(), day(today), archive, audience.value)
    if archive and archive.resolve().is_relative_to(order.out.resolve()):
        raise typer.BadParameter(
            f"{archive} lies in the site that it is to hold; name a file outside of {order.out}", param_hint="--zip"
        )
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
    from kb.site.preview import Preview, server

    preview = guarded(lambda: Preview(project(), tree(records), day(today)), lang, prefix_of(tree(records)))
    with server(preview, host, port) as running:
        print(f"http://{host}:{running.server_address[1]}/  (Ctrl+C ends)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


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
    gc.disable()  # as in check
    from kb.records.checking.problem import written
    from kb.search.documents import read
    from kb.search.index import build, put
    from kb.search.language import Bilingual

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
