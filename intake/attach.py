"""Staff say whose a message is: part of a case, for nobody here, or seen."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.beside import find_answered, note_request
from intake.cases import CaseNotFoundError, link_cases
from intake.clocks import stop_clocks
from intake.domain.case import Action, CaseEvent, Kind, OvertakenError, Status
from intake.domain.landlord import Landlord
from intake.domain.thread import (
    MACHINES,
    Matter,
    Standing,
    asks_for_stage_2,
    fresh_kinds,
    takes_up,
)
from intake.follow import join, lock_all, promise_card
from intake.press import CasePress, begin, last_event, move_case
from intake.redate import Earlier, receive_earlier
from intake.store.case_tables import CasePartyRow, Role
from intake.store.tables import AssessmentRow, CaseRow, MessageRow
from intake.store.thread_tables import SuggestionRow, ThreadRow
from intake.store.threads import conversation, load_thread

ATTACHED = "staff found that it belongs to this case"
DECIDED = "somebody has decided what this message is"


def attach(session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime) -> None:
    """Make a message part of the case of the press, and its writer somebody of that case.

    What was proposed for it ends, but for matters that the case does not cover: dissatisfaction
    keeps its clock until a person says otherwise. What it said before the case was received counts
    from then on (Code 6.2). Nobody is sent anything.

    Raises:
        CaseNotFoundError: this landlord has no such case.
        OvertakenError: somebody has decided what the message is, or was first.
    """
    cases = _begin(session, press)
    if cases is None:
        return
    message, thread = _message(session, press), _thread(session, press)
    mine = (CaseRow.landlord == press.landlord, CaseRow.id == press.case_id)
    target = session.scalars(select(CaseRow).where(*mine)).one_or_none()
    if target is None or target.message_id == message.id:
        raise CaseNotFoundError(f"no case {press.case_id} to attach to")
    beside = lock_all(session, conversation(session, [target]))
    covers = [Matter(kind=c.kind, status=c.status) for c in beside]
    fresh = fresh_kinds([case.kind for case in cases], covers)
    answered = None
    if _is_unhappy(session, message, covers):  # of an answered one it asks for stage 2 (Code 6.10)
        answered = find_answered(session, [target, *beside], by=message.received_at)
        fresh = tuple(k for k in fresh if answered is None or k is not Kind.COMPLAINT)
    ended = [case for case in cases if case.kind not in fresh]
    _end(session, ended, press, at=at)
    for case in ended:
        _count_from(session, case, beside, landlord, by=press.by, at=at)
    join(session, message, [target], by=press.by, at=at, press=press.key)
    if answered is not None:
        _ask_for_stage_2(session, answered, message, landlord, at=at)
    _take_part(session, target, message)
    for case in cases:
        if case.kind in fresh:
            link_cases(session, [target, case], reason=ATTACHED)
    _settle(session, thread, press, Standing.JOINED, at=at)


def disown(session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime) -> None:
    """Find that a message is not for this landlord; what was proposed for it ends.

    Raises:
        OvertakenError: somebody has decided what the message is, or was first.
    """
    cases = _begin(session, press)
    if cases is not None:
        thread = _thread(session, press)
        _end(session, cases, press, at=at)
        _settle(session, thread, press, Standing.NOT_OURS, at=at)


def note_seen(session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime) -> None:
    """Record that somebody has read a message that opened no case.

    Raises:
        OvertakenError: somebody was first.
    """
    cases = _begin(session, press)
    if cases is not None:
        thread = _thread(session, press)
        _settle(session, thread, press, thread.standing, at=at)


def _begin(session: Session, press: CasePress) -> Sequence[CaseRow] | None:
    """The cases of a message about which nobody has decided, locked; none at a repeated press."""
    cases = begin(session, press)
    if cases is None:
        return None
    if any(case.status is not Status.AWAITING_TRIAGE for case in cases):
        raise OvertakenError(DECIDED, last_event(session, cases))
    thread = _thread(session, press)
    if thread.by is not None and thread.at is not None:
        raise OvertakenError(DECIDED, _settled(thread.by, thread.at))
    return cases


def _end(session: Session, cases: Sequence[CaseRow], press: CasePress, *, at: datetime) -> None:
    for case in cases:
        move_case(session, case, Action.RECORD_IN_ERROR, press, at=at)
        stop_clocks(session, case, at=at)


def _count_from(
    session: Session,
    ended: CaseRow,
    beside: Sequence[CaseRow],
    landlord: Landlord,
    *,
    by: str,
    at: datetime,
) -> None:
    """The case that takes up what another was about has the receipt of whichever came first."""
    told = f"it was raised in case {ended.reference} already, received before this one"
    for case in beside:
        later = case.received_at > ended.received_at
        if later and takes_up(Matter(kind=case.kind, status=case.status), ended.kind):
            receive_earlier(session, case, landlord, Earlier(ended.received_at, told, by, at))


def _is_unhappy(session: Session, message: MessageRow, covers: Sequence[Matter]) -> bool:
    """Whether a person's message would ask for stage 2, had it come from somebody of the case."""
    mine = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    found = session.scalars(select(AssessmentRow).where(*mine)).one()
    person = message.automatic not in MACHINES
    return person and asks_for_stage_2(found.band, found.flags, covers)


def _ask_for_stage_2(
    session: Session, case: CaseRow, message: MessageRow, landlord: Landlord, *, at: datetime
) -> None:
    """What was suggested because of its sender is asked of it now."""
    mine = (SuggestionRow.message_id == message.id, SuggestionRow.case_id == case.id)
    session.execute(delete(SuggestionRow).where(SuggestionRow.landlord == case.landlord, *mine))
    note_request(session, case, message, landlord, at=at)


def _settle(
    session: Session, thread: ThreadRow, press: CasePress, standing: Standing, *, at: datetime
) -> None:
    thread.standing, thread.by, thread.at = standing, press.by, at
    thread.seq += 1
    promise_card(session, thread, at=at)


def _take_part(session: Session, case: CaseRow, message: MessageRow) -> None:
    mine = (CasePartyRow.case_id == case.id, CasePartyRow.party_id == message.party_id)
    if session.scalars(select(CasePartyRow.id).where(*mine)).first() is None:
        part = {"case_id": case.id, "party_id": message.party_id, "role": Role.CORRESPONDENT}
        session.add(CasePartyRow(landlord=case.landlord, **part))


def _settled(by: str, at: datetime) -> CaseEvent:
    here = Status.AWAITING_TRIAGE
    return CaseEvent(action=Action.FOLLOW_UP, before=here, after=here, by=by, at=at)


def _thread(session: Session, press: CasePress) -> ThreadRow:
    thread = load_thread(session, press.landlord, press.message_id)
    if thread is None:
        raise CaseNotFoundError(f"message {press.message_id} answers nothing that we know of")
    return thread


def _message(session: Session, press: CasePress) -> MessageRow:
    mine = (MessageRow.landlord == press.landlord, MessageRow.id == press.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()
