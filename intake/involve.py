"""Put on record who stands around a case: who writes for whom, who complains, what they need."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.cases import Opening, define, link_cases, load_issues, open_case
from intake.clocks import promise_task, set_case_clocks
from intake.domain.adjustments import Adjustment, check_adjustment
from intake.domain.case import Action, Definition, Kind, said
from intake.domain.clock import LONDON
from intake.domain.identity import Known, Rung, Writer, rung_of
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.life import folded
from intake.domain.people import (
    Authority,
    Contact,
    Member,
    MemberStep,
    Relation,
    Representation,
    check_address,
    check_alone,
    check_representation,
    check_standing,
    contact_of,
    find_replies,
)
from intake.domain.reminders import Task
from intake.domain.triage import IncompleteError
from intake.follow import note_writer
from intake.letters import readdress
from intake.press import CasePress, begin_aside, move_case
from intake.store.case_tables import Role
from intake.store.copies import note_copied
from intake.store.people import find_adjustments, find_row, rows_of, set_writer, stands_in
from intake.store.people_tables import (
    AdjustmentRow,
    CaseContactRow,
    GroupMemberRow,
    RepresentationRow,
    StandingRow,
)
from intake.store.tables import CaseRow, MessageRow, PartyRow
from intake.store.threads import load_thread, trusted_threads

ALONE = "a member of the group complains alone as well, as each may (Code 1.2)"


def represent(
    session: Session, press: CasePress, landlord: Landlord, found: Representation, *, at: datetime
) -> None:
    """Record who acts for the resident, what they have shown, and to whom replies now go.

    No clock waits for it (Code 3.6, 6.2).

    Raises:
        IncompleteError: nothing shows the authority, or the address is none.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    check_representation(found)
    answerable = find_replies(found, landlord.policy)
    message = _message(session, case)
    known = find_row(session, case, RepresentationRow)
    if found.authority is Authority.NOT_NEEDED:
        set_writer(session, case, message, Role.RESIDENT)
    elif known is not None and _is_another(known, found):
        set_writer(session, case, message, Role.CORRESPONDENT)  # nothing says that they wrote
    elif stands_in(session, case, message):
        set_writer(session, case, message, Role.REPRESENTATIVE)
    row = known or RepresentationRow(landlord=case.landlord, case_id=case.id)
    row.capacity, row.authority, row.name = found.capacity, found.authority, found.name
    row.evidence, row.wish = found.evidence, found.wish
    row.replies, row.why = answerable.replies, answerable.why
    row.by, row.at = press.by, at
    session.add(row)
    _set_contact(session, case, contact_of(found, answerable, message.reply_to))
    note_copied(session, case, found.copy_to)
    note = (
        f"{said(found.capacity)}, authority {said(found.authority)}: "
        f"replies go to {said(answerable.replies)}, as {answerable.why}. {found.evidence}"
    )
    move_case(session, case, Action.NOTE_REPRESENTATIVE, press, at=at, note=note.strip())
    readdress(session, case)


def _is_another(known: RepresentationRow, found: Representation) -> bool:
    """Whether somebody else acts for the resident now; a name may be left out."""
    names = {folded(name) for name in (known.name, found.name) if name.strip()}
    return known.capacity != found.capacity or len(names) > 1


