"""Set, stop and resume the clocks of cases and hazards, and promise the reminders of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.domain.calendar import Calendar, OneOff, load_calendar
from intake.domain.case import Kind, Status
from intake.domain.clock import LONDON
from intake.domain.clocks import (
    ENDED_BY_ANY_ACKNOWLEDGEMENT,
    CaseClock,
    compute_clocks,
    find_end,
)
from intake.domain.correspondence import Correspondence, moments_of_letter, own_clocks
from intake.domain.landlord import RECEIPT, Landlord, last_moment, urgencies_of
from intake.domain.life import STAGE_1, STAGE_2
from intake.domain.moments import ClockName, Moment
from intake.domain.reminders import Due, Task, find_current, find_next, sooner
from intake.domain.working_days import WorkingDays
from intake.store.case_tables import ExtensionRow, HolidayRow, MomentRow
from intake.store.jobs import NewJob, Priority, enqueue
from intake.store.people_tables import CorrespondenceRow
from intake.store.rows import find
from intake.store.tables import CaseRow, ClockRow, HazardRow, MessageRow

#: Those of a hazard; awareness opens other windows too, which are a case's.
HAZARD_CLOCKS = frozenset(name for name in ClockName if name.startswith("hazard_"))
#: All that a case has which is no complaint: what acknowledges it promises no answer at a stage.
OTHERS_CLOCKS = ENDED_BY_ANY_ACKNOWLEDGEMENT
Moments = dict[Moment, date | datetime]
CALENDAR = "calendar"


def load_landlord_calendar(session: Session, landlord: str) -> Calendar:
    """Return the calendar we ship with the holidays that were announced since.

    It is looked up once a transaction, until `forget_calendar`.
    """
    known: Calendar | None = session.info.get((CALENDAR, landlord))
    if known is None:
        rows = find(session, HolidayRow, landlord=landlord)
        known = _with(tuple(OneOff(date=r.day, nation=r.nation, reason=r.reason) for r in rows))
        session.info[CALENDAR, landlord] = known
    return known


def forget_calendar(session: Session, landlord: str) -> None:
    """Look the calendar up anew: a holiday was added to it."""
    session.info.pop((CALENDAR, landlord), None)


def working_days(session: Session, landlord: Landlord) -> WorkingDays:
    """Return the working days of a landlord's nation."""
    return load_landlord_calendar(session, landlord.key).nations[landlord.nation]


def compute(
    session: Session, landlord: Landlord, moments: Mapping[Moment, date | datetime]
) -> list[CaseClock]:
    """Return the clocks that moments start or end, by the calendar as it is known today."""
    calendar = load_landlord_calendar(session, landlord.key)
    return compute_clocks(landlord.policy, moments, nation=landlord.nation, calendar=calendar)


def load_moments(session: Session, case: CaseRow) -> Moments:
    """Return what has happened to a case that starts or ends a clock; none for some kinds."""
    receipt = RECEIPT.get(case.kind)
    if receipt is None:
        return {}
    moments: Moments = {receipt: case.received_at}
    if case.seq == 0:  # it is being opened: nothing else has happened to it
        return moments
    noted = find(session, MomentRow, landlord=case.landlord, case_id=case.id)
    moments |= {row.name: row.at for row in noted}
    until = session.scalars(
        select(ExtensionRow.until)
        .where(
            ExtensionRow.landlord == case.landlord,
            ExtensionRow.case_id == case.id,
            ExtensionRow.stage == (STAGE_2 if Moment.STAGE2_REQUESTED in moments else STAGE_1),
            ExtensionRow.told_at.is_not(None),
        )
        .order_by(ExtensionRow.id.desc())
    ).first()
    return moments if until is None else moments | {Moment.EXTENDED_TO: until}


def note_moment(session: Session, case: CaseRow, name: Moment, when: date | datetime) -> None:
    """Write down when something happened, once: what has happened does not move."""
    known = select(MomentRow.id).where(MomentRow.case_id == case.id, MomentRow.name == name)
    if session.scalar(known) is None:
        session.add(MomentRow(landlord=case.landlord, case_id=case.id, name=name, at=when))
        session.flush()


def set_case_clocks(session: Session, case: CaseRow, landlord: Landlord, *, at: datetime) -> None:
    """Set the clocks of a case from what is known to have happened to it."""
    moments = load_moments(session, case)
    if moments:
        found = compute(session, landlord, moments)
        complaint = case.kind is Kind.COMPLAINT
        clocks = [clock for clock in found if complaint or clock.clock in OTHERS_CLOCKS]
        ends = {clock.clock: find_end(clock.clock, moments) for clock in clocks}
        quiet = is_quiet(session, case)
        _Clocks(session, landlord, at, quiet=quiet).set({"case_id": case.id}, clocks, ends)


