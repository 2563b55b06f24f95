"""The tables. Every row has a landlord, and so has every foreign key."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classifier.labels import Band, Hazard, RedactedText
from intake.domain.case import Action, Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Automatic, Basis, Channel
from intake.domain.moments import Warned
from intake.store.base import Base, Day, DayColumn, Key, belongs_to


class DeliveryRow(Base):
    """One arrival, as it came in. Written once."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("landlord", "id"),)

    key: Mapped[Key] = mapped_column(unique=True)
    #: What the sender is told; says nothing of how many there are.
    reference: Mapped[Key] = mapped_column(unique=True)
    channel: Mapped[Channel]
    #: The bytes, or the file that holds them.
    raw: Mapped[bytes | None]
    sha256: Mapped[Key | None]
    size: Mapped[int]
    envelope: Mapped[dict[str, Any]]
    arrived_at: Mapped[datetime]


class HoldingPenRow(Base):
    """A delivery that `read` can make no sense of, for a person to look at."""

    __tablename__ = "holding_pen"
    __table_args__ = (belongs_to("delivery"), UniqueConstraint("delivery_id"))

    delivery_id: Mapped[int]
    reason: Mapped[str]
    since: Mapped[datetime]


class PartyRow(Base):
    """A person or body we correspond with, by one address; nobody has proved who they are."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("landlord", "id"), UniqueConstraint("landlord", "address"))

    address: Mapped[Key]
    name: Mapped[str]


class MessageRow(Base):
    """What somebody said. The original is restricted; the redacted copies are what others see."""

    __tablename__ = "message"
    __table_args__ = (belongs_to("party"), UniqueConstraint("landlord", "id"))

    key: Mapped[Key] = mapped_column(unique=True)
    #: What the sender was told to quote.
    reference: Mapped[Key] = mapped_column(unique=True)
    party_id: Mapped[int]
    channel: Mapped[Channel]
    #: What the writer is called in this very message: people share an address.
    sender_name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    visible: Mapped[str]
    reply_to: Mapped[str]
    own_id: Mapped[str]
    answers: Mapped[list[str]]
    automatic: Mapped[Automatic | None]
    public: Mapped[bool]
    posted_at: Mapped[datetime | None]
    permalink: Mapped[str]
    home: Mapped[str]
    outcome_sought: Mapped[str]
    on_behalf_of: Mapped[str]
    attachments: Mapped[list[dict[str, Any]]]
    problems: Mapped[list[str]]
    received_at: Mapped[datetime]
    basis: Mapped[Basis]
    #: Whether it comes from an old mailbox: nobody is alarmed until somebody has triaged it.
    imported: Mapped[bool] = mapped_column(default=False)
    #: For staff, or for anybody where the message was public; none until it is assessed.
    shown_author: Mapped[RedactedText | None]
    shown_subject: Mapped[RedactedText | None]
    shown_text: Mapped[RedactedText | None]
    shown_issues: Mapped[RedactedText | None]
    shown_outcome: Mapped[RedactedText | None]
    #: What the placeholders stand for in the issues and the outcome filled in: our letter gives
    #: the writer back their own words. Restricted, as the original is.
    hidden: Mapped[dict[str, Any]] = mapped_column(default=dict)


class MessageDeliveryRow(Base):
    """By which deliveries a message came."""

    __tablename__ = "message_delivery"
    __table_args__ = (
        belongs_to("message"),
        belongs_to("delivery"),
        UniqueConstraint("message_id", "delivery_id"),
    )

    message_id: Mapped[int]
    delivery_id: Mapped[int]


class AssessmentRow(Base):
    """What the classifier proposed. Never overwritten."""

    __tablename__ = "assessment"
    __table_args__ = (belongs_to("message"), UniqueConstraint("message_id"))

    message_id: Mapped[int]
    labels: Mapped[list[str]]
    probabilities: Mapped[dict[str, Any]]
    band: Mapped[Band]
    flags: Mapped[dict[str, Any]]
    hazards: Mapped[list[str]]
    #: Label, place in the text, and the reasons in a triager's words; never the words themselves.
    evidence: Mapped[list[dict[str, Any]]]
    #: The reasons that a card may show: nothing that redaction hid.
    reasons: Mapped[list[str]]
    #: The last day for acknowledging, were it a complaint: shown while nobody has decided.
    acknowledge_by: Mapped[Day | None] = mapped_column(DayColumn)
    model: Mapped[Key]
    at: Mapped[datetime]


class CaseRow(Base):
    """A case as it stands now. How it got here is in `EventRow`."""

    __tablename__ = "case"
    __table_args__ = (
        belongs_to("message"),
        UniqueConstraint("landlord", "id"),
        UniqueConstraint("message_id", "kind", "part"),
    )

    reference: Mapped[Key] = mapped_column(unique=True)
    #: The message that opened it.
    message_id: Mapped[int]
    kind: Mapped[Kind]
    part: Mapped[int]
    status: Mapped[Status]
    #: Which of the Code's two stages a complaint has reached.
    stage: Mapped[int] = mapped_column(default=1)
    #: Where it stood before it ended.
    stood: Mapped[Status | None]
    received_at: Mapped[datetime]
    #: The landlord's rules that it was opened under.
    policy: Mapped[Key]
    policy_hash: Mapped[Key]
    #: The definition of a complaint, beside its issues (Code 5.6, 5.7).
    outcome_sought: Mapped[str | None]
    not_responsible: Mapped[str | None]
    #: How many events there are, and the hash of the last.
    seq: Mapped[int]
    head: Mapped[bytes]

    @property
    def place(self) -> tuple[bool, int]:
        """Its place among the cases that a letter speaks for: complaints come first."""
        return self.kind is not Kind.COMPLAINT, self.id


class CaseMessageRow(Base):
    """Which messages bear on which case."""

    __tablename__ = "case_message"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("message"),
        UniqueConstraint("case_id", "message_id"),
    )

    case_id: Mapped[int]
    message_id: Mapped[int]


class CaseLinkRow(Base):
    """Two cases that belong together, and why."""

    __tablename__ = "case_link"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "other_id"))

    case_id: Mapped[int]
    other_id: Mapped[int]
    reason: Mapped[str]


class IssueRow(Base):
    """One point complained about (Code 5.6)."""

    __tablename__ = "issue"
    __table_args__ = (belongs_to("case"), UniqueConstraint("case_id", "number"))

    case_id: Mapped[int]
    number: Mapped[int]
    words: Mapped[str]


class HazardRow(Base):
    """A hazard that a message speaks of. It has clocks of its own."""

    __tablename__ = "hazard"
    __table_args__ = (
        belongs_to("message"),
        UniqueConstraint("landlord", "id"),
        UniqueConstraint("message_id", "category"),
    )

    message_id: Mapped[int]
    #: None where it is an emergency of no category.
    category: Mapped[Hazard | None]
    emergency: Mapped[bool]
    aware_at: Mapped[datetime]
    investigated_at: Mapped[datetime | None]
    #: By whom, when and why it was found to be none; its clocks then stop.
    dismissed_by: Mapped[Key | None]
    dismissed_at: Mapped[datetime | None]
    dismissed_reason: Mapped[str | None]


class ClockRow(Base):
    """One clock of a case, hazard or letter. Rewritten while it runs; what it came to never is."""

    __tablename__ = "clock"
    __table_args__ = (
        belongs_to("case"),
        belongs_to("hazard"),
        belongs_to("correspondence"),
        UniqueConstraint("case_id", "name"),
        UniqueConstraint("hazard_id", "name"),
        UniqueConstraint("correspondence_id", "name"),
        CheckConstraint(
            "CASE WHEN case_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN hazard_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN correspondence_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_owner",
        ),
        Index("ix_clock_due", "landlord", "due_at"),
    )

    case_id: Mapped[int | None]
    hazard_id: Mapped[int | None]
    #: Or a letter from somebody who is not the resident.
    correspondence_id: Mapped[int | None]
    name: Mapped[Key]
    starts: Mapped[Day] = mapped_column(DayColumn)
    target: Mapped[Day | None] = mapped_column(DayColumn)
    code: Mapped[Day | None] = mapped_column(DayColumn)
    provisional: Mapped[bool]
    extended: Mapped[bool]
    projected: Mapped[bool]
    rule: Mapped[str]
    why: Mapped[str]
    #: Where a response would be due, had its late acknowledgement been in time.
    backstop: Mapped[date | None] = mapped_column(Date)
    #: The last moment of the sooner of the two dates, for lists and reminders.
    due_at: Mapped[datetime | None]
    #: What staff were last reminded of, and when they last heard of this date at all.
    warned: Mapped[Warned | None]
    warned_at: Mapped[datetime | None]
    #: When it ended, and whether in time; none while it runs.
    ended_at: Mapped[datetime | None]
    met: Mapped[bool | None]
    met_target: Mapped[bool | None]


class EventRow(Base):
    """The audit trail. Append only; each row's hash covers the one before."""

    __tablename__ = "event"
    __table_args__ = (
        belongs_to("case"),
        UniqueConstraint("landlord", "id"),
        UniqueConstraint("case_id", "seq"),
        UniqueConstraint("landlord", "press", "case_id"),
    )

    case_id: Mapped[int]
    seq: Mapped[int]
    action: Mapped[Action]
    before: Mapped[Status]
    after: Mapped[Status]
    by: Mapped[Key]
    at: Mapped[datetime]
    #: Which press of a button asked for it, where one did.
    press: Mapped[Key | None]
    hash: Mapped[bytes]


