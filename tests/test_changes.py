"""Every edit of any field is told once, in both languages; what says nothing to a reader is not told."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from kb.history.changes import Change, compare
from kb.history.labels import label, row
from kb.history.shapes import MODELS, SILENT, Shape, shapes
from kb.history.snapshot import Beside, Plain, Snapshot, take, things
from kb.history.telling import Teller, Told
from kb.records.fields import table
from kb.records.model import RECORDS
from kb.words.language import LANGUAGES, Words
from kb.words.quarters import parse

Q3, Q4 = parse("2026-Q3"), parse("2026-Q4")
TODAY = date(2026, 11, 22)


def everywhere(model: type[BaseModel]) -> dict[type[BaseModel], None]:
    """A model and every model inside it that has shapes of its own, in order, each once."""
    found: dict[type[BaseModel], None] = {model: None}
    waiting = [model]
    while waiting:
        for shape in shapes(waiting.pop()):
            if shape.model and shape.holds in ("part", "parts") and shape.model not in found:
                found[shape.model] = None
                waiting.append(shape.model)
    return found


EVERY_MODEL = list({model: None for kind in MODELS.values() for model in everywhere(kind)})
SHAPES = [shape for model in EVERY_MODEL for shape in shapes(model)]
WORDS = {language: Words(language) for language in LANGUAGES}


def snapshot(plain: dict[str, Plain], quarter: Any = Q4, **more: Any) -> Snapshot:
    """A snapshot of some records."""
    return Snapshot(quarter, "2026-11-22", plain, **more)


def told(old: Plain, new: Plain, key: str, context: dict[str, Plain]) -> list[tuple[Change, dict[str, Told]]]:
    """The changes of one record, each in both languages."""
    found = compare(snapshot({key: old}, Q3), snapshot({key: new}))
    return [(change, {lang: Teller(WORDS[lang], context, TODAY).tell(change) for lang in LANGUAGES}) for change in found]


# --- single edits of every field


def sample(shape: Shape, model: type[BaseModel] | None = None) -> Any:
    """Something that a field which said nothing could say."""
    if shape.holds in ("text", "texts"):
        text = {"ka": "სულ ახალი სიტყვები", "en": "wholly new words"}
        return [text] if shape.holds == "texts" else text
    if shape.holds == "whole":
        return (
            {"start": "2031", "end": "2032"}
            if "zone" not in (shape.model or Shape).__dict__.get("model_fields", {})
            else DEADLINE
        )
    if shape.model and shape.holds in ("part", "parts"):
        part: dict[str, Any] = {}
        for inner in shapes(shape.model)[:2]:
            value = sample(inner)
            part |= value if len(inner.fields) > 1 else {inner.fields[0]: value}
        part |= {"id": "brand-new"} if "id" in shape.model.model_fields else {}
        return [part] if shape.holds == "parts" else part
    return [one_more(shape, [])] if shape.holds == "values" else "2031-05-06"


def one_more(shape: Shape, value: list[Any]) -> Any:
    """A value that a list does not hold yet."""
    return next(month for month in range(1, 13) if month not in value) if shape.name == "months" else "brand-new"


DEADLINE = {"date": "2031-05-06", "time": "12:00", "zone": "Europe/Riga"}


def other(value: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if re.fullmatch(r"\d\d:\d\d", value):
        return f"{value[:3]}01"
    if re.match(r"[12]\d{3}", value):
        return f"18{value[2:]}"
    return "Asia/Tokyo" if value.startswith(("Europe/", "Asia/", "Atlantic/")) else f"{value}x"


Edit = tuple[str, Callable[[Any], None]]


def edits(model: type[BaseModel], plain: Plain, way: tuple[Any, ...] = ()) -> Iterator[Edit]:
    """Every single edit of a part: (what it is, how to do it to a copy of the whole record)."""
    for shape in shapes(model):
        name = ".".join(map(str, (*way, shape.name)))
        value = shape.of(plain)
        if value is None:
            yield f"set {name}", put(way, sample(shape) if len(shape.fields) > 1 else {shape.fields[0]: sample(shape)})
        elif shape.holds in ("value", "whole", "text"):
            yield from edits_of_value(shape, value, way, name)
        elif shape.holds == "values":
            yield f"add to {name}", put(way, {shape.name: [*value, one_more(shape, value)]})
            yield f"take from {name}", put(way, {shape.name: value[1:] or None})
        elif shape.holds == "part" and shape.model:
            yield from edits(shape.model, value, (*way, shape.name))
        else:
            yield from edits_of_list(shape, value, way, name)


def edits_of_value(shape: Shape, value: Any, way: tuple[Any, ...], name: str) -> Iterator[Edit]:
    """Every single edit of a value or of a text."""
    inner = (*way, shape.name) if len(shape.fields) == 1 and isinstance(value, dict) else way
    if isinstance(value, dict):
        for field in value:
            yield f"edit {name}.{field}", put(inner, {field: other(value[field])})
        if shape.holds == "text":
            for language in {"ka", "en"} - value.keys():
                yield f"translate {name}.{language}", put(inner, {language: "თარგმანი"})
    else:
        yield f"edit {name}", put(way, {shape.name: other(value)})


def edits_of_list(shape: Shape, value: list[Any], way: tuple[Any, ...], name: str) -> Iterator[Edit]:
    """Every item added, taken away and edited."""
    yield f"add to {name}", put(way, {shape.name: [*value, *sample(shape)]})
    for number, item in enumerate(value):
        yield f"take {name}.{number}", put(way, {shape.name: [v for v in value if v is not item] or None})
        if shape.holds == "parts" and shape.model:
            yield from edits(shape.model, item, (*way, shape.name, number))
        else:
            for language in item:
                yield f"edit {name}.{number}.{language}", put((*way, shape.name, number), {language: other(item[language])})


def put(way: tuple[Any, ...], values: dict[str, Any]) -> Callable[[Any], None]:
    """How to set fields at a place of a record; None takes a field away."""

    def edit(record: Any) -> None:
        for step in way:
            record = record[step]
        for key, value in values.items():
            if value is None:
                record.pop(key, None)
            else:
                record[key] = value

    return edit


def test_every_single_edit_of_every_field_of_every_kind_of_record_is_told_once(office):
    """Whatever field is set, edited, translated, lengthened or shortened: one change, with words in both languages."""
    context = things(office)
    wrong, tried = [], 0
    for key, plain in context.items():
        if plain.get("status", "current") != "current":  # a draft or what is archived is told when it becomes current
            continue
        for name, edit in edits(MODELS[key.partition(":")[0]], plain):
            tried += 1
            new = copy.deepcopy(plain)
            edit(new)
            found = told(plain, new, key, context)
            if len(found) != 1:
                wrong.append((key, name, [c.field for c, _ in found]))
                continue
            for language, sentence in found[0][1].items():
                text = sentence.plain(WORDS[language])
                before, arrow, after = text.partition(" → ")
                if len(sentence.pieces) < 2 or not sentence.subject or (arrow and before.endswith(f": {after}")):
                    wrong.append((key, name, text))
    assert tried > 1000
    assert not wrong, "\n".join(map(str, [len(wrong), *wrong[:60]]))


# --- what is not told


def shuffled(value: Any, seed: random.Random) -> Any:
    """The same data with every list and every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        seed.shuffle(keys)
        return {key: shuffled(value[key], seed) for key in keys}
    if isinstance(value, list):
        return seed.sample([shuffled(item, seed) for item in value], len(value))
    return value