def set_hazard_clocks(
    session: Session, hazard: HazardRow, landlord: Landlord, *, at: datetime
) -> None:
    """Set the clocks of a hazard, from the moment the landlord became aware of it."""
    urgencies = urgencies_of(
        hazard.category, landlord, emergency=hazard.emergency, aware_at=hazard.aware_at
    )
    moments: Moments = {Moment.AWARE: hazard.aware_at}
    if hazard.investigated_at is not None:
        moments[Moment.INVESTIGATED] = hazard.investigated_at
    calendar = load_landlord_calendar(session, landlord.key)
    for urgency in urgencies:
        found = compute_clocks(
            landlord.policy, moments, nation=landlord.nation, hazard=urgency, calendar=calendar
        )
        clocks = [clock for clock in found if clock.clock in HAZARD_CLOCKS]
        ends = {clock.clock: find_end(clock.clock, moments) for clock in clocks}
        quiet = is_quiet(session, hazard)
        _Clocks(session, landlord, at, quiet=quiet).set({"hazard_id": hazard.id}, clocks, ends)


def set_letter_clocks(
    session: Session, row: CorrespondenceRow, landlord: Landlord, *, at: datetime
) -> None:
    """Set the clocks of a letter from somebody who is not the resident."""
    letter = Correspondence(
        sender=row.sender,
        bearing=row.bearing,
        received_on=row.received_on,
        asked_by=row.asked_by,
        acknowledged_on=row.acknowledged_on,
    )
    moments = moments_of_letter(letter)
    clocks = own_clocks(letter, compute(session, landlord, moments))
    ends = {clock.clock: find_end(clock.clock, moments) for clock in clocks}
    _Clocks(session, landlord, at, quiet=False).set({"correspondence_id": row.id}, clocks, ends)


def stop_clocks(session: Session, owner: CaseRow | HazardRow, *, at: datetime) -> None:
    """End the running clocks of what needs no answer any more: neither met nor missed."""
    for row in load_clocks(session, owner):
        row.ended_at = row.ended_at or at


def resume_clocks(session: Session, case: CaseRow, landlord: Landlord, *, at: datetime) -> None:
    """Let the clocks run on that were stopped; those that were met or missed stay ended.

    Their dates are as they would be had they never stopped: a receipt may have moved meanwhile.
    From now on somebody is reminded of those that run, of an imported case's for the first time.
    """
    stopped = [row for row in load_clocks(session, case) if row.ended_at and row.met is None]
    for row in stopped:
        row.ended_at = None
    session.flush()
    set_case_clocks(session, case, landlord, at=at)
    message = session.get_one(MessageRow, case.message_id)
    for row in load_message_clocks(session, message) if message.imported else stopped:
        if row.ended_at is None and row.due_at is not None:
            look = f"{row.id}:resumed:{case.seq}"
            _promise_look(session, row, key=look, run_at=row.warned_at or row.due_at)


def end_clock(row: ClockRow, *, at: datetime) -> None:
    """End one clock that the moments of a case do not end: met if its day has not passed."""
    if row.ended_at is None:
        row.ended_at = at
        row.met = None if row.code is None else not _ends_before(row.code, at)
        row.met_target = None if row.target is None else not _ends_before(row.target, at)


def load_clocks(
    session: Session, owner: CaseRow | HazardRow | CorrespondenceRow
) -> Sequence[ClockRow]:
    """Return the clocks of a case, a hazard or a letter from outside."""
    whose = {CaseRow: "case_id", HazardRow: "hazard_id"}
    mine = {whose.get(type(owner), "correspondence_id"): owner.id}
    return find(session, ClockRow, landlord=owner.landlord, **mine)


def load_message_clocks(session: Session, message: MessageRow) -> Sequence[ClockRow]:
    """Return the clocks of the cases that a message opened, and of its hazards."""
    of = {"landlord": message.landlord, "message_id": message.id}
    cases, hazards = select(CaseRow.id).filter_by(**of), select(HazardRow.id).filter_by(**of)
    mine = or_(ClockRow.case_id.in_(cases), ClockRow.hazard_id.in_(hazards))
    return session.scalars(select(ClockRow).where(mine).order_by(ClockRow.id)).all()


