"""Every way in which a source may fail: the last good data stays, the cause is named, the others are untouched."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

import kb.records.replacement
from fault_server import IMPATIENT, QUICK, TODAY, Round, bomb, drip, drip_headers, redirect, reset, rss, serving, stall, whole
from kb.fetching.store import Busy, Store

pytestmark = pytest.mark.slow

GOOD = whole(rss("Alpha", "Beta", "Gamma", "Delta"))
HTML = b"<!doctype html><html><head><title>News</title></head><body><p>Latest news</p></body></html>"
LOGIN = b"<!doctype html><html><body><form><input name=u><input type='password' name=p></form></body></html>"
CHALLENGE = b"<!doctype html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
OWN_FEED = HTML.replace(b"</head>", b"<link rel=alternate type='application/rss+xml' href='/feed'></head>")
NEXT = TODAY + timedelta(days=1)


@pytest.fixture
def site():
    """A server on this machine."""
    with serving() as found:
        yield found


@pytest.fixture
def rounds(tmp_path, site):
    """A tree with two networks: nno, whose feed will fail, and mno, whose feed is well."""
    made = Round(tmp_path / "networks", site)
    site.pages |= {"/feed": GOOD, "/well": whole(rss("Well")), "/about": whole(HTML)}
    made.network("nno", "/feed")
    made.network("mno", "/well")
    return made


def gz(body, *headers):
    """A compressed answer."""
    return whole(body, "Content-Encoding: gzip", *headers)


# What the feed answers after a good round → the code of the failure.
FAULTS = {
    "201": (whole(b"", status="201 Created"), "status"),
    "202 with a challenge": (whole(CHALLENGE, status="202 Accepted"), "challenge"),
    "204": (b"HTTP/1.1 204 No Content\r\n\r\n", "status"),
    "206": (whole(rss("A"), status="206 Partial Content"), "status"),
    "304 that nobody asked for": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "status"),
    "400": (whole(b"", status="400 Bad Request"), "status"),
    "401": (whole(b"", status="401 Unauthorized"), "login"),
    "403": (whole(b"", status="403 Forbidden"), "forbidden"),
    "403 of a challenge": (whole(b"", "cf-mitigated: challenge", status="403 Forbidden"), "challenge"),
    "404": (whole(b"", status="404 Not Found"), "not-found"),
    "410": (whole(b"", status="410 Gone"), "gone"),
    "429": (whole(b"", status="429 Too Many Requests"), "too-many"),
    "429 with a long wait": (whole(b"", "Retry-After: 86400", status="429 Too Many Requests"), "too-many"),
    "500": (whole(b"", status="500 Internal Server Error"), "server"),
    "502": (whole(b"", status="502 Bad Gateway"), "server"),
    "503": (whole(b"", "Retry-After: 1000", status="503 Service Unavailable"), "server"),
    "504": (whole(b"", status="504 Gateway Timeout"), "server"),
    "999": (whole(b"", status="999 Request denied"), "server"),
    "a redirect to itself": (redirect("/feed"), "redirect-loop"),
    "a redirect in a circle": (redirect("/circle"), "redirect-loop"),
    "redirects without end": (redirect("/chain1"), "redirects"),
    "a redirect to a file": (redirect("file:///etc/passwd"), "redirect-scheme"),
    "a redirect to ftp": (redirect("ftp://no.example/feed"), "redirect-scheme"),
    "a redirect to a script": (redirect("javascript:alert(1)"), "redirect-scheme"),
    "a redirect to data": (redirect("data:text/xml,<rss/>"), "redirect-scheme"),
    "a redirect to a private address": (redirect("http://10.0.0.1/feed"), "private"),
    "a redirect to metadata": (redirect("http://169.254.169.254/latest/meta-data/"), "private"),
    "a redirect to a private IPv6 address": (redirect("http://[fd00::1]/feed"), "private"),
    "a redirect to a mapped address": (redirect("http://[::ffff:10.0.0.1]/feed"), "private"),
    "a redirect to a number": (redirect("http://167772161/feed"), "private"),
    "a redirect to a user name": (redirect("http://no.example@10.0.0.1/feed"), "address"),
    "a redirect to another service": (redirect("http://127.0.0.1:22/feed"), "port"),
    "a redirect to nowhere": (redirect("http://[broken/feed"), "redirect-broken"),
    "a redirect without an address": (whole(b"", status="302 Found"), "redirect-loop"),
    "HTML": (whole(HTML, "Content-Type: text/html"), "html"),
    "HTML that says it is a feed": (whole(HTML, "Content-Type: application/rss+xml"), "html"),
    "HTML that names itself as its feed": (whole(OWN_FEED), "html"),
    "a login": (whole(LOGIN), "login"),
    "a challenge": (whole(CHALLENGE), "challenge"),
    "an empty body": (whole(b""), "empty-body"),
    "spaces": (whole(b" \n\t\n "), "empty-body"),
    "an empty feed": (whole(rss()), "empty-feed"),
    "a feed whose items are empty": (whole(b"<rss><channel><item></item><item/></channel></rss>"), "empty-feed"),
    "an empty calendar": (whole(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "empty-feed"),
    "half the items": (whole(rss("Alpha", "Beta")), "shrunk"),
    "half the items, all new": (whole(rss("X", "Y")), "shrunk"),
    "plain text": (whole(b"Service temporarily unavailable"), "not-a-feed"),
    "JSON that is no feed": (whole(b'{"error": "no"}'), "not-a-feed"),
    "broken JSON": (whole(b'{"items": ['), "not-a-feed"),
    "an image": (whole(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "not-a-feed"),
    "a sitemap": (whole(b"<?xml version='1.0'?><urlset><url><loc>https://x.org/</loc></url></urlset>"), "not-a-feed"),
    "truncated gzip": (gz(gzip.compress(GOOD)[:-20]), "truncated"),
    "gzip with a wrong sum": (gz(gzip.compress(rss("A"))[:-8] + b"\0" * 8), "damaged"),
    "a bomb": (bomb(5_000_000), "too-large"),
    "a bomb in a bomb": (gz(gzip.compress(gzip.compress(b"\0" * 5_000_000))), "not-a-feed"),
    "truncated deflate": (whole(zlib.compress(rss("A"))[:-9], "Content-Encoding: deflate"), "truncated"),
    "an encoding that nobody asked for": (whole(b"\x0b\x02\x80abc", "Content-Encoding: br"), "encoding"),
    "too many bytes": (whole(b"<rss>" + b" " * 300_000), "too-large"),
    "fewer bytes than promised": (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + rss("A"), "truncated"),
    "chunks that break off": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<rss>", "truncated"),
    "chunks without an end": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", "truncated"),
    "chunks of no size": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n", "truncated"),
    "a slow drip": (drip, "slow"),
    "a slow drip of headers": (drip_headers, "slow"),
    "a stalled body": (stall, "stalled"),
    "a reset connection": (reset, "reset"),
    "no answer": (lambda connection: connection.close(), "reset"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", "garbled"),
    "a line without end": (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "garbled"),
    "headers without end": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "garbled"),
    "continue without end": (b"HTTP/1.1 100 Continue\r\n\r\n" * 5, "reset"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_keeps_the_last_good_data_and_is_named(rounds, site, name):
    """After a good round the feed fails: its items stay to the byte, the cause is said, the other source goes on."""
    rounds.run()
    before = rounds.files()
    answer, code = FAULTS[name]
    chain = {f"/chain{n}": redirect(f"/chain{n + 1}") for n in range(1, 9)}
    site.pages |= {"/feed": answer, "/circle": redirect("/feed"), "/well": whole(rss("Well", "Better"))} | chain
    rounds.limits = IMPATIENT.get(name, QUICK)
    report = rounds.run(NEXT)
    failed, well = report.rows[1].health, report.rows[0].health
    assert (failed.failure and failed.failure.code, failed.items, failed.last_success) == (code, 4, TODAY.isoformat())
    assert failed.failure.ka != failed.failure.en
    assert rounds.files()["nno.jsonl"] == before["nno.jsonl"]
    assert (well.state, well.items, rounds.titles("mno")) == ("ok", 2, ["Better", "Well"])
    assert report.too_many_failed is False


@pytest.mark.parametrize("name", ["404", "a bomb", "HTML", "half the items", "a slow drip"])
def test_a_feed_recovers_after_a_fault(rounds, site, name):
    """The round after a failure is as if nothing had been."""
    rounds.run()
    site.pages["/feed"] = FAULTS[name][0]
    rounds.limits = IMPATIENT.get(name, QUICK)
    rounds.run(NEXT)
    rounds.limits = QUICK
    site.pages["/feed"] = whole(rss("Alpha", "Beta", "Gamma", "Epsilon"))
    row = rounds.run(NEXT).rows[1]
    assert (row.health.state, row.health.failing_since, row.new, len(rounds.titles())) == ("ok", None, 1, 5)


def test_an_address_that_is_gone_is_to_be_retired(rounds, site):
    """410 asks a person to take the source out; 404 does not."""
    site.pages["/feed"] = FAULTS["410"][0]
    gone = rounds.run().rows[1].health.state
    site.pages["/feed"] = FAULTS["404"][0]
    assert (gone, rounds.run().rows[1].health.state) == ("retire", "failed")


def test_a_likely_address_that_never_worked_is_unconfirmed(rounds):
    """Nobody saw it work, so its failure is no error; once it has worked, it is."""
    rounds.network("nno", "/nowhere", evidence="inferred")
    never = rounds.run().rows[1].health.state
    rounds.network("nno", "/feed", evidence="inferred")
    works = rounds.run().rows[1].health.state
    rounds.site.pages["/feed"] = FAULTS["404"][0]
    assert (never, works, rounds.run().rows[1].health.state) == ("unconfirmed", "ok", "failed")


def test_the_day_since_which_a_source_fails_stays(rounds, site):
    """Three failures in a row began with the first."""
    site.pages["/feed"] = FAULTS["404"][0]
    days = [rounds.run(TODAY + timedelta(days=n)).rows[1].health for n in range(3)]
    assert [(h.failing_since, h.last_try) for h in days][-1] == ("2026-11-22", "2026-11-24")


def test_most_sources_failing_fails_the_round_and_one_never_does(rounds, site):
    """Two of two is too many, one of two is not."""
    site.pages["/feed"] = FAULTS["404"][0]
    one = rounds.run().too_many_failed
    site.pages["/well"] = FAULTS["404"][0]
    assert (one, rounds.run().too_many_failed) == (False, True)


def test_a_try_that_fails_is_repeated_up_to_three_times(rounds, site):
    """A server that answers at the third try is well; a page that is not there is asked for once."""
    answers = [FAULTS["503"][0].replace(b"1000", b"0"), FAULTS["500"][0], GOOD]
    site.pages["/feed"] = lambda connection: connection.sendall(answers.pop(0))
    site.pages["/well"] = FAULTS["404"][0]
    report = rounds.run()
    asked = [path for path, _ in site.asked]
    assert (report.rows[1].health.state, asked.count("/feed"), asked.count("/well")) == ("ok", 3, 1)


def test_nothing_new_is_asked_for_by_version_and_changes_no_byte(rounds, site):
    """The second round sends the ETag and the date; 304 is a success."""
    site.pages["/feed"] = whole(rss("Alpha"), 'ETag: "v1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")
    rounds.run()
    before = rounds.files()
    site.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    row = rounds.run().rows[1]
    headers = [asked for path, asked in site.asked if path == "/feed"][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert (row.health.state, row.health.items, rounds.files()) == ("ok", 1, before)


def test_the_same_bytes_twice_change_no_byte(rounds, site):
    """Not even where the server names a new version each time."""
    rounds.run()
    before = rounds.files()
    site.pages["/feed"] = whole(rss("Alpha", "Beta", "Gamma", "Delta"), 'ETag: "new"')
    rounds.run()
    assert rounds.files() == before


def test_a_version_is_not_sent_when_its_items_are_not_there(rounds, site):
    """Somebody removed the file: the feed is read again, though its version is known."""
    site.pages["/feed"] = whole(rss("Alpha"), 'ETag: "v1"')
    rounds.run()
    (rounds.root / "_fetched/nno.jsonl").unlink()
    rounds.run()
    assert [asked.get("if-none-match") for path, asked in site.asked if path == "/feed"] == [None, None]
    assert rounds.titles() == ["Alpha"]


def test_a_feed_may_shrink_when_a_person_allows_it(rounds, site):
    """--allow-shrink takes the id of the source or of its network; what vanished stays and says so."""
    rounds.run()
    site.pages["/feed"] = whole(rss("Alpha"))
    allowed = rounds.run(NEXT, may_shrink=["nno/feed"]).rows[1].health
    gone = [json.loads(line).get("last_seen") for line in rounds.files()["nno.jsonl"].splitlines()]
    assert (allowed.state, allowed.items, sorted(map(str, gone))) == ("ok", 1, ["2026-11-22"] * 3 + ["None"])


def test_only_what_is_asked_for_is_visited(rounds, site):
    """--only takes networks and sources; the health of the others stays."""
    rounds.run()
    site.asked.clear()
    rounds.run(only=["mno"])
    assert [path for path, _ in site.asked] == ["/well"]
    assert set(json.loads(rounds.files()["sources.json"])) == {"nno/feed", "mno/well"}


def test_a_source_that_people_removed_loses_its_health_and_keeps_its_items(rounds):
    """The page of sources shows what the records name; nothing that was collected goes."""
    rounds.run()
    rounds.network("nno")
    rounds.run()
    assert set(json.loads(rounds.files()["sources.json"])) == {"mno/well"}
    assert len(rounds.titles()) == 4


def test_a_network_whose_record_is_broken_loses_nothing(rounds):
    """A mistake in network.yml costs a round, not what is known of its sources."""
    rounds.run()
    file = rounds.root / "nno/network.yml"
    right = file.read_text()
    file.write_text("name: [")
    rounds.run()
    file.write_text(right)
    assert set(json.loads(rounds.files()["sources.json"])) == {"nno/feed", "mno/well"}


def test_a_name_without_an_address_is_named(rounds, nameless):
    """A host that nobody knows is told from a host that is silent."""
    rounds.network("nno", "https://nobody.example-nowhere/feed")
    health = {row.source.id: row.health for row in rounds.run().rows}["nno/feed"]
    assert health.failure.code == "dns"


def test_a_certificate_of_nobody_is_refused(rounds, certificate):
    """TLS is verified."""
    with tls_server(certificate / "cert.pem", certificate / "key.pem") as port:
        rounds.network("nno", f"https://127.0.0.1:{port}/feed")
        assert rounds.run().rows[1].health.failure.code == "certificate"


def tls_server(certificate, key):
    """A server with a certificate that nobody signed."""
    import contextlib
    import ssl
    import threading

    @contextlib.contextmanager
    def running():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve():
                with contextlib.suppress(OSError):
                    while True:
                        connection, _ = server.accept()
                        with contextlib.suppress(OSError):
                            context.wrap_socket(connection, server_side=True).close()

            threading.Thread(target=serve, daemon=True).start()
            yield server.getsockname()[1]

    return running()


def test_an_http_page_that_leads_to_its_new_address_says_so(rounds, site):
    """A permanent redirect is followed, and a person is asked to enter the new address."""
    site.pages |= {"/feed": redirect("/new", "301 Moved Permanently"), "/new": GOOD}
    health = rounds.run().rows[1].health
    assert (health.state, [w.code for w in health.warnings], site.address in health.warnings[0].en) == ("warned", ["moved"], True)


def test_a_page_that_names_its_feed_leads_to_it(rounds, site):
    """An HTML address discovers its feed; that of comments is not taken."""
    alternate = "<link rel='alternate' type='application/rss+xml' title='{}' href='{}'>"
    links = "".join(alternate.format(*pair) for pair in (("NNO Comments Feed", "/comments"), ("NNO", "/feed"))).encode()
    site.pages |= {"/news": whole(HTML.replace(b"</head>", links + b"</head>")), "/comments": whole(rss("A comment"))}
    rounds.network("nno", "/news")
    health = rounds.run().rows[1].health
    assert ([w.code for w in health.warnings], len(rounds.titles())) == (["discovered"], 4)


def test_robots_close_pages_and_not_feeds(rounds, site):
    """robots.txt speaks of pages; feeds are published for programs."""
    site.pages |= {"/robots.txt": whole(b"User-agent: *\nDisallow: /\n")}
    rounds.network("nno", "/feed", watch=("/about",))
    rows = rounds.run().rows
    assert [row.health.failure and row.health.failure.code for row in rows if row.source.network == "nno"] == [None, "robots"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [(whole(b"", status="500 Error"), "server"), (whole(b"", status="404 Not Found"), None), (whole(b"\xff\0" * 99), None)],
)
def test_robots_that_cannot_be_read(rounds, site, answer, code):
    """RFC 9309: a server error closes the page, a missing or unreadable file opens it."""
    site.pages |= {"/robots.txt": answer}
    rounds.network("nno", watch=("/about",))
    failure = rounds.run().rows[1].health.failure
    assert (failure and failure.code) == code


PAGE = (
    "<html><body><nav>Menu</nav><main><h1>About</h1>"
    "<p>The Institute has {n} members in all regions of the world.</p>{more}</main></body></html>"
)
MORE = "".join(f"<p>Paragraph {n} says what it said before, and will go on saying it.</p>" for n in range(8))


def page(n=205, more=MORE):
    """A page whose text is watched."""
    return whole(PAGE.format(n=n, more=more).encode(), "Content-Type: text/html; charset=utf-8")


def test_a_watched_page_that_changes_says_what_changed(rounds, site):
    """The words before and after are kept, around what differs; the first visit is no change."""
    rounds.network("nno", watch=("/about",))
    site.pages["/about"] = page()
    first = rounds.run().rows[1].health
    site.pages["/about"] = page(211)
    second = rounds.run(NEXT).rows[1].health
    third = rounds.run(NEXT).rows[1].health
    assert (first.change, second.change.on, third) == (None, "2026-11-23", second)
    assert ("205 members" in second.change.before, "211 members" in second.change.after) == (True, True)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page(more=""), "page-shrunk"),
        (whole(LOGIN), "login"),
        (whole(CHALLENGE), "challenge"),
        (whole(b"<html><body><script>1</script></body></html>"), "empty-page"),
        (whole(b"%PDF-1.7"), "not-a-page"),
        (whole(b""), "empty-body"),
    ],
)
def test_a_watched_page_that_fails_keeps_its_text(rounds, site, answer, code):
    """What is not the page is no change of it."""
    rounds.network("nno", watch=("/about",))
    site.pages["/about"] = page()
    rounds.run()
    before = rounds.files()["pages/nno/about.txt"]
    site.pages["/about"] = answer
    health = rounds.run(NEXT).rows[1].health
    assert (health.failure.code, health.change, rounds.files()["pages/nno/about.txt"]) == (code, None, before)


def test_what_only_counts_is_no_change(rounds, site):
    """A counter in a line of its own does not send people to their records."""
    rounds.network("nno", watch=("/about",))
    healths = []
    for visits in ("12 345", "12 346"):
        site.pages["/about"] = page(more=MORE + f"<p>{visits}</p>")
        healths.append(rounds.run().rows[1].health.change)
    assert healths == [None, None]


# --- the disk, and other rounds


def test_a_full_disk_keeps_the_old_file_and_is_named(rounds, site, monkeypatch):
    """What cannot be written whole is not written; the other network is."""
    rounds.run()
    before = rounds.files()
    real = os.fsync

    def full(descriptor):
        name = Path(f"/proc/self/fd/{descriptor}").resolve().name
        if name.startswith(".nno.jsonl"):
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(kb.records.replacement.os, "fsync", full)
    site.pages |= {"/feed": whole(rss("Alpha", "Beta", "Gamma", "Delta", "New")), "/well": whole(rss("Well", "Better"))}
    row = rounds.run().rows[1]
    after = rounds.files()
    assert (row.health.failure.code, after["nno.jsonl"] == before["nno.jsonl"], rounds.titles("mno")) == (
        "disk",
        True,
        ["Better", "Well"],
    )
    assert [name for name in after if name.endswith(".part")] == []


def test_two_rounds_at_once_are_one(rounds):
    """The second is told that the first is at work, and touches nothing."""
    with Store(rounds.root).locked(), pytest.raises(Busy):
        rounds.run()
    assert rounds.run().count("ok") == 2


def test_what_a_killed_round_left_is_cleared(rounds):
    """Half a file beside the whole one is removed by the next round."""
    rounds.run()
    (rounds.root / "_fetched/nno.jsonl.part").write_bytes(b'{"id": "nno-')
    before = rounds.titles()
    rounds.run()
    assert ("nno.jsonl.part" in rounds.files(), rounds.titles()) == (False, before)


KILLED = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from fault_server import Round, Site
Round(Path({root!r}), Site({address!r})).run()
"""


