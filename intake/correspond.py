"""Put letters on record that come from others than the resident, and what goes to other bodies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import Opening, add_event, link_cases, load_issues, open_case
from intake.clocks import promise_task, resume_clocks, set_letter_clocks, working_days
from intake.domain.case import Action, Kind, OvertakenError, Status, move
from intake.domain.correspondence import (
    MEMBERS,
    Bearing,
    Body,
    BreachStep,
    Correspondence,
    Proceedings,
    Reaction,
    Sender,
    check_correspondence,
    check_proceedings,
    find_evidence,
    find_report_by,
    find_route,
    spell_contact,
)
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.people import Authority, Capacity, Representation, find_replies
from intake.domain.reference import MalformedReferenceError, parse_reference
from intake.domain.reminders import Task
from intake.domain.triage import IncompleteError
from intake.press import CasePress, begin_aside, last_event, move_case
from intake.store.case_tables import Role
from intake.store.people import find_row, rows_of, set_writer
from intake.store.people_tables import (
    BreachRow,
    CorrespondenceRow,
    ProceedingsRow,
    ReferralRow,
    RepresentationRow,
)
from intake.store.tables import CaseRow, MessageRow
from intake.told import react

CONCERNS = "a letter from outside concerns both"
REASONS = {
    Kind.COMPLAINT: "a constituent's dissatisfaction is a complaint through another (Code 1.3)",
    Kind.DP_COMPLAINT: "the same message complains about how personal data were used",
}
GOES_ON = " The complaint goes on: a letter of claim is not legal proceedings (Code 2.2)."
WRITES = Role.REPRESENTATIVE
CAPACITIES = {Sender.MP: Capacity.MP, Sender.COUNCILLOR: Capacity.COUNCILLOR}


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A letter as staff note it: whether it is the message itself, and which case it concerns."""

    letter: Correspondence
    #: It is the message of this case, and came by no other way.
    own_message: bool = True
    concerns: str = ""
    note: str = field(default="", repr=False)


def note_letter(
    session: Session, press: CasePress, landlord: Landlord, incoming: Incoming, *, at: datetime
) -> None:
    """Record a letter with its own clocks; a constituent's dissatisfaction is a complaint.

    Raises:
        IncompleteError: its days cannot be, or there is no case that it concerns.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    letter = incoming.letter
    check_correspondence(letter, today=london_day(at))
    concerned = _concerned(session, case, incoming)
    evidence = find_evidence(letter, landlord.policy)
    about = case
    if letter.sender in MEMBERS and letter.bearing is Bearing.COMPLAINT and concerned is None:
        about = _raise(session, case, press, landlord, kind=Kind.COMPLAINT, at=at)
    row = CorrespondenceRow(
        landlord=case.landlord,
        case_id=about.id,
        sender=letter.sender,
        bearing=letter.bearing,
        name=letter.name,
        received_on=letter.received_on,
        asked_by=letter.asked_by,
        evidence=evidence,
        by=press.by,
        at=at,
    )
    session.add(row)
    session.flush()
    set_letter_clocks(session, row, landlord, at=at)
    goes_on = GOES_ON if letter.sender is Sender.SOLICITOR else ""
    unsure = f" How sure the rule is: {evidence}." if evidence in {"C", "K"} else ""
    note = f"{letter.sender}, {letter.bearing}, received {letter.received_on}.{goes_on}{unsure}"
    move_case(session, case, Action.NOTE_LETTER, press, at=at, note=f"{note} {incoming.note}")
    if concerned is not None:
        link_cases(session, [case, concerned], reason=CONCERNS)
    if incoming.own_message:
        _let_be_answered(session, about, letter, landlord, by=press.by, at=at)


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What was done about a letter, and how."""

    letter_id: int
    reaction: Reaction
    note: str = field(repr=False)


