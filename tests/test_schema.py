"""What is derived from the model is true to it."""

import inspect
import json
import os
import re
from typing import get_args

import pytest
from pydantic import BaseModel

import kb.records.model
import kb.records.values
from kb.editing.forms import ASKED
from kb.records.reading import LISTS
from kb.records.schema import KINDS, files, outdated, schema, sentence, table, with_tables, write
from kb.records.sections import SECTIONS

MODELS = [
    model
    for module in (kb.records.model, kb.records.values)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, BaseModel) and model.__module__.startswith(module.__name__) and model is not kb.records.values.Closed
]
FIELDS = [(model, name) for model in MODELS for name in model.model_fields]
GEORGIAN = re.compile("[ა-ჰ]")
GUIDE = (
    "# How\n\n<!-- fields:resource:en -->\nold\n<!-- /fields -->\n\nmiddle\n\n<!-- fields:event:ka -->\n<!-- /fields -->\n\nend\n"
)


def told(project, records):
    """The paths of what is outdated."""
    return [path for path, _ in outdated(files(project, records))]


def test_the_parts_of_the_site_that_records_may_name_are_those_that_there_are():
    """What a gap or a function may belong to is what the navigation has."""
    assert get_args(kb.records.model.SitePart) == SECTIONS


def georgian_first(description, ends=("",)):
    """Whether a description is a Georgian sentence and an English one, each with one of these ends."""
    told = [sentence(description, language) for language in ("ka", "en")]
    return [bool(GEORGIAN.search(words)) for words in told if words and words.endswith(ends)] == [True, False]


def test_a_field_is_told_in_georgian_and_then_in_english():
    """Each field has one Georgian and one English sentence, in that order."""
    assert FIELDS
    wrong = [(m.__name__, name) for m, name in FIELDS if not georgian_first(m.model_fields[name].description, (".", ")"))]
    assert wrong == []


def test_a_part_of_a_record_is_told_in_georgian_and_then_in_english():
    """Each model says in both languages what it is."""
    assert [model.__name__ for model in MODELS if not georgian_first(model.__doc__)] == []


@pytest.mark.parametrize("name", KINDS | LISTS)
def test_a_schema_refuses_fields_that_the_model_refuses(parts, name):
    """Wherever a schema names fields, it allows no others."""
    found = parts(json.loads(schema((KINDS | LISTS)[name])), "properties")
    assert {part["additionalProperties"] for part in found} == {False}


@pytest.mark.parametrize("name", KINDS | LISTS)
def test_a_schema_shows_a_sentence_at_each_field(parts, name):
    """Wherever a schema names fields, each has its hover text."""
    found = parts(json.loads(schema((KINDS | LISTS)[name])), "properties")
    silent = [field for part in found for field, about in part["properties"].items() if not about.get("description")]
    assert silent == []


