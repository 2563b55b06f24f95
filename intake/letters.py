"""Promise a letter, or take the promise back while it can still be undone."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.domain.case import Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow, MessageRow

#: The stage that the letters of a first message belong to.
STAGE_1 = 1
OUT_OF_REACH = "There is no e-mail address: give it to the resident another way."


class LetterGoneError(Exception):
    """The letter is on its way or has gone: it cannot be taken back."""


def promise_letter(
    session: Session, message: MessageRow, kind: LetterKind, *, by: str, send_at: datetime
) -> LetterRow:
    """Promise one letter for all cases of a message, unless it was promised before.

    A letter to nobody's mail address is `BY_HAND`: a person gives it another way.
    """
    letter = find_letter(session, message.landlord, message.id, kind)
    if letter is None:
        letter = LetterRow(landlord=message.landlord, message_id=message.id, kind=kind, promise=0)
        letter.own_id = ""
        session.add(letter)
    elif letter.state is not LetterState.WITHDRAWN:
        return letter
    letter.to, letter.by, letter.send_at = message.reply_to, by, send_at
    letter.promise += 1
    letter.state = LetterState.WAITING if letter.to else LetterState.BY_HAND
    letter.proof = None if letter.to else OUT_OF_REACH
    session.flush()
    for case in _spoken_for(session, message):
        spoken_for = {"letter_id": letter.id, "case_id": case.id, "stage": STAGE_1}
        session.add(LetterCaseRow(landlord=letter.landlord, kind=kind, **spoken_for))
    if letter.state is LetterState.WAITING:
        _enqueue_sending(session, letter)
    return letter


def withdraw_letter(session: Session, landlord: str, message_id: int, kind: LetterKind) -> None:
    """Take back a letter that waits; where none was promised there is nothing to do.

    Raises:
        LetterGoneError: it is on its way or has gone.
    """
    letter = find_letter(session, landlord, message_id, kind)
    if letter is None or letter.state is LetterState.WITHDRAWN:
        return
    if letter.state not in {LetterState.WAITING, LetterState.BY_HAND}:
        raise LetterGoneError("the letter is on its way or has gone")
    letter.state = LetterState.WITHDRAWN
    spoken_for = (LetterCaseRow.landlord == landlord, LetterCaseRow.letter_id == letter.id)
    session.execute(delete(LetterCaseRow).where(*spoken_for))


def find_letter(
    session: Session, landlord: str, message_id: int, kind: LetterKind
) -> LetterRow | None:
    """Return the letter of that kind for a message, locked, where there is one."""
    mine = (
        LetterRow.landlord == landlord,
        LetterRow.message_id == message_id,
        LetterRow.kind == kind,
    )
    return session.scalars(select(LetterRow).where(*mine).with_for_update()).one_or_none()


def _spoken_for(session: Session, message: MessageRow) -> list[CaseRow]:
    mine = (
        CaseRow.landlord == message.landlord,
        CaseRow.message_id == message.id,
        CaseRow.status != Status.RECORDED_IN_ERROR,
    )
    cases = session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id))
    return sorted(cases, key=lambda case: (case.kind is not Kind.COMPLAINT, case.id))


def _enqueue_sending(session: Session, letter: LetterRow) -> None:
    job = NewJob(
        landlord=letter.landlord,
        kind="letter",
        key=f"{letter.id}:{letter.promise}",
        run_at=letter.send_at,
        payload={"letter_id": letter.id, "promise": letter.promise},
    )
    enqueue(session, job)
