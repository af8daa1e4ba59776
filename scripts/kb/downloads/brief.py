"""A brief for a meeting: a network, a theme or a unit on a few pages, with numbered sources and the day it was made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Any

from kb.bulletins.letter import Line, Run, Section
from kb.history.naming import Namer
from kb.history.snapshot import Plain, plain
from kb.records import sections
from kb.records.knowledge import Entry, Index, KnowledgeBase, current
from kb.records.model import Network, Theme, Unit
from kb.records.texts import first_sentence, host, title_of
from kb.records.values import Text
from kb.upkeep.clocks import COMING_BY, OPEN_BY, Due, deadline_day, dues, is_coming, is_open, told
from kb.words.language import Language, Words

MOST = 8  # of a list: a brief is two to four pages
TERM = 180  # days ahead in which what falls due is told


class Unknown(Exception):
    """There is nothing of this name, or more than one thing."""


Subject = Entry[Network] | Theme | Unit


def subject_of(kb: KnowledgeBase, name: str) -> Subject:
    """The network, theme or unit of an id; `theme:gender` where a unit has the same; raises Unknown."""
    kind, _, one = name.rpartition(":")
    found: dict[str, Subject | None] = {"network": kb.networks.get(one), "theme": kb.themes.get(one), "unit": kb.units.get(one)}
    meant = {key: thing for key, thing in found.items() if thing is not None and kind in ("", key)}
    if len(meant) == 1:
        return next(iter(meant.values()))
    if meant:
        raise Unknown(f"{one} is a {' and a '.join(meant)}; say {' or '.join(f'{key}:{one}' for key in meant)}")
    raise Unknown(f"there is no network, theme or unit {name}")


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief in one language."""

    language: Language
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[Run, ...]
    """Numbered from 1, in the order in which the facts name them."""


