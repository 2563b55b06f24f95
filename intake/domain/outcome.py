"""What is on record around a case beside its stages, and what staff can do about it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from intake.domain.case import Action, InvalidTransitionError, Kind, Status, said
from intake.domain.compensation import Redress, Reply
from intake.domain.new_issue import OPEN
from intake.domain.restriction import Limit
from intake.domain.support import Help

#: Before these nothing is on record, and there is nothing to add to.
NOT_BEGUN = frozenset({Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR})
#: Of a complaint alone: other kinds have no issues, and no redress.
OF_COMPLAINTS = (Action.RAISE_ISSUE, Action.SETTLE, Action.PROPOSE_MONEY, Action.CONSIDER)
OF_MONEY = (Action.APPROVE_MONEY, Action.ANSWER_MONEY, Action.PAY_MONEY)
#: Of any kind: all feedback is learned from, and anybody may need help.
OF_ANY = (Action.LEARN, Action.OFFER_SUPPORT, Action.RESTRICT)
OF_WHAT_WAITS = (Action.ANSWER_SUPPORT, Action.REVIEW_RESTRICTION)


@dataclass(frozen=True, kw_only=True)
class MoneyLine:
    """Money proposed, and how far it has come."""

    id: int
    redress: Redress
    amount: Decimal
    authorisers: tuple[str, ...] = ()
    approved: bool = False
    open_until: date | None = None
    reply: Reply | None = None
    pay_by: date | None = None
    paid_on: date | None = None

    @property
    def awaits_approval(self) -> bool:
        """Whether somebody whom the policy names must approve it first."""
        return not self.approved

    @property
    def awaits_reply(self) -> bool:
        """Whether the resident has yet to accept it; an order needs no acceptance."""
        return self.approved and self.reply is None and self.redress is not Redress.ORDERED

    @property
    def awaits_payment(self) -> bool:
        """Whether it is owed and has not been paid."""
        owed = self.reply is Reply.ACCEPTED or self.redress is Redress.ORDERED
        return self.approved and owed and self.paid_on is None


@dataclass(frozen=True, kw_only=True)
class SupportLine:
    """Help offered that awaits its answer."""

    id: int
    help: Help
    how: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RestrictionLine:
    """A restriction in force."""

    id: int
    limit: Limit
    review_on: date


@dataclass(frozen=True, kw_only=True)
class OutcomeLines:
    """All that is on record around one case."""

    money: tuple[MoneyLine, ...] = ()
    support: tuple[SupportLine, ...] = ()
    restrictions: tuple[RestrictionLine, ...] = ()
    #: Settled at first contact, as the resident agreed.
    settled: bool = False
    lessons: int = 0

    def steps(self, kind: Kind, status: Status, stage: int) -> tuple[Action, ...]:
        """Return what staff can put on record around a case; none of it moves the case."""
        return tuple(self._steps(kind, status, stage))

    def _steps(self, kind: Kind, status: Status, stage: int) -> Iterator[Action]:
        yield from (step for step in fixed_steps(kind, status, stage) if not self._had(step))
        waits = {
            Action.APPROVE_MONEY: any(line.awaits_approval for line in self.money),
            Action.ANSWER_MONEY: any(line.awaits_reply for line in self.money),
            Action.PAY_MONEY: any(line.awaits_payment for line in self.money),
            Action.ANSWER_SUPPORT: bool(self.support),
            Action.REVIEW_RESTRICTION: bool(self.restrictions),
        }
        yield from (step for step, waiting in waits.items() if waiting)

    def _had(self, step: Action) -> bool:
        return step is Action.SETTLE and self.settled


def check_can_note(step: Action, kind: Kind, status: Status) -> None:
    """Refuse to put on record what a case of that kind has not, or has not yet.

    Raises:
        InvalidTransitionError: it has not.
    """
    can = {*OF_ANY, *OF_WHAT_WAITS}
    if kind is Kind.COMPLAINT:
        can |= {*OF_COMPLAINTS, *OF_MONEY}
    if status in NOT_BEGUN or step not in can:
        raise InvalidTransitionError(f"cannot {said(step)}: it is a {said(kind)}, {said(status)}")


def fixed_steps(kind: Kind, status: Status, stage: int) -> tuple[Action, ...]:
    """Return what can be put on record where a case stands, whatever is on record around it."""
    if status in NOT_BEGUN:
        return ()
    if kind is not Kind.COMPLAINT:
        return OF_ANY
    open_still = stage == 1 and status in OPEN
    own = (step for step in OF_COMPLAINTS if open_still or step is not Action.SETTLE)
    return (*own, *OF_ANY)
