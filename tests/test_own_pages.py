"""Home, news, units, networks, the calendar and the page about the Division: what they say, where, and in which order."""

import re

import pytest

from conftest import TEMPLATES, printed
from kb.editing.repository import Repository
from kb.site.builder import Builder
from kb.site.frames.cutting import Frame
from kb.site.pouring import Pourer
from kb.site.rendering import Renderer
from kb.site.view.writer import Edition
from kb.words.language import Words

NNO = "nno/network.yml"
TAG = re.compile(r"<[^>]+>")
EVENT = """\
title: {{ka: ღონისძიება {number}, en: Event {number}}}
kind: conference
start: {start}
networks: [nno]
themes: [{theme}]
"""


@pytest.fixture
def body(tree, today):
    """The body of the page at an address, in English unless told otherwise."""

    def make(address, language="en"):
        kb, problems = tree.load()
        assert problems == []
        words = Words(language)
        page = Builder(Edition(kb, words, today, Repository())).page_at(address)
        return printed(page, language)["body"]

    return make


def part(html, anchor):
    """A section of a page, from its heading on."""
    return html.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]


def plain(html):
    """HTML without its tags, its spaces plain."""
    return " ".join(TAG.sub(" ", html).replace("\u00a0", " ").split())


def head(html):
    """What stands above the first section."""
    return html.partition("<section")[0]


def notices(html):
    """The notices of a page."""
    return [plain(one) for one in re.findall(r'<p class="kb-notice.*?</p>', html)]


# --- home and news


def test_the_first_page_offers_the_units_folded(body):
    """Without a script the units are links in a folded list, and the script finds its words there."""
    html = body("index.html")
    choice = re.search(r'<div class="kb-choice" data-name="([^"]*)".*?</div>', html, re.DOTALL)
    assert choice[1] == "My unit:"
    assert re.findall(r'href="([^"]*)"', choice[0]) == ["units/international-exchanges.html", "units/nvd.html"]
    assert "<details" in choice[0]
    assert '<h2 id="units"' not in html


def test_what_came_in_is_counted_by_day_and_manner(body):
    """The newest day is told in a sentence, and each count leads to its list."""
    new = part(body("index.html"), "new")
    assert plain(new.partition("</p>")[0]).endswith("Confirmed on 2 October 2026: 1 resource")
    assert '<a href="resources/index.html">1\u00a0resource</a>' in new


def test_a_day_tells_how_its_records_came_once(body, tree):
    """The heading says added or confirmed; no row repeats it, and a kind names a few of its records."""
    for number in range(8):
        tree.write(
            f"nno/events/2026-0{number + 1}-one.yml", EVENT.format(number=number, start=f"2026-0{number + 1}-02", theme="custody")
        )
        tree.edit(f"nno/events/2026-0{number + 1}-one.yml", "kind:", "collected_on: 2026-11-20\nkind:")
    added = part(body("changes/index.html"), "added-2026-11-20")
    assert plain(added).count("Added") == 1
    assert re.findall(r"Event (\d)", added) == ["7", "6", "5", "4", "3"]
    assert "All 8" in added


def test_the_first_page_mixes_kinds(body, tree):
    """Two records of a kind and day at most, opportunities first and networks last."""
    for path in (NNO, "nno/opportunities/grant.yml", "nno/events/2026-09-assembly.yml"):
        tree.edit(path, "themes:", "collected_on: 2026-11-20\nthemes:")
    rows = re.findall(r"<li>(.*?)</li>", part(body("index.html"), "new"))
    assert [plain(row) for row in rows[:3]] == [
        "Grant opportunity",
        "Assembly event",
        "Northern Network of Ombudspersons network",
    ]


# --- lists


def test_a_card_shows_no_state_where_it_is_the_usual_one(body):
    """That nobody has verified a record stands once above the list, with the number."""
    html = body("opportunities/index.html")
    assert notices(html) == ["Not yet verified: 1 record"]
    assert "../freshness/index.html#states" in head(html)
    assert plain(part(html, "open")).count("verified") == 0


def test_a_confirmed_list_has_no_such_notice(body):
    """The only resource is confirmed."""
    assert notices(body("resources/index.html")) == []


