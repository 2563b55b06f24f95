"""Letters of every kind come back, and take back what their sending did."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from intake import answer
from intake.bounce import record_bounce
from intake.domain.case import Status
from intake.domain.letter import LetterState
from intake.domain.life import Ground, Refusal
from intake.store.database import Database
from intake.store.tables import LetterRow
from tests.intake.living import Living, logged


def bring_back(living: Living) -> LetterRow:
    letter = living.letters()[-1]

    def back(session: Session) -> None:
        record_bounce(
            session,
            session.get_one(LetterRow, letter.id),
            living.landlord,
            why="5.1.1",
            now=living.now,
        )

    living.db.call(back)
    return living.letters()[-1]


@pytest.mark.parametrize(
    ("reached", "clock", "stands"),
    [
        (Status.ACKNOWLEDGED, "stage_1_acknowledgement", Status.LOGGED),
        (Status.RESPONDED, "stage_1_response", Status.ACKNOWLEDGED),
        (Status.STAGE_2_ACKNOWLEDGED, "stage_2_acknowledgement", Status.STAGE_2_LOGGED),
        (Status.STAGE_2_RESPONDED, "stage_2_response", Status.STAGE_2_ACKNOWLEDGED),
    ],
)
def test_the_clock_that_a_letter_ended_runs_again(
    db: Database, now: datetime, reached: Status, clock: str, stands: Status
):
    living = logged(db, now)
    living.reach(reached)
    assert living.clock(clock).ended_at is not None
    living.later(days=1)
    assert bring_back(living).state is LetterState.FAILED
    assert living.case().status is stands
    assert living.clock(clock).ended_at is None
    assert living.clock(clock).met is None
    assert "ombudsman_referral" not in {c.name for c in living.case().clocks if not c.ended_at}
    assert bring_back(living).state is LetterState.FAILED
    events = [event["action"] for event in living.file()["events"]]
    assert events.count("letter_returned") == 1


def test_a_refusal_that_came_back_leaves_the_complaint_where_it_stood(db: Database, now: datetime):
    living = logged(db, now)
    refusal = Refusal(
        ground=Ground.LEGAL_PROCEEDINGS, reasons="The court.", evidence="K1", decider="Asha Bell"
    )
    db.call(answer.refuse, living.press(), living.landlord, refusal, at=living.now)
    living.send_due()
    assert living.case().status is Status.REFUSED
    living.later(days=1)
    bring_back(living)
    assert living.case().status is Status.LOGGED
    assert living.clock("stage_1_acknowledgement").ended_at is None


def test_a_case_that_went_on_stays_and_the_letter_waits_for_a_person(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    first = living.letters()[0]
    db.call(
        lambda session: record_bounce(
            session,
            session.get_one(LetterRow, first.id),
            living.landlord,
            why="",
            now=living.now,
        )
    )
    assert living.letters()[0].state is LetterState.FAILED
    assert living.case().status is Status.RESPONDED
