"""Files of Word and Excel (Open XML, ECMA-376) as their libraries make them, and how text of our own goes into them."""

import io
import re
import zipfile
from collections.abc import Iterable
from html import escape

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold
NO_URI = re.compile(r"[\[\]^`{}]")  # what browsers take in an address, but no URI may hold; Excel refuses the whole file
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
)


def files(made: bytes) -> dict[str, bytes]:
    """The files of a document by name; the list of their types, which programs look for, comes first."""
    with zipfile.ZipFile(io.BytesIO(made)) as source:
        names = sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one))
        return {name: source.read(name) for name in names}


def clean(text: str) -> str:
    """A text that XML can hold."""
    return text if text.isprintable() else ILLEGAL.sub("", text)


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return escape(clean(text), quote=False)


def links_to(addresses: Iterable[tuple[str, str]]) -> str:
    """The relationships of (id, address), by which a link in a text finds its address."""
    return "".join(
        [
            f'<Relationship Id="{name}" Type="{LINK}" Target="{escape(_uri(address))}" TargetMode="External"/>'
            for name, address in addresses
        ]
    )


def _uri(address: str) -> str:
    return NO_URI.sub(lambda sign: f"%{ord(sign[0]):X}", clean(address))
