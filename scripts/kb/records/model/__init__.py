"""What a network, a resource, an event and everything else may say, field by field: a module a kind; it knows `values` alone."""

from collections.abc import Mapping

from kb.records.model.agreement import Agreement, AgreementKind, Counterpart, Obligation
from kb.records.model.contact import Contact
from kb.records.model.day import Day
from kb.records.model.event import Direction, Event, EventKind
from kb.records.model.network import (
    Feed,
    Founded,
    GoverningBody,
    Meeting,
    MemberCount,
    Membership,
    Network,
    NetworkKind,
    NetworkScope,
    Seat,
    Watch,
    WorkingGroup,
)
from kb.records.model.office import Document, Function, Gap, Mandate, OwnOffice, SitePart
from kb.records.model.opportunity import Opportunity, OpportunityKind
from kb.records.model.record import Archived, Basis, Confidence, Correction, Every, Record, Review, Source
from kb.records.model.reporting import Reporting, Submission
from kb.records.model.resource import Resource, ResourceType
from kb.records.model.standing import Accreditation, Moment, Role, Standing, StandingStatus
from kb.records.model.term import Term, TermGroup
from kb.records.model.theme import ItemKind, Keywords, Theme
from kb.records.model.unit import Body, Office, Unit

__all__ = [
    "RECORDS",
    "Accreditation",
    "Agreement",
    "AgreementKind",
    "AnyRecord",
    "Archived",
    "Basis",
    "Body",
    "Confidence",
    "Contact",
    "Correction",
    "Counterpart",
    "Day",
    "Direction",
    "Document",
    "Event",
    "EventKind",
    "Every",
    "Feed",
    "Founded",
    "Function",
    "Gap",
    "GoverningBody",
    "ItemKind",
    "Keywords",
    "Mandate",
    "Meeting",
    "MemberCount",
    "Membership",
    "Moment",
    "Network",
    "NetworkKind",
    "NetworkScope",
    "Obligation",
    "Office",
    "Opportunity",
    "OpportunityKind",
    "OwnOffice",
    "Record",
    "Reporting",
    "Resource",
    "ResourceType",
    "Review",
    "Role",
    "Seat",
    "SitePart",
    "Source",
    "Standing",
    "StandingStatus",
    "Submission",
    "Term",
    "TermGroup",
    "Theme",
    "Unit",
    "Watch",
    "WorkingGroup",
]

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
