"""What has been kept as long as it is to be: matters whose cases ended, and what opened no case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import Session, aliased

from intake.domain.case import ENDED, Action
from intake.domain.compensation import Reply
from intake.domain.landlord import Landlord
from intake.store.case_tables import ActionRow
from intake.store.file_tables import AttachmentRow
from intake.store.outcome_tables import MoneyRow, RestrictionRow
from intake.store.people_tables import AdjustmentRow
from intake.store.tables import (
    CaseLinkRow,
    CaseMessageRow,
    CaseRow,
    DeliveryRow,
    EventRow,
    MessageDeliveryRow,
    MessageRow,
)

#: What still has bytes of its own; a delivery that was purged has none.
HAS_BYTES = or_(DeliveryRow.raw.is_not(None), DeliveryRow.sha256.is_not(None))
Node = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Messages and cases that belong together: they go together, or not at all."""

    messages: tuple[int, ...]
    cases: tuple[int, ...]
    references: tuple[str, ...]


def find_outlived(session: Session, landlord: Landlord, *, now: datetime) -> list[Matter]:
    """Return the matters all of whose cases ended longer ago than they are kept.

    One that was purged is among them again once something came to it since.
    """
    ripe = load_ripe(session, landlord, now=now)
    gone = {*session.scalars(_last_events(landlord.key, EventRow.action == Action.PURGE))}
    return [
        Matter(
            messages=tuple(sorted(number for what, number in nodes if what == "message")),
            cases=tuple(sorted(cases & ripe.keys())),
            references=tuple(ripe[case] for case in sorted(cases & ripe.keys())),
        )
        for nodes in _together(_ties(session, landlord.key))
        if (cases := {number for what, number in nodes if what == "case"}) <= ripe.keys() | gone
        and cases & ripe.keys()
    ]


def load_ripe(session: Session, landlord: Landlord, *, now: datetime) -> dict[int, str]:
    """Return the cases whose time has come, with their references; none that is still needed."""
    over = (EventRow.at < last_day(landlord, now), EventRow.action != Action.PURGE)
    ended = (CaseRow.status.in_(ENDED), not_(_needed(landlord.key)))
    return {
        case.id: case.reference
        for case in session.scalars(
            select(CaseRow).where(*ended, CaseRow.id.in_(_last_events(landlord.key, and_(*over))))
        )
    }


def last_day(landlord: Landlord, now: datetime) -> datetime:
    """Return before when something must have ended to be kept no longer."""
    return now.replace(year=now.year - landlord.retention_years, day=min(now.day, 28))


def find_caseless(
    session: Session, landlord: Landlord, *, now: datetime, most: int | None = None
) -> Sequence[int]:
    """Return the deliveries of no case, kept as long as they are to be: machines' mail, the pen."""
    of_a_case = select(MessageDeliveryRow.delivery_id).join(
        CaseMessageRow, CaseMessageRow.message_id == MessageDeliveryRow.message_id
    )
    mine = (DeliveryRow.landlord == landlord.key, DeliveryRow.arrived_at < last_day(landlord, now))
    found = select(DeliveryRow.id).where(*mine, HAS_BYTES, DeliveryRow.id.not_in(of_a_case))
    return session.scalars(found.order_by(DeliveryRow.id).limit(most)).all()


def find_messages(session: Session, deliveries: Sequence[int]) -> Sequence[int]:
    """Return the messages that deliveries brought."""
    brought = MessageDeliveryRow.delivery_id.in_(deliveries)
    return session.scalars(select(MessageDeliveryRow.message_id).where(brought).distinct()).all()


def find_files(
    session: Session, deliveries: Select[int] | Sequence[int], messages: Sequence[int]
) -> list[str]:
    """Return the files of deliveries, and what the files of messages are called by."""
    brought = select(DeliveryRow.sha256).where(DeliveryRow.id.in_(deliveries))
    attached = select(AttachmentRow.sha256).where(AttachmentRow.message_id.in_(messages))
    found = [*session.scalars(brought), *session.scalars(attached)]
    return sorted({digest for digest in found if digest})


