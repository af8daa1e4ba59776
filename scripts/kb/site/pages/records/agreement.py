"""An agreement's page: with whom, on what, how long, and what each unit owes under it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kb.history.snapshot import plain
from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Agreement, Obligation
from kb.site.view.blocks import Cell, Notice, Page, Section, Table, cells
from kb.site.view.citations import Citations
from kb.site.view.lines import COMMA, NOTHING, Line, Tone, joined, said, together
from kb.site.view.writer import Writer
from kb.upkeep.clocks import expired

TONES: dict[str, Tone] = {
    "active": "confirmed",
    "expired": "late",
    "suspended": "late",
    "negotiation": "due",
    "to-confirm": "due",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    """What an agreement's page says besides what every page does."""

    template: ClassVar[str] = "agreement"
    status: Line
    counterpart: Line
    signed: Line
    since: Line
    """Since when it runs, where the day of signing is not known."""
    signatories: Line
    period: Line
    valid_until: Line
    renew_by: Line
    responsible: Line
    themes: Line
    budget: Line
    confidence: Line
    basis: Line


def page(w: Writer, entry: Entry[Agreement]) -> AgreementPage:
    """The page of one agreement."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    follow_up = (w.statements(record.follow_up, cite),) if record.follow_up else ()
    signed, since = _begun(w, record)
    return AgreementPage(
        address=sections.address(entry),
        section="agreements",
        title=words.plain(record.title),
        description=words.plain(record.subject),
        kicker=w.say(f"agreement-kind.{record.kind}"),
        heading=w.text(record.title),
        lead=together(w.text(record.subject), mark),
        notices=(*w.notices(entry), *(Notice("doubt", w.text(note)) for note in (record.state_note, record.note) if note)),
        status=status(w, record),
        counterpart=w.text(record.counterpart.name),
        signed=signed,
        since=since,
        signatories=said(", ".join(record.signatories)),
        period=said(words.span(record.period.start, record.period.end)) if record.period else NOTHING,
        valid_until=said(words.date(ends(record)) or words("agreement.validity_unknown")),
        renew_by=_renewal(w, record),
        responsible=w.unit_link(w.kb.units[record.owner]) if record.owner else NOTHING,
        themes=w.theme_chips(record.themes) if record.themes else NOTHING,
        budget=said(record.budget),
        confidence=w.say(f"confidence.{record.confidence}") if record.confidence else NOTHING,
        basis=w.say(f"basis.{record.title_basis}") if record.title_basis else NOTHING,
        sections=(
            Section("obligations", words("agreement.obligations"), _obligations(w, record)),
            Section("follow-up", words("agreement.follow_up"), follow_up),
        ),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _begun(w: Writer, record: Agreement) -> tuple[Line, Line]:
    """(when it was signed, or that nobody knows; else since when it runs, which is not the same), with the place."""
    place = w.text(record.place)
    if since := "" if record.signed else runs_since(w, record):
        return NOTHING, joined([said(since), place], COMMA)
    when = w.words.date(record.signed) or w.words("empty.not_found_value")
    return joined([said(when), place], COMMA), NOTHING


def runs_since(w: Writer, record: Agreement) -> str:
    """Since when an agreement runs, in words; nothing where nobody knows."""
    since = begins(record)
    return w.words("network.since", date=w.words.since(since)) if since else ""


def begins(record: Agreement) -> str | None:
    """Since when an agreement runs, or the beginning of its period."""
    return record.since or (record.period.start if record.period else None)


def ends(record: Agreement) -> str | None:
    """The last day of an agreement, or the end of its period."""
    return record.valid_until or (record.period.end if record.period else None)


def status(w: Writer, record: Agreement) -> Line:
    """In force or expired by its last day, an active one by the end of its period too; without one, what the record says."""
    last = ends(record) if record.state == "active" else record.valid_until
    if last and last < w.today.isoformat()[: len(last)]:
        return said(w.words("agreement-status.expired"), "late")
    return w.say(f"agreement-status.{record.state}", TONES[record.state])


def _renewal(w: Writer, record: Agreement) -> Line:
    """The day by which renewal must be decided, with the days left, or that it is past while the agreement still runs."""
    if not record.renew_by:
        return NOTHING
    left, over = (date.fromisoformat(record.renew_by) - w.today).days, expired(plain(record), w.today)
    word = said(w.words("task-status.overdue"), "late") if left < 0 else w.days_words(left)
    return joined([said(w.words.date(record.renew_by)), NOTHING if over else word])


def _obligations(w: Writer, record: Agreement) -> tuple[Table, ...]:
    if not record.obligations:
        return ()
    head = (w.words("agreement.obligation"), w.words("meta.responsible"), w.words("meta.deadline"), w.words("filter.status"))
    return (Table(w.words("agreement.obligations"), head, tuple(_obligation(w, o) for o in record.obligations)),)


def _obligation(w: Writer, duty: Obligation) -> tuple[Cell, ...]:
    late = duty.state != "done" and duty.due is not None and duty.due < w.today.isoformat()[: len(duty.due)]
    word = said(w.words("task-status.overdue"), "late") if late else w.say(f"task-status.{duty.state}", _tone(duty))
    due = w.words.short(duty.due) or w.words("empty.not_found_value")
    return cells(w.text(duty.what), w.unit_link(w.kb.units[duty.owner]), said(due), word)


def _tone(duty: Obligation) -> Tone:
    return "confirmed" if duty.state == "done" else "due"
