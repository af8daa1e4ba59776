"""Bytes of feeds become entries: the habits of each system, lies of encoding, and everything that is broken."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fetching.parsing.entry import Entry
from kb.fetching.parsing.feeds import legal, parse, without_doctype
from kb.records.item import UNSAFE

FEEDS = Path(__file__).parent / "feeds"
BASE = {"liferay.xml": "https://www.example.int/en/web/office/news"}
HOME = "https://example.org/feed/"
NOVEMBER = "Mon, 02 Nov 2026 10:00:00 GMT"

# What each saved response holds: (title, link, guid, published, start, language).
GOLDEN = {
    "wordpress.xml": [
        ("Call for applications – NPM’s training", "https://example.org/2026/11/call/", "https://example.org/?p=4711",
         "2026-11-20T08:30:00Z", None, "en"),
        ("Annual report 2025", "https://example.org/report/", "https://example.org/?p=4700", "2026-11-02T10:00:00Z", None, "en"),
    ],
    "drupal.xml": [
        ("Consultation on rights of the child", "https://example.org/en/news/2026/consultation", "56789 at https://example.org",
         "2026-11-18T11:00:00Z", None, "en"),
        ("A node without a date", "https://example.org/en/publication/2025/without-date",
         "https://example.org/en/publication/2025/without-date", None, None, "en"),
    ],
    "typo3.xml": [
        ('Jahreskonferenz: "Menschenrechte & Alter"',
         "https://example.org/aktuelles/detail?tx_news_pi1%5Baction%5D=detail&tx_news_pi1%5Bnews%5D=815&cHash=0f1e",
         "news-815", "2026-11-19T06:45:00Z", None, "de"),
    ],
    "liferay.xml": [
        ("Country visit: report published", "https://www.example.int/en/web/office/-/country-visit-report",
         "https://www.example.int/en/web/office/-/country-visit-report?p_l_back_url=%2Fen%2Fweb%2Foffice%2Fnews",
         "2026-11-20T09:00:00Z", None, None),
    ],
    "hudoc.xml": [
        ("CASE OF A v. STATE", "http://hudoc.example.int/eng#%7B%22itemid%22:[%22001-000001%22]%7D", "",
         "2026-04-09T00:00:00Z", None, None),
        ("CASE OF B v. STATE", "http://hudoc.example.int/eng#%7B%22itemid%22:[%22001-000002%22]%7D", "",
         "2026-04-09T00:00:00Z", None, None),
    ],
    "jsonfeed.json": [
        ("სემინარი ბავშვის უფლებებზე", "https://example.org/a", "https://example.org/a", "2026-11-19T06:00:00Z", None, "ka"),
        ("A note without a title, which goes on for a while so that it has to be cut somewhere if it is to…", None, "17",
         "2026-11-18T10:00:00Z", None, "en"),
        ("empty", None, "empty", None, None, "ka"),
    ],
    "calendar.ics": [
        ("General assembly, and a very long title that is folded over two lines", "https://example.org/events/1", "1@example.org",
         "2026-11-01T08:00:00Z", "2026-12-08", "en"),
        ("Event with a bad date", None, "2@example.org", None, None, None),
        ("Webinar", None, "3@example.org 2026-12-01", None, "2026-12-01", None),
    ],
}  # fmt: skip

SUMMARIES = {
    "wordpress.xml": ["Apply by 12 December 2026 … […]", "One. Two Three"],
    "drupal.xml": ["The Agency & partners ask for views.", ""],
    "typo3.xml": ["Anmeldung bis 3. Dezember"],
    "liferay.xml": ["The report is public."],
    "calendar.ics": ["First line Second line", "", ""],
}


def saved(name):
    """A saved response, read."""
    return parse((FEEDS / name).read_bytes(), "", BASE.get(name, HOME), 5_000)


def read(text, content_type="application/rss+xml", most=5_000):
    """A text or bytes, read as a feed."""
    return parse(text.encode() if isinstance(text, str) else text, content_type, HOME, most)


def feed(*items, head=""):
    """An RSS feed of these items."""
    return f"{head}<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>"


def item(title="Report", more=""):
    """An item with a title."""
    return f"<item><title>{title}</title><link>https://example.org/{len(title)}</link>{more}</item>"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_saved_response_becomes_its_entries(name):
    """What a system writes into a feed is found at its place, and nothing else is taken for it."""
    found = [(e.title, e.link, e.guid, e.published, e.start, e.language) for e in saved(name).entries]
    assert found == GOLDEN[name]


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_saved_response_has_its_summaries(name):
    """The text before the fold, without tags, pixels, the title said twice or WordPress's own sentence."""
    assert [e.summary for e in saved(name).entries] == SUMMARIES[name]


