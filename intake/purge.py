"""Remove personal data at the end of its keeping, and leave a history that still holds.

Six years after closing by default; there is no single legal period (UK GDPR Art. 5(1)(e): no
longer than necessary), so the landlord sets it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.domain.case import Action, move
from intake.domain.landlord import Landlord
from intake.follow import promise_card
from intake.store.case_tables import CasePartyRow, Role
from intake.store.outlived import (
    Matter,
    find_caseless,
    find_files,
    find_messages,
    has_bytes,
    is_used,
    load_ripe,
)
from intake.store.personal import PURGED, Whose, empty
from intake.store.tables import (
    CaseRow,
    DeliveryRow,
    HoldingPenRow,
    JobRow,
    LetterRow,
    MessageRow,
    PartyRow,
    SlackPostRow,
)
from intake.store.threads import has_cases, load_thread

#: What the event says.
SAID = "personal data removed: kept for {years} years after the end, as the landlord has decided"
#: How many deliveries without a case go at once: whoever writes meanwhile must not wait long.
AT_ONCE = 100


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
    if not {case.id for case in found} <= load_ripe(session, landlord, now=now).keys():
        return None
    whose = Whose(landlord=landlord.key, messages=matter.messages, cases=matter.cases)
    files = find_files(session, whose.deliveries(), matter.messages)
    _empty(session, whose)
    for case in found:
        note = SAID.format(years=landlord.retention_years)
        event = move(case.kind, case.status, Action.PURGE, by=by, at=now, note=note)
        add_event(session, case, event)
        _take_back_card(session, case)
    _redraw(session, whose, now=now)
    return [digest for digest in files if not is_used(session, digest)]


def purge_caseless(session: Session, landlord: Landlord, *, now: datetime) -> list[str] | None:
    """Empty the oldest deliveries of no case, some at a time; return the files to delete.

    None where there are none left. They have no history: they say themselves when it was.
    """
    deliveries = find_caseless(session, landlord, now=now, most=AT_ONCE)
    if not deliveries:
        return None
    messages = find_messages(session, deliveries)
    whose = Whose(landlord=landlord.key, messages=messages, cases=())
    files = find_files(session, deliveries, messages)
    _empty(session, whose)
    gone = {"raw": None, "sha256": None, "envelope": {PURGED: now.isoformat()}}
    session.execute(update(DeliveryRow).where(DeliveryRow.id.in_(deliveries)).values(**gone))
    session.execute(delete(HoldingPenRow).where(HoldingPenRow.delivery_id.in_(deliveries)))
    _redraw(session, whose, now=now)
    return [digest for digest in files if not is_used(session, digest)]


def load_own_ids(session: Session, landlord: Landlord, messages: Sequence[int]) -> list[str]:
    """Return the Message-IDs of the letters for messages, by which copies of them are found."""
    mine = (LetterRow.landlord == landlord.key, LetterRow.message_id.in_(messages))
    return [own_id for own_id in session.scalars(select(LetterRow.own_id).where(*mine)) if own_id]


def _empty(session: Session, whose: Whose) -> None:
    mine = (MessageRow.landlord == whose.landlord, MessageRow.id.in_(whose.messages))
    parties = set(session.scalars(select(MessageRow.party_id).where(*mine)))
    copied = (CasePartyRow.case_id.in_(whose.cases), CasePartyRow.role == Role.COPIED)
    parties |= set(session.scalars(select(CasePartyRow.party_id).where(*copied)))
    session.execute(delete(CasePartyRow).where(CasePartyRow.landlord == whose.landlord, *copied))
    empty(session, whose)
    _forget(session, whose.landlord, parties)
    session.flush()


def _take_back_card(session: Session, case: CaseRow) -> None:
    """A card that hangs is redrawn without its words; none is hung up for a purge."""
    if not _hangs(session, case.message_id):
        key = f"card:{case.id}:{case.seq}"
        session.execute(delete(JobRow).where(JobRow.key == key))


def _redraw(session: Session, whose: Whose, *, now: datetime) -> None:
    """The cards of messages that opened no case have no event to be redrawn by."""
    for message_id in whose.messages:
        thread = load_thread(session, whose.landlord, message_id)
        opened = has_cases(session, whose.landlord, message_id)
        if thread is not None and not opened and _hangs(session, message_id):
            thread.seq += 1
            promise_card(session, thread, at=now)
    session.flush()


def _hangs(session: Session, message_id: int) -> bool:
    hung = select(SlackPostRow.id).where(SlackPostRow.message_id == message_id)
    return session.scalars(hung.limit(1)).first() is not None


def _forget(session: Session, landlord: str, parties: set[int]) -> None:
    """Forget the people of whom nothing is left that was not purged."""
    kept = select(MessageRow.party_id).where(MessageRow.landlord == landlord, has_bytes())
    copied = select(CasePartyRow.party_id).where(
        CasePartyRow.landlord == landlord, CasePartyRow.role == Role.COPIED
    )
    gone = (PartyRow.id.in_(parties), PartyRow.id.not_in(kept), PartyRow.id.not_in(copied))
    for party in session.scalars(select(PartyRow).where(PartyRow.landlord == landlord, *gone)):
        party.address, party.name = f"purged:{party.id}", ""
