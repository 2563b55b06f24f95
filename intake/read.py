"""Step two: make sense of a delivery, or set it aside for a person."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.domain.message import Basis, Delivery, Message
from intake.store.files import Files
from intake.store.jobs import Job, NewJob, enqueue, finish
from intake.store.tables import (
    DeliveryRow,
    HoldingPenRow,
    MessageDeliveryRow,
    MessageRow,
    PartyRow,
)


def load_delivery(session: Session, job: Job, files: Files) -> Delivery:
    """Return what arrived."""
    row = _delivery(session, job)
    return Delivery(
        landlord=row.landlord,
        channel=row.channel,
        raw=files.load(row.sha256) if row.sha256 else row.raw or b"",
        arrived_at=row.arrived_at,
        envelope=row.envelope,
    )


def keep_message(session: Session, job: Job, message: Message, *, now: datetime) -> None:
    """Keep what was read, once however it came, and promise its assessment."""
    delivery = _delivery(session, job)
    key = message.key(delivery.landlord, delivery.key)
    known = session.scalar(select(MessageRow.id).where(MessageRow.key == key))
    message_id = known or _add_message(session, delivery, message, key)
    if known is not None:
        _receive_earlier(session, delivery, message, known)
    session.add(
        MessageDeliveryRow(landlord=job.landlord, message_id=message_id, delivery_id=delivery.id)
    )
    assess = NewJob(
        landlord=job.landlord,
        kind="assess",
        key=str(message_id),
        run_at=now,
        payload={"message_id": message_id},
        priority=job.priority,
    )
    enqueue(session, assess)
    finish(session, job)


def set_aside(session: Session, job: Job, reason: str, *, now: datetime) -> None:
    """Put a delivery that makes no sense to us in the holding pen, and promise its card."""
    delivery = _delivery(session, job)
    row = HoldingPenRow(landlord=job.landlord, delivery_id=delivery.id, reason=reason, since=now)
    session.add(row)
    session.flush()
    card = NewJob(
        landlord=job.landlord,
        kind="pen_card",
        key=str(row.id),
        run_at=now,
        payload={"pen_id": row.id},
    )
    enqueue(session, card)
    finish(session, job)


def receipt_of(message: Message, arrived_at: datetime) -> tuple[datetime, Basis]:
    """Return when a message counts as received, and whose clock says so.

    A post was received when it was posted, if its signed notice says so and it is not in the
    future; all else when it reached us (Complaint Handling Code 3.2, 6.2).
    """
    if message.posted_at is not None and message.posted_at <= arrived_at:
        return message.posted_at, Basis.POSTED
    return arrived_at, Basis.ARRIVED


def _delivery(session: Session, job: Job) -> DeliveryRow:
    mine = (DeliveryRow.landlord == job.landlord, DeliveryRow.id == job.payload["delivery_id"])
    return session.scalars(select(DeliveryRow).where(*mine)).one()


def _add_message(session: Session, delivery: DeliveryRow, message: Message, key: str) -> int:
    received_at, basis = receipt_of(message, delivery.arrived_at)
    row = MessageRow(
        key=key,
        reference=delivery.reference,
        landlord=delivery.landlord,
        party_id=_party(session, delivery.landlord, message, delivery.reference),
        channel=delivery.channel,
        sender_name=message.sender_name,
        subject=message.subject,
        text=message.text,
        visible=message.visible,
        reply_to=message.reply_to,
        own_id=message.own_id,
        answers=list(message.answers),
        automatic=message.automatic,
        public=message.public,
        posted_at=message.posted_at,
        permalink=message.permalink,
        home=message.home,
        outcome_sought=message.outcome_sought,
        on_behalf_of=message.on_behalf_of,
        attachments=[asdict(attachment) for attachment in message.attachments],
        problems=list(message.problems),
        received_at=received_at,
        basis=basis,
    )
    session.add(row)
    session.flush()
    return row.id


def _receive_earlier(
    session: Session, delivery: DeliveryRow, message: Message, message_id: int
) -> None:
    """A message counts from its earliest road, as long as no case has counted from a later one."""
    mine = (MessageRow.landlord == delivery.landlord, MessageRow.id == message_id)
    row = session.scalars(select(MessageRow).where(*mine).with_for_update()).one()
    received_at, basis = receipt_of(message, delivery.arrived_at)
    if received_at < row.received_at and row.shown_text is None:
        row.received_at, row.basis = received_at, basis


def _party(session: Session, landlord: str, message: Message, reference: str) -> int:
    # Two people who leave no address are two people.
    unknown = f"unknown:{reference}"
    address = (message.sender or message.reply_to or unknown).casefold()[:200]
    mine = (PartyRow.landlord == landlord, PartyRow.address == address)
    known = session.scalar(select(PartyRow.id).where(*mine))
    if known is not None:
        return known
    row = PartyRow(landlord=landlord, address=address, name=message.sender_name)
    session.add(row)
    session.flush()
    return row.id
