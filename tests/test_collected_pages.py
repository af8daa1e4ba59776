"""What robots collected, on pages: apart from what people confirmed, escaped, bounded, and never quite trusted."""

import html
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.search.harvest import Harvest
from kb.site.preview import Preview
from kb.words.language import Words

PROJECT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)


def item(number: int, **more: Any) -> dict[str, Any]:
    """A fetched item of the NNO."""
    plain = {
        "id": f"nno-{number:010x}",
        "title": f"Item {number}",
        "link": f"https://www.no.example/{number}",
        "sources": ["nno/news"],
        "first_seen": "2026-11-20",
        "published": f"2026-11-{1 + number % 20:02}T08:00:00Z",
        "kind": "news",
        "themes": ["juvenile"],
    }
    return plain | more


HEALTH = {"network": "nno", "what": "feed", "url": "https://www.no.example/feed", "state": "ok", "last_try": "2026-11-21"}


@pytest.fixture
def shown(tree):
    """Writes items and sources and gives the page at an address."""

    def pages(address: str, *items: dict[str, Any], **sources: dict[str, Any]) -> str:
        lines = sorted(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in items)
        tree.write("_fetched/nno.jsonl", "".join(f"{line}\n" for line in lines))
        tree.write("_fetched/sources.json", json.dumps({f"nno/{name}": HEALTH | health for name, health in sources.items()}))
        preview = Preview(PROJECT, tree.root, TODAY)
        assert preview.problems == []
        page = preview.page(address)
        assert page is not None
        return page

    return pages


def section(page: str, anchor: str = "collected") -> str:
    """The part of a page under a heading."""
    return page.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]


@pytest.mark.parametrize("address", ["networks/nno.html", "themes/juvenile.html", "en/networks/nno.html", "changes/index.html"])
def test_items_stand_on_the_pages_that_they_concern(shown, address):
    """Network, theme and what is new show them under their own heading, with the day on which they were collected."""
    part = section(shown(address, item(1)))
    assert 'href="https://www.no.example/1" rel="noopener external"' in part
    assert "20.11.2026" in part or "20 November 2026" in part


def test_a_page_says_that_no_person_has_checked_them(shown):
    """The note stands above the items in both languages."""
    assert "თანამშრომელს არ გადაუმოწმებია" in section(shown("networks/nno.html", item(1)))
    assert "no person has checked it" in section(shown("en/networks/nno.html", item(1)))


def test_a_page_shows_ten_and_leads_to_the_rest(shown):
    """Thousands of items never make a page long."""
    part = section(shown("networks/nno.html", *(item(n) for n in range(60))))
    assert part.count("<li>") == 11
    assert "find/index.html?kind=item&amp;network=nno" in part


def test_what_a_feed_says_stays_text(shown):
    """Signs of HTML that reached the store are escaped once more."""
    page = shown("networks/nno.html", item(1, title="5 > 3 & \"quoted\" 'x' {{ y }} <3"))
    assert html.escape("5 > 3 & \"quoted\" 'x' {{ y }} <3") in page.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_doubts_about_an_item_are_said(shown):
    """A day that cannot be, and an address that is not the network's, are told in words."""
    part = section(shown("en/networks/nno.html", item(1, doubtful="future", offsite=True, link="https://example.org/x")))
    assert "the date of publication cannot be right" in part
    assert "on another site: example.org" in part
    assert "published" not in part


def test_an_item_in_another_language_carries_it(shown):
    """Screen readers and fonts learn that a title is French."""
    assert '<span lang="fr">Défense</span>' in section(shown("networks/nno.html", item(1, title="Défense", language="fr")))


def test_without_items_there_is_no_heading(shown):
    """Nothing collected is no section."""
    assert 'id="collected"' not in shown("networks/nno.html")


def test_items_of_a_draft_network_are_left_out(tree):
    """A network that becomes a draft takes its items from every page and from the search."""
    tree.write("_fetched/nno.jsonl", json.dumps(item(1), sort_keys=True) + "\n")
    tree.edit("nno/network.yml", "kind: ombudsman", "kind: ombudsman\nstatus: draft")
    kb, _ = tree.load()
    assert kb.items
    assert kb.waiting_items == ()
    assert not [found for found in Harvest(kb, Words("ka"), TODAY).documents() if found.facets["kind"] == ("item",)]


def test_items_of_an_archived_network_are_left_out(tree):
    """Nobody waits for news of a network that left the lists; the bulletin has none of it either."""
    tree.write("_fetched/nno.jsonl", json.dumps(item(1), sort_keys=True) + "\n")
    archived = "status: archived\narchived: {on: 2026-10-01, reason: {ka: დაიხურა., en: It closed.}}"
    tree.edit("nno/network.yml", "kind: ombudsman", f"kind: ombudsman\n{archived}")
    kb, problems = tree.load()
    assert (problems, [one.id for one in kb.items.values()], kb.waiting_items) == ([], [item(1)["id"]], ())


def test_freshness_tells_what_is_the_matter_with_a_source(shown):
    """A source that fails stands first, with the cause in the reader's language and its last success."""
    failed = {
        "state": "failed",
        "last_success": "2026-11-01",
        "failing_since": "2026-11-08",
        "failure": {"code": "refused", "ka": "საიტმა უარი თქვა", "en": "The site refused"},
    }
    part = section(shown("en/freshness/index.html", a=failed, b={"url": "https://www.no.example/b"}), "sources")
    assert part.index("The site refused") < part.index("https://www.no.example/b")
    assert "01.11.2026" in part or "1 November 2026" in part
    assert "საიტმა უარი თქვა" in section(shown("freshness/index.html", a=failed), "sources")


def test_a_source_that_never_worked_is_not_called_unvisited(shown):
    """The day of the last try stands beside it: it was visited, without success."""
    part = section(shown("en/freshness/index.html", a={"state": "failed"}), "sources")
    assert "last tried 21.11.2026" in part
    assert "<td>never</td>" in re.sub(r"<td [^>]*>", "<td>", part)
    assert "Not visited yet" not in part


def test_freshness_tells_what_changed_on_a_watched_page(tree, shown):
    """Before and after, until the network's record is confirmed again."""
    tree.edit("nno/network.yml", "standing:", f"watch: [{{url: {HEALTH['url']}}}]\nstanding:")
    change = {"on": "2026-11-20", "before": "old words", "after": "new words"}
    part = section(shown("en/freshness/index.html", page={"what": "page", "change": change}), "changed")
    assert part.index("old words") < part.index("→") < part.index("new words")
