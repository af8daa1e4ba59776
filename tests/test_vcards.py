"""Contacts come as vCards that an address book reads, Georgian whole."""

import re

import pytest
import vobject

from kb.downloads import cards as vcards
from kb.words.language import Words

NNO = "nno/network.yml"
LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]+)(?:,(?:\"[^\"]*\"|[^\";:,]+))*)*):(?P<value>.*)\Z"
)


def read(raw: bytes) -> list[list[tuple[str, str, str]]]:
    """Cards by the grammar of RFC 6350, 3.3, strictly: every line is a property, every card begins and ends."""
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
def cards(tree):
    """The cards of the small tree: file name → its properties."""

    def make(language="ka"):
        kb, problems = tree.load()
        assert problems == []
        return {name: read(raw) for name, raw in vcards.files(kb, Words(language))}

    return make


def test_a_contact_has_a_card_and_all_have_one_file(cards):
    """The press office of the tree has no address of any kind and no card."""
    found = cards()
    assert list(found) == ["all.vcf", "nno-secretariat.vcf"]
    assert found["all.vcf"] == found["nno-secretariat.vcf"]


def test_a_card_says_who_it_is_and_how_to_reach_it(cards):
    """Version first, an institution and not a person, mail and telephone as the standard has them."""
    [card] = cards("en")["nno-secretariat.vcf"]
    values = {name: value for name, _, value in card}
    assert card[0] == ("VERSION", "", "4.0")
    assert (values["KIND"], values["FN"]) == ("org", "NNO – Secretariat")
    assert values["ORG"] == "Northern Network of Ombudspersons;Secretariat"
    assert (values["EMAIL"], values["TEL"]) == ("nno@ombudsman-house.example", "tel:+43-1-2345678")
    assert values["URL"] == "https://www.no.example/"


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_real_card_is_read_by_the_grammar_and_by_a_real_parser(real, language):
    """Each file parses, and what must be there stands once."""
    for name, raw in vcards.files(real[0], Words(language)):
        for card in read(raw):
            names = [line[0] for line in card]
            assert [names.count(one) for one in ("VERSION", "FN", "UID", "KIND")] == [1, 1, 1, 1], name
        parsed = list(vobject.readComponents(raw.decode()))
        assert len(parsed) == len(read(raw)) > 0
        assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_georgian_comes_out_as_it_went_in(real):
    """An address book shows the names as the records have them."""
    names = {entry.record.name.ka for entry, _ in vcards.contacts(real[0])}
    parsed = vobject.readComponents(dict(vcards.files(real[0], Words("ka")))["all.vcf"].decode())
    assert {card.org.value[0] for card in parsed} == names


def test_a_text_cannot_begin_a_property(tree, cards):
    """Line breaks and signs of the format inside a text stay text."""
    tree.edit(NNO, "    phone:", '    note: {en: "Se;cre,ta\\\\riat\\nEMAIL:evil@example.org"}\n    phone:')
    [card] = cards("en")["nno-secretariat.vcf"]
    values = {name: value for name, _, value in card if name == "NOTE"}
    assert values["NOTE"] == "Se\\;cre\\,ta\\\\riat\\nEMAIL:evil@example.org"
    assert [value for name, _, value in card if name == "EMAIL"] == ["nno@ombudsman-house.example"]


def test_an_address_stands_as_it_is_printed(tree, cards):
    """Seven components, of which only the street is known."""
    tree.edit(NNO, "    phone:", "    address: {en: 'Nordstrasse 17, 1015 Vienna'}\n    phone:")
    values = {name: value for name, _, value in cards("en")["nno-secretariat.vcf"][0]}
    assert re.split(r"(?<!\\);", values["ADR"]) == ["", "", "Nordstrasse 17\\, 1015 Vienna", "", "", "", ""]


def test_a_network_that_is_not_current_has_no_cards(tree, cards):
    """Nobody should write to what is over."""
    ended = "status: archived\narchived: {on: 2026-01-31, reason: {ka: დასრულდა., en: It ended.}}"
    tree.edit(NNO, "kind: ombudsman", f"kind: ombudsman\n{ended}")
    assert list(cards()) == ["all.vcf"]
