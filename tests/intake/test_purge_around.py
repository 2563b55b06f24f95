"""What hangs on a case without having opened it goes with it, and what comes after goes later."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Label
from intake import attach, involve
from intake.domain.case import Action
from intake.domain.people import Authority, Capacity, Representation
from intake.press import CasePress
from intake.store.database import Database
from intake.store.outlived import find_outlived
from intake.store.tables import JobRow, SlackPostRow
from tests.builders import assessed, assessment, message
from tests.intake.living import Living, logged
from tests.intake.test_purge import LATER, OAK, audit, everything, purge_all

FIRST = "<first@example.org>"


def withdrawn(db: Database, now: datetime) -> Living:
    words = message("Nobody has come.", own_id=FIRST)
    living = logged(db, now, found=assessment(Label.COMPLAINT), words=words)
    living.advance(Action.WITHDRAW)
    return living


def answered(db: Database, now: datetime, text: str, **changed: object) -> int:
    """One more message of the same writer, which answers the first and opens no case."""
    words = message(text, **({"answers": (FIRST,)} | changed))
    return assessed(db, now, assessment(Label.OTHER), words)


def attached(db: Database, now: datetime, message_id: int, case_id: int) -> None:
    living = Living(db=db, now=now, landlord=OAK, message_id=message_id)
    version = living.summary().version
    press = CasePress(
        landlord="oak",
        message_id=message_id,
        version=version,
        by="asha",
        key=f"attach:{message_id}",
        case_id=case_id,
    )
    db.call(attach.attach, press, OAK, at=now)


def cards_of(db: Database, message_id: int) -> int:
    def count(session: Session) -> int:
        rows = session.scalars(select(JobRow).where(JobRow.kind == "card"))
        return sum(row.payload["message_id"] == message_id for row in rows)

    return db.call(count)


def test_an_answer_that_opened_no_case_goes_with_the_case_and_the_audit_holds(
    db: Database, now: datetime, tmp_path: Path
):
    withdrawn(db, now)
    answered(db, now, "My neighbour Marlowe saw it.")
    assert "Marlowe" in everything(db)
    assert audit(db, tmp_path) == []
    purge_all(db, now + LATER)
    assert "Marlowe" not in everything(db)
    assert audit(db, tmp_path) == []


def test_the_card_of_an_answer_is_redrawn_without_its_words(db: Database, now: datetime):
    withdrawn(db, now)
    second = answered(db, now, "My neighbour Marlowe saw it.")
    shown = Living(db=db, now=now, landlord=OAK, message_id=second).summary()
    post = {"message_id": second, "channel": "C1", "asked_at": now, "version": shown.drawing}
    db.call(lambda session: session.add(SlackPostRow(landlord="oak", **post)))
    before = cards_of(db, second)
    purge_all(db, now + LATER)
    assert cards_of(db, second) == before + 1
    redrawn = Living(db=db, now=now, landlord=OAK, message_id=second).summary()
    assert redrawn.text == ""
    assert redrawn.drawing != shown.drawing


def test_what_joins_a_case_after_its_purge_is_purged_in_its_time(
    db: Database, now: datetime, tmp_path: Path
):
    living = withdrawn(db, now)
    case_id = living.case().id
    after = now + LATER
    purge_all(db, after)
    late = answered(db, after, "Marlowe asks again.", sender="marlowe@example.org")
    attached(db, after, late, case_id)
    assert "Marlowe" in everything(db)
    assert db.call(find_outlived, OAK, now=after + timedelta(days=300)) == []
    purge_all(db, after + LATER)
    left = everything(db)
    assert "arlowe" not in left
    assert audit(db, tmp_path) == []
    assert purge_all(db, after + LATER) == []


def test_an_address_that_had_copies_alone_goes_with_its_case(db: Database, now: datetime):
    living = logged(db, now, found=assessment(Label.COMPLAINT))
    acts = Representation(
        capacity=Capacity.RELATIVE,
        authority=Authority.SHOWN,
        evidence="A letter",
        copy_to="marlowe@else.example",
    )
    db.call(involve.represent, living.press(), OAK, acts, at=now)
    living.advance(Action.WITHDRAW)
    assert "marlowe" in everything(db)
    purge_all(db, now + LATER)
    assert "marlowe" not in everything(db)
