"""One mistake in a record tree, and the one problem that must name it."""

import string
from itertools import pairwise
from typing import Annotated, NamedTuple

import pytest
from pydantic import Field

from kb.records.checking.document import parse
from kb.records.checking.problem import wordings
from kb.records.checking.validation import validate

GUIDE = "nno/resources/guide.yml"
NETWORK = "nno/network.yml"
EVENT = "nno/events/2026-09-assembly.yml"
GRANT = "nno/opportunities/grant.yml"
AGREEMENT = "_office/agreements/ankara.yml"
REPORTING = "_office/reporting/cat.yml"
THEMES = "_office/themes.yml"
UNITS = "_office/units.yml"
NVD = "en: National Visiting Department"
DAYS = "_office/days.yml"
GLOSSARY = "_office/glossary.yml"
GAPS = "_office/gaps.yml"

ITEMS = "_fetched/nno.jsonl"
ITEM = (
    '{"id": "nno-0123456789", "title": "Report", "link": "https://www.no.example/report", "first_seen": "2026-11-20", '
    '"published": "2026-11-19T10:00:00Z", "sources": ["nno/feed"]}\n'
)
HEALTH = '{"network": "nno", "what": "feed", "url": "https://www.no.example/feed", "state": "ok", "last_try": "2026-11-20"}'

SUMMARY = "summary: {ka: რა არის., en: What it is.}"
DEPTH = "themes: [juvenile, custody]"
RESOURCE = """\
title: {en: Manual}
type: manual
url: https://www.no.example/manual
languages: [en]
themes: [custody]
summary: {en: What it is.}
"""
BOMB = "a: &a [lol, lol]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))
LAYER = ', "{b}":&{b} {{"0":*{a}, "1":*{a}, "2":*{a}, "3":*{a}, "4":*{a}, "5":*{a}, "6":*{a}, "7":*{a}}}'
TIGHT_BOMB = '{"a":&a lol' + "".join(LAYER.format(a=a, b=b) for a, b in pairwise("abcdefghi")) + "}"
ENDED = "title: {en: Talk}\nkind: seminar\nend: 2026-09-30\n"
TALK = "title: {{en: Talk}}\nkind: seminar\nstart: {start}\n"
DAY = "- id: rights\n  day: {day}\n  name: {{en: Human Rights Day}}\n  checked: true\n"
OFFICE = "{id: batumi, name: {en: Batumi}}"
UNIT = "- name: {en: Again}\n  kind: unit\n  certainty: check\n  about: {en: Again}\n  themes: [custody]\n  id: nvd\n"

NO_ADDRESSES = (
    "ftp://no.example/guide", "javascript:alert(1)", "https://www.no.example/the guide", "https://",
    "https://no..example/", "https://user:word@no.example/", "http://[::1]/", "https://ex[ample.org/", "//no.example/",
)  # fmt: skip
LOCAL_ADDRESSES = (
    "http://localhost/", "http://localhost:8000/", "http://localhost./", "http://intranet/", "http://kb.local/",
    "http://127.0.0.1/", "http://10.0.0.8/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest",
    "http://0.0.0.0/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://100.64.0.1/",
)  # fmt: skip
TERM = "- id: nvd\n  group: institutions\n  name: {en: Mechanism}\n  basis: charter\n"
MOMENT = "{date: 2023-06-19, until: 2022, en: A visit}"
RENEWED = "{status: A, held_since: 2018, last_renewed: 2007}"
TYPE_SHOWN = "სახელმძღვანელო"
FREE_MAIL = ("yahoo.fr", "yahoo.com.tr", "hotmail.co.uk", "gmx.ch", "outlook.de", "pm.me", "mail.ge", "yandex.by", "inbox.lv")
MOBILES = (
    "+995 599 12 34 56", "+995 502 12 34 56", "+995 567 12 34 56", "+995 599 12 34",
    '"599123456"', "598 12 34 56", "00995 555 12 34 56", "+44 7911 123456", "+43 664 1234567",
)  # fmt: skip
NO_NUMBERS = (
    "+43 664 123", "067 123 4567", "2 23 44 99", '"12 34 56"', "+995 32 2 23 44 99 ext 599123456",
    "+995 32 2 23 44 99, 2 23 44 98", "ask at the desk", '"12"', "+999 12 34 56", "+43 1 234 56 78 or +43 664 1234567",
)  # fmt: skip
NO_NAMES = ("Manual", "my manual", "my_manual", "my--manual", "-manual", "manual-", "სახელმძღვანელო", "manual.v2", "a\nb")


class Broken(NamedTuple):
    """A change to the valid tree, and the problem that it must raise."""

    name: str
    path: str
    change: str | bytes | tuple[str, str]
    """The whole file, or what to put in place of what."""
    line: int
    field: str
    code: str
    nearest: str = ""


