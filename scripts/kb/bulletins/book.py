"""The private list of mail addresses to which bulletins go: read from a file outside the repository, checked, never shown."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from kb.records.checking.document import parse
from kb.records.checking.problem import dotted
from kb.records.values import Closed, Email, Slug


class AddressBook(Closed):
    """ვის ეგზავნება ბიულეტენი.
    Who gets the bulletin."""

    sender: Annotated[Email, Field(alias="from")]
    """მისამართი, საიდანაც იგზავნება.
    The address from which it is sent."""
    units: dict[Slug, Annotated[tuple[Email, ...], Field(min_length=1)]]
    """ერთეულის id და მისი მისამართები; office იღებს მთელი აპარატის ბიულეტენს.
    A unit's id and its addresses; `office` gets the edition of the whole Office."""


class BadBook(Exception):
    """The file is not a list of addresses; the words name places in it, never an address."""


def read(file: Path, units: list[str], repository: Path) -> AddressBook:
    """The addresses of a file such as

        from: bulletin@example.org
        units:
          npm: [npm@example.org]
          office: [secretariat@example.org]

    It is as strict a YAML as that of records: a unit that stands twice would lose its first addresses. Raises BadBook for
    another form, for a unit that there is not, and for a file inside the repository, where the next commit would publish it.
    """
    if file.resolve().is_relative_to(repository.resolve()):
        raise BadBook(f"{file} must not lie in the repository: keep the addresses elsewhere")
    try:
        document, problems = parse(file.name, file.read_bytes())
    except OSError as error:
        raise BadBook(f"{file}: {error.strerror}") from None
    if document is None or problems:  # told without what was found, which may be an address
        raise BadBook("\n".join(f"{file}:{problem.line}: {problem.say('en')}" for problem in problems))
    try:
        book = AddressBook.model_validate(document.data, strict=False)
    except ValidationError as error:
        raise BadBook("\n".join(f"{file}: {_place(one['loc'])}: {one['msg']}" for one in error.errors())) from None
    if strange := sorted(set(book.units) - {*units, "office"}):
        raise BadBook(f"{file}: units: there is no unit {', '.join(strange)}; there are {', '.join([*units, 'office'])}")
    return book


def _place(where: tuple[str | int, ...]) -> str:
    """A place in the file; a key that may be an address is not told."""
    return dotted("…" if "@" in str(step) else step for step in where)
