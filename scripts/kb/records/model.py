"""The records: what a network, a resource, an event and everything else may say, field by field."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from kb.records.values import (
    Closed,
    Country,
    Deadline,
    Email,
    FullDate,
    LanguageCode,
    MonthDay,
    Name,
    NetworkRef,
    OneLine,
    PartialDate,
    Period,
    ResourceRef,
    Slug,
    SourceRef,
    Statement,
    Text,
    ThemeRef,
    UnitRef,
    Url,
    Words,
    must_run_forward,
    problem,
)

Every = Literal["quarter", "half-year", "year"]
Confidence = Literal["high", "medium", "low"]
Basis = Literal["charter", "office-text", "other-georgian-source", "page-address", "own-translation", "standard-usage"]
NetworkKind = Literal["nhri", "ombudsman", "equality", "children", "npm", "armed-forces", "thematic", "intergovernmental"]
NetworkScope = Literal["global", "europe", "asia", "regional"]
StandingStatus = Literal["full", "member", "associate", "observer", "participant", "partner", "former", "none", "unconfirmed"]
ResourceType = Literal[
    "database", "directory", "e-learning", "expert-support", "fund", "guideline", "handbook", "manual",
    "newsletter", "report", "standard", "statement", "template", "toolkit", "training",
]  # fmt: skip
EventKind = Literal[
    "accreditation", "board-meeting", "conference", "delegation", "election", "general-assembly", "mission",
    "official-visit", "presentation", "reporting", "seminar", "study-visit", "training", "webinar",
    "working-group", "working-meeting", "working-visit",
]  # fmt: skip
Direction = Literal["outgoing", "incoming", "hosted", "election", "submission"]
OpportunityKind = Literal[
    "call", "conference", "e-learning", "expert-support", "fellowship", "grant", "internship", "network-meeting",
    "participation", "programme", "project", "training",
]  # fmt: skip
TermGroup = Literal[
    "institution", "standards", "networks", "resources", "reporting", "bodies", "agreements", "events", "rights",
]  # fmt: skip
SitePart = Literal[  # of the site: what `sections` lists
    "home", "units", "networks", "resources", "themes", "opportunities", "events", "calendar", "agreements", "reporting",
    "contacts", "find", "changes", "bulletins", "glossary", "freshness", "todo", "data", "about", "help",
]  # fmt: skip
AgreementKind = Literal["bilateral-memorandum", "donor-agreement", "project-cooperation", "domestic"]


class Correction(Closed):
    """შესწორება, რომელიც შინაარსს არ ცვლის და ბიულეტენში არ ხვდება.
    A correction that changes no meaning and stays out of the bulletin."""

    on: FullDate
    """შესწორების დღე.
    The day of the correction."""
    fields: Annotated[tuple[Words, ...], Field(min_length=1)]
    """შესწორებული ველები, მაგალითად title ან contacts.secretariat.email.
    The fields that were corrected, for example title or contacts.secretariat.email."""


class Review(Closed):
    """როდის და ვინ დაადასტურა ჩანაწერი.
    When a person confirmed the record, and how often it is to be confirmed."""

    confirmed_on: FullDate | None = None
    """დღე, როცა ადამიანმა ჩანაწერი წყაროს შეადარა.
    The day on which a person compared the record with its source."""
    confirmed_by: UnitRef | None = None
    """ერთეული, რომელმაც ჩანაწერი დაადასტურა.
    The unit that confirmed it."""
    every: Every = "half-year"
    """რამდენ ხანში ერთხელ უნდა გადამოწმდეს.
    How often it is to be checked again."""
    no_change_of_meaning: tuple[Correction, ...] = ()
    """შესწორებები, რომლებიც შინაარსს არ ცვლის; ბიულეტენი მათზე არ წერს.
    Corrections that change no meaning; the next bulletin does not tell them."""


class Archived(Closed):
    """როდის და რატომ დაარქივდა.
    When and why the record was archived."""

    on: FullDate
    """დაარქივების დღე.
    The day."""
    reason: Text
    """მიზეზი, რომელსაც მკითხველი ნახავს.
    The reason, for readers."""


class Source(Closed):
    """წყარო, რომელსაც ჩანაწერი ეყრდნობა.
    A page or document that the record relies on."""

    url: Url
    """მისამართი.
    Its address."""
    title: OneLine | None = None
    """რა არის ეს გვერდი ან დოკუმენტი.
    What the page or document is."""
    official: bool = True
    """false, თუ ეს სხვისი ასლია და ოფიციალური ეგზემპლარი მოსაძებნია.
    false for somebody else's copy, where the official one must still be found."""


