"""Put on record what happens around a complaint: new issues, early settlement, learning, limits."""

from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.beside import begin_beside, check_step, keep
from intake.cases import (
    CaseNotFoundError,
    Opening,
    add_event,
    define,
    link_cases,
    load_issues,
    open_case,
)
from intake.clocks import promise_task
from intake.domain.case import Action, Definition, Kind, OvertakenError, move, said
from intake.domain.clock import LONDON
from intake.domain.first_contact import Settlement, check_settlement
from intake.domain.landlord import Landlord
from intake.domain.learning import Lesson, check_lesson
from intake.domain.lengths import london_day
from intake.domain.letter import LetterKind
from intake.domain.life import Answer
from intake.domain.new_issue import NewIssue, check_new_issue, joined
from intake.domain.reminders import Task
from intake.domain.restriction import Restriction, Review, check_restriction, check_review
from intake.domain.support import Offered, check_offered
from intake.domain.triage import IncompleteError
from intake.letters import Promised, promise_case_letter
from intake.press import CasePress, begin_case, last_event, move_case
from intake.store.case_tables import OfferRow
from intake.store.outcome_tables import (
    FirstContactRow,
    LessonRow,
    NewIssueRow,
    RestrictionRow,
    SupportRow,
)
from intake.store.tables import CaseRow, MessageRow


def raise_issue(
    session: Session, press: CasePress, landlord: Landlord, issue: NewIssue, *, at: datetime
) -> None:
    """Join a new issue to the open stage 1, or open a complaint of its own (Code 6.8).

    Raises:
        ForbiddenError: its ground does not hold where the complaint stands.
        IncompleteError: it is not said what was raised, or when.
        OvertakenError: somebody was first, or a letter that it would change waits.
    """
    step = Action.RAISE_ISSUE
    case = begin_case(session, press) if issue.joins else begin_beside(session, press, step)
    if case is None:
        return
    check_step(session, case, step)
    check_new_issue(
        issue,
        status=case.status,
        stage=case.stage,
        received_on=london_day(case.received_at),
        today=london_day(at),
    )
    move_case(session, case, Action.RAISE_ISSUE, press, at=at, note=_noted(issue))
    other = None
    if issue.joins:
        define(session, case, joined(_definition(session, case), issue))
    else:
        other = _open_anew(session, case, press, issue, landlord=landlord, at=at)
    facts = {"words": issue.words, "ground": issue.ground, "raised_on": issue.raised_on}
    keep(session, NewIssueRow(other_id=other.id if other else None, **facts), case, press, at=at)


def offer_after_survey(
    session: Session, press: CasePress, landlord: Landlord, how: str, *, at: datetime
) -> None:
    """Offer the choice to complain to somebody dissatisfied in a survey, and write how (Code 1.6).

    No clock starts. A yes later is a complaint that was received on the day it is given.

    Raises:
        IncompleteError: it is not said how the choice was put.
        OvertakenError: somebody was first.
    """
    case = begin_case(session, press)
    if case is None:
        return
    if not how.strip():
        raise IncompleteError({"note": "Say how, and in which words, the choice was put"})
    move_case(session, case, Action.OFFER, press, at=at, note=how)
    mine = (OfferRow.landlord == case.landlord, OfferRow.case_id == case.id)
    if session.scalar(select(OfferRow.id).where(*mine)) is None:
        facts = {"case_id": case.id, "how": how, "by": press.by, "at": at}
        session.add(OfferRow(landlord=case.landlord, **facts))
    _promise(session, case, press, LetterKind.HOW_TO_COMPLAIN, at=at, send_at=at + landlord.undo)


def settle(session: Session, press: CasePress, settlement: Settlement, *, at: datetime) -> None:
    """Record that a complaint is settled at first contact, as the resident agreed (Code 5.2).

    It stays at stage 1: the acknowledgement and the answer still go, in writing.

    Raises:
        ForbiddenError: stage 1 is over, or the resident's agreement is not on record.
        OvertakenError: that is on record already, or somebody was first.
    """
    case = begin_beside(session, press, Action.SETTLE)
    if case is None:
        return
    check_settlement(settlement, status=case.status, stage=case.stage)
    mine = (FirstContactRow.landlord == case.landlord, FirstContactRow.case_id == case.id)
    if session.scalar(select(FirstContactRow.id).where(*mine)) is not None:
        raise OvertakenError("it is on record as settled", last_event(session, [case]))
    note = f"{settlement.agreed}\nThe resident agreed: {settlement.consent}"
    move_case(session, case, Action.SETTLE, press, at=at, note=note)
    row = FirstContactRow(agreed=settlement.agreed, consent=settlement.consent)
    keep(session, row, case, press, at=at)


def learn(session: Session, press: CasePress, lesson: Lesson, *, at: datetime) -> None:
    """Keep what is learned from a case, whatever became of it (Code 9.1).

    Raises:
        IncompleteError: it does not say what changes, or who sees to it.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.LEARN)
    if case is None:
        return
    check_lesson(lesson)
    note = f"{said(lesson.theme)}: {lesson.change} ({lesson.owner})"
    move_case(session, case, Action.LEARN, press, at=at, note=note)
    keep(session, LessonRow(**vars(lesson)), case, press, at=at)


def offer_support(session: Session, press: CasePress, offered: Offered, *, at: datetime) -> None:
    """Record help that was offered: mediation, an advocate, an agency.

    Raises:
        IncompleteError: it is not said how.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.OFFER_SUPPORT)
    if case is None:
        return
    check_offered(offered)
    note = f"{said(offered.help)}: {offered.how}"
    move_case(session, case, Action.OFFER_SUPPORT, press, at=at, note=note)
    keep(session, SupportRow(**vars(offered)), case, press, at=at)


