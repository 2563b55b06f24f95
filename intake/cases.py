"""Open a case, add an event, set a clock: the one place where each happens."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import choice, token_bytes

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.domain.case import Action, CaseEvent, Kind, Status
from intake.domain.clocks import CaseClock, compute_clocks
from intake.domain.landlord import Landlord, last_moment, moments_of, urgencies_of
from intake.domain.moments import Moment
from intake.domain.reference import make_reference
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import (
    CaseLinkRow,
    CaseMessageRow,
    CasePartyRow,
    CaseRow,
    ClockRow,
    EventRow,
    HazardRow,
    IssueRow,
    MessageRow,
    NoteRow,
    Role,
)

#: Why the cases of one message are linked.
SAME_MESSAGE = "raised in the same message: the work goes on while the complaint runs (Code 1.5)"


class CaseNotFoundError(LookupError):
    """This landlord has no such case; another's is nobody's business."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What makes a case one case: the message that opened it, its kind, and which part of it."""

    message: MessageRow
    kind: Kind
    landlord: Landlord
    part: int = 1


def open_case(session: Session, opening: Opening, *, by: str, at: datetime) -> CaseRow:
    """Open a case, unless the same opening has one, and return it."""
    message = opening.message
    known = session.scalars(
        select(CaseRow).where(
            CaseRow.landlord == message.landlord,
            CaseRow.message_id == message.id,
            CaseRow.kind == opening.kind,
            CaseRow.part == opening.part,
        )
    ).one_or_none()
    if known is not None:
        return known
    start = Status.AWAITING_TRIAGE
    case = CaseRow(
        landlord=message.landlord,
        reference=make_reference(choice),
        message_id=message.id,
        kind=opening.kind,
        part=opening.part,
        status=start,
        received_at=message.received_at,
        policy=opening.landlord.policy.name,
        policy_hash=opening.landlord.policy.hash,
        seq=0,
        head=b"",
    )
    session.add(case)
    session.flush()
    session.add(CaseMessageRow(landlord=case.landlord, case_id=case.id, message_id=message.id))
    role = Role.REPRESENTATIVE if message.on_behalf_of else Role.RESIDENT
    party = {"case_id": case.id, "party_id": message.party_id, "role": role}
    session.add(CasePartyRow(landlord=case.landlord, **party))
    set_case_clocks(session, case, opening.landlord)
    add_event(session, case, CaseEvent(action=Action.OPEN, before=start, after=start, by=by, at=at))
    return case


def link_cases(session: Session, cases: Sequence[CaseRow], *, reason: str) -> None:
    """Link each case to each other one, once, and say why."""
    ordered = sorted(cases, key=lambda case: case.id)
    for place, case in enumerate(ordered):
        for other in ordered[place + 1 :]:
            pair = (CaseLinkRow.case_id == case.id, CaseLinkRow.other_id == other.id)
            if session.scalar(select(CaseLinkRow.id).where(*pair)) is None:
                link = {"case_id": case.id, "other_id": other.id, "reason": reason}
                session.add(CaseLinkRow(landlord=case.landlord, **link))


def lock_cases(session: Session, landlord: str, message_id: int) -> list[CaseRow]:
    """Return the cases a message opened, which nobody else can change until this ends.

    Raises:
        CaseNotFoundError: this landlord has no such cases.
    """
    mine = (CaseRow.landlord == landlord, CaseRow.message_id == message_id)
    found = select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update()
    cases = list(session.scalars(found))
    if not cases:
        raise CaseNotFoundError(f"no cases of message {message_id}")
    return cases


def load_issues(session: Session, case: CaseRow) -> Sequence[IssueRow]:
    """Return the issues of a complaint, in their order."""
    mine = (IssueRow.landlord == case.landlord, IssueRow.case_id == case.id)
    return session.scalars(select(IssueRow).where(*mine).order_by(IssueRow.number)).all()