class Record(Closed):
    """რაც ყველა ჩანაწერს აქვს.
    What every record has."""

    id: Slug | None = None
    """საჭირო არ არის; თუ წერია, ფაილის სახელს უნდა ემთხვეოდეს.
    Not needed; when written, it must be the file's name."""
    status: Literal["current", "draft", "archived"] = "current"
    """current, draft (საიტზე არ ჩანს) ან archived.
    current, draft (not on the site) or archived."""
    archived: Archived | None = None
    """დაარქივებისას: დღე და მიზეზი.
    When archived: the day and the reason."""
    former_ids: tuple[Slug, ...] = ()
    """ძველი სახელები; მათი მისამართები ამ გვერდზე გადმოამისამართებს.
    Earlier ids; their addresses lead to this page."""
    collected_on: FullDate | None = None
    """დღე, როცა ცნობები წყაროებიდან შეიკრიბა.
    The day on which the facts were put together from their sources."""
    review: Review = Review()
    """ადამიანის დადასტურება და მისი სიხშირე.
    Confirmation by a person, and how often."""

    @model_validator(mode="after")
    def says_why_archived(self) -> Any:
        """An archived record says when and why; no other record does."""
        if (self.status == "archived") != (self.archived is not None):
            raise problem("archived_reason" if self.archived is None else "archived_status")
        return self


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


