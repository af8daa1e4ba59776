"""A network, and what is said of it: its beginning, seat, governance, members, groups, meetings and feeds."""

from typing import Annotated, Literal

from pydantic import Field

from kb.records.model.contact import Contact
from kb.records.model.record import Basis, Record, Source
from kb.records.model.standing import Standing
from kb.records.values import Closed, Name, PartialDate, Slug, SourceRef, Statement, Text, ThemeRef, Url

NetworkKind = Literal["nhri", "ombudsman", "equality", "children", "npm", "armed-forces", "thematic", "intergovernmental"]
NetworkScope = Literal["global", "europe", "asia", "regional"]


class Founded(Closed):
    """დაარსება.
    How the network began."""

    date: PartialDate
    """წელი, თვე ან დღე.
    Year, month or day."""
    place: Text | None = None
    """ადგილი.
    The place."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Seat(Closed):
    """ადგილსამყოფელი.
    Where the secretariat is."""

    city: Text
    """ქალაქი.
    The city."""
    country: Text
    """ქვეყანა.
    The country."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    as_of: PartialDate | None = None
    """რა თარიღის ცნობაა.
    The date for which this is known."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class GoverningBody(Statement):
    """მმართველი ორგანო: ვინ შედის და რას წყვეტს.
    A governing body: who sits on it and what it decides."""

    body: Name
    """ორგანოს სახელი.
    Its name."""


class MemberCount(Closed):
    """წევრთა რაოდენობა ერთი წყაროს მიხედვით.
    A number of members by one source."""

    count: Annotated[int, Field(ge=0)] | None = None
    """რიცხვი.
    The number."""
    words: Text | None = None
    """რაოდენობა სიტყვებით, თუ წყარო ზუსტ რიცხვს არ ასახელებს.
    The count in words, where a source gives no plain number."""
    as_of: PartialDate | None = None
    """რა თარიღის ცნობაა.
    The date for which this is known."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Membership(MemberCount):
    """წევრობა: რა სახისაა და რამდენი წევრია.
    Who may be a member, and how many are."""

    types: tuple[Text, ...] = ()
    """წევრობის სახეები.
    The kinds of membership."""
    other_counts: tuple[MemberCount, ...] = ()
    """რიცხვები სხვა წყაროებიდან.
    What other sources count."""
    members: tuple[Text, ...] = ()
    """წევრები, თუ სია ცნობილია.
    The members, where a list is known."""


class WorkingGroup(Statement):
    """სამუშაო ჯგუფი.
    A working group of the network."""

    id: Slug
    """სახელი მისამართისთვის, ამ გაერთიანებაში ერთადერთი.
    A name for addresses, used once in this network."""
    name: Name
    """ჯგუფის სახელი.
    Its name."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""


class Meeting(Statement):
    """შეხვედრა, რომელიც ყოველწლიურად ან რეგულარულად იმართება.
    A meeting that comes round every year or so."""

    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    """თვეები, როცა ჩვეულებრივ იმართება: 1-დან 12-მდე.
    The months in which it usually falls: 1 to 12."""


class Feed(Closed):
    """სიახლეების არხი.
    A feed of news."""

    url: Url
    """არხის მისამართი.
    Its address."""
    format: Literal["rss", "atom", "json", "ics"] = "rss"
    """ფორმატი.
    Its format."""
    evidence: Literal["seen", "inferred"]
    """seen, თუ არხი ვინმემ ნახა; inferred, თუ მხოლოდ სავარაუდოა.
    seen when somebody saw it work; inferred when it is only likely."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What is known of it."""


class Watch(Closed):
    """გვერდი, რომლის ცვლილებასაც ვადევნებთ თვალს.
    A page whose text is watched for changes."""

    url: Url
    """გვერდის მისამართი.
    Its address."""
    note: Text | None = None
    """რატომ ვადევნებთ თვალს.
    Why it is watched."""


class Network(Record):
    """გაერთიანება, ქსელი ან ორგანიზაცია, რომელთანაც აპარატი მუშაობს.
    A network, association or body with which the Office works."""

    name: Name
    """სრული სახელი.
    The full name."""
    acronym: Name
    """აბრევიატურა.
    The acronym."""
    also_called: tuple[Name, ...] = ()
    """სხვა სახელები.
    Other names in use."""
    name_basis: Basis | None = None
    """საიდან არის ქართული სახელი.
    Where the Georgian name comes from."""
    website: Url
    """ვებგვერდი.
    The website."""
    kind: NetworkKind
    """სახე.
    What kind of body it is."""
    scope: NetworkScope
    """მასშტაბი.
    How far it reaches."""
    legal_form: Text | None = None
    """სამართლებრივი ფორმა.
    Its legal form."""
    area: Text | None = None
    """გეოგრაფიული არეალი.
    The area it covers."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები, რომლებზეც გაერთიანება ჩვენთვის მნიშვნელოვანია.
    The themes for which it matters to the Office."""
    founded: Founded | None = None
    """დაარსება.
    How it began."""
    seat: Seat | None = None
    """ადგილსამყოფელი.
    Where it sits."""
    mandate: Statement
    """მანდატი: რისთვის არსებობს.
    What it is for."""
    activities: tuple[Statement, ...] = ()
    """საქმიანობა.
    What it does."""
    governance: tuple[GoverningBody, ...] = ()
    """მართვა.
    How it is governed."""
    membership: Membership | None = None
    """წევრობა.
    Membership."""
    standing: Standing
    """აპარატის ადგილი.
    How the Office stands in it."""
    working_groups: tuple[WorkingGroup, ...] = ()
    """სამუშაო ჯგუფები.
    Working groups."""
    contacts: tuple[Contact, ...] = ()
    """კონტაქტები.
    Contacts."""
    meetings: tuple[Meeting, ...] = ()
    """რეგულარული შეხვედრები.
    Meetings that come round."""
    feeds: tuple[Feed, ...] = ()
    """სიახლეების არხები.
    Feeds."""
    watch: tuple[Watch, ...] = ()
    """გვერდები, რომლებსაც თვალს ვადევნებთ.
    Watched pages."""
    notes: tuple[Text, ...] = ()
    """რა არის საეჭვო ან უცნობი.
    What is doubtful or unknown."""
    sources: tuple[Source, ...] = ()
    """წყაროები სათაურებით.
    The sources with their titles."""
