"""An opportunity: what can be applied for."""

from typing import Literal

from kb.records.model.record import Record
from kb.records.values import Deadline, Name, NetworkRef, OneLine, Period, SourceRef, Statement, Text, ThemeRef, Url, Words

OpportunityKind = Literal[
    "call", "conference", "e-learning", "expert-support", "fellowship", "grant", "internship", "network-meeting",
    "participation", "programme", "project", "training",
]  # fmt: skip


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