@pytest.mark.parametrize(("language", "words"), [("ka", "ინგლისური, ფრანგული"), ("en", "English, French")])
def test_languages_are_named_in_words(body, tree, language, words):
    """No reader has to know the codes of languages."""
    tree.edit("nno/resources/guide.yml", "languages: [en]", "languages: [en, fr]")
    assert words in plain(body("networks/nno.html", language))


@pytest.mark.parametrize(
    ("codes", "ka", "en"),
    [
        ("sv, ka, hy", "შვედური, ქართული, სომხური", "Swedish, Georgian, Armenian"),
        ("zh, tr", "ჩინური, თურქული", "Chinese, Turkish"),
    ],
)
def test_the_languages_of_europe_and_the_un_have_names(body, tree, codes, ka, en):
    """Those of documents that networks publish, beyond the few of today's records."""
    tree.edit("nno/resources/guide.yml", "languages: [en]", f"languages: [{codes}]")
    assert ka in plain(body("networks/nno.html", "ka"))
    assert en in plain(body("networks/nno.html"))


# --- units


def test_a_unit_sees_at_the_top_what_concerns_it(body):
    """Each count leads to its section."""
    top = head(body("units/nvd.html"))
    counts = re.findall(r'<a href="#([a-z]+)">([^<]*)</a>', top)
    assert [(anchor, said.replace("\u00a0", " ")) for anchor, said in counts] == [
        ("coming", "1 coming deadline or event"),
        ("opportunities", "1 opportunity"),
        ("resources", "1 resource"),
        ("reporting", "1 reporting duty"),
    ]


def test_a_remark_on_a_units_name_is_no_warning(body, tree):
    """It stands at the foot."""
    tree.edit(
        "_office/units.yml",
        "  about: {en: Visits to custody}",
        "  about: {en: Visits to custody}\n  note: {en: Two names are in use}",
    )
    html = body("units/nvd.html")
    assert not any("Two names" in notice for notice in notices(html))
    assert "Two names are in use" in part(html, "state")


@pytest.mark.parametrize(("status", "folded"), [("member", False), ("observer", False), ("none", True), ("unconfirmed", True)])
def test_groups_where_the_office_does_not_sit_are_folded(body, tree, status, folded):
    """The groups of a network of which the Office is no member come after the others, under words that say so."""
    tree.edit(NNO, "standing: {status: member}", f"standing: {{status: {status}}}")
    tree.edit(NNO, "    en: It holds courses.", "    en: It holds courses.\n    themes: [custody]")
    groups = part(body("units/nvd.html"), "groups")
    assert ("<details" in groups) is folded
    assert ("In other networks" in groups) is folded
    assert '<a href="../networks/nno.html#groups">NNO</a></strong> ' in groups
    assert "Learning" in groups


def test_a_units_own_past_events_stand_first_and_the_rest_is_folded(body, tree):
    """Eight are open, the last on top, those in which the unit took part before all others."""
    for number in range(1, 10):
        tree.write(
            f"nno/events/2025-0{number}-one.yml", EVENT.format(number=number, start=f"2025-0{number}-02", theme="juvenile")
        )
    tree.edit("_office/units.yml", "  themes: [custody]", "  themes: [custody, juvenile]")
    tree.edit("nno/events/2025-01-one.yml", "themes:", "units: [nvd]\nthemes:")
    shown, _, rest = part(body("units/nvd.html"), "events").partition("<details")
    assert re.findall(r">(Event \d|Assembly)<", shown) == ["Event 1", "Assembly", *(f"Event {n}" for n in (9, 8, 7, 6, 5, 4))]
    assert re.findall(r">(Event \d)<", rest) == ["Event 3", "Event 2"]
    assert "2 more past events" in plain(rest)


# --- networks


def test_doubts_at_the_end_are_announced_at_the_top(body, tree):
    """A reader must know of them before relying on the page."""
    assert notices(body("networks/nno.html")) == []
    tree.edit(NNO, "contacts:", "notes:\n  - {en: The number of members is not certain.}\ncontacts:")
    html = body("networks/nno.html")
    assert notices(html) == ["Some of the data is to be confirmed"]
    assert 'href="#doubts"' in head(html)
    assert "not certain" in part(html, "doubts")