def answer_support(
    session: Session, press: CasePress, answer: Answer, *, support_id: int, at: datetime
) -> None:
    """Record what the resident said to help that was offered.

    Raises:
        CaseNotFoundError: the case has no such offer that awaits its answer.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.ANSWER_SUPPORT)
    if case is None:
        return
    mine = (SupportRow.landlord == case.landlord, SupportRow.case_id == case.id)
    waits = (SupportRow.id == support_id, SupportRow.answer.is_(None))
    row = session.scalars(select(SupportRow).where(*mine, *waits)).one_or_none()
    if row is None:
        raise CaseNotFoundError(f"case {case.id} awaits no answer {support_id}")
    row.answer, row.answered_at = answer, at
    note = f"{said(row.help)}: {said(answer)}"
    move_case(session, case, Action.ANSWER_SUPPORT, press, at=at, note=note)


def restrict(session: Session, press: CasePress, restriction: Restriction, *, at: datetime) -> None:
    """Record how somebody's contact is restricted. No clock stops, and whatever comes is recorded.

    Raises:
        ForbiddenError: a reason, the review, or what was tried and considered is missing.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.RESTRICT)
    if case is None:
        return
    check_restriction(restriction, today=london_day(at))
    note = f"{said(restriction.limit)}, until reviewed on {restriction.review_on}: "
    note += restriction.reason
    move_case(session, case, Action.RESTRICT, press, at=at, note=note)
    row = RestrictionRow(**vars(restriction))
    keep(session, row, case, press, at=at)
    session.flush()
    promise_task(session, case, Task.RESTRICTION, row.id, due=row.review_on, at=at)


def review_restriction(
    session: Session, press: CasePress, review: Review, *, restriction_id: int, at: datetime
) -> None:
    """Keep a restriction until its next review, or end it, and say why.

    Raises:
        ForbiddenError: no reason is given, or the next review lies too far ahead.
        CaseNotFoundError: the case has no such restriction in force.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.REVIEW_RESTRICTION)
    if case is None:
        return
    mine = (RestrictionRow.landlord == case.landlord, RestrictionRow.case_id == case.id)
    in_force = (RestrictionRow.id == restriction_id, RestrictionRow.ended_at.is_(None))
    row = session.scalars(select(RestrictionRow).where(*mine, *in_force)).one_or_none()
    if row is None:
        raise CaseNotFoundError(f"case {case.id} has no restriction {restriction_id} in force")
    check_review(review, today=london_day(at))
    if review.next_on is None:
        row.ended_at, row.ended_why = at, review.why
        came = "it ends"
    else:
        row.review_on = review.next_on
        promise_task(session, case, Task.RESTRICTION, row.id, due=row.review_on, at=at)
        came = f"kept until reviewed on {review.next_on}"
    note = f"{said(row.limit)}: {came}. {review.why}"
    move_case(session, case, Action.REVIEW_RESTRICTION, press, at=at, note=note)


def _noted(issue: NewIssue) -> str:
    return f"raised on {issue.raised_on}, {said(issue.ground)}: {issue.words}"


def _definition(session: Session, case: CaseRow) -> Definition:
    return Definition(
        issues=tuple(row.words for row in load_issues(session, case)),
        outcome=case.outcome_sought or "",
        not_responsible=case.not_responsible or "",
    )


def _open_anew(
    session: Session,
    case: CaseRow,
    press: CasePress,
    issue: NewIssue,
    *,
    landlord: Landlord,
    at: datetime,
) -> CaseRow:
    of_message = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    opening = Opening(
        message=session.scalars(select(MessageRow).where(*of_message)).one(),
        kind=Kind.COMPLAINT,
        landlord=landlord,
        part=_parts(session, case) + 1,
        received_at=_receipt(issue.raised_on, at),
    )
    other = open_case(session, opening, by=press.by, at=at)
    move_case(session, other, Action.CONFIRM, press, at=at, note=_noted(issue))
    define(session, other, issue.definition())
    reason = f"a new issue raised later: {said(issue.ground)} (Code 6.8)"
    link_cases(session, [case, other], reason=reason)
    _promise(session, other, press, LetterKind.ACKNOWLEDGEMENT, at=at, send_at=at + landlord.undo)
    return other


def _promise(
    session: Session,
    case: CaseRow,
    press: CasePress,
    kind: LetterKind,
    *,
    at: datetime,
    send_at: datetime,
) -> None:
    promise_case_letter(session, case, kind, Promised(by=press.by, send_at=send_at))
    event = move(case.kind, case.status, Action.PROMISE_LETTER, by=press.by, at=at, note=kind)
    add_event(session, case, event)  # the press has its own event: it is one for each case


def _parts(session: Session, case: CaseRow) -> int:
    mine = (CaseRow.landlord == case.landlord, CaseRow.message_id == case.message_id)
    latest = select(func.max(CaseRow.part)).where(*mine, CaseRow.kind == Kind.COMPLAINT)
    return session.scalars(latest).one() or 0


def _receipt(raised_on: date, at: datetime) -> datetime:
    """The day it was raised is day nought, whatever the hour."""
    if raised_on == london_day(at):
        return at
    return datetime.combine(raised_on, time(), tzinfo=LONDON)
