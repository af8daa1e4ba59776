"""Briefs as Word documents for a meeting file: one of every network, theme and unit."""

from collections.abc import Iterator

from kb.downloads.brief import Writer
from kb.downloads.handout import NAMED, Handout, document
from kb.downloads.offer import File, Offer
from kb.records.knowledge import published


def files(offer: Offer) -> Iterator[File[Handout]]:
    """Named network-<id>.docx, theme-<id>.docx, unit-<id>.docx; what lies on the site has no address, and no links to it."""
    kb, writer = offer.kb, Writer(offer.kb, offer.words, offer.today)
    template = offer.stationery[NAMED[offer.words.language]]
    for entry in published(kb.networks):
        yield File(f"network-{entry.id}.docx", document, Handout(writer.write(entry), template), kept=True)
    for kind, found in (("theme", kb.themes), ("unit", kb.units)):
        for name, subject in found.items():
            yield File(f"{kind}-{name}.docx", document, Handout(writer.write(subject), template), kept=True)
