"""Floods: many messages from one address within the hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from intake.domain.case import Status
from intake.domain.sending import HOUR
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import CaseRow, JobRow, MessageRow

#: A person may write as often within the hour, about as many matters.
MOST = 10
#: What came from a writer after a moment, up to a message.
THEIRS = (
    MessageRow.landlord == bindparam("landlord"),
    MessageRow.party_id == bindparam("party_id"),
    MessageRow.id <= bindparam("message_id"),
    MessageRow.received_at > bindparam("after"),
    MessageRow.imported.is_(False),
)
COUNT = select(func.count(MessageRow.id)).where(*THEIRS)
OPENED = (
    select(CaseRow)
    .where(
        CaseRow.landlord == bindparam("landlord"),
        CaseRow.status != Status.RECORDED_IN_ERROR,
        CaseRow.message_id.in_(select(MessageRow.id).where(*THEIRS)),
    )
    .order_by(CaseRow.id)
)


def find_flood(session: Session, message: MessageRow) -> Sequence[CaseRow]:
    """Return the first case of all that came from a writer within the hour before a message.

    None where that is not too many: people write more than once, and of more than one matter. With
    the message that makes it too many, all the cases.
    """
    theirs = {
        "landlord": message.landlord,
        "party_id": message.party_id,
        "message_id": message.id,
        "after": message.received_at - HOUR,
    }
    count = session.scalar(COUNT, theirs) or 0
    if count <= MOST:
        return ()
    return session.scalars(OPENED.limit(1) if count > MOST + 1 else OPENED, theirs).all()


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
