"""An opportunity's page: what it is, who may take part, until when, and what is known of it."""

from markupsafe import Markup

from kb import sections
from kb.citations import Citations, host
from kb.knowledge import Entry
from kb.markup import escape, joined, outside, state, together
from kb.model import Opportunity
from kb.view import Body, Facts, Notice, Page, Section
from kb.writer import Writer

TONES = {"ongoing": "confirmed", "recurring": "confirmed", "ended": "late", "to-confirm": "due"}


def page(w: Writer, entry: Entry[Opportunity]) -> Page:
    """The page of one opportunity."""
    words, record = w.words, entry.record
    cite = Citations(words)
    lead = w.sentence(record.summary, cite) if record.summary else words.text(record.audience)
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    known = Section("known", words.html("opp.known"), (w.statements(record.facts, cite),) if record.facts else ())
    body = Body(
        kicker=joined([escape(words(f"opp-kind.{record.kind}")), w.acronyms(record.networks)]),
        title=words.text(record.title),
        lead=together(lead, mark),
        notices=(*w.notices(entry), *((Notice("doubt", words.text(record.note)),) if record.note else ())),
        facts=_summary(w, entry),
        sections=(known,) if known.blocks else (),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    return Page(
        sections.address(entry),
        "opportunities",
        title,
        words.plain(record.summary or record.audience) or title,
        body,
        source=entry.path,
    )


def _summary(w: Writer, entry: Entry[Opportunity]) -> Facts:
    words, record = w.words, entry.record
    period = words.span(record.period.start, record.period.end) if record.period else None
    return (
        *w.fact("filter.status", status(w, record)),
        *w.fact("meta.deadline", w.deadline(record.deadline) if record.deadline else words("opp.no_deadline_known")),
        *w.fact("opp.period", period),
        *w.fact("opp.who_can_apply", words.text(record.audience)),
        *w.fact("filter.network", joined((w.link(w.kb.networks[n]) for n in record.networks), Markup("; "))),
        *w.fact("opp.partners", ", ".join(record.partners)),
        *w.fact("nav.themes", w.theme_chips(record.themes) if record.themes else None),
        *w.fact("meta.useful_for", w.units_on(record.themes)),
        *w.fact("opp.budget", record.budget),
        *w.fact("opp.took_part", words("opp.took_part_yes" if record.office_took_part else "opp.took_part_unknown")),
        *w.fact("opp.how_to_apply", record.apply_url and outside(record.apply_url, host(record.apply_url))),
    )


def status(w: Writer, record: Opportunity) -> Markup:
    """Open or closed by the deadline; without one, what the record says."""
    if record.deadline:
        left = w.days_left(record.deadline)
        return state("late", w.words("opp.closed")) if left < 0 else state("confirmed", w.words("opp.open"))
    return state(TONES[record.availability], w.words(f"availability.{record.availability}"))


def is_open(w: Writer, record: Opportunity) -> bool:
    """Whether somebody may still take part: the deadline ahead, or running or coming again without one."""
    if record.deadline:
        return w.days_left(record.deadline) >= 0
    return record.availability in ("ongoing", "recurring") and not _period_over(w, record)


def is_closed(w: Writer, record: Opportunity) -> bool:
    """Whether it is over: the deadline or the period is past, or the record says so."""
    if record.deadline:
        return w.days_left(record.deadline) < 0
    return record.availability == "ended" or _period_over(w, record)


def _period_over(w: Writer, record: Opportunity) -> bool:
    end = record.period.end if record.period else None
    return bool(end) and str(end) < w.today.isoformat()[: len(str(end))]
