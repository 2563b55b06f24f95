"""Propose, approve, answer and pay money; and weigh the policy's exclusions, case by case."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.beside import begin_beside, keep
from intake.cases import CaseNotFoundError
from intake.clocks import promise_task, working_days
from intake.domain.case import Action, OvertakenError, said
from intake.domain.compensation import (
    Proposal,
    Redress,
    Reply,
    authorisers,
    check_approval,
    check_proposal,
    check_reply,
    find_band,
    may_authorise,
    open_until,
    pay_by,
    pounds,
    share,
)
from intake.domain.exclusion import Considered, check_considered, exclusions_of
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.reminders import Task
from intake.domain.triage import IncompleteError
from intake.press import CasePress, last_event, move_case
from intake.store.money import amount_of, money_line, to_pence
from intake.store.outcome_tables import ConsideredRow, MoneyRow
from intake.store.tables import CaseRow


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Whose leave is given to which money: the approver's role, and why."""

    money_id: int
    role: str
    why: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What the resident said to which money, on which day."""

    money_id: int
    reply: Reply
    on: date
    #: Who decided to pay although the reply came late.
    decider: str = ""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """How which money was paid, on which day, and what of it may clear arrears."""

    money_id: int
    on: date
    how: str = field(repr=False)
    arrears: Decimal = Decimal(0)


def propose(
    session: Session, press: CasePress, landlord: Landlord, proposal: Proposal, *, at: datetime
) -> None:
    """Propose money for a complaint; over the proposer's own band it awaits approval.

    Raises:
        ForbiddenError: the impact on the resident is not said (Code 7.2).
        IncompleteError: receipts or the reference of an order are missing.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.PROPOSE_MONEY)
    if case is None:
        return
    rules = landlord.policy.compensation
    check_proposal(proposal, rules)
    band = find_band(proposal.amount, rules.bands)
    ordered = proposal.redress is Redress.ORDERED
    row = MoneyRow(
        redress=proposal.redress,
        pence=to_pence(proposal.amount),
        impact=proposal.impact,
        proof=proposal.proof,
        level=band.level if band and not ordered else "",
        authorisers=[] if ordered else [*authorisers(proposal.amount, rules.bands)],
        role=proposal.role,
        pay_by=proposal.pay_by if ordered else None,
    )
    keep(session, row, case, press, at=at)
    if may_authorise(proposal.role, proposal.redress, proposal.amount, rules.bands):
        _approve(session, row, landlord, by=press.by, role=proposal.role, at=at)
        stands = "approved"
    else:
        stands = f"awaits approval by {' or '.join(row.authorisers)}"
    _promise_payment(session, case, row, at=at)
    note = f"{said(row.redress)} of {pounds(proposal.amount)}, {stands}: {proposal.impact}"
    move_case(session, case, Action.PROPOSE_MONEY, press, at=at, note=note)


def approve(
    session: Session, press: CasePress, landlord: Landlord, approval: Approval, *, at: datetime
) -> None:
    """Approve money as somebody whom the policy names; from then the offer is open.

    Raises:
        IncompleteError: the role does not reach that far, or the proposer approves it.
        CaseNotFoundError: the case has no such money.
        OvertakenError: it awaits no approval, or somebody was first.
    """
    case = begin_beside(session, press, Action.APPROVE_MONEY)
    if case is None:
        return
    row = _money(session, case, approval.money_id)
    _check_waits(session, case, waits=money_line(row).awaits_approval, told="approval")
    check_approval(
        role=approval.role,
        by=press.by,
        proposed_by=row.by,
        amount=amount_of(row),
        named=row.authorisers,
    )
    if not approval.why.strip():
        raise IncompleteError({"reason": "Say why it is right"})
    _approve(session, row, landlord, by=press.by, role=approval.role, at=at)
    _promise_payment(session, case, row, at=at)
    note = f"{pounds(amount_of(row))} as {approval.role}: {approval.why}"
    move_case(session, case, Action.APPROVE_MONEY, press, at=at, note=note)


