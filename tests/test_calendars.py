"""Calendars are what programs read: right days, stable names, Georgian whole, the same bytes each time."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.downloads.calendars import Calendars
from kb.downloads.contentlines import folded, lines, text, uri
from kb.upkeep.agenda import appointments, remembered, sequence
from kb.words.language import Words

EVENT, GRANT, ANKARA = "nno/events/2026-09-assembly.yml", "nno/opportunities/grant.yml", "_office/agreements/ankara.yml"
UID = "event.nno.2026-09-assembly@ombudsman.ge"


@pytest.fixture
def calendars(tree):
    """A way to make the calendars of the small tree and read them with a real parser: name → entries by UID."""

    def make(language="ka", memory=None):
        kb, problems = tree.load()
        assert problems == []
        found = {}
        for name, raw in Calendars(kb, Words(language), memory or {}).files():
            calendar = icalendar.Calendar.from_ical(raw)
            assert calendar.errors == []
            found[name.removesuffix(".ics")] = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
        return found

    return make


@pytest.fixture
def memory(tree):
    """What a snapshot of the tree as it is now would remember."""
    return lambda before=None: remembered(appointments(tree.load()[0]), before or {})


def test_an_event_takes_whole_days_and_ends_on_the_day_after(calendars):
    """All-day entries have no hours, and the end is the first day that is free again (RFC 5545, 3.6.1)."""
    event = calendars()["all"][UID]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 9, 14), date(2026, 9, 17))
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_a_deadline_is_a_moment_in_universal_time(calendars):
    """17:00 in Vienna in summer is 15:00 UTC; 23:59 in winter is 22:59."""
    found = calendars()["all"]
    assert found["event.nno.2026-09-assembly.registration@ombudsman.ge"]["DTSTART"].dt == datetime(2026, 8, 1, 15, 0, tzinfo=UTC)
    assert found["opportunity.nno.grant.deadline@ombudsman.ge"]["DTSTART"].dt == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Tbilisi", 19), ("America/New_York", 4), ("Pacific/Kiritimati", 9), ("UTC", 23)]
)
def test_zones_of_all_the_world_are_right(tree, calendars, zone, hour):
    """The end of a day in any zone is one moment."""
    tree.edit(GRANT, "Europe/Vienna", zone)
    assert calendars()["all"]["opportunity.nno.grant.deadline@ombudsman.ge"]["DTSTART"].dt.hour == hour


def test_a_date_known_to_the_month_is_no_entry(tree, calendars):
    """Nobody wants a bar over a whole month; the obligation and the report of the tree have no day."""
    assert {uid.split(".")[0] for uid in calendars()["all"]} == {"event", "opportunity", "agreement"}
    tree.edit(EVENT, "start: 2026-09-14\nend: 2026-09-16", "start: 2026-09")
    assert UID not in calendars()["all"]


def test_an_event_without_a_known_last_day_takes_one_day(tree, calendars):
    """An end known to the month only adds nothing."""
    tree.edit(EVENT, "end: 2026-09-16", "end: 2026-09")
    assert calendars()["all"][UID]["DTEND"].dt == date(2026, 9, 15)


def test_what_is_due_under_an_agreement_has_its_days(tree, calendars):
    """The last day in force, the day to decide on renewal, and duties that are not done."""
    tree.edit(ANKARA, "due: 2027-01", "due: 2027-01-15")
    tree.edit(ANKARA, "state: active", "state: active\nrenew_by: 2027-01-31")
    kinds = sorted(uid.split(".")[2].split("@")[0] for uid in calendars()["all"] if uid.startswith("agreement"))
    assert kinds == ["obligation", "renew-by", "valid-until"]
    tree.edit(ANKARA, "due: 2027-01-15", "due: 2027-01-15\n    state: done")
    assert not any("obligation" in uid for uid in calendars()["all"])


def test_two_duties_with_the_same_words_are_two_entries(tree, calendars):
    """The same visit in two years."""
    duty = "  - what: {en: A yearly visit}\n    owner: international-exchanges\n    due: %s\n"
    tree.edit(ANKARA, duty % "2027-01", duty % "2027-01-15" + duty % "2028-01-15")
    assert sum("obligation" in uid for uid in calendars()["all"]) == 2


@pytest.mark.parametrize(("state", "status"), [("cancelled", "CANCELLED"), ("postponed", "TENTATIVE")])
def test_a_cancelled_event_says_so(tree, calendars, state, status):
    """In STATUS for programs and in words for readers of those that ignore it."""
    tree.edit(EVENT, "country: AT", f"country: AT\nstate: {state}")
    event = calendars()["all"][UID]
    assert event["STATUS"] == status
    assert event["SUMMARY"].startswith(Words("ka")(f"event.{state}"))


@pytest.mark.parametrize(("state", "status"), [("cancelled", "CANCELLED"), ("postponed", "TENTATIVE")])
def test_the_registration_for_a_cancelled_event_says_so_too(tree, calendars, state, status):
    """Nobody registers for what does not take place."""
    tree.edit(EVENT, "country: AT", f"country: AT\nstate: {state}")
    entry = calendars()["all"][UID.replace("@", ".registration@")]
    assert entry["STATUS"] == status
    assert entry["SUMMARY"].startswith(Words("ka")(f"event.{state}"))


def test_archived_records_and_drafts_are_in_no_calendar(tree, calendars):
    """What left the lists leaves the calendars."""
    tree.edit(EVENT, "country: AT", "country: AT\nstatus: draft")
    assert UID not in calendars()["all"]


def test_a_calendar_for_each_unit_theme_and_network_holds_what_concerns_it(calendars):
    """The unit on custody gets the grant; the Division gets the assembly and its own agreement."""
    found = calendars()
    assert {name: sorted(uid.split("@")[0] for uid in events) for name, events in found.items() if name != "all"} == {
        "network-nno": [
            "event.nno.2026-09-assembly",
            "event.nno.2026-09-assembly.registration",
            "opportunity.nno.grant.deadline",
        ],
        "theme-juvenile": ["event.nno.2026-09-assembly", "event.nno.2026-09-assembly.registration"],
        "theme-custody": ["opportunity.nno.grant.deadline"],
        "unit-international-exchanges": [
            "agreement.ankara.valid-until",
            "event.nno.2026-09-assembly",
            "event.nno.2026-09-assembly.registration",
        ],
        "unit-nvd": ["opportunity.nno.grant.deadline"],
    }


def test_the_same_records_give_the_same_bytes(real):
    """A calendar does not know when it was made."""
    once, again = (list(Calendars(real[0], Words("ka")).files()) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("language", ["ka", "en"])
def test_the_real_calendars_are_read_by_a_real_parser(real, language):
    """Every file parses without an error, every UID stands once, and every property that must be there is."""
    for name, raw in Calendars(real[0], Words(language)).files():
        calendar = icalendar.Calendar.from_ical(raw)
        events = calendar.walk("VEVENT")
        assert calendar.errors == [], name
        assert len({event["UID"] for event in events}) == len(events)
        assert calendar.subcomponents, name
        assert all({"DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"} <= event.keys() for event in events)
        assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_georgian_comes_out_as_it_went_in(real):
    """Folding cuts no letter: a parser sees the titles of the records."""
    titles = {entry.record.title.ka for entry in real[0].events.values() if entry.record.start and len(entry.record.start) == 10}
    raw = dict(Calendars(real[0], Words("ka")).files())["all.ics"]
    assert titles <= {str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")}


# --- names and numbers that stay


def test_a_record_that_moves_keeps_its_name(tree, calendars):
    """A new file name or a new folder of the network is the same entry to a subscriber."""
    before = set(calendars()["all"])
    (tree.root / EVENT).rename(tree.root / "nno/events/2026-09-general-assembly.yml")
    tree.edit("nno/events/2026-09-general-assembly.yml", "kind:", "former_ids: [2026-09-assembly]\nkind:")
    (tree.root / "nno").rename(tree.root / "institute")
    tree.edit("institute/network.yml", "acronym:", "former_ids: [nno]\nacronym:")
    tree.edit("institute/events/2026-09-general-assembly.yml", "networks: [nno]", "networks: [institute]")
    tree.edit("_office/reporting/cat.yml", "networks: [nno]", "networks: [institute]")
    assert set(calendars()["all"]) == before


def test_a_new_entry_begins_at_nought(calendars):
    """SEQUENCE counts changes."""
    assert {int(event["SEQUENCE"]) for event in calendars()["all"].values()} == {0}


def test_the_number_grows_by_one_when_the_entry_changes(tree, calendars, memory):
    """Another day is another state; the other entries stay as they were."""
    known = memory()
    tree.edit(EVENT, "end: 2026-09-16", "end: 2026-09-17")
    numbers = {uid: int(event["SEQUENCE"]) for uid, event in calendars(memory=known)["all"].items()}
    assert {uid for uid, number in numbers.items() if number == 1} == {UID}
    assert sum(numbers.values()) == 1


def test_the_number_stays_when_nothing_that_a_subscriber_sees_changes(tree, calendars, memory):
    """A check, a note or another theme is no new state of the entry."""
    known = memory()
    tree.edit(EVENT, "themes: [juvenile]", "themes: [custody]\nnote: {en: A note}")
    assert int(calendars(memory=known)["all"][UID]["SEQUENCE"]) == 0


def test_the_number_grows_over_the_quarters_and_never_falls(tree, memory):
    """Each quarter in which the entry changed counts once."""
    known = memory()
    for day in ("17", "18"):
        tree.edit(EVENT, f"end: 2026-09-{int(day) - 1}", f"end: 2026-09-{day}")
        known = memory(known)
    assert known[UID]["sequence"] == 2
    assert memory(known) == known


def test_an_entry_that_comes_back_goes_on_counting(tree, memory):
    """What a subscriber once had is not numbered from nought again."""
    known = memory()
    tree.edit(EVENT, "country: AT", "country: AT\nstatus: draft")
    gone = memory(known)
    assert gone == known
    tree.edit(EVENT, "\nstatus: draft\n", "\n")
    tree.edit(EVENT, "end: 2026-09-16", "end: 2026-09-17")
    again = next(one for one in appointments(tree.load()[0]) if one.uid == UID)
    assert sequence(again, gone) == 1


# --- lines


@given(st.text())
def test_a_line_is_folded_between_letters_and_unfolds_to_itself(value):
    """No piece is longer than 75 octets, and each is whole UTF-8."""
    value = value.replace("\r", "").replace("\n", "")
    pieces = folded(f"X:{value}").removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert "".join(piece.decode()[1:] if number else piece.decode() for number, piece in enumerate(pieces)) == f"X:{value}"


@given(st.text())
def test_a_text_never_ends_its_line(value):
    """No text of a record can begin a property of its own; a parser reads it back without its control characters."""
    raw = lines([("BEGIN", "VCALENDAR"), ("X-NOTE", text(value) or "-"), ("END", "VCALENDAR")])
    assert raw.count(b"\nX-NOTE") == 1
    assert b"\nEND:VCALENDAR" in raw
    assert all(line.startswith((b"BEGIN", b"X-NOTE", b"END", b" ")) for line in raw.split(b"\r\n") if line)


@pytest.mark.parametrize(
    "value", ["a;b,c\\d", "first\nsecond", "„ქართული“, ტექსტი", "BEGIN:VEVENT", "a\r\nATTENDEE:mailto:x@example.org"]
)
def test_a_text_is_read_back_by_the_parser(value):
    """Escapes are those of the standard."""
    raw = lines([("BEGIN", "VEVENT"), ("SUMMARY", text(value)), ("END", "VEVENT")])
    event = icalendar.Event.from_ical(raw)
    assert str(event["SUMMARY"]) == value.replace("\r\n", "\n")
    assert list(event.keys()) == ["SUMMARY"]


def test_an_address_cannot_end_its_line():
    """An address is not escaped; what cannot stand in one is taken out."""
    assert uri("https://example.org/a\r\nATTENDEE:x") == "https://example.org/aATTENDEE:x"
