"""What only the whole tree can tell: dangling references, ids used twice, dates that lie ahead, private contacts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import phonenumbers
from pydantic import BaseModel

from kb.knowledge import Entry, KnowledgeBase, former
from kb.problem import nearest
from kb.validation import model_in
from kb.values import Refers

# Mail services at which anybody opens an address; the list is of those in use in Georgia and Europe.
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.co.uk",
        "ymail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "mail.ru",
        "bk.ru",
        "list.ru",
        "inbox.ru",
        "internet.ru",
        "yandex.ru",
        "yandex.com",
        "ya.ru",
        "rambler.ru",
        "ukr.net",
        "i.ua",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "web.de",
        "t-online.de",
        "freenet.de",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "laposte.net",
        "libero.it",
        "virgilio.it",
        "seznam.cz",
        "wp.pl",
        "o2.pl",
        "onet.pl",
        "abv.bg",
        "mail.bg",
        "proton.me",
        "protonmail.com",
        "tutanota.com",
        "zoho.com",
        "posta.ge",
        "caucasus.net",
    ]
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before its line is known: the file, the place in it, and the words to use."""

    path: str
    where: Path
    code: str
    found: str = ""
    context: tuple[tuple[str, str], ...] = ()


@cache
def watched_fields(model: type[BaseModel]) -> tuple[tuple[str, str | None, type[BaseModel] | None], ...]:
    """The fields of a model that refer to records, or hold models that may: (name, kind referred to, model)."""
    rows = []
    for name, info in model.model_fields.items():
        marks = [m for m in _metadata(info.annotation, info.metadata) if isinstance(m, Refers)]
        inner = model_in(info.annotation)
        if marks or (inner and watched_fields(inner)):
            rows.append((name, marks[0].kind if marks else None, inner))
    return tuple(rows)


def _metadata(annotation: Any, own: Iterable[Any] = ()) -> Iterator[Any]:
    yield from own
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        yield from _metadata(part)