UNREADABLE = [
    Broken("a tab at the beginning of a line", GUIDE, ("  en: Guide", "\ten: Guide"), 3, "", "tab"),
    Broken("a tab at the end of a line", GUIDE, ("type: handbook", "type: handbook\t"), 4, "", "tab"),
    Broken("a double quote that nothing closes", GUIDE, ("en: Guide", 'en: "Guide'), 3, "", "quote"),
    Broken("a single quote that nothing closes", GUIDE, ("en: Guide", "en: 'Guide"), 3, "", "quote"),
    Broken("a quote that the next field closes", GUIDE, ("en: Guide", "en: 'Guide\n  ka: Guide'"), 3, "title.en", "quote"),
    Broken("a number after a hash", GUIDE, ("en: Guide", "en: Guide #4"), 3, "title.en", "hash"),
    Broken("a double quote closed by the next", GUIDE, ("ნელო\n  en: Guide", 'ნელო"\n  en: "Guide: one'), 3, "", "quote"),
    Broken("a double quote open in the last line", GUIDE, ("every: year", 'every: "year'), 14, "", "quote"),
    Broken("a single quote open in the last line", GUIDE, ("every: year", "every: 'year"), 14, "", "quote"),
    Broken("a quote open in braces", GUIDE, (SUMMARY, 'summary: {ka: "რა არის., en: What it is.}'), 9, "", "quote"),
    Broken("a quote closed in braces by the next", GUIDE, (SUMMARY, 'summary: {ka: "რა., en: "What."}'), 9, "", "quote"),
    Broken("an apostrophe in single quotes", GUIDE, ("en: Guide", "en: 'The Institute's guide'"), 3, "", "quote"),
    Broken("a quote open in a list", GUIDE, ("[en]", "\n  - 'en\n  - 'fr'"), 7, "", "quote"),
    Broken("no colon after a field", GUIDE, ("type: handbook", "type handbook"), 4, "", "syntax"),
    Broken("no space after a colon", GUIDE, ("type: handbook", "type:handbook"), 4, "", "syntax"),
    Broken("no colon below a quotation of two lines", GUIDE, ("Guide\ntype:", "'A\n    guide'\ntype"), 5, "", "syntax"),
    Broken("a colon below a quotation of two lines", GUIDE, ("Guide\ntype:", "'A\n    guide'\ntype: x:"), 5, "", "colon"),
    Broken("a colon inside plain text", GUIDE, ("en: Guide", "en: Guide: part one"), 3, "", "colon"),
    Broken("a bracket that nothing closes", GUIDE, (DEPTH, "themes: [juvenile, custody"), 8, "", "bracket"),
    Broken("a brace that nothing closes", GUIDE, (SUMMARY, SUMMARY[:-1]), 9, "", "bracket"),
    Broken("a bracket too many", GUIDE, (DEPTH, f"{DEPTH}]"), 8, "", "syntax"),
    Broken("a line indented too far", GUIDE, ("  en: Guide", "   en: Guide"), 3, "", "indentation"),
    Broken("plain text that begins with @", GUIDE, ("en: Guide", "en: @guide"), 3, "", "value_sign"),
    Broken("plain text that begins with a backtick", GUIDE, ("en: Guide", "en: `Guide`"), 3, "", "value_sign"),
    Broken("a backslash in double quotes", GUIDE, ("en: Guide", r'en: "C:\Guide"'), 3, "", "backslash"),
    Broken("half of a surrogate pair", GUIDE, ("en: Guide", r'en: "Guide \ud800"'), 3, "", "backslash"),
    Broken("a directive of another YAML", GUIDE, "%YAML 3.0\n---\ntitle: {en: Guide}\n", 1, "", "syntax"),
    Broken("quotation marks around a part", GUIDE, ("en: Guide", 'en: "Guide" to rights'), 3, "", "quote_part"),
    Broken("quotation marks around two parts", GUIDE, ("en: Guide", 'en: "Guide" and "Manual"'), 3, "", "quote_part"),
    Broken("text that begins with a sign of blocks", GUIDE, ("en: Guide", "en: > Guide"), 3, "", "value_sign"),
    Broken("text that begins with a dash", GUIDE, ("en: Guide", "en: - Guide"), 3, "", "value_sign"),
    Broken("a field indented less than its neighbour", GUIDE, ("  every: year", " every: year"), 14, "", "indentation"),
    Broken("a dash without its space below one with it", GUIDE, ("[en]", "\n- en\n-fr"), 8, "", "list_dash"),
    Broken("two versions of a line", GUIDE, ("type: h", "<<<<<<< HEAD\ntype: h"), 4, "", "conflict"),
    Broken("two versions, the second left", GUIDE, ("type: handbook", "type: handbook\n>>>>>>> b"), 5, "", "conflict"),
    Broken("a no-break space after a colon", GUIDE, ("en: Guide", "en:\u00a0Guide"), 3, "", "odd_space"),
    Broken("no-break spaces before a field", GUIDE, ("  en: Guide", "\u00a0\u00a0en: Guide"), 3, "en", "odd_space"),
    Broken("a tab in a text", GUIDE, ("en: Guide", "en: Gui\tde"), 3, "", "tab"),
    Broken("two documents", GUIDE, ("type: handbook", "---\ntype: handbook"), 4, "", "one_document"),
    Broken("two documents below a quotation of two lines", GUIDE, ("Guide\n", "'A\n    guide'\n---\n"), 5, "", "one_document"),
    Broken("an empty file", GUIDE, "", 1, "", "empty_file"),
    Broken("a file of comments", GUIDE, "# to be written\n\n", 1, "", "empty_file"),
    Broken("an anchor", GUIDE, ("en: Guide", "en: &guide Guide"), 3, "", "anchor"),
    Broken("an alias", GUIDE, ("en: Guide", "en: *guide"), 3, "", "anchor"),
    Broken("a YAML bomb", GUIDE, BOMB, 1, "", "anchor"),
    Broken("an anchor close to its colon", GUIDE, (SUMMARY, 'summary: {"ka":&a ა, "en":*a}'), 9, "", "anchor"),
    Broken("an anchor of a complex key", GUIDE, (SUMMARY, "summary: {?&a en: What it is.}"), 9, "", "anchor"),
    Broken("a YAML bomb in braces", GUIDE, TIGHT_BOMB, 1, "", "anchor"),
    Broken("an exclamation mark close to its colon", GUIDE, (SUMMARY, 'summary: {"en":! What it is.}'), 9, "", "tag"),
    Broken("a tag that builds a Python object", GUIDE, ("Guide", "!!python/object/apply:os.system [ls]"), 3, "title.en", "tag"),
    Broken("a tag of one's own", GUIDE, ("en: Guide", "en: !guide Guide"), 3, "title.en", "tag"),
    Broken("a tag of YAML's own", GUIDE, ("year: 2024", "year: !!int '2024'"), 7, "year", "tag"),
    Broken("an exclamation mark before the text", GUIDE, ("en: Guide", "en: ! Guide"), 3, "", "tag"),
    Broken("a merge key", GUIDE, ("type: handbook", "<<: {type: handbook}"), 4, "", "merge"),
    Broken("a list as the name of a field", GUIDE, ("type: handbook", "[type]: handbook"), 4, "", "key"),
    Broken("nothing as the name of a field", GUIDE, ("type: handbook", '"": handbook'), 4, "", "key"),
    Broken("a tag on the name of a field", GUIDE, ("type: handbook", "!field type: handbook"), 4, "", "key"),
    Broken("a field written twice", GUIDE, ("year: 2024", "year: 2024\nyear: 2025"), 8, "year", "duplicate_key"),
    Broken("a language written twice", GUIDE, ("  en: Guide", "  en: Guide\n  en: Manual"), 4, "title.en", "duplicate_key"),
    Broken("a file over 512 kB", GUIDE, "#" * (512 * 1024 + 1), 1, "", "too_large"),
    Broken("twenty brackets", GUIDE, (DEPTH, "themes: " + "[" * 20 + "]" * 20), 8, "themes" + ".0" * 12, "too_deep"),
    Broken("a hundred thousand brackets", GUIDE, (DEPTH, "themes: " + "[" * 100_000), 8, "", "too_deep"),
    Broken("a hundred thousand braces", GUIDE, (DEPTH, "themes: " + "{a: " * 100_000), 8, "", "too_deep"),
    Broken("a hundred thousand lists", GUIDE, (DEPTH, "themes:\n  " + "- " * 100_000), 9, "", "too_deep"),
    Broken("lists two spaces apart, enough to end libyaml", GUIDE, (DEPTH, "themes:\n  " + "-  " * 160_000), 9, "", "too_deep"),
    Broken("a hundred thousand questions", GUIDE, (DEPTH, "themes:\n  " + "? " * 100_000), 9, "", "too_deep"),
    Broken("a letter in another encoding", GUIDE, b"type: handbook\ntitle: {en: Caf\xe9}\n", 2, "", "utf8"),
    Broken("a file in UTF-16", GUIDE, "title: {en: Guide}\n".encode("utf-16"), 1, "", "utf8"),
    Broken("a file in UTF-16 that does not say so", GUIDE, "title: {en: Guide}\n".encode("utf-16-le"), 1, "", "utf8"),
    Broken("a file of Word", GUIDE, b"PK\x03\x04\x14\0\x06\0", 1, "", "no_text"),
    Broken("a file of rich text", GUIDE, b"{\\rtf1 title}", 1, "", "no_text"),
    Broken("a NUL", GUIDE, ("en: Guide", "en: Gui\0de"), 3, "", "invisible"),
    Broken("a NUL by its number", GUIDE, ("en: Guide", r'en: "Gui\0de"'), 3, "title.en", "invisible"),
    Broken("a change of writing direction", GUIDE, ("en: Guide", "en: Gui\u202ede"), 3, "", "invisible"),
    Broken("a change of direction by its number", GUIDE, ("en: Guide", r'en: "Gui\u202Ede"'), 3, "title.en", "invisible"),
    Broken("a space without width", GUIDE, ("სახელმძღვანელო", "სახელ\u200bმძღვანელო"), 2, "", "invisible"),
    Broken("a space without width by its number", GUIDE, ("Guide", r'"Gui\u200Bde"'), 3, "title.en", "invisible"),
    Broken("a soft hyphen", GUIDE, ("en: Guide", "en: Gui\u00adde"), 3, "", "invisible"),
    Broken("an invisible tag letter", GUIDE, ("en: Guide", "en: Guide\U000e0041"), 3, "", "invisible"),
    Broken("a byte order mark in the middle", GUIDE, ("en: Guide", "en: \ufeffGuide"), 3, "", "invisible"),
]

