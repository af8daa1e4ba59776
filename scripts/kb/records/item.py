"""What robots fetched: items of feeds, the health of every source, and what people decided about items."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kb.records.values import Closed, FullDate, NetworkRef, Slug, ThemeRef, Url, Words, checked, problem, public_address, told

ITEM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-f]{10}\Z")
SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MOMENT = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z\Z")

# What no stored text may hold: the start of a tag, controls, and whatever hides, turns or joins letters unseen.
INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef"
    "\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
UNSAFE = re.compile(f"<[A-Za-z/!?]|[{INVISIBLE}]")

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_GUID, LONGEST_LINK, LONGEST_TAG = 300, 600, 500, 2000, 80

Kind = Literal["news", "publication", "event", "opportunity", "statement", "vacancy", "unsorted"]
State = Literal["ok", "warned", "unconfirmed", "failed", "retire"]


def harmless(value: str) -> str:
    """A text without markup, controls, or characters that cannot be seen."""
    plain = value.isascii() and value.isprintable() and "<" not in value  # ten times as fast, and true of most
    if not plain and UNSAFE.search(value):
        raise problem("unsafe_text")
    return value


Line = Annotated[str, AfterValidator(harmless)]
Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), AfterValidator(harmless)]
Place = Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(harmless)]
Summary = Annotated[str, Field(max_length=LONGEST_SUMMARY), AfterValidator(harmless)]
Guid = Annotated[str, Field(max_length=LONGEST_GUID), AfterValidator(harmless)]
Tag = Annotated[str, Field(min_length=1, max_length=LONGEST_TAG), AfterValidator(harmless)]
Link = Annotated[str, Field(max_length=LONGEST_LINK), AfterValidator(public_address), told("string", "^https?://")]
Code = Annotated[str, Field(pattern="^[a-z]{2}$")]
Moment = Annotated[str, AfterValidator(checked(MOMENT, "moment"))]
ItemId = Annotated[str, AfterValidator(checked(ITEM_ID, "item_id")), told("string")]
SourceId = Annotated[str, AfterValidator(checked(SOURCE_ID, "source_id")), told("string")]


class Suggestion(Closed):
    """ტექსტში ნაპოვნი თარიღი: წინადადება და არა ფაქტი.
    A date found in the text: a suggestion for a person, never a fact."""

    what: Literal["event", "deadline"]
    """event ან deadline.
    Whether it reads like the day of an event or a deadline."""
    date: FullDate
    """დღე.
    The day."""
    words: Place
    """სიტყვები, რომლებშიც თარიღი დგას.
    The words in which it stands."""


class Item(Closed):
    """ავტომატურად შეგროვებული მასალა.
    Something that a feed announced; collected by machine, confirmed by nobody."""

    id: ItemId
    """სახელი: გაერთიანება და ათი ნიშანი, რომლებიც არ იცვლება.
    Its name: the network, and ten digits that never change."""
    title: Title
    """სათაური.
    The title, as plain text."""
    summary: Summary = ""
    """მოკლე შინაარსი.
    A summary, as plain text."""
    link: Link | None = None
    """მისამართი.
    Its address."""
    offsite: bool = False
    """true, თუ მისამართი გაერთიანების საიტზე არ არის.
    true when the address is not on the network's own site."""
    guid: Guid = ""
    """საიდენტიფიკაციო ნიშანი არხში.
    What the feed identifies it by."""
    published: Moment | None = None
    """გამოქვეყნების დრო, UTC.
    When it was published, as the feed says, in UTC."""
    doubtful: Literal["future", "ancient"] | None = None
    """თუ გამოქვეყნების დრო დაუჯერებელია.
    Whether that time lies ahead of the day it was fetched, or before there was a web."""
    start: FullDate | None = None
    """ღონისძიების პირველი დღე.
    The first day of an event, from a calendar feed."""
    end: FullDate | None = None
    """ღონისძიების ბოლო დღე.
    Its last day."""
    place: Place = ""
    """ადგილი.
    Its place, from a calendar feed."""
    language: Code | None = None
    """ენა.
    Its language, where the feed says so or the letters show it."""
    tags: tuple[Tag, ...] = ()
    """არხის კატეგორიები.
    The feed's own categories."""
    seen_as: Annotated[str, Field(pattern="^([0-9a-f]{10})?$")] = ""
    """ნიშანი, რომლითაც ბოლოს ჩანდა, თუ აქ სხვა რამ წერია.
    The sign under which it was last seen, where something is kept here that its feed says differently."""
    kind: Kind = "unsorted"
    """სახე, საკვანძო სიტყვების მიხედვით.
    Its kind by keywords."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები, საკვანძო სიტყვების მიხედვით.
    Its themes by keywords."""
    suggested: tuple[Suggestion, ...] = ()
    """ტექსტში ნაპოვნი თარიღები.
    Dates found in the text."""
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    """წყაროები, რომლებშიც ბოლოს იდგა.
    The sources in which it last stood."""
    first_seen: FullDate
    """დღე, როცა პირველად ჩანდა.
    The day on which it was first fetched; it never moves."""
    last_seen: FullDate | None = None
    """ბოლო დღე, როცა ჩანდა; ცარიელია, სანამ არხში დგას.
    The last day on which it was fetched; empty while it still stands in its feed."""

    @property
    def network(self) -> str:
        """The id of the network that it belongs to."""
        return self.id.rpartition("-")[0]

    @property
    def day(self) -> str:
        """The day to show and sort by: when it was published, unless that cannot be, else when it was first seen."""
        return self.published[:10] if self.published and not self.doubtful else self.first_seen


