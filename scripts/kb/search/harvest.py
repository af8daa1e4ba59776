"""Documents for the search out of the knowledge base: every record, theme, unit, contact, working group and term."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from html import unescape
from typing import Any

from pydantic import BaseModel

from kb.history.snapshot import plain
from kb.records import sections
from kb.records.checking.annotations import model_in
from kb.records.item import Item
from kb.records.knowledge import Entry, KnowledgeBase
from kb.records.model import Agreement, Contact, Event, Network, Opportunity, Reporting, Resource, Term, Theme, Unit, WorkingGroup
from kb.records.texts import title_of
from kb.records.values import Text
from kb.search.documents import Document
from kb.search.index import Labels
from kb.upkeep.clocks import COMING_BY, EXPIRED_BY, OPEN_BY, expired, is_coming, openness
from kb.words.language import LANGUAGES, Words
from kb.words.tables import own_yaml

# Facets in order of display, each with the key of its name in strings.yml.
FACETS = {
    "kind": "find.kind",
    "type": "filter.kind",
    "network": "filter.network",
    "theme": "find.theme",
    "unit": "find.unit",
    "state": "filter.status",
    "year": "find.year",
    "language": "lang.resource_language",
}
KINDS = (
    "network", "resource", "event", "opportunity", "agreement", "reporting", "contact", "group", "theme", "unit", "term",
    "item", "page",
)  # fmt: skip
MOST_ITEMS = 3000
"""Collected items that the search knows, the newest: what is older is found on the networks' own sites."""
TYPES = ("resource-type", "opp-kind", "event-kind", "agreement-kind")
STATES = ("open", "to-confirm", "closed")
"""What is not known to be open stands apart: under neither of the others would somebody look for it, or trust it."""
IN_FORCE = {"active": "open", "to-confirm": "to-confirm", "suspended": "closed"}
"""The state of an agreement that has not expired; one in negotiation is neither open nor over."""

WEIGHTS = {"theme": 1.6, "unit": 3.0, "contact": 0.6, "group": 0.6, "item": 0.6}
"""How much a kind of page counts beside others that say the same: one that leads to many comes before each of these."""

# Fields of which nobody searches the words: who confirmed what, and what sources are called.
_UNREAD = frozenset({"review", "archived", "sources", "feeds", "watch"})
# What is shown of a record under its title.
_PROSE = ("summary", "mandate", "subject", "about", "outcome", "facts", "context", "note")
_SHORT = ("document", "body")
# What a record is called has fields of its own in a document.
_ALSO = ("acronym", "also_called", "abbreviation", "short", "former_names")
_NAMES = frozenset({"title", "name", "summary", *_ALSO})


