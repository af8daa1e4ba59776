"""What can be said of any record: its title, one line of what it is, how much of it is not translated."""

import re
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from kb.records.checking.annotations import model_in
from kb.records.model import Network
from kb.records.values import Name, Text

SENTENCE = re.compile(r".{20,}?[.](?=\s|\Z)", re.DOTALL)

# Fields whose texts need no second language: other names, addresses as printed, abbreviations.
ONE_LANGUAGE = frozenset({"also_called", "address", "abbreviation", "acronym"})


def title_of(record: Any) -> Text:
    """A record's title, or its name where it is called that."""
    found: Text = record.title if hasattr(record, "title") else record.name
    return found


def short_title(record: Any) -> Text:
    """What a record is called in a narrow place: a network by its acronym."""
    return record.acronym if isinstance(record, Network) else title_of(record)


def lead_of(record: Any) -> Text | None:
    """One line of what a record is."""
    if isinstance(record, Network):
        return first_sentence(record.mandate)
    for name in ("summary", "subject", "audience", "document"):
        found = getattr(record, name, None)
        if isinstance(found, Text):
            return found
    return None


def first_sentence(text: Text) -> Text:
    """The first sentence of a text in each language."""
    cut = {language: (SENTENCE.match(words) or [words])[0] for language in ("ka", "en") if (words := getattr(text, language))}
    return Text(**cut)


@cache
def text_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that are texts or hold some."""
    names = []
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if name not in ONE_LANGUAGE and inner and (issubclass(inner, Text) or text_fields(inner)):
            names.append(name)
    return tuple(names)


def untranslated(part: BaseModel, language: str) -> int:
    """How many texts of a record are missing in a language."""
    missing = 1 if isinstance(part, Text) and getattr(part, language) is None else 0
    values = vars(part)
    for name in text_fields(type(part)):
        if value := values[name]:
            for one in value if type(value) is tuple else (value,):
                if type(one) in (Text, Name):
                    missing += getattr(one, language) is None
                else:
                    missing += untranslated(one, language)
    return missing


@lru_cache(maxsize=4096)  # a document's host is told beside its link and among the sources
def host(url: str) -> str:
    """The host of an address without `www.`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
