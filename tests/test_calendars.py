"""Calendars are what programs read: right days, stable names, Georgian whole, the same bytes each time."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.downloads.calendars import Text, files
from kb.upkeep.agenda import appointments, remembered, sequence
from kb.words.language import Words

EVENT, GRANT, ANKARA = "nno/events/2026-09-assembly.yml", "nno/opportunities/grant.yml", "_office/agreements/ankara.yml"
LONG = "ომბუდსმენის საერთაშორისო ინსტიტუტის გენერალური ასამბლეა; " * 8 + "დასასრული"
UID = "event.nno.2026-09-assembly@ombudsman.ge"


@pytest.fixture
def calendars(offer):
    """A way to make the calendars of the small tree and read them with a real parser: name → entries by UID."""

    def make(language="ka", memory=()):
        found = {}
        for name, calendar in read(written(offer(language, memory))).items():
            found[name] = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
        return found

    return make


def written(made):
    """The calendars of an offer: file name → content."""
    return {file.name: file.content() for file in files(made)}


def read(found):
    """Calendars as a real parser reads them: name → calendar."""
    calendars = {name.removesuffix(".ics"): icalendar.Calendar.from_ical(raw) for name, raw in found.items()}
    assert [name for name, calendar in calendars.items() if calendar.errors] == []
    return calendars


@pytest.fixture
def closed():
    """A way to have a quarter closed that remembers some calendar entries, and nothing else: the bulletins, the newest first."""
    return lambda memory: [SimpleNamespace(new=SimpleNamespace(calendar=memory))]


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


def test_the_same_records_give_the_same_bytes(offer):
    """A calendar does not know when it was made."""
    assert written(offer()) == written(offer())


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_calendar_has_what_the_standard_asks_for(tree, offer, language):
    """Every UID stands once, every property that must be there is, and no line is longer than 75 octets."""
    tree.edit(EVENT, "{ka: ასამბლეა, en: Assembly}", "{ka: " + LONG + ", en: " + "Assembly " * 30 + "}")
    found = written(offer(language))
    for name, calendar in read(found).items():
        events = calendar.walk("VEVENT")
        assert len({event["UID"] for event in events}) == len(events)
        assert (calendar["VERSION"], calendar["CALSCALE"], calendar["METHOD"]) == ("2.0", "GREGORIAN", "PUBLISH")
        assert calendar["NAME"] == calendar["X-WR-CALNAME"] != ""
        assert calendar.subcomponents, name
        assert all({"DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"} <= event.keys() for event in events)
    assert [name for name, raw in found.items() if max(map(len, raw.split(b"\r\n"))) > 75] == []


def test_georgian_comes_out_as_it_went_in(tree, calendars):
    """Folding cuts no letter: a parser sees the title of the record."""
    tree.edit(EVENT, "ka: ასამბლეა", f"ka: {LONG}")
    assert calendars()["all"][UID]["SUMMARY"] == LONG


def test_a_calendar_without_an_entry_has_the_zone_of_the_office(tree, offer):
    """A calendar must have a component (RFC 5545, 3.6); Georgia is four hours before UTC all the year."""
    for path in (EVENT, GRANT, ANKARA):
        (tree.root / path).unlink()
    [zone] = read(written(offer()))["all"].subcomponents
    [standard] = zone.subcomponents
    assert (zone["TZID"], standard["TZOFFSETTO"].td) == ("Asia/Tbilisi", timedelta(hours=4))


def test_a_program_is_told_to_ask_once_a_day(offer):
    """In the way of RFC 7986, whose value says of what kind it is, and in the older way of Outlook."""
    raw = written(offer())["all.ics"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in raw
    assert b"X-PUBLISHED-TTL:P1D\r\n" in raw


def test_an_entry_stands_in_each_of_its_calendars_with_the_same_bytes(offer):
    """It is written once."""
    found = written(offer())
    [entry] = re.findall(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", found["unit-nvd.ics"], re.DOTALL)
    assert entry in found["all.ics"]
    assert entry in found["theme-custody.ics"]


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


def test_the_number_grows_by_one_when_the_entry_changes(tree, calendars, memory, closed):
    """Another day is another state; the other entries stay as they were."""
    known = memory()
    tree.edit(EVENT, "end: 2026-09-16", "end: 2026-09-17")
    numbers = {uid: int(event["SEQUENCE"]) for uid, event in calendars(memory=closed(known))["all"].items()}
    assert {uid for uid, number in numbers.items() if number == 1} == {UID}
    assert sum(numbers.values()) == 1


def test_the_number_stays_when_nothing_that_a_subscriber_sees_changes(tree, calendars, memory, closed):
    """A check, a note or another theme is no new state of the entry."""
    known = memory()
    tree.edit(EVENT, "themes: [juvenile]", "themes: [custody]\nnote: {en: A note}")
    assert int(calendars(memory=closed(known))["all"][UID]["SEQUENCE"]) == 0


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


# --- texts


def entry(summary):
    """An entry that says only this, as icalendar writes it."""
    made = icalendar.Event()
    made.add("summary", Text(summary))
    return made.to_ical()


@given(st.text())
def test_a_text_never_ends_its_line(value):
    """No text of a record can begin a property of its own, and no line of it is too long or ends within a letter."""
    lines = entry(value).split(b"\r\n")
    assert lines[0] == b"BEGIN:VEVENT"
    assert lines[1].startswith(b"SUMMARY:")
    assert all(line.startswith(b" ") for line in lines[2:-2])
    assert lines[-2:] == [b"END:VEVENT", b""]
    assert all(len(line) <= 75 and line.decode() for line in lines[:-1])


@pytest.mark.parametrize(
    "value", ["a;b,c\\d", "first\nsecond", "„ქართული“, ტექსტი", "BEGIN:VEVENT", "a\r\nATTENDEE:mailto:x@example.org"]
)
def test_a_text_is_read_back_by_the_parser(value):
    """Escapes are those of the standard."""
    event = icalendar.Event.from_ical(entry(value))
    assert str(event["SUMMARY"]) == value.replace("\r\n", "\n")
    assert list(event.keys()) == ["SUMMARY"]


@pytest.mark.parametrize("value", ["C:\\New", "\\N", "\\\\N", "\\n", "a\\"])
def test_a_backslash_before_a_letter_is_no_line_break(value):
    """Each is doubled (RFC 5545, 3.3.11), also before an N, which means the end of a line where it stands alone."""
    assert entry(value) == b"BEGIN:VEVENT\r\nSUMMARY:%b\r\nEND:VEVENT\r\n" % value.replace("\\", "\\\\").encode()


def test_an_address_stands_as_it_is(tree, calendars):
    """A URI is no text: its commas and semicolons are not escaped."""
    tree.edit(EVENT, "country: AT", "country: AT\nurl: https://www.no.example/a,b;c?d=ა")
    assert calendars()["all"][UID]["URL"] == "https://www.no.example/a,b;c?d=ა"
