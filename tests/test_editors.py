"""What editors' programs read: the schema of every record, line ends, generated files, the hook before a commit."""

import fnmatch
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from kb.records.reading import placed
from trees import OFFICE

PROJECT = Path(__file__).parents[1]
SETTINGS = json.loads((PROJECT / ".vscode" / "settings.json").read_text("utf-8"))


def test_the_editors_settings_give_every_record_its_schema():
    """Every file of a record tree, also one without the line that names its schema, is completed by the schema of its place."""
    wrong = []
    for path in sorted(OFFICE.rglob("*.yml")):
        below = path.relative_to(OFFICE).as_posix()
        place, name = placed(below), f"networks/{below}"
        schema = f"networks/{place.id if place.kind == 'list' else place.kind}.schema.json"
        parts = name.count("/")
        fits = [s for s, glob in SETTINGS["yaml.schemas"].items() if fnmatch.fnmatch(name, glob) and glob.count("/") == parts]
        if [Path(fit).as_posix() for fit in fits] != [schema] or not (PROJECT / schema).is_file():
            wrong.append((name, fits))
    assert wrong == []


@pytest.mark.parametrize("schema", sorted(SETTINGS["yaml.schemas"]))
def test_a_schema_explains_its_fields_in_both_languages(schema):
    """Each field's hover text has a Georgian line and an English one."""
    found = json.loads((PROJECT / schema).read_text("utf-8"))
    tables = [found, *found.get("definitions", {}).values()]
    fields = [field for table in tables for field in table.get("properties", {}).values()]
    assert fields
    told = [field.get("description", "").splitlines() for field in fields]
    assert [lines for lines in told if len(lines) != 2 or not re.search("[ა-ჰ]", lines[0])] == []


@pytest.mark.parametrize(
    ("name", "generated"),
    [
        ("networks/_fetched/nno.jsonl", True),
        ("networks/_fetched/pages/nno/a.txt", True),
        ("networks/_quarters/2026-Q4.json", True),
        ("networks/event.schema.json", True),
        ("networks/nno/network.yml", False),
        ("networks/_office/units.yml", False),
    ],
)
def test_only_what_programs_write_is_marked_as_generated(name, generated):
    """Reviews fold what robots fetched, never what people wrote."""
    command = ["git", "check-attr", "linguist-generated", "--", name]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert done.strip().endswith(": true" if generated else ": unspecified")


def test_the_hook_before_a_commit_checks_the_records():
    """pre-commit runs what a proposal is checked with, on every change of a record."""
    hook = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"][0]
    assert (hook["entry"], hook["pass_filenames"]) == (".venv/bin/kb check", False)
    assert re.search(hook["files"], "networks/nno/network.yml")
    assert not re.search(hook["files"], "scripts/kb/cli/site.py")


def test_every_tracked_text_ends_its_lines_alike():
    """No record has CRLF or lacks its last line end; what .editorconfig asks for is so."""
    wrong = [path for path in OFFICE.rglob("*.yml") if b"\r" in (raw := path.read_bytes()) or not raw.endswith(b"\n")]
    assert wrong == []
