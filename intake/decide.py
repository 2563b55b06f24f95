"""Step four: a member of staff decides what a message is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import RedactedText
from intake.cases import (
    SAME_MESSAGE,
    Opening,
    add_event,
    link_cases,
    load_issues,
    lock_cases,
    open_case,
    resume_clocks,
    set_case_clocks,
    stop_clocks,
)
from intake.domain import case as rules
from intake.domain.case import (
    Action,
    CaseEvent,
    Definition,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.landlord import Landlord
from intake.domain.letter import NEEDS_A_PERSON, LetterKind, LetterState
from intake.domain.triage import Decision
from intake.letters import LetterGoneError, find_letter, promise_letter, withdraw_letter
from intake.store.tables import (
    AssessmentRow,
    CaseRow,
    CorrectionRow,
    EventRow,
    IssueRow,
    MessageRow,
)


@dataclass(frozen=True, kw_only=True)
class Press:
    """One press of a button. `key` tells a repeat of it from a second press."""

    landlord: str
    message_id: int
    #: The state of the record that the button was drawn from.
    version: int
    by: str
    key: str


def confirm(
    session: Session, press: Press, decision: Decision, landlord: Landlord, *, at: datetime
) -> None:
    """Record what a message is; for a complaint, promise its acknowledgement.

    A case of a chosen kind is confirmed, opened if the proposal lacked it, with the same receipt;
    a case of another kind ends as recorded in error. A repeated press changes nothing.

    Raises:
        OvertakenError: somebody else has changed the record since the button was drawn.
        CaseNotFoundError: this landlord has no such message.
    """
    cases = _begin(session, press)
    if cases is None:
        return
    message = _message(session, press)
    openings = [Opening(message=message, kind=k, landlord=landlord) for k in decision.kinds]
    chosen = [open_case(session, opening, by=press.by, at=at) for opening in openings]
    for case in chosen:
        _record(session, case, decision, press, at=at)
        resume_clocks(session, case)
    for case in cases:
        if case.kind not in decision.kinds and case.status is not Status.RECORDED_IN_ERROR:
            _move(session, case, Action.RECORD_IN_ERROR, press, at=at)
            stop_clocks(session, case, at=at)
    link_cases(session, chosen, reason=SAME_MESSAGE)
    _keep_correction(session, message, decision.kinds, by=press.by, at=at)
    if decision.definition is not None:
        send_at = at + landlord.undo
        promise_letter(session, message, LetterKind.ACKNOWLEDGEMENT, by=press.by, send_at=send_at)


def undo(session: Session, press: Press, *, at: datetime) -> None:
    """Put a message back to awaiting triage and take its letter back.

    Raises:
        OvertakenError: the letter has gone, or somebody else has changed the record.
    """
    cases = _begin(session, press)
    if cases is None:
        return
    last = _last_event(session, cases)
    try:
        withdraw_letter(session, press.landlord, press.message_id, LetterKind.ACKNOWLEDGEMENT)
    except LetterGoneError as error:
        raise OvertakenError(f"cannot undo: {error}", last) from error
    for case in cases:
        _move(session, case, Action.UNDO, press, at=at)
        resume_clocks(session, case)


def mark_sent(session: Session, press: Press, landlord: Landlord, *, at: datetime) -> None:
    """Record that a member of staff gave the resident the acknowledgement another way.

    Raises:
        OvertakenError: the letter does not wait for a person.
    """
    cases = _begin(session, press)
    if cases is None:
        return
    letter = find_letter(session, press.landlord, press.message_id, LetterKind.ACKNOWLEDGEMENT)
    if letter is None or letter.state not in NEEDS_A_PERSON:
        raise OvertakenError("no letter waits for a person", _last_event(session, cases))
    letter.state, letter.sent_at = LetterState.SENT, at
    letter.proof = f"Given another way, says {press.by}"
    for case in cases:
        if case.kind is Kind.COMPLAINT and case.status is Status.LOGGED:
            _move(session, case, Action.ACKNOWLEDGE, press, at=at, note=letter.proof)
            set_case_clocks(session, case, landlord, acknowledged_at=at)


def _begin(session: Session, press: Press) -> list[CaseRow] | None:
    """Return the locked cases, or none where this very press was made before."""
    cases = lock_cases(session, press.landlord, press.message_id)
    made = (EventRow.landlord == press.landlord, EventRow.press == press.key)
    if session.scalars(select(EventRow.id).where(*made).limit(1)).first() is not None:
        return None
    if sum(case.seq for case in cases) != press.version:
        raise OvertakenError("the record has changed since", _last_event(session, cases))
    return cases


def _move(
    session: Session, case: CaseRow, action: Action, press: Press, *, at: datetime, note: str = ""
) -> None:
    try:
        event = rules.move(case.kind, case.status, action, by=press.by, at=at, note=note)
    except InvalidTransitionError as error:
        raise OvertakenError(str(error), _last_event(session, [case])) from error
    add_event(session, case, event, press=press.key)


def _last_event(session: Session, cases: Sequence[CaseRow]) -> CaseEvent:
    ids = [case.id for case in cases]
    mine = (EventRow.landlord == cases[0].landlord, EventRow.case_id.in_(ids))
    row = session.scalars(select(EventRow).where(*mine).order_by(EventRow.id.desc())).first()
    if row is None:
        raise LookupError(f"case {ids} has no events")
    return CaseEvent(action=row.action, before=row.before, after=row.after, by=row.by, at=row.at)


def _record(
    session: Session, case: CaseRow, decision: Decision, press: Press, *, at: datetime
) -> None:
    definition = decision.definition if case.kind is Kind.COMPLAINT else None
    if case.status in {Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR}:
        _move(session, case, Action.CONFIRM, press, at=at, note=_words(definition))
    elif case.status is Status.LOGGED and definition not in {None, _defined(session, case)}:
        _move(session, case, Action.DEFINE, press, at=at, note=_words(definition))
    else:
        return
    if definition is not None:
        _define(session, case, definition)


def _words(definition: Definition | None) -> str:
    if definition is None:
        return ""
    return "\n".join((*definition.issues, f"Outcome sought: {definition.outcome}"))


def _defined(session: Session, case: CaseRow) -> Definition | None:
    if case.outcome_sought is None:
        return None
    return Definition(
        issues=tuple(issue.words for issue in load_issues(session, case)),
        outcome=case.outcome_sought,
        not_responsible=case.not_responsible or "",
    )


def _define(session: Session, case: CaseRow, definition: Definition) -> None:
    case.outcome_sought = definition.outcome
    case.not_responsible = definition.not_responsible
    for issue in load_issues(session, case):
        session.delete(issue)
    session.flush()
    for number, words in enumerate(definition.issues, start=1):
        facts = {"case_id": case.id, "number": number, "words": words}
        session.add(IssueRow(landlord=case.landlord, **facts))


def _keep_correction(
    session: Session, message: MessageRow, kinds: Sequence[Kind], *, by: str, at: datetime
) -> None:
    mine = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    assessment = session.scalars(select(AssessmentRow).where(*mine)).one()
    row = CorrectionRow(
        landlord=message.landlord,
        message_id=message.id,
        proposed=assessment.labels,
        confirmed=list(kinds),
        by=by,
        at=at,
        text=message.shown_text or RedactedText(""),
        model=assessment.model,
    )
    session.add(row)


def _message(session: Session, press: Press) -> MessageRow:
    mine = (MessageRow.landlord == press.landlord, MessageRow.id == press.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()
