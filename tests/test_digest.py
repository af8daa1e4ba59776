"""A unit reads what concerns it, once, under the right heading; nothing new is two lines."""

import dataclasses
from datetime import date

import pytest

from kb.bulletins.digest import Digester
from kb.bulletins.letter import LetterWriter, joined
from kb.history.snapshot import Beside, take
from kb.upkeep.clocks import deadline_day, dues, first_day, is_coming, is_open, last_day, took_place
from kb.words.language import LANGUAGES, Words
from kb.words.quarters import of as quarter_of
from kb.words.quarters import parse
from trees import DAY

Q3, Q4 = parse("2026-Q3"), parse("2026-Q4")
CLOSED = date(2026, 12, 31)
GUIDE, NNO, GRANT, ANKARA = (
    "nno/resources/guide.yml",
    "nno/network.yml",
    "nno/opportunities/grant.yml",
    "_office/agreements/ankara.yml",
)


@pytest.fixture
def digests(tree):
    """A way to edit the small tree over a quarter and read the digests: unit → digest."""
    before = take(tree.load()[0], Q3, date(2026, 9, 30))

    def make(*edits, on=CLOSED, first=False, news=()):
        for path, old, new in edits:
            tree.edit(path, old, new) if old else tree.write(path, new)
        assert tree.problems() == []
        after = take(tree.load()[0], Q4, on, Beside(news=news))
        digester = Digester(None if first else before, after)
        return {unit: digester.of(unit) for unit in ("", *digester.units())}

    return make


def ids(digest, name):
    """The ids of the records in a section."""
    return [item.id for item in digest.part(name)]


def test_a_change_is_told_to_the_unit_that_it_concerns_and_to_the_whole_office(digests):
    """The grant is on custody: the unit on custody reads of it, the Division does not."""
    found = digests((GRANT, "kind: grant", "kind: training"))
    assert [unit for unit, digest in found.items() if digest.part("changes")] == ["", "nvd"]


def test_a_new_resource_is_told_once_as_a_new_resource(digests, tree):
    """It is not among the changes as well."""
    text = (tree.root / GUIDE).read_text("utf-8")
    found = digests(("nno/resources/new.yml", "", text))
    assert ids(found["nvd"], "resources") == ["nno/new"]
    assert found["nvd"].part("changes") == ()


def test_several_changes_of_a_record_stand_together(digests):
    """One item of the list, with what happened below it."""
    [item] = digests((GRANT, "kind: grant", "kind: training"), (GRANT, "recurring", "ongoing"))["nvd"].part("changes")
    assert [change.field for change in item.changes] == ["kind", "availability"]


def test_what_is_open_comes_by_deadline_with_its_days(digests, tree):
    """The end of 31 January in Vienna is 1 February in Tbilisi: 32 days from the end of the year."""
    second = (tree.root / GRANT).read_text("utf-8").replace("2026-12-01", "2027-01-05")
    third = second.replace("deadline:\n  date: 2027-01-05\n  zone: Europe/Vienna\n", "")
    found = digests(
        (GRANT, "date: 2026-12-01", "date: 2027-01-31"),
        ("nno/opportunities/soon.yml", "", second),
        ("nno/opportunities/any.yml", "", third),
    )
    assert [(item.id, item.days) for item in found["nvd"].part("opportunities")] == [
        ("nno/soon", 6),
        ("nno/grant", 32),
        ("nno/any", None),
    ]


def test_what_is_closed_is_not_open(digests):
    """The deadline of 1 December is past at the end of the year."""
    assert digests()["nvd"].part("opportunities") == ()


def test_what_is_due_goes_to_the_unit_responsible(digests):
    """An obligation is told to its owner and to the whole Office."""
    found = digests((ANKARA, "due: 2027-01", "due: 2027-01-20"))
    assert [unit for unit, digest in found.items() if digest.part("due")] == ["", "international-exchanges"]
    [due] = found["international-exchanges"].part("due")
    assert (due.what, due.days) == ("obligation", 20)


