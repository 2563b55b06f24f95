"""The digests of what arrived, taken from the bytes themselves."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.tables import DeliveryRow, MessageDeliveryRow, MessageRow


def digests_of(session: Session, message: MessageRow) -> list[str]:
    """Return the SHA-256 of each delivery that brought a message, the first first."""
    found = (
        select(DeliveryRow.sha256, DeliveryRow.raw)
        .join(MessageDeliveryRow, MessageDeliveryRow.delivery_id == DeliveryRow.id)
        .where(
            MessageDeliveryRow.landlord == message.landlord,
            MessageDeliveryRow.message_id == message.id,
        )
        .order_by(DeliveryRow.id)
    )
    # A file is named by the digest of what is in it.
    return [named or sha256(raw or b"").hexdigest() for named, raw in session.execute(found)]
