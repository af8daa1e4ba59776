"""Each unit gets its bulletin once, whatever the server, the network or whoever pulls the plug does."""

import email
import itertools
import json
import random
import signal
import socket
import ssl
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from kb.bulletins import book as addresses
from kb.bulletins import edition as bulletins
from kb.bulletins.ledger import Attempt, Busy, Ledger, tag
from kb.bulletins.post import WAITS, BadSettings, Clock, Delivery, Server, server_of
from kb.bulletins.posting import Mail
from kb.words.quarters import parse

pytestmark = pytest.mark.slow

UNITS = ("nvd", "equity", "growth", "")
BOOK = """\
from: bulletin@example.org
units:
  nvd: [nvd@example.org]
  international-exchanges: [ir@example.org]
  office: [all@example.org]
"""


@dataclass
class Post:
    """What a server on this machine took, and how it is to behave: unit's mailbox → answers to give, one a visit."""

    taken: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(self, *given):  # noqa: N802 - aiosmtpd looks for these names
        """An address: an answer that begins with RCPT is given here."""
        envelope, address = given[2], given[3]
        answer = (self.answers.get(address) or [""])[0]
        if answer.startswith("RCPT "):
            self.answers[address].pop(0)
            return answer.removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _, envelope):  # noqa: N802 - as above
        """A mail: taken, or answered as it is written for its first address."""
        waiting = self.answers.get(envelope.rcpt_tos[0]) or []
        if waiting:
            answer = waiting.pop(0)
            if answer == "drop":
                server.transport.abort()
            return answer
        self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 taken"

    def boxes(self):
        """Who got how many mails."""
        return sorted(box for boxes, _ in self.taken for box in boxes)


class Local(Controller):
    """A server at any free port of this machine."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        socket.create_connection(("127.0.0.1", self.port), 5).close()  # the server is ready once it has made a session


@pytest.fixture
def post():
    """A mail server on this machine."""
    handler = Post()
    controller = Local(handler, hostname="127.0.0.1", port=0, server_hostname="localhost")
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger."""
    return Ledger(tmp_path / "_quarters" / "2026-Q4.sent.jsonl")


class Patience:
    """A clock that notes for how long it was asked to wait, and waits for nothing."""

    def __init__(self, stop=lambda: False):
        self.waits = []
        self.clock = Clock(lambda: datetime(2027, 1, 4, 5, tzinfo=UTC), self.waits.append, stop)


def mail(unit, content="c1", to=None):
    """A small mail."""
    made = EmailMessage()
    made["Message-ID"], made["Subject"] = f"<2026-q4.{unit or 'office'}.{content}@ombudsman.ge>", "x"
    made.set_content(content)
    return Mail("2026-Q4", unit, content, made, "from@example.org", to or (f"{unit or 'office'}@example.org",))


@pytest.fixture
def deliver(post, ledger):
    """A way to run a delivery of four mails: unit → outcome."""

    def run(mails=None, patience=None, again=False, port=None):
        server = Server("127.0.0.1", port or post.port, "none")
        clock = (patience or Patience()).clock
        return dict(Delivery(server, ledger, clock, again).deliver(mails or map(mail, UNITS)))

    return run


ALL = sorted(f"{unit or 'office'}@example.org" for unit in UNITS)


def test_every_unit_gets_one_mail(deliver, post):
    """And the whole Office its edition."""
    assert deliver() == dict.fromkeys(UNITS, "sent")
    assert post.boxes() == ALL


def test_repeating_it_sends_nothing_twice(deliver, post):
    """The ledger knows."""
    deliver()
    assert deliver() == dict.fromkeys(UNITS, "known")
    assert post.boxes() == ALL


def test_a_temporary_refusal_is_tried_again(deliver, post):
    """451 twice, then taken: one mail, after two waits."""
    post.answers["nvd@example.org"] = ["451 later", "RCPT 450 busy"]
    patience = Patience()
    assert deliver(patience=patience) == dict.fromkeys(UNITS, "sent")
    assert patience.waits == list(WAITS[:2])
    assert post.boxes() == ALL


