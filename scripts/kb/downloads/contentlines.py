"""Lines as iCalendar and vCard write them: escaped, folded at 75 octets and never inside a letter.

Sources: RFC 5545, 3.1 and 3.3.11; RFC 6350, 3.2 and 3.4.
"""

import re
from collections.abc import Iterable

OCTETS = 75
END = b"\r\n"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def text(value: str) -> str:
    """A text as the value of a property; no character of it can end the line or begin another property."""
    if not value.isprintable():
        value = CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    # four times as fast as a table for translate, which looks each Georgian letter up
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def uri(value: str) -> str:
    """An address as the value of a property: URIs are not escaped, and what cannot stand in one is taken out."""
    return CONTROL.sub("", value).replace("\n", "").replace("\t", "").replace(" ", "%20")


def lines(properties: Iterable[tuple[str, str]]) -> bytes:
    """Properties, given as (name with its parameters, written value), as folded lines; empty values are left out."""
    return b"".join([folded(f"{name}:{value}") for name, value in properties if value])


def folded(line: str) -> bytes:
    """One line with its end; continued lines begin with a space."""
    raw = line.encode()
    if len(raw) <= OCTETS:
        return raw + END
    parts, start, room = [], 0, OCTETS
    while start < len(raw):
        stop = min(start + room, len(raw))
        while stop < len(raw) and raw[stop] & 0xC0 == 0x80:  # the middle of a letter
            stop -= 1
        parts.append(raw[start:stop])
        start, room = stop, OCTETS - 1
    return (END + b" ").join(parts) + END
