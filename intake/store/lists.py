"""What staff work through: messages to triage, letters, the holding pen, work that was given up."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select, update
from sqlalchemy.orm import Session

from classifier.labels import Band
from intake.domain.case import Status
from intake.domain.hiding import cover_all
from intake.domain.letter import NEEDS_A_PERSON, LetterKind, LetterState
from intake.domain.summary import PenSummary
from intake.store.files import Files
from intake.store.hiding import load_cover
from intake.store.letters import digest
from intake.store.pen import count_pen, waits
from intake.store.summaries import pen_summary
from intake.store.tables import (
    AssessmentRow,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    HazardRow,
    HoldingPenRow,
    JobRow,
    LetterCaseRow,
    LetterRow,
    MessageRow,
    Outcome,
)
from intake.store.unseen import count_unseen, find_seen, find_unseen

#: A landlord and one of its messages.
Found = tuple[str, int]


def find_awaiting(session: Session, *, most: int) -> list[Found]:
    """Return the messages that await triage: hazards first, then by the soonest date.

    One that may be a complaint comes before those that have no date at all.
    """
    soonest = func.min(ClockRow.due_at)
    doubtful = func.min(case((AssessmentRow.band == Band.POSSIBLE, 0), else_=1))
    # Nought for an emergency, one for another hazard, two for none.
    urgency = func.min(case((HazardRow.emergency, 0), (HazardRow.id.is_not(None), 1), else_=2))
    waiting = (
        select(CaseRow.landlord, CaseRow.message_id)
        .outerjoin(ClockRow, ClockRow.case_id == CaseRow.id)
        .outerjoin(
            HazardRow,
            and_(HazardRow.message_id == CaseRow.message_id, HazardRow.dismissed_at.is_(None)),
        )
        .join(AssessmentRow, AssessmentRow.message_id == CaseRow.message_id)
        .where(CaseRow.status == Status.AWAITING_TRIAGE)
        .group_by(CaseRow.landlord, CaseRow.message_id)
        .order_by(urgency, soonest.is_(None), soonest, doubtful, CaseRow.message_id)
        .limit(most)
    )
    found = _found(session, waiting)
    return found + find_unseen(session, most=most - len(found))


def count_awaiting(session: Session) -> int:
    """Return how many messages await triage, or to be seen."""
    waiting = select(func.count(CaseRow.message_id.distinct()))
    cases = session.scalar(waiting.where(CaseRow.status == Status.AWAITING_TRIAGE)) or 0
    return cases + count_unseen(session)


def find_decided(session: Session, *, most: int) -> list[Found]:
    """Return the messages that somebody has decided, the latest first."""
    undecided = select(CaseRow.message_id).where(CaseRow.status == Status.AWAITING_TRIAGE)
    decided = (
        select(CaseRow.landlord, CaseRow.message_id)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(CaseRow.message_id.not_in(undecided))
        .group_by(CaseRow.landlord, CaseRow.message_id)
        .order_by(func.max(EventRow.at).desc(), CaseRow.message_id.desc())
        .limit(most)
    )
    found = _found(session, decided)
    return found + find_seen(session, most=most - len(found))


@dataclass(frozen=True, kw_only=True)
class Wanting:
    """How much wants a person, beside the messages that await triage."""

    pen: int
    letters: int
    jobs: int


def count_wanting(session: Session) -> Wanting:
    """Return how much wants a person, over all landlords."""
    letters = select(func.count(LetterRow.id)).where(LetterRow.state.in_(NEEDS_A_PERSON))
    dead = select(func.count(JobRow.id)).where(JobRow.outcome == Outcome.DEAD)
    return Wanting(
        pen=count_pen(session),
        letters=session.scalar(letters) or 0,
        jobs=session.scalar(dead) or 0,
    )


def load_pen(session: Session, *, most: int) -> list[PenSummary]:
    """Return what waits in the holding pen, the oldest first."""
    rows = session.execute(_pen().order_by(HoldingPenRow.since, HoldingPenRow.id).limit(most))
    return [pen_summary(row, delivery) for row, delivery in rows]


def load_raw(session: Session, landlord: str, pen_id: int, files: Files) -> bytes | None:
    """Return the original bytes of one thing in the holding pen; none where it is not there."""
    mine = (HoldingPenRow.landlord == landlord, HoldingPenRow.id == pen_id)
    found = session.execute(_pen().where(*mine)).one_or_none()
    if found is None:
        return None
    delivery = found[1]
    return files.load(delivery.sha256) if delivery.sha256 else delivery.raw or b""


@dataclass(frozen=True, kw_only=True)
class LetterEntry:
    """One letter in the list: what it was for, how it went, and its words."""

    id: int
    landlord: str
    kind: LetterKind
    state: LetterState
    send_at: datetime
    sent_at: datetime | None
    proof: str = field(repr=False)
    #: Of the exact bytes, where it was written; empty where it was not.
    sha256: str
    own_id: str
    #: Its words as staff saw them.
    shown: str = field(repr=False)
    #: Of the cases that it speaks of.
    references: tuple[str, ...]


def load_letters(session: Session, *, most: int) -> list[LetterEntry]:
    """Return the letters: those that want a person first, then the latest."""
    wants = case((LetterRow.state.in_(NEEDS_A_PERSON), 0), else_=1)
    order = (wants, LetterRow.send_at.desc(), LetterRow.id.desc())
    rows = session.scalars(select(LetterRow).order_by(*order).limit(most))
    return [_letter(session, row) for row in rows]


def _letter(session: Session, row: LetterRow) -> LetterEntry:
    cover = load_cover(session, [session.get_one(MessageRow, row.message_id)])
    speaks = (
        select(CaseRow.reference)
        .join(LetterCaseRow, LetterCaseRow.case_id == CaseRow.id)
        .where(LetterCaseRow.letter_id == row.id)
    )
    entry = LetterEntry(
        id=row.id,
        landlord=row.landlord,
        sha256=digest(row),
        own_id=row.own_id,
        kind=row.kind,
        state=row.state,
        send_at=row.send_at,
        sent_at=row.sent_at,
        proof=row.proof or "",
        shown=row.shown or "",
        references=tuple(session.scalars(speaks.order_by(CaseRow.id))),
    )
    return entry if cover is None else cover_all(entry, cover)


@dataclass(frozen=True, kw_only=True)
class DeadJob:
    """Work that was given up and waits for a person."""

    id: int
    landlord: str
    kind: str
    attempts: int
    last_error: str


def load_dead_jobs(session: Session, *, most: int) -> list[DeadJob]:
    """Return the work that was given up, the oldest first."""
    dead = select(JobRow).where(JobRow.outcome == Outcome.DEAD).order_by(JobRow.id).limit(most)
    return [
        DeadJob(
            id=row.id,
            landlord=row.landlord,
            kind=row.kind,
            attempts=row.attempts,
            last_error=row.last_error or "",
        )
        for row in session.scalars(dead)
    ]


def run_again(session: Session, landlord: str, job_id: int, *, now: datetime) -> None:
    """Have a job that was given up tried again, with all its tries before it."""
    dead = (JobRow.landlord == landlord, JobRow.id == job_id, JobRow.outcome == Outcome.DEAD)
    fresh = {"run_at": now, "outcome": None, "refusals": JobRow.attempts, "refused_since": None}
    session.execute(update(JobRow).where(*dead).values(**fresh))


def _pen() -> Select[HoldingPenRow, DeliveryRow]:
    both = select(HoldingPenRow, DeliveryRow)
    return both.join(DeliveryRow, DeliveryRow.id == HoldingPenRow.delivery_id).where(waits())


def _found(session: Session, which: Select[str, int]) -> list[Found]:
    return [(landlord, message_id) for landlord, message_id in session.execute(which)]
