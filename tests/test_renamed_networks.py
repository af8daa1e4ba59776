"""A renamed network: what was fetched under its earlier id stays its own, on every page at once and after the next fetch."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fault_server import TODAY, Round, rss, serving, whole
from kb.bulletins.edition import news_of
from kb.editing.renaming import rename
from kb.fetching.adoption import Undecidable, adopt, dismiss
from kb.records.collected import Collected, followed, items_today
from kb.records.item import Health, Item, item_today, source_today
from kb.search.harvest import Harvest
from kb.site.preview import Preview
from kb.words.language import Words
from kb.words.quarters import of
from trees import raise_house

pytestmark = pytest.mark.slow

NEXT = TODAY + timedelta(days=1)
NEW = "nno-global"
NAMES = {"nno": NEW, "older": NEW}
TAGGED = ('ETag: "v1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")
ABOUT = "<html><body><main><h1>About</h1><p>The network has {n} members in all of Europe and beyond.</p></main></body></html>"


def item(number=1, network="nno", **more):
    """An item of a network."""
    plain = {"title": f"Item {number}", "first_seen": "2026-11-20", "sources": (f"{network}/feed",)}
    return Item(id=f"{network}-{number:010x}", **plain | more)


# --- reading


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*NAMES, NEW, "mno"]), st.integers(10, 20)), max_size=12))
def test_no_item_is_lost_or_doubled_and_none_becomes_younger(rows):
    """Whatever stands under which name: each thing once, of the day on which it was seen first, and twice changes nothing."""
    items = [item(number, network, first_seen=f"2026-11-{day}") for number, network, day in rows]
    found = items_today(items, NAMES)
    first = {}
    for one in items:
        name = item_today(one.id, NAMES)
        first[name] = min(first.get(name, one.first_seen), one.first_seen)
    assert {name: one.first_seen for name, one in found.items()} == first
    assert all(one.id == name and one.network not in NAMES for name, one in found.items())
    assert items_today(found.values(), NAMES) == found


def test_a_source_is_followed_with_its_health():
    """The health stands under the name of today; one that stands there already counts."""
    old = Health(network="nno", what="feed", url="https://www.no.example/feed", state="failed", last_try="2026-11-20")
    now = old.model_copy(update={"network": NEW, "state": "ok"})
    found = followed(Collected(sources={"nno/feed": old, "nno/page": old, f"{NEW}/feed": now}), NAMES).sources
    assert found == {f"{NEW}/feed": now, f"{NEW}/page": old.model_copy(update={"network": NEW})}


def test_a_name_that_only_begins_alike_is_another():
    """nno-europe is not nno, though its items begin with the same letters."""
    assert item_today("nno-europe-0123456789", NAMES) == "nno-europe-0123456789"
    assert source_today("nno-europe/feed", NAMES) == "nno-europe/feed"


@pytest.fixture
def renamed(tree):
    """The small tree with two items and a failing source, its network renamed afterwards; and the files of robots before."""
    lines = "".join(f"{item(n, link=f'https://www.no.example/{n}', themes=('juvenile',)).model_dump_json()}\n" for n in (1, 2))
    tree.write("_fetched/nno.jsonl", lines)
    health = {"network": "nno", "what": "feed", "url": "https://www.no.example/feed", "state": "failed", "last_try": "2026-11-21"}
    tree.write("_fetched/sources.json", json.dumps({"nno/feed": health}))
    before = {path: path.read_bytes() for path in (tree.root / "_fetched").iterdir()}
    rename(tree.root, tree.load()[0], "nno/network.yml", NEW, TODAY)
    assert {path: path.read_bytes() for path in (tree.root / "_fetched").iterdir()} == before  # people's commands leave it alone
    return tree


def test_items_of_a_renamed_network_stay_on_its_pages(renamed, tmp_path):
    """At once, without a fetch: on its own page, its themes', what is new, in the search and the freshness of sources."""
    preview = Preview(raise_house(tmp_path / "house"), renamed.root, TODAY)
    assert preview.problems == []
    for address in (f"networks/{NEW}.html", "themes/juvenile.html", "changes/index.html"):
        page = preview.page(address)
        assert page is not None
        assert "https://www.no.example/1" in page
        assert "20.11.2026" in page
    assert f"networks/{NEW}.html" in preview.page("freshness/index.html").partition('id="sources"')[2]
    kb, _ = renamed.load()
    found = [one for one in Harvest(kb, Words("ka"), TODAY).documents() if one.facets["kind"] == ("item",)]
    assert {one.facets["network"] for one in found} == {(NEW,)}
    assert len(found) == 2


