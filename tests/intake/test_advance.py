"""Cases move on without a letter: offers, closing, passing on, opening again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Band, Label
from intake import advance
from intake.cases import CaseNotFoundError
from intake.domain.case import (
    Action,
    ForbiddenError,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.letter import LetterState
from intake.domain.life import Answer
from intake.domain.message import Channel
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError
from intake.send import start_sending
from intake.store.database import Database
from intake.store.tables import MessageRow
from tests.builders import SENDING, assessment, take
from tests.intake.living import Living, logged

REPAIR = Kind.SERVICE_REQUEST
POSSIBLE = assessment(Label.SERVICE_REQUEST, band=Band.POSSIBLE)
NEUTRAL = assessment(Label.SERVICE_REQUEST)


def offer(living: Living, kind: Kind = REPAIR) -> None:
    living.db.call(advance.offer, living.press(kind), how="By telephone", at=living.now)


def answered(living: Living, said: Answer, kind: Kind = REPAIR) -> None:
    press = living.press(kind)
    living.db.call(advance.answer_offer, press, living.landlord, said, at=living.now)


def reopen(living: Living, kind: Kind = Kind.COMPLAINT, note: str = "by mistake") -> None:
    press = living.press(kind)
    living.db.call(advance.reopen, press, living.landlord, note=note, at=living.now)


def test_dissatisfaction_is_not_closed_away(db: Database, now: datetime):
    living = logged(db, now, REPAIR)
    with pytest.raises(ForbiddenError, match=r"1\.3"):
        living.advance(Action.CLOSE, REPAIR)
    offer(living)
    with pytest.raises(ForbiddenError, match="record the answer"):
        living.advance(Action.CLOSE, REPAIR)
    answered(living, Answer.NO)
    living.advance(Action.CLOSE, REPAIR)
    assert living.case(REPAIR).status is Status.CLOSED
    [made] = living.file(REPAIR)["offers"]
    assert (made["how"], made["by"], made["answer"]) == ("By telephone", "asha", "no")


@pytest.mark.parametrize("kind", [REPAIR, Kind.ENQUIRY])
def test_a_doubt_is_enough_for_the_offer(db: Database, now: datetime, kind: Kind):
    living = logged(db, now, kind, found=POSSIBLE)
    with pytest.raises(ForbiddenError, match=r"1\.3"):
        living.advance(Action.CLOSE, kind)


def test_a_neutral_request_is_closed_without_an_offer(db: Database, now: datetime):
    living = logged(db, now, REPAIR, found=NEUTRAL)
    living.advance(Action.CLOSE, REPAIR)
    assert living.case(REPAIR).status is Status.CLOSED


def test_a_request_beside_a_complaint_on_record_may_close(db: Database, now: datetime):
    living = logged(db, now, REPAIR, Kind.COMPLAINT)
    living.advance(Action.CLOSE, REPAIR)
    assert living.case(REPAIR).status is Status.CLOSED
    assert living.case().status is Status.LOGGED


@pytest.mark.parametrize("found", [None, POSSIBLE], ids=["dropped in triage", "never proposed"])
def test_a_yes_opens_the_complaint_with_the_first_receipt(
    db: Database, now: datetime, found: object
):
    living = logged(db, now, REPAIR, found=found)  # type: ignore[arg-type] # a table of cases
    offer(living)
    living.later(days=3)
    answered(living, Answer.YES)
    assert living.case().status is Status.AWAITING_TRIAGE
    assert living.file()["received"] == now.isoformat()
    assert str(living.clock("stage_1_acknowledgement").code) == "2026-03-09"
    with pytest.raises(ForbiddenError, match="confirm the complaint first"):
        living.advance(Action.CLOSE, REPAIR)
    [link] = living.file(REPAIR)["links"]
    assert link["kind"] == "complaint"


def test_an_answer_needs_an_offer_and_an_offer_its_words(db: Database, now: datetime):
    living = logged(db, now, REPAIR)
    with pytest.raises(OvertakenError, match="no offer"):
        answered(living, Answer.NO)
    with pytest.raises(IncompleteError):
        db.call(advance.offer, living.press(REPAIR), how=" ", at=now)
    for _ in range(2):
        offer(living)
    assert len(living.file(REPAIR)["offers"]) == 1


@pytest.mark.parametrize("status", [Status.LOGGED, Status.ACKNOWLEDGED])
def test_a_complaint_has_no_informal_end(db: Database, now: datetime, status: Status):
    living = logged(db, now)
    living.reach(status)
    with pytest.raises(ForbiddenError, match=r"5\.2"):
        living.advance(Action.CLOSE)


def test_a_withdrawn_complaint_sends_no_acknowledgement(db: Database, now: datetime):
    living = logged(db, now)
    living.advance(Action.WITHDRAW)
    assert [letter.state for letter in living.letters()] == [LetterState.WITHDRAWN]
    assert all(clock.ended_at for clock in living.case().clocks)
    reopen(living)
    assert living.case().status is Status.LOGGED
    assert Action.ACKNOWLEDGE in living.case().steps
    living.acknowledge()
    overtaken = take(db, "letter", living.now)
    assert db.call(start_sending, overtaken, living.landlord, SENDING, now=living.now) is None
    assert "Nobody came" in living.send()


def test_an_acknowledgement_on_its_way_is_waited_for(db: Database, now: datetime):
    living = logged(db, now)
    db.call(start_sending, take(db, "letter", now), living.landlord, SENDING, now=now)
    with pytest.raises(OvertakenError, match="on its way"):
        living.advance(Action.WITHDRAW)


def test_a_closed_complaint_can_still_go_to_stage_2(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    living.advance(Action.CLOSE)
    living.later(days=300)
    living.escalate()
    assert living.case().status is Status.STAGE_2_LOGGED


def test_a_final_answer_closed_goes_to_the_ombudsman_but_to_no_third_stage(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.STAGE_2_RESPONDED)
    living.advance(Action.CLOSE)
    with pytest.raises(ForbiddenError, match=r"5\.3"):
        living.escalate()
    assert Action.ESCALATE not in living.case().steps
    living.advance(Action.REFER)
    assert living.case().status is Status.WITH_OMBUDSMAN


def test_stage_2_follows_an_answer_at_stage_1(db: Database, now: datetime):
    living = logged(db, now)
    living.advance(Action.WITHDRAW)
    reopen(living)
    with pytest.raises(OvertakenError):
        living.escalate()


@pytest.mark.parametrize("kind", [Kind.COMPLIMENT, Kind.COMMENT], ids=["a compliment", "a comment"])
def test_praise_and_comments_are_passed_on(db: Database, now: datetime, kind: Kind):
    living = logged(db, now, kind, found=assessment(Label.COMPLIMENT))
    living.advance(Action.ACKNOWLEDGE, kind, "thanked by e-mail")
    living.advance(Action.FORWARD, kind, "to Dave, through his line manager")
    living.advance(Action.CLOSE, kind)
    notes = [event["note"] for event in living.file(kind)["events"]]
    assert "to Dave, through his line manager" in notes


def test_thanks_end_the_landlords_own_clock(db: Database, now: datetime):
    policy = load_policy("housing-plus")
    living = logged(db, now, Kind.COMPLIMENT, found=assessment(Label.COMPLIMENT), policy=policy)
    living.later(days=1)
    living.advance(Action.ACKNOWLEDGE, Kind.COMPLIMENT)
    assert living.clock("feedback_acknowledgement", Kind.COMPLIMENT).met_target is True


def test_words_are_asked_for(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(IncompleteError):
        living.advance(Action.WITHDRAW, note=" ")
    living.advance(Action.WITHDRAW)
    with pytest.raises(IncompleteError):
        reopen(living, note=" ")


def test_what_has_not_ended_is_not_opened_again(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(OvertakenError, match="cannot reopen"):
        reopen(living)


def test_a_promise_outlives_the_closing_of_its_case_until_it_is_kept(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    living.advance(Action.CLOSE)
    [promise] = living.case().promises
    assert Action.COMPLETE in living.case().steps
    with pytest.raises(IncompleteError):
        db.call(advance.complete, living.press(), action_id=promise.id, evidence="", at=living.now)
    with pytest.raises(CaseNotFoundError):
        db.call(advance.complete, living.press(), action_id=99, evidence="photo", at=living.now)
    db.call(advance.complete, living.press(), action_id=promise.id, evidence="photo", at=living.now)
    assert living.case().promises == ()
    assert living.file()["actions"][0]["evidence"] == "photo"


def test_a_press_made_twice_moves_once(db: Database, now: datetime):
    living = logged(db, now, REPAIR)
    press = living.press(REPAIR)
    db.call(advance.offer, press, how="By telephone", at=now)
    seen = living.summary().version
    request = advance.Request(asked_on=now.date())
    db.call(advance.offer, press, how="By telephone", at=now)
    db.call(advance.answer_offer, press, living.landlord, Answer.NO, at=now)
    db.call(advance.reopen, press, living.landlord, note="x", at=now)
    db.call(advance.escalate, press, living.landlord, request, at=now)
    db.call(advance.complete, press, action_id=1, evidence="x", at=now)
    db.call(advance.advance, press, living.landlord, action=Action.CLOSE, note="x", at=now)
    assert living.summary().version == seen


def test_a_case_of_another_message_is_not_found(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(CaseNotFoundError):
        db.call(advance.offer, replace(living.press(), case_id=99), how="x", at=now + timedelta(1))


def test_an_action_out_of_order_names_what_it_breaks(db: Database, now: datetime):
    living = logged(db, now, REPAIR)
    with pytest.raises(InvalidTransitionError, match="cannot escalate a service request"):
        living.db.call(
            advance.escalate,
            living.press(REPAIR),
            living.landlord,
            advance.Request(asked_on=now.date()),
            at=now,
        )


def test_a_yes_to_a_survey_is_received_on_its_own_day(db: Database, now: datetime):
    living = logged(db, now, Kind.COMMENT, found=assessment(Label.COMMENT))

    def came_by_survey(session: Session) -> None:
        session.scalars(select(MessageRow)).one().channel = Channel.SURVEY

    db.call(came_by_survey)
    living.later(days=2)
    offer(living, Kind.COMMENT)
    answered(living, Answer.YES, Kind.COMMENT)
    assert living.file()["received"] == living.now.isoformat()
    assert str(living.clock("stage_1_acknowledgement").code) == "2026-03-11"