LETTERS = [
    Broken("a Latin a in a Georgian word", GUIDE, ("სახელმძღვანელო", "სaხელმძღვანელო"), 2, "title.ka", "mixed_scripts"),
    Broken("a Georgian letter in a Latin word", GUIDE, ("en: Guide", "en: Guიde"), 3, "title.en", "mixed_scripts"),
    Broken("a case ending without its hyphen", GUIDE, ("სახელმძღვანელო", "IOIის გზამკვლევი"), 2, "title.ka", "mixed_scripts"),
    Broken("Cyrillic letters that look Latin", GUIDE, ("en: Guide", "en: B\u043e\u043ek"), 3, "title.en", "look_alikes"),
    Broken("a Cyrillic letter in a Georgian word", GUIDE, ("სახელმძღვანელო", "სახ\u0435ლი"), 2, "title.ka", "mixed_scripts"),
    Broken("a Greek letter that looks Latin", GUIDE, ("en: Guide", "en: \u0391ssembly"), 3, "title.en", "look_alikes"),
    Broken("a look-alike in an address", GUIDE, ("no.example", "no.ex\u0430mple"), 5, "url", "look_alikes"),
    Broken("Georgian capitals", GUIDE, ("სახელმძღვანელო", "ᲡᲐᲮᲔᲚᲛᲫᲦᲕᲐᲜᲔᲚᲝ"), 2, "title.ka", "capital_georgian"),
    Broken("one Georgian capital", GUIDE, ("სახელმძღვანელო", "Სახელმძღვანელო"), 2, "title.ka", "capital_georgian"),
    Broken("a Georgian capital of the church", GUIDE, ("სახელმძღვანელო", "Ⴑახელმძღვანელო"), 2, "title.ka", "capital_georgian"),
]

