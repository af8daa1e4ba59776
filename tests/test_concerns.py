"""A change reaches the units that it concerns and no others."""

import pytest

from kb.history.changes import compare
from kb.history.concerns import Readers, hears_all
from kb.history.snapshot import take, things
from kb.words.quarters import parse

Q3, Q4 = parse("2026-Q3"), parse("2026-Q4")
NNO = "nno/network.yml"


@pytest.fixture
def reached(tree, today):
    """A way to edit the small tree and see which units hear of it."""
    before = take(tree.load()[0], Q3, today)

    def reach(path: str, old: str, new: str) -> list[tuple[str, ...]]:
        tree.edit(path, old, new)
        assert tree.problems() == []
        after = take(tree.load()[0], Q4, today)
        return [Readers(after.things).of_change(change, before) for change in compare(before, after)]

    return reach


def test_the_units_on_the_themes_of_a_record_hear_of_it(reached):
    """A change of a grant for custody is for the unit on custody."""
    assert reached("nno/opportunities/grant.yml", "date: 2026-12-01", "date: 2026-12-02") == [("nvd",)]


def test_a_record_on_two_themes_reaches_both_units(reached):
    """Each once."""
    assert reached("nno/resources/guide.yml", "year: 2024", "year: 2025") == [("international-exchanges", "nvd")]


def test_a_record_that_changes_its_theme_reaches_the_old_and_the_new_units(reached):
    """Who loses a record hears that it is gone from their themes."""
    assert reached("nno/opportunities/grant.yml", "themes: [custody]", "themes: [juvenile]") == [
        ("international-exchanges", "nvd")
    ]


def test_the_owner_of_an_obligation_hears_of_its_agreement(reached):
    """Who must do something hears of it, whatever the themes."""
    assert reached("_office/agreements/ankara.yml", "due: 2027-01", "due: 2027-02") == [("international-exchanges",)]


def test_the_owner_of_a_report_hears_of_it(reached):
    """A report on custody, owned by the unit on custody."""
    assert reached("_office/reporting/cat.yml", "next_due: 2027-11", "next_due: 2027-12") == [("nvd",)]


def test_a_unit_on_the_theme_of_a_working_group_hears_of_the_group(tree, reached):
    """A network that is not on a unit's themes may have a group that is; its other news are not for that unit."""
    tree.edit(NNO, "    name: {en: Ethics}", "    name: {en: Ethics}\n    themes: [custody]")
    assert reached(NNO, "codes of conduct", "codes of good conduct")[-1] == ("international-exchanges", "nvd")
    assert ("international-exchanges",) in reached(NNO, "scope: global", "scope: europe")


def test_a_unit_that_follows_a_network_hears_of_it(tree, reached):
    """`networks` of a unit counts like a theme of the network."""
    tree.edit("_office/units.yml", "themes: [custody]", "themes: [custody]\n  networks: [nno]")
    assert ("international-exchanges", "nvd") in reached(NNO, "scope: global", "scope: europe")


def test_a_record_without_themes_reaches_whom_its_network_concerns(tree, today):
    """An event that names no theme is not lost."""
    tree.edit("nno/events/2026-09-assembly.yml", "themes: [juvenile]\nunits: [international-exchanges]\n", "")
    found = things(tree.load()[0])
    assert Readers(found).of("event", "nno/2026-09-assembly", found["event:nno/2026-09-assembly"]) == ("international-exchanges",)


def test_a_theme_reaches_its_units_and_a_unit_itself(reached):
    """The Office's own lists have their readers, too."""
    assert reached("_office/themes.yml", "en: Prisons", "en: Places of detention") == [("nvd",)]


def test_terms_and_gaps_concern_no_unit_alone(office):
    """What is for everybody is told in the edition for the whole Office only."""
    found = things(office)
    assert {Readers(found).of("term", "x", plain) for key, plain in found.items() if key.startswith("term:")} == {()}


def test_only_what_is_on_no_theme_of_a_unit_concerns_nobody(office):
    """A record has a reader among the units as soon as a unit has one of its themes or its network."""
    found = things(office)
    records = [key.split(":", 1) for key in found if key.split(":")[0] in ("network", "resource", "opportunity")]
    readers = Readers(found)
    themes = {theme for unit in office.units.values() for theme in unit.themes}
    lonely = {(kind, name) for kind, name in records if not readers.of(kind, name, found[f"{kind}:{name}"])}
    unread = {(kind, name) for kind, name in records if not themes & set(found[f"{kind}:{name}"].get("themes", ()))}
    assert lonely
    assert lonely <= unread


def test_the_heads_hear_of_everything(office):
    """The Public Defender and the deputies get the whole edition; a division does not."""
    units = {key: plain for key, plain in things(office).items() if key.startswith("unit:")}
    assert [key for key, plain in units.items() if hears_all(plain)] == ["unit:heads"]
