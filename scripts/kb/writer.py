"""What builders of pages share: links, chips, cards and marks, for one language and one depth of folders."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from kb import sections
from kb.freshness import freshness
from kb.knowledge import Entry, KnowledgeBase
from kb.model import Event, Network, Opportunity, Record, Resource, Source, Unit
from kb.repository import Repository
from kb.values import Deadline, Text
from kb.view import Card, Chips, Fact, Notice, Statements
from kb.words import Words

TBILISI = ZoneInfo("Asia/Tbilisi")
LINK = Markup('<a href="{}">{}</a>')
OUTSIDE = Markup('<a href="{}" rel="noopener external">{}</a>')
DOT = Markup(" · ")
CHIP = Markup('<a class="kb-chip" href="{}">{}</a>')


@dataclass(frozen=True)
class Edition:
    """One language of the site on one day: all that a page needs besides its record."""

    kb: KnowledgeBase
    words: Words
    today: date
    repository: Repository


class Citations:
    """Numbers the sources of one page in the order in which its facts name them."""

    def __init__(self, titles: Iterable[Source] = (), documents: Iterable[Any] = (), words: Words | None = None) -> None:
        self._titles = {source.url: source for source in titles}
        self._documents = {d.id: d for d in documents}
        self._words = words
        self._numbers: dict[str, int] = {}

    def mark(self, sources: Sequence[str]) -> Markup:
        """The superscript numbers that lead to these sources."""
        if not sources:
            return Markup()
        numbers = [self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources]
        links = (Markup('<a href="#source-{0}">{0}</a>').format(n) for n in sorted(numbers))
        return Markup('<sup class="kb-mark">{}</sup>').format(Markup(" ").join(links))

    def list(self) -> tuple[Markup, ...]:
        """The numbered sources for the foot of the page."""
        return tuple(self._source(s) for s in self._numbers)

    def _source(self, source: str) -> Markup:
        if source in self._documents and self._words:
            return self._words.text(self._documents[source].title)
        known = self._titles.get(source)
        if known is not None and not known.official:
            return Markup('{} <span class="kb-quiet">{}</span>').format(known.title or host(source), host(source))
        if known is not None and known.title:
            return Markup('{} <span class="kb-quiet">{}</span>').format(outside(source, known.title), host(source))
        return outside(source, short_address(source))


def host(url: str) -> str:
    """The host of an address without `www.`."""
    return urlsplit(url).hostname.removeprefix("www.") if urlsplit(url).hostname else url  # type: ignore[union-attr]


def short_address(url: str) -> str:
    """An address as a reader needs it: host and the first of its path."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    return host(url) + (path if len(path) <= 48 else path[:47] + "…")


def outside(url: str, label: str | Markup) -> Markup:
    """A link that leaves the site."""
    return OUTSIDE.format(url, label)


def joined(parts: Iterable[Markup], by: Markup = DOT) -> Markup:
    """The parts that are not empty, one after the other."""
    return by.join(part for part in parts if part)