class NoteRow(Base):
    """The words of an event. May be purged: the chain covers only their salted digest."""

    __tablename__ = "note"
    __table_args__ = (belongs_to("event"), UniqueConstraint("event_id"))

    event_id: Mapped[int]
    salt: Mapped[bytes | None]
    words: Mapped[str | None]
    digest: Mapped[bytes]


class LetterRow(Base):
    """What we write to whom, for a message or for one case, and proof that it went."""

    __tablename__ = "letter"
    __table_args__ = (belongs_to("message"), UniqueConstraint("landlord", "id"))

    #: What it is for, so that it is written once.
    key: Mapped[Key] = mapped_column(unique=True)
    message_id: Mapped[int]
    kind: Mapped[LetterKind]
    state: Mapped[LetterState]
    to: Mapped[str]
    by: Mapped[Key]
    #: Not before: until then it can be undone.
    send_at: Mapped[datetime]
    #: How often it was promised: an undone letter may be promised again.
    promise: Mapped[int]
    own_id: Mapped[Key]
    #: The address that it was handed over from, at which a failure to deliver it is told.
    sent_from: Mapped[str | None]
    raw: Mapped[bytes | None]
    #: What it says as staff saw it: with placeholders where it has the writer's personal data.
    shown: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    #: What the mail server said, or why it was not sent.
    proof: Mapped[str | None]


