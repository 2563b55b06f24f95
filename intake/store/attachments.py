"""The files of messages: noted when they come, looked at after that, taken out when asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, undefer

from classifier.labels import RedactedText
from intake.domain.attachment import HANDED_OUT, AttachmentLine, FileCheck, Risk
from intake.domain.hiding import names_in
from intake.domain.message import Attachment
from intake.store.file_tables import AttachmentRow
from intake.store.files import Files
from intake.store.hiding import load_kept, load_redactions
from intake.store.jobs import Job, NewJob, enqueue, finish
from intake.store.tables import AssessmentRow, DeliveryRow, MessageDeliveryRow, MessageRow

MOST = 100  # files of one message that are listed
UNNAMED = RedactedText("[name withheld]")
NOT_YET = RedactedText("")


class AttachmentNotFoundError(LookupError):
    """This landlord has no such file; another's is nobody's business."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was found in a file."""

    name: RedactedText
    type: str = ""
    risks: tuple[Risk, ...] = ()
    check: FileCheck
    virus: str = ""
    thumbnail: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """The files of a message that nobody has looked at, and the mail they lie in."""

    raw: bytes = field(repr=False)
    author: str = field(repr=False)
    #: What each is called, by its number.
    names: Mapping[int, str] = field(repr=False)
    sha256: Mapping[int, str]
    #: Words that the landlord keeps, and names that are hidden in the message.
    kept: tuple[str, ...] = field(default=(), repr=False)
    known: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One file as it is handed out: where it lies, under which name, and whether it may be."""

    raw: bytes = field(repr=False)
    sha256: str
    name: str = field(repr=False)
    can_be_saved: bool


def note_attachments(
    session: Session, job: Job, message_id: int, files: Sequence[Attachment], *, now: datetime
) -> None:
    """Note the files that came with a new message, read by `job`, and promise a look at them.

    What is beyond the limit is in the original, and the card says so.
    """
    with_content = [file for file in files if file.sha256]
    if not with_content:
        return
    left_out = len(with_content) - MOST
    if left_out > 0:
        message = _message(session, job.landlord, message_id)
        told = f"{left_out} more files are not listed: they are in the original"
        message.problems = [*message.problems, told]
    delivery_id = job.payload["delivery_id"]
    for number, file in enumerate(with_content[:MOST], start=1):
        session.add(_row(file, job.landlord, message_id, delivery_id, number=number))
    look = NewJob(
        landlord=job.landlord,
        kind="files",
        key=str(message_id),
        run_at=now,
        payload={"message_id": message_id},
        priority=job.priority,
    )
    enqueue(session, look)


def load_unseen(session: Session, job: Job, files: Files) -> Unseen | None:
    """Return the files of a message that are still to be looked at; none where all were."""
    message_id = job.payload["message_id"]
    rows = [r for r in _rows(session, job.landlord, message_id) if r.check is FileCheck.PENDING]
    if not rows:
        return None
    message = _message(session, job.landlord, message_id)
    return Unseen(
        raw=_load_raw(session, job.landlord, rows[0].delivery_id, files),
        author=message.sender_name,
        kept=tuple(load_kept(session, job.landlord)),
        known=tuple(names_in(load_redactions(session, message).values())),
        names={row.number: row.name or f"file {row.number}" for row in rows},
        sha256={row.number: row.sha256 for row in rows},
    )


def note_seen(session: Session, job: Job, seen: Mapping[int, Seen], *, now: datetime) -> None:
    """Put on record what was found so far in the files of a message, and have its card say so."""
    message_id = job.payload["message_id"]
    for row in _rows(session, job.landlord, message_id):
        found = seen.get(row.number)
        if found is not None:
            row.shown_name, row.type, row.check = found.name, found.type, found.check
            row.risks, row.virus = list(found.risks), found.virus
            row.thumbnail = found.thumbnail
    mine = (AssessmentRow.landlord == job.landlord, AssessmentRow.message_id == message_id)
    if session.scalar(select(AssessmentRow.id).where(*mine)) is not None:
        card = NewJob(
            landlord=job.landlord,
            kind="card",
            key=f"files:{message_id}:{job.attempts}",
            run_at=now,
            payload={"message_id": message_id},
        )
        enqueue(session, card)


def record_seen(session: Session, job: Job, seen: Mapping[int, Seen], *, now: datetime) -> None:
    """Put on record what was found, and that the files were looked at."""
    note_seen(session, job, seen, now=now)
    finish(session, job)


def give_up_looking(session: Session, job: Job, *, now: datetime) -> None:
    """Leave the files of a message unchecked, which is said wherever they are shown."""
    rows = _rows(session, job.landlord, job.payload["message_id"])
    for row in rows:
        if row.check is FileCheck.PENDING:
            row.check = FileCheck.UNCHECKED
    record_seen(session, job, {}, now=now)


def load_lines(session: Session, landlord: str, message_id: int) -> tuple[AttachmentLine, ...]:
    """Return the files of a message as they are shown, in their order."""
    pictured = set(
        session.scalars(
            select(AttachmentRow.id).where(
                _of(landlord, message_id), AttachmentRow.thumbnail.is_not(None)
            )
        )
    )
    return tuple(
        AttachmentLine(
            id=row.id,
            name=row.shown_name or NOT_YET,
            size=row.size,
            type=row.type or row.said_type,
            inline=row.inline,
            risks=tuple(Risk(risk) for risk in row.risks),
            check=row.check,
            virus=row.virus,
            pictured=row.id in pictured,
            sha256=row.sha256,
        )
        for row in _rows(session, landlord, message_id)
    )


def load_attachment(session: Session, landlord: str, file_id: int, files: Files) -> Kept:
    """Return one file as it is handed out.

    Raises:
        AttachmentNotFoundError: this landlord has no such file.
    """
    mine = (AttachmentRow.landlord == landlord, AttachmentRow.id == file_id)
    row = session.scalars(select(AttachmentRow).where(*mine)).one_or_none()
    if row is None:
        raise AttachmentNotFoundError(f"no file {file_id}")
    return Kept(
        raw=_load_raw(session, landlord, row.delivery_id, files),
        sha256=row.sha256,
        name=row.name,
        can_be_saved=row.check in HANDED_OUT,
    )


def load_original(session: Session, landlord: str, message_id: int, files: Files) -> Kept:
    """Return a message as it first came in, with its files: what holds for them holds for it.

    Raises:
        AttachmentNotFoundError: this landlord has no such message.
    """
    first = (
        select(MessageDeliveryRow.delivery_id)
        .where(MessageDeliveryRow.landlord == landlord, MessageDeliveryRow.message_id == message_id)
        .order_by(MessageDeliveryRow.id)
        .limit(1)
    )
    delivery_id = session.scalar(first)
    if delivery_id is None:
        raise AttachmentNotFoundError(f"no message {message_id}")
    held_back = [r for r in _rows(session, landlord, message_id) if r.check not in HANDED_OUT]
    return Kept(
        raw=_load_raw(session, landlord, delivery_id, files),
        sha256="",
        name=f"message-{message_id}.eml",
        can_be_saved=not held_back,
    )


def load_thumbnail(session: Session, landlord: str, file_id: int) -> bytes | None:
    """Return the small picture of a file; none where there is none."""
    mine = (AttachmentRow.landlord == landlord, AttachmentRow.id == file_id)
    found = select(AttachmentRow).where(*mine).options(undefer(AttachmentRow.thumbnail))
    row = session.scalars(found).one_or_none()
    return None if row is None else row.thumbnail


def _row(
    file: Attachment, landlord: str, message_id: int, delivery_id: int, *, number: int
) -> AttachmentRow:
    return AttachmentRow(
        landlord=landlord,
        message_id=message_id,
        delivery_id=delivery_id,
        number=number,
        name=file.name,
        original=file.original,
        said_type=file.type,
        type="",
        size=file.size,
        sha256=file.sha256,
        inline=file.inline,
        risks=[],
        check=FileCheck.PENDING,
        virus="",
    )


def _message(session: Session, landlord: str, message_id: int) -> MessageRow:
    mine = (MessageRow.landlord == landlord, MessageRow.id == message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()


def _load_raw(session: Session, landlord: str, delivery_id: int, files: Files) -> bytes:
    mine = (DeliveryRow.landlord == landlord, DeliveryRow.id == delivery_id)
    row = session.scalars(select(DeliveryRow).where(*mine)).one()
    return files.load(row.sha256) if row.sha256 else row.raw or b""


def _rows(session: Session, landlord: str, message_id: int) -> Sequence[AttachmentRow]:
    mine = select(AttachmentRow).where(_of(landlord, message_id))
    return session.scalars(mine.order_by(AttachmentRow.number)).all()


def _of(landlord: str, message_id: int) -> ColumnElement[bool]:
    return and_(AttachmentRow.landlord == landlord, AttachmentRow.message_id == message_id)
