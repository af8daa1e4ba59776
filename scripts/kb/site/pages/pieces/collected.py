"""What robots collected, apart from what people confirmed: news on pages, and the health of every source."""

from collections.abc import Iterator, Sequence

from kb.records import sections
from kb.records.item import Health, Item
from kb.records.texts import host
from kb.site.view.blocks import Block, Cell, Prose, Row, Rows, Section, Statement, Statements, Table, cells
from kb.site.view.citations import short_address
from kb.site.view.lines import ARROW, BREAK, NOTHING, Line, Run, Tone, joined, leading, outside, said
from kb.site.view.writer import Writer
from kb.upkeep import watched

MOST = 10
"""Items on a page of a network, theme or unit; the finder has the rest."""
TONES: dict[str, Tone] = {"ok": "confirmed", "warned": "due", "unconfirmed": "unconfirmed", "failed": "late", "retire": "late"}


def section(w: Writer, items: Sequence[Item], facet: str, value: str) -> Section:
    """News for one network, theme or unit: the newest, and the way to the others."""
    rows = [row(w, item) for item in items[:MOST]]
    if len(items) > MOST:
        every = f"{sections.index('find')}?kind=item&{facet}={value}"
        rows.append(Row(w.to(every, w.words("collected.all", n=len(items)))))
    blocks: tuple[Block, ...] = (note(w), Rows(tuple(rows))) if rows else ()
    return Section("collected", w.words("collected.heading"), blocks, len(items))


def note(w: Writer) -> Prose:
    """Says that no person has looked at what follows."""
    return Prose(w.say("collected.note"), quiet=True)


def row(w: Writer, item: Item) -> Row:
    """An item as one line: its title, leading out, its kind, network and day."""
    title = _in_its_language(w, item)
    facts = [
        said(w.words(f"item-kind.{item.kind}")),
        w.acronym(item.network),
        said(w.words("collected.on", date=w.words.short(item.first_seen))),
        said(w.words("collected.published", date=w.words.short(item.day))) if item.published and not item.doubtful else NOTHING,
        said(w.words("collected.doubtful"), "quiet") if item.doubtful else NOTHING,
        said(w.words("collected.offsite", host=host(item.link)), "quiet") if item.offsite and item.link else NOTHING,
    ]
    return Row(leading(item.link, title, "outside") if item.link else title, joined(facts))


def _in_its_language(w: Writer, item: Item) -> Line:
    foreign = item.language and item.language != w.words.language
    return (Run(item.title, language=item.language if item.language and foreign else ""),)


def sources(w: Writer) -> Iterator[Block]:
    """Every feed and watched page with how its last tries went, those that need a person first."""
    rows = [_visited(w, health) for _, health in sorted(w.kb.sources.items(), key=_worst_first)]
    seen = {health.url for health in w.kb.sources.values()}
    rows += [
        cells(
            _source(w, entry.id, feed.url),
            said(w.words(f"evidence.{feed.evidence}")),
            said(w.words("fresh.never")),
            said(w.words("empty.not_found_value")),
        )
        for entry in w.kb.networks.values()
        if entry.record.status == "current"
        for feed in entry.record.feeds
        if feed.url not in seen
    ]
    if rows:
        head = ("fresh.source", "filter.status", "fresh.last_success", "fresh.last_change")
        yield Table(w.words("fresh.feeds"), tuple(map(w.words, head)), tuple(rows))


def _worst_first(pair: tuple[str, Health]) -> tuple[int, str]:
    return -list(TONES).index(pair[1].state), pair[0]


def _source(w: Writer, network: str, url: str) -> Line:
    return joined([w.acronym(network), outside(url, short_address(url))], BREAK)


def _visited(w: Writer, health: Health) -> tuple[Cell, ...]:
    findings = [
        finding.ka if w.words.language == "ka" else finding.en for finding in (health.failure, *health.warnings) if finding
    ]
    status = [w.say(f"source-state.{health.state}", TONES[health.state]), *(said(words, "quiet") for words in findings)]
    tried = said(w.words("fresh.tried", date=w.words.short(health.last_try)), "quiet")
    return cells(
        _source(w, health.network, health.url),
        joined([*status, tried], BREAK),
        said(w.words.short(health.last_success) or w.words("fresh.no_success")),
        said(w.words.short(health.last_change) or w.words("empty.not_found_value")),
    )


def changed_pages(w: Writer) -> Iterator[Block]:
    """Pages that changed since a record that relies on them was checked: what stood there, and what stands there now."""
    changes, told = watched.changes_of(w.kb), []
    unseen = {url for e in w.kb.entries() if e.record.status == "current" for url in watched.changed_pages(e, changes)}
    for _, health in sorted(w.kb.sources.items()):
        change = health.change
        if change and health.url in unseen:
            seen = w.words("collected.changed_on", date=w.words.date(change.on))
            texts = joined((quoted(w, text) for text in (change.before, change.after) if text), ARROW)
            told.append(Statement(w.acronym(health.network), joined([outside(health.url, host(health.url)), said(seen), texts])))
    if told:
        yield Statements(tuple(told))


def quoted(w: Writer, text: str) -> Line:
    """Words of a foreign page, in the quotation marks of the reader's language."""
    return said(w.words("collected.quoted", text=text), "quiet")
