"""The small checked values that records are made of: slugs, addresses, partial dates, texts in two languages."""

from kb.records.values.addresses import ADDRESS, LOOPBACK, Email, Url, is_public, public_address
from kb.records.values.codes import COUNTRIES, LANGUAGE_CODES, ZONE, Country, LanguageCode, Zone
from kb.records.values.dates import Clock, FullDate, MonthDay, PartialDate, must_run_forward
from kb.records.values.marks import Refers, checked, problem, told
from kb.records.values.parts import Closed, Deadline, Name, Period, Statement, Text
from kb.records.values.words import SLUG, NetworkRef, OneLine, ResourceRef, Slug, SourceRef, ThemeRef, UnitRef, Words

__all__ = [
    "ADDRESS",
    "COUNTRIES",
    "LANGUAGE_CODES",
    "LOOPBACK",
    "SLUG",
    "ZONE",
    "Clock",
    "Closed",
    "Country",
    "Deadline",
    "Email",
    "FullDate",
    "LanguageCode",
    "MonthDay",
    "Name",
    "NetworkRef",
    "OneLine",
    "PartialDate",
    "Period",
    "Refers",
    "ResourceRef",
    "Slug",
    "SourceRef",
    "Statement",
    "Text",
    "ThemeRef",
    "UnitRef",
    "Url",
    "Words",
    "Zone",
    "checked",
    "is_public",
    "must_run_forward",
    "problem",
    "public_address",
    "told",
]