def test_a_refusal_for_good_does_not_stop_the_others_and_is_not_tried_again_at_once(deliver, post):
    """One bad mailbox costs nobody else the bulletin; the next run tries it once more."""
    post.answers["equity@example.org"] = ["RCPT 550 no such user"]
    patience = Patience()
    assert deliver(patience=patience) == {"nvd": "sent", "equity": "refused", "growth": "sent", "": "sent"}
    assert patience.waits == []
    assert deliver() == {"nvd": "known", "equity": "sent", "growth": "known", "": "known"}
    assert post.boxes() == ALL


def test_a_server_that_stays_busy_is_left_for_the_next_run(deliver, post):
    """After the last wait the unit is told as failed, and the others get theirs."""
    post.answers["nvd@example.org"] = ["451 later"] * 4
    assert deliver()["nvd"] == "failed"
    assert deliver()["nvd"] == "sent"
    assert post.boxes() == ALL


def test_a_line_that_breaks_is_tried_again_under_the_same_name(deliver, post):
    """A server that hangs up before it has answered has taken nothing."""
    post.answers["growth@example.org"] = ["drop"]
    assert deliver()["growth"] == "sent"
    assert post.boxes() == ALL


def test_a_server_that_is_not_there_ends_the_run(deliver, ledger):
    """Nineteen units need not wait for it one after the other."""
    assert deliver(port=1) == {"nvd": "failed"}
    assert ledger.last()["nvd"].said == "not reached"


def test_of_several_addresses_only_those_refused_are_tried_again(deliver, post):
    """Two of three got it; the next run writes to the third alone."""
    to = ("a@example.org", "b@example.org", "c@example.org")
    post.answers["b@example.org"] = ["RCPT 550 no", "RCPT 451 later", "RCPT 451 later", "RCPT 451 later", "RCPT 451 later"]
    assert deliver([mail("nvd", to=to)]) == {"nvd": "part"}
    assert deliver([mail("nvd", to=to)]) == {"nvd": "failed"}
    assert deliver([mail("nvd", to=to)]) == {"nvd": "sent"}
    assert deliver([mail("nvd", to=to)]) == {"nvd": "known"}
    assert post.boxes() == list(to)


def test_an_address_that_was_mended_in_the_book_is_reached(deliver, post):
    """Only the new one is written to; and one that is added later gets what the others have."""
    post.answers["b@example.org"] = ["RCPT 550 no such user"]
    assert deliver([mail("nvd", to=("a@example.org", "b@example.org"))]) == {"nvd": "part"}
    assert deliver([mail("nvd", to=("a@example.org", "bb@example.org"))]) == {"nvd": "sent"}
    assert deliver([mail("nvd", to=("a@example.org", "bb@example.org"))]) == {"nvd": "known"}
    assert deliver([mail("nvd", to=("a@example.org", "bb@example.org", "c@example.org"))]) == {"nvd": "sent"}
    assert post.boxes() == ["a@example.org", "bb@example.org", "c@example.org"]


def test_another_text_of_the_same_quarter_is_sent_only_when_asked_for(deliver, post):
    """A new version of the program or of a foreword is no reason to write to everybody again."""
    deliver()
    assert deliver([mail("nvd", "c2")]) == {"nvd": "other"}
    assert deliver([mail("nvd", "c2")], again=True) == {"nvd": "sent"}
    assert deliver([mail("nvd", "c2")], again=True) == {"nvd": "known"}
    assert post.boxes().count("nvd@example.org") == 2


def test_a_unit_without_an_address_is_told(deliver):
    """Nobody is forgotten in silence."""
    nobody = Mail("2026-Q4", "nvd", "c1", mail("nvd").message, "from@example.org", ())
    assert deliver([nobody]) == {"nvd": "no-address"}


def test_who_is_asked_to_stop_ends_after_the_mail_in_hand(deliver, post):
    """A polite end leaves nothing half done."""
    assert deliver(patience=Patience(lambda: len(post.taken) >= 2)) == {"nvd": "sent", "equity": "sent"}
    assert deliver() == {"nvd": "known", "equity": "known", "growth": "sent", "": "sent"}
    assert post.boxes() == ALL


