"""The adapter of one request: requests sends over connections of urllib3, and each goes where `opened` leads and nowhere else.

An adapter and not a Session: before a Session says that it does not follow a redirect, it reads and unpacks the whole body of
it, without bounds; it also asks the environment for proxies and certificates, .netrc for passwords, and keeps cookies.
"""

import socket
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any

from requests import Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

Opened = Callable[[], socket.socket]
"""A connection to a checked address of the host that is asked. Raises Failed, which passes through the libraries as it is."""


class Pinned(HTTPAdapter):
    """The adapter of one request: no retries, no proxies, nothing kept; TLS is verified by `tls` for the name that was asked."""

    def __init__(self, tls: ssl.SSLContext, opened: Opened) -> None:
        self._tls, self._opened = tls, opened
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Pools of pinned connections only, however requests comes to ask for one."""
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._tls, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(_PlainPool, opened=self._opened),
            "https": partial(_SecurePool, opened=self._opened),
        }

    def build_response(self, req: Any, resp: Any) -> Response:
        """The answer as its status and the stream of its body; its cookies are not read.

        A server may send three megabytes of them, which take requests five seconds that no deadline can cut.
        """
        response = Response()
        response.status_code, response.raw, response.request, response.url = resp.status, resp, req, req.url
        return response

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to add: the context verifies, by the certificates of the system; requests would add certifi's to them."""


class _Plain(HTTPConnection):
    """A connection that goes where `opened` leads."""

    def __init__(self, *given: Any, opened: Opened, **named: Any) -> None:
        super().__init__(*given, **named)
        self._opened = opened

    def _new_conn(self) -> socket.socket:
        return self._opened()


class _Secure(HTTPSConnection):
    """The same, with TLS for the name that was asked for, whatever the address."""

    def __init__(self, *given: Any, opened: Opened, **named: Any) -> None:
        super().__init__(*given, **named)
        self._opened = opened

    def _new_conn(self) -> socket.socket:
        return self._opened()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure
