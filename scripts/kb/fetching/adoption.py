"""People decide: a fetched item becomes a draft record, or is dismissed for good.

Decisions stand in `_office/decisions.yml`, with the people's records, so that no robot and no loss of a fetched file can
undo them.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from kb.editing.scaffold import template
from kb.records.checking.document import parse
from kb.records.checking.problem import Problem
from kb.records.checking.validation import validate
from kb.records.item import Decision, Item, item_today
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import FOLDERS, LISTS, OFFICE, SCHEMA_ENDING, placed
from kb.records.replacement import replace
from kb.records.schema import KINDS
from kb.records.values import SLUG

What = Literal["event", "opportunity", "resource"]

# What an item most likely becomes; the rest needs a person's word.
BECOMES: Mapping[str, What] = {
    "event": "event",
    "opportunity": "opportunity",
    "vacancy": "opportunity",
    "publication": "resource",
    "statement": "resource",
}
PLACES = {kind: folder for folder, (kind, _) in FOLDERS.items()}
DECISIONS = f"{OFFICE}/decisions.yml"
WORD = re.compile("[a-z0-9]+")
MOST_WORDS = 6


class Undecidable(ValueError):
    """The decision cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft record: its file, and the fields that a person must fill."""

    path: Path
    missing: tuple[str, ...]


def adopt(root: Path, kb: KnowledgeBase, item_id: str, what: What | None, today: date) -> Draft:
    """Write the draft of a record with all that is known of an item, and note the decision.

    Raises Undecidable for an unknown item, one that was decided on, or when nobody said what it is to become.
    """
    item = waiting(kb, item_id)
    kind = what or BECOMES.get(item.kind)
    if kind is None:
        raise Undecidable(f"{item_id} is {item.kind}: say --as event, opportunity or resource")
    path = free_path(root, item, kind)
    place = placed(path)
    if isinstance(place, Problem):
        raise Undecidable(f"{path}: {place.say('en')}")
    known = known_of(item, kind)
    missing = tuple(name for name, field in KINDS[kind].model_fields.items() if field.is_required() and name not in known)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as out:
        out.write(headed(item, missing, template(place, today, known)))
    decision = Decision(id=item.id, decided="adopted", on=today.isoformat(), record=path, link=item.link, title=item.title)
    try:
        note(root, kb, decision)
    except Undecidable:
        file.unlink()
        raise
    return Draft(file, missing)


def dismiss(root: Path, kb: KnowledgeBase, item_id: str, today: date) -> Item:
    """Note that an item is not wanted. Raises Undecidable for an unknown item, or one that was decided on."""
    item = waiting(kb, item_id)
    note(root, kb, Decision(id=item.id, decided="dismissed", on=today.isoformat(), link=item.link, title=item.title))
    return item


def waiting(kb: KnowledgeBase, item_id: str) -> Item:
    """The item of an id, if nobody decided on it."""
    names = kb.network_names
    item = kb.items.get(item_today(item_id, names))
    if item is None:
        raise Undecidable(f"there is no fetched item {item_id!r}")
    if decided := next((d for d in kb.decisions if item_today(d.id, names) == item.id), None):
        raise Undecidable(f"{item_id} was {decided.decided} on {decided.on}")
    return item


def free_path(root: Path, item: Item, kind: What) -> str:
    """Where the draft goes: named for the title, or for the address where the title is not in Latin letters."""
    name = slug(item.title) or slug((item.link or "").rstrip("/").rpartition("/")[2]) or item.id
    if kind == "event":
        name = f"{item.start[:7] if item.start else item.day[:4]}-{name}"
    for number in range(1, 1000):
        path = f"{item.network}/{PLACES[kind]}/{name if number == 1 else f'{name}-{number}'}.yml"
        if not (root / path).exists():
            return path
    raise Undecidable(f"{item.network}/{PLACES[kind]}/{name}.yml is there already")


def slug(text: str) -> str:
    """The first words of a text as a file name; empty when it has fewer than two in Latin letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = WORD.findall(plain)[:MOST_WORDS]
    found = "-".join(words)
    return found if len(words) > 1 and SLUG.match(found) else ""


def known_of(item: Item, kind: What) -> dict[str, str]:
    """What is known of an item, by field, as lines of YAML; every text is quoted."""
    language = "ka" if item.language == "ka" else "en"
    fields = {"status": "status: draft", "title": f"title:\n  {language}: {quoted(item.title)}"}
    if item.link:
        fields["sources"] = f"sources:\n  - {quoted(item.link)}"
        fields |= {"url": f"url: {quoted(item.link)}"} if kind != "opportunity" else {}
    if item.themes:
        fields["themes"] = f"themes: [{', '.join(item.themes)}]"
    if kind != "resource":
        fields["networks"] = f"networks: [{item.network}]"
    if item.summary and kind != "event":
        fields["summary"] = f"summary:\n  {language}: {quoted(item.summary)}"
    if kind == "event":
        fields |= {name: f"{name}: {value}" for name in ("start", "end") if (value := getattr(item, name))}
        fields |= {"place": f"place:\n  {language}: {quoted(item.place)}"} if item.place else {}
    if kind == "resource":
        fields |= {"year": f"year: {item.published[:4]}"} if item.published and not item.doubtful else {}
        fields |= {"languages": f"languages: [{quoted(item.language)}]"} if item.language else {}
    return fields


def quoted(text: str) -> str:
    """A text as a double-quoted scalar: the strings of JSON are YAML."""
    return json.dumps(text, ensure_ascii=False)


def headed(item: Item, missing: tuple[str, ...], text: str) -> str:
    """The file with what a person must know first: what is missing, and which dates the text seems to name."""
    first, _, rest = text.partition("\n")
    lines = [first, f"# შეგროვდა ავტომატურად: {item.first_seen} ({item.id}). Collected automatically."]
    lines += [f"# შესავსებია / to be filled in: {', '.join(missing)}"] if missing else []
    names = {"event": "ღონისძიება / event", "deadline": "ბოლო ვადა / deadline"}
    lines += [f"# სავარაუდო თარიღი, გადაამოწმეთ / a date to check: {s.date}, {names[s.what]}: {s.words}" for s in item.suggested]
    return "\n".join([*lines, rest])


def note(root: Path, kb: KnowledgeBase, decision: Decision) -> None:
    """Add a decision at the end of the list; what people wrote there stays byte for byte.

    The new file is read back before it replaces the old one.
    """
    file = root / DECISIONS
    before = file.read_bytes() if file.is_file() else f"# yaml-language-server: $schema=../decisions{SCHEMA_ENDING}\n".encode()
    said = decision.model_dump(exclude_none=True)
    lines = [f"{name}: {quoted(value) if name in ('record', 'link', 'title') else value}" for name, value in said.items()]
    content = before.rstrip(b"\r\n") + ("\n\n- " + "\n  ".join(lines) + "\n").encode()
    document, problems = parse(DECISIONS, content)
    found, wrong = validate(document, LISTS["decisions"]) if document else (None, problems)
    if wrong or found != (*kb.decisions, decision):
        raise Undecidable(f"{DECISIONS} must be mended first: kb check")
    replace(file, content)