KILLED = """
import os, sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from kb.bulletins import ledger
from kb.bulletins import post
from kb.bulletins import posting

port, file, left = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def step():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)

def dying(real):
    def both(*arguments, **more):
        step()
        done = real(*arguments, **more)
        step()
        return done
    return both

for owner, name in (
    (post, "_connected"), (post, "_handed_over"), (post, "_goodbye"), (ledger.Ledger, "write"), (ledger.os, "fsync")
):
    setattr(owner, name, dying(getattr(owner, name)))

def mail(unit):
    made = EmailMessage()
    made["Message-ID"] = f"<2026-q4.{unit or 'office'}.c1@ombudsman.ge>"
    made["Subject"] = "x"
    made.set_content("c1")
    return posting.Mail("2026-Q4", unit, "c1", made, "from@example.org", (f"{unit or 'office'}@example.org",))

clock = post.Clock(lambda: datetime.now(UTC), lambda seconds: None)
server = post.Server("127.0.0.1", port, "none")
post.Delivery(server, ledger.Ledger(file), clock).deliver(map(mail, sys.argv[4].split(",")))
"""


def test_killed_at_any_step_and_run_again_nobody_is_missed_and_no_name_comes_twice(post, tmp_path):
    """Killed before or after each step: every unit has its mail, and a mail that came twice has one Message-ID.

    It comes twice only when the kill falls between the server's word and the ledger's line, for that one unit.
    """
    server, point = Server("127.0.0.1", post.port, "none"), 0
    boxes = ["equity@example.org", "nvd@example.org", "office@example.org"]
    for point in range(1, 96):
        post.taken.clear()
        ledger = Ledger(tmp_path / f"{point}.jsonl")
        command = [sys.executable, "-c", KILLED, str(post.port), str(ledger.file), str(point), "nvd,equity,"]
        ended = subprocess.run(command, check=False, timeout=60).returncode
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        unsure = [unit for unit, line in ledger.last().items() if line.result == "sending"]
        Delivery(server, ledger, Patience().clock).deliver(map(mail, ("nvd", "equity", "")))
        assert sorted(set(post.boxes())) == boxes, point
        twice = [box for box, group in itertools.groupby(post.boxes()) if len(list(group)) > 1]
        assert set(twice) <= {f"{unit or 'office'}@example.org" for unit in unsure}, point
        names = [email.message_from_bytes(content)["Message-ID"] for _, content in post.taken]
        assert len(set(names)) == len(boxes)
    assert point > 30


# --- the ledger


def attempt(unit, result="sent"):
    """A line."""
    return Attempt("2026-Q4", unit, "c1", f"2026-q4.{unit}.c1@ombudsman.ge", "2027-01-04T05:00:00Z", result)


def test_the_last_line_of_a_unit_counts(ledger):
    """What was sending is sent."""
    for result in ("sending", "failed", "sending", "sent"):
        ledger.write(attempt("nvd", result))
    assert {unit: line.result for unit, line in ledger.last().items()} == {"nvd": "sent"}


def test_a_ledger_cut_off_anywhere_is_read_as_far_as_it_is_whole(ledger):
    """A line that a kill cut counts as not written, and the next begins on its own."""
    for unit in ("nvd", "growth"):
        ledger.write(attempt(unit))
    whole = ledger.file.read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(len(whole) + 1):
        ledger.file.write_bytes(whole[:length])
        known = set(ledger.last())
        assert known == ({"nvd"} if length >= first - 1 else set()) | ({"growth"} if length >= len(whole) - 1 else set())
        ledger.write(attempt("equity"))
        assert set(ledger.last()) == known | {"equity"}


def test_the_ledger_holds_no_address(deliver, ledger, post):
    """It is committed beside the quarter."""
    post.answers["b@example.org"] = ["RCPT 550 no such user b@example.org"]
    deliver([mail("nvd", to=("a@example.org", "b@example.org"))])
    assert b"example.org" not in ledger.file.read_bytes()
    assert ledger.last()["nvd"].reached == (tag("2026-q4.nvd.c1@ombudsman.ge", "a@example.org"),)