def test_a_history_begins_with_the_last(body, tree):
    """The newest moment of our standing stands first."""
    moments = "".join(f"\n    - {{date: {year}, en: Moment of {year}}}" for year in (2021, 2024, 2019))
    tree.edit(NNO, "standing: {status: member}", f"standing:\n  status: member\n  history:{moments}")
    assert re.findall(r"Moment of (\d+)", part(body("networks/nno.html"), "standing")) == ["2024", "2021", "2019"]


@pytest.mark.parametrize(("language", "words"), [("ka", "2007 წლიდან"), ("en", "since 2007")])
def test_a_standing_says_since_when(body, tree, language, words):
    """In Georgian the date has its case."""
    tree.edit(NNO, "standing: {status: member}", "standing: {status: member, since: 2007}")
    assert words in head(body("networks/nno.html", language))


def test_a_networks_cards_do_not_repeat_its_page(body):
    """Neither the network nor the type that the heading says stands on a card."""
    resources = part(body("networks/nno.html"), "resources")
    assert plain(resources).count("Handbook") == 1
    assert "networks/nno.html" not in resources
    assert "networks/nno.html" not in part(body("networks/nno.html"), "events")


def test_a_group_has_its_themes_under_its_description(body, tree):
    """A column of chips would be too narrow for Georgian words."""
    tree.edit(NNO, "    en: It holds courses.", "    en: It holds courses.\n    themes: [custody]")
    groups = part(body("networks/nno.html"), "groups")
    assert groups.count('<th scope="col">') == 2
    assert re.search(r"It holds courses\.<br>.*kb-chip.*Prisons", groups)


def test_the_source_of_a_name_and_subscriptions_stand_at_the_foot(body, tree):
    """Few ask for them."""
    tree.edit(NNO, "website:", "name_basis: own-translation\nwebsite:")
    html = body("networks/nno.html")
    assert "calendars/" not in head(html)
    assert {"Subscribe", "Source of the Georgian wording"} <= set(re.findall(r"<dt>(.*?)</dt>", part(html, "state")))


# --- calendar


def test_a_month_goes_by_day(body, tree):
    """International days stand among deadlines and events, and what has no day comes after."""
    tree.write("_office/days.yml", "- {id: rights, day: 12-10, name: {en: Human Rights Day}, checked: true}\n")
    tree.write("nno/events/2026-12-one.yml", EVENT.format(number=1, start="2026-12-20", theme="custody"))
    tree.write("nno/events/2026-12-two.yml", EVENT.format(number=2, start="2026-12", theme="custody"))
    month = part(body("calendar/index.html"), "m-2026-12")
    assert re.findall(r"Grant<|Human Rights Day|Event \d", month) == ["Grant<", "Human Rights Day", "Event 1", "Event 2"]


def test_what_usually_comes_says_so_once_a_month(body, tree):
    """The sentence stands above the list, and a meeting of several months names them."""
    tree.edit(NNO, "    months: [5]", "    months: [5, 12]\n  - en: Board\n    months: [12]")
    month = plain(part(body("calendar/index.html"), "m-2026-12"))
    assert month.count("Usually in this month") == 1
    assert month.endswith("NNO General assembly (May, December) NNO Board")


def test_a_meeting_that_names_its_network_names_it_once(body, tree):
    """The acronym in the sentence is the link."""
    tree.edit(NNO, "  - en: General assembly", "  - en: NNO General assembly")
    month = part(body("calendar/index.html"), "m-2027-05")
    assert '<strong><a href="../networks/nno.html">NNO</a></strong> General assembly' in month
    assert month.count("NNO") == 1


# --- around the pages


HOSTILE = "\"&'<b>"


@pytest.fixture
def spoiled():
    """English words each of which ends in what HTML takes for its own."""
    words = Words("en")
    words._plain = {key: f"{said}{HOSTILE}" for key, said in words._plain.items()}
    return words


