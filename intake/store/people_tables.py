"""The tables of the people around a case and their letters. All have a landlord."""

from datetime import date, datetime

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.adjustments import Need
from intake.domain.correspondence import Bearing, Body, BreachStep, Sender
from intake.domain.people import Authority, Capacity, Relation, Replies, Standing
from intake.store.base import Base, Key, belongs_to


class RepresentationRow(Base):
    """Somebody who acts for the resident of a case, as it stands now (Code 3.6)."""

    __tablename__ = "representation"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id"))

    case_id: Mapped[int]
    capacity: Mapped[Capacity]
    authority: Mapped[Authority]
    name: Mapped[str]
    evidence: Mapped[str]
    wish: Mapped[Replies | None]
    #: To whom replies go, and why: worked out when it was recorded, by the policy of that day.
    replies: Mapped[Replies]
    why: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class CaseContactRow(Base):
    """To whom letters about a case go instead of to its writer; nobody where it is empty."""

    __tablename__ = "case_contact"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id"))

    case_id: Mapped[int]
    address: Mapped[str]
    why: Mapped[str]


class GroupMemberRow(Base):
    """One of those who complain together (Code 1.2)."""

    __tablename__ = "group_member"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "name"))

    case_id: Mapped[int]
    name: Mapped[str]
    address: Mapped[str]
    lead: Mapped[bool]
    copied_at: Mapped[datetime | None]
    #: The complaint of their own, where they complained alone as well.
    own_case_id: Mapped[int | None]


class StandingRow(Base):
    """A check of who may complain. It refuses nothing."""

    __tablename__ = "standing"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id"))

    case_id: Mapped[int]
    relation: Mapped[Relation]
    standing: Mapped[Standing]
    why: Mapped[str]
    note: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class CorrespondenceRow(Base):
    """A letter about a case from somebody who is not its resident. It has clocks of its own."""

    __tablename__ = "correspondence"
    __table_args__ = (belongs_to("case"), UniqueConstraint("landlord", "id"))

    case_id: Mapped[int]
    sender: Mapped[Sender]
    bearing: Mapped[Bearing]
    name: Mapped[str]
    received_on: Mapped[date] = mapped_column(Date)
    asked_by: Mapped[date | None] = mapped_column(Date)
    acknowledged_on: Mapped[date | None] = mapped_column(Date)
    answered_at: Mapped[datetime | None]
    #: How sure the rule of its answer is, by the pack of that day.
    evidence: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class ProceedingsRow(Base):
    """A claim filed at court. Only the issues that it overlaps may stop (Code 2.2)."""

    __tablename__ = "proceedings"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "claim"))

    case_id: Mapped[int]
    claim: Mapped[Key]
    filed_on: Mapped[date] = mapped_column(Date)
    #: The issues as they stood then.
    stopped: Mapped[list[str]]
    decider: Mapped[str]
    reasons: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class ReferralRow(Base):
    """A part of a matter that another body hears, and the contact that was given for it."""

    __tablename__ = "referral"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    body: Mapped[Body]
    matter: Mapped[str]
    contact: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class AdjustmentRow(Base):
    """An adjustment agreed with a person, shown on all their cases (Code 5.10)."""

    __tablename__ = "adjustment"
    __table_args__ = (belongs_to("case"), belongs_to("party"))

    #: The case in which it was agreed, and whose adjustment it is.
    case_id: Mapped[int]
    party_id: Mapped[int]
    need: Mapped[Need]
    words: Mapped[str]
    purpose: Mapped[str]
    review_on: Mapped[date] = mapped_column(Date)
    by: Mapped[Key]
    at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    #: When it was found to be needed no more.
    ended_at: Mapped[datetime | None]


class BreachRow(Base):
    """A possible breach of personal data, and what was decided about it."""

    __tablename__ = "breach"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    aware_at: Mapped[datetime]
    #: By the rule of the pack, which says how sure it is.
    report_by: Mapped[datetime | None]
    rule: Mapped[str]
    evidence: Mapped[str]
    decided: Mapped[BreachStep | None]
    reasons: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]
    decided_by: Mapped[Key | None]
    decided_at: Mapped[datetime | None]
