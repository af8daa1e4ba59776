"""The page of an agreement tells its clocks in words."""

import re

import pytest

from conftest import printed
from kb.editing.repository import Repository
from kb.site.pages.records.agreement import page
from kb.site.view.writer import Edition, Writer
from kb.words.language import Words

ANKARA = "_office/agreements/ankara.yml"
ROW = re.compile("<div><dt>(.*?)</dt><dd>(.*?)</dd></div>")


@pytest.fixture
def facts(tree, today):
    """The summary of the agreement's page in English: label → value."""

    def make(renew, until="2027-04-05"):
        tree.edit(ANKARA, "valid_until: 2027-04-05", f"valid_until: {until}\nrenew_by: {renew}")
        kb, problems = tree.load()
        assert problems == []
        body = printed(page(Writer(Edition(kb, Words("en"), today, Repository()), 1), kb.agreements["ankara"]))["body"]
        return dict(ROW.findall(body))

    return make


def test_a_decision_that_is_due_has_its_days(facts):
    """Ten days from 22 November."""
    assert "10 days left" in facts("2026-12-02")["Decide on renewal by"]


def test_a_decision_that_is_late_says_so(facts):
    """The agreement still runs: somebody must decide."""
    found = facts("2026-11-01")
    assert "Overdue" in found["Decide on renewal by"]
    assert "In force" in found["Status"]


def test_an_expired_agreement_asks_for_no_decision(facts):
    """It is told as expired, and that is enough."""
    found = facts("2026-11-01", until="2026-11-10")
    assert "Overdue" not in found["Decide on renewal by"]
    assert "Expired" in found["Status"]


def test_a_period_says_since_when_and_until_when(facts, tree):
    """As the list does, where neither a signature nor a last day is known."""
    tree.edit(ANKARA, "signed: 2022-04-05\n", "period: {start: 2025, end: 2027}\n")
    found = facts("2027-01-01", until="null")
    assert (found["Date"], found["Valid until"]) == ("since 2025", "2027")
    assert "In force" in found["Status"]


@pytest.mark.parametrize(("state", "word"), [("active", "Expired"), ("to-confirm", "To be confirmed")])
def test_an_active_agreement_ends_with_its_period(facts, tree, state, word):
    """Whether a project that is to be confirmed went on is not known."""
    tree.edit(ANKARA, "state: active", f"state: {state}\nperiod: {{start: 2019, end: 2025}}")
    assert word in facts("2027-01-01", until="null")["Status"]
