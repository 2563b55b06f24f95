"""Remind staff of a clock whose date is near or past, and call them together each morning.

A job is a look: it does what is due when it runs, once, and promises the next look. So a look
that runs late catches up with one reminder, and one for a date that has moved does nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, speaking_case
from intake.clocks import is_due, is_quiet, promise_reminder, promise_task, working_days
from intake.domain.case import HEARD, Action, Status, move, said
from intake.domain.landlord import Landlord
from intake.domain.moments import ClockName, Warned
from intake.domain.reminders import (
    Nudge,
    Task,
    find_current,
    find_next,
    find_told,
    last_digest,
    next_digest,
    sooner,
)
from intake.domain.triage import is_blind
from intake.store.jobs import Job, NewJob, Priority, enqueue, finish
from intake.store.outcome_tables import MoneyRow, RestrictionRow
from intake.store.people_tables import AdjustmentRow, BreachRow, CorrespondenceRow
from intake.store.tables import CaseRow, ClockRow, EventRow, HazardRow

WORDS = {
    Warned.TWO_DAYS: "is due in two working days",
    Warned.SOON: "is due soon",
    Warned.TODAY: "is due today",
    Warned.OVERDUE: "is overdue",
}
#: Where each task stands: its table, the day by which it is to be done, and what says that it was.
TASKS: Mapping[Task, tuple[Any, Any, Any]] = {
    Task.PAYMENT: (MoneyRow, MoneyRow.pay_by, MoneyRow.paid_on),
    Task.ADJUSTMENT: (AdjustmentRow, AdjustmentRow.review_on, AdjustmentRow.ended_at),
    Task.RESTRICTION: (RestrictionRow, RestrictionRow.review_on, RestrictionRow.ended_at),
    Task.BREACH: (BreachRow, BreachRow.report_by, BreachRow.decided_at),
}


def remind(session: Session, job: Job, landlord: Landlord, *, now: datetime) -> None:
    """Say of a clock that its date is near or past, where nobody has been told, and look again.

    Of one that has ended nothing is said, and of an imported one not before it was triaged. What
    else is to be done by a day is looked at in the same way.
    """
    if "task" in job.payload:
        _look_at_task(session, job, landlord, now=now)
        finish(session, job)
        return
    found = _locked(session, job)
    if found is not None:
        owner, case, clock = found
        if clock.ended_at is None and clock.due_at is not None and not is_quiet(session, owner):
            days = working_days(session, landlord)
            due = sooner((clock.target, clock.code))
            reminder = find_current(due, days, now=now)
            if reminder is not None and is_due(clock, reminder.at):
                clock.warned, clock.warned_at = reminder.what, now
                _tell(session, case, clock, landlord, now=now)
            promise_reminder(session, clock, days, at=now)
    finish(session, job)


def _look_at_task(session: Session, job: Job, landlord: Landlord, *, now: datetime) -> None:
    """Remind of a task that nobody has done; one for a day that has moved is another look's."""
    facts = job.payload
    task, row_id = Task(facts["task"]), int(facts["row_id"])
    whose = (CaseRow.landlord == job.landlord, CaseRow.id == facts["case_id"])
    case = session.scalars(select(CaseRow).where(*whose).with_for_update()).one()
    due = _find_due(session, case, task, row_id)
    if due is None or due.isoformat() != facts["due"]:
        return
    days = working_days(session, landlord)
    reminder = find_current(due, days, now=now)
    # Whoever sets a day knows of it: only what comes after that is news.
    if reminder is not None and reminder.at >= datetime.fromisoformat(facts["at"]):
        _note(session, case, _Note(name=task, what=reminder.what, due=due), landlord, now=now)
    look = find_next(due, days, now=now).at
    promise_task(session, case, task, row_id, due=due, at=look)


def _find_due(session: Session, case: CaseRow, task: Task, row_id: int) -> date | datetime | None:
    """By when a task is to be done; none where it was. A purge waits for what is to be done."""
    table, day, done = TASKS[task]
    mine = (table.landlord == case.landlord, table.id == row_id, done.is_(None))
    due: date | datetime | None = session.scalar(select(day).where(*mine))
    return due


def load_nudge(job: Job) -> Nudge:
    """Return what a promised reminder says."""
    facts = job.payload
    name = facts["clock"]
    return Nudge(
        reference=facts["reference"],
        clock=ClockName(name) if name in set(ClockName) else Task(name),
        what=Warned(facts["what"]),
        due=facts["due"],
        told=tuple(facts["told"]),
        blind=facts.get("blind", False),
    )


def promise_digests(session: Session, landlords: Iterable[Landlord], *, now: datetime) -> None:
    """Promise each landlord's next morning digest, unless it is promised; at each start."""
    for landlord in landlords:
        days = working_days(session, landlord)
        _promise_digest(session, landlord, next_digest(days, landlord.digest_at, now=now), now)


