"""What the libraries do on the wire, and what they must not: one request, to a checked address, and nothing of their own."""

import gzip
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from fault_server import QUICK, Site, redirect, reset, serving, whole
from kb.fetching.failure import Failed
from kb.fetching.wire import addresses
from kb.fetching.wire.client import Answer, Client
from kb.fetching.wire.deadline import Deadline
from kb.fetching.wire.http import Wire, asked_for
from kb.fetching.wire.pace import Pace

PUBLIC, PRIVATE = "1.1.1.1", "10.0.0.1"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on this machine."""
    with serving() as found:
        yield found


@cache
def wire_to(_: str) -> Wire:
    """The wire, made once for each set of certificates: reading those of the system takes longer than a visit."""
    return Wire(QUICK, allow_loopback=True)


def ask(url: str, headers: dict[str, str] | None = None, wire: Wire | None = None) -> Answer:
    """The answer to one request, as the wire gives it."""
    with Deadline(20) as deadline:
        return (wire or wire_to(os.environ.get("SSL_CERT_FILE", "")))(url, headers or {}, deadline)


def refusal(url: str, headers: dict[str, str] | None = None) -> Failed:
    """The failure of one request."""
    with pytest.raises(Failed) as found:
        ask(url, headers)
    return found.value


class Net:
    """A name server and a network of our own: each connection holds the next answer already, and keeps what was asked."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.addresses: list[list[str]] = []
        self.connected: list[tuple[str, int]] = []
        self.answers: list[bytes] = []
        self.ends: list[socket.socket] = []

    def resolve(self, host: str, port: int, **_: Any) -> list[Any]:
        """The next addresses, or the last ones again."""
        self.names.append(host)
        found = self.addresses.pop(0) if len(self.addresses) > 1 else (self.addresses or [[PUBLIC]])[0]
        return [(0, 0, 0, "", (address, port)) for address in found]

    def connect(self, where: tuple[str, int], **_: Any) -> socket.socket:
        """Our end of a pair of sockets."""
        self.connected.append(where)
        ours, theirs = socket.socketpair()
        theirs.settimeout(5)
        theirs.sendall(self.answers.pop(0))
        theirs.shutdown(socket.SHUT_WR)
        self.ends.append(theirs)
        return ours

    def heard(self, number: int = 0) -> str:
        """All that came over a connection until its other end was closed."""
        return b"".join(iter(lambda: self.ends[number].recv(65_536), b"")).decode("latin-1")


@contextmanager
def wired() -> Iterator[Net]:
    """The network of our own in place of the real one."""
    net = Net()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses.socket, "getaddrinfo", net.resolve)
        patch.setattr(addresses.socket, "create_connection", net.connect)
        yield net
    for end in net.ends:
        end.close()


@pytest.fixture
def net() -> Iterator[Net]:
    """The network of our own."""
    with wired() as found:
        yield found


# --- nothing of their own


@pytest.mark.parametrize("body", [gzip.compress(b"\0" * 5_000_000), b"", b"no gzip at all"])
def test_the_body_of_a_redirect_is_neither_read_nor_unpacked(site: Site, body: bytes) -> None:
    """The server promises more than it sends and waits to be left: who reads on, or unpacks what swells, fails or stalls."""
    left = threading.Event()

    def leading(connection: socket.socket) -> None:
        head = "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Encoding: gzip\r\nContent-Length: 99999999\r\n\r\n"
        connection.sendall(head.encode() + body)
        with suppress(OSError):
            connection.recv(1)
        left.set()

    site.pages |= {"/": leading, "/there": whole(b"here")}
    client = Client(wire_to(""), QUICK, "kb", Pace(0.0))
    with Deadline(20) as deadline:
        assert client.get(site.address + "/", deadline).body == b"here"
    assert left.wait(5)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_told_and_not_followed(site: Site, status: str) -> None:
    """Each hop is checked and paced by us."""
    site.pages["/"] = redirect("/there", status)
    answer = ask(site.address + "/")
    assert (answer.status, answer.headers["location"], len(site.asked)) == (int(status[:3]), "/there", 1)


