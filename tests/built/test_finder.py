"""The finder in a real browser: filters with right counts, the address, the table, and the lists that stay."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.words.language import Words

from .conftest import LOOKS, violations

Window = Callable[..., Page]
FIELD = "#kb-finder-query"
STATUS = ".kb-finder [role=status]"
ITEM = ".kb-finder__list > li"
CHIP = ".kb-finder .kb-chips .kb-chip"
KA, EN = Words("ka"), Words("en")

ODD = {
    "markup": "?q=%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "markup as a value": "?theme=%3Cimg%20src=x%20onerror=alert(1)%3E&kind=resource",
    "an unknown value": "?theme=nothing-of-the-kind",
    "an unknown name": "?color=red&__proto__=x&constructor=y",
    "half an escape": "?q=%E1%83%&theme=%",
    "empty": "?q=&theme=&sort=&both=",
    "a wrong order": "?q=NNO&sort=sideways",
    "ten thousand letters": "?q=" + "%E1%83%90" * 10_000,
    "marks of direction": "?q=%E2%80%AEtorture%E2%80%AC",
    "the same twice": "?kind=resource&kind=resource",
}


def ready(page: Page) -> int:
    """The number of results when there is an answer."""
    expect(page.locator(STATUS)).to_have_text(re.compile("[0-9]|" + KA("search.none") + "|" + EN("search.none")))
    found = re.search(r"\d+", page.inner_text(STATUS))
    return int(found[0]) if found else 0


def total(page: Page, number: int) -> None:
    """Waits for a number of results."""
    expect(page.locator(STATUS)).to_have_text(KA("search.results", n=number))


def query(page: Page) -> list[tuple[str, str]]:
    """What the address says."""
    return parse_qsl(urlsplit(page.url).query)


def tick(page: Page, group: str, value: int = 0) -> int:
    """Chooses a value of a group of filters; gives the number beside it."""
    part = page.locator("details.kb-facet", has=page.locator("summary", has_text=group)).first
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    row = part.locator("li:not([hidden])").nth(value)
    number = int(row.locator(".kb-count").inner_text())
    row.locator("input").check()
    return number


def test_without_a_question_everything_is_there(window: Window) -> None:
    """The finder begins with all pages, twenty of them shown."""
    page = window("find/index.html")
    assert ready(page) > 100
    assert page.locator(ITEM).count() == 20


@pytest.mark.parametrize("text", ["", "წამება", "NNO"])
def test_the_number_beside_a_value_is_the_number_of_results(window: Window, text: str) -> None:
    """Choosing a value leaves as many results as it said, also with another filter chosen before."""
    page = window(f"find/index.html?q={text}")
    ready(page)
    total(page, tick(page, KA("find.kind"), 1))
    total(page, tick(page, KA("find.theme"), 0))
    assert page.locator(CHIP).count() == 2


def test_values_of_one_facet_add_up(window: Window) -> None:
    """Two kinds show the pages of either."""
    page = window("find/index.html")
    ready(page)
    first = tick(page, KA("find.kind"), 0)
    total(page, first)
    total(page, first + tick(page, KA("find.kind"), 1))


def test_a_value_without_results_is_not_offered(window: Window) -> None:
    """No tick leads to an empty list, save one that is chosen already."""
    page = window("find/index.html?q=NNO&kind=unit")
    ready(page)
    for row in page.locator(".kb-facet li:not([hidden])").all():
        assert row.locator(".kb-count").inner_text() != "0" or row.locator("input").is_checked()


def test_focus_stays_where_it_was(window: Window) -> None:
    """A tick keeps the focus when the results come, and so does the field while typing."""
    page = window("find/index.html")
    ready(page)
    total(page, tick(page, KA("find.kind"), 1))
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.click(FIELD)
    page.keyboard.type("წამება")
    expect(page.locator(".kb-finder__list mark").first).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()
    assert page.evaluate("document.activeElement.selectionStart") == 6


def test_each_chosen_filter_can_be_taken_away(window: Window) -> None:
    """A chip takes away its filter, the last button all of them; the text stays."""
    page = window("find/index.html?q=NNO")
    without = ready(page)
    first = tick(page, KA("find.kind"), 1)
    total(page, first)
    tick(page, KA("find.theme"), 0)
    expect(page.locator(CHIP)).to_have_count(2)
    page.keyboard.press("Escape")
    page.locator(CHIP).nth(1).click()
    total(page, first)
    expect(page.locator(FIELD)).to_be_focused()
    page.click(".kb-clear")
    total(page, without)
    assert query(page) == [("q", "NNO")]


def test_the_address_holds_everything(window: Window) -> None:
    """Who opens the address sees the same question, filters, order and results."""
    page = window("find/index.html")
    ready(page)
    tick(page, KA("find.kind"), 1)
    page.fill(FIELD, "წამება")
    page.keyboard.press("Enter")
    page.select_option("#kb-sort", "title")
    expect(page.locator(".kb-finder__list mark").first).to_be_visible()
    assert [name for name, _ in query(page)] == ["q", "kind", "sort"]
    titles = page.locator(f"{ITEM} a").all_inner_texts()
    other = window(f"find/index.html?{urlsplit(page.url).query}")
    assert ready(other) == ready(page)
    assert other.locator(f"{ITEM} a").all_inner_texts() == titles
    assert other.input_value(FIELD) == "წამება"
    assert other.input_value("#kb-sort") == "title"
    assert other.locator(CHIP).count() == 1


def test_a_step_back_undoes_one_choice_and_not_one_letter(window: Window) -> None:
    """Typing leaves one step behind, a tick another; back and forward lead through them."""
    page = window("find/index.html")
    everything = ready(page)
    page.click(FIELD)
    page.keyboard.type("NNO", delay=250)
    page.keyboard.press("Enter")
    some = ready(page)
    assert some != everything
    few = tick(page, KA("find.kind"), 1)
    total(page, few)
    page.go_back()
    total(page, some)
    assert query(page) == [("q", "NNO")]
    page.go_back()
    total(page, everything)
    assert page.input_value(FIELD) == ""
    page.go_forward()
    total(page, some)
    assert page.input_value(FIELD) == "NNO"


def test_back_from_a_result_leads_to_the_same_results(window: Window) -> None:
    """The question, the filters and the number of results shown are there again."""
    page = window("find/index.html?kind=resource")
    ready(page)
    page.click(".kb-more")
    expect(page.locator(ITEM)).to_have_count(40)
    page.locator(f"{ITEM} a").nth(30).click()
    page.wait_for_url(re.compile("/resources/"))
    page.go_back()
    expect(page.locator(ITEM)).to_have_count(40)
    assert query(page) == [("kind", "resource")]


def test_more_results_lead_on_from_the_last(window: Window) -> None:
    """The keyboard goes to the first of the new results; none comes twice."""
    page = window("find/index.html?kind=resource")
    number = ready(page)
    page.focus(".kb-more")
    page.keyboard.press("Enter")
    expect(page.locator(ITEM)).to_have_count(40)
    assert page.evaluate("document.activeElement.closest('li').previousElementSibling.parentElement.children.length") == 40
    expect(page.locator(f"{ITEM}:nth-child(21) a")).to_be_focused()
    while page.locator(".kb-more").is_visible():
        before = page.locator(ITEM).count()
        page.click(".kb-more")
        expect(page.locator(ITEM)).not_to_have_count(before)
    links = [link.get_attribute("href") for link in page.locator(f"{ITEM} a").all()]
    assert len(links) == len(set(links)) == number


def test_newest_first_is_the_order_without_words(window: Window) -> None:
    """Years go down."""
    page = window("find/index.html?kind=resource")
    ready(page)
    lines = page.locator(f"{ITEM} .kb-card__facts").all_inner_texts()
    years = [int(year[0]) for line in lines if (year := re.search(r"\b(?:19|20)\d\d\b", line))]
    assert len(years) > 10
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize(("section", "kind"), [("resources", "resource"), ("events", "event"), ("opportunities", "opportunity")])
@pytest.mark.parametrize("language", ["", "en/"])
def test_a_list_stays_until_something_is_asked(window: Window, language: str, section: str, kind: str) -> None:
    """Results take the place of the page's own list, and give it back when all is cleared."""
    page = window(f"{language}{section}/index.html")
    own = page.locator(".kb-page > section").first
    expect(own).to_be_visible()
    page.fill(FIELD, "NNO")
    expect(page.locator(ITEM).first).to_be_visible()
    expect(own).to_be_hidden()
    assert query(page) == [("q", "NNO")]
    root = page.url.split(f"/{section}/")[0]
    for link in page.locator(f"{ITEM} a").all():
        assert str(link.get_attribute("href")).startswith(f"{root}/{section}/")
    page.fill(FIELD, "")
    expect(own).to_be_visible()
    expect(page.locator(ITEM)).to_have_count(0)
    assert query(page) == []


