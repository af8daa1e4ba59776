"""The Office and the Division: names, functions, mandates, documents, and what the base does not hold yet."""

from typing import Annotated, Literal

from pydantic import Field

from kb.records.model.record import Source
from kb.records.model.standing import Moment
from kb.records.values import Closed, Name, Slug, SourceRef, Statement, Text, Url

SitePart = Literal[  # of the site: what `sections` lists
    "home", "units", "networks", "resources", "themes", "opportunities", "events", "calendar", "agreements", "reporting",
    "contacts", "find", "changes", "bulletins", "glossary", "freshness", "todo", "data", "about", "help",
]  # fmt: skip


class Gap(Closed):
    """რა არ არის ჯერ ბაზაში.
    What the base does not hold yet."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    area: SitePart
    """საიტის ნაწილი.
    The part of the site it belongs to."""
    what: Text
    """რა აკლია და ვის უნდა ვკითხოთ.
    What is missing and whom to ask."""


class Document(Closed):
    """აპარატის დოკუმენტი, რომელსაც მისამართი არ აქვს.
    A document of the Office that has no address."""

    id: Slug
    """სახელი, რომლითაც წყაროდ მიეთითება.
    The name by which a source refers to it."""
    title: Name
    """სათაური.
    The title."""


class Function(Closed):
    """სამმართველოს ფუნქცია.
    A function of the Division by its charter."""

    number: Annotated[int, Field(ge=1)]
    """რიგითი ნომერი.
    Its number."""
    what: Text
    """შემოკლებული შინაარსი.
    What it is, shortened."""
    pages: tuple[SitePart, ...] = ()
    """საიტის ნაწილები, რომლებიც მას ემსახურება.
    The sections of the site that serve it."""
    core: bool = False
    """true, თუ საიტი სწორედ ამისთვის არსებობს.
    true when the site exists for it."""


class Mandate(Closed):
    """აპარატის მანდატი ან სამართლებრივი საფუძველი.
    A mandate of the Office, or a part of its legal basis."""

    name: Name
    """სახელი.
    The name."""
    detail: Text | None = None
    """რა არის ცნობილი.
    What is known of it."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""


class OwnOffice(Closed):
    """აპარატი და სამმართველო.
    The Office and the Division."""

    name: Name
    """აპარატის სახელი.
    The name of the Office."""
    institution: Name
    """ინსტიტუციის სახელი.
    The name of the institution."""
    website: Url
    """ვებგვერდი.
    The website."""
    hours: Text
    """სამუშაო საათები.
    Working hours."""
    hotline: Text
    """ცხელი ხაზი.
    The hotline."""
    division: Name
    """სამმართველოს სახელი.
    The name of the Division."""
    accountable_to: Text
    """ვის წინაშეა ანგარიშვალდებული.
    To whom it is accountable."""
    acts_for: Text
    """ვისი სახელით მოქმედებს.
    In whose name it acts."""
    aim: Text
    """სამმართველოს მიზანი.
    The aim of the Division."""
    functions: tuple[Function, ...]
    """ფუნქციები.
    Its functions."""
    legal_basis: tuple[Mandate, ...]
    """სამართლებრივი საფუძველი.
    The legal basis."""
    mandates: tuple[Mandate, ...]
    """მანდატები.
    The mandates of the Office."""
    history: tuple[Moment, ...]
    """ისტორია.
    Its history."""
    facts: tuple[Statement, ...] = ()
    """სხვა ცნობები.
    Other facts."""
    clauses: tuple[Text, ...] = ()
    """მემორანდუმების ტიპური პირობები.
    Clauses that memoranda usually have."""
    documents: tuple[Document, ...] = ()
    """დოკუმენტები, რომლებიც წყაროდ გამოიყენება.
    Documents used as sources."""
    links: tuple[Source, ...] = ()
    """აპარატის საიტის განყოფილებები.
    Sections of the Office's own site."""
