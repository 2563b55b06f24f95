"""Remind staff of a clock that ends on the next working day, or has ended unmet."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, speaking_case
from intake.domain.case import HEARD, Action, move, said
from intake.domain.moments import ClockName, Warned
from intake.store.jobs import Job, finish
from intake.store.tables import CaseRow, ClockRow, HazardRow

WORDS = {Warned.SOON: "is due soon", Warned.OVERDUE: "is overdue"}


def remind(session: Session, job: Job, *, now: datetime) -> None:
    """Mark the clock, so that its card says so; one that ended or moved needs no reminder."""
    mine = (ClockRow.landlord == job.landlord, ClockRow.id == job.payload["clock_id"])
    clock = session.scalars(select(ClockRow).where(*mine).with_for_update()).one_or_none()
    warned = Warned(job.payload["warned"])
    if clock is not None and _still_runs(clock, job) and clock.warned != warned:
        clock.warned = warned
        note = f"{said(ClockName(clock.name))} {WORDS[warned]}"
        case = _case(session, clock)
        event = move(case.kind, case.status, Action.REMIND, by=HEARD, at=now, note=note)
        add_event(session, case, event)
    finish(session, job)


def _still_runs(clock: ClockRow, job: Job) -> bool:
    due_at = datetime.fromisoformat(job.payload["due_at"])
    return clock.ended_at is None and clock.due_at == due_at


def _case(session: Session, clock: ClockRow) -> CaseRow:
    if clock.hazard_id is not None:
        whose = (HazardRow.landlord == clock.landlord, HazardRow.id == clock.hazard_id)
        return speaking_case(session, session.scalars(select(HazardRow).where(*whose)).one())
    mine = (CaseRow.landlord == clock.landlord, CaseRow.id == clock.case_id)
    return session.scalars(select(CaseRow).where(*mine).with_for_update()).one()
