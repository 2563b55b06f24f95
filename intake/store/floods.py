"""Floods: many messages from one address within the hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.domain.case import Status
from intake.domain.sending import HOUR
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import CaseRow, JobRow, MessageRow

#: A person may write as often within the hour, about as many matters.
MOST = 10


def find_flood(session: Session, message: MessageRow) -> Sequence[CaseRow]:
    """Return the first case of all that came from a writer within the hour before a message.

    None where that is not too many: people write more than once, and of more than one matter. With
    the message that makes it too many, all the cases.
    """
    theirs = (
        MessageRow.landlord == message.landlord,
        MessageRow.party_id == message.party_id,
        MessageRow.id <= message.id,
        MessageRow.received_at > message.received_at - HOUR,
        MessageRow.imported.is_(False),
    )
    count = session.scalar(select(func.count(MessageRow.id)).where(*theirs)) or 0
    if count <= MOST:
        return ()
    mine = (CaseRow.landlord == message.landlord, CaseRow.status != Status.RECORDED_IN_ERROR)
    opened = CaseRow.message_id.in_(select(MessageRow.id).where(*theirs))
    found = select(CaseRow).where(*mine, opened).order_by(CaseRow.id)
    return session.scalars(found.limit(1) if count > MOST + 1 else found).all()


def alert_once(session: Session, message: MessageRow, first: CaseRow, *, now: datetime) -> None:
    """Promise to tell staff of a flood, once a day; not where they know that letters stop."""
    whom = sha256(message.reply_to.casefold().encode()).hexdigest()[:16]
    today = (now, now - timedelta(days=1))
    told = {f"alert:withheld:{message.landlord}:{day.date()}:{whom}" for day in today}
    if session.scalar(select(JobRow.id).where(JobRow.key.in_(told)).limit(1)) is not None:
        return
    alert = NewJob(
        landlord=message.landlord,
        kind="alert",
        key=f"flood:{message.landlord}:{now.date()}:{message.party_id}",
        run_at=now,
        payload={"of": "flood", "what": f"the first is {first.reference}"},
    )
    enqueue(session, alert)
