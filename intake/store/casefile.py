"""One case with all that belongs to it, as `heard case` prints it."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.domain.attachment import AttachmentLine
from intake.domain.case import Status
from intake.domain.hiding import cover_all
from intake.domain.triage import is_blind
from intake.store.attachments import load_lines
from intake.store.decisions import iso, load_decisions
from intake.store.file_tables import AttachmentRow
from intake.store.hiding import load_cover
from intake.store.letters import digest
from intake.store.outcomes import load_outcomes
from intake.store.people import clocks_of_letters
from intake.store.people_facts import load_people
from intake.store.rows import find_one
from intake.store.tables import (
    AssessmentRow,
    CaseLinkRow,
    CaseMessageRow,
    CaseRow,
    ClockRow,
    EventRow,
    HazardRow,
    IssueRow,
    LetterCaseRow,
    LetterRow,
    MessageRow,
    NoteRow,
    PartyRow,
)
from intake.store.threads import load_came_to

Facts = dict[str, Any]
#: What is drawn from a message itself, as reviewers left it.
DRAWN = ("from", "subject", "text")


def load_casefile(session: Session, reference: str, *, original: bool) -> Facts | None:
    """Return a case by its reference; none where there is no such case.

    The messages are redacted unless the `original` is asked for.
    """
    case = session.scalars(select(CaseRow).where(CaseRow.reference == reference)).one_or_none()
    if case is None:
        return None
    cover = None if original else load_cover(session, _messages(session, case))
    found = _load(session, case, original=original)
    if cover is None:
        return found
    covered = cover_all(found, cover)
    for shown, message in zip(covered["messages"], found["messages"], strict=True):
        shown |= {part: message[part] for part in DRAWN}
    return covered


def _load(session: Session, case: CaseRow, *, original: bool) -> Facts:
    return {
        **_case(case),
        "policy": case.policy,
        "policy_hash": case.policy_hash,
        "issues": [{"number": i.number, "issue": i.words} for i in _issues(session, case)],
        "outcome_sought": case.outcome_sought,
        "not_responsible": case.not_responsible,
        **load_decisions(session, case),
        **load_people(session, case, original=original),
        **load_outcomes(session, case),
        "clocks": [_clock(clock) for clock in _clocks(session, case)],
        "hazards": [_hazard(session, hazard) for hazard in _hazards(session, case)],
        "links": _links(session, case),
        "messages": [_message(session, m, original=original) for m in _messages(session, case)],
        "letters": [_letter(each, original=original) for each in _letters(session, case)],
        "events": [_event(event, note) for event, note in _events(session, case)],
    }


def is_undecided_blind(session: Session, reference: str) -> bool:
    """Whether a case waits for somebody who is not to see what was proposed."""
    case = find_one(session, CaseRow, reference=reference)
    if case is None or case.status is not Status.AWAITING_TRIAGE:
        return False
    return is_blind(case.message_id)


def find_cases(
    session: Session, *, status: Status | None, due_before: datetime | None
) -> list[Facts]:
    """Return the cases of all landlords with their soonest running date, that one first."""
    wanted = select(CaseRow).order_by(CaseRow.received_at, CaseRow.id)
    if status is not None:
        wanted = wanted.where(CaseRow.status == status)
    found = []
    for case in session.scalars(wanted):
        running = [*_clocks(session, case), *clocks_of_letters(session, case)]
        dues = [c.due_at for c in running if c.due_at and c.ended_at is None]
        due = min(dues, default=None)
        if due_before is None or (due is not None and due < due_before):
            found.append({**_case(case), "due": iso(due)})
    return sorted(found, key=lambda case: (case["due"] is None, case["due"] or ""))


def _case(case: CaseRow) -> Facts:
    return {
        "reference": case.reference,
        "landlord": case.landlord,
        "kind": case.kind,
        "status": case.status,
        "stage": case.stage,
        "received": iso(case.received_at),
    }


def _clocks(session: Session, case: CaseRow) -> list[ClockRow]:
    mine = (ClockRow.landlord == case.landlord, ClockRow.case_id == case.id)
    return list(session.scalars(select(ClockRow).where(*mine).order_by(ClockRow.id)))


def _clock(clock: ClockRow) -> Facts:
    return {
        "clock": clock.name,
        "starts": iso(clock.starts),
        "target": iso(clock.target),
        "code": iso(clock.code),
        "met": clock.met,
        "met_target": clock.met_target,
        "provisional": clock.provisional,
        "extended": clock.extended,
        "backstop": iso(clock.backstop),
        "ended": iso(clock.ended_at),
        "rule": clock.rule,
        "why": clock.why,
    }


def _hazards(session: Session, case: CaseRow) -> list[HazardRow]:
    mine = (HazardRow.landlord == case.landlord, HazardRow.message_id == case.message_id)
    return list(session.scalars(select(HazardRow).where(*mine).order_by(HazardRow.id)))


def _hazard(session: Session, hazard: HazardRow) -> Facts:
    mine = (ClockRow.landlord == hazard.landlord, ClockRow.hazard_id == hazard.id)
    clocks = session.scalars(select(ClockRow).where(*mine).order_by(ClockRow.id))
    return {
        "category": hazard.category,
        "emergency": hazard.emergency,
        "aware": iso(hazard.aware_at),
        "investigated": iso(hazard.investigated_at),
        "dismissed": None
        if hazard.dismissed_at is None
        else {
            "by": hazard.dismissed_by,
            "at": iso(hazard.dismissed_at),
            "reason": hazard.dismissed_reason,
        },
        "clocks": [_clock(clock) for clock in clocks],
    }


def _issues(session: Session, case: CaseRow) -> list[IssueRow]:
    mine = (IssueRow.landlord == case.landlord, IssueRow.case_id == case.id)
    return list(session.scalars(select(IssueRow).where(*mine).order_by(IssueRow.number)))


def _links(session: Session, case: CaseRow) -> list[Facts]:
    either = or_(CaseLinkRow.case_id == case.id, CaseLinkRow.other_id == case.id)
    found = []
    for link in session.scalars(select(CaseLinkRow).where(either).order_by(CaseLinkRow.id)):
        other_id = link.other_id if link.case_id == case.id else link.case_id
        other = session.get_one(CaseRow, other_id)
        found.append({"reference": other.reference, "kind": other.kind, "reason": link.reason})
    return found


def _messages(session: Session, case: CaseRow) -> list[MessageRow]:
    bears = select(CaseMessageRow.message_id).where(CaseMessageRow.case_id == case.id)
    mine = (MessageRow.landlord == case.landlord, MessageRow.id.in_(bears))
    return list(session.scalars(select(MessageRow).where(*mine).order_by(MessageRow.id)))


def _message(session: Session, message: MessageRow, *, original: bool) -> Facts:
    party = session.get_one(PartyRow, message.party_id)
    seen = session.scalars(
        select(AssessmentRow).where(AssessmentRow.message_id == message.id)
    ).one_or_none()
    words = {
        "from": f"{message.sender_name} <{party.address}>" if original else message.shown_author,
        "subject": message.subject if original else message.shown_subject,
        "text": message.text if original else message.shown_text,
    }
    return {
        "reference": message.reference,
        "channel": message.channel,
        "received": iso(message.received_at),
        "basis": message.basis,
        "public": message.public,
        "came_to": list(load_came_to(session, message)),
        "noticed": list(message.problems),
        **words,
        "labels": seen.labels if seen else [],
        "band": seen.band if seen else None,
        "flags": seen.flags if seen else {},
        "model": seen.model if seen else None,
        "attachments": [
            _file(session, file, original=original)
            for file in load_lines(session, message.landlord, message.id)
        ],
    }


def _letters(session: Session, case: CaseRow) -> list[LetterRow]:
    speaks = select(LetterCaseRow.letter_id).where(LetterCaseRow.case_id == case.id)
    return list(
        session.scalars(select(LetterRow).where(LetterRow.id.in_(speaks)).order_by(LetterRow.id))
    )


def _letter(letter: LetterRow, *, original: bool) -> Facts:
    exact = {"bytes": (letter.raw or b"").decode("ascii", "replace")} if original else {}
    return {
        "id": letter.id,
        "letter": letter.kind,
        "state": letter.state,
        "message_id": letter.own_id,
        "sent": iso(letter.sent_at),
        "proof": letter.proof,
        "sha256": digest(letter),
        "size": len(letter.raw or b""),
        "words": letter.shown or "",
        **exact,
    }


def _file(session: Session, file: AttachmentLine, *, original: bool) -> Facts:
    own = session.get_one(AttachmentRow, file.id) if original else None
    # What the sender called it may hide its end from the eye: it is spelled out.
    names = {"original": ascii(own.original or own.name)[1:-1]} if own is not None else {}
    return {
        "name": file.name if own is None else own.name,
        **names,
        "type": file.type,
        "size": file.size,
        "sha256": file.sha256,
        "inline": file.inline,
        "risks": list(file.risks),
        "check": file.check,
        "virus": file.virus,
    }


def _events(session: Session, case: CaseRow) -> list[tuple[EventRow, NoteRow]]:
    found = (
        select(EventRow, NoteRow)
        .join(NoteRow, NoteRow.event_id == EventRow.id)
        .where(EventRow.landlord == case.landlord, EventRow.case_id == case.id)
        .order_by(EventRow.seq)
    )
    return [(event, note) for event, note in session.execute(found)]


def _event(event: EventRow, note: NoteRow) -> Facts:
    return {
        "event": event.seq,
        "action": event.action,
        "before": event.before,
        "after": event.after,
        "by": event.by,
        "at": iso(event.at),
        "note": note.words,
        "hash": event.hash.hex(),
    }
