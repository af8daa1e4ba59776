"""An event's page: when and where it was, who took part and what followed."""

from dataclasses import dataclass
from typing import ClassVar

from kb.records import sections
from kb.records.knowledge import Entry
from kb.records.model import Event
from kb.records.texts import host
from kb.site.view.blocks import Notice, Page, Prose, Section
from kb.site.view.citations import Citations
from kb.site.view.lines import COMMA, NOTHING, SEMICOLON, Line, joined, outside, said, together
from kb.site.view.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(Page):
    """What an event's page says besides what every page does."""

    template: ClassVar[str] = "event"
    when: Line
    place: Line
    direction: Line
    networks: Line
    partners: Line
    units: Line
    themes: Line
    registration: Line
    website: Line
    basis: Line


def page(w: Writer, entry: Entry[Event]) -> EventPage:
    """The page of one event."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    outcome = w.sentence(record.outcome, cite) if record.outcome else NOTHING
    when, title = words.span(record.start, record.end), words.plain(record.title)
    return EventPage(
        address=sections.address(entry),
        section="events",
        title=title,
        description=f"{when}. {title}" if when else title,
        kicker=w.say(f"event-kind.{record.kind}"),
        heading=w.text(record.title),
        notices=(*w.notices(entry), *((Notice("doubt", w.text(record.note)),) if record.note else ())),
        when=joined([together(said(when or words("event.date_tbc")), mark), _state(w, record)]),
        place=w.text(record.place) or w.say("empty.not_found_value"),
        direction=w.say(f"event-direction.{record.direction}") if record.direction else NOTHING,
        networks=joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON),
        partners=said(", ".join(record.partners)),
        units=joined((w.unit_link(w.kb.units[u]) for u in record.units), COMMA),
        themes=w.theme_chips(record.themes) if record.themes else NOTHING,
        registration=_registration(w, record),
        website=outside(record.url, host(record.url)) if record.url else NOTHING,
        basis=w.say(f"basis.{record.title_basis}") if record.title_basis else NOTHING,
        sections=(Section("outcome", words("event.outcome"), (Prose(outcome),)),) if outcome else (),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
        file=entry.path,
    )


def _state(w: Writer, record: Event) -> Line:
    if record.state:
        return w.event_state(record)
    last = record.end or record.start
    if not last:
        return NOTHING
    ahead = last >= w.today.isoformat()[: len(last)]
    return w.say("event.is_coming", "confirmed") if ahead else w.say("event.is_past", "unconfirmed")


def _registration(w: Writer, record: Event) -> Line:
    """Until when to register; nobody registers for what was called off."""
    return w.deadline(record.registration) if record.registration and record.state != "cancelled" else NOTHING
