"""The forms of what is put on record around a case, and what a card says of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.triage.outcome_forms import DRAWINGS, outcome_form
from bot.triage.outcome_lines import GROUPS, outcome_blocks
from bot.triage.outcome_steps import OUTCOME_READINGS, read_outcome
from bot.triage.words import OUTCOME_WORDS
from intake.domain.case import Action, Kind, Status
from intake.domain.compensation import Redress, Reply
from intake.domain.outcome import MoneyLine, OutcomeLines, RestrictionLine, SupportLine
from intake.domain.policy import PACKS, load_policy
from intake.domain.restriction import Limit
from intake.domain.summary import CaseLine, PromiseLine
from intake.domain.support import Help
from intake.domain.triage import IncompleteError
from tests.bot.triage.test_forms import CASE, MESSAGE

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONEY = MoneyLine(
    id=1,
    redress=Redress.COMPENSATION,
    amount=Decimal(300),
    authorisers=("Head of Department", "Chief Executive"),
)
AROUND = OutcomeLines(
    money=(
        MONEY,
        replace(MONEY, id=4, approved=True, open_until=TODAY),
        replace(MONEY, id=5, approved=True, reply=Reply.ACCEPTED),
    ),
    support=(SupportLine(id=2, help=Help.MEDIATION, how="By telephone"),),
    restrictions=(RestrictionLine(id=3, limit=Limit.SET_TIMES, review_on=TODAY),),
)
AROUND_CASE = replace(CASE, outcomes=AROUND)


def labels(form: dict[str, Any]) -> dict[str, list[str]]:
    """Return the choices of each field of a form."""
    return {
        block["block_id"]: [o["value"] for o in block["element"].get("options", ())]
        for block in form["blocks"]
        if block["type"] == "input"
    }


def test_every_step_has_its_words_its_form_and_its_deed():
    assert set(OUTCOME_WORDS) == set(DRAWINGS) == set(OUTCOME_READINGS)
    assert {step for group in GROUPS.values() for step in group} == set(OUTCOME_WORDS)
    assert all(len(group) <= 5 for group in GROUPS.values())


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("step", list(DRAWINGS))
def test_every_form_can_be_filled_in_under_every_policy(step: Action, pack: str):
    policy = load_policy(pack)
    form = outcome_form(MESSAGE, AROUND_CASE, step, policy=policy, today=TODAY)
    assert form["private_metadata"] == f"1:4:c7:{step}"
    for block in form["blocks"]:
        assert block["type"] != "input" or block["element"].get("options") != []


def test_a_policy_that_excludes_nothing_says_so():
    policy = load_policy("ombudsman-code").model_copy(update={"exclusions": ()})
    form = outcome_form(MESSAGE, CASE, Action.CONSIDER, policy=policy, today=TODAY)
    assert labels(form) == {}
    assert "excludes nothing" in str(form)


def test_a_new_issue_is_offered_only_the_grounds_that_can_hold():
    policy = load_policy("progress")

    def grounds(case: CaseLine) -> list[str]:
        form = outcome_form(MESSAGE, case, Action.RAISE_ISSUE, policy=policy, today=TODAY)
        return labels(form)["joining"]

    assert grounds(CASE) == ["related", "unrelated", "would_unreasonably_delay"]
    over = replace(CASE, status=Status.RESPONDED)
    assert grounds(over) == ["unrelated", "would_unreasonably_delay", "stage_1_is_over"]


def test_the_bands_and_authorisers_are_the_policys():
    policy = load_policy("progress")
    form = outcome_form(MESSAGE, CASE, Action.PROPOSE_MONEY, policy=policy, today=TODAY)
    assert "medium: over £100 up to £500, Head of Department" in str(form)
    assert labels(form)["role"][0] == "Service Manager"
    bare = load_policy("ombudsman-code")
    form = outcome_form(MESSAGE, CASE, Action.PROPOSE_MONEY, policy=bare, today=TODAY)
    assert "role" not in labels(form)
    approval = outcome_form(MESSAGE, AROUND_CASE, Action.APPROVE_MONEY, policy=policy, today=TODAY)
    assert labels(approval)["role"] == ["Head of Department", "Chief Executive"]


@pytest.mark.parametrize(
    ("step", "values", "missing"),
    [
        pytest.param(Action.RAISE_ISSUE, {"issue": "x"}, "raised_on", id="no day"),
        pytest.param(
            Action.RAISE_ISSUE, {"issue": "x", "raised_on": "2026-03-02"}, "joining", id="no ground"
        ),
        pytest.param(Action.PROPOSE_MONEY, {"amount": "80"}, "redress", id="no kind"),
        pytest.param(
            Action.PROPOSE_MONEY, {"redress": "compensation", "amount": "x"}, "amount", id="no sum"
        ),
        pytest.param(Action.APPROVE_MONEY, {"money": "x"}, "money", id="no money"),
        pytest.param(Action.ANSWER_MONEY, {"money": "1"}, "reply", id="no reply"),
        pytest.param(Action.PAY_MONEY, {"money": "1"}, "paid_on", id="no day of payment"),
        pytest.param(
            Action.PAY_MONEY,
            {"money": "1", "paid_on": "2026-03-02", "arrears": "some"},
            "arrears",
            id="no amount of arrears",
        ),
        pytest.param(Action.CONSIDER, {}, "weighed", id="nothing weighed"),
        pytest.param(Action.LEARN, {"change": "x"}, "theme", id="no theme"),
        pytest.param(Action.OFFER_SUPPORT, {}, "help", id="no help"),
        pytest.param(Action.ANSWER_SUPPORT, {"support": "1"}, "answer", id="no answer"),
        pytest.param(Action.RESTRICT, {}, "limit", id="no limit"),
        pytest.param(Action.REVIEW_RESTRICTION, {"restriction": "3"}, "came", id="no outcome"),
    ],
)
def test_what_is_missing_is_asked_for(step: Action, values: dict[str, object], missing: str):
    with pytest.raises(IncompleteError) as asked:
        read_outcome(step, values)
    assert missing in asked.value.fields


@pytest.mark.parametrize("arrears", ["", "0", "£0.00", "20"])
def test_no_arrears_are_none(arrears: str):
    values = {"money": "1", "paid_on": "2026-03-02", "evidence": "BACS", "arrears": arrears}
    assert callable(read_outcome(Action.PAY_MONEY, values))


def shown(case: CaseLine) -> str:
    return str([*outcome_blocks(case, "triage.step", "1:4:c7", now=NOW)])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({}, "awaits Head of Department or Chief Executive", id="proposed"),
        pytest.param(
            {"approved": True, "open_until": TODAY}, "open until Mon 2 Mar 2026", id="offered"
        ),
        pytest.param(
            {"approved": True, "open_until": date(2026, 3, 1)}, "somebody decides", id="late"
        ),
        pytest.param(
            {"approved": True, "reply": Reply.ACCEPTED, "pay_by": date(2026, 3, 1)},
            "to be paid by Sun 1 Mar 2026 - 🚨 *OVERDUE*",
            id="unpaid",
        ),
        pytest.param({"approved": True, "reply": Reply.DECLINED}, "declined", id="declined"),
        pytest.param(
            {"approved": True, "reply": Reply.ACCEPTED, "paid_on": TODAY},
            "paid Mon 2 Mar 2026",
            id="paid",
        ),
    ],
)
def test_a_card_says_how_money_stands(changed: dict[str, object], told: str):
    line = replace(MONEY, **changed)  # type: ignore[arg-type] # a table of changes
    assert told in shown(replace(CASE, outcomes=OutcomeLines(money=(line,))))


def test_a_card_says_what_is_broken_settled_learned_and_restricted():
    promise = PromiseLine(id=3, what="Mend the roof", owner="Repairs", due=date(2026, 3, 1))
    around = replace(AROUND, settled=True, lessons=2)
    told = shown(replace(CASE, outcomes=around, promises=(promise,)))
    for words in (
        "Settled at first contact",
        "*Promised and not kept:* Repairs by Sun 1 Mar 2026",
        "Lessons on record: 2",
        "Mediation offered, no answer yet",
        "the review is due*. No clock stops",
    ):
        assert words in told


def test_praise_has_no_menu_for_money_and_what_awaits_triage_has_none():
    praise = replace(CASE, kind=Kind.COMPLIMENT, status=Status.LOGGED)
    assert "Money" not in shown(praise)
    assert "Note what is learned…" in shown(praise)
    assert shown(replace(CASE, status=Status.AWAITING_TRIAGE)) == "[]"
