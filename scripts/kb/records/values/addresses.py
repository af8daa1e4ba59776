"""Addresses that the world can reach: of pages and of mailboxes."""

import ipaddress
import re
import unicodedata
from contextvars import ContextVar
from typing import Annotated

from pydantic import AfterValidator

from kb.records.values.marks import checked, problem, told

PORT = "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"
ADDRESS = re.compile(rf"https?://(?P<host>[\w-]+(?:\.[\w-]+)*\.?)(?::(?:{PORT}))?(?:[/?#][^\s\"<>\\]*)?\Z")
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
LABEL = r"(?!-)[^\W_](?:[^\W_]|-){0,62}(?<!-)"  # of a domain; below it names of hosts may have an underscore
DOMAIN = re.compile(rf"(?:(?!-)[\w-]{{1,63}}(?<!-)\.)*{LABEL}\.{LABEL}\Z")
MAILBOX = r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
EMAIL = re.compile(
    rf"{MAILBOX}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])\Z"
)
# Set only while `kb fetch --allow-loopback` runs: the tests' server is on this machine.
LOOPBACK: ContextVar[bool] = ContextVar("LOOPBACK", default=False)
LOCAL_ENDINGS = frozenset(["localhost", "localdomain", "local", "internal", "lan", "arpa", "test", "invalid"])
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")  # a browser reads a host that ends in a number as an IP address


def web_address(value: str) -> str:
    """A public address that a person wrote, who can write a stray per cent sign as %25."""
    if "%" in value and STRAY_PERCENT.search(value):
        raise problem("url_percent")
    return public_address(value)


def public_address(value: str) -> str:
    """An http(s) address of a public host."""
    found = ADDRESS.match(value)
    if not found:
        raise problem("url")
    if not is_public(found["host"].lower().removesuffix(".")):
        raise problem("url_host")
    return value


def is_public(host: str) -> bool:
    """Whether the world can reach a host by its name: a domain that is not local, or a global IP address."""
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host)  # so does a browser, for which ①②⑦.⓪.⓪.① is this machine
    if host == "localhost":
        return LOOPBACK.get()
    ending = host.rpartition(".")[-1]
    if NUMBER.match(ending):
        try:
            found = ipaddress.IPv4Address(host)
        except ValueError:
            return False
        return found.is_global or (found.is_loopback and LOOPBACK.get())
    return ending not in LOCAL_ENDINGS and len(host) <= 253 and DOMAIN.match(host) is not None


Url = Annotated[str, AfterValidator(web_address), told("string", "^https?://")]
Email = Annotated[str, AfterValidator(checked(EMAIL, "email")), told("string", "^[^@ ]+@[^@ ]+$")]