def test_proxies_of_the_environment_are_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect to whatever it is told, checked or not."""
    site.pages["/"] = whole(b"here")
    with serving() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        assert (ask(site.address + "/").body, proxy.asked) == (b"here", [])


def test_passwords_of_netrc_are_not_sent(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told who we are on other sites."""
    site.pages["/"] = whole(b"here")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    ask(site.address + "/")
    assert "authorization" not in site.asked[0][1]


def test_a_cookie_is_not_sent_back(site: Site) -> None:
    """Visits are not joined to one another."""
    site.pages["/"] = whole(b"here", "Set-Cookie: visitor=1; Path=/")
    for _ in range(2):
        ask(site.address + "/")
    assert ["cookie" in headers for _, headers in site.asked] == [False, False]


def test_cookies_are_not_read(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three megabytes of them would take longer than the deadline, which cannot cut what only computes."""
    monkeypatch.setattr(requests.adapters, "extract_cookies_to_jar", lambda *_: pytest.fail("a cookie was read"))
    net.answers = [whole(b"here", "Set-Cookie: visitor=1")]
    assert ask("http://example.org/").body == b"here"


def test_only_what_the_caller_says_is_asked(net: Net) -> None:
    """No header of the libraries joins ours; the first line and the host are those of the address."""
    net.answers = [whole(b"here")]
    ours = {"User-Agent": "kb", "Accept-Encoding": "gzip", "Connection": "close"}
    ask("http://example.org/feed?page=1#top", ours)
    lines = net.heard().split("\r\n")
    assert lines == ["GET /feed?page=1 HTTP/1.1", "Host: example.org", *(": ".join(pair) for pair in ours.items()), "", ""]


@pytest.mark.parametrize(
    "page",
    [
        reset,
        b"",
        whole(b"", "Retry-After: 0", status="503 Busy"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
        b"SSH-2.0\r\n",
    ],
)
def test_a_request_is_sent_once(site: Site, page: Any) -> None:
    """Tries are ours to count and to pace: the libraries make none."""
    site.pages["/"] = page
    with suppress(Failed):
        ask(site.address + "/")
    assert len(site.asked) == 1


# --- to a checked address


@pytest.mark.parametrize(("scheme", "port"), [("http", 80), ("https", 443)])
def test_the_name_is_asked_once_and_what_was_checked_is_connected_to(net: Net, scheme: str, port: int) -> None:
    """With TLS and without: urllib3 resolves nothing, so no second answer of the name server is ever heard."""
    net.addresses, net.answers = [[PUBLIC], [PRIVATE]], [b""]
    with suppress(Failed):
        ask(f"{scheme}://example.org/")
    assert (net.names, net.connected) == (["example.org"], [(PUBLIC, port)])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_address_is_not_connected_to(net: Net, scheme: str) -> None:
    """With TLS and without; the reason passes through the libraries as it is."""
    net.addresses = [[PUBLIC, PRIVATE]]
    assert (refusal(f"{scheme}://example.org/").code, net.connected) == ("private", [])


def test_a_connection_is_never_used_again(net: Net) -> None:
    """The server would keep it open; the next request asks the name server anew and is refused by what that says now."""
    net.addresses = [[PUBLIC], [PRIVATE]]
    net.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nhere"]
    wire = Wire(QUICK)
    assert ask("http://example.org/", wire=wire).body == b"here"
    with pytest.raises(Failed, match="private"):
        ask("http://example.org/", wire=wire)
    assert (net.names, net.connected) == (["example.org", "example.org"], [(PUBLIC, 80)])


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nhere",
        b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 4\r\n\r\nhere",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nhere",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        whole(b"x" * 100_000, "Content-Encoding: br"),
        b"SSH-2.0\r\n",
        b"",
    ],
)
def test_every_connection_is_closed(net: Net, answer: bytes) -> None:
    """However it went: the other end hears the request, then the end."""
    net.answers = [answer]
    with suppress(Failed):
        ask("http://example.org/")
    assert net.heard().endswith("\r\n\r\n")


def test_an_address_of_ipv6_is_asked_by_its_own_name(net: Net) -> None:
    """With its brackets and its port."""
    net.addresses, net.answers = [["2606:4700:4700::1111"]], [whole(b"here")]
    assert ask("http://[2606:4700:4700::1111]:8080/").body == b"here"
    assert net.connected == [("2606:4700:4700::1111", 8080)]
    assert "Host: [2606:4700:4700::1111]:8080\r\n" in net.heard()


def test_a_name_in_georgian_is_asked_as_it_is_registered(net: Net) -> None:
    """Of the name server and of the server alike; the path goes out in UTF-8."""
    net.answers = [whole(b"here")]
    ask("http://სატესტო.გე/ა?ბ=გ")
    registered = "სატესტო.გე".encode("idna").decode()
    heard = net.heard()
    assert net.names == [registered]
    assert heard.startswith("GET /%E1%83%90?%E1%83%91=%E1%83%92 HTTP/1.1\r\n")
    assert f"Host: {registered}\r\n" in heard


@pytest.mark.parametrize(
    "url",
    [
        "http://%31%30.0.0.1/",
        "http://%6cocalhost/",
        "http://exa%6Dple.org/",
        "http://exam^ple.org/",
        "http://exam ple.org/",
        "http://exam\tple .org/",
        "http://*.example.org/",
    ],
)
def test_a_host_that_two_readers_read_differently_is_no_address(net: Net, url: str) -> None:
    """What is checked, connected to, and verified by TLS is one name, or nothing is asked of anybody."""
    assert refusal(url).code == "address"
    assert (net.names, net.connected) == ([], [])


@pytest.mark.parametrize("url", ["http://[::1/", "http://[]/", "http://example.org:port/", "mailto:a@example.org", ""])
def test_what_cannot_be_read_as_an_address_waits_for_no_turn(net: Net, url: str) -> None:
    """It is refused in words before it is paced."""
    client = Client(wire_to(""), QUICK, "kb", Pace(0.0, lambda _: pytest.fail("a turn was waited for")))
    with Deadline(20) as deadline, pytest.raises(Failed) as found:
        client.get(url, deadline)
    assert (found.value.code in ("address", "scheme"), net.names) == (True, [])


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://example.org", "/"),
        ("http://example.org?a=1", "/?a=1"),
        ("http://example.org/a%20b?c=%26", "/a%20b?c=%26"),
        ("http://example.org/100%/a%20b", "/100%25/a%20b"),
        ("http://example.org/a b\"<>", "/a%20b%22%3C%3E"),
        ("http://example.org/?a=b|c&d=é", "/?a=b%7Cc&d=%C3%A9"),
        ("http://example.org/a;b=c,d/@e:f!$'()*+~", "/a;b=c,d/@e:f!$'()*+~"),
        ("http://example.org/\ud800", "/%ED%A0%80"),
    ],
)  # fmt: skip
def test_a_path_is_asked_for_as_it_is_meant(url: str, path: str) -> None:
    """Codes stay codes, and what HTTP cannot carry becomes one; a lone percent sign does not double the others."""
    assert asked_for(url, {}).request.path_url == path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-None-Match", '"v"\r\nX-Other: 1'),
        ("If-None-Match", '"v"\nX-Other: 1'),
        ("If-None-Match", '"v"\r X-Other: 1'),
        ("If-None-Match: 1\r\nX-Other", "1"),
        ("", "1"),
    ],
)
def test_a_header_that_is_two_is_never_sent(net: Net, name: str, value: str) -> None:
    """A version comes from a server, and may be made to smuggle."""
    assert refusal("http://example.org/", {name: value}).code == "internal"
    assert net.connected == []


def test_a_header_that_http_cannot_carry_is_our_mistake(net: Net) -> None:
    """It is said, and not tried again; nobody is connected to."""
    failed = refusal("http://example.org/", {"User-Agent": "kb (სატესტო)"})
    assert (failed.code, failed.retry, net.connected) == ("internal", False, [])


# --- TLS


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[int, list[str]]]:
    """A TLS server for localhost and 127.0.0.1: its port, and the names it was asked by."""
    context, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    context.sni_callback = lambda _, name, __: names.append(name)

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                plain, _ = server.accept()
                with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65_536)
                    connection.sendall(whole(b"here"))

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        yield server.getsockname()[1], names


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the authority of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "ca.pem"))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to this machine."""
    ask = socket.getaddrinfo
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda _, *more, **named: ask("127.0.0.1", *more, **named))


