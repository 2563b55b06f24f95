"""The first message that shows dissatisfaction starts the clock, whatever it is called later."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Label
from intake import answer
from intake.cases import CaseNotFoundError
from intake.decide import undo
from intake.domain.case import Action, Kind, Status
from intake.domain.life import Ground, Refusal
from intake.domain.message import Automatic
from intake.read import keep_message
from intake.receive import Arrival, receive
from intake.store.database import Database
from intake.store.tables import CaseRow
from tests.builders import MAIL, assessed, assessment, delivery, landlord, message, take
from tests.intake.living import Living, logged

COMPLAINT, REPAIR, COMMENT = Kind.COMPLAINT, Kind.SERVICE_REQUEST, Kind.COMMENT
REFUSAL = Refusal(
    ground=Ground.ALREADY_CONSIDERED, reasons="It was answered", evidence="R", decider="Asha Bell"
)


def receipts(living: Living) -> set[datetime]:
    def load(session: Session) -> set[datetime]:
        return set(session.scalars(select(CaseRow.received_at)))

    return living.db.call(load)


def arrive_earlier(living: Living, words: str, days: int) -> None:
    """The same mail turns out to have reached us by another way, days before."""
    earlier = living.now - timedelta(days=days)
    raw = MAIL + b"by the repairs mailbox"
    living.db.call(receive, [Arrival(delivery=delivery(raw, earlier))])
    job = take(living.db, "read", living.now)
    same = message(words, own_id="<1@example.org>")
    living.db.call(keep_message, job, same, now=living.now, landlord=living.landlord)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([REPAIR, COMPLAINT], id="a repair, then a complaint"),
        pytest.param([COMPLAINT, REPAIR, COMPLAINT], id="there and back"),
        pytest.param([COMMENT, REPAIR, COMPLAINT], id="last of all a complaint"),
    ],
)
def test_calling_it_something_else_never_moves_its_receipt(
    db: Database, now: datetime, later: list[Kind]
):
    message_id = assessed(db, now, assessment(Label.SERVICE_REQUEST))
    living = Living(db=db, now=now, landlord=landlord(), message_id=message_id)
    for kind in later:
        living.later(days=2)
        living.confirm(kind)
        assert receipts(living) == {now}
    assert living.case(COMPLAINT).status is Status.LOGGED
    assert living.clock("stage_1_acknowledgement").code == date(2026, 3, 9)


def test_a_late_acknowledgement_is_a_breach_with_its_backstop_whatever_it_was_called_first(
    db: Database, now: datetime
):
    message_id = assessed(db, now, assessment(Label.SERVICE_REQUEST))
    living = Living(db=db, now=now, landlord=landlord(), message_id=message_id)
    living.confirm(REPAIR)
    living.later(days=10)
    living.confirm(COMPLAINT)
    living.send()  # on 12 March, three days late
    assert living.clock("stage_1_acknowledgement").met is False
    response = living.clock("stage_1_response")
    # It runs from the acknowledgement; 15 working days from receipt are shown beside it.
    assert (response.code, response.backstop) == (date(2026, 3, 26), date(2026, 3, 23))
    assert response.why.endswith("is the backstop")


@pytest.mark.parametrize("again", ["undone", "confirmed"])
def test_a_clock_that_runs_on_counts_from_the_receipt_that_was_found_meanwhile(
    db: Database, now: datetime, again: str
):
    words = "Nobody has come."
    living = logged(db, now, words=message(words, own_id="<1@example.org>"))
    living.confirm(REPAIR)  # the complaint was an error: its clocks stop
    arrive_earlier(living, words, days=5)
    if again == "undone":
        db.call(undo, living.press_message(), living.landlord, at=living.now)
    else:
        living.confirm(COMPLAINT)
    clock = living.clock("stage_1_acknowledgement")
    assert (clock.ended_at, clock.code) == (None, date(2026, 3, 4))  # received 25 February


def test_saying_anew_what_a_refused_complaint_is_starts_no_clock_again(db: Database, now: datetime):
    living = logged(db, now)
    db.call(answer.refuse, living.press(), living.landlord, REFUSAL, at=now)
    living.send_due()
    living.advance(Action.REFER)
    living.confirm(COMPLAINT)
    assert living.case().status is Status.WITH_OMBUDSMAN
    assert {clock.name for clock in living.case().clocks if clock.ended_at is None} == set()


def test_what_opened_no_case_has_nothing_to_be_taken_back(db: Database, now: datetime):
    machine = message("It could not be delivered.", automatic=Automatic.REPORT)
    message_id = assessed(db, now, assessment(Label.OTHER), machine)
    living = Living(db=db, now=now, landlord=landlord(), message_id=message_id)
    assert living.summary().cases == ()
    with pytest.raises(CaseNotFoundError):
        db.call(undo, living.press_message(), living.landlord, at=now)
