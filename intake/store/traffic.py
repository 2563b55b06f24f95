"""Counts what has gone to whom."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.domain.letter import LetterState
from intake.domain.sending import ACKNOWLEDGEMENTS, DAY, HOUR, Traffic
from intake.store.tables import LetterCaseRow, LetterRow

#: It has gone, or may have.
GONE = (LetterState.SENT, LetterState.SENDING, LetterState.UNKNOWN)


def load_traffic(session: Session, letter: LetterRow, *, now: datetime) -> Traffic:
    """Return what has gone before a letter, of its own sort: acknowledgements, or receipts."""
    address = letter.to.casefold()
    domain = address.rpartition("@")[2]
    to = func.lower(LetterRow.to)
    return Traffic(
        same_stage=_count(session, letter, _same_stage(letter)),
        to_address=_count(session, letter, to == address, _since(now - DAY)),
        to_domain=_count(
            session, letter, to.endswith(f"@{domain}", autoescape=True), _since(now - DAY)
        ),
        lately=_count(session, letter, _since(now - HOUR)),
    )


def _count(session: Session, letter: LetterRow, *wanted: ColumnElement[bool]) -> int:
    kinds = ACKNOWLEDGEMENTS if letter.kind in ACKNOWLEDGEMENTS else {letter.kind}
    gone = select(func.count()).where(
        LetterRow.landlord == letter.landlord,
        LetterRow.id != letter.id,
        LetterRow.kind.in_(kinds),
        LetterRow.state.in_(GONE),
        *wanted,
    )
    return session.scalar(gone) or 0


def _since(moment: datetime) -> ColumnElement[bool]:
    return func.coalesce(LetterRow.sent_at, LetterRow.send_at) > moment


def _same_stage(letter: LetterRow) -> ColumnElement[bool]:
    """Letters of the same kind about a case at the stage that this one tells of."""
    mine = (
        select(LetterCaseRow.case_id, LetterCaseRow.stage)
        .where(LetterCaseRow.landlord == letter.landlord, LetterCaseRow.letter_id == letter.id)
        .subquery()
    )
    others = (
        select(LetterCaseRow.letter_id)
        .join(
            mine,
            (mine.c.case_id == LetterCaseRow.case_id) & (mine.c.stage == LetterCaseRow.stage),
        )
        .where(LetterCaseRow.landlord == letter.landlord, LetterCaseRow.kind == letter.kind)
    )
    return LetterRow.id.in_(others)
