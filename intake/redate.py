"""Move a receipt earlier, when it shows that a message reached us before it was thought to."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.beside import redate_requests
from intake.cases import add_event
from intake.clocks import compute, set_case_clocks, set_hazard_clocks
from intake.domain.case import HEARD, Action, move
from intake.domain.clock import LONDON
from intake.domain.landlord import Landlord
from intake.domain.moments import Moment
from intake.store.base import Day
from intake.store.tables import AssessmentRow, CaseRow, HazardRow, MessageRow


class Earlier(NamedTuple):
    """Since when something counts as received, what shows it, and who found it when."""

    received_at: datetime
    told: str
    by: str
    at: datetime


def receive_earlier(session: Session, case: CaseRow, landlord: Landlord, earlier: Earlier) -> None:
    """Count a locked case from an earlier receipt, with an event."""
    _, told, by, at = earlier
    case.received_at = earlier.received_at
    set_case_clocks(session, case, landlord, at=at)
    event = move(case.kind, case.status, Action.RECEIVE_EARLIER, by=by, at=at, note=told)
    add_event(session, case, event)


def redate(
    session: Session, message: MessageRow, before: datetime, landlord: Landlord, *, at: datetime
) -> None:
    """Count the cases and hazards of a message from its earlier receipt, with an event each.

    Only what counted from the later one: a receipt that staff corrected stays. A closed result
    never changes.
    """
    mine = (CaseRow.landlord == message.landlord, CaseRow.message_id == message.id)
    dated = select(CaseRow).where(*mine, CaseRow.received_at == before).order_by(CaseRow.id)
    told = f"it had reached us on {_said(message.received_at)} already, not on {_said(before)}"
    for case in session.scalars(dated.with_for_update()).all():
        receive_earlier(session, case, landlord, Earlier(message.received_at, told, HEARD, at))
    _redate_hazards(session, message, before, landlord, at=at)
    redate_requests(session, message, landlord, told=told, at=at)
    seen = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    for assessment in session.scalars(select(AssessmentRow).where(*seen)):
        assessment.acknowledge_by = last_day_to_acknowledge(session, message, landlord)


def last_day_to_acknowledge(
    session: Session, message: MessageRow, landlord: Landlord
) -> Day | None:
    """Return by when a message would have to be acknowledged, were it a complaint."""
    first, *_ = compute(session, landlord, {Moment.RECEIVED: message.received_at})
    return first.code or first.target


def _redate_hazards(
    session: Session, message: MessageRow, before: datetime, landlord: Landlord, *, at: datetime
) -> None:
    mine = (HazardRow.landlord == message.landlord, HazardRow.message_id == message.id)
    dated = select(HazardRow).where(*mine, HazardRow.aware_at == before).order_by(HazardRow.id)
    for hazard in session.scalars(dated.with_for_update()).all():
        hazard.aware_at = message.received_at
        set_hazard_clocks(session, hazard, landlord, at=at)


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"
