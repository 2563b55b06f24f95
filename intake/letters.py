"""Promise a letter, or take the promise back while it can still be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.domain.case import HEARD, Action, Status, move
from intake.domain.letter import NOT_GONE, PENDING, LetterKind, LetterState
from intake.domain.people import Addressee
from intake.domain.reply import REACTIONS
from intake.store.copies import copy_key, find_copies, load_copy, load_original
from intake.store.jobs import NewJob, enqueue
from intake.store.people import find_addressee
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow, MessageRow

OUT_OF_REACH = "There is no e-mail address: give it to the resident another way."
NO_COPY = "Whoever it was for may not have it any more, or has another address."


class LetterGoneError(Exception):
    """The letter is on its way or has gone: it cannot be taken back."""


@dataclass(frozen=True, kw_only=True)
class Promised:
    """By whom a letter is promised, when it goes at the soonest, and where if not as usual."""

    by: str
    send_at: datetime
    to: Addressee | None = None


def promise_letter(
    session: Session, message: MessageRow, kind: LetterKind, *, by: str, send_at: datetime
) -> LetterRow:
    """Promise one letter for all cases of a message, unless it was promised before.

    A letter to nobody's mail address is `BY_HAND`: a person gives it another way.
    """
    letter = find_letter(session, message.landlord, message.id, kind)
    if letter is None:
        letter = _new(message, kind, _key(message.id, kind))
    elif letter.state is not LetterState.WITHDRAWN:
        return letter
    cases = _spoken_for(session, message)
    first = next(iter(cases), None)
    _promise(session, letter, message, Promised(by=by, send_at=send_at), case=first)
    for case in cases:
        _speak_for(session, letter, case)
    return letter


def promise_case_letter(
    session: Session, case: CaseRow, kind: LetterKind, promised: Promised
) -> LetterRow:
    """Promise a letter about one case at its stage, once for each decision that it tells."""
    of_message = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    message = session.scalars(select(MessageRow).where(*of_message)).one()
    told = (
        LetterCaseRow.landlord == case.landlord,
        LetterCaseRow.case_id == case.id,
        LetterCaseRow.stage == case.stage,
        LetterCaseRow.kind == kind,
    )
    count = session.scalar(select(func.count()).select_from(LetterCaseRow).where(*told)) or 0
    letter = _new(message, kind, f"case:{case.id}:{case.stage}:{kind}:{count + 1}")
    _promise(session, letter, message, promised, case=case)
    _speak_for(session, letter, case)
    return letter


def promise_copy(session: Session, letter: LetterRow, *, at: datetime) -> None:
    """Promise the copy of a letter that has reached its reader, once for each who has one.

    Where no confirmed address is known, a person gives it: its clock is nobody's, the task is.
    """
    cases = load_letter_cases(session, letter)
    copy = load_copy(session, letter, cases)
    if copy is None:
        return
    key = copy_key(letter, copy.address)
    mine = (LetterRow.landlord == letter.landlord, LetterRow.key == key)
    known = session.scalars(select(LetterRow).where(*mine).with_for_update()).one_or_none()
    if known is not None and known.state is not LetterState.WITHDRAWN:
        return
    of_message = (MessageRow.landlord == letter.landlord, MessageRow.id == letter.message_id)
    message = session.scalars(select(MessageRow).where(*of_message)).one()
    row = known or _new(message, LetterKind.COPY, key)
    to = Addressee(address=copy.address, why=copy.why)
    promised = Promised(by=letter.by, send_at=at, to=to)
    _promise(session, row, message, promised, case=min(cases, key=lambda case: case.place))
    for case in cases:
        if known is None:
            _speak_for(session, row, case)
        event = move(case.kind, case.status, Action.PROMISE_LETTER, by=HEARD, at=at, note=copy.told)
        add_event(session, case, event)


def withdraw_letter(session: Session, landlord: str, message_id: int, kind: LetterKind) -> None:
    """Take back a letter that waits; where none was promised there is nothing to do.

    Raises:
        LetterGoneError: it is on its way or has gone.
    """
    letter = find_letter(session, landlord, message_id, kind)
    if letter is None or letter.state is LetterState.WITHDRAWN:
        return
    take_back(letter)
    spoken_for = (LetterCaseRow.landlord == landlord, LetterCaseRow.letter_id == letter.id)
    session.execute(delete(LetterCaseRow).where(*spoken_for))


def take_back(letter: LetterRow) -> None:
    """Take back a letter that waits.

    Raises:
        LetterGoneError: it is on its way or has gone.
    """
    if letter.state not in NOT_GONE:
        raise LetterGoneError("the letter is on its way or has gone")
    letter.state = LetterState.WITHDRAWN


def load_letter_cases(session: Session, letter: LetterRow) -> list[CaseRow]:
    """Return the cases that a letter speaks for, locked."""
    spoken_for = select(LetterCaseRow.case_id).where(
        LetterCaseRow.landlord == letter.landlord, LetterCaseRow.letter_id == letter.id
    )
    mine = (CaseRow.landlord == letter.landlord, CaseRow.id.in_(spoken_for))
    return list(
        session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update())
    )


def readdress(session: Session, case: CaseRow) -> None:
    """Let the letters about a case that have not gone go to whoever may have them now.

    A copy for somebody who may not have it any more is no longer anybody's task.
    """
    of_message = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    message = session.scalars(select(MessageRow).where(*of_message)).one()
    shared = find_letter(session, case.landlord, message.id, LetterKind.ACKNOWLEDGEMENT)
    first = next(iter(_spoken_for(session, message)), None)
    letters = [*find_case_letters(session, case)]
    if shared is not None and first is case:
        letters.append(shared)
    for letter in letters:
        if letter.kind in REACTIONS:
            continue  # it answers somebody else
        addressee = find_addressee(session, message, case, letter.kind)
        if letter.state in NOT_GONE and (not letter.to or letter.to != addressee.address):
            same = Promised(by=letter.by, send_at=letter.send_at)
            _promise(session, letter, message, same, case=case)
    for copy in find_copies(session, case, NOT_GONE):
        if (
            load_copy(session, load_original(session, copy), load_letter_cases(session, copy))
            is None
        ):
            copy.state, copy.proof = LetterState.WITHDRAWN, NO_COPY


def find_letter(
    session: Session, landlord: str, message_id: int, kind: LetterKind
) -> LetterRow | None:
    """Return the letter of that kind for a message, locked, where there is one."""
    mine = (LetterRow.landlord == landlord, LetterRow.key == _key(message_id, kind))
    return session.scalars(select(LetterRow).where(*mine).with_for_update()).one_or_none()


def find_case_letters(session: Session, case: CaseRow) -> Sequence[LetterRow]:
    """Return the letters about one case alone, locked, the oldest first."""
    mine = (LetterRow.landlord == case.landlord, LetterRow.key.startswith(f"case:{case.id}:"))
    found = select(LetterRow).where(*mine).order_by(LetterRow.id).with_for_update()
    return session.scalars(found).all()


def has_letter(session: Session, case: CaseRow, kind: LetterKind) -> bool:
    """Whether a letter of that kind about one case was promised, and not taken back."""
    found = find_case_letters(session, case)
    return any(each.kind is kind and each.state is not LetterState.WITHDRAWN for each in found)


def find_pending(session: Session, case: CaseRow) -> LetterRow | None:
    """Return the letter about one case alone that has yet to reach the resident, if any."""
    found = [each for each in find_case_letters(session, case) if each.state in PENDING]
    return found[-1] if found else None


def _key(message_id: int, kind: LetterKind) -> str:
    return f"message:{message_id}:{kind}"


def _new(message: MessageRow, kind: LetterKind, key: str) -> LetterRow:
    facts = {"message_id": message.id, "kind": kind, "key": key}
    return LetterRow(landlord=message.landlord, promise=0, own_id="", **facts)


def _promise(
    session: Session,
    letter: LetterRow,
    message: MessageRow,
    promised: Promised,
    *,
    case: CaseRow | None,
) -> None:
    addressee = promised.to or find_addressee(session, message, case, letter.kind)
    letter.to, letter.by, letter.send_at = addressee.address, promised.by, promised.send_at
    letter.promise += 1
    letter.state = LetterState.WAITING if letter.to else LetterState.BY_HAND
    letter.proof = None if letter.to else addressee.why or OUT_OF_REACH
    session.add(letter)
    session.flush()
    if letter.state is LetterState.WAITING:
        job = NewJob(
            landlord=letter.landlord,
            kind="letter",
            key=f"{letter.id}:{letter.promise}",
            run_at=letter.send_at,
            payload={"letter_id": letter.id, "promise": letter.promise},
        )
        enqueue(session, job)


def _speak_for(session: Session, letter: LetterRow, case: CaseRow) -> None:
    spoken_for = {"letter_id": letter.id, "case_id": case.id, "stage": case.stage}
    session.add(LetterCaseRow(landlord=letter.landlord, kind=letter.kind, **spoken_for))


def _spoken_for(session: Session, message: MessageRow) -> list[CaseRow]:
    mine = (
        CaseRow.landlord == message.landlord,
        CaseRow.message_id == message.id,
        CaseRow.part == 1,  # what was raised later has letters of its own
        CaseRow.status != Status.RECORDED_IN_ERROR,
    )
    cases = session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id))
    return sorted(cases, key=lambda case: case.place)
