"""A unit of the Office, its regional offices, and the advisory bodies that work with it."""

from typing import Annotated, Literal

from pydantic import Field

from kb.records.model.record import Basis
from kb.records.values import Closed, Name, NetworkRef, Slug, SourceRef, Text, ThemeRef, UnitRef


class Office(Closed):
    """რეგიონული ოფისი.
    A regional office."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """ოფისის სახელი.
    The name."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Unit(Closed):
    """აპარატის ერთეული.
    A unit of the Office."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """ერთეულის სახელი.
    The name."""
    short: Name | None = None
    """მოკლე სახელი.
    A short name for narrow places."""
    abbreviation: Name | None = None
    """აბრევიატურა.
    The abbreviation."""
    former_names: tuple[Name, ...] = ()
    """ძველი სახელები.
    Former names."""
    name_basis: Basis | None = None
    """საიდან არის ქართული სახელი.
    Where the Georgian name comes from."""
    kind: Literal["leadership", "division", "department", "unit", "centre", "adviser"]
    """სახე.
    What kind of unit it is."""
    certainty: Literal["current", "probably-current", "check"]
    """რამდენად დადასტურებულია, რომ ერთეული დღესაც არსებობს.
    How sure it is that the unit exists today."""
    about: Text
    """რას აკეთებს.
    What it does."""
    themes: Annotated[tuple[ThemeRef, ...], Field(min_length=1)]
    """თემები, რომლებიც ერთეულს ეხება.
    The themes that concern it."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები, რომლებიც ერთეულს ეხება.
    The networks that concern it."""
    offices: tuple[Office, ...] = ()
    """რეგიონული ოფისები.
    Regional offices."""
    offices_note: Text | None = None
    """შენიშვნა რეგიონულ ოფისებზე.
    What a reader must know about the regional offices."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Body(Closed):
    """სახალხო დამცველთან არსებული საბჭო.
    An advisory body attached to the Public Defender."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """სახელი.
    The name."""
    unit: UnitRef
    """ერთეული, რომელთანაც მუშაობს.
    The unit it works with."""
    name_basis: Basis | None = None
    """საიდან არის ქართული სახელი.
    Where the Georgian name comes from."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""
