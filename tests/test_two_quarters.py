"""Two quarters of many records with a hundred edits between: each is told once, to the right units, and nothing else."""

import random
import re
from datetime import date
from pathlib import Path

import pytest

from kb.bulletins import dispatch
from kb.bulletins import edition as bulletins
from kb.history import closing
from kb.history.snapshot import Beside, take
from kb.records.reading import load
from kb.words.quarters import parse
from trees import fill_library, plant_office

FIRST, NEXT = parse("2031-Q2"), parse("2031-Q3")
BEFORE, AFTER = date(2031, 6, 30), date(2031, 9, 30)
LINE = re.compile(r"(?m)^(  )?(?P<field>ka|en|website|url|year|scope|budget): (?P<value>[^\s'\"{\[|>].*)$")


def edited(text: str, chance: random.Random) -> tuple[str, str]:
    """A record's file with one of its plain lines changed; (the new text, the field)."""
    lines = [found for found in LINE.finditer(text) if "#" not in found["value"]]
    found = chance.choice(lines)
    value = {"year": "1999", "scope": "regional" if found["value"] != "regional" else "global"}.get(found["field"])
    new = value or (f"{found['value']}/x" if found["value"].startswith("http") else f"Edited {found['value']}")
    return text[: found.start("value")] + new + text[found.end("value") :], found["field"]


@pytest.fixture(scope="module")
def quarters(tmp_path_factory):
    """The records a quarter later: the files that were edited, and the bulletin."""
    root = plant_office(tmp_path_factory.mktemp("two"))
    fill_library(root, 150)
    chance = random.Random(20310630)
    closing.close(root, take(load(root, BEFORE)[0], FIRST, BEFORE))
    files = sorted(path for path in root.rglob("*.yml") if path.name != "office.yml" and path.parent.name != "_office")
    # drafts and what is archived are not told
    files = [path for path in files if "\nstatus:" not in f"\n{path.read_text('utf-8')}"]
    files = [path for path in files if LINE.search(path.read_text("utf-8"))]
    chosen = chance.sample(files, 155)
    before = {path: path.read_text("utf-8") for path in chosen}
    for path in chosen:
        path.write_text(edited(before[path], chance)[0], "utf-8")
    wrong = {root / problem.path for problem in load(root, AFTER)[1]}
    for path in [*wrong, *[path for path in chosen if path not in wrong][100:]]:
        path.write_text(before[path], "utf-8")
    chosen = [path.relative_to(root) for path in chosen if path.read_text("utf-8") != before[path]]
    noise(root, {root / path for path in chosen}, files)
    kb, problems = load(root, AFTER)
    assert problems == []
    closing.close(root, take(kb, NEXT, AFTER, Beside()))
    return root, kb, chosen, bulletins.of(root, Path("nowhere"), NEXT)


def noise(root: Path, chosen: set[Path], files: list[Path]) -> None:
    """What nobody needs to hear: another collection, another check, fields in another order."""
    check = "  every: quarter\n  confirmed_on: 2031-06-29\n  confirmed_by: international-exchanges"
    for number, path in enumerate(path for path in files if path not in chosen):
        text = path.read_text("utf-8")
        if number % 3 == 0:
            text = re.sub(r"(?m)^collected_on: .*$", "collected_on: 2031-06-29", text)
        elif number % 3 == 1:
            text = re.sub(r"(?m)^  every: \S+$", check, text)
        else:
            first = re.search(r"(?m)^themes: .*\n", text)
            text = text.replace(first[0], "") + first[0] if first else text
        path.write_text(text, "utf-8")


def test_a_hundred_edits_are_a_hundred_changes(quarters):
    """Each edited record is told once; no other record is told at all."""
    _, kb, chosen, bulletin = quarters
    by_path = {entry.path: (entry.kind, entry.id) for entry in kb.entries()}
    told = sorted((change.kind, change.id) for change, _ in bulletin.digester.changes)
    assert len(chosen) == 100
    assert told == sorted(by_path[path.as_posix()] for path in chosen)


def test_each_change_reaches_the_units_on_its_themes(quarters):
    """Reckoned anew from the records: by theme, by owner, by network."""
    _, kb, _, bulletin = quarters
    for change, units in bulletin.digester.changes:
        record = kb.of_kind(change.kind)[change.id].record
        expected = {
            unit.id
            for unit in kb.units.values()
            if set(unit.themes) & set(record.themes)
            or unit.id == getattr(record, "owner", None)
            or unit.id in getattr(record, "units", ())
            or unit.id in {duty.owner for duty in getattr(record, "obligations", ())}
            or (change.kind == "network" and change.id in unit.networks)
        }
        meant = {theme for step in change.path if step.shape.name == "working_groups" for theme in step.item.get("themes", ())}
        expected |= {unit.id for unit in kb.units.values() if set(unit.themes) & meant}
        if record.themes or getattr(record, "owner", None) or getattr(record, "units", ()):
            assert set(units) == expected, (change.kind, change.id)


def test_each_digest_holds_what_concerns_its_unit_and_no_more(quarters):
    """The sum of the digests is the list of changes."""
    *_, bulletin = quarters
    for unit in bulletin.units():
        digest = bulletin.digester.of(unit)
        told = [(change.kind, change.id) for item in digest.part("changes") for change in item.changes]
        mine = [(c.kind, c.id) for c, units in bulletin.digester.changes if unit in ("", "heads") or unit in units]
        assert sorted(told) == sorted(mine), unit


def test_every_letter_can_be_written(quarters, stationery):
    """Mail and document of every unit."""
    *_, bulletin = quarters
    assert len(dict(dispatch.files(bulletin, "https://kb.example.org", stationery))) == 2 * len(bulletin.units())
