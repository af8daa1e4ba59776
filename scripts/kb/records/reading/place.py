"""What the name of a file says: which kind of record stands in it and under which id, or why it stands wrong."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.records.checking.problem import REALLY_NEAR, Problem, nearest, shown
from kb.records.collected import FOLDER
from kb.records.item import Decision
from kb.records.model import RECORDS, Body, Day, Gap, ItemKind, Network, OwnOffice, Term, Theme, Unit
from kb.records.values import SLUG

OFFICE = "_office"
ROBOTS = (FOLDER, "_quarters")
SCHEMA_ENDING = ".schema.json"
# Each kind of record, and what the folders of its files and its records in the knowledge base are called.
PLURALS = {
    "network": "networks",
    "resource": "resources",
    "event": "events",
    "opportunity": "opportunities",
    "agreement": "agreements",
    "reporting": "reporting",
}
# A folder in a network's folder, or in ours → the kind of record in it and its model.
FOLDERS = {PLURALS[kind]: (kind, RECORDS[kind]) for kind in ("resource", "event", "opportunity")}
OFFICE_FOLDERS = {PLURALS[kind]: (kind, RECORDS[kind]) for kind in ("agreement", "reporting", "event", "opportunity")}
LISTS: dict[str, Any] = {
    "themes": tuple[Theme, ...],
    "units": tuple[Unit, ...],
    "bodies": tuple[Body, ...],
    "glossary": tuple[Term, ...],
    "days": tuple[Day, ...],
    "gaps": tuple[Gap, ...],
    "office": OwnOffice,
    "kinds": tuple[ItemKind, ...],
    "decisions": tuple[Decision, ...],
}
# A number of one or two digits after the year is meant for a month, and 9 or 13 is none.
EVENT_NAME = re.compile(r"(?P<month>\d{4}(?:-(?:0[1-9]|1[0-2])|(?!-\d{1,2}(?:-|\Z))))-[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a file says about the record in it."""

    path: str
    """The file below the record tree."""
    kind: str
    id: str
    model: Any


def placed(path: str) -> Place | Problem:
    """What a path says: which kind of record it is and what its id is; or why it stands wrong."""
    folders, name = path.split("/")[:-1], path.rsplit("/", maxsplit=1)[-1]
    stem, _, ending = name.rpartition(".")
    if ending != "yml":
        is_record = ending.lower() in ("yaml", "yml") or _is_for_records(folders)
        return _wrong(path, "file_ending" if is_record else "file_place", name)
    for part in (*[f for f in folders if f not in (OFFICE, *ROBOTS)], stem):
        if not SLUG.match(part):
            return _wrong(path, "file_name", part)
    place = _office_place(path, folders[1:], stem) if folders[:1] == [OFFICE] else _network_place(path, folders, stem)
    if place is None:
        return replace(_wrong(path, "file_place", path), context={"nearest": _place_meant(folders, stem)})
    if place.kind == "event" and not EVENT_NAME.match(stem):
        return _wrong(path, "event_name", stem)
    if place.id == "index" or place.path == "office/network.yml":  # networks/index.html and events/office/ are the site's own
        return _wrong(path, "reserved", place.id)
    return place


def _is_for_records(folders: list[str]) -> bool:
    """Whether nothing but records stands in a folder such as `ioi/resources`."""
    return len(folders) == 2 and folders[1] in (OFFICE_FOLDERS if folders[0] == OFFICE else FOLDERS)


def _place_meant(folders: list[str], stem: str) -> str:
    """Where a file may belong whose folder or name is nearly right; nothing when none is near."""
    if len(folders) not in (1, 2):
        return ""
    files, below = (LISTS, OFFICE_FOLDERS) if folders[0] == OFFICE else (("network",), FOLDERS)
    near = nearest(folders[1], below, REALLY_NEAR) if len(folders) == 2 else nearest(stem, files, REALLY_NEAR)
    rest = (near, f"{stem}.yml") if len(folders) == 2 else (f"{near}.yml",)
    return "/".join((folders[0], *rest)) if near else ""


def _wrong(path: str, code: str, found: str) -> Problem:
    """A problem of a name, which on some systems may hold bytes that nobody can print."""
    return Problem(shown(path, 400), 1, "", code, shown(found))


def _office_place(path: str, folders: list[str], stem: str) -> Place | None:
    if not folders and stem in LISTS:
        return Place(path, "list", stem, LISTS[stem])
    if len(folders) == 1 and folders[0] in OFFICE_FOLDERS:
        kind, model = OFFICE_FOLDERS[folders[0]]
        return Place(path, kind, stem if kind in ("agreement", "reporting") else f"office/{stem}", model)
    return None


def _network_place(path: str, folders: list[str], stem: str) -> Place | None:
    if folders[:1] and folders[0] in ROBOTS:
        return None
    if len(folders) == 1 and stem == "network":
        return Place(path, "network", folders[0], Network)
    if len(folders) == 2 and folders[1] in FOLDERS:
        kind, model = FOLDERS[folders[1]]
        return Place(path, kind, f"{folders[0]}/{stem}", model)
    return None


def name_problems(place: Place, record: Any, line: Any) -> Iterator[Problem]:
    """A file's name is its id, and an event's begins with its month."""
    own = place.id.rsplit("/", 1)[-1]
    if record.id is not None and record.id != own:
        yield Problem(place.path, line(("id",)), "id", "id_differs", record.id, {"name": own})
    name = EVENT_NAME.match(own) if place.kind == "event" else None
    start = record.start or record.end if name else None
    if name and start and not start.startswith(name["month"]) and not name["month"].startswith(start):
        field = "start" if record.start else "end"
        yield Problem(place.path, line((field,)), field, "event_month", own, {"start": start[:7]})


def files_without_network(places: Iterable[Place]) -> list[Problem]:
    """Folders of no network, each told once at its first file."""
    first: dict[str, str] = {}
    for path in sorted(place.path for place in places):
        first.setdefault(path.split("/")[0], path)
    at_home = {OFFICE, *(place.id for place in places if place.kind == "network")}
    return [Problem(path, 1, "", "no_network", folder) for folder, path in first.items() if folder not in at_home]
