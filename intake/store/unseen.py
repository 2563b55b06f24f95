"""Messages that opened no case: answers, and what machines send. A person sees each once."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.store.tables import AssessmentRow, CaseRow
from intake.store.thread_tables import ThreadRow

Found = tuple[str, int]


def find_unseen(session: Session, *, most: int) -> list[Found]:
    """Return the messages without a case that nobody has seen, the oldest first."""
    unseen = select(ThreadRow.landlord, ThreadRow.message_id).where(*_unseen())
    rows = session.execute(unseen.order_by(ThreadRow.message_id).limit(max(most, 0)))
    return [(landlord, message_id) for landlord, message_id in rows]


def count_unseen(session: Session) -> int:
    """Return how many messages without a case nobody has seen."""
    return session.scalar(select(func.count(ThreadRow.id)).where(*_unseen())) or 0


def find_seen(session: Session, *, most: int) -> list[Found]:
    """Return the messages without a case that somebody has seen, the latest first."""
    seen = (ThreadRow.by.is_not(None), _caseless())
    found = select(ThreadRow.landlord, ThreadRow.message_id).where(*seen)
    rows = session.execute(found.order_by(ThreadRow.at.desc()).limit(max(most, 0)))
    return [(landlord, message_id) for landlord, message_id in rows]


def _unseen() -> tuple[ColumnElement[bool], ...]:
    assessed = ThreadRow.message_id.in_(select(AssessmentRow.message_id))
    return ThreadRow.by.is_(None), assessed, _caseless()


def _caseless() -> ColumnElement[bool]:
    return ThreadRow.message_id.not_in(select(CaseRow.message_id))