def is_quiet(session: Session, owner: CaseRow | HazardRow) -> bool:
    """Whether nobody is to be alarmed: it came from an old mailbox, and nobody has triaged it."""
    if not session.get_one(MessageRow, owner.message_id).imported:
        return False
    decided = select(CaseRow.id).where(
        CaseRow.landlord == owner.landlord,
        CaseRow.message_id == owner.message_id,
        CaseRow.status != Status.AWAITING_TRIAGE,
    )
    return session.scalars(decided.limit(1)).first() is None


def promise_reminder(session: Session, row: ClockRow, days: WorkingDays, *, at: datetime) -> None:
    """Promise the next look at a running clock: at once where a reminder's time has come."""
    due = sooner((row.target, row.code))
    current = find_current(due, days, now=at)
    coming = is_due(row, current.at) if current else False
    run_at = at if coming else find_next(due, days, now=at).at
    _promise_look(session, row, key=f"{row.id}:{run_at.isoformat()}", run_at=run_at)


def promise_task(
    session: Session, case: CaseRow, task: Task, row_id: int, *, due: Due | None, at: datetime
) -> None:
    """Promise a look at what is to be done by a day; one at a day that has moved does nothing.

    A moment is named in UTC, as the record gives it back.
    """
    if due is None:
        return
    day = (due.astimezone(UTC) if isinstance(due, datetime) else due).isoformat()
    when = at.isoformat()
    payload = {"task": task, "row_id": row_id, "case_id": case.id, "due": day, "at": when}
    look = NewJob(
        landlord=case.landlord,
        kind="remind",
        key=f"{task}:{row_id}:{day}:{when}",
        run_at=at,
        payload=payload,
    )
    enqueue(session, look)


def is_due(row: ClockRow, at: datetime) -> bool:
    """Whether staff have heard nothing of a clock since a reminder's time came."""
    return row.warned_at is None or row.warned_at < at


def _promise_look(session: Session, row: ClockRow, *, key: str, run_at: datetime) -> None:
    job = NewJob(
        landlord=row.landlord,
        kind="remind",
        key=key,
        run_at=run_at,
        payload={"clock_id": row.id},
        priority=Priority.HAZARD if row.hazard_id is not None else Priority.LIVE,
    )
    enqueue(session, job)


@lru_cache(maxsize=64)
def _with(one_offs: tuple[OneOff, ...]) -> Calendar:
    return load_calendar().adding(one_offs) if one_offs else load_calendar()


def _ends_before(day: date | datetime, at: datetime) -> bool:
    if isinstance(day, datetime):
        return day < at
    return day < at.astimezone(LONDON).date()


class _Clocks:
    """Writes the clocks of one owner as they stand, and promises the reminders of them."""

    def __init__(self, session: Session, landlord: Landlord, at: datetime, *, quiet: bool) -> None:
        self._session, self._landlord, self._at = session, landlord, at
        self._quiet = quiet

    def set(
        self,
        owner: dict[str, int],
        clocks: Sequence[CaseClock],
        ends: Mapping[ClockName, date | datetime | None],
    ) -> None:
        key = self._landlord.key
        known = {row.name: row for row in find(self._session, ClockRow, landlord=key, **owner)}
        for clock in clocks:
            row = known.get(clock.clock) or ClockRow(landlord=key, name=clock.clock, **owner)
            if row.ended_at is None:  # a closed result never changes
                self._write(row, clock, ends[clock.clock])

    def _write(self, row: ClockRow, clock: CaseClock, end: date | datetime | None) -> None:
        due_at = last_moment(clock)
        if due_at != row.due_at:
            # Whoever sets a date that is still to come knows of it: only what follows is news.
            news = due_at is None or due_at < self._at
            row.warned, row.warned_at = None, None if news else self._at
        row.starts, row.target, row.code = clock.starts, clock.target, clock.code
        row.provisional, row.extended = clock.provisional, clock.extended
        row.projected, row.rule, row.why = clock.projected, clock.rule, clock.why
        row.met, row.met_target = clock.met, clock.met_target
        row.backstop, row.due_at = clock.backstop, due_at
        row.ended_at = None if end is None else _instant(end)
        self._session.add(row)
        self._session.flush()
        if row.ended_at is None and due_at is not None and not self._quiet:
            days = working_days(self._session, self._landlord)
            promise_reminder(self._session, row, days, at=self._at)


def _instant(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=LONDON)