def test_what_is_due_in_more_than_90_days_is_not_told(digests):
    """The agreement ends on 5 April: 95 days from the end of the year, 90 from 5 January."""
    assert [due.what for due in digests()[""].part("due")] == ["obligation"]
    assert [due.what for due in digests(on=date(2027, 1, 5))[""].part("due")] == ["obligation", "valid-until"]


def test_what_is_late_is_told_until_it_is_done(digests):
    """An obligation of January is still told in May; an agreement that expired is told for a quarter."""
    assert [(due.what, due.days) for due in digests(on=date(2027, 5, 1))[""].part("due")] == [
        ("obligation", -90),
        ("valid-until", -26),
    ]
    assert [due.what for due in digests(on=date(2027, 8, 1))[""].part("due")] == ["obligation"]
    assert (
        digests((ANKARA, "due: 2027-01", "due: 2027-01\n    state: done"), on=date(2027, 5, 1))[""].part("due")[0].what
        == "valid-until"
    )


def test_visits_of_the_quarter_are_told_with_who_took_part(digests):
    """Only those in which the Office took part, only those of the quarter."""
    event = "title: {en: Visit}\nkind: study-visit\nstart: 2026-%s\nthemes: [custody]\ndirection: outgoing\n"
    found = digests(
        ("_office/events/2026-10-visit.yml", "", event % "10-05"),
        ("_office/events/2026-11-month.yml", "", event % "11"),
        ("_office/events/2026-09-earlier.yml", "", event % "09-30"),
        ("_office/events/2026-12-others.yml", "", (event % "12-01").replace("direction: outgoing\n", "")),
    )
    assert ids(found["nvd"], "part") == ["office/2026-10-visit", "office/2026-11-month"]
    assert ids(found["international-exchanges"], "part") == []


def test_an_event_that_is_ahead_is_coming_and_not_yet_told_as_past(digests):
    """A bulletin that is closed early takes nothing for done that lies ahead."""
    event = "title: {en: Visit}\nkind: study-visit\nstart: 2026-12-20\nthemes: [custody]\ndirection: outgoing\n"
    found = digests(("_office/events/2026-12-visit.yml", "", event), on=date(2026, 12, 10))["nvd"]
    assert (ids(found, "events"), ids(found, "part")) == (["office/2026-12-visit"], [])


NEWS = tuple(
    {
        "network": "nno",
        "title": f"News {day}",
        "language": "en",
        "url": f"https://www.no.example/{day}",
        "on": f"2026-11-{day:02}",
    }
    for day in range(1, 16)
)


def test_fetched_news_are_the_newest_ten_of_the_networks_of_a_unit(digests):
    """The small network is on juvenile: the Division reads its news."""
    found = digests(news=NEWS)
    assert [item["title"] for item in found["international-exchanges"].part("news")] == [
        f"News {day}" for day in range(15, 5, -1)
    ]
    assert found["nvd"].part("news") == ()


def test_nothing_new_is_nothing_new(digests):
    """The unit on custody has nothing; the Division has an obligation that falls due."""
    assert [unit for unit, digest in digests().items() if digest.nothing_new] == ["nvd"]


def test_what_runs_without_a_deadline_is_no_news(tree, today):
    """It was open before and will be; it does not make a letter of its own."""
    tree.edit(GRANT, "deadline:\n  date: 2026-12-01\n  zone: Europe/Vienna\n", "")
    kb, _ = tree.load()
    digest = Digester(take(kb, Q3, today), take(kb, Q4, today)).of("nvd")
    assert ids(digest, "opportunities") == ["nno/grant"]
    assert digest.nothing_new


