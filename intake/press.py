"""A press of a button: it counts once, and only on the record that it was drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import CaseNotFoundError, add_event, lock_cases
from intake.domain import case as rules
from intake.domain.around import BARE
from intake.domain.case import (
    Action,
    CaseEvent,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.letter import LetterKind
from intake.letters import LetterGoneError, find_pending, withdraw_letter
from intake.store.tables import CaseRow, EventRow
from intake.store.thread_tables import ThreadRow
from intake.store.threads import has_cases, lock_thread

CHANGED = "the record has changed since"
A_LETTER_WAITS = "a letter to the resident waits: take it back, or say that it was given"


@dataclass(frozen=True, kw_only=True)
class Press:
    """One press of a button. `key` tells a repeat of it from a second press."""

    landlord: str
    message_id: int
    #: The state of the record that the button was drawn from.
    version: int
    by: str
    key: str


def begin(session: Session, press: Press) -> list[CaseRow] | None:
    """Return the locked cases of a message, or none where this very press was made before.

    A message that opened none is locked by what is known of whose it is.

    Raises:
        CaseNotFoundError: this landlord has no such message.
        OvertakenError: somebody else has changed the record since the button was drawn.
    """
    thread = lock_thread(session, press.landlord, press.message_id)
    caseless = thread is not None and not has_cases(session, press.landlord, press.message_id)
    if thread is not None and caseless:
        return _begin_caseless(thread, press)
    cases = lock_cases(session, press.landlord, press.message_id)
    made = (EventRow.landlord == press.landlord, EventRow.press == press.key)
    if session.scalars(select(EventRow.id).where(*made).limit(1)).first() is not None:
        return None
    settled = thread.seq if thread is not None else 0
    if sum(case.seq for case in cases) + settled != press.version:
        raise OvertakenError(CHANGED, last_event(session, cases))
    return cases


def _begin_caseless(thread: ThreadRow, press: Press) -> list[CaseRow] | None:
    if thread.seq == press.version:
        return []
    if thread.by == press.by or thread.by is None or thread.at is None:
        return None  # the same person's press, made before
    here = Status.AWAITING_TRIAGE
    seen = Action.FOLLOW_UP
    last = CaseEvent(action=seen, before=here, after=here, by=thread.by, at=thread.at)
    raise OvertakenError(CHANGED, last)


def pick(cases: Sequence[CaseRow], case_id: int) -> CaseRow:
    """Return one of the cases of a message.

    Raises:
        CaseNotFoundError: it is not among them.
    """
    for case in cases:
        if case.id == case_id:
            return case
    raise CaseNotFoundError(f"no case {case_id} of that message")


def move_case(
    session: Session, case: CaseRow, action: Action, press: Press, *, at: datetime, note: str = ""
) -> None:
    """Do one thing to a case and write it down, in the name of whoever pressed.

    Raises:
        ForbiddenError: the Code forbids it.
        OvertakenError: the case does not stand where it could be done.
    """
    try:
        event = rules.move(case.kind, case.status, action, by=press.by, at=at, note=note)
    except rules.ForbiddenError:
        raise
    except InvalidTransitionError as error:
        raise OvertakenError(str(error), last_event(session, [case])) from error
    add_event(session, case, event, press=press.key)


def last_event(session: Session, cases: Sequence[CaseRow]) -> CaseEvent:
    """Return what happened last to any of the cases.

    Raises:
        CaseNotFoundError: there are none, as of a machine's mail.
    """
    if not cases:
        raise CaseNotFoundError("that message has no case")
    ids = [case.id for case in cases]
    mine = (EventRow.landlord == cases[0].landlord, EventRow.case_id.in_(ids))
    row = session.scalars(select(EventRow).where(*mine).order_by(EventRow.id.desc())).first()
    if row is None:
        raise LookupError(f"case {ids} has no events")
    return CaseEvent(action=row.action, before=row.before, after=row.after, by=row.by, at=row.at)


@dataclass(frozen=True, kw_only=True)
class CasePress(Press):
    """A press about one of the cases of a message."""

    case_id: int


def begin_case(session: Session, press: CasePress) -> CaseRow | None:
    """Return the case that a press is about, locked, or none where it was made before.

    Raises:
        CaseNotFoundError: this landlord has no such case.
        OvertakenError: somebody else has changed the record, or a letter has yet to arrive.
    """
    cases = begin(session, press)
    if cases is None:
        return None
    case = pick(cases, press.case_id)
    if find_pending(session, case) is not None:
        raise OvertakenError(A_LETTER_WAITS, last_event(session, [case]))
    return case


def begin_aside(session: Session, press: CasePress) -> CaseRow | None:
    """Return the case of a press for what is noted around it, even while a letter waits.

    Raises:
        CaseNotFoundError: this landlord has no such case.
        OvertakenError: somebody else has changed the record, or nobody has said what it is.
    """
    cases = begin(session, press)
    if cases is None:
        return None
    case = pick(cases, press.case_id)
    if case.status in BARE:
        raise OvertakenError("say first what the message is", last_event(session, [case]))
    return case


def free_of_acknowledgement(session: Session, case: CaseRow) -> None:
    """Take back the acknowledgement that a complaint's message waits for, as it ends otherwise.

    Raises:
        OvertakenError: it is on its way.
    """
    first = case.kind is Kind.COMPLAINT and case.part == 1  # later parts have letters of their own
    if first and case.status is Status.LOGGED and case.stage == 1:
        try:
            withdraw_letter(session, case.landlord, case.message_id, LetterKind.ACKNOWLEDGEMENT)
        except LetterGoneError as error:
            raise OvertakenError(str(error), last_event(session, [case])) from error
