"""Whether the audit trail holds: nothing changed, nothing cut, nothing removed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.domain.case import Action
from intake.domain.chain import ARRIVED, Facts, Head, Link, find_faults
from intake.domain.message import Channel, Delivery
from intake.store.audit_tables import ChainHeadRow
from intake.store.files import Files
from intake.store.personal import PURGED
from intake.store.tables import (
    CaseMessageRow,
    CaseRow,
    DeliveryRow,
    EventRow,
    MessageDeliveryRow,
    NoteRow,
)

AT_ONCE = 500  # rows that are fetched together
#: Where the history of each case had got to at a checkpoint, by its reference.
Heads = Mapping[str, Head]


@dataclass
class Audit:
    """How far a verification has come."""

    cases: int = 0
    events: int = 0
    deliveries: int = 0
    #: The messages whose personal data was purged.
    purged: set[int] = field(default_factory=set)
    #: Per message, the digests of what arrived, as the history of its cases says.
    arrived: dict[int, tuple[str, set[str]]] = field(default_factory=dict)


def load_landlords(session: Session) -> list[str]:
    """Return the landlords of whom there is or was a case or a delivery."""
    known = (CaseRow.landlord, ChainHeadRow.landlord, DeliveryRow.landlord)
    return sorted({key for column in known for key in session.scalars(select(column).distinct())})


def load_heads(session: Session, landlord: str) -> dict[str, Head]:
    """Return where the history of each case of a landlord has got to."""
    mine = select(CaseRow.reference, CaseRow.seq, CaseRow.head).where(CaseRow.landlord == landlord)
    return {ref: Head(seq=seq, hash=head) for ref, seq, head in session.execute(mine)}


def load_extended(session: Session, landlord: str, checkpoint: Heads) -> bool:
    """Whether a landlord's histories begin as a checkpoint says, so that another may follow it."""
    found = (
        select(CaseRow.reference, EventRow.seq, EventRow.hash)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(CaseRow.landlord == landlord)
    )
    wanted = {(ref, head.seq): head.hash for ref, head in checkpoint.items()}
    for reference, seq, head in session.execute(found.execution_options(yield_per=AT_ONCE)):
        if wanted.get((reference, seq)) == head:
            del wanted[reference, seq]
    return not wanted


def verify(
    session: Session, landlord: str, files: Files, *, checkpoint: Heads, audit: Audit
) -> Iterator[str]:
    """Say what is wrong with the record of a landlord, in plain words; nothing where it holds.

    The last `checkpoint` binds as much as the record itself does: what it names must be there.
    """
    witness = _load_witness(session, landlord)
    seen = set()
    mine = select(CaseRow).where(CaseRow.landlord == landlord).order_by(CaseRow.id)
    for case in session.scalars(mine.execution_options(yield_per=AT_ONCE)):
        seen.add(case.reference)
        audit.cases += 1
        elsewhere = [
            heads[case.reference] for heads in (witness, checkpoint) if case.reference in heads
        ]
        if case.reference not in witness:
            yield f"case {case.reference}: it was put in behind the program's back"
        for fault in _check_case(session, case, elsewhere, audit):
            yield f"case {case.reference}: {fault}"
    for reference in sorted({*witness, *checkpoint} - seen):
        yield f"case {reference}: it was removed from the record"
    yield from _check_deliveries(session, landlord, files, audit)


def _load_witness(session: Session, landlord: str) -> dict[str, Head]:
    mine = select(ChainHeadRow).where(ChainHeadRow.landlord == landlord)
    return {row.reference: Head(seq=row.seq, hash=row.head) for row in session.scalars(mine)}


def _check_case(
    session: Session, case: CaseRow, elsewhere: Sequence[Head], audit: Audit
) -> Iterator[str]:
    links = _load_links(session, case)
    audit.events += len(links)
    purged = any(link.facts.action == Action.PURGE for link in links)
    heads = [Head(seq=case.seq, hash=case.head), *elsewhere]
    yield from find_faults(links, heads, purged=purged)
    if links and links[-1].facts.after != case.status:
        yield f"it stands at {case.status}, where its history did not leave it"
    if purged:
        bear = select(CaseMessageRow.message_id).where(CaseMessageRow.case_id == case.id)
        audit.purged |= {*session.scalars(bear)}
    elif links and (links[0].words or "").startswith(ARRIVED):
        digests = set((links[0].words or "").removeprefix(ARRIVED).split())
        audit.arrived[case.message_id] = (case.reference, digests)


def _load_links(session: Session, case: CaseRow) -> list[Link]:
    found = (
        select(EventRow, NoteRow)
        .outerjoin(NoteRow, NoteRow.event_id == EventRow.id)
        .where(EventRow.landlord == case.landlord, EventRow.case_id == case.id)
        .order_by(EventRow.seq)
    )
    return [_link(event, note) for event, note in session.execute(found)]


def facts_of(event: EventRow) -> Facts:
    """Return what the chain covers of an event on record."""
    return Facts(
        landlord=event.landlord,
        case_id=event.case_id,
        seq=event.seq,
        action=event.action,
        before=event.before,
        after=event.after,
        by=event.by,
        at=event.at,
        press=event.press,
    )


def _link(event: EventRow, note: NoteRow | None) -> Link:
    words = {"salt": note.salt, "words": note.words} if note else {"salt": None, "words": None}
    return Link(
        facts=facts_of(event), hash=event.hash, digest=note.digest if note else None, **words
    )


def _check_deliveries(session: Session, landlord: str, files: Files, audit: Audit) -> Iterator[str]:
    found = (
        select(DeliveryRow, MessageDeliveryRow.message_id)
        .outerjoin(MessageDeliveryRow, MessageDeliveryRow.delivery_id == DeliveryRow.id)
        .where(DeliveryRow.landlord == landlord)
        .order_by(DeliveryRow.id)
    )
    digests: dict[int, set[str]] = {}
    bears = select(CaseMessageRow.message_id).where(CaseMessageRow.landlord == landlord)
    of_a_case = {*session.scalars(bears)}
    for row, message_id in session.execute(found.execution_options(yield_per=AT_ONCE)):
        audit.deliveries += 1
        raw = _load_raw(row, files)
        if raw is not None and message_id is not None:
            digests.setdefault(message_id, set()).add(sha256(raw).hexdigest())
        caseless = message_id not in of_a_case and PURGED in row.envelope
        fault = _fault_of(row, raw, purged=caseless or message_id in audit.purged)
        if fault:
            yield f"delivery {row.reference}: {fault}"
    for message_id, (reference, wanted) in audit.arrived.items():
        if not wanted <= digests.get(message_id, set()):
            yield f"case {reference}: what arrived is not what its history began with"


def _load_raw(row: DeliveryRow, files: Files) -> bytes | None:
    """The bytes of a delivery; none where they are not there."""
    if row.sha256 is None:
        return row.raw
    try:
        return files.load(row.sha256)
    except OSError:
        return None


def _fault_of(row: DeliveryRow, raw: bytes | None, *, purged: bool) -> str:
    if raw is None:
        return "" if purged else "the bytes that arrived are missing"
    changed = row.sha256 is not None and sha256(raw).hexdigest() != row.sha256
    if row.channel is Channel.EMAIL:  # its key is made of nothing but itself
        arrived = Delivery(
            landlord=row.landlord,
            channel=row.channel,
            raw=raw,
            arrived_at=row.arrived_at,
            envelope=row.envelope,
        )
        changed = changed or arrived.key != row.key
    return "the bytes that arrived were changed" if changed or len(raw) != row.size else ""