def test_the_first_edition_introduces_the_base(digests):
    """Instead of a thousand new records it says what there is."""
    found = digests(first=True)["nvd"]
    assert found.first
    assert [(item.kind, item.count) for item in found.part("base") if hasattr(item, "count")] == [
        ("resource", 1),
        ("opportunity", 1),
        ("reporting", 1),
    ]
    assert found.part("changes") == found.part("resources") == ()


def test_leadership_reads_the_edition_of_the_whole_office(tree, digests):
    """The Public Defender and the deputies hear of everything, under their own name."""
    unit = "\n- id: leadership\n  name: {en: Public Defender}\n  kind: leadership\n  certainty: current\n"
    unit += "  about: {en: It leads.}\n  themes: [juvenile]\n"
    tree.write("_office/units.yml", (tree.root / "_office/units.yml").read_text("utf-8") + unit)
    found = digests((GRANT, "kind: grant", "kind: training"))
    assert found["leadership"].parts == found[""].parts
    assert found["leadership"].unit == "leadership"


# --- letters


def letters(digester_args, unit="nvd", most=10):
    """The letter of a unit in both languages, as lines of text."""
    old, new = digester_args
    digest = Digester(old, new).of(unit)
    return {language: LetterWriter(Words(language), old, new, most).write(digest) for language in LANGUAGES}


def lines(letter):
    """Every line of a letter as plain text."""
    found = []
    for section in letter.sections:
        found += [joined(line.runs, lambda run: run.text) for line in section.lines]
    return found


@pytest.fixture
def quarter(tree):
    """Two snapshots of the small tree with an edit between them."""

    def make(*edits):
        before = take(tree.load()[0], Q3, date(2026, 9, 30))
        for path, old, new in edits:
            tree.edit(path, old, new)
        return before, take(tree.load()[0], Q4, CLOSED)

    return make


def test_a_letter_tells_a_change_in_both_languages(quarter):
    """The name of the record, then what happened."""
    found = letters(quarter((GUIDE, "year: 2024", "year: 2025")))
    assert lines(found["ka"]) == ["NNO, „სახელმძღვანელო“: გამოცემის წელი შეიცვალა: 2024 → 2025"]
    assert lines(found["en"]) == ["NNO, ‘Guide’: year of publication changed: 2024 → 2025"]


def test_nothing_new_is_two_lines(quarter):
    """That there is nothing, and where to look; no sections."""
    for letter in letters(quarter()).values():
        assert len(letter.opening) == 1
        assert letter.sections == ()
        assert letter.note[-1].href == "units/nvd.html"


def test_nothing_new_for_the_whole_office_is_not_said_to_a_unit(tree):
    """The edition of the whole Office speaks of its units."""
    (tree.root / ANKARA).unlink()
    both = (take(tree.load()[0], Q3, date(2026, 9, 30)), take(tree.load()[0], Q4, CLOSED))
    found = letters(both, unit="")
    assert found["en"].opening == ("There is nothing new for the units of the Office this quarter.",)
    assert found["ka"].opening == ("ამ კვარტალში აპარატის ერთეულებისთვის სიახლე არ არის.",)


def test_a_first_edition_with_nothing_in_it_says_so_and_leads_on(tree):
    """A unit on a theme that no record has reads that nothing is there yet, and where it will be."""
    for name, more in (
        ("themes", "- id: water\n  name: {en: Water}\n"),
        (
            "units",
            "- id: rivers\n  name: {en: Rivers}\n  kind: division\n  certainty: current\n  about: {en: x}\n  themes: [water]\n",
        ),
    ):
        file = f"_office/{name}.yml"
        tree.write(file, (tree.root / file).read_text("utf-8") + more)
    assert tree.problems() == []
    letter = letters((None, take(tree.load()[0], Q4, CLOSED)), unit="rivers")["en"]
    assert letter.opening[1:] == ("The base holds nothing on your unit’s themes yet.",)
    assert (letter.sections, letter.note[-1].href) == ((), "units/rivers.html")


