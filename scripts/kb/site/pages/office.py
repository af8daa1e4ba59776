"""The pages about the base itself: home, what is new, bulletins, freshness, about."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from heapq import nlargest
from typing import Any

from kb.records import sections
from kb.site.citations import Citations
from kb.upkeep.freshness import freshness
from kb.records.knowledge import Entry, current
from kb.words.markup import COMMA, EMPTY, SPACE, Html, anchor, escape, joined, safe
from kb.records.model import Function
from kb.site.pages import collected
from kb.site.pages import lists
from kb.site.pages import offered
from kb.site.pages.calendar import deadlines
from kb.site.view import Block, Body, Chips, Choice, Days, Folded, Page, Prose, Rows, Section, Statements, Summary, Table
from kb.site.writer import Writer

MOST_ON_HOME = 6
MOST_OF_A_KIND = 2
"""On the first page, of one day."""
MOST_NEW = 20
NEEDY = ("overdue", "due")  # states of records that somebody must look at
MOST_NAMED = 5
"""Of one kind and day, on the page of what is new."""
ORDER = ("opportunity", "event", "resource", "agreement", "reporting", "network")
"""What came in, by how soon a reader can use it."""
Arrived = tuple[str, str]
"""(the day, `added` or `confirmed`)"""


def home(w: Writer) -> Page:
    """What a lawyer sees first: the search, the own unit, what is new, deadlines, networks."""
    words = w.words
    parts = [
        Section("new", words.html("nav.changes"), tuple(_newest(w)), half=True),
        Section("deadlines", words.html("home.deadlines"), tuple(_next_deadlines(w)), half=True),
        Section("networks", words.html("network.list"), tuple(_networks(w))),
        Section("themes", words.html("nav.themes"), tuple(_themes(w))),
    ]
    found = tuple(p for p in parts if p.blocks)
    body = Body(
        title=escape(words("home.question")),
        lead=escape(words("home.lead")),
        asks=(sections.index("find"), words("search.placeholder"), words("search.label")),
        choice=_unit_choice(w) if w.kb.units else None,
        facts=_counts(w),
        sections=found,
        layout="home",
    )
    return Page("index.html", "home", words("site.title"), words("site.tagline"), body)


def _counts(w: Writer) -> Any:
    counts = [
        ("networks", len(current(w.kb.networks))),
        ("resources", len(current(w.kb.resources))),
        ("opportunities", len(current(w.kb.opportunities))),
        ("events", len(current(w.kb.events))),
    ]
    return w.fact("home.holds", joined(w.to(sections.index(s), w.words(f"count.{s}", n=n)) for s, n in counts if n))


def _unit_choice(w: Writer) -> Choice:
    name, prompt, go, change = (w.words(f"unit.{word}") for word in ("mine", "choose", "open", "change"))
    return Choice(name, prompt, go, change, tuple(w.unit_link(u) for u in w.kb.units.values()))


def _newest(w: Writer) -> Iterator[Block]:
    groups = arrivals(w)
    if not groups:
        return
    first = next(iter(groups))
    yield Prose(safe(f"<p>{escape(_happened(w, *first))}: {_counted(w, groups[first])}</p>"))
    found = [e for kinds in groups.values() for entries in kinds.values() for e in _first(entries, MOST_OF_A_KIND)]
    rows = [(w.link(e), escape(w.words(f"kind.{e.kind}"))) for e in found[:MOST_ON_HOME]]
    rows.append((w.to(sections.index("changes"), w.words("action.all_news")), EMPTY))
    yield Rows(tuple(rows))


def _counted(w: Writer, kinds: dict[str, list[Entry[Any]]]) -> Html:
    """How many of each kind, each leading to its list."""
    names = ((sections.FOLDERS[kind], len(entries)) for kind, entries in kinds.items())
    return joined(w.to(sections.index(name), w.words(f"count.{name}", n=n)) for name, n in names)


def _happened(w: Writer, on: str, what: str) -> str:
    return w.words(f"changes.{what}", date=w.words.on(on))


def _next_deadlines(w: Writer) -> Iterator[Block]:
    found = deadlines(w, 365)[:MOST_ON_HOME]
    if found:
        yield Days(tuple(d.block for d in found))
    else:
        running = sum(1 for e in current(w.kb.opportunities) if w.openness(e.record) == "open")
        more = w.to(sections.index("opportunities"), w.words("home.running", n=running)) if running else EMPTY
        yield lists.said(joined([w.words.html("home.no_deadlines"), more], SPACE))


def _networks(w: Writer) -> Iterator[Block]:
    everyone = sorted(current(w.kb.networks), key=lambda e: w.words.sort_key(e.record.acronym))
    for scope in lists.SCOPES:
        found = [e for e in everyone if e.record.scope == scope]
        if found:
            name = w.words(f"network-scope.{scope}")
            yield lists.network_table(w, found, name, name)


def _themes(w: Writer) -> Iterator[Block]:
    names = sorted(w.kb.themes.values(), key=lambda t: w.words.sort_key(t.name))
    if names:
        yield Chips(tuple(w.theme_chip(t.id) for t in names))


def arrivals(w: Writer) -> dict[Arrived, dict[str, list[Entry[Any]]]]:
    """Current records by the day and manner of their last coming, the newest first, and by kind."""
    groups: dict[Arrived, dict[str, list[Entry[Any]]]] = {}
    for kind in ORDER:
        for entry in current(w.kb.of_kind(kind)):
            confirmed, collected = entry.record.review.confirmed_on or "", entry.record.collected_on or ""
            if on := max(confirmed, collected):
                arrived = on, "confirmed" if on == confirmed else "added"
                groups.setdefault(arrived, {}).setdefault(kind, []).append(entry)
    return dict(sorted(groups.items(), reverse=True))


def _first(entries: list[Entry[Any]], most: int) -> list[Entry[Any]]:
    """The newest by their own day or year of those that came together."""
    return nlargest(most, entries, key=lambda e: (_own_day(e), e.id))


def _own_day(entry: Entry[Any]) -> str:
    given = vars(entry.record)  # asking a model for a field that it has not costs ten times as much
    return given.get("start") or str(given.get("year") or "")


def changes(w: Writer) -> Page:
    """What came in or was confirmed, by day and kind."""
    return lists.page(w, "changes", _changes(w))


def _changes(w: Writer) -> Iterator[Section]:
    news = w.kb.waiting_items
    if news:
        rows = [collected.row(w, item) for item in news[:MOST_NEW]]
        if len(news) > MOST_NEW:
            every = f"{sections.index('find')}?kind=item"
            rows.append((w.to(every, w.words("collected.all", n=len(news))), EMPTY))
        yield Section("collected", w.words.html("collected.heading"), (collected.note(w), Rows(tuple(rows))), len(news))
    for (on, what), kinds in arrivals(w).items():
        counted = Prose(safe(f"<p>{_counted(w, kinds)}</p>"))
        named = (_named(w, kind, entries, f"{what}-{on}-{kind}") for kind, entries in kinds.items())
        yield Section(f"{what}-{on}", escape(_happened(w, on, what)), (counted, *named), sum(map(len, kinds.values())))


def _named(w: Writer, kind: str, entries: list[Entry[Any]], anchor: str) -> Rows:
    """A few records of a kind, and the way to all of them."""
    rows = [(w.link(e), w.acronym(e.owner) if "/" in e.id else EMPTY) for e in _first(entries, MOST_NAMED)]
    if len(entries) > MOST_NAMED:
        rows.append((w.to(sections.index(sections.FOLDERS[kind]), w.words("changes.all_of_kind", n=len(entries))), EMPTY))
    return Rows(tuple(rows), w.words(f"kinds.{kind}"), anchor)


def bulletins(w: Writer) -> Page:
    """The archive of quarterly bulletins; says when the first is due while there is none, and to the public whose they are."""
    last = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}[(w.today.month - 1) // 3 + 1]
    due = w.words("bulletin.first", quarter=w.words.quarter(w.today), date=w.words.date(f"{w.today.year}-{last}"))
    said = w.words("bulletin.internal") if w.edition.audience == "public" else due
    return lists.page(w, "bulletins", (Section("archive", w.words.html("bulletin.archive"), (lists.said(escape(said)),)),))


def fresh(w: Writer) -> Page:
    """How many records are confirmed, due and overdue, which are, and the state of every source."""
    return lists.page(w, "freshness", _fresh(w))


def _fresh(w: Writer) -> Iterator[Section]:
    entries = [e for e in w.kb.entries() if e.record.status == "current"]
    kinds = Counter(e.kind for e in entries)
    states: dict[str, dict[str, list[Entry[Any]]]] = {"overdue": {}, "due": {}, "unconfirmed": {}, "confirmed": {}}
    for entry in entries:
        states[freshness(entry.record, w.today).state].setdefault(entry.kind, []).append(entry)
    head = (w.words("filter.kind"), *(w.words(f"fresh-state.{s}") for s in states), w.words("table.total"))
    rows = tuple(_kind(w, kind, total, states) for kind, total in kinds.items())
    yield Section(
        "states", w.words.html("fresh.states"), (Table(w.words("fresh.states"), head, rows),) if rows else (), len(entries)
    )
    for name, groups in states.items():
        blocks: tuple[Block, ...] = ()
        if any(_listed(name, len(group), kinds[kind]) for kind, group in groups.items()):
            blocks = tuple(_of_state(w, name, kind, group, kinds[kind]) for kind, group in groups.items())
        if blocks and name not in NEEDY:
            blocks = (Folded(w.words("action.show_all"), blocks),)
        yield Section(name, w.words.html(f"fresh-state.{name}"), blocks, sum(map(len, groups.values())))
    changed = tuple(collected.changed_pages(w))
    yield Section("changed", w.words.html("fresh.changed_pages"), changed)
    yield Section("sources", w.words.html("fresh.feeds"), tuple(collected.sources(w)))
    yield Section("unofficial", w.words.html("fresh.unofficial"), tuple(_unofficial(w)))


def _listed(name: str, n: int, total: int) -> bool:
    """Whether the records of a kind in a state stand in a list here; the kind's own list has them where it is all of them."""
    return name in NEEDY or n < total


