"""A resource: what can be read, used or asked for."""

from typing import Annotated, Literal

from pydantic import Field

from kb.records.model.record import Record
from kb.records.values import LanguageCode, Name, ResourceRef, SourceRef, Text, ThemeRef, Url

ResourceType = Literal[
    "database", "directory", "e-learning", "expert-support", "fund", "guideline", "handbook", "manual",
    "newsletter", "report", "standard", "statement", "template", "toolkit", "training",
]  # fmt: skip


class Resource(Record):
    """რესურსი: სახელმძღვანელო, ანგარიში, კურსი და სხვა.
    A resource: a guide, a report, a course and so on."""

    title: Name
    """სათაური.
    The title."""
    type: ResourceType
    """ტიპი.
    What it is."""
    url: Url
    """მისამართი, სადაც წაიკითხავთ.
    The address where it can be read."""
    official: bool = True
    """false, თუ მისამართი სხვისი ასლია და ოფიციალური ეგზემპლარი მოსაძებნია.
    false when the address is somebody else's copy and the official one must be found."""
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    """ენები, ISO 639-1 კოდებით.
    The languages, as ISO 639-1 codes."""
    year: Annotated[int, Field(ge=1945, le=2100)] | None = None
    """გამოცემის წელი.
    The year of publication."""
    themes: Annotated[tuple[ThemeRef, ...], Field(min_length=1)]
    """თემები.
    Its themes."""
    summary: Text
    """რა არის და რაში გამოადგება ერთეულს.
    What it is and what use a unit has of it."""
    audience: Text | None = None
    """ვის შეუძლია გამოიყენოს.
    Who may use it."""
    access: Literal["open", "members", "login"] | None = None
    """წვდომა.
    Who can open it."""
    cost: Text | None = None
    """ფასი, თუ ფასიანია.
    What it costs."""
    replaced_by: ResourceRef | None = None
    """ახალი ვერსია: გაერთიანება/რესურსი.
    The newer version: network/resource."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""
