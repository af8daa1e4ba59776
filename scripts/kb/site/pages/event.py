"""An event's page: when and where it was, who took part and what followed."""

from kb.records import sections
from kb.records.texts import host
from kb.site.citations import Citations
from kb.records.knowledge import Entry
from kb.words.markup import COMMA, EMPTY, SEMICOLON, Html, escape, joined, outside, safe, state, together
from kb.records.model import Event
from kb.site.view import Body, Notice, Page, Prose, Section
from kb.site.writer import Writer


def page(w: Writer, entry: Entry[Event]) -> Page:
    """The page of one event."""
    words, record = w.words, entry.record
    cite = Citations(words, w.kb.leads)
    mark = cite.mark(record.sources)
    outcome = Section("outcome", words.html("event.outcome"), _outcome(w, record, cite))
    when = words.span(record.start, record.end)
    title = words.plain(record.title)
    body = Body(
        kicker=words.html(f"event-kind.{record.kind}"),
        title=words.text(record.title),
        notices=(*w.notices(entry), *((Notice("doubt", words.text(record.note)),) if record.note else ())),
        facts=(
            *w.fact("table.date", joined([together(escape(when or words("event.date_tbc")), mark), _state(w, record)])),
            *w.fact("event.place", words.text(record.place) or words.html("empty.not_found_value")),
            *w.fact_in_words("event.direction", record.direction and words(f"event-direction.{record.direction}")),
            *w.fact("filter.network", joined((w.link(w.kb.networks[n]) for n in record.networks), SEMICOLON)),
            *w.fact_in_words("event.partners", ", ".join(record.partners)),
            *w.fact("event.units", joined((w.unit_link(w.kb.units[u]) for u in record.units), COMMA)),
            *w.fact("nav.themes", w.theme_chips(record.themes) if record.themes else None),
            *w.fact("event.registration", _registration(w, record)),
            *w.fact("meta.website", outside(record.url, host(record.url)) if record.url else None),
            *w.fact_in_words("meta.basis", record.title_basis and words(f"basis.{record.title_basis}")),
        ),
        sections=(outcome,) if outcome.blocks else (),
        sources=cite.list(),
        foot=w.foot(entry),
        edit=w.edit(entry.path),
    )
    return Page(sections.address(entry), "events", title, f"{when}. {title}" if when else title, body, source=entry.path)


def _state(w: Writer, record: Event) -> Html:
    if record.state:
        return w.event_state(record)
    last = record.end or record.start
    if not last:
        return EMPTY
    ahead = last >= w.today.isoformat()[: len(last)]
    return state("confirmed", w.words("event.is_coming")) if ahead else state("unconfirmed", w.words("event.is_past"))


def _registration(w: Writer, record: Event) -> Html | None:
    """Until when to register; nobody registers for what was called off."""
    return w.deadline(record.registration) if record.registration and record.state != "cancelled" else None


def _outcome(w: Writer, record: Event, cite: Citations) -> tuple[Prose, ...]:
    return (Prose(safe(f"<p>{w.sentence(record.outcome, cite)}</p>")),) if record.outcome else ()
