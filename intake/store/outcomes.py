"""What is on record around a case: for its card, for `heard case`, and for the list of promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake.domain.case import Kind
from intake.domain.life import Outcome, Response, Verdict
from intake.domain.outcome import OutcomeLines, RestrictionLine, SupportLine
from intake.domain.response_parts import Part, missing_parts
from intake.store.base import Day
from intake.store.case_tables import ActionRow, DecisionRow, ExtensionRow, FindingRow
from intake.store.money import amount_of, money_line, to_pounds
from intake.store.outcome_tables import (
    ConsideredRow,
    FirstContactRow,
    LessonRow,
    MoneyRow,
    NewIssueRow,
    ResponsePartRow,
    RestrictionRow,
    SupportRow,
)
from intake.store.tables import CaseRow, LetterRow

Facts = dict[str, Any]
_Row = TypeVar(
    "_Row",
    ConsideredRow,
    DecisionRow,
    FindingRow,
    FirstContactRow,
    LessonRow,
    MoneyRow,
    NewIssueRow,
    ResponsePartRow,
    RestrictionRow,
    SupportRow,
)


def load_outcome_lines(session: Session, case: CaseRow) -> OutcomeLines:
    """Return what a card shows around a case."""
    offers = session.scalars(_of(SupportRow, case).where(SupportRow.answer.is_(None)))
    limits = session.scalars(_of(RestrictionRow, case).where(RestrictionRow.ended_at.is_(None)))
    return OutcomeLines(
        money=tuple(money_line(row) for row in session.scalars(_of(MoneyRow, case))),
        support=tuple(SupportLine(id=r.id, help=r.help, how=r.how) for r in offers),
        restrictions=tuple(
            RestrictionLine(id=r.id, limit=r.limit, review_on=r.review_on) for r in limits
        ),
        settled=session.scalars(_of(FirstContactRow, case)).first() is not None,
        lessons=len(session.scalars(_of(LessonRow, case)).all()),
    )


def load_outcomes(session: Session, case: CaseRow) -> Facts:
    """Return all that is on record around a case."""
    settled = session.scalars(_of(FirstContactRow, case)).one_or_none()
    return {
        "new_issues": [_issue(session, row) for row in session.scalars(_of(NewIssueRow, case))],
        "settled_at_first_contact": settled and _facts(settled, "agreed", "consent", "by", "at"),
        "response_parts": _parts(session, case),
        "money": [_money(row) for row in session.scalars(_of(MoneyRow, case))],
        "exclusions_considered": [
            _facts(row, "excluded", "exclusion", "weighed", "reasons", "decider", "by", "at")
            for row in session.scalars(_of(ConsideredRow, case))
        ],
        "lessons": [
            _facts(row, "theme", "change", "owner", "due", "by", "at")
            for row in session.scalars(_of(LessonRow, case))
        ],
        "support": [
            _facts(row, "help", "how", "by", "at", "answer", "answered_at")
            for row in session.scalars(_of(SupportRow, case))
        ],
        "restrictions": [
            _facts(row, *RESTRICTION, "by", "at", "ended_at", "ended_why")
            for row in session.scalars(_of(RestrictionRow, case))
        ],
    }


RESTRICTION = ("limit", "details", "reason", "tried", "adjustments", "decider", "review_on")


@dataclass(frozen=True, kw_only=True)
class OpenPromise:
    """Something promised to a resident that is not done yet."""

    landlord: str
    message_id: int
    reference: str
    kind: Kind
    what: str = field(repr=False)
    owner: str
    due: date


def find_broken_promises(session: Session, *, today: date) -> list[OpenPromise]:
    """Return the promises whose day has passed, of cases open and closed, the oldest first.

    What was promised in a letter that never went is no promise (Code 6.6, 7.3).
    """
    found = (
        select(ActionRow, CaseRow)
        .join(CaseRow, CaseRow.id == ActionRow.case_id)
        .join(LetterRow, LetterRow.id == ActionRow.letter_id)
        .where(ActionRow.done_at.is_(None), ActionRow.due < today, LetterRow.sent_at.is_not(None))
        .order_by(ActionRow.due, ActionRow.id)
    )
    return [
        OpenPromise(
            landlord=case.landlord,
            message_id=case.message_id,
            reference=case.reference,
            kind=case.kind,
            what=row.what,
            owner=row.owner,
            due=row.due,
        )
        for row, case in session.execute(found)
    ]


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """What a letter about more time tells: until when, from when, why, and what was said to it."""

    stage: int
    original: date
    until: date
    reason: str = field(repr=False)
    agreed: str | None
    good_reason: str = field(repr=False)


def load_put_off(session: Session, letter: LetterRow) -> PutOff:
    """Return the facts of a letter about more time, agreed to or not."""
    mine = (ExtensionRow.landlord == letter.landlord, ExtensionRow.letter_id == letter.id)
    row = session.scalars(select(ExtensionRow).where(*mine)).one()
    return PutOff(
        stage=row.stage,
        original=row.original,
        until=row.until,
        reason=row.reason,
        agreed=row.agreed,
        good_reason=row.good_reason or "",
    )


def load_response(session: Session, letter: LetterRow) -> Response:
    """Return the response that a letter gives, with its structured parts."""
    of_letter = {"landlord": letter.landlord, "letter_id": letter.id}
    told = session.scalars(select(DecisionRow).filter_by(**of_letter)).one()
    found = select(FindingRow).filter_by(**of_letter).order_by(FindingRow.number)
    parts = select(ResponsePartRow).filter_by(**of_letter).order_by(ResponsePartRow.id)
    return _response(told, session.scalars(found).all(), session.scalars(parts).all())


def _response(
    told: DecisionRow, found: Sequence[FindingRow], parts: Sequence[ResponsePartRow]
) -> Response:
    return Response(
        verdicts=tuple(
            Verdict(number=row.number, outcome=Outcome(row.outcome), reasons=row.reasons)
            for row in found
        ),
        decider=told.decider,
        remedy=told.remedy,
        parts={Part(row.part): row.words for row in parts},
    )


def _parts(session: Session, case: CaseRow) -> list[Facts]:
    parts = session.scalars(_of(ResponsePartRow, case)).all()
    found = session.scalars(_of(FindingRow, case)).all()
    shown = []
    for told in session.scalars(_of(DecisionRow, case)):
        own = [row for row in parts if row.letter_id == told.letter_id]
        of_it = [row for row in found if row.letter_id == told.letter_id]
        response = _response(told, of_it, own)
        given = {row.part: row.words for row in own}
        facts = {"stage": told.stage, "parts": given, "missing": [*missing_parts(response)]}
        shown.append(facts)
    return shown


def _issue(session: Session, row: NewIssueRow) -> Facts:
    other = session.get(CaseRow, row.other_id) if row.other_id is not None else None
    opened = {"opened": other.reference if other else None}
    return _facts(row, "words", "ground", "raised_on", "by", "at") | opened


def _money(row: MoneyRow) -> Facts:
    told = _facts(row, "redress", "impact", "proof", "level", "authorisers", "by", "role", "at")
    came = _facts(row, "approved_by", "approved_role", "approved_at", "open_until", "reply")
    paid = _facts(row, "replied_on", "late_decider", "pay_by", "paid_on", "paid_how")
    credited = None if row.credited_pence is None else str(to_pounds(row.credited_pence))
    return {"amount": f"{amount_of(row):.2f}", **told, **came, **paid, "credited": credited}


def _facts(row: Any, *names: str) -> Facts:  # noqa: ANN401 - any of the rows above
    """Return what a row says under these names, days and moments as they are printed."""
    return {name: _printed(getattr(row, name)) for name in names}


def _printed(value: object) -> object:
    return value.isoformat() if isinstance(value, Day) else value


def _of(table: type[_Row], case: CaseRow) -> Select[_Row]:
    mine = (table.landlord == case.landlord, table.case_id == case.id)
    return select(table).where(*mine).order_by(table.id)
