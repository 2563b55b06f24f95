"""The forms for what is put on record around a case, as Block Kit. Pure.

Slack shows them as modals, the desk as pages. What may be chosen comes from the landlord's policy.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.triage import fields
from bot.triage.layout import (
    Block,
    context,
    day_input,
    form,
    input_block,
    option,
    select,
    text_input,
)
from bot.triage.views import STEP_FORM, step_value
from bot.triage.words import KIND_WORDS, OUTCOME_WORDS, day, plainly
from intake.domain.case import Action
from intake.domain.compensation import Redress, Reply, pounds
from intake.domain.exclusion import Weighed, exclusions_of
from intake.domain.learning import Theme
from intake.domain.life import Answer
from intake.domain.new_issue import OPEN, Joining
from intake.domain.outcome import MoneyLine
from intake.domain.policy import Policy
from intake.domain.restriction import Limit
from intake.domain.summary import CaseLine, MessageSummary
from intake.domain.support import Help

ISSUE, JOINING, RAISED_ON = "issue", "joining", "raised_on"
AGREED, CONSENT = "agreed", "consent"
MONEY, REDRESS, AMOUNT, IMPACT, ROLE, PROOF = (
    "money",
    "redress",
    "amount",
    "impact",
    "role",
    "proof",
)
PAY_BY, REPLY, REPLIED_ON, PAID_ON, ARREARS = "pay_by", "reply", "replied_on", "paid_on", "arrears"
EXCLUSION, WEIGHED = "exclusion", "weighed"
THEME, CHANGE, OWNER, DUE = "theme", "change", "owner", "due"
HELP, SUPPORT = "help", "support"
LIMIT, DETAILS, TRIED, ADJUSTMENTS, REVIEW_ON = (
    "limit",
    "details",
    "tried",
    "adjustments",
    "review_on",
)
RESTRICTION, CAME = "restriction", "came"


_Value = TypeVar("_Value", bound=StrEnum)


class Came(StrEnum):
    """What comes of a review."""

    KEEP = "keep"
    END = "end"


JOINING_WORDS = {
    Joining.RELATED: "Related: it joins this complaint",
    Joining.UNRELATED: "Unrelated: a new complaint",
    Joining.WOULD_DELAY: "It would delay the answer unreasonably: a new complaint",
    Joining.STAGE_1_OVER: "Stage 1 is over: a new complaint",
}
WEIGHED_WORDS = {
    Weighed.DOES_NOT_APPLY: "It does not apply",
    Weighed.DISCRETION_USED: "It applies, and discretion is used: we go on",
    Weighed.APPLIES: "It applies, and discretion was considered",
}
CAME_WORDS = {Came.KEEP: "It is kept until the next review", Came.END: "It ends"}
ANSWER_WORDS = {Answer.YES: "Yes", Answer.NO: "No", Answer.SILENT: "No answer"}


def outcome_form(
    message: MessageSummary, case: CaseLine, step: Action, *, policy: Policy, today: date
) -> Block:
    """Draw the form of one step around a case."""
    about = context(f"{KIND_WORDS[case.kind]} {case.reference}, {plainly(case.status)}")
    blocks = [about, *DRAWINGS[step](case, policy, today)]
    value = step_value(message, f"c{case.id}", step)
    return form(STEP_FORM, OUTCOME_WORDS[step].rstrip("…"), blocks, value)


def _raise_issue(case: CaseLine, _policy: Policy, today: date) -> list[Block]:
    is_open = case.stage == 1 and case.status in OPEN
    out = {Joining.STAGE_1_OVER} if is_open else {Joining.RELATED}
    grounds = [option(words, one) for one, words in JOINING_WORDS.items() if one not in out]
    told = (
        "What joins changes the definition; think of an extension. What is new has its own dates."
        if is_open
        else "Stage 1 is over: whatever is raised now is a new complaint (Code 6.8)."
    )
    return [
        context(told),
        _words(ISSUE, "What was raised"),
        input_block(RAISED_ON, "Raised on", day_input(RAISED_ON, today)),
        input_block(JOINING, "Ground", select(JOINING, grounds)),
        _words(fields.OUTCOME, "Outcome sought", optional=True),
    ]


def _settle(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    told = (
        "It stays a complaint at stage 1: the acknowledgement and the answer go in writing. "
        "Only the resident can say that it is settled (Code 5.2)."
    )
    return [
        context(told),
        _words(AGREED, "What was agreed"),
        _words(CONSENT, "When and how the resident agreed"),
    ]


def _propose(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    bands = policy.compensation.bands
    roles = dict.fromkeys(role for band in bands for role in band.authorisers)
    lines = [
        f"{band.level}: over {pounds(band.above)}"
        + (f" up to {pounds(band.up_to)}" if band.up_to is not None else "")
        + f", {' or '.join(band.authorisers)}"
        for band in bands
    ]
    told = "; ".join(lines) or "This policy has no bands: whoever proposes it answers for it."
    asked = [_choice(ROLE, "Your role", [option(role, role) for role in roles], optional=True)]
    return [
        context(told),
        _one_of(REDRESS, "What it is", Redress),
        _line(AMOUNT, "Amount in pounds"),
        _words(IMPACT, "Impact on the resident"),
        *(asked if roles else []),
        _words(PROOF, "Receipts seen, or the reference of the order", optional=True),
        input_block(PAY_BY, "An order: to be paid by", day_input(PAY_BY), optional=True),
    ]


def _approve(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    waiting = [line for line in case.outcomes.money if line.awaits_approval]
    roles = dict.fromkeys(role for line in waiting for role in line.authorisers)
    return [
        _of_money(waiting),
        _choice(ROLE, "Your role", [option(role, role) for role in roles]),
        _words(fields.REASON, "Why it is right"),
    ]


def _answer_money(case: CaseLine, policy: Policy, today: date) -> list[Block]:
    late = policy.compensation.late_acceptance_decided_by or "somebody by name"
    return [
        _of_money(line for line in case.outcomes.money if line.awaits_reply),
        _one_of(REPLY, "The resident", Reply),
        input_block(REPLIED_ON, "Answered on", day_input(REPLIED_ON, today)),
        _line(fields.DECIDER, f"If late, who pays all the same: {late}", optional=True),
    ]


def _pay(case: CaseLine, policy: Policy, today: date) -> list[Block]:
    told = "What the Ombudsman ordered, and what the resident spent, is never set against arrears."
    if not policy.compensation.set_against_arrears:
        told = "This policy sets nothing against arrears."
    return [
        context(told),
        _of_money(line for line in case.outcomes.money if line.awaits_payment),
        input_block(PAID_ON, "Paid on", day_input(PAID_ON, today)),
        _words(fields.EVIDENCE, "How it was paid, and what shows it"),
        _line(ARREARS, "Arrears it may clear, in pounds", optional=True),
    ]


def _consider(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    known = [
        option(f"{plainly(one.excluded).capitalize()}: {one.words}", one.key)
        for one in exclusions_of(policy)
    ]
    if not known:
        return [context("This policy excludes nothing.")]
    return [
        context("This refuses nothing. Each case is judged on its merits (Code 2.1, 2.5)."),
        _choice(EXCLUSION, "Exclusion", known),
        _choice(WEIGHED, "What came of it", _options(WEIGHED_WORDS)),
        _words(fields.REASONS, "What was considered, discretion too"),
        _line(fields.DECIDER, "Who considered it, by name"),
    ]


def _learn(_case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    return [
        _one_of(THEME, "Theme", Theme),
        _words(CHANGE, "What changes"),
        _line(OWNER, "Who sees to it"),
        input_block(DUE, "By when", day_input(DUE), optional=True),
    ]


def _offer_support(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    told = "; ".join(policy.behaviour.support)
    return [
        *([context(f"The policy: {told}")] if told else []),
        _one_of(HELP, "What was offered", Help),
        _words(fields.NOTE, "Who or what, and how it was offered"),
    ]


def _answer_support(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    offered = [
        option(f"{plainly(line.help)}: {line.how[:40]}", str(line.id))
        for line in case.outcomes.support
    ]
    return [
        _choice(SUPPORT, "What was offered", offered),
        _choice(fields.ANSWER, "The resident said", _options(ANSWER_WORDS)),
    ]


def _restrict(_case: CaseLine, policy: Policy, _today: date) -> list[Block]:
    procedure = policy.behaviour.procedure
    told = "The last resort. No clock stops, and whatever comes in is recorded (Code 5.14, 5.15)."
    return [
        context(told, procedure),
        _one_of(LIMIT, "What is restricted", Limit),
        _words(DETAILS, "What exactly the person is asked to do"),
        _words(fields.REASON, "What happened"),
        _words(TRIED, "What was tried before"),
        _words(ADJUSTMENTS, "Needs and adjustments considered (Equality Act)"),
        input_block(REVIEW_ON, "Reviewed on", day_input(REVIEW_ON)),
        _line(fields.DECIDER, "Who decided, by name"),
    ]


def _review(case: CaseLine, _policy: Policy, _today: date) -> list[Block]:
    in_force = [
        option(f"{plainly(line.limit)}, review {day(line.review_on)}", str(line.id))
        for line in case.outcomes.restrictions
    ]
    return [
        _choice(RESTRICTION, "Restriction", in_force),
        _choice(CAME, "What came of the review", _options(CAME_WORDS)),
        _words(fields.REASON, "Why"),
        input_block(REVIEW_ON, "If kept: reviewed again on", day_input(REVIEW_ON), optional=True),
    ]


DRAWINGS: Mapping[Action, Callable[[CaseLine, Policy, date], list[Block]]] = {
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


def _of_money(lines: Iterable[MoneyLine]) -> Block:
    options = [
        option(f"{pounds(line.amount)}, {plainly(line.redress)}", str(line.id)) for line in lines
    ]
    return _choice(MONEY, "Which money", options)


def _one_of(name: str, label: str, values: type[StrEnum]) -> Block:
    return _choice(name, label, [option(plainly(one).capitalize(), one) for one in values])


def _options(words: Mapping[_Value, str]) -> list[Block]:
    return [option(told, value) for value, told in words.items()]


def _choice(name: str, label: str, options: list[Block], *, optional: bool = False) -> Block:
    return input_block(name, label, select(name, options), optional=optional)


def _words(name: str, label: str, *, optional: bool = False) -> Block:
    return input_block(name, label, text_input(name), optional=optional)


def _line(name: str, label: str, *, optional: bool = False) -> Block:
    return input_block(name, label, text_input(name, multiline=False), optional=optional)
