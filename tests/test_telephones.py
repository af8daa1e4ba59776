"""A telephone number is dialled as it is meant, however it is written, and in one way everywhere."""

from collections.abc import Callable

import pytest

from conftest import TODAY, Tree, printed
from kb.downloads.cards import files
from kb.downloads.offer import Offer
from kb.editing.repository import Repository
from kb.records.checking.telephones import dialled
from kb.site.pages.contacts import contacts
from kb.site.pages.records import network
from kb.site.view.writer import Edition, Writer
from kb.words.language import Words

WRITTEN = {
    "+43 1 234 56 78": "tel:+43-1-2345678",
    "+995 32 223 44 99 ext. 123": "tel:+995-32-223-44-99;ext=123",
    "+44 (0)20 7946 0000": "tel:+44-20-7946-0000",
    "00 41 22 917 92 20": "tel:+41-22-917-92-20",
    "(+41) 22/917.92.20": "tel:+41-22-917-92-20",
}


@pytest.mark.parametrize(("written", "address"), WRITTEN.items())
def test_a_number_that_the_check_accepts_is_dialled_as_it_is_meant(tree: Tree, written: str, address: str) -> None:
    """An extension is no part of the number, nor the zero that only callers at home dial."""
    tree.edit("nno/network.yml", "+43 1 234 56 78", f"'{written}'")
    assert (tree.problems(), dialled(written)) == ([], address)


@pytest.mark.parametrize("number", ["", "ask at the desk", "+43 1", "12", "+995 32 2 23 44 99, 2 23 44 98"])
def test_what_the_check_refuses_is_not_dialled(number: str) -> None:
    """The preview shows a page with its problems."""
    assert dialled(number) == ""


def test_the_pages_and_the_card_dial_the_same_number(tree: Tree, offer: Callable[..., Offer]) -> None:
    """The network's page, the list of contacts, the vCard."""
    tree.edit("nno/network.yml", "+43 1 234 56 78", "+44 (0)20 7946 0000")
    kb, _ = tree.load()
    w = Writer(Edition(kb, Words("en"), TODAY, Repository()), 1)
    own, listed = printed(network.page(w, kb.networks["nno"]))["body"], printed(contacts(w))["body"]
    cards = b"".join(file.content() for file in files(offer("en"))).decode()
    link = '<a href="tel:+44-20-7946-0000">+44 (0)20 7946 0000</a>'
    assert (link in own, link in listed, ":+44-20-7946-0000\r\n" in cards) == (True, True, True)