def test_our_own_words_are_escaped_around_a_page(spoiled, tree, today):
    """A quotation mark in a string ends no attribute of the lists beside a page, above it and of its parts."""
    for number in range(14):
        tree.write(f"_office/events/2025-01-{number:02}.yml", EVENT.format(number=number, start="2025-01-02", theme="custody"))
    page = Builder(Edition(tree.load()[0], spoiled, today, Repository())).page_at("events/office/2025-01-03.html")
    network = Builder(Edition(tree.load()[0], spoiled, today, Repository())).page_at("networks/nno.html")
    renderer = Renderer(TEMPLATES, spoiled)
    parts = renderer.page(page)
    around = [parts["siblings"], parts["crumbs"], renderer.page(network)["toc"]]
    assert all(around)
    assert [part for part in around if HOSTILE in part] == []


@pytest.mark.parametrize("address", ["", "https://github.com/office/kb"])
def test_our_own_words_are_escaped_under_a_page_written_by_hand(spoiled, tree, today, address):
    """The line that leads to its file, or names it."""
    edition = Edition(tree.load()[0], spoiled, today, Repository(address))
    page = (
        Pourer(edition, {"help/index.html": Frame(("", "edit", ""), "")}, Renderer(TEMPLATES, spoiled))
        .hand_written("help/index.html")
        .decode()
    )
    assert "help/index.md" in page
    assert HOSTILE not in page


def test_a_cut_list_of_siblings_leads_to_all(body, tree, today):
    """Twelve stand beside a page; the last link is the section's list."""
    for number in range(14):
        tree.write(f"_office/events/2025-01-{number:02}.yml", EVENT.format(number=number, start="2025-01-02", theme="custody"))
    words = Words("en")
    builder = Builder(Edition(tree.load()[0], words, today, Repository()))
    long = printed(builder.page_at("events/office/2025-01-03.html"))["siblings"]
    assert long.endswith('<li><a href="../../events/index.html">All</a></li></ul></nav>')
    short = printed(builder.page_at("units/nvd.html"))["siblings"]
    assert ">All<" not in short


# --- events in rare states

ASSEMBLY = "nno/events/2026-09-assembly.yml"


@pytest.fixture
def assembly(tree):
    """A way to give the assembly other days, and a file whose name says no more than the year."""

    def make(days, registration="2026-08-01"):
        tree.edit(ASSEMBLY, "start: 2026-09-14\nend: 2026-09-16\n", days)
        tree.edit(ASSEMBLY, "date: 2026-08-01", f"date: {registration}")
        (tree.root / ASSEMBLY).rename(tree.root / "nno/events/2026-assembly.yml")

    return make


@pytest.mark.parametrize("address", ["index.html", "calendar/index.html", "units/international-exchanges.html"])
@pytest.mark.parametrize(("state", "offered"), [("cancelled", False), ("postponed", True)])
def test_nobody_is_asked_to_register_for_a_cancelled_event(body, assembly, address, state, offered):
    """A postponed one still takes registrations, and says first that it is postponed."""
    assembly(f"start: 2026-12-01\nstate: {state}\n", "2026-11-24")
    assert ("Postponed · Registration closes · 2 days left" in plain(body(address))) == offered
    assert ("Registration closes" in plain(body(address))) == offered


@pytest.mark.parametrize(("state", "offered"), [("cancelled", False), ("postponed", True)])
def test_the_page_of_a_cancelled_event_offers_no_registration(body, assembly, state, offered):
    """That of a postponed one does."""
    assembly(f"start: 2026-12-01\nstate: {state}\n")
    assert ("Registration closes" in body("events/nno/2026-assembly.html")) == offered


@pytest.mark.parametrize(
    "address",
    ["calendar/index.html", "themes/juvenile.html", "units/international-exchanges.html", "networks/nno.html"],
)
def test_a_cancelled_event_says_so_first_wherever_it_is_listed(body, assembly, address):
    """Before its kind and place."""
    assembly("start: 2026-12-01\nstate: cancelled\n")
    assert re.search(r"1 December (2026|\w+) Assembly Cancelled · General Assembly", plain(body(address)))


