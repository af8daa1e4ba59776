"""What is kept is kept whole, in normal form, as plain text; and the parts of a round that show it."""

import json
import os
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.deciding.outcome import excerpt
from kb.fetching.failure import Failed, said
from kb.fetching.parsing.plain import plain
from kb.fetching.progress import Bars
from kb.fetching.round import Report, Row
from kb.fetching.sources import Source
from kb.fetching.store import Store
from kb.fetching.telling import as_json, table
from kb.fetching.wire.compression import unpacked
from kb.records.collected import items_in, line_of, lines_of, read, signature
from kb.records.item import UNSAFE, Health, Item
from kb.words.language import Words, strings

DAY = date(2026, 11, 22)


def item(number=0, **more):
    """An item."""
    return Item(id=f"nno-{number:010x}", **{"title": "Report", "sources": ("nno/feed",), "first_seen": "2026-11-22"} | more)


def test_items_are_lines_in_normal_form():
    """One object a line, keys in order, Georgian letters as they are, nothing that is empty."""
    raw = line_of(item(1, title="ანგარიში", summary=""))
    assert raw.decode() == (
        '{"first_seen": "2026-11-22", "id": "nno-0000000001", "sources": ["nno/feed"], "title": "ანგარიში"}\n'
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(lambda text: plain(text, 300)).filter(bool)


@given(
    st.lists(
        st.builds(item, st.integers(0, 2**40 - 1), title=texts, summary=texts, tags=st.tuples(texts.map(lambda t: t[:80]))),
        unique_by=lambda i: i.id,
    )
)
def test_what_is_written_is_read_again(items):
    """Any plain text survives the file."""
    found, problems = items_in("nno.jsonl", lines_of(items))
    assert (problems, [one for _, one in found]) == ([], items)


@given(st.text(max_size=400), st.integers(2, 50))
def test_plain_text_is_plain_and_short(text, most):
    """Whatever goes in: no markup, nothing unseen, no line end, no more than asked for; and a second time changes nothing."""
    for dirty in (text, f"<b>{text}</b>", text.replace("a", "<").replace("e", "&lt;"), f"&amp;lt;{text}&amp;gt;"):
        once = plain(dirty, most)
        assert (UNSAFE.search(once), len(once) <= most, "\n" in once) == (None, True, False)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("a < b & c > d", "a < b & c > d"),
        ("1<2", "1<2"),
        ("AT&amp;T", "AT&T"),
        ("R&D", "R&D"),
        ("x &amp;lt;b&amp;gt;y&amp;lt;/b&amp;gt; z", "x y z"),
        ("ᲡᲐᲮᲐᲚᲮᲝ", "სახალხო"),
        ("e\u0301", "é"),
        ("one\u00a0two\u2003three\u2028four", "one two three four"),
        ("<br>one<br/>two", "one two"),
        ("<td>x</td><td>y</td>", "x y"),
        ("Text <style>p {}</style><script>1</script>end", "Text end"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_text_keeps_its_words(dirty, clean):
    """Tags go, words stay apart, letters are those of the language."""
    assert plain(dirty, 300) == clean


def test_an_equal_file_is_not_touched(tmp_path):
    """A round without news leaves even the times of files."""
    store = Store(tmp_path)
    with store.locked():
        store.write_items("nno", [item()])
        os.utime(tmp_path / "_fetched/nno.jsonl", (1, 1))
        store.write_items("nno", [item()])
    assert (tmp_path / "_fetched/nno.jsonl").stat().st_mtime == 1


def test_what_would_not_pass_the_check_is_not_written(tmp_path):
    """The same check that people's records pass stands before the file."""
    store = Store(tmp_path)
    with store.locked(), pytest.raises(Failed, match="unfit"):
        store.write_items("nno", [item().model_copy(update={"title": "<script>"})])
    assert not (tmp_path / "_fetched/nno.jsonl").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    """A file in its place, or a disk that cannot be written."""
    (tmp_path / "_fetched").write_text("")
    with pytest.raises(Failed, match="disk"), Store(tmp_path).locked():
        pass


def test_ten_thousand_items_are_read_once_while_nothing_changes(tmp_path):
    """The reader of the preview asks the names, sizes and times of files only."""
    (tmp_path / "_fetched").mkdir()
    (tmp_path / "_fetched/nno.jsonl").write_bytes(lines_of(item(n) for n in range(10_000)))
    before = signature(tmp_path)
    assert (len(read(tmp_path).items), signature(tmp_path) == before) == (10_000, True)
    (tmp_path / "_fetched/nno.jsonl").write_bytes(b"")
    assert signature(tmp_path) != before


def test_items_wait_newest_first(tree):
    """By the day they were published, unless it cannot be; what people decided about is left out."""
    (tree.root / "_fetched").mkdir()
    items = [
        item(1, title="Old", published="2026-01-01T00:00:00Z", themes=("juvenile",)),
        item(2, title="New", published="2026-11-20T00:00:00Z", themes=("juvenile", "nothing")),
        item(3, title="From the future", published="2030-01-01T00:00:00Z", doubtful="future", first_seen="2026-06-01"),
        item(4, title="Dismissed"),
    ]
    (tree.root / "_fetched/nno.jsonl").write_bytes(lines_of(items))
    tree.write("_office/decisions.yml", "- {id: nno-0000000004, decided: dismissed, on: 2026-11-22}\n")
    kb, problems = tree.load()
    assert (problems, [i.title for i in kb.items_by_network["nno"]]) == ([], ["New", "From the future", "Old"])
    assert [i.title for i in kb.items_by_theme["juvenile"]] == ["New", "Old"]


def row(state="ok", failure=None):
    """What became of a source."""
    health = Health(
        network="nno",
        what="feed",
        url="https://www.no.example/feed",
        state=state,
        last_try="2026-11-22",
        items=3,
        failure=failure,
    )
    return Row(Source("nno/feed", "nno", "feed", "https://www.no.example/feed"), health, 2)


def test_a_round_is_told_as_a_table_and_as_json():
    """Source, state, items, what is new, and why."""
    report = Report((row("failed", Failed("not-found").said()),), 0.5)
    assert table(report, Words("en")).splitlines()[1].split() == [
        "nno/feed",
        "Failed",
        "3",
        "2",
        "there",
        "is",
        "nothing",
        "at",
        "this",
        "address",
        "(404)",
    ]
    assert json.loads(as_json(report))["sources"][0]["failure"]["code"] == "not-found"


def test_the_bars_follow_a_round(capsys):
    """One bar for each source under way, one for all."""
    with Bars(1) as bars:
        for stage, end in (("ask", None), ("parse", None), ("done", row())):
            bars(row().source, stage, end)
        done = [(task.description, task.completed, task.total) for task in bars.tasks]
    assert done == [("kb fetch", 1, 1), ("nno/feed", 3, 3)]


def test_every_failure_that_is_raised_has_words(project):
    """Each code in the program stands in strings.yml, and no string of a failure or warning is left over."""
    program = "".join(path.read_text("utf-8") for path in (project / "scripts/kb/fetching").rglob("*.py"))
    raised = set(re.findall(r'(?:Failed|warning)\(\s*"([a-z-]+)"', program)) | set(re.findall(r'failure="([a-z-]+)"', program))
    words = {key.split(".")[1] for key in strings()["strings"] if key.startswith(("fetch-failure.", "fetch-warning."))}
    assert sorted(raised - words) == []
    assert [code for code in words if f'"{code}"' not in program] == []


def test_what_a_server_says_cannot_break_a_message():
    """Markup and controls in an address that a message names become spaces, and braces stay braces."""
    found = said("failure", "redirect-scheme", url="data:<script>\x1b[31m{0}" + "x" * 9_000)
    assert (UNSAFE.search(found.en), "{0}" in found.en, len(found.en) < 1_000) == (None, True, True)


@pytest.mark.parametrize(("body", "encoding"), [(b"plain", ""), (b"plain", "identity"), (b"<rss/>", "gzip"), (b"", "gzip")])
def test_a_body_that_is_not_compressed_is_taken_as_it_is(body, encoding):
    """Some servers say gzip and send it plain."""
    assert unpacked(body, encoding, 100) == body


def test_an_excerpt_is_short():
    """However long the paragraphs of a page are."""
    assert len(excerpt(["word " * 500] * 10)) <= 600
