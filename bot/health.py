"""How the work stands, in figures."""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.domain.case import Status
from intake.store.jobs import Priority
from intake.store.pen import waits
from intake.store.tables import CaseRow, ClockRow, HoldingPenRow, JobRow, Outcome

#: The one row that is written to see whether rows can be written. It is no work.
PROBE = "ready:probe"

NAMES = {
    "heard_jobs_due": "jobs that are due",
    "heard_oldest_job_seconds": "how long the longest-waiting due job has waited",
    "heard_jobs_dead": "jobs that were given up and wait for a person",
    "heard_cases_awaiting_triage": "cases that nobody has decided",
    "heard_holding_pen": "deliveries that could not be read",
    "heard_clocks_overdue": "running clocks whose date has passed",
}


class Figures:
    """The figures as Prometheus gauges."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._gauges = {
            name: Gauge(name, help_, registry=self.registry) for name, help_ in NAMES.items()
        }

    def set(self, figures: Mapping[str, float]) -> None:
        """Take over the latest figures."""
        for name, value in figures.items():
            self._gauges[name].set(value)


def prove_writable(session: Session) -> None:
    """Write and commit a row, as the next arrival would: a full disk shows here, not at a door."""
    row = session.scalars(select(JobRow).where(JobRow.key == PROBE)).one_or_none()
    if row is None:
        facts = {"kind": "ready", "payload": {}, "priority": int(Priority.BULK)}
        row = JobRow(landlord="", key=PROBE, outcome=Outcome.DONE, refusals=0, **facts)
        session.add(row)
    else:
        row.refusals = (row.refusals + 1) % 1000


def load_figures(session: Session, *, now: datetime) -> dict[str, float]:
    """Return the figures over all landlords."""
    due = (JobRow.run_at <= now, JobRow.outcome.is_(None))
    oldest = session.scalar(select(func.min(JobRow.run_at)).where(*due))
    waited = (now - oldest).total_seconds() if oldest else 0.0
    return {
        "heard_jobs_due": _count(session, JobRow, *due),
        "heard_oldest_job_seconds": waited,
        "heard_jobs_dead": _count(session, JobRow, JobRow.outcome == Outcome.DEAD),
        "heard_cases_awaiting_triage": _count(
            session, CaseRow, CaseRow.status == Status.AWAITING_TRIAGE
        ),
        "heard_holding_pen": _count(session, HoldingPenRow, waits()),
        "heard_clocks_overdue": _count(
            session, ClockRow, ClockRow.ended_at.is_(None), ClockRow.due_at < now
        ),
    }


def _count(session: Session, row: type, *which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(row).where(*which)) or 0
