"""What waits for a landlord's staff, as the record says."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.domain.case import Status
from intake.domain.clock import LONDON
from intake.domain.digest import Digest, Owed, Running, sort_dates
from intake.domain.letter import NEEDS_A_PERSON
from intake.domain.moments import ClockName
from intake.domain.triage import is_blind
from intake.domain.working_days import WorkingDays
from intake.store.case_tables import ActionRow
from intake.store.pen import count_pen, waits
from intake.store.tables import (
    CaseRow,
    ClockRow,
    DeliveryRow,
    HazardRow,
    HoldingPenRow,
    LetterRow,
    MessageRow,
)


def load_digest(session: Session, landlord: str, days: WorkingDays, *, now: datetime) -> Digest:
    """Return what waits for a landlord's staff at this moment."""
    today = now.astimezone(LONDON).date()
    owed = (
        select(CaseRow.reference, ActionRow.owner, ActionRow.due)
        .join(CaseRow, CaseRow.id == ActionRow.case_id)
        .where(ActionRow.landlord == landlord, ActionRow.done_at.is_(None), ActionRow.due < today)
        .order_by(ActionRow.due, ActionRow.id)
    )
    letters = (
        select(MessageRow.reference)
        .join(LetterRow, LetterRow.message_id == MessageRow.id)
        .where(LetterRow.landlord == landlord, LetterRow.state.in_(NEEDS_A_PERSON))
        .order_by(LetterRow.send_at, LetterRow.id)
    )
    return Digest(
        day=today,
        dates=sort_dates(_running(session, landlord), days, now=now),
        owed=tuple(Owed(reference=r, owner=o, due=d) for r, o, d in session.execute(owed)),
        letters=tuple(session.scalars(letters)),
        pen=count_pen(session, landlord) - _old_in_pen(session, landlord),
        untriaged=_untriaged(session, landlord, MessageRow.imported.is_(False)),
        imported=_untriaged(session, landlord, MessageRow.imported.is_(True)),
    )


def _running(session: Session, landlord: str) -> Iterator[Running]:
    """The running clocks that may alarm somebody, with the case in whose history they stand."""
    runs = (
        ClockRow.landlord == landlord,
        ClockRow.ended_at.is_(None),
        (MessageRow.imported.is_(False)) | (CaseRow.status != Status.AWAITING_TRIAGE),
    )
    of_cases = (
        select(CaseRow.reference, ClockRow.name, ClockRow.due_at, CaseRow.status, MessageRow.id)
        .join(CaseRow, CaseRow.id == ClockRow.case_id)
        .join(MessageRow, MessageRow.id == CaseRow.message_id)
        .where(*runs)
    )
    of_hazards = (
        select(func.min(CaseRow.reference), ClockRow.name, ClockRow.due_at)
        .join(HazardRow, HazardRow.id == ClockRow.hazard_id)
        .join(MessageRow, MessageRow.id == HazardRow.message_id)
        .join(CaseRow, CaseRow.message_id == MessageRow.id)
        .where(*runs, CaseRow.status != Status.RECORDED_IN_ERROR)
        .group_by(ClockRow.id, ClockRow.name, ClockRow.due_at)
    )
    for reference, name, due_at, status, message_id in session.execute(of_cases):
        if due_at is not None:
            blind = status is Status.AWAITING_TRIAGE and is_blind(message_id)
            clock = ClockName(name)
            yield Running(reference=reference, clock=clock, due_at=due_at, blind=blind)
    for reference, name, due_at in session.execute(of_hazards):
        if due_at is not None:
            yield Running(reference=reference, clock=ClockName(name), due_at=due_at)


def _old_in_pen(session: Session, landlord: str) -> int:
    """How much of what lies in the pen comes from an old mailbox: nobody waits for that."""
    old = (HoldingPenRow.landlord == landlord, DeliveryRow.envelope["imported"].as_boolean())
    found = (
        select(func.count(HoldingPenRow.id))
        .join(DeliveryRow, DeliveryRow.id == HoldingPenRow.delivery_id)
        .where(waits(), *old)
    )
    return session.scalar(found) or 0


def _untriaged(session: Session, landlord: str, which: ColumnElement[bool]) -> int:
    waiting = (
        select(func.count(CaseRow.message_id.distinct()))
        .join(MessageRow, MessageRow.id == CaseRow.message_id)
        .where(CaseRow.landlord == landlord, CaseRow.status == Status.AWAITING_TRIAGE, which)
    )
    return session.scalar(waiting) or 0
