"""A record that is in use keeps what it says when its tables change."""

from datetime import datetime
from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from intake.domain.case import Status
from intake.domain.moments import Moment
from intake.store import schema
from intake.store.case_tables import MomentRow
from intake.store.database import Database
from intake.store.tables import EventRow, LetterCaseRow, LetterRow
from tests.intake.living import logged


def go_back(db: Database, revision: str) -> None:
    config = schema.configure()
    with (
        db.engine.connect() as connection,
        schema._tables_may_be_rebuilt(connection),
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_letters_and_what_was_acknowledged_survive(tmp_path: Path, now: datetime):
    db = Database(f"sqlite:///{tmp_path}/used.db")
    schema.upgrade(db.engine)
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    go_back(db, "0001")
    schema.upgrade(db.engine)
    [letter] = living.letters()
    assert letter.key == f"message:{living.message_id}:acknowledgement"
    assert db.call(lambda session: len(session.scalars(select(LetterCaseRow)).all())) == 1
    assert db.call(lambda session: len(session.scalars(select(EventRow)).all())) == 5
    [moment] = db.call(lambda session: list(session.scalars(select(MomentRow))))
    assert (moment.name, moment.at) == (Moment.ACKNOWLEDGED, living.now)
    broken = db.call(lambda session: session.execute(text("PRAGMA foreign_key_check")).all())
    assert broken == []
    on = db.call(lambda session: session.scalar(text("PRAGMA foreign_keys")))
    assert on == 1
    assert db.call(lambda session: session.get(LetterRow, letter.id)) is not None
    db.close()
