"""Hazards are seen to, or dismissed with a reason; staff are reminded; holidays move dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from classifier.labels import Flag, Hazard, Label
from intake import attend
from intake.announce import announce
from intake.attend import HazardNotFoundError
from intake.clocks import load_landlord_calendar
from intake.domain.calendar import OneOff
from intake.domain.case import Kind, OvertakenError, Status
from intake.domain.moments import Warned, Work
from intake.domain.summary import HazardLine
from intake.domain.triage import IncompleteError
from intake.domain.working_days import Nation
from intake.remind import remind
from intake.store.database import Database
from intake.store.jobs import claim
from tests.builders import assessment, landlord
from tests.intake.living import Living, logged

MOULD = assessment(Label.SERVICE_REQUEST, hazards=(Hazard.DAMP_MOULD,))
GAS = assessment(Label.SERVICE_REQUEST, hazards=(Hazard.EXPLOSIONS,), flags={Flag.EMERGENCY: 0.99})
REPAIR = Kind.SERVICE_REQUEST


def hazard(living: Living) -> HazardLine:
    summary = living.summary()
    return (*summary.hazards, *summary.dismissed)[0]


def dismiss(living: Living, reason: str = "It is a painted wall") -> None:
    press, which = living.press_message(), hazard(living).id
    living.db.call(attend.dismiss, press, hazard_id=which, reason=reason, at=living.now)


def record(living: Living, work: Work) -> None:
    press, which = living.press_message(), hazard(living).id
    living.db.call(
        attend.record_work, press, living.landlord, hazard_id=which, work=work, at=living.now
    )


def met(living: Living) -> dict[str, bool | None]:
    return {clock.name: clock.met for clock in hazard(living).clocks}


def remind_all(living: Living) -> int:
    """Do the reminders that are due, and say how many there were."""
    jobs = living.db.call(claim, ["remind"], now=living.now)
    for job in jobs:
        living.db.call(remind, job, living.landlord, now=living.now)
    return len(jobs)


def test_a_hazard_is_dismissed_only_with_a_reason(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=MOULD)
    with pytest.raises(IncompleteError):
        dismiss(living, " ")
    dismiss(living)
    assert living.summary().hazards == ()
    [kept] = living.file(REPAIR)["hazards"]
    assert kept["dismissed"] == {
        "by": "asha",
        "at": now.isoformat(),
        "reason": "It is a painted wall",
    }
    assert all(clock.ended_at for clock in hazard(living).clocks)
    with pytest.raises(OvertakenError, match="was dismissed"):
        dismiss(living)


def test_an_investigation_starts_what_follows_it(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=MOULD)
    living.later(days=3)
    for _ in range(2):
        record(living, Work.INVESTIGATED)
    names = {clock.name: clock.code for clock in hazard(living).clocks}
    assert met(living)["hazard_investigation"] is True
    assert names["hazard_summary"] == date(2026, 3, 10)
    living.later(days=8)
    record(living, Work.SUMMARY_SENT)
    record(living, Work.WORK_DONE)
    assert (met(living)["hazard_summary"], met(living)["hazard_safety_work"]) == (False, False)


def test_an_emergency_made_safe_in_time_is_met(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=GAS)
    living.later(hours=23)
    record(living, Work.MADE_SAFE)
    living.later(hours=5)
    record(living, Work.MADE_SAFE)
    assert met(living) == {"hazard_emergency": True, "hazard_investigation": None}


def test_a_press_made_twice_sees_to_a_hazard_once(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=MOULD)
    press, which = living.press_message(), hazard(living).id
    for _ in range(2):
        db.call(attend.dismiss, press, hazard_id=which, reason="none", at=now)
    assert len(living.file(REPAIR)["events"]) == 3


def test_another_messages_hazard_is_not_found(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=MOULD)
    with pytest.raises(HazardNotFoundError):
        db.call(attend.dismiss, living.press_message(), hazard_id=99, reason="none", at=now)


def test_what_was_done_in_time_needs_no_reminder(db: Database, now: datetime):
    living = logged(db, now)
    living.send()
    living.now = datetime(2026, 3, 10, 9, tzinfo=UTC)
    remind_all(living)
    assert living.clock("stage_1_acknowledgement").warned is None


def test_an_emergency_is_warned_of_by_the_hour(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=GAS)
    living.later(hours=20)
    assert remind_all(living) == 1
    assert [clock.warned for clock in hazard(living).clocks] == [Warned.SOON, None]
    living.later(hours=4)
    assert remind_all(living) == 1
    assert [clock.warned for clock in hazard(living).clocks] == [Warned.OVERDUE, None]


def test_a_new_holiday_moves_open_clocks_with_an_event_each(db: Database, now: datetime):
    living = logged(db, now, found=assessment(Label.COMPLAINT, hazards=(Hazard.DAMP_MOULD,)))
    day = OneOff(date=date(2026, 3, 5), nation=Nation.ENGLAND, reason="A wedding")
    moved = db.call(announce, living.landlord, day, by="ops", at=now)
    assert living.clock("stage_1_acknowledgement").code == date(2026, 3, 10)
    events = [e for e in living.file()["events"] if e["action"] == "recalculate"]
    assert len(events) == moved == 3
    assert "A wedding" in events[0]["note"]
    assert "from 2026-03-09 to 2026-03-10" in events[0]["note"]
    assert db.call(announce, living.landlord, day, by="ops", at=now) == 0


def test_a_new_holiday_leaves_closed_results_alone_and_other_nations(db: Database, now: datetime):
    living = logged(db, now)
    living.later(days=7)
    living.send()
    day = OneOff(date=date(2026, 3, 5), nation=Nation.ENGLAND, reason="A wedding")
    assert db.call(announce, living.landlord, day, by="ops", at=living.now) == 0
    assert living.clock("stage_1_acknowledgement").code == date(2026, 3, 9)
    elsewhere = OneOff(date=date(2026, 3, 12), nation=Nation.SCOTLAND, reason="A gathering")
    assert db.call(announce, living.landlord, elsewhere, by="ops", at=living.now) == 0


def test_every_step_then_computes_with_a_new_holiday(db: Database, now: datetime):
    day = OneOff(date=date(2026, 3, 5), nation=Nation.ENGLAND, reason="A wedding")
    db.call(announce, landlord(), day, by="ops", at=now)
    living = logged(db, now + timedelta())
    assert living.clock("stage_1_acknowledgement").code == date(2026, 3, 10)
    living.later(days=1)
    assert "Wednesday 18 March 2026" in living.send()
    assert living.case().status is Status.ACKNOWLEDGED
    theirs = db.call(load_landlord_calendar, "elm").nations[Nation.ENGLAND]
    assert date(2026, 3, 5) in theirs
