"""Sending bulletins by SMTP: each unit once, whatever breaks in between.

A mail counts as sent when the server has said so and the ledger holds it. A line goes into the ledger before each
attempt. Who kills the program between the server's word and the ledger's line leaves a line that says `sending`: the
next run sends that one mail again with the same Message-ID, which mail programs show once; nobody is missed.
"""

import smtplib
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kb.bulletins.ledger import Attempt, Ledger, Result, tag
from kb.bulletins.posting import Mail

WAITS = (5.0, 30.0, 120.0)  # seconds before the second, third and fourth attempt after a temporary refusal
TIMEOUT = 60.0
HOPELESS = ("not reached", "not let in")  # what the next unit would only meet again
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
VARIABLES = ("KB_SMTP_HOST", "KB_SMTP_PORT", "KB_SMTP_SECURITY", "KB_SMTP_USER", "KB_SMTP_PASSWORD")
PORTS = {"starttls": 587, "ssl": 465, "none": 25}

Security = Literal["starttls", "ssl", "none"]
Outcome = Literal["sent", "part", "refused", "failed", "known", "other", "no-address"]


class BadSettings(Exception):
    """The settings of the mail server are missing or wrong; the words never hold the password."""


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach the mail server."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password: it must not stand in a log."""
        return f"Server({self.host}:{self.port}, {self.security})"


def server_of(environment: Mapping[str, str]) -> Server:
    """The settings from the environment; raises BadSettings.

    Without encryption only a server on this machine is used: neither password nor letters go over a network in clear.
    """
    host, security = environment.get("KB_SMTP_HOST", ""), environment.get("KB_SMTP_SECURITY", "starttls")
    if not host:
        raise BadSettings(f"KB_SMTP_HOST is not set; the settings are {', '.join(VARIABLES)}")
    if security not in ("starttls", "ssl", "none"):
        raise BadSettings("KB_SMTP_SECURITY must be starttls, ssl or none")
    if security == "none" and host not in LOCAL:
        raise BadSettings("KB_SMTP_SECURITY may be none only for a server on this machine")
    port = environment.get("KB_SMTP_PORT", "") or str(PORTS[security])
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSettings("KB_SMTP_PORT must be a number from 1 to 65535")
    user, password = environment.get("KB_SMTP_USER", ""), environment.get("KB_SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise BadSettings("KB_SMTP_USER and KB_SMTP_PASSWORD go together")
    return Server(host, int(port), "ssl" if security == "ssl" else "none" if security == "none" else "starttls", user, password)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and the patience of a delivery; the command gives the real ones."""

    now: Callable[[], datetime]
    wait: Callable[[float], None]
    stop: Callable[[], bool] = lambda: False
    """Whether somebody asked to end after the mail in hand."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One run over the mails of a quarter."""

    server: Server
    ledger: Ledger
    clock: Clock
    again: bool = False
    """Whether a unit that got another text gets this one, too."""

    def deliver(self, mails: Iterable[Mail]) -> list[tuple[str, Outcome]]:
        """Send what the ledger does not hold as sent; returns (unit, outcome) of those that were come to.

        known: sent before. other: sent before with another text. A server that cannot be reached, or lets nobody in,
        ends the run: the rest is for the next.
        """
        done, found = self.ledger.last(), []
        for mail in mails:
            if self.clock.stop():
                break
            outcome, said = self._one(mail, done.get(mail.unit))
            found.append((mail.unit, outcome))
            if said in HOPELESS:
                break
        return found

    def _one(self, mail: Mail, before: Attempt | None) -> tuple[Outcome, str]:
        if not mail.to:
            return "no-address", ""
        reached = before.reached if before else ()
        if before and before.content != mail.content:
            if reached and not self.again:
                return "other", ""
            reached = ()
        to = tuple(one for one in mail.to if tag(mail.name, one) not in reached)
        return self._attempts(replace(mail, to=to), reached) if to else ("known", "")

    def _attempts(self, mail: Mail, reached: tuple[str, ...]) -> tuple[Outcome, str]:
        """Try, and try again after a temporary refusal; every attempt is in the ledger, before it and after it.

        `reached` are the addresses that an earlier attempt reached, so that one that is mended in the book gets it, too.
        """
        for wait in (*WAITS, None):
            begun = Attempt(mail.quarter, mail.unit, mail.content, mail.name, self._now(), "sending", reached=reached)
            self.ledger.write(begun)
            ended, connection = _tried(mail, begun, self.server)
            self.ledger.write(replace(ended, at=self._now()))  # before goodbye: nothing may come between yes and the line
            _goodbye(connection)
            if ended.result != "failed" or wait is None or self.clock.stop():
                break
            self.clock.wait(wait)
        return ("failed" if ended.result == "sending" else ended.result), ended.said

    def _now(self) -> str:
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _tried(mail: Mail, attempt: Attempt, server: Server) -> tuple[Attempt, smtplib.SMTP | None]:
    """What became of an attempt, and the connection that is still open after it."""
    try:
        connection = _connected(server)
    except smtplib.SMTPAuthenticationError as error:
        return replace(attempt, result=_verdict(error.smtp_code), said="not let in"), None
    except (smtplib.SMTPException, OSError):
        return replace(attempt, result="failed", said="not reached"), None
    return _handed_over(mail, attempt, connection), connection


def _handed_over(mail: Mail, attempt: Attempt, connection: smtplib.SMTP) -> Attempt:
    """What the server said to a mail; some of its addresses may be refused while others are taken."""
    try:
        refused = connection.sendmail(mail.sender, list(mail.to), mail.message.as_bytes())
    except smtplib.SMTPRecipientsRefused as error:
        code = min(code for code, _ in error.recipients.values())
        return replace(attempt, result=_verdict(code), said=str(code))
    except smtplib.SMTPResponseException as error:
        return replace(attempt, result=_verdict(error.smtp_code), said=str(error.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return replace(attempt, result="failed", said=type(error).__name__)
    taken = {tag(attempt.message_id, one) for one in mail.to if one not in refused}
    reached = tuple(sorted(taken.union(attempt.reached)))
    return replace(attempt, result="part" if refused else "sent", said="250", reached=reached)


def _verdict(code: int) -> Result:
    """5xx is for good, anything else for now (RFC 5321, 4.2.1)."""
    return "refused" if 500 <= code < 600 else "failed"


def _goodbye(connection: smtplib.SMTP | None) -> None:
    """End a conversation; a server that says goodbye badly after it has taken the mail has taken it."""
    if connection is None:
        return
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _connected(server: Server) -> smtplib.SMTP:
    if server.security == "ssl":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