class Writer:
    """Writes briefs in one language on one day, one after the other; what many of them ask is found once."""

    def __init__(self, kb: KnowledgeBase, words: Words, today: date) -> None:
        self.kb, self.words, self.today = kb, words, today
        # of the networks no more than what goes before the names of their events and opportunities
        acronyms = {f"network:{name}": {"acronym": plain(entry.record.acronym)} for name, entry in kb.networks.items()}
        self.names = Namer(words, acronyms)
        self._documents = {document.id: words.plain(document.title) for document in kb.documents}
        self._numbers: dict[str, int] = {}

    def write(self, subject: Subject) -> Brief:
        """The brief of a network, a theme or a unit, its sources numbered from 1."""
        self._numbers = {}
        if isinstance(subject, Entry):
            title, parts = self.words.plain(subject.record.name), list(self._network(subject))
        else:
            title, parts = self.words.plain(subject.name), list(self._group(subject))
        subtitle = self.words("brief.as_of", date=self.words.date(self.today.isoformat()))
        shown = tuple(part for part in parts if part.lines) or (self._nothing(),)
        return Brief(self.words.language, title, subtitle, shown, tuple(self._sources()))

    # --- a network

    def _network(self, entry: Entry[Network]) -> Iterator[Section]:
        record, words = entry.record, self.words
        about = [self._sentence(record.mandate), self._fact("network.legal_form", record.legal_form)]
        about.append(self._fact("meta.website", record.website))
        yield self._section("about", "brief.about", [*about, *(self._sentence(one) for one in record.activities[:MOST])])
        yield self._section("standing", "network.our_standing", self._standing(entry))
        yield self._section("contacts", "brief.contacts", self._contacts([entry]))
        yield from self._lists(entry.id, set(), "")
        doubts = [Line((Run(words.plain(note)),)) for note in record.notes[:MOST]]
        yield self._section("doubts", "network.doubts", doubts)

    def _standing(self, entry: Entry[Network]) -> list[Line]:
        standing, words = entry.record.standing, self.words
        since = words("network.since", date=words.since(standing.since)) if standing.since else ""
        status = "; ".join(part for part in (words(f"membership.{standing.status}"), since) if part)
        lines = [Line((Run(status, strong=True), *self._mark(standing.sources)))]
        if standing.summary:
            lines.append(self._sentence(standing.summary))
        if found := standing.accreditation:
            said = [words("network.accredited", status=found.status)]
            said += [words("network.renewed", date=words.date(found.last_renewed))] if found.last_renewed else []
            lines.append(Line((Run("; ".join(said)), *self._mark(found.sources))))
        for role in standing.roles:
            when = words.span(role.start, role.end)
            lines.append(Line((Run(words.plain(role.role)), *([Run(f"({when})")] if when else []), *self._mark(role.sources))))
        return lines

    def _contacts(self, networks: Iterable[Entry[Network]]) -> list[Line]:
        return list(islice(self._reachable(networks), 2 * MOST))

    def _reachable(self, networks: Iterable[Entry[Network]]) -> Iterator[Line]:
        for entry in networks:
            for contact in entry.record.contacts:
                ways = [way for way in (contact.email, contact.phone, self.words.plain(contact.address)) if way]
                name = f"{self.words.plain(entry.record.acronym)}, {self.words.plain(contact.role)}"
                if ways:
                    yield Line((Run(name, strong=True), Run(":"), Run("; ".join(ways)), *self._mark(contact.sources)))

    # --- a theme or a unit

    def _group(self, subject: Theme | Unit) -> Iterator[Section]:
        themes = set(subject.themes) if isinstance(subject, Unit) else {subject.id}
        followed = set(subject.networks) if isinstance(subject, Unit) else set()
        found = _found("", themes, {}, self.kb.networks_by_theme)
        networks = [entry for entry in self._networks if entry in found or entry.id in followed]
        if isinstance(subject, Unit):
            yield self._section(
                "about", "brief.about", [Line((Run(self.words.plain(subject.about)), *self._mark(subject.sources)))]
            )
        yield self._section("networks", "nav.networks", [self._named_network(entry) for entry in networks[: 2 * MOST]])
        groups = ((e, group) for e in networks for group in e.record.working_groups if not themes.isdisjoint(group.themes))
        shown = islice(groups, MOST)
        lines = [self._named(f"{self.words.plain(e.record.acronym)}, {self.words.plain(g.name)}", g) for e, g in shown]
        yield self._section("groups", "network.working_groups", lines)
        yield self._section("contacts", "brief.contacts", self._contacts(networks))
        yield from self._lists("", themes, subject.id if isinstance(subject, Unit) else "")

    def _named_network(self, entry: Entry[Network]) -> Line:
        status = self.words(f"membership.{entry.record.standing.status}")
        name = Run(self.words.plain(entry.record.acronym), href=sections.address(entry), strong=True)
        return Line((name, Run(":"), Run(self.words.plain(first_sentence(entry.record.mandate))), Run(f"({status})")))

    def _named(self, name: str, statement: Any) -> Line:
        return Line((Run(name, strong=True), Run(":"), Run(self.words.plain(statement)), *self._mark(statement.sources)))

    # --- what stands with a network or on themes

    def _lists(self, home: str, themes: set[str], unit: str) -> Iterator[Section]:
        """Of a network, or on themes: current resources, open opportunities, events, and what is due, to a unit as well."""
        kb, mine = self.kb, partial(_found, home, themes)
        resources = sorted(mine(kb.resources_by_network, kb.resources_by_theme), key=self._newest.__getitem__)
        yield self._section("resources", "brief.resources", [self._resource(entry) for entry in resources[:MOST]])
        opportunities = mine(kb.opportunities_by_network, kb.opportunities_by_theme)
        duties = mine(kb.reporting_by_network, kb.reporting_by_theme) | mine({}, kb.agreements_by_theme)
        yield self._section("deadlines", "brief.deadlines", self._deadlines(opportunities, duties, unit))
        events = sorted(mine(kb.events_by_network, kb.events_by_theme), key=self._latest.__getitem__)
        coming = [entry for entry in events if entry in self._ahead]
        yield self._section("events", "event.upcoming", [self._event(entry) for entry in coming[::-1][:MOST]])
        over = (entry for entry in events if entry not in self._ahead and (entry.record.start or entry.record.end))
        past = [entry for entry in over if not entry.record.state]  # what was called off or put off did not take place
        yield self._section("past", "letter.part", [self._event(entry) for entry in past[:MOST]])

    def _deadlines(self, opportunities: set[Entry[Any]], duties: set[Entry[Any]], unit: str) -> list[Line]:
        """Open opportunities and what is due, by day."""
        ours = sorted(self._open.keys() & opportunities, key=lambda entry: entry.id)
        found = [(*self._open[entry], entry) for entry in ours]
        for entry, due in self._dues:
            if entry in duties or (unit and due.owner == unit):
                duty = [self.names.text(due.duty)] if due.duty else []
                found.append((due.on, "; ".join([*duty, *told(due, self.words)]), entry))
        found.sort(key=lambda row: row[0])
        return [self._titled(entry, said) for _, said, entry in found[: 2 * MOST]]

    @cached_property
    def _networks(self) -> list[Entry[Network]]:
        return current(self.kb.networks)

    @cached_property
    def _newest(self) -> dict[Entry[Any], int]:
        """The place of each resource among all, the newest first."""
        return _places(sorted(current(self.kb.resources), key=lambda e: (-(e.record.year or 0), e.id)))

    @cached_property
    def _latest(self) -> dict[Entry[Any], int]:
        """The place of each event among all, the last first."""
        return _places(sorted(current(self.kb.events), key=lambda e: (e.record.start or e.record.end or "", e.id), reverse=True))

    @cached_property
    def _ahead(self) -> set[Entry[Any]]:
        """The events that are still to come, or on."""
        return {entry for entry in current(self.kb.events) if is_coming(plain(entry.record, COMING_BY), self.today)}

    @cached_property
    def _open(self) -> dict[Entry[Any], tuple[str, str]]:
        """The open opportunities, each with the day by which to sort it and what is said of its deadline."""
        found = {}
        for entry in current(self.kb.opportunities):
            record = plain(entry.record, OPEN_BY)
            if is_open(record, self.today):
                found[entry] = self._deadline(record.get("deadline"))
        return found

    def _deadline(self, deadline: Plain | None) -> tuple[str, str]:
        if deadline is None:
            return "9999", self.words("letter.no_deadline")
        return deadline_day(deadline).isoformat(), self.words("letter.deadline", date=self.names.moment(deadline))

    @cached_property
    def _dues(self) -> list[tuple[Entry[Any], Due]]:
        """What falls due within the term, of all agreements and reports."""
        entries: list[Entry[Any]] = [*current(self.kb.agreements), *current(self.kb.reporting)]
        pairs = [(entry, due) for entry in entries for due in dues(entry.kind, entry.id, plain(entry.record), self.today)]
        return [(entry, due) for entry, due in pairs if due.days <= TERM]

    def _titled(self, entry: Entry[Any], said: str) -> Line:
        name = self.names.subject(entry.kind, entry.id, {"title": plain(title_of(entry.record))})
        return Line(
            (Run(name, href=sections.address(entry), strong=True), Run(":"), Run(said), *self._mark(entry.record.sources))
        )

    def _resource(self, entry: Entry[Any]) -> Line:
        record = entry.record
        about = ", ".join(str(part) for part in (self.words(f"resource-type.{record.type}"), record.year) if part)
        summary = f"({about}) {self.words.plain(record.summary)}"
        to = record.url if record.official else sections.address(entry)  # somebody else's copy is not recommended
        return Line((Run(self.words.plain(record.title), href=to, strong=True), Run(summary), *self._mark(record.sources)))

    def _event(self, entry: Entry[Any]) -> Line:
        record = entry.record
        state = self.words(f"event.{record.state}") if record.state else ""
        when = self.words.span(record.start, record.end)
        said = [state, when, self.words.plain(record.place), self.words.plain(record.outcome)]
        return self._titled(entry, ". ".join(part for part in said if part))

    # --- pieces

    def _nothing(self) -> Section:
        """What is said on a theme of which all is over."""
        return self._section("deadlines", "brief.deadlines", [Line((Run(self.words("brief.nothing")),))])

    def _section(self, name: str, key: str, lines: Iterable[Line | None]) -> Section:
        return Section(name, self.words(key), tuple(line for line in lines if line))

    def _sentence(self, statement: Any) -> Line:
        return Line((Run(self.words.plain(statement)), *self._mark(statement.sources)))

    def _fact(self, key: str, value: Text | str | None) -> Line | None:
        if not value:
            return None
        text = value if isinstance(value, str) else self.words.plain(value)
        return Line((Run(self.words(key), strong=True), Run(":"), Run(text)))

    def _mark(self, sources: Iterable[str]) -> tuple[Run, ...]:
        """The numbers of the sources of a fact."""
        numbers = [self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources]
        return (Run(f"[{', '.join(map(str, sorted(numbers)))}]"),) if numbers else ()

    def _sources(self) -> Iterator[Run]:
        for source in self._numbers:
            if source in self._documents:
                yield Run(self._documents[source])
            elif lead := self.kb.leads.get(source):
                copy = self.words("source.unofficial", host=host(source))
                yield Run(f"{lead.title} ({copy})" if lead.title else copy)
            else:
                yield Run(source, href=source)


def _found(home: str, themes: set[str], by_network: Index[Entry[Any]], by_theme: Index[Entry[Any]]) -> set[Entry[Any]]:
    """What stands with a network or is on themes."""
    return set(by_network.get(home, ())).union(*[by_theme.get(theme, ()) for theme in themes])


def _places(entries: Iterable[Entry[Any]]) -> dict[Entry[Any], int]:
    return {entry: place for place, entry in enumerate(entries)}
