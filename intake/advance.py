"""Move a case on where no letter is needed: escalate, close, offer, pass on and the like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Band
from intake.beside import drop_request, find_requests, forget_request
from intake.cases import CaseNotFoundError, Opening, link_cases, open_case
from intake.clocks import load_moments, note_moment, resume_clocks, set_case_clocks
from intake.domain import case as rules
from intake.domain.case import (
    ENDED,
    Action,
    CaseEvent,
    ForbiddenError,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.life import (
    STAGE_1,
    STAGE_2,
    Answer,
    check_closing,
    check_escalation,
    check_request_day,
)
from intake.domain.message import Channel
from intake.domain.moments import Moment
from intake.domain.triage import IncompleteError
from intake.follow import promise_card
from intake.letters import find_pending
from intake.press import (
    A_LETTER_WAITS,
    CasePress,
    begin,
    begin_case,
    free_of_acknowledgement,
    last_event,
    move_case,
)
from intake.store.case_tables import ActionRow, ComplainedAboutRow, MomentRow, OfferRow
from intake.store.tables import AssessmentRow, CaseMessageRow, CaseRow, MessageRow
from intake.store.threads import lock_thread
from intake.told import apply

TAKEN_UP = "the resident took up the offer to complain (Code 1.3)"


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request for stage 2: the day it was made, and whom the complaint is about."""

    asked_on: date
    complained_about: tuple[str, ...] = ()


def advance(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    *,
    action: Action,
    note: str,
    at: datetime,
) -> None:
    """Do what needs no more than words: withdraw, refer, close, pass on, tell, thank, answer.

    Raises:
        IncompleteError: the words are missing.
        ForbiddenError: the Code forbids it.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    if not note.strip():
        raise IncompleteError({"note": "Say what was done, or why"})
    event = _event(session, case, action, press, at=at, note=note)
    if action is Action.CLOSE:
        _check_closing(session, case)
    if event.after in ENDED:
        free_of_acknowledgement(session, case)
    apply(session, case, event, landlord, press=press.key)


def escalate(
    session: Session, press: CasePress, landlord: Landlord, request: Request, *, at: datetime
) -> None:
    """Take a complaint to stage 2 from the day it was asked for. No reason is needed (Code 6.12).

    Raises:
        ForbiddenError: there is no third stage.
        InvalidTransitionError: it cannot have been asked for on that day.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is not None:
        _escalate(session, case, press, request, landlord=landlord, at=at)


def take_up(session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime) -> None:
    """Take to stage 2 the complaint of which a message asks for it (Code 6.10).

    It counts from the first message that asked, where nobody has found that it did not.

    Raises:
        OvertakenError: a letter about it waits, or somebody was first.
    """
    case = _begin_request(session, press)
    if case is None:
        return
    if find_pending(session, case) is not None:
        raise OvertakenError(A_LETTER_WAITS, last_event(session, [case]))
    asked_at = load_moments(session, case)[Moment.STAGE2_REQUESTED]
    request = Request(asked_on=london_day(asked_at))
    _escalate(session, case, press, request, landlord=landlord, at=at)


def turn_down(session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime) -> None:
    """Find that a message asks for no stage 2 of a complaint; what ran for that never began.

    Raises:
        OvertakenError: somebody was first.
    """
    case = _begin_request(session, press)
    if case is not None:
        drop_request(session, case, press, landlord, at=at)
        _settle(session, press.landlord, [press.message_id], press, at=at)


def _begin_request(session: Session, press: CasePress) -> CaseRow | None:
    """The complaint of which the message of a press asks for stage 2, locked, with its thread."""
    if begin(session, press) is None:
        return None
    mine = (CaseRow.landlord == press.landlord, CaseRow.id == press.case_id)
    case = session.scalars(select(CaseRow).where(*mine).with_for_update()).one_or_none()
    asked = find_requests(session, case) if case is not None else []
    if case is None or press.message_id not in {row.message_id for row in asked}:
        raise CaseNotFoundError(f"message asks for no stage 2 of case {press.case_id}")
    return case


def _escalate(
    session: Session,
    case: CaseRow,
    press: CasePress,
    request: Request,
    *,
    landlord: Landlord,
    at: datetime,
) -> None:
    check_escalation(case.stage)
    event = _event(session, case, Action.ESCALATE, press, at=at)
    responded = (MomentRow.case_id == case.id, MomentRow.name == Moment.RESPONDED)
    since = session.scalars(select(MomentRow.at).where(*responded)).one_or_none()
    if since is None:
        raise InvalidTransitionError("stage 2 follows an answer at stage 1, and there is none")
    check_request_day(request.asked_on, since=london_day(since), today=london_day(at))
    forget_request(session, case)  # a day that a message proposed gives way to the one decided
    case.stage = STAGE_2
    _keep_names(session, case, request.complained_about)
    note_moment(session, case, Moment.STAGE2_REQUESTED, request.asked_on)
    apply(session, case, event, landlord, press=press.key)
    asked = [row.message_id for row in find_requests(session, case)]
    _settle(session, press.landlord, asked, press, at=at)


def _settle(
    session: Session, landlord: str, messages: Sequence[int], press: CasePress, *, at: datetime
) -> None:
    """Note of messages that asked for stage 2 that a person has decided, and draw them anew."""
    for message_id in messages:
        thread = lock_thread(session, landlord, message_id)
        if thread is not None:
            thread.by, thread.at = thread.by or press.by, thread.at or at
            thread.seq += 1
            promise_card(session, thread, at=at)


