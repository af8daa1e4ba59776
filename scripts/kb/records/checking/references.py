"""What only the whole tree can tell: dangling references, ids used twice, dates that lie ahead, private contacts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel

from kb.records.checking.problem import REALLY_NEAR, nearest, shown
from kb.records.checking.telephones import HAS_COUNTRY, is_mobile, is_whole, parsed, with_country
from kb.records.checking.validation import kind_named, model_in
from kb.records.knowledge import Entry, KnowledgeBase, former
from kb.records.values import Text

# Mail services at which anybody opens an address, as used in Georgia and Europe: those with a domain in many countries,
# and those with one.
FREE_FAMILIES = (
    "yahoo|ymail|rocketmail|gmail|googlemail|hotmail|outlook|live|windowslive|msn|icloud|aol|gmx|yandex|inbox|proton|protonmail"
    "|tuta|tutanota|fastmail|zoho"
)
FREE_DOMAINS = frozenset(
    """
    me.com mac.com mail.com email.com pm.me hey.com vk.com qq.com 163.com 126.com mail.ru bk.ru list.ru internet.ru ya.ru
    rambler.ru ukr.net i.ua mail.ua meta.ua bigmir.net web.de t-online.de freenet.de orange.fr wanadoo.fr free.fr laposte.net
    sfr.fr bluewin.ch libero.it virgilio.it tiscali.it seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl freemail.hu abv.bg
    mail.bg mail.com.tr posta.ge mail.ge caucasus.net
    """.split()  # noqa: SIM905 - forty rows of one word are no easier to read
)
FREE_FAMILY = re.compile(rf"(?:{FREE_FAMILIES})\.(?:[a-z]{{2,4}}|com?\.[a-z]{{2}})\Z")
ADDRESS_IN_TEXT = re.compile(r"[\w.%+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
# A number with its country's code, or one that begins as the mobile numbers of Georgia do.
NUMBER_IN_TEXT = re.compile(
    r"(?<![\w+])(?:\+|00)[\d() .\u00a0-]{8,20}\d|(?<![\w+.,-])(?:0|8[ -]?)?5\d{2}\)?(?:[ .\u00a0-]?\d){6}(?!\w)"
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
        kind, inner = kind_named(info.annotation, info.metadata), model_in(info.annotation)
        if kind or (inner and watched_fields(inner)):
            rows.append((name, kind or None, inner))
    return tuple(rows)


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
        "called": _called(kb),
    }
    return {kind: frozenset(ids) | broken.get(kind, set()) for kind, ids in kinds.items()}


def _called(kb: KnowledgeBase) -> Iterator[str]:
    """What people may write in place of an id, after its kind and itself: `network ioi International Ombudsman Institute`."""
    for kind, items in (("theme", kb.themes), ("unit", kb.units)):
        for name, item in items.items():
            yield from (f"{kind} {name} {words}" for words in _both(item.name, getattr(item, "abbreviation", None)))
    for name, entry in kb.networks.items():
        yield from (f"network {name} {words}" for words in _both(entry.record.name, entry.record.acronym))
    for document in kb.documents:
        yield from (f"source {document.id} {words}" for words in _both(document.title))


def _both(*texts: Text | None) -> Iterator[str]:
    yield from (words for text in texts if text for words in (text.ka, text.en) if words)


def check_record(entry: Entry[Any], kb: KnowledgeBase, known: Known, today: date) -> Iterator[Finding]:
    """Everything wrong between a record and the others, or the day."""
    yield from dangling(entry.path, references(entry.record), known)
    yield from _dates_ahead(entry, today)
    yield from _taken_ids(entry, kb, known)
    yield from _corrections(entry, today)
    if entry.kind == "resource" and entry.record.replaced_by == entry.id:
        yield Finding(entry.path, ("replaced_by",), "itself", entry.id)
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
        yield Finding(path, place, f"unknown_{kind}", shown(name), (("nearest", guess_id(name, kind, known)),))


def guess_id(name: str, kind: str, known: Known) -> str:
    """The id that somebody may have meant who wrote another word, a name or an acronym; nothing when none is near."""
    word = re.sub(r"[\s_]+", "-", name.strip().lower())
    if word in known[kind]:
        return word
    called = [(row[1], row[2].casefold()) for row in (row.split(" ", 2) for row in sorted(known["called"])) if row[0] == kind]
    wanted = name.strip().casefold()
    same = next((one for one, words in called if words == wanted), "")
    return same or nearest(word, sorted(known[kind])) or _beginning_alike(wanted, called)


def _beginning_alike(wanted: str, called: Iterable[tuple[str, str]]) -> str:
    """The one id whose name has a word of the same beginning: `ბავშვები` for „ბავშვის უფლებები“; nothing when there are two."""
    start = wanted[:5]
    found = {one for one, words in called if any(word.startswith(start) for word in words.split())} if len(start) == 5 else set()
    return found.pop() if len(found) == 1 else ""


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
    """An earlier id must not be a record's id today, its own or another's, nor be claimed twice."""
    own = entry.id.rpartition("/")[2]
    for number, old in enumerate(entry.record.former_ids):
        if old == own and "/" in entry.id:  # that of a network is among the known ones below
            yield Finding(entry.path, ("former_ids", number), "former_taken", old)
    for old in former(entry, kb.networks):
        if old in known[entry.kind] or kb.former_ids.get(f"{entry.kind}:{old}") not in (None, entry):
            yield Finding(entry.path, ("former_ids",), "former_taken", old)


def _corrections(entry: Entry[Any], today: date) -> Iterator[Finding]:
    """A correction was made on a day that is not ahead, and names fields that this kind of record has."""
    for number, correction in enumerate(entry.record.review.no_change_of_meaning):
        where: Path = ("review", "no_change_of_meaning", number)
        if correction.on > today.isoformat():
            yield Finding(entry.path, (*where, "on"), "future", correction.on, (("today", today.isoformat()),))
        for place, name in enumerate(correction.fields):
            wrong = _wrong_step(type(entry.record), name.split("."))
            if wrong is not None:
                word, fields = wrong
                near = name.replace(word, near) if (near := nearest(word, fields, REALLY_NEAR)) else ""
                context = (("fields", ", ".join(fields)), ("nearest", near))
                yield Finding(entry.path, (*where, "fields", place), "correction_field", shown(name), context)


def _wrong_step(model: type[BaseModel], steps: list[str]) -> tuple[str, list[str]] | None:
    """The step of `contacts.secretariat.email` that no field is called, and what fields there are; items go by their id."""
    step, *rest = steps
    if step not in model.model_fields:
        return step, list(model.model_fields)
    annotation = model.model_fields[step].annotation
    inner = model_in(annotation)
    if inner and rest and get_origin(annotation) is tuple and rest[0] not in inner.model_fields and "id" in inner.model_fields:
        rest = rest[1:]
    return _wrong_step(inner, rest) if inner and rest else None


def _parts_of_network(entry: Entry[Any]) -> Iterator[Finding]:
    for name in ("contacts", "working_groups"):
        yield from repeated_ids(entry.path, getattr(entry.record, name), (name,))
    for number, contact in enumerate(entry.record.contacts):
        where: Path = ("contacts", number)
        if contact.phone:
            yield from _phone(entry.path, (*where, "phone"), contact.phone)
        if contact.email and not contact.basis and is_free_mail(contact.email.rsplit("@", 1)[-1]):
            yield Finding(entry.path, (*where, "email"), "email_basis", contact.email)
        yield from _private_words(entry.path, where, contact)


def is_free_mail(host: str) -> bool:
    """Whether anybody can open an address at a host."""
    host = host.lower()
    return host in FREE_DOMAINS or FREE_FAMILY.match(host) is not None


def _private_words(path: str, where: Path, contact: Any) -> Iterator[Finding]:
    """Mobile numbers, and free addresses without a basis, in what is said around a contact."""
    texts: list[tuple[Path, str]] = [(("holder",), contact.holder)] if contact.holder else []
    for name in ("role", "address", "basis", "note"):
        if text := getattr(contact, name):
            texts += [((name, language), words) for language in ("ka", "en") if (words := getattr(text, language))]
    for place, words in texts:
        for found in NUMBER_IN_TEXT.finditer(words):
            if is_mobile(parsed(found[0])):
                yield Finding(path, (*where, *place), "phone_mobile", found[0])
        for found in ADDRESS_IN_TEXT.finditer(words):
            if not contact.basis and is_free_mail(found["host"]):
                yield Finding(path, (*where, *place), "email_in_text", found[0])


def repeated_ids(path: str, items: Iterable[Any], where: Path) -> Iterator[Finding]:
    """Items of a list whose id an earlier item has; the context says which."""
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.id in seen:
            yield Finding(path, (*where, number, "id"), "duplicate_id", item.id, (("first", str(seen[item.id])),))
        seen.setdefault(item.id, number)


def _phone(path: str, where: Path, number: str) -> Iterator[Finding]:
    """One landline by libphonenumber's plan of its country, with that country's code."""
    read = parsed(number)
    if is_mobile(read):
        yield Finding(path, where, "phone_mobile", number)
    elif read is None or not is_whole(read) or not HAS_COUNTRY.match(number):
        yield Finding(path, where, "phone", number, (("nearest", with_country(read)),))