@pytest.mark.parametrize("name", GOLDEN)
def test_no_name_of_a_person_is_kept(name):
    """Authors, editors and people invited are not stored."""
    text = saved(name).model_dump_json().casefold()
    assert [word for word in ("somebody", "webmaster", '"editor"') if word in text] == []


def test_an_event_of_whole_days_ends_on_its_last_day():
    """RFC 5545 names the day after; a person names the last."""
    first = saved("calendar.ics").entries[0]
    assert (first.start, first.end, first.place) == ("2026-12-08", "2026-12-09", "Vienna, Austria")


# --- formats

FORMATS = {
    "RSS 0.90": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>"
    "<channel><title>T</title></channel><item><title>Report</title><link>https://example.org/r</link></item></rdf:RDF>",
    "RSS 0.91": "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://example.org/rss-0.91.dtd'>"
    "<rss version='0.91'><channel><item><title>Report</title><link>https://example.org/r</link></item></channel></rss>",
    "RSS 0.92": "<rss version='0.92'><channel><item><title>Report</title><link>https://example.org/r</link></item></channel></rss>",
    "RSS 1.0": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<item rdf:about='https://example.org/r'><title>Report</title><link>https://example.org/r</link></item></rdf:RDF>",
    "RSS 2.0": feed("<item><title>Report</title><link>https://example.org/r</link></item>"),
    "RSS without a version": "<rss><channel><item><title>Report</title><link>https://example.org/r</link></item></channel></rss>",
    "Atom 1.0": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Report</title><link href='https://example.org/r'/></entry></feed>",
    "Atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>Report</title>"
    "<link rel='alternate' href='https://example.org/r'/></entry></feed>",
    "Atom with a prefix": "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>Report</a:title>"
    "<a:link href='/r'/></a:entry></a:feed>",
    "JSON Feed": '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "Report", "url": "https://example.org/r"}]}',
    "iCalendar": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Report\nURL:https://example.org/r\nEND:VEVENT\nEND:VCALENDAR",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_known_by_what_it_is(name):
    """Whatever the server calls it."""
    for content_type in ("text/html", "application/octet-stream", ""):
        [entry] = read(FORMATS[name], content_type).entries
        assert (entry.title, entry.link) == ("Report", "https://example.org/r")


# --- encodings

GEORGIAN, RUSSIAN, FRENCH, POLISH = "სახალხო დამცველი", "Права человека", "Défenseur des droits", "Rzecznik praw dziecka – część"
ENCODINGS = [
    ("utf-8", "", "", GEORGIAN),
    ("utf-8-sig", "", "", GEORGIAN),
    ("utf-8", "windows-1252", "iso-8859-1", GEORGIAN),
    ("utf-16", "", "", GEORGIAN),
    ("utf-16", "utf-8", "utf-8", GEORGIAN),
    ("utf-16-le", "utf-16", "", GEORGIAN),
    ("utf-16-be", "", "", GEORGIAN),
    ("utf-32", "", "", GEORGIAN),
    ("windows-1251", "windows-1251", "", RUSSIAN),
    ("windows-1251", "", "windows-1251", RUSSIAN),
    ("windows-1251", "utf-8", "utf-8", RUSSIAN),
    ("windows-1251", "iso-8859-1", "", RUSSIAN),
    ("windows-1251", "no-such-encoding", "", RUSSIAN),
    ("koi8-r", "koi8-r", "", RUSSIAN),
    ("windows-1252", "iso-8859-1", "", FRENCH),
    ("windows-1252", "utf-8", "", FRENCH),
    ("windows-1252", "", "", FRENCH),
    ("iso-8859-2", "iso-8859-2", "", "Rzecznik praw dziecka część"),
    ("windows-1250", "utf-8", "windows-1250", POLISH),
]


@pytest.mark.parametrize(("true", "declared", "served", "words"), ENCODINGS)
def test_a_lie_about_the_encoding_does_no_harm(true, declared, served, words):
    """The title is read as it was written, whatever the declaration and the header say."""
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else "<?xml version='1.0'?>"
    raw = feed(item(words), head=head).encode(true)
    [entry] = read(raw, f"application/xml; charset={served}" if served else "application/xml").entries
    assert entry.title == words


def test_a_few_damaged_letters_do_not_turn_georgian_into_noise():
    """UTF-8 with a broken byte stays UTF-8."""
    raw = feed(item(GEORGIAN)).encode().replace("ხ".encode(), b"\xe1\x83", 1)
    [entry] = read(raw).entries
    assert entry.title.endswith("დამცველი")


# --- what is broken

WHOLE = feed(*(item(f"Item number {n}", f"<pubDate>{NOVEMBER}</pubDate>") for n in range(9)))

# What is wrong → how many of nine items are still read.
BROKEN = {
    "a reference to half a surrogate": (WHOLE.replace("number 3", "&#xD800; number 3"), 9),
    "a reference beyond Unicode": (WHOLE.replace("number 3", "&#x110000; number 3"), 9),
    "a reference to nothing": (WHOLE.replace("number 3", "&#0;&#x0; number 3"), 9),
    "a reference of a thousand digits": (WHOLE.replace("number 3", f"&#{'9' * 1000}; number 3"), 9),
    "control characters": (WHOLE.replace("number 3", "\x00\x01\x0b\x1b number 3"), 9),
    "a bare ampersand": (WHOLE.replace("number 3", "R & D"), 9),
    "an entity of HTML": (WHOLE.replace("number 3", "caf&eacute;&nbsp;&hellip;"), 9),
    "an entity of nobody": (WHOLE.replace("number 3", "&nobody;"), 9),
    "a bare less-than": (WHOLE.replace("number 3", "1 < 3"), 9),
    "a tag that nothing closes": (WHOLE.replace("number 3", "<b>number 3"), 9),
    "tags that cross": (WHOLE.replace("number 3", "<b><i>number</b> 3</i>"), 9),
    "an item that nothing closes": (WHOLE.replace("</item>", "", 1), 9),
    "an end of a link that nothing began": (WHOLE.replace("<link>https://example.org/13</link>", "</link><b></link>", 1), 9),
    "a comment that nothing closes": (WHOLE.replace("</item>", "<!-- x</item>", 1), 9),
    "CDATA that nothing closes": (WHOLE.replace("number 3", "<![CDATA[number 3"), 9),
    "CDATA inside CDATA": (WHOLE.replace("number 3", "<![CDATA[a <![CDATA[b]]> c]]>"), 9),
    "a prefix that is not declared": (WHOLE.replace("<pubDate>", "<x:y>1</x:y><pubDate>"), 9),
    "an attribute twice": (WHOLE.replace("<item>", "<item a='1' a='2'>"), 9),
    "an attribute without quotes": (WHOLE.replace("<item>", "<item a=1>"), 9),
    "words before the declaration": ("Warning: mysql_connect() in /x.php on line 3\n\n<?xml version='1.0'?>" + WHOLE, 9),
    "words after the end": (WHOLE + "\n<!-- cached --><script>x</script>", 9),
    "two declarations": ("<?xml version='1.0'?>\n<?xml version='1.0'?>" + WHOLE, 9),
    "two feeds": (WHOLE + WHOLE, 9),
    "cut in an item": (WHOLE[: WHOLE.index("Item number 5") + 5], 5),
    "cut in a tag": (WHOLE[: WHOLE.index("<link>", WHOLE.index("number 5")) + 3], 5),
    "a style sheet": ("<?xml-stylesheet type='text/xsl' href='/x.xsl'?>" + WHOLE, 9),
    "a DOCTYPE with entities": ("<!DOCTYPE rss [<!ENTITY a 'x'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + WHOLE, 9),
    "a DOCTYPE that nothing closes": ("<!DOCTYPE rss [" + WHOLE, 9),
    "a tag of ten thousand attributes": (WHOLE.replace("<item>", f"<item {' '.join(f'a{n}=1' for n in range(9_999))}>"), 9),
    "a date of nobody": (WHOLE.replace(NOVEMBER, "next Tuesday"), 9),
    "a date of the year 0": (WHOLE.replace(NOVEMBER, "Mon, 00 Jan 0000 00:00:00"), 9),
    "a date beyond the calendar": (WHOLE.replace(NOVEMBER, "9999-12-31T23:59:59-14:00"), 9),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_can_be_salvaged_is(name):
    """One thing that is wrong costs at most the item in which it stands."""
    text, least = BROKEN[name]
    assert len(read(text).entries) >= least


@pytest.mark.parametrize(
    "name", ["a bare ampersand", "cut in an item", "an item that nothing closes", "words before the declaration"]
)
def test_what_was_mended_is_said(name):
    """The health of the source tells people that the feed is damaged."""
    assert read(BROKEN[name][0]).mended is True


def test_a_right_feed_is_not_said_to_be_mended():
    """Nor is one whose server names the wrong type."""
    assert (read(WHOLE).mended, read(WHOLE, "text/plain").mended) == (False, False)


def test_no_entity_is_ever_replaced():
    """What a feed declares of itself stays a name: neither bombs nor files of ours."""
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    head = f"<!DOCTYPE rss [<!ENTITY e0 'boom'>{entities}<!ENTITY file SYSTEM 'file:///etc/hostname'>]>"
    [entry] = read(feed(item("A &e11; &file; B"), head=head)).entries
    assert entry.title == "A &e11; &file; B"


ENTITY = "<!DOCTYPE rss [<!ENTITY e 'boom'>]>"


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <!DOCTYPE x> -->",
        "<!-- <rss> -->",
        "<?look <a> ?>",
        "<!DOCTYPE x>",
        "<!-- 1 --><!DOCTYPE x><!-- <!DOCTYPE y> -->",
        "<!DOCTYPE x [<!ENTITY f ']'>",
        "<!DOCTYPE x [<!-- ]> -->",
        "<!-- <a>",
        "words ",
    ],
)
def test_no_declaration_hides_behind_what_looks_like_another(before):
    """Comments, instructions and a second DOCTYPE before the one that declares an entity."""
    [entry] = read(feed(item("A &e; B"), head=f"<?xml version='1.0'?>{before}{ENTITY}")).entries
    assert entry.title == "A &e; B"


def test_a_doctype_inside_cdata_is_news():
    """Only what stands before the first element is a declaration."""
    text = feed(item("How to write", "<description><![CDATA[Write &lt;!DOCTYPE html [&gt; first]]></description>"))
    assert without_doctype(text) == text


# --- attacks

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x.org/y></sCrIpT>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#106;avascript:alert(1)'>x</a>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<object data='data:text/html;base64,PHNjcmlwdD4='></object>",
    "<form action='https://x.org'><input type=password></form>",
    "<base href='https://x.org/'>",
    "<meta http-equiv=refresh content='0;url=https://x.org'>",
    "<link rel=stylesheet href=//x.org>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<?php system('ls') ?>",
    "<%= 7*7 %>",
    "{{ 7*7 }}",
    "${7*7}",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)",
    "\u202eevil\u202c\u2066x\u2069",
    "zero\u200bwidth\u200djoined\ufeff",
    "\U000e0041\U000e0042 tags",
    "soft\u00adhyphen",
    "＜script＞alert(1)＜/script＞",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<scr\nipt>",
    "<a\u200b href=x>",
    "<" * 500,
    "&lt;" * 500 + "script&gt;",
    "&amp;" * 50 + "lt;script&gt;",
    "<b>" * 3000,
    "<!--" * 3000,
    "<![CDATA[" * 1000,
    "-->" * 100,
    "=cmd|' /C calc'!A0",
    "[x](javascript:alert(1))",
    "![x](https://x.org/pixel.gif)",
    "\x1b[31mred\x07",
    "a\r\nSet-Cookie: x=1",
]  # fmt: skip


