"""What a card says of the outcomes around a case: money, lessons, limits. Pure."""

from collections.abc import Iterator
from datetime import datetime

from bot.triage.layout import Block, menu, option, topic
from bot.triage.words import KIND_WORDS, OUTCOME_WORDS, day, escape, listed, plainly
from intake.domain.case import Action
from intake.domain.compensation import pounds
from intake.domain.lengths import london_day
from intake.domain.outcome import MoneyLine, OutcomeLines
from intake.domain.summary import CaseLine

#: A heading each, and the steps that its menu offers, never more than Slack's five.
GROUPS = {
    "Issues and learning": (Action.RAISE_ISSUE, Action.SETTLE, Action.LEARN),
    "Money and exclusions": (
        Action.PROPOSE_MONEY,
        Action.APPROVE_MONEY,
        Action.ANSWER_MONEY,
        Action.PAY_MONEY,
        Action.CONSIDER,
    ),
    "Support and contact": (
        Action.OFFER_SUPPORT,
        Action.ANSWER_SUPPORT,
        Action.RESTRICT,
        Action.REVIEW_RESTRICTION,
    ),
}


def outcome_blocks(case: CaseLine, step_id: str, value: str, *, now: datetime) -> Iterator[Block]:
    """Draw the outcomes around a case, and a menu for each group of steps.

    `value` is what a step carries, but for the step itself.
    """
    offered = case.outcome_steps
    told = (_issues(case, now), _money(case.outcomes, now), _support(case.outcomes, now))
    for (heading, group), lines in zip(GROUPS.items(), told, strict=True):
        options = [option(OUTCOME_WORDS[s], f"{value}:{s}") for s in group if s in offered]
        if options:
            words = [f"{KIND_WORDS[case.kind]}: {heading}", *lines]
            yield topic(f"{case.id}-{heading}", words, menu(step_id, options))


def _issues(case: CaseLine, now: datetime) -> Iterator[str]:
    if case.outcomes.settled:
        yield (
            "Settled at first contact, as the resident agreed: the acknowledgement and the "
            "answer still go in writing"
        )
    late = [p for p in case.promises if p.due < london_day(now)]
    if late:
        owed = listed(f"{escape(p.owner)} by {day(p.due)}" for p in late)
        yield f"⚠️ *Promised and not kept:* {owed}"
    if case.outcomes.lessons:
        yield f"Lessons on record: {case.outcomes.lessons}"


def _money(outcomes: OutcomeLines, now: datetime) -> Iterator[str]:
    for line in outcomes.money:
        yield f"{pounds(line.amount)} {plainly(line.redress)}: {_stands(line, now)}"


def _stands(line: MoneyLine, now: datetime) -> str:
    if line.awaits_approval:
        return f"awaits {escape(' or '.join(line.authorisers))}"
    if line.paid_on is not None:
        return f"paid {day(line.paid_on)}"
    if line.awaits_payment and line.pay_by is not None:
        late = " - 🚨 *OVERDUE*" if line.pay_by < london_day(now) else ""
        return f"to be paid by {day(line.pay_by)}{late}"
    if line.reply is not None or line.open_until is None:
        return "declined"
    over = " (that day has passed: somebody decides)" if line.open_until < london_day(now) else ""
    return f"offered, open until {day(line.open_until)}{over}"


def _support(outcomes: OutcomeLines, now: datetime) -> Iterator[str]:
    for offer in outcomes.support:
        yield f"{plainly(offer.help).capitalize()} offered, no answer yet"
    for limit in outcomes.restrictions:
        due = " - ⚠️ *the review is due*" if limit.review_on <= london_day(now) else ""
        told = f"Contact restricted ({plainly(limit.limit)}) until reviewed {day(limit.review_on)}"
        yield f"{told}{due}. No clock stops"
