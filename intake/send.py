"""Step five: a letter leaves, and the record says so."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, lock_cases
from intake.domain.case import HEARD, Action, move
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterState
from intake.mail.compose import Threading, compose
from intake.store.jobs import Job, check_lease, finish
from intake.store.tables import LetterRow, MessageRow
from intake.told import Telling, load_letter_cases, record_told
from intake.words import TooLateError, write


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One letter, ready to be carried."""

    own_id: str
    to: str = field(repr=False)
    sender: str = field(repr=False)
    raw: bytes = field(repr=False)


def start_sending(
    session: Session, job: Job, landlord: Landlord, *, now: datetime
) -> Outgoing | None:
    """Write the letter that is due and note that it is being sent; none where none is to go.

    A letter that is being sent already was left by a worker that died: nobody knows whether it
    went, and it is not sent again by itself.
    """
    letter = _letter(session, job)
    if letter.promise == job.payload["promise"]:
        if letter.state is LetterState.WAITING:
            try:
                return _write(session, letter, landlord, now)
            except TooLateError as error:
                _note_failed(session, letter, str(error), now)
        if letter.state is LetterState.SENDING:
            _note_unknown(session, letter, now)
    finish(session, job)
    return None


def put_back(session: Session, job: Job) -> None:
    """The mail server could not take the letter now: it waits again, and nothing has gone.

    Raises:
        LeaseLostError: the job is another worker's now, and so is the letter.
    """
    letter = _letter(session, job)
    check_lease(session, job)
    if letter.state is LetterState.SENDING:
        letter.state = LetterState.WAITING


def record_sent(
    session: Session, job: Job, answer: str, landlord: Landlord, *, now: datetime
) -> None:
    """The letter has gone: keep the proof, and do what its arrival does to its cases."""
    letter = _letter(session, job)
    letter.state, letter.sent_at, letter.proof = LetterState.SENT, now, answer
    record_told(session, letter, landlord, Telling(by=HEARD, at=now, proof=answer))
    finish(session, job)


def record_refused(session: Session, job: Job, why: str, *, now: datetime) -> None:
    """The other side will never take the letter: a person must see to it."""
    _note_failed(session, _letter(session, job), why, now)
    finish(session, job)


def record_unknown(session: Session, job: Job, *, now: datetime) -> None:
    """Nobody knows whether the letter went: a person must find out."""
    _note_unknown(session, _letter(session, job), now)
    finish(session, job)


def _write(session: Session, letter: LetterRow, landlord: Landlord, now: datetime) -> Outgoing:
    message = _message(session, letter)
    domain = landlord.sender.rpartition("@")[2]
    letter.own_id = letter.own_id or f"<heard.{token_hex(12)}@{domain}>"
    words = write(session, letter, message, landlord, now=now)
    letter.shown = words.shown.text
    thread = Threading(own_id=letter.own_id, answers=message.own_id, chain=tuple(message.answers))
    letter.raw = compose(words.sent, sender=landlord.sender, to=letter.to, thread=thread, date=now)
    letter.state = LetterState.SENDING
    return Outgoing(own_id=letter.own_id, to=letter.to, sender=landlord.sender, raw=letter.raw)


def _note_failed(session: Session, letter: LetterRow, why: str, now: datetime) -> None:
    letter.state, letter.proof = LetterState.FAILED, why
    _note(session, letter, Action.LETTER_NOT_SENT, why, now=now)


def _note_unknown(session: Session, letter: LetterRow, now: datetime) -> None:
    letter.state = LetterState.UNKNOWN
    letter.proof = "The mail server did not say whether it took the letter."
    _note(session, letter, Action.LETTER_UNKNOWN, letter.proof, now=now)


def _note(session: Session, letter: LetterRow, action: Action, why: str, *, now: datetime) -> None:
    for case in load_letter_cases(session, letter):
        event = move(case.kind, case.status, action, by=HEARD, at=now, note=why)
        add_event(session, case, event)


def _letter(session: Session, job: Job) -> LetterRow:
    """The letter of a job, locked after its cases: whoever decides locks them in that order."""
    mine = (LetterRow.landlord == job.landlord, LetterRow.id == job.payload["letter_id"])
    message_id = session.scalars(select(LetterRow.message_id).where(*mine)).one()
    lock_cases(session, job.landlord, message_id)
    return session.scalars(select(LetterRow).where(*mine).with_for_update()).one()


def _message(session: Session, letter: LetterRow) -> MessageRow:
    mine = (MessageRow.landlord == letter.landlord, MessageRow.id == letter.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()
