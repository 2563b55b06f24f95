"""What comes back late, twice or too soon takes back its own sending, and nothing else."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake import answer
from intake.bounce import record_bounce
from intake.decide import mark_sent
from intake.domain.case import Status
from intake.domain.letter import LetterState
from intake.send import record_sent, record_unknown, start_sending
from intake.store.database import Database
from intake.store.tables import LetterRow
from tests.builders import SENDING, take
from tests.intake.living import Living, logged


def bring_back(living: Living, letter_id: int) -> None:
    def back(session: Session) -> None:
        letter = session.get_one(LetterRow, letter_id)
        record_bounce(session, letter, living.landlord, why="5.1.1", now=living.now)

    living.db.call(back)


def test_a_second_report_does_not_take_back_what_was_given_another_way(db: Database, now: datetime):
    living = logged(db, now)
    living.send()
    [letter] = living.letters()
    bring_back(living, letter.id)
    living.later(days=1)
    db.call(mark_sent, living.press(), living.landlord, at=living.now)
    living.later(hours=1)
    bring_back(living, letter.id)
    assert living.letters()[0].state is LetterState.SENT
    assert living.case().status is Status.ACKNOWLEDGED
    assert living.clock("stage_1_acknowledgement").ended_at is not None


def test_an_answer_given_another_way_is_not_taken_back_by_the_mail_of_before(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    job = take(db, "letter", living.now)
    assert db.call(start_sending, job, living.landlord, SENDING, now=living.now) is not None
    db.call(record_unknown, job, now=living.now)
    db.call(answer.give, living.press(), living.landlord, at=living.now)
    living.later(days=1)
    bring_back(living, living.letters()[-1].id)
    assert living.case().status is Status.RESPONDED


def test_a_letter_that_comes_back_before_its_sending_is_on_record_was_not_sent(
    db: Database, now: datetime
):
    living = logged(db, now)
    job = take(db, "letter", now)
    assert db.call(start_sending, job, living.landlord, SENDING, now=now) is not None
    [letter] = living.letters()
    bring_back(living, letter.id)
    db.call(record_sent, job, "250 OK", living.landlord, now=now)
    [letter] = living.letters()
    assert letter.state is LetterState.FAILED
    assert "came back" in (letter.proof or "")
    assert living.case().status is Status.LOGGED
    assert living.clock("stage_1_acknowledgement").ended_at is None


def test_a_letter_that_came_back_is_not_made_unknown_by_a_worker_that_died(
    db: Database, now: datetime
):
    living = logged(db, now)
    job = take(db, "letter", now)
    db.call(start_sending, job, living.landlord, SENDING, now=now)
    bring_back(living, living.letters()[0].id)
    later = now + timedelta(minutes=6)
    again = take(db, "letter", later)
    assert db.call(start_sending, again, living.landlord, SENDING, now=later) is None
    assert living.letters()[0].state is LetterState.FAILED