def test_a_list_loads_no_index_before_somebody_searches(site: Path, browser: Browser) -> None:
    """Who reads the list pays nothing for the finder above it."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "resources" / "index.html").as_uri())
    page.wait_for_selector(FIELD)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/search/" in url] == []
    page.close()


def test_the_filters_of_a_list_can_be_opened_first(window: Window) -> None:
    """Nothing needs typing: a filter alone gives results."""
    page = window("resources/index.html")
    page.click(".kb-filters")
    total(page, tick(page, KA("filter.kind"), 0))
    expect(page.locator(".kb-page > section").first).to_be_hidden()
    assert page.locator("details.kb-facet summary", has_text=KA("find.kind")).count() == 0


def test_escape_closes_a_group_of_filters(window: Window) -> None:
    """The keyboard comes back to the group's name; going on closes it, too."""
    page = window("find/index.html")
    ready(page)
    summary = page.locator("details.kb-facet:not([hidden]) summary").first
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    assert page.locator("details.kb-facet[open]").count() == 0
    summary.click()
    page.focus(FIELD)
    assert page.locator("details.kb-facet[open]").count() == 0


def top(page: Page, selector: str) -> float:
    """Where the first of these begins."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"]


@pytest.mark.parametrize("width", [1280, 360])
def test_an_open_group_covers_neither_the_number_nor_the_chosen_filters(window: Window, width: int) -> None:
    """Both stand above the filters, and nothing moves under the reader's finger when the first filter is chosen."""
    page = window("find/index.html?q=უფლება", width)
    ready(page)
    if page.locator("#kb-facets").is_hidden():
        page.click(".kb-filters")
    page.locator("details.kb-facet summary", has_text=KA("find.theme")).click()
    before = top(page, ".kb-facet[open]")
    total(page, tick(page, KA("find.theme"), 0))
    expect(page.locator(CHIP)).to_have_count(1)
    assert top(page, ".kb-facet[open]") == before
    assert top(page, STATUS) < before
    assert top(page, CHIP) < before


