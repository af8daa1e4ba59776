"""kb fetch, kb adopt and kb dismiss, as people and the scheduled job call them; answers are saved ones."""

import json
import os
from pathlib import Path

import pytest

import kb.records.replacement
from fault_server import TODAY, Round, Site, redirect, rss, serving, whole
from kb.fetching.limits import Limits
from kb.fetching.sources import listed, slug
from kb.fetching.store import Store
from kb.records.checking.document import parse
from kb.records.collected import FOLDER
from kb.records.item import Item
from kb.records.reading import load

pytestmark = pytest.mark.slow

FEEDS = """\
feeds:
  - {url: "https://www.no.example/feed", evidence: inferred}
watch:
  - {url: "https://www.no.example/about"}
"""
PAGE = b"<html><body><main><h1>About</h1><p>The Institute has many members.</p></main></body></html>"


@pytest.fixture
def call(kb_command):
    """A command of kb on the small tree; rounds read saved answers unless they say otherwise."""

    def run(command, *options, saved=True):
        offline = ("--offline", "saved") if command == "fetch" and saved else ()
        return kb_command(command, "--records", "networks", *offline, *options)

    return run


@pytest.fixture
def offline(tree, tmp_path):
    """Saved answers for the sources of the tree, and the way to change them."""
    tree.edit("nno/network.yml", "standing: {status: member}\n", "standing: {status: member}\n" + FEEDS)
    tree.write("_office/kinds.yml", "- id: opportunity\n  keywords: {en: [call for applications]}\n")
    folder = tmp_path / "saved"
    folder.mkdir()
    index = {}

    def save(url, body=b"", **more):
        index[url] = {"body": f"{len(index)}.bin", **more}
        (folder / index[url]["body"]).write_bytes(body)
        (folder / "index.json").write_text(json.dumps(index))

    save("https://www.no.example/feed", rss("Call for applications", "Annual report", summary="Deadline: 12 December 2026"))
    save("https://www.no.example/about", PAGE)
    return save


def lines(tree, name="nno.jsonl"):
    """The items of a file."""
    return [json.loads(line) for line in (tree.root / FOLDER / name).read_text("utf-8").splitlines()]


def test_a_round_offline_is_a_round(call, tree, offline):
    """Items, sources and texts are written; what is told is in the language asked for; the tree passes the check."""
    done = call("fetch", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "nno/feed: Fine; 2 (+2)" in done.output
    assert "sources: 2; fine: 2; warned: 0; unconfirmed: 0; failed: 0; new items: 2" in done.output
    assert {line["title"] for line in lines(tree)} == {"Call for applications", "Annual report"}
    assert (tree.root / FOLDER / "pages/nno/about.txt").read_text() == "About\nThe Institute has many members.\n"
    assert call("check").exit_code == 0


def test_a_second_round_changes_no_byte(call, tree, offline):
    """Neither items nor sources nor texts."""
    call("fetch")
    before = {path: path.read_bytes() for path in (tree.root / FOLDER).rglob("*") if path.is_file()}
    call("fetch")
    assert {path: path.read_bytes() for path in (tree.root / FOLDER).rglob("*") if path.is_file()} == before


def test_several_sources_are_asked_for_in_a_row(call, tree, offline):
    """--only takes one id after the other, of networks and of sources."""
    done = call("fetch", "--only", "nno/feed", "nno/about", "--lang", "en")
    assert (done.exit_code, "sources: 2" in done.output) == (0, True)


def test_a_round_speaks_georgian(call, offline):
    """Georgian is the language of messages unless another is asked for."""
    assert "წყარო: 2; მუშაობს: 2" in call("fetch").output


def test_an_answer_that_was_not_saved_is_a_failure_of_that_source(call, tree, offline):
    """The likely feed is unconfirmed; the page works; the command is well."""
    (tree.root.parent / "saved/index.json").write_text(json.dumps({"https://www.no.example/about": {"body": "1.bin"}}))
    done = call("fetch", "--json")
    found = {row["source"]: row for row in json.loads(done.stdout)["sources"]}
    assert (done.exit_code, found["nno/feed"]["state"], found["nno/feed"]["failure"]["code"]) == (0, "unconfirmed", "not-saved")


def test_most_sources_failing_ends_with_1(call, offline):
    """The cause is likely on our side, and it is said."""
    call("fetch")
    for name in ("feed", "about"):
        offline(f"https://www.no.example/{name}", status=500)
    done = call("fetch", "--lang", "en")
    assert (done.exit_code, "most sources failed" in done.output) == (1, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--only", "mno"),
        ("--only", "nno/nothing"),
        ("--offline", "nowhere"),
        ("--offline", "networks"),
        ("--today", "tomorrow"),
        ("--records", "x"),
    ],
)
def test_what_names_nothing_is_misuse(call, offline, options):
    """Exit 2, one line, no traceback."""
    done = call("fetch", *options)
    assert (done.exit_code, "Traceback" in done.output) == (2, False)


