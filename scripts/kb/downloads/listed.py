"""The lists that other programs may read: the knowledge base in, the name, schema and length of each out."""

from dataclasses import dataclass
from typing import Any

from kb.records.knowledge import KnowledgeBase, published
from kb.records.schema import KINDS
from kb.records.sections import FOLDERS


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the api, for the page that explains it."""

    name: str
    """`resources`: the file is resources.json, its schema schemas/resource.schema.json."""
    schema: str
    count: int


def listed(kb: KnowledgeBase) -> list[Listed]:
    """What there is, in the order of the site."""
    records = [Listed(FOLDERS[kind], kind, len(published(kb.of_kind(kind)))) for kind in KINDS]
    return records + [Listed(name, name, len(items)) for name, items in lists(kb).items()]


def lists(kb: KnowledgeBase) -> dict[str, tuple[Any, ...]]:
    """The Office's lists that other programs may want."""
    return {
        "themes": tuple(kb.themes.values()),
        "units": tuple(kb.units.values()),
        "glossary": kb.glossary,
        "days": kb.days,
    }
