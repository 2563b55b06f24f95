"""The words of a letter, from what the record says on the day it goes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake.cases import load_issues
from intake.clocks import compute, load_moments
from intake.domain.case_letter import WRITERS, Decided, Found, write_case_letter
from intake.domain.clock import LONDON
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import LetterKind, LetterText, Matter, write_letter
from intake.domain.life import Promise
from intake.domain.moments import ClockName, Moment
from intake.domain.triage import give_back
from intake.store.case_tables import (
    ActionRow,
    DecisionRow,
    ExtensionRow,
    FindingRow,
    MomentRow,
    RefusalRow,
)
from intake.store.tables import CaseRow, LetterRow, MessageRow
from intake.told import load_letter_cases

_Row = TypeVar("_Row", ExtensionRow, DecisionRow, FindingRow, ActionRow, RefusalRow)
#: Which answer is owed at each stage.
ANSWERS = (ClockName.STAGE_1_RESPONSE, ClockName.STAGE_2_RESPONSE)


class TooLateError(Exception):
    """The letter no longer says what is true: an extension after the day has passed (Code 6.4)."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A letter as staff see it, and as it goes, with the writer's own words given back."""

    shown: LetterText
    sent: LetterText


def write(
    session: Session, letter: LetterRow, message: MessageRow, landlord: Landlord, *, now: datetime
) -> Words:
    """Return what a letter says, were it to go now.

    Raises:
        TooLateError: it would tell of an extension when the day has passed.
    """
    on = now.astimezone(LONDON).date()
    cases = load_letter_cases(session, letter)
    seen = [_matter(session, case, letter.kind, landlord, now=now) for case in cases]
    own = [_give_back(matter, message) for matter in seen]
    if letter.kind not in WRITERS:
        texts = [
            write_letter(letter.kind, matters, landlord, message.reference, on=on)
            for matters in (seen, own)
        ]
        return Words(shown=texts[0], sent=texts[1])
    [case] = cases
    decided = _decided(session, case, letter)
    if decided.original is not None and on > decided.original:
        raise TooLateError(f"the day it puts off, {decided.original}, has passed (Code 6.4)")
    known = message.hidden.get("issues", {})
    returned = replace(
        decided,
        found=[replace(each, issue=give_back(each.issue, known)) for each in decided.found],
    )
    return Words(
        shown=write_case_letter(letter.kind, seen[0], decided, landlord, on=on),
        sent=write_case_letter(letter.kind, own[0], returned, landlord, on=on),
    )


def _give_back(matter: Matter, message: MessageRow) -> Matter:
    """The writer gets their own words back, whose personal data staff did not see."""
    issues, outcome = (message.hidden.get(part, {}) for part in ("issues", "outcome"))
    return replace(
        matter,
        issues=tuple(give_back(issue, issues) for issue in matter.issues),
        outcome=give_back(matter.outcome, outcome),
    )


def _matter(
    session: Session, case: CaseRow, kind: LetterKind, landlord: Landlord, *, now: datetime
) -> Matter:
    return Matter(
        kind=case.kind,
        reference=case.reference,
        received_at=case.received_at,
        issues=tuple(issue.words for issue in load_issues(session, case)),
        outcome=case.outcome_sought or "",
        not_responsible=case.not_responsible or "",
        answer_by=_answer_by(session, case, kind, landlord, now=now),
    )


def _answer_by(
    session: Session, case: CaseRow, kind: LetterKind, landlord: Landlord, *, now: datetime
) -> date | datetime | None:
    acknowledges = {
        LetterKind.ACKNOWLEDGEMENT: Moment.ACKNOWLEDGED,
        LetterKind.STAGE_2_ACKNOWLEDGEMENT: Moment.STAGE2_ACKNOWLEDGED,
    }
    moments = load_moments(session, case)
    if not moments or kind not in acknowledges:
        return None
    clocks = compute(session, landlord, moments | {acknowledges[kind]: now})
    found = [c for c in clocks if c.clock is ANSWERS[case.stage - 1]]
    return found[0].target or found[0].code if found else None


def _decided(session: Session, case: CaseRow, letter: LetterRow) -> Decided:
    if letter.kind is LetterKind.EXTENSION:
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
    )


def _found(session: Session, letter: LetterRow) -> list[Found]:
    rows = session.scalars(_of(FindingRow, letter))
    return [Found(issue=row.issue, outcome=row.outcome, reasons=row.reasons) for row in rows]


def _of(table: type[_Row], letter: LetterRow) -> Select[_Row]:
    mine = (table.landlord == letter.landlord, table.letter_id == letter.id)
    return select(table).where(*mine).order_by(table.id)
