"""Step five: a letter leaves, and the record says so."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, lock_cases
from intake.domain.case import HEARD, Action, move
from intake.domain.case_letter import WITHOUT_CASE, MissingPartError
from intake.domain.identity import Content, Rung, may_send
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import is_mail_address
from intake.domain.sending import Limits, Withheld, can_wait, find_reason, is_owed
from intake.letters import NO_COPY, load_letter_cases, promise_copy
from intake.mail.compose import Threading, compose
from intake.mail.seal import Seal
from intake.store.copies import load_copy, load_original
from intake.store.hiding import cover_proof
from intake.store.jobs import DestinationError, Job, NewJob, check_lease, enqueue, finish
from intake.store.tables import LetterRow, MessageRow
from intake.store.threads import load_thread
from intake.store.traffic import load_traffic
from intake.told import Telling, record_told
from intake.words import TooLateError, write


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One letter, ready to be carried."""

    own_id: str
    to: str = field(repr=False)
    #: Who is told where it cannot be delivered: the envelope's sender.
    sender: str = field(repr=False)
    raw: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Under what a landlord's letters go out, besides its own name."""

    #: Seals the addresses and Message-IDs, by which answers and failures find their way.
    seal: Seal
    #: Our own address at which they arrive, and all that we have.
    intake: str
    own: Collection[str]
    limits: Limits = field(default_factory=Limits)
    #: Whether the envelope's sender is sealed too: some mail servers take no such sender.
    sealed_sender: bool = True


def start_sending(
    session: Session, job: Job, landlord: Landlord, sending: Sending, *, now: datetime
) -> Outgoing | None:
    """Write the letter that is due and note that it is being sent; none where none is to go.

    A letter that is being sent already was left by a worker that died: nobody knows whether it
    went, and it is not sent again by itself. One beyond the limits is withheld.

    Raises:
        DestinationError: too many have gone within the hour; it goes later.
    """
    letter = _letter(session, job)
    if letter.promise == job.payload["promise"]:
        if letter.state is LetterState.WAITING:
            try:
                outgoing = _send_or_withhold(session, letter, landlord, sending, now=now)
            except (TooLateError, MissingPartError) as error:
                outgoing = None
                _note_failed(session, letter, str(error), now)
            if outgoing is not None:
                return outgoing
        if letter.state is LetterState.SENDING:
            _note_unknown(session, letter, now)
    finish(session, job)
    return None


def put_back(session: Session, job: Job, why: str) -> None:
    """The mail server could not take the letter now: it waits again, and nothing has gone.

    Raises:
        LeaseLostError: the job is another worker's now, and so is the letter.
    """
    letter = _letter(session, job)
    check_lease(session, job)
    if letter.state is LetterState.SENDING:
        letter.state, letter.proof = LetterState.WAITING, why


def record_sent(
    session: Session, job: Job, answer: str, landlord: Landlord, *, now: datetime
) -> None:
    """The letter has gone: keep the proof, and do what its arrival does to its cases.

    One that is back already, before we could say so, has not.
    """
    letter = _letter(session, job)
    if letter.state is LetterState.SENDING:
        answer = cover_proof(session, letter.landlord, letter.message_id, answer)
        letter.state, letter.sent_at, letter.proof = LetterState.SENT, now, answer
        record_told(session, letter, landlord, Telling(by=HEARD, at=now, proof=answer))
    finish(session, job)


def record_refused(session: Session, job: Job, why: str, *, now: datetime) -> None:
    """The other side will never take the letter: a person must see to it."""
    letter = _letter(session, job)
    why = cover_proof(session, letter.landlord, letter.message_id, why)
    _note_failed(session, letter, why, now)
    finish(session, job)


def record_unknown(session: Session, job: Job, *, now: datetime) -> None:
    """Nobody knows whether the letter went: a person must find out."""
    letter = _letter(session, job)
    if letter.state is LetterState.SENDING:
        _note_unknown(session, letter, now)
    finish(session, job)


