"""What builders of pages share: links, chips, cards and marks, for one language and one depth of folders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from kb import sections
from kb.audience import Audience
from kb.citations import Citations
from kb.freshness import Freshness, freshness
from kb.knowledge import Entry, KnowledgeBase
from kb.markup import anchor, code, escape, in_english, joined, outside, quiet, span, state, together
from kb.model import Event, Network, Opportunity, Record, Resource, Unit
from kb.repository import Repository
from kb.texts import lead_of, title_of, untranslated
from kb.values import Deadline, Text
from kb.view import Card, Chips, Fact, Notice, Statements
from kb.words import Words

TBILISI = ZoneInfo("Asia/Tbilisi")


@dataclass(frozen=True)
class Edition:
    """One language of the site on one day: all that a page needs besides its record."""

    kb: KnowledgeBase
    words: Words
    today: date
    repository: Repository
    audience: Audience = "office"


class Writer:
    """Writes the pieces of pages that lie `depth` folders below the root of their language."""

    def __init__(self, edition: Edition, depth: int) -> None:
        self.edition, self.kb, self.words, self.today = edition, edition.kb, edition.words, edition.today
        self.root = "../" * depth
        self._cards: dict[tuple[str, str], Card] = {}
        self._lines: dict[tuple[str, str], tuple[Markup, Markup]] = {}
        self._links: dict[tuple[str, str], Markup] = {}
        self._chips: dict[str, Markup] = {}
        self._fresh: dict[int, Freshness] = {}
        self._units: dict[tuple[str, ...], Markup] = {}
        self._years: dict[str, tuple[list[Entry[Resource]], dict[str, int]]] = {}

    # --- links

    def to(self, address: str, label: str | Markup) -> Markup:
        """A link to a page of this language."""
        return anchor(self.root + address, label)

    def link(self, entry: Entry[Any]) -> Markup:
        """A record's title, leading to its page."""
        key = (entry.kind, entry.id)
        if key not in self._links:
            self._links[key] = self.to(sections.address(entry), self.words.text(title_of(entry.record)))
        return self._links[key]

    def acronym(self, network_id: str) -> Markup:
        """A network's acronym, leading to its page."""
        key = ("acronym", network_id)
        if key not in self._links:
            entry = self.kb.networks.get(network_id)
            self._links[key] = self.to(sections.address(entry), self.words.text(entry.record.acronym)) if entry else Markup()
        return self._links[key]

    def acronyms(self, network_ids: Iterable[str]) -> Markup:
        """Several acronyms."""
        return joined((self.acronym(n) for n in network_ids), Markup(", "))

    def theme_chip(self, theme_id: str) -> Markup:
        """A chip that leads to a theme."""
        if theme_id not in self._chips:
            name = self.words.text(self.kb.themes[theme_id].name)
            self._chips[theme_id] = anchor(self.root + sections.theme(theme_id), name, ' class="kb-chip"')
        return self._chips[theme_id]

    def theme_chips(self, theme_ids: Iterable[str]) -> Markup:
        """Chips one after the other."""
        return span("kb-chips", joined((self.theme_chip(t) for t in theme_ids), Markup(" ")))

    def unit_link(self, unit: Unit) -> Markup:
        """A unit's name, leading to its page."""
        key = ("unit", unit.id)
        if key not in self._links:
            self._links[key] = self.to(sections.unit(unit.id), self.words.text(unit.short or unit.name))
        return self._links[key]

    def units_on(self, themes: tuple[str, ...]) -> Markup:
        """The units that any of these themes concerns; the same combinations come again and again."""
        if themes not in self._units:
            units = dict.fromkeys(unit for theme in themes for unit in self.kb.units_by_theme.get(theme, ()))
            self._units[themes] = joined((self.unit_link(unit) for unit in units), Markup("; "))
        return self._units[themes]

    def unit_chips(self, units: Iterable[Unit]) -> Chips:
        """Units as chips."""
        return Chips(tuple(self._unit_chip(unit) for unit in units))

    def _unit_chip(self, unit: Unit) -> Markup:
        return anchor(self.root + sections.unit(unit.id), self.words.text(unit.short or unit.name), ' class="kb-chip"')

    def by_year(self, key: str, found: tuple[Entry[Resource], ...]) -> tuple[list[Entry[Resource]], dict[str, int]]:
        """A group of resources by year, and the place of each in it; sorted once."""
        if key not in self._years:
            ordered = sorted(found, key=lambda e: (e.record.year or 0, e.id))
            self._years[key] = ordered, {e.id: number for number, e in enumerate(ordered)}
        return self._years[key]

    # --- facts

    def fact(self, key: str, value: Markup | str | None) -> tuple[Fact, ...]:
        """A row of a summary list, or none where there is nothing to say."""
        return (Fact(self.words(key), escape(value)),) if value else ()

    def noted(self, html: Markup | str, note: Text | None = None, as_of: str | None = None, mark: Markup | None = None) -> Markup:
        """A value with its source mark, the date for which it is known and the doubt about it."""
        parts = [together(html, mark or "")]
        if as_of:
            parts.append(quiet(self.words("meta.as_of", date=self.words.date(as_of))))
        if note:
            parts.append(span("kb-note", self.words.text(note)))
        return joined(parts, Markup(" "))

    def statements(self, items: Iterable[Any], cite: Citations) -> Statements:
        """Sentences with their marks; a governing body's or a moment's name goes before."""
        return Statements(tuple((self._before(item), self.sentence(item, cite)) for item in items))

    def sentence(self, item: Any, cite: Citations) -> Markup:
        """A statement with its marks, its date and its doubt."""
        return self.noted(self.words.text(item), item.note, item.as_of, cite.mark(item.sources))

    def _before(self, item: Any) -> Markup:
        if hasattr(item, "body"):
            return self.words.text(item.body)
        if hasattr(item, "date"):
            return escape(self.words.span(item.date, getattr(item, "until", None)))
        return Markup()

    # --- state

    def fresh(self, record: Record) -> Freshness:
        """Where a record stands today; worked out once."""
        found = self._fresh.get(id(record))
        if found is None:
            found = self._fresh[id(record)] = freshness(record, self.today)
        return found

    def freshness_line(self, record: Record) -> Markup:
        """The state line of a record: a word and its date."""
        fresh = self.fresh(record)
        if fresh.state == "overdue" and fresh.due:
            return state("late", self.words("fresh.overdue", date=self.words.short(fresh.due.isoformat())))
        if fresh.state == "due" and fresh.due:
            return state("due", self.words("fresh.due", date=self.words.short(fresh.due.isoformat())))
        if fresh.confirmed_on:
            return state("confirmed", self.words("fresh.confirmed", date=self.words.short(fresh.confirmed_on.isoformat())))
        return state("unconfirmed", self.words("meta.not_verified"))

    def days_left(self, deadline: Deadline) -> int:
        """Whole days from today to the last day in Tbilisi; negative when it is over."""
        return (in_tbilisi(deadline).date() - self.today).days

    def deadline(self, deadline: Deadline) -> Markup:
        """A deadline in Tbilisi time, with the days left in words."""
        moment = in_tbilisi(deadline)
        when = self.words("meta.at_tbilisi", date=self.words.date(moment.date().isoformat()), time=moment.strftime("%H:%M"))
        return joined([escape(when), self.days_words(self.days_left(deadline))])

    def days_words(self, left: int) -> Markup:
        """Days left as a state: open, closing, last day, closed."""
        if left < 0:
            return state("late", self.words("opp.closed"))
        if left == 0:
            return state("due", self.words("meta.last_day"))
        return state("due" if left <= 14 else "confirmed", self.words("meta.days_left", n=left))

    # --- cards

    def card(self, entry: Entry[Any]) -> Card:
        """A record as a card; the same on every page of this depth."""
        key = (entry.kind, entry.id)
        if key not in self._cards:
            self._cards[key] = self._card(entry)
        return self._cards[key]

    def _card(self, entry: Entry[Any]) -> Card:
        record = entry.record
        lead = self.words.text(lead_of(record))
        return Card(self.link(entry), lead, self.facts_line(entry), self.freshness_line(record))

    def facts_line(self, entry: Entry[Any]) -> Markup:
        """The plain facts of a record on one line, beginning with its kind or date."""
        return self._lines_of(entry)[0]

    def rest_line(self, entry: Entry[Any]) -> Markup:
        """The same without the first, for lists under that kind or beside that date."""
        return self._lines_of(entry)[1]

    def _lines_of(self, entry: Entry[Any]) -> tuple[Markup, Markup]:
        key = (entry.kind, entry.id)
        if key not in self._lines:
            facts = [fact for fact in self._plain_facts(entry) if fact]
            self._lines[key] = joined(facts), joined(facts[1:])
        return self._lines[key]

    def _plain_facts(self, entry: Entry[Any]) -> list[Markup]:
        record, words = entry.record, self.words
        if isinstance(record, Resource):
            languages = ", ".join(record.languages)
            kind = escape(words(f"resource-type.{record.type}"))
            return [
                kind,
                self.acronym(entry.owner),
                in_english(languages),
                escape(record.year or ""),
            ]
        if isinstance(record, Event):
            kind = escape(words(f"event-kind.{record.kind}"))
            return [escape(words.span(record.start, record.end)), kind, words.text(record.place), self.acronyms(record.networks)]
        if isinstance(record, Opportunity):
            kind = escape(words(f"opp-kind.{record.kind}"))
            return [kind, escape(words(f"availability.{record.availability}")), self.acronyms(record.networks)]
        if isinstance(record, Network):
            return [words.text(record.acronym), escape(words(f"membership.{record.standing.status}"))]
        return []

    # --- notices

    def notices(self, entry: Entry[Any]) -> tuple[Notice, ...]:
        """What a reader must see first: archived, overdue, not translated."""
        record, found = entry.record, []
        if record.archived:
            when = self.words("notice.archived", date=self.words.date(record.archived.on))
            found.append(Notice("archived", joined([escape(when), self.words.text(record.archived.reason)], Markup(" "))))
        fresh = self.fresh(record)
        if fresh.state == "overdue" and fresh.due:
            due = self.words.date(fresh.due.isoformat())
            found.append(Notice("late", escape(self.words("notice.overdue", date=due, n=max(1, fresh.weeks_late)))))
        missing = untranslated(record, self.words.language)
        if missing:
            found.append(Notice("translation", escape(self.words("notice.untranslated", n=missing))))
        return tuple(found)

    def foot(self, entry: Entry[Any]) -> tuple[Fact, ...]:
        """Where a record stands: collected, confirmed, next check."""
        fresh = self.fresh(entry.record)
        collected = fresh.collected_on and self.words.date(fresh.collected_on.isoformat())
        return (
            *self.fact("fresh.collected_on", collected or None),
            *self.fact("fresh.confirmed_label", self._confirmed(entry.record)),
            *self.fact("fresh.next_check", self.words.date(fresh.due.isoformat()) if fresh.due else None),
        )

    def _confirmed(self, record: Record) -> Markup:
        fresh = self.fresh(record)
        if not fresh.confirmed_on:
            return state("unconfirmed", self.words("meta.not_verified"))
        unit = self.kb.units.get(fresh.confirmed_by or "")
        when = escape(self.words.date(fresh.confirmed_on.isoformat()))
        return joined([when, self.unit_link(unit) if unit else Markup()])

    def edit(self, path: str) -> Markup:
        """The way to edit a file: a link to the editor, or the file's name where there is no address."""
        address = self.edition.repository.edit_address(path)
        name = self.edition.repository.file(path)
        if address:
            return outside(address, self.words("action.edit_record"))
        return together(self.words("meta.file"), " ", code(name))


def in_tbilisi(deadline: Deadline) -> datetime:
    """The moment of a deadline in Tbilisi."""
    moment = datetime.fromisoformat(f"{deadline.date}T{deadline.time}")
    return moment.replace(tzinfo=ZoneInfo(deadline.zone)).astimezone(TBILISI)
