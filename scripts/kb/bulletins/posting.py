"""What a bulletin needs on its way: which it is, from whom to whom it goes, and the mail that is handed to a server."""

from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and where the site is; what is not known is left out."""

    sender: str = ""
    """A mail address; a message without one is a draft."""
    to: tuple[str, ...] = ()
    site: str = ""
    """The address of the site; links are left out of letters when it is not known."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What tells one bulletin from every other."""

    quarter: str
    unit: str
    """The unit's id; empty for the whole Office."""
    on: date
    """The day on which the quarter was closed."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One unit's mail."""

    quarter: str
    unit: str
    content: str
    message: EmailMessage
    sender: str
    to: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its Message-ID without the brackets."""
        return str(self.message["Message-ID"]).strip("<>")