def test_two_deliveries_at_once_are_refused(ledger):
    """The second says so; the first's lock goes with its process."""
    with ledger.held(), pytest.raises(Busy, match="another delivery"), Ledger(ledger.file).held():
        pass
    with ledger.held():
        pass


# --- settings and addresses


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "KB_SMTP_HOST is not set"),
        ({"KB_SMTP_HOST": "m", "KB_SMTP_SECURITY": "tls"}, "must be starttls, ssl or none"),
        ({"KB_SMTP_HOST": "mail.example.org", "KB_SMTP_SECURITY": "none"}, "only for a server on this machine"),
        ({"KB_SMTP_HOST": "m", "KB_SMTP_PORT": "x"}, "must be a number"),
        ({"KB_SMTP_HOST": "m", "KB_SMTP_PORT": "70000"}, "must be a number"),
        ({"KB_SMTP_HOST": "m", "KB_SMTP_USER": "u"}, "go together"),
    ],
)
def test_wrong_settings_are_told_without_the_password(given, words):
    """Before a single mail is sent."""
    with pytest.raises(BadSettings, match=words):
        server_of(given)


def test_settings_have_the_usual_ports_and_hide_the_password():
    """587 for STARTTLS, 465 for TLS from the first byte."""
    secret = {"KB_SMTP_HOST": "m", "KB_SMTP_USER": "u", "KB_SMTP_PASSWORD": "geheim"}
    assert (server_of(secret).port, server_of(secret | {"KB_SMTP_SECURITY": "ssl"}).port) == (587, 465)
    assert "geheim" not in repr(server_of(secret))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from: [", ":1: must close the bracket"),
        ("units: {nvd: [a@example.org]}", "from: Field required"),
        ("from: a@example.org\nunits: {nvd: []}", "units.nvd"),
        ("from: a@example.org\nunits: {nvd: [nonsense]}", "units.nvd.0"),
        ("from: a@example.org\nunits: {nvn: [a@example.org]}", "there is no unit nvn"),
        ("from: a@example.org\nunits: {}\nmore: 1", "more"),
        ("", "must not be empty"),
        ("- a@example.org", "Input should be"),
        ("from: a@example.org\nunits:\n  nvd: [a@example.org]\n  nvd: [b@example.org]", ":4: must appear only once"),
        ("from: a@example.org\nfrom: b@example.org\nunits: {}", ":2: must appear only once"),
        ("from: a@example.org\nunits:\n  nvd: [a@example.org", ":3: must close the bracket"),
        ("from: a@example.org\nunits: {nvd@example.org: [a@example.org]}", "units.….\\[key\\]"),
        ("from: a@example.org\nunits: {}\nall@example.org: 1", "…: Extra inputs"),
        ("from: a@example.org\nunits: {nvd: &x [a@example.org], office: *x}", ":2: must not use YAML anchors"),
        (b"from: \xff@example.org", ":1: must be text in UTF-8"),
    ],
)
def test_a_wrong_list_of_addresses_is_told_by_its_place(tmp_path, text, words):
    """And no address is shown."""
    file = tmp_path / "book.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(addresses.BadBook, match=words) as told:
        addresses.read(file, ["nvd"], tmp_path / "repository")
    assert "@" not in str(told.value)


def test_a_list_of_addresses_inside_the_repository_is_refused(tmp_path):
    """The next commit would publish it."""
    (tmp_path / "book.yml").write_text(BOOK)
    with pytest.raises(addresses.BadBook, match="must not lie in the repository"):
        addresses.read(tmp_path / "book.yml", ["nvd"], tmp_path)


# --- encryption


class Letting:
    """Lets in who knows the password."""

    def __call__(self, *given):
        """Whether a name and a password are right."""
        data = given[-1]
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"kb", b"geheim")
        return AuthResult(success=right, handled=right)


