"""The parsing process: what it says, and that it is killed when a body is made to be heavy."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.failure import Failed
from kb.fetching.limits import Limits
from kb.fetching.parsing.child import parsed
from kb.fetching.parsing.pages import judged, main_text, named_feeds
from kb.fetching.parsing.sandbox import order_of, parse
from kb.fetching.wire.client import Answer

pytestmark = pytest.mark.slow

SMALL = Limits(parse_wall_seconds=3.0, parse_cpu_seconds=1, parse_memory=400_000_000)
ITEM = "<item><title>Report</title><link>https://example.org/r</link>{}</item>"
FEED = "<rss version='2.0'><channel>{}</channel></rss>"


def answer(text, content_type="application/xml"):
    """An answer with a body."""
    body = text if isinstance(text, bytes) else text.encode()
    return Answer(200, {"content-type": content_type}, body, "https://example.org/feed/")


def outcome(what, text):
    """The code of a failure, empty when there is none, and the titles or lines that are read of a text."""
    try:
        found = parse(what, answer(text), SMALL)
    except Failed as failed:
        return failed.code, []
    return found.failure, [*(entry.title for entry in found.entries), *found.lines]


GIVEN_UP = ("too-heavy", [])  # which of them is, depends on how quick the machine is


def test_the_process_says_what_the_parser_says():
    """What crosses from the child is what was read there."""
    found = answer(FEED.format(ITEM.format("<description>ა</description>")))
    assert parse("feed", found, Limits()) == parsed(order_of("feed", found, Limits()), found.body)


HEAVY = {
    "50,000 categories": FEED.format(ITEM.format("<category>x</category>" * 50_000)),
    "200,000 attributes": FEED.format(
        ITEM.format("").replace("<item>", "<item " + " ".join(f"a{n}='1'" for n in range(200_000)) + ">")
    ),
    "100,000 comments that nothing closes": FEED.format(ITEM.format("<!--" * 100_000)),
    "100,000 elements one in the other": FEED.format(ITEM.format("<a>" * 100_000)),
    "100,000 elements in HTML": FEED.format(ITEM.format("<description>" + "&lt;b&gt;" * 100_000 + "</description>")),
    "a namespace for each of 20,000 elements": FEED.format(ITEM.format("".join(f"<x xmlns='u{n}'/>" for n in range(20_000)))),
    "100,000 openings of CDATA": FEED.format(ITEM.format("<![CDATA[" * 100_000)),
    "100,000 ampersands": FEED.format(ITEM.format("<title>" + "&" * 100_000 + "</title>")),
    "100,000 references": FEED.format(ITEM.format("<title>" + "&#60;" * 100_000 + "</title>")),
    "an item 100,000 times begun": FEED.format("<item>" * 100_000),
    "JSON of 100,000 lists": '{"items": ' + "[" * 100_000,
    "a number of 100,000 digits": '{"items": [{"id": ' + "9" * 100_000 + "}]}",
    "a calendar of 100,000 lines in an event": "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "SUMMARY:x\n" * 100_000 + "END:VEVENT\n",
    "100,000 events that nothing closes": "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 100_000,
    "spaces": " " * 5_000_000 + "<rss>",
    "a line of a million letters": FEED.format(ITEM.format("<description>" + "x" * 1_000_000 + "</description>")),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_body_made_to_be_heavy_is_read_or_given_up(name):
    """Within a second of the processor and a few of the clock there is an answer, and what is read is what stands there.

    That our reader stumbled (unreadable) is none of the answers.
    """
    right = [("", ["Report"])] if "Report" in HEAVY[name] else [("not-a-feed", []), ("empty-feed", []), ("", ["x"])]
    assert outcome("feed", HEAVY[name]) in [GIVEN_UP, *right]


def test_memory_is_bounded():
    """A process that wants more than it may have is given up, and the cause is that."""
    with pytest.raises(Failed, match="too-heavy"):
        parse(
            "feed",
            answer(FEED.format(ITEM.format("x" * 30_000_000))),
            SMALL.model_copy(update={"parse_memory": 60_000_000}),
        )


def test_the_process_gets_no_secret(monkeypatch):
    """Only what Python needs of the environment goes to what reads hostile bytes."""
    from kb.fetching.parsing import sandbox

    monkeypatch.setenv("KB_SMTP_PASSWORD", "secret")
    seen = {}
    real = sandbox.subprocess.run
    monkeypatch.setattr(sandbox.subprocess, "run", lambda *a, **more: seen.update(more["env"]) or real(*a, **more))
    parse("feed", answer(FEED.format(ITEM.format(""))), Limits())
    assert ("KB_SMTP_PASSWORD" in seen, seen["PATH"]) == (False, os.environ["PATH"])


# --- pages

PAGE = (
    """<!DOCTYPE html><html><head><title>T</title><style>p {color: red}</style></head><body>
