"""Put something on record beside the stages of a case: it waits for no letter and moves nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.clocks import load_clocks, load_moments, note_moment, set_case_clocks
from intake.domain.case import (
    HEARD,
    TRANSITIONS,
    Action,
    InvalidTransitionError,
    OvertakenError,
    move,
)
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.life import STAGE_1
from intake.domain.moments import ClockName, Moment
from intake.domain.outcome import check_can_note
from intake.domain.thread import Why
from intake.domain.triage import IncompleteError
from intake.press import CasePress, Press, begin, begin_aside, last_event, move_case, pick
from intake.store.case_tables import MomentRow
from intake.store.outcome_tables import Noted
from intake.store.outlived import is_held
from intake.store.tables import CaseRow, MessageRow
from intake.store.thread_tables import SuggestionRow

#: What a request for stage 2 starts or ends.
OF_STAGE_2 = frozenset(
    {
        ClockName.STAGE_2_WINDOW,
        ClockName.STAGE_2_CONTACT,
        ClockName.STAGE_2_ACKNOWLEDGEMENT,
        ClockName.STAGE_2_RESPONSE,
    }
)


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


def find_answered(session: Session, cases: Sequence[CaseRow], *, by: datetime) -> CaseRow | None:
    """Return the first complaint among cases whose stage 1 was answered by then, and no more."""
    for case in cases:
        can = (case.status, Action.ESCALATE) in TRANSITIONS[case.kind]
        if can and case.stage == STAGE_1:
            responded = load_moments(session, case).get(Moment.RESPONDED)
            if responded is not None and london_day(responded) <= london_day(by):
                return case
    return None


def note_request(
    session: Session, case: CaseRow, message: MessageRow, landlord: Landlord, *, at: datetime
) -> None:
    """Let the clocks of stage 2 run from a message that reads as a request for it (Code 6.10).

    Only a person takes the complaint there, or finds that nobody asked.
    """
    about = {"message_id": message.id, "case_id": case.id, "why": Why.STAGE_2}
    session.add(SuggestionRow(landlord=case.landlord, **about))
    _count_from_first(session, case)
    note = f"message {message.reference} reads as a request for stage 2: its clocks run"
    _note(session, case, note, by=HEARD, at=at)
    set_case_clocks(session, case, landlord, at=at)


def find_requests(session: Session, case: CaseRow) -> list[SuggestionRow]:
    """Return which messages read as a request for stage 2 of a complaint, the earliest first."""
    mine = (SuggestionRow.landlord == case.landlord, SuggestionRow.case_id == case.id)
    found = (
        select(SuggestionRow)
        .join(MessageRow, MessageRow.id == SuggestionRow.message_id)
        .where(*mine, SuggestionRow.why == Why.STAGE_2)
        .order_by(MessageRow.received_at, MessageRow.id)
    )
    return list(session.scalars(found))


def drop_request(
    session: Session, case: CaseRow, press: Press, landlord: Landlord, *, at: datetime
) -> None:
    """A person found that the message of a press asks for no stage 2: what ran never began."""
    for row in find_requests(session, case):
        if row.message_id == press.message_id:
            session.delete(row)
    session.flush()
    _count_from_first(session, case)
    reference = session.get_one(MessageRow, press.message_id).reference
    note = f"message {reference} asks for no stage 2"
    _note(session, case, note, by=press.by, at=at)
    set_case_clocks(session, case, landlord, at=at)


def redate_requests(
    session: Session, message: MessageRow, landlord: Landlord, *, told: str, at: datetime
) -> None:
    """Let a request for stage 2 that nobody has decided count from its message's new receipt."""
    asked = select(SuggestionRow.case_id).where(
        SuggestionRow.landlord == message.landlord,
        SuggestionRow.message_id == message.id,
        SuggestionRow.why == Why.STAGE_2,
    )
    mine = (CaseRow.landlord == message.landlord, CaseRow.stage == STAGE_1)
    found = select(CaseRow).where(*mine, CaseRow.id.in_(asked)).order_by(CaseRow.id)
    for case in session.scalars(found.with_for_update()).all():
        _count_from_first(session, case)
        _note(session, case, f"message {message.reference}: {told}", by=HEARD, at=at)
        set_case_clocks(session, case, landlord, at=at)


def _count_from_first(session: Session, case: CaseRow) -> None:
    """Count from the earliest message that reads as a request; never from before the answer."""
    moments, day = load_moments(session, case), None
    for row in find_requests(session, case)[:1]:
        received_at = session.get_one(MessageRow, row.message_id).received_at
        day = london_day(
            max(received_at, moments.get(Moment.RESPONDED, received_at), key=london_day)
        )
    if moments.get(Moment.STAGE2_REQUESTED) == day:
        return
    forget_request(session, case)
    if day is not None:
        note_moment(session, case, Moment.STAGE2_REQUESTED, day)


def forget_request(session: Session, case: CaseRow) -> None:
    """Take back the moment of a request for stage 2 that nobody took up, and its clocks."""
    mine = (MomentRow.landlord == case.landlord, MomentRow.case_id == case.id)
    session.execute(delete(MomentRow).where(*mine, MomentRow.name == Moment.STAGE2_REQUESTED))
    for clock in load_clocks(session, case):
        if clock.name in OF_STAGE_2:
            session.delete(clock)
    session.flush()


def _note(session: Session, case: CaseRow, note: str, *, by: str, at: datetime) -> None:
    add_event(
        session, case, move(case.kind, case.status, Action.FOLLOW_UP, by=by, at=at, note=note)
    )


def hold(session: Session, press: CasePress, *, reason: str, at: datetime) -> None:
    """Put a case on legal hold: nothing of it, nor of what is linked to it, is removed.

    Raises:
        IncompleteError: it is not said why.
        OvertakenError: it is held already, or somebody was first.
    """
    _set_hold(session, press, Action.HOLD, reason=reason, at=at)


def release(session: Session, press: CasePress, *, reason: str, at: datetime) -> None:
    """End the legal hold of a case: it is kept from now on as long as any other.

    Raises:
        IncompleteError: it is not said why.
        OvertakenError: it is not held, or somebody was first.
    """
    _set_hold(session, press, Action.RELEASE, reason=reason, at=at)


def _set_hold(
    session: Session, press: CasePress, action: Action, *, reason: str, at: datetime
) -> None:
    case = begin_aside(session, press)
    if case is None:
        return
    if not reason.strip():
        raise IncompleteError({"note": "Say why, such as: a claim that may be made"})
    if is_held(session, case) is (action is Action.HOLD):
        told = "it is on legal hold" if action is Action.HOLD else "it is on no legal hold"
        raise OvertakenError(told, last_event(session, [case]))
    move_case(session, case, action, press, at=at, note=reason)
