"""The digests of what arrived, taken from the bytes themselves."""

from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake.store.tables import DeliveryRow, MessageDeliveryRow, MessageRow

BROUGHT = (
    select(DeliveryRow.sha256, DeliveryRow.raw)
    .join(MessageDeliveryRow, MessageDeliveryRow.delivery_id == DeliveryRow.id)
    .where(
        MessageDeliveryRow.landlord == bindparam("landlord"),
        MessageDeliveryRow.message_id == bindparam("message_id"),
    )
    .order_by(DeliveryRow.id)
)


def digests_of(session: Session, message: MessageRow) -> list[str]:
    """Return the SHA-256 of each delivery that brought a message, the first first."""
    found = session.execute(BROUGHT, {"landlord": message.landlord, "message_id": message.id})
    # A file is named by the digest of what is in it.
    return [named or sha256(raw or b"").hexdigest() for named, raw in found]