def test_a_round_that_is_killed_leaves_whole_files(rounds, site, tmp_path):
    """SIGKILL in the middle of a round: every file is whole, the lock is lifted, the next round ends the work."""
    rounds.run()
    site.pages["/well"] = whole(rss("Well", "Better"))
    site.pages["/feed"] = stall
    program = KILLED.format(tests=str(Path(__file__).parent), root=str(rounds.root), address=site.address)
    process = subprocess.Popen([sys.executable, "-c", program])
    while not any(path == "/feed" for path, _ in site.asked[2:]):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(rounds.titles()) == 4
    site.pages["/feed"] = GOOD
    assert rounds.run().count("ok") == 2
    assert rounds.titles("mno") == ["Better", "Well"]


def test_a_damaged_line_is_put_aside_and_the_round_goes_on(rounds):
    """What a merge of git or a full disk made of a file costs the damaged lines only, and even they are kept."""
    rounds.run()
    file = rounds.root / "_fetched/nno.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"<<<<<<< HEAD\n" + lines[0] + lines[1][:30])
    rounds.run()
    assert (len(rounds.titles()), rounds.files()["nno.jsonl.damaged"]) == (4, b"<<<<<<< HEAD\n" + lines[1][:30] + b"\n")


def test_a_lost_page_of_sources_costs_no_item(rounds):
    """The health of sources is made anew."""
    rounds.run()
    (rounds.root / "_fetched/sources.json").write_text("{")
    assert rounds.run().count("ok") == 2
    assert len(rounds.titles()) == 4