<header><nav><a href="/">Home</a></nav></header>
<main><h1>About&nbsp;us</h1><p>We are <b>fifty</b>
members.</p><ul><li>One</li><li>Two<li>Three</ul><script>var x = "<p>no</p>";</script>
<p>A &amp; B &lt;c&gt;</p><table><tr><td>x</td><td>y</td></tr></table><p>"""
    + "More words here. " * 20
    + """</p></main>
<aside>Latest news</aside><footer>Imprint</footer></body></html>"""
)


def test_the_main_text_of_a_page_is_its_paragraphs():
    """Without its frame, its scripts and its tags."""
    lines = main_text(PAGE)
    assert lines[:7] == ["About us", "We are fifty members.", "One", "Two", "Three", "A & B", "x"]
    assert [line for line in lines if "Imprint" in line or "news" in line or "Home" in line or "var" in line] == []


def test_a_page_without_a_main_part_is_read_without_its_frame():
    """Old pages are all div."""
    assert main_text("<body><div>One<div>Two</div>Three<br>Four</div><footer>no</footer></body>") == [
        "One",
        "Two",
        "Three",
        "Four",
    ]


def test_a_frame_that_nothing_closes_does_not_swallow_the_page():
    """A page whose nav is never closed is still read."""
    assert main_text("<body><nav><a>Home</a><p>The text</p></body>") == ["Home", "The text"]


LINKS = """<html><head>
<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="News &raquo; Comments Feed" href="/comments/feed/">
<link rel="alternate" hreflang="fr" href="/fr/">
<link rel="Alternate" type="application/atom+xml" href="https://example.org/atom">
<link rel="stylesheet" href="/x.css"></head>
<body><a href="/news?p_p_id=x&amp;p_p_lifecycle=2&amp;p_p_resource_id=getRSS">RSS</a><a href="/about">x</a></body></html>"""


def test_a_page_names_its_feeds():
    """By link elements first, then by the getRSS links of Liferay; feeds of comments and translations are none."""
    assert named_feeds(LINKS, "https://example.org/news") == [
        "https://example.org/feed/",
        "https://example.org/atom",
        "https://example.org/news?p_p_id=x&p_p_lifecycle=2&p_p_resource_id=getRSS",
    ]


def test_the_base_of_a_page_is_that_of_its_feeds():
    """Relative addresses are those of the base element."""
    text = "<html><head><base href='https://cdn.example.org/x/'><link rel=alternate type=text/calendar href=feed></head></html>"
    assert named_feeds(text, "https://example.org/") == ["https://cdn.example.org/x/feed"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html><body><div id='cf-chl-widget'></div>Verify you are human</body></html>", "challenge"),
        ("<html><body><input type='password'></body></html>", "login"),
        (
            "<html><body><p>"
            + "News of the day. " * 100
            + "</p><input type=password><script src='https://hcaptcha.com/1'></script></body></html>",
            "",
        ),
        ("<html><body><p>Hello</p></body></html>", ""),
    ],
)
def test_a_page_that_is_a_gate_is_known(text, code):
    """A challenge or a login has little else on it; a page with a login in its corner is a page."""
    assert judged(text) == code


@pytest.mark.parametrize(
    "text", ["<p " * 50_000, "<!--" * 50_000, "<" * 100_000, "<![" * 50_000, "&" * 100_000, "<a href='" * 30_000, "</" * 50_000]
)
def test_a_page_made_to_be_heavy_is_read_or_given_up(text):
    """The reader of HTML is bounded as that of feeds, and keeps what stands before."""
    found = outcome("page", f"<html><body><p>Before</p>{text}")
    assert found == GIVEN_UP or (found[0], found[1][:1]) == ("", ["Before"])


@given(st.text(alphabet="<>/!-='\" abdhiklmnoprstvx&;#[]\n", max_size=200))
def test_any_page_is_read(text):
    """Whatever its tags: lines, feeds and a judgement, and nothing raises."""
    links = f"<link rel=alternate type=text/calendar href={text}>"
    for page in (text, f"<html><body><main>{text}</main>", f"<!doctype html><head>{text}{links}"):
        assert all(line.strip() for line in main_text(page))
        assert judged(page) in ("", "login", "challenge")
        assert all("://" in url for url in named_feeds(page, "https://example.org/"))
