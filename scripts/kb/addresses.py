"""The private list of mail addresses to which bulletins go: read from a file outside the repository, checked, never shown."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError

from kb.problem import dotted
from kb.values import Closed, Email, Slug


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

    Raises BadBook for another form, for a unit that there is not, and for a file inside the repository, where the
    next commit would publish it.
    """
    if file.resolve().is_relative_to(repository.resolve()):
        raise BadBook(f"{file} must not lie in the repository: keep the addresses elsewhere")
    try:
        data = yaml.safe_load(file.read_text("utf-8"))
        book = AddressBook.model_validate(data, strict=False)
    except (OSError, UnicodeDecodeError) as error:
        raise BadBook(f"{file}: {getattr(error, 'strerror', None) or 'must be text in UTF-8'}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadBook(f"{file}:{mark.line + 1 if mark else 1}: must be YAML") from None
    except ValidationError as error:
        raise BadBook("\n".join(f"{file}: {dotted(one['loc'])}: {one['msg']}" for one in error.errors())) from None
    if strange := sorted(set(book.units) - {*units, "office"}):
        raise BadBook(f"{file}: units: there is no unit {', '.join(strange)}; there are {', '.join([*units, 'office'])}")
    return book