class Accreditation(Closed):
    """აკრედიტაცია პარიზის პრინციპების მიხედვით.
    Accreditation under the Paris Principles."""

    status: Literal["A", "B"]
    """სტატუსი.
    The status held."""
    held_since: PartialDate | None = None
    """წელი, საიდანაც სტატუსი უწყვეტად აქვს.
    Since when it has been held without a break."""
    last_renewed: PartialDate | None = None
    """ბოლო რეაკრედიტაცია.
    The last re-accreditation."""
    cycle_years: Annotated[int, Field(ge=1, le=100)] | None = None
    """რამდენ წელიწადში ერთხელ ხდება რეაკრედიტაცია.
    Years from one re-accreditation to the next."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """It is not renewed before it is held."""
        must_run_forward(self.held_since, self.last_renewed)
        return self


class Role(Period):
    """ჩვენი როლი გაერთიანების ორგანოში.
    A role of the Office in a body of the network."""

    role: Text
    """რა როლია და რომელ ორგანოში.
    What the role is and in which body."""
    past: bool = False
    """true, თუ ვადა გავიდა, თუნდაც დასასრულის დღე უცნობი იყოს.
    true when the term is over, even where its last day is not known."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Moment(Statement):
    """მომენტი ჩვენი მონაწილეობის ისტორიიდან.
    A moment of our history with the network."""

    date: PartialDate
    """თარიღი, ან დასაწყისი.
    When, or when it began."""
    until: PartialDate | None = None
    """დასასრული, თუ მონაკვეთია.
    When it ended, where it lasted."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """It does not end before it began."""
        must_run_forward(self.date, self.until)
        return self


class Standing(Closed):
    """აპარატის ადგილი გაერთიანებაში.
    How the Office stands in the network."""

    status: StandingStatus
    """წევრობის სახე.
    What we are there."""
    since: PartialDate | None = None
    """როდიდან.
    Since when."""
    since_note: Text | None = None
    """რა არის ცნობილი დასაწყისზე.
    What is known of the beginning."""
    summary: Statement | None = None
    """ერთი აბზაცი ჩვენს მონაწილეობაზე.
    A paragraph on our part in it."""
    accreditation: Accreditation | None = None
    """აკრედიტაცია, თუ ამ გაერთიანებაში ხდება.
    Accreditation, where this network gives it."""
    roles: tuple[Role, ...] = ()
    """როლები, წარსულიც.
    Roles, past ones too."""
    history: tuple[Moment, ...] = ()
    """მონაწილეობის ისტორია.
    What we did together."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    confidence: Confidence | None = None
    """რამდენად სანდოა ცნობა.
    How sure this is."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


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


class Contact(Closed):
    """ვის მივწეროთ: დაწესებულება ან თანამდებობა, არასდროს კერძო პირი.
    Whom to write to: an institution or an office, never a private person."""

    id: Slug
    """სახელი მისამართისთვის, ამ გაერთიანებაში ერთადერთი.
    A name for addresses, used once in this network."""
    role: Name
    """როლი ან განყოფილება.
    The role or section."""
    holder: OneLine | None = None
    """თანამდებობის საჯაროდ ცნობილი მფლობელი.
    The publicly known holder of the office."""
    email: Email | None = None
    """დაწესებულების ელფოსტა.
    The institution's e-mail address."""
    phone: Words | None = None
    """ქალაქის ტელეფონი; მობილური არ იწერება.
    A landline with its country code, as +41 22 …; no mobile number."""
    address: Text | None = None
    """საფოსტო მისამართი.
    The postal address."""
    url: Url | None = None
    """გვერდი, სადაც ეს კონტაქტია.
    The page where this contact stands."""
    basis: Text | None = None
    """საჯარო ფოსტის (gmail.com …) შემთხვევაში: საიდან ჩანს, რომ ოფიციალურია.
    For an address at a free mail service: what shows that it is official."""
    public: bool = False
    """true, თუ კონტაქტი საჯარო საიტზეც შეიძლება გამოჩნდეს; სხვა შემთხვევაში მას მხოლოდ აპარატი ხედავს.
    true when the contact may stand on a public site, too; else only the Office sees it."""
    as_of: PartialDate | None = None
    """რა თარიღის ცნობაა.
    The date for which this is known."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


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


class Resource(Record):
    """რესურსი: სახელმძღვანელო, ანგარიში, კურსი და სხვა.
    A resource: a guide, a report, a course and so on."""

    title: Name
    """სათაური.
    The title."""
    type: ResourceType
    """ტიპი.
    What it is."""
    url: Url
    """მისამართი, სადაც წაიკითხავთ.
    The address where it can be read."""
    official: bool = True
    """false, თუ მისამართი სხვისი ასლია და ოფიციალური ეგზემპლარი მოსაძებნია.
    false when the address is somebody else's copy and the official one must be found."""
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    """ენები, ISO 639-1 კოდებით.
    The languages, as ISO 639-1 codes."""
    year: Annotated[int, Field(ge=1945, le=2100)] | None = None
    """გამოცემის წელი.
    The year of publication."""
    themes: Annotated[tuple[ThemeRef, ...], Field(min_length=1)]
    """თემები.
    Its themes."""
    summary: Text
    """რა არის და რაში გამოადგება ერთეულს.
    What it is and what use a unit has of it."""
    audience: Text | None = None
    """ვის შეუძლია გამოიყენოს.
    Who may use it."""
    access: Literal["open", "members", "login"] | None = None
    """წვდომა.
    Who can open it."""
    cost: Text | None = None
    """ფასი, თუ ფასიანია.
    What it costs."""
    replaced_by: ResourceRef | None = None
    """ახალი ვერსია: გაერთიანება/რესურსი.
    The newer version: network/resource."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Event(Record):
    """ღონისძიება, ვიზიტი ან გადაწყვეტილება.
    An event, a visit or a decision."""

    title: Name
    """სათაური.
    The title."""
    title_basis: Basis | None = None
    """საიდან არის ქართული სათაური.
    Where the Georgian title comes from."""
    kind: EventKind
    """სახე.
    What kind of event it is."""
    direction: Direction | None = None
    """მიმართულება.
    Whether we went, received or hosted."""
    start: PartialDate | None = None
    """დასაწყისი.
    The first day, or the month or year when no more is known."""
    end: PartialDate | None = None
    """დასასრული.
    The last day."""
    place: Text | None = None
    """ადგილი.
    The place."""
    country: Country | None = None
    """ქვეყანა, ISO 3166-1 კოდით.
    The country, as an ISO 3166-1 code."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები.
    The networks concerned."""
    partners: tuple[OneLine, ...] = ()
    """სხვა ორგანიზაციები.
    Other organisations."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    units: tuple[UnitRef, ...] = ()
    """ერთეულები, რომლებმაც მონაწილეობა მიიღეს.
    The units of the Office that took part."""
    outcome: Statement | None = None
    """რა მოჰყვა.
    What followed."""
    registration: Deadline | None = None
    """რეგისტრაციის ბოლო ვადა.
    The deadline for registration."""
    state: Literal["cancelled", "postponed"] | None = None
    """თუ გაუქმდა ან გადაიდო.
    Whether it was cancelled or postponed."""
    url: Url | None = None
    """ღონისძიების გვერდი.
    The event's page."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """The end is not before the start."""
        must_run_forward(self.start, self.end)
        return self


class Opportunity(Record):
    """შესაძლებლობა: გრანტი, ტრენინგი, მხარდაჭერა.
    An opportunity: a grant, a training, support."""

    title: Name
    """სათაური.
    The title."""
    kind: OpportunityKind
    """სახე.
    What kind of opportunity it is."""
    availability: Literal["ongoing", "recurring", "ended", "to-confirm"]
    """მიმდინარე, განმეორებადი, დასრულებული ან დასაზუსტებელი.
    Whether it is on, comes again, is over, or is to be confirmed."""
    deadline: Deadline | None = None
    """განაცხადის ბოლო ვადა.
    The deadline for applications."""
    period: Period | None = None
    """ხანგრძლივობა.
    How long it lasts."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები, რომლებიც სთავაზობენ.
    The networks that offer it."""
    partners: tuple[OneLine, ...] = ()
    """სხვა ორგანიზაციები, რომლებიც სთავაზობენ.
    Other organisations that offer it."""
    summary: Statement | None = None
    """რა არის.
    What it is."""
    audience: Text | None = None
    """ვის შეუძლია მონაწილეობა.
    Who may take part."""
    office_took_part: bool | None = None
    """true, თუ წყარო ამბობს, რომ აპარატმა მონაწილეობა მიიღო.
    true when a source says that the Office took part."""
    facts: tuple[Statement, ...] = ()
    """რა არის ცნობილი.
    What is known of it."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    budget: Words | None = None
    """ბიუჯეტი.
    Its budget."""
    apply_url: Url | None = None
    """სად იგზავნება განაცხადი.
    Where to apply."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Counterpart(Closed):
    """მეორე მხარე.
    The other side of an agreement."""

    name: Name
    """სახელი.
    Its name."""
    country: Country | None = None
    """ქვეყანა, ISO 3166-1 კოდით.
    The country, as an ISO 3166-1 code."""


class Obligation(Closed):
    """ვალდებულება, რომელსაც პასუხისმგებელი და ვადა აქვს.
    A duty with an owner and a due date."""

    what: Text
    """რა უნდა გაკეთდეს.
    What is to be done."""
    owner: UnitRef
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    due: PartialDate | None = None
    """ვადა.
    When it is due."""
    state: Literal["planned", "in-progress", "done", "postponed"] = "planned"
    """მდგომარეობა.
    How far it is."""


class Agreement(Record):
    """მემორანდუმი ან შეთანხმება.
    A memorandum or agreement."""

    title: Name
    """სათაური.
    The title."""
    title_basis: Basis | None = None
    """საიდან არის ქართული სათაური.
    Where the Georgian title comes from."""
    counterpart: Counterpart
    """მეორე მხარე.
    The other side."""
    kind: AgreementKind
    """სახე.
    What kind of agreement it is."""
    signed: PartialDate | None = None
    """ხელმოწერის დღე.
    When it was signed."""
    place: Text | None = None
    """ადგილი.
    Where it was signed."""
    signatories: tuple[OneLine, ...] = ()
    """ხელმომწერი თანამდებობის პირები.
    The office-holders who signed."""
    since: PartialDate | None = None
    """როდიდან მოქმედებს, თუ ხელმოწერის დღე უცნობია.
    Since when it runs, where the signature is not known."""
    period: Period | None = None
    """მოქმედების პერიოდი.
    The period it covers."""
    valid_until: PartialDate | None = None
    """მოქმედების ბოლო დღე.
    The last day on which it is in force."""
    renew_by: FullDate | None = None
    """დღე, რომლამდეც განახლება უნდა გადაწყდეს.
    The day by which renewal must be decided."""
    state: Literal["active", "expired", "suspended", "negotiation", "to-confirm"]
    """მდგომარეობა.
    Whether it is in force."""
    state_note: Text | None = None
    """რა არის ცნობილი მდგომარეობაზე.
    What is known of its state."""
    subject: Text
    """საგანი.
    What it is about."""
    obligations: tuple[Obligation, ...] = ()
    """ვალდებულებები.
    Duties under it."""
    follow_up: tuple[Statement, ...] = ()
    """რა მოჰყვა.
    What followed."""
    owner: UnitRef | None = None
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    budget: Words | None = None
    """ბიუჯეტი.
    Its budget."""
    confidence: Confidence | None = None
    """რამდენად სანდოა ცნობა.
    How sure this is."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""

    @model_validator(mode="after")
    def runs_forward(self) -> Any:
        """It does not end before it was signed."""
        must_run_forward(self.signed or self.since, self.valid_until)
        return self