def check_writer(
    session: Session, press: CasePress, *, found: Writer, evidence: str, at: datetime
) -> None:
    """Record whether staff know who writes; it holds for what comes from that address later.

    What was confirmed wrongly counts no longer, and nothing that relied on it.

    Raises:
        IncompleteError: it is not said what shows it.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    if not evidence.strip():
        raise IncompleteError({"evidence": "Say what shows it, such as: we rang the tenant back"})
    message = session.get_one(MessageRow, case.message_id)
    thread = load_thread(session, case.landlord, message.id) or note_writer(session, message)
    if found is Writer.CONFIRMED:
        thread.rung = Rung.CONFIRMED
    for trusted, of in trusted_threads(session, message) if found is not Writer.CONFIRMED else ():
        address = session.get_one(PartyRow, of.party_id).address
        elsewhere = bool(trusted.forwarder) or of.reply_to.casefold() not in {"", address}
        known = Known(seen=True, proven=trusted.proven, elsewhere=elsewhere)
        trusted.rung = rung_of(known)
    move_case(session, case, Action.CHECK_WRITER, press, at=at, note=f"{found}: {evidence}")


def note_contact(
    session: Session, press: CasePress, *, address: str, why: str, at: datetime
) -> None:
    """Record where letters of a case go; with no address nobody can be written to, and why.

    The clocks of what comes from nobody run as those of all others.

    Raises:
        IncompleteError: it is not said why, or the address is none.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    check_address(address)
    if not why.strip():
        raise IncompleteError({"note": "Say why, such as: the writer gave no name"})
    _set_contact(session, case, Contact(address=address, why=why))
    told = "letters go to another address" if address else "nobody can be written to"
    move_case(session, case, Action.NOTE_CONTACT, press, at=at, note=f"{told}: {why}")
    readdress(session, case)


def group(session: Session, press: CasePress, members: tuple[Member, ...], *, at: datetime) -> None:
    """Record who complains together, and which of them letters go to.

    Raises:
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    known = {row.name: row for row in rows_of(session, case, GroupMemberRow)}
    for row in known.values():
        row.lead = False
    for member in members:
        row = known.get(member.name) or GroupMemberRow(
            landlord=case.landlord, case_id=case.id, name=member.name, address=""
        )
        row.address, row.lead = member.address or row.address, member.lead
        session.add(row)
        if member.lead and row.address:
            why = "the lead contact of the group, who passes on what we write"
            _set_contact(session, case, Contact(address=row.address, why=why))
    session.flush()
    count = len(rows_of(session, case, GroupMemberRow))
    note = f"{count} complain together; each may have a copy, and complain alone (Code 1.2)"
    move_case(session, case, Action.NOTE_GROUP, press, at=at, note=note)
    readdress(session, case)


@dataclass(frozen=True, kw_only=True)
class MemberWish:
    """What one member of a group wants, and since when."""

    member_id: int
    step: MemberStep
    asked_on: date
    note: str = field(default="", repr=False)


def see_to_member(
    session: Session, press: CasePress, landlord: Landlord, wish: MemberWish, *, at: datetime
) -> None:
    """Record that a member had a copy, or open the complaint that they make alone.

    Raises:
        IncompleteError: no member was chosen, or the day is none.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    rows = {row.id: row for row in rows_of(session, case, GroupMemberRow)}
    row = rows.get(wish.member_id)
    if row is None:
        raise IncompleteError({"member": "Choose one"})
    note = f"{wish.step}, asked on {wish.asked_on}. {wish.note}".strip()
    if wish.step is MemberStep.COPY:
        row.copied_at = at
    elif row.own_case_id is None:
        received_on, today = london_day(case.received_at), london_day(at)
        check_alone(received_on=received_on, asked_on=wish.asked_on, today=today)
        own = _open_own(session, case, press, landlord, wish=wish, at=at)
        _set_contact(session, own, Contact(address=row.address, why="it is this member's own"))
        row.own_case_id = own.id
    move_case(session, case, Action.NOTE_MEMBER, press, at=at, note=note)


