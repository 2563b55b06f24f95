"""Whose a message is, as its card says it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.domain.life import STAGE_1
from intake.domain.moments import ClockName
from intake.domain.thread import Standing, Why
from intake.domain.thread_line import CaseName, Further, StageTwo, ThreadLine
from intake.store.base import Day
from intake.store.tables import CaseMessageRow, CaseRow, ClockRow, MessageRow
from intake.store.thread_tables import SuggestionRow
from intake.store.threads import load_thread


def load_thread_line(session: Session, message: MessageRow) -> ThreadLine | None:
    """Return how a message stands; none for those older than that question."""
    thread = load_thread(session, message.landlord, message.id)
    if thread is None:
        return None
    joined = _joined(session, message) if thread.standing is Standing.JOINED else ()
    return ThreadLine(
        standing=thread.standing,
        way=thread.way,
        rung=thread.rung,
        passed_on=bool(thread.forwarder),
        proven=thread.proven,
        why_automatic=thread.why_automatic,
        joined=joined,
        suggested=() if joined else _suggested(session, message),
        requests=_requests(session, message),
        seq=thread.seq,
        by=thread.by,
        at=thread.at,
    )


def load_further(session: Session, message: MessageRow) -> Further:
    """Return how many messages came to the cases of a message after it, and the last."""
    opened = select(CaseRow.id).where(
        CaseRow.landlord == message.landlord, CaseRow.message_id == message.id
    )
    later = (
        CaseMessageRow.landlord == message.landlord,
        CaseMessageRow.case_id.in_(opened),
        CaseMessageRow.message_id != message.id,
    )
    counted = func.count(MessageRow.id.distinct()), func.max(MessageRow.received_at)
    found = select(*counted).join(CaseMessageRow, CaseMessageRow.message_id == MessageRow.id)
    count, last_at = session.execute(found.where(*later)).one()
    return Further(count=count, last_at=last_at)


def _joined(session: Session, message: MessageRow) -> tuple[CaseName, ...]:
    part_of = select(CaseMessageRow.case_id).where(
        CaseMessageRow.landlord == message.landlord, CaseMessageRow.message_id == message.id
    )
    others = (CaseRow.landlord == message.landlord, CaseRow.message_id != message.id)
    found = select(CaseRow).where(*others, CaseRow.id.in_(part_of)).order_by(CaseRow.id)
    return tuple(
        CaseName(id=case.id, reference=case.reference, kind=case.kind, status=case.status)
        for case in session.scalars(found)
    )


def _suggested(session: Session, message: MessageRow) -> tuple[CaseName, ...]:
    found = (
        select(SuggestionRow, CaseRow)
        .join(CaseRow, CaseRow.id == SuggestionRow.case_id)
        .where(
            SuggestionRow.landlord == message.landlord,
            CaseRow.landlord == message.landlord,
            SuggestionRow.message_id == message.id,
        )
        .order_by(SuggestionRow.id)
    )
    return tuple(
        CaseName(
            id=case.id,
            reference=case.reference,
            kind=case.kind,
            status=case.status,
            why=row.why,
        )
        for row, case in session.execute(found)
    )


def _requests(session: Session, message: MessageRow) -> tuple[StageTwo, ...]:
    """The complaints of which a message asks for stage 2, where nobody has decided."""
    mine = (SuggestionRow.landlord == message.landlord, SuggestionRow.message_id == message.id)
    asked = select(SuggestionRow.case_id).where(*mine, SuggestionRow.why == Why.STAGE_2)
    undecided = (CaseRow.landlord == message.landlord, CaseRow.stage == STAGE_1)
    found = select(CaseRow).where(*undecided, CaseRow.id.in_(asked)).order_by(CaseRow.id)
    return tuple(
        StageTwo(
            case=CaseName(id=c.id, reference=c.reference, kind=c.kind, status=c.status),
            acknowledge_by=_acknowledge_by(session, c),
        )
        for c in session.scalars(found)
    )


def _acknowledge_by(session: Session, case: CaseRow) -> Day | None:
    mine = (ClockRow.landlord == case.landlord, ClockRow.case_id == case.id)
    running = (ClockRow.name == ClockName.STAGE_2_ACKNOWLEDGEMENT, ClockRow.ended_at.is_(None))
    clock = session.scalars(select(ClockRow).where(*mine, *running)).one_or_none()
    return None if clock is None else clock.code or clock.target
