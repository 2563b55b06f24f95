"""The holding pen: what could not be read, until it is read after all."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.store.jobs import NewJob, enqueue_new
from intake.store.tables import HoldingPenRow, JobRow, MessageDeliveryRow


def waits() -> ColumnElement[bool]:
    """Return the condition on what still lies in the pen: it has become no message."""
    return HoldingPenRow.delivery_id.not_in(select(MessageDeliveryRow.delivery_id))


def count_pen(session: Session, landlord: str | None = None) -> int:
    """Return how many deliveries wait in the pen of a landlord, or of all."""
    whose = (HoldingPenRow.landlord == landlord,) if landlord is not None else ()
    return session.scalar(select(func.count(HoldingPenRow.id)).where(waits(), *whose)) or 0


def read_again(session: Session, landlord: str, pen_id: int, *, now: datetime) -> bool:
    """Promise to read it once more; false where it does not lie in the pen any longer.

    While one reading is promised, a second is not.
    """
    mine = (HoldingPenRow.landlord == landlord, HoldingPenRow.id == pen_id, waits())
    row = session.scalars(select(HoldingPenRow).where(*mine).with_for_update()).one_or_none()
    if row is None:
        return False
    key = f"again:{row.delivery_id}:"
    earlier = session.scalars(select(JobRow.outcome).where(JobRow.key.startswith(f"read:{key}")))
    outcomes = [*earlier]
    if None not in outcomes:
        job = NewJob(
            landlord=landlord,
            kind="read",
            key=f"{key}{len(outcomes)}",
            run_at=now,
            payload={"delivery_id": row.delivery_id},
        )
        enqueue_new(session, [job])
    return True
