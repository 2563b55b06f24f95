"""What is read for showing: redacted, and of one landlord."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from classifier.labels import Flag, Label, RedactedText
from intake.domain.case import CaseEvent, Kind
from intake.domain.hiding import cover_all
from intake.domain.letter import PENDING, LetterKind, LetterState
from intake.domain.moments import Moment
from intake.domain.summary import (
    CaseLine,
    ClockLine,
    HazardLine,
    LetterLine,
    MessageSummary,
    PenSummary,
    PromiseLine,
)
from intake.store.attachments import load_lines
from intake.store.case_tables import ActionRow, MomentRow, OfferRow
from intake.store.copies import find_copy_to_give, load_copy
from intake.store.hiding import load_cover, load_line
from intake.store.outcomes import load_outcome_lines
from intake.store.people import load_around
from intake.store.tables import (
    AssessmentRow,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    HazardRow,
    HoldingPenRow,
    IssueRow,
    LetterRow,
    MessageRow,
)
from intake.store.thread_lines import load_further, load_thread_line
from intake.store.threads import load_came_to

NOTHING = RedactedText("")
#: What is drawn from the message itself, as reviewers left it.
DRAWN = ("author", "subject", "text", "issues", "outcome", "reasons")
_OfCase = TypeVar("_OfCase", ClockRow, IssueRow, MomentRow, ActionRow, OfferRow)


class MessageNotFoundError(LookupError):
    """This landlord has no such message; another's is nobody's business."""


def load_message_summary(session: Session, landlord: str, message_id: int) -> MessageSummary:
    """Return what the card of one message shows.

    Raises:
        MessageNotFoundError: this landlord has no such message, or nobody has assessed it.
    """
    found = session.execute(
        select(MessageRow, AssessmentRow)
        .join(AssessmentRow, AssessmentRow.message_id == MessageRow.id)
        .where(MessageRow.landlord == landlord, MessageRow.id == message_id)
    ).one_or_none()
    if found is None:
        raise MessageNotFoundError(f"no message {message_id}")
    summary, cover = _summary(session, *found), load_cover(session, [found[0]])
    if cover is None:
        return summary
    drawn = {part: getattr(summary, part) for part in DRAWN}
    return replace(cover_all(summary, cover), **drawn)


def load_pen_summary(session: Session, landlord: str, pen_id: int) -> PenSummary:
    """Return one thing in the holding pen that must be there."""
    row, delivery = session.execute(
        select(HoldingPenRow, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.id == HoldingPenRow.delivery_id)
        .where(HoldingPenRow.landlord == landlord, HoldingPenRow.id == pen_id)
    ).one()
    return pen_summary(row, delivery)


def clock_line(row: ClockRow) -> ClockLine:
    """Return a clock as it is shown."""
    return ClockLine(
        name=row.name,
        target=row.target,
        code=row.code,
        provisional=row.provisional,
        projected=row.projected,
        why=row.why,
        due_at=row.due_at,
        ended_at=row.ended_at,
        met=row.met,
        met_target=row.met_target,
        extended=row.extended,
        backstop=row.backstop,
        warned=row.warned,
    )


def _summary(session: Session, message: MessageRow, assessment: AssessmentRow) -> MessageSummary:
    cases = _cases(session, message)
    letter, hazards = _letter(session, message, cases), _hazards(session, message)
    attachments, thread = message.attachments, load_thread_line(session, message)
    pictures = sum(a["type"].startswith("image/") for a in attachments)
    return MessageSummary(
        id=message.id,
        landlord=message.landlord,
        version=sum(case.seq for case in cases) + (thread.seq if thread else 0),
        reference=message.reference,
        channel=message.channel,
        public=message.public,
        permalink=message.permalink,
        received_at=message.received_at,
        automatic=message.automatic,
        author=message.shown_author or NOTHING,
        subject=message.shown_subject or NOTHING,
        text=message.shown_text or NOTHING,
        issues=message.shown_issues or NOTHING,
        outcome=message.shown_outcome or NOTHING,
        pictures=pictures,
        files=len(attachments) - pictures,
        on_behalf=bool(message.on_behalf_of),
        problems=tuple(message.problems),
        labels=tuple(Label(label) for label in assessment.labels),
        band=assessment.band,
        flags=tuple(Flag(flag) for flag in assessment.flags),
        reasons=tuple(assessment.reasons),
        acknowledge_by=assessment.acknowledge_by,
        cases=tuple(_case(session, case, letter) for case in cases),
        hazards=tuple(h for h in hazards if h.dismissed_at is None),
        dismissed=tuple(h for h in hazards if h.dismissed_at is not None),
        letter=letter,
        last=_last(session, cases),
        attachments=load_lines(session, message.landlord, message.id),
        thread=thread,
        further=load_further(session, message),
        came_to=load_came_to(session, message),
        hiding=load_line(session, message),
    )


def _cases(session: Session, message: MessageRow) -> Sequence[CaseRow]:
    mine = (CaseRow.landlord == message.landlord, CaseRow.message_id == message.id)
    return session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id)).all()


def _case(session: Session, case: CaseRow, letter: LetterLine | None) -> CaseLine:
    clocks = session.scalars(_of_case(ClockRow, case).order_by(ClockRow.id))
    issues = session.scalars(_of_case(IssueRow, case).order_by(IssueRow.number))
    moments = session.scalars(_of_case(MomentRow, case))
    open_promises = _of_case(ActionRow, case).where(ActionRow.done_at.is_(None))
    promises = session.scalars(open_promises.order_by(ActionRow.id))
    return CaseLine(
        id=case.id,
        reference=case.reference,
        kind=case.kind,
        status=case.status,
        clocks=tuple(clock_line(clock) for clock in clocks),
        stage=case.stage,
        issues=tuple(issue.words for issue in issues),
        outcome=case.outcome_sought or "",
        letter=_case_letter(session, case),
        copy=_copy_to_give(session, case),
        responded=any(moment.name is Moment.RESPONDED for moment in moments),
        acknowledging=case.kind is Kind.COMPLAINT
        and case.stage == 1
        and case.part == 1
        and letter is not None
        and letter.state is not LetterState.WITHDRAWN,
        around=load_around(session, case, session.get_one(MessageRow, case.message_id)),
        offered=session.scalars(_of_case(OfferRow, case)).first() is not None,
        promises=tuple(
            PromiseLine(id=row.id, what=row.what, owner=row.owner, due=row.due) for row in promises
        ),
        outcomes=load_outcome_lines(session, case),
    )


def _of_case(table: type[_OfCase], case: CaseRow) -> Select[_OfCase]:
    return select(table).where(table.landlord == case.landlord, table.case_id == case.id)


def _hazards(session: Session, message: MessageRow) -> list[HazardLine]:
    mine = (HazardRow.landlord == message.landlord, HazardRow.message_id == message.id)
    lines = []
    for hazard in session.scalars(select(HazardRow).where(*mine).order_by(HazardRow.id)):
        its = (ClockRow.landlord == message.landlord, ClockRow.hazard_id == hazard.id)
        clocks = session.scalars(select(ClockRow).where(*its).order_by(ClockRow.id))
        line = HazardLine(
            id=hazard.id,
            category=hazard.category,
            emergency=hazard.emergency,
            clocks=tuple(clock_line(clock) for clock in clocks),
            dismissed_by=hazard.dismissed_by,
            dismissed_at=hazard.dismissed_at,
        )
        lines.append(line)
    return lines


def _letter(session: Session, message: MessageRow, cases: Sequence[CaseRow]) -> LetterLine | None:
    key = f"message:{message.id}:{LetterKind.ACKNOWLEDGEMENT}"
    mine = (LetterRow.landlord == message.landlord, LetterRow.key == key)
    letter = session.scalars(select(LetterRow).where(*mine)).one_or_none()
    first = min(cases, key=lambda case: case.place, default=None)
    return None if letter is None else _letter_line(session, letter, first)


def _case_letter(session: Session, case: CaseRow) -> LetterLine | None:
    mine = (LetterRow.landlord == case.landlord, LetterRow.key.startswith(f"case:{case.id}:"))
    latest = select(LetterRow).where(*mine).order_by(LetterRow.id.desc()).limit(1)
    letter = session.scalars(latest).one_or_none()
    return None if letter is None else _letter_line(session, letter, case)


def _copy_to_give(session: Session, case: CaseRow) -> LetterLine | None:
    copy = find_copy_to_give(session, case)
    return None if copy is None else _letter_line(session, copy, None)


def _letter_line(session: Session, letter: LetterRow, case: CaseRow | None) -> LetterLine:
    waits = letter.state in PENDING
    copy = load_copy(session, letter, [case]) if waits and case is not None else None
    return LetterLine(
        kind=letter.kind,
        state=letter.state,
        send_at=letter.send_at,
        sent_at=letter.sent_at,
        proof=letter.proof or "",
        readers=copy.told if copy is not None else "",
    )


def _last(session: Session, cases: Sequence[CaseRow]) -> CaseEvent | None:
    ids = [case.id for case in cases]
    found = select(EventRow).where(EventRow.case_id.in_(ids)).order_by(EventRow.id.desc()).limit(1)
    row = session.scalars(found).one_or_none()
    if row is None:
        return None
    return CaseEvent(action=row.action, before=row.before, after=row.after, by=row.by, at=row.at)


def pen_summary(row: HoldingPenRow, delivery: DeliveryRow) -> PenSummary:
    """Return what waits in the holding pen as it is shown."""
    return PenSummary(
        id=row.id,
        landlord=row.landlord,
        reference=delivery.reference,
        channel=delivery.channel,
        reason=row.reason,
        size=delivery.size,
        arrived_at=delivery.arrived_at,
    )
