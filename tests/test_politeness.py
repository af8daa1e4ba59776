"""How the servers of others are treated: paced, few at once, by name, and as they ask."""

import contextlib
import threading
import time

import pytest

from fault_server import QUICK, Round, rss, serving, whole
from kb.fetching.failure import Failed
from kb.fetching.round import agent_of
from kb.fetching.wire.client import Answer, Client, retry_after
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.pace import Pace


class Sleeper:
    """Sleeps in no time, and remembers."""

    def __init__(self):
        self.slept = []

    def __call__(self, seconds):
        """No time passes."""
        self.slept.append(seconds)


def client(answers, limits=QUICK, sleeper=None):
    """A client whose transport gives these answers, one after the other, and the addresses that were asked."""
    asked = []

    def transport(url, headers, deadline):
        asked.append((url, dict(headers)))
        answer = answers.pop(0)
        if isinstance(answer, Failed):
            raise answer
        return answer

    return Client(transport, limits, "kb/1.0", Pace(0.0), sleeper or Sleeper()), asked


def test_a_host_is_asked_once_a_second():
    """Three requests at once get their turns a second apart; another host has turns of its own."""
    sleeper = Sleeper()
    pace = Pace(1.0, sleeper)
    with Deadline(60) as deadline:
        for host in ("a", "a", "a", "b"):
            pace.wait(host, deadline)
    assert [round(seconds) for seconds in sleeper.slept] == [1, 2]


def test_a_turn_that_comes_too_late_is_not_waited_for():
    """A source has its minute in all."""
    pace = Pace(100.0, Sleeper())
    with Deadline(60) as deadline:
        pace.wait("a", deadline)
        with pytest.raises(Failed, match="slow"):
            pace.wait("a", deadline)


def test_redirects_wait_for_their_turn_too():
    """Each request counts, whoever caused it."""
    sleeper = Sleeper()
    hop = Answer(302, {"location": "/b"})
    one, _ = client([hop, Answer(200, {}, b"x")])
    one.pace = Pace(1.0, sleeper)
    with Deadline(60) as deadline:
        one.get("https://example.org/a", deadline)
    assert [round(seconds) for seconds in sleeper.slept] == [1]


def test_no_more_than_four_hosts_are_asked_at_once(tmp_path):
    """Six servers, four threads."""
    now, most, lock = [0], [0], threading.Lock()

    def slow(connection):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.15)
        connection.sendall(whole(rss("A")))
        with lock:
            now[0] -= 1

    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(serving()) for _ in range(6)]
        rounds = Round(tmp_path / "networks", sites[0])
        for number, site in enumerate(sites):
            site.pages["/feed"] = slow
            rounds.network(f"n{number}", f"{site.address}/feed")
        assert rounds.run().count("ok") == 6
    assert 1 < most[0] <= QUICK.hosts_at_once == 4


def test_the_tries_wait_longer_each_time():
    """Two waits between three tries, the second three times the first."""
    sleeper = Sleeper()
    limits = QUICK.model_copy(update={"seconds_before_retry": 2.0})
    one, asked = client([Answer(503), Answer(500), Answer(200, {}, b"x")], limits, sleeper)
    with Deadline(60) as deadline:
        assert one.get("https://example.org/", deadline).body == b"x"
    assert (sleeper.slept, len(asked)) == ([2.0, 6.0], 3)


def test_a_server_that_asks_to_wait_is_waited_for():
    """Retry-After goes before our own waits, unless it is longer than the source's minute."""
    sleeper = Sleeper()
    one, _ = client([Answer(429, {"retry-after": "7"}), Answer(200, {}, b"x")], sleeper=sleeper)
    with Deadline(60) as deadline:
        one.get("https://example.org/", deadline)
    other, asked = client([Answer(429, {"retry-after": "3600"})])
    with Deadline(60) as deadline, pytest.raises(Failed, match="too-many"):
        other.get("https://example.org/", deadline)
    assert (sleeper.slept, len(asked)) == ([7.0], 1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Mon, 02 Nov 2026 10:01:00 GMT", "date": "Mon, 02 Nov 2026 10:00:00 GMT"}, 60),
        ({"retry-after": "Mon, 02 Nov 2026 09:00:00 GMT", "date": "Mon, 02 Nov 2026 10:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 02 Nov 2026 10:01:00 GMT"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "9" * 400}, 1_000_000),
        ({"retry-after": "²"}, 0),
        ({"retry-after": "Mon, 02 Nov 99999999999999999999 10:01:00 GMT", "date": "Mon, 02 Nov 2026 10:00:00 GMT"}, 0),
        ({}, 0),
    ],
)
def test_how_long_to_wait_is_read_as_the_standard_has_it(headers, seconds):
    """RFC 9110, 10.2.3: a number of seconds, or a date; no clock of ours is asked."""
    assert retry_after(headers) == seconds


def test_we_say_who_we_are(office):
    """A name, and where its owner can be reached."""
    assert agent_of(office) == "kb/1.0 (+https://office.example.org/)"


def test_a_redirect_carries_no_version_to_another_page():
    """Conditions belong to the address for which they were given; after a redirect they still mean the same source."""
    one, asked = client([Answer(301, {"location": "https://example.org/b"}), Answer(304)])
    with Deadline(60) as deadline:
        answer = one.get("https://example.org/a", deadline, {"If-None-Match": '"v"'})
    assert (answer.status, answer.moved, [h.get("If-None-Match") for _, h in asked]) == (
        304,
        "https://example.org/b",
        ['"v"', '"v"'],
    )