def wrapped(attack, times):
    """An attack escaped so many times."""
    for _ in range(times):
        attack = attack.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return attack


def safe(parsed):
    """Whether nothing that was read holds markup, controls or hidden letters, and every link is one."""
    texts = [text for e in parsed.entries for text in (e.title, e.summary, e.guid, e.place, *e.tags)]
    links = [e.link for e in parsed.entries if e.link]
    return not any(map(UNSAFE.search, texts)) and all(link.startswith(("http://", "https://")) for link in links)


@pytest.mark.parametrize("times", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_markup_gets_through_anywhere(attack, times):
    """In every field, raw, escaped once or often, in CDATA, in JSON and in calendars."""
    inside = wrapped(attack, times)
    fields = "".join(f"<{name}>{inside}</{name}>" for name in ("title", "description", "guid", "category", "link", "author"))
    in_cdata = f"<item><title><![CDATA[{attack}]]></title><description><![CDATA[{inside}]]></description></item>"
    texts = f"<title type='text'>{inside}</title><summary type='html'>{inside}</summary>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{texts}</entry></feed>"
    as_json = json.dumps({"items": [{"id": inside, "title": inside, "content_html": inside, "url": attack, "tags": [inside]}]})
    event = f"UID:{inside}\nSUMMARY:{inside}\nLOCATION:{inside}\nURL:{attack}"
    calendar = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR"
    for text in (feed(f"<item>{fields}</item>", item()), feed(in_cdata, item()), atom, as_json, calendar):
        assert safe(parse(text.encode("utf-8", "replace"), "", HOME, 100))


LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "ftp://example.org/x", "mailto:x@example.org", "tel:+995", "//localhost/x", "http://127.0.0.1/x",
    "http://10.0.0.1/", "http://[::1]/", "http://user:word@example.org/", "http://example.org:abc/", "http://[broken/", "https://",
    "http://intranet/x", "blob:https://example.org/x", "about:blank", "http://exa mple.org/",
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_only_addresses_of_the_public_web_are_kept(link):
    """The entry stays, without its link."""
    found = read(feed(f"<item><title>Report</title><link>{link}</link></item>")).entries
    assert [(e.title, e.link) for e in found] == [("Report", None)]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("/news/1", "https://example.org/news/1"),
        ("../news/1", "https://example.org/news/1"),
        ("?p=7", "https://example.org/feed/?p=7"),
        ("//www.example.org/x", "https://www.example.org/x"),
        ("https://example.org/a?utm_source=rss&amp;id=3&amp;fbclid=x", "https://example.org/a?id=3"),
        ("https://EXAMPLE.org/Ä", "https://example.org/%C3%84"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a%20b?q=%3Cx%3E", "https://example.org/a%20b?q=%3Cx%3E"),
    ],
)
def test_an_address_is_kept_whole_and_clean(link, kept):
    """Absolute, without what only counts readers, and with everything else."""
    assert [e.link for e in read(feed(f"<item><title>R</title><link>{link}</link></item>")).entries] == [kept]