def test_a_narrow_window_has_a_button_that_leads_to_the_results(window: Window) -> None:
    """It says how many there are, closes the filters, and the keyboard stands at the number; a wide window needs none."""
    page = window("find/index.html", 360)
    ready(page)
    page.click(".kb-filters")
    left = tick(page, KA("find.kind"), 1)
    total(page, left)
    button = page.locator(".kb-done")
    expect(button).to_have_text(KA("search.show", n=left))
    assert button.evaluate("(button) => Boolean(button.closest('details[open]'))")
    button.click()
    expect(page.locator("#kb-facets")).to_be_hidden()
    expect(page.locator(STATUS)).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.click(".kb-filters")
    expect(page.locator("#kb-facets")).to_be_visible()
    expect(button).to_be_hidden()


def test_a_group_without_values_stays_and_does_not_open(window: Window) -> None:
    """A choice never takes a group's button away: it is disabled where nothing is left to choose."""
    page = window("find/index.html")
    ready(page)
    groups = page.locator("details.kb-facet:not([hidden])")
    before = groups.count()
    page.fill(FIELD, "NNO")
    page.goto(page.url)  # nothing of the page before is remembered
    ready(page)
    total(page, tick(page, KA("find.kind"), 0))
    assert page.locator(".kb-facet summary[aria-disabled]").count() > 0
    assert groups.count() == before
    page.locator(".kb-facet summary[aria-disabled]").first.click(force=True)
    assert page.locator(".kb-facet:has([aria-disabled])[open]").count() == 0