class Harvest:
    """Gathers the documents of one language."""

    def __init__(self, kb: KnowledgeBase, words: Words, today: date) -> None:
        self.kb, self.words, self.today = kb, words, today
        self._language, self._other = words.language, words.other
        self._units: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]] = {}
        self._themes: dict[tuple[str, ...], str] = {}
        self._acronyms = {network: words.plain(entry.record.acronym) for network, entry in kb.networks.items()}

    def documents(self) -> Iterator[Document]:
        """All documents of the knowledge base in this language; drafts are not on the site."""
        kb = self.kb
        for entry in kb.entries():
            if entry.record.status != "draft":
                yield self._record(entry)
        for network in kb.networks.values():
            if network.record.status == "current":
                yield from self._parts(network)
        yield from map(self._theme, kb.themes.values())
        yield from map(self._unit, kb.units.values())
        yield from map(self._term, kb.glossary)
        yield from map(self._item, kb.waiting_items[:MOST_ITEMS])

    def page(self, address: str, title: str, html: str) -> Document:
        """A page that people wrote, from its finished HTML."""
        return Document(
            id=f"page:{address}",
            url=sections.ROOTS[self._language] + address,
            lang=self._language,
            title=title,
            body=text_of(html),
            facts=self.words("kind.page"),
            facets={"kind": ("page",)},
        )

    def _record(self, entry: Entry[Any]) -> Document:
        record, networks, title = entry.record, self._networks(entry), title_of(entry.record)
        called = self._names(record)
        given = vars(record)  # asking a model for a field that it has not costs pydantic more than all the fields that it has
        themes, day = given.get("themes", ()), date_of(record)
        kind, year, state = self._type(record), day[:4], self._state(record)
        facets = {
            "kind": (entry.kind,),
            "network": networks,
            "theme": themes,
            "unit": self._units_on(themes, networks if entry.kind == "network" else (), given.get("owner")),
            **({"type": (kind[1],)} if kind else {}),
            **({"language": record.languages} if isinstance(record, Resource) else {}),
            **({"year": (year,)} if year else {}),
            **({"state": (state,)} if state else {}),
        }
        called_so = self.words(".".join(kind)) if kind else self.words(f"kind.{entry.kind}")
        place = self.words.plain(record.place) if isinstance(record, Event) else ""
        said = [called_so, *self._acronyms_of(networks[:3]), place, year]
        return Document(
            id=f"{entry.kind}:{entry.id}",
            url=sections.ROOTS[self._language] + sections.address(entry),
            lang=self._language,
            title=self.words.plain(title),
            acronym=self._acronyms[entry.id] if entry.kind == "network" else given.get("abbreviation") or "",
            names=" ".join([*called, *self._acronyms_of(networks)]),
            themes=self._theme_names(themes),
            called=called,
            summary=self._summary(record),
            shown=self._shown(record),
            body=" ".join([*self._texts(record), said[0]]),
            initials=initials(title.en or ""),
            facets=facets,
            facts=" · ".join(filter(None, said)),
            date=day,
        )

    def _parts(self, network: Entry[Network]) -> Iterator[Document]:
        """A network's contacts and working groups, each found by itself and shown on the network's page."""
        for contact in network.record.contacts:
            title = f"{self._acronyms[network.id]}: {self.words.plain(contact.role)}"
            yield self._part(network, "contact", contact, title, f"#contact-{contact.id}")
        for group in network.record.working_groups:
            yield self._part(network, "group", group, self.words.plain(group.name), "#groups")

    def _part(self, network: Entry[Network], kind: str, part: Contact | WorkingGroup, title: str, where: str) -> Document:
        themes = part.themes if isinstance(part, WorkingGroup) else ()
        facets: dict[str, tuple[str, ...]] = {"kind": (kind,), "network": (network.id,)}
        if themes:
            facets |= {"theme": themes, "unit": self._units_on(themes, (), None)}
        kind_name, called = self.words(f"kind.{kind}"), self._names(part)
        return Document(
            id=f"{kind}:{network.id}/{part.id}",
            url=sections.ROOTS[self._language] + sections.address(network) + where,
            lang=self._language,
            title=title,
            names=" ".join([*called, self._acronyms[network.id], self.words.plain(network.record.name)]),
            called=called,
            themes=self._theme_names(themes),
            shown=self._reached(part) if isinstance(part, Contact) else self._shown(part),
            body=" ".join([*self._texts(part), kind_name]),
            facets=facets,
            facts=f"{kind_name} · {self._acronyms[network.id]}",
            weight=WEIGHTS[kind],
        )

    def _theme(self, theme: Theme) -> Document:
        units = tuple(unit.id for unit in self.kb.units_by_theme.get(theme.id, ()))
        facets = {"kind": ("theme",), "theme": (theme.id,), "unit": units}
        return self._plain("theme", theme.id, sections.theme(theme.id), theme, facets)

    def _unit(self, unit: Unit) -> Document:
        return self._plain(
            "unit", unit.id, sections.unit(unit.id), unit, {"kind": ("unit",), "unit": (unit.id,), "theme": unit.themes}
        )

    def _term(self, term: Term) -> Document:
        return self._plain("term", term.id, f"{sections.index('glossary')}#{term.id}", term, {"kind": ("term",)})

    def _item(self, item: Item) -> Document:
        """Something collected by machine; it leads out of the site."""
        facets: dict[str, tuple[str, ...]] = {"kind": ("item",), "network": (item.network,), "year": (item.day[:4],)}
        if item.themes:
            facets |= {"theme": item.themes, "unit": self._units_on(item.themes, (), None)}
        said = [self.words("find-kind.item"), self.words(f"item-kind.{item.kind}"), self._acronyms[item.network], item.day[:4]]
        return Document(
            id=f"item:{item.id}",
            url=item.link or sections.ROOTS[self._language] + sections.address_of("network", item.network) + "#collected",
            lang=self._language,
            title=item.title,
            themes=self._theme_names(tuple(theme for theme in item.themes if theme in self.kb.themes)),
            summary=item.summary,
            shown=item.summary,
            facets=facets,
            facts=" · ".join(said),
            date=item.day,
            weight=WEIGHTS["item"],
        )

    def _plain(self, kind: str, name: str, address: str, part: Any, facets: dict[str, tuple[str, ...]]) -> Document:
        other, called = getattr(part.name, self._other) or "", self._names(part)
        keywords = (*part.keywords.ka, *part.keywords.en) if isinstance(part, Theme) else ()
        return Document(
            id=f"{kind}:{name}",
            url=sections.ROOTS[self._language] + address,
            lang=self._language,
            title=self.words.plain(part.name),
            names=" ".join([*called, *keywords]),
            called=called,
            keywords=keywords,
            shown=self._shown(part),
            body=" ".join(self._texts(part)),
            facets=facets,
            facts=" · ".join(filter(None, [self.words(f"kind.{kind}"), other if kind == "term" else ""])),
            weight=WEIGHTS.get(kind, 1.0),
        )

    # --- parts of documents

    def _networks(self, entry: Entry[Any]) -> tuple[str, ...]:
        found = (entry.owner, *vars(entry.record).get("networks", ()))
        return tuple(dict.fromkeys([network for network in found if network in self.kb.networks]))

    def _acronyms_of(self, networks: Iterable[str]) -> list[str]:
        return [self._acronyms[network] for network in networks]

    def _units_on(self, themes: tuple[str, ...], networks: tuple[str, ...], owner: str | None) -> tuple[str, ...]:
        """The units that a record concerns: by its themes, as a network they work with, as its owner."""
        key = (themes, networks)
        if key not in self._units:
            found = [unit.id for theme in themes for unit in self.kb.units_by_theme.get(theme, ())]
            found += [unit.id for network in networks for unit in self.kb.units_by_network.get(network, ())]
            self._units[key] = tuple(sorted(set(found)))
        return tuple(sorted({*self._units[key], owner})) if owner else self._units[key]

    def _theme_names(self, themes: tuple[str, ...]) -> str:
        if themes not in self._themes:
            self._themes[themes] = " ".join([self.words.plain(self.kb.themes[theme].name) for theme in themes])
        return self._themes[themes]

    def _names(self, part: Any) -> tuple[str, ...]:
        """What else a thing is called: in the other language, for short, before."""
        given = vars(part)
        name = given.get("title") or given.get("name")  # a contact has neither
        found = [getattr(name, self._other)] if name else []
        for field in _ALSO:
            if value := given.get(field):
                for one in value if isinstance(value, tuple) else (value,):
                    found += [one] if isinstance(one, str) else [one.ka, one.en]
        return tuple([text for text in found if text])

    def _summary(self, record: Any) -> str:
        given = vars(record)
        return self.words.plain(given.get("summary") or given.get("mandate") or given.get("subject"))

    def _shown(self, part: Any) -> str:
        """The first field that says in sentences what a thing is; where there is none, the short ones."""
        given = vars(part)
        for name in _PROSE:
            if value := given.get(name):
                return " · ".join(map(self.words.plain, value if isinstance(value, tuple) else (value,)))
        return " · ".join([self.words.plain(given[name]) for name in _SHORT if given.get(name)])

    def _reached(self, contact: Contact) -> str:
        """How a contact is reached; where nothing says it, what is known."""
        ways = [contact.email, contact.phone, self.words.plain(contact.address)]
        return " · ".join(filter(None, ways)) or self._shown(contact)

    def _texts(self, record: BaseModel) -> list[str]:
        return [text if isinstance(text, str) else self.words.plain(text) for text in texts(record, _NAMES)]

    def _type(self, record: Any) -> tuple[str, str] | None:
        match record:
            case Resource():
                return ("resource-type", record.type)
            case Opportunity():
                return ("opp-kind", record.kind)
            case Event():
                return ("event-kind", record.kind)
            case Agreement():
                return ("agreement-kind", record.kind)
        return None

    def _state(self, record: Any) -> str | None:
        """Whether an opportunity can still be taken, an event is still to come, an agreement is in force, as its page says."""
        match record:
            case Opportunity():
                return openness(plain(record, OPEN_BY), self.today)
            case Event():
                ahead = is_coming(plain(record, COMING_BY), self.today)
                return ("open" if ahead else "closed") if record.start or record.end else None
            case Agreement():
                over = expired(plain(record, EXPIRED_BY), self.today)
                return "closed" if over else IN_FORCE.get(record.state)
        return None


