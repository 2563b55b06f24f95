"""Step two: make sense of a delivery, or set it aside for a person."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake.clocks import set_case_clocks, set_hazard_clocks
from intake.domain.identity import Known
from intake.domain.landlord import Landlord
from intake.domain.message import Basis, Delivery, Message
from intake.follow import note_writer
from intake.mail.copied import find_copied
from intake.mail.whose import Whose, find_writer
from intake.redate import redate
from intake.store import threads
from intake.store.attachments import note_attachments
from intake.store.files import Files
from intake.store.jobs import Job, NewJob, enqueue, finish
from intake.store.rows import find_one, get_one, put
from intake.store.tables import (
    CaseRow,
    DeliveryRow,
    HazardRow,
    HoldingPenRow,
    MessageDeliveryRow,
    MessageRow,
    PartyRow,
)

#: Asked of every message, and so built once.
KNOWN = select(MessageRow.id).where(MessageRow.key == bindparam("key"))


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


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of one delivery, or why nobody can read it."""

    job: Job
    found: Message | str
    landlord: Landlord


def keep_all(session: Session, read: Sequence[Read], *, now: datetime) -> None:
    """Keep each message, or set its delivery aside; where one cannot be, none."""
    for one in read:
        if isinstance(one.found, str):
            set_aside(session, one.job, one.found, now=now)
        else:
            keep_message(session, one.job, one.found, now=now, landlord=one.landlord)


def keep_message(
    session: Session,
    job: Job,
    message: Message,
    *,
    now: datetime,
    landlord: Landlord | None = None,
) -> None:
    """Keep what was read, once however it came, and promise its assessment."""
    delivery = _delivery(session, job)
    key = message.key(delivery.landlord, delivery.key)
    known = session.scalar(KNOWN, {"key": key})
    whose = find_writer(message, landlord) if landlord else Whose(message=message)
    copied = find_copied(message, landlord) if landlord else ()
    message_id = known or _add_message(session, delivery, whose, key, copied=copied)
    if known is None:
        note_attachments(session, job, message_id, message.attachments, now=now)
    else:
        row = _get_message(session, job, known)
        _receive_earlier(session, row, _receipt(message, delivery), landlord, now=now)
        if row.imported and landlord is not None and not delivery.envelope.get("imported"):
            _bring_alive(session, row, landlord, now=now)
    brought = {"message_id": message_id, "delivery_id": delivery.id}
    put(session, MessageDeliveryRow, landlord=job.landlord, **brought)
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
    """Put a delivery that makes no sense to us in the holding pen, and promise its card.

    Of one that comes from an old mailbox nobody is told; it lies there.
    """
    delivery = _delivery(session, job)
    again = find_one(session, HoldingPenRow, landlord=job.landlord, delivery_id=delivery.id)
    if again is not None:  # staff had it read once more, and have its card
        again.reason = reason
        finish(session, job)
        return
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
    if not delivery.envelope.get("imported"):
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


def _receipt(message: Message, delivery: DeliveryRow) -> tuple[datetime, Basis]:
    """The receipt of a message; of an old mailbox's, as the edge of that time wrote it down."""
    edge = delivery.envelope.get("edge_date")
    if edge:
        return datetime.fromisoformat(edge), Basis.EDGE_HEADER
    return receipt_of(message, delivery.arrived_at)


def _delivery(session: Session, job: Job) -> DeliveryRow:
    return get_one(session, DeliveryRow, landlord=job.landlord, id=job.payload["delivery_id"])


def _get_message(session: Session, job: Job, message_id: int) -> MessageRow:
    mine = (MessageRow.landlord == job.landlord, MessageRow.id == message_id)
    return session.scalars(select(MessageRow).where(*mine).with_for_update()).one()


def _add_message(
    session: Session, delivery: DeliveryRow, whose: Whose, key: str, *, copied: Sequence[str]
) -> int:
    message = whose.message
    received_at, basis = _receipt(message, delivery)
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
        problems=[*message.problems, *copied],
        received_at=received_at,
        basis=basis,
        imported=bool(delivery.envelope.get("imported")),
    )
    session.add(row)
    session.flush()
    _note_writer(session, row, whose)
    return row.id


def _note_writer(session: Session, row: MessageRow, whose: Whose) -> None:
    message = whose.message
    seen = threads.has_written_before(session, row)
    matched = seen and not whose.elsewhere and threads.is_confirmed(session, row)
    elsewhere = whose.elsewhere
    known = Known(seen=seen, proven=message.proven, elsewhere=elsewhere, matched=matched)
    thread = note_writer(session, row, known=known, forwarder=whose.forwarder)
    thread.proof, thread.why_automatic = message.proof, message.why_automatic
    thread.quiet = message.quiet
    thread.returned_id, thread.returned_why = message.returned_id, message.returned_why


def _receive_earlier(
    session: Session,
    row: MessageRow,
    receipt: tuple[datetime, Basis],
    landlord: Landlord | None,
    *,
    now: datetime,
) -> None:
    """A message counts from its earliest road; what counted from a later one is dated anew."""
    before, assessed = row.received_at, row.shown_text is not None
    if receipt[0] >= before or (assessed and landlord is None):
        return
    row.received_at, row.basis = receipt
    if assessed and landlord is not None:
        redate(session, row, before, landlord, at=now)


def _bring_alive(session: Session, row: MessageRow, landlord: Landlord, *, now: datetime) -> None:
    """What was taken for old comes in by a door after all: from now on it alarms as it should."""
    row.imported = False
    mine = {"landlord": row.landlord, "message_id": row.id}
    for case in session.scalars(select(CaseRow).filter_by(**mine)):
        set_case_clocks(session, case, landlord, at=now)
    for hazard in session.scalars(select(HazardRow).filter_by(**mine)):
        set_hazard_clocks(session, hazard, landlord, at=now)
    card = NewJob(
        landlord=row.landlord,
        kind="card",
        key=f"alive:{row.id}",
        run_at=now,
        payload={"message_id": row.id},
    )
    enqueue(session, card)


def _party(session: Session, landlord: str, message: Message, reference: str) -> int:
    # Two people who leave no address are two people.
    unknown = f"unknown:{reference}"
    address = (message.sender or message.reply_to or unknown).casefold()[:200]
    known = find_one(session, PartyRow, landlord=landlord, address=address)
    if known is not None:
        return known.id
    return put(session, PartyRow, landlord=landlord, address=address, name=message.sender_name)
