"""Step one: keep what arrived, as it arrived."""

from secrets import choice

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.domain.message import Delivery
from intake.domain.reference import make_reference
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import DeliveryRow


def receive(session: Session, delivery: Delivery, *, sha256: str | None = None) -> str:
    """Keep `delivery`, promise to read it, and return its reference; a repeat changes nothing.

    `sha256` names the file that holds its bytes, where they are too many for a row.
    """
    known = session.scalar(select(DeliveryRow.reference).where(DeliveryRow.key == delivery.key))
    if known is not None:
        return known
    row = DeliveryRow(
        key=delivery.key,
        landlord=delivery.landlord,
        reference=make_reference(choice),
        channel=delivery.channel,
        raw=None if sha256 else delivery.raw,
        sha256=sha256,
        size=len(delivery.raw),
        envelope=dict(delivery.envelope),
        arrived_at=delivery.arrived_at,
    )
    session.add(row)
    session.flush()
    job = NewJob(
        landlord=delivery.landlord,
        kind="read",
        key=str(row.id),
        run_at=delivery.arrived_at,
        payload={"delivery_id": row.id},
    )
    enqueue(session, job)
    return row.reference
