"""What follows once a letter has reached the resident: the move, the moment, the clocks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.clocks import note_moment, set_case_clocks, stop_clocks
from intake.domain.case import ENDED, TRANSITIONS, Action, CaseEvent, Kind, move
from intake.domain.landlord import Landlord
from intake.domain.letter import MOVES, LetterKind
from intake.domain.life import STAGE_1
from intake.domain.moments import Moment
from intake.store.case_tables import ExtensionRow
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow

#: Which moment it is, at stage 1 and at stage 2.
MOMENTS = {
    Action.ACKNOWLEDGE: (Moment.ACKNOWLEDGED, Moment.STAGE2_ACKNOWLEDGED),
    Action.RESPOND: (Moment.RESPONDED, Moment.STAGE2_RESPONDED),
}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who told the resident, when, and what proves it; `press` where a press did."""

    by: str
    at: datetime
    proof: str
    press: str | None = None


def record_told(session: Session, letter: LetterRow, landlord: Landlord, telling: Telling) -> None:
    """Do what the letter's arrival does to the cases that it speaks for."""
    action = MOVES.get(letter.kind)
    if action is None:
        return
    for case in load_letter_cases(session, letter):
        if case.kind is not Kind.COMPLAINT or (case.status, action) not in TRANSITIONS[case.kind]:
            continue  # spoken of beside the complaint, or gone on since
        by = letter.by if action is Action.REFUSE else telling.by
        event = move(case.kind, case.status, action, by=by, at=telling.at, note=telling.proof)
        if letter.kind is LetterKind.EXTENSION:
            _extend(session, letter, telling.at)
        apply(session, case, event, landlord, press=telling.press)


def apply(
    session: Session,
    case: CaseRow,
    event: CaseEvent,
    landlord: Landlord,
    *,
    press: str | None = None,
) -> None:
    """Write down an event, and the moment and the clocks that it makes."""
    if event.action in MOMENTS:
        name = MOMENTS[event.action][case.stage - STAGE_1]
        note_moment(session, case, name, event.at)
    if event.after in ENDED:
        case.stood = event.before if event.before not in ENDED else case.stood
    add_event(session, case, event, press=press)
    set_case_clocks(session, case, landlord, at=event.at)
    if event.after in ENDED:
        stop_clocks(session, case, at=event.at)


def load_letter_cases(session: Session, letter: LetterRow) -> list[CaseRow]:
    """Return the cases that a letter speaks for, locked."""
    spoken_for = select(LetterCaseRow.case_id).where(
        LetterCaseRow.landlord == letter.landlord, LetterCaseRow.letter_id == letter.id
    )
    mine = (CaseRow.landlord == letter.landlord, CaseRow.id.in_(spoken_for))
    return list(
        session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update())
    )


def _extend(session: Session, letter: LetterRow, at: datetime) -> None:
    mine = (ExtensionRow.landlord == letter.landlord, ExtensionRow.letter_id == letter.id)
    session.scalars(select(ExtensionRow).where(*mine)).one().told_at = at
    session.flush()
