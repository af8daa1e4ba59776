"""What robots collected, apart from what people confirmed: news on pages, and the health of every source."""

from collections.abc import Iterator, Sequence

from kb.records import sections
from kb.upkeep import watched
from kb.records.texts import host
from kb.site.citations import short_address
from kb.records.item import Health, Item
from kb.words.markup import BREAK, EMPTY, Html, escape, joined, outside, outside_html, quiet, safe, state
from kb.site.view import Block, Prose, Rows, Section, Statements, Table
from kb.site.writer import Writer

MOST = 10
"""Items on a page of a network, theme or unit; the finder has the rest."""
ARROW = safe(" → ")
TONES = {"ok": "confirmed", "warned": "due", "unconfirmed": "unconfirmed", "failed": "late", "retire": "late"}


def section(w: Writer, items: Sequence[Item], facet: str, value: str) -> Section:
    """News for one network, theme or unit: the newest, and the way to the others."""
    rows = [row(w, item) for item in items[:MOST]]
    if len(items) > MOST:
        every = f"{sections.index('find')}?kind=item&{facet}={value}"
        rows.append((w.to(every, w.words("collected.all", n=len(items))), EMPTY))
    blocks: tuple[Block, ...] = (note(w), Rows(tuple(rows))) if rows else ()
    return Section("collected", w.words.html("collected.heading"), blocks, len(items))


def note(w: Writer) -> Prose:
    """Says that no person has looked at what follows."""
    return Prose(safe(f'<p class="kb-quiet">{w.words.html("collected.note")}</p>'))


def row(w: Writer, item: Item) -> tuple[Html, Html]:
    """An item as one line: its title, leading out, its kind, network and day."""
    title = _in_its_language(w, item)
    facts = [
        escape(w.words(f"item-kind.{item.kind}")),
        w.acronym(item.network),
        escape(w.words("collected.on", date=w.words.short(item.first_seen))),
        escape(w.words("collected.published", date=w.words.short(item.day))) if item.published and not item.doubtful else EMPTY,
        quiet(w.words("collected.doubtful")) if item.doubtful else EMPTY,
        quiet(w.words("collected.offsite", host=host(item.link))) if item.offsite and item.link else EMPTY,
    ]
    return (outside_html(item.link, title) if item.link else title), joined(facts)


def _in_its_language(w: Writer, item: Item) -> Html:
    if not item.language or item.language == w.words.language:
        return escape(item.title)
    return safe(f'<span lang="{escape(item.language)}">{escape(item.title)}</span>')


def sources(w: Writer) -> Iterator[Block]:
    """Every feed and watched page with how its last tries went, those that need a person first."""
    rows = [_visited(w, health) for _, health in sorted(w.kb.sources.items(), key=_worst_first)]
    seen = {health.url for health in w.kb.sources.values()}
    rows += [
        (
            _source(w, entry.id, feed.url),
            escape(w.words(f"evidence.{feed.evidence}")),
            escape(w.words("fresh.never")),
            escape(w.words("empty.not_found_value")),
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


def _source(w: Writer, network: str, url: str) -> Html:
    return joined([w.acronym(network), outside(url, short_address(url))], BREAK)


def _visited(w: Writer, health: Health) -> tuple[Html, ...]:
    said = [finding.ka if w.words.language == "ka" else finding.en for finding in (health.failure, *health.warnings) if finding]
    status = [state(TONES[health.state], w.words(f"source-state.{health.state}")), *(quiet(words) for words in said)]
    tried = quiet(w.words("fresh.tried", date=w.words.short(health.last_try)))
    return (
        _source(w, health.network, health.url),
        joined([*status, tried], BREAK),
        escape(w.words.short(health.last_success) or w.words("fresh.no_success")),
        escape(w.words.short(health.last_change) or w.words("empty.not_found_value")),
    )


def changed_pages(w: Writer) -> Iterator[Block]:
    """Pages that changed since a record that relies on them was checked: what stood there, and what stands there now."""
    changes, said = watched.changes_of(w.kb), []
    unseen = {url for e in w.kb.entries() if e.record.status == "current" for url in watched.changed_pages(e, changes)}
    for _, health in sorted(w.kb.sources.items()):
        change = health.change
        if change and health.url in unseen:
            seen = w.words("collected.changed_on", date=w.words.date(change.on))
            texts = joined((quoted(w, text) for text in (change.before, change.after) if text), ARROW)
            said.append((w.acronym(health.network), joined([outside(health.url, host(health.url)), escape(seen), texts])))
    if said:
        yield Statements(tuple(said))


def quoted(w: Writer, text: str) -> Html:
    """Words of a foreign page, in the quotation marks of the reader's language."""
    return quiet(w.words("collected.quoted", text=text))
