"""What is on record around a case: for a card, for `heard case`, and for where letters go."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Flag
from intake.domain.around import (
    AdjustmentLine,
    Around,
    BreachLine,
    LetterInLine,
    MemberLine,
    RepresentationLine,
)
from intake.domain.correspondence import Sender
from intake.domain.letter import LetterKind
from intake.domain.people import Addressee, Authority, Contact, Replies, address_letter
from intake.domain.public_reply import find_private_way
from intake.store.case_tables import CasePartyRow, Role
from intake.store.outlived import is_held
from intake.store.people_tables import (
    AdjustmentRow,
    BreachRow,
    CaseContactRow,
    CorrespondenceRow,
    GroupMemberRow,
    ProceedingsRow,
    ReferralRow,
    RepresentationRow,
    StandingRow,
)
from intake.store.rows import find
from intake.store.tables import AssessmentRow, CaseRow, ClockRow, MessageRow

_Row = TypeVar(
    "_Row",
    BreachRow,
    CaseContactRow,
    CorrespondenceRow,
    GroupMemberRow,
    ProceedingsRow,
    ReferralRow,
    RepresentationRow,
    StandingRow,
)
#: Who has what somebody who writes for somebody else must show, or need not show it.
MAY_READ = frozenset({Authority.SHOWN, Authority.NOT_NEEDED})


def rows_of(session: Session, case: CaseRow, table: type[_Row]) -> Sequence[_Row]:
    """Return the rows of a case in a table, in the order in which they were written."""
    return find(session, table, landlord=case.landlord, case_id=case.id)


def find_row(session: Session, case: CaseRow, table: type[_Row]) -> _Row | None:
    """Return the latest row of a case in a table, if it has one."""
    found = rows_of(session, case, table)
    return found[-1] if found else None


def find_contact(session: Session, case: CaseRow) -> Contact | None:
    """Return to whom letters about a case go instead of to its writer."""
    row = find_row(session, case, CaseContactRow)
    return None if row is None else Contact(address=row.address, why=row.why)


def stands_in(session: Session, case: CaseRow, message: MessageRow) -> bool:
    """Whether a case was written by somebody else who may not be told of it, as far as is known.

    The writer said so on the form, or the words read so; staff say how it is.
    """
    row = find_row(session, case, RepresentationRow)
    if row is not None:
        return row.authority not in MAY_READ and row.replies is Replies.RESIDENT
    return bool(message.on_behalf_of) or _reads_so(session, message)


def find_writer(session: Session, case: CaseRow, message: MessageRow) -> CasePartyRow:
    """Return who the writer of a case's message is to it."""
    mine = (
        CasePartyRow.landlord == case.landlord,
        CasePartyRow.case_id == case.id,
        CasePartyRow.party_id == message.party_id,
        CasePartyRow.role != Role.COPIED,
    )
    return session.scalars(select(CasePartyRow).where(*mine).order_by(CasePartyRow.id)).one()


def set_writer(session: Session, case: CaseRow, message: MessageRow, role: Role) -> None:
    """Say who the writer of a case's message is to it."""
    find_writer(session, case, message).role = role


def find_addressee(
    session: Session, message: MessageRow, case: CaseRow | None, kind: LetterKind
) -> Addressee:
    """Return where a letter about a message's case goes; with no case yet, to the writer."""
    if case is None:
        return Addressee(address=message.reply_to)
    standing_in = stands_in(session, case, message)
    contact = find_contact(session, case)
    found = address_letter(kind, message.reply_to, contact, standing_in=standing_in)
    if message.public and not found.address:
        return replace(found, why=f"{found.why} {find_private_way(kind)}".strip())
    return found


def find_stopped(session: Session, case: CaseRow) -> frozenset[str]:
    """Return the words of the issues of a complaint that are before a court."""
    found = rows_of(session, case, ProceedingsRow)
    return frozenset(words for row in found for words in row.stopped)


