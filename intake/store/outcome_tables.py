"""The tables of what is on record around a case: money, learning, restrictions and the like."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.domain.compensation import Redress, Reply
from intake.domain.exclusion import Excluded, Weighed
from intake.domain.learning import Theme
from intake.domain.life import Answer
from intake.domain.new_issue import Joining
from intake.domain.response_parts import Part
from intake.domain.restriction import Limit
from intake.domain.support import Help
from intake.store.base import Base, Key, belongs_to


class NewIssueRow(Base):
    """An issue raised half-way, and whether it joined the complaint (Code 6.8)."""

    __tablename__ = "new_issue"
    __table_args__ = (
        belongs_to("case"),
        ForeignKeyConstraint(["landlord", "other_id"], ["case.landlord", "case.id"]),
    )

    case_id: Mapped[int]
    #: The complaint that it opened; none where it joined.
    other_id: Mapped[int | None]
    words: Mapped[str]
    ground: Mapped[Joining]
    raised_on: Mapped[date] = mapped_column(Date)
    by: Mapped[Key]
    at: Mapped[datetime]


class FirstContactRow(Base):
    """That a complaint was settled at first contact, as the resident agreed (Code 5.2)."""

    __tablename__ = "first_contact"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id"))

    case_id: Mapped[int]
    agreed: Mapped[str]
    consent: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class ResponsePartRow(Base):
    """A part of a response beside its findings: apology, regret and the like (Code 6.7, 7.1)."""

    __tablename__ = "response_part"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("letter"),
        UniqueConstraint("letter_id", "part"),
    )

    case_id: Mapped[int]
    letter_id: Mapped[int]
    stage: Mapped[int]
    part: Mapped[Part]
    words: Mapped[str]


class MoneyRow(Base):
    """Money proposed, approved, answered and paid (Code 7.1 to 7.4)."""

    __tablename__ = "money"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    redress: Mapped[Redress]
    pence: Mapped[int]
    impact: Mapped[str]
    #: The receipts of a reimbursement, or the reference of the Ombudsman's order.
    proof: Mapped[str]
    #: The band of the policy, and who may approve an amount in it.
    level: Mapped[Key]
    authorisers: Mapped[list[str]]
    by: Mapped[Key]
    role: Mapped[Key]
    at: Mapped[datetime]
    approved_by: Mapped[Key | None]
    approved_role: Mapped[Key | None]
    approved_at: Mapped[datetime | None]
    open_until: Mapped[date | None] = mapped_column(Date)
    reply: Mapped[Reply | None]
    replied_on: Mapped[date | None] = mapped_column(Date)
    #: Who decided to pay although the reply came late.
    late_decider: Mapped[str | None]
    pay_by: Mapped[date | None] = mapped_column(Date)
    paid_on: Mapped[date | None] = mapped_column(Date)
    #: What of it cleared arrears; the resident got the rest.
    credited_pence: Mapped[int | None]
    paid_how: Mapped[str | None]


class ConsideredRow(Base):
    """An exclusion of the policy that was considered for this case (Code 2.1, 2.3, 2.5)."""

    __tablename__ = "considered_exclusion"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    excluded: Mapped[Excluded]
    topic: Mapped[Key]
    #: The exclusion as the policy put it then.
    exclusion: Mapped[str]
    weighed: Mapped[Weighed]
    reasons: Mapped[str]
    decider: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]


class LessonRow(Base):
    """What was learned from a case, and what changes (Code 9.1 to 9.3)."""

    __tablename__ = "lesson"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    theme: Mapped[Theme]
    change: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date | None] = mapped_column(Date)
    by: Mapped[Key]
    at: Mapped[datetime]


class SupportRow(Base):
    """Help that was offered, and what the resident said."""

    __tablename__ = "support"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    help: Mapped[Help]
    how: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]


class RestrictionRow(Base):
    """How somebody's contact is restricted, why, and until which review (Code 5.14, 5.15)."""

    __tablename__ = "restriction"
    __table_args__ = (belongs_to("case"),)

    case_id: Mapped[int]
    limit: Mapped[Limit]
    details: Mapped[str]
    reason: Mapped[str]
    tried: Mapped[str]
    adjustments: Mapped[str]
    decider: Mapped[str]
    review_on: Mapped[date] = mapped_column(Date)
    by: Mapped[Key]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


#: What is kept of a case with by whom and when.
Noted = (
    NewIssueRow
    | FirstContactRow
    | MoneyRow
    | ConsideredRow
    | LessonRow
    | SupportRow
    | RestrictionRow
)
