"""What was decided, and is told in a letter, as the record has it."""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake.domain.case_letter import Decided, Found
from intake.domain.correspondence import Bearing
from intake.domain.lengths import london_day
from intake.domain.letter import LetterKind
from intake.domain.letter_check import MORE_TIME
from intake.domain.life import Promise
from intake.domain.moments import Moment
from intake.domain.reply import IN_OUR_WORDS, REACTIONS
from intake.store.case_tables import (
    ActionRow,
    DecisionRow,
    ExtensionRow,
    FindingRow,
    MomentRow,
    RefusalRow,
)
from intake.store.letter_tables import LetterWordsRow
from intake.store.outcome_tables import ResponsePartRow
from intake.store.people_tables import CorrespondenceRow
from intake.store.tables import CaseRow, LetterRow

_Row = TypeVar(
    "_Row",
    ExtensionRow,
    DecisionRow,
    FindingRow,
    ActionRow,
    RefusalRow,
    ResponsePartRow,
    LetterWordsRow,
)


def _load_words(session: Session, letter: LetterRow) -> LetterWordsRow:
    """Return what staff wrote in a letter that tells of no decision."""
    return session.scalars(_of(LetterWordsRow, letter)).one()


def load_answered(session: Session, letter: LetterRow) -> CorrespondenceRow:
    """Return the letter from outside that one of ours answers."""
    answers = _load_words(session, letter).correspondence_id
    mine = (CorrespondenceRow.landlord == letter.landlord, CorrespondenceRow.id == answers)
    return session.scalars(select(CorrespondenceRow).where(*mine).with_for_update()).one()


def load_decided(session: Session, case: CaseRow, letter: LetterRow) -> Decided:
    """Return what a letter about one case tells besides the matter itself."""
    if letter.kind in IN_OUR_WORDS:
        return _in_our_words(session, case, letter)
    if letter.kind in MORE_TIME:
        more = session.scalars(_of(ExtensionRow, letter)).one()
        return Decided(
            stage=case.stage, until=more.until, original=more.original, reason=more.reason
        )
    if letter.kind is LetterKind.REFUSAL:
        no = session.scalars(_of(RefusalRow, letter)).one()
        return Decided(stage=case.stage, ground=no.ground, reason=no.reasons, decider=no.decider)
    if letter.kind is LetterKind.STAGE_2_ACKNOWLEDGEMENT:
        asked = (MomentRow.case_id == case.id, MomentRow.name == Moment.STAGE2_REQUESTED)
        requested = session.scalars(select(MomentRow.at).where(*asked)).one()
        return Decided(stage=case.stage, requested_on=london_day(requested))
    yes = session.scalars(_of(DecisionRow, letter)).one()
    return Decided(
        stage=case.stage,
        found=_found(session, letter),
        remedy=yes.remedy,
        promises=[
            Promise(what=row.what, owner=row.owner, due=row.due)
            for row in session.scalars(_of(ActionRow, letter))
        ],
        decider=yes.decider,
        parts={row.part: row.words for row in session.scalars(_of(ResponsePartRow, letter))},
    )


def _in_our_words(session: Session, case: CaseRow, letter: LetterRow) -> Decided:
    row = _load_words(session, letter)
    written = Decided(
        stage=case.stage,
        words=row.words,
        passed_to=row.passed_to,
        their_reference=row.their_reference,
        enclosed=row.enclosed,
        decider=row.decider,
    )
    if letter.kind not in REACTIONS:
        return written
    asked = load_answered(session, letter)
    return replace(
        written,
        addressee=asked.name,
        requested_on=asked.received_on,
        is_complaint=asked.bearing is Bearing.COMPLAINT,
    )


def _found(session: Session, letter: LetterRow) -> list[Found]:
    rows = session.scalars(_of(FindingRow, letter))
    return [Found(issue=row.issue, outcome=row.outcome, reasons=row.reasons) for row in rows]


def _of(table: type[_Row], letter: LetterRow) -> Select[_Row]:
    mine = (table.landlord == letter.landlord, table.letter_id == letter.id)
    return select(table).where(*mine).order_by(table.id)