VALUES = [
    *(
        Broken(f"a bare {word}", GUIDE, ("year: 2024", f"official: {word}"), 7, "official", "loose_boolean")
        for word in ("no", "yes", "on", "off", "n", "True", "NO")
    ),
    Broken("Norwegian without quotes", GUIDE, ("[en]", "[en, no]"), 6, "languages.1", "loose_boolean"),
    Broken("an unknown field", GUIDE, ("year: 2024", "yeer: 2024"), 7, "yeer", "unknown_field", "year"),
    Broken("a merge key in quotes", GUIDE, ("year: 2024", '"<<": 2024'), 7, "<<", "unknown_field"),
    Broken("an unknown field left empty", GUIDE, ("year: 2024", "yeer:"), 7, "yeer", "unknown_field", "year"),
    Broken("an unknown language", GUIDE, ("en: Guide", "eng: Guide"), 3, "title.eng", "unknown_field", "en"),
    Broken("an unknown field of a list", NETWORK, ("    email:", "    mail:"), 23, "contacts.0.mail", "unknown_field", "email"),
    Broken("a field like no other", GUIDE, ("year: 2024", "qqq: 2024"), 7, "qqq", "unknown_field"),
    Broken(
        "an unknown field with an invisible letter",
        GUIDE,
        ("year: 2024", r'"ye\u200bar": 2024'),
        7,
        r"ye\u200bar",
        "unknown_field",
        "year",
    ),
    Broken("a date without its field", EVENT, ("country: AT", "date: 2026-09-14"), 5, "date", "unknown_field", "start"),
    Broken("a place by another word", EVENT, ("country: AT", "location: Vienna"), 5, "location", "unknown_field", "place"),
    Broken("a field in Georgian", EVENT, ("country: AT", "ადგილი: Vienna"), 5, "ადგილი", "unknown_field", "place"),
    Broken("a field that is only a little like another", EVENT, ("country: AT", "time: 17:00"), 5, "time", "unknown_field"),
    Broken("a Cyrillic letter in a field", GUIDE, ("year: 2024", "ye\u0430r: 2024"), 7, "ye\u0430r", "field_letters", "year"),
    Broken("a lost indentation", GUIDE, ("  en: Guide", "en: Guide"), 3, "en", "not_indented"),
    Broken("a missing field", GUIDE, ("type: handbook\n", ""), 1, "type", "missing"),
    Broken("a deadline without its zone", GRANT, ("  zone: Europe/Vienna\n", ""), 4, "deadline.zone", "missing"),
    Broken(
        "an obligation of nobody", AGREEMENT, ("    owner: international-exchanges\n", ""), 11, "obligations.0.owner", "missing"
    ),
    Broken("an empty field", GUIDE, ("type: handbook", "type:"), 4, "type", "empty"),
    Broken("an empty address", GUIDE, ("https://www.no.example/guide", "~"), 5, "url", "empty"),
    Broken("a field left at NULL", GUIDE, ("type: handbook", "type: NULL"), 4, "type", "empty"),
    Broken("a title of spaces", GUIDE, ("en: Guide", 'en: " "'), 3, "title.en", "empty"),
    Broken("a title of two lines", GUIDE, ("  en: Guide", "  en: |\n    Guide\n    of 2024"), 3, "title.en", "one_line"),
    Broken(
        "a unit of two lines",
        UNITS,
        ("en: National Visiting Department", 'en: "National\\nMechanism"'),
        8,
        "1.name.en",
        "one_line",
    ),
    Broken(
        "a role of two lines", NETWORK, ("{en: Press office}", '{en: "Press\\noffice"}'), 26, "contacts.1.role.en", "one_line"
    ),
    Broken("a partner of two lines", EVENT, ("country: AT", 'partners: ["A\\nB"]'), 5, "partners.0", "one_line"),
    Broken("an empty title", GUIDE, (SUMMARY, "summary:"), 9, "summary", "empty"),
    Broken("a document of nothing", GUIDE, "---\n", 1, "", "empty_file"),
    Broken("a text in no language", GUIDE, (SUMMARY, "summary: {}"), 9, "summary", "text_empty"),
    Broken("a list of nothing", GUIDE, (DEPTH, "themes: []"), 8, "themes", "list_empty"),
    Broken("a number for a text", GUIDE, ("en: Guide", "en: 2024"), 3, "title.en", "type_text"),
    Broken("a list for a text", GUIDE, ("en: Guide", "en: [Guide]"), 3, "title.en", "text_single"),
    Broken("braces around a text", GUIDE, ("en: Guide", "en: {Guide}"), 3, "title.en", "text_single"),
    Broken(
        "a source with fields",
        GRANT,
        ("kind: grant", "kind: grant\nsources: [{url: https://no.example/}]"),
        3,
        "sources.0",
        "unknown_source",
        "https://no.example/",
    ),
    Broken("a source in words", GUIDE, ("year: 2024", "sources: [Annual report]"), 7, "sources.0", "unknown_source"),
    Broken("a dash without its space", GUIDE, ("languages: [en]", "languages:\n  -en"), 6, "languages", "list_dash"),
    Broken("true for a text", GUIDE, ("en: Guide", "en: true"), 3, "title.en", "text_boolean"),
    Broken("a text for a list", GUIDE, (DEPTH, "themes: juvenile"), 8, "themes", "type_list"),
    Broken("fields for a list", GUIDE, (DEPTH, "themes: {juvenile: true}"), 8, "themes", "type_list"),
    Broken("a text for two languages", GUIDE, (SUMMARY, "summary: What it is."), 9, "summary", "type_fields"),
    Broken("a list for two languages", GUIDE, (SUMMARY, "summary: [What it is.]"), 9, "summary", "type_fields"),
    Broken("a list for a record", GUIDE, "- title: {en: Guide}\n", 1, "", "type_fields"),
    Broken("a word for a record", GUIDE, "\n\nGuide\n", 3, "", "type_fields"),
    Broken("fields for a list of records", DAYS, "day: 12-10\n", 1, "", "type_list"),
    Broken("a word for an item", DAYS, "- 12-10\n", 1, "0", "type_fields"),
    Broken("a number in quotes", GUIDE, ("2024", '"2024"'), 7, "year", "type_number"),
    Broken("a number with a point", GUIDE, ("2024", "2024.5"), 7, "year", "type_number"),
    Broken("a number with a nought before it", GUIDE, ("2024", "02024"), 7, "year", "type_number"),
    Broken("true for a number", GUIDE, ("2024", "true"), 7, "year", "type_number"),
    Broken("true in quotes", GRANT, ("true", '"true"'), 8, "office_took_part", "type_bool"),
    Broken("a number for true", GRANT, ("true", "1"), 8, "office_took_part", "type_bool"),
    Broken("an unknown type", GUIDE, ("handbook", "handbok"), 4, "type", "choice", "handbook"),
    Broken("a type with a capital", GUIDE, ("handbook", "Handbook"), 4, "type", "choice", "handbook"),
    Broken("a type like no other", GUIDE, ("handbook", "qqq"), 4, "type", "choice"),
    Broken("a number for a type", GUIDE, ("handbook", "7"), 4, "type", "choice"),
    Broken("a list for a type", GUIDE, ("handbook", "[handbook]"), 4, "type", "choice", "handbook"),
    Broken("an unknown kind of network", NETWORK, ("kind: ombudsman", "kind: ombudsmen"), 6, "kind", "choice", "ombudsman"),
    Broken("an unknown standing", NETWORK, ("status: member", "status: membr"), 12, "standing.status", "choice", "member"),
    Broken("an unknown kind of event", EVENT, ("general-assembly", "assembly"), 2, "kind", "choice", "general-assembly"),
    Broken("an unknown state", AGREEMENT, ("state: active", "state: activ"), 8, "state", "choice", "active"),
    Broken("an unknown status", GUIDE, ("year: 2024", "status: curent"), 7, "status", "choice", "current"),
    Broken("a status by a usual word", GUIDE, ("year: 2024", "status: active"), 7, "status", "choice", "current"),
    Broken("a type as the site shows it", GUIDE, ("handbook", TYPE_SHOWN), 4, "type", "choice", "handbook"),
    Broken(
        "an accreditation in a small letter",
        NETWORK,
        ("{status: member}", "{status: member, accreditation: {status: a}}"),
        12,
        "standing.accreditation.status",
        "choice",
        "A",
    ),
    Broken("a group of terms that is not", GLOSSARY, TERM, 2, "0.group", "choice", "institution"),
    Broken(
        "a part of the site that is not",
        GAPS,
        "- {id: one, area: agrements, what: {en: All}}\n",
        1,
        "0.area",
        "choice",
        "agreements",
    ),
    Broken("an unknown rhythm", GUIDE, ("every: year", "every: yearly"), 14, "review.every", "choice", "year"),
    Broken("a year before the archives", GUIDE, ("2024", "1944"), 7, "year", "range"),
    Broken(
        "fewer members than none",
        NETWORK,
        ("standing:", "membership: {count: -5}\nstanding:"),
        12,
        "membership.count",
        "range_least",
    ),
    Broken("a thirteenth month", NETWORK, ("months: [5]", "months: [5, 13]"), 29, "meetings.0.months.1", "range"),
    Broken("a code that is of a country", GUIDE, ("[en]", "[ge]"), 6, "languages.0", "language", "ka"),
    Broken("a language in capitals", GUIDE, ("[en]", "[ENG]"), 6, "languages.0", "language", "en"),
    Broken("a language by its name", GUIDE, ("[en]", "[English]"), 6, "languages.0", "language", "en"),
    Broken("an id with a capital", GUIDE, ("year: 2024", "id: Guide"), 7, "id", "slug", "guide"),
    Broken("an id that climbs", GUIDE, ("year: 2024", "id: ../guide"), 7, "id", "slug"),
    Broken("an id of dots", NETWORK, ("  - id: press", "  - id: .."), 25, "contacts.1.id", "slug"),
    Broken("an earlier id that climbs", GUIDE, ("year: 2024", "former_ids: [a, ../b]"), 7, "former_ids.1", "slug"),
    Broken("an id that is not the file's name", GUIDE, ("year: 2024", "id: manual"), 7, "id", "id_differs"),
    Broken("a date in words", GUIDE, ("2026-10-01", "1 October 2026"), 10, "collected_on", "date_form"),
    Broken("a date of one digit", GUIDE, ("2026-10-01", "2026-10-1"), 10, "collected_on", "date_form", "2026-10-01"),
    Broken("a date with points", GUIDE, ("2026-10-01", "01.10.2026"), 10, "collected_on", "date_form", "2026-10-01"),
    Broken("a date without hyphens", EVENT, ("2026-09-14", "20260914"), 3, "start", "date_form", "2026-09-14"),
    Broken("a year of two digits", EVENT, ("2026-09-14", "26"), 3, "start", "date_form"),
    Broken("a year for no end", AGREEMENT, ("2027-04-05", "9999-12-31"), 7, "valid_until", "date_years"),
    Broken("a date in digits of another script", EVENT, ("2026-09-14", "２０２６-09-14"), 3, "start", "date_form"),
    Broken("a thirtieth of February", EVENT, ("2026-09-14", "2026-02-30"), 3, "start", "date_impossible"),
    Broken("a thirteenth month in a date", EVENT, ("2026-09-14", "2026-13"), 3, "start", "date_impossible"),
    Broken("a year nought", EVENT, ("2026-09-14", '"0000"'), 3, "start", "date_years"),
    Broken("a month where a day is needed", GUIDE, ("2026-10-01", "2026-10"), 10, "collected_on", "date_full"),
    Broken("a year where a day is needed", GUIDE, ("2026-10-01", "2026"), 10, "collected_on", "date_full"),
    Broken("an end before its start", EVENT, ("end: 2026-09-16", "end: 2026-09-13"), 4, "end", "end_before_start"),
    Broken("an end in the month before", EVENT, ("end: 2026-09-16", "end: 2026-08"), 4, "end", "end_before_start"),
    Broken("a memorandum over before it is signed", AGREEMENT, ("2027-04-05", "2021"), 7, "valid_until", "end_before_start"),
    Broken(
        "a period that runs backwards",
        GRANT,
        ("kind: grant", "kind: grant\nperiod:\n  start: 2026\n  end: 2025"),
        5,
        "period.end",
        "end_before_start",
    ),
    Broken(
        "a moment that ends before it begins",
        NETWORK,
        ("{status: member}", f"{{status: member, history: [{MOMENT}]}}"),
        12,
        "standing.history.0.until",
        "end_before_start",
    ),
    Broken(
        "renewed before it was held",
        NETWORK,
        ("{status: member}", f"{{status: member, accreditation: {RENEWED}}}"),
        12,
        "standing.accreditation.last_renewed",
        "end_before_start",
    ),
    Broken("an hour of one digit", EVENT, ('"17:00"', '"9:00"'), 11, "registration.time", "clock", "09:00"),
    Broken("an hour without its colon", EVENT, ('"17:00"', "1700"), 11, "registration.time", "clock", "17:00"),
    Broken("an hour with a point", EVENT, ('"17:00"', '"17.00"'), 11, "registration.time", "clock", "17:00"),
    Broken("a twenty-fifth hour", EVENT, ('"17:00"', "25:00"), 11, "registration.time", "clock"),
    Broken(
        "a zone that nobody knows", EVENT, ("Europe/Vienna", "Europe/Tbilisi"), 12, "registration.zone", "zone", "Asia/Tbilisi"
    ),
    Broken("a zone by its city", EVENT, ("Europe/Vienna", "Tbilisi"), 12, "registration.zone", "zone", "Asia/Tbilisi"),
    Broken("the zone of this machine", EVENT, ("Europe/Vienna", "localtime"), 12, "registration.zone", "zone"),
    Broken("a zone by its distance", EVENT, ("Europe/Vienna", "+04:00"), 12, "registration.zone", "zone", "Asia/Tbilisi"),
    Broken("a zone that climbs", EVENT, ("Europe/Vienna", "../../etc/passwd"), 12, "registration.zone", "zone"),
    Broken("a zone that is a folder", EVENT, ("Europe/Vienna", "Europe"), 12, "registration.zone", "zone"),
    *(Broken(f"the address {a}", GUIDE, ("https://www.no.example/guide", a), 5, "url", "url") for a in NO_ADDRESSES),
    *(Broken(f"the address {a}", GUIDE, ("https://www.no.example/guide", a), 5, "url", "url_host") for a in LOCAL_ADDRESSES),
    Broken("a stray per cent sign", GUIDE, ("no.example/guide", "no.example/100%"), 5, "url", "url_percent"),
    Broken("an address without a scheme", GUIDE, ("https://www", "www"), 5, "url", "url", "https://www.no.example/guide"),
    Broken(
        "a source without a scheme",
        GUIDE,
        ("year: 2024", "sources: [www.no.example]"),
        7,
        "sources.0",
        "url",
        "https://www.no.example",
    ),
    Broken(
        "an e-mail address in words", NETWORK, ("nno@ombudsman-house.example", "nno at gv.at"), 23, "contacts.0.email", "email"
    ),
    Broken("a country by its name", EVENT, ("country: AT", "country: Austria"), 5, "country", "country", "AT"),
    Broken("a day without its month", DAYS, DAY.format(day="10"), 2, "0.day", "month_day"),
    Broken("a day of another form", DAYS, DAY.format(day="10.12"), 2, "0.day", "month_day"),
    Broken("a day that no year has", DAYS, DAY.format(day="02-30"), 2, "0.day", "date_impossible"),
    Broken(
        "correction of a field that there is not",
        GUIDE,
        ("  every: year", "  every: year\n  no_change_of_meaning: [{on: 2026-11-05, fields: [tilte]}]"),
        15,
        "review.no_change_of_meaning.0.fields.0",
        "correction_field",
        "title",
    ),
    Broken(
        "correction of a language that there is not",
        EVENT,
        ("country: AT", "review: {no_change_of_meaning: [{on: 2026-11-05, fields: [country, title.eng]}]}"),
        5,
        "review.no_change_of_meaning.0.fields.1",
        "correction_field",
        "title.en",
    ),
    Broken(
        "a correction of tomorrow",
        EVENT,
        ("country: AT", "review: {no_change_of_meaning: [{on: 2026-11-23, fields: [title]}]}"),
        5,
        "review.no_change_of_meaning.0.on",
        "future",
    ),
    Broken("archived without a reason", GUIDE, ("year: 2024", "status: archived"), 7, "status", "archived_reason"),
    Broken(
        "a reason without archived",
        GUIDE,
        ("year: 2024", "archived: {on: 2026-10-01, reason: {en: Old}}"),
        7,
        "archived",
        "archived_status",
    ),
]

