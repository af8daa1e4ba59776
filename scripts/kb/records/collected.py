"""The one reader of `networks/_fetched/`: items and the health of sources, with the problems of lines that are wrong."""

import json
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.records.checking.document import too_large
from kb.records.checking.problem import Problem, shown
from kb.records.checking.validation import MOST_PROBLEMS, adapter, problems_in
from kb.records.item import SOURCE_ID, Health, Item, Names, item_today, source_today
from kb.records.link import FILE, links_in

T = TypeVar("T")

FOLDER = "_fetched"
SOURCES = "sources.json"
ENDING = ".jsonl"
MOST_BYTES = 32 * 1024 * 1024  # of a file: 50,000 items; robots write ten a week


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that robots fetched, as far as it can be read."""

    items: Mapping[str, Item] = field(default_factory=dict)
    """By id, in the order of the files."""
    sources: Mapping[str, Health] = field(default_factory=dict)
    """By the source's id: `ennhri/feed`."""
    dead_links: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A place in a file of lines: every field of an object stands on its line."""

    path: str
    number: int

    def line(self, where: tuple[str | int, ...]) -> int:  # noqa: ARG002 - a document of YAML looks the place up
        """The line of any field."""
        return self.number


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether anything changed since the last reading: names, sizes and times of the files."""
    files = (file for file in sorted((root / FOLDER).glob("*")) if file.suffix in (ENDING, ".json"))
    return tuple((file.name, (status := file.lstat()).st_size, status.st_mtime_ns) for file in files)


def read(root: Path) -> Collected:
    """All items and sources below `root`."""
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    for file in sorted((root / FOLDER).glob(f"*{ENDING}")):
        path = f"{FOLDER}/{file.name}"
        raw, closed = _bytes(path, file)
        found, wrong = items_in(path, raw)
        problems += [*closed, *wrong]
        for number, item in found:
            if item.id in items:
                problems.append(Problem(path, number, "id", "duplicate_fetched", item.id))
            elif item.network != file.stem:
                problems.append(Problem(path, number, "id", "fetched_elsewhere", item.id, {"network": file.stem}))
            items.setdefault(item.id, item)
    sources, unhealthy = _part(root, SOURCES, sources_in)
    links, unlinked = _part(root, FILE.name, links_in)
    dead = frozenset(url for url, link in links.items() if link.dead)
    return Collected(items, sources, dead, (*problems, *unhealthy, *unlinked))


def _part(
    root: Path, name: str, read_in: Callable[[str, bytes], tuple[dict[str, T], list[Problem]]]
) -> tuple[dict[str, T], list[Problem]]:
    """What one file says, by `read_in`, and its problems."""
    path = f"{FOLDER}/{name}"
    raw, closed = _bytes(path, root / FOLDER / name)
    found, wrong = read_in(path, raw)
    return found, [*closed, *wrong]


def followed(collected: Collected, names: Names) -> Collected:
    """What was collected under earlier ids of networks as that of their ids today; the files stay as they are."""
    if not names:
        return collected
    items, sources = items_today(collected.items.values(), names), sources_today(collected.sources, names)
    return replace(collected, items=items, sources=sources)


def items_today(items: Iterable[Item], names: Names) -> dict[str, Item]:
    """Items by their ids of today. An item keeps its digits and its days, so it is new to nobody.

    Of two that come to have one id, because a round under the new name did not know of the earlier one, the one that
    was seen first counts.
    """
    found: dict[str, Item] = {}
    for item in items:
        name = item_today(item.id, names)
        if name != item.id:
            sources = tuple(source_today(source, names) for source in item.sources)
            item = item.model_copy(update={"id": name, "sources": sources})  # noqa: PLW2901 - the same item
        if name not in found or item.first_seen < found[name].first_seen:
            found[name] = item
    return found


def sources_today(sources: Mapping[str, Health], names: Names) -> dict[str, Health]:
    """The health of sources by their ids of today; what is known under such an id already counts."""
    moved = {
        source_today(name, names): health.model_copy(update={"network": names[health.network]})
        for name, health in sources.items()
        if health.network in names
    }
    return {**moved, **{name: health for name, health in sources.items() if health.network not in names}}


def items_in(path: str, raw: bytes) -> tuple[list[tuple[int, Item]], list[Problem]]:
    """The items of a file, each with its line, and the problems of all other lines.

    10,000 items take 0.2 seconds: the whole file is validated at once, and by lines only when that fails.
    """
    lines = [(number, line) for number, line in enumerate(raw.split(b"\n"), 1) if line.strip()]
    try:
        items = adapter(list[Item]).validate_json(b"[" + b",".join(line for _, line in lines) + b"]")
        if len(items) == len(lines):
            return [(number, item) for (number, _), item in zip(lines, items, strict=True)], []
    except ValidationError:
        pass
    found: list[tuple[int, Item]] = []
    problems: list[Problem] = []
    for number, line in lines:
        if len(problems) >= MOST_PROBLEMS:
            break
        item, wrong = one_of(Item, path, number, line)
        problems += wrong
        if item is not None:
            found.append((number, item))
    return found, problems


def one_of(kind: Any, path: str, number: int, line: bytes) -> tuple[Any, list[Problem]]:
    """One line as an object of a kind, or the problems in it."""
    try:
        return adapter(kind).validate_json(line), []
    except ValidationError as error:
        if error.errors(include_url=False)[0]["type"] == "json_invalid":
            return None, [Problem(path, number, "", "json_line", shown(line.decode("utf-8", "replace")))]
        return None, problems_in(error, Line(path, number), kind)


def sources_in(path: str, raw: bytes) -> tuple[dict[str, Health], list[Problem]]:
    """The health of each source, and the problems of those that cannot be read."""
    if not raw.strip():
        return {}, []
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return {}, [Problem(path, 1, "", "json_line", shown(raw.decode("utf-8", "replace")))]
    sources, problems = {}, []
    for name, health in found.items():
        line = raw[: max(0, raw.find(json.dumps(name, ensure_ascii=False).encode("utf-8", "surrogatepass")))].count(b"\n") + 1
        value, wrong = one_of(Health, path, line, json.dumps(health).encode())
        if value is not None and not SOURCE_ID.match(name):
            wrong = [Problem(path, line, "", "source_id", shown(name))]
        problems += wrong
        if not wrong:
            sources[name] = value
    return sources, problems


def lines_of(items: Iterable[Item]) -> bytes:
    """Items in normal form: one object a line, keys in order, nothing that says only what is said without it."""
    return b"".join(line_of(item) for item in items)


def line_of(item: Item) -> bytes:
    """One item as its line."""
    plain = item.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def sources_as_bytes(sources: Mapping[str, Health]) -> bytes:
    """The health of sources in normal form."""
    plain = {name: health.model_dump(mode="json", exclude_defaults=True) for name, health in sources.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _bytes(path: str, file: Path) -> tuple[bytes, list[Problem]]:
    """What a file holds; nothing where there is none, and a problem where it is no plain file, closed or far too large."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            return b"", [Problem(path, 1, "", "unreadable")]
        if status.st_size > MOST_BYTES:
            return b"", [too_large(path, status.st_size, MOST_BYTES)]
        return file.read_bytes(), []
    except FileNotFoundError:
        return b"", []
    except OSError:
        return b"", [Problem(path, 1, "", "unreadable")]
