"""Letters from those who are not the resident, and other bodies: the rules alone."""

from datetime import UTC, date, datetime

import pytest

from intake.domain.calendar import load_calendar
from intake.domain.case import ForbiddenError
from intake.domain.clocks import compute_clocks
from intake.domain.correspondence import (
    Bearing,
    Body,
    Correspondence,
    Proceedings,
    Sender,
    check_correspondence,
    check_proceedings,
    find_evidence,
    find_report_by,
    find_route,
    moments_of_letter,
    own_clocks,
    read_numbers,
    spell_contact,
)
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError
from intake.domain.working_days import Nation

EVE, TODAY = date(2026, 12, 24), date(2026, 12, 30)
DAYS = load_calendar().nations[Nation.ENGLAND]


def letter(
    sender: Sender,
    bearing: Bearing = Bearing.COMPLAINT,
    *,
    asked_by: date | None = None,
    acknowledged_on: date | None = None,
) -> Correspondence:
    return Correspondence(
        sender=sender,
        bearing=bearing,
        received_on=EVE,
        asked_by=asked_by,
        acknowledged_on=acknowledged_on,
    )


def due(policy: str, found: Correspondence) -> dict[str, str]:
    clocks = own_clocks(found, compute_clocks(load_policy(policy), moments_of_letter(found)))
    return {c.clock: str(c.code or c.target) for c in clocks}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            letter(Sender.MP), {"mp_response": "2027-01-12"}, id="an MP about a complaint"
        ),
        pytest.param(
            letter(Sender.COUNCILLOR, asked_by=date(2027, 1, 4)),
            {"mp_response": "2027-01-04"},
            id="who wants it sooner",
        ),
        pytest.param(
            letter(Sender.MP, asked_by=date(2027, 2, 1)),
            {"mp_response": "2027-01-12"},
            id="or later",
        ),
        pytest.param(
            letter(Sender.MP, Bearing.ENQUIRY),
            {"mp_acknowledgement": "2027-01-05", "mp_response": "2027-01-19"},
            id="a question",
        ),
        pytest.param(
            letter(Sender.MP, Bearing.ENQUIRY, acknowledged_on=date(2026, 12, 29)),
            {"mp_acknowledgement": "2027-01-05", "mp_response": "2027-01-13"},
            id="a question, acknowledged",
        ),
        pytest.param(
            letter(Sender.MP, Bearing.ENQUIRY, asked_by=date(2027, 1, 4)),
            {"mp_acknowledgement": "2027-01-05", "mp_response": "2027-01-04"},
            id="a question to be answered sooner",
        ),
        pytest.param(
            letter(Sender.MP, Bearing.ENQUIRY, asked_by=date(2027, 3, 1)),
            {"mp_acknowledgement": "2027-01-05", "mp_response": "2027-01-19"},
            id="a question to be answered later",
        ),
        pytest.param(
            letter(Sender.OMBUDSMAN), {"ombudsman_response": "2027-01-12"}, id="the Ombudsman"
        ),
        pytest.param(
            letter(Sender.OMBUDSMAN, asked_by=date(2026, 12, 31)),
            {"ombudsman_response": "2026-12-31"},
            id="the Ombudsman, sooner",
        ),
        pytest.param(
            letter(Sender.SOLICITOR), {"letter_of_claim_response": "2027-01-26"}, id="a claim"
        ),
    ],
)
def test_each_letter_has_its_own_clock_by_the_policy(
    found: Correspondence, expected: dict[str, str]
):
    assert due("progress", found) == expected


def test_a_day_named_by_an_mp_counts_where_the_policy_is_silent():
    assert due("ombudsman-code", letter(Sender.MP, Bearing.ENQUIRY)) == {}
    named = letter(Sender.MP, Bearing.ENQUIRY, asked_by=date(2027, 1, 4))
    assert due("ombudsman-code", named) == {"mp_response": "2027-01-04"}


def test_how_sure_a_rule_is_goes_with_it():
    policy = load_policy("progress")
    assert find_evidence(letter(Sender.SOLICITOR), policy) == "C"
    assert find_evidence(letter(Sender.MP), policy) == ""


@pytest.mark.parametrize(
    ("found", "field"),
    [
        pytest.param(
            Correspondence(sender=Sender.MP, bearing=Bearing.ENQUIRY, received_on=date(2027, 1, 1)),
            "received_on",
            id="it comes tomorrow",
        ),
        pytest.param(
            letter(Sender.MP, asked_by=date(2026, 12, 1)), "asked_by", id="before it came"
        ),
    ],
)
def test_a_letter_has_days_that_can_be(found: Correspondence, field: str):
    with pytest.raises(IncompleteError) as asked:
        check_correspondence(found, today=TODAY)
    assert set(asked.value.fields) == {field}
    check_correspondence(letter(Sender.MP, asked_by=EVE), today=TODAY)


ISSUES = {1: "Damp", 2: "Rude surveyor"}


def claim(*overlapping: int, **changed: object) -> Proceedings:
    facts: dict[str, object] = {
        "claim": "K12YX345",
        "filed_on": EVE,
        "overlapping": overlapping,
        "decider": "Legal Director",
        "reasons": "The claim is about the damp alone",
    }
    return Proceedings(**(facts | changed))  # type: ignore[arg-type] # a builder, checked when run


def test_only_what_is_before_the_court_may_stop():
    check_proceedings(claim(1), ISSUES, today=TODAY)
    for overlapping in [(), (3,), (1, 2)]:
        with pytest.raises(ForbiddenError, match=r"2\.2"):
            check_proceedings(claim(*overlapping), ISSUES, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"claim": " "}, "claim"),
        ({"decider": ""}, "decider"),
        ({"reasons": ""}, "reasons"),
        ({"filed_on": date(2027, 1, 1)}, "filed_on"),
    ],
)
def test_proceedings_are_shown_by_a_claim_and_decided_by_a_person(
    changed: dict[str, object], field: str
):
    with pytest.raises(IncompleteError) as asked:
        check_proceedings(claim(1, **changed), ISSUES, today=TODAY)
    assert set(asked.value.fields) == {field}


def test_numbers_of_issues_are_numbers():
    assert read_numbers(["1", "3", "1"]) == (1, 3)
    with pytest.raises(IncompleteError):
        read_numbers(["the", "first"])


def test_care_goes_to_the_bodies_of_the_pack():
    policy = load_policy("housing-plus")
    told = spell_contact(find_route(policy, Body.LGSCO, Nation.ENGLAND, TODAY))
    assert "0300 061 0614" in told
    assert "enquiries@cqc.org.uk" in spell_contact(
        find_route(policy, Body.CQC, Nation.ENGLAND, TODAY)
    )
    with pytest.raises(IncompleteError, match="LGSCO is known for scotland"):
        find_route(policy, Body.LGSCO, Nation.SCOTLAND, TODAY)
    bare = policy.model_copy(update={"contacts": ()})
    with pytest.raises(IncompleteError):
        find_route(bare, Body.CQC, Nation.ENGLAND, TODAY)


def test_a_possible_breach_is_reported_by_the_hour_of_the_pack():
    aware = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
    policy = load_policy("progress")
    assert find_report_by(policy, aware, DAYS) == datetime(2026, 12, 27, 16, 40, tzinfo=UTC)
    silent = policy.model_copy(update={"breach_report": None})
    assert find_report_by(silent, aware, DAYS) is None
