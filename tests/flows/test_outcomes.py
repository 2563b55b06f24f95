"""Outcomes as staff put them on record: the same steps in Slack and at the desk."""

import pytest

from bot.commands.record_lines import case_lines
from bot.triage import views
from bot.triage.words import OUTCOME_WORDS
from intake.domain.case import Action, Kind, Status
from intake.domain.outcome import OutcomeLines
from intake.store.casefile import load_casefile
from tests.flows import test_life
from tests.flows.test_life import ANSWER, AtDesk, Life

pytestmark = pytest.mark.usefixtures("db")
life = test_life.life
MONEY = {"redress": "compensation", "amount": "£80", "impact": "Three cold nights"}
RESTRICTION = {
    "limit": "one_named_contact",
    "details": "Writes to Asha",
    "reason": "Forty calls a day",
    "tried": "Two meetings",
    "adjustments": "None are known",
    "review_on": "2026-04-01",
    "decider": "Bill Cole",
}


async def take(life: Life, step: Action, **values: str) -> str:
    told = await life.staff.take(OUTCOME_WORDS[step], values)
    await life.pass_time()
    return told


async def lines(life: Life) -> OutcomeLines:
    return (await life.summary()).cases[0].outcomes


async def card(life: Life) -> str:
    return str(views.triage_card(await life.summary(), now=life.house.now).blocks)


async def printed(life: Life) -> str:
    """Return what `heard case` prints of the first case."""
    reference = (await life.summary()).cases[0].reference
    found = await life.house.record.db.read(load_casefile, reference, original=False)
    assert found is not None
    return "\n".join(case_lines(found))


async def test_money_is_proposed_accepted_and_paid(life: Life):
    await life.begin()
    assert "Give an amount" in await take(life, Action.PROPOSE_MONEY, **MONEY | {"amount": "lots"})
    await take(life, Action.PROPOSE_MONEY, **MONEY)
    assert "£80 compensation: offered, open until Wed 2 Sep 2026" in await card(life)
    which = str((await lines(life)).money[0].id)
    said = {"money": which, "reply": "accepted", "replied_on": "2026-03-02"}
    await take(life, Action.ANSWER_MONEY, **said)
    assert "to be paid by Mon 30 Mar 2026" in await card(life)
    payment = {"money": which, "paid_on": "2026-03-02", "evidence": "BACS 771"}
    told = await take(life, Action.PAY_MONEY, **payment, arrears="20")
    assert "policy does not set compensation against arrears" in told
    await take(life, Action.PAY_MONEY, **payment)
    assert "paid Mon 2 Mar 2026" in await card(life)
    assert "£0 of it set against arrears" in await printed(life)


async def test_a_new_issue_joins_or_is_a_complaint_of_its_own(life: Life):
    await life.begin()
    joining = {"issue": "The fitter was rude", "raised_on": "2026-03-02"}
    await take(life, Action.RAISE_ISSUE, **joining, joining="related")
    [case] = (await life.summary()).cases
    assert case.issues == ("Nobody came", "The fitter was rude")
    alone = {"issue": "The rent is wrong", "raised_on": "2026-03-02", "joining": "unrelated"}
    await take(life, Action.RAISE_ISSUE, **alone)
    _, other = (await life.summary()).cases
    assert (other.kind, other.status) == (Kind.COMPLAINT, Status.ACKNOWLEDGED)
    assert "The rent is wrong" in life.letters()
    assert f"opened {other.reference}: unrelated" in await printed(life)


async def test_settling_learning_and_weighing_are_on_record(life: Life):
    await life.begin()
    await take(life, Action.SETTLE, agreed="A visit today.", consent="Said yes at ten")
    await take(life, Action.LEARN, theme="delay", change="We ring first.", owner="Repairs")
    weighed = {"exclusion": "complaint:already_considered", "weighed": "does_not_apply"}
    why = {"reasons": "Another leak", "decider": "Asha Bell"}
    await take(life, Action.CONSIDER, **weighed, **why)
    shown = await card(life)
    assert "Settled at first contact, as the resident agreed" in shown
    assert "Lessons on record: 1" in shown
    said = await printed(life)
    for line in ("Settled at first contact: A visit", "Lesson (delay)", "does not apply"):
        assert line in said
    assert await life.status() is Status.ACKNOWLEDGED


async def test_support_and_a_restriction_with_its_review(life: Life):
    await life.begin()
    await take(life, Action.OFFER_SUPPORT, help="mediation", note="By telephone")
    assert "Mediation offered, no answer yet" in await card(life)
    which = str((await lines(life)).support[0].id)
    await take(life, Action.ANSWER_SUPPORT, support=which, answer="no")
    told = await take(life, Action.RESTRICT, **RESTRICTION | {"review_on": "2027-04-01"})
    assert "5.15" in told
    await take(life, Action.RESTRICT, **RESTRICTION)
    assert "until reviewed Wed 1 Apr 2026. No clock stops" in await card(life)
    limit = str((await lines(life)).restrictions[0].id)
    review = {"restriction": limit, "reason": "It goes on"}
    told = await take(life, Action.REVIEW_RESTRICTION, **review, came="keep")
    assert "Give a day" in told
    await take(life, Action.REVIEW_RESTRICTION, **review, came="keep", review_on="2026-05-01")
    assert "Fri 1 May 2026" in await card(life)
    await take(life, Action.REVIEW_RESTRICTION, **review, came="end")
    assert (await lines(life)).restrictions == ()
    said = await printed(life)
    assert "Support offered (mediation): By telephone Answer: no" in said
    assert "Restriction (one named contact), ended Mon 2 Mar 2026: It goes on" in said


async def test_an_answer_with_its_parts_and_a_promise_not_kept(life: Life):
    await life.begin()
    await life.take(Action.RESPOND, **ANSWER, apology="We are sorry for the wait.")
    said = await printed(life)
    assert "Stage 1, apology: We are sorry for the wait." in said
    assert "Stage 1 lacks: redress considered, service improvement" in said
    assert "Promised: Mend the roof; Repairs; Wed 1 Apr 2026; not done" in said
    life.house.later(days=40)
    assert "*Promised and not kept:* Repairs by Wed 1 Apr 2026" in await card(life)
    if not isinstance(life.staff, AtDesk):
        return
    page = (await life.staff.browser.get("/promises")).text
    assert "Mend the roof" in page
    reference = (await life.summary()).cases[0].reference
    whole = (await life.staff.browser.get(f"/case/{reference}")).text
    assert "We are sorry for the wait." in whole
    assert (await life.staff.browser.get("/case/AAA-AAA-AAA")).status_code == 404


async def test_an_extension_that_was_not_agreed_says_so(life: Life):
    await life.begin()
    late = {"until": "2026-05-01", "reason": "The surveyor is ill", "agreed": "no"}
    assert "6.4, 6.15" in await life.take(Action.EXTEND, **late)
    await life.take(Action.EXTEND, **late, good_reason="The report is due then")
    assert "Resident's agreement: no. Good reason: The report is due then." in await printed(life)
    assert "The surveyor is ill" in life.letters()
