"""A complaint is extended, answered, escalated, answered by somebody else, or refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake import advance, answer
from intake.domain.case import (
    Action,
    ForbiddenError,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
)
from intake.domain.letter import LetterKind, LetterState
from intake.domain.life import Extension, Ground, Refusal, Verdict
from intake.send import start_sending
from intake.store.database import Database
from tests.builders import SENDING, message, take
from tests.intake.living import FINAL, RESPONSE, UPHELD, Living, logged

EXTENSION = Extension(until=date(2026, 3, 30), reason="The surveyor is ill.")
REFUSAL = Refusal(
    ground=Ground.LEGAL_PROCEEDINGS,
    reasons="The court is looking at the same matter.",
    evidence="Claim K12YX345, filed on 2 February 2026",
    decider="Asha Bell",
)
OMBUDSMAN = "0300 111 3000"


def extend(living: Living, extension: Extension = EXTENSION) -> None:
    living.db.call(answer.extend, living.press(), living.landlord, extension, at=living.now)


def refuse(living: Living, refusal: Refusal = REFUSAL) -> None:
    living.db.call(answer.refuse, living.press(), living.landlord, refusal, at=living.now)


def test_a_complaint_goes_through_both_stages_and_no_further(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.STAGE_2_RESPONDED)
    moves = [(e["before"], e["after"]) for e in living.file()["events"]]
    assert [after for before, after in moves if before != after] == [
        "logged",
        "acknowledged",
        "responded",
        "stage_2_logged",
        "stage_2_acknowledged",
        "stage_2_responded",
    ]
    with pytest.raises(ForbiddenError, match=r"5\.3"):
        living.escalate()
    met = {c["clock"]: c["met"] for c in living.file()["clocks"] if c["ended"]}
    assert met == dict.fromkeys(
        [
            "stage_1_acknowledgement",
            "stage_1_response",
            "stage_2_acknowledgement",
            "stage_2_response",
        ],
        True,
    )


def test_the_letters_of_both_stages_have_what_the_code_demands(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    first = living.send()
    living.escalate()
    living.acknowledge()
    second = living.send()
    living.respond(FINAL)
    final = living.send()
    for part in ("at stage 1", "Nobody came", "We uphold this", "three days", "We apologise"):
        assert part in first
    for part in ("Mend the roof: Repairs, by Wednesday 1 April 2026", "go to stage 2", OMBUDSMAN):
        assert part in first
    for part in ("now at stage 2", "Nobody came", "did not decide stage 1", OMBUDSMAN):
        assert part in second
    for part in ("at stage 2", "Bill Cole decided", "final word", "take your complaint to the"):
        assert part in final


def test_an_extension_told_in_time_moves_the_date(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    before = living.clock("stage_1_response").code
    extend(living)
    assert living.clock("stage_1_response").code == before
    letter = living.send()
    for part in ("The surveyor is ill.", "Monday 30 March 2026", OMBUDSMAN):
        assert part in letter
    clock = living.clock("stage_1_response")
    assert (clock.code, clock.extended) == (date(2026, 3, 30), True)
    [row] = living.file()["extensions"]
    assert (row["from"], row["until"]) == (str(before), "2026-03-30")


def test_a_second_extension_counts_from_the_first_day(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    extend(living, replace(EXTENSION, until=date(2026, 3, 20)))
    living.send()
    with pytest.raises(ForbiddenError, match="2026-03-31"):
        extend(living, replace(EXTENSION, until=date(2026, 4, 1)))
    extend(living, replace(EXTENSION, until=date(2026, 3, 31)))
    living.send()
    assert living.clock("stage_1_response").code == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("changed", "days", "provision"),
    [
        pytest.param({"reason": " "}, 0, "6.4", id="without a reason"),
        pytest.param({"until": date(2026, 4, 1)}, 0, "6.4, 6.15", id="over the limit"),
        pytest.param({"until": date(2026, 3, 17)}, 0, "6.4", id="to no later day"),
        pytest.param({}, 15, "6.4", id="after the day has passed"),
    ],
)
def test_an_extension_that_the_code_forbids_changes_nothing(
    db: Database, now: datetime, changed: dict[str, object], days: int, provision: str
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.later(days=days)
    with pytest.raises(ForbiddenError) as refused:
        extend(living, replace(EXTENSION, **changed))  # type: ignore[arg-type] # a table of cases
    assert refused.value.provision == provision
    assert living.file()["extensions"] == []


def test_an_extension_that_leaves_too_late_is_not_sent(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    extend(living)
    living.later(days=15)
    job = take(db, "letter", living.now)
    assert db.call(start_sending, job, living.landlord, SENDING, now=living.now) is None
    letter = living.case().letter
    assert letter is not None
    assert (letter.state, "6.4" in letter.proof) == (LetterState.FAILED, True)
    assert not living.clock("stage_1_response").extended


def test_a_letter_without_a_way_to_the_ombudsman_is_forbidden(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    policy = living.landlord.policy.model_copy(update={"contacts": ()})
    living.landlord = replace(living.landlord, policy=policy)
    with pytest.raises(ForbiddenError, match=r"6\.5"):
        extend(living)


@pytest.mark.parametrize(
    ("response", "provision"),
    [
        pytest.param(replace(RESPONSE, verdicts=()), "6.7", id="an issue without a finding"),
        pytest.param(
            replace(RESPONSE, verdicts=(replace(UPHELD, reasons=" "),)), "6.7", id="no reason"
        ),
        pytest.param(replace(RESPONSE, remedy=""), "7.1", id="upheld and nothing put right"),
        pytest.param(replace(RESPONSE, decider=" "), "5.8", id="nobody decided"),
    ],
)
def test_a_response_that_leaves_something_out_is_forbidden(
    db: Database, now: datetime, response: object, provision: str
):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    with pytest.raises(ForbiddenError) as refused:
        living.respond(response)  # type: ignore[arg-type] # a table of cases
    assert refused.value.provision == provision
    assert living.file()["findings"] == []


def test_a_finding_on_an_issue_that_there_is_not_is_forbidden(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    stray = Verdict(number=7, outcome=UPHELD.outcome, reasons="why")
    with pytest.raises(ForbiddenError, match=r"6\.7"):
        living.respond(replace(RESPONSE, verdicts=(UPHELD, stray)))


@pytest.mark.parametrize(
    ("decider", "provision"),
    [
        pytest.param("asha  BELL", "6.13", id="who decided stage 1"),
        pytest.param("Dave", "5.8", id="who is complained about"),
    ],
)
def test_stage_2_is_decided_by_somebody_else(
    db: Database, now: datetime, decider: str, provision: str
):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    living.escalate("Dave", " ")
    living.acknowledge()
    living.send()
    with pytest.raises(ForbiddenError) as refused:
        living.respond(replace(FINAL, decider=decider))
    assert refused.value.provision == provision
    living.respond(FINAL)
    assert [d["decider"] for d in living.file()["decisions"]] == ["Asha Bell", "Bill Cole"]
    assert living.file()["complained_about"] == ["Dave"]


def test_stage_2_needs_no_reason_and_runs_from_the_request(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    asked = living.now.date()
    living.later(days=4)
    request = advance.Request(asked_on=asked)
    db.call(advance.escalate, living.press(), living.landlord, request, at=living.now)
    assert living.clock("stage_2_acknowledgement").code == date(2026, 3, 12)
    assert living.case().stage == 2


@pytest.mark.parametrize("days", [-3, 1], ids=["before the answer", "in the future"])
def test_stage_2_cannot_have_been_asked_for_then(db: Database, now: datetime, days: int):
    living = logged(db, now)
    living.reach(Status.RESPONDED)
    request = advance.Request(asked_on=living.now.date() + timedelta(days=days))
    with pytest.raises(InvalidTransitionError, match="is not between"):
        db.call(advance.escalate, living.press(), living.landlord, request, at=living.now)
    assert living.case().status is Status.RESPONDED


@pytest.mark.parametrize("status", [Status.LOGGED, Status.ACKNOWLEDGED, Status.STAGE_2_LOGGED])
def test_a_refusal_tells_why_and_that_it_can_go_to_the_ombudsman(
    db: Database, now: datetime, status: Status
):
    living = logged(db, now)
    living.reach(status)
    refuse(living)
    assert living.case().status is status
    if status is Status.LOGGED:
        overtaken = take(db, "letter", living.now)  # the acknowledgement, which goes no more
        assert db.call(start_sending, overtaken, living.landlord, SENDING, now=living.now) is None
    letter = living.send()
    for part in ("decided not to", "filed at court", "same matter", "this decision itself"):
        assert part in letter
    assert OMBUDSMAN in letter
    assert living.case().status is Status.REFUSED
    [event] = [e for e in living.file()["events"] if e["action"] == "refuse"]
    assert event["by"] == "asha"
    assert all(clock.ended_at for clock in living.case().clocks)


@pytest.mark.parametrize(
    ("changed", "provision"),
    [
        pytest.param({"ground": None}, "2.1", id="no ground"),
        pytest.param({"reasons": ""}, "2.4", id="no reasons"),
        pytest.param({"decider": ""}, "2.1", id="nobody decided"),
        pytest.param({"evidence": ""}, "2.2", id="no claim number"),
        pytest.param({"ground": Ground.LATE_REQUEST}, "2.2", id="late for stage 1"),
        pytest.param({"ground": Ground.OVER_THE_WINDOW}, "2.3", id="late since nobody knows when"),
        pytest.param(
            {"ground": Ground.OVER_THE_WINDOW, "aware_on": date(2026, 2, 1)},
            "2.3",
            id="learned of last month",
        ),
    ],
)
def test_a_refusal_that_the_code_forbids_changes_nothing(
    db: Database, now: datetime, changed: dict[str, object], provision: str
):
    living = logged(db, now)
    with pytest.raises(ForbiddenError) as refused:
        refuse(living, replace(REFUSAL, **changed))  # type: ignore[arg-type] # a table of cases
    assert refused.value.provision == provision
    assert living.file()["refusals"] == []


def test_a_complaint_that_came_too_late_may_be_refused(db: Database, now: datetime):
    living = logged(db, now)
    late = replace(REFUSAL, ground=Ground.OVER_THE_WINDOW, aware_on=date(2025, 1, 1))
    refuse(living, late)
    assert living.file()["refusals"][0]["aware_on"] == "2025-01-01"


def test_a_refused_complaint_is_taken_on_again_where_it_stood(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    refuse(living)
    living.send()
    db.call(
        advance.reopen, living.press(), living.landlord, note="The Ombudsman says", at=living.now
    )
    assert living.case().status is Status.ACKNOWLEDGED
    assert living.clock("stage_1_response").ended_at is None


def test_a_decision_is_taken_back_while_its_letter_waits(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    assert living.case().steps == (Action.TAKE_BACK,)
    db.call(answer.take_back, living.press(), at=living.now)
    overtaken = take(db, "letter", living.now)
    assert db.call(start_sending, overtaken, living.landlord, SENDING, now=living.now) is None
    assert (living.file()["findings"], living.file()["actions"]) == ([], [])
    living.respond()
    assert "We uphold" in living.send()


def test_a_letter_on_its_way_is_not_taken_back(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    living.respond()
    db.call(start_sending, take(db, "letter", living.now), living.landlord, SENDING, now=living.now)
    with pytest.raises(OvertakenError, match="on its way"):
        db.call(answer.take_back, living.press(), at=living.now)
    assert living.case().steps == ()


def test_nothing_else_is_decided_while_a_letter_waits(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    extend(living)
    with pytest.raises(OvertakenError, match="a letter to the resident waits"):
        living.respond()


def test_without_a_letter_there_is_nothing_to_take_back_or_give(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    with pytest.raises(OvertakenError, match="no letter waits"):
        db.call(answer.take_back, living.press(), at=living.now)


def test_a_letter_is_given_by_hand(db: Database, now: datetime):
    living = logged(db, now, words=message(reply_to=""))
    refuse(living)
    assert living.case().steps == (Action.TAKE_BACK, Action.GIVE_LETTER)
    db.call(answer.give, living.press(), living.landlord, at=living.now)
    assert living.case().status is Status.REFUSED


def test_only_a_letter_that_waits_for_a_person_is_given(db: Database, now: datetime):
    living = logged(db, now)
    refuse(living)
    with pytest.raises(OvertakenError, match="waits for a person"):
        db.call(answer.give, living.press(), living.landlord, at=living.now)


def test_a_press_made_twice_decides_once(db: Database, now: datetime):
    living = logged(db, now)
    living.reach(Status.ACKNOWLEDGED)
    press = living.press()
    for _ in range(2):
        db.call(answer.respond, press, living.landlord, RESPONSE, at=living.now)
        db.call(answer.extend, press, living.landlord, EXTENSION, at=living.now)
        db.call(answer.refuse, press, living.landlord, REFUSAL, at=living.now)
        db.call(answer.take_back, press, at=living.now)
        db.call(answer.give, press, living.landlord, at=living.now)
    kinds = [letter.kind for letter in living.letters()]
    assert kinds == [LetterKind.ACKNOWLEDGEMENT, LetterKind.RESPONSE]


def test_only_a_complaint_has_these_letters(db: Database, now: datetime):
    living = logged(db, now, Kind.SERVICE_REQUEST)
    press = living.press(Kind.SERVICE_REQUEST)
    with pytest.raises(OvertakenError, match="only a complaint"):
        db.call(answer.respond, press, living.landlord, RESPONSE, at=living.now)


def test_a_late_acknowledgement_is_a_breach_and_its_backstop_shows(db: Database, now: datetime):
    living = logged(db, now)
    living.now = datetime(2026, 3, 12, 9, tzinfo=UTC)
    living.send()
    assert living.clock("stage_1_acknowledgement").met is False
    response = living.clock("stage_1_response")
    assert (response.code, response.backstop) == (date(2026, 3, 26), date(2026, 3, 23))
    clock = next(c for c in living.file()["clocks"] if c["clock"] == "stage_1_response")
    assert clock["backstop"] == "2026-03-23"
