"""What may not stand in a network's contacts: mobile numbers, and private addresses without a basis."""

import re
from collections.abc import Iterable, Iterator

from kb.records.checking.document import Path
from kb.records.checking.finding import Finding
from kb.records.checking.telephones import HAS_COUNTRY, is_mobile, is_whole, parsed, with_country
from kb.records.model import Contact

# Mail services at which anybody opens an address, as used in Georgia and Europe: those with a domain in many countries,
# and those with one.
FREE_FAMILIES = (
    "yahoo|ymail|rocketmail|gmail|googlemail|hotmail|outlook|live|windowslive|msn|icloud|aol|gmx|yandex|inbox|proton|protonmail"
    "|tuta|tutanota|fastmail|zoho"
)
FREE_DOMAINS = frozenset(
    """
    me.com mac.com mail.com email.com pm.me hey.com vk.com qq.com 163.com 126.com mail.ru bk.ru list.ru internet.ru ya.ru
    rambler.ru ukr.net i.ua mail.ua meta.ua bigmir.net web.de t-online.de freenet.de orange.fr wanadoo.fr free.fr laposte.net
    sfr.fr bluewin.ch libero.it virgilio.it tiscali.it seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl freemail.hu abv.bg
    mail.bg mail.com.tr posta.ge mail.ge caucasus.net
    """.split()  # noqa: SIM905 - forty rows of one word are no easier to read
)
FREE_FAMILY = re.compile(rf"(?:{FREE_FAMILIES})\.(?:[a-z]{{2,4}}|com?\.[a-z]{{2}})\Z")
ADDRESS_IN_TEXT = re.compile(r"[\w.%+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
# A number with its country's code, or one that begins as the mobile numbers of Georgia do.
NUMBER_IN_TEXT = re.compile(
    r"(?<![\w+])(?:\+|00)[\d() .\u00a0-]{8,20}\d|(?<![\w+.,-])(?:0|8[ -]?)?5\d{2}\)?(?:[ .\u00a0-]?\d){6}(?!\w)"
)


def check_contacts(path: str, contacts: Iterable[Contact]) -> Iterator[Finding]:
    """Everything private or unreachable in the contacts of a network, in the order of the file."""
    for number, contact in enumerate(contacts):
        where: Path = ("contacts", number)
        if contact.phone:
            yield from _phone(path, (*where, "phone"), contact.phone)
        if contact.email and not contact.basis and is_free_mail(contact.email.rsplit("@", 1)[-1]):
            yield Finding(path, (*where, "email"), "email_basis", contact.email)
        yield from _private_words(path, where, contact)


def is_free_mail(host: str) -> bool:
    """Whether anybody can open an address at a host."""
    host = host.lower()
    return host in FREE_DOMAINS or FREE_FAMILY.match(host) is not None


def _private_words(path: str, where: Path, contact: Contact) -> Iterator[Finding]:
    """Mobile numbers, and free addresses without a basis, in what is said around a contact."""
    texts: list[tuple[Path, str]] = [(("holder",), contact.holder)] if contact.holder else []
    for name in ("role", "address", "basis", "note"):
        if text := getattr(contact, name):
            texts += [((name, language), words) for language in ("ka", "en") if (words := getattr(text, language))]
    for place, words in texts:
        for found in NUMBER_IN_TEXT.finditer(words):
            if is_mobile(parsed(found[0])):
                yield Finding(path, (*where, *place), "phone_mobile", found[0])
        for found in ADDRESS_IN_TEXT.finditer(words):
            if not contact.basis and is_free_mail(found["host"]):
                yield Finding(path, (*where, *place), "email_in_text", found[0])


def _phone(path: str, where: Path, number: str) -> Iterator[Finding]:
    """One landline by libphonenumber's plan of its country, with that country's code."""
    read = parsed(number)
    if is_mobile(read):
        yield Finding(path, where, "phone_mobile", number)
    elif read is None or not is_whole(read) or not HAS_COUNTRY.match(number):
        yield Finding(path, where, "phone", number, (("nearest", with_country(read)),))