def test_a_round_bounds_what_it_takes(rounds, site):
    """Fifty items of sixty are read at these limits, and the rest is said."""
    site.pages["/feed"] = whole(rss(*(f"Item {n}" for n in range(60))))
    health = rounds.run().rows[1].health
    assert (health.items, [w.code for w in health.warnings], QUICK.items_of_a_feed) == (50, ["cut"], 50)


def test_a_folder_that_cannot_be_read_costs_its_network_only(rounds, site, monkeypatch):
    """Whatever the disk says about one file, the other network is kept and the round ends well."""
    rounds.run()
    real = Store.items

    def refused(self, network):
        if network == "nno":
            raise PermissionError(13, "Permission denied")
        return real(self, network)

    monkeypatch.setattr(Store, "items", refused)
    site.pages["/well"] = whole(rss("Well", "Better"))
    report = rounds.run()
    assert [row.health.failure and row.health.failure.code for row in report.rows] == [None, "disk"]
    monkeypatch.undo()
    assert (rounds.titles("mno"), len(rounds.titles())) == (["Better", "Well"], 4)


def test_a_new_address_of_a_source_begins_anew(rounds, site):
    """A person entered another address of the same name: it is not compared with the old one's size, and no item is lost."""
    rounds.run()
    site.pages["/new/feed"] = whole(rss("Alpha"))
    rounds.network("nno", "/new/feed")
    first = rounds.run().rows[1].health.state
    rounds.network("nno", f"{site.address}/feed?format=short")
    site.pages["/feed?format=short"] = whole(rss("Alpha"))
    assert (first, rounds.run().rows[1].health.state, len(rounds.titles())) == ("ok", "ok", 4)


def test_a_quiet_feed_says_so(rounds, site):
    """When nothing has come for half a year, the source is warned of, again and again, without new bytes."""
    site.pages["/feed"] = whole(rss("Alpha").replace(b"2026", b"2024"))
    healths = [rounds.run().rows[1].health for _ in range(2)]
    assert ([w.code for w in healths[0].warnings], healths[0]) == (["quiet"], healths[1])