def check_who(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    relation: Relation,
    *,
    note: str,
    at: datetime,
) -> None:
    """Record who complains, and what the rules say about it. Nothing is refused by it (Code 2.1).

    Raises:
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    found = check_standing(relation, landlord.policy)
    row = find_row(session, case, StandingRow) or StandingRow(
        landlord=case.landlord, case_id=case.id
    )
    row.relation, row.standing, row.why = relation, found.standing, found.why
    row.note, row.by, row.at = note, press.by, at
    session.add(row)
    told = f"{relation}: {found.standing}, as {found.why}. {note}".strip()
    move_case(session, case, Action.CHECK_STANDING, press, at=at, note=told)


def adjust(session: Session, press: CasePress, adjustment: Adjustment, *, at: datetime) -> None:
    """Record what was agreed with whoever a case is from, for what, and until when (Code 5.10).

    Raises:
        IncompleteError: the purpose, the words or the day of review are missing.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    check_adjustment(adjustment, today=london_day(at))
    agreed = {"need": adjustment.need, "words": adjustment.words, "purpose": adjustment.purpose}
    row = AdjustmentRow(
        landlord=case.landlord,
        case_id=case.id,
        party_id=_message(session, case).party_id,
        review_on=adjustment.review_on,
        by=press.by,
        at=at,
        **agreed,
    )
    session.add(row)
    session.flush()
    promise_task(session, case, Task.ADJUSTMENT, row.id, due=row.review_on, at=at)
    note = f"{adjustment.need}, to be reviewed on {adjustment.review_on}: {adjustment.purpose}"
    move_case(session, case, Action.AGREE_ADJUSTMENT, press, at=at, note=note)


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What came of looking at an adjustment; needed no more where there is no next day."""

    adjustment_id: int
    until: date | None
    note: str = field(repr=False)


def review(session: Session, press: CasePress, reviewed: Reviewed, *, at: datetime) -> None:
    """Record that an adjustment was looked at: it goes on until another day, or is needed no more.

    Raises:
        IncompleteError: none was chosen, it is not said why, or the day has passed.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    until, note = reviewed.until, reviewed.note
    rows = {row.id: row for row in find_adjustments(session, case)}
    if reviewed.adjustment_id not in rows:
        raise IncompleteError({"adjustment": "Choose one"})
    if not note.strip():
        raise IncompleteError({"note": "Say what was found, and with whom it was talked over"})
    if until is not None and until <= london_day(at):
        raise IncompleteError({"review_on": "Give a day to come, or none if it is needed no more"})
    row = rows[reviewed.adjustment_id]
    row.reviewed_at = at
    if until is None:
        row.ended_at = at
    else:
        row.review_on = until
        promise_task(session, case, Task.ADJUSTMENT, row.id, due=until, at=at)
    told = f"{row.need} goes on until {until}" if until else f"{row.need} is needed no more"
    move_case(session, case, Action.REVIEW_ADJUSTMENT, press, at=at, note=f"{told}: {note}")


def _open_own(
    session: Session,
    case: CaseRow,
    press: CasePress,
    landlord: Landlord,
    *,
    wish: MemberWish,
    at: datetime,
) -> CaseRow:
    """Open a member's own complaint, received on the day of the wish, as the group's is defined."""
    same = (CaseRow.landlord == case.landlord, CaseRow.message_id == case.message_id)
    parts = session.scalars(select(CaseRow.part).where(*same, CaseRow.kind == Kind.COMPLAINT))
    message = _message(session, case)
    part = max(parts) + 1
    opening = Opening(message=message, kind=Kind.COMPLAINT, landlord=landlord, part=part)
    own = open_case(session, opening, by=press.by, at=at)
    if wish.asked_on != london_day(own.received_at):
        own.received_at = datetime.combine(wish.asked_on, time(), tzinfo=LONDON)
    issues = tuple(issue.words for issue in load_issues(session, case))
    note = "as the group's complaint; change it with the member"
    move_case(session, own, Action.CONFIRM, press, at=at, note=note)
    if issues and case.outcome_sought:
        definition = Definition(
            issues=issues,
            outcome=case.outcome_sought,
            not_responsible=case.not_responsible or "",
        )
        define(session, own, definition)
    set_case_clocks(session, own, landlord, at=at)
    link_cases(session, [case, own], reason=ALONE)
    return own


def _set_contact(session: Session, case: CaseRow, contact: Contact | None) -> None:
    mine = (CaseContactRow.landlord == case.landlord, CaseContactRow.case_id == case.id)
    session.execute(delete(CaseContactRow).where(*mine))
    if contact is not None:
        facts = {"address": contact.address, "why": contact.why}
        session.add(CaseContactRow(landlord=case.landlord, case_id=case.id, **facts))
    session.flush()


def _message(session: Session, case: CaseRow) -> MessageRow:
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    return session.scalars(select(MessageRow).where(*mine)).one()
