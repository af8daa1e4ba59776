"""What an item is about and what kind it is, by the keyword tables of `_office/themes.yml` and `_office/kinds.yml`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from kb.fetching.deciding.suggesting import suggested
from kb.fetching.parsing.urls import is_own
from kb.records.item import Item, Kind
from kb.records.model import ItemKind, Keywords, Theme
from kb.search import analysis, language

# The words of a text in their order, each as its keys: a word of two readings has two.
Analysis = Callable[[str], Sequence[frozenset[str]]]
Keys = Sequence[frozenset[str]]

IN_TITLE, IN_TAG, IN_SUMMARY, IN_ADDRESS = 3, 3, 1, 3  # a title says what a text is about; a summary mentions much
ENOUGH = 2  # points: a word in the title, or two words of the summary
MOST_THEMES = 3
KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}


def words_in_keys(text: str) -> list[frozenset[str]]:
    """The words of a text as the search knows them: any form of a keyword is that keyword."""
    return [frozenset(language.keys(word)) for word in analysis.words(text)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The keys of a keyword's words, and what it stands for."""

    keys: tuple[frozenset[str], ...]
    meaning: str


class Tables:
    """The keyword tables, made ready for many texts."""

    def __init__(self, themes: Iterable[Theme], kinds: Iterable[ItemKind], analyse: Analysis) -> None:
        self._analyse = analyse
        self._themes = self._begun_by({theme.id: theme.keywords for theme in themes})
        kinds = tuple(kinds)
        self._kinds = self._begun_by({kind.id: kind.keywords for kind in kinds})
        self._paths = [(path, kind.id) for kind in kinds for path in kind.paths]

    def _begun_by(self, table: Mapping[str, Keywords]) -> dict[str, list[Phrase]]:
        """Every phrase under each key of its first word."""
        found: defaultdict[str, list[Phrase]] = defaultdict(list)
        for meaning, keywords in table.items():
            for words in (*keywords.ka, *keywords.en):
                phrase = Phrase(tuple(keys for keys in self._analyse(words) if keys), meaning)
                for key in sorted(phrase.keys[0]) if phrase.keys else ():
                    found[key].append(phrase)
        return dict(found)

    def sort(self, item: Item, own: Iterable[str]) -> Item:
        """The item with its kind, its themes, dates found in it, and whether its address is foreign."""
        texts = [(self._analyse(item.title), IN_TITLE), (self._analyse(item.summary), IN_SUMMARY)]
        texts += [(self._analyse(tag), IN_TAG) for tag in item.tags]
        update = {
            "kind": self.kind(item, texts),
            "themes": themes(self._points(self._themes, texts)),
            "suggested": suggested(f"{item.title}. {item.summary}", (item.published or item.first_seen)[:10]),
            "offsite": bool(item.link) and not is_own(item.link or "", own),
        }
        return item.model_copy(update=update)

    def kind(self, item: Item, texts: Sequence[tuple[Keys, int]]) -> Kind:
        """The kind with most points, if they are enough and it is alone; an entry of a calendar is an event."""
        if item.start:
            return "event"
        points = self._points(self._kinds, texts)
        path = urlsplit(item.link or "").path.lower()
        points.update({kind: IN_ADDRESS for part, kind in self._paths if part in path})
        best = points.most_common(2)
        alone = len(best) == 1 or (len(best) > 1 and best[0][1] > best[1][1])
        found = best[0][0] if alone and best[0][1] >= ENOUGH else "unsorted"
        return KINDS[found]

    def _points(self, table: Mapping[str, list[Phrase]], texts: Iterable[tuple[Keys, int]]) -> Counter[str]:
        """Points of each meaning; a keyword counts once a text, and one inside a longer one that is there not at all."""
        points: Counter[str] = Counter()
        for words, weight in texts:
            for phrase in _longest(_phrases(table, words)):
                points[phrase.meaning] += weight
        return points


def _phrases(table: Mapping[str, list[Phrase]], words: Keys) -> dict[Phrase, int]:
    """The phrases of a table that stand in a text, with their places."""
    found: dict[Phrase, int] = {}
    for place, keys in enumerate(words):
        for key in keys:
            for phrase in table.get(key, ()):
                if _stands(phrase, words, place):
                    found.setdefault(phrase, place)
    return found


def _stands(phrase: Phrase, words: Keys, place: int) -> bool:
    rest = words[place : place + len(phrase.keys)]
    return len(rest) == len(phrase.keys) and all(
        not mine.isdisjoint(theirs) for mine, theirs in zip(phrase.keys, rest, strict=True)
    )


def _longest(found: Mapping[Phrase, int]) -> list[Phrase]:
    """Without those that lie inside another: „human rights education“ is not also about education."""
    spans = [(place, place + len(phrase.keys), phrase) for phrase, place in found.items()]
    inside = [p for a, b, p in spans if any(x <= a and b <= y and (x, y) != (a, b) for x, y, _ in spans)]
    return [phrase for phrase in found if phrase not in inside]


def themes(points: Counter[str]) -> tuple[str, ...]:
    """The themes with enough points, the surest first; equal ones by name, so that the same text gives the same themes."""
    ordered = sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(theme for theme, count in ordered if count >= ENOUGH)[:MOST_THEMES]
