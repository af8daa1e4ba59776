"""What the lists and the heads of record pages say: where to act, what is known, and where a number leads."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from conftest import printed
from kb.editing.repository import Repository
from kb.records.knowledge import KnowledgeBase
from kb.site.pages import contacts, data, freshness, lists, todo
from kb.site.pages.records import opportunity, reporting, resource, unit
from kb.site.view.blocks import Page, Section, Table, cells
from kb.site.view.lines import link, said, words_of
from kb.site.view.writer import Edition, Writer
from kb.upkeep.todo import tasks
from kb.words.language import Words

GRANT, GUIDE, CAT = "nno/opportunities/grant.yml", "nno/resources/guide.yml", "_office/reporting/cat.yml"
DATED = "deadline:\n  date: 2026-12-01\n  zone: Europe/Vienna\n"
SOURCES = "sources:\n  - https://news.example.org/grant\n  - https://no.example/grant\n"

Make = Callable[..., str]


@pytest.fixture
def writer(tree: Any, today: date) -> Callable[..., Writer]:
    """A writer of English pages of the small tree."""

    def make(depth: int = 1, repository: Repository | None = None, on: date = today) -> Writer:
        kb, problems = tree.load()
        assert problems == []
        return Writer(Edition(kb, Words("en"), on, repository or Repository()), depth)

    return make


def shown(page: Page) -> str:
    """The body of a page as HTML."""
    return printed(page)["body"]


@pytest.fixture
def grant(tree: Any, writer: Callable[..., Writer]) -> Make:
    """The page of the grant after a replacement in its file."""

    def make(old: str = "", new: str = "") -> str:
        if old:
            tree.edit(GRANT, old, new)
        w = writer(2)
        return shown(opportunity.page(w, w.kb.opportunities["nno/grant"]))

    return make


def test_a_page_for_applications_is_a_button_at_the_head(grant: Make) -> None:
    """It stands before the summary, with its host."""
    page = grant("office_took_part", "apply_url: https://apply.no.example/now\noffice_took_part")
    button = page.index('<a class="kb-open" href="https://apply.no.example/now"')
    assert button < page.index('<dl class="kb-facts">')
    assert "Open the page for applications" in page


def test_without_a_page_for_applications_the_source_is_the_button(grant: Make) -> None:
    """A source on the network's own site goes before others, and the page says that none for applications was found."""
    page = grant("office_took_part", f"networks: [nno]\n{SOURCES}office_took_part")
    assert '<a class="kb-open" href="https://no.example/grant"' in page
    assert "No page for applications was found" in page


def test_what_is_over_has_no_page_for_applications_to_miss(grant: Make) -> None:
    """A closed call leads to its source and says no more."""
    page = grant(DATED, "deadline:\n  date: 2026-11-01\n  zone: Europe/Vienna\n" + SOURCES)
    assert '<a class="kb-open"' in page
    assert "No page for applications" not in page


def test_an_audience_is_not_told_as_what_an_opportunity_is(grant: Make) -> None:
    """It stands in its row alone, not as a sentence under the title."""
    page = grant("office_took_part", "audience: {en: Lawyers}\noffice_took_part")
    assert page.count("Lawyers") == 1


def test_a_card_says_for_whom_from_whom_and_until_when(tree: Any, writer: Callable[..., Writer]) -> None:
    """Without a network the provider is named, without a deadline that none is known."""
    tree.edit(GRANT, DATED, "partners: [European Union]\naudience: {en: Lawyers}\n")
    page = shown(lists.opportunities(writer()))
    assert "<p>For: Lawyers</p>" in page
    assert "No deadline is known\N{NO-BREAK SPACE}· Grant" in page
    assert "European Union" in page


def test_closed_opportunities_are_counted_once(tree: Any, writer: Callable[..., Writer]) -> None:
    """The heading counts them; the fold under it only opens the list."""
    tree.edit(GRANT, "2026-12-01", "2026-11-01")
    page = shown(lists.opportunities(writer()))
    assert 'Closed <span class="kb-count">1</span>' in page
    assert "<summary>Show all</summary>" in page


def test_what_ended_with_its_period_is_told_as_ended(tree: Any, writer: Callable[..., Writer]) -> None:
    """A recurring thing of 2020 to 2025 recurs no more."""
    tree.edit(GRANT, DATED, "period:\n  start: 2020\n  end: 2025\n")
    w = writer()
    assert words_of(opportunity.status(w, w.kb.opportunities["nno/grant"].record)) == "Ended"