@pytest.mark.parametrize("name", KINDS | LISTS)
def test_a_schema_says_which_draft_it_follows(name):
    """Editors are told that the schema is of draft 7."""
    assert json.loads(schema((KINDS | LISTS)[name]))["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("name", KINDS | LISTS)
def test_a_schema_refers_to_what_it_defines(parts, name):
    """A schema holds every part to which it refers, where draft 7 looks for it."""
    found = json.loads(schema((KINDS | LISTS)[name]))
    defined = {f"#/definitions/{part}" for part in found.get("definitions", {})}
    assert {part["$ref"] for part in parts(found, "$ref")} <= defined


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_asks_for_the_fields_that_the_model_needs(kind):
    """What the model needs and what the schema needs is the same."""
    needed = [name for name, field in KINDS[kind].model_fields.items() if field.is_required()]
    assert sorted(json.loads(schema(KINDS[kind]))["required"]) == sorted(needed)


def test_the_same_model_gives_the_same_bytes():
    """A schema written twice is the same text."""
    assert schema(KINDS["network"]) == schema(KINDS["network"])


def test_what_was_just_written_is_up_to_date(derived, tree):
    """After writing there is nothing to write."""
    assert told(derived, tree.root) == []


def test_a_schema_that_somebody_edited_is_outdated(derived, tree):
    """A schema is made from the model, not by hand."""
    file = tree.root / "event.schema.json"
    file.write_text(file.read_text().replace("false", "true", 1))
    assert told(derived, tree.root) == [file]


def test_a_schema_that_is_missing_is_outdated(derived, tree):
    """A record of the model without its schema is told."""
    (tree.root / "units.schema.json").unlink()
    assert told(derived, tree.root) == [tree.root / "units.schema.json"]


def test_an_outdated_table_of_the_guide_is_told(derived, tree):
    """The tables of CONTRIBUTING are derived like the schemas."""
    (derived / "CONTRIBUTING.md").write_text(GUIDE)
    assert told(derived, tree.root) == [derived / "CONTRIBUTING.md"]


def test_writing_mends_the_tables_of_the_guide(derived, tree):
    """After writing the guide has the tables that the model has."""
    (derived / "CONTRIBUTING.md").write_text(GUIDE)
    write(outdated(files(derived, tree.root)))
    assert (derived / "CONTRIBUTING.md").read_text() == with_tables(GUIDE)


def test_writing_leaves_alone_what_is_up_to_date(derived, tree):
    """A schema that is up to date is not written again."""
    for file in tree.root.glob("*.schema.json"):
        os.utime(file, (0, 0))
    write(outdated(files(derived, tree.root)))
    assert {file.stat().st_mtime for file in tree.root.glob("*.schema.json")} == {0}


def test_a_table_replaces_only_what_stands_between_its_marks():
    """The words around a table of the guide stay as they are."""
    lines = with_tables(GUIDE).splitlines()
    kept = [line for line in lines if not line.startswith("|")]
    assert kept == [line for line in GUIDE.splitlines() if line != "old"]


def test_a_guide_without_marks_stays_as_it_is():
    """A guide that asks for no table gets none."""
    assert with_tables("# How\n\n| a | b |\n") == "# How\n\n| a | b |\n"


def test_tables_made_twice_are_the_same():
    """Making the tables of a guide again changes nothing."""
    assert with_tables(with_tables(GUIDE)) == with_tables(GUIDE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_a_row_for_each_field(kind):
    """Each field of a record has a row of three cells, and none of them breaks the table."""
    rows = table(KINDS[kind], "ka").splitlines()[2:]
    names = [re.fullmatch(r"\| `(\w+)` \| (?:|კი) \| [^|]+ \|", row)[1] for row in rows]
    assert names == list(KINDS[kind].model_fields)


def test_a_table_says_what_is_needed():
    """The fields that must be there are marked."""
    rows = [row for row in table(KINDS["opportunity"], "en").splitlines() if "| yes |" in row]
    assert [row.split("`")[1] for row in rows] == ["title", "kind", "availability"]


@pytest.mark.parametrize("words", [None, "", "One line.", "One.\nTwo.\nThree."])
def test_a_description_that_is_not_in_two_languages_has_no_sentence(words):
    """A description of another form is not shown as if it were of one language."""
    assert sentence(words, "en") == ""


def test_the_command_names_the_outdated_files(derived, tree, kb_command):
    """`kb schema --check` prints what is outdated and exits 1."""
    (tree.root / "units.schema.json").unlink()
    result = kb_command("schema", "--check")
    assert (result.exit_code, result.stdout.split()) == (1, [str(tree.root / "units.schema.json")])


def test_the_command_writes_nothing_when_it_checks(derived, tree, kb_command):
    """`kb schema --check` leaves the files as they are."""
    (tree.root / "units.schema.json").unlink()
    kb_command("schema", "--check")
    assert not (tree.root / "units.schema.json").exists()


def test_the_command_writes_what_is_outdated(derived, tree, kb_command):
    """`kb schema` writes the schemas, and its check then exits 0."""
    (tree.root / "units.schema.json").unlink()
    kb_command("schema")
    assert kb_command("schema", "--check").exit_code == 0


@pytest.fixture
def form(derived):
    """A form of the project that somebody edited."""
    file = derived / ".github/ISSUE_TEMPLATE/event.yml"
    file.parent.mkdir(parents=True)
    file.write_text("name: x\n")
    return file


def test_the_check_tells_an_outdated_form(form, kb_command):
    """A theme or a network that is new is missing in the forms until they are written anew."""
    result = kb_command("schema", "--check")
    assert (result.exit_code, str(form) in result.stdout.split(), form.read_text()) == (1, True, "name: x\n")


def test_the_command_counts_the_forms_that_it_writes(form, tree, kb_command):
    """All of them are written where there is a folder for them, and none again."""
    assert [kb_command("schema").stdout.split()[0] for _ in range(2)] == [str(len(ASKED)), "0"]
    assert "NNO (nno)" in form.read_text("utf-8")
