"""Remove personal data at the end of its keeping, and leave a history that still holds.

Six years after closing by default; there is no single legal period (UK GDPR Art. 5(1)(e): no
longer than necessary), so the landlord sets it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.domain.case import ENDED, Action, move
from intake.domain.landlord import Landlord
from intake.store.case_tables import ActionRow
from intake.store.file_tables import AttachmentRow
from intake.store.personal import Whose, empty
from intake.store.tables import (
    CaseMessageRow,
    CaseRow,
    DeliveryRow,
    EventRow,
    JobRow,
    MessageRow,
    PartyRow,
    SlackPostRow,
)

#: What the event says.
SAID = "personal data removed: kept for {years} years after the end, as the landlord has decided"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Messages and cases that belong together: they go together, or not at all."""

    messages: tuple[int, ...]
    cases: tuple[int, ...]
    references: tuple[str, ...]


def find_outlived(session: Session, landlord: Landlord, *, now: datetime) -> list[Matter]:
    """Return the matters all of whose cases ended longer ago than they are kept."""
    ripe = _load_ripe(session, landlord, now=now)
    pairs = list(session.execute(_pairs(landlord.key)))
    return [
        Matter(
            messages=tuple(sorted(messages)),
            cases=tuple(sorted(cases)),
            references=tuple(ripe[case] for case in sorted(cases)),
        )
        for messages, cases in _together(pairs)
        if cases <= ripe.keys()
    ]


def purge(
    session: Session, landlord: Landlord, matter: Matter, *, by: str, now: datetime
) -> list[str] | None:
    """Remove the personal data of a matter, an event for each case; return the files to delete.

    Somebody may have opened a case again since it was found: then nothing is removed, none is
    returned.
    """
    mine = (CaseRow.landlord == landlord.key, CaseRow.id.in_(matter.cases))
    cases = session.scalars(select(CaseRow).where(*mine).order_by(CaseRow.id).with_for_update())
    found = list(cases)
    if not {case.id for case in found} <= _load_ripe(session, landlord, now=now).keys():
        return None
    whose = Whose(landlord=landlord.key, messages=matter.messages, cases=matter.cases)
    files = _files(session, whose)
    parties = set(
        session.scalars(select(MessageRow.party_id).where(MessageRow.id.in_(matter.messages)))
    )
    empty(session, whose)
    for case in found:
        note = SAID.format(years=landlord.retention_years)
        event = move(case.kind, case.status, Action.PURGE, by=by, at=now, note=note)
        add_event(session, case, event)
        _take_back_card(session, case)
    _forget(session, landlord.key, parties)
    session.flush()
    return [digest for digest in files if not _is_used(session, digest)]


def _load_ripe(session: Session, landlord: Landlord, *, now: datetime) -> dict[int, str]:
    """The cases whose time has come, with their references; not those with a promise to keep."""
    local = now.replace(year=now.year - landlord.retention_years, day=min(now.day, 28))
    last = func.max(EventRow.at)
    purged = select(EventRow.case_id).where(EventRow.action == Action.PURGE)
    owed = select(ActionRow.case_id).where(ActionRow.done_at.is_(None))
    ended = (
        select(CaseRow.id, CaseRow.reference)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(
            CaseRow.landlord == landlord.key,
            CaseRow.status.in_(ENDED),
            CaseRow.id.not_in(purged),
            CaseRow.id.not_in(owed),
        )
        .group_by(CaseRow.id, CaseRow.reference)
        .having(last < local)
    )
    return dict(session.execute(ended).all())


def _pairs(landlord: str) -> Select[int, int]:
    bears = select(CaseMessageRow.message_id, CaseMessageRow.case_id)
    return bears.where(CaseMessageRow.landlord == landlord)


def _together(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[set[int], set[int]]]:
    """The messages and cases that hang together, however far apart."""
    groups: dict[tuple[str, int], tuple[set[int], set[int]]] = {}
    for message, case in pairs:
        one = groups.get(("message", message), ({message}, set()))
        other = groups.get(("case", case), (set(), {case}))
        joined = (one[0] | other[0], one[1] | other[1])
        groups |= {("message", key): joined for key in joined[0]}
        groups |= {("case", key): joined for key in joined[1]}
    seen: set[int] = set()
    for messages, cases in groups.values():
        if not messages <= seen:
            seen |= messages
            yield messages, cases


def _files(session: Session, whose: Whose) -> list[str]:
    brought = select(DeliveryRow.sha256).where(DeliveryRow.id.in_(whose.deliveries()))
    attached = select(AttachmentRow.sha256).where(AttachmentRow.message_id.in_(whose.messages))
    found = [*session.scalars(brought), *session.scalars(attached)]
    return sorted({digest for digest in found if digest})


def _is_used(session: Session, digest: str) -> bool:
    uses = (
        select(DeliveryRow.id).where(DeliveryRow.sha256 == digest),
        select(AttachmentRow.id).where(AttachmentRow.sha256 == digest),
    )
    return any(session.scalars(use.limit(1)).first() is not None for use in uses)


def _take_back_card(session: Session, case: CaseRow) -> None:
    """A card that hangs is redrawn without its words; none is hung up for a purge."""
    hung = select(SlackPostRow.id).where(SlackPostRow.message_id == case.message_id)
    if session.scalars(hung.limit(1)).first() is None:
        key = f"card:{case.id}:{case.seq}"
        session.execute(delete(JobRow).where(JobRow.key == key))


def _forget(session: Session, landlord: str, parties: set[int]) -> None:
    """Forget the people of whom nothing is left that was not purged."""
    purged = select(EventRow.case_id).where(EventRow.action == Action.PURGE)
    kept = (
        select(MessageRow.party_id)
        .outerjoin(CaseMessageRow, CaseMessageRow.message_id == MessageRow.id)
        .where(CaseMessageRow.case_id.is_(None) | CaseMessageRow.case_id.not_in(purged))
    )
    gone = (PartyRow.landlord == landlord, PartyRow.id.in_(parties), PartyRow.id.not_in(kept))
    for party in session.scalars(select(PartyRow).where(*gone)):
        party.address, party.name = f"purged:{party.id}", ""
