"""A page that changed since a record was checked is told of that record: in the list of tasks, by kb confirm, on a page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from conftest import TODAY, Tree
from kb.site.preview import Preview
from kb.upkeep.todo import tasks
from trees import raise_house

PAGE = "https://www.no.example/about"
GUIDE, NNO = "nno/resources/guide.yml", "nno/network.yml"


@pytest.fixture(autouse=True)
def nobody_is_a_robot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests play a person, also where they run in CI."""
    for name in ("CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def changed(tree: Tree) -> Callable[[str], None]:
    """A way to say that the page changed on a day; nno watches it, and the guide, confirmed on 2 October, relies on it."""
    tree.edit(NNO, "standing:", f"watch: [{{url: {PAGE}}}]\nstanding:")
    tree.edit(GUIDE, "year: 2024", f"year: 2024\nsources: [{PAGE}]")

    def change(on: str) -> None:
        row = {"network": "nno", "what": "page", "url": PAGE, "state": "ok", "last_try": on, "change": {"on": on, "after": "new"}}
        tree.write("_fetched/sources.json", json.dumps({"nno/about": row}))

    return change


def told(tree: Tree) -> list[str]:
    """The files of which the list of tasks says that a page changed."""
    kb, problems = tree.load()
    assert problems == []
    return sorted(task.entry.path for task in tasks(kb, TODAY) if task.kind == "page-changed")


@pytest.mark.parametrize(("on", "expected"), [("2026-10-01", [NNO]), ("2026-10-02", [NNO, GUIDE]), ("2026-11-20", [NNO, GUIDE])])
def test_each_record_is_judged_by_its_own_check(tree: Tree, changed: Callable[[str], None], on: str, expected: list[str]) -> None:
    """What was confirmed after the change has no task, although its network was not; one of the same day has."""
    changed(on)
    assert told(tree) == expected


def test_a_confirmed_network_says_nothing_of_its_resources(tree: Tree, changed: Callable[[str], None]) -> None:
    """Somebody looked at the network alone."""
    changed("2026-11-20")
    tree.edit(NNO, "kind: ombudsman", "review: {confirmed_on: 2026-11-21, confirmed_by: nvd}\nkind: ombudsman")
    assert told(tree) == [GUIDE]


@pytest.mark.parametrize(("collected", "expected"), [("2026-11-21", []), ("2026-11-20", [NNO]), ("2026-11-19", [NNO])])
def test_before_the_first_check_the_day_of_collection_counts(
    tree: Tree, changed: Callable[[str], None], collected: str, expected: list[str]
) -> None:
    """What was put together after the change has it already."""
    changed("2026-11-20")
    tree.edit(NNO, "kind: ombudsman", f"collected_on: {collected}\nkind: ombudsman")
    tree.edit(GUIDE, "confirmed_on: 2026-10-02", "confirmed_on: 2026-11-22")
    assert told(tree) == expected


def test_the_source_of_a_single_sentence_counts(tree: Tree, changed: Callable[[str], None]) -> None:
    """A record relies on it as on those of the whole."""
    changed("2026-11-20")
    tree.edit("nno/opportunities/grant.yml", "themes:", f"facts: [{{en: It pays., sources: [{PAGE}]}}]\nthemes:")
    assert "nno/opportunities/grant.yml" in told(tree)


@pytest.mark.parametrize("on", ["2026-10-01", "2026-10-02", "2026-11-20"])
@pytest.mark.parametrize("path", [NNO, GUIDE])
def test_kb_confirm_asks_to_look_at_what_is_a_task(
    tree: Tree, changed: Callable[[str], None], kb_command: Callable[..., Result], path: str, on: str
) -> None:
    """The list and the command know the same changes."""
    changed(on)
    asked = path in told(tree)
    result = kb_command("confirm", f"networks/{path}", "--by", "nvd", "--records", "networks")
    assert (result.exit_code, PAGE in result.stderr) == ((1, True) if asked else (0, False))


def test_the_page_of_changes_lists_it_until_every_record_was_checked(
    tree: Tree, changed: Callable[[str], None], tmp_path: Path
) -> None:
    """And no longer."""
    changed("2026-11-20")
    tree.edit(NNO, "kind: ombudsman", "review: {confirmed_on: 2026-11-21, confirmed_by: nvd}\nkind: ombudsman")

    house = raise_house(tmp_path / "house")

    def listed() -> bool:
        page: Any = Preview(house, tree.root, TODAY).page("en/freshness/index.html")
        return PAGE in page.partition('<h2 id="changed">')[2].partition("</section>")[0]

    before = listed()
    tree.edit(GUIDE, "confirmed_on: 2026-10-02", "confirmed_on: 2026-11-21")
    assert (before, listed()) == (True, False)
