"""Reminders of what is to be done by a day, and is no clock: money, reviews, possible breaches."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.triage.alerts import nudge_card
from intake import correspond, involve, outcome, redress
from intake.domain.adjustments import Adjustment, Need
from intake.domain.case import Kind
from intake.domain.compensation import Proposal, Redress, Reply
from intake.domain.correspondence import BreachStep
from intake.domain.moments import Warned
from intake.domain.policy import load_policy
from intake.domain.reminders import Nudge, Task
from intake.domain.restriction import Limit, Restriction, Review
from intake.involve import Reviewed
from intake.store.database import Database
from tests.intake.living import Living, logged
from tests.intake.test_remind import nudges, weeks, work

Told = list[tuple[str, str]]
#: What is told of a Monday in a fortnight, and of the day after it.
WHOLE = [("12 09", "two_days"), ("13 09", "soon"), ("16 09", "today"), ("17 09", "overdue")]


def told(living: Living) -> Told:
    """Return what was told of tasks, and when; the case's own clocks stand still."""
    return [(when, what) for when, what, _ in nudges(living)]


def answered(db: Database, now: datetime) -> Living:
    """A case whose clocks have all ended."""
    living = logged(db, now, Kind.ENQUIRY, policy=load_policy("progress"))
    work(living)
    return living


def adjusted(living: Living, on: date = date(2026, 3, 16)) -> None:
    agreed = Adjustment(need=Need.LARGE_PRINT, words="", purpose="Sight", review_on=on)
    press = living.press(Kind.ENQUIRY)
    living.db.call(involve.adjust, press, agreed, at=living.now)


def reviewed(living: Living, until: date | None) -> None:
    adjustment = living.case(Kind.ENQUIRY).around.adjustments[0].id
    found = Reviewed(adjustment_id=adjustment, until=until, note="With her")
    living.db.call(involve.review, living.press(Kind.ENQUIRY), found, at=living.now)


def test_a_review_is_told_of_before_on_and_after_its_day(db: Database, now: datetime):
    living = answered(db, now)
    adjusted(living)
    weeks(living, 24 * 16)
    assert told(living) == [*WHOLE, ("18 09", "overdue")][:4]


def test_what_was_reviewed_is_told_of_no_more_and_its_next_day_is(db: Database, now: datetime):
    living = answered(db, now)
    adjusted(living)
    weeks(living, 24 * 11)
    assert told(living) == WHOLE[:1]
    reviewed(living, date(2026, 3, 20))
    weeks(living, 24 * 7 + 1)
    reviewed(living, None)
    weeks(living, 24 * 7)
    assert told(living) == [
        *WHOLE[:1],
        ("18 09", "two_days"),
        ("19 09", "soon"),
        ("20 09", "today"),
    ]


def test_a_restriction_is_told_of_until_it_ends(db: Database, now: datetime):
    living = answered(db, now)
    found = Restriction(
        limit=Limit.IN_COMPANY,
        details="Two come",
        reason="A threat",
        tried="A call",
        adjustments="None known",
        review_on=date(2026, 3, 16),
        decider="Asha Bell",
    )
    press = living.press(Kind.ENQUIRY)
    db.call(outcome.restrict, press, found, at=now)
    weeks(living, 24 * 11)
    assert told(living) == WHOLE[:1]
    [line] = living.case(Kind.ENQUIRY).outcomes.restrictions
    press = living.press(Kind.ENQUIRY)
    later = Review(next_on=date(2026, 3, 23), why="Still needed")
    db.call(outcome.review_restriction, press, later, restriction_id=line.id, at=living.now)
    weeks(living, 24 * 9)
    assert told(living) == [*WHOLE[:1], ("19 09", "two_days"), ("20 09", "soon")]


def test_a_possible_breach_is_told_of_by_the_hour_until_it_is_decided(db: Database, now: datetime):
    living = answered(db, now)
    press, whose = living.press(Kind.ENQUIRY), living.landlord
    db.call(correspond.protect, press, whose, breach=True, note="To the ex", at=now)
    weeks(living, 24 * 3 + 30)
    own = [nudge for nudge in nudges(living) if nudge[0] in {"05 05", "05 09", "06 09"}]
    assert [(when, what) for when, what, _ in own] == [
        ("05 05", "soon"),
        ("05 09", "overdue"),
        ("06 09", "overdue"),
    ]
    press = living.press(Kind.DP_COMPLAINT)
    db.call(correspond.see_to_breach, press, BreachStep.REPORTED, reasons="A home", at=living.now)
    before = len(nudges(living))
    weeks(living, 24)
    assert len(nudges(living)) == before


def test_money_that_was_accepted_is_told_of_until_it_is_paid(db: Database, now: datetime):
    living = logged(db, now, policy=load_policy("progress"))
    living.send_due()
    offer = Proposal(
        redress=Redress.COMPENSATION,
        amount=Decimal(50),
        impact="Three weeks without heat",
        role="Service Manager",
    )
    whose = living.landlord
    db.call(redress.propose, living.press(), whose, offer, at=now)
    [line] = living.case().outcomes.money
    yes = redress.Answered(money_id=line.id, reply=Reply.ACCEPTED, on=now.date(), decider="")
    db.call(redress.answer_money, living.press(), whose, yes, at=now)
    living.respond()
    living.send_due()
    due = living.case().outcomes.money[0].pay_by
    assert due is not None
    weeks(living, 24 * ((due - now.date()).days + 1) + 1)
    heard = [f"{day:%d} 08" for day in (due, due + timedelta(days=1))]  # in summer time
    assert [when for when, _ in told(living)][-2:] == heard
    paid = redress.Payment(money_id=line.id, on=living.now.date(), how="By bank")
    db.call(redress.pay, living.press(), whose, paid, at=living.now)
    before = len(nudges(living))
    weeks(living, 48)
    assert len(nudges(living)) == before


@pytest.mark.parametrize("task", list(Task))
def test_a_card_says_what_is_to_be_done(task: Task):
    nudge = Nudge(reference="7KM", clock=task, what=Warned.TODAY, due="2026-03-16", told=("asha",))
    assert "_" not in nudge_card(nudge).text
    assert "Mon 16 Mar 2026" in nudge_card(nudge).text


def test_a_possible_breach_is_told_of_in_summer_time_too(db: Database):
    living = answered(db, datetime(2026, 6, 1, 9, tzinfo=UTC))
    press, whose = living.press(Kind.ENQUIRY), living.landlord
    db.call(correspond.protect, press, whose, breach=True, note="To the ex", at=living.now)
    weeks(living, 24 * 3 + 1)
    assert ("04 09", "overdue") in told(living)
