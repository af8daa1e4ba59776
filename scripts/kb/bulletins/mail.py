"""The bulletin of a unit as a mail message: letters in, text and HTML out, as the templates of overrides/mail print them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import jinja2

from kb.bulletins.letter import Letter, Run, Section, link_of, spaced
from kb.bulletins.posting import Envelope, Posting
from kb.bulletins.sample import BARE, FULL
from kb.bulletins.stationery.templates import BadTemplate, Stationery, Template, failed, line_at, place_of
from kb.history.telling import Mark
from kb.upkeep.agenda import DOMAIN
from kb.words.language import Words

MORNING = time(9, 0, tzinfo=ZoneInfo("Asia/Tbilisi"))  # the hour that every bulletin's Date names: the Office opens
FOLDER = "mail"


def message(letters: Sequence[Letter], posting: Posting, envelope: Envelope, stationery: Stationery) -> EmailMessage:
    """The message of a unit's letters, the same for the same letters.

    Message-ID is made of the quarter, the unit and the content, so that a mail sent twice is one mail to a reader's
    program, and another content is another mail. Raises BadTemplate.
    """
    first = letters[0]
    text, html = as_text(letters, envelope.site, stationery), as_html(letters, envelope.site, stationery)
    made = EmailMessage(policy=SMTP)
    made["Message-ID"] = f"<{message_name(posting, content_hash(text, html))}>"
    made["Date"] = format_datetime(datetime.combine(posting.on, MORNING))
    made["Subject"] = " ".join(first.title.split())  # a header of two lines is refused, and with it the whole delivery
    if envelope.sender:
        made["From"] = Address(display_name=first.closing[1], addr_spec=envelope.sender)
    if envelope.to:
        made["To"] = [Address(addr_spec=one) for one in envelope.to]
    if not (envelope.sender and envelope.to):
        made["X-Unsent"] = "1"  # Outlook opens such a file as a draft to send
    made["List-Id"] = f"<{posting.unit or 'office'}.bulletin.{DOMAIN}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, subtype="plain", charset="utf-8", cte="base64")
    made.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    made["Content-Language"] = ", ".join(letter.language for letter in letters)  # after the parts, which would take it along
    made.set_boundary(f"=_{content_hash(text, html)}")
    return made


def content_hash(text: str, html: str) -> str:
    """Names what a letter says."""
    return hashlib.sha256(f"{text}\0{html}".encode()).hexdigest()[:20]


def message_name(posting: Posting, content: str) -> str:
    """The Message-ID of a bulletin without its brackets."""
    return f"{posting.quarter.lower()}.{posting.unit or 'office'}.{content}@{DOMAIN}"


def as_text(letters: Iterable[Letter], site: str, stationery: Stationery) -> str:
    """The letters as plain text, one below the other."""
    return printed("mail.txt", stationery, letters=[posted(letter, site) for letter in letters])


def as_html(letters: Iterable[Letter], site: str, stationery: Stationery) -> str:
    """The letters as one page that loads nothing; styles stand on the elements, where mail programs look for them."""
    return printed("mail.html", stationery, letters=[posted(letter, site) for letter in letters]) + "\n"


def html_of(letter: Letter, site: str, stationery: Stationery) -> str:
    """One letter as HTML without the page around it; links begin with `site`, which may be the way up: `..`."""
    return printed("letter.html", stationery, letter=posted(letter, site))


# --- what the templates are given


class Said(NamedTuple):
    """Words of a line."""

    space: str
    """What stands before them: a space or nothing."""
    text: str
    marked: str
    """The same for readers without colours: where a text lost or gained the words, it says so."""
    mark: Mark
    href: str
    """The whole address that they lead to; empty for nowhere."""
    strong: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a section, and what is said below it."""

    runs: tuple[Said, ...]
    below: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `rest` is the link to what the letter leaves out."""

    heading: str
    lines: tuple[Item, ...]
    rest: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter as the templates print it; paragraphs are tuples of lines."""

    language: str
    title: str
    period: str
    greeting: str
    opening: tuple[tuple[str, ...], ...]
    sections: tuple[Part, ...]
    note: tuple[Said, ...]
    closing: tuple[str, ...]


NAMES = frozenset({"letters", "letter", *Said._fields, *(field.name for kind in (Item, Part, Posted) for field in fields(kind))})
"""All that a template can name."""


def posted(letter: Letter, site: str) -> Posted:
    """A letter as the templates print it; `site` is the address with which its links begin."""
    words = Words("ka" if letter.language == "ka" else "en")

    def said(runs: Iterable[Run]) -> tuple[Said, ...]:
        return tuple([_said(space, run, words, link_of(run, letter.language, site)) for space, run in spaced(runs)])

    paragraphs = (text for text in (*letter.opening, *letter.foreword.split("\n\n")) if text)
    return Posted(
        letter.language,
        letter.title,
        letter.period,
        words("letter.greeting"),
        tuple(tuple(text.split("\n")) for text in paragraphs),
        tuple(_part(section, said) for section in letter.sections),
        said(letter.note),
        letter.closing,
    )


def _said(space: str, run: Run, words: Words, href: str) -> Said:
    marked = words("change.cut" if run.mark == "gone" else "change.put", text=run.text) if run.mark else run.text
    return Said(space, run.text, marked, run.mark, href, run.strong)


def _part(section: Section, said: Callable[[Iterable[Run]], tuple[Said, ...]]) -> Part:
    items = tuple(Item(said(line.runs), tuple(map(said, line.below))) for line in section.lines)
    return Part(section.heading, items, said(section.rest))


# --- the templates


def printed(name: str, stationery: Stationery, **values: Any) -> str:
    """A template filled; raises BadTemplate, at the first use, when it is broken."""
    return environment(stationery.folder(FOLDER)).get_template(name).render(values)


@cache
def environment(templates: tuple[Template, ...]) -> jinja2.Environment:
    """The templates of mails, compiled once a process and tried before they are used; raises BadTemplate."""
    sources = {template.path: template.content.decode("utf-8", "replace") for template in templates}

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        path = f"overrides/{FOLDER}/{name}"
        if path not in sources:
            raise BadTemplate("missing", path)
        return sources[path], path, lambda: True

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    letters = [posted(letter, "https://example.org") for letter in (*FULL, *BARE)]
    for name in ("mail.html", "mail.txt"):
        _try(made, name, sources, letters)
    return made


def _try(made: jinja2.Environment, name: str, sources: Mapping[str, str], letters: Sequence[Posted]) -> None:
    """Fill a template and those that it includes, as a proof that they can be."""
    try:
        made.get_template(name).render(letters=letters)
    except BadTemplate:
        raise
    except jinja2.TemplateSyntaxError as error:
        path, line = error.filename or f"overrides/{FOLDER}/{name}", error.lineno
        found, why = line_at(sources[path], line), str(error.message)
        raise BadTemplate("syntax", path, line, found=found, why=why) from None
    except Exception as error:  # noqa: BLE001 - a template can do whatever Jinja lets it do
        path, line = place_of(error, sources)
        raise failed(error, path, line, line_at(sources[path], line), NAMES) from None
