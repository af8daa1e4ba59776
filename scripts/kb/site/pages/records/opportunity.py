"""An opportunity's page: what it is, who may take part, until when, and what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Opportunity
from kb.records.texts import host
from kb.site.view.blocks import Card, Notice, Opening, Page, Section
from kb.site.view.citations import Citations
from kb.site.view.lines import BREAK, NOTHING, SEMICOLON, SPACE, Line, Tone, joined, said, together
from kb.site.view.writer import Writer

TONES: dict[str, Tone] = {"ongoing": "confirmed", "recurring": "confirmed", "ended": "late", "to-confirm": "due"}
OFFICE = "ombudsman.ge"  # the Office's own site


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityPage(Page):
    """What an opportunity's page says besides what every page does."""

    template: ClassVar[str] = "opportunity"
    opening: Opening | None
    status: Line
    deadline: Line
    period: Line
    who_can_apply: Line
    networks: Line
    partners: Line
    themes: Line
    useful_for: Line
    budget: Line
    took_part: Line


def page(w: Writer, entry: Entry[Opportunity]) -> OpportunityPage:
    """The page of one opportunity."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    summary = w.sentence(record.summary, cite) if record.summary else NOTHING
    mark = cite.mark(record.sources)
    title = words.plain(record.title)
    known = Section("known", words("opp.known"), (w.statements(record.facts, cite),) if record.facts else ())
    return OpportunityPage(
        address=sections.address(entry),
        section="opportunities",
        title=title,
        description=words.plain(record.summary or record.audience) or title,
        kicker=w.say(f"opp-kind.{record.kind}"),
        heading=w.text(record.title),
        lead=together(summary, mark) if summary else NOTHING,
        notices=(*w.notices(entry), *((Notice("doubt", w.text(record.note)),) if record.note else ())),
        opening=_way_in(w, entry),
        status=together(status(w, record), NOTHING if summary else mark),
        deadline=_deadline(w, record),
        period=said(words.span(record.period.start, record.period.end)) if record.period else NOTHING,
        who_can_apply=w.text(record.audience),
        networks=joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON),
        partners=said(", ".join(record.partners)),
        themes=w.theme_chips(record.themes) if record.themes else NOTHING,
        useful_for=w.units_on(record.themes),
        budget=said(record.budget),
        took_part=w.say("opp.took_part_yes" if record.office_took_part else "opp.took_part_unknown"),
        sections=(known,),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _way_in(w: Writer, entry: Entry[Opportunity]) -> Opening | None:
    """Where to act: the page for applications while there is time, else the source, and that no such page was found."""
    words, record = w.words, entry.record
    if record.apply_url and not is_closed(w, record):
        return Opening(record.apply_url, words("opp.apply"), host(record.apply_url))
    source = _source(w, entry)
    if not source:
        return None
    gap = "" if is_closed(w, record) else words("opp.no_way_in")
    return Opening(source, words("opp.source"), host(source), before=gap)


def _source(w: Writer, entry: Entry[Opportunity]) -> str:
    """The first source on the site of a network that offers it or of the Office, else the first that is no unofficial copy."""
    record = entry.record
    named = [*record.sources, *(s for part in (record.summary, *record.facts) if part for s in part.sources)]
    found = [url for url in named if url.startswith("http") and url not in w.kb.leads]
    homes = tuple(host(w.kb.networks[n].record.website) for n in record.networks if n in w.kb.networks)
    own = [url for url in found if any(f".{host(url)}".endswith(f".{home}") for home in (*homes, OFFICE))]
    return (own or found or [""])[0]


def _deadline(w: Writer, record: Opportunity) -> Line:
    """The deadline, with the days left while it is open, or that it is not known; no more than the day where all is over."""
    if is_closed(w, record):
        return w.moment(record.deadline) if record.deadline else NOTHING
    return w.deadline(record.deadline) if record.deadline else w.say("empty.not_found_value")


def card(w: Writer, entry: Entry[Opportunity]) -> Card:
    """An opportunity in their list: the deadline or that none is known, who offers it, what it is and for whom."""
    _words, record = w.words, entry.record
    known = record.deadline or is_closed(w, record)
    facts = (
        _deadline(w, record) if known else w.say("opp.no_deadline_known"),
        w.say(f"opp-kind.{record.kind}"),
        status(w, record),
        w.acronyms(record.networks),
        said(", ".join(record.partners)),
    )
    whom = joined((w.say("opp.for_whom"), w.text(record.audience)), SPACE) if record.audience else NOTHING
    return Card(w.link(entry), joined((*facts, w.unusual_state(record))), joined([w.text(record.summary), whom], BREAK))


def status(w: Writer, record: Opportunity) -> Line:
    """Open or closed where there is a deadline; without one ended when it is over, else what the record says."""
    now = w.openness(record)
    if record.deadline:
        return said(w.words("opp.closed"), "late") if now == "closed" else said(w.words("opp.open"), "confirmed")
    how = "ended" if now == "closed" else record.availability
    return w.say(f"availability.{how}", TONES[how])


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
