"""Telephone numbers by libphonenumber's plan of each country: which are whole, which are mobile, and how each is dialled."""

import re

import phonenumbers

GEORGIA = 995
LEAST_DIGITS = 7
HAS_COUNTRY = re.compile(r"\s*\(?(?:\+|00)")


def parsed(number: str) -> phonenumbers.PhoneNumber | None:
    """A number of whatever country, None for what is none; one without a country's code is read as Georgian."""
    try:
        return phonenumbers.parse(number, "GE")
    except phonenumbers.NumberParseException:
        return None


def is_mobile(number: phonenumbers.PhoneNumber | None) -> bool:
    """Whether a number is a mobile one; in Georgia each that begins with 5 is, also where nobody uses it yet."""
    if number is None:
        return False
    if number.country_code == GEORGIA and str(number.national_number)[:1] == "5":
        return len(str(number.national_number)) >= LEAST_DIGITS
    return bool(phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE)


def is_whole(number: phonenumbers.PhoneNumber) -> bool:
    """Whether a number is one of its country's plan; an extension is of a few digits, or it is a second number."""
    return bool(phonenumbers.is_valid_number(number)) and len(number.extension or "") < LEAST_DIGITS


def with_country(number: phonenumbers.PhoneNumber | None) -> str:
    """A right number as people of other countries dial it; nothing for a wrong one."""
    if number is None or not is_whole(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def dialled(number: str) -> str:
    """The address that dials a number (RFC 3966), its extension after it; nothing for one that the check refuses."""
    found = parsed(number)
    if found is None or not is_whole(found):
        return ""
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.RFC3966))
