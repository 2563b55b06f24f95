"""Open a case, link cases, add an event: the one place where each happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import choice, token_bytes

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.clocks import is_quiet, set_case_clocks
from intake.domain.case import HEARD, Action, CaseEvent, Definition, Kind, Status
from intake.domain.chain import ARRIVED, Facts, digest_words, hash_event
from intake.domain.landlord import Landlord
from intake.domain.reference import make_reference
from intake.store.arrived import digests_of
from intake.store.audit_tables import ChainHeadRow
from intake.store.case_tables import CasePartyRow, Role
from intake.store.jobs import NewJob, enqueue
from intake.store.rows import find, find_one, put
from intake.store.tables import (
    CaseLinkRow,
    CaseMessageRow,
    CaseRow,
    EventRow,
    HazardRow,
    IssueRow,
    MessageRow,
    NoteRow,
)

#: Why the cases of one message are linked.
SAME_MESSAGE = "raised in the same message: the work goes on while the complaint runs (Code 1.5)"


#: Why a case that an answer opens is linked with the one that it answers.
FOLLOWS = "raised in an answer about it"


class CaseNotFoundError(LookupError):
    """This landlord has no such case; another's is nobody's business."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What makes a case one case: the message that opened it, its kind, and which part of it."""

    message: MessageRow
    kind: Kind
    landlord: Landlord
    part: int = 1
    #: When it was raised, where that is not when its message came.
    received_at: datetime | None = None


def open_case(session: Session, opening: Opening, *, by: str, at: datetime) -> CaseRow:
    """Open a case, unless the same opening has one, and return it."""
    message = opening.message
    mine = {"landlord": message.landlord, "message_id": message.id}
    known = find_one(session, CaseRow, **mine, kind=opening.kind, part=opening.part)
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
        received_at=opening.received_at or message.received_at,
        policy=opening.landlord.policy.name,
        policy_hash=opening.landlord.policy.hash,
        seq=0,
        head=b"",
    )
    session.add(case)
    session.flush()
    its = {"landlord": case.landlord, "case_id": case.id}
    put(session, CaseMessageRow, **its, message_id=message.id)
    role = Role.REPRESENTATIVE if message.on_behalf_of else Role.RESIDENT
    put(session, CasePartyRow, **its, party_id=message.party_id, role=role)
    set_case_clocks(session, case, opening.landlord, at=at)
    note = " ".join((ARRIVED, *digests_of(session, message)))
    opened = CaseEvent(action=Action.OPEN, before=start, after=start, by=by, at=at, note=note)
    add_event(session, case, opened)
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


def speaking_case(session: Session, hazard: HazardRow) -> CaseRow:
    """Return the case in whose history a hazard is written: the first that was not an error."""
    mine = (CaseRow.landlord == hazard.landlord, CaseRow.message_id == hazard.message_id)
    cases = session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update())
    return min(cases, key=lambda case: (case.status is Status.RECORDED_IN_ERROR, case.id))


def load_issues(session: Session, case: CaseRow) -> Sequence[IssueRow]:
    """Return the issues of a complaint, in their order."""
    issues = find(session, IssueRow, landlord=case.landlord, case_id=case.id)
    return sorted(issues, key=lambda issue: issue.number)


def define(session: Session, case: CaseRow, definition: Definition) -> None:
    """Keep what a complaint is understood to be about, in place of what was kept before."""
    case.outcome_sought = definition.outcome
    case.not_responsible = definition.not_responsible
    for issue in load_issues(session, case):
        session.delete(issue)
    session.flush()
    for number, words in enumerate(definition.issues, start=1):
        facts = {"case_id": case.id, "number": number, "words": words}
        session.add(IssueRow(landlord=case.landlord, **facts))


def add_event(
    session: Session, case: CaseRow, event: CaseEvent, *, press: str | None = None
) -> None:
    """Write down what happened to a case that is locked or new, and promise a fresh card."""
    salt = token_bytes(16)
    digest = digest_words(salt, event.note)
    facts = Facts(
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
    case.seq, case.status = facts.seq, event.after
    case.head = hash_event(case.head, facts, digest)
    _note_head(session, case)
    event_id = put(session, EventRow, **vars(facts), hash=case.head)
    words = {"salt": salt, "words": event.note, "digest": digest}
    put(session, NoteRow, landlord=case.landlord, event_id=event_id, **words)
    if event.by == HEARD and is_quiet(session, case):
        return  # nobody is shown what came from an old mailbox before somebody takes it up
    card = NewJob(
        landlord=case.landlord,
        kind="card",
        key=f"{case.id}:{case.seq}",
        run_at=event.at,
        payload={"message_id": case.message_id},
    )
    enqueue(session, card)


def _note_head(session: Session, case: CaseRow) -> None:
    """Write down apart from the case where its history has got to."""
    mine = {"landlord": case.landlord, "reference": case.reference}
    known = case.seq > 1  # at its first event none is on record
    row = find_one(session, ChainHeadRow, **mine) if known else None
    if row is None:
        put(session, ChainHeadRow, **mine, seq=case.seq, head=case.head)
    else:
        row.seq, row.head = case.seq, case.head