class Submission(Closed):
    """წარდგენილი დოკუმენტი.
    A document that was submitted."""

    what: Text
    """რა წარედგინა.
    What was submitted."""
    date: PartialDate | None = None
    """როდის.
    When."""
    cycle: Annotated[int, Field(ge=1)] | None = None
    """მერამდენე ციკლი.
    The cycle."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Reporting(Record):
    """ანგარიშგება: რას წარუდგენს აპარატი ორგანოს.
    What the Office submits to a body."""

    name: Name
    """ორგანო ან პროცედურა.
    The body or procedure."""
    abbreviation: OneLine | None = None
    """აბრევიატურა.
    The abbreviation."""
    body: Name | None = None
    """ორგანო, თუ პროცედურის სახელი სხვაა.
    The body, where the procedure has another name."""
    capacity: Literal["nhri", "npm", "crpd", "equality"]
    """სტატუსი, რომლითაც წარედგინება.
    The capacity in which we submit."""
    document: Text | None = None
    """რა დოკუმენტია.
    What document it is."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები.
    The networks or bodies of this base concerned."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    frequency: Text | None = None
    """სიხშირე.
    How often."""
    cycle_years: Annotated[int, Field(ge=1, le=100)] | None = None
    """ციკლი, წლებში.
    Years from one to the next."""
    submissions: tuple[Submission, ...] = ()
    """რა წარედგინა აქამდე.
    What was submitted so far."""
    state_reviews: tuple[Submission, ...] = ()
    """სახელმწიფოს განხილვები.
    Reviews of the State."""
    context: tuple[Statement, ...] = ()
    """კონტექსტი.
    What else is known."""
    next_due: PartialDate | None = None
    """შემდეგი წარდგენა.
    When the next is due."""
    next_note: Text | None = None
    """რა არის ცნობილი შემდეგ წარდგენაზე.
    What is known of the next one."""
    owner: UnitRef | None = None
    """პასუხისმგებელი ერთეული.
    The unit responsible."""
    international: bool = True
    """false, თუ ანგარიში ეროვნულია.
    false for a national report."""
    unknown: Text | None = None
    """რა ვერ მოიძებნა.
    What was not found."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Keywords(Closed):
    """საკვანძო სიტყვები, რომლებითაც ავტომატურად შეგროვებული მასალა ლაგდება.
    Words by which what was collected automatically is sorted; a phrase must stand as it is, in any case form."""

    ka: tuple[Words, ...] = ()
    """ქართული სიტყვები და შესიტყვებები.
    Georgian words and phrases."""
    en: tuple[Words, ...] = ()
    """ინგლისური სიტყვები და შესიტყვებები.
    English words and phrases."""


class Theme(Closed):
    """თემა.
    A theme."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """თემის სახელი.
    The name."""
    keywords: Keywords = Keywords()
    """საკვანძო სიტყვები ავტომატურად შეგროვებული მასალისთვის.
    Words by which what was collected automatically is given this theme."""


class ItemKind(Closed):
    """ავტომატურად შეგროვებული მასალის სახე და სიტყვები, რომლებიც მას ამხელს.
    A kind of fetched item, and the words that give it away."""

    id: Literal["news", "publication", "event", "opportunity", "statement", "vacancy"]
    """სახე.
    The kind."""
    keywords: Keywords
    """სიტყვები სათაურსა და შინაარსში.
    Words of titles and summaries."""
    paths: tuple[Words, ...] = ()
    """მისამართის ნაწილები: /events/, /vacancies/.
    Parts of addresses that tell it: /events/, /vacancies/."""


class Office(Closed):
    """რეგიონული ოფისი.
    A regional office."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """ოფისის სახელი.
    The name."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Unit(Closed):
    """აპარატის ერთეული.
    A unit of the Office."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """ერთეულის სახელი.
    The name."""
    short: Name | None = None
    """მოკლე სახელი.
    A short name for narrow places."""
    abbreviation: Name | None = None
    """აბრევიატურა.
    The abbreviation."""
    former_names: tuple[Name, ...] = ()
    """ძველი სახელები.
    Former names."""
    name_basis: Basis | None = None
    """საიდან არის ქართული სახელი.
    Where the Georgian name comes from."""
    kind: Literal["leadership", "division", "department", "unit", "centre", "adviser"]
    """სახე.
    What kind of unit it is."""
    certainty: Literal["current", "probably-current", "check"]
    """რამდენად დადასტურებულია, რომ ერთეული დღესაც არსებობს.
    How sure it is that the unit exists today."""
    about: Text
    """რას აკეთებს.
    What it does."""
    themes: Annotated[tuple[ThemeRef, ...], Field(min_length=1)]
    """თემები, რომლებიც ერთეულს ეხება.
    The themes that concern it."""
    networks: tuple[NetworkRef, ...] = ()
    """გაერთიანებები, რომლებიც ერთეულს ეხება.
    The networks that concern it."""
    offices: tuple[Office, ...] = ()
    """რეგიონული ოფისები.
    Regional offices."""
    offices_note: Text | None = None
    """შენიშვნა რეგიონულ ოფისებზე.
    What a reader must know about the regional offices."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Body(Closed):
    """სახალხო დამცველთან არსებული საბჭო.
    An advisory body attached to the Public Defender."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    name: Name
    """სახელი.
    The name."""
    unit: UnitRef
    """ერთეული, რომელთანაც მუშაობს.
    The unit it works with."""
    name_basis: Basis | None = None
    """საიდან არის ქართული სახელი.
    Where the Georgian name comes from."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Term(Closed):
    """ტერმინი.
    A term of the field."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    group: TermGroup
    """ჯგუფი.
    The group it belongs to."""
    name: Name
    """ტერმინი ორივე ენაზე.
    The term in both languages."""
    abbreviation: OneLine | None = None
    """ინგლისური აბრევიატურა.
    The English abbreviation."""
    basis: Basis
    """საიდან არის ქართული ფორმა.
    Where the Georgian form comes from."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Day(Closed):
    """საერთაშორისო დღე.
    An international day."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    day: MonthDay
    """თვე და დღე: 12-10.
    Month and day: 12-10."""
    name: Name
    """სახელი.
    The name."""
    national: bool = False
    """true, თუ დღე ეროვნულია.
    true for a day of Georgia."""
    themes: tuple[ThemeRef, ...] = ()
    """თემები.
    Its themes."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""
    checked: bool
    """true, თუ წყარო წაკითხულია.
    true when the source was read."""
    note: Text | None = None
    """შენიშვნა.
    What a reader must know about it."""


