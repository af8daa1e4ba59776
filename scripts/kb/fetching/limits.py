"""How far fetching goes: every bound with its reason, in one place."""

from kb.records.schema import sentence
from kb.records.values import Closed
from kb.words.language import Language

MB = 1_000_000


class Limits(Closed):
    """ზღვრები და მათი მიზეზები.
    The bounds of fetching and the reason of each. Tests make them smaller."""

    hosts_at_once: int = 4
    """მეტი კავშირი ორ ბირთვს ვერაფერს მატებს და სხვის სერვერებს ტვირთავს.
    More connections gain nothing on two cores, and load other people's servers."""
    seconds_between_requests: float = 1.0
    """წამში ერთი მოთხოვნა ერთ სერვერზე: ადამიანზე სწრაფი არ ვართ.
    One request a second to a host: no faster than a person reads."""
    tries: int = 3
    """წამიერი შეფერხება მესამე ცდამდე გაივლის; რაც მეტხანს გრძელდება, შემდეგ ჯერზე დადასტურდება.
    A hiccup is over by the third try; what lasts longer is tried again next time."""
    seconds_before_retry: float = 2.0
    """პირველი ლოდინი; ყოველი მომდევნო სამჯერ მეტია.
    The first wait; each one after it is three times as long."""
    seconds_to_answer: float = 15.0
    """დაკავშირებას და ყოველ წაკითხვას; ცოცხალი სერვერი მეათედ დროში პასუხობს.
    To connect, and for each read; a living server answers in a tenth of it."""
    seconds_for_a_source: float = 60.0
    """სულ ერთ წყაროზე, ლოდინის ჩათვლით: ნელი სერვერი სხვებს ვერ აფერხებს.
    In all for a source, waits included: a slow server holds up nobody else."""
    redirects: int = 5
    """ნამდვილ საიტს ორიც ჰყოფნის: http-დან https-ზე და www-ზე.
    Real sites need two: from http to https, and to www."""
    bytes_compressed: int = 10 * MB
    """ყველაზე დიდი ცნობილი არხი ამის მეათედია.
    The largest feed known has a tenth of it."""
    bytes_decompressed: int = 30 * MB
    """შეკუმშული ბომბი აქ ჩერდება.
    Here a compressed bomb is stopped."""
    items_of_a_feed: int = 5_000
    """ჩვეულებრივ არხში 10–100 ელემენტია.
    A feed commonly has 10 to 100 items."""
    parse_wall_seconds: float = 30.0
    """5000 ელემენტს ორი წამი სჭირდება, 30 მბ-ს – ხუთი; მეტი განზრახ დამძიმებული ფაილია.
    5,000 items take two seconds and 30 MB five; more is a file made to be heavy."""
    parse_cpu_seconds: int = 15
    """იგივე, პროცესორის დროით.
    The same, as time of the processor."""
    parse_memory: int = 1_500 * MB
    """30 მბ-იანი არხი ნახევარ გიგაბაიტს საჭიროებს.
    A feed of 30 MB needs half a gigabyte."""
    most_shrinkage: float = 0.3
    """არხი, რომელიც ასე შემცირდა, უფრო ხშირად გატეხილია, ვიდრე შემოკლებული.
    A feed that shrank by more is more often broken than shorter."""
    most_page_shrinkage: float = 0.7
    """გვერდი, რომელმაც ტექსტის ამდენი დაკარგა, ხშირად შეცდომის შეტყობინებაა.
    A page that lost more of its text is often an error message."""
    most_failed: float = 0.5
    """თუ წყაროების ამაზე მეტი წილი ვერ წავიკითხეთ, მიზეზი ალბათ ჩვენთანაა და ბრძანება შეცდომით მთავრდება.
    When a larger share of sources failed, the cause is likely on our side, and the command ends with 1."""
    days_quiet: int = 180
    """არხი, რომელიც ნახევარი წელი დუმს, შესაძლოა, მიტოვებული იყოს.
    A feed that has been silent for half a year may be abandoned."""
    page_characters: int = 200_000
    """გრძელი წესდება 100 000 ნიშანია.
    Long statutes have 100,000 characters."""


def rows(limits: Limits, language: Language) -> list[tuple[str, str, str]]:
    """Every limit as (name, value, reason)."""
    return [
        (name, f"{getattr(limits, name):,}", sentence(field.description, language)) for name, field in Limits.model_fields.items()
    ]
