"""Everything wrong in a tree is told in one go, in bounded time, and nothing makes the check stumble."""

import os
from collections.abc import Callable

import pytest

from kb.records.checking.validation import MOST_PROBLEMS
from kb.records.reading import reader as records

Problems = Callable[[], list[tuple[str, int, str, str]]]

EVENT = "nno/events/2026-09-assembly.yml"
GUIDE = "nno/resources/guide.yml"
NETWORK = "nno/network.yml"
GLOSSARY = "_office/glossary.yml"


def codes(problems: Problems, path: str = "") -> set[tuple[str, str]]:
    """The fields and codes of all problems, or of those of a file."""
    return {(field, code) for where, _, field, code in problems() if path in ("", where)}


def test_a_check_of_two_fields_is_made_beside_an_unknown_field(tree, problems: Problems) -> None:
    """An end before the start is told together with a field that nobody knows."""
    tree.write(EVENT, "title: {en: Talk}\nkind: seminar\nstart: 2026-09-10\nend: 2026-09-01\nthemes: [custody]\ntypo: x\n")
    assert codes(problems, EVENT) == {("typo", "unknown_field"), ("end", "end_before_start")}


def test_a_date_that_lies_ahead_is_told_beside_a_wrong_value(tree, problems: Problems) -> None:
    """What only the day can tell is not kept back by another mistake."""
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, text.replace("2026-10-02", "2027-10-02").replace("year: 2024", "year: two"))
    assert {code for _, code in codes(problems, GUIDE)} == {"type_number", "future"}


def test_a_mobile_number_is_told_beside_an_unknown_field(tree, problems: Problems) -> None:
    """A contact's number is looked at though another of its fields is wrong."""
    contact = "contacts:\n  - id: desk\n    role: {en: Desk}\n    emial: x\n    phone: +995 599 12 34 56\n"
    text = (tree.root / NETWORK).read_text("utf-8")
    assert "contacts:" not in text or text.count("contacts:") == 1
    kept = text[: text.index("contacts:")] if "contacts:" in text else text
    tree.write(NETWORK, kept + contact)
    found = codes(problems, NETWORK)
    assert ("contacts.0.emial", "unknown_field") in found
    assert ("contacts.0.phone", "phone_mobile") in found


def test_a_name_that_differs_is_told_beside_a_wrong_value(tree, problems: Problems) -> None:
    """The id is compared with the file's name whatever else is wrong."""
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, f"id: other\n{text.replace('year: 2024', 'year: two')}")
    assert codes(problems, GUIDE) == {("id", "id_differs"), ("year", "type_number")}


def test_what_libyaml_cannot_tell_is_told_with_what_the_model_refuses(tree, problems: Problems) -> None:
    """A loose boolean, a word of two scripts and an unknown field are three problems."""
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, text.replace("en: Guide", "en: Guide სaხლი") + "note: no\ntypo: x\n")
    assert codes(problems, GUIDE) == {("title.en", "mixed_scripts"), ("note", "loose_boolean"), ("typo", "unknown_field")}


def test_a_list_that_is_gone_is_one_problem(tree, problems: Problems) -> None:
    """Nobody gains from a hundred unknown themes when the list of themes is missing."""
    (tree.root / "_office" / "themes.yml").unlink()
    assert problems() == [("_office/themes.yml", 1, "", "list_missing")]


def test_a_link_is_no_record(tree, problems: Problems) -> None:
    """A link could lead to any file of the machine, whose text a problem would show."""
    secret = tree.root.parent / "secret"
    secret.write_text("root:x:0:0\n", "utf-8")
    (tree.root / "nno" / "resources" / "link.yml").symlink_to(secret)
    assert [p for p in problems() if p[0].endswith("link.yml")] == [("nno/resources/link.yml", 1, "", "unreadable")]
    assert "root" not in str(tree.problems())


def test_a_record_among_the_files_of_robots_is_told(tree, problems: Problems) -> None:
    """What a person puts there would never be read."""
    tree.write("_fetched/guide.yml", "title: {en: Guide}\n")
    tree.write("_quarters/network.yml", "name: {en: Guide}\n")
    assert [(path, code) for path, _, _, code in problems()] == [
        ("_fetched/guide.yml", "file_place"),
        ("_quarters/network.yml", "file_place"),
    ]


@pytest.mark.parametrize(
    "raw",
    ["garbage", "<<<<<<< HEAD", "[1, 2]", '{"a": 1}', "[" * 100_000, '{"a": {"checked_on": "2026-99-99", "answer": "gone"}}'],
)
def test_what_is_known_of_links_may_be_broken(tree, problems: Problems, raw: str) -> None:
    """A file of robots after a merge that went wrong is a problem, not a traceback."""
    tree.write("_fetched/links.json", raw)
    assert problems() == [("_fetched/links.json", 1, "", "json_line")]


def test_a_name_that_cannot_be_encoded_is_no_source(tree, problems: Problems) -> None:
    """Half of a surrogate pair as the name of a source."""
    tree.write("_fetched/sources.json", '{"\\ud800": {}}')
    assert {path for path, *_ in problems()} == {"_fetched/sources.json"}


@pytest.mark.parametrize("name", ["nno.jsonl", "sources.json", "links.json"])
def test_a_link_to_nothing_among_fetched_files_is_told(tree, problems: Problems, name: str) -> None:
    """A dangling link is no file."""
    (tree.root / "_fetched").mkdir(exist_ok=True)
    (tree.root / "_fetched" / name).symlink_to(tree.root / "nothing")
    assert (f"_fetched/{name}", 1, "", "unreadable") in problems()


def test_a_fetched_file_that_no_robot_wrote_is_not_read(tree, problems: Problems) -> None:
    """A file of gigabytes is told by its size."""
    (tree.root / "_fetched").mkdir(exist_ok=True)
    with (tree.root / "_fetched" / "nno.jsonl").open("wb") as file:
        file.truncate(2 << 30)
    assert problems() == [("_fetched/nno.jsonl", 1, "", "too_large")]


def test_a_folder_that_is_closed_is_told(tree, problems: Problems, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that may not be read are not taken for records that are not there."""
    scan = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("resources"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert ("nno/resources", 1, "", "unreadable") in problems()


def test_a_file_with_thousands_of_mistakes_is_parsed_once_for_their_lines(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was pasted again and again below itself is answered while its writer waits."""
    parsed: list[str] = []
    parse = records.parse
    monkeypatch.setattr(records, "parse", lambda path, raw: (parsed.append(path), parse(path, raw))[1])
    tree.write("_office/days.yml", "- {id: x, day: 12-10, name: {en: x}, checked: true}\n" * 5_000)
    found = tree.problems()
    assert parsed.count("_office/days.yml") == 2
    assert [p.line for p in found if p.code == "duplicate_id"] == list(range(2, 2 + len(found)))


def test_no_more_problems_of_a_file_are_told_than_anybody_reads(tree) -> None:
    """Ten thousand unknown themes are told up to the bound, with the first of them."""
    themes = ", ".join(f"tttt{n}" for n in range(10_000))
    text = (tree.root / GUIDE).read_text("utf-8")
    tree.write(GUIDE, text.replace("[juvenile, custody]", f"[{themes}]"))
    found = [p for p in tree.problems() if p.code == "unknown_theme"]
    assert (found[0].field, len(found)) == ("themes.0", MOST_PROBLEMS)
