"""Cuts what is sorted into scripts of a few kilobytes each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.search.documents import Document
from kb.search.encoding import NUMBERS, letters, number, numbers
from kb.search.postings import Postings, written

SHARD = 2_500
"""Characters after which a shard of words is closed: one or two are loaded for a word; 10,000 documents make some hundred."""
CHUNK = 1_300
"""Characters of documents in one file: a list of ten loads ten of them at worst.

With these two a first question over 10,000 documents loads 94 kB at most, of 100.
"""
EXCERPT = 330
"""Characters of a document's text that are kept to be shown."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Files = dict[str, bytes]
Entries = Iterable[tuple[str, str]]
"""(key, its fields), in the order of the keys."""


def script(name: str, content: Any) -> bytes:
    """A script that hands its content to the search in the page."""
    return f"kbSearch.put({_json(name)},{_json(content)})\n".encode()


def in_order(key: str) -> bytes:
    """Sorts as JavaScript compares: by UTF-16 code units."""
    return key.encode("utf-16-be", "surrogatepass")


def word_entries(postings: Postings, keys: Mapping[str, tuple[str, ...]]) -> Entries:
    """Every key with its forms and their postings; a form's second key names the first and the form's place there.

    The fields of a key are parted by spaces: how many letters a form shares with the key and the rest, its posting; then
    `=` with how many letters the first key shares with this one, the rest, a dot, and the places of the forms.
    """
    homes: dict[str, list[str]] = {}
    for form in sorted(postings):
        homes.setdefault(keys[form][0], []).append(form)
    aliases: dict[str, dict[str, list[int]]] = {}
    for home, forms in homes.items():
        for place, form in enumerate(forms):
            for other in keys[form][1:]:
                aliases.setdefault(other, {}).setdefault(home, []).append(place)
    for key in sorted({*homes, *aliases}, key=in_order):
        fields = [f"{_beside(key, form)} {written(postings[form])}" for form in homes.get(key, ())]
        fields += [f"={_beside(key, home)}.{numbers(places)}" for home, places in aliases.get(key, {}).items()]
        yield key, " ".join(fields)


def latin_entries(keys: Mapping[str, tuple[str, ...]], latin: Mapping[str, Iterable[str]]) -> Entries:
    """Every Latin look of a form with the first keys of the forms that have it."""
    found: dict[str, dict[str, None]] = {}
    for form, looks in latin.items():
        for look in looks:
            found.setdefault(look, {})[keys[form][0]] = None
    for look in sorted(found, key=in_order):
        yield look, " ".join([letters(home) for home in sorted(found[look])])


def put(files: Files, prefix: str, entries: Entries) -> str:
    """Write entries into shards `prefix0`, `prefix1` …; returns where each begins, parted by spaces.

    A key is how many letters it shares with the one before in its shard, and the rest.
    """
    firsts: list[str] = []
    lines: list[str] = []
    size, before = 0, ""
    for key, fields in entries:
        if size >= SHARD:
            files[f"{prefix}{len(firsts) - 1}.js"] = script(f"{prefix}{len(firsts) - 1}", ";".join(lines))
            lines, size = [], 0
        if not lines:
            firsts.append(letters(_parting(before, key)))
            before = ""
        lines.append(f"{_beside(before, key)} {fields}")
        size += len(lines[-1])
        before = key
    if lines:
        files[f"{prefix}{len(firsts) - 1}.js"] = script(f"{prefix}{len(firsts) - 1}", ";".join(lines))
    return " ".join(firsts)


def _parting(before: str, key: str) -> str:
    """The least of a key that tells it from the one before it."""
    return key[: _shared(before, key) + 1]


def put_documents(files: Files, prefix: str, documents: Sequence[Document]) -> str:
    """Write what is shown of documents into chunks; returns how many stand in each."""
    counts: list[int] = []
    rows: list[list[Any]] = []
    size = 0
    for document in documents:
        if size >= CHUNK:
            files[f"{prefix}{len(counts)}.js"] = script(f"{prefix}{len(counts)}", rows)
            counts.append(len(rows))
            rows, size = [], 0
        rows.append(_row(document))
        size += sum(map(len, map(str, rows[-1])))
    if rows:
        files[f"{prefix}{len(counts)}.js"] = script(f"{prefix}{len(counts)}", rows)
        counts.append(len(rows))
    return numbers(counts)


def _row(document: Document) -> list[Any]:
    said = f"{document.summary} {document.body}" if document.shown is None else document.shown
    text = " ".join(said.split())
    kept = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return [document.id, document.url, letters(document.title), letters(document.facts), document.date, letters(kept)]


def _beside(known: str, word: str) -> str:
    """A word as how many letters it shares with one that the reader has, and the rest."""
    shared = _shared(known, word)
    return f"{NUMBERS[shared] if shared < len(NUMBERS) else number(shared)}{letters(word[shared:])}"


def _shared(one: str, other: str) -> int:
    """How many letters two words share at their beginning; most forms begin with their whole key."""
    if other.startswith(one):
        return len(one)
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
