"""Money that puts things right: by whose leave, until when, and what it may be set against. Pure.

Complaint Handling Code 7.1 to 7.4 (a remedy reflects its impact); the amounts, authorisers and
times are the landlord's own and come from its policy pack.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from intake.domain.case import ForbiddenError
from intake.domain.lengths import Length, Unit, find_due, london_day
from intake.domain.life import folded
from intake.domain.moments import ClockName
from intake.domain.policy import Policy
from intake.domain.policy_facts import Band, Compensation
from intake.domain.triage import IncompleteError
from intake.domain.working_days import WorkingDays

PENCE = Decimal("0.01")
MOST = Decimal(1_000_000)
#: Ours, where a policy names no day: an offer stays open so long, and is paid so soon.
OPEN_FOR, PAID_WITHIN = Length(6, Unit.MONTHS), Length(28, Unit.DAYS)


class Redress(StrEnum):
    """Which money it is: each is kept apart from the others."""

    COMPENSATION = "compensation"
    #: What the resident spent, against receipts.
    REIMBURSEMENT = "reimbursement"
    #: What the Ombudsman ordered: owed in full, never set against arrears.
    ORDERED = "ordered_by_the_ombudsman"


class Reply(StrEnum):
    """What the resident said to an offer of money."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Money proposed: how much, for which impact, by somebody in which role."""

    redress: Redress
    amount: Decimal
    impact: str = field(repr=False)
    #: The proposer's role, where it is one of the authorisers of the policy.
    role: str = ""
    #: The receipts of a reimbursement, or the reference of the Ombudsman's order.
    proof: str = field(default="", repr=False)
    #: When an order has to be paid.
    pay_by: date | None = None


def parse_pounds(text: str) -> Decimal:
    """Return an amount written as people write it: `£1,250`, `80.50`.

    Raises:
        ValueError: it is no amount of pounds and pence above nought.
    """
    figures = text.strip().removeprefix("£").strip().replace(",", "")
    whole, _, pence = figures.partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < len(str(MOST))):
        raise ValueError("no amount")
    if pence and not (pence.isascii() and pence.isdecimal() and len(pence) <= len("00")):
        raise ValueError("no amount of pence")
    amount = Decimal(figures.rstrip(".")).quantize(PENCE)
    if not amount:
        raise ValueError("nought")
    return amount


def pounds(amount: Decimal) -> str:
    """Return an amount as letters and cards say it: `£80`, `£1,250.50`."""
    return f"£{amount:,.2f}".removesuffix(".00")


def find_band(amount: Decimal, bands: Sequence[Band]) -> Band | None:
    """Return the band that an amount lies in; none where the policy has no bands."""
    for band in bands:
        if band.above < amount and (band.up_to is None or amount <= band.up_to):
            return band
    return None


def authorisers(amount: Decimal, bands: Sequence[Band]) -> tuple[str, ...]:
    """Return the roles that may authorise an amount: those of its band and of higher ones."""
    reach = [band for band in bands if band.up_to is None or band.up_to >= amount]
    return tuple(dict.fromkeys(role for band in reach for role in band.authorisers))


def may_authorise(role: str, redress: Redress, amount: Decimal, bands: Sequence[Band]) -> bool:
    """Whether somebody in a role needs nobody's leave.

    What the Ombudsman ordered is owed and needs no leave; nor does anything without bands.
    """
    if redress is Redress.ORDERED or not bands:
        return True
    return folded(role) in {folded(one) for one in authorisers(amount, bands)}


def check_proposal(proposal: Proposal, rules: Compensation) -> None:
    """Refuse money without an impact, or whose kind lacks what shows it.

    Raises:
        ForbiddenError: the impact on the resident is not said (Code 7.2).
        IncompleteError: a reimbursement lacks its receipts, or an order its reference.
    """
    if not proposal.impact.strip():
        why = "a remedy reflects its impact on the resident: say what that was"
        raise ForbiddenError("7.2", why, field="impact")
    if proposal.redress is Redress.COMPENSATION or proposal.proof.strip():
        return
    if proposal.redress is Redress.ORDERED:
        raise IncompleteError({"proof": "Give the reference of the Ombudsman's order"})
    needs = " and ".join(rules.reimbursement_needs) or "receipts or evidence"
    raise IncompleteError({"proof": f"A reimbursement needs {needs}: say what was seen"})


def check_approval(
    *, role: str, by: str, proposed_by: str, amount: Decimal, named: Sequence[str]
) -> None:
    """Refuse an approval by a role that was not named when it was proposed, or by the proposer.

    Raises:
        IncompleteError: the role does not reach that far, or the same person proposed it.
    """
    if folded(role) not in {folded(one) for one in named}:
        told = f"{pounds(amount)} is approved by: {', '.join(named)}"
        raise IncompleteError({"role": told})
    if folded(by) == folded(proposed_by):
        raise IncompleteError({"role": "Somebody else approves what you have proposed"})


def open_until(offered_on: date, policy: Policy, days: WorkingDays) -> date:
    """Return the day until which an offer can be accepted: the policy's, else after six months."""
    period = policy.promises.get(ClockName.OFFER_ACCEPTANCE)
    return london_day(find_due(offered_on, period.length if period else OPEN_FOR, days))


def check_reply(
    reply: Reply, *, on: date, offered_on: date, until: date, decider: str, today: date
) -> None:
    """Refuse a reply of an impossible day, or a late one that nobody decided to honour.

    A late reply lapses nothing by itself.

    Raises:
        IncompleteError: the day or the decider is missing.
    """
    if not offered_on <= on <= today:
        told = f"Give a day from {offered_on}, when it was offered, to today, {today}"
        raise IncompleteError({"replied_on": told})
    if reply is Reply.ACCEPTED and on > until and not decider.strip():
        told = f"The offer was open until {until}: say who decided to pay all the same"
        raise IncompleteError({"decider": told})


def pay_by(accepted_on: date, days: WorkingDays) -> date:
    """Return the day by which an accepted offer is to be paid."""
    return london_day(find_due(accepted_on, PAID_WITHIN, days))


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How a payment divides: what clears arrears, and what the resident gets."""

    credited: Decimal
    paid: Decimal


def share(redress: Redress, amount: Decimal, arrears: Decimal, rules: Compensation) -> Shares:
    """Return how an amount divides between arrears and the resident.

    Only the landlord's own compensation is set against arrears, and only where its policy says
    so. What the Ombudsman ordered is paid apart from arrears, whatever a policy says; what the
    resident spent comes back to the resident.

    Raises:
        ForbiddenError: it cannot be set against arrears (Code 7.4).
    """
    if not arrears:
        return Shares(credited=Decimal(0), paid=amount)
    if redress is Redress.ORDERED:
        why = "what the Ombudsman ordered is paid in full, apart from any arrears"
        raise ForbiddenError("7.4", why, field="arrears")
    if redress is Redress.REIMBURSEMENT:
        why = "what the resident spent is paid back to the resident, not set against arrears"
        raise ForbiddenError("7.4", why, field="arrears")
    if not rules.set_against_arrears:
        why = "this policy does not set compensation against arrears"
        raise ForbiddenError("7.4", why, field="arrears")
    credited = min(amount, arrears)
    return Shares(credited=credited, paid=amount - credited)