class Writer:
    """Writes the pieces of pages that lie `depth` folders below the root of their language."""

    def __init__(self, edition: Edition, depth: int) -> None:
        self.edition, self.kb, self.words, self.today = edition, edition.kb, edition.words, edition.today
        self.root = "../" * depth
        self._cards: dict[tuple[str, str], Card] = {}
        self._links: dict[tuple[str, str], Markup] = {}
        self._chips: dict[str, Markup] = {}

    # --- links

    def to(self, address: str, label: str | Markup) -> Markup:
        """A link to a page of this language."""
        return LINK.format(self.root + address, label)

    def link(self, entry: Entry[Any]) -> Markup:
        """A record's title, leading to its page."""
        key = (entry.kind, entry.id)
        if key not in self._links:
            self._links[key] = self.to(sections.address(entry), self.words.text(title_of(entry.record)))
        return self._links[key]

    def acronym(self, network_id: str) -> Markup:
        """A network's acronym, leading to its page."""
        entry = self.kb.networks.get(network_id)
        return self.to(sections.address(entry), self.words.text(entry.record.acronym)) if entry else Markup()

    def acronyms(self, network_ids: Iterable[str]) -> Markup:
        """Several acronyms."""
        return joined((self.acronym(n) for n in network_ids), Markup(", "))

    def theme_chip(self, theme_id: str) -> Markup:
        """A chip that leads to a theme."""
        if theme_id not in self._chips:
            name = self.words.text(self.kb.themes[theme_id].name)
            self._chips[theme_id] = CHIP.format(self.root + sections.theme(theme_id), name)
        return self._chips[theme_id]

    def theme_chips(self, theme_ids: Iterable[str]) -> Markup:
        """Chips one after the other."""
        return Markup('<span class="kb-chips">{}</span>').format(joined((self.theme_chip(t) for t in theme_ids), Markup(" ")))

    def unit_link(self, unit: Unit) -> Markup:
        """A unit's name, leading to its page."""
        return self.to(sections.unit(unit.id), self.words.text(unit.short or unit.name))

    def unit_chips(self, units: Iterable[Unit]) -> Chips:
        """Units as chips."""
        return Chips(tuple(CHIP.format(self.root + sections.unit(u.id), self.words.text(u.short or u.name)) for u in units))

    # --- facts

    def fact(self, key: str, value: Markup | str | None) -> tuple[Fact, ...]:
        """A row of a summary list, or none where there is nothing to say."""
        return (Fact(self.words(key), escape(value)),) if value else ()

    def noted(self, html: Markup | str, note: Text | None = None, as_of: str | None = None, mark: Markup | None = None) -> Markup:
        """A value with its source mark, the date for which it is known and the doubt about it."""
        parts = [Markup("{}{}").format(html, mark or Markup())]
        if as_of:
            parts.append(Markup('<span class="kb-quiet">{}</span>').format(self.words("meta.as_of", date=self.words.date(as_of))))
        if note:
            parts.append(Markup('<span class="kb-note">{}</span>').format(self.words.text(note)))
        return Markup(" ").join(parts)

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

    def freshness_line(self, record: Record) -> Markup:
        """The state line of a record: a word and its date."""
        fresh = freshness(record, self.today)
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
        return Card(self.link(entry), lead, tuple(f for f in self._plain_facts(entry) if f), self.freshness_line(record))

    def _plain_facts(self, entry: Entry[Any]) -> list[Markup]:
        record, words = entry.record, self.words
        if isinstance(record, Resource):
            languages = ", ".join(record.languages)
            kind = escape(words(f"resource-type.{record.type}"))
            return [
                kind,
                self.acronym(entry.owner),
                Markup('<span lang="en">{}</span>').format(languages),
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

    def short_facts(self, entry: Entry[Any]) -> Markup:
        """The plain facts of a card on one line."""
        return joined(self.card(entry).facts)

    # --- notices

    def notices(self, entry: Entry[Any]) -> tuple[Notice, ...]:
        """What a reader must see first: archived, overdue, not translated."""
        record, found = entry.record, []
        if record.archived:
            when = self.words("notice.archived", date=self.words.date(record.archived.on))
            found.append(Notice("archived", joined([escape(when), self.words.text(record.archived.reason)], Markup(" "))))
        fresh = freshness(record, self.today)
        if fresh.state == "overdue" and fresh.due:
            due = self.words.date(fresh.due.isoformat())
            found.append(Notice("late", escape(self.words("notice.overdue", date=due, n=max(1, fresh.weeks_late)))))
        missing = untranslated(record, self.words.language)
        if missing:
            found.append(Notice("translation", escape(self.words("notice.untranslated", n=missing))))
        return tuple(found)

    def foot(self, entry: Entry[Any]) -> tuple[Fact, ...]:
        """Where a record stands: collected, confirmed, next check."""
        fresh = freshness(entry.record, self.today)
        collected = fresh.collected_on and self.words.date(fresh.collected_on.isoformat())
        return (
            *self.fact("fresh.collected_on", collected or None),
            *self.fact("fresh.confirmed_label", self._confirmed(entry.record)),
            *self.fact("fresh.next_check", self.words.date(fresh.due.isoformat()) if fresh.due else None),
        )

    def _confirmed(self, record: Record) -> Markup:
        fresh = freshness(record, self.today)
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
        return Markup('{} <code translate="no">{}</code>').format(self.words("meta.file"), name)


def state(tone: str, words: str) -> Markup:
    """A word of state; the colour only repeats it."""
    return Markup('<span class="kb-state kb-state--{}">{}</span>').format(tone, words)


def in_tbilisi(deadline: Deadline) -> datetime:
    """The moment of a deadline in Tbilisi."""
    moment = datetime.fromisoformat(f"{deadline.date}T{deadline.time}")
    return moment.replace(tzinfo=ZoneInfo(deadline.zone)).astimezone(TBILISI)


def title_of(record: Any) -> Text:
    """A record's title, or its name where it is called that."""
    found: Text = record.title if hasattr(record, "title") else record.name
    return found


SENTENCE = re.compile(r".{20,}?[.](?=\s|\Z)", re.DOTALL)


def first_sentence(text: Text) -> Text:
    """The first sentence of a text in each language: one line of what a network is for."""
    cut = {language: (SENTENCE.match(words) or [words])[0] for language in ("ka", "en") if (words := getattr(text, language))}
    return Text(**cut)


def lead_of(record: Any) -> Text | None:
    """One line of what a record is."""
    if isinstance(record, Network):
        return first_sentence(record.mandate)
    for name in ("summary", "subject", "audience", "document"):
        if found := getattr(record, name, None):
            return found if isinstance(found, Text) else None
    return None


# Fields whose texts need no second language: other names, addresses as printed, names of places.
ONE_LANGUAGE = frozenset({"also_called", "address", "abbreviation", "acronym"})


def untranslated(part: Any, language: str) -> int:
    """How many texts of a record are missing in a language."""
    if isinstance(part, Text) and getattr(part, language) is None:
        return 1
    if isinstance(part, tuple):
        return sum(untranslated(item, language) for item in part if not isinstance(item, str))
    fields = getattr(type(part), "model_fields", ())
    return sum(untranslated(getattr(part, f), language) for f in fields if f not in ONE_LANGUAGE and getattr(part, f) is not None)
