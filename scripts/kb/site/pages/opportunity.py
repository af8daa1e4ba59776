"""An opportunity's page: what it is, who may take part, until when, and what is known of it."""

from collections.abc import Iterable
from typing import NamedTuple

from kb.records import sections
from kb.records.texts import host
from kb.site.citations import Citations
from kb.records.knowledge import Entry
from kb.words.markup import BREAK, EMPTY, SEMICOLON, Html, escape, joined, opening, safe, state, together
from kb.records.model import Opportunity
from kb.site.view import Body, Card, Facts, Notice, Page, Section
from kb.site.writer import Writer

TONES = {"ongoing": "confirmed", "recurring": "confirmed", "ended": "late", "to-confirm": "due"}
OFFICE = "ombudsman.ge"  # the Office's own site


def page(w: Writer, entry: Entry[Opportunity]) -> Page:
    """The page of one opportunity."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    summary = w.sentence(record.summary, cite) if record.summary else EMPTY
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    known = Section("known", words.html("opp.known"), (w.statements(record.facts, cite),) if record.facts else ())
    body = Body(
        kicker=words.html(f"opp-kind.{record.kind}"),
        title=words.text(record.title),
        lead=together(summary, mark) if summary else summary,
        notices=(*w.notices(entry), *((Notice("doubt", words.text(record.note)),) if record.note else ())),
        action=_way_in(w, entry),
        facts=_summary(w, entry, EMPTY if summary else mark),
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


def _way_in(w: Writer, entry: Entry[Opportunity]) -> Html:
    """Where to act: the page for applications while there is time, else the source, and that no such page was found."""
    words, record = w.words, entry.record
    if record.apply_url and not is_closed(w, record):
        return opening(record.apply_url, words.html("opp.apply"), host(record.apply_url))
    source = _source(w, entry)
    if not source:
        return EMPTY
    gap = EMPTY if is_closed(w, record) else safe(f'<p class="kb-quiet">{words.html("opp.no_way_in")}</p>\n')
    return together(gap, opening(source, words.html("opp.source"), host(source)))


def _source(w: Writer, entry: Entry[Opportunity]) -> str:
    """The first source on the site of a network that offers it or of the Office, else the first that is no unofficial copy."""
    record = entry.record
    said = [*record.sources, *(s for part in (record.summary, *record.facts) if part for s in part.sources)]
    found = [url for url in said if url.startswith("http") and url not in w.kb.leads]
    homes = tuple(host(w.kb.networks[n].record.website) for n in record.networks if n in w.kb.networks)
    own = [url for url in found if any(f".{host(url)}".endswith(f".{home}") for home in (*homes, OFFICE))]
    return (own or found or [""])[0]


def _summary(w: Writer, entry: Entry[Opportunity], mark: Html) -> Facts:
    words, record = w.words, entry.record
    period = words.span(record.period.start, record.period.end) if record.period else None
    return (
        *w.fact("filter.status", together(status(w, record), mark)),
        *w.fact("meta.deadline", _deadline(w, record)),
        *w.fact_in_words("opp.period", period),
        *w.fact("opp.who_can_apply", words.text(record.audience)),
        *w.fact("filter.network", joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON)),
        *w.fact_in_words("opp.partners", ", ".join(record.partners)),
        *w.fact("nav.themes", w.theme_chips(record.themes) if record.themes else None),
        *w.fact("meta.useful_for", w.units_on(record.themes)),
        *w.fact_in_words("opp.budget", record.budget),
        *w.fact("opp.took_part", words.html("opp.took_part_yes" if record.office_took_part else "opp.took_part_unknown")),
    )


def _deadline(w: Writer, record: Opportunity) -> Html:
    """The deadline, with the days left while it is open, or that it is not known; no more than the day where all is over."""
    if is_closed(w, record):
        return w.moment(record.deadline) if record.deadline else EMPTY
    return w.deadline(record.deadline) if record.deadline else w.words.html("empty.not_found_value")


def card(w: Writer, entry: Entry[Opportunity]) -> Card:
    """An opportunity in their list: the deadline or that none is known, who offers it, what it is and for whom."""
    words, record = w.words, entry.record
    known = record.deadline or is_closed(w, record)
    facts = (
        _deadline(w, record) if known else words.html("opp.no_deadline_known"),
        words.html(f"opp-kind.{record.kind}"),
        status(w, record),
        w.acronyms(record.networks),
        escape(", ".join(record.partners)),
    )
    whom = safe(f"{words.html('opp.for_whom')} {words.text(record.audience)}") if record.audience else EMPTY
    return Card(w.link(entry), joined(facts), w.unusual_state(record), joined([words.text(record.summary), whom], BREAK))


def status(w: Writer, record: Opportunity) -> Html:
    """Open or closed where there is a deadline; without one ended when it is over, else what the record says."""
    now = w.openness(record)
    if record.deadline:
        return state("late", w.words("opp.closed")) if now == "closed" else state("confirmed", w.words("opp.open"))
    said = "ended" if now == "closed" else record.availability
    return state(TONES[said], w.words(f"availability.{said}"))


class Sorted(NamedTuple):
    """Opportunities as a reader needs them."""

    dated: list[Entry[Opportunity]]
    """Open, with a deadline, the next first."""
    steady: list[Entry[Opportunity]]
    """Open without a deadline."""
    unclear: list[Entry[Opportunity]]
    closed: list[Entry[Opportunity]]


def sorted_out(w: Writer, found: Iterable[Entry[Opportunity]]) -> Sorted:
    """Opportunities by whether somebody may still take part."""
    groups = Sorted([], [], [], [])
    for entry in found:
        now = w.openness(entry.record)
        opened = groups.dated if entry.record.deadline else groups.steady
        {"open": opened, "to-confirm": groups.unclear, "closed": groups.closed}[now].append(entry)
    groups.dated.sort(key=lambda e: w.days_left(e.record.deadline) if e.record.deadline else 0)
    return groups


def is_closed(w: Writer, record: Opportunity) -> bool:
    """Whether it is over."""
    return w.openness(record) == "closed"
