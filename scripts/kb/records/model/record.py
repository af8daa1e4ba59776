"""What every record has: its state, where it comes from, and when a person confirmed it."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from kb.records.values import Closed, FullDate, OneLine, Slug, Text, UnitRef, Url, Words, problem

Every = Literal["quarter", "half-year", "year"]
Confidence = Literal["high", "medium", "low"]
Basis = Literal["charter", "office-text", "other-georgian-source", "page-address", "own-translation", "standard-usage"]


class Correction(Closed):
    """შესწორება, რომელიც შინაარსს არ ცვლის და ბიულეტენში არ ხვდება.
    A correction that changes no meaning and stays out of the bulletin."""

    on: FullDate
    """შესწორების დღე.
    The day of the correction."""
    fields: Annotated[tuple[Words, ...], Field(min_length=1)]
    """შესწორებული ველები, მაგალითად title ან contacts.secretariat.email.
    The fields that were corrected, for example title or contacts.secretariat.email."""


class Review(Closed):
    """როდის და ვინ დაადასტურა ჩანაწერი.
    When a person confirmed the record, and how often it is to be confirmed."""

    confirmed_on: FullDate | None = None
    """დღე, როცა ადამიანმა ჩანაწერი წყაროს შეადარა.
    The day on which a person compared the record with its source."""
    confirmed_by: UnitRef | None = None
    """ერთეული, რომელმაც ჩანაწერი დაადასტურა.
    The unit that confirmed it."""
    every: Every = "half-year"
    """რამდენ ხანში ერთხელ უნდა გადამოწმდეს.
    How often it is to be checked again."""
    no_change_of_meaning: tuple[Correction, ...] = ()
    """შესწორებები, რომლებიც შინაარსს არ ცვლის; ბიულეტენი მათზე არ წერს.
    Corrections that change no meaning; the next bulletin does not tell them."""


class Archived(Closed):
    """როდის და რატომ დაარქივდა.
    When and why the record was archived."""

    on: FullDate
    """დაარქივების დღე.
    The day."""
    reason: Text
    """მიზეზი, რომელსაც მკითხველი ნახავს.
    The reason, for readers."""


class Source(Closed):
    """წყარო, რომელსაც ჩანაწერი ეყრდნობა.
    A page or document that the record relies on."""

    url: Url
    """მისამართი.
    Its address."""
    title: OneLine | None = None
    """რა არის ეს გვერდი ან დოკუმენტი.
    What the page or document is."""
    official: bool = True
    """false, თუ ეს სხვისი ასლია და ოფიციალური ეგზემპლარი მოსაძებნია.
    false for somebody else's copy, where the official one must still be found."""


class Record(Closed):
    """რაც ყველა ჩანაწერს აქვს.
    What every record has."""

    id: Slug | None = None
    """საჭირო არ არის; თუ წერია, ფაილის სახელს უნდა ემთხვეოდეს.
    Not needed; when written, it must be the file's name."""
    status: Literal["current", "draft", "archived"] = "current"
    """current, draft (საიტზე არ ჩანს) ან archived.
    current, draft (not on the site) or archived."""
    archived: Archived | None = None
    """დაარქივებისას: დღე და მიზეზი.
    When archived: the day and the reason."""
    former_ids: tuple[Slug, ...] = ()
    """ძველი სახელები; მათი მისამართები ამ გვერდზე გადმოამისამართებს.
    Earlier ids; their addresses lead to this page."""
    collected_on: FullDate | None = None
    """დღე, როცა ცნობები წყაროებიდან შეიკრიბა.
    The day on which the facts were put together from their sources."""
    review: Review = Review()
    """ადამიანის დადასტურება და მისი სიხშირე.
    Confirmation by a person, and how often."""

    @model_validator(mode="after")
    def says_why_archived(self) -> Any:
        """An archived record says when and why; no other record does."""
        if (self.status == "archived") != (self.archived is not None):
            raise problem("archived_reason" if self.archived is None else "archived_status")
        return self