def reopen(
    session: Session, press: CasePress, landlord: Landlord, *, note: str, at: datetime
) -> None:
    """Put a case that has ended back to where it stood, and let its clocks run on.

    Raises:
        IncompleteError: it is not said why.
        OvertakenError: it has not ended, or somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    if not note.strip():
        raise IncompleteError({"note": "Say why it is opened again"})
    stood = case.stood or Status.LOGGED
    try:
        event = rules.reopen(case.kind, case.status, stood=stood, by=press.by, at=at, note=note)
    except InvalidTransitionError as error:
        raise OvertakenError(str(error), last_event(session, [case])) from error
    apply(session, case, event, landlord, press=press.key)
    resume_clocks(session, case, landlord, at=at)


def offer(session: Session, press: CasePress, *, how: str, at: datetime) -> None:
    """Record that the resident was offered the choice to complain, and how (Code 1.3).

    Raises:
        IncompleteError: it is not said how.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    if not how.strip():
        raise IncompleteError({"note": "Say how, and in which words, the choice was put"})
    move_case(session, case, Action.OFFER, press, at=at, note=how)
    if find_offer(session, case) is None:
        facts = {"case_id": case.id, "how": how, "by": press.by, "at": at}
        session.add(OfferRow(landlord=case.landlord, **facts))


def answer_offer(
    session: Session, press: CasePress, landlord: Landlord, answer: Answer, *, at: datetime
) -> None:
    """Record what the resident said to the offer; a yes opens the complaint, with its receipt.

    Raises:
        OvertakenError: no offer was made, or somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    made = find_offer(session, case)
    if made is None:
        last = last_event(session, [case])
        raise OvertakenError("no offer to complain was recorded", last)
    move_case(session, case, Action.ANSWER_OFFER, press, at=at, note=answer)
    made.answer, made.answered_at = answer, at
    if answer is Answer.YES:
        _open_complaint(session, case, press, landlord, at=at)


def complete(
    session: Session, press: CasePress, *, action_id: int, evidence: str, at: datetime
) -> None:
    """Record that something promised was done, and what shows it (Code 7.3).

    Raises:
        IncompleteError: nothing shows it.
        CaseNotFoundError: the case has no such promise.
    """
    case = begin_case(session, press)
    if case is None:
        return
    if not evidence.strip():
        raise IncompleteError({"evidence": "Say what shows that it was done"})
    mine = (ActionRow.case_id == case.id, ActionRow.id == action_id)
    row = session.scalars(select(ActionRow).where(*mine)).one_or_none()
    if row is None:
        raise CaseNotFoundError(f"case {case.id} has no promise {action_id}")
    row.done_at, row.evidence = at, evidence
    move_case(session, case, Action.COMPLETE, press, at=at, note=evidence)


def find_offer(session: Session, case: CaseRow) -> OfferRow | None:
    """Return the offer to complain that was made in a case, if one was."""
    mine = (OfferRow.landlord == case.landlord, OfferRow.case_id == case.id)
    return session.scalars(select(OfferRow).where(*mine)).one_or_none()


def _event(
    session: Session,
    case: CaseRow,
    action: Action,
    press: CasePress,
    *,
    at: datetime,
    note: str = "",
) -> CaseEvent:
    try:
        return rules.move(case.kind, case.status, action, by=press.by, at=at, note=note)
    except rules.ForbiddenError:
        raise
    except InvalidTransitionError as error:
        raise OvertakenError(str(error), last_event(session, [case])) from error


def _check_closing(session: Session, case: CaseRow) -> None:
    if case.stage == STAGE_1 and find_requests(session, case):
        why = "a message reads as a request for stage 2: decide on its card whether it is one"
        raise ForbiddenError("6.10", why)
    if case.kind in {Kind.COMPLAINT, Kind.DP_COMPLAINT}:
        return
    bears = select(CaseMessageRow.message_id).where(CaseMessageRow.case_id == case.id)
    shown = select(AssessmentRow.id).where(
        AssessmentRow.message_id.in_(bears), AssessmentRow.band != Band.UNMARKED
    )
    complaint = select(CaseRow.id).where(
        CaseRow.landlord == case.landlord,
        CaseRow.message_id.in_(bears),
        CaseRow.kind == Kind.COMPLAINT,
        CaseRow.status.not_in([Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR]),
    )
    made = find_offer(session, case)
    check_closing(
        dissatisfied=session.scalars(shown).first() is not None,
        complained=session.scalars(complaint).first() is not None,
        answer=made.answer if made is not None else None,
    )


def _open_complaint(
    session: Session, case: CaseRow, press: CasePress, landlord: Landlord, *, at: datetime
) -> None:
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    message = session.scalars(select(MessageRow).where(*mine)).one()
    opening = Opening(message=message, kind=Kind.COMPLAINT, landlord=landlord)
    complaint = open_case(session, opening, by=press.by, at=at)
    if complaint.status is Status.RECORDED_IN_ERROR:
        move_case(session, complaint, Action.UNDO, press, at=at, note=TAKEN_UP)
        resume_clocks(session, complaint, landlord, at=at)
    if message.channel is Channel.SURVEY:  # Code 1.6: a survey starts no clock, the yes does
        complaint.received_at = at
        set_case_clocks(session, complaint, landlord, at=at)
    link_cases(session, [case, complaint], reason=TAKEN_UP)


def _keep_names(session: Session, case: CaseRow, names: Iterable[str]) -> None:
    mine = (ComplainedAboutRow.landlord == case.landlord, ComplainedAboutRow.case_id == case.id)
    known = set(session.scalars(select(ComplainedAboutRow.name).where(*mine)))
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        if name and name not in known:
            session.add(ComplainedAboutRow(landlord=case.landlord, case_id=case.id, name=name))