TOGETHER = [
    Broken("an unknown theme", GUIDE, ("[juvenile,", "[juvenle,"), 8, "themes.0", "unknown_theme", "juvenile"),
    Broken(
        "an unknown theme in a list of lines",
        GUIDE,
        (DEPTH, "themes:\n  - juvenile\n  - custod"),
        10,
        "themes.1",
        "unknown_theme",
        "custody",
    ),
    Broken("a theme like no other", GUIDE, ("[juvenile,", "[qqq,"), 8, "themes.0", "unknown_theme"),
    Broken(
        "an unknown theme of a unit",
        UNITS,
        ("themes: [custody]", "themes: [custod]"),
        12,
        "1.themes.0",
        "unknown_theme",
        "custody",
    ),
    Broken(
        "an unknown unit",
        EVENT,
        ("international-exchanges", "international-relation"),
        8,
        "units.0",
        "unknown_unit",
        "international-exchanges",
    ),
    Broken(
        "confirmed by nobody we know",
        GUIDE,
        ("confirmed_by: international-exchanges", "confirmed_by: nvn"),
        13,
        "review.confirmed_by",
        "unknown_unit",
        "nvd",
    ),
    Broken(
        "an obligation of a unit that is not",
        AGREEMENT,
        ("owner: international-exchanges", "owner: nvdd"),
        12,
        "obligations.0.owner",
        "unknown_unit",
        "nvd",
    ),
    Broken("a network by its acronym", EVENT, ("networks: [nno]", "networks: [NNO]"), 6, "networks.0", "unknown_network", "nno"),
    Broken(
        "a unit by its acronym",
        GUIDE,
        ("confirmed_by: international-exchanges", "confirmed_by: NVD"),
        13,
        "review.confirmed_by",
        "unknown_unit",
        "nvd",
    ),
    Broken("a theme by its name", GUIDE, (DEPTH, "themes: [Rights of the child]"), 8, "themes.0", "unknown_theme", "juvenile"),
    Broken("a theme by a Georgian word", GUIDE, (DEPTH, "themes: [ბავშვები]"), 8, "themes.0", "unknown_theme", "juvenile"),
    Broken("an unknown network", EVENT, ("networks: [nno]", "networks: [nnn]"), 6, "networks.0", "unknown_network", "nno"),
    Broken("an unknown network of a report", REPORTING, ("[nno]", "[nno, mno]"), 3, "networks.1", "unknown_network", "nno"),
    Broken(
        "replaced by nothing", GUIDE, ("year: 2024", "replaced_by: nno/guides"), 7, "replaced_by", "unknown_resource", "nno/guide"
    ),
    Broken("replaced by a path", GUIDE, ("year: 2024", "replaced_by: ../../etc/passwd"), 7, "replaced_by", "unknown_resource"),
    Broken("replaced by itself", GUIDE, ("year: 2024", "replaced_by: nno/guide"), 7, "replaced_by", "itself"),
    Broken("its own earlier id", GUIDE, ("year: 2024", "former_ids: [guide]"), 7, "former_ids.0", "former_taken"),
    Broken("a document that no list has", GUIDE, ("year: 2024", "sources: [charter]"), 7, "sources.0", "unknown_source"),
    Broken("confirmed tomorrow", GUIDE, ("2026-10-02", "2026-11-23"), 12, "review.confirmed_on", "future"),
    Broken("collected next year", GUIDE, ("2026-10-01", "2027-10-01"), 10, "collected_on", "future"),
    Broken(
        "archived tomorrow",
        GUIDE,
        ("year: 2024", "status: archived\narchived:\n  on: 2026-11-23\n  reason: {en: Old}"),
        9,
        "archived.on",
        "future",
    ),
    Broken("confirmed by nobody", GUIDE, ("  confirmed_by: international-exchanges\n", ""), 11, "review", "confirmed_by_missing"),
    *(Broken(f"the mobile {n}", NETWORK, ("+43 1 234 56 78", n), 24, "contacts.0.phone", "phone_mobile") for n in MOBILES),
    *(Broken(f"the number {n}", NETWORK, ("+43 1 234 56 78", n), 24, "contacts.0.phone", "phone") for n in NO_NUMBERS),
    Broken(
        "a mobile in a note",
        NETWORK,
        ("id: press", "id: press\n    note: {en: Or call 599 12 34 56.}"),
        26,
        "contacts.1.note.en",
        "phone_mobile",
    ),
    Broken(
        "a mobile in an address",
        NETWORK,
        ("id: press", "id: press\n    address: {en: 'Tbilisi, +995 599 123456'}"),
        26,
        "contacts.1.address.en",
        "phone_mobile",
    ),
    Broken(
        "a free address in a note",
        NETWORK,
        ("id: press", "id: press\n    note: {en: Or write to a@gmail.com.}"),
        26,
        "contacts.1.note.en",
        "email_in_text",
    ),
    *(
        Broken(f"the mail service {m}", NETWORK, ("ombudsman-house.example", m), 23, "contacts.0.email", "email_basis")
        for m in FREE_MAIL
    ),
    Broken("a free mail service", NETWORK, ("ombudsman-house.example", "gmail.com"), 23, "contacts.0.email", "email_basis"),
    Broken(
        "a free mail service in capitals",
        NETWORK,
        ("ombudsman-house.example", "Yahoo.COM"),
        23,
        "contacts.0.email",
        "email_basis",
    ),
    Broken("a contact twice", NETWORK, ("- id: press", "- id: secretariat"), 25, "contacts.1.id", "duplicate_id"),
    Broken("a working group twice", NETWORK, ("- id: learning", "- id: ethics"), 17, "working_groups.1.id", "duplicate_id"),
    Broken(
        "a theme twice", THEMES, ("- id: custody", "- id: custody\n  name: {en: One}\n- id: custody"), 5, "2.id", "duplicate_id"
    ),
    Broken("a unit twice", UNITS, ("- id: nvd", UNIT + "- id: nvd"), 13, "2.id", "duplicate_id"),
    Broken(
        "a regional office twice",
        UNITS,
        ("themes: [custody]", f"themes: [custody]\n  offices: [{OFFICE},\n    {OFFICE}]"),
        14,
        "1.offices.1.id",
        "duplicate_id",
    ),
    Broken(
        "a theme at the address of the list",
        THEMES,
        ("- id: custody", "- id: index\n  name: {en: One}\n- id: custody"),
        3,
        "1.id",
        "reserved",
    ),
    Broken(
        "a draft that records lead to", NETWORK, ("kind: ombudsman", "kind: ombudsman\nstatus: draft"), 7, "status", "draft_shown"
    ),
    Broken(
        "an earlier id that is in use",
        NETWORK,
        ("kind: ombudsman", "former_ids: [nno]\nkind: ombudsman"),
        6,
        "former_ids",
        "former_taken",
    ),
]

