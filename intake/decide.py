"""Step four: a member of staff decides what a message is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import RedactedText
from intake.beside import drop_request, find_answered, note_request
from intake.cases import (
    FOLLOWS,
    SAME_MESSAGE,
    Opening,
    define,
    link_cases,
    load_issues,
    open_case,
)
from intake.clocks import resume_clocks, stop_clocks
from intake.domain.case import Action, Definition, Kind, OvertakenError, Status
from intake.domain.landlord import Landlord
from intake.domain.letter import GIVEN, NEEDS_A_PERSON, LetterKind, LetterState
from intake.domain.life import STAGE_1
from intake.domain.thread import Why
from intake.domain.triage import Decision, is_blind
from intake.letters import (
    LetterGoneError,
    find_letter,
    find_pending,
    promise_letter,
    withdraw_letter,
)
from intake.press import Press, begin, last_event, move_case
from intake.store.corrections import CorrectionRow
from intake.store.tables import AssessmentRow, CaseRow, MessageRow
from intake.store.thread_tables import SuggestionRow
from intake.store.threads import load_suggestions
from intake.told import Telling, record_told


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
    cases = begin(session, press)
    if cases is None:
        return
    message = _message(session, press)
    openings = [Opening(message=message, kind=k, landlord=landlord) for k in decision.kinds]
    chosen = [open_case(session, opening, by=press.by, at=at) for opening in openings]
    for case in chosen:
        _record(session, case, decision, press, at=at)
        if case.status is Status.LOGGED:  # what has gone on since stopped for its own reasons
            resume_clocks(session, case, landlord, at=at)
    _end_others(session, cases, decision, press, at=at)
    link_cases(session, chosen, reason=SAME_MESSAGE)
    if not cases or Kind.COMPLAINT in decision.kinds:  # then it asks for no stage 2 of another
        for answered in _drop_requests(session, message, press, landlord, at=at):
            link_cases(session, [answered, *chosen], reason=FOLLOWS)
    _keep_correction(session, message, decision.kinds, by=press.by, at=at)
    if decision.definition is not None:
        send_at = at + landlord.undo
        promise_letter(session, message, LetterKind.ACKNOWLEDGEMENT, by=press.by, send_at=send_at)


def undo(session: Session, press: Press, landlord: Landlord, *, at: datetime) -> None:
    """Put a message back to awaiting triage and take its letter back.

    Raises:
        OvertakenError: the letter has gone, or somebody else has changed the record.
    """
    cases = begin(session, press)
    if cases is None:
        return
    last = last_event(session, cases)
    if any(find_pending(session, case) for case in cases):
        raise OvertakenError("cannot undo: a letter waits; take it back first", last)
    try:
        withdraw_letter(session, press.landlord, press.message_id, LetterKind.ACKNOWLEDGEMENT)
    except LetterGoneError as error:
        raise OvertakenError(f"cannot undo: {error}", last) from error
    for case in cases:
        if case.part > 1:
            continue  # raised later, and decided then
        move_case(session, case, Action.UNDO, press, at=at)
        resume_clocks(session, case, landlord, at=at)
    _ask_again(session, _message(session, press), landlord, at=at)


def mark_sent(session: Session, press: Press, landlord: Landlord, *, at: datetime) -> None:
    """Record that a member of staff gave the resident the acknowledgement another way.

    Raises:
        OvertakenError: the letter does not wait for a person.
    """
    cases = begin(session, press)
    if cases is None:
        return
    letter = find_letter(session, press.landlord, press.message_id, LetterKind.ACKNOWLEDGEMENT)
    if letter is None or letter.state not in NEEDS_A_PERSON:
        raise OvertakenError("no letter waits for a person", last_event(session, cases))
    letter.state, letter.sent_at = LetterState.SENT, at
    letter.proof = f"{GIVEN}, says {press.by}"
    telling = Telling(by=press.by, at=at, proof=letter.proof, press=press.key)
    record_told(session, letter, landlord, telling)


def _end_others(
    session: Session, cases: Sequence[CaseRow], decision: Decision, press: Press, *, at: datetime
) -> None:
    for case in cases:
        if case.part > 1:
            continue  # raised later, and decided then
        if case.kind not in decision.kinds and case.status is not Status.RECORDED_IN_ERROR:
            move_case(session, case, Action.RECORD_IN_ERROR, press, at=at)
            stop_clocks(session, case, at=at)


def _drop_requests(
    session: Session, message: MessageRow, press: Press, landlord: Landlord, *, at: datetime
) -> Sequence[CaseRow]:
    """Whoever says what a message is says that it asks for no stage 2 of these complaints."""
    asked = [row.case_id for row in load_suggestions(session, message) if row.why is Why.STAGE_2]
    mine = (CaseRow.landlord == message.landlord, CaseRow.id.in_(asked), CaseRow.stage == STAGE_1)
    found = session.scalars(select(CaseRow).where(*mine).with_for_update()).all()
    for case in found:
        drop_request(session, case, press, landlord, at=at)
        about = {"message_id": message.id, "case_id": case.id, "why": Why.NO_STAGE_2}
        session.add(SuggestionRow(landlord=message.landlord, **about))
    return found


def _ask_again(session: Session, message: MessageRow, landlord: Landlord, *, at: datetime) -> None:
    """What was ended by a decision that is undone runs again: the message may ask for stage 2."""
    for row in load_suggestions(session, message):
        if row.why is Why.NO_STAGE_2:
            mine = (CaseRow.landlord == message.landlord, CaseRow.id == row.case_id)
            case = session.scalars(select(CaseRow).where(*mine).with_for_update()).one()
            session.delete(row)
            session.flush()
            if find_answered(session, [case], by=message.received_at) is not None:
                note_request(session, case, message, landlord, at=at)


def _record(
    session: Session, case: CaseRow, decision: Decision, press: Press, *, at: datetime
) -> None:
    definition = decision.definition if case.kind is Kind.COMPLAINT else None
    if case.status in {Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR}:
        move_case(session, case, Action.CONFIRM, press, at=at, note=_words(definition))
    elif case.status is Status.LOGGED and definition not in {None, _defined(session, case)}:
        move_case(session, case, Action.DEFINE, press, at=at, note=_words(definition))
    else:
        return
    if definition is not None:
        define(session, case, definition)


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
        blind=is_blind(message.id),
    )
    session.add(row)


def _message(session: Session, press: Press) -> MessageRow:
    mine = (MessageRow.landlord == press.landlord, MessageRow.id == press.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()
