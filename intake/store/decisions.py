"""What was decided in a case, as `heard case` prints it."""

from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.base import Day
from intake.store.case_tables import (
    ActionRow,
    ComplainedAboutRow,
    DecisionRow,
    ExtensionRow,
    FindingRow,
    OfferRow,
    RefusalRow,
)
from intake.store.tables import CaseRow

Facts = dict[str, Any]
_Row = TypeVar(
    "_Row",
    ActionRow,
    ComplainedAboutRow,
    DecisionRow,
    ExtensionRow,
    FindingRow,
    OfferRow,
    RefusalRow,
)


def load_decisions(session: Session, case: CaseRow) -> Facts:
    """Return what was decided in a case, offered and promised."""
    return {
        "complained_about": [row.name for row in _rows(session, case, ComplainedAboutRow)],
        "decisions": [_decision(row) for row in _rows(session, case, DecisionRow)],
        "findings": [_finding(row) for row in _rows(session, case, FindingRow)],
        "actions": [_action(row) for row in _rows(session, case, ActionRow)],
        "extensions": [_extension(row) for row in _rows(session, case, ExtensionRow)],
        "refusals": [_refusal(row) for row in _rows(session, case, RefusalRow)],
        "offers": [_offer(row) for row in _rows(session, case, OfferRow)],
    }


def iso(value: Day | None) -> str | None:
    """Return a day or moment as it is printed."""
    return None if value is None else value.isoformat()


def _rows(session: Session, case: CaseRow, table: type[_Row]) -> Iterator[_Row]:
    mine = (table.landlord == case.landlord, table.case_id == case.id)
    return iter(session.scalars(select(table).where(*mine).order_by(table.id)))


def _decision(row: DecisionRow) -> Facts:
    return {"stage": row.stage, "decider": row.decider, "remedy": row.remedy, "at": iso(row.at)}


def _finding(row: FindingRow) -> Facts:
    return {
        "stage": row.stage,
        "number": row.number,
        "issue": row.issue,
        "finding": row.outcome,
        "reasons": row.reasons,
    }


def _action(row: ActionRow) -> Facts:
    return {
        "stage": row.stage,
        "what": row.what,
        "owner": row.owner,
        "due": iso(row.due),
        "done": iso(row.done_at),
        "evidence": row.evidence,
    }


def _extension(row: ExtensionRow) -> Facts:
    return {
        "stage": row.stage,
        "from": iso(row.original),
        "until": iso(row.until),
        "reason": row.reason,
        "agreed": row.agreed,
        "good_reason": row.good_reason,
        "by": row.by,
        "told": iso(row.told_at),
    }


def _refusal(row: RefusalRow) -> Facts:
    return {
        "stage": row.stage,
        "ground": row.ground,
        "reasons": row.reasons,
        "evidence": row.evidence,
        "decider": row.decider,
        "aware_on": iso(row.aware_on),
        "at": iso(row.at),
    }


def _offer(row: OfferRow) -> Facts:
    return {
        "how": row.how,
        "by": row.by,
        "at": iso(row.at),
        "answer": row.answer,
        "answered": iso(row.answered_at),
    }