NAMES = [
    Broken("a page of Markdown", "README.md", "# Records\n", 1, "", "file_place"),
    Broken("a record beside the networks", "guide.yml", RESOURCE, 1, "", "file_place"),
    Broken("a record beside network.yml", "nno/guide.yml", RESOURCE, 1, "", "file_place"),
    Broken("a record in a folder of no kind", "nno/guides/manual.yml", RESOURCE, 1, "", "file_place"),
    Broken("a record one folder too deep", "nno/resources/old/manual.yml", RESOURCE, 1, "", "file_place"),
    Broken("a resource of our own", "_office/resources/manual.yml", RESOURCE, 1, "", "file_place"),
    Broken("a list that is not one", "_office/partners.yml", "- id: x\n", 1, "", "file_place"),
    Broken("a copy that an editor left", "nno/resources/guide.yml~", RESOURCE, 1, "", "duplicate_file"),
    Broken("a file named for its kind", "nno/networks.yml", RESOURCE, 1, "", "file_place", NETWORK),
    Broken("a folder in the singular", "nno/resource/manual.yml", RESOURCE, 1, "", "file_place", "nno/resources/manual.yml"),
    Broken("a list in the singular", "_office/theme.yml", "- id: x\n", 1, "", "file_place", THEMES),
    Broken("two endings", "nno/resources/manual.yml.txt", RESOURCE, 1, "", "file_ending"),
    Broken("the ending of texts", "nno/resources/manual.txt", RESOURCE, 1, "", "file_ending"),
    Broken("no ending", "nno/resources/manual", RESOURCE, 1, "", "file_ending"),
    Broken("the long ending", "nno/resources/manual.yaml", RESOURCE, 1, "", "file_ending"),
    Broken("the ending in capitals", "nno/resources/manual.YML", RESOURCE, 1, "", "file_ending"),
    Broken("both endings", "nno/resources/guide.yaml", RESOURCE, 1, "", "duplicate_file"),
    *(Broken(f"the file name {name!r}", f"nno/resources/{name}.yml", RESOURCE, 1, "", "file_name") for name in NO_NAMES),
    Broken("the folder name NNO", "NNO/resources/manual.yml", RESOURCE, 1, "", "file_name"),
    Broken("a folder that begins with a line", "_drafts/manual.yml", RESOURCE, 1, "", "file_name"),
    Broken("an event without its date", "nno/events/assembly.yml", RESOURCE, 1, "", "event_name"),
    Broken("an event named for its day only", "nno/events/14-assembly.yml", RESOURCE, 1, "", "event_name"),
    Broken("an event of a thirteenth month", "nno/events/2026-13-talk.yml", TALK.format(start="2026-09"), 1, "", "event_name"),
    Broken("an event of a month of one digit", "nno/events/2026-9-talk.yml", TALK.format(start="2026-09"), 1, "", "event_name"),
    Broken(
        "an event of another month", "nno/events/2026-10-talk.yml", TALK.format(start="2026-09-30"), 3, "start", "event_month"
    ),
    Broken("an event that ends in another month", "nno/events/2026-10-talk.yml", ENDED, 3, "end", "event_month"),
    Broken("an event of another year", "_office/events/2025-talk.yml", TALK.format(start="2026"), 3, "start", "event_month"),
    Broken("a folder without a network", "mno/resources/manual.yml", RESOURCE, 1, "", "no_network"),
    Broken("a resource named network", "mno/resources/network.yml", RESOURCE, 1, "", "no_network"),
    Broken("a network at the address of the list", "index/network.yml", RESOURCE, 1, "", "reserved"),
    Broken("a network at the address of our events", "office/network.yml", RESOURCE, 1, "", "reserved"),
    Broken("a memorandum at the address of the list", "_office/agreements/index.yml", RESOURCE, 1, "", "reserved"),
]

FETCHED = [
    Broken("a line that is no JSON", ITEMS, ITEM + "<<<<<<< HEAD\n", 2, "", "json_line"),
    Broken("a line of an item that was cut", ITEMS, ITEM + ITEM[:50] + "\n", 2, "", "json_line"),
    Broken("markup in a title", ITEMS, ITEM.replace("Report", "<b>Report"), 1, "title", "unsafe_text"),
    Broken("a character that turns letters", ITEMS, ITEM.replace("Report", "\u202eReport"), 1, "title", "unsafe_text"),
    Broken("a title of a thousand letters", ITEMS, ITEM.replace("Report", "x" * 1000), 1, "title", "text_too_long"),
    Broken("an item without its title", ITEMS, ITEM.replace("Report", ""), 1, "title", "empty"),
    Broken("an address that runs a script", ITEMS, ITEM.replace("https://www", "javascript:"), 1, "link", "url"),
    Broken("a time without its zone", ITEMS, ITEM.replace("00Z", "00"), 1, "published", "moment"),
    Broken("an id of five digits", ITEMS, ITEM.replace("0123456789", "01234"), 1, "id", "item_id"),
    Broken("a language in words", ITEMS, ITEM.replace('"sources"', '"language": "English", "sources"'), 1, "language", "pattern"),
    Broken("an item twice", ITEMS, ITEM + ITEM, 2, "id", "duplicate_fetched"),
    Broken("an item in another network's file", "_fetched/mno.jsonl", ITEM, 1, "id", "fetched_elsewhere"),
    Broken("a source without its network", "_fetched/sources.json", '{\n "feed": ' + HEALTH + "}", 2, "", "source_id"),
    Broken("sources that are no JSON", "_fetched/sources.json", "[", 1, "", "json_line"),
]

