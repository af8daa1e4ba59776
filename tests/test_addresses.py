"""What may be connected to, and how addresses are kept and compared."""

import socket
from ipaddress import IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.failure import Failed
from kb.fetching.parsing.urls import identity, is_own, kept
from kb.fetching.wire import addresses
from kb.fetching.wire.addresses import carried, connect, is_allowed, target
from kb.fetching.wire.deadline import Deadline

REFUSED = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::2", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "::10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "100::1", "2001:db8::1",
    "2002:a00:1::1", "2002:7f00:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.215.14", "193.0.6.139", "2606:4700:4700::1111", "2a00:1450:4001:830::200e", "64:ff9b::1.1.1.1"]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address):
    """Private, local, shared, reserved, multicast, of documentation or of metadata, also inside IPv6."""
    assert is_allowed(ip_address(address)) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address):
    """The internet may be asked."""
    assert is_allowed(ip_address(address)) is True


def test_loopback_is_allowed_to_tests_and_nothing_else_is():
    """--allow-loopback opens this machine, not its network."""
    assert [is_allowed(ip_address(a), allow_loopback=True) for a in ("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254")] == [
        True, True, False, False,
    ]  # fmt: skip


@given(st.ip_addresses())
def test_any_address_that_is_allowed_is_global(ip):
    """Whatever an address carries, nothing that the registries call private is reached: Python 3.13 judges the carrier, too."""
    reached = (isinstance(ip, IPv6Address) and carried(ip)) or ip
    assert not is_allowed(ip) or reached.is_global


@pytest.fixture
def names(monkeypatch):
    """A name server and a network of our own: what was asked and where it was connected to."""
    seen = {"asked": [], "connected": [], "answers": []}

    def ask(host, port, **more):
        seen["asked"].append(host)
        return [(0, 0, 0, "", (address, port)) for address in seen["answers"].pop(0)]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", ask)

    def open_to(where, **_):
        seen["connected"].append(where)
        return socket.socket()

    monkeypatch.setattr(addresses.socket, "create_connection", open_to)
    return seen


def test_a_name_is_asked_once_and_the_checked_address_is_used(names):
    """A second answer of the name server, a private one, is never asked for: no rebinding."""
    names["answers"] = [["1.1.1.1"], ["10.0.0.1"]]
    connect("example.org", 443, 1.0, Deadline(9), allow_loopback=False).close()
    assert (names["asked"], names["connected"]) == (["example.org"], [("1.1.1.1", 443)])


def test_one_private_address_of_several_refuses_the_name(names):
    """No connection is tried at all."""
    names["answers"] = [["1.1.1.1", "10.0.0.1"]]
    with pytest.raises(Failed, match="private"):
        connect("example.org", 443, 1.0, Deadline(9), allow_loopback=False)
    assert names["connected"] == []


def test_a_name_server_that_is_silent_is_not_waited_for(monkeypatch):
    """The system's resolver knows no limit; ours does."""
    from threading import Event

    release = Event()
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: release.wait(5))
    with pytest.raises(Failed, match="dns"):
        connect("example.org", 443, 0.05, Deadline(9), allow_loopback=False)
    release.set()


class Running:
    """A deadline whose time passes when the test says so."""

    def __init__(self, left):
        self.left = left


def test_the_deadline_holds_while_connecting(names, monkeypatch):
    """The name server and the addresses of a name share the time that is left; when it is over no more are tried."""
    clock, waits = Running(40.0), []
    names["answers"] = [["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"]]

    def silent(_, timeout):
        waits.append(timeout)
        clock.left -= timeout
        raise TimeoutError

    monkeypatch.setattr(addresses.socket, "create_connection", silent)
    with pytest.raises(Failed, match="connect"):
        connect("example.org", 443, 15.0, clock, allow_loopback=False)
    assert waits == [15.0, 15.0, 10.0]


def test_a_name_server_gets_no_more_than_the_time_that_is_left(monkeypatch):
    """Its answer after the deadline is of no use."""
    given = []
    monkeypatch.setattr(addresses, "resolve", lambda *asked: given.append(asked[-1]) or [ip_address("10.0.0.1")])
    with pytest.raises(Failed, match="private"):
        connect("example.org", 443, 15.0, Running(3.0), allow_loopback=False)
    assert given == [3.0]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("//example.org/", "scheme"),
        ("http://", "address"),
        ("http:///x", "address"),
        ("http://user:word@example.org/", "address"),
        ("http://user@example.org/", "address"),
        ("http://[::1/", "address"),
        ("http://example.org:99999/", "address"),
        ("http://example.org:x/", "address"),
        ("http://" + "a" * 64 + ".org/", "address"),
        ("http://exa..mple.org/", "address"),
        ("http://example.org:22/", "port"),
        ("http://example.org:25/", "port"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, code):
    """Before anything is asked of anybody."""
    with pytest.raises(Failed) as found:
        target(url)
    assert found.value.code == code


def test_a_name_in_georgian_is_asked_as_it_is_registered():
    """Names beyond ASCII have an ASCII form."""
    assert target("https://სატესტო.გე/ა")[1].startswith("xn--")


SAME = [
    "https://example.org/a", "http://example.org/a", "https://www.example.org/a", "https://example.org/a/",
    "https://EXAMPLE.org/a", "https://example.org:443/a", "https://example.org/a#top", "https://example.org/a?utm_source=rss",
    "https://example.org/a/index.html", "https://example.org/a?fbclid=1&gclid=2",
]  # fmt: skip


@pytest.mark.parametrize("url", SAME)
def test_forms_of_one_address_are_one(url):
    """What sites change by habit is not part of an address."""
    assert identity(url) == "example.org/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/A",
        "https://example.org/a?id=1",
        "https://example.org:8443/a",
        "https://sub.example.org/a",
        "https://example.org/a/b",
    ],
)
def test_other_addresses_are_others(url):
    """Paths have letter case, and parameters matter."""
    assert identity(url) != "example.org/a"


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org", "https://example.org/", "http://www.example.org/#x", "http://[broken"]
)
def test_a_front_page_identifies_nothing(url):
    """Feeds whose every entry leads home are told apart by other things."""
    assert identity(url) == ""


def test_a_fragment_that_finds_the_page_is_part_of_the_address():
    """Registers keep the number of a judgment there."""
    one, other = ('http://judgments.example/eng#{"itemid":["001-1"]}', 'http://judgments.example/eng#{"itemid":["001-2"]}')
    assert identity(one) != identity(other)
    assert identity(one) == identity(kept(one, "") or "")


@given(st.text(max_size=80), st.sampled_from(["", "https://example.org/feed/"]))
def test_what_is_kept_is_kept_again_as_it_is(value, base):
    """Cleaning is done once."""
    once = kept(value, base)
    assert once is None or kept(once, base) == once


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://example.org/a", True),
        ("https://www.example.org/a", True),
        ("https://news.example.org/a", True),
        ("https://badexample.org/a", False),
        ("https://example.org.evil.net/a", False),
        ("https://example.com/?example.org", False),
    ],
)
def test_an_address_is_a_networks_own_on_its_hosts_and_below(url, own):
    """A link elsewhere is marked."""
    assert is_own(url, {"example.org"}) is own
