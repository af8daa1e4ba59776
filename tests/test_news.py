"""What robots collected, on its way into a quarter's snapshot and onto the list of what is to be done."""

import json
from datetime import date

import pytest

from kb.bulletins.edition import MOST_NEWS, news_of
from kb.upkeep.todo import signals_of, tasks
from kb.words.quarters import parse

QUARTER = parse("2026-Q4")
TODAY = date(2026, 11, 22)


def item(number, day, **more):
    """A fetched item of the NNO, published on a day."""
    plain = {"id": f"nno-{number:010x}", "title": f"Item {number}", "sources": ["nno/news"], "first_seen": day}
    return plain | {"link": f"https://www.no.example/{number}", "published": f"{day}T08:00:00Z"} | more


@pytest.fixture
def news(tree):
    """The news of the fourth quarter out of these items."""

    def found(*items):
        lines = sorted(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in items)
        tree.write("_fetched/nno.jsonl", "".join(f"{line}\n" for line in lines))
        kb, problems = tree.load()
        assert problems == []
        return news_of(kb, QUARTER)

    return found


def test_only_news_of_the_quarter_is_told_the_newest_first(news):
    """From 1 October to 31 December, whatever came before or after."""
    found = news(item(1, "2026-09-30"), item(2, "2026-10-01"), item(3, "2026-12-31"), item(4, "2027-01-01"))
    assert [one["title"] for one in found] == ["Item 3", "Item 2"]
    assert found[0] == {
        "network": "nno",
        "title": "Item 3",
        "language": "",
        "url": "https://www.no.example/3",
        "on": "2026-12-31",
    }


def test_an_item_without_an_address_is_no_news(news):
    """A reader could not go anywhere."""
    assert news(item(1, "2026-11-01", link=None)) == ()


def test_a_snapshot_is_not_flooded(news):
    """The newest are kept, however many came."""
    assert len(news(*(item(n, "2026-11-01") for n in range(MOST_NEWS + 50)))) == MOST_NEWS


def test_changed_pages_and_failing_sources_become_tasks(tree):
    """Of the record that names them; a source that works is no task."""
    tree.edit(
        "nno/network.yml",
        "working_groups:",
        "feeds:\n  - {url: https://www.no.example/feed, evidence: inferred}\n"
        "watch:\n  - {url: https://www.no.example/news}\nworking_groups:",
    )
    feed = {"network": "nno", "what": "feed", "url": "https://www.no.example/feed", "state": "failed", "last_try": "2026-11-21"}
    change = {"on": "2026-11-20", "before": "old", "after": "new"}
    page = {**feed, "what": "page", "url": "https://www.no.example/news", "state": "ok", "change": change}
    tree.write("_fetched/sources.json", json.dumps({"nno/feed": feed | {"failing_since": "2026-11-08"}, "nno/news": page}))
    kb, problems = tree.load()
    assert problems == []
    assert dict(signals_of(kb).failing) == {"https://www.no.example/feed": "2026-11-08"}
    found = {task.kind: task.detail for task in tasks(kb, TODAY) if task.kind in ("page-changed", "source-failing")}
    assert found == {"page-changed": "https://www.no.example/news", "source-failing": "https://www.no.example/feed"}