class LetterCaseRow(Base):
    """Which cases a letter speaks for, at which stage."""

    __tablename__ = "letter_case"
    __table_args__ = (
        belongs_to("letter"),
        belongs_to("case"),
        UniqueConstraint("letter_id", "case_id"),
    )

    letter_id: Mapped[int]
    case_id: Mapped[int]
    stage: Mapped[int]
    kind: Mapped[LetterKind]


class SlackPostRow(Base):
    """Where a message's card hangs, and which state of the record it shows."""

    __tablename__ = "slack_post"
    __table_args__ = (belongs_to("message"), UniqueConstraint("message_id", "channel"))

    message_id: Mapped[int]
    channel: Mapped[Key]
    #: When it was first asked for, and Slack's name for it; none while we do not know
    #: whether it was made.
    asked_at: Mapped[datetime]
    ts: Mapped[Key | None]
    version: Mapped[int]


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    DEAD = "dead"


class JobRow(Base):
    """Work to do after the transaction that asked for it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "priority", "run_at", "id"),)

    key: Mapped[Key] = mapped_column(unique=True)
    kind: Mapped[Key]
    payload: Mapped[dict[str, Any]]
    priority: Mapped[int]
    #: When to run it next; none when it has ended.
    run_at: Mapped[datetime | None]
    #: How often it was claimed: the fence against a worker whose lease ran out.
    attempts: Mapped[int] = mapped_column(default=0)
    #: How many of those the destination refused, and since when without a break.
    refusals: Mapped[int] = mapped_column(default=0)
    refused_since: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    last_error: Mapped[str | None]