def labels(kb: KnowledgeBase) -> Labels:
    """What every facet and value is called in both languages, and the terms of the glossary."""
    terms = tuple((term.name.ka or "", term.name.en or "", term.abbreviation or "") for term in kb.glossary)
    themes = {theme.id: (*theme.keywords.ka, *theme.keywords.en) for theme in kb.themes.values()}
    kin = {"theme": {name: said for name, said in themes.items() if said}, **own_yaml(__package__, "find_words.yml")}
    years = sorted({year for entry in kb.entries() if (year := date_of(entry.record)[:4])}, reverse=True)
    return Labels({language: _called(kb, Words(language), years) for language in LANGUAGES}, terms, kin)


def _called(kb: KnowledgeBase, words: Words, years: list[str]) -> dict[str, Any]:
    languages = {code for entry in kb.resources.values() for code in entry.record.languages}
    types = {key.split(".", 1)[1]: words(key) for group in reversed(TYPES) for key in words.group(group)}
    values = {
        "kind": {kind: words(f"find-kind.{kind}") for kind in KINDS},
        "type": dict(sorted(types.items(), key=lambda pair: pair[1])),
        "network": {entry.id: words.plain(entry.record.acronym) for entry in kb.networks.values()},
        "theme": dict(sorted([(t.id, words.plain(t.name)) for t in kb.themes.values()], key=lambda pair: pair[1])),
        "unit": {unit.id: words.plain(unit.short or unit.name) for unit in kb.units.values()},
        "state": {state: words(f"find-state.{state}") for state in STATES},
        "year": {year: year for year in years},
        "language": {code: words(key) for key in words.group("language") if (code := key.split(".", 1)[1]) in languages},
    }
    return {facet: [words(FACETS[facet]), values[facet]] for facet in FACETS}