def test_an_item_is_news_of_its_own_quarter_after_its_network_is_renamed(renamed):
    """The bulletin of the quarter in which it was first seen has it under the new name; the next one does not."""
    kb, _ = renamed.load()
    assert [row["network"] for row in news_of(kb, of(TODAY))] == [NEW, NEW]
    assert news_of(kb, of(TODAY.replace(year=2027))) == ()


def test_what_people_decided_about_an_item_holds(tree):
    """A dismissed item does not come back; one that is waiting is known by either name and adopted under the new one."""
    tree.write("_fetched/nno.jsonl", "".join(f"{item(n).model_dump_json()}\n" for n in (1, 2)))
    dismiss(tree.root, tree.load()[0], item(1).id, TODAY)
    rename(tree.root, tree.load()[0], "nno/network.yml", NEW, TODAY)
    kb, problems = tree.load()
    assert problems == []
    assert [one.id for one in kb.waiting_items] == [item(2, NEW).id]
    for name in (item(1).id, item(1, NEW).id):
        with pytest.raises(Undecidable, match="was dismissed"):
            dismiss(tree.root, kb, name, TODAY)
    draft = adopt(tree.root, kb, item(2).id, "resource", TODAY)
    assert draft.path.is_relative_to(tree.root / NEW)
    assert tree.load()[0].waiting_items == ()


def test_a_network_that_is_named_back_has_its_items_back(renamed):
    """The earlier name is the name of today again: every item has the id that it began with."""
    rename(renamed.root, renamed.load()[0], f"{NEW}/network.yml", "nno", TODAY)
    assert {one.id for one in renamed.load()[0].waiting_items} == {item(1).id, item(2).id}


# --- the next fetch


@pytest.fixture
def site():
    """A server on this machine."""
    with serving() as found:
        yield found


@pytest.fixture
def rounds(tmp_path, site):
    """A round before and the new name after it: nno had two items and a watched page; mno keeps its name."""
    made = Round(tmp_path / "networks", site)
    site.pages |= {"/feed": whole(rss("Alpha", "Beta"), *TAGGED), "/well": whole(rss("Well"))}
    site.pages["/about"] = whole(ABOUT.format(n=205).encode(), "Content-Type: text/html")
    made.network("nno", "/feed", watch=("/about",))
    made.network("mno", "/well")
    made.run()
    called(made, NEW)
    return made


def called(rounds, new, old="nno"):
    """Give a network a new name by hand, as the editor who knows git does."""
    (rounds.root / old).rename(rounds.root / new)
    file = rounds.root / new / "network.yml"
    file.write_text(file.read_text("utf-8") + f"former_ids: [{old}]\n", "utf-8")


def kept(rounds):
    """What every item is known by: its digits, title and first day, by the file in which it stands."""
    rows = {name: map(json.loads, raw.splitlines()) for name, raw in rounds.files().items() if name.endswith(".jsonl")}
    return {
        name: sorted((row["id"][-10:], row["title"], row["first_seen"], tuple(row["sources"])) for row in found)
        for name, found in rows.items()
    }


def by_id(report):
    """What became of each source."""
    return {row.source.id: row for row in report.rows}


def test_the_next_fetch_finds_nothing_new_and_writes_the_new_name(rounds, site):
    """Same digits, same first day, no item twice; the file, the health and the text of the page stand under the new name."""
    before = kept(rounds)["nno.jsonl"]
    rows = by_id(rounds.run(NEXT))
    assert [rows[f"{NEW}/feed"].new, rows["mno/well"].new] == [0, 0]
    after = kept(rounds)
    assert set(after) == {f"{NEW}.jsonl", "mno.jsonl"}
    assert after[f"{NEW}.jsonl"] == [(*row[:3], (f"{NEW}/feed",)) for row in before]
    assert set(json.loads(rounds.files()["sources.json"])) == {f"{NEW}/feed", f"{NEW}/about", "mno/well"}
    assert [name for name in rounds.files() if name.startswith("pages/")] == [f"pages/{NEW}/about.txt"]
    files = rounds.files()
    rounds.run(NEXT)
    assert rounds.files() == files


