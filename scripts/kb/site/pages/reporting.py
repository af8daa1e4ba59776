"""A reporting duty's page: what we submit to whom, what was submitted, and when the next is due."""

from kb.records import sections
from kb.site.citations import Citations
from kb.records.knowledge import Entry
from kb.words.markup import EMPTY, SEMICOLON, SPACE, Html, escape, joined, safe, state, together
from kb.records.model import Reporting, Submission
from kb.site.view import Body, Notice, Page, Section, Statements
from kb.site.writer import Writer


def page(w: Writer, entry: Entry[Reporting]) -> Page:
    """The page of one reporting duty."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    parts = (
        Section(
            "submissions", words.html("report.submissions"), _submissions(w, record.submissions, cite), len(record.submissions)
        ),
        Section("reviews", words.html("report.state_reviews"), _submissions(w, record.state_reviews, cite)),
        Section("context", words.html("report.context"), (w.statements(record.context, cite),) if record.context else ()),
    )
    notices = [Notice("doubt", words.text(record.note))] if record.note else []
    if record.unknown:
        notices.append(Notice("doubt", joined([escape(words("report.unknown")), words.text(record.unknown)], SPACE)))
    # the record is called after the body, and the page must not look like that body's own
    title = f"{words('report.title')} {words.plain(record.name)}"
    body = Body(
        title=safe(f"{words.html('report.title')} {words.text(record.name)}"),
        badge=escape(record.abbreviation or ""),
        lead=together(words.text(record.document), mark) if record.document else EMPTY,
        notices=(*w.notices(entry), *notices),
        facts=(
            *w.fact("report.next", next_due(w, record)),
            *w.fact("report.last", last_date(w, record)),
            *w.fact("report.body", words.text(record.body)),
            *w.fact("report.capacity", together(words.html(f"capacity.{record.capacity}"), EMPTY if record.document else mark)),
            *w.fact("report.frequency", words.text(record.frequency)),
            *w.fact_in_words("report.cycle", words("count.years", n=record.cycle_years) if record.cycle_years else None),
            *w.fact("meta.responsible", w.unit_link(w.kb.units[record.owner]) if record.owner else words.html("empty.owner")),
            *w.fact("filter.network", joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON)),
            *w.fact("nav.themes", w.theme_chips(record.themes) if record.themes else None),
            *w.fact("report.international", None if record.international else words.html("report.national")),
        ),
        sections=tuple(s for s in parts if s.blocks),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    description = f"{title}: {words.plain(record.document)}" if record.document else title
    return Page(sections.address(entry), "reporting", title, description, body, source=entry.path)


def next_short(w: Writer, record: Reporting) -> Html:
    """The same for a table, where what nobody knows is one word."""
    known = record.next_due or record.next_note
    return next_due(w, record) if known else w.words.html("empty.not_found_value")


def next_due(w: Writer, record: Reporting) -> Html:
    """When the next is due, or that nobody knows."""
    words = w.words
    if record.next_due:
        late = record.next_due < w.today.isoformat()[: len(record.next_due)]
        word = state("late", words("task-status.overdue")) if late else EMPTY
        return joined([escape(words.date(record.next_due)), word, words.text(record.next_note)])
    return words.text(record.next_note) or escape(words("report.next_unknown"))


def last_date(w: Writer, record: Reporting) -> Html:
    """When the last was submitted."""
    dates = [s.date for s in record.submissions if s.date]
    return escape(w.words.date(max(dates)) if dates else w.words("empty.not_found_value"))


def _submissions(w: Writer, items: tuple[Submission, ...], cite: Citations) -> tuple[Statements, ...]:
    if not items:
        return ()
    ordered = sorted(items, key=lambda s: s.date or "", reverse=True)
    return (Statements(tuple((_when(w, s), w.noted(w.words.text(s.what), s.note, None, cite.mark(s.sources))) for s in ordered)),)


def _when(w: Writer, submission: Submission) -> Html:
    when = w.words.date(submission.date) or w.words("report.date_unknown")
    cycle = w.words("report.cycle_number", n=submission.cycle) if submission.cycle else ""
    return joined([escape(when), escape(cycle)])
