"""What builders of pages share: links, chips, cards and marks, for one language and one depth of folders."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from kb.editing.repository import Repository
from kb.history.snapshot import Snapshot, plain
from kb.records import sections
from kb.records.audience import Audience
from kb.records.knowledge import Entry, KnowledgeBase, current
from kb.records.model import Event, GoverningBody, Moment, Network, Opportunity, Record, Resource, Source, Unit
from kb.records.texts import lead_of, title_of, untranslated
from kb.records.values import Deadline, Text
from kb.site.view.blocks import Card, Chips, Fact, Facts, Notice, Row, Statement, Statements
from kb.site.view.citations import Citations, titled
from kb.site.view.lines import (
    COMMA,
    NOTHING,
    SEMICOLON,
    SPACE,
    Line,
    Look,
    Run,
    joined,
    leading,
    link,
    looking,
    outside,
    said,
    together,
)
from kb.upkeep.clocks import COMING_BY, OPEN_BY, Openness, in_tbilisi, is_coming, openness
from kb.upkeep.freshness import Freshness, freshness
from kb.upkeep.todo import Task, tasks
from kb.words.language import Words

TELL = "help/index.html#tell"  # how to tell the Division of a mistake
ByYear = tuple[list[tuple[int, str, Entry[Resource]]], dict[str, int]]
"""(year or 0, id, resource) in this order, and the place of each id in it"""


@dataclass(frozen=True)
class Edition:
    """One language of the site on one day: all that a page needs besides its record."""

    kb: KnowledgeBase
    words: Words
    today: date
    repository: Repository
    audience: Audience = "office"
    last: Snapshot | None = None
    """The last quarter's snapshot: translations that lag are known by it."""
    planned: Sequence[Task] | None = None
    """What there is to do, where it was worked out for both languages at once."""

    @property
    def tasks(self) -> Sequence[Task]:
        """What there is to do."""
        return tasks(self.kb, self.today, last=self.last) if self.planned is None else self.planned


