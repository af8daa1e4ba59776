"""Frames: cutting what MkDocs renders, and filling it for pages at any depth."""

import pytest

from kb.site.frames.cutting import Leftover, cut, mended

PAGE = """<html><head><title>@@kb:title@@</title>
    <link href="../assets/kb.css"><a href="index.html">here</a></head>
<body><a href="#content">skip</a> <a href="https://gl.example/">out</a> <a href="mailto:a@b.org">mail</a>
@@kb:intro-begins@@<p>Intro <a href="../units/index.html#all">units</a></p>@@kb:intro-ends@@@@kb:body@@</body></html>
"""
VALUES = {"title": "A & B", "body": "<p>body</p>"}


def test_tokens_are_filled_with_their_values() -> None:
    """Each token gives way to its value and none stays."""
    whole = cut(PAGE, "networks/index.html", "").filled(VALUES, "../").decode()
    assert "<title>A & B</title>" in whole
    assert "<p>body</p></body>" in whole
    assert "@@" not in whole


@pytest.mark.parametrize(
    ("root", "expected"), [("", "assets/kb.css"), ("../", "../assets/kb.css"), ("../../", "../../assets/kb.css")]
)
def test_relative_addresses_fit_every_depth(root: str, expected: str) -> None:
    """An address of the frame is right for a page so many folders down."""
    assert f'<link href="{expected}">' in cut(PAGE, "networks/index.html", "").filled(VALUES, root).decode()


def test_an_address_beside_the_frame_stays_in_its_folder() -> None:
    """A link to a neighbour of the frame leads to the same neighbour from a deeper page."""
    assert (
        '<a href="../../networks/index.html">here</a>' in cut(PAGE, "networks/index.html", "").filled(VALUES, "../../").decode()
    )


def test_the_english_side_uses_the_shared_assets() -> None:
    """English pages take styles from the Georgian root."""
    assert '<link href="../../assets/kb.css">' in cut(PAGE, "networks/index.html", "../").filled(VALUES, "../").decode()


def test_other_addresses_stay_as_they_are() -> None:
    """Anchors, other hosts and mail addresses are not rewritten."""
    whole = cut(PAGE, "networks/index.html", "").filled(VALUES, "../../").decode()
    for address in ("#content", "https://gl.example/", "mailto:a@b.org"):
        assert f'href="{address}"' in whole


def test_the_introduction_is_taken_out_of_the_frame() -> None:
    """The hand-written text of a section stands only where it is asked for, with its links right."""
    frame = cut(PAGE, "networks/index.html", "")
    assert "Intro" not in frame.filled(VALUES, "../").decode()
    assert frame.intro_at("../") == '<p>Intro <a href="../units/index.html#all">units</a></p>'


def test_a_token_without_a_value_is_an_error() -> None:
    """A token that nobody fills never reaches a reader."""
    with pytest.raises(KeyError):
        cut(PAGE, "index.html", "").filled({"title": "only"}, "")


def test_a_mangled_token_stops_the_build() -> None:
    """A token that was misspelt in a frame is named before any page goes out with it."""
    with pytest.raises(Leftover, match="@@kb:Title@@"):
        cut("<title>@@kb:Title@@</title>", "index.html", "").filled({}, "")


def test_two_at_signs_in_a_record_are_words() -> None:
    """What people write is not looked at for tokens."""
    assert b"<title>@@kb</title>" in cut("<title>@@kb:title@@</title>", "index.html", "").filled({"title": "@@kb"}, "")


def test_what_the_theme_writes_against_html_is_mended():
    """A tabindex that is no number, autocomplete on a box to tick; what is right stays."""
    box = '<input type="checkbox" id="{}" autocomplete="off">'
    wrong = f'{box.format("__drawer")}{box.format("__search")}<label tabindex="">x</label>'
    assert mended(wrong) == wrong.replace(' autocomplete="off"', "").replace(' tabindex=""', "")
    right = '<input type="text" autocomplete="off"><label tabindex="0">x</label>'
    assert mended(right) == right
