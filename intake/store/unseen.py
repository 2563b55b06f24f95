"""Messages that opened no case: answers, and what machines send. A person sees each once.

With them those that read as a request for stage 2 of another case, until a person decides.
"""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from intake.domain.case import Status
from intake.domain.life import STAGE_1
from intake.domain.thread import Why
from intake.store.tables import AssessmentRow, CaseRow
from intake.store.thread_tables import SuggestionRow, ThreadRow

Found = tuple[str, int]


def find_unseen(session: Session, *, most: int) -> list[Found]:
    """Return the messages that nobody has seen or decided, the oldest first."""
    unseen = select(ThreadRow.landlord, ThreadRow.message_id).where(*_unseen())
    rows = session.execute(unseen.order_by(ThreadRow.message_id).limit(max(most, 0)))
    return [(landlord, message_id) for landlord, message_id in rows]


def count_unseen(session: Session) -> int:
    """Return how many messages nobody has seen or decided."""
    return session.scalar(select(func.count(ThreadRow.id)).where(*_unseen())) or 0


def find_seen(session: Session, *, most: int) -> list[Found]:
    """Return the messages without a case that somebody has seen, the latest first."""
    seen = (ThreadRow.by.is_not(None), _caseless(), ~_asks_for_stage_2())
    found = select(ThreadRow.landlord, ThreadRow.message_id).where(*seen)
    rows = session.execute(found.order_by(ThreadRow.at.desc()).limit(max(most, 0)))
    return [(landlord, message_id) for landlord, message_id in rows]


def _unseen() -> tuple[ColumnElement[bool], ...]:
    assessed = ThreadRow.message_id.in_(select(AssessmentRow.message_id))
    return assessed, or_(and_(ThreadRow.by.is_(None), _caseless()), _asks_for_stage_2())


def _asks_for_stage_2() -> ColumnElement[bool]:
    """Those whose request nobody has decided; what they opened themselves is listed as such."""
    asked = (
        select(SuggestionRow.message_id)
        .join(CaseRow, CaseRow.id == SuggestionRow.case_id)
        .where(SuggestionRow.why == Why.STAGE_2, CaseRow.stage == STAGE_1)
    )
    listed = select(CaseRow.message_id).where(CaseRow.status == Status.AWAITING_TRIAGE)
    return and_(ThreadRow.message_id.in_(asked), ThreadRow.message_id.not_in(listed))


def _caseless() -> ColumnElement[bool]:
    return ThreadRow.message_id.not_in(select(CaseRow.message_id))