def find_adjustments(session: Session, case: CaseRow) -> Sequence[AdjustmentRow]:
    """Return the adjustments of those who have to do with a case, wherever they were agreed."""
    parties = select(CasePartyRow.party_id).where(
        CasePartyRow.landlord == case.landlord, CasePartyRow.case_id == case.id
    )
    mine = (
        AdjustmentRow.landlord == case.landlord,
        AdjustmentRow.party_id.in_(parties),
        AdjustmentRow.ended_at.is_(None),
    )
    return session.scalars(select(AdjustmentRow).where(*mine).order_by(AdjustmentRow.id)).all()


def find_unanswered(session: Session, case: CaseRow, letter_id: int) -> CorrespondenceRow | None:
    """Return a letter from outside about a case that awaits its answer, if it is one."""
    rows = rows_of(session, case, CorrespondenceRow)
    return next((r for r in rows if r.id == letter_id and r.answered_at is None), None)


def writes_as(session: Session, case: CaseRow, sender: Sender) -> str:
    """Return the address of a case's writer, where they write as that sender; else nothing."""
    row = find_row(session, case, RepresentationRow)
    if row is None or row.capacity.value != sender.value or row.replies is Replies.RESIDENT:
        return ""
    contact = find_contact(session, case)
    if contact is not None and contact.address:
        return contact.address
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    return session.scalars(select(MessageRow.reply_to).where(*mine)).one()


def letter_clocks(session: Session, letter: CorrespondenceRow) -> Sequence[ClockRow]:
    """Return the clocks of a letter from somebody who is not the resident."""
    mine = (ClockRow.landlord == letter.landlord, ClockRow.correspondence_id == letter.id)
    return session.scalars(select(ClockRow).where(*mine).order_by(ClockRow.id)).all()


def clocks_of_letters(session: Session, case: CaseRow) -> list[ClockRow]:
    """Return the clocks of all letters from outside about a case."""
    letters = rows_of(session, case, CorrespondenceRow)
    return [clock for letter in letters for clock in letter_clocks(session, letter)]


def load_around(session: Session, case: CaseRow, message: MessageRow) -> Around:
    """Return what stands around a case, as a card shows it."""
    contact = find_contact(session, case)
    acts = find_row(session, case, RepresentationRow)
    checked = find_row(session, case, StandingRow)
    return Around(
        standing_in=stands_in(session, case, message),
        representation=None
        if acts is None
        else RepresentationLine(
            capacity=acts.capacity, authority=acts.authority, replies=acts.replies, why=acts.why
        ),
        contact=contact.why if contact else "",
        reachable=contact is None or bool(contact.address),
        members=tuple(
            MemberLine(
                id=row.id,
                name=row.name,
                lead=row.lead,
                copied=row.copied_at is not None,
                alone=row.own_case_id is not None,
            )
            for row in rows_of(session, case, GroupMemberRow)
        ),
        standing=checked.standing if checked else None,
        letters=tuple(_letter(session, row) for row in rows_of(session, case, CorrespondenceRow)),
        stopped=find_stopped(session, case),
        referred=tuple(row.body for row in rows_of(session, case, ReferralRow)),
        adjustments=tuple(
            AdjustmentLine(id=row.id, need=row.need, review_on=row.review_on)
            for row in find_adjustments(session, case)
        ),
        breaches=tuple(
            BreachLine(id=row.id, report_by=row.report_by, decided=row.decided)
            for row in rows_of(session, case, BreachRow)
        ),
        held=is_held(session, case),
    )


def _letter(session: Session, row: CorrespondenceRow) -> LetterInLine:
    running = [clock for clock in letter_clocks(session, row) if clock.ended_at is None]
    owed = [(clock.name, [d for d in (clock.target, clock.code) if d]) for clock in running]
    return LetterInLine(
        id=row.id,
        sender=row.sender,
        received_on=row.received_on,
        owed=tuple((name, min(days, key=str)) for name, days in owed if days),
        due_at=min((clock.due_at for clock in running if clock.due_at), default=None),
        answered=row.answered_at is not None,
        evidence=row.evidence,
    )


def _reads_so(session: Session, message: MessageRow) -> bool:
    mine = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    found = session.scalars(select(AssessmentRow).where(*mine)).one_or_none()
    return found is not None and Flag.REPRESENTATIVE in found.flags