def _send_or_withhold(
    session: Session, letter: LetterRow, landlord: Landlord, sending: Sending, *, now: datetime
) -> Outgoing | None:
    traffic = load_traffic(session, letter, now=now)
    reason = find_reason(letter.kind, letter.to, traffic, sending.limits, own=sending.own)
    if reason is None and not _may_go(session, letter):
        reason = Withheld.UNPROVEN
    if reason is None and not _still_copied(session, letter):
        _copy_anew(session, letter, now)
        return None
    if reason is None:
        return _write(session, letter, landlord, sending, now=now)
    if can_wait(letter.kind, reason):
        raise DestinationError(reason)
    _withhold(session, letter, reason, now)
    return None


def _may_go(session: Session, letter: LetterRow) -> bool:
    """Whether the writer is known well enough for what a letter tells, or a person said so.

    Whoever presses sees the rung: on the card, and above a letter that is looked at first. Any
    other address than the writer's was put on record by a person.
    """
    thread = load_thread(session, letter.landlord, letter.message_id)
    rung = thread.rung if thread is not None else Rung.UNKNOWN
    content = Content.NEUTRAL if letter.kind in WITHOUT_CASE else Content.CASE
    return may_send(rung, content, pressed=letter.by != HEARD)


def _still_copied(session: Session, letter: LetterRow) -> bool:
    """Whether whoever a copy is for may still have it: what is on record may have changed."""
    if letter.kind is not LetterKind.COPY:
        return True
    copy = load_copy(session, load_original(session, letter), load_letter_cases(session, letter))
    return copy is not None and copy.address == letter.to


def _copy_anew(session: Session, letter: LetterRow, now: datetime) -> None:
    letter.state, letter.proof = LetterState.WITHDRAWN, NO_COPY
    promise_copy(session, load_original(session, letter), at=now)


def _withhold(session: Session, letter: LetterRow, reason: Withheld, now: datetime) -> None:
    """A letter that is owed becomes a person's task, whose clock runs on; a receipt is left out.

    Staff hear of it once a day for each address, however many letters there are.
    """
    told = f"It was withheld: {reason}."
    if is_owed(letter.kind):
        _note_failed(session, letter, told, now)
    else:
        letter.state, letter.proof = LetterState.WITHDRAWN, told
    whom = sha256(letter.to.casefold().encode()).hexdigest()[:16]
    of = whom if reason in {Withheld.ADDRESS, Withheld.SAME_STAGE} else reason.name
    alert = NewJob(
        landlord=letter.landlord,
        kind="alert",
        key=f"withheld:{letter.landlord}:{now.date()}:{of}",
        run_at=now,
        payload={"of": "withheld", "what": str(reason)},
    )
    enqueue(session, alert)


def _write(
    session: Session, letter: LetterRow, landlord: Landlord, sending: Sending, *, now: datetime
) -> Outgoing:
    message = _message(session, letter)
    about = _about(session, letter) or message.reference
    domain = landlord.sender.rpartition("@")[2]
    if letter.sent_at is not None:  # what is said of the sending that came back is not of this one
        letter.own_id = ""
    letter.own_id = letter.own_id or sending.seal.message_id(about, token_hex(12), domain)
    words = write(session, letter, message, landlord, now=now)
    letter.shown = words.shown.text
    thread = Threading(
        own_id=letter.own_id,
        answers=message.own_id,
        chain=tuple(message.answers),
        reply_to=_address(sending.seal.reply_address(sending.intake, about), sending.intake),
    )
    letter.raw = compose(words.sent, sender=landlord.sender, to=letter.to, thread=thread, date=now)
    letter.state, letter.proof = LetterState.SENDING, None
    letter.sent_from = landlord.sender
    if sending.sealed_sender:
        sealed = sending.seal.bounce_address(sending.intake, f"{letter.id}-{letter.promise}")
        letter.sent_from = _address(sealed, landlord.sender)
    return Outgoing(own_id=letter.own_id, to=letter.to, sender=letter.sent_from, raw=letter.raw)


def _about(session: Session, letter: LetterRow) -> str:
    """The case that an answer belongs to: the complaint, where there is one."""
    cases = load_letter_cases(session, letter)
    first = min(cases, key=lambda case: case.place, default=None)
    return first.reference if first is not None else ""


def _address(sealed: str, plain: str) -> str:
    """The sealed address, unless the seal makes it longer than an address may be."""
    return sealed if is_mail_address(sealed) else plain


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