def test_without_results_there_is_no_button_for_filters(window: Window) -> None:
    """There is nothing to choose; it is back with the next results, and the filters are open as they were."""
    page = window("find/index.html?q=ღვღვღვღვ")
    expect(page.locator(STATUS)).to_have_text(KA("search.none"))
    expect(page.locator(".kb-filters")).to_be_hidden()
    expect(page.locator("#kb-facets")).to_be_hidden()
    page.fill(FIELD, "წამება")
    expect(page.locator(".kb-filters")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#kb-facets")).to_be_visible()


def test_a_result_under_an_open_group_is_reached_with_one_click(window: Window) -> None:
    """On a narrow window an open group makes the page longer: it closes after the click, not under it."""
    page = window("find/index.html?q=NNO", 360)
    ready(page)
    page.click(".kb-filters")
    page.locator("details.kb-facet:not([hidden]) summary").first.click()
    link = page.locator(f"{ITEM} a").first
    target = str(link.get_attribute("href"))
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_url(target)


def test_the_table_opens_in_excel(window: Window) -> None:
    """All results of the list, not the twenty that are shown; in UTF-8 with its mark, semicolons and CRLF."""
    page = window("resources/index.html?q=წამება")
    number = ready(page)
    assert number > 20
    with page.expect_download() as download:
        page.click(".kb-export")
    assert download.value.suggested_filename == "kb-resource-2031-05-01.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == number + 1
    assert rows[0][0] == KA("search.column_title")
    assert {len(row) for row in rows} == {len(rows[0])}
    assert KA("find-kind.resource") in rows[1]


def test_the_table_has_every_page_even_of_hundreds(window: Window) -> None:
    """The whole base in both languages is one table."""
    page = window("find/index.html?both=1")
    number = ready(page)
    with page.expect_download() as download:
        page.click(".kb-export")
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))) == number + 1


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '="x";"y"'])
def test_a_cell_of_the_table_is_never_a_formula(window: Window, title: str) -> None:
    """What begins like a formula gets an apostrophe before it; quotes and semicolons stay in their cell."""
    page = window("find/index.html")
    ready(page)
    hit = {"title": title, "url": "index.html", "lang": "ka", "date": "", "facets": {}}
    text = page.evaluate("(hit) => kb.table.csv([hit], [])", hit)
    row = next(csv.reader(io.StringIO(text.split("\r\n", 1)[1], newline=""), delimiter=";"))
    assert row[0] == f"'{title}"
    assert len(row) == 4


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("page_of", ["find/index.html", "en/resources/index.html"])
def test_odd_addresses_do_no_harm(window: Window, page_of: str, name: str) -> None:
    """Whatever stands in the address: an answer or the list, no markup from it, nothing in the console."""
    page = window(page_of + ODD[name])
    page.wait_for_selector(FIELD)
    page.wait_for_function(
        f"document.querySelector('{STATUS}').textContent || !document.querySelector('.kb-page > section')?.hidden"
    )
    assert page.locator(".kb-finder :is(script, img)").count() == 0


