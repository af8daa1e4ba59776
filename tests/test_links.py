"""The ledger of links: what a page offers, what it wants, what is broken."""

from kb.site.links import Broken, Ledger


def broken(*pages: tuple[str, str], files: set[str] | None = None) -> list[Broken]:
    """The broken links of some pages (address, body)."""
    ledger = Ledger()
    for address, body in pages:
        ledger.book(address, body, f"{address}.yml")
    return list(ledger.broken(files or set()))


def test_a_link_to_a_page_is_whole() -> None:
    """A link up to the root and down to a page finds it."""
    assert broken(("a/b.html", '<a href="../c/d.html">x</a>'), ("c/d.html", "")) == []


def test_a_link_to_no_page_is_broken_and_names_its_record() -> None:
    """A broken link comes with the page and the record it came from."""
    assert broken(("a/b.html", '<a href="../c/d.html">x</a>')) == [Broken("a/b.html", "c/d.html", "a/b.html.yml")]


def test_a_link_to_an_anchor_needs_the_anchor() -> None:
    """The part of a page that a link names must be there."""
    pages = ("a.html", '<a href="b.html#yes">1</a> <a href="b.html#no">2</a>'), ("b.html", '<h2 id="yes">y</h2>')
    assert [b.target for b in broken(*pages)] == ["b.html#no"]


def test_an_anchor_on_the_same_page_is_checked() -> None:
    """A link to a part of its own page is held to it."""
    assert [b.target for b in broken(("a/b.html", '<a href="#gone">x</a>'))] == ["a/b.html#gone"]


def test_a_link_to_a_neighbour_is_resolved() -> None:
    """Links without a climb, and with needless ones, find their page."""
    pages = ("a/b.html", '<a href="c.html">1</a> <a href="../a/./c.html">2</a>'), ("a/c.html", "")
    assert broken(*pages) == []


def test_files_beside_the_pages_may_be_linked() -> None:
    """A style or picture is found among the files."""
    assert broken(("a/b.html", '<link href="../assets/kb.css">'), files={"assets/kb.css"}) == []


def test_other_hosts_and_mail_are_not_ours_to_check() -> None:
    """Links that leave the site are left alone."""
    body = '<a href="https://gl.example/x">1</a> <a href="mailto:a@b.org">2</a> <a href="tel:+41">3</a> <a href="webcal:x">4</a>'
    assert broken(("a.html", body)) == []


def test_escaped_addresses_are_read_as_browsers_read_them() -> None:
    """`&amp;` in an address is an ampersand, and a query is not part of the page's name."""
    assert broken(("a.html", '<a href="b.html?x=1&amp;y=2">x</a>'), ("b.html", "")) == []


def test_a_page_may_be_booked_in_parts() -> None:
    """Anchors of a frame and of a body belong to the same page."""
    pages = (
        ("a.html", '<h2 id="one">1</h2>'),
        ("a.html", '<h2 id="two">2</h2>'),
        ("b.html", '<a href="a.html#one">1</a><a href="a.html#two">2</a>'),
    )
    assert broken(*pages) == []


def built(*pages: tuple[str, str], told: set[str]) -> list[Broken]:
    """The broken links of pages whose builders told where they lead."""
    ledger, texts = Ledger(), {address: body.encode() for address, body in pages}
    for address, body in pages:
        ledger.build(address, body, f"{address}.yml")
    return list(ledger.broken(set(), told, texts.__getitem__))


def test_a_built_page_is_whole_when_what_it_leads_to_is_there() -> None:
    """What builders told is looked up among the pages and their parts."""
    pages = (
        ("a/b.html", '<a href="../c.html#yes">x</a><a href="#own">x</a><h2 id="own">o</h2>'),
        ("c.html", '<h2 id="yes">y</h2>'),
    )
    assert built(*pages, told={"c.html#yes"}) == []


def test_a_broken_link_of_a_built_page_names_the_page_and_its_record() -> None:
    """A place that is not there is looked for in all pages, and the one that leads to it is named."""
    pages = ("a/b.html", '<a href="../c.html">x</a>'), ("a/d.html", "")
    assert built(*pages, told={"c.html"}) == [Broken("a/b.html", "c.html", "a/b.html.yml")]


def test_a_built_page_that_leads_to_no_part_of_another_is_broken() -> None:
    """The page is there, but not the part of it that is meant."""
    pages = ("a.html", '<a href="b.html#no">x</a>'), ("b.html", '<h2 id="yes">y</h2>')
    assert built(*pages, told={"b.html#no"}) == [Broken("a.html", "b.html#no", "a.html.yml")]


def test_a_built_page_must_have_the_parts_that_it_leads_to() -> None:
    """A link to a part of the page itself is held to it without being told."""
    assert built(("a.html", '<a href="#gone">x</a>'), told=set()) == [Broken("a.html", "a.html#gone", "a.html.yml")]


def test_a_hash_that_is_no_link_to_a_part_is_let_be() -> None:
    """An outer address with a part of its own, and a number sign in the text, are no parts of the page."""
    body = '<a href="https://gl.example/x#there">x</a> No. #7 of <b class="y">2024</b>'
    assert built(("a.html", body), told=set()) == []


def test_an_address_that_was_told_but_stands_on_no_page_breaks_nothing() -> None:
    """Builders may make a link that is not shown."""
    assert built(("a.html", ""), told={"gone.html"}) == []
