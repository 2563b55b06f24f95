"""See to a hazard: record what was done about it, or dismiss it with a reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import speaking_case
from intake.clocks import end_clock, load_clocks, set_hazard_clocks, stop_clocks
from intake.domain.case import Action, OvertakenError
from intake.domain.landlord import Landlord
from intake.domain.moments import ClockName, Work
from intake.domain.triage import IncompleteError
from intake.press import Press, begin, last_event, move_case
from intake.store.tables import CaseRow, HazardRow

#: The clocks that each ends. An investigation also starts those of what follows it.
ENDS = {
    Work.MADE_SAFE: (ClockName.HAZARD_EMERGENCY,),
    Work.INVESTIGATED: (),
    Work.SUMMARY_SENT: (ClockName.HAZARD_SUMMARY,),
    Work.WORK_DONE: (
        ClockName.HAZARD_SAFETY_WORK,
        ClockName.HAZARD_FURTHER_WORK_BEGIN,
        ClockName.HAZARD_FURTHER_WORK_START,
        ClockName.HAZARD_ACCOMMODATION,
    ),
}


class HazardNotFoundError(LookupError):
    """This landlord has no such hazard in that message."""


def dismiss(session: Session, press: Press, *, hazard_id: int, reason: str, at: datetime) -> None:
    """Find that a hazard is none, for a reason that is kept with who said so and when.

    Raises:
        IncompleteError: there is no reason.
        HazardNotFoundError: the message speaks of no such hazard.
        OvertakenError: it was dismissed before, or somebody was first.
    """
    found = _begin(session, press, hazard_id)
    if found is None:
        return
    case, hazard = found
    if not reason.strip():
        raise IncompleteError({"note": "Say why it is no hazard"})
    move_case(session, case, Action.DISMISS_HAZARD, press, at=at, note=f"{_name(hazard)}: {reason}")
    hazard.dismissed_by, hazard.dismissed_at, hazard.dismissed_reason = press.by, at, reason
    stop_clocks(session, hazard, at=at)


def record_work(
    session: Session, press: Press, landlord: Landlord, *, hazard_id: int, work: Work, at: datetime
) -> None:
    """Record what was done about a hazard; it ends the clocks of that, and may start others.

    Raises:
        HazardNotFoundError: the message speaks of no such hazard.
        OvertakenError: it was dismissed, or somebody was first.
    """
    found = _begin(session, press, hazard_id)
    if found is None:
        return
    case, hazard = found
    move_case(session, case, Action.RECORD_HAZARD, press, at=at, note=f"{_name(hazard)}: {work}")
    if work is Work.INVESTIGATED and hazard.investigated_at is None:
        hazard.investigated_at = at
        set_hazard_clocks(session, hazard, landlord, at=at)
    for clock in load_clocks(session, hazard):
        if clock.name in ENDS[work]:
            end_clock(clock, at=at)


def _begin(session: Session, press: Press, hazard_id: int) -> tuple[CaseRow, HazardRow] | None:
    cases = begin(session, press)
    if cases is None:
        return None
    mine = (
        HazardRow.landlord == press.landlord,
        HazardRow.message_id == press.message_id,
        HazardRow.id == hazard_id,
    )
    hazard = session.scalars(select(HazardRow).where(*mine).with_for_update()).one_or_none()
    if hazard is None:
        raise HazardNotFoundError(f"no hazard {hazard_id} in message {press.message_id}")
    if hazard.dismissed_at is not None:
        raise OvertakenError("the hazard was dismissed", last_event(session, cases))
    return speaking_case(session, hazard), hazard


def _name(hazard: HazardRow) -> str:
    return hazard.category or "emergency"
