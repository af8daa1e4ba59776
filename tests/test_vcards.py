"""Contacts come as vCards that an address book reads, Georgian whole."""

import re

import pytest
import vobject

from kb.downloads import cards as vcards

NNO = "nno/network.yml"
LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]+)(?:,(?:\"[^\"]*\"|[^\";:,]+))*)*):(?P<value>.*)\Z"
)


def read(raw: bytes) -> list[list[tuple[str, str, str]]]:
    """Cards by the grammar of RFC 2426, 4, strictly: every line is a property, every card begins and ends."""
    text = raw.decode().replace("\r\n ", "")
    if not text:
        return []
    assert text.endswith("\r\n")
    found, card = [], None
    for line in text.removesuffix("\r\n").split("\r\n"):
        match = LINE.match(line)
        assert match, line
        if line == "BEGIN:VCARD":
            assert card is None
            card = []
        elif line == "END:VCARD":
            found.append(card)
            card = None
        else:
            card.append((match["name"], match["params"], match["value"]))
    assert card is None
    return found


@pytest.fixture
def cards(offer):
    """The cards of the small tree: file name → its properties."""

    def make(language="ka"):
        return {file.name: read(file.content()) for file in vcards.files(offer(language))}

    return make


def test_a_contact_has_a_card_and_all_have_one_file(cards):
    """The press office of the tree has no address of any kind and no card."""
    found = cards()
    assert list(found) == ["all.vcf", "nno-secretariat.vcf"]
    assert found["all.vcf"] == found["nno-secretariat.vcf"]


def test_a_card_says_who_it_is_and_how_to_reach_it(cards):
    """Version first; what it is called as one text and as the name that every card must have; mail and telephone."""
    [card] = cards("en")["nno-secretariat.vcf"]
    values = {name: value for name, _, value in card}
    assert card[0] == ("VERSION", "", "3.0")
    assert (values["FN"], values["N"]) == ("NNO – Secretariat", "NNO – Secretariat;;;;")
    assert (values["ORG"], values["ROLE"]) == ("Northern Network of Ombudspersons;Secretariat", "Secretariat")
    assert (values["EMAIL"], values["TEL"]) == ("nno@ombudsman-house.example", "+43-1-2345678")
    assert values["URL"] == "https://www.no.example/"


def test_what_is_of_a_kind_or_a_language_says_so(cards):
    """Telephones sort numbers by their type; a program that reads aloud needs the language."""
    [card] = cards("ka")["nno-secretariat.vcf"]
    params = {name: found for name, found, _ in card}
    assert (params["TEL"], params["EMAIL"]) == (";TYPE=WORK,VOICE", ";TYPE=INTERNET,WORK")
    assert {params[name] for name in ("FN", "N", "ORG", "ROLE")} == {";LANGUAGE=ka"}


def test_an_extension_comes_after_the_number(tree, cards):
    """Telephones wait at the semicolon, which the format escapes in a text, and then dial on."""
    tree.edit(NNO, "+43 1 234 56 78", "+995 32 223 44 99 ext. 123")
    values = {name: value for name, _, value in cards()["nno-secretariat.vcf"][0]}
    assert values["TEL"] == "+995-32-223-44-99\\;ext=123"


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_card_is_read_by_the_grammar_and_by_a_real_parser(tree, offer, language):
    """Each file parses, what must be there stands once, and no line is longer than 75 octets or ends within a letter."""
    tree.edit(NNO, "name:\n  ka: ჩრდილოეთის", f"name:\n  ka: {'საერთაშორისო ' * 20}ჩრდილოეთის")
    tree.edit(NNO, "  - id: press\n", "  - id: press\n    email: press@ombudsman-house.example\n")
    for file in vcards.files(offer(language)):
        raw = file.content()
        for card in read(raw):
            names = [line[0] for line in card]
            assert [names.count(one) for one in ("VERSION", "FN", "N", "UID", "ORG")] == [1, 1, 1, 1, 1], file.name
        parsed = list(vobject.readComponents(raw.decode()))
        assert len(parsed) == len(read(raw)) == (2 if file.name == "all.vcf" else 1)
        assert all(len(line) <= 75 and line.decode() for line in raw.removesuffix(b"\r\n").split(b"\r\n"))


@pytest.mark.parametrize("length", range(20, 32))
def test_georgian_comes_out_as_it_went_in(tree, offer, length):
    """An address book shows the name as the record has it, wherever the line must be folded."""
    name = f"{'ა' * length} ჩრდილოეთის ომბუდსმენთა ქსელი"
    tree.edit(NNO, "ჩრდილოეთის ომბუდსმენთა ქსელი", name)
    found = {file.name: file.content() for file in vcards.files(offer("ka"))}
    [card] = vobject.readComponents(found["all.vcf"].decode())
    assert card.org.value[0] == name


def test_an_address_of_a_page_stands_as_it_is(tree, cards):
    """A URI is no text: its commas and semicolons are not escaped."""
    tree.edit(NNO, "website: https://www.no.example/", "website: https://www.no.example/a,b;c")
    values = {name: value for name, _, value in cards()["nno-secretariat.vcf"][0]}
    assert values["URL"] == "https://www.no.example/a,b;c"


def test_a_text_cannot_begin_a_property(tree, cards):
    """Line breaks and signs of the format inside a text stay text."""
    tree.edit(NNO, "    phone:", '    note: {en: "Se;cre,ta\\\\riat\\nEMAIL:evil@example.org"}\n    phone:')
    [card] = cards("en")["nno-secretariat.vcf"]
    values = {name: value for name, _, value in card if name == "NOTE"}
    assert values["NOTE"] == "Se\\;cre\\,ta\\\\riat\\nEMAIL:evil@example.org"
    assert [value for name, _, value in card if name == "EMAIL"] == ["nno@ombudsman-house.example"]


def test_an_address_stands_as_it_is_printed(tree, cards):
    """Seven components, of which only the street is known."""
    tree.edit(NNO, "    phone:", "    address: {en: 'Singerstrasse 17, 1015 Vienna'}\n    phone:")
    values = {name: value for name, _, value in cards("en")["nno-secretariat.vcf"][0]}
    assert re.split(r"(?<!\\);", values["ADR"]) == ["", "", "Singerstrasse 17\\, 1015 Vienna", "", "", "", ""]


def test_a_network_that_is_not_current_has_no_cards(tree, cards):
    """Nobody should write to what is over."""
    ended = "status: archived\narchived: {on: 2026-01-31, reason: {ka: დასრულდა., en: It ended.}}"
    tree.edit(NNO, "kind: ombudsman", f"kind: ombudsman\n{ended}")
    assert list(cards()) == ["all.vcf"]