def _kind(w: Writer, kind: str, total: int, states: Mapping[str, Mapping[str, list[Entry[Any]]]]) -> tuple[Html, ...]:
    """A kind with its number of records in each state, each number leading to these."""
    home = sections.index(sections.FOLDERS[kind])
    cells = [w.to(home, w.words(f"kinds.{kind}"))]
    for name, groups in states.items():
        n = len(groups.get(kind, ()))
        to_list = anchor(f"#{name}-{kind}", str(n)) if _listed(name, n, total) else w.to(home, str(n))
        cells.append(to_list if n else escape(n))
    return *cells, w.to(home, str(total))


def _of_state(w: Writer, name: str, kind: str, entries: list[Entry[Any]], total: int) -> Rows:
    """The records of a kind in a state, the longest overdue first, or the way to the kind's own list where that is all of it."""
    if _listed(name, len(entries), total):
        rows = [(w.link(e), w.freshness_line(e.record)) for e in sorted(entries, key=lambda e: (_due(w, e), e.id))]
    else:
        rows = [(w.to(sections.index(sections.FOLDERS[kind]), w.words("changes.all_of_kind", n=total)), EMPTY)]
    return Rows(tuple(rows), w.words(f"kinds.{kind}"), f"{name}-{kind}")


def _due(w: Writer, entry: Entry[Any]) -> date:
    return freshness(entry.record, w.today).due or date.max