class Writer:
    """Writes the pieces of pages that lie `depth` folders below the root of their language."""

    def __init__(self, edition: Edition, depth: int, told: set[str] | None = None) -> None:
        """`told` gathers the addresses, below the root of the language, to which links were made."""
        self.told: set[str] = set() if told is None else told
        self.edition, self.kb, self.words, self.today = edition, edition.kb, edition.words, edition.today
        self.root = "../" * depth
        # what stands on many pages is written once
        self._cards: dict[Entry[Any], Card] = {}
        self._rows: dict[Entry[Any], Row] = {}
        self._rest_rows: dict[Entry[Any], Row] = {}
        self._links: dict[Entry[Any], Line] = {}
        self._acronyms: dict[str, Line] = {}
        self._units: dict[tuple[str, ...], Line] = {}
        self._years: dict[tuple[str, str], ByYear] = {}
        self._newest: dict[str, Sequence[Entry[Resource]]] = {}

    # --- words and links

    def text(self, text: Text | None) -> Line:
        """A record's text; one that is only in the other language says so."""
        if text is None:
            return NOTHING
        own: str | None = getattr(text, self.words.language)
        return (Run(own),) if own else (Run(getattr(text, self.words.other), language=self.words.other),)

    def say(self, key: str, look: Look = "") -> Line:
        """A string of the interface."""
        return (Run(self.words(key), "", look),)

    def to(self, address: str, words: str, look: Look = "") -> Line:
        """Plain words that lead to a page or file of the site by its address below the root of this language."""
        self.told.add(address)
        return link(self.root + address, words, look)

    def leading(self, address: str, line: Line, look: Look = "") -> Line:
        """A line that leads to such an address."""
        self.told.add(address)
        return leading(self.root + address, line, look)

    def link(self, entry: Entry[Any]) -> Line:
        """A record's title, leading to its page."""
        found = self._links.get(entry)
        if found is None:
            found = self._links[entry] = self.leading(sections.address(entry), self.text(title_of(entry.record)))
        return found

    def acronym(self, network_id: str) -> Line:
        """A network's acronym, leading to its page; nothing for a draft, of which robots may still know."""
        found = self._acronyms.get(network_id)
        if found is None:
            entry = self.kb.networks.get(network_id)
            shown = entry if entry and entry.record.status != "draft" else None
            found = self.leading(sections.address(shown), self.text(shown.record.acronym)) if shown else NOTHING
            self._acronyms[network_id] = found
        return found

    def acronyms(self, network_ids: Iterable[str]) -> Line:
        """Several acronyms."""
        return joined((self.acronym(n) for n in network_ids), COMMA)

    def theme_chip(self, theme_id: str) -> Line:
        """A chip that leads to a theme."""
        return self.leading(sections.theme(theme_id), self.text(self.kb.themes[theme_id].name), "chip")

    def theme_chips(self, theme_ids: tuple[str, ...]) -> Line:
        """Chips one after the other."""
        return joined((self.theme_chip(t) for t in theme_ids), SPACE)

    def unit_link(self, unit: Unit) -> Line:
        """A unit's name, leading to its page."""
        return self.leading(sections.unit(unit.id), self.text(unit.short or unit.name))

    def units_on(self, themes: tuple[str, ...]) -> Line:
        """The units that any of these themes concerns; the same combinations come again and again."""
        if themes not in self._units:
            units = dict.fromkeys(unit for theme in themes for unit in self.kb.units_by_theme.get(theme, ()))
            self._units[themes] = joined((self.unit_link(unit) for unit in units), SEMICOLON)
        return self._units[themes]

    def unit_chips(self, units: Iterable[Unit]) -> Chips:
        """Units as chips."""
        return Chips(tuple(self._unit_chip(unit) for unit in units))

    def _unit_chip(self, unit: Unit) -> Line:
        return self.leading(sections.unit(unit.id), self.text(unit.short or unit.name), "chip")

    def by_year(self, group: Literal["theme", "network"], name: str) -> ByYear:
        """The current resources of a theme or a network by year; sorted once."""
        key = group, name
        if key not in self._years:
            index = self.kb.resources_by_theme if group == "theme" else self.kb.resources_by_network
            ordered = sorted([(e.record.year or 0, e.id, e) for e in index.get(name, ())])
            self._years[key] = ordered, {entry_id: number for number, (_, entry_id, _) in enumerate(ordered)}
        return self._years[key]

    def newest(self, theme: str) -> Sequence[Entry[Resource]]:
        """The current resources of a theme, the newest first; sorted once for its page and those of its units."""
        if theme not in self._newest:
            found = self.kb.resources_by_theme.get(theme, ())
            self._newest[theme] = sorted(found, key=lambda e: (-(e.record.year or 0), e.id))
        return self._newest[theme]

    def sources_of(self, network_id: str) -> Mapping[str, Source]:
        """The titled sources of a network by their address."""
        home = self.kb.networks.get(network_id)
        return titled(home.record.sources) if home else {}

    def languages(self, codes: Iterable[str]) -> str:
        """The names of languages, or their codes where the site has no word for them."""
        return ", ".join([self.words(f"language.{c}") if self.words.has(f"language.{c}") else c for c in codes])

    # --- facts

    def fact(self, key: str, value: Line) -> Facts:
        """A row of a summary list, or none where there is nothing to say."""
        return (Fact(self.words(key), value),) if value else ()

    def noted(self, line: Line, note: Text | None = None, as_of: str | None = None, mark: Line = NOTHING) -> Line:
        """A value with its source mark, the date for which it is known and the doubt about it."""
        marked = together(line, mark)
        if not (as_of or note):
            return marked
        known = said(self.words("meta.as_of", date=self.words.of(as_of)), "quiet") if as_of else NOTHING
        return joined((marked, known, looking("note", self.text(note))), SPACE)

    def statements(self, items: Iterable[Any], cite: Citations) -> Statements:
        """Sentences with their marks; a governing body's or a moment's name goes before."""
        return Statements(tuple([Statement(self._before(item), self.sentence(item, cite)) for item in items]))

    def sentence(self, item: Any, cite: Citations) -> Line:
        """A statement with its marks, its date and its doubt."""
        return self.noted(self.text(item), item.note, item.as_of, cite.mark(item.sources))

    def _before(self, item: Any) -> Line:
        if isinstance(item, GoverningBody):
            return self.text(item.body)
        if isinstance(item, Moment):
            return said(self.words.span(item.date, item.until))
        return NOTHING

    # --- state

    def fresh(self, record: Record) -> Freshness:
        """Where a record stands today."""
        return freshness(record, self.today)

    def freshness_line(self, record: Record) -> Line:
        """The state line of a record: a word and its date."""
        return self._state(self.fresh(record))

    def _state(self, fresh: Freshness) -> Line:
        if fresh.state == "overdue" and fresh.due:
            return said(self.words("fresh.overdue", date=self.words.short(fresh.due.isoformat())), "late")
        if fresh.state == "due" and fresh.due:
            return said(self.words("fresh.due", date=self.words.short(fresh.due.isoformat())), "due")
        if fresh.confirmed_on:
            return said(self.words("fresh.confirmed", date=self.words.short(fresh.confirmed_on.isoformat())), "confirmed")
        return said(self.words("meta.not_verified"), "unconfirmed")

    def openness(self, record: Opportunity) -> Openness:
        """Whether somebody may still take an opportunity today."""
        return openness(plain(record, OPEN_BY), self.today)

    def days_left(self, deadline: Deadline) -> int:
        """Whole days from today to the last day in Tbilisi; negative when it is over."""
        return (in_tbilisi(deadline).date() - self.today).days

    def deadline(self, deadline: Deadline) -> Line:
        """A deadline in Tbilisi time, with the days left in words."""
        return joined([self.moment(deadline), self.days_words(self.days_left(deadline))])

    def moment(self, deadline: Deadline) -> Line:
        """A deadline in Tbilisi time."""
        moment = in_tbilisi(deadline)
        date, time = self.words.date(moment.date().isoformat()), moment.strftime("%H:%M")
        return said(self.words("meta.at_tbilisi", date=date, time=time))

    def days_words(self, left: int) -> Line:
        """Days left as a state: open, closing, last day, closed."""
        if left < 0:
            return said(self.words("opp.closed"), "late")
        if left == 0:
            return said(self.words("meta.last_day"), "due")
        return said(self.words("meta.days_left", n=left), "due" if left <= 14 else "confirmed")

    # --- cards

    def card(self, entry: Entry[Any]) -> Card:
        """A record as a card; the same on every page of this depth.

        That nobody has verified a record yet is the usual state: `unverified` says it once for all of a page.
        """
        found = self._cards.get(entry)
        if found is None:
            row = self.row(entry)
            found = self._cards[entry] = self._card(row.title, row.facts, entry.record)
        return found

    def card_beside(self, entry: Entry[Any], *known: Line) -> Card:
        """A card without the facts that its page and heading say already."""
        return self._card(self.link(entry), self.facts_beside(entry, *known), entry.record)

    def _card(self, title: Line, facts: Line, record: Record) -> Card:
        return Card(title, joined((facts, self.unusual_state(record))), self.lead(record))

    def unusual_state(self, record: Record) -> Line:
        """The state line of a record, when it is another than that nobody has verified it yet."""
        return NOTHING if self.fresh(record).state == "unconfirmed" else self.freshness_line(record)

    def lead(self, record: Record) -> Line:
        """One line of what a record is; an opportunity of which that is not known says for whom it is."""
        found = self.text(lead_of(record))
        if isinstance(record, Opportunity) and found and not record.summary:
            return joined([self.say("opp.for_whom"), found], SPACE)
        return found

    def unverified(self, entries: Iterable[Entry[Any]]) -> Line:
        """How many of these records nobody has verified yet, leading to the states of all records; nothing for none."""
        number = len(self._unverified.intersection(entries))
        states = f"{sections.index('freshness')}#states"
        return self.to(states, self.words("notice.unverified", n=number)) if number else NOTHING

    @cached_property
    def _unverified(self) -> frozenset[Entry[Any]]:
        return frozenset(e for e in self.kb.entries() if self.fresh(e.record).state == "unconfirmed")

    def unverified_notice(self, entries: Iterable[Entry[Any]]) -> tuple[Notice, ...]:
        """The same as a notice for a page of lists."""
        line = self.unverified(entries)
        return (Notice("unverified", line),) if line else ()

    def facts_beside(self, entry: Entry[Any], *known: Line) -> Line:
        """The plain facts of a record, but for those that stand around it already."""
        return joined([self.event_state(entry.record), *(fact for fact in self._plain_facts(entry) if fact not in known)])

    def row(self, entry: Entry[Any]) -> Row:
        """A record as one line: its title, and its plain facts, beginning with its kind or date."""
        found = self._rows.get(entry)
        if found is None:
            found = self._rows[entry] = Row(self.link(entry), self.facts_beside(entry))
        return found

    def rest_row(self, entry: Entry[Any]) -> Row:
        """The same without the first fact, for lists under that kind or beside that date."""
        found = self._rest_rows.get(entry)
        if found is None:
            _, *rest = self._plain_facts(entry)
            found = self._rest_rows[entry] = Row(self.link(entry), joined([self.event_state(entry.record), *rest]))
        return found

    def event_state(self, record: Record) -> Line:
        """That an event was cancelled or postponed; nothing for any other record."""
        if isinstance(record, Event) and record.state:
            return said(self.words(f"event.{record.state}"), "late")
        return NOTHING

    @cached_property
    def coming(self) -> frozenset[Entry[Event]]:
        """The events that are still ahead or on, and not called off."""
        return frozenset(e for e in current(self.kb.events) if is_coming(plain(e.record, COMING_BY), self.today))

    def _plain_facts(self, entry: Entry[Any]) -> list[Line]:
        record, words = entry.record, self.words
        if isinstance(record, Resource):
            kind = self.say(f"resource-type.{record.type}")
            return [kind, self.acronym(entry.owner), self._in_words(record.languages), said(record.year or "")]
        if isinstance(record, Event):
            kind = self.say(f"event-kind.{record.kind}")
            return [said(words.span(record.start, record.end)), kind, self.text(record.place), self.acronyms(record.networks)]
        if isinstance(record, Opportunity):
            kind = self.say(f"opp-kind.{record.kind}")
            return [kind, self._taken(record), self.acronyms(record.networks)]
        if isinstance(record, Network):
            return [self.text(record.acronym), self.say(f"membership.{record.standing.status}")]
        return []

    def _taken(self, record: Opportunity) -> Line:
        """Until when an opportunity can be taken; without a deadline, or once it is over, how it can be had."""
        now = self.openness(record)
        if record.deadline and now == "open":
            return self.deadline(record.deadline)
        return self.say("availability.ended" if now == "closed" else f"availability.{record.availability}")

    def _in_words(self, languages: tuple[str, ...]) -> Line:
        return said(self.languages(languages))

    # --- notices

    def notices(self, entry: Entry[Any]) -> tuple[Notice, ...]:
        """What a reader must see first: archived, overdue, not translated."""
        record, found = entry.record, []
        if record.archived:
            when = self.words("notice.archived", date=self.words.date(record.archived.on))
            found.append(Notice("archived", joined([said(when), self.text(record.archived.reason)], SPACE)))
        fresh = self.fresh(record)
        if fresh.state == "overdue" and fresh.due:
            due = self.words.date(fresh.due.isoformat())
            found.append(Notice("late", said(self.words("notice.overdue", date=due, n=max(1, fresh.weeks_late)))))
        missing = untranslated(record, self.words.language)
        if missing:
            found.append(Notice("translation", said(self.words("notice.untranslated", n=missing))))
        return tuple(found)

    def foot(self, entry: Entry[Any]) -> Facts:
        """Where a record stands: collected, confirmed, next check."""
        return self._foot(self.fresh(entry.record))

    def _foot(self, fresh: Freshness) -> Facts:
        collected = said(self.words.date(fresh.collected_on.isoformat()) if fresh.collected_on else None)
        return (
            *self.fact("fresh.collected_on", collected),
            *self.fact("fresh.confirmed_label", self._confirmed(fresh)),
            *self.fact("fresh.next_check", said(self.words.date(fresh.due.isoformat()) if fresh.due else None)),
        )

    def _confirmed(self, fresh: Freshness) -> Line:
        if not fresh.confirmed_on:
            return said(self.words("fresh.not_yet"), "unconfirmed")
        unit = self.kb.units.get(fresh.confirmed_by or "")
        when = said(self.words.date(fresh.confirmed_on.isoformat()))
        return joined([when, self.unit_link(unit) if unit else NOTHING])

    def edit(self, path: str) -> Line:
        """The ways to mend a file: a link to the editor, or the file's name where there is no address; and where to report it."""
        repository, report = self.edition.repository, self.words("action.report")
        address = repository.edit_address(path)
        if address:
            return joined((outside(address, self.words("action.edit_record")), outside(repository.wrong_address(path), report)))
        file = joined((self.say("meta.file"), said(repository.file(path), "code")), SPACE)
        return joined((file, self.to(TELL, report)), " · ")
