"""What staff decided of what was proposed, kept to learn from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from classifier.labels import RedactedText
from intake.domain.message import Channel
from intake.store.base import Base, Key, belongs_to
from intake.store.tables import MessageRow


class CorrectionRow(Base):
    """What was proposed and what staff decided."""

    __tablename__ = "correction"
    __table_args__ = (belongs_to("message"),)

    message_id: Mapped[int]
    proposed: Mapped[list[str]]
    confirmed: Mapped[list[str]]
    by: Mapped[Key]
    at: Mapped[datetime]
    text: Mapped[RedactedText]
    model: Mapped[Key]
    #: Whether they decided without seeing the proposal.
    blind: Mapped[bool]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What staff decided of one message: labels as proposed, kinds as confirmed."""

    channel: Channel
    proposed: tuple[str, ...]
    confirmed: tuple[str, ...]
    by: str
    at: datetime
    text: RedactedText = field(repr=False)
    model: str
    blind: bool


def load_decided(session: Session, landlords: Collection[str]) -> Sequence[Decided]:
    """Return what the staff of these landlords decided, in their order, but what was purged."""
    found = (
        select(CorrectionRow, MessageRow.channel)
        .join(MessageRow, MessageRow.id == CorrectionRow.message_id)
        .where(CorrectionRow.landlord.in_(landlords))
        .order_by(CorrectionRow.at, CorrectionRow.id)
    )
    return [
        Decided(
            channel=channel,
            proposed=tuple(row.proposed),
            confirmed=tuple(row.confirmed),
            by=row.by,
            at=row.at,
            text=row.text,
            model=row.model,
            blind=row.blind,
        )
        for row, channel in session.execute(found)
        if row.confirmed and row.text
    ]