def _unofficial(w: Writer) -> Iterator[Block]:
    found = [e for e in current(w.kb.resources) if not e.record.official]
    if found:
        yield Rows(tuple((w.link(e), w.acronym(e.owner)) for e in found))


def data(w: Writer) -> Page:
    """What can be taken from the site: tables, calendars, feeds, and the api with its schemas."""
    return lists.page(w, "data", offered.data(w))


def about(w: Writer) -> Page:
    """The Division, its functions with the pages that serve them, and what the base does not hold yet."""
    words, office = w.words, w.kb.office
    cite = Citations(words, w.kb.leads, documents=w.kb.documents)
    lead = _aim(w, cite) if office else escape(words("empty.list"))
    parts = tuple(p for p in _about(w, cite) if p.blocks)
    body = Body(
        title=escape(words("nav.about")),
        lead=lead,
        sections=parts,
        sources=cite.list(),
        edit=w.edit("_office/office.yml") if office else EMPTY,
    )
    return Page(sections.index("about"), "about", words("nav.about"), words("about.description"), body)


def _aim(w: Writer, cite: Citations) -> Html:
    aim = w.words.text(w.kb.office.aim) if w.kb.office else EMPTY
    return safe(f"{w.words.html('about.aim')} {aim}.{cite.mark(['division-charter'])}")


def _about(w: Writer, cite: Citations) -> Iterator[Section]:
    words, office = w.words, w.kb.office
    if office:
        facts = (
            *w.fact("about.accountable_to", words.text(office.accountable_to)),
            *w.fact("about.acts_for", words.text(office.acts_for)),
            *w.fact("about.hours", words.text(office.hours)),
            *w.fact("about.hotline", words.text(office.hotline)),
        )
        yield Section("division", escape(words.plain(office.division)), (Summary(facts),))
        head = (words("about.number"), words("about.function"), words("about.served_by"))
        core = next((f for f in office.functions if f.core), None)
        rows = tuple(_function(w, f, f is core) for f in office.functions)
        yield Section("functions", words.html("about.functions"), (Table(words("about.functions"), head, rows),))
        for anchor, items in (("mandates", office.mandates), ("legal-basis", office.legal_basis)):
            said = tuple((words.text(m.name), w.noted(words.text(m.detail), None, None, cite.mark(m.sources))) for m in items)
            yield Section(anchor, words.html(f"about.{anchor}"), (Statements(said),))
        yield Section("history", words.html("about.history"), (w.statements(office.history, cite),))
        yield Section("facts", words.html("about.facts"), (w.statements(office.facts, cite),) if office.facts else ())
    areas: dict[str, list[Any]] = {}
    for gap in w.kb.gaps:
        areas.setdefault(gap.area, []).append(gap)
    blocks = tuple(
        Statements(tuple((w.to(sections.index(area), words(f"nav.{area}")), words.text(gap.what)) for gap in gaps))
        for area, gaps in areas.items()
        if area in sections.SECTIONS
    )
    yield Section("gaps", words.html("about.gaps"), blocks, len(w.kb.gaps))


def _function(w: Writer, function: Function, first: bool) -> tuple[Html, ...]:
    """A function with the pages that serve it; that the site is there for it is said with the `first` such."""
    pages = joined((w.to(sections.index(p), w.words(f"nav.{p}")) for p in function.pages if p in sections.SECTIONS), COMMA)
    what = w.words.text(function.what)
    core = safe(f"({w.words.html('about.core')})") if first else EMPTY
    return escape(function.number), joined([what, core], SPACE), pages or escape(w.words("about.not_served"))