ALL = [*UNREADABLE, *LETTERS, *VALUES, *TOGETHER, *NAMES, *FETCHED]

FINE = {
    "a byte order mark at the beginning": (GUIDE, ("title:", "\ufefftitle:")),
    "a comment": (GUIDE, ("type: handbook", "# what it is\ntype: handbook  # or manual")),
    "a document that says where it begins and ends": (GUIDE, (RESOURCE.splitlines()[0], ""), f"---\n{RESOURCE}...\n"),
    "a quotation of two lines": (GUIDE, ("en: Guide", "en: 'A long\n    guide'")),
    "an apostrophe written twice": (GUIDE, ("en: Guide", "en: 'The Institute''s guide'")),
    "text with & and * and ! in it": (GUIDE, ("en: Guide", "en: R&D * Act now! Guide")),
    "text as a block": (NETWORK, ("en: It links ombudsmen.", "en: |\n    - one\n    - two")),
    "a title as a block of one line": (GUIDE, ("en: Guide", "en: |\n    Guide")),
    "a title on two lines that are one": (GUIDE, ("en: Guide", "en: Guide\n    of 2024")),
    "no in quotes": (GUIDE, ("[en]", '[en, "no"]')),
    "a year as a date": (EVENT, ("start: 2026-09-14\nend: 2026-09-16", "start: 2026")),
    "a month as a date": (EVENT, ("start: 2026-09-14\nend: 2026-09-16", "start: 2026-09")),
    "an end in the month of the start": (EVENT, ("end: 2026-09-16", "end: 2026-09")),
    "an event of one day": (EVENT, ("end: 2026-09-16", "end: 2026-09-14")),
    "an hour without quotes": (EVENT, ('"17:00"', "17:00")),
    "confirmed today": (GUIDE, ("2026-10-02", "2026-11-22")),
    "an id that is the file's name": (GUIDE, ("year: 2024", "id: guide")),
    "a Latin acronym with a Georgian ending": (GUIDE, ("სახელმძღვანელო", "NNO-ის სახელმძღვანელო")),
    "Georgian and Latin words side by side": (GUIDE, ("სახელმძღვანელო", "სახელმძღვანელო (Guide)")),
    "a word wholly in Russian": (GUIDE, ("en: Guide", "en: Guide (Руководство)")),
    "Georgian quotation marks": (GUIDE, ("სახელმძღვანელო", "„სახელმძღვანელო“ – 2024")),
    "an archived record with its reason": (
        GUIDE,
        ("year: 2024", "status: archived\narchived: {on: 2026-10-01, reason: {en: Old}}"),
    ),
    "a landline of Georgia": (NETWORK, ("+43 1 234 56 78", "+995 32 2 234 499")),
    "a landline with its extension": (NETWORK, ("+43 1 234 56 78", "+41 22 919 21 70 ext 12")),
    "an institution's domain like that of a mail service": (NETWORK, ("ombudsman-house.example", "outlook.gov.ge")),
    "a free address in a note, with its basis": (
        NETWORK,
        ("id: press", "id: press\n    basis: {en: Its site says so.}\n    note: {en: Or write to a@gmail.com.}"),
    ),
    "landlines and years in a note": (NETWORK, ("id: press", "id: press\n    note: {en: '+41 22 919 21 70; 2022-2026; 500'}")),
    "corrected fields of parts and languages": (
        NETWORK,
        ("kind: o", "review: {no_change_of_meaning: [{on: 2026-11-05, fields: [contacts.press.role.en, meetings.en]}]}\nkind: o"),
    ),
    "a number after the month of an event": ("nno/events/2026-09-2-talk.yml", TALK.format(start="2026-09-30")),
    "a landline of Switzerland": (NETWORK, ("+43 1 234 56 78", "+41 22 919 21 70")),
    "a free mail service with its basis": (
        NETWORK,
        ("ombudsman-house.example", "gmail.com\n    basis: {en: Said on its own page.}"),
    ),
    "an address with a query, a fragment and Georgian letters": (GUIDE, ("guide\n", "გზამკვლევი?a=1&b=%20#გვერდი\n")),
    "an address with a port and a public number": (GUIDE, ("www.no.example/guide", "8.8.8.8:8443/guide")),
    "a list of international days": (DAYS, "- {id: rights, day: 12-10, name: {en: Human Rights Day}, checked: true}\n"),
    "an empty optional field": (GUIDE, ("year: 2024", "year:\nnote: ~")),
    "a draft": (GUIDE, ("year: 2024", "status: draft")),
    "a schema beside the records": ("resource.schema.json", "{}"),
    "a hidden file": ("nno/.draft.yml", "no: [yes"),
    "a fetched item": (ITEMS, ITEM),
    "no fetched item": (ITEMS, ""),
    "the health of a source": ("_fetched/sources.json", '{"nno/feed": ' + HEALTH + "}"),
    "the text of a watched page": ("_fetched/pages/nno/about.txt", "<p>"),
    "a closed quarter": ("_quarters/2026-Q3.json", "{}"),
}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_one_mistake_is_one_problem_at_its_line(tree, case):
    """A tree with one mistake has one problem: at its file, line and field, with its code and the nearest right word."""
    tree.change(case.path, case.change)
    found = [(p.path, p.line, p.field, p.code, p.context.get("nearest", "")) for p in tree.problems()]
    path = case.path.replace("\n", "\\u000a")
    assert found == [(path, case.line, case.field, case.code, case.nearest)]


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_problem_fills_every_gap_of_its_words(tree, case, language):
    """What is said of a mistake names the choices, bounds, lines and dates that its words promise."""
    tree.change(case.path, case.change)
    words = wordings()["must"][case.code][language]
    gaps = {name for _, name, _, _ in string.Formatter().parse(words) if name}
    [problem] = tree.problems()
    said = problem.say(language)
    assert [name for name in gaps if not problem.context.get(name) or f"({name})" in said] == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("type: handbook\n", "", ""),
        ("type: handbook", "type:", ""),
        ("type: handbook", "type: handbok", "handbok"),
        ("type: handbook", "typ: handbook\ntype: handbook", "typ"),
        ("en: Guide", "en: [Guide, გზამკვლევი]", '["Guide", "გზამკვლევი"]'),
        ("en: Guide", "en: 2024", "2024"),
        ("year: 2024", "status: archived", "archived"),
        ("year: 2024", "status: draft\narchived: {on: 2026-10-01, reason: {en: Old}}", "draft"),
        ("year: 2024", "archived: {on: 2026-10-01, reason: {en: Old}}", ""),
        ("  every: year", "  no_change_of_meaning: [{on: 2026-11-05, fields: [plce]}]", "plce"),
        ("year: 2024", "year: true", "true"),
        ("[juvenile,", "[juvenle,", "juvenle"),
        ("2026-10-02", "2026-11-23", "2026-11-23"),
        ("https://www.no.example/guide", "http://localhost/", "http://localhost/"),
        ("en: Guide", f"en: {{a: {'b' * 100}}}", '{"a": "' + "b" * 52 + "…"),
    ],
)
def test_a_problem_shows_what_was_found(tree, old, new, found):
    """What an editor wrote is shown as it was written, shortened; where nothing was written nothing is shown."""
    tree.edit(GUIDE, old, new)
    assert [p.found for p in tree.problems()] == [found]