@pytest.mark.parametrize("security", ["starttls", "ssl"])
@pytest.mark.parametrize("case", [("geheim", True, "sent"), ("wrong", True, "refused"), ("geheim", False, "failed")])
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd does not count TLS from the first byte
def test_the_line_is_encrypted_and_the_server_is_who_it_says(monkeypatch, certificate, ledger, security, case):
    """A wrong password and a certificate that nobody vouches for send nothing."""
    password, trusted, outcome = case
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "ca.pem"))
    handler = Post()
    asked = {"authenticator": Letting(), "auth_required": True}
    way = (
        {"ssl_context": context, "auth_require_tls": False}
        if security == "ssl"
        else {"tls_context": context, "require_starttls": True}
    )
    controller = Local(handler, hostname="127.0.0.1", port=0, server_hostname="localhost", **asked, **way)
    controller.start()
    try:
        server = Server("127.0.0.1", controller.port, security, "kb", password)
        assert Delivery(server, ledger, Patience().clock).deliver([mail("nvd")]) == [("nvd", outcome)]
        assert len(handler.taken) == (outcome == "sent")
    finally:
        controller.stop()


# --- the commands


@pytest.fixture
def closed(tree, kb_command):
    """The small tree with its first quarter closed."""
    assert kb_command("quarter", "2026-Q4", "--records", str(tree.root)).exit_code == 0
    return tree


def test_kb_deliver_writes_every_units_files_and_sends_nothing(closed, kb_command, tmp_path):
    """A mail and a document for each unit and for the whole Office; the same bytes when repeated."""
    out = tmp_path / "out"
    command = ("deliver", "2026-Q4", "--records", str(closed.root), "--out", str(out))
    assert kb_command(*command).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(before) == {f"{u}.{e}" for u in ("nvd", "international-exchanges", "office") for e in ("eml", "docx")}
    assert kb_command(*command).exit_code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_kb_deliver_send_writes_to_the_addresses_and_keeps_the_proof(closed, kb_command, tmp_path, post, monkeypatch):
    """Once; the ledger stands with the quarter, and the records are still right."""
    for name, value in {"HOST": "127.0.0.1", "PORT": str(post.port), "SECURITY": "none"}.items():
        monkeypatch.setenv(f"KB_SMTP_{name}", value)
    (tmp_path / "book.yml").write_text(BOOK)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    command = ("deliver", "2026-Q4", "--records", str(closed.root), "--out", str(tmp_path / "out"), "--send")
    assert kb_command(*command).exit_code == 2
    done = kb_command(*command, "--book", str(tmp_path / "book.yml"))
    assert done.exit_code == 0, done.output
    assert post.boxes() == ["all@example.org", "ir@example.org", "nvd@example.org"]
    assert kb_command(*command, "--book", str(tmp_path / "book.yml")).exit_code == 0
    assert len(post.taken) == 3
    rows = [json.loads(line) for line in (closed.root / "_quarters/2026-Q4.sent.jsonl").read_text().splitlines()]
    assert [row["result"] for row in rows] == ["sending", "sent"] * 3
    assert closed.problems() == []


def test_kb_deliver_of_an_open_quarter_is_refused(tree, kb_command):
    """First close it."""
    done = kb_command("deliver", "2026-Q4", "--records", str(tree.root))
    assert done.exit_code == 2
    assert "not closed yet" in done.stderr


def test_kb_quarter_writes_once_and_reopens_with_a_reason(closed, kb_command):
    """A second run changes nothing; a future quarter and a wrong name are refused."""
    file = closed.root / "_quarters/2026-Q4.json"
    before = file.read_bytes()
    closed.edit("nno/resources/guide.yml", "year: 2024", "year: 2025")
    again = kb_command("quarter", "2026-Q4", "--records", str(closed.root))
    assert (again.exit_code, file.read_bytes()) == (0, before)
    assert kb_command("quarter", "2026-Q4", "--records", str(closed.root), "--reopen", "a slip").exit_code == 0
    assert b"a slip" in file.read_bytes()
    assert kb_command("quarter", "2027-Q1", "--records", str(closed.root)).exit_code == 2
    assert kb_command("quarter", "2026-4", "--records", str(closed.root)).exit_code == 2


