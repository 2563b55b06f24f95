"""The reference's edge cases about outcomes, by the real steps, read like its table.

Each name says the situation and the right answer; the numbers are those of the table.
"""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Band, Flag, Hazard, Label
from intake import advance, answer, outcome, redress
from intake.domain.case import Action, ForbiddenError, Kind, Status
from intake.domain.exclusion import Considered, Weighed
from intake.domain.letter import LetterKind
from intake.domain.life import Answer, Extension, Ground, Refusal
from intake.domain.new_issue import Joining, NewIssue
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError
from intake.store.casefile import load_casefile
from intake.store.database import Database
from intake.store.tables import CaseRow, MessageRow
from tests.builders import assessment, message
from tests.intake.living import FINAL, RESPONSE, Living, logged

REQUEST = Kind.SERVICE_REQUEST


def raised(living: Living, words: str, ground: Joining) -> None:
    issue = NewIssue(words=words, raised_on=living.now.date(), ground=ground)
    press = living.press()
    living.db.call(outcome.raise_issue, press, living.landlord, issue=issue, at=living.now)


def opened(living: Living) -> list[dict[str, Any]]:
    """Return the complaints that new issues opened."""
    files = [
        living.db.call(load_casefile, issue["opened"], original=False)
        for issue in living.file()["new_issues"]
        if issue["opened"]
    ]
    return [file for file in files if file is not None]


def code_date(file: dict[str, Any], name: str) -> str:
    return next(str(clock["code"]) for clock in file["clocks"] if clock["clock"] == name)


def test_2_a_chaser_is_a_complaint_beside_the_job_which_moves_on(db: Database, now: datetime):
    words = message("Any news on my gutter? Reported in March, twice told Friday. Nobody has come.")
    living = logged(db, now, REQUEST, Kind.COMPLAINT, words=words)
    [link] = living.file()["links"]
    assert link["kind"] == "service_request"
    assert "the work goes on while the complaint runs (Code 1.5)" in link["reason"]
    assert (living.case().status, living.case(REQUEST).status) == (Status.LOGGED, Status.LOGGED)
    assert code_date(living.file(), "stage_1_acknowledgement") == "2026-03-09"


def test_2_a_neutral_chaser_stays_a_request_and_the_choice_is_offered(db: Database, now: datetime):
    found = assessment(Label.SERVICE_REQUEST, band=Band.POSSIBLE)
    living = logged(db, now, REQUEST, found=found, words=message("Any date yet for my gutter?"))
    with pytest.raises(ForbiddenError, match=r"1\.3"):
        living.advance(Action.CLOSE, REQUEST)
    db.call(advance.offer, living.press(REQUEST), how="By telephone", at=now)
    press = living.press(REQUEST)
    db.call(advance.answer_offer, press, living.landlord, Answer.NO, at=now)
    living.advance(Action.CLOSE, REQUEST)
    assert living.case(REQUEST).status is Status.CLOSED


def test_5_a_rude_contractor_on_day_seven_joins_stage_1_and_a_rent_query_is_new(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)  # on 3 March
    living.later(days=7)
    raised(living, "The contractor was rude", Joining.RELATED)
    assert living.case().issues == ("Nobody came", "The contractor was rude")
    extension = Extension(until=date(2026, 3, 31), reason="A point was added")
    db.call(answer.extend, living.press(), living.landlord, extension, at=living.now)
    living.send()
    assert living.clock("stage_1_response").code == date(2026, 3, 31)
    living.later(days=7)
    raised(living, "My rent is wrong", Joining.UNRELATED)
    [rent] = opened(living)
    assert rent["received"] == living.now.isoformat()
    assert code_date(rent, "stage_1_acknowledgement") == "2026-03-24"
    assert living.case().issues == ("Nobody came", "The contractor was rude")


