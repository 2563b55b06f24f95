"""Money from the proposal to the payment, and exclusions weighed, on both databases."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from intake import redress
from intake.cases import CaseNotFoundError
from intake.domain.case import Action, ForbiddenError, Kind, OvertakenError, Status
from intake.domain.compensation import Proposal, Redress, Reply
from intake.domain.exclusion import Considered, Weighed
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError
from intake.store.database import Database
from tests.intake.living import Living, logged

PROPOSAL = Proposal(
    redress=Redress.COMPENSATION,
    amount=Decimal("320.50"),
    impact="Three cold nights with a baby",
    role="Service Manager",
)


def begin(db: Database, now: datetime) -> Living:
    return logged(db, now, policy=load_policy("progress"))


def proposed(living: Living, proposal: Proposal = PROPOSAL, by: str = "asha") -> int:
    press = living.press(by=by)
    living.db.call(redress.propose, press, living.landlord, proposal=proposal, at=living.now)
    return living.case().outcomes.money[-1].id


def approved(living: Living, money_id: int, role: str = "Head of Department") -> None:
    approval = redress.Approval(money_id=money_id, role=role, why="It was our failure")
    press = living.press(by="bill")
    living.db.call(redress.approve, press, living.landlord, approval=approval, at=living.now)


def answered(
    living: Living, money_id: int, reply: Reply = Reply.ACCEPTED, decider: str = ""
) -> None:
    said = redress.Answered(money_id=money_id, reply=reply, on=living.now.date(), decider=decider)
    press = living.press()
    living.db.call(redress.answer_money, press, living.landlord, answered=said, at=living.now)


def paid(living: Living, money_id: int, arrears: str = "0", how: str = "BACS 771") -> None:
    payment = redress.Payment(
        money_id=money_id, on=living.now.date(), how=how, arrears=Decimal(arrears)
    )
    press = living.press()
    living.db.call(redress.pay, press, living.landlord, payment=payment, at=living.now)


def test_money_over_the_proposers_band_goes_its_whole_way(db: Database, now: datetime):
    living = begin(db, now)
    money_id = proposed(living)
    [line] = living.case().outcomes.money
    assert line.awaits_approval
    assert line.authorisers[0] == "Head of Department"
    with pytest.raises(OvertakenError, match="awaits no reply"):
        answered(living, money_id)
    with pytest.raises(IncompleteError, match=r"£320.50 is approved by"):
        approved(living, money_id, "Service Manager")
    living.later(days=1)
    approved(living, money_id)
    assert living.case().outcomes.money[0].open_until == date(2026, 3, 31)
    with pytest.raises(OvertakenError, match="awaits no payment"):
        paid(living, money_id)
    with pytest.raises(OvertakenError, match="awaits no approval"):
        approved(living, money_id)
    living.later(days=10)
    answered(living, money_id)
    assert living.case().outcomes.money[0].pay_by == date(2026, 4, 10)
    paid(living, money_id, arrears="100")
    [told] = living.file()["money"]
    assert (told["amount"], told["credited"], told["level"]) == ("320.50", "100", "medium")
    assert (told["by"], told["approved_by"]) == ("asha", "bill")
    assert Action.PAY_MONEY not in living.case().outcome_steps
    assert living.case().status is Status.LOGGED


def test_money_within_the_proposers_own_band_is_offered_at_once(db: Database, now: datetime):
    living = begin(db, now)
    proposed(living, replace(PROPOSAL, amount=Decimal(100)))
    [line] = living.case().outcomes.money
    assert (line.approved, line.open_until) == (True, date(2026, 3, 30))


def test_nobody_approves_what_they_proposed(db: Database, now: datetime):
    living = begin(db, now)
    money_id = proposed(living, by="bill")
    with pytest.raises(IncompleteError, match="Somebody else"):
        approved(living, money_id)
    blank = redress.Approval(money_id=money_id, role="Chief Executive", why=" ")
    press = living.press(by="asha")
    with pytest.raises(IncompleteError, match="Say why"):
        db.call(redress.approve, press, living.landlord, approval=blank, at=now)


def test_an_offer_that_was_not_answered_in_time_is_a_persons_to_decide(db: Database, now: datetime):
    living = begin(db, now)
    money_id = proposed(living, replace(PROPOSAL, amount=Decimal(50)))
    living.later(days=60)
    with pytest.raises(IncompleteError, match="was open until 2026-03-30"):
        answered(living, money_id)
    answered(living, money_id, decider="The Manager")
    assert living.file()["money"][0]["late_decider"] == "The Manager"


def test_what_is_declined_is_not_paid(db: Database, now: datetime):
    living = begin(db, now)
    money_id = proposed(living, replace(PROPOSAL, amount=Decimal(50)))
    answered(living, money_id, Reply.DECLINED)
    with pytest.raises(OvertakenError, match="awaits no payment"):
        paid(living, money_id)


def test_what_the_ombudsman_ordered_is_paid_apart_from_arrears(db: Database, now: datetime):
    living = begin(db, now)
    order = replace(
        PROPOSAL, redress=Redress.ORDERED, amount=Decimal(900), proof="HO/202401", role=""
    )
    money_id = proposed(living, order)
    [line] = living.case().outcomes.money
    assert (line.approved, line.pay_by) == (True, date(2026, 3, 30))
    with pytest.raises(ForbiddenError, match="apart from any arrears"):
        paid(living, money_id, arrears="50")
    paid(living, money_id)
    assert living.file()["money"][0]["credited"] == "0"


def test_an_order_is_paid_by_the_day_it_names(db: Database, now: datetime):
    living = begin(db, now)
    pay_by = date(2026, 3, 16)
    order = replace(PROPOSAL, redress=Redress.ORDERED, proof="HO/2", pay_by=pay_by)
    proposed(living, order)
    assert living.case().outcomes.money[0].pay_by == pay_by


def test_a_reimbursement_has_receipts_and_stands_apart(db: Database, now: datetime):
    living = begin(db, now)
    spent = replace(PROPOSAL, redress=Redress.REIMBURSEMENT, amount=Decimal(40))
    with pytest.raises(IncompleteError, match="receipts"):
        proposed(living, spent)
    proposed(living, replace(PROPOSAL, amount=Decimal(60)))
    money_id = proposed(living, replace(spent, proof="A heater, 2 March"))
    answered(living, money_id)
    with pytest.raises(ForbiddenError, match="paid back"):
        paid(living, money_id, arrears="10")
    assert [line.redress for line in living.case().outcomes.money] == [
        Redress.COMPENSATION,
        Redress.REIMBURSEMENT,
    ]


def test_a_payment_says_when_and_how(db: Database, now: datetime):
    living = begin(db, now)
    money_id = proposed(living, replace(PROPOSAL, amount=Decimal(50)))
    answered(living, money_id)
    with pytest.raises(IncompleteError, match="how it was paid"):
        paid(living, money_id, how=" ")
    early = redress.Payment(money_id=money_id, on=date(2026, 3, 1), how="BACS")
    with pytest.raises(IncompleteError, match="Give a day"):
        db.call(redress.pay, living.press(), living.landlord, payment=early, at=now)


def test_money_of_another_case_is_not_found(db: Database, now: datetime):
    living = begin(db, now)
    with pytest.raises(CaseNotFoundError):
        paid(living, 99)


def test_an_exclusion_is_weighed_and_refuses_nothing(db: Database, now: datetime):
    living = begin(db, now)
    considered = Considered(
        key="complaint:over_the_window",
        weighed=Weighed.DISCRETION_USED,
        reasons="She was in hospital",
        decider="Asha Bell",
    )
    press = living.press()
    db.call(redress.consider, press, living.landlord, considered=considered, at=now)
    [told] = living.file()["exclusions_considered"]
    assert (told["weighed"], told["decider"]) == ("discretion_used", "Asha Bell")
    assert "six months" in told["exclusion"]
    assert living.case().status is Status.LOGGED
    assert "Discretion used: She was in hospital" in living.file()["events"][-1]["note"]


def test_a_press_made_twice_is_on_record_once(db: Database, now: datetime):
    living = begin(db, now)
    press, whose = living.press(), living.landlord
    considered = Considered(key="money:1", weighed=Weighed.APPLIES, reasons="x", decider="x")
    approval = redress.Approval(money_id=1, role="x", why="x")
    said = redress.Answered(money_id=1, reply=Reply.DECLINED, on=now.date())
    payment = redress.Payment(money_id=1, on=now.date(), how="x")
    for _ in range(2):
        db.call(redress.propose, press, whose, proposal=PROPOSAL, at=now)
    seen = living.summary().version
    db.call(redress.approve, press, whose, approval=approval, at=now)
    db.call(redress.answer_money, press, whose, answered=said, at=now)
    db.call(redress.pay, press, whose, payment=payment, at=now)
    db.call(redress.consider, press, whose, considered=considered, at=now)
    assert living.summary().version == seen
    assert len(living.case().outcomes.money) == 1


def test_only_a_complaint_is_paid_for(db: Database, now: datetime):
    living = logged(db, now, Kind.SERVICE_REQUEST)
    press = living.press(Kind.SERVICE_REQUEST)
    with pytest.raises(OvertakenError, match="cannot propose money"):
        db.call(redress.propose, press, living.landlord, proposal=PROPOSAL, at=now)
