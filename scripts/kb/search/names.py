"""Whole names: under which key of its own a page is found when all that is asked is what it is called.

A name is its words without the empty ones, in order, led and parted by `+`, which stands in no word; its keys are made
likewise of the keys of its words. Its postings lie among those of words, and cost a question one shard at most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from kb.search.documents import Document
from kb.search.postings import Pieces, Postings, step
from kb.words.tables import own_yaml

MARK = "+"
MOST_WORDS = 6
"""Words of a name: a longer one is found by its words, which no other page has all of."""
MOST_READINGS = 8
"""Combinations of keys under which a name is kept."""
KEYWORD = 0.3
"""What a page is spoken of counts beside what it is called."""

Keys = Mapping[str, tuple[str, ...]]


def collect_names(documents: Iterable[Document], known: Pieces, keys: Keys) -> tuple[Postings, Keys]:
    """The names of all documents with their postings, and the keys of each, the first its own place."""
    postings: Postings = {}
    readings: dict[str, tuple[str, ...]] = {}
    forms: dict[str, str] = {}
    empty = frozenset(" ".join(own_yaml(__package__, "empty_words.yml").values()).split())
    for here, document in enumerate(documents):
        weights: dict[str, float] = {}
        for name, weight in _named(document):
            form = forms.get(name)
            if form is None:
                asked = _words(name, known, empty)
                form = forms[name] = MARK + MARK.join(sorted(asked))
                if form not in readings:
                    readings[form] = _readings(asked, keys)
            if readings[form]:
                weights[form] = max(weight, weights.get(form, 0.0))
        for form, weight in weights.items():
            postings.setdefault(form, []).append(here << 6 | step(weight))
    return postings, readings


def _named(document: Document) -> Iterator[tuple[str, float]]:
    for name in (document.title, document.acronym, *document.called):
        yield name, document.weight
    for name in document.keywords:
        yield name, KEYWORD * document.weight


def _words(name: str, known: Pieces, empty: frozenset[str]) -> Sequence[str]:
    """The words that must be asked, each once, as `asked` in `overrides/search/engine.js` reads them."""
    found: list[str] = []
    for piece in name.split():
        words = known[piece]
        whole = len(words) == 3 and words[2] == words[0] + words[1]
        found += words[:2] if whole else words
        if len(found) > 2 * MOST_WORDS:  # too long for a name, whichever of them are empty
            return ()
    once = dict.fromkeys(found)
    return [word for word in once if word not in empty] or list(once)


def _readings(words: Sequence[str], keys: Keys) -> tuple[str, ...]:
    """The keys of a name, the first its own place; none of one that is too long, or has words that its page has not."""
    if not 0 < len(words) <= MOST_WORDS or not all(word in keys for word in words):
        return ()
    ways = islice(product(*(keys[word] for word in words)), MOST_READINGS)
    return tuple(dict.fromkeys(MARK + MARK.join(sorted(way)) for way in ways))