@pytest.mark.parametrize("seed", range(5))
def test_another_order_is_no_change(office, seed):
    """Neither the order of fields nor that of lists says anything."""
    before = things(office)
    assert compare(snapshot(before, Q3), snapshot(shuffled(before, random.Random(seed)))) == []


def test_nothing_changed_is_no_change(office, today):
    """A snapshot compared with itself, or with what is read back from its file, is empty."""
    one = take(office, Q4, today)
    assert compare(one, one) == []
    assert compare(one, snapshot(json.loads(json.dumps(dict(one.things))))) == []


def spaced(value: Any) -> Any:
    """The same data with its texts wrapped elsewhere."""
    if isinstance(value, dict):
        return {key: spaced(part) if key not in ("date", "zone") else part for key, part in value.items()}
    if isinstance(value, list):
        return [spaced(part) for part in value]
    return value.replace(" ", "\n  ") if isinstance(value, str) else value


def test_white_space_is_no_change(office):
    """A text that was only wrapped anew is the same text."""
    before = things(office)
    assert compare(snapshot(before, Q3), snapshot(spaced(before))) == []


@pytest.mark.parametrize(
    "edit",
    [
        ("confirmed_on: 2026-10-02", "confirmed_on: 2026-11-02"),
        ("every: year", "every: quarter"),
        ("collected_on: 2026-10-01", "collected_on: 2026-11-01"),
        ("languages: [en]", "id: guide\nlanguages: [en]"),
        ("languages: [en]", "former_ids: [old-guide]\nlanguages: [en]"),
        ("themes: [juvenile, custody]", "themes: [custody, juvenile]"),
        ("themes: [juvenile, custody]", "themes:\n  - juvenile\n  - custody"),
    ],
)
def test_checks_and_machine_marks_are_no_change(tree, today, edit):
    """What is about the file and not about the thing is silent."""
    before = take(tree.load()[0], Q3, today)
    tree.edit("nno/resources/guide.yml", *edit)
    assert tree.problems() == []
    assert compare(before, take(tree.load()[0], Q4, today)) == []


