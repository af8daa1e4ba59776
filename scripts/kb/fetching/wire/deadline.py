"""A wall clock for one source: whatever a server does, its connection is cut when the time is over."""

import contextlib
import socket
import threading
import time
from types import TracebackType

from kb.fetching.failure import Failed


class Deadline:
    """Seconds that run from `with`; the sockets shown to it are shut down at their end.

    The timeout of a socket starts anew with each byte, so a server that sends one a second is never late.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._sockets:
                handle.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds that are left, never less than 0."""
        return max(0.0, self._end - time.monotonic())

    def missed(self) -> Failed:
        """That the time is over."""
        return Failed("slow", seconds=round(self.seconds))

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self.left == 0.0

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection at the end; a duplicate is kept, as TLS takes the socket over."""
        with self._lock:
            self._sockets.append(connection.dup())
        if self.over:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            for handle in self._sockets:
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)
