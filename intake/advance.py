"""Move a case on where no letter is needed: escalate, close, offer, pass on and the like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Band
from intake.cases import CaseNotFoundError, Opening, link_cases, open_case
from intake.clocks import note_moment, resume_clocks, set_case_clocks
from intake.domain import case as rules
from intake.domain.case import (
    ENDED,
    Action,
    CaseEvent,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.life import (
    STAGE_2,
    Answer,
    check_closing,
    check_escalation,
    check_request_day,
)
from intake.domain.message import Channel
from intake.domain.moments import Moment
from intake.domain.triage import IncompleteError
from intake.press import CasePress, begin_case, free_of_acknowledgement, last_event, move_case
from intake.store.case_tables import ActionRow, ComplainedAboutRow, MomentRow, OfferRow
from intake.store.tables import AssessmentRow, CaseMessageRow, CaseRow, MessageRow
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
    if case is None:
        return
    check_escalation(case.stage)
    event = _event(session, case, Action.ESCALATE, press, at=at)
    responded = (MomentRow.case_id == case.id, MomentRow.name == Moment.RESPONDED)
    since = session.scalars(select(MomentRow.at).where(*responded)).one_or_none()
    if since is None:
        raise InvalidTransitionError("stage 2 follows an answer at stage 1, and there is none")
    check_request_day(request.asked_on, since=london_day(since), today=london_day(at))
    case.stage = STAGE_2
    _keep_names(session, case, request.complained_about)
    note_moment(session, case, Moment.STAGE2_REQUESTED, request.asked_on)
    apply(session, case, event, landlord, press=press.key)


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
