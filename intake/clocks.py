"""Set, stop and resume the clocks of cases and hazards, and promise the reminders of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.domain.calendar import Calendar, OneOff, load_calendar
from intake.domain.clock import LONDON
from intake.domain.clocks import CaseClock, compute_clocks, find_end
from intake.domain.landlord import RECEIPT, Landlord, last_moment, urgencies_of, warn_at
from intake.domain.moments import ClockName, Moment, Warned
from intake.domain.working_days import WorkingDays
from intake.store.case_tables import ExtensionRow, HolidayRow, MomentRow
from intake.store.jobs import NewJob, Priority, enqueue
from intake.store.tables import CaseRow, ClockRow, HazardRow

#: Those of a hazard; awareness opens other windows too, which are a case's.
HAZARD_CLOCKS = frozenset(name for name in ClockName if name.startswith("hazard_"))
Moments = dict[Moment, date | datetime]


def load_landlord_calendar(session: Session, landlord: str) -> Calendar:
    """Return the calendar we ship with the holidays that were announced since."""
    found = select(HolidayRow).where(HolidayRow.landlord == landlord).order_by(HolidayRow.id)
    rows = session.scalars(found)
    return _with(tuple(OneOff(date=r.day, nation=r.nation, reason=r.reason) for r in rows))


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
    mine = (MomentRow.landlord == case.landlord, MomentRow.case_id == case.id)
    moments: Moments = {receipt: case.received_at}
    moments |= {row.name: row.at for row in session.scalars(select(MomentRow).where(*mine))}
    until = session.scalars(
        select(ExtensionRow.until)
        .where(
            ExtensionRow.landlord == case.landlord,
            ExtensionRow.case_id == case.id,
            ExtensionRow.stage == case.stage,
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
        clocks = compute(session, landlord, moments)
        ends = {clock.clock: find_end(clock.clock, moments) for clock in clocks}
        _Clocks(session, landlord, at).set({"case_id": case.id}, clocks, ends)


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
        _Clocks(session, landlord, at).set({"hazard_id": hazard.id}, clocks, ends)


def stop_clocks(session: Session, owner: CaseRow | HazardRow, *, at: datetime) -> None:
    """End the running clocks of what needs no answer any more: neither met nor missed."""
    for row in load_clocks(session, owner):
        row.ended_at = row.ended_at or at


def resume_clocks(session: Session, case: CaseRow) -> None:
    """Let the clocks run on that were stopped; those that were met or missed stay ended."""
    for row in load_clocks(session, case):
        row.ended_at = row.ended_at if row.met is not None else None


def end_clock(row: ClockRow, *, at: datetime) -> None:
    """End one clock that the moments of a case do not end: met if its day has not passed."""
    if row.ended_at is None:
        row.ended_at = at
        row.met = None if row.code is None else not _ends_before(row.code, at)
        row.met_target = None if row.target is None else not _ends_before(row.target, at)


def load_clocks(session: Session, owner: CaseRow | HazardRow) -> Sequence[ClockRow]:
    """Return the clocks of a case or hazard."""
    whose = ClockRow.case_id if isinstance(owner, CaseRow) else ClockRow.hazard_id
    mine = (ClockRow.landlord == owner.landlord, whose == owner.id)
    return session.scalars(select(ClockRow).where(*mine).order_by(ClockRow.id)).all()


@lru_cache(maxsize=64)
def _with(one_offs: tuple[OneOff, ...]) -> Calendar:
    return load_calendar().adding(one_offs) if one_offs else load_calendar()


def _ends_before(day: date | datetime, at: datetime) -> bool:
    if isinstance(day, datetime):
        return day < at
    return day < at.astimezone(LONDON).date()


class _Clocks:
    """Writes the clocks of one owner as they stand, and promises the reminders of them."""

    def __init__(self, session: Session, landlord: Landlord, at: datetime) -> None:
        self._session, self._landlord, self._at = session, landlord, at

    def set(
        self,
        owner: dict[str, int],
        clocks: Sequence[CaseClock],
        ends: Mapping[ClockName, date | datetime | None],
    ) -> None:
        key = self._landlord.key
        [(column, owner_id)] = owner.items()
        mine = (ClockRow.landlord == key, getattr(ClockRow, column) == owner_id)
        known = {row.name: row for row in self._session.scalars(select(ClockRow).where(*mine))}
        for clock in clocks:
            row = known.get(clock.clock) or ClockRow(landlord=key, name=clock.clock, **owner)
            if row.ended_at is None:  # a closed result never changes
                self._write(row, clock, ends[clock.clock])

    def _write(self, row: ClockRow, clock: CaseClock, end: date | datetime | None) -> None:
        due_at = last_moment(clock)
        if due_at != row.due_at:
            row.warned = None
        row.starts, row.target, row.code = clock.starts, clock.target, clock.code
        row.provisional, row.extended = clock.provisional, clock.extended
        row.projected, row.rule, row.why = clock.projected, clock.rule, clock.why
        row.met, row.met_target = clock.met, clock.met_target
        row.backstop, row.due_at = clock.backstop, due_at
        row.ended_at = None if end is None else _instant(end)
        self._session.add(row)
        self._session.flush()
        if row.ended_at is None and due_at is not None:
            self._promise_reminders(row, due_at)

    def _promise_reminders(self, row: ClockRow, due_at: datetime) -> None:
        days = working_days(self._session, self._landlord)
        dates = [day for day in (row.target, row.code) if day is not None]
        soon = warn_at(dates, days)
        for warned, run_at in ((Warned.SOON, soon), (Warned.OVERDUE, due_at)):
            if run_at <= self._at and warned is Warned.SOON:
                continue  # it starts with less time than that: nobody needs telling twice
            job = NewJob(
                landlord=row.landlord,
                kind="remind",
                key=f"{row.id}:{due_at.isoformat()}:{warned}",
                run_at=max(run_at, self._at),
                payload={"clock_id": row.id, "due_at": due_at.isoformat(), "warned": warned},
                priority=Priority.HAZARD if row.hazard_id is not None else Priority.LIVE,
            )
            enqueue(self._session, job)


def _instant(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=LONDON)
