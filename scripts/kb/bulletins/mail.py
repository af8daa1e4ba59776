"""The bulletin of a unit as a mail message: text and HTML, Georgian and then English, nothing loaded from anywhere."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from kb.bulletins.letter import Letter, Line, Run, joined
from kb.bulletins.posting import Envelope, Posting
from kb.records.sections import ROOTS
from kb.upkeep.agenda import DOMAIN
from kb.words.language import Words
from kb.words.markup import BREAK, EMPTY, Html, anchor_html, escape, lines, safe, together
from kb.words.markup import joined as joined_html

MORNING = time(9, 0, tzinfo=ZoneInfo("Asia/Tbilisi"))  # the hour that every bulletin's Date names: the Office opens
FONT = "font-family:'Noto Sans Georgian','Sylfaen','DejaVu Sans',sans-serif"
STYLES = {
    "body": f"margin:0 auto;max-width:42em;padding:16px;{FONT};font-size:16px;line-height:1.6;color:#1b1f24;background:#ffffff",
    "h1": "font-size:22px;line-height:1.3;margin:24px 0 4px",
    "h2": "font-size:18px;line-height:1.3;margin:24px 0 8px",
    "li": "margin:0 0 8px",
    "del": "color:#8a1c1c;text-decoration:line-through",
    "ins": "color:#1d5c2e;text-decoration:underline",
    "quiet": "color:#4a5560;margin:0 0 12px",
    "a": "color:#0b4a8f",
}
MARKS = {"gone": "del", "new": "ins"}
LINE = safe("\n")


def message(letters: Sequence[Letter], posting: Posting, envelope: Envelope) -> EmailMessage:
    """The message of a unit's letters, the same for the same letters.

    Message-ID is made of the quarter, the unit and the content, so that a mail sent twice is one mail to a reader's
    program, and another content is another mail.
    """
    first = letters[0]
    text, html = as_text(letters, envelope.site), as_html(letters, envelope.site)
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


# --- text


def as_text(letters: Iterable[Letter], site: str) -> str:
    """The letters as plain text, one below the other."""
    return f"\n\n{'-' * 60}\n\n".join([_text(letter, site) for letter in letters]) + "\n"


def _text(letter: Letter, site: str) -> str:
    words = Words("ka" if letter.language == "ka" else "en")

    def said(run: Run) -> str:
        text = words("change.cut" if run.mark == "gone" else "change.put", text=run.text) if run.mark else run.text
        link = link_of(run, letter.language, site)
        return f"{text} <{link}>" if link else text

    blocks = [letter.title, letter.period, words("letter.greeting"), *letter.opening, letter.foreword]
    for section in letter.sections:
        items = [item for line in section.lines for item in (f"- {joined(line.runs, said)}", *_below(line, said))]
        blocks.append("\n".join([section.heading, "", *items, *([joined(section.rest, said)] if section.rest else [])]))
    blocks += [joined(letter.note, said), "\n".join(letter.closing)]
    return "\n\n".join(block for block in blocks if block)


def _below(line: Line, said: Callable[[Run], str]) -> list[str]:
    return [f"    – {joined(runs, said)}" for runs in line.below]


# --- HTML


def as_html(letters: Sequence[Letter], site: str) -> str:
    """The letters as one page that loads nothing; styles stand on the elements, where mail programs look for them."""
    bodies = '<hr style="margin:32px 0">'.join([str(html_of(letter, site)) for letter in letters])
    first = letters[0]
    return (
        f'<!DOCTYPE html>\n<html lang="{first.language}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(first.title)}</title></head>\n'
        f'<body style="{STYLES["body"]}">\n{bodies}\n</body>\n</html>\n'
    )


def html_of(letter: Letter, site: str) -> Html:
    """One letter as HTML without the page around it; links begin with `site`, which may be the way up: `..`."""
    words = Words("ka" if letter.language == "ka" else "en")

    def said(run: Run) -> Html:
        text = escape(run.text)
        if run.mark:
            tag = MARKS[run.mark]
            text = safe(f'<{tag} style="{STYLES[tag]}">{text}</{tag}>')
        if link := link_of(run, letter.language, site):
            text = anchor_html(link, text, f' style="{STYLES["a"]}"')
        return safe(f"<strong>{text}</strong>") if run.strong else text

    parts = [
        _element("h1", escape(letter.title)),
        _element("p", escape(letter.period), "quiet"),
        _element("p", words.html("letter.greeting")),
    ]
    parts += [_element("p", lines(text)) for text in (*letter.opening, *letter.foreword.split("\n\n")) if text]
    for section in letter.sections:
        parts.append(_element("h2", escape(section.heading)))
        parts.append(_list(_item(line, said) for line in section.lines))
        parts += [_element("p", safe(joined(section.rest, said)))] if section.rest else []
    if letter.note:
        parts.append(_element("p", safe(joined(letter.note, said))))
    parts.append(_element("p", joined_html(map(escape, letter.closing), BREAK), "quiet"))
    return safe(f'<div lang="{letter.language}">\n{joined_html(parts, LINE)}\n</div>')


def _item(line: Line, said: Callable[[Run], Html]) -> Html:
    below = _list(safe(joined(runs, said)) for runs in line.below) if line.below else EMPTY
    return safe(f"{joined(line.runs, said)}{below}")


def _list(items: Iterable[Html]) -> Html:
    return safe(f'<ul style="margin:0;padding-left:20px">{together(*[_element("li", item) for item in items])}</ul>')


def _element(tag: str, content: Html, style: str = "") -> Html:
    own = STYLES.get(style or tag, "margin:0 0 12px")
    return safe(f'<{tag} style="{own}">{content}</{tag}>')


def link_of(run: Run, language: str, site: str) -> str:
    """Where a run leads, as a whole address; empty for nowhere and where the site's address is not known."""
    if not run.href or run.href.startswith(("https://", "http://")):
        return run.href
    if site == "..":  # from a file beside the pages of the same language
        return f"../{run.href}"
    return f"{site.rstrip('/')}/{ROOTS[language]}{run.href}" if site else ""
