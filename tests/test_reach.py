"""A link is dead after two bad days, not after one; hosts that block programs are not asked; doubt proves nothing."""

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.asking import Asker, limits
from kb.fetching.failure import Failed
from kb.fetching.wire.client import Answer
from kb.fetching.wire.pace import Pace
from kb.records.link import FILE, Link
from kb.upkeep import reach
from kb.upkeep.reach import checked, dead_of, due, learned, links_of

TODAY = date(2026, 11, 22)
URL = "https://www.no.example/guide"


ANSWERS = {
    200: "open",
    301: "unsure",  # to nowhere; one that leads somewhere is followed
    404: "gone",
    410: "gone",
    "dns": "gone",
    "connect": "gone",
    "stalled": "unsure",
    "certificate": "unsure",
    "too-large": "open",
    202: "unsure",
    401: "unsure",
    403: "unsure",
    429: "unsure",
    500: "unsure",
    503: "unsure",
}


@pytest.mark.parametrize(("said", "expected"), ANSWERS.items())
def test_only_what_says_so_is_gone(said, expected):
    """A server that is busy, broken or wary of programs says nothing of the link; one that is not there says it all."""

    def transport(url, headers, deadline):
        if isinstance(said, str):
            raise Failed(said)
        return Answer(said, url=url)

    bounds = limits().model_copy(update={"seconds_before_retry": 0.0})
    assert Asker(transport, "kb test", bounds, Pace(0))(URL) == expected


def test_a_link_that_failed_on_one_day_is_not_dead():
    """However often it was asked that day."""
    link = learned(learned(Link(), "gone", TODAY), "gone", TODAY)
    assert not link.dead
    assert learned(link, "gone", TODAY + timedelta(days=1)).dead


def test_a_success_between_two_failures_saves_a_link():
    """Bad days must be in a row."""
    link = learned(Link(), "gone", TODAY)
    link = learned(link, "open", TODAY + timedelta(days=1))
    assert not learned(link, "gone", TODAY + timedelta(days=2)).dead


@given(st.lists(st.tuples(st.sampled_from(["open", "gone", "unsure"]), st.integers(0, 3)), max_size=12))
def test_dead_means_two_different_days_since_it_last_opened(answers):
    """Whatever comes in whatever order; doubt neither kills nor saves."""
    link, day, failed = Link(), TODAY, set()
    for answer, later in answers:
        day += timedelta(days=later)
        link = learned(link, answer, day)
        failed = set() if answer == "open" else failed | {day} if answer == "gone" else failed
    assert link.dead is (len(failed) >= 2)


def test_what_failed_once_is_asked_again_the_next_day_and_the_rest_after_a_week():
    """A dead link is known in two days."""
    known = {URL: learned(Link(), "gone", TODAY), "https://a.org/": learned(Link(), "open", TODAY)}
    assert due(known, known, TODAY) == []
    assert due(known, known, TODAY + timedelta(days=1)) == [URL]
    assert set(due(known, known, TODAY + timedelta(days=7))) == set(known)


def test_hosts_take_turns_and_the_longest_unasked_come_first():
    """Waiting for one host is spent on the others."""
    urls = ["https://a.org/1", "https://a.org/2", "https://b.org/1", "https://www.a.org/3"]
    assert due(urls, {}, TODAY) == ["https://a.org/1", "https://b.org/1", "https://a.org/2", "https://www.a.org/3"]
    known = {"https://a.org/1": Link("2026-11-10", "open"), "https://b.org/1": Link("2026-11-01", "open")}
    assert due(known, known, TODAY) == ["https://b.org/1", "https://a.org/1"]


def test_hosts_that_block_programs_are_not_asked_and_each_has_its_reason():
    """Their silence says nothing."""
    assert all(reach.blocking().values())
    assert due(["https://ganhri.org/x", "https://www.ganhri.org/y"], {}, TODAY) == []


def test_the_links_of_the_base_are_those_of_its_lists(tree):
    """Each once; a draft's is not asked for."""
    assert links_of(tree.load()[0]) == ["https://www.no.example/", URL]
    tree.edit("nno/resources/guide.yml", "year: 2024", "year: 2024\nstatus: draft")
    assert links_of(tree.load()[0]) == ["https://www.no.example/"]


def test_what_is_known_is_kept_and_read_back(tree):
    """A line a link; those that no record names any more are dropped; the reader of the records passes it by."""
    known = checked({"https://gone.org/": Link()}, [URL], lambda _: "gone", TODAY)
    (tree.root / FILE).parent.mkdir()
    (tree.root / FILE).write_bytes(reach.written(known, [URL]))
    assert reach.read(tree.root) == {URL: Link("2026-11-22", "gone", ("2026-11-22",))}
    assert tree.problems() == []


def test_before_the_first_check_nothing_is_known(tree):
    """And nothing is dead."""
    assert list(dead_of(reach.read(tree.root), [URL])) == []


def test_a_dead_link_comes_into_the_quarter_and_onto_the_list(tree, kb_command):
    """Found by two checks, told by the bulletin and by kb todo."""
    assert kb_command("quarter", "2026-Q3", "--records", str(tree.root)).exit_code == 0
    known = {URL: Link("2026-11-22", "gone", ("2026-11-20", "2026-11-22"))}
    (tree.root / FILE).parent.mkdir()
    (tree.root / FILE).write_bytes(reach.written(known, [URL]))
    assert kb_command("quarter", "2026-Q4", "--records", str(tree.root)).exit_code == 0
    said = kb_command("todo", "--records", str(tree.root), "--lang", "en").output
    assert f"The link no longer opens; find the new one: {URL}" in said
    told = kb_command("changes", "--records", str(tree.root), "--base", "2026-Q3", "--lang", "en").output
    assert f"NNO, ‘Guide’: the link no longer opens: {URL}" in told


def test_a_tree_compared_with_itself_has_no_link_that_died(tree, kb_command):
    """A link that is dead on both sides is no news; beside a tree in which it opened it is."""
    records, before = str(tree.root), tree.root.with_name("before")
    shutil.copytree(tree.root, before)
    known = {URL: Link("2026-11-22", "gone", ("2026-11-20", "2026-11-22"))}
    tree.write(FILE.as_posix(), reach.written(known, [URL]))
    told = [kb_command("changes", "--records", records, "--base", str(base), "--lang", "en").output for base in (records, before)]
    assert ["no longer opens" in text for text in told] == [False, True]