class Gap(Closed):
    """რა არ არის ჯერ ბაზაში.
    What the base does not hold yet."""

    id: Slug
    """სახელი მისამართისთვის.
    Its name in addresses."""
    area: SitePart
    """საიტის ნაწილი.
    The part of the site it belongs to."""
    what: Text
    """რა აკლია და ვის უნდა ვკითხოთ.
    What is missing and whom to ask."""


class Document(Closed):
    """აპარატის დოკუმენტი, რომელსაც მისამართი არ აქვს.
    A document of the Office that has no address."""

    id: Slug
    """სახელი, რომლითაც წყაროდ მიეთითება.
    The name by which a source refers to it."""
    title: Name
    """სათაური.
    The title."""


class Function(Closed):
    """სამმართველოს ფუნქცია.
    A function of the Division by its charter."""

    number: Annotated[int, Field(ge=1)]
    """რიგითი ნომერი.
    Its number."""
    what: Text
    """შემოკლებული შინაარსი.
    What it is, shortened."""
    pages: tuple[SitePart, ...] = ()
    """საიტის ნაწილები, რომლებიც მას ემსახურება.
    The sections of the site that serve it."""
    core: bool = False
    """true, თუ საიტი სწორედ ამისთვის არსებობს.
    true when the site exists for it."""