@pytest.fixture
def changed(tree, today):
    """A way to edit the small tree and see what is told: (field, action) of each change."""
    before = take(tree.load()[0], Q3, today)

    def change(*edits: tuple[str, str, str]) -> list[tuple[str, str]]:
        for path, old, new in edits:
            tree.edit(path, old, new)
        assert tree.problems() == []
        return [(c.field, c.action) for c in compare(before, take(tree.load()[0], Q4, today))]

    return change


GUIDE, NNO = "nno/resources/guide.yml", "nno/network.yml"
MARK = "\n  no_change_of_meaning: [{on: 2026-11-05, fields: [%s]}]"


def test_a_marked_correction_is_silent_and_the_rest_is_told(changed):
    """A mark covers the fields that it names and no others."""
    edits = [
        (GUIDE, "en: Guide", "en: Guides"),
        (GUIDE, "year: 2024", "year: 2025"),
        (GUIDE, "every: year", f"every: year{MARK % 'title'}"),
    ]
    assert changed(*edits) == [("year", "changed")]


def test_a_mark_of_one_language_does_not_cover_the_other(changed):
    """title.en is the English title only."""
    mark = f"every: year{MARK % 'title.en'}"
    assert changed((GUIDE, "en: Guide", "en: Guides"), (GUIDE, "every: year", mark)) == []
    assert changed((GUIDE, "ka: სახელმძღვანელო", "ka: გზამკვლევი")) == [("title", "changed")]


def test_a_mark_may_name_a_field_of_an_item(changed):
    """contacts.secretariat.email is that contact's address."""
    mark = "standing: {status: member}\nreview:\n  every: year" + MARK % "contacts.secretariat.email"
    edits = [
        (NNO, "nno@ombud", "nno2@ombud"),
        (NNO, "standing: {status: member}", mark),
        (NNO, "{en: Press office}", "{en: Press}"),
    ]
    assert changed(*edits) == [("contacts.press.role", "changed")]


def test_a_spent_mark_covers_nothing(tree, today):
    """A mark that stood at the last quarter's end is spent: a later change of the field is told."""
    tree.edit(GUIDE, "every: year", f"every: year{MARK % 'title'}")
    before = take(tree.load()[0], Q3, today)
    tree.edit(GUIDE, "en: Guide", "en: Another guide")
    assert [c.field for c in compare(before, take(tree.load()[0], Q4, today))] == ["title"]


def test_a_mark_does_not_hide_a_new_record(tree, today):
    """New, archived and removed records are always told."""
    before = take(tree.load()[0], Q3, today)
    tree.write(
        "nno/resources/new.yml", (tree.root / GUIDE).read_text("utf-8").replace("every: year", f"every: year{MARK % 'title'}")
    )
    assert [(c.id, c.action) for c in compare(before, take(tree.load()[0], Q4, today))] == [("nno/new", "added")]


# --- records


def test_a_draft_is_not_there_yet(changed):
    """Editors may leave a draft; readers hear of it when it is published."""
    assert changed((GUIDE, "year: 2024", "year: 2024\nstatus: draft")) == [("", "removed")]


def test_a_published_draft_is_new(tree, today):
    """What was a draft at the last quarter's end is a new record."""
    tree.edit(GUIDE, "year: 2024", "year: 2024\nstatus: draft")
    before = take(tree.load()[0], Q3, today)
    tree.edit(GUIDE, "\nstatus: draft", "")
    assert [(c.id, c.action) for c in compare(before, take(tree.load()[0], Q4, today))] == [("nno/guide", "added")]


ARCHIVED = "year: 2024\nstatus: archived\narchived: {on: 2026-11-01, reason: {ka: ძველია., en: It is old.}}"


def test_an_archived_record_is_told_once_and_then_no_more(tree, today):
    """Its page stays; digests leave it."""
    before = take(tree.load()[0], Q3, today)
    tree.edit(GUIDE, "year: 2024", ARCHIVED)
    after = take(tree.load()[0], Q4, today)
    found = compare(before, after)
    assert [(c.id, c.action) for c in found] == [("nno/guide", "archived")]
    assert "ძველია." in Teller(WORDS["ka"], after.things, TODAY).tell(found[0]).plain(WORDS["ka"])
    tree.edit(GUIDE, "en: Guide", "en: Guides")
    assert compare(after, take(tree.load()[0], Q4, today)) == []


