"""Put something on record beside the stages of a case: it waits for no letter and moves nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from intake.domain.case import Action, InvalidTransitionError, OvertakenError
from intake.domain.outcome import check_can_note
from intake.press import CasePress, begin, last_event, pick
from intake.store.outcome_tables import Noted
from intake.store.tables import CaseRow


def begin_beside(session: Session, press: CasePress, step: Action) -> CaseRow | None:
    """Return the case of a press, locked, even while a letter waits; none where it was made before.

    Raises:
        CaseNotFoundError: this landlord has no such case.
        OvertakenError: the case cannot have that step, or somebody else has changed the record.
    """
    cases = begin(session, press)
    if cases is None:
        return None
    case = pick(cases, press.case_id)
    check_step(session, case, step)
    return case


def check_step(session: Session, case: CaseRow, step: Action) -> None:
    """Refuse what a case of this kind has not, and say who acted last.

    Raises:
        OvertakenError: it has not.
    """
    try:
        check_can_note(step, case.kind, case.status)
    except InvalidTransitionError as error:
        raise OvertakenError(str(error), last_event(session, [case])) from error


def keep(session: Session, row: Noted, case: CaseRow, press: CasePress, *, at: datetime) -> None:
    """Keep what was put on record of a case, by whom and when."""
    row.landlord, row.case_id, row.by, row.at = case.landlord, case.id, press.by, at
    session.add(row)
