"""The small values of records: what each kind takes, and the code with which it refuses the rest."""

import pytest

from kb.records.model import Contact
from kb.records.values import (
    Clock,
    Country,
    Deadline,
    Email,
    FullDate,
    LanguageCode,
    MonthDay,
    Name,
    OneLine,
    PartialDate,
    Period,
    Slug,
    SourceRef,
    Statement,
    Text,
    Url,
    Words,
    Zone,
)

TAKEN = [
    (Slug, ["a", "2024", "training-guide-2024", "a-b-c"]),
    (Words, ["a", " a ", "სიტყვა"]),
    (OneLine, ["a", " a\n", "ა ბ"]),
    (Name, [{"ka": "ა"}, {"en": "a\n"}]),
    (PartialDate, ["2024", 2024, "2024-10", "2024-10-08", "2024-02-29", 1800, 2100]),
    (FullDate, ["2024-10-08", "2024-02-29"]),
    (MonthDay, ["12-10", "02-29", "01-01"]),
    (Clock, ["00:00", "09:30", "23:59"]),
    (Zone, ["Asia/Tbilisi", "Europe/Brussels", "UTC", "America/Argentina/Buenos_Aires"]),
    (Country, ["GE", "TR"]),
    (LanguageCode, ["ka", "en"]),
    (Email, ["secretariat@office.example", "a.b+c_d%e-f@sub.domain.example"]),
    (
        Url,
        [
            "https://gl.example",
            "http://gl.example/",
            "https://gl.example:8443/a?b=c&d=%20#e",
            "https://www.ohchr.org/en/a_(b),c;d=e",
            "https://ka.wikipedia.org/wiki/სახალხო_დამცველი",
            "https://saxalxo.გე/",
            "https://gl.example?a=1",
            "https://gl.example#a",
            "https://a_b.example.org/",
            "https://gl.example./",
            "https://8.8.8.8/",
            "https://1.example.org/",
            "https://localhost.example.org/",
        ],
    ),
    (SourceRef, ["https://gl.example/", "division-charter"]),
    (Text, [{"ka": "ა"}, {"en": "a"}, {"ka": "ა", "en": "a"}, {"ka": None, "en": "a"}]),
    (Period, [{}, {"start": 2024}, {"start": 2024, "end": 2024}, {"start": "2024-10", "end": 2024}, {"end": "2024-10-08"}]),
    (Deadline, [{"date": "2026-12-01", "zone": "UTC"}, {"date": "2026-12-01", "time": "17:00", "zone": "UTC"}]),
    (Statement, [{"en": "a", "sources": ("https://gl.example/",), "as_of": "2024-10"}]),
]
REFUSED = [
    (Slug, "slug", ["", "A", "a b", "a_b", "-a", "a-", "a--b", "ა", "é", "..", "../a", "a/b", "a.b", "a\n", "１"]),
    (Slug, "string_type", [2024, None, True, ("a",)]),
    (Words, "empty", ["", " ", "\n", "\u00a0"]),
    (Words, "string_type", [1, None, {"ka": "ა"}]),
    (OneLine, "one_line", ["a\nb", "a\r\nb", "a\n\nb", "a\u2028b", "a\x85b"]),
    (OneLine, "empty", ["", "\n"]),
    (Name, "one_line", [{"ka": "ა\nბ"}, {"ka": "ა", "en": "a\nb"}]),
    (Name, "text_empty", [{}]),
    (
        PartialDate,
        "date_form",
        ["", "24", "2024-1", "2024-10-8", "2024/10/08", "08.10.2024", "2024-10-08T00:00", " 2024", "2024\n"],
    ),
    (PartialDate, "date_form", ["２０２４", "٢٠٢٤-١٠-٠٨", "2024-10-08-01", "-2024"]),
    (PartialDate, "date_impossible", ["2024-00", "2024-13", "2024-02-30", "2023-02-29", "2024-04-31", "2024-01-00"]),
    (PartialDate, "date_form", [24, 20240, 999, -2024]),
    (PartialDate, "date_years", ["0000", "0999", "1799-12-31", 2101, "9999-12-31"]),
    (PartialDate, "string_type", [True, None, 2024.0]),
    (FullDate, "date_full", ["2024", "2024-10", 2024]),
    (FullDate, "date_form", ["2024-10-8", "8 October 2024", "2024-10-08 "]),
    (FullDate, "date_impossible", ["2024-02-30"]),
    (MonthDay, "month_day", ["", "12", "1-1", "12.10", "2024-12-10", "１２-10", "12-10\n"]),
    (MonthDay, "date_impossible", ["13-01", "02-30", "00-01", "01-00", "04-31"]),
    (Clock, "clock", ["", "9:30", "24:00", "12:60", "17.00", "5 pm", "12:00:00", "1٣:00", "12:00\n"]),
    (Clock, "clock", [1700, 9]),
    (Clock, "string_type", [True, None]),
    (
        Zone,
        "zone",
        [
            "",
            "Tbilisi",
            "Asia/Tiflis",
            "GMT+4",
            "+04:00",
            "localtime",
            "posixrules",
            "posix/Europe/Vienna",
            "Factory",
            "../UTC",
            "/etc/localtime",
            "Europe",
            "\0",
            "a" * 5000,
        ],
    ),
    (Country, "country", ["", "ge", "GEO", "G", "ГЕ", "GE\n", "Georgia", "XX", "UK"]),
    (Email, "email", ["", "a", "a@", "@b.org", "a@b", "a b@c.org", "a@b..org", "a@b.org\n", "a@b.org, c@d.org", "ა@b.org"]),
    (Email, "email", ["a..b@coe.int", ".a@coe.int", "a.@coe.int", "x@-coe.int", "x@coe-.int", "x@127.0.0.1"]),
    (Url, "url", ["", "gl.example", "//gl.example", "HTTPS://gl.example", "ftp://gl.example", "https:gl.example", "https://"]),
    (
        Url,
        "url",
        ["https://gan hri.org", "https://gl.example/a b", "https://gl.example/\n", "https://gl.example/<b>", " https://a.org"],
    ),
    (Url, "url", ["https://a@gl.example", "https://a:b@gl.example", "https://gl.example\\@a.org", 'https://gl.example/"a']),
    (
        Url,
        "url",
        ["https://[::1]/", "https://[gl.example/", "https://a..org", "https://.org", "https://a℀b.org", "https://a.org:x"],
    ),
    (Url, "url", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.org", "file:///etc/passwd"]),
    (
        Url,
        "url_host",
        ["http://localhost", "http://LOCALHOST/", "http://localhost.:80/", "http://a.localhost/", "http://intranet"],
    ),
    (Url, "url_host", ["http://127.0.0.1", "http://127.1", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.31.0.1/"]),
    (Url, "url_host", ["http://169.254.169.254/", "http://100.64.0.1/", "http://0.0.0.0/", "http://255.255.255.255/"]),
    (Url, "url_host", ["http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://1.2.3/"]),
    (
        Url,
        "url_host",
        ["http://kb.local/", "http://kb.internal", "http://router.lan", "http://a.localdomain/", "http://１２７.0.0.1/"],
    ),
    (SourceRef, "unknown_source", ["", "Charter", "the charter", "charter/a", "Annual report, vol. 2"]),
    (Url, "url", ["https://gl.example:0/", "https://gl.example:99999/"]),
    (Url, "url_percent", ["https://gl.example/%zz", "https://gl.example/100%", "https://gl.example/?a=%4"]),
    (Url, "url_host", ["https://①②⑦.⓪.⓪.①/", "https://foo.test/", "https://foo.invalid/", "https://nas.home.arpa/"]),
    (
        Url,
        "url_host",
        [f"https://{'a' * 64}.org/", f"https://{'a.' * 127}org/", "https://-x.org/", "https://x-.org/", "https://x_y.org/"],
    ),
    (LanguageCode, "language", ["", "ge", "EN", "eng", "English"]),
    (SourceRef, "url", ["www.gl.example", "gl.example", "urn:x", "../charter"]),
    (SourceRef, "url_host", ["http://localhost/a"]),
    (Text, "text_empty", [{}, {"ka": None}, {"ka": None, "en": None}]),
    (Text, "empty", [{"ka": "", "en": "a"}, {"en": "  "}]),
    (Text, "extra_forbidden", [{"ka": "ა", "fr": "a"}, {"KA": "ა", "en": "a"}]),
    (Text, "model_type", ["a", 1, None, ("a",)]),
    (Period, "end_before_start", [{"start": 2025, "end": 2024}, {"start": "2024-10", "end": "2024-09-30"}]),
    (Period, "end_before_start", [{"start": "2024-10-08", "end": "2024-10-07"}, {"start": "2024-10-08", "end": "2024-09"}]),
    (Deadline, "missing", [{}, {"date": "2026-12-01"}, {"zone": "UTC"}]),
    (Deadline, "date_full", [{"date": "2026-12", "zone": "UTC"}]),
    (Contact, "extra_forbidden", [{"id": "a", "role": {"en": "A"}, "mobile": "+995 599 12 34 56"}]),
]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in TAKEN for value in values])
def test_a_right_value_is_taken(verdict, kind, value):
    """A value of the right form is taken."""
    assert verdict(kind, value) == ""


@pytest.mark.parametrize(("kind", "code", "value"), [(kind, code, value) for kind, code, values in REFUSED for value in values])
def test_a_wrong_value_is_refused_for_the_right_reason(verdict, kind, code, value):
    """A value of a wrong form is refused with the code that says what is wrong with it."""
    assert verdict(kind, value) == code


def test_the_space_around_a_text_is_dropped():
    """A text keeps none of the space before and after it."""
    assert Text.model_validate({"en": " a b\n"}).en == "a b"


def test_a_year_written_as_a_number_is_the_year():
    """A bare 2024 is kept as the partial date it is."""
    assert Period.model_validate({"start": 2024}).start == "2024"


def test_a_deadline_without_an_hour_ends_with_the_day():
    """Where no hour is given the deadline is at the end of its day."""
    assert Deadline.model_validate({"date": "2026-12-01", "zone": "UTC"}).time == "23:59"


def test_a_record_never_changes():
    """A value of a record cannot be replaced once it is read."""
    text = Text(ka="ა")
    with pytest.raises(ValueError, match="frozen"):
        text.ka = "ბ"
