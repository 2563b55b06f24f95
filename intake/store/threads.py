"""What is asked of the record to find whose mail it is; of one landlord, always."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session

from classifier.labels import Hazard
from intake.domain.case import ENDED, Action, Status
from intake.domain.identity import Rung
from intake.store.case_tables import CasePartyRow
from intake.store.rows import find_one
from intake.store.tables import (
    CaseMessageRow,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    HazardRow,
    LetterCaseRow,
    LetterRow,
    MessageDeliveryRow,
    MessageRow,
)
from intake.store.thread_tables import SuggestionRow, ThreadRow

MOST = 5  # cases that staff are shown beside a message

#: What is asked of every message is built once: building takes longer than asking.
ENVELOPES = (
    select(DeliveryRow.envelope)
    .join(MessageDeliveryRow, MessageDeliveryRow.delivery_id == DeliveryRow.id)
    .where(
        MessageDeliveryRow.landlord == bindparam("landlord"),
        MessageDeliveryRow.message_id == bindparam("message_id"),
    )
    .order_by(DeliveryRow.id)
)
LETTERS = select(LetterRow).where(
    LetterRow.landlord == bindparam("landlord"),
    LetterRow.own_id.in_(bindparam("own_ids", expanding=True)),
)
THEIRS = select(CasePartyRow.case_id).where(
    CasePartyRow.landlord == bindparam("landlord"), CasePartyRow.party_id == bindparam("party_id")
)
OPEN_CASES = (
    select(CaseRow)
    .where(
        CaseRow.landlord == bindparam("landlord"),
        CaseRow.id.in_(THEIRS),
        CaseRow.status.not_in(ENDED),
        CaseRow.message_id != bindparam("message_id"),
    )
    .order_by(CaseRow.id.desc())
    .limit(MOST)
)
OTHERS_OF_WRITER = (
    select(MessageRow.id)
    .where(
        MessageRow.landlord == bindparam("landlord"),
        MessageRow.party_id == bindparam("party_id"),
        MessageRow.id != bindparam("message_id"),
    )
    .limit(1)
)


def load_thread(session: Session, landlord: str, message_id: int) -> ThreadRow | None:
    """Return how a message stands; none for those older than that question."""
    return find_one(session, ThreadRow, landlord=landlord, message_id=message_id)


def lock_thread(session: Session, landlord: str, message_id: int) -> ThreadRow | None:
    """Return how a message stands, which nobody else can change until this ends."""
    mine = (ThreadRow.landlord == landlord, ThreadRow.message_id == message_id)
    return session.scalars(select(ThreadRow).where(*mine).with_for_update()).one_or_none()


def has_cases(session: Session, landlord: str, message_id: int) -> bool:
    """Whether a message opened any case."""
    mine = (CaseRow.landlord == landlord, CaseRow.message_id == message_id)
    return session.scalars(select(CaseRow.id).where(*mine).limit(1)).first() is not None


def load_suggestions(session: Session, message: MessageRow) -> Sequence[SuggestionRow]:
    """Return the cases that staff may want to see beside a message."""
    mine = (SuggestionRow.landlord == message.landlord, SuggestionRow.message_id == message.id)
    return session.scalars(select(SuggestionRow).where(*mine).order_by(SuggestionRow.id)).all()


def load_envelopes(session: Session, message: MessageRow) -> tuple[list[str], list[str]]:
    """Return who handed a message over, and the addresses that it came to, by all its roads."""
    envelopes = _envelopes(session, message)
    came_to = [str(to) for envelope in envelopes for to in envelope.get("to", ())]
    nobody = "<>"
    return [str(envelope.get("from", "")).strip(nobody) for envelope in envelopes], came_to


def load_came_to(session: Session, message: MessageRow) -> tuple[str, ...]:
    """Return our own addresses that a message was brought to, without what follows a `+` in them.

    That seals one of ours, or is any sender's words. Of old mail only its header says where it
    went, others' addresses among ours: none is told.
    """
    live = (e for e in _envelopes(session, message) if e.get("source") != "import")
    came_to = (str(to).casefold().rpartition("@") for e in live for to in e.get("to", ()))
    return tuple(dict.fromkeys(f"{to.partition('+')[0]}@{domain}" for to, _, domain in came_to))


def find_letter(session: Session, landlord: str, own_ids: Sequence[str]) -> LetterRow | None:
    """Return the letter with the first of these Message-IDs that is one of ours."""
    if not own_ids:
        return None
    found = session.scalars(LETTERS, {"landlord": landlord, "own_ids": own_ids})
    rows = {row.own_id: row for row in found}
    return next((rows[own_id] for own_id in own_ids if own_id in rows), None)


def get_letter(session: Session, landlord: str, letter_id: int) -> LetterRow | None:
    """Return a letter by its number."""
    mine = (LetterRow.landlord == landlord, LetterRow.id == letter_id)
    return session.scalars(select(LetterRow).where(*mine)).one_or_none()


def cases_of_letter(session: Session, letter: LetterRow) -> list[CaseRow]:
    """Return the cases that a letter speaks for; of a bare receipt, those of its message."""
    spoken_for = select(LetterCaseRow.case_id).where(LetterCaseRow.letter_id == letter.id)
    found = _cases(session, letter.landlord, CaseRow.id.in_(spoken_for))
    return found or _cases(session, letter.landlord, CaseRow.message_id == letter.message_id)


def cases_of_answered(
    session: Session, message: MessageRow, own_ids: Sequence[str]
) -> list[CaseRow]:
    """Return the cases of the writer's own earlier message that this one answers."""
    if not own_ids:
        return []
    earlier = select(MessageRow.id).where(
        MessageRow.landlord == message.landlord,
        MessageRow.party_id == message.party_id,
        MessageRow.id != message.id,
        MessageRow.own_id.in_(own_ids),
    )
    bears = select(CaseMessageRow.case_id).where(CaseMessageRow.message_id.in_(earlier))
    return _cases(session, message.landlord, CaseRow.id.in_(bears))


