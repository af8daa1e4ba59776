"""What follows from the visits to a network: they and what is kept come in, items, texts and health of sources go out. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kb.fetching.deciding.merging import has_shrunk, merge
from kb.fetching.deciding.sameness import Fetched
from kb.fetching.failure import Failed, warning
from kb.fetching.limits import Limits
from kb.fetching.parsing.plain import shortened
from kb.fetching.visit import Visit
from kb.records.item import LONGEST_SUMMARY, Change, Health, Item, Said, State

AROUND = 60  # letters of what did not change that are shown before what did
ONLY_NUMBERS = re.compile(r"[\d\s.,:;/()–-]+\Z")  # counters, clocks, dates of today


@dataclass(frozen=True, slots=True)
class Rules:
    """The day, the limits, and the sources and networks that may shrink this once."""

    today: date
    limits: Limits
    may_shrink: Collection[str] = ()

    def allows(self, visit: Visit) -> bool:
        """Whether a person said that this source may shrink."""
        return visit.source.id in self.may_shrink or visit.source.network in self.may_shrink


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be written of one network."""

    items: tuple[Item, ...]
    sources: Mapping[str, Health]
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The new texts of watched pages, by the id of the source."""
    new: Mapping[str, int] = field(default_factory=dict)
    """How many items each source brought that were never seen."""


def decide(
    items: Sequence[Item], known: Mapping[str, Health], pages: Mapping[str, Sequence[str]], visits: Sequence[Visit], rules: Rules
) -> Decided:
    """A network after its visits. `pages` are the texts of its watched pages as last accepted."""
    urls = {visit.source.id: visit.source.url for visit in visits}  # a new address begins anew; its items are known by themselves
    known = {name: health for name, health in known.items() if health.url == urls.get(name, health.url)}
    judged = [judge(visit, known.get(visit.source.id), pages.get(visit.source.id, ()), rules) for visit in visits]
    fetched = [Fetched(v.source.id, entry) for v in judged if v.failure is None for entry in v.entries]
    last = {name: health.last_success for name, health in known.items() if health.last_success}
    merged = merge(items, fetched, rules.today, last)
    before = {item.id for item in items}
    new = {v.source.id: sum(v.source.id in i.sources for i in merged if i.id not in before) for v in judged}
    sources, texts = {}, {}
    for visit in judged:
        name, old = visit.source.id, known.get(visit.source.id)
        if visit.failure is not None:
            sources[name] = failed(visit, visit.failure, old, rules.today)
        elif visit.source.what == "feed":
            brought = Brought(len(visit.entries), new[name] > 0, quiet(name, merged, rules))
            sources[name] = worked(visit, old, rules.today, brought)
        else:
            change = changed(pages.get(name, ()), visit, rules.today)
            if visit.lines and not visit.unchanged:
                texts[name] = visit.lines
            sources[name] = worked(visit, old, rules.today, Brought(len(visit.lines), change is not None, (), change))
    return Decided(merged, sources, texts, new)


def judge(visit: Visit, old: Health | None, text: Sequence[str], rules: Rules) -> Visit:
    """The visit, or its failure when the source has lost more than is believable."""
    if visit.failure or visit.unchanged or old is None or rules.allows(visit):
        return visit
    if visit.source.what == "feed" and has_shrunk(old.items, len(visit.entries), rules.limits.most_shrinkage):
        return Visit(visit.source, Failed("shrunk", before=old.items, now=len(visit.entries)))
    before, now = length(text), length(visit.lines)
    if visit.source.what == "page" and has_shrunk(before, now, rules.limits.most_page_shrinkage):
        return Visit(visit.source, Failed("page-shrunk", before=before, now=now))
    return visit


def length(lines: Sequence[str]) -> int:
    """How many characters a text has."""
    return sum(map(len, lines))


def failed(visit: Visit, failure: Failed, old: Health | None, today: date) -> Health:
    """The health of a source that failed: all that was known of it stays."""
    source, now = visit.source, today.isoformat()
    state: State = "failed"
    if failure.code == "gone":
        state = "retire"
    elif source.likely and not (old and old.last_success):
        state = "unconfirmed"
    base = old or Health(network=source.network, what=source.what, url=source.url, state=state, last_try=now)
    since = (old.failing_since if old else None) or now
    update = {
        "state": state,
        "last_try": now,
        "failing_since": since,
        "failure": failure.said(),
        "warnings": (),
        "url": source.url,
    }
    return base.model_copy(update=update)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a visit that worked brought."""

    count: int
    news: bool
    warnings: tuple[Said, ...] = ()
    change: Change | None = None


def worked(visit: Visit, old: Health | None, today: date, brought: Brought) -> Health:
    """The health of a source that worked. One that has nothing new keeps what names its version, so that no byte changes."""
    now = today.isoformat()
    kept = old if old and (visit.unchanged or old.digest == visit.digest) else visit
    warnings = (*visit.warnings, *brought.warnings)
    return Health(
        network=visit.source.network,
        what=visit.source.what,
        url=visit.source.url,
        state="warned" if warnings else "ok",
        last_try=now,
        last_success=now,
        last_change=now if brought.news else old.last_change if old else None,
        items=old.items if old and visit.unchanged else brought.count,
        warnings=warnings,
        change=brought.change or (old.change if old else None),
        digest=kept.digest,
        etag=kept.etag,
        modified=kept.modified,
    )


def quiet(source: str, items: Sequence[Item], rules: Rules) -> tuple[Said, ...]:
    """A warning when the newest thing of a source is old."""
    newest = max((item.day for item in items if source in item.sources), default="")
    limit = (rules.today - timedelta(days=rules.limits.days_quiet)).isoformat()
    return (warning("quiet", date=newest),) if newest and newest < limit else ()


def changed(old: Sequence[str], visit: Visit, today: date) -> Change | None:
    """What of a page changed, in its own words; None for a first visit and for what only counts or tells the time."""
    if visit.unchanged or not old:
        return None
    before, after = set(old), set(visit.lines)
    gone = [line for line in old if line not in after and not ONLY_NUMBERS.match(line)]
    come = [line for line in visit.lines if line not in before and not ONLY_NUMBERS.match(line)]
    if not gone and not come:
        return None
    if len(gone) == len(come) == 1:
        gone, come = _around(gone[0], come[0])
    return Change(on=today.isoformat(), before=excerpt(gone), after=excerpt(come))


def _around(one: str, other: str) -> tuple[list[str], list[str]]:
    """Two forms of one paragraph from shortly before they part."""
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - AROUND)
    start = one.rfind(" ", 0, start + 1) + 1 if start else 0
    mark = "… " if start else ""
    return [mark + one[start:]], [mark + other[start:]]


def excerpt(lines: Sequence[str]) -> str:
    """Lines as one short text."""
    return shortened(" · ".join(lines), LONGEST_SUMMARY)