@pytest.mark.parametrize("change", [("2026-12-01", "2026-11-01"), ("availability: recurring", "availability: ended")])
def test_what_is_closed_says_so_once_and_counts_no_days(grant: Make, change: tuple[str, str]) -> None:
    """The day alone stands beside it, and no button leads to an application that nobody takes any more."""
    page = grant(*change)
    assert page.count("Closed") == 1
    assert "days left" not in page
    assert "Open the page for applications" not in page


def test_a_unit_sees_a_call_with_its_deadline_and_what_is_over_as_ended(tree: Any, writer: Callable[..., Writer]) -> None:
    """A call is no running offer, and what ended with its period does not recur."""
    w = writer()
    page = shown(unit.page(w, w.kb.units["nvd"]))
    assert page.index("Open, with a deadline") < page.index("days left", page.index("Open, with a deadline"))
    assert "Running and recurring" not in page
    tree.edit(GRANT, DATED, "period:\n  end: 2025\n")
    w = writer()
    page = shown(unit.page(w, w.kb.units["nvd"]))
    assert ("Ended" in page, "Recurring" in page) == (True, False)


def test_a_document_is_a_button_with_host_language_and_year(writer: Callable[..., Writer]) -> None:
    """What the button says is not said again below, and the network is in the way down and in its row."""
    w = writer(2)
    page = resource.page(w, w.kb.resources["nno/guide"])
    button = re.search(r'<a class="kb-open".*?</a>', shown(page))
    assert button
    assert "Open the document</strong> <span>no.example, English, 2024<" in button[0]
    assert not {"Year of publication", "Language of the resource"} & set(re.findall("<dt>(.*?)</dt>", shown(page)))
    assert page.kicker == said("Handbook")


def test_a_database_is_no_document(tree: Any, writer: Callable[..., Writer]) -> None:
    """Its page is opened."""
    tree.edit(GUIDE, "type: handbook", "type: database")
    w = writer(2)
    assert "Open the page</strong>" in shown(resource.page(w, w.kb.resources["nno/guide"]))


def test_a_year_that_nobody_knows_is_said(tree: Any, writer: Callable[..., Writer]) -> None:
    """The button leaves it out, the summary says so."""
    tree.edit(GUIDE, "year: 2024\n", "")
    w = writer(2)
    body = shown(resource.page(w, w.kb.resources["nno/guide"]))
    assert "no.example, English<" in body
    assert "<dt>Year of publication</dt><dd>Not known</dd>" in body


def test_a_copy_of_somebody_else_has_no_button(tree: Any, writer: Callable[..., Writer]) -> None:
    """It is named, not recommended; language and year stand in the summary."""
    tree.edit(GUIDE, "languages:", "official: false\nlanguages:")
    w = writer(2)
    body = shown(resource.page(w, w.kb.resources["nno/guide"]))
    assert "kb-open" not in body
    assert "<dt>Language of the resource</dt><dd>English</dd>" in body


def test_a_heading_over_several_resources_is_plural(tree: Any, writer: Callable[..., Writer]) -> None:
    """One handbook is a handbook, two are handbooks."""
    assert next(s.heading for s in lists.resources(writer()).sections) == "Handbook"
    tree.write("nno/resources/other.yml", (tree.root / GUIDE).read_text("utf-8"))
    assert next(s.heading for s in lists.resources(writer()).sections) == "Handbooks"


def test_a_report_does_not_look_like_the_body_it_goes_to(writer: Callable[..., Writer]) -> None:
    """Its page says that it is about reporting."""
    w = writer()
    page = reporting.page(w, w.kb.reporting["cat"])
    assert (page.title, "<h1>Reporting: Committee against Torture</h1>" in shown(page)) == (
        "Reporting: Committee against Torture",
        True,
    )


def test_a_report_without_a_document_has_no_lead(tree: Any, writer: Callable[..., Writer]) -> None:
    """The mark of its sources stands with a fact; a lead would be a number alone."""
    tree.edit(CAT, "next_due: 2027-11\n", "sources: [https://www.ohchr.org/cat]\n")
    w = writer()
    page = reporting.page(w, w.kb.reporting["cat"])
    assert page.lead == ()
    facts = re.findall("<dd>.*?</dd>", shown(page))
    assert [bool(re.search("Preventive Mechanism.*<sup", fact)) for fact in facts if "<sup" in fact] == [True]


