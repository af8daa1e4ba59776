"""One request a second to a host, whichever source asks and whatever redirect leads there."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable

from kb.fetching.wire.deadline import Deadline


class Pace:
    """Gives each request to a host its turn; for several threads."""

    def __init__(self, seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self.seconds, self.sleep = seconds, sleep
        self._next: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    def wait(self, host: str, deadline: Deadline) -> None:
        """Wait for the next turn at a host; raises Failed when it comes too late."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next[host])
            self._next[host] = turn + self.seconds
        if turn - now >= deadline.left:
            raise deadline.missed()
        if turn > now:
            self.sleep(turn - now)