class Said(Closed):
    """შეტყობინება ორ ენაზე.
    A finding about a source, with its words in both languages."""

    code: Slug
    """კოდი პროგრამებისთვის.
    The code, for programs."""
    ka: Line
    """ქართულად.
    In Georgian."""
    en: Line
    """ინგლისურად.
    In English."""


class Change(Closed):
    """რა შეიცვალა გვერდზე.
    How the text of a watched page changed."""

    on: FullDate
    """დღე, როცა ცვლილება შევამჩნიეთ.
    The day on which it was seen."""
    before: Summary = ""
    """რა ეწერა.
    What stood there."""
    after: Summary = ""
    """რა წერია ახლა.
    What stands there now."""


class Health(Closed):
    """წყაროს მდგომარეობა.
    How a source is: a feed, or a page that is watched."""

    network: NetworkRef
    """გაერთიანება.
    The network whose record names it."""
    what: Literal["feed", "page"]
    """feed ან page.
    A feed, or a watched page."""
    url: Url
    """მისამართი ჩანაწერში.
    Its address in the record."""
    state: State
    """მდგომარეობა.
    How the last try went; unconfirmed is a likely address that never worked, retire one that is gone for good."""
    last_try: FullDate
    """ბოლო ცდა.
    The day of the last try."""
    last_success: FullDate | None = None
    """ბოლო წარმატებული ცდა.
    The last day on which it worked."""
    last_change: FullDate | None = None
    """ბოლო ცვლილება.
    The last day on which it brought anything new."""
    failing_since: FullDate | None = None
    """როდიდან არ მუშაობს.
    The first day on which it failed without having worked since."""
    items: Annotated[int, Field(ge=0)] = 0
    """რამდენი ელემენტი ჰქონდა ბოლოს.
    How many items it had when it last worked."""
    failure: Said | None = None
    """რატომ არ მუშაობს.
    Why it failed."""
    warnings: tuple[Said, ...] = ()
    """რა უნდა ვიცოდეთ.
    What else is to be known of the last try."""
    change: Change | None = None
    """გვერდის ბოლო ცვლილება.
    The last change of a watched page."""
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """ბოლო მიღებული შინაარსის ანაბეჭდი.
    The SHA-256 of what was last accepted."""
    etag: Guid | None = None
    """ვერსია სერვერის სიტყვებით.
    The server's name for the version last accepted."""
    modified: Tag | None = None
    """ცვლილების დრო სერვერის სიტყვებით.
    When the server says that it was modified."""


class Decision(Closed):
    """რა გადაწყვიტა ადამიანმა ავტომატურად შეგროვებულ მასალაზე.
    What a person decided about a fetched item."""

    id: ItemId
    """მასალის სახელი.
    The item."""
    decided: Literal["adopted", "dismissed"]
    """adopted, თუ ჩანაწერი გახდა; dismissed, თუ უარი ეთქვა.
    adopted when it became a record, dismissed when it is not wanted."""
    on: FullDate
    """დღე.
    The day."""
    record: Words | None = None
    """ჩანაწერის ფაილი, თუ გახდა ჩანაწერი.
    The file of the record it became."""
    link: Url | None = None
    """მასალის მისამართი: ამითაც ვცნობთ, თუ დაბრუნდა.
    The item's address, by which it is known should it come back."""
    title: Words | None = None
    """სათაური, რომ სია იკითხებოდეს.
    Its title, so that the list can be read."""


# --- a network that was renamed: `names` are earlier id → the id today

Names = Mapping[str, str]


def item_today(name: str, names: Names) -> str:
    """The id of an item, with its network as that is called today."""
    network, dash, digits = name.rpartition("-")
    return f"{names.get(network, network)}{dash}{digits}"


def source_today(name: str, names: Names) -> str:
    """The id of a source, with its network as that is called today."""
    network, slash, rest = name.partition("/")
    return f"{names.get(network, network)}{slash}{rest}"