def test_a_guid_that_is_no_address_makes_no_link():
    """RSS takes every GUID for a permalink unless it says otherwise; most that say nothing are none."""
    found = read(
        feed("<item><title>A</title><guid>abc-1</guid></item>", "<item><title>B</title><guid>https://example.org/b</guid></item>")
    )
    assert [e.link for e in found.entries] == [None, "https://example.org/b"]


NAMES = [
    "links",
    "tags",
    "content",
    "id",
    "title",
    "summary",
    "published_parsed",
    "updated_parsed",
    "guidislink",
    "language",
    "link",
    "author",
]


@pytest.mark.parametrize("name", NAMES)
def test_an_element_named_like_a_field_of_the_reader_is_no_such_field(name):
    """feedparser keeps elements that it does not know under their own names, beside its own."""
    for value in ("x", "", "<b>1</b>"):
        odd = f"<item><title>Report</title><link>https://example.org/r</link><{name}>{value}</{name}></item>"
        assert len(read(feed(odd, item("Other"))).entries) == 2


def test_long_texts_are_cut_between_words():
    """A title has 300 letters and a summary 600 at most."""
    text = "word " * 1_000
    [entry] = read(feed(f"<item><title>{text}</title><description>{text}</description></item>")).entries
    assert (len(entry.title) <= 300, len(entry.summary) <= 600, entry.title.endswith("word…")) == (True, True, True)