def test_a_next_report_that_nobody_knows_is_one_word(tree: Any, writer: Callable[..., Writer]) -> None:
    """What the word means is said once above the table."""
    assert "means that no source gives the date" not in shown(lists.reports(writer()))
    tree.edit(CAT, "next_due: 2027-11\n", "abbreviation: CAT\n")
    page = shown(lists.reports(writer()))
    assert '<td data-label="Next due">Not known</td>' in page
    assert "Committee against Torture</a> (CAT)</td>" in page
    assert page.count("means that no source gives the date") == 1


def test_agreements_say_what_their_date_is_and_when_they_end(tree: Any, writer: Callable[..., Writer]) -> None:
    """A day of signing is told from a day since which one runs; an end that is not known is said."""
    assert '<td data-label="Date">signed 05.04.2022</td><td data-label="Valid until">05.04.2027</td>' in shown(
        lists.agreements(writer())
    )
    tree.edit("_office/agreements/ankara.yml", "signed: 2022-04-05\nvalid_until: 2027-04-05\n", "since: 2015\n")
    assert '<td data-label="Date">since 2015</td><td data-label="Valid until">Term not known</td>' in shown(
        lists.agreements(writer())
    )


def test_no_planned_event_is_a_sentence_with_the_way_to_the_calendar(writer: Callable[..., Writer]) -> None:
    """No list of one."""
    page = shown(lists.events(writer()))
    assert '<p>No planned event is known. <a href="../calendar/index.html">See the calendar' in page
    assert "<ul" not in page[page.index('id="coming"') : page.index("</section>", page.index('id="coming"'))]


def test_a_cancelled_event_is_no_planned_one(tree: Any, writer: Callable[..., Writer]) -> None:
    """It stands under its year, its state first; a postponed one is still to come, and says so."""
    event = "nno/events/2026-09-assembly.yml"
    tree.edit(event, "end: 2026-09-16", "end: 2026-12-01\nstate: cancelled")
    page = shown(lists.events(writer()))
    assert "No planned event is known" in page
    assert re.search(r'id="y-2026".*kb-card__facts"><span class="kb-state kb-state--late">Cancelled</span>', page, re.DOTALL)
    tree.edit(event, "state: cancelled", "state: postponed")
    page = shown(lists.events(writer()))
    assert re.search(r'id="coming".*kb-card__facts"><span class="kb-state kb-state--late">Postponed</span>', page, re.DOTALL)
    assert "y-2026" not in page


def test_contacts_lead_to_their_network_and_to_a_card_where_there_is_something_in_it(writer: Callable[..., Writer]) -> None:
    """The press office has no mail, telephone or address, and so no card."""
    page = shown(contacts.contacts(writer()))
    assert re.search(r'<h2 id="nno"><a href="../networks/nno.html">NNO</a>', page)
    assert "nno-secretariat.vcf" in page
    assert "nno-press.vcf" not in page
    assert 'id="nno-contact-press"' in page


def test_a_letter_leads_to_its_first_term(office: KnowledgeBase, today: date) -> None:
    """Each letter of the index stands once, in the order of the terms, and leads to the first of them."""
    page = lists.glossary(Writer(Edition(office, Words("ka"), today, Repository()), 1))
    html = shown(page)
    letters = re.findall(r'<a href="#([^"]+)">(.)</a>', html[: html.index("<table")])
    terms = re.findall(r'<td data-label="[^"]+" id="([^"]+)">([^<]*)', html)
    assert [letter for _, letter in letters] == ["C", "ა", "ვ", "მ", "ო", "ს", "ჩ", "წ"]
    assert len(terms) == len(office.glossary)
    firsts = {name: next(i for i, (term, _) in enumerate(terms) if term == name) for name, _ in letters}
    assert list(firsts.values()) == sorted(firsts.values())


