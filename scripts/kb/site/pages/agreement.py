"""An agreement's page: with whom, on what, how long, and what each unit owes under it."""

from datetime import date

from kb.records import sections
from kb.site.citations import Citations
from kb.upkeep.clocks import expired
from kb.records.knowledge import Entry
from kb.words.markup import COMMA, EMPTY, Html, escape, joined, state, together
from kb.records.model import Agreement, Obligation
from kb.history.snapshot import plain
from kb.site.view import Body, Facts, Notice, Page, Section, Table
from kb.site.writer import Writer

TONES = {"active": "confirmed", "expired": "late", "suspended": "late", "negotiation": "due", "to-confirm": "due"}


def page(w: Writer, entry: Entry[Agreement]) -> Page:
    """The page of one agreement."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    parts = (
        Section("obligations", words.html("agreement.obligations"), _obligations(w, record)),
        Section(
            "follow-up", words.html("agreement.follow_up"), (w.statements(record.follow_up, cite),) if record.follow_up else ()
        ),
    )
    notices = [Notice("doubt", words.text(note)) for note in (record.state_note, record.note) if note]
    body = Body(
        kicker=escape(words(f"agreement-kind.{record.kind}")),
        title=words.text(record.title),
        lead=together(words.text(record.subject), mark),
        notices=(*w.notices(entry), *notices),
        facts=(
            *w.fact("filter.status", status(w, record)),
            *w.fact("agreement.counterpart", words.text(record.counterpart.name)),
            *_signed(w, record),
            *w.fact_in_words("agreement.signatories", ", ".join(record.signatories)),
            *w.fact_in_words("agreement.period", words.span(record.period.start, record.period.end) if record.period else None),
            *w.fact_in_words("agreement.valid_until", words.date(ends(record)) or words("agreement.validity_unknown")),
            *w.fact("agreement.renew_by", _renewal(w, record)),
            *w.fact("meta.responsible", w.unit_link(w.kb.units[record.owner]) if record.owner else None),
            *w.fact("nav.themes", w.theme_chips(record.themes) if record.themes else None),
            *w.fact_in_words("opp.budget", record.budget),
            *w.fact_in_words("meta.confidence", record.confidence and words(f"confidence.{record.confidence}")),
            *w.fact_in_words("meta.basis", record.title_basis and words(f"basis.{record.title_basis}")),
        ),
        sections=tuple(s for s in parts if s.blocks),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    return Page(sections.address(entry), "agreements", title, words.plain(record.subject), body, source=entry.path)


def _signed(w: Writer, record: Agreement) -> Facts:
    """When it was signed, else since when it runs, which is not the same."""
    since = "" if record.signed else runs_since(w, record)
    when = since or w.words.date(record.signed) or w.words("empty.not_found_value")
    said = joined([escape(when), w.words.text(record.place)], COMMA)
    return w.fact("table.date" if since else "agreement.signed_on", said)


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


def status(w: Writer, record: Agreement) -> Html:
    """In force or expired by its last day, an active one by the end of its period too; without one, what the record says."""
    last = ends(record) if record.state == "active" else record.valid_until
    if last and last < w.today.isoformat()[: len(last)]:
        return state("late", w.words("agreement-status.expired"))
    return state(TONES[record.state], w.words(f"agreement-status.{record.state}"))


def _renewal(w: Writer, record: Agreement) -> Html:
    """The day by which renewal must be decided, with the days left, or that it is past while the agreement still runs."""
    if not record.renew_by:
        return EMPTY
    left, over = (date.fromisoformat(record.renew_by) - w.today).days, expired(plain(record), w.today)
    word = state("late", w.words("task-status.overdue")) if left < 0 else w.days_words(left)
    return joined([escape(w.words.date(record.renew_by)), EMPTY if over else word])


def _obligations(w: Writer, record: Agreement) -> tuple[Table, ...]:
    if not record.obligations:
        return ()
    head = (w.words("agreement.obligation"), w.words("meta.responsible"), w.words("meta.deadline"), w.words("filter.status"))
    return (Table(w.words("agreement.obligations"), head, tuple(_obligation(w, o) for o in record.obligations)),)


def _obligation(w: Writer, duty: Obligation) -> tuple[Html, ...]:
    late = duty.state != "done" and duty.due is not None and duty.due < w.today.isoformat()[: len(duty.due)]
    word = state("late", w.words("task-status.overdue")) if late else state(_tone(duty), w.words(f"task-status.{duty.state}"))
    due = w.words.short(duty.due) or w.words("empty.not_found_value")
    return w.words.text(duty.what), w.unit_link(w.kb.units[duty.owner]), escape(due), word


def _tone(duty: Obligation) -> str:
    return "confirmed" if duty.state == "done" else "due"
