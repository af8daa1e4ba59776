"""An index: documents and an analysis of their words in, files out, the same bytes for the same documents.

    search.js      the scripts of `overrides/search`, and what they must know: tables, and the first key of every shard
    ka/w0.js …     keys in order, each with its forms and their postings; a form's second key points to its first;
                   whole names (`names`) are forms, too
    ka/l0.js …     what Georgian forms look like in Latin letters, with their keys
    ka/d0.js …     what is shown of documents: id, address, title, facts, date, the beginning of the text
    ka/facets.js   the values of every document; ka/orders.js by title and by date
    ka/labels.js   what facets and values are called; twins.js the same page in the other language;
    terms.js       the glossary; kin.js words that speak of a facet's value without naming it

A browser loads search.js and then only the shards that a query needs. All are scripts, for `file://` knows no other way.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kb.search import columns, shards
from kb.search.documents import Document
from kb.search.encoding import letters
from kb.search.names import collect_names
from kb.search.postings import STEPS, Pieces, collect
from kb.search.shards import Files, script
from kb.words.tables import own_yaml

LANGUAGES = ("ka", "en")
SCRIPTS = ("analysis.js", "engine.js")
_COMMENT = re.compile(
    r"^\s*(?://[^\n]*|/\*.*?\*/)?[ \t]*\n"  # whole lines of comment, and empty ones
    r"|^ +"
    r"|(?<=[;,{}()]) // [^\n\"'`]*$",  # behind code; what a string holds is followed by its quotation mark
    re.MULTILINE | re.DOTALL,
)
"""Comments and indents, which a reader of the source needs and a browser does not."""


class Analysis(Protocol):
    """What the index must know of words."""

    def words(self, text: str) -> list[str]:
        """The words of a text."""

    def keys(self, forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The keys under which each form is found, the first its own place."""

    def latin(self, forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """What each Georgian form is found under when it is typed in Latin letters."""

    def tables(self) -> Mapping[str, Any]:
        """The tables for the same analysis in the browser."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What facets and their values are called, and the terms that lead from one language to the other."""

    facets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Language → facet, in order of display → [its name, {value: name}]."""
    terms: Sequence[tuple[str, str, str]] = ()
    """(Georgian, English, abbreviation); empty where there is none"""
    kin: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """Facet → value → words and phrases that speak of it without naming it."""


@dataclass(frozen=True, slots=True)
class Side:
    """What the index of one language tells the whole."""

    known: Mapping[str, Any]
    """What search.js must know."""
    ids: tuple[str | int, ...]
    """The ids of its documents in their order."""
    digest: str
    """Names the content of its files."""


def side(language: str, documents: Iterable[Document], analysis: Analysis) -> tuple[Side, Files]:
    """The index of the documents in one language, and its files."""
    ordered, facets = columns.in_reading_order([document for document in documents if document.lang == language])
    pieces = Pieces(analysis.words)
    postings = collect(ordered, pieces)
    keys = analysis.keys(postings)
    names, readings = collect_names(ordered, pieces, keys)
    files: Files = {}
    known = {
        "count": len(ordered),
        "words": shards.put(files, f"{language}/w", shards.word_entries({**postings, **names}, {**keys, **readings})),
        "latin": shards.put(files, f"{language}/l", shards.latin_entries(keys, analysis.latin(postings))),
        "chunks": shards.put_documents(files, f"{language}/d", ordered),
    }
    files[f"{language}/facets.js"] = script(f"{language}/facets", columns.facets(facets))
    files[f"{language}/orders.js"] = script(f"{language}/orders", columns.orders(ordered))
    return Side(known, tuple(document.id for document in ordered), _digest(files)), files


def joined(sides: Mapping[str, Side], labels: Labels, analysis: Analysis, scripts: Path) -> Files:
    """What leads from one side to the other, and search.js out of the folder `scripts`."""
    files = {
        "twins.js": script("twins", columns.twins(sides["en"].ids, sides["ka"].ids)),
        "terms.js": script("terms", [list(term) for term in labels.terms]),
        "kin.js": script("kin", {facet: {v: list(said) for v, said in values.items()} for facet, values in labels.kin.items()}),
    }
    for language in LANGUAGES:
        files[f"{language}/labels.js"] = script(f"{language}/labels", labels.facets.get(language, {}))
    known = {
        # a browser never mixes the shards of two builds
        "version": hashlib.sha256("".join([*(sides[name].digest for name in LANGUAGES), _digest(files)]).encode()).hexdigest()[
            :10
        ],
        "steps": STEPS,
        "terms": len(labels.terms),
        "kin": len(labels.kin),
        "sides": {language: sides[language].known for language in LANGUAGES},
        "emptyWords": letters(" ".join(own_yaml(__package__, "empty_words.yml").values())),
        "tables": letters(json.dumps(analysis.tables(), ensure_ascii=False, separators=(",", ":"))),
    }
    code = "".join(_COMMENT.sub("", (scripts / name).read_text("utf-8")) for name in SCRIPTS)
    files["search.js"] = code.encode() + script("", known)
    return files


def build(documents: Iterable[Document], analysis: Analysis, scripts: Path, labels: Labels | None = None) -> Files:
    """The index of documents in both languages: file name → bytes."""
    found = list(documents)
    made = {language: side(language, found, analysis) for language in LANGUAGES}
    files = {name: content for _, own in made.values() for name, content in own.items()}
    return files | joined({language: one for language, (one, _) in made.items()}, labels or Labels(), analysis, scripts)


_SHARD = re.compile(r"(?:ka|en)/[wld]\d+\.js")


def put(files: Files, folder: Path) -> None:
    """Write an index into a folder, and remove the shards of an earlier and larger one; what else lies there stays."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for path in folder.glob("*/*.js"):
        name = path.relative_to(folder).as_posix()
        if name not in files and _SHARD.fullmatch(name):
            path.unlink()


def _digest(files: Files) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + files[name])
    return digest.hexdigest()
