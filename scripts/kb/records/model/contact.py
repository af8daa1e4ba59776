"""Whom to write to at a network."""

from kb.records.values import Closed, Email, Name, OneLine, PartialDate, Slug, SourceRef, Text, Url, Words


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