def references(part: BaseModel, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference inside a record: (place, kind, what it names)."""
    for name, kind, _ in watched_fields(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        for place, item in _each(value, (*where, name)):
            if kind is not None:
                yield place, kind, item
            else:
                yield from references(item, place)


def references_in(data: object, model: type[BaseModel] | None, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference in the plain values of a record that is wrong in other ways: (place, kind, what it names)."""
    if isinstance(data, tuple):
        for number, item in enumerate(data):
            yield from references_in(item, model, (*where, number))
    if not isinstance(data, dict) or model is None:
        return
    for name, kind, inner in watched_fields(model):
        value = data.get(name)
        if kind is None:
            yield from references_in(value, inner or model, (*where, name))
            continue
        for place, item in _each(value, (*where, name)):
            if isinstance(item, str):
                yield place, kind, item


def _each(value: Any, where: Path) -> list[tuple[Path, Any]]:
    """The items of a list with their places, or the one value that is no list."""
    return [((*where, number), item) for number, item in enumerate(value)] if isinstance(value, tuple) else [(where, value)]


Known = dict[str, frozenset[str]]


def known_ids(kb: KnowledgeBase, broken: Mapping[str, set[str]]) -> Known:
    """All ids by kind, and who claims which earlier one: all that a record's check needs of the others.

    `broken` are the ids of records that exist but could not be read, by kind, with `*` for a whole list.
    """
    kinds: dict[str, Iterable[str]] = {
        "theme": kb.themes,
        "unit": kb.units,
        "network": kb.networks,
        "resource": kb.resources,
        "event": kb.events,
        "opportunity": kb.opportunities,
        "agreement": kb.agreements,
        "reporting": kb.reporting,
        "source": (document.id for document in kb.documents),
        "former": (f"{old} {entry.path}" for old, entry in kb.former_ids.items()),
    }
    return {kind: frozenset(ids) | broken.get(kind, set()) for kind, ids in kinds.items()}


def check_record(entry: Entry[Any], kb: KnowledgeBase, known: Known, today: date) -> Iterator[Finding]:
    """Everything wrong between a record and the others, or the day."""
    yield from dangling(entry.path, references(entry.record), known)
    yield from _dates_ahead(entry, today)
    yield from _taken_ids(entry, kb, known)
    if entry.kind == "network":
        yield from _parts_of_network(entry)


def check_items(items: Iterable[tuple[str, Path, BaseModel]], known: Known) -> Iterator[Finding]:
    """Everything wrong in the items of `_office/*.yml`, each with its file and place."""
    for path, where, item in items:
        yield from dangling(path, references(item, where), known)
        for name in ("offices", "documents"):
            yield from repeated_ids(path, getattr(item, name, ()), (*where, name))
        if getattr(item, "id", "") == "index":
            yield Finding(path, (*where, "id"), "reserved", "index")


def check_drafts(kb: KnowledgeBase, items: Iterable[tuple[str, Path, BaseModel]]) -> Iterator[Finding]:
    """Drafts that something on the site names or, for a network, stands with: their pages are not made.

    `items` are those of `_office/*.yml`. A draft has one problem, however much leads to it.
    """
    drafts = {(entry.kind, entry.id): entry for entry in kb.entries() if entry.record.status == "draft"}
    if not drafts:
        return
    shown = [(e.path, e.record, ("network", e.owner)) for e in kb.entries() if e.record.status != "draft"]
    leading: dict[tuple[str, str], list[str]] = {}
    for path, part, home in [*shown, *((path, item, None) for path, _, item in items)]:
        for target in dict.fromkeys((home, *_named(part))):
            if target in drafts:
                leading.setdefault(target, []).append(path)
    for target, paths in leading.items():
        yield Finding(drafts[target].path, ("status",), "draft_shown", "draft", (("n", str(len(paths))), ("record", paths[0])))


def _named(part: BaseModel) -> Iterator[tuple[str, str]]:
    """The records that a record names; none does so in its parts, where to look takes ten times as long."""
    for name, kind, _ in watched_fields(type(part)):
        if kind in ("network", "resource") and (value := getattr(part, name)):
            yield from ((kind, one) for one in (value if isinstance(value, tuple) else (value,)))


def dangling(path: str, found: Iterable[tuple[Path, str, str]], known: Known) -> Iterator[Finding]:
    """Those references of a file that name nothing."""
    for place, kind, name in found:
        if name in known[kind] or "*" in known[kind] or (kind == "source" and ":" in name):
            continue
        yield Finding(path, place, f"unknown_{kind}", name, (("nearest", nearest(name, known[kind])),))


def _dates_ahead(entry: Entry[Any], today: date) -> Iterator[Finding]:
    now = today.isoformat()
    review = entry.record.review
    dates = {
        ("review", "confirmed_on"): review.confirmed_on,
        ("collected_on",): entry.record.collected_on,
        ("archived", "on"): entry.record.archived and entry.record.archived.on,
    }
    for where, value in dates.items():
        if value and value > now:
            yield Finding(entry.path, where, "future", value, (("today", now),))
    if review.confirmed_on and not review.confirmed_by:
        yield Finding(entry.path, ("review",), "confirmed_by_missing")


def _taken_ids(entry: Entry[Any], kb: KnowledgeBase, known: Known) -> Iterator[Finding]:
    """An earlier id must not be a record's id today, nor be claimed twice."""
    for old in former(entry, kb.networks):
        if old in known[entry.kind] or kb.former_ids.get(f"{entry.kind}:{old}") not in (None, entry):
            yield Finding(entry.path, ("former_ids",), "former_taken", old)


def _parts_of_network(entry: Entry[Any]) -> Iterator[Finding]:
    for name in ("contacts", "working_groups"):
        yield from repeated_ids(entry.path, getattr(entry.record, name), (name,))
    for number, contact in enumerate(entry.record.contacts):
        where: Path = ("contacts", number)
        if contact.phone:
            yield from _phone(entry.path, (*where, "phone"), contact.phone)
        if contact.email and not contact.basis and contact.email.rsplit("@", 1)[-1].lower() in FREE_MAIL:
            yield Finding(entry.path, (*where, "email"), "email_basis", contact.email)


def repeated_ids(path: str, items: Iterable[Any], where: Path) -> Iterator[Finding]:
    """Items of a list whose id an earlier item has; the context says which."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.id in seen:
            yield Finding(path, (*where, number, "id"), "duplicate_id", item.id, (("first", str(seen[item.id])),))
        seen.setdefault(item.id, number)


def _phone(path: str, where: Path, number: str) -> Iterator[Finding]:
    """A landline by libphonenumber's plan of each country; Georgian numbers may lack their +995."""
    try:
        parsed = phonenumbers.parse(number, "GE")
    except phonenumbers.NumberParseException:
        yield Finding(path, where, "phone", number)
        return
    if phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE:
        yield Finding(path, where, "phone_mobile", number)
    elif not phonenumbers.is_possible_number(parsed):
        yield Finding(path, where, "phone", number)
