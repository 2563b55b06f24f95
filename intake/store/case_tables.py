"""The tables of the life of a case: who has to do with it, what is decided. All have a landlord."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.life import Answer, Ground, Outcome
from intake.domain.moments import Moment
from intake.domain.working_days import Nation
from intake.store.base import Base, Day, DayColumn, Key, belongs_to


class Role(StrEnum):
    """Who somebody is to a case."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    #: Staff have found that somebody writing from there is part of the case.
    CORRESPONDENT = "correspondent"
    #: Staff have put on record that copies of letters go there.
    COPIED = "copied"


class CasePartyRow(Base):
    """Who has to do with a case."""

    __tablename__ = "case_party"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("party"),
        UniqueConstraint("case_id", "party_id", "role"),
    )

    case_id: Mapped[int]
    party_id: Mapped[int]
    role: Mapped[Role]


class MomentRow(Base):
    """When something happened that starts or ends a clock, beside the receipt."""

    __tablename__ = "moment"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "name"))

    case_id: Mapped[int]
    name: Mapped[Moment]
    at: Mapped[Day] = mapped_column(DayColumn)


class ExtensionRow(Base):
    """More time for a response; it counts once the resident was told in time (Code 6.4)."""

    __tablename__ = "extension"
    __table_args__ = (belongs_to("case"), belongs_to("letter"), UniqueConstraint("letter_id"))

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    original: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[str]
    #: What the resident said to the new day, and why it lies beyond the Code's limit, if it does.
    agreed: Mapped[Answer | None]
    good_reason: Mapped[str | None]
    by: Mapped[Key]
    told_at: Mapped[datetime | None]


class DecisionRow(Base):
    """Who decided a stage, and what puts things right (Code 6.9, 6.19)."""

    __tablename__ = "decision"
    __table_args__ = (belongs_to("case"), belongs_to("letter"), UniqueConstraint("letter_id"))

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    decider: Mapped[str]
    remedy: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class FindingRow(Base):
    """What was found on one issue at one stage, and why (Code 6.7)."""

    __tablename__ = "finding"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("letter"),
        UniqueConstraint("letter_id", "number"),
    )

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    number: Mapped[int]
    #: The issue as it stood then: another definition does not change what was answered.
    issue: Mapped[str]
    outcome: Mapped[Outcome]
    reasons: Mapped[str]


class ActionRow(Base):
    """Something promised in a response. It outlives the closing of its case (Code 6.6, 7.3)."""

    __tablename__ = "action"
    __table_args__ = (belongs_to("case"), belongs_to("letter"), UniqueConstraint("landlord", "id"))

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    what: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date] = mapped_column(Date)
    done_at: Mapped[datetime | None]
    evidence: Mapped[str | None]


class RefusalRow(Base):
    """A decision not to take a complaint or an escalation, with its ground (Code 2.1 to 2.4)."""

    __tablename__ = "refusal"
    __table_args__ = (belongs_to("case"), belongs_to("letter"), UniqueConstraint("letter_id"))

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    ground: Mapped[Ground]
    reasons: Mapped[str]
    evidence: Mapped[str]
    decider: Mapped[str]
    aware_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[Key]
    at: Mapped[datetime]


class OfferRow(Base):
    """The choice to complain, put to the resident, and what they said (Code 1.3)."""

    __tablename__ = "offer"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id"))

    case_id: Mapped[int]
    #: How and in which words it was put.
    how: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]


class ComplainedAboutRow(Base):
    """A person complained about, who decides neither stage (Code 5.8)."""

    __tablename__ = "complained_about"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "name"))

    case_id: Mapped[int]
    name: Mapped[str]


class HolidayRow(Base):
    """A bank holiday announced after this version was made."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("landlord", "day", "nation"),)

    day: Mapped[date] = mapped_column(Date)
    nation: Mapped[Nation]
    reason: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]