def test_every_code_has_a_broken_file():
    """Each problem that has words is raised by one of the files above; three need more than a file.

    Lines of documents for `kb index` have their own cases in tests/search, pages and templates in their own tests.
    """
    codes = {code for code in wordings()["must"] if not code.startswith(("search_", "site_", "template_"))}
    assert {case.code for case in ALL} == codes - {"invalid", "unreadable", "list_missing"}


@pytest.mark.parametrize("name", FINE)
def test_a_right_file_has_no_problem(tree, name):
    """What is allowed, though it looks like a mistake, raises nothing."""
    path, *changes = FINE[name]
    tree.change(path, changes[-1])
    assert tree.problems() == []


def test_line_ends_of_windows_are_accepted(tree):
    """A tree saved with CRLF in every file has no problem."""
    for file in tree.root.rglob("*.yml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert tree.problems() == []


def test_line_ends_of_windows_keep_the_line_of_a_problem(tree):
    """A mistake in a file saved with CRLF is at the line at which an editor sees it."""
    text = (tree.root / GUIDE).read_text().replace("type: handbook", "type: handbok").replace("\n", "\r\n")
    tree.write(GUIDE, text)
    assert [(p.line, p.code) for p in tree.problems()] == [(4, "choice")]


def test_all_problems_of_a_file_are_told_at_once(problems, tree):
    """Three mistakes in one record are three problems, in the order of their lines."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    tree.edit(GUIDE, "year: 2024", "year: '2024'")
    tree.edit(GUIDE, DEPTH, "themes: []")
    assert problems() == [(GUIDE, 4, "type", "choice"), (GUIDE, 7, "year", "type_number"), (GUIDE, 8, "themes", "list_empty")]


def test_problems_of_all_files_are_told_at_once(problems, tree):
    """A mistake in each of two files is two problems, sorted by file."""
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    tree.edit(EVENT, "country: AT", "country: at")
    assert problems() == [(EVENT, 5, "country", "country"), (GUIDE, 4, "type", "choice")]


@pytest.mark.parametrize(("path", "broken"), [(THEMES, "- id: juvenile\n  name: [\n"), (THEMES, "- id: x\n"), (THEMES, "")])
def test_a_broken_list_of_themes_is_one_problem(problems, tree, path, broken):
    """When themes.yml cannot be read, nobody is told that all themes are unknown."""
    tree.write(path, broken)
    assert [row[0] for row in problems()] == [THEMES]


def test_a_broken_list_of_units_is_one_problem(problems, tree):
    """When units.yml cannot be read, nobody is told that all units are unknown."""
    tree.edit(UNITS, "kind: division", "kind: divisio")
    assert problems() == [(UNITS, 3, "0.kind", "choice")]


def test_a_broken_network_leaves_its_records_in_place(problems, tree):
    """When network.yml cannot be read, its resources and the events that name it are not dangling."""
    tree.edit(NETWORK, "kind: ombudsman", "kind ombudsman")
    assert problems() == [(NETWORK, 6, "", "syntax")]


def test_a_broken_network_hides_no_other_that_is_missing(problems, tree):
    """While one network cannot be read, a reference to one that does not exist is still told."""
    tree.edit(NETWORK, "kind: ombudsman", "kind ombudsman")
    tree.edit(EVENT, "networks: [nno]", "networks: [nno, mno]")
    assert problems() == [(EVENT, 6, "networks.1", "unknown_network"), (NETWORK, 6, "", "syntax")]


def test_a_broken_resource_still_replaces_another(problems, tree):
    """A reference to a record that is there but wrong is not dangling."""
    tree.write("nno/resources/manual.yml", RESOURCE + "replaced_by: nno/guide\n")
    tree.edit(GUIDE, "type: handbook", "type: handbok")
    assert problems() == [(GUIDE, 4, "type", "choice")]


def test_a_broken_office_leaves_its_documents_known(problems, tree):
    """When office.yml cannot be read, nobody is told that all of its documents are unknown."""
    tree.edit(GUIDE, "year: 2024", "sources: [charter]")
    tree.write("_office/office.yml", "name: [")
    assert problems() == [("_office/office.yml", 1, "", "bracket")]


def test_a_second_id_says_where_the_first_is(tree):
    """An id that is used twice names the line of its first use."""
    tree.edit(NETWORK, "- id: press", "- id: secretariat")
    [problem] = tree.problems()
    assert problem.say("en").endswith("line 21")


def test_a_copy_with_the_long_ending_names_the_file_beside_it(tree):
    """guide.yaml beside guide.yml says which file is the right one."""
    tree.write("nno/resources/guide.yaml", RESOURCE)
    [problem] = tree.problems()
    assert problem.say("en").endswith("nno/resources/guide.yml")


def test_an_earlier_id_that_two_records_claim_is_told_once(problems, tree):
    """Of two records with the same earlier id the second has the problem."""
    tree.edit(GUIDE, "year: 2024", "former_ids: [old]")
    tree.write("nno/resources/manual.yml", RESOURCE + "former_ids: [old]\n")
    assert problems() == [("nno/resources/manual.yml", 7, "former_ids", "former_taken")]


def test_an_earlier_id_that_another_record_has_today_is_a_problem(problems, tree):
    """A record cannot take over the address of a record that is there."""
    tree.write("nno/resources/manual.yml", RESOURCE + "former_ids: [guide]\n")
    assert problems() == [("nno/resources/manual.yml", 7, "former_ids", "former_taken")]


def test_a_folder_without_a_network_is_one_problem(problems, tree):
    """A folder of records without network.yml is told once, at its first file."""
    for name in ("one", "two", "three"):
        tree.write(f"mno/resources/{name}.yml", RESOURCE)
    assert problems() == [("mno/resources/one.yml", 1, "", "no_network")]


def test_a_link_to_a_device_is_not_read(problems, tree):
    """A symbolic link in place of a record is refused when it leads to something without end."""
    (tree.root / "nno/resources/zero.yml").symlink_to("/dev/zero")
    assert problems() == [("nno/resources/zero.yml", 1, "", "unreadable")]


def test_a_link_to_nothing_is_a_problem(problems, tree):
    """A symbolic link that leads nowhere is told like any other file."""
    (tree.root / "nno/resources/gone.yml").symlink_to("nowhere.yml")
    assert problems() == [("nno/resources/gone.yml", 1, "", "unreadable")]


def test_a_file_name_that_nobody_can_print_is_told_in_letters_that_everybody_can(tree):
    """A file name in another encoding comes out as its bytes, so that the message can be printed."""
    name = b"nno/resources/caf\xe9.yml".decode("utf-8", "surrogateescape")
    (tree.root / name).write_text(RESOURCE)
    [problem] = tree.problems()
    assert (problem.path.encode(), problem.code) == (rb"nno/resources/caf\udce9.yml", "file_name")


def test_a_mistake_without_words_of_its_own_is_told_in_those_of_pydantic():
    """A rule of the model for which problems.yml has no words is still told, with its reason."""
    document, _ = parse("x.yml", b"[1, 2]")
    _, [problem] = validate(document, Annotated[tuple[int, ...], Field(max_length=1)])
    assert (problem.code, "at most 1 item" in problem.say("en")) == ("invalid", True)