def cases_by_reference(session: Session, landlord: str, references: Sequence[str]) -> list[CaseRow]:
    """Return the cases that are called so, or were opened by a message that is."""
    if not references:
        return []
    opened = select(MessageRow.id).where(
        MessageRow.landlord == landlord, MessageRow.reference.in_(references)
    )
    named = or_(CaseRow.reference.in_(references), CaseRow.message_id.in_(opened))
    return _cases(session, landlord, named)


def open_cases_of(session: Session, message: MessageRow) -> list[CaseRow]:
    """Return the open cases that the same writer has to do with, the latest first."""
    return list(session.scalars(OPEN_CASES, _of_writer(message)))


def conversation(session: Session, cases: Sequence[CaseRow]) -> list[CaseRow]:
    """Return cases with those that their messages opened beside them, errors left out."""
    if not cases:
        return []
    messages = [case.message_id for case in cases]
    found = _cases(session, cases[0].landlord, CaseRow.message_id.in_(messages))
    return [case for case in found if case.status is not Status.RECORDED_IN_ERROR]


def cases_of_the_same_words(session: Session, cases: Sequence[CaseRow]) -> list[CaseRow]:
    """Return the cases that took up what opened these, which turned out to be errors."""
    if not cases:
        return []
    messages = [case.message_id for case in cases]
    bears = select(CaseMessageRow.case_id).where(CaseMessageRow.message_id.in_(messages))
    right = (CaseRow.id.in_(bears), CaseRow.status != Status.RECORDED_IN_ERROR)
    return _cases(session, cases[0].landlord, *right)


def find_purged(session: Session, cases: Sequence[CaseRow]) -> set[int]:
    """Return which of the cases hold no personal data any more, and nothing has come to since."""
    ids = [case.id for case in cases]
    last = (EventRow.case_id == CaseRow.id) & (EventRow.seq == CaseRow.seq)
    purged = (CaseRow.id.in_(ids), EventRow.action == Action.PURGE)
    return {*session.scalars(select(CaseRow.id).join(EventRow, last).where(*purged))}