def is_used(session: Session, digest: str) -> bool:
    """Whether any row of any landlord names a file."""
    uses = (
        select(DeliveryRow.id).where(DeliveryRow.sha256 == digest),
        select(AttachmentRow.id).where(AttachmentRow.sha256 == digest),
    )
    return any(session.scalars(use.limit(1)).first() is not None for use in uses)


def has_bytes() -> ColumnElement[bool]:
    """Whether a message still has the bytes that it came with."""
    brought = select(MessageDeliveryRow.message_id).join(
        DeliveryRow, DeliveryRow.id == MessageDeliveryRow.delivery_id
    )
    return MessageRow.id.in_(brought.where(HAS_BYTES))


def is_held(session: Session, case: CaseRow) -> bool:
    """Whether nothing of a case is removed until a person ends that."""
    mine = (CaseRow.landlord == case.landlord, CaseRow.id == case.id)
    return session.scalar(select(CaseRow.id).where(*mine, _held(case.landlord))) is not None


def _held(landlord: str) -> ColumnElement[bool]:
    """A person put it on hold, and none has ended that since."""
    later = aliased(EventRow)
    ended = select(later.id).where(
        later.case_id == EventRow.case_id,
        later.seq > EventRow.seq,
        later.action == Action.RELEASE,
    )
    holds = (EventRow.landlord == landlord, EventRow.action == Action.HOLD, ~ended.exists())
    return CaseRow.id.in_(select(EventRow.case_id).where(*holds))


def _needed(landlord: str) -> ColumnElement[bool]:
    """Whether something of a case is still to be done, or still holds for the resident."""
    waits = (
        (ActionRow.landlord, ActionRow.case_id, ActionRow.done_at.is_(None)),
        (
            MoneyRow.landlord,
            MoneyRow.case_id,
            and_(MoneyRow.reply == Reply.ACCEPTED, MoneyRow.paid_on.is_(None)),
        ),
        (AdjustmentRow.landlord, AdjustmentRow.case_id, AdjustmentRow.ended_at.is_(None)),
        (RestrictionRow.landlord, RestrictionRow.case_id, RestrictionRow.ended_at.is_(None)),
    )
    return or_(
        _held(landlord),
        *(CaseRow.id.in_(select(case_id).where(of == landlord, so)) for of, case_id, so in waits),
    )


def _last_events(landlord: str, which: ColumnElement[bool]) -> Select[int]:
    """The cases whose last event is so."""
    last = and_(EventRow.case_id == CaseRow.id, EventRow.seq == CaseRow.seq)
    return select(CaseRow.id).join(EventRow, last).where(CaseRow.landlord == landlord, which)


def _ties(session: Session, landlord: str) -> Iterator[tuple[Node, Node]]:
    """What belongs to what: messages to cases, and cases that are linked to each other."""
    bears = select(CaseMessageRow.message_id, CaseMessageRow.case_id)
    for message, case in session.execute(bears.where(CaseMessageRow.landlord == landlord)):
        yield ("message", message), ("case", case)
    links = select(CaseLinkRow.case_id, CaseLinkRow.other_id)
    for case, other in session.execute(links.where(CaseLinkRow.landlord == landlord)):
        yield ("case", case), ("case", other)


def _together(ties: Iterator[tuple[Node, Node]]) -> list[set[Node]]:
    """What hangs together, however far apart."""
    groups: dict[Node, set[Node]] = {}
    for one, other in ties:
        small, large = sorted((groups.get(one, {one}), groups.get(other, {other})), key=len)
        if small is not large:
            large |= small
        groups |= dict.fromkeys(small, large)
        groups[one] = groups[other] = large
    return list({id(group): group for group in groups.values()}.values())
