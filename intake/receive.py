"""Step one: keep what arrived, as it arrived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import choice
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from intake.domain.message import Delivery
from intake.domain.reference import make_reference
from intake.store.jobs import NewJob, Priority, enqueue_new
from intake.store.tables import DeliveryRow

#: Without the object mapper: this is the one step that a sender waits for.
DELIVERY = cast("Table", DeliveryRow.__table__)
KNOWN = select(DELIVERY.c.key, DELIVERY.c.reference).where(
    DELIVERY.c.key.in_(bindparam("keys", expanding=True))
)
KEEP = insert(DELIVERY).returning(
    DELIVERY.c.id, DELIVERY.c.landlord, DELIVERY.c.arrived_at, DELIVERY.c.envelope
)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A delivery, and the file that holds its bytes where they are too many for a row."""

    delivery: Delivery
    sha256: str | None = None


def receive(session: Session, arrivals: Sequence[Arrival]) -> list[str]:
    """Keep what arrived, promise to read it, and return the references; repeats change nothing."""
    keys = [arrival.delivery.key for arrival in arrivals]
    new = dict(zip(keys, arrivals, strict=True))
    references: dict[str, str] = dict(session.execute(KNOWN, {"keys": list(new)}).all())
    rows = [_row(key, arrival) for key, arrival in new.items() if key not in references]
    if rows:
        enqueue_new(session, [_job(*row) for row in session.execute(KEEP, rows)])
    references |= {row["key"]: row["reference"] for row in rows}
    return [references[key] for key in keys]


def find_known(session: Session, keys: Sequence[str]) -> set[str]:
    """Return which of these keys are those of deliveries that are kept already."""
    return {key for key, _ in session.execute(KNOWN, {"keys": list(keys)})}


def _row(key: str, arrival: Arrival) -> dict[str, Any]:
    delivery = arrival.delivery
    return {
        "key": key,
        "landlord": delivery.landlord,
        "reference": make_reference(choice),
        "channel": delivery.channel,
        "raw": None if arrival.sha256 else delivery.raw,
        "sha256": arrival.sha256,
        "size": len(delivery.raw),
        "envelope": dict(delivery.envelope),
        "arrived_at": delivery.arrived_at,
    }


def _job(
    delivery_id: int, landlord: str, arrived_at: datetime, envelope: Mapping[str, Any]
) -> NewJob:
    return NewJob(
        landlord=landlord,
        kind="read",
        key=str(delivery_id),
        run_at=arrived_at,
        payload={"delivery_id": delivery_id},
        priority=Priority.BULK if envelope.get("imported") else Priority.LIVE,
    )