def date_of(record: Any) -> str:
    """The day, month or year from which a record counts as new; its first four digits are the year to look under."""
    match record:
        case Resource():
            return str(record.year or "")
        case Event():
            return record.start or ""
        case Opportunity():
            start = record.period.start if record.period else None
            return record.deadline.date if record.deadline else start or ""
        case Agreement():
            return record.signed or record.since or ""
        case Reporting():
            return max([s.date for s in record.submissions if s.date], default="")
    return ""


def initials(title: str) -> str:
    """Every abbreviation of three to five letters that an English title may have, without its small words."""
    first = "".join([word[0] for word in _LATIN.findall(title) if word not in _SMALL]).lower()
    return " ".join([first[at : at + size] for size in (3, 4, 5) for at in range(len(first) - size + 1)])


_LATIN = re.compile("[A-Za-z]+")
_SMALL = frozenset({"a", "an", "the", "of", "and", "or", "for", "on", "in", "to", "by", "with", "from", "at", "as", "s"})


def texts(part: BaseModel, without: frozenset[str] = frozenset()) -> list[Text | str]:
    """Everything that a record or a part of one says, but for some fields."""
    found: list[Text | str] = []
    for name in _read(type(part)):
        value = getattr(part, name)
        if not value or name in without:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Text) or name in _WORDS:
                found.append(one)
            if isinstance(one, BaseModel):
                found += texts(one)
    return found


# Fields of plain words that somebody may look for.
_WORDS = frozenset({"holder", "email", "phone", "partners", "signatories", "budget", "abbreviation"})


@cache
def _read(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model in which there is something to read."""
    names = []
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if name in _WORDS or (name not in _UNREAD and inner and (issubclass(inner, Text) or _read(inner))):
            names.append(name)
    return tuple(names)


_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def text_of(html: str) -> str:
    """What HTML of our own says, as one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
