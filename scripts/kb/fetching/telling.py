"""How a round is told: a table for people, plain lines for logs, JSON for programs."""

import json

from kb.fetching.round import Report, Row
from kb.words.language import Language, Words


def said_of(row: Row, language: Language) -> str:
    """The failure or the warnings of a source, in one line."""
    found = [row.health.failure] if row.health.failure else list(row.health.warnings)
    return "; ".join(getattr(said, language) for said in found)


def cells(row: Row, words: Words) -> tuple[str, ...]:
    """A row of the summary table."""
    health = row.health
    return (row.source.id, words(f"fetch-state.{health.state}"), str(health.items), str(row.new), said_of(row, words.language))


def heads(words: Words) -> tuple[str, ...]:
    """The heads of the table."""
    return tuple(words(f"fetch.table_{name}") for name in ("source", "state", "items", "new", "said"))


def line(row: Row, words: Words) -> str:
    """A source as one plain line."""
    source, state, items, new, said = cells(row, words)
    return f"{source}: {state}; {items} (+{new})" + (f"; {said}" if said else "")


def summary(report: Report, words: Words) -> str:
    """The round in one line."""
    return words(
        "fetch.summary",
        n=len(report.rows),
        ok=report.count("ok"),
        warned=report.count("warned"),
        unconfirmed=report.count("unconfirmed"),
        failed=report.count("failed", "retire"),
        new=sum(row.new for row in report.rows),
    )


def table(report: Report, words: Words) -> str:
    """The summary table as text, its columns aligned."""
    rows = [heads(words), *(cells(row, words) for row in report.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    return "\n".join("  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4]]).rstrip() for row in rows)


def as_json(report: Report) -> str:
    """The round for programs."""
    rows = [
        {"source": row.source.id, "new": row.new, **row.health.model_dump(mode="json", exclude_defaults=True)}
        for row in report.rows
    ]
    return json.dumps({"sources": rows, "too_many_failed": report.too_many_failed}, ensure_ascii=False, indent=1)
