"""Whose mail it is: how a message came to its case, and how well we know who wrote it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from intake.domain.identity import Rung
from intake.domain.thread import Standing, Way, Why
from intake.store.base import Base, Key, belongs_to
from intake.store.case_tables import CasePartyRow
from intake.store.tables import LetterRow, MessageRow

#: By which an answer finds what it answers, and a writer what they wrote before.
INDEXES = (
    Index("ix_letter_own_id", LetterRow.landlord, LetterRow.own_id),
    Index("ix_message_party", MessageRow.landlord, MessageRow.party_id),
    Index("ix_case_party_party", CasePartyRow.landlord, CasePartyRow.party_id),
)


class ThreadRow(Base):
    """How a message stands to the cases there are, and who is thought to have written it."""

    __tablename__ = "thread"
    __table_args__ = (belongs_to("message"), UniqueConstraint("message_id"))

    message_id: Mapped[int]
    standing: Mapped[Standing]
    #: What shows that it belongs to a case, where anything does.
    way: Mapped[Way | None]
    rung: Mapped[Rung]
    #: What our own edge found of the sender, or why that is nothing.
    proof: Mapped[str]
    proven: Mapped[bool]
    #: Who passed it on, where its words are credited to somebody else.
    forwarder: Mapped[str]
    #: What says that a machine sent it.
    why_automatic: Mapped[str]
    #: Whether its sender asks for no automatic answer.
    quiet: Mapped[bool]
    #: The Message-ID of the letter that it brings back, and the other side's code.
    returned_id: Mapped[str]
    returned_why: Mapped[str]
    #: How often staff have decided whose it is; one more where it opened no case of its own.
    seq: Mapped[int]
    by: Mapped[Key | None]
    at: Mapped[datetime | None]


class SuggestionRow(Base):
    """A case that staff may want to see beside a message, and why."""

    __tablename__ = "suggestion"
    __table_args__ = (
        belongs_to("message"),
        belongs_to("case"),
        UniqueConstraint("message_id", "case_id"),
    )

    message_id: Mapped[int]
    case_id: Mapped[int]
    why: Mapped[Why]
