"""A round of fetching: visits in threads, one decision and one write a network, in that order and nowhere else."""

import contextvars
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from kb.fetching.deciding.outcome import Decided, Rules, decide, failed
from kb.fetching.deciding.sorting import Analysis, Tables, words_in_keys
from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.parsing import sandbox
from kb.fetching.parsing.entry import Parsed
from kb.fetching.sources import Source, chosen, listed, own_hosts
from kb.fetching.store import Store
from kb.fetching.visit import Visit
from kb.fetching.visiting import Visitor
from kb.fetching.wire.client import Answer, Client, Transport
from kb.fetching.wire.pace import Pace
from kb.fetching.wire.robots import Robots
from kb.records.item import Health, Item, State
from kb.records.knowledge import KnowledgeBase


@dataclass(frozen=True)
class Order:
    """What is to be fetched, and how."""

    root: Path
    """The record tree."""
    kb: KnowledgeBase
    """What stands in it."""
    today: date
    transport: Transport
    limits: Limits = field(default_factory=Limits)
    only: Collection[str] = ()
    """Ids of sources or networks; all when empty."""
    may_shrink: Collection[str] = ()
    parse: Callable[[Literal["feed", "page"], Answer, Limits], Parsed] = sandbox.parse
    """What reads bodies: a child process, or in tests the same without one."""
    analyse: Analysis = words_in_keys
    """How a text becomes words and their keys; the search's own analysis of Georgian and English belongs here."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one source."""

    source: Source
    health: Health
    new: int


