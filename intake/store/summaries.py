"""What is read for showing: redacted, and of one landlord."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Flag, Label, RedactedText
from intake.domain.case import CaseEvent
from intake.domain.letter import LetterKind
from intake.domain.summary import (
    CaseLine,
    ClockLine,
    HazardLine,
    LetterLine,
    MessageSummary,
    PenSummary,
)
from intake.store.tables import (
    AssessmentRow,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    HazardRow,
    HoldingPenRow,
    LetterRow,
    MessageRow,
)

NOTHING = RedactedText("")


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
    return _summary(session, *found)


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
    )


def _summary(session: Session, message: MessageRow, assessment: AssessmentRow) -> MessageSummary:
    cases = _cases(session, message)
    attachments = message.attachments
    pictures = sum(a["type"].startswith("image/") for a in attachments)
    return MessageSummary(
        id=message.id,
        landlord=message.landlord,
        version=sum(case.seq for case in cases),
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
        cases=tuple(_case(session, case) for case in cases),
        hazards=_hazards(session, message),
        letter=_letter(session, message),
        last=_last(session, cases),
    )


def _cases(session: Session, message: MessageRow) -> Sequence[CaseRow]:
    mine = (CaseRow.landlord == message.landlord, CaseRow.message_id == message.id)
    return session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id)).all()


def _case(session: Session, case: CaseRow) -> CaseLine:
    mine = (ClockRow.landlord == case.landlord, ClockRow.case_id == case.id)
    clocks = session.scalars(select(ClockRow).where(*mine).order_by(ClockRow.id))
    return CaseLine(
        id=case.id,
        reference=case.reference,
        kind=case.kind,
        status=case.status,
        clocks=tuple(clock_line(clock) for clock in clocks),
    )


def _hazards(session: Session, message: MessageRow) -> tuple[HazardLine, ...]:
    mine = (HazardRow.landlord == message.landlord, HazardRow.message_id == message.id)
    lines = []
    for hazard in session.scalars(select(HazardRow).where(*mine).order_by(HazardRow.id)):
        its = (ClockRow.landlord == message.landlord, ClockRow.hazard_id == hazard.id)
        clocks = session.scalars(select(ClockRow).where(*its).order_by(ClockRow.id))
        line = HazardLine(
            category=hazard.category,
            emergency=hazard.emergency,
            clocks=tuple(clock_line(clock) for clock in clocks),
        )
        lines.append(line)
    return tuple(lines)


def _letter(session: Session, message: MessageRow) -> LetterLine | None:
    mine = (
        LetterRow.landlord == message.landlord,
        LetterRow.message_id == message.id,
        LetterRow.kind == LetterKind.ACKNOWLEDGEMENT,
    )
    letter = session.scalars(select(LetterRow).where(*mine)).one_or_none()
    if letter is None:
        return None
    return LetterLine(
        kind=letter.kind,
        state=letter.state,
        send_at=letter.send_at,
        sent_at=letter.sent_at,
        proof=letter.proof or "",
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