def test_a_restored_record_is_told(tree, today):
    """It is in the lists again."""
    tree.edit(GUIDE, "year: 2024", ARCHIVED)
    before = take(tree.load()[0], Q3, today)
    tree.edit(GUIDE, ARCHIVED, "year: 2024")
    assert [(c.id, c.action) for c in compare(before, take(tree.load()[0], Q4, today))] == [("nno/guide", "restored")]


def test_a_removed_file_is_told_and_an_archived_one_removed_is_not(tree, today):
    """A record that somebody deleted by hand does not vanish in silence."""
    before = take(tree.load()[0], Q3, today)
    (tree.root / GUIDE).unlink()
    assert [(c.id, c.action) for c in compare(before, take(tree.load()[0], Q4, today))] == [("nno/guide", "removed")]


def test_a_record_that_moved_is_the_same_record(tree, today):
    """A new file name with the old one in former_ids is no change; what changed in it is told under the new id."""
    before = take(tree.load()[0], Q3, today)
    text = (tree.root / GUIDE).read_text("utf-8")
    (tree.root / GUIDE).unlink()
    tree.write("nno/resources/handbook.yml", f"{text}former_ids: [guide]\n".replace("year: 2024", "year: 2025"))
    assert [(c.id, c.field) for c in compare(before, take(tree.load()[0], Q4, today))] == [("nno/handbook", "year")]


def test_a_network_that_moved_takes_all_with_it(tree, today):
    """Its records and what refers to it are no changes."""
    before = take(tree.load()[0], Q3, today)
    (tree.root / "nno").rename(tree.root / "institute")
    tree.edit("institute/network.yml", "acronym:", "former_ids: [nno]\nacronym:")
    tree.edit("institute/events/2026-09-assembly.yml", "networks: [nno]", "networks: [institute]")
    tree.edit("_office/reporting/cat.yml", "networks: [nno]", "networks: [institute]")
    assert tree.problems() == []
    assert compare(before, take(tree.load()[0], Q4, today)) == []


def test_a_dead_link_is_told_of_its_record(tree, today):
    """A link that died since, and one that opens again; a link dead before is old news."""
    kb, _ = tree.load()
    url = "https://www.no.example/guide"
    dead, alive = take(kb, Q4, today, Beside((url,))), take(kb, Q4, today)
    assert [(c.id, c.action, c.after) for c in compare(alive, dead)] == [("nno/guide", "link-dead", url)]
    assert [(c.id, c.action, c.after) for c in compare(dead, alive)] == [("nno/guide", "link-alive", url)]
    assert compare(dead, dead) == []


# --- lists


def test_items_are_matched_by_what_they_are(changed):
    """An item in another place that also changed is one change of that item."""
    old = "  - id: secretariat\n    role: {en: Secretariat}\n    email: nno@ombudsman-house.example\n    phone: +43 1 234 56 78\n"
    edits = [
        (NNO, old, ""),
        (NNO, "    role: {en: Press office}\n", "    role: {en: Press office}\n" + old.replace("56 78", "56 79")),
    ]
    assert changed(*edits) == [("contacts.secretariat.phone", "changed")]


def test_items_with_ids_of_their_own_are_never_taken_for_each_other(changed):
    """One contact gone and another come are two changes, even when they are alone."""
    edits = [(NNO, "  - id: press\n    role: {en: Press office}", "  - id: media\n    role: {en: Media desk}")]
    assert changed(*edits) == [("contacts.press", "item-removed"), ("contacts.media", "item-added")]


def test_an_item_that_only_got_another_id_is_the_same(changed):
    """Ids are names for addresses and say nothing."""
    assert changed((NNO, "id: press", "id: media")) == []


# --- words


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.owner.__name__}.{shape.name}")
def test_every_field_has_its_words_in_both_languages(shape):
    """No field of the model is without a name for sentences."""
    names = [label(shape, WORDS[language], one=shape.listed) for language in LANGUAGES]
    assert all(names)
    assert not names[1].startswith(tuple("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"))
    assert not shape.listed or "one" in row(shape)