def test_another_round_at_work_is_misuse(call, tree, offline):
    """Nothing is touched, and the reason is said in both languages."""
    with Store(tree.root).locked():
        done = [call("fetch", "--lang", language) for language in ("ka", "en")]
    assert [d.exit_code for d in done] == [2, 2]
    assert ("უკვე მუშაობს" in done[0].output, "is at work" in done[1].output) == (True, True)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_limit_is_shown_with_its_reason(call, language):
    """Name, value and reason; nothing is fetched."""
    said = call("fetch", "--limits", "--lang", language).output.splitlines()
    assert [line.split(" = ")[0] for line in said[::2]] == list(Limits.model_fields)
    assert all(line.startswith("    ") and len(line) > 20 for line in said[1::2])


def test_a_server_on_this_machine_is_refused_without_leave(call, tree):
    """A record cannot name it, and a redirect to it is refused; --allow-loopback is for tests."""
    with serving() as site:
        site.pages["/feed"] = whole(rss("A"))
        tree.edit("nno/network.yml", "standing:", f"feeds: [{{url: '{site.address}/feed', evidence: seen}}]\nstanding:")
        refused = call("fetch", saved=False)
        allowed = call("fetch", "--allow-loopback", "--lang", "en", saved=False)
    assert (refused.exit_code, site.asked[0][0] if site.asked else "", "nno/feed: Fine; 1 (+1)" in allowed.output) == (
        0,
        "/feed",
        True,
    )


def test_a_redirect_to_this_machine_is_refused_over_the_network_itself():
    """The check belongs to the moment of connecting."""
    from kb.fetching.failure import Failed
    from kb.fetching.wire.deadline import Deadline
    from kb.fetching.wire.http import Wire

    with serving() as site, Deadline(1.0) as deadline:
        site.pages["/"] = redirect("/x")
        with pytest.raises(Failed, match="private"):
            Wire(Limits())(site.address + "/", {}, deadline)
        assert site.asked == []


def test_every_source_is_listed_once_under_an_id_of_its_own(tmp_path):
    """Feeds, then pages, under their network; a path that comes again gets a number."""
    rounds = Round(tmp_path / "networks", Site())
    rounds.network("one", "https://one.example/feed", "https://news.one.example/feed/", watch=("https://one.example/feed?page",))
    rounds.network("two", "https://one.example/feed", "https://two.example/")
    found = [(source.id, source.what) for source in listed(load(rounds.root, TODAY)[0].networks)]
    assert found == [
        ("one/feed", "feed"),
        ("one/feed-2", "feed"),
        ("one/feed-3", "page"),
        ("two/feed", "feed"),
        ("two/two-example", "feed"),
    ]


def test_an_archived_network_is_not_visited(tmp_path):
    """Its items stay; its feeds are nobody's any more."""
    rounds = Round(tmp_path / "networks", Site())
    rounds.network("one", "https://one.example/feed")
    file = rounds.root / "one/network.yml"
    file.write_text(file.read_text("utf-8") + "status: archived\narchived: {on: 2026-11-01, reason: {en: Closed}}\n", "utf-8")
    kb, problems = load(rounds.root, TODAY)
    assert (problems, list(kb.networks), listed(kb.networks)) == ([], ["one"], ())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://eu.example/feed/", "feed"),
        ("https://www.example.org/en/rss.xml", "en-rss-xml"),
        ("https://example.org/", "example-org"),
        ("https://example.org/?p=1", "example-org"),
        ("https://example.org/სიახლეები", "example-org"),
        ("https://example.org/" + "a" * 99, "a" * 48),
    ],
)
def test_the_name_of_a_source_is_its_path(url, name):
    """Short, in small Latin letters."""
    assert slug(url) == name


# --- people decide


@pytest.fixture
def fetched(call, tree, offline):
    """The items of a round, by title."""
    call("fetch")
    return {line["title"]: line["id"] for line in lines(tree)}


def test_an_item_becomes_a_draft_with_all_that_is_known(call, tree, fetched):
    """Its kind says what it becomes; what is missing is told and stands in the file; suggested dates are comments."""
    done = call("adopt", fetched["Call for applications"], "--lang", "en")
    file = tree.root / "nno/opportunities/call-for-applications.yml"
    text = file.read_text("utf-8")
    assert (done.exit_code, "To be filled in: kind, availability" in done.output) == (0, True)
    document, problems = parse("x.yml", text.encode())
    assert problems == []
    assert (document.data["title"], document.data["status"], document.data["networks"]) == (
        {"en": "Call for applications"},
        "draft",
        ("nno",),
    )
    assert ("2026-12-12" in text, "deadline" not in document.data) == (True, True)