def test_5_after_the_letter_has_gone_it_is_always_new(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    with pytest.raises(ForbiddenError, match=r"6\.8"):
        raised(living, "The contractor was rude", Joining.RELATED)
    raised(living, "The contractor was rude", Joining.STAGE_1_OVER)
    assert len(opened(living)) == 1
    assert living.case().issues == ("Nobody came",)


def test_6_whatever_not_happy_is_stage_2_without_a_reason_and_by_another(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    living.later(days=1)
    living.escalate()  # no reason is asked for
    assert living.case().status is Status.STAGE_2_LOGGED
    assert code_date(living.file(), "stage_2_acknowledgement") == "2026-03-13"
    living.acknowledge()
    living.send()
    with pytest.raises(ForbiddenError, match=r"6\.13"):
        living.respond(RESPONSE)
    living.respond(FINAL)


def test_6_a_late_request_is_a_persons_to_decide_and_never_closed_by_itself(
    db: Database, now: datetime
):
    living = logged(db, now, policy=load_policy("progress"))
    living.reach(Status.RESPONDED)
    living.later(days=300)
    living.escalate()  # taken in, however late
    refusal = Refusal(
        ground=Ground.LATE_REQUEST, reasons="It came after six months", evidence="", decider="Bill"
    )
    with pytest.raises(ForbiddenError, match="discretion was considered"):
        db.call(answer.refuse, living.press(), living.landlord, refusal, at=living.now)
    shown = Refusal(**(vars(refusal) | {"evidence": "Discretion was considered: no illness"}))
    db.call(answer.refuse, living.press(), living.landlord, shown, at=living.now)
    letter = living.send()
    assert "Ombudsman" in letter
    assert "It came after six months" in letter
    assert living.case().status is Status.REFUSED


def late_leak(aware_on: date) -> Refusal:
    return Refusal(
        ground=Ground.OVER_THE_WINDOW,
        reasons="It was long ago",
        evidence="Discretion was considered",
        decider="Asha Bell",
        aware_on=aware_on,
    )


def test_8_a_leak_learned_of_last_month_is_in_time_whatever_the_policy_says(
    db: Database, now: datetime
):
    mould = assessment(hazards=(Hazard.DAMP_MOULD,), flags={Flag.DAMP_MOULD: 0.99})
    living = logged(db, now, found=mould, policy=load_policy("progress"))
    refusal = late_leak(date(2026, 2, 2))  # the leak itself was 14 months ago
    with pytest.raises(ForbiddenError, match=r"2\.3"):
        db.call(answer.refuse, living.press(), living.landlord, refusal, at=now)
    [hazard] = living.summary().hazards
    assert {clock.name for clock in hazard.clocks} >= {"hazard_investigation"}
    assert living.case().status is Status.LOGGED


def test_8_even_late_discretion_is_considered_and_on_record(db: Database, now: datetime):
    living = logged(db, now, policy=load_policy("progress"))
    considered = Considered(
        key="complaint:over_the_window",
        weighed=Weighed.DISCRETION_USED,
        reasons="The mould is there today",
        decider="Asha Bell",
    )
    press = living.press()
    db.call(redress.consider, press, living.landlord, considered=considered, at=now)
    [told] = living.file()["exclusions_considered"]
    assert (told["weighed"], told["by"]) == ("discretion_used", "asha")
    assert living.case().status is Status.LOGGED
    bare = Refusal(**(vars(late_leak(date(2024, 12, 1))) | {"evidence": " "}))
    with pytest.raises(ForbiddenError, match="discretion was considered"):
        db.call(answer.refuse, living.press(), living.landlord, bare, at=now)


def by_survey(session: Session) -> None:
    session.scalars(select(MessageRow)).one().channel = "survey"  # type: ignore[assignment] # its value


def test_9_a_survey_comment_is_told_how_to_complain_and_a_yes_is_received_that_day(
    db: Database, now: datetime
):
    found = assessment(Label.COMMENT, band=Band.POSSIBLE)
    living = logged(db, now, Kind.COMMENT, found=found, words=message("Rubbish, took months"))
    db.call(by_survey)
    assert [case.kind for case in living.summary().cases] == [Kind.COMMENT]
    how = "We wrote how to complain"
    press = living.press(Kind.COMMENT)
    with pytest.raises(IncompleteError):
        db.call(outcome.offer_after_survey, press, living.landlord, how=" ", at=now)
    press = living.press(Kind.COMMENT)
    db.call(outcome.offer_after_survey, press, living.landlord, how=how, at=now)
    assert living.letters()[-1].kind is LetterKind.HOW_TO_COMPLAIN
    assert "complain" in living.send()
    assert db.call(complaints) == []
    living.later(days=4)
    press = living.press(Kind.COMMENT)
    db.call(advance.answer_offer, press, living.landlord, Answer.YES, at=living.now)
    assert living.file()["received"] == living.now.isoformat()
    assert code_date(living.file(), "stage_1_acknowledgement") == "2026-03-13"


def test_9_a_hazard_in_a_survey_still_counts(db: Database, now: datetime):
    found = assessment(Label.COMMENT, hazards=(Hazard.DAMP_MOULD,), flags={Flag.DAMP_MOULD: 0.99})
    living = logged(db, now, Kind.COMMENT, found=found)
    assert len(living.summary().hazards) == 1


def complaints(session: Session) -> list[CaseRow]:
    return list(session.scalars(select(CaseRow).where(CaseRow.kind == Kind.COMPLAINT)))