def is_participant(session: Session, cases: Sequence[CaseRow], party_id: int) -> bool:
    """Whether somebody has to do with one of the cases already."""
    mine = (
        CasePartyRow.landlord == cases[0].landlord,
        CasePartyRow.case_id.in_([case.id for case in cases]),
        CasePartyRow.party_id == party_id,
    )
    return session.scalars(select(CasePartyRow.id).where(*mine)).first() is not None


def running_hazards(session: Session, cases: Sequence[CaseRow]) -> set[Hazard | None]:
    """Return the hazards of all messages of the cases whose clocks run."""
    if not cases:
        return set()
    bears = select(CaseMessageRow.message_id).where(
        CaseMessageRow.case_id.in_([case.id for case in cases])
    )
    mine = (HazardRow.landlord == cases[0].landlord, HazardRow.dismissed_at.is_(None))
    running = select(ClockRow.hazard_id).where(
        ClockRow.landlord == cases[0].landlord, ClockRow.ended_at.is_(None)
    )
    rows = session.scalars(
        select(HazardRow).where(*mine, HazardRow.message_id.in_(bears), HazardRow.id.in_(running))
    )
    return {row.category for row in rows}


def count_messages(session: Session, cases: Sequence[CaseRow]) -> int:
    """Return how many messages bear on the cases."""
    ids = [case.id for case in cases]
    bears = (CaseMessageRow.case_id.in_(ids), CaseMessageRow.landlord == cases[0].landlord)
    counted = select(func.count(CaseMessageRow.message_id.distinct())).where(*bears)
    return session.scalar(counted) or 0


def is_overdue(session: Session, cases: Sequence[CaseRow], at: datetime) -> bool:
    """Whether a clock of the cases ran past its day by then."""
    late = (
        ClockRow.landlord == cases[0].landlord,
        ClockRow.case_id.in_([case.id for case in cases]),
        ClockRow.ended_at.is_(None),
        ClockRow.due_at < at,
    )
    return session.scalars(select(ClockRow.id).where(*late)).first() is not None


def is_confirmed(session: Session, message: MessageRow) -> bool:
    """Whether staff have confirmed who writes from the address of a message."""
    of_them = (
        ThreadRow.landlord == message.landlord,
        ThreadRow.rung == Rung.CONFIRMED,
        MessageRow.party_id == message.party_id,
    )
    written = select(ThreadRow.id).join(MessageRow, MessageRow.id == ThreadRow.message_id)
    return session.scalar(written.where(*of_them).limit(1)) is not None


def trusted_threads(
    session: Session, message: MessageRow
) -> Sequence[tuple[ThreadRow, MessageRow]]:
    """Return all from the address of a message that count as coming from whom staff confirmed."""
    of_them = (
        ThreadRow.landlord == message.landlord,
        ThreadRow.rung.in_([Rung.CONFIRMED, Rung.MATCHED]),
        MessageRow.party_id == message.party_id,
    )
    written = select(ThreadRow, MessageRow).join(MessageRow, MessageRow.id == ThreadRow.message_id)
    rows = session.execute(written.where(*of_them).order_by(ThreadRow.id))
    return [(thread, one) for thread, one in rows]


def has_written_before(session: Session, message: MessageRow) -> bool:
    """Whether the same writer has written to this landlord before."""
    return session.scalar(OTHERS_OF_WRITER, _of_writer(message)) is not None


def _of_writer(message: MessageRow) -> dict[str, object]:
    of = {"landlord": message.landlord, "party_id": message.party_id}
    return {**of, "message_id": message.id}


def _envelopes(session: Session, message: MessageRow) -> Sequence[Mapping[str, Any]]:
    of = {"landlord": message.landlord, "message_id": message.id}
    return session.scalars(ENVELOPES, of).all()


def _cases(session: Session, landlord: str, *which: ColumnElement[bool]) -> list[CaseRow]:
    mine = (CaseRow.landlord == landlord, *which)
    return list(session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id)))
