"""Drafts are not on the site: what leads to one is told by the check, and nothing else names one or breaks."""

import json

import pytest

from kb.records.checking.references import watched_fields
from kb.records.model import Agreement, Body, Event, Network, Opportunity, Reporting, Resource, Unit
from kb.records.reading import Reader, placed
from kb.site.building import build
from kb.site.project import Order

NETWORK = """\
name: {en: Unripe Network}
acronym: {en: UNRIPE}
website: https://www.unripe.example/
kind: ombudsman
scope: global
mandate: {en: Unripe mandate.}
standing: {status: none}
status: draft
"""
RESOURCE = """\
title: {en: Unripe manual}
type: manual
url: https://www.unripe.example/manual
languages: [en]
themes: [custody]
summary: {en: What it is.}
"""
GUIDE, EVENT, GRANT = "nno/resources/guide.yml", "nno/events/2026-09-assembly.yml", "nno/opportunities/grant.yml"
REPORTING, UNITS = "_office/reporting/cat.yml", "_office/units.yml"
ARCHIVED = "status: archived\narchived: {on: 2026-10-01, reason: {en: Old}}\n"
MANUAL = "mno/resources/manual.yml"

# What leads to the draft network mno: the file, and its text or a change in it.
TO_NETWORK = {
    "an event": (EVENT, ("networks: [nno]", "networks: [nno, mno]")),
    "an opportunity": (GRANT, ("kind: grant", "kind: grant\nnetworks: [mno]")),
    "a report": (REPORTING, ("networks: [nno]", "networks: [mno]")),
    "a unit": (UNITS, ("  themes: [custody]", "  themes: [custody]\n  networks: [mno]")),
    "a resource in its folder": (MANUAL, RESOURCE),
    "an archived resource in its folder": (MANUAL, RESOURCE + ARCHIVED),
    "an event in its folder": ("mno/events/2026-talk.yml", "title: {en: Talk}\nkind: seminar\nstart: 2026\n"),
}


@pytest.mark.parametrize("way", TO_NETWORK)
def test_what_leads_to_a_draft_network_is_one_problem_of_the_draft(tree, way):
    """At its `status`, with how many there are and the first, in both languages, and a line that would be right."""
    path, change = TO_NETWORK[way]
    tree.write("mno/network.yml", NETWORK)
    tree.change(path, change)
    [problem] = tree.problems()
    assert (problem.path, problem.line, problem.field, problem.found) == ("mno/network.yml", 8, "status", "draft")
    assert problem.example() == "status: current"
    for language in ("ka", "en"):
        assert path in problem.say(language)
    assert "(1 in all" in problem.say("en")


def test_a_network_that_becomes_a_draft_is_one_problem_however_much_leads_to_it(tree):
    """Its resource, its event, its opportunity and a report of ours: four, and one line to mend."""
    tree.edit("nno/network.yml", "kind: ombudsman", "kind: ombudsman\nstatus: draft")
    [problem] = tree.problems()
    assert (problem.path, problem.line, problem.code) == ("nno/network.yml", 7, "draft_shown")
    assert dict(problem.context) == {"n": "4", "record": GUIDE}


@pytest.mark.parametrize("status", ["", ARCHIVED])
def test_a_draft_that_replaces_what_is_on_the_site_is_a_problem(tree, status):
    """The page of the older resource would lead to no page, be it archived or not."""
    tree.write("nno/resources/manual.yml", RESOURCE + "status: draft\n")
    tree.edit(GUIDE, "year: 2024\n", f"replaced_by: nno/manual\n{status}")
    [problem] = tree.problems()
    assert (problem.path, problem.line, problem.field) == ("nno/resources/manual.yml", 7, "status")
    assert GUIDE in problem.say("ka")


def test_drafts_may_lead_to_drafts(tree):
    """A network is prepared with everything in its folder; what people adopt in it is a draft, too."""
    tree.write("mno/network.yml", NETWORK)
    tree.write(MANUAL, RESOURCE + "status: draft\nreplaced_by: mno/other\n")
    tree.write("mno/resources/other.yml", RESOURCE + "status: draft\n")
    tree.write("_office/events/2026-talk.yml", "title: {en: Talk}\nkind: seminar\nstart: 2026\nstatus: draft\nnetworks: [mno]\n")
    assert tree.problems() == []


def test_a_preview_hears_of_a_draft_when_something_leads_to_it(tree, today):
    """One reading after the other: the check of the draft depends on files that did not change with it."""
    tree.write("mno/network.yml", NETWORK)
    reader = Reader(tree.root, today)
    assert reader.read()[1] == []
    tree.change(*TO_NETWORK["an event"])
    reader.read_file(placed(EVENT))
    assert [problem.code for problem in reader.assembled([])[1]] == ["draft_shown"]


@pytest.mark.parametrize("model", [Network, Resource, Event, Opportunity, Agreement, Reporting, Unit, Body])
def test_only_a_record_itself_names_other_records(model):
    """The check of drafts looks at a record's own fields: no part of it refers to a network or a resource."""

    def kinds(part):
        return {found for _, kind, inner in watched_fields(part) for found in ({kind} if kind else kinds(inner))}

    parts = [inner for _, kind, inner in watched_fields(model) if kind is None]
    assert all(kinds(part).isdisjoint({"network", "resource"}) for part in parts)


def test_a_site_with_drafts_of_every_kind_is_whole_and_names_none(tree, tmp_path, project, today):
    """Each has an earlier address, the network also feeds and items: no link is broken, and no page or export names one."""
    old, draft = "former_ids: [oldest]\n", "status: draft\n"
    tree.write("mno/network.yml", NETWORK + old)
    tree.write(MANUAL, RESOURCE + draft + old)
    tree.write("mno/events/2026-talk.yml", "title: {en: Unripe talk}\nkind: seminar\nstart: 2026\n" + draft)
    grant = "title: {en: Unripe grant}\nkind: grant\navailability: recurring\n"
    tree.write("nno/opportunities/unripe.yml", grant + draft + old)
    agreement = "title: {en: Unripe pact}\ncounterpart: {name: {en: Unripe}}\nkind: bilateral-memorandum\nstate: active\n"
    tree.write("_office/agreements/pact.yml", agreement + "subject: {en: Unripe}\n" + draft + old)
    tree.write("_office/reporting/unripe.yml", "name: {en: Unripe committee}\ncapacity: npm\n" + draft + old)
    item = {"id": "mno-0123456789", "title": "Unripe news", "first_seen": "2026-11-20", "sources": ["mno/feed"]}
    tree.write("_fetched/mno.jsonl", json.dumps(item) + "\n")
    health = {"network": "mno", "url": "https://www.unripe.example/feed", "state": "ok", "last_try": "2026-11-20"}
    change = {"on": "2026-11-20", "before": "one", "after": "two"}
    sources = {"mno/feed": {**health, "what": "feed"}, "mno/page": {**health, "what": "page", "change": change}}
    tree.write("_fetched/sources.json", json.dumps(sources))
    assert tree.problems() == []
    build(Order(project, tree.root, tmp_path / "out", today))
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) > 100
    naming = [path.relative_to(tmp_path / "out").as_posix() for path in files if b"Unripe" in path.read_bytes()]
    assert naming == []