class Mandate(Closed):
    """აპარატის მანდატი ან სამართლებრივი საფუძველი.
    A mandate of the Office, or a part of its legal basis."""

    name: Name
    """სახელი.
    The name."""
    detail: Text | None = None
    """რა არის ცნობილი.
    What is known of it."""
    sources: tuple[SourceRef, ...] = ()
    """წყაროები.
    Sources."""


class OwnOffice(Closed):
    """აპარატი და სამმართველო.
    The Office and the Division."""

    name: Name
    """აპარატის სახელი.
    The name of the Office."""
    institution: Name
    """ინსტიტუციის სახელი.
    The name of the institution."""
    website: Url
    """ვებგვერდი.
    The website."""
    hours: Text
    """სამუშაო საათები.
    Working hours."""
    hotline: Text
    """ცხელი ხაზი.
    The hotline."""
    division: Name
    """სამმართველოს სახელი.
    The name of the Division."""
    accountable_to: Text
    """ვის წინაშეა ანგარიშვალდებული.
    To whom it is accountable."""
    acts_for: Text
    """ვისი სახელით მოქმედებს.
    In whose name it acts."""
    aim: Text
    """სამმართველოს მიზანი.
    The aim of the Division."""
    functions: tuple[Function, ...]
    """ფუნქციები.
    Its functions."""
    legal_basis: tuple[Mandate, ...]
    """სამართლებრივი საფუძველი.
    The legal basis."""
    mandates: tuple[Mandate, ...]
    """მანდატები.
    The mandates of the Office."""
    history: tuple[Moment, ...]
    """ისტორია.
    Its history."""
    facts: tuple[Statement, ...] = ()
    """სხვა ცნობები.
    Other facts."""
    clauses: tuple[Text, ...] = ()
    """მემორანდუმების ტიპური პირობები.
    Clauses that memoranda usually have."""
    documents: tuple[Document, ...] = ()
    """დოკუმენტები, რომლებიც წყაროდ გამოიყენება.
    Documents used as sources."""
    links: tuple[Source, ...] = ()
    """აპარატის საიტის განყოფილებები.
    Sections of the Office's own site."""


AnyRecord = Network | Resource | Event | Opportunity | Agreement | Reporting
RECORDS: Mapping[str, type[Record]] = {
    "network": Network,
    "resource": Resource,
    "event": Event,
    "opportunity": Opportunity,
    "agreement": Agreement,
    "reporting": Reporting,
}
"""Every kind of record that has a file and a page of its own."""
