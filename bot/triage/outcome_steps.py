"""What each step around a case does with what was filled in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from bot.triage import fields, outcome_forms as names
from bot.triage.fields import Values
from bot.triage.steps import Deed, Reading
from intake import outcome, redress
from intake.domain.case import Action
from intake.domain.compensation import Proposal, Redress, Reply, parse_pounds
from intake.domain.exclusion import Considered, Weighed
from intake.domain.first_contact import Settlement
from intake.domain.landlord import Landlord
from intake.domain.learning import Lesson, Theme
from intake.domain.life import Answer
from intake.domain.new_issue import Joining, NewIssue
from intake.domain.restriction import Limit, Restriction, Review
from intake.domain.support import Help, Offered
from intake.domain.triage import IncompleteError
from intake.press import CasePress


def read_outcome(step: Action, values: Values) -> Deed:
    """Return what a step around a case does with what was filled in.

    Raises:
        IncompleteError: something must be filled in.
    """
    return OUTCOME_READINGS[step](values)


def read_survey_offer(values: Values) -> Deed:
    """Return what offering the choice to complain does after a survey (Code 1.6)."""
    return partial(outcome.offer_after_survey, how=fields.words(values, fields.NOTE))


def _raise_issue(values: Values) -> Deed:
    issue = NewIssue(
        words=fields.words(values, names.ISSUE),
        raised_on=fields.day(values, names.RAISED_ON),
        ground=fields.choice(values, names.JOINING, Joining),
        outcome=fields.words(values, fields.OUTCOME),
    )
    return partial(outcome.raise_issue, issue=issue)


def _settle(values: Values) -> Deed:
    settlement = Settlement(
        agreed=fields.words(values, names.AGREED), consent=fields.words(values, names.CONSENT)
    )
    return _of_any_landlord(partial(outcome.settle, settlement=settlement))


def _propose(values: Values) -> Deed:
    proposal = Proposal(
        redress=fields.choice(values, names.REDRESS, Redress),
        amount=_pounds(values, names.AMOUNT),
        impact=fields.words(values, names.IMPACT),
        role=fields.words(values, names.ROLE),
        proof=fields.words(values, names.PROOF),
        pay_by=fields.find_day(values, names.PAY_BY),
    )
    return partial(redress.propose, proposal=proposal)


def _approve(values: Values) -> Deed:
    approval = redress.Approval(
        money_id=_which(values, names.MONEY),
        role=fields.words(values, names.ROLE),
        why=fields.words(values, fields.REASON),
    )
    return partial(redress.approve, approval=approval)


def _answer_money(values: Values) -> Deed:
    answered = redress.Answered(
        money_id=_which(values, names.MONEY),
        reply=fields.choice(values, names.REPLY, Reply),
        on=fields.day(values, names.REPLIED_ON),
        decider=fields.words(values, fields.DECIDER),
    )
    return partial(redress.answer_money, answered=answered)


def _pay(values: Values) -> Deed:
    arrears = fields.words(values, names.ARREARS)
    payment = redress.Payment(
        money_id=_which(values, names.MONEY),
        on=fields.day(values, names.PAID_ON),
        how=fields.words(values, fields.EVIDENCE),
        arrears=_pounds(values, names.ARREARS) if arrears.strip("£0., ") else Decimal(0),
    )
    return partial(redress.pay, payment=payment)


def _consider(values: Values) -> Deed:
    considered = Considered(
        key=fields.words(values, names.EXCLUSION),
        weighed=fields.choice(values, names.WEIGHED, Weighed),
        reasons=fields.words(values, fields.REASONS),
        decider=fields.words(values, fields.DECIDER),
    )
    return partial(redress.consider, considered=considered)


def _learn(values: Values) -> Deed:
    lesson = Lesson(
        theme=fields.choice(values, names.THEME, Theme),
        change=fields.words(values, names.CHANGE),
        owner=fields.words(values, names.OWNER),
        due=fields.find_day(values, names.DUE),
    )
    return _of_any_landlord(partial(outcome.learn, lesson=lesson))


def _offer_support(values: Values) -> Deed:
    help_ = fields.choice(values, names.HELP, Help)
    offered = Offered(help=help_, how=fields.words(values, fields.NOTE))
    return _of_any_landlord(partial(outcome.offer_support, offered=offered))


def _answer_support(values: Values) -> Deed:
    which = _which(values, names.SUPPORT)
    said = fields.choice(values, fields.ANSWER, Answer)
    return _of_any_landlord(partial(outcome.answer_support, answer=said, support_id=which))


def _restrict(values: Values) -> Deed:
    restriction = Restriction(
        limit=fields.choice(values, names.LIMIT, Limit),
        details=fields.words(values, names.DETAILS),
        reason=fields.words(values, fields.REASON),
        tried=fields.words(values, names.TRIED),
        adjustments=fields.words(values, names.ADJUSTMENTS),
        review_on=fields.day(values, names.REVIEW_ON),
        decider=fields.words(values, fields.DECIDER),
    )
    return _of_any_landlord(partial(outcome.restrict, restriction=restriction))


def _review(values: Values) -> Deed:
    which = _which(values, names.RESTRICTION)
    kept = fields.choice(values, names.CAME, names.Came) is names.Came.KEEP
    next_on = fields.day(values, names.REVIEW_ON) if kept else None
    review = Review(why=fields.words(values, fields.REASON), next_on=next_on)
    return _of_any_landlord(
        partial(outcome.review_restriction, review=review, restriction_id=which)
    )


OUTCOME_READINGS: Mapping[Action, Reading] = {
    Action.RAISE_ISSUE: _raise_issue,
    Action.SETTLE: _settle,
    Action.PROPOSE_MONEY: _propose,
    Action.APPROVE_MONEY: _approve,
    Action.ANSWER_MONEY: _answer_money,
    Action.PAY_MONEY: _pay,
    Action.CONSIDER: _consider,
    Action.LEARN: _learn,
    Action.OFFER_SUPPORT: _offer_support,
    Action.ANSWER_SUPPORT: _answer_support,
    Action.RESTRICT: _restrict,
    Action.REVIEW_RESTRICTION: _review,
}


class _Alone(Protocol):
    def __call__(self, session: Session, press: CasePress, /, *, at: datetime) -> None: ...


def _of_any_landlord(deed: _Alone | Callable[..., None]) -> Deed:
    def do(session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime) -> None:
        deed(session, press, at=at)

    return do


def _pounds(values: Values, name: str) -> Decimal:
    try:
        return parse_pounds(fields.words(values, name))
    except ValueError:
        raise IncompleteError({name: "Give an amount such as 80 or 1,250.50"}) from None


def _which(values: Values, name: str) -> int:
    chosen = fields.words(values, name)
    if not (chosen.isascii() and chosen.isdecimal()):
        raise IncompleteError({name: "Choose one"})
    return int(chosen)