LASTING = frozenset({"quiet", "moved"})  # warnings that are said again without reading the whole answer again
Tell = Callable[[Source, str, Row | None], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a round."""

    rows: tuple[Row, ...]
    most_failed: float

    def count(self, *states: State) -> int:
        """How many sources are in one of these states."""
        return sum(row.health.state in states for row in self.rows)

    @property
    def too_many_failed(self) -> bool:
        """Whether more than the stated share failed, and more than one; likely addresses that never worked do not count."""
        bad, counted = self.count("failed", "retire"), len(self.rows) - self.count("unconfirmed")
        return bad > 1 and bad > counted * self.most_failed


def fetch(order: Order, tell: Tell = lambda source, stage, row: None) -> Report:  # noqa: ARG005 - it says nothing
    """Visit the sources, and keep what they bring. Raises Busy when another round is under way, KeyError for an unknown id.

    `tell` hears of each source (its stage: ask, parse, done) from several threads.
    """
    sources = chosen(listed(order.kb.networks), order.only)
    store = Store(order.root, order.kb.network_names)
    with store.locked():
        keeper = Keeper(order, store, remembered(order, store.sources()))
        for visits in visited(order, sources, keeper, tell):
            for row in keeper.keep(visits):
                tell(row.source, "done", row)
        store.write_sources(keeper.health)
    by_id = {row.source.id: row for row in keeper.rows}
    return Report(tuple(by_id[source.id] for source in sources), order.limits.most_failed)


def remembered(order: Order, health: Mapping[str, Health]) -> dict[str, Health]:
    """The health of what the records still name; a network whose record cannot be read just now loses nothing."""
    there = {source.id for source in listed(order.kb.networks)}
    broken = {name.partition("/")[0] for name in health} - order.kb.networks.keys()
    kept = {network for network in broken if (order.root / network).is_dir()}
    return {name: value for name, value in health.items() if name in there or value.network in kept}


class Keeper:
    """Keeps what visits bring: reads a network's items, lets `decide` decide, writes."""

    def __init__(self, order: Order, store: Store, health: dict[str, Health]) -> None:
        self.order, self.store, self.health = order, store, health
        self.rows: list[Row] = []
        self._tables = Tables(order.kb.themes.values(), order.kb.kinds, order.analyse)
        self._items: dict[str, list[Item]] = {}

    def items(self, network: str) -> list[Item]:
        """The items of a network as they stand."""
        if network not in self._items:
            self._items[network] = self.store.items(network)
        return self._items[network]

    def known(self, source: Source) -> Health | None:
        """What to ask a source by; nothing when what it brought is not there any more, or there was more to say of it."""
        health = self.health.get(source.id)
        if (
            health is None
            or health.url != source.url
            or health.failure
            or not LASTING.issuperset(w.code for w in health.warnings)
        ):
            return None
        try:
            if source.what == "page":
                return health if self.store.page(source.id) else None
            there = any(source.id in item.sources for item in self.items(source.network))
        except (OSError, ValueError):
            return None
        return health if there and source.network not in self.store.damaged else None

    def keep(self, visits: Sequence[Visit]) -> list[Row]:
        """Decide on the visits to one network, write what follows, and say what became of each."""
        try:
            decided = self._decided(visits)
            self._write(visits[0].source.network, decided)
        except Exception as error:  # noqa: BLE001 - whatever is the matter with one network, the others go on
            decided = Decided((), self._refused(visits, error))
        self.health.update(decided.sources)
        rows = [Row(v.source, decided.sources[v.source.id], decided.new.get(v.source.id, 0)) for v in visits]
        self.rows += rows
        return rows

    def _decided(self, visits: Sequence[Visit]) -> Decided:
        pages = {v.source.id: self.store.page(v.source.id) for v in visits if v.source.what == "page"}
        rules = Rules(self.order.today, self.order.limits, self.order.may_shrink)
        return decide(self.items(visits[0].source.network), self.health, pages, visits, rules)

    def _refused(self, visits: Sequence[Visit], error: Exception) -> dict[str, Health]:
        """The health of sources whose network could not be kept: the disk, or a mistake of ours."""
        cause = error if isinstance(error, Failed) else Failed("internal", reason=type(error).__name__)
        if isinstance(error, OSError):
            cause = Failed("disk", reason=error.strerror or "")
        return {v.source.id: failed(v, cause, self.health.get(v.source.id), self.order.today) for v in visits}

    def _write(self, network: str, decided: Decided) -> None:
        """First what was fetched, then that it was fetched: a run that is killed between the two only asks again."""
        own = own_hosts(self.order.kb.networks[network].record)
        items = tuple(self._tables.sort(item, own) for item in decided.items)
        if items or self.items(network):
            self.store.write_items(network, items)
            self._items[network] = list(items)
        for source, lines in decided.pages.items():
            self.store.write_page(source, lines)
        self.store.write_sources({**self.health, **decided.sources})


def visited(order: Order, sources: Sequence[Source], keeper: Keeper, tell: Tell) -> Iterator[list[Visit]]:
    """The visits to each network, as soon as its last one is over. Hosts are visited side by side, each in its order."""
    visitor = prepared(order)
    asked = {source.id: keeper.known(source) for source in sources}

    def one_host(group: Sequence[Source]) -> list[Visit]:
        found = []
        for source in group:
            tell(source, "ask", None)
            found.append(visitor.visit(source, asked[source.id], lambda stage, s=source: tell(s, stage, None)))  # type: ignore[misc]
        return found

    waiting: defaultdict[str, set[str]] = defaultdict(set)
    hosts: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        waiting[source.network].add(source.id)
        hosts[source.host].append(source)
    done: defaultdict[str, dict[str, Visit]] = defaultdict(dict)
    with ThreadPoolExecutor(order.limits.hosts_at_once) as threads:
        futures: list[Future[list[Visit]]] = [
            threads.submit(contextvars.copy_context().run, one_host, group) for group in hosts.values()
        ]
        try:
            for future in as_completed(futures):
                for visit in future.result():
                    network = visit.source.network
                    done[network][visit.source.id] = visit
                    waiting[network].discard(visit.source.id)
                    if not waiting[network]:
                        yield [done[network][source.id] for source in sources if source.network == network]
        finally:
            threads.shutdown(wait=False, cancel_futures=True)  # Ctrl+C does not wait for hosts that were not begun


def prepared(order: Order) -> Visitor:
    """A visitor for this round."""
    limits = order.limits

    def parse(what: Literal["feed", "page"], answer: Answer) -> Parsed:
        return order.parse(what, answer, limits)

    client = Client(order.transport, limits, agent_of(order.kb), Pace(limits.seconds_between_requests))
    return Visitor(client, Robots(client), parse, limits)


def agent_of(kb: KnowledgeBase) -> str:
    """How we call ourselves: a name, and the website at which its owner can be reached."""
    return f"kb/1.0 (+{kb.office.website})" if kb.office else "kb/1.0"
