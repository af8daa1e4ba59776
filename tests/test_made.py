"""What a build keeps for the next one: the same of the same, another of anything else, and nothing that is damaged."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.downloads import formats
from kb.downloads.made import DAY, Made, digest, unused
from kb.downloads.offer import File, Offer
from kb.site.offering import program
from kb.words.language import LANGUAGES

calls: list[Any] = []


@dataclass(frozen=True)
class Said:
    """What a file is made of."""

    text: str
    number: int = 1
    day: date = date(2026, 11, 22)
    raw: bytes = b"template"
    more: tuple["Said", ...] = ()


SAID = Said("ტექსტი", more=(Said("below"),))


def made_of(said: Said) -> bytes:
    """A file, and a note that it was made."""
    calls.append(said)
    return repr(said).encode()


def other_of(said: Said) -> bytes:
    """Another file of the same."""
    return b"other " + made_of(said)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """What a project keeps: nothing yet."""
    calls.clear()
    return Made(tmp_path / "made", "program 1")


def file(said: Any = SAID, make: Callable[[Any], bytes] = made_of, kept: bool = True) -> File[Any]:
    """A file that can be kept."""
    return File("a.docx", make, said, kept)


def kept(made: Made) -> list[Path]:
    """The files in the folder."""
    return sorted(made.folder.iterdir())


def test_what_was_made_is_not_made_again(made: Made) -> None:
    """The second build gets the bytes of the first."""
    assert made.content(file()) == made.content(file()) == repr(SAID).encode()
    assert len(calls) == 1


def test_what_is_not_to_be_kept_is_made_each_time(made: Made) -> None:
    """A format whose files are quick to make leaves nothing behind."""
    assert made.content(file(kept=False)) == made.content(file(kept=False))
    assert (len(calls), made.folder.exists()) == (2, False)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, text="სხვა"),
        replace(SAID, number=2),
        replace(SAID, day=date(2026, 11, 23)),
        replace(SAID, raw=b"another template"),
        replace(SAID, more=()),
        replace(SAID, more=(Said("below", raw=b""),)),
        replace(SAID, more=(Said("below"), Said("below"))),
    ],
    ids=lambda other: repr(other)[:60],
)
def test_other_data_is_another_file(made: Made, other: Said) -> None:
    """Each text, number, day and template, at any depth, makes the file anew."""
    assert made.content(file()) == repr(SAID).encode()
    assert made.content(file(other)) == repr(other).encode()


def test_another_program_makes_all_anew(made: Made) -> None:
    """A new version of the code or of a library: what the old one made is not taken for its own."""
    made.content(file())
    replace(made, program="program 2").content(file())
    assert len(calls) == 2


def test_another_maker_makes_another_file_of_the_same(made: Made) -> None:
    """A table is a workbook in one format and something else in another."""
    assert made.content(file()) != made.content(file(make=other_of))


def test_the_name_of_a_file_is_not_in_it(made: Made) -> None:
    """A unit that is renamed by its id alone needs no new document."""
    made.content(file())
    made.content(replace(file(), name="b.docx"))
    assert len(calls) == 1


@pytest.mark.parametrize(
    "said", [object(), {1, 2}, [Path("x")], Said, lambda: ""], ids=["object", "set", "path", "class", "function"]
)
def test_what_is_not_plain_data_cannot_be_kept(made: Made, said: Any) -> None:
    """Its digest could stay the same while it changes."""
    with pytest.raises(TypeError, match="plain data"):
        made.content(file(said))


@pytest.mark.parametrize("damage", [b"", b"short", None, b"\0" * 200], ids=["empty", "short", "one letter", "noughts"])
def test_what_is_damaged_is_made_anew(made: Made, damage: bytes | None) -> None:
    """A full disk, a broken copy: the file is right, and so is what is kept afterwards."""
    made.content(file())
    [path] = kept(made)
    path.write_bytes(path.read_bytes()[:-1] + b"?" if damage is None else damage)
    assert made.content(file()) == made.content(file()) == repr(SAID).encode()
    assert len(calls) == 2


def test_a_file_that_cannot_be_made_is_not_kept(made: Made) -> None:
    """The failure is told, and told again at the next build."""

    def fail(said: Said) -> bytes:
        raise ValueError("no document")

    for _ in range(2):
        with pytest.raises(ValueError, match="no document"):
            made.content(file(make=fail))
    assert not made.folder.exists()


def test_what_was_not_used_for_a_day_is_forgotten(made: Made) -> None:
    """The documents of yesterday's records go, also halves of files that a build did not finish."""
    made.content(file())
    [mine] = kept(made)
    for name in ("old", "new-half"):
        (made.folder / name).write_bytes(b"")
        os.utime(made.folder / name, (0, mine.stat().st_mtime - DAY - 1))
    made.forget()
    assert kept(made) == [mine]


def test_what_is_used_is_not_forgotten_however_old(made: Made) -> None:
    """The network that nobody edits for years keeps its document."""
    made.content(file())
    [mine] = kept(made)
    os.utime(mine, (0, 0))
    made.content(file())
    made.content(file(replace(SAID, text="new")))
    made.forget()
    assert mine in kept(made)
    assert len(calls) == 2


