"""What the Code demands of each decision, as tables."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake.domain.calendar import load_calendar
from intake.domain.case import ForbiddenError, InvalidTransitionError, Kind, Status
from intake.domain.lengths import parse_length
from intake.domain.letter import LetterKind, LetterState
from intake.domain.life import (
    STAGE_1,
    STAGE_2,
    Answer,
    Extension,
    Ground,
    Outcome,
    Owed,
    Refusal,
    Response,
    Verdict,
    check_closing,
    check_contact,
    check_escalation,
    check_extension,
    check_refusal,
    check_request_day,
    check_response,
    find_barred,
)
from intake.domain.summary import CaseLine, LetterLine
from intake.domain.working_days import Nation

DAYS = load_calendar().nations[Nation.ENGLAND]
DUE = date(2026, 12, 24)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
OWED = Owed(original=DUE, due=DUE, most=parse_length("10wd"))
YES = Verdict(number=1, outcome=Outcome.UPHELD, reasons="because")
NO = Verdict(number=1, outcome=Outcome.NOT_UPHELD, reasons="because")
RESPONSE = Response(verdicts=(YES,), decider="Asha", remedy="an apology")
REFUSAL = Refusal(
    ground=Ground.OVER_THE_WINDOW,
    reasons="too late",
    evidence="discretion considered",
    decider="Asha",
    aware_on=date(2025, 1, 31),
)


def provision(check: object, *given: object, **named: object) -> str:
    """Return the provision that forbids it; nothing where it may be done."""
    try:
        check(*given, **named)  # type: ignore[operator] # any of the rules
    except ForbiddenError as error:
        return error.provision
    return ""


@pytest.mark.parametrize(
    ("until", "reason", "told_on", "forbidden"),
    [
        pytest.param("2026-12-29", "ill", "2026-12-24", "", id="on the last day"),
        pytest.param("2027-01-12", "ill", "2026-12-01", "", id="by all ten days"),
        pytest.param("2027-01-13", "ill", "2026-12-01", "6.4, 6.15", id="by eleven"),
        pytest.param("2026-12-24", "ill", "2026-12-01", "6.4", id="by none"),
        pytest.param("2026-12-29", " ", "2026-12-01", "6.4", id="for no reason"),
        pytest.param("2026-12-29", "ill", "2026-12-25", "6.4", id="a day late"),
    ],
)
def test_an_extension(until: str, reason: str, told_on: str, forbidden: str):
    extension = Extension(until=date.fromisoformat(until), reason=reason)
    told = date.fromisoformat(told_on)
    assert provision(check_extension, extension, OWED, days=DAYS, told_on=told) == forbidden


def test_what_no_rule_lets_be_put_off_is_not():
    extension = Extension(until=date(2026, 12, 29), reason="ill")
    owed = replace(OWED, most=None)
    assert provision(check_extension, extension, owed, days=DAYS, told_on=DUE) == "6.4, 6.15"


@pytest.mark.parametrize(("stage", "forbidden"), [(STAGE_1, ""), (STAGE_2, "5.3")])
def test_there_is_no_third_stage(stage: int, forbidden: str):
    assert provision(check_escalation, stage) == forbidden


@pytest.mark.parametrize("asked_on", [date(2026, 1, 1), date(2026, 1, 9)])
def test_a_request_lies_between_the_answer_and_today(asked_on: date):
    since, today = date(2026, 1, 2), date(2026, 1, 8)
    check_request_day(since, since=since, today=today)
    with pytest.raises(InvalidTransitionError, match="not between"):
        check_request_day(asked_on, since=since, today=today)


@pytest.mark.parametrize(
    ("response", "forbidden"),
    [
        pytest.param(RESPONSE, "", id="complete"),
        pytest.param(replace(RESPONSE, verdicts=(NO,), remedy=""), "", id="nothing to put right"),
        pytest.param(replace(RESPONSE, verdicts=()), "6.7", id="no finding"),
        pytest.param(replace(RESPONSE, verdicts=(replace(YES, reasons=""),)), "6.7", id="no why"),
        pytest.param(
            replace(RESPONSE, verdicts=(YES, replace(YES, number=2))), "6.7", id="no such issue"
        ),
        pytest.param(replace(RESPONSE, remedy=""), "7.1", id="no remedy"),
        pytest.param(replace(RESPONSE, decider=""), "5.8", id="nobody"),
        pytest.param(replace(RESPONSE, decider=" DAVE "), "5.8", id="the person complained about"),
        pytest.param(replace(RESPONSE, decider="bill"), "6.13", id="who decided stage 1"),
    ],
)
def test_a_response(response: Response, forbidden: str):
    barred = find_barred(STAGE_2, decided=["Bill"], complained_about=["Dave"])
    assert provision(check_response, response, [1], barred=barred) == forbidden


def test_who_decided_stage_1_may_decide_it_again():
    assert find_barred(STAGE_1, decided=["Bill"], complained_about=[]) == {}


@pytest.mark.parametrize(
    ("refusal", "stage", "forbidden"),
    [
        pytest.param(REFUSAL, 1, "", id="thirteen months after"),
        pytest.param(
            replace(REFUSAL, aware_on=date(2025, 3, 1)), 1, "2.3", id="on the last day of twelve"
        ),
        pytest.param(replace(REFUSAL, aware_on=None), 1, "2.3", id="nobody knows since when"),
        pytest.param(replace(REFUSAL, ground=None), 1, "2.1", id="no ground"),
        pytest.param(replace(REFUSAL, reasons=" "), 1, "2.4", id="no reasons"),
        pytest.param(replace(REFUSAL, decider=" "), 1, "2.1", id="nobody"),
        pytest.param(replace(REFUSAL, evidence=" "), 1, "2.2", id="no evidence"),
        pytest.param(replace(REFUSAL, ground=Ground.LATE_REQUEST), 1, "2.2", id="late at stage 1"),
        pytest.param(replace(REFUSAL, ground=Ground.LATE_REQUEST), 2, "", id="late at stage 2"),
        pytest.param(replace(REFUSAL, ground=Ground.LEGAL_PROCEEDINGS), 1, "", id="at court"),
        pytest.param(replace(REFUSAL, ground=Ground.ALREADY_CONSIDERED), 1, "", id="had before"),
    ],
)
def test_a_refusal(refusal: Refusal, stage: int, forbidden: str):
    received = date(2026, 3, 1)
    given = {"stage": stage, "received_on": received, "days": DAYS}
    assert provision(check_refusal, refusal, **given) == forbidden


def test_a_solicitors_letter_is_no_ground():
    assert not [ground for ground in Ground if "solicitor" in ground or "letter" in ground]


@pytest.mark.parametrize(
    ("dissatisfied", "complained", "answer", "forbidden"),
    [
        (False, False, None, ""),
        (True, True, None, ""),
        (True, False, None, "1.3"),
        (True, False, Answer.NO, ""),
        (True, False, Answer.SILENT, ""),
        (True, False, Answer.YES, "1.3"),
    ],
)
def test_closing(*, dissatisfied: bool, complained: bool, answer: Answer | None, forbidden: str):
    given = {"dissatisfied": dissatisfied, "complained": complained, "answer": answer}
    assert provision(check_closing, **given) == forbidden


def test_a_letter_says_how_to_reach_the_ombudsman():
    assert provision(check_contact, None) == "6.5, 3.7"
    assert provision(check_contact, "somebody") == ""


@pytest.mark.parametrize("state", list(LetterState))
@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(Kind))
def test_a_menu_offers_at_most_five_steps(kind: Kind, status: Status, state: LetterState):
    letter = LetterLine(kind=LetterKind.RESPONSE, state=state, send_at=NOW, sent_at=None)
    for stage in (1, 2):
        for yes in (True, False):
            case = CaseLine(
                id=1,
                reference="r",
                kind=kind,
                status=status,
                clocks=(),
                stage=stage,
                letter=letter,
                responded=yes,
                offered=yes,
                acknowledging=yes,
            )
            assert len(case.steps) <= 4  # a promise to keep may come to it