def test_an_unknown_value_can_be_taken_away(window: Window) -> None:
    """A filter from an old address finds nothing, is shown by its name and can be removed."""
    page = window("find/index.html?theme=no-such-theme")
    expect(page.locator(STATUS)).to_have_text(KA("search.none"))
    expect(page.locator(CHIP)).to_contain_text("no-such-theme")
    assert KA("search.try_filters") in page.inner_text(".kb-finder")
    page.locator(CHIP).first.click()
    expect(page.locator(STATUS)).not_to_have_text(KA("search.none"))
    assert ready(page) > 100


def test_words_only_in_the_other_language_widen(window: Window) -> None:
    """The button for both languages changes the tick, the address and the results."""
    page = window("find/index.html?q=ღვღვღვღვ")
    expect(page.locator(STATUS)).to_have_text(KA("search.none"))
    page.click(f".kb-advice >> text={KA('search.try_both')}")
    expect(page.locator(".kb-finder__form .kb-tick input")).to_be_checked()
    assert ("both", "1") in query(page)


def test_a_finder_that_cannot_be_loaded_leaves_the_list(site: Path, browser: Browser) -> None:
    """Without the index the page's own list stays, and a sentence says what happened; another try works."""
    page = browser.new_page()
    page.route("**/search/**", lambda route: route.abort())
    page.goto(f"{site.as_uri()}/resources/index.html?q=NNO")
    expect(page.locator(STATUS)).to_have_text(KA("search.failed"))
    expect(page.locator(".kb-page > section").first).to_be_visible()
    page.unroute("**/search/**")
    page.click(f".kb-finder >> text={KA('search.retry')}")
    expect(page.locator(ITEM).first).to_be_visible()
    page.close()


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_field_of_the_home_page_leads_to_the_finder(window: Window, language: str) -> None:
    """Enter in it finds what was typed."""
    page = window(f"{language}index.html")
    page.fill(".kb-ask input", "NNO")
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_have_value("NNO")
    expect(page.locator(f"{ITEM} a[href$='networks/nno.html']")).to_be_visible()


@pytest.mark.parametrize("address", ["find/index.html", "resources/index.html"])
def test_without_javascript_the_lists_are_there(site: Path, browser: Browser, address: str) -> None:
    """The list of resources is in its page; the finder's page leads to all lists."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / address).as_uri())
    assert page.locator("article li a:visible").count() > 8
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_axe_finds_no_violation_in_the_finder(window: Window, language: str, scheme: Any, width: int) -> None:
    """With results, a group open and chips; with none; above a list: no WCAG A or AA rule is broken, nothing is too wide."""
    words = EN if language else KA
    page = window(f"{language}find/index.html?q=torture&kind=resource", width, color_scheme=scheme)
    ready(page)
    if page.locator("#kb-facets").is_hidden():
        page.click(".kb-filters")
    found = {"results": violations(page)}
    page.locator("details.kb-facet:not([hidden]) summary").first.click()
    found["open"] = violations(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.goto(page.url.split("?")[0] + "?q=zzzzzzzz")
    expect(page.locator(STATUS)).to_have_text(words("search.none"))
    found["none"] = violations(page)
    page.goto(page.url.split("/find/")[0] + "/resources/index.html?q=torture")
    ready(page)
    found["list"] = violations(page)
    assert found == {"results": [], "open": [], "none": [], "list": []}
    assert wide <= width


def test_targets_are_large_enough(window: Window) -> None:
    """What can be pressed in the finder is at least 24 px high and wide, or has its label around it."""
    page = window("find/index.html?q=torture&kind=resource", width=360)
    ready(page)
    page.click(".kb-filters")
    page.locator("details.kb-facet:not([hidden]) summary").first.click()
    sizes = page.evaluate(
        """[...document.querySelectorAll(".kb-finder :is(button, summary, select, label.kb-tick), .kb-search")]
           .filter((part) => part.offsetParent).map((part) => [part.textContent, part.offsetHeight, part.offsetWidth])"""
    )
    assert [size for size in sizes if min(size[1:]) < 24] == []
