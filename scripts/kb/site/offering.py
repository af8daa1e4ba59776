"""Writes what the site offers besides its pages: an offer in, files in the output and their names out."""

import hashlib
from pathlib import Path

from kb.bulletins.mail import FOLDER, environment
from kb.bulletins.stationery.templates import Stationery
from kb.downloads import formats
from kb.downloads.handout import NAMED, paper
from kb.downloads.made import Made
from kb.downloads.offer import Offer
from kb.records.folder import entries
from kb.records.sections import ROOTS, TO_SITE
from kb.site.output import Output


def put(output: Output, offer: Offer, made: Made) -> set[str]:
    """Write the downloads of a language, with the Georgian ones those that both languages share.

    Returns the names of all that its pages may link to, as seen from the root of the language.
    """
    root, language = ROOTS[offer.words.language], offer.words.language
    own, shared = list(formats.files(offer, once=False)), list(formats.files(offer, once=True))
    for file in [*own, *(shared if not root else ())]:
        output.write(file.name, made.content(file))
    return {file.name.removeprefix(root) for file in own} | {f"{TO_SITE[language]}{file.name}" for file in shared}


def prove(stationery: Stationery) -> None:
    """Compile the Office's templates and try them, before a build goes apart into its languages; raises BadTemplate."""
    environment(stationery.folder(FOLDER))
    for language, name in NAMED.items():
        paper(stationery[name], language)


def kept_in(project: Path, installed: str) -> Made:
    """The files that earlier builds of a project made, by the program as it is; `installed` are the versions beside it."""
    return Made(project / "build" / "made", program(Path(__file__).parents[1], installed))


def program(package: Path, installed: str) -> str:
    """Names the program by all of its files: a wrong guess of which of them make downloads would be found late."""
    named = hashlib.sha256(installed.encode())
    for name, entry in sorted(entries(package)):
        if not name.endswith(".pyc"):
            content = Path(entry.path).read_bytes()
            named.update(f"{name} {len(content)}\n".encode() + content)
    return named.hexdigest()
