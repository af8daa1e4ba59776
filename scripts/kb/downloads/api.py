"""The records as JSON for other programs: a file a list, its schema beside it, and what each file holds."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel, TypeAdapter

from kb.downloads.listed import Listed, listed, lists
from kb.downloads.offer import File, Offer
from kb.records.checking.validation import adapter
from kb.records.knowledge import Entry, published
from kb.records.reading import LISTS
from kb.records.schema import KINDS, schema
from kb.records.sections import FOLDERS, address

VERSION = 1  # of the form of these files; another number means that a reader must look again


def files(offer: Offer) -> Iterator[File[Any]]:
    """Every list and every schema, and index.json, which names them.

    A record stands under its id with its `url` on the site below the root of a language; drafts are left out,
    archived records say so. Fields that say nothing are left out.
    """
    kb = offer.kb
    yield File("index.json", _json, {"version": VERSION, "files": [_about(one) for one in listed(kb)]})
    for kind in KINDS:
        yield File(f"{FOLDERS[kind]}.json", partial(_records, kind), published(kb.of_kind(kind)))
    for name, items in lists(kb).items():
        yield File(f"{name}.json", partial(_list, name), items)
    for name, kind in {**KINDS, **{name: LISTS[name] for name in lists(kb)}}.items():
        yield File(f"schemas/{name}.schema.json", _schema, kind)


def _records(kind: str, entries: list[Entry[Any]]) -> bytes:
    """The records of a kind by id, written by the library that checked them: ten times as fast as by way of plain data."""
    rows = []
    for entry in entries:
        record = _model(entry.record).dump_json(entry.record, exclude_none=True, exclude_defaults=True)
        # an id is made of slugs, in which JSON escapes nothing
        rows.append(b"%b%b}" % (f'"{entry.id}": {{"url": "{address(entry)}", "record": '.encode(), record))
    return _file(kind, b"{\n", rows, b"\n}")


def _list(name: str, items: Iterable[BaseModel]) -> bytes:
    rows = [_model(item).dump_json(item, exclude_none=True, exclude_defaults=True) for item in items]
    return _file(name, b"[\n", rows, b"\n]")


def _schema(kind: Any) -> bytes:
    return schema(kind).encode()


def _file(schema_name: str, opening: bytes, rows: list[bytes], closing: bytes) -> bytes:
    """A file of ten million letters, put together at once: each step on the way would copy it."""
    head = {"version": VERSION, "schema": f"schemas/{schema_name}.schema.json"}
    return b"".join([json.dumps(head)[:-1].encode(), b', "data": ', opening, b",\n".join(rows), closing, b"}\n"])


def _about(one: Listed) -> Mapping[str, Any]:
    return {"file": f"{one.name}.json", "schema": f"schemas/{one.schema}.schema.json", "count": one.count}


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _model(part: BaseModel) -> TypeAdapter[Any]:
    model: Any = type(part)
    return adapter(model)