def test_tls_is_spoken_for_the_name_and_connected_to_the_address(
    secure: tuple[int, list[str]], trusted: None, here: None
) -> None:
    """The server hears the name; its certificate is verified for it."""
    port, names = secure
    assert (ask(f"https://localhost:{port}/").body, names) == (b"here", ["localhost"])


def test_an_address_may_have_a_certificate(secure: tuple[int, list[str]], trusted: None) -> None:
    """An address is verified as one."""
    assert ask(f"https://127.0.0.1:{secure[0]}/").body == b"here"


def test_a_certificate_for_the_address_is_none_for_the_name(secure: tuple[int, list[str]], trusted: None, here: None) -> None:
    """That the pinned address is in it says nothing of the host that was asked; the reason names the host."""
    failed = refusal(f"https://other.example:{secure[0]}/")
    assert (failed.code, failed.retry, "other.example" in str(failed.values["reason"])) == ("certificate", False, True)


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificates_of_the_environment_of_requests_are_not_trusted(
    secure: tuple[int, list[str]], certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The system's alone are."""
    monkeypatch.setenv(name, str(certificate / "ca.pem"))
    assert refusal(f"https://127.0.0.1:{secure[0]}/").code == "certificate"


def test_a_server_without_tls_is_told_from_one_without_a_certificate(site: Site) -> None:
    """Plain words in answer to a secure greeting."""
    site.pages[""] = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    site.answer = lambda connection: connection.sendall(site.pages[""])  # type: ignore[method-assign, arg-type, return-value]
    assert refusal(f"https://127.0.0.1:{site.port}/").code in ("tls", "reset")


# --- what comes back


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" + whole(b"here"), b"here"),
        (b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" * 3 + whole(b"here"), b"here"),
        (b"HTTP/1.0 200\r\n\r\nhere", b"here"),
        (whole(b"here", "X-Name: ").replace(b"X-Name: ", "X-Name: სახელი".encode()), b"here"),
        (whole(b"here", "X-Name: ").replace(b"X-Name: ", b"X-Name: \xff\xfe\x00"), b"here"),
        (whole(b"here", "no colon at all"), b"here"),
        (whole(b"here", "Set-Cookie: =;;=\x01; expires=never; max-age=x; domain=\xff"), b"here"),
        (whole(b"here", "Content-Length: 4"), b"here"),
        (whole(b"here", "Transfer-Encoding: identity"), b"here"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nhere\r\n0\r\nTrailer: x\r\n\r\n", b"here"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n0\r\n", b"here"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n4\r\nhere\r\n0\r\n\r\n", b"here"),
        (whole(b"here") + b"HTTP/1.1 200 OK\r\n\r\nmore", b"here"),
    ],
)
def test_an_odd_answer_is_read_as_it_is_meant(net: Net, raw: bytes, body: bytes) -> None:
    """Interim answers, headers in any letters or none, lengths said twice: the body is whole."""
    net.answers = [raw]
    assert ask("http://example.org/").body == body


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (whole(b"here", "Content-Length: 5"), "garbled"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhere", "truncated"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhe", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-4\r\nhere\r\n0\r\n\r\n", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"4" * 70_000, "garbled"),
        (b"HTTP/2.0 200 OK\r\n\r\nhere", "garbled"),
        (b"HTTP/1.1 20 OK\r\n\r\nhere", "garbled"),
        (b"HTTP/1.1 ok\r\n\r\nhere", "garbled"),
        (b"\x16\x03\x01\x00\x00", "garbled"),
        (b"\r\n\r\n", "garbled"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\nhere", "garbled"),
        (b"", "reset"),
        (whole(gzip.compress(b"here")[:-3], "Content-Encoding: gzip"), "truncated"),
        (whole(b"x" * 200_001), "too-large"),
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_named(net: Net, raw: bytes, code: str) -> None:
    """Whichever of the libraries gave up on it, and however it is wrapped."""
    net.answers = [raw]
    assert refusal("http://example.org/").code == code


def test_early_hints_are_an_unexpected_answer(net: Net) -> None:
    """Nobody who asks as we do is sent them; they are told by their number, and what follows is not taken for their body."""
    net.answers = [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole(b"here")]
    answer = ask("http://example.org/")
    assert (answer.status, answer.body) == (103, b"")


def test_of_a_header_that_is_said_twice_the_last_counts(net: Net) -> None:
    """Proxies add a Date or a Location of their own: two in one line would be neither."""
    net.answers = [whole(b"", "Location: /a", "Location: /b", status="302 Found")]
    assert ask("http://example.org/").headers["location"] == "/b"


def test_a_folded_header_is_one_line(net: Net) -> None:
    """An obsolete form (RFC 9112, 5.2) becomes a space, and breaks no request that repeats it."""
    net.answers = [whole(b"here", 'ETag: "a\r\n b"')]
    assert ask("http://example.org/").headers["etag"] == '"a b"'


def test_a_body_is_unpacked_by_us_and_once(net: Net) -> None:
    """What is packed twice under one name stays packed once."""
    packed = gzip.compress(b"here", mtime=0)
    net.answers = [whole(gzip.compress(packed, mtime=0), "Content-Encoding: gzip")]
    assert ask("http://example.org/").body == packed


def test_the_libraries_say_nothing_of_an_odd_answer(net: Net, capfd: pytest.CaptureFixture[str]) -> None:
    """They log what they mend, with tracebacks: a log of a round is our words."""
    net.answers = [whole(b"here", "Transfer-Encoding: chunked", "no colon at all")]
    refusal("http://example.org/")
    assert capfd.readouterr() == ("", "")


PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"\r\n", b"\n", b"\0", b": ",
        b"ffff\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: " + b"9" * 5_000 + b"\r\n",
        b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate, br\r\n", b"Location: http://[\r\n", b"Connection: keep-alive\r\n", b"5\r\nhello\r\n",
        b"0\r\n\r\n", b"Set-Cookie: a=b; expires=Thu, 99-Foo-99999 99:99:99\r\n", b"Set-Cookie2: a; version=x; port=\"\r\n",
        b"Date: x\r\n", b"Content-Type: text/html; charset*=\xff''\x00\r\n", b" folded\r\n", b"hello",
        gzip.compress(b"hello", mtime=0),
    ]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=12).map(b"".join))
def test_whatever_a_server_sends_is_an_answer_or_a_failure(raw: bytes) -> None:
    """Nothing else comes out of the libraries, with or without a right first line."""
    for head in (b"", b"HTTP/1.1 200 OK\r\n"):
        with wired() as net, suppress(Failed):
            net.answers = [head + raw]
            assert isinstance(ask("http://example.org/"), Answer)


# --- what it costs


IMPORTED = "import sys; from kb.cli import app; app(sys.argv[1:], standalone_mode=False); sys.exit('requests' in sys.modules)"


@pytest.mark.parametrize("arguments", [("check",), ("fetch", "--offline", "saved")])
def test_a_command_that_asks_nobody_does_not_load_requests(tree: Any, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A tenth of a second at each start."""
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/index.json").write_text("{}")
    called = [sys.executable, "-c", IMPORTED, *arguments, "--records", str(tree.root)]
    environment = {**os.environ, "KB_TODAY": "2026-11-22"}
    assert subprocess.run(called, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode == 0
