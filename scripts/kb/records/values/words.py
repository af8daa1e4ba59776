"""Texts of one language, and the names by which records refer to one another."""

import re
from typing import Annotated

from pydantic import AfterValidator

from kb.records.values.addresses import web_address
from kb.records.values.marks import Refers, checked, problem, told

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def filled(value: str) -> str:
    """A text with something in it and no space around it."""
    text = value.strip()
    if not text:
        raise problem("empty")
    return text


def one_line(value: str) -> str:
    """A text of one line, as headings, the rows of a list and the header of a mail need it."""
    text = filled(value)
    if len(text.splitlines()) > 1:
        raise problem("one_line")
    return text


def source_reference(value: str) -> str:
    """An address, or the id of a document listed in `_office/office.yml`."""
    if SLUG.match(value):
        return value
    if "://" not in value and (" " in value or not (":" in value or "." in value)):
        raise problem("unknown_source")
    return web_address(value)


_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, AfterValidator(checked(SLUG, "slug")), told("string", _SLUG)]
Words = Annotated[str, AfterValidator(filled)]
OneLine = Annotated[str, AfterValidator(one_line)]
SourceRef = Annotated[str, AfterValidator(source_reference), Refers("source")]
# What these name is looked up among the records, which tells more of a wrong name than how a name is written.
ThemeRef = Annotated[str, told("string", _SLUG), Refers("theme")]
UnitRef = Annotated[str, told("string", _SLUG), Refers("unit")]
NetworkRef = Annotated[str, told("string", _SLUG), Refers("network")]
ResourceRef = Annotated[str, Refers("resource")]
