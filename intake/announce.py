"""Record a newly announced bank holiday, and move the dates that it moves."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, speaking_case
from intake.clocks import (
    forget_calendar,
    load_clocks,
    set_case_clocks,
    set_hazard_clocks,
    set_letter_clocks,
)
from intake.domain.calendar import OneOff
from intake.domain.case import Action, move, said
from intake.domain.landlord import Landlord
from intake.domain.moments import ClockName
from intake.store.base import Day
from intake.store.case_tables import HolidayRow
from intake.store.people_tables import CorrespondenceRow
from intake.store.tables import CaseRow, ClockRow, HazardRow

Dates = Mapping[str, tuple[Day | None, Day | None]]
Owner = CaseRow | HazardRow | CorrespondenceRow


def announce(
    session: Session, landlord: Landlord, holiday: OneOff, *, by: str, at: datetime
) -> int:
    """Keep a holiday for a landlord, and return how many open clocks it moved, an event each.

    A closed result stays as it is, and a holiday that is known moves nothing.
    """
    known = select(HolidayRow.id).where(
        HolidayRow.landlord == landlord.key,
        HolidayRow.day == holiday.date,
        HolidayRow.nation == holiday.nation,
    )
    if session.scalar(known) is not None:
        return 0
    facts = {"day": holiday.date, "nation": holiday.nation, "reason": holiday.reason}
    session.add(HolidayRow(landlord=landlord.key, by=by, at=at, **facts))
    session.flush()
    forget_calendar(session, landlord.key)
    return sum(
        _move(session, owner, landlord, holiday, by=by, at=at) for owner in _open(session, landlord)
    )


def _open(session: Session, landlord: Landlord) -> list[Owner]:
    """Return the cases, hazards and letters from outside of which a clock runs."""
    running = (ClockRow.landlord == landlord.key, ClockRow.ended_at.is_(None))
    of_cases = select(ClockRow.case_id).where(*running, ClockRow.case_id.is_not(None))
    of_hazards = select(ClockRow.hazard_id).where(*running, ClockRow.hazard_id.is_not(None))
    cases = select(CaseRow).where(CaseRow.landlord == landlord.key, CaseRow.id.in_(of_cases))
    hazards = select(HazardRow).where(
        HazardRow.landlord == landlord.key, HazardRow.id.in_(of_hazards)
    )
    of_letters = select(ClockRow.correspondence_id).where(*running)
    letters = select(CorrespondenceRow).where(
        CorrespondenceRow.landlord == landlord.key,
        CorrespondenceRow.id.in_(of_letters.where(ClockRow.correspondence_id.is_not(None))),
    )
    return [
        *session.scalars(cases.order_by(CaseRow.id).with_for_update()),
        *session.scalars(hazards.order_by(HazardRow.id).with_for_update()),
        *session.scalars(letters.order_by(CorrespondenceRow.id).with_for_update()),
    ]


def _move(
    session: Session,
    owner: Owner,
    landlord: Landlord,
    holiday: OneOff,
    *,
    by: str,
    at: datetime,
) -> int:
    before = _dates(session, owner)
    if isinstance(owner, CaseRow):
        case = owner
        set_case_clocks(session, owner, landlord, at=at)
    elif isinstance(owner, CorrespondenceRow):
        mine = (CaseRow.landlord == owner.landlord, CaseRow.id == owner.case_id)
        case = session.scalars(select(CaseRow).where(*mine).with_for_update()).one()
        set_letter_clocks(session, owner, landlord, at=at)
    else:
        case = speaking_case(session, owner)
        set_hazard_clocks(session, owner, landlord, at=at)
    changes = _changes(before, _dates(session, owner))
    for change in changes:
        note = f"{holiday.date} is a bank holiday ({holiday.reason}): {change}"
        event = move(case.kind, case.status, Action.RECALCULATE, by=by, at=at, note=note)
        add_event(session, case, event)
    return len(changes)


def _dates(session: Session, owner: Owner) -> Dates:
    return {row.name: (row.target, row.code) for row in load_clocks(session, owner)}


def _changes(before: Dates, after: Dates) -> list[str]:
    return [
        f"{said(ClockName(name))} moves from {_days(before[name])} to {_days(dates)}"
        for name, dates in after.items()
        if name in before and before[name] != dates
    ]


def _days(dates: tuple[Day | None, Day | None]) -> str:
    return " and ".join(day.isoformat() for day in dict.fromkeys(dates) if day is not None)