def test_the_source_is_asked_by_the_version_that_is_known(rounds, site):
    """The health came along: 304 is enough, and a page that changed is told with what stood there."""
    site.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    site.pages["/about"] = whole(ABOUT.format(n=211).encode(), "Content-Type: text/html")
    rows = by_id(rounds.run(NEXT))
    assert [asked["if-none-match"] for path, asked in site.asked if path == "/feed" and "if-none-match" in asked] == ['"v1"']
    assert (rows[f"{NEW}/feed"].health.state, rows[f"{NEW}/feed"].health.items) == ("ok", 2)
    assert "205 members" in rows[f"{NEW}/about"].health.change.before
    assert len(kept(rounds)[f"{NEW}.jsonl"]) == 2


def test_a_source_that_fails_after_the_new_name_loses_nothing(rounds, site):
    """Its items and its last success stay, and a feed that shrank is refused as before."""
    site.pages["/feed"] = whole(rss("Alpha"))
    health = by_id(rounds.run(NEXT))[f"{NEW}/feed"].health
    assert (health.failure.code, health.last_success, health.network) == ("shrunk", "2026-11-22", NEW)
    assert rounds.titles(NEW) == ["Alpha", "Beta"]


def test_a_round_of_another_network_leaves_the_files_and_the_items(rounds):
    """--only mno: nothing of the renamed one is written anew, and all of it is read."""
    before = rounds.files()["nno.jsonl"]
    rounds.run(NEXT, only=["mno"])
    assert rounds.files()["nno.jsonl"] == before
    assert rounds.titles(NEW) == ["Alpha", "Beta"]


def test_a_round_that_was_killed_between_the_two_files_doubles_nothing(rounds):
    """The new file is written, the old one is still there: each item is read once, and the next round removes it."""
    old = rounds.files()["nno.jsonl"]
    rounds.run(NEXT)
    after = kept(rounds)
    (rounds.root / "_fetched/nno.jsonl").write_bytes(old)
    assert rounds.titles(NEW) == ["Alpha", "Beta"]
    rounds.run(NEXT)
    assert kept(rounds) == after


def test_items_of_a_round_that_did_not_know_the_earlier_name_get_their_first_day_back(rounds):
    """Collected anew under the new name before its record said what it was called: one item, of the earlier day."""
    file = rounds.root / NEW / "network.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("former_ids: [nno]\n", ""), "utf-8")
    assert by_id(rounds.run(NEXT))[f"{NEW}/feed"].new == 2
    file.write_text(text, "utf-8")
    rounds.run(NEXT + timedelta(days=1))
    assert {row[2] for row in kept(rounds)[f"{NEW}.jsonl"]} == {"2026-11-22"}
    assert set(kept(rounds)) == {f"{NEW}.jsonl", "mno.jsonl"}


def test_a_damaged_line_under_the_earlier_name_is_put_aside_and_its_item_found_anew(rounds):
    """As under any name: the other lines count, and the feed is read as if for the first time."""
    file = rounds.root / "_fetched/nno.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + lines[1][:30] + b"\n")
    rounds.run(NEXT)
    assert [row[1] for row in sorted(kept(rounds)[f"{NEW}.jsonl"], key=lambda row: row[1])] == ["Alpha", "Beta"]
    assert rounds.files()["nno.jsonl.damaged"] == lines[1][:30] + b"\n"


def test_a_second_new_name_follows_the_first(rounds):
    """Two names on: what stands under either is the network's own."""
    rounds.run(NEXT)
    called(rounds, "nno-world", NEW)
    file = rounds.root / "nno-world" / "network.yml"
    file.write_text(file.read_text("utf-8").replace(f"former_ids: [{NEW}]\n", "").replace("[nno]", f"[nno, {NEW}]"), "utf-8")
    rounds.run(NEXT)
    assert set(kept(rounds)) == {"nno-world.jsonl", "mno.jsonl"}
    assert rounds.titles("nno-world") == ["Alpha", "Beta"]