def test_more_items_than_the_limit_are_counted():
    """What is beyond is not read, and said."""
    found = read(WHOLE, most=4)
    assert (len(found.entries), found.cut) == (4, 5)


# --- anything


@pytest.mark.parametrize("name", GOLDEN)
def test_a_feed_that_was_mangled_is_read_or_refused_but_never_breaks(name):
    """Cut anywhere, bytes changed, parts doubled or swapped: a result, and a safe one."""
    raw, chance = (FEEDS / name).read_bytes(), random.Random(name)
    for _ in range(120):
        mangled = bytearray(raw)
        for _ in range(chance.randint(1, 6)):
            at, end = sorted(chance.choices(range(len(mangled) + 1), k=2))
            what = chance.randint(0, 4)
            if what == 0:
                del mangled[at : at + chance.randint(1, 40)]
            elif what == 1:
                mangled[at:at] = chance.randbytes(chance.randint(1, 8))
            elif what == 2:
                mangled[at:at] = chance.choice(ATTACKS).encode("utf-8", "replace")
            elif what == 3:
                mangled[at:at] = mangled[at:end][:200]
            else:
                del mangled[end:]
        assert safe(parse(bytes(mangled), "", HOME, 100))


@given(st.binary(max_size=300), st.sampled_from(["", "text/html", "application/rss+xml; charset=utf-16", "text/xml; charset=x"]))
def test_any_bytes_are_read_or_refused(raw, content_type):
    """Nothing raises."""
    for body in (
        raw,
        b"<rss>" + raw,
        b"<rss><channel><item><title>" + raw,
        b'{"items":[' + raw,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + raw,
    ):
        assert safe(parse(body, content_type, HOME, 10))


@given(st.text(max_size=60))
def test_any_text_makes_legal_xml(text):
    """References and characters that XML forbids are gone, and a second time changes nothing."""
    once = legal(f"{text}&#{len(text)};")
    assert (legal(once), "\x00" in once) == (once, False)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(
    st.dictionaries(st.sampled_from(["id", "url", "title", "content_html", "date_published", "tags", "language"]), json_values)
)
def test_any_json_item_is_read_or_refused(one):
    """Whatever stands where a text is due."""
    parsed = parse(json.dumps({"items": [one]}).encode(), "", HOME, 10)
    assert safe(parsed)
    assert all(isinstance(e, Entry) for e in parsed.entries)
