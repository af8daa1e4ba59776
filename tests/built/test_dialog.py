"""The search in the header, in a real browser: keys, results while typing, what is said when there is nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.words.language import Words

from .conftest import LOOKS, violations

Window = Callable[..., Page]
PAGE = "networks/nno.html"
FIELD = ".kb-dialog input[type=text]"
HIT = ".kb-dialog .kb-hit"
STATUS = ".kb-dialog [role=status]"
NOWHERE = "ღვღვღვღვღვღვ"  # no word of any page begins so
KA, EN = Words("ka"), Words("en")

ODD = {
    "one letter": "წ",
    "punctuation": "„“ – … ? ! . , ; : ( ) [ ] { } * + \\ / |",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": "\"' „წამება“ ‘torture’ `",
    "marks of direction": "\u202eწამება\u202c \u200f\u2067torture\u2069",
    "emoji": "🇬🇪 👩‍👩‍👧 🕊️",
    "mixed scripts": "წამება torture ՀԱՅ пытка",
    "half a character": "\ud83d",
    "names of objects": "__proto__ constructor toString",
    "ten thousand letters": "ა" * 10_000,
}


def searching(window: Window, address: str = PAGE, **options: Any) -> Page:
    """A page with the search open."""
    page = window(address, **options)
    page.click(".kb-search")
    page.wait_for_selector(".kb-dialog__foot")
    return page


def answered(page: Page, text: str) -> None:
    """Types, and waits for the answer to just that."""
    page.fill(FIELD, "")
    expect(page.locator(STATUS)).to_have_text("")
    page.fill(FIELD, text)
    expect(page.locator(STATUS)).to_have_text(re.compile("[0-9]|" + re.escape(KA("search.none")) + "|" + EN("search.none")))


@pytest.mark.parametrize("key", ["/", "f", "s", "Control+k", "Meta+k"])
def test_a_key_opens_the_search(window: Window, key: str) -> None:
    """The keys of the theme and of other sites open it, and the field has the focus."""
    page = window(PAGE)
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()
    assert page.input_value(FIELD) == ""


def test_a_single_key_in_a_field_is_a_letter(window: Window) -> None:
    """In the field of the finder a stroke is a stroke."""
    page = window("find/index.html")
    page.click("#kb-finder-query")
    page.keyboard.type("s/f")
    assert page.input_value("#kb-finder-query") == "s/f"
    assert page.locator(".kb-dialog").count() == 0


def test_single_keys_can_be_switched_off(window: Window) -> None:
    """Who dictates or types by mistake can take the keys away; the choice is remembered (WCAG 2.1.4)."""
    page = searching(window)
    page.uncheck(".kb-tick--keys input")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    assert page.locator(".kb-dialog").count() == 0
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()


def test_what_is_typed_while_the_search_is_loaded_is_not_lost(window: Window) -> None:
    """Letters that come right after the key stand in the field, and are searched for."""
    page = window(PAGE)
    page.keyboard.press("/")
    page.keyboard.type("NNO")
    expect(page.locator(HIT).first).to_be_visible()
    assert page.input_value(FIELD) == "NNO"


@pytest.mark.parametrize("way", ["Escape", "button", "outside", "again"])
def test_the_search_closes_and_gives_the_focus_back(window: Window, way: str) -> None:
    """Each way to close leads back to where the reader was."""
    page = window(PAGE)
    page.focus(".kb-search")
    page.keyboard.press(" ")
    page.wait_for_selector(".kb-dialog__foot")
    if way == "Escape":
        page.keyboard.type("წამება")
        page.keyboard.press("Escape")
    elif way == "button":
        page.click(".kb-dialog__close")
    else:
        page.mouse.click(20, 780)
    expect(page.locator(".kb-dialog")).to_be_hidden()
    expect(page.locator(".kb-search")).to_be_focused()


def test_selecting_beyond_the_edge_does_not_close(window: Window) -> None:
    """A press that began in the field and ends outside is a selection."""
    page = searching(window)
    page.fill(FIELD, "წამების პრევენცია")
    box = page.locator(FIELD).bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(10, 700)
    page.mouse.up()
    expect(page.locator(".kb-dialog")).to_be_visible()


def test_results_come_while_typing_with_the_forms_marked(window: Window) -> None:
    """Without any other key the results are there; other forms of the word are marked, too."""
    page = searching(window)
    page.keyboard.type("წამება")
    expect(page.locator(HIT).first).to_be_visible()
    assert "წამების" in page.locator(".kb-hit__title mark").all_inner_texts()
    assert re.fullmatch(r"\d+ შედეგი", page.inner_text(STATUS))


def test_text_put_in_by_the_mouse_is_searched(window: Window) -> None:
    """Pasting and dropping give results as typing does."""
    page = searching(window)
    for kind in ("insertFromPaste", "insertFromDrop"):
        page.fill(FIELD, "")
        expect(page.locator(STATUS)).to_have_text("")
        page.evaluate(
            """([field, kind]) => { const input = document.querySelector(field); input.value = "NNO";
               input.dispatchEvent(new InputEvent("input", {inputType: kind, bubbles: true})); }""",
            [FIELD, kind],
        )
        expect(page.locator(HIT).first).to_be_visible()


def test_half_composed_text_is_not_searched(window: Window) -> None:
    """With an input method nothing is asked before the word is put in."""
    page = searching(window)
    page.wait_for_function("window.kbSearch")
    page.evaluate(
        """() => { const query = kbSearch.query; window.asked = [];
             kbSearch.query = (...all) => { asked.push(all[0]); return query(...all); }; }"""
    )
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "wam", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(300)
    session.send("Input.insertText", {"text": "წამება"})
    expect(page.locator(HIT).first).to_be_visible()
    assert page.evaluate("asked") == ["წამება"]


def test_arrows_choose_and_enter_opens(window: Window) -> None:
    """The first result is chosen; an arrow goes to the next, past an end to the other; Enter opens the chosen one."""
    page = searching(window)
    answered(page, "წამება")
    field, hits = page.locator(FIELD), page.locator(HIT)
    expect(field).to_have_attribute("aria-activedescendant", "kb-hit-0")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", f"kb-hit-{hits.count() - 1}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "kb-hit-1")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    assert page.locator("[aria-selected=true]").count() == 1
    target = str(hits.nth(1).get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_home_and_end_stay_in_the_text(window: Window) -> None:
    """Home and End move the cursor, not the choice."""
    page = searching(window)
    answered(page, "NNO")
    page.keyboard.press("Home")
    assert page.evaluate(f"document.querySelector('{FIELD}').selectionStart") == 0
    page.keyboard.press("End")
    assert page.evaluate(f"document.querySelector('{FIELD}').selectionStart") == 3
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", "kb-hit-0")


def test_enter_right_after_typing_opens_the_best_result(window: Window) -> None:
    """Who knows what he wants need not wait for the list."""
    page = searching(window, "index.html")
    page.keyboard.type("NNO")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/networks/nno.html"))


def test_a_result_on_the_same_page_is_gone_to(window: Window) -> None:
    """A contact of the network whose page is open is not hidden by the dialog."""
    page = searching(window)
    answered(page, "NNO")
    page.locator(f"{HIT}[href*='nno.html#']").first.click()
    expect(page.locator(".kb-dialog")).to_be_hidden()
    assert "#" in page.url


def test_enter_with_control_opens_another_tab(window: Window) -> None:
    """The page with the question stays."""
    page = searching(window)
    answered(page, "NVD")
    before = page.url
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    assert opened.value.url != before
    assert page.url == before


def test_an_answer_that_comes_late_is_dropped(window: Window) -> None:
    """The answer to an earlier question never takes the place of a later one."""
    page = searching(window)
    page.wait_for_function("window.kbSearch")
    page.evaluate(
        """() => { const query = kbSearch.query; kbSearch.query = async (text, options) => {
             if (text === "NNO") await new Promise((go) => setTimeout(go, 700));
             return query(text, options); }; }"""
    )
    page.fill(FIELD, "NNO")
    page.wait_for_timeout(200)
    page.fill(FIELD, NOWHERE)
    expect(page.locator(STATUS)).to_have_text(KA("search.none"))
    page.wait_for_timeout(800)
    expect(page.locator(STATUS)).to_have_text(KA("search.none"))


def test_no_result_says_what_to_try(window: Window) -> None:
    """An empty answer leads on: both languages, themes, terms."""
    page = searching(window)
    answered(page, NOWHERE)
    said = page.inner_text(".kb-dialog")
    for key in ("search.none", "search.try_shorter", "search.try_both", "search.try_themes", "search.try_glossary"):
        assert KA(key) in said
    expect(page.locator("#kb-hits")).to_be_hidden()
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "false")


def test_the_term_of_the_other_language_is_offered(window: Window) -> None:
    """`torture` on a Georgian page shows its Georgian term, which can be searched for."""
    page = searching(window)
    answered(page, "torture")
    term = page.locator(".kb-terms button", has_text="წამება").first
    expect(term).to_be_visible()
    term.click()
    expect(page.locator(FIELD)).to_have_value("წამება")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(".kb-hit__title mark", has_text="წამების").first).to_be_visible()


def test_both_languages_are_one_tick_and_it_is_remembered(window: Window) -> None:
    """Results of the other language say so; the tick is there on the next page."""
    page = searching(window)
    answered(page, "NVD")
    assert page.locator(f"{HIT}[lang=en]").count() == 0
    page.check(".kb-dialog__foot .kb-tick >> nth=0")
    page.fill(FIELD, "joint")
    expect(page.locator(f"{HIT}[lang=en] .kb-badge").first).to_have_text(KA("search.in_en"))
    page.goto(page.url.replace("networks/nno", "units/nvd"))
    page.click(".kb-search")
    expect(page.locator(".kb-dialog__foot input").first).to_be_checked()


def test_all_results_are_in_the_finder(window: Window) -> None:
    """The link under the list leads to the finder, which finds as many."""
    page = searching(window)
    answered(page, "წამება")
    total = int(page.inner_text(STATUS).split()[0])
    link = page.locator(".kb-dialog__after a")
    expect(link).to_have_text(KA("search.all", n=total))
    link.click()
    expect(page.locator("#kb-finder-query")).to_have_value("წამება")
    expect(page.locator(".kb-finder [role=status]")).to_have_text(KA("search.results", n=total))


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("language", ["", "en/"])
def test_odd_text_does_no_harm(window: Window, language: str, name: str) -> None:
    """Whatever stands in the field: an answer in words, no markup from it, nothing in the console."""
    page = searching(window, f"{language}{PAGE}")
    scripts = page.locator("script, img").count()
    page.evaluate(
        """([field, text]) => { const input = document.querySelector(field); input.value = text;
           input.dispatchEvent(new InputEvent("input", {bubbles: true})); }""",
        [FIELD, ODD[name]],
    )
    expect(page.locator(STATUS)).to_have_text(re.compile("[0-9]|" + KA("search.none") + "|" + EN("search.none")))
    assert page.locator(".kb-dialog :is(script, img)").count() == 0
    assert page.locator("script:not([src*='/search/']), img").count() <= scripts


def test_only_spaces_are_no_question(window: Window) -> None:
    """An empty field and one of spaces show the hint."""
    page = searching(window)
    page.fill(FIELD, "   ")
    expect(page.locator(".kb-dialog__body")).to_contain_text(KA("search.hint"))


def test_a_search_that_cannot_be_loaded_says_so(site: Path, browser: Browser) -> None:
    """A lost connection gives a sentence, and another try works."""
    page = browser.new_page()
    page.route("**/search/search.js", lambda route: route.abort())
    page.goto((site / PAGE).as_uri())
    page.keyboard.press("/")
    page.keyboard.insert_text("NNO")  # one question: a later one would take the place of this one's answer
    expect(page.locator(STATUS)).to_have_text(KA("search.failed"))
    page.unroute("**/search/search.js")
    page.click(f".kb-dialog >> text={KA('search.retry')}")
    expect(page.locator(HIT).first).to_be_visible()
    page.close()


def test_nothing_of_the_search_is_loaded_before_it_is_opened(site: Path, browser: Browser) -> None:
    """A page that is only read asks for two small scripts of ours."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / PAGE).as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    own = [url.rpartition("/")[2] for url in asked if url.endswith(".js") and "bundle" not in url]
    assert own == ["kb.js", "unit.js"]


def test_without_javascript_the_button_leads_to_the_lists(site: Path, browser: Browser) -> None:
    """The button is a link to a page that says what is needed and has the lists."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / PAGE).as_uri())
    page.click(".kb-search")
    assert "JavaScript" in page.inner_text(".kb-finder")
    assert page.is_visible("article >> text=რესურსები")
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_axe_finds_no_violation_in_the_search(window: Window, language: str, scheme: str, width: int) -> None:
    """Empty, with results and without: no WCAG A or AA rule is broken, and nothing is wider than the window."""
    some = "torture" if language else "წამება"
    page = searching(window, f"{language}{PAGE}", width=width, color_scheme=scheme)
    found = {"empty": violations(page)}
    for text in (some, NOWHERE):
        answered(page, text)
        found[text] = violations(page)
        assert page.evaluate("document.querySelector('.kb-dialog').scrollWidth") <= width
    assert found == {"empty": [], some: [], NOWHERE: []}
