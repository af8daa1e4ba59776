"""How the Office stands in a network: what it is there, its roles, its accreditation, what was done together."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from kb.records.model.record import Confidence
from kb.records.values import Closed, PartialDate, Period, SourceRef, Statement, Text, must_run_forward

StandingStatus = Literal["full", "member", "associate", "observer", "participant", "partner", "former", "none", "unconfirmed"]


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
