"""Writes what the site offers besides its pages: an offer in, files in the output and their names out."""

from kb.bulletins.mail import FOLDER, environment
from kb.bulletins.stationery.templates import Stationery
from kb.downloads import formats
from kb.downloads.handout import NAMED, paper
from kb.downloads.offer import Offer
from kb.records.sections import ROOTS, TO_SITE
from kb.site.output import Output


def put(output: Output, offer: Offer) -> set[str]:
    """Write the downloads of a language, with the Georgian ones those that both languages share.

    Returns the names of all that its pages may link to, as seen from the root of the language.
    """
    root, language = ROOTS[offer.words.language], offer.words.language
    own, shared = list(formats.files(offer, once=False)), list(formats.files(offer, once=True))
    for file in [*own, *(shared if not root else ())]:
        output.write(file.name, file.content())
    return {file.name.removeprefix(root) for file in own} | {f"{TO_SITE[language]}{file.name}" for file in shared}


def prove(stationery: Stationery) -> None:
    """Compile the Office's templates and try them, before a build goes apart into its languages; raises BadTemplate."""
    environment(stationery.folder(FOLDER))
    for language, name in NAMED.items():
        paper(stationery[name], language)
