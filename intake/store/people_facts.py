"""What is on record around a case, as `heard case` prints it."""

from typing import Any

from sqlalchemy.orm import Session

from intake.store.decisions import iso
from intake.store.people import (
    find_adjustments,
    find_contact,
    find_row,
    find_writer,
    letter_clocks,
    rows_of,
    stands_in,
)
from intake.store.people_tables import (
    AdjustmentRow,
    BreachRow,
    CorrespondenceRow,
    GroupMemberRow,
    ProceedingsRow,
    ReferralRow,
    RepresentationRow,
    StandingRow,
)
from intake.store.tables import CaseRow, ClockRow, MessageRow

Facts = dict[str, Any]
HIDDEN = "[hidden]"


def load_people(session: Session, case: CaseRow, *, original: bool) -> Facts:
    """Return the people around a case, their letters and needs; names with the `original` only."""
    message = session.get_one(MessageRow, case.message_id)
    contact = find_contact(session, case)
    acts, checked = (
        find_row(session, case, RepresentationRow),
        find_row(session, case, StandingRow),
    )
    members = rows_of(session, case, GroupMemberRow)
    return {
        "written_by": find_writer(session, case, message).role,
        "written_for_somebody_else": stands_in(session, case, message),
        "representation": acts and _representation(acts, original=original),
        "contact": contact and {"address": _kept(contact.address, original), "why": contact.why},
        "group": [_member(session, row, original=original) for row in members],
        "standing": checked and _standing(checked),
        "correspondence": [
            _letter(session, row, original=original)
            for row in rows_of(session, case, CorrespondenceRow)
        ],
        "proceedings": [_proceedings(row) for row in rows_of(session, case, ProceedingsRow)],
        "referrals": [_referral(row) for row in rows_of(session, case, ReferralRow)],
        "adjustments": [_adjustment(row) for row in find_adjustments(session, case)],
        "breaches": [_breach(row) for row in rows_of(session, case, BreachRow)],
    }


def _kept(personal: str, original: bool) -> str:  # noqa: FBT001 - what is asked of it is plain
    return personal if original or not personal else HIDDEN


def _representation(row: RepresentationRow, *, original: bool) -> Facts:
    return {
        "capacity": row.capacity,
        "authority": row.authority,
        "name": _kept(row.name, original),
        "evidence": row.evidence,
        "wish": row.wish,
        "replies": row.replies,
        "why": row.why,
        "by": row.by,
        "at": iso(row.at),
    }


def _member(session: Session, row: GroupMemberRow, *, original: bool) -> Facts:
    own = None if row.own_case_id is None else session.get_one(CaseRow, row.own_case_id)
    return {
        "name": _kept(row.name, original),
        "address": _kept(row.address, original),
        "lead": row.lead,
        "copied": iso(row.copied_at),
        "own_case": own.reference if own else None,
    }


def _standing(row: StandingRow) -> Facts:
    return {
        "relation": row.relation,
        "standing": row.standing,
        "why": row.why,
        "note": row.note,
        "by": row.by,
        "at": iso(row.at),
    }


def _letter(session: Session, row: CorrespondenceRow, *, original: bool) -> Facts:
    return {
        "from": row.sender,
        "name": _kept(row.name, original),
        "bearing": row.bearing,
        "received": iso(row.received_on),
        "asked_by": iso(row.asked_by),
        "acknowledged": iso(row.acknowledged_on),
        "answered": iso(row.answered_at),
        "evidence": row.evidence,
        "by": row.by,
        "at": iso(row.at),
        "clocks": [_clock(clock) for clock in letter_clocks(session, row)],
    }


def _clock(clock: ClockRow) -> Facts:
    return {
        "clock": clock.name,
        "starts": iso(clock.starts),
        "target": iso(clock.target),
        "code": iso(clock.code),
        "met": clock.met,
        "met_target": clock.met_target,
        "provisional": clock.provisional,
        "ended": iso(clock.ended_at),
        "rule": clock.rule,
        "why": clock.why,
    }


def _proceedings(row: ProceedingsRow) -> Facts:
    return {
        "claim": row.claim,
        "filed": iso(row.filed_on),
        "stopped": row.stopped,
        "decider": row.decider,
        "reasons": row.reasons,
        "by": row.by,
        "at": iso(row.at),
    }


def _referral(row: ReferralRow) -> Facts:
    return {
        "body": row.body,
        "matter": row.matter,
        "contact": row.contact,
        "by": row.by,
        "at": iso(row.at),
    }


def _adjustment(row: AdjustmentRow) -> Facts:
    return {
        "need": row.need,
        "words": row.words,
        "purpose": row.purpose,
        "review": iso(row.review_on),
        "by": row.by,
        "at": iso(row.at),
        "reviewed": iso(row.reviewed_at),
    }


def _breach(row: BreachRow) -> Facts:
    return {
        "aware": iso(row.aware_at),
        "report_by": iso(row.report_by),
        "rule": row.rule,
        "evidence": row.evidence,
        "decided": row.decided,
        "reasons": row.reasons,
        "by": row.by,
        "at": iso(row.at),
        "decided_by": row.decided_by,
        "decided_at": iso(row.decided_at),
    }
