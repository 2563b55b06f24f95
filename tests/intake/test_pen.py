"""What could not be read waits for a person, and can be read again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.read import keep_message, set_aside
from intake.receive import Arrival, receive
from intake.store.database import Database
from intake.store.lists import load_pen
from intake.store.pen import count_pen, read_again
from intake.store.tables import JobRow
from tests.builders import delivery, message, take


def put_aside(db: Database, now: datetime) -> int:
    """Put one delivery in the holding pen, and return its id there."""
    db.call(receive, [Arrival(delivery=delivery(b"\x80", now))])
    db.call(set_aside, take(db, "read", now), "it has no mail header", now=now)
    [lies] = db.call(load_pen, most=9)
    return lies.id


def readings(session: Session) -> int:
    return session.scalar(select(func.count(JobRow.id)).where(JobRow.kind == "read")) or 0


def test_what_is_read_at_last_leaves_the_pen(db: Database, now: datetime):
    pen_id = put_aside(db, now)
    assert db.call(count_pen) == db.call(count_pen, "oak") == 1
    assert db.call(count_pen, "elm") == 0
    assert db.call(read_again, "oak", pen_id, now=now)
    db.call(keep_message, take(db, "read", now), message(), now=now)
    assert db.call(count_pen) == 0
    assert db.call(load_pen, most=9) == []
    assert not db.call(read_again, "oak", pen_id, now=now)


def test_what_still_cannot_be_read_stays_and_is_told_once(db: Database, now: datetime):
    pen_id = put_aside(db, now)
    assert db.call(read_again, "oak", pen_id, now=now)
    db.call(set_aside, take(db, "read", now), "its parts are too many", now=now)
    [lies] = db.call(load_pen, most=9)
    assert (lies.id, lies.reason) == (pen_id, "its parts are too many")
    cards = select(func.count(JobRow.id)).where(JobRow.kind == "pen_card")
    assert db.call(lambda session: session.scalar(cards)) == 1
    assert db.call(read_again, "oak", pen_id, now=now)


def test_while_a_reading_is_promised_a_second_is_not(db: Database, now: datetime):
    pen_id = put_aside(db, now)
    for _ in range(2):
        assert db.call(read_again, "oak", pen_id, now=now)
    assert db.call(readings) == 2


def test_a_pen_is_its_landlords_alone(db: Database, now: datetime):
    assert not db.call(read_again, "elm", put_aside(db, now), now=now)