def test_every_field_of_the_model_is_compared_or_silent():
    """No field is forgotten: it is in a shape, or it is named as saying nothing to readers."""
    for model in EVERY_MODEL:
        silent = {name for kind, names in SILENT.items() if issubclass(model, kind) for name in names}
        compared = {field for shape in shapes(model) for field in shape.fields}
        assert compared | silent >= set(model.model_fields), model.__name__


def test_no_words_are_left_over():
    """Each row of fields.yml belongs to a field."""
    known = {
        model.__name__: {shape.name for shape in shapes(model)}
        for kind in EVERY_MODEL
        for model in kind.__mro__
        if issubclass(model, BaseModel)
    }
    used = {shape.name for shape in SHAPES}
    assert {(m, f) for m, rows in table().items() for f in rows if f not in known.get(m, used)} == set()


@pytest.mark.parametrize(
    "shape", [s for s in SHAPES if str(row(s).get("as", "")).endswith((".", "_"))], ids=lambda s: f"{s.owner.__name__}.{s.name}"
)
def test_every_choice_has_its_words(shape):
    """A value that is one of a few is told by its word, not by its code."""
    schema = shape.owner.model_json_schema()["properties"][shape.name]
    choices = [choice for part in (schema, *schema.get("anyOf", ())) for choice in part.get("enum", ())]
    prefix = row(shape)["as"]
    assert [c for c in choices for w in WORDS.values() if not w.has(f"{prefix}{c}")] == []


def sentence(tree: Any, today: date, path: str, old: str, new: str) -> list[str]:
    """An edit of the small tree in both languages."""
    before = take(tree.load()[0], Q3, today)
    tree.edit(path, old, new)
    assert tree.problems() == []
    after = take(tree.load()[0], Q4, today)
    both = dict(before.things) | dict(after.things)
    [change] = compare(before, after)
    return [Teller(WORDS[lang], both, today).tell(change).plain(WORDS[lang]) for lang in LANGUAGES]


SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["en"][:40])
def test_a_change_is_told_so(tree, today, case):
    """The sentences, word for word."""
    assert sentence(tree, today, case["path"], case["old"], case["new"]) == [case["ka"], case["en"]]


ROLE = "standing: {status: member, roles: [{role: {ka: საბჭოს წევრი, en: Board member}, start: 2024%s}]}"


def test_a_role_that_ended_is_told_as_such(tree, today):
    """Who no longer sits on a board reads it at once, whether or not the last day is known."""
    tree.edit(NNO, "standing: {status: member}", ROLE % "")
    told_by_mark = sentence(tree, today, NNO, ROLE % "", ROLE % ", past: true")
    assert told_by_mark[1] == "NNO: a role of the Office ended: Board member (2024 (Past))"
    told_by_day = sentence(tree, today, NNO, ROLE % ", past: true", ROLE % "")
    assert told_by_day[1].startswith("NNO: our standing, role ‘Board member’, term changed:")
    assert (
        sentence(tree, today, NNO, ROLE % "", ROLE % ", end: 2026-10")[0]
        == "NNO: აპარატის როლი დასრულდა: საბჭოს წევრი (2024 წელი – 2026 წლის ოქტომბერი)"
    )


def test_a_long_text_shows_its_changed_words_only(tree, today):
    """Ten lines that differ in a word are told by that word."""
    long = "The Institute links bodies all over the world and helps new offices, with grants, courses, visits and advice"
    tree.edit(GUIDE, "en: What it is.", f'en: "{long} for members."')
    _, english = sentence(tree, today, GUIDE, "for members", "for all members")
    assert english == "NNO, ‘Guide’: summary reworded: … courses, visits and advice for [added: all] members."


def test_a_text_is_told_in_pieces_with_what_it_lost_and_gained(tree, today):
    """Markup in a record is words like any other."""
    long = "The Institute links bodies all over the world & helps new offices come into being, with grants, courses and advice to"
    tree.edit(GUIDE, "en: What it is.", f'en: "{long} old <b>."')
    before = take(tree.load()[0], Q3, today)
    tree.edit(GUIDE, "old <b>", "new <i>")
    [change] = compare(before, take(tree.load()[0], Q4, today))
    pieces = Teller(WORDS["en"], before.things, today).tell(change).pieces
    assert [(piece.mark, piece.text) for piece in pieces] == [
        ("", "summary reworded:"),
        ("", "… grants, courses and advice to"),
        ("gone", "old <b>."),
        ("new", "new <i>."),
    ]


def test_the_kinds_of_records_are_those_of_a_snapshot(office):
    """Whatever a snapshot holds can be compared."""
    assert {key.partition(":")[0] for key in things(office)} == MODELS.keys()
    assert RECORDS.keys() < MODELS.keys()
