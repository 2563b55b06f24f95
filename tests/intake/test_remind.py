"""Reminders over weeks: each once, to whom it concerns, whatever happens to the work."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Assessment, Hazard, Label
from classifier.personal.redact import redact
from intake import answer
from intake.assess import load_texts, propose
from intake.decide import undo
from intake.domain.case import Kind
from intake.domain.life import Extension
from intake.domain.moments import Warned
from intake.domain.shown import hide
from intake.read import keep_message
from intake.receive import Arrival, receive
from intake.remind import begin_digest, load_nudge, promise_digests, remind
from intake.store.database import Database
from intake.store.jobs import LEASE, LeaseLostError, claim, finish
from intake.store.tables import JobRow
from tests.builders import MAIL, assessed, assessment, delivery, landlord, message, take
from tests.intake.living import Living, logged

Told = list[tuple[str, str, tuple[str, ...]]]


def nudges(living: Living) -> Told:
    """Return what was told, when, and to whom, in its order."""

    def load(session: Session) -> Told:
        rows = session.scalars(select(JobRow).where(JobRow.kind == "nudge").order_by(JobRow.id))
        return [_told(row.payload) for row in rows]

    return living.db.call(load)


def _told(payload: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    at = datetime.fromisoformat(payload["since"])
    return f"{at:%d %H}", payload["what"], tuple(payload["told"])


def work(living: Living) -> None:
    """Do the looks that are due until none is."""
    while jobs := living.db.call(claim, ["remind"], now=living.now):
        for job in jobs:
            living.db.call(remind, job, living.landlord, now=living.now)


def weeks(living: Living, hours: int) -> None:
    for _ in range(hours):
        work(living)
        living.later(hours=1)


def take_in_old(db: Database, now: datetime, found: Assessment) -> int:
    """Take in a mail of an old mailbox by the real steps, and return its id."""
    old = replace(delivery(MAIL, now), envelope={"imported": True})
    db.call(receive, [Arrival(delivery=old)])
    db.call(keep_message, take(db, "read", now), message(), now=now)
    job = take(db, "assess", now)
    [unassessed] = db.call(load_texts, [job])
    view = (found, hide(unassessed, found, redact))
    db.call(propose, job, view, landlord(), now=now)
    return 1


def test_each_reminder_comes_once_to_whom_it_concerns(db: Database, now: datetime):
    living = logged(db, now, manager="mo")
    weeks(living, 24 * 10 + 1)
    assert nudges(living) == [
        ("05 09", "two_days", ("asha",)),
        ("06 09", "soon", ("asha",)),
        ("09 09", "today", ("asha",)),
        ("10 09", "overdue", ("asha", "mo")),
        ("11 09", "overdue", ("asha", "mo")),
        ("12 09", "overdue", ("asha", "mo")),
    ]
    notes = [e["note"] for e in living.file()["events"] if e["action"] == "remind"]
    assert notes[0] == "stage 1 acknowledgement is due in two working days: told asha"
    assert notes[-1] == "stage 1 acknowledgement is overdue: told asha and mo"


def test_the_manager_hears_of_what_nobody_owns(db: Database, now: datetime):
    message_id = assessed(db, now)
    living = Living(db=db, now=now, landlord=landlord(manager="mo"), message_id=message_id)
    weeks(living, 24 * 4)
    assert nudges(living) == [("05 09", "two_days", ("mo",))]


def test_after_days_without_work_one_reminder_catches_up(db: Database, now: datetime):
    living = logged(db, now)
    living.later(days=10)
    work(living)
    assert [what for _, what, _ in nudges(living)] == ["overdue"]
    living.later(hours=1)
    work(living)
    assert len(nudges(living)) == 1


def test_a_look_done_twice_tells_once(db: Database, now: datetime):
    living = logged(db, now)
    living.now = datetime(2026, 3, 5, 9, tzinfo=UTC)
    [first] = db.call(claim, ["remind"], now=living.now)
    [second] = db.call(claim, ["remind"], now=living.now + LEASE)
    db.call(remind, second, living.landlord, now=living.now)
    with pytest.raises(LeaseLostError):
        db.call(remind, first, living.landlord, now=living.now)
    assert len(nudges(living)) == 1


def test_the_reminders_of_a_date_that_moved_are_those_of_the_new_one(db: Database, now: datetime):
    living = logged(db, now)
    living.later(days=1)
    living.send_due()
    living.now = datetime(2026, 3, 12, 9, tzinfo=UTC)
    extension = Extension(until=datetime(2026, 3, 27, tzinfo=UTC).date(), reason="The surveyor")
    db.call(answer.extend, living.press(), living.landlord, extension, at=living.now)
    living.send_due()
    weeks(living, 24 * 14)
    assert nudges(living) == [("25 09", "two_days", ("asha",))]
    weeks(living, 48)
    assert [what for _, what, _ in nudges(living)] == ["two_days", "soon", "today"]


def test_nothing_is_told_of_a_clock_that_ended(db: Database, now: datetime):
    living = logged(db, now)
    living.send_due()
    living.later(days=1)
    living.respond()
    living.send_due()
    weeks(living, 24 * 20)
    assert nudges(living) == []


def test_a_case_taken_up_again_is_reminded_of_again(db: Database, now: datetime):
    living = logged(db, now, Kind.COMMENT, found=assessment(Label.COMPLAINT))
    living.now = datetime(2026, 3, 11, 12, tzinfo=UTC)
    work(living)
    assert nudges(living) == []
    db.call(undo, living.press_message(), living.landlord, at=living.now)
    work(living)
    assert [what for _, what, _ in nudges(living)] == ["overdue"]


def test_an_old_mailbox_alarms_nobody_until_it_is_triaged(db: Database, now: datetime):
    found = assessment(Label.COMPLAINT, hazards=(Hazard.DAMP_MOULD,))
    message_id = take_in_old(db, now, found)
    living = Living(db=db, now=now, landlord=landlord(), message_id=message_id)
    jobs = select(JobRow.id).where(JobRow.kind == "remind")
    assert db.call(lambda session: list(session.scalars(jobs))) == []
    weeks(living, 24 * 8)
    assert nudges(living) == []
    living.confirm(Kind.COMPLAINT)
    work(living)
    told = db.call(
        lambda session: [
            row.payload["clock"]
            for row in session.scalars(select(JobRow).where(JobRow.kind == "nudge"))
        ]
    )
    assert told == ["stage_1_acknowledgement"]
    weeks(living, 24 * 10)
    assert len(nudges(living)) > 10


def test_a_reminder_says_what_it_was_promised_with(db: Database, now: datetime):
    living = logged(db, now)
    living.now = datetime(2026, 3, 5, 9, tzinfo=UTC)
    work(living)
    [job] = db.call(claim, ["nudge"], now=living.now)
    nudge = load_nudge(job)
    assert (nudge.reference, nudge.what) == (living.case().reference, Warned.TWO_DAYS)
    assert (nudge.due, nudge.told) == ("2026-03-09", ("asha",))


def test_a_digest_is_promised_for_each_working_morning_once(db: Database, now: datetime):
    oak = landlord()
    for _ in range(2):
        db.call(promise_digests, [oak], now=now)
    assert db.call(claim, ["digest"], now=now + timedelta(hours=22)) == []
    [job] = db.call(claim, ["digest"], now=now + timedelta(hours=23))
    assert job.payload["day"] == "2026-03-03"
    assert db.call(begin_digest, job, oak, now=now + timedelta(hours=23))


def test_after_days_without_work_one_digest_catches_up(db: Database, now: datetime):
    oak, latest = landlord(), []
    db.call(promise_digests, [oak], now=now)
    late = now + timedelta(days=6)  # a Sunday: the last working morning was Friday's
    while jobs := db.call(claim, ["digest"], now=late):
        for job in jobs:
            if db.call(begin_digest, job, oak, now=late):
                latest.append(job.payload["day"])
                db.call(finish, job)
    assert latest == ["2026-03-06"]
    [coming] = db.call(claim, ["digest"], now=late + timedelta(days=1))
    assert coming.payload["day"] == "2026-03-09"