def answer_money(
    session: Session, press: CasePress, landlord: Landlord, answered: Answered, *, at: datetime
) -> None:
    """Record that the resident accepted or declined an offer; what is accepted is to be paid.

    Raises:
        IncompleteError: the day is impossible, or late and nobody decided to pay all the same.
        CaseNotFoundError: the case has no such money.
        OvertakenError: it awaits no reply, or somebody was first.
    """
    case = begin_beside(session, press, Action.ANSWER_MONEY)
    if case is None:
        return
    row = _money(session, case, answered.money_id)
    _check_waits(session, case, waits=money_line(row).awaits_reply, told="reply")
    if row.approved_at is None or row.open_until is None:
        raise ValueError(f"money {row.id} is open and was never approved")
    check_reply(
        answered.reply,
        on=answered.on,
        offered_on=london_day(row.approved_at),
        until=row.open_until,
        decider=answered.decider,
        today=london_day(at),
    )
    row.reply, row.replied_on = answered.reply, answered.on
    late = answered.on > row.open_until
    row.late_decider = answered.decider if late and answered.decider else None
    if answered.reply is Reply.ACCEPTED:
        row.pay_by = pay_by(answered.on, working_days(session, landlord))
        _promise_payment(session, case, row, at=at)
    note = f"{pounds(amount_of(row))} {answered.reply} on {answered.on}"
    note += f", late: {row.late_decider} decided to pay all the same" if row.late_decider else ""
    move_case(session, case, Action.ANSWER_MONEY, press, at=at, note=note)


def pay(
    session: Session, press: CasePress, landlord: Landlord, payment: Payment, *, at: datetime
) -> None:
    """Record that money was paid, and what of it cleared arrears.

    Raises:
        ForbiddenError: it cannot be set against arrears (Code 7.4).
        IncompleteError: the day is impossible, or nothing shows the payment.
        CaseNotFoundError: the case has no such money.
        OvertakenError: it is not owed, or somebody was first.
    """
    case = begin_beside(session, press, Action.PAY_MONEY)
    if case is None:
        return
    row = _money(session, case, payment.money_id)
    _check_waits(session, case, waits=money_line(row).awaits_payment, told="payment")
    since = row.replied_on or london_day(row.at)
    if not since <= payment.on <= london_day(at):
        raise IncompleteError({"paid_on": f"Give a day from {since} to today"})
    if not payment.how.strip():
        raise IncompleteError({"evidence": "Say how it was paid, and what shows it"})
    amount = amount_of(row)
    shares = share(row.redress, amount, payment.arrears, landlord.policy.compensation)
    row.paid_on, row.paid_how = payment.on, payment.how
    row.credited_pence = to_pence(shares.credited)
    note = f"{pounds(shares.paid)} paid and {pounds(shares.credited)} set against arrears"
    note = f"{note}, on {payment.on}: {payment.how}"
    move_case(session, case, Action.PAY_MONEY, press, at=at, note=note)


def consider(
    session: Session, press: CasePress, landlord: Landlord, considered: Considered, *, at: datetime
) -> None:
    """Record that an exclusion was weighed for this case. It refuses nothing by itself (Code 2.1).

    Raises:
        ForbiddenError: the reasons or the decider are missing.
        IncompleteError: it is no exclusion of the policy.
        OvertakenError: somebody was first.
    """
    case = begin_beside(session, press, Action.CONSIDER)
    if case is None:
        return
    found = check_considered(considered, exclusions_of(landlord.policy))
    note = f"{found.words} {said(considered.weighed).capitalize()}: {considered.reasons}"
    move_case(session, case, Action.CONSIDER, press, at=at, note=note)
    row = ConsideredRow(
        excluded=found.excluded,
        topic=found.topic,
        exclusion=found.words,
        weighed=considered.weighed,
        reasons=considered.reasons,
        decider=considered.decider,
    )
    keep(session, row, case, press, at=at)


def _approve(
    session: Session, row: MoneyRow, landlord: Landlord, *, by: str, role: str, at: datetime
) -> None:
    row.approved_by, row.approved_role, row.approved_at = by, role, at
    days, today = working_days(session, landlord), london_day(at)
    if row.redress is Redress.ORDERED:
        row.pay_by = row.pay_by or pay_by(today, days)
    else:
        row.open_until = open_until(today, landlord.policy, days)


def _promise_payment(session: Session, case: CaseRow, row: MoneyRow, *, at: datetime) -> None:
    """Remind of what was approved or accepted, and is to be paid by a day (Code 7.3)."""
    session.flush()
    if row.approved_at is not None:
        promise_task(session, case, Task.PAYMENT, row.id, due=row.pay_by, at=at)


def _money(session: Session, case: CaseRow, money_id: int) -> MoneyRow:
    mine = (MoneyRow.landlord == case.landlord, MoneyRow.case_id == case.id)
    found = select(MoneyRow).where(*mine, MoneyRow.id == money_id)
    row = session.scalars(found).one_or_none()
    if row is None:
        raise CaseNotFoundError(f"case {case.id} has no money {money_id}")
    return row


def _check_waits(session: Session, case: CaseRow, *, waits: bool, told: str) -> None:
    if not waits:
        raise OvertakenError(f"it awaits no {told}", last_event(session, [case]))