def answer_letter(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    handled: Handled,
    *,
    at: datetime,
) -> None:
    """Record that a letter was acknowledged or answered, and how; its clocks end.

    Raises:
        IncompleteError: no letter was chosen, or it is not said how.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    rows = {r.id: r for r in rows_of(session, case, CorrespondenceRow) if r.answered_at is None}
    if handled.letter_id not in rows:
        raise IncompleteError({"letter": "Choose one"})
    if not handled.note.strip():
        raise IncompleteError({"note": "Say how, and by whom"})
    row = rows[handled.letter_id]
    react(session, row, landlord, handled.reaction, at=at)
    told = f"{row.sender}, received {row.received_on}: {handled.reaction}. {handled.note}"
    move_case(session, case, Action.ANSWER_LETTER, press, at=at, note=told)


def note_proceedings(
    session: Session, press: CasePress, found: Proceedings, *, at: datetime
) -> None:
    """Record a claim filed at court: only the issues that it overlaps stop (Code 2.2).

    Raises:
        IncompleteError: the claim, the day, the decider or the reasons are missing, or it is known.
        ForbiddenError: nothing of the complaint would go on.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    issues = {issue.number: issue.words for issue in load_issues(session, case)}
    check_proceedings(found, issues, today=london_day(at))
    if any(row.claim == found.claim for row in rows_of(session, case, ProceedingsRow)):
        raise IncompleteError({"claim": "That claim is on record already"})
    row = ProceedingsRow(
        landlord=case.landlord,
        case_id=case.id,
        claim=found.claim,
        filed_on=found.filed_on,
        stopped=[issues[number] for number in found.overlapping],
        decider=found.decider,
        reasons=found.reasons,
        by=press.by,
        at=at,
    )
    session.add(row)
    on = [number for number in issues if number not in found.overlapping]
    note = (
        f"claim {found.claim}, filed {found.filed_on}: issues {_listed(found.overlapping)} stop, "
        f"{_listed(on)} go on. Decided by {found.decider}. {found.reasons}"
    )
    move_case(session, case, Action.NOTE_PROCEEDINGS, press, at=at, note=note)


def end_proceedings(session: Session, press: CasePress, *, note: str, at: datetime) -> None:
    """Record that a court case has ended: the issues that it stopped go on again (Code 2.2).

    Raises:
        IncompleteError: it is not said how it ended.
        OvertakenError: none goes on, or somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    going_on = [row for row in rows_of(session, case, ProceedingsRow) if row.stopped]
    if not going_on:
        raise OvertakenError("no court case goes on", last_event(session, [case]))
    if not note.strip():
        raise IncompleteError({"note": "Say how it ended, and on which day"})
    again = "; ".join(words for row in going_on for words in row.stopped)
    for row in going_on:
        row.stopped = []
    told = f"claims {', '.join(row.claim for row in going_on)}: {note} These go on again: {again}"
    move_case(session, case, Action.END_PROCEEDINGS, press, at=at, note=told)


def refer(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    body: Body,
    *,
    matter: str,
    at: datetime,
) -> None:
    """Record which part of a matter another body hears, and the contact given; the rest goes on.

    Raises:
        IncompleteError: it is not said which part, or the body has no part in this nation.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    if not matter.strip():
        raise IncompleteError({"matter": "Say which part it hears"})
    contact = spell_contact(find_route(landlord.policy, body, landlord.nation, london_day(at)))
    facts = {"body": body, "matter": matter, "contact": contact, "by": press.by, "at": at}
    session.add(ReferralRow(landlord=case.landlord, case_id=case.id, **facts))
    note = f"{body}: {matter} ({contact}). What is about housing stays with us."
    move_case(session, case, Action.REFER_ELSEWHERE, press, at=at, note=note)