def test_builds_of_the_same_day_leave_each_other_what_they_use() -> None:
    """The site of the Office and that of the public are built in turn."""
    assert unused({"office": 1000.0, "public": 1000.0 + DAY, "gone": 999.0}) == ["gone"]


def test_nothing_kept_is_nothing_to_forget(made: Made) -> None:
    """The first build of a project."""
    made.forget()
    assert unused({}) == []


def test_two_builds_at_once_do_not_meet(made: Made) -> None:
    """Each finds either nothing or a whole file, and nothing half-made stays."""
    context = multiprocessing.get_context("fork")
    builds = [context.Process(target=_build, args=(made,)) for _ in range(4)]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0] * 4
    assert [path.name for path in kept(made)] == sorted(digest(file(Said(f"{n}" * 5000)), made.program) for n in range(20))


def _build(made: Made) -> None:
    for _ in range(5):
        for number in range(20):
            said = Said(f"{number}" * 5000)
            if made.content(file(said)) != repr(said).encode():
                raise SystemExit(1)


# --- what the formats keep


def test_a_kept_format_sees_nothing_but_its_data(offer: Callable[..., Offer]) -> None:
    """Its maker is a function of a module, without anything that it remembers, and its data is plain."""
    found = [file for language in LANGUAGES for file in formats.files(offer(language), once=False) if file.kept]
    assert {file.name.rpartition(".")[2] for file in found} == {"docx", "xlsx"}
    for one in found:
        make: Any = one.make
        assert (make.__closure__, make.__defaults__, make.__kwdefaults__) == (None, None, None)
        assert "." not in make.__qualname__
        assert digest(one, "") == digest(one, "")


def others_of(part: Any) -> list[Any]:
    """Plain data in which one thing is other than in the given, for each thing that it holds."""
    if is_dataclass(part):
        found: Any = part
        names = [field.name for field in fields(part)]
        return [replace(found, **{name: other}) for name in names for other in others_of(getattr(part, name))]
    if isinstance(part, tuple):
        by_place = [[*part[:n], other, *part[n + 1 :]] for n, one in enumerate(part) for other in others_of(one)]
        return [type(part)._make(one) if hasattr(part, "_make") else tuple(one) for one in by_place]
    if isinstance(part, bytes):
        return [part + b"."]
    return [f"{part}."] if isinstance(part, str) else [1 if part is None else int(part) + 1]


def test_each_part_of_what_a_kept_file_says_is_in_its_digest(offer: Callable[..., Offer]) -> None:
    """No text, number, mark or template that the maker could print is left out."""
    kept = [file for file in formats.files(offer("en"), once=False) if file.kept]
    for one in (file for file in kept if file.name.endswith(("network-nno.docx", "resources.xlsx"))):
        others = [digest(replace(one, of=other), "") for other in others_of(one.of)]
        assert len({digest(one, ""), *others}) == len(others) + 1 > 20


def test_an_edited_record_makes_its_documents_anew_and_leaves_the_others(tree: Any, offer: Callable[..., Offer]) -> None:
    """What the preview and the next build make again is what changed."""

    def digests() -> dict[str, str]:
        return {file.name: digest(file, "") for file in formats.files(offer("en"), once=False) if file.kept}

    before = digests()
    tree.edit("nno/opportunities/grant.yml", "en: Grant", "en: Fellowship")
    after = digests()
    assert {name for name in before if before[name] != after[name]} == {
        "en/briefs/network-nno.docx",
        "en/briefs/theme-custody.docx",
        "en/briefs/unit-nvd.docx",
        "en/tables/opportunities.xlsx",
    }


def test_the_data_of_a_kept_file_is_frozen(offer: Callable[..., Offer]) -> None:
    """What was digested cannot change before it is printed."""

    def frozen(part: Any) -> bool:
        if is_dataclass(part):
            params: Any = part
            return bool(params.__dataclass_params__.frozen) and all(frozen(getattr(part, field.name)) for field in fields(part))
        return all(map(frozen, part)) if isinstance(part, tuple) else part is None or isinstance(part, (str, int, bytes, date))

    assert all(frozen(file.of) for file in formats.files(offer(), once=False) if file.kept)


@pytest.mark.parametrize("edited", ["downloads/workbooks.py", "words/strings.yml", "new.py"])
def test_an_edited_program_is_another(tmp_path: Path, edited: str) -> None:
    """Code and words, wherever they stand; what Python compiled of them is not looked at."""
    for name in ("downloads/workbooks.py", "words/strings.yml", "words/__pycache__/language.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one", "utf-8")
    before = program(tmp_path, "xlsxwriter 1")
    (tmp_path / "words/__pycache__/language.pyc").write_text("two", "utf-8")
    assert program(tmp_path, "xlsxwriter 1") == before
    (tmp_path / edited).write_text("two", "utf-8")
    assert program(tmp_path, "xlsxwriter 1") != before


def test_another_version_beside_the_program_is_another(tmp_path: Path) -> None:
    """What XlsxWriter writes may differ from one version to the next."""
    assert program(tmp_path, "xlsxwriter 1") != program(tmp_path, "xlsxwriter 2")
