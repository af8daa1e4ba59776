"""The transport over the network, on requests: one request in, its answer within bounds of time and size out, or a reason."""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import IncompleteRead
from urllib.parse import urlsplit, urlunsplit

from requests import PreparedRequest, Request, RequestException, Response
from requests.exceptions import InvalidHeader
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.wire import addresses
from kb.fetching.wire.client import Answer
from kb.fetching.wire.compression import unpacked
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.pinned import Pinned

ONE_READ = 65_536
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""A percent sign that begins no code; for the sake of one, urllib3 encodes all others a second time."""


MEANINGS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "stalled"),
    (IncompleteRead, "truncated"),
    (ssl.SSLError, "tls"),
    (ConnectionError, "reset"),
)
"""What the standard library says, whatever requests and urllib3 have wrapped it in → the code of the failure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and where it may go: the parts of its address that were checked."""

    request: PreparedRequest
    host: str
    port: int


class Wire:
    """The transport over the network."""

    def __init__(self, limits: Limits, allow_loopback: bool = False) -> None:
        self.limits, self.allow_loopback = limits, allow_loopback
        self._tls = ssl.create_default_context()

    def __call__(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
        """One request. Raises Failed for everything that keeps the answer from being whole."""
        asked, seconds = asked_for(url, headers), self.limits.seconds_to_answer

        def opened() -> socket.socket:
            plain = addresses.connect(asked.host, asked.port, seconds, deadline, self.allow_loopback)
            deadline.watch(plain)
            return plain

        adapter = Pinned(self._tls, opened)
        try:
            with adapter.send(asked.request, stream=True, timeout=seconds) as response:
                return self._answer(url, response, deadline)
        except (RequestException, HTTPError, OSError, ValueError) as error:
            raise broken(error, asked.host, deadline) from None
        finally:
            adapter.close()

    def _answer(self, url: str, response: Response, deadline: Deadline) -> Answer:
        raw: HTTPResponse = response.raw
        headers = {name.lower(): value for name, value in raw.headers.iteritems()}  # of one that is sent twice, the last
        if raw.status != 200:  # the words of an error page are not needed
            return Answer(raw.status, headers, b"", url)
        body = unpacked(self._body(raw, deadline), headers.get("content-encoding", ""), self.limits.bytes_decompressed)
        return Answer(raw.status, headers, body, url)

    def _body(self, raw: HTTPResponse, deadline: Deadline) -> bytes:
        """The bytes as sent; read1 returns with what is there, so that the clock is asked between any two packets.

        What ends before its promised length or its last chunk raises an error that wraps IncompleteRead.
        """
        most, body = self.limits.bytes_compressed, bytearray()
        while chunk := raw.read1(ONE_READ, decode_content=False):
            body += chunk
            if len(body) > most:
                raise Failed("too-large", most=most)
            if deadline.over:
                break
        if deadline.over:  # a connection that was cut looks like the end of a body without a length
            raise deadline.missed()
        return bytes(body)


def asked_for(url: str, headers: Mapping[str, str]) -> Asked:
    """The request for an address. Raises Failed for what is none, and for a header that would be more than one."""
    parts, host, port = addresses.target(url)
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if parts.port else ""
    path, query = (STRAY.sub("%25", part) for part in (parts.path, parts.query))
    try:
        request = Request("GET", urlunsplit((parts.scheme, place, path, query, "")), dict(headers)).prepare()
    except InvalidHeader as error:
        raise Failed("internal", reason=str(error)) from None
    except ValueError:
        raise Failed("address", url=url) from None
    if urlsplit(request.url).hostname != host:  # requests decodes %31: another name than was checked would be verified
        raise Failed("address", url=url)
    return Asked(request, host, port)


def broken(error: Exception, host: str, deadline: Deadline) -> Failed:
    """What a failed exchange means."""
    if deadline.over:
        return deadline.missed()
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failed("certificate", reason=cause.verify_message)
        if isinstance(cause, UnicodeEncodeError):  # a header of ours that HTTP cannot carry; a server's are decoded, not encoded
            return Failed("internal", reason=type(cause).__name__)
        for kind, code in MEANINGS:
            if isinstance(cause, kind):
                return Failed(code, retry=True, host=host)
    return Failed("garbled", retry=True, host=host)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was raised for, from the outside in."""
    seen: list[BaseException] = []
    inner: BaseException | None = error
    while inner is not None and inner not in seen:
        seen.append(inner)
        yield inner
        inner = inner.__cause__ or inner.__context__
