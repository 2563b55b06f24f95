"""What staff put on record around a complaint, on both databases."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from classifier.labels import Label
from intake import answer, outcome
from intake.cases import CaseNotFoundError
from intake.decide import confirm, undo
from intake.domain.case import Action, ForbiddenError, Kind, OvertakenError, Status
from intake.domain.first_contact import Settlement
from intake.domain.learning import Lesson, Theme
from intake.domain.letter import LetterKind, LetterState
from intake.domain.life import Answer, Extension, Response
from intake.domain.new_issue import Joining, NewIssue
from intake.domain.policy import load_policy
from intake.domain.restriction import Limit, Restriction, Review
from intake.domain.support import Help, Offered
from intake.domain.triage import IncompleteError, decision
from intake.press import CasePress
from intake.store.casefile import load_casefile
from intake.store.database import Database
from intake.store.outcomes import find_broken_promises, load_put_off, load_response
from intake.store.tables import LetterRow
from tests.builders import assessment, message
from tests.intake.living import RESPONSE, Living, logged

LESSON = Lesson(theme=Theme.DELAY, change="We ring before each visit", owner="Repairs")
SETTLED = Settlement(agreed="A visit today", consent="Said yes on the phone at ten")


def raised(living: Living, ground: Joining, words: str = "The fitter was rude") -> None:
    issue = NewIssue(words=words, raised_on=living.now.date(), ground=ground)
    living.db.call(outcome.raise_issue, living.press(), living.landlord, issue=issue, at=living.now)


def opened(living: Living) -> dict[str, Any]:
    """Return the complaint that a new issue opened."""
    [issue] = [i for i in living.file()["new_issues"] if i["opened"]]
    found = living.db.call(load_casefile, issue["opened"], original=False)
    assert found is not None
    return found


def restriction(now: datetime) -> Restriction:
    return Restriction(
        limit=Limit.ONE_PERSON,
        details="Writes to Asha",
        reason="Forty calls a day",
        tried="Two meetings",
        adjustments="None are known; asked on 2 March",
        review_on=now.date() + timedelta(days=30),
        decider="Bill Cole",
    )


@pytest.mark.parametrize("status", [Status.LOGGED, Status.ACKNOWLEDGED])
def test_a_related_issue_joins_the_definition(db: Database, now: datetime, status: Status):
    living = logged(db, now)
    living.reach(status)
    due = [(clock.name, clock.code) for clock in living.case().clocks]
    raised(living, Joining.RELATED)
    assert living.case().issues == ("Nobody came", "The fitter was rude")
    assert living.case().status is status
    assert [(clock.name, clock.code) for clock in living.case().clocks] == due
    [issue] = living.file()["new_issues"]
    assert (issue["ground"], issue["opened"], issue["by"]) == ("related", None, "asha")
    assert "raised on 2026-03" in living.file()["events"][-1]["note"]


def test_what_joined_is_answered_too(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    raised(living, Joining.RELATED)
    with pytest.raises(ForbiddenError, match="issue 2 has no finding"):
        living.respond()


def test_an_unrelated_issue_is_a_complaint_of_its_own(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.later(days=7)
    raised(living, Joining.UNRELATED, "The rent is wrong")
    new = opened(living)
    assert (new["kind"], new["status"]) == ("complaint", "logged")
    assert new["received"] == living.now.isoformat()
    assert [issue["issue"] for issue in new["issues"]] == ["The rent is wrong"]
    assert new["links"][0]["reason"] == "a new issue raised later: unrelated (Code 6.8)"
    [acknowledge] = [c for c in new["clocks"] if c["clock"] == "stage_1_acknowledgement"]
    assert acknowledge["code"] == "2026-03-17"
    assert living.case().issues == ("Nobody came",)
    assert "The rent is wrong" in living.send()
    assert opened(living)["status"] == "acknowledged"
    assert living.case().status is Status.ACKNOWLEDGED


def test_an_issue_that_a_letter_waits_to_answer_can_still_open_a_complaint(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    with pytest.raises(OvertakenError, match="take it back"):
        raised(living, Joining.RELATED)
    raised(living, Joining.WOULD_DELAY)
    assert opened(living)["status"] == "logged"


def test_after_the_answer_all_is_new_and_of_the_day_it_was_raised(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    with pytest.raises(ForbiddenError, match=r"6\.8"):
        raised(living, Joining.RELATED)
    living.later(days=3)
    issue = NewIssue(
        words="The rent is wrong", raised_on=date(2026, 3, 4), ground=Joining.STAGE_1_OVER
    )
    db.call(outcome.raise_issue, living.press(), living.landlord, issue=issue, at=living.now)
    assert opened(living)["received"] == "2026-03-04T00:00:00+00:00"


def test_the_triage_of_the_message_leaves_a_later_complaint_alone(db: Database, now: datetime):
    living = logged(db, now)
    raised(living, Joining.UNRELATED)
    press = living.press_message()
    with pytest.raises(OvertakenError, match="a letter waits"):
        db.call(undo, press, living.landlord, at=living.now)
    living.send_due()
    reference = opened(living)["reference"]
    press = living.press_message()
    decided = decision([Kind.COMPLIMENT])
    with pytest.raises(OvertakenError):
        db.call(confirm, press, decided, living.landlord, at=living.now)
    after = db.call(load_casefile, reference, original=False)
    assert after is not None
    assert after["status"] == "acknowledged"


def test_a_message_changed_into_praise_keeps_the_complaint_raised_later(
    db: Database, now: datetime
):
    living = logged(db, now)
    raised(living, Joining.UNRELATED)
    first, second = (case for case in living.summary().cases if case.kind is Kind.COMPLAINT)
    press = CasePress(**vars(living.press_message()), case_id=second.id)
    db.call(answer.take_back, press, at=living.now)
    db.call(undo, living.press_message(), living.landlord, at=living.now)
    undone = {case.id: case.status for case in living.summary().cases}
    assert undone[first.id] is Status.AWAITING_TRIAGE
    assert undone[second.id] is Status.LOGGED
    decided = decision([Kind.COMPLIMENT])
    db.call(confirm, living.press_message(), decided, living.landlord, at=living.now)
    statuses = {case.id: case.status for case in living.summary().cases}
    assert statuses[first.id] is Status.RECORDED_IN_ERROR
    assert statuses[second.id] is Status.LOGGED


def test_settling_at_first_contact_is_an_outcome_inside_stage_1(db: Database, now: datetime):
    living = logged(db, now)
    db.call(outcome.settle, living.press(), settlement=SETTLED, at=now)
    assert living.case().outcomes.settled
    assert living.case().status is Status.LOGGED
    assert Action.SETTLE not in living.case().outcome_steps
    with pytest.raises(OvertakenError, match="on record as settled"):
        db.call(outcome.settle, living.press(), settlement=SETTLED, at=now)
    with pytest.raises(ForbiddenError, match=r"5\.2"):
        living.advance(Action.CLOSE)
    living.reach(Status.RESPONDED)  # acknowledged and answered in writing, as any other
    assert [letter.kind for letter in living.letters()] == ["acknowledgement", "response"]
    assert living.file()["settled_at_first_contact"]["consent"] == SETTLED.consent


def test_a_lesson_outlives_the_case(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    living.advance(Action.CLOSE)
    db.call(outcome.learn, living.press(), lesson=LESSON, at=living.now)
    [lesson] = living.file()["lessons"]
    assert (lesson["theme"], lesson["owner"], lesson["by"]) == ("delay", "Repairs", "asha")
    assert living.case().outcomes.lessons == 1


def test_praise_has_lessons_and_no_new_issues(db: Database, now: datetime):
    living = logged(db, now, Kind.COMPLIMENT, found=assessment(Label.COMPLIMENT))
    db.call(outcome.learn, living.press(Kind.COMPLIMENT), lesson=LESSON, at=now)
    issue = NewIssue(words="x", raised_on=now.date(), ground=Joining.UNRELATED)
    press = living.press(Kind.COMPLIMENT)
    with pytest.raises(OvertakenError, match="cannot raise a new issue: it is a compliment"):
        db.call(outcome.raise_issue, press, living.landlord, issue=issue, at=now)


def test_support_is_offered_and_answered(db: Database, now: datetime):
    living = logged(db, now)
    offered = Offered(help=Help.MEDIATION, how="With the neighbours, by telephone")
    db.call(outcome.offer_support, living.press(), offered=offered, at=now)
    [line] = living.case().outcomes.support
    db.call(outcome.answer_support, living.press(), Answer.NO, support_id=line.id, at=now)
    assert living.case().outcomes.support == ()
    assert living.file()["support"][0]["answer"] == "no"
    with pytest.raises(CaseNotFoundError):
        db.call(outcome.answer_support, living.press(), Answer.NO, support_id=line.id, at=now)


def test_a_restriction_stops_no_clock_and_mutes_nobody(db: Database, now: datetime):
    living = logged(db, now)
    before = living.case().clocks
    db.call(outcome.restrict, living.press(), restriction=restriction(now), at=now)
    assert living.case().clocks == before
    again = logged(db, now, Kind.COMPLAINT, words=message("Nobody came again."))
    assert again.case().clocks  # what comes next is recorded and dated as ever
    [line] = living.case().outcomes.restrictions
    assert line.review_on == date(2026, 4, 1)


def test_a_restriction_is_kept_or_ended_by_its_review(db: Database, now: datetime):
    living = logged(db, now)
    db.call(outcome.restrict, living.press(), restriction=restriction(now), at=now)
    which = {"restriction_id": living.case().outcomes.restrictions[0].id}
    living.later(days=29)
    kept = Review(why="It goes on", next_on=date(2026, 6, 1))
    db.call(outcome.review_restriction, living.press(), review=kept, **which, at=living.now)
    assert living.case().outcomes.restrictions[0].review_on == date(2026, 6, 1)
    ended = Review(why="It is calm")
    db.call(outcome.review_restriction, living.press(), review=ended, **which, at=living.now)
    assert living.case().outcomes.restrictions == ()
    assert living.file()["restrictions"][0]["ended_why"] == "It is calm"
    notes = [event["note"] for event in living.file()["events"]]
    assert "one named contact: kept until reviewed on 2026-06-01. It goes on" in notes
    with pytest.raises(CaseNotFoundError):
        db.call(outcome.review_restriction, living.press(), review=ended, **which, at=living.now)


def test_a_press_made_twice_is_on_record_once(db: Database, now: datetime):
    living = logged(db, now)
    press = living.press()
    for _ in range(2):
        db.call(outcome.learn, press, lesson=LESSON, at=now)
    seen = living.summary().version
    issue = NewIssue(words="x", raised_on=now.date(), ground=Joining.UNRELATED)
    offered = Offered(help=Help.MEDIATION, how="x")
    db.call(outcome.raise_issue, press, living.landlord, issue=issue, at=now)
    db.call(outcome.settle, press, settlement=SETTLED, at=now)
    db.call(outcome.offer_support, press, offered=offered, at=now)
    db.call(outcome.answer_support, press, answer=Answer.NO, support_id=1, at=now)
    db.call(outcome.restrict, press, restriction=restriction(now), at=now)
    review = Review(why="x")
    db.call(outcome.review_restriction, press, review=review, restriction_id=1, at=now)
    db.call(outcome.offer_after_survey, press, living.landlord, how="x", at=now)
    assert living.summary().version == seen


@pytest.mark.parametrize(
    ("agreed", "kind"),
    [
        (Answer.YES, LetterKind.EXTENSION),
        (Answer.NO, LetterKind.EXTENSION_NOT_AGREED),
        (Answer.SILENT, LetterKind.EXTENSION_NOT_AGREED),
    ],
)
def test_an_extension_that_was_not_agreed_has_a_letter_of_its_own(
    db: Database, now: datetime, agreed: Answer, kind: LetterKind
):
    living = logged(db, now, policy=load_policy("progress"))
    living.reach(Status.ACKNOWLEDGED)
    extension = Extension(
        until=date(2026, 4, 30), reason="Ill", agreed=agreed, good_reason="The report is due then"
    )
    db.call(answer.extend, living.press(), living.landlord, extension, at=living.now)
    letter = living.letters()[-1]
    assert letter.kind is kind
    put_off = db.call(_put_off, letter.id)
    assert (put_off.until, put_off.agreed) == (date(2026, 4, 30), agreed)
    assert put_off.good_reason == "The report is due then"
    assert "30 April 2026" in living.send()
    [told] = living.file()["extensions"]
    assert (told["agreed"], told["good_reason"]) == (agreed, "The report is due then")
    assert told["told"] is not None
    clock = living.clock("stage_1_response")
    assert clock.extended
    assert clock.code is not None
    assert str(clock.code) < "2026-04-30"  # the Code's own date goes no further


def test_a_policy_that_asks_for_agreement_has_the_resident_asked(db: Database, now: datetime):
    living = logged(db, now, policy=load_policy("progress"))
    living.reach(Status.ACKNOWLEDGED)
    extension = Extension(until=date(2026, 3, 20), reason="Ill")
    with pytest.raises(IncompleteError, match="say what they said"):
        db.call(answer.extend, living.press(), living.landlord, extension, at=living.now)


def test_the_parts_of_a_response_are_kept_and_what_lacks_is_known(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    response = Response(
        verdicts=RESPONSE.verdicts,
        decider="Asha Bell",
        remedy="We send somebody",
        parts={"apology": "We are sorry"},
    )
    living.respond(response)
    letter = living.letters()[-1]
    assert db.call(_response, letter.id) == response
    [told] = living.file()["response_parts"]
    assert told["parts"] == {"apology": "We are sorry"}
    assert told["missing"] == ["redress_considered", "service_improvement"]
    db.call(answer.take_back, living.press(), at=living.now)
    assert living.file()["response_parts"] == []


def test_a_promise_that_is_not_kept_is_listed_after_closing_until_it_is_done(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    late = {"today": date(2026, 4, 2)}
    assert db.call(find_broken_promises, **late) == []  # its letter has not gone
    living.send()
    living.advance(Action.CLOSE)
    assert db.call(find_broken_promises, today=date(2026, 4, 1)) == []
    [broken] = db.call(find_broken_promises, **late)
    assert (broken.what, broken.owner) == ("Mend the roof", "Repairs")
    assert broken.reference == living.case().reference


def _put_off(session: Any, letter_id: int) -> Any:  # noqa: ANN401 - whatever the store gives
    return load_put_off(session, session.get_one(LetterRow, letter_id))


def _response(session: Any, letter_id: int) -> Any:  # noqa: ANN401 - whatever the store gives
    return load_response(session, session.get_one(LetterRow, letter_id))


def test_a_letter_of_a_complaint_raised_later_is_its_own(db: Database, now: datetime):
    living = logged(db, now)
    raised(living, Joining.UNRELATED)
    first, second = living.letters()
    assert (first.state, second.state) == (LetterState.WAITING, LetterState.WAITING)
    assert second.key.startswith("case:")