def test_a_section_has_ten_items_and_one_link_to_the_rest(tree):
    """The link says how many more there are and leads to the bulletin's page."""
    before = take(tree.load()[0], Q3, date(2026, 9, 30))
    text = (tree.root / GUIDE).read_text("utf-8")
    for number in range(13):
        tree.write(f"nno/resources/new-{number}.yml", text)
    both = (before, take(tree.load()[0], Q4, CLOSED))
    [section] = letters(both)["en"].sections
    assert len(section.lines) == 10
    assert [(run.text, run.href) for run in section.rest] == [
        ("3 more: the full list is on the bulletin’s page", "bulletins/2026-q4-nvd.html#resources")
    ]
    [whole] = letters(both, most=None)["en"].sections
    assert (len(whole.lines), whole.rest) == (13, ())


def test_every_letter_of_an_office_is_written_in_both_languages(office):
    """Each unit's first edition, and one in which every record is new, has its words."""
    quarter = quarter_of(DAY)
    after = take(office, quarter, DAY)
    empty = dataclasses.replace(
        after, things={k: v for k, v in after.things.items() if k.startswith(("unit:", "theme:"))}, quarter=quarter.previous
    )
    for old in (None, empty):
        digester = Digester(old, after)
        for language in LANGUAGES:
            writer = LetterWriter(Words(language), old, after)
            for unit in ("", *digester.units()):
                letter = writer.write(digester.of(unit))
                assert letter.sections or letter.note
                assert all(run.text for section in letter.sections for line in section.lines for run in line.runs)


# --- days


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-10-08", date(2026, 10, 8), date(2026, 10, 8)),
    ],
)
def test_a_partial_date_means_all_its_days(partial, first, last):
    """A month may be its first day or its last."""
    assert (first_day(partial), last_day(partial)) == (first, last)


def test_a_deadline_falls_on_a_day_in_tbilisi():
    """Midnight in New York is the next morning here."""
    assert deadline_day({"date": "2026-12-01", "time": "23:59", "zone": "America/New_York"}) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ({"availability": "ended", "deadline": {"date": "2027-01-01", "time": "12:00", "zone": "UTC"}}, False),
        ({"availability": "ongoing", "deadline": {"date": "2027-01-01", "time": "12:00", "zone": "UTC"}}, True),
        ({"availability": "ongoing", "deadline": {"date": "2026-12-30", "time": "12:00", "zone": "UTC"}}, False),
        ({"availability": "ongoing"}, True),
        ({"availability": "recurring", "period": {"end": "2026"}}, True),
        ({"availability": "recurring", "period": {"end": "2025"}}, False),
        ({"availability": "to-confirm"}, False),
        ({"availability": "ended"}, False),
    ],
)
def test_an_opportunity_that_has_not_ended_is_open_by_its_deadline_else_by_what_it_says(plain, expected):
    """What has ended is over; else a known deadline decides, and without one the period and the record's word."""
    assert is_open(plain, CLOSED) is expected


@pytest.mark.parametrize(
    ("event", "coming", "past"),
    [
        ({"start": "2026-12-31"}, True, True),
        ({"start": "2027"}, True, False),
        ({"start": "2026-11"}, False, True),
        ({"start": "2026"}, True, False),
        ({"start": "2027-02-01", "state": "cancelled"}, False, False),
        ({"start": "2026-12-30", "end": "2027-01-02"}, True, True),
        ({}, False, False),
    ],
)
def test_an_event_is_ahead_or_in_the_quarter_by_its_days(event, coming, past):
    """What is known to the year only is not said to have been in a quarter."""
    assert (is_coming(event, CLOSED), took_place(event, Q4.first, Q4.last)) == (coming, past)


def test_an_expired_agreement_needs_no_decision_on_renewal():
    """The day to decide is past with the agreement."""
    plain = {"valid_until": "2026-06-30", "renew_by": "2026-05-01", "state": "active"}
    assert [due.what for due in dues("agreement", "x", plain, CLOSED)] == ["valid-until"]