def test_a_number_of_the_state_of_records_leads_to_them(tree: Any, writer: Callable[..., Writer]) -> None:
    """All of a kind stand in its own list, some of it on the page itself."""
    guide = (tree.root / GUIDE).read_text("utf-8")
    checked = "  confirmed_on: 2026-10-02\n  confirmed_by: international-exchanges\n"
    tree.write("nno/resources/other.yml", guide.replace(checked, ""))
    page = shown(freshness.page(writer()))
    assert '<td data-label="Not yet verified"><a href="#unconfirmed-resource">1</a></td>' in page
    assert '<h3 id="unconfirmed-resource">' in page
    assert '<td data-label="Total"><a href="../resources/index.html">2</a></td>' in page


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("letters", [37, 111])
def test_a_long_word_leaves_the_other_columns_in_sight(browser: Browser, project: Path, width: int, letters: int) -> None:
    """A cell with a word of more than thirty letters breaks it; cells of ordinary words, and addresses of pages, are as ever."""
    words = ("ა" * letters, "სახელმძღვანელო", "2026", "წევრი")
    long = link(f"../{'b' * 40}.html", "სახელმძღვანელო")
    rows = (cells(*map(said, words)), cells(link("x.html", words[0]), long, said("2027"), said("x")))
    table = Section("a", "a", (Table("t", ("a", "b", "c", "d"), rows),))
    html = shown(Page(address="a.html", section="about", title="a", description="", heading=said("a"), sections=(table,)))
    assert [cell.count("kb-long") for cell in html.split("<td ")[1:]] == [1, 0, 0, 0, 1, 0, 0, 0]
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(f'<meta name="viewport" content="width=device-width"><div class="md-typeset">{html}</div>')
    page.add_style_tag(path=project / "overrides/assets/stylesheets/kb.css")
    over = page.locator(".kb-table").evaluate("table => table.scrollWidth - table.clientWidth")
    page.close()
    assert over == 0


def test_a_state_counts_kinds_that_are_wholly_in_it(tree: Any, writer: Callable[..., Writer]) -> None:
    """The number at a state's heading is the sum of its column; a kind that is all in it leads to its own list."""
    guide = (tree.root / GUIDE).read_text("utf-8")
    checked = "  confirmed_on: 2026-10-02\n  confirmed_by: international-exchanges\n"
    tree.write("nno/resources/other.yml", guide.replace(checked, ""))
    page = shown(freshness.page(writer()))
    column = [int(n) for n in re.findall(r'<td data-label="Not yet verified">(?:<a [^>]*>)?(\d+)', page)]
    heading, _, listed = page.partition('<h2 id="unconfirmed">')[2].partition("</h2>")
    assert len(column) > 1
    assert f'<span class="kb-count">{sum(column)}</span>' in heading
    assert (
        '<h3 id="unconfirmed-network">Networks</h3>\n<ul class="kb-rows">\n<li><a href="../networks/index.html">All 1</a>'
        in listed
    )


def test_a_record_that_is_late_is_listed_under_its_kind(writer: Callable[..., Writer]) -> None:
    """The number of overdue records leads to them, be they all of their kind."""
    page = shown(freshness.page(writer(on=date(2028, 1, 1))))
    assert '<td data-label="Check overdue"><a href="#overdue-resource">1</a></td>' in page
    assert '<h3 id="overdue-resource">' in page


def test_the_numbers_of_the_data_page_lead_to_the_lists(writer: Callable[..., Writer]) -> None:
    """Days stand in the calendar, all others in lists of their own."""
    table = shown(data.page(writer()))
    assert '<td data-label="Total"><a href="../resources/index.html">1</a></td>' in table
    assert "../calendar/index.html" in table


def test_a_week_is_told_by_its_first_and_last_day(writer: Callable[..., Writer], today: date) -> None:
    """One month is named once, two months both."""
    w = writer(on=date(2027, 9, 1))
    edition = Edition(w.kb, Words("en"), w.today, Repository(), planned=tasks(w.kb, w.today))
    headings = [section.heading for section in todo.page(Writer(edition, 1)).sections]
    assert headings
    assert all(re.fullmatch(r"Week of \d+(–\d+| [A-Z][a-z]+ – \d+) [A-Z][a-z]+|Later", heading) for heading in headings)


def test_a_task_names_its_file_once_as_the_way_to_edit_it(writer: Callable[..., Writer]) -> None:
    """Without an address of the repository the file is only named."""
    on, repository = date(2027, 9, 1), Repository("https://github.com/office/kb")
    assert f'<a href="https://github.com/office/kb/edit/main/networks/{GUIDE}"' in shown(todo.page(writer(1, repository, on)))
    page = shown(todo.page(writer(on=on)))
    assert page.count(f'<code translate="no">networks/{GUIDE}</code>') == 1


def test_a_mistake_can_be_reported_from_every_record(writer: Callable[..., Writer]) -> None:
    """In the form for it, or where the help says how to tell the Division."""
    assert '<a href="../help/index.html#tell">Report a mistake</a>' in shown(
        resource.page(writer(), writer().kb.resources["nno/guide"])
    )
    w = writer(1, Repository("https://github.com/office/kb"))
    form = shown(resource.page(w, w.kb.resources["nno/guide"]))
    assert f'href="https://github.com/office/kb/issues/new?template=wrong.yml&amp;page=networks/{GUIDE}"' in form