def add_event(
    session: Session, case: CaseRow, event: CaseEvent, *, press: str | None = None
) -> None:
    """Write down what happened to a case that is locked or new, and promise a fresh card."""
    salt = token_bytes(16)
    digest = hashlib.sha256(salt + event.note.encode()).digest()
    row = EventRow(
        landlord=case.landlord,
        case_id=case.id,
        seq=case.seq + 1,
        action=event.action,
        before=event.before,
        after=event.after,
        by=event.by,
        at=event.at,
        press=press,
    )
    row.hash = chain(case.head, row, digest)
    case.seq, case.head, case.status = row.seq, row.hash, row.after
    session.add(row)
    session.flush()
    words = {"salt": salt, "words": event.note, "digest": digest}
    session.add(NoteRow(landlord=case.landlord, event_id=row.id, **words))
    card = NewJob(
        landlord=case.landlord,
        kind="card",
        key=f"{case.id}:{case.seq}",
        run_at=event.at,
        payload={"message_id": case.message_id},
    )
    enqueue(session, card)


def chain(previous: bytes, row: EventRow, words_digest: bytes) -> bytes:
    """Return the hash of an event: over the one before, its facts, a digest of its words."""
    facts = [row.landlord, row.case_id, row.seq, row.action, row.before, row.after, row.by]
    facts += [row.at.astimezone(UTC).isoformat(), row.press, words_digest.hex()]
    return hashlib.sha256(previous + json.dumps(facts).encode()).digest()


def set_case_clocks(
    session: Session, case: CaseRow, landlord: Landlord, *, acknowledged_at: datetime | None = None
) -> None:
    """Set the clocks of a case from what is known to have happened to it."""
    moments = moments_of(case.kind, case.received_at, acknowledged_at)
    if moments:
        clocks = compute_clocks(landlord.policy, moments, nation=landlord.nation)
        _set_clocks(session, case.landlord, {"case_id": case.id}, clocks, ended_at=acknowledged_at)


def set_hazard_clocks(session: Session, hazard: HazardRow, landlord: Landlord) -> None:
    """Start the clocks of a hazard, from the moment the landlord became aware of it."""
    urgencies = urgencies_of(
        hazard.category, landlord, emergency=hazard.emergency, aware_at=hazard.aware_at
    )
    for urgency in urgencies:
        clocks = compute_clocks(
            landlord.policy,
            {Moment.AWARE: hazard.aware_at},
            nation=landlord.nation,
            hazard=urgency,
        )
        _set_clocks(session, hazard.landlord, {"hazard_id": hazard.id}, clocks, ended_at=None)


def stop_clocks(session: Session, case: CaseRow, *, at: datetime) -> None:
    """End the running clocks of a case that was recorded in error: neither met nor missed."""
    for row in _clocks(session, case):
        row.ended_at = row.ended_at or at


def resume_clocks(session: Session, case: CaseRow) -> None:
    """Let the clocks run on that were stopped; those that were met or missed stay ended."""
    for row in _clocks(session, case):
        row.ended_at = row.ended_at if row.met is not None else None


def _clocks(session: Session, case: CaseRow) -> Sequence[ClockRow]:
    mine = (ClockRow.landlord == case.landlord, ClockRow.case_id == case.id)
    return session.scalars(select(ClockRow).where(*mine)).all()


def _set_clocks(
    session: Session,
    landlord: str,
    owner: dict[str, int],
    clocks: Sequence[CaseClock],
    *,
    ended_at: datetime | None,
) -> None:
    [(column, owner_id)] = owner.items()
    mine = (ClockRow.landlord == landlord, getattr(ClockRow, column) == owner_id)
    known = {row.name: row for row in session.scalars(select(ClockRow).where(*mine))}
    for clock in clocks:
        row = known.get(clock.clock) or ClockRow(landlord=landlord, name=clock.clock, **owner)
        if row.ended_at is not None:
            continue  # a closed result never changes
        row.starts, row.target, row.code = clock.starts, clock.target, clock.code
        row.provisional, row.extended = clock.provisional, clock.extended
        row.projected, row.rule, row.why = clock.projected, clock.rule, clock.why
        row.met, row.met_target = clock.met, clock.met_target
        row.due_at = last_moment(clock)
        row.ended_at = None if clock.met is None else ended_at
        session.add(row)
