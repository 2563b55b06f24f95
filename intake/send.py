"""Step five: a letter leaves, and the record says so."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, load_issues, set_case_clocks
from intake.domain.case import Action, Kind, Status, move
from intake.domain.clock import LONDON
from intake.domain.clocks import compute_clocks
from intake.domain.landlord import Landlord, moments_of
from intake.domain.letter import LetterKind, LetterState, Matter, write_letter
from intake.domain.moments import ClockName
from intake.mail.compose import Threading, compose
from intake.store.jobs import Job, finish
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow, MessageRow


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
            return _write(session, letter, landlord, now)
        if letter.state is LetterState.SENDING:
            _note_unknown(session, letter, now)
    finish(session, job)
    return None


def put_back(session: Session, job: Job) -> None:
    """The mail server could not take the letter now: it waits again, and nothing has gone."""
    _letter(session, job).state = LetterState.WAITING


def record_sent(
    session: Session, job: Job, answer: str, landlord: Landlord, *, now: datetime
) -> None:
    """The letter has gone: keep the proof, end the acknowledgement clock, start the response's."""
    letter = _letter(session, job)
    letter.state, letter.sent_at, letter.proof = LetterState.SENT, now, answer
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        for case in _complaints(session, letter):
            event = move(
                case.kind, case.status, Action.ACKNOWLEDGE, by="heard", at=now, note=answer
            )
            add_event(session, case, event)
            set_case_clocks(session, case, landlord, acknowledged_at=now)
    finish(session, job)


def record_refused(session: Session, job: Job, why: str, *, now: datetime) -> None:
    """The other side will never take the letter: a person must see to it."""
    letter = _letter(session, job)
    letter.state, letter.proof = LetterState.FAILED, why
    _note(session, letter, Action.LETTER_NOT_SENT, why, now=now)
    finish(session, job)


def record_unknown(session: Session, job: Job, *, now: datetime) -> None:
    """Nobody knows whether the letter went: a person must find out."""
    _note_unknown(session, _letter(session, job), now)
    finish(session, job)


def _write(session: Session, letter: LetterRow, landlord: Landlord, now: datetime) -> Outgoing:
    message = _message(session, letter)
    domain = landlord.sender.rpartition("@")[2]
    letter.own_id = letter.own_id or f"<heard.{token_hex(12)}@{domain}>"
    matters = tuple(_matter(session, case, landlord, now) for case in _cases(session, letter))
    text = write_letter(
        letter.kind, matters, landlord, message.reference, on=now.astimezone(LONDON).date()
    )
    thread = Threading(own_id=letter.own_id, answers=message.own_id, chain=tuple(message.answers))
    letter.raw = compose(text, sender=landlord.sender, to=letter.to, thread=thread, date=now)
    letter.state = LetterState.SENDING
    return Outgoing(own_id=letter.own_id, to=letter.to, sender=landlord.sender, raw=letter.raw)


def _matter(session: Session, case: CaseRow, landlord: Landlord, now: datetime) -> Matter:
    moments = moments_of(case.kind, case.received_at, now)
    clocks = compute_clocks(landlord.policy, moments, nation=landlord.nation) if moments else []
    answers = [c for c in clocks if c.clock == ClockName.STAGE_1_RESPONSE]
    return Matter(
        kind=case.kind,
        reference=case.reference,
        received_at=case.received_at,
        issues=tuple(issue.words for issue in load_issues(session, case)),
        outcome=case.outcome_sought or "",
        not_responsible=case.not_responsible or "",
        answer_by=answers[0].target or answers[0].code if answers else None,
    )


def _note_unknown(session: Session, letter: LetterRow, now: datetime) -> None:
    letter.state = LetterState.UNKNOWN
    letter.proof = "The mail server did not say whether it took the letter."
    _note(session, letter, Action.LETTER_UNKNOWN, letter.proof, now=now)


def _note(session: Session, letter: LetterRow, action: Action, why: str, *, now: datetime) -> None:
    for case in _cases(session, letter):
        event = move(case.kind, case.status, action, by="heard", at=now, note=why)
        add_event(session, case, event)


def _letter(session: Session, job: Job) -> LetterRow:
    mine = (LetterRow.landlord == job.landlord, LetterRow.id == job.payload["letter_id"])
    return session.scalars(select(LetterRow).where(*mine).with_for_update()).one()


def _message(session: Session, letter: LetterRow) -> MessageRow:
    mine = (MessageRow.landlord == letter.landlord, MessageRow.id == letter.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()


def _cases(session: Session, letter: LetterRow) -> list[CaseRow]:
    spoken_for = select(LetterCaseRow.case_id).where(
        LetterCaseRow.landlord == letter.landlord, LetterCaseRow.letter_id == letter.id
    )
    mine = (CaseRow.landlord == letter.landlord, CaseRow.id.in_(spoken_for))
    return list(
        session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update())
    )


def _complaints(session: Session, letter: LetterRow) -> list[CaseRow]:
    return [
        case
        for case in _cases(session, letter)
        if case.kind is Kind.COMPLAINT and case.status is Status.LOGGED
    ]
