"""What `kb changes` says: the records of today beside a closed quarter or another record tree, in words and as data."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.history import closing
from kb.history.changes import Change, compare
from kb.history.concerns import Readers
from kb.history.revision import NoRevision, records_at
from kb.history.snapshot import Beside, Snapshot, Unreadable, take
from kb.history.telling import Teller
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import load
from kb.words.language import LANGUAGES, Language, Words
from kb.words.quarters import NAME, of, parse


class NoBase(Exception):
    """There is nothing to compare with."""


@dataclass(frozen=True)
class Comparison:
    """Two states of the base and what lies between them."""

    old: Snapshot
    new: Snapshot
    today: date

    @classmethod
    def of(cls, records: Path, kb: KnowledgeBase, today: date, base: str = "") -> "Comparison":
        """Compare a knowledge base with a quarter's name, a record tree, or the last closed quarter; raises NoBase."""
        return cls(_state(records, today, base), _whole(kb, today), today)

    def changes(self) -> list[tuple[Change, tuple[str, ...]]]:
        """Every change with the units that it concerns."""
        readers = Readers(self.new.things)
        return [(change, readers.of_change(change, self.old)) for change in compare(self.old, self.new)]

    def as_text(self, language: Language) -> str:
        """A line a change, the units in brackets."""
        words, teller = Words(language), self._teller(language)
        rows = [(teller.tell(change).plain(words), ", ".join(units)) for change, units in self.changes()]
        return "\n".join(f"{sentence} [{units or '-'}]" for sentence, units in rows) or words("change.none")

    def as_json(self) -> str:
        """Every change with its sentences, units and values."""
        tellers = {language: (Words(language), self._teller(language)) for language in LANGUAGES}
        rows: list[dict[str, Any]] = [
            {
                "kind": change.kind,
                "id": change.id,
                "action": change.action,
                "field": change.field,
                "before": change.before,
                "after": change.after,
                "units": list(units),
                **{language: teller.tell(change).plain(words) for language, (words, teller) in tellers.items()},
            }
            for change, units in self.changes()
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1)

    def _teller(self, language: Language) -> Teller:
        return Teller(Words(language), {**self.old.things, **self.new.things}, self.today)


def _taken(records: Path, base: str, today: date) -> Snapshot:
    """The state of a record tree, in which nothing may be wrong."""
    kb, problems = load(records, today)
    if problems:
        raise NoBase(f"{base} has {len(problems)} problems; the first: {problems[0].path}:{problems[0].line}")
    return _whole(kb, today)


def _whole(kb: KnowledgeBase, today: date) -> Snapshot:
    """The state of a base with the links that are dead in it, so that only those that died since are told."""
    return take(kb, of(today), today, Beside(tuple(kb.dead_links)))


def _state(records: Path, today: date, base: str) -> Snapshot:
    """The state to compare with."""
    if base and Path(base).is_dir():
        return _taken(Path(base), base, today)
    try:
        if base and not NAME.match(base):
            with records_at(records, base) as folder:
                return _taken(folder, base, today)
        found = closing.load(records, parse(base)) if base else closing.latest(records)
    except (NoRevision, Unreadable) as error:
        raise NoBase(f"{error}; name a closed quarter, a folder of records or a revision of git") from None
    if found is None:
        raise NoBase(f"{base or 'no quarter'} is not closed yet; close one with `kb quarter` or name a folder of records")
    return found