def protect(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    *,
    breach: bool,
    note: str,
    at: datetime,
) -> None:
    """Open a data protection complaint beside a case, and the task of a possible breach.

    It has the receipt of the message, and a clock of its own (Data (Use and Access) Act 2025).

    Raises:
        IncompleteError: it is not said what happened.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    if not note.strip():
        raise IncompleteError({"note": "Say what happened to whose data"})
    own = _raise(session, case, press, landlord, kind=Kind.DP_COMPLAINT, at=at)
    if own.status in {Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR}:
        move_case(session, own, Action.CONFIRM, press, at=at, note=note)
        resume_clocks(session, own, landlord, at=at)
    if breach and not rows_of(session, own, BreachRow):
        aware_at = case.received_at
        due = find_report_by(landlord.policy, aware_at, working_days(session, landlord))
        rule = landlord.policy.breach_report
        row = BreachRow(
            landlord=own.landlord,
            case_id=own.id,
            aware_at=aware_at,
            report_by=due,
            rule=rule.rule if rule else "",
            evidence=rule.evidence if rule else "",
            reasons="",
            by=press.by,
            at=at,
        )
        session.add(row)
        session.flush()
        promise_task(session, own, Task.BREACH, row.id, due=due, at=at)
    told = f"{note}{' A breach is possible.' if breach else ''}"
    move_case(session, case, Action.RAISE_DATA_PROTECTION, press, at=at, note=told)


def see_to_breach(
    session: Session, press: CasePress, decided: BreachStep, *, reasons: str, at: datetime
) -> None:
    """Record what was decided about a possible breach of personal data, by whom and why.

    Raises:
        IncompleteError: it is not said why, or none is to be decided.
        OvertakenError: somebody was first.
    """
    case = begin_aside(session, press)
    if case is None:
        return
    open_ones = [row for row in rows_of(session, case, BreachRow) if row.decided is None]
    if not open_ones or not reasons.strip():
        raise IncompleteError({"note": "Say why, while a possible breach is to be decided"})
    [row] = open_ones
    row.decided, row.reasons, row.decided_by, row.decided_at = decided, reasons, press.by, at
    note = f"{decided}: {reasons}"
    move_case(session, case, Action.SEE_TO_BREACH, press, at=at, note=note)


def _raise(
    session: Session,
    case: CaseRow,
    press: CasePress,
    landlord: Landlord,
    *,
    kind: Kind,
    at: datetime,
) -> CaseRow:
    """Return the case of another kind that the same message makes, opened if there was none."""
    if case.kind is kind:
        return case
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    message = session.scalars(select(MessageRow).where(*mine)).one()
    opening = Opening(message=message, kind=kind, landlord=landlord)
    own = open_case(session, opening, by=press.by, at=at)
    if own.status is Status.RECORDED_IN_ERROR and kind is Kind.COMPLAINT:
        again = move(own.kind, own.status, Action.UNDO, by=press.by, at=at, note=REASONS[kind])
        add_event(session, own, again)
        resume_clocks(session, own, landlord, at=at)
    link_cases(session, [case, own], reason=REASONS[kind])
    return own


def _concerned(session: Session, case: CaseRow, incoming: Incoming) -> CaseRow | None:
    """Return the earlier case that a letter concerns, where its reference was given."""
    if not incoming.concerns.strip():
        return None
    try:
        reference = parse_reference(incoming.concerns)
    except MalformedReferenceError as error:
        raise IncompleteError({"concerns": str(error)}) from error
    mine = (CaseRow.landlord == case.landlord, CaseRow.reference == reference)
    found = session.scalars(select(CaseRow).where(*mine)).one_or_none()
    if found is None or found.id == case.id:
        raise IncompleteError({"concerns": f"There is no other case {reference}"})
    return found


def _let_be_answered(
    session: Session,
    case: CaseRow,
    letter: Correspondence,
    landlord: Landlord,
    *,
    by: str,
    at: datetime,
) -> None:
    """Note as what an MP or councillor writes, whom a constituent need not authorise."""
    capacity = CAPACITIES.get(letter.sender)
    if capacity is None or find_row(session, case, RepresentationRow) is not None:
        return
    mine = (MessageRow.landlord == case.landlord, MessageRow.id == case.message_id)
    set_writer(session, case, session.scalars(select(MessageRow).where(*mine)).one(), WRITES)
    found = Representation(capacity=capacity, authority=Authority.NOT_ASKED, name=letter.name)
    answerable = find_replies(found, landlord.policy)
    row = RepresentationRow(
        landlord=case.landlord,
        case_id=case.id,
        capacity=capacity,
        authority=found.authority,
        name=found.name,
        evidence="",
        wish=None,
        replies=answerable.replies,
        why=answerable.why,
        by=by,
        at=at,
    )
    session.add(row)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