def begin_digest(session: Session, job: Job, landlord: Landlord, *, now: datetime) -> bool:
    """Promise the next digest; whether this one is still the latest, else it ends here.

    After days without work one digest catches up, and it is the latest.
    """
    days = working_days(session, landlord)
    latest = last_digest(days, landlord.digest_at, now=now)
    promise_digests(session, [landlord], now=now)
    if job.payload["day"] < _day(latest):
        _promise_digest(session, landlord, latest, now)
        finish(session, job)
        return False
    return True


def promise_checkpoint(session: Session, landlord: str, *, run_at: datetime) -> None:
    """Promise that the audit trail is signed, once a day."""
    checkpoint = NewJob(
        landlord=landlord,
        kind="checkpoint",
        key=f"{landlord}:{run_at.date().isoformat()}",
        run_at=run_at,
        priority=Priority.BULK,
    )
    enqueue(session, checkpoint)


def _promise_digest(session: Session, landlord: Landlord, at: datetime, now: datetime) -> None:
    digest = NewJob(
        landlord=landlord.key,
        kind="digest",
        key=f"{landlord.key}:{_day(at)}",
        run_at=max(at, now),
        payload={"day": _day(at), "since": max(at, now).isoformat()},
    )
    enqueue(session, digest)


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _locked(session: Session, job: Job) -> tuple[CaseRow | HazardRow, CaseRow, ClockRow] | None:
    """The clock of a job, locked after its case, as all others lock them."""
    mine = (ClockRow.landlord == job.landlord, ClockRow.id == job.payload["clock_id"])
    clock = session.scalars(select(ClockRow).where(*mine)).one_or_none()
    if clock is None:
        return None
    owner: CaseRow | HazardRow
    if clock.hazard_id is not None:
        owner = session.get_one(HazardRow, clock.hazard_id)
        case = speaking_case(session, owner)
    else:
        case_id = clock.case_id
        if clock.correspondence_id is not None:  # of a letter about the case
            case_id = session.get_one(CorrespondenceRow, clock.correspondence_id).case_id
        whose = (CaseRow.landlord == job.landlord, CaseRow.id == case_id)
        owner = case = session.scalars(select(CaseRow).where(*whose).with_for_update()).one()
    session.refresh(clock, with_for_update=True)
    return owner, case, clock


def _tell(
    session: Session, case: CaseRow, clock: ClockRow, landlord: Landlord, *, now: datetime
) -> None:
    """Remind of a clock."""
    note = _Note(
        name=ClockName(clock.name),
        what=clock.warned or Warned.OVERDUE,
        due=sooner((clock.target, clock.code)),
        blind=clock.case_id is not None and _is_blind(case),
        priority=Priority.HAZARD if clock.hazard_id is not None else Priority.LIVE,
    )
    _note(session, case, note, landlord, now=now)


@dataclass(frozen=True, kw_only=True)
class _Note:
    """What one reminder says."""

    name: ClockName | Task
    what: Warned
    due: date | datetime
    blind: bool = False
    priority: Priority = Priority.LIVE


def _note(
    session: Session, case: CaseRow, said_of: _Note, landlord: Landlord, *, now: datetime
) -> None:
    """Write a reminder down, with whom it is for, and promise to carry it there."""
    told = find_told(said_of.what, owner=_owner(session, case), manager=landlord.manager)
    to = " and ".join(told) or "whoever is there"
    note = f"{said(said_of.name)} {WORDS[said_of.what]}: told {to}"
    add_event(
        session, case, move(case.kind, case.status, Action.REMIND, by=HEARD, at=now, note=note)
    )
    payload: dict[str, Any] = {
        "reference": case.reference,
        "clock": said_of.name,
        "what": said_of.what,
        "due": said_of.due.isoformat(),
        "told": list(told),
        "blind": said_of.blind,
        "since": now.isoformat(),
    }
    nudge = NewJob(
        landlord=case.landlord,
        kind="nudge",
        key=f"{case.id}:{case.seq}",
        run_at=now,
        payload=payload,
        priority=said_of.priority,
    )
    enqueue(session, nudge)


def _is_blind(case: CaseRow) -> bool:
    """Whether staff are still to decide what it is, without seeing what is proposed."""
    return case.status is Status.AWAITING_TRIAGE and is_blind(case.message_id)


def _owner(session: Session, case: CaseRow) -> str:
    """Whose the case is: whoever confirmed it last; nobody's while it awaits triage."""
    confirmed = (
        EventRow.landlord == case.landlord,
        EventRow.case_id == case.id,
        EventRow.action == Action.CONFIRM,
    )
    by = select(EventRow.by).where(*confirmed).order_by(EventRow.seq.desc()).limit(1)
    return session.scalar(by) or ""