def test_a_cancelled_event_is_not_the_next_of_its_network(body, tree, assembly):
    """What is usual is told instead; a postponed one says so."""
    assembly("start: 2026-12-01\nstate: cancelled\n")
    assert "Next usually in May" in plain(body("networks/nno.html")).replace("Usually", "usually")
    tree.edit("nno/events/2026-assembly.yml", "state: cancelled", "state: postponed")
    assert "Next Postponed · 1 December 2026 · Assembly" in plain(body("networks/nno.html"))


def test_an_event_of_this_month_is_the_next_of_its_network(body, assembly):
    """It can be on any day of the month, those ahead too."""
    assembly("start: 2026-11\n")
    assert "Next November 2026 · Assembly" in plain(body("networks/nno.html"))


def test_an_event_that_is_on_is_coming_to_its_units(body, assembly):
    """It began two days ago and ends in two days."""
    assembly("start: 2026-11-20\nend: 2026-11-24\n")
    html = body("units/international-exchanges.html")
    assert "Assembly" in part(html, "coming")
    assert "Past events" not in html


@pytest.mark.parametrize(
    ("days", "heading"), [("", "Date to be confirmed"), ("start: 2026-12-01\nstate: cancelled\n", "Cancelled")]
)
def test_what_may_never_be_stands_apart_from_what_is_coming(body, tree, assembly, days, heading):
    """It is neither counted nor past; the deadlines of the 90 days go before."""
    assembly(days)
    tree.edit("nno/opportunities/grant.yml", "themes: [custody]", "themes: [juvenile]")
    html = body("units/international-exchanges.html")
    coming = part(html, "coming")
    assert '<span class="kb-count">1</span>' in coming
    assert coming.index("Grant") < coming.index(f"<h3>{heading}</h3>") < coming.index("Assembly")
    assert "Past events" not in html


def test_deadlines_and_events_of_a_unit_are_one_list_by_day(body, tree):
    """What is known to the month only stands after the days of the month."""
    for number, start in enumerate(("2026-12", "2026-11-30", "2027-01-05")):
        tree.write(f"nno/events/{start[:4]}-event-{number}.yml", EVENT.format(number=number, start=start, theme="custody"))
    coming = part(body("units/nvd.html"), "coming")
    assert re.findall(r'kb-card__title"><a[^>]*>([^<]+)', coming) == ["Event 1", "Grant", "Event 0", "Event 2"]
    assert coming.count("<ul") == 1


def test_an_event_over_several_months_stands_once_in_each(body, assembly):
    """Under its first day there, with its whole span."""
    assembly("start: 2026-10-20\nend: 2026-12-10\n")
    html = body("calendar/index.html")
    for month, day in (("2026-11", "1 November 2026"), ("2026-12", "1 December 2026")):
        shown = part(html, f"m-{month}")
        assert shown.count(">Assembly</a>") == 1
        assert f"{day} Assembly 20 October 2026 – 10 December 2026 · General Assembly" in plain(shown)
    assert ">Assembly</a>" not in part(html, "m-2027-01")


@pytest.mark.parametrize("days", ["start: 2026-12-01\nend: 2026\n", "start: 2026-12\n", "end: 2026-12-10\n"])
def test_an_event_of_one_month_stands_in_no_other(body, assembly, days):
    """Be its end known to the year only."""
    assembly(days)
    assert body("calendar/index.html").count(">Assembly</a>") == 1


def test_names_beside_and_above_a_page_say_their_language(body, tree, today):
    """Siblings, the way down and the acronym beside a name that are there in the other language only (WCAG 2.2, 3.1.2)."""
    tree.edit(NNO, "acronym: {ka: NNO, en: NNO}", "acronym: {en: NNO}")
    tree.edit("nno/resources/guide.yml", "  ka: სახელმძღვანელო\n", "")
    words = Words("ka")
    parts = printed(Builder(Edition(tree.load()[0], words, today, Repository())).page_at("resources/nno/guide.html"), "ka")
    assert '<span lang="en">Guide</span></a>' in parts["siblings"]
    assert '<span lang="en">NNO</span></a>' in parts["crumbs"]
    assert '<span class="kb-badge"><span lang="en">NNO</span></span>' in body("networks/nno.html", "ka")
