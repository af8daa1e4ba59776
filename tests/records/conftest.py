"""The real records, judged as of the real day: what must hold for them whatever people write.

A few tests for all records, each of which lists all that is wrong at once. An editor reads what they say, so it is in words, with
file and line, what is wrong and what to do, and never Python's own.
"""

import os
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.cli.options import day
from kb.records.checking.problem import Problem, shown_below, written
from kb.records.knowledge import KnowledgeBase
from kb.records.reading import load
from kb.site.building import build
from kb.site.frames.generator import PagesWrong
from kb.site.project import Order

PROJECT = Path(__file__).parents[2]
RECORDS = PROJECT / "networks"
OURS = (
    "ეს პროგრამის შეცდომაა და არა თქვენი: შეატყობინეთ პროგრამაზე პასუხისმგებელ კოლეგას.",
    "This is a mistake of the program and not yours: tell the colleague who is responsible for it.",
)

UNBUILT = (
    "საიტი ვერ აიგო, რადგან ჩანაწერებში პრობლემაა: იხილეთ, რას ამბობს kb check.",
    "The site cannot be built, for something is wrong in the records: see what kb check says.",
)


def newest(kb: KnowledgeBase) -> Iterator[str]:
    """The days on which people and robots say that they did something: none of them may be ahead."""
    for entry in kb.entries():
        record = entry.record
        yield from filter(None, (record.collected_on, record.review.confirmed_on, record.archived and record.archived.on))
        yield from (correction.on for correction in record.review.no_change_of_meaning)
    yield from (decision.on for decision in kb.decisions)
    yield from (item.last_seen for item in kb.items.values())


@pytest.fixture(scope="session")
def today() -> date:
    """The day as of which the records are judged, decided here alone: today, or the newest day in them if that is later."""
    now = day(os.environ.get("KB_TODAY") or None)
    return max([now, *map(date.fromisoformat, newest(load(RECORDS, date.max)[0]))])


@pytest.fixture(scope="session")
def kb(today: date) -> KnowledgeBase:
    """The real records."""
    return load(RECORDS, today)[0]


def told(problems: Iterable[Problem], below: str = "") -> None:
    """Fail with problems in the words of `kb check`, when there are any; files lie below a folder of the project."""
    found = shown_below(problems, below)
    language = "en" if os.environ.get("KB_LANG") == "en" else "ka"
    said(line for line in written(found, "text", language).splitlines())


def said(lines: Iterable[str]) -> None:
    """Fail with some lines of words, when there are any."""
    if found := list(lines):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="session", params=["office", "public"])
def built(request: pytest.FixtureRequest, today: date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the real records, for each audience in turn."""
    return made(today, tmp_path_factory.mktemp("site"), request.param)


@pytest.fixture(scope="session")
def site(today: date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Office's site of the real records."""
    return made(today, tmp_path_factory.mktemp("site"), "office")


def made(today: date, out: Path, audience: Any) -> Path:
    """Build the real records into a folder, and return it; fails in words."""
    if load(RECORDS, today)[1]:
        said(UNBUILT)
    wrong: list[Problem] = []
    try:
        build(Order(PROJECT, RECORDS, out, today, audience=audience))
    except PagesWrong as error:
        wrong = error.problems
    told(wrong)
    return out


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What breaks in a test of this folder is told in words: who edits a record must not have to read Python."""
    report = yield
    if item.path.parent == Path(__file__).parent and call.excinfo and not call.excinfo.errisinstance(pytest.fail.Exception):
        place = call.excinfo.traceback[-1]
        report.longrepr = "\n".join([*OURS, "", f"{place.path.name}:{place.lineno + 1}: {call.excinfo.exconly()}"])
    return report
