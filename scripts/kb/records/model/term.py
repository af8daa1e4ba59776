"""A term of the glossary."""

from typing import Literal

from kb.records.model.record import Basis
from kb.records.values import Closed, Name, OneLine, Slug, Text

TermGroup = Literal[
    "institution", "standards", "networks", "resources", "reporting", "bodies", "agreements", "events", "rights",
]  # fmt: skip


class Term(Closed):
    """ტერმინი.
    A term of the field."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    group: TermGroup
    """ჯგუფი.
    The group it belongs to."""
    name: Name
    """ტერმინი ორივე ენაზე.
    The term in both languages."""
    abbreviation: OneLine | None = None
    """ინგლისური აბრევიატურა.
    The English abbreviation."""
    basis: Basis
    """საიდან არის ქართული ფორმა.
    Where the Georgian form comes from."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""
