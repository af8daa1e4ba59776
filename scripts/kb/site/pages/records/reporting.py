"""A reporting duty's page: what we submit to whom, what was submitted, and when the next is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Reporting, Submission
from kb.site.view.blocks import Notice, Page, Section, Statement, Statements
from kb.site.view.citations import Citations
from kb.site.view.lines import NOTHING, SEMICOLON, SPACE, Line, joined, said, together
from kb.site.view.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPage(Page):
    """What a reporting duty's page says besides what every page does."""

    template: ClassVar[str] = "reporting"
    next: Line
    last: Line
    body: Line
    capacity: Line
    frequency: Line
    cycle: Line
    responsible: Line
    networks: Line
    themes: Line
    national: Line


def page(w: Writer, entry: Entry[Reporting]) -> ReportingPage:
    """The page of one reporting duty."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    parts = tuple(_sections(w, record, cite))
    # the record is called after the body, and the page must not look like that body's own
    title = f"{words('report.title')} {words.plain(record.name)}"
    return ReportingPage(
        address=sections.address(entry),
        section="reporting",
        title=title,
        description=f"{title}: {words.plain(record.document)}" if record.document else title,
        heading=joined((w.say("report.title"), w.text(record.name)), SPACE),
        badge=said(record.abbreviation),
        lead=together(w.text(record.document), mark) if record.document else NOTHING,
        notices=(*w.notices(entry), *_doubts(w, record)),
        next=next_due(w, record),
        last=last_date(w, record),
        body=w.text(record.body),
        capacity=together(w.say(f"capacity.{record.capacity}"), NOTHING if record.document else mark),
        frequency=w.text(record.frequency),
        cycle=said(words("count.years", n=record.cycle_years)) if record.cycle_years else NOTHING,
        responsible=w.unit_link(w.kb.units[record.owner]) if record.owner else w.say("empty.owner"),
        networks=joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON),
        themes=w.theme_chips(record.themes) if record.themes else NOTHING,
        national=NOTHING if record.international else w.say("report.national"),
        sections=parts,
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _sections(w: Writer, record: Reporting, cite: Citations) -> Iterator[Section]:
    submitted = _submissions(w, record.submissions, cite)
    yield Section("submissions", w.words("report.submissions"), submitted, len(record.submissions))
    yield Section("reviews", w.words("report.state_reviews"), _submissions(w, record.state_reviews, cite))
    context = (w.statements(record.context, cite),) if record.context else ()
    yield Section("context", w.words("report.context"), context)


def _doubts(w: Writer, record: Reporting) -> Iterator[Notice]:
    if record.note:
        yield Notice("doubt", w.text(record.note))
    if record.unknown:
        yield Notice("doubt", joined([w.say("report.unknown"), w.text(record.unknown)], SPACE))


def next_short(w: Writer, record: Reporting) -> Line:
    """The same for a table, where what nobody knows is one word."""
    known = record.next_due or record.next_note
    return next_due(w, record) if known else w.say("empty.not_found_value")


def next_due(w: Writer, record: Reporting) -> Line:
    """When the next is due, or that nobody knows."""
    words = w.words
    if record.next_due:
        late = record.next_due < w.today.isoformat()[: len(record.next_due)]
        word = said(words("task-status.overdue"), "late") if late else NOTHING
        return joined([said(words.date(record.next_due)), word, w.text(record.next_note)])
    return w.text(record.next_note) or said(words("report.next_unknown"))


def last_date(w: Writer, record: Reporting) -> Line:
    """When the last was submitted."""
    dates = [s.date for s in record.submissions if s.date]
    return said(w.words.date(max(dates)) if dates else w.words("empty.not_found_value"))


def _submissions(w: Writer, items: tuple[Submission, ...], cite: Citations) -> tuple[Statements, ...]:
    if not items:
        return ()
    ordered = sorted(items, key=lambda s: s.date or "", reverse=True)
    told = (Statement(_when(w, s), w.noted(w.text(s.what), s.note, None, cite.mark(s.sources))) for s in ordered)
    return (Statements(tuple(told)),)


def _when(w: Writer, submission: Submission) -> Line:
    when = w.words.date(submission.date) or w.words("report.date_unknown")
    cycle = w.words("report.cycle_number", n=submission.cycle) if submission.cycle else ""
    return joined([said(when), said(cycle)])