def test_kb_quarter_of_wrong_records_is_refused(tree, kb_command):
    """Nothing wrong is kept for ever."""
    tree.edit("nno/resources/guide.yml", "year: 2024", "year: 1")
    done = kb_command("quarter", "2026-Q4", "--records", str(tree.root))
    assert done.exit_code == 1
    assert not (tree.root / "_quarters").exists()


def test_kb_changes_tells_in_words_and_as_data(closed, kb_command, tmp_path):
    """Against the last quarter, a named one, or another tree."""
    closed.edit("nno/resources/guide.yml", "year: 2024", "year: 2025")
    english = kb_command("changes", "--records", str(closed.root), "--lang", "en").output
    assert english == "NNO, ‘Guide’: year of publication changed: 2024 → 2025 [international-exchanges, nvd]\n"
    [row] = json.loads(kb_command("changes", "--records", str(closed.root), "--base", "2026-Q4", "--format", "json").output)
    assert (row["field"], row["before"], row["after"], row["units"]) == ("year", 2024, 2025, ["international-exchanges", "nvd"])
    other = type(closed)(tmp_path / "other")
    assert "2024" in kb_command("changes", "--records", str(closed.root), "--base", str(other.root)).output
    assert kb_command("changes", "--records", str(closed.root), "--base", "2020-Q1").exit_code == 2
    assert kb_command("changes", "--records", str(other.root)).exit_code == 2


def test_a_foreword_comes_as_plain_paragraphs():
    """Front matter, marks and relative links are taken out of Markdown."""
    markdown = "---\ntitle: x\n---\n# ბიულეტენი\n\nFirst **bold** line\nof [a page](../x.md) and [a site](https://example.org/).\n\n\nLast.\n"
    assert bulletins.as_plain(markdown) == "ბიულეტენი\n\nFirst bold line of a page and a site (https://example.org/).\n\nLast."


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("[link](https://example.org/a_b)", "link (https://example.org/a_b)"),
        ("[link](https://example.org/_a_/*b)", "link (https://example.org/_a_/*b)"),
        ("**https://example.org/a_b_c**.", "https://example.org/a_b_c."),
        ("snake_case, _stress_ and __more__, `code`", "snake_case, stress and more, code"),
        (r"5 \* 3 \_ 2 * 1", "5 * 3 _ 2 * 1"),
    ],
)
def test_a_foreword_keeps_underscores_within_words_and_addresses(markdown, plain):
    """Only what Markdown takes for a mark is one (CommonMark, 6.2)."""
    assert bulletins.as_plain(markdown) == plain


def test_the_lines_of_a_list_in_a_foreword_stay_lines():
    """One under the other, a long item in one line, whatever sign stands before them."""
    markdown = "Read\nthis:\n\n- **one**\n  goes on\n- two\n\nand:\n* three\n2. four\n"
    assert bulletins.as_plain(markdown) == "Read this:\n\n- one goes on\n- two\n\nand:\n- three\n2. four"


def test_a_foreword_is_found_by_language_and_quarter(tmp_path):
    """One language may be missing."""
    (tmp_path / "ka" / "bulletins").mkdir(parents=True)
    (tmp_path / "ka" / "bulletins" / "2026-q4.md").write_text("წინასიტყვაობა", "utf-8")
    assert bulletins.forewords(tmp_path, parse("2026-Q4")) == {"ka": "წინასიტყვაობა"}


def test_random_faults_and_repeats_reach_everybody_once(deliver, post):
    """Whatever mixture of refusals comes, repeating ends with one mail for each."""
    chance = random.Random(7)
    faults = ["451 later", "RCPT 450 busy", "RCPT 550 no", "554 no", "drop", "421 bye"]
    post.answers = {box: chance.choices(faults, k=chance.randint(0, 9)) for box in ALL}
    for _ in range(30):
        if set(deliver().values()) == {"known"}:
            break
    assert post.boxes() == ALL
    assert threading.active_count() < 20