def test_a_draft_that_is_finished_is_right(call, tree, fetched):
    """With the two missing words filled in, the tree passes the check."""
    call("adopt", fetched["Call for applications"])
    tree.edit("nno/opportunities/call-for-applications.yml", "\nkind:\n", "\nkind: call\n")
    tree.edit("nno/opportunities/call-for-applications.yml", "\navailability:\n", "\navailability: to-confirm\n")
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("kind", "path"), [("event", "events/2026-annual-report.yml"), ("resource", "resources/annual-report.yml")]
)
def test_a_person_says_what_an_item_becomes(call, tree, fetched, kind, path):
    """--as goes before the kind of the item."""
    assert call("adopt", fetched["Annual report"], "--as", kind).exit_code == 0
    assert (tree.root / "nno" / path).is_file()


def test_a_decided_item_waits_no_more_and_never_returns(call, tree, fetched, offline):
    """Dismissed and adopted items are not shown, even when their GUID and title are new."""
    call("dismiss", fetched["Annual report"])
    call("adopt", fetched["Call for applications"])
    changed = (
        rss("Call for applications", "Annual report").replace(b"<title>Annual", b"<title>The annual").replace(b"'>Annual", b"'>x")
    )
    offline("https://www.no.example/feed", changed)
    call("fetch")
    kb, problems = tree.load()
    assert [p for p in problems if not p.path.startswith("nno/opportunities/call")] == []
    assert (kb.waiting_items, [d.decided for d in kb.decisions]) == ((), ["dismissed", "adopted"])


def test_a_decision_outlives_the_fetched_file(call, tree, fetched):
    """Decisions are people's, and stand among their records."""
    call("dismiss", fetched["Annual report"])
    (tree.root / FOLDER / "nno.jsonl").unlink()
    call("fetch")
    assert [item.title for item in tree.load()[0].waiting_items] == ["Call for applications"]


def test_what_people_wrote_into_the_list_of_decisions_stays(call, tree, fetched):
    """A comment of theirs is there afterwards, byte for byte."""
    call("dismiss", fetched["Annual report"])
    file = tree.root / "_office/decisions.yml"
    file.write_bytes(file.read_bytes().replace(b"- id", "# ძველია\n- id".encode(), 1).replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    call("dismiss", fetched["Call for applications"])
    assert file.read_bytes().startswith(before.rstrip(b"\r\n"))
    assert len(tree.load()[0].decisions) == 2


def test_a_decision_is_on_the_disk_when_it_is_told(call, fetched, monkeypatch):
    """No robot can bring it again."""
    forced, real = [], os.fsync

    def fsync(descriptor):
        forced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        real(descriptor)

    monkeypatch.setattr(kb.records.replacement.os, "fsync", fsync)
    call("dismiss", fetched["Annual report"])
    assert any("decisions.yml" in name for name in forced)


def test_a_list_of_decisions_with_a_mistake_is_not_written_to(call, tree, fetched):
    """The mistake is to be mended first; neither the list nor a draft is left half done."""
    tree.write("_office/decisions.yml", "- id: [\n")
    done = [call("dismiss", fetched["Annual report"]), call("adopt", fetched["Call for applications"])]
    assert ([d.exit_code for d in done], (tree.root / "_office/decisions.yml").read_text()) == ([2, 2], "- id: [\n")
    assert [path.name for path in (tree.root / "nno/opportunities").iterdir()] == ["grant.yml"]


@pytest.mark.parametrize("command", ["adopt", "dismiss"])
def test_nothing_is_decided_twice_or_about_nothing(call, fetched, command):
    """Exit 2, and the reason."""
    call("dismiss", fetched["Annual report"])
    done = [call(command, name) for name in (fetched["Annual report"], "nno-0000000000", "x")]
    assert [d.exit_code for d in done] == [2, 2, 2]


def test_an_unsorted_item_needs_a_word(call, tree, offline):
    """Nobody guesses what it becomes."""
    offline("https://www.no.example/feed", rss("Something"))
    call("fetch")
    [item] = lines(tree)
    assert (call("adopt", item["id"]).exit_code, call("adopt", item["id"], "--as", "event").exit_code) == (2, 0)


@pytest.mark.parametrize(
    "title", ["'Quoted': \"text\" # no comment", "no", "- a", "{x}", "სახალხო დამცველი: ანგარიში", "a\\nb & *c", "2026-10-10"]
)
def test_any_title_makes_a_draft_that_can_be_read(call, tree, title):
    """What a feed sends is quoted, so that no title is taken for YAML."""
    item = Item(
        id="nno-0123456789",
        title=title,
        sources=("nno/feed",),
        first_seen="2026-11-22",
        language="ka" if title[0] > "z" else None,
    )
    folder = tree.root / FOLDER
    folder.mkdir()
    (folder / "nno.jsonl").write_text(item.model_dump_json(exclude_defaults=True) + "\n", "utf-8")
    assert call("adopt", item.id, "--as", "resource").exit_code == 0
    [file] = [path for path in (tree.root / "nno/resources").iterdir() if path.name != "guide.yml"]
    document, problems = parse("x.yml", file.read_bytes())
    assert (problems, next(iter(document.data["title"].values()))) == ([], title)
    assert tree.load()[0].decisions[0].title == title
