"""The rules of reading: each clock's two dates, whether it was met, and why it ends that day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from intake.domain.calendar import OneOff, load_calendar
from intake.domain.clocks import (
    ClockError,
    ClockName,
    Moment,
    Nation,
    Urgency,
    compute_clocks,
)
from intake.domain.lengths import london_day
from intake.domain.policy import PACKS, load_policy, parse_policy
from intake.domain.working_days import DateRangeError
from tests.intake.domain.reading import both, clocks


@pytest.mark.parametrize(
    ("events", "target", "code"),
    [
        pytest.param(
            "received=2026-12-24 acknowledged=2027-01-05 extended_to=2027-02-02",
            "2027-02-02",
            "2027-02-02",
            id="by all that stage 1 allows",
        ),
        pytest.param(
            "received=2026-12-24 acknowledged=2027-01-05 extended_to=2027-02-03",
            "2027-02-03",
            "2027-02-02",
            id="by a day too many",
        ),
        pytest.param(
            "received=2026-12-24 acknowledged=2027-01-05 extended_to=2027-01-22",
            "2027-01-22",
            "2027-01-22",
            id="by a few days",
        ),
        pytest.param(
            "received=2026-12-24 extended_to=2027-02-03",
            "2027-02-03",
            "2027-02-02",
            id="before the acknowledgement",
        ),
    ],
)
def test_an_extension_moves_the_promise_freely_and_the_code_by_ten_days(
    events: str, target: str, code: str
):
    given = dict(event.split("=") for event in events.split())
    clock = clocks("ombudsman-code", **given)["stage_1_response"]
    assert (both(clock), clock.extended) == ((target, code), True)


def test_an_extension_belongs_to_the_latest_stage_begun():
    found = clocks(
        "together",
        received="2026-12-24",
        acknowledged="2026-12-29",
        responded="2027-01-13",
        stage2_requested="2027-01-20",
        stage2_acknowledged="2027-01-28",
        extended_to="2027-04-30",
    )
    assert not found["stage_1_response"].extended
    assert both(found["stage_2_response"]) == ("2027-04-30", "2027-03-25")


def test_an_extension_that_no_rule_allows_moves_only_the_promise():
    found = clocks("wales-psow", received="2027-01-04", extended_to="2027-01-29")
    clock = found["stage_1_response"]
    assert both(clock) == ("2027-01-29", "2027-01-18")
    assert "no rule allows for more time, so 18 January stands" in clock.why


def test_an_extension_of_a_clock_without_a_code_moves_the_promise():
    own = load_policy("together").model_copy(update={"code": {}})
    clock = clocks(own, received="2027-01-04", extended_to="2027-01-29")["stage_1_response"]
    assert both(clock) == ("2027-01-29", None)
    assert clock.why.startswith("extended to 29 January; at first 10 working days after receipt")


@pytest.mark.parametrize(
    ("name", "events", "met", "met_target"),
    [
        pytest.param(
            "stage_1_acknowledgement",
            "received=2026-12-24 acknowledged=2026-12-30",
            True,
            True,
            id="acknowledged on the promised day",
        ),
        pytest.param(
            "stage_1_acknowledgement",
            "received=2026-12-24 acknowledged=2027-01-05",
            True,
            False,
            id="acknowledged within the Code, not as promised",
        ),
        pytest.param(
            "stage_1_acknowledgement",
            "received=2026-12-24 acknowledged=2027-01-06",
            False,
            False,
            id="acknowledged late",
        ),
        pytest.param(
            "stage_1_acknowledgement", "received=2026-12-24", None, None, id="not acknowledged"
        ),
        pytest.param(
            "stage_1_response",
            "received=2026-12-24 acknowledged=2026-12-29 responded=2027-01-13T23:30:00+00:00",
            True,
            False,
            id="answered late in the evening of the last day",
        ),
        pytest.param(
            "stage_1_response",
            "received=2026-12-24 acknowledged=2026-12-29 responded=2027-01-14T00:30:00+00:00",
            False,
            False,
            id="answered just after midnight",
        ),
        pytest.param(
            "stage_2_contact",
            "stage2_requested=2027-03-22 stage2_acknowledged=2027-03-24",
            None,
            True,
            id="met speaks of the Code, which has no such clock",
        ),
        pytest.param(
            "stage_2_response",
            "stage2_requested=2027-03-22 stage2_responded=2027-04-21",
            True,
            True,
            id="answered at stage 2",
        ),
        pytest.param(
            "stage_2_response",
            "stage2_requested=2027-03-22 final_response=2027-04-29",
            False,
            False,
            id="the final response ends stage 2",
        ),
        pytest.param(
            "complaint_window",
            "occurred=2025-12-24 received=2026-12-24",
            True,
            True,
            id="on the last day of the window",
        ),
        pytest.param(
            "complaint_window",
            "occurred=2025-12-24 received=2026-12-25",
            False,
            False,
            id="a day after the window",
        ),
        pytest.param(
            "feedback_acknowledgement",
            "feedback_received=2026-12-24 acknowledged=2026-12-30",
            None,
            True,
            id="feedback was acknowledged",
        ),
        pytest.param(
            "feedback_acknowledgement",
            "feedback_received=2026-12-24 received=2026-12-24 acknowledged=2026-12-30",
            None,
            None,
            id="a complaint that came with it was",
        ),
    ],
)
def test_whether_a_clock_was_met(
    *, name: str, events: str, met: bool | None, met_target: bool | None
):
    given = dict(event.split("=") for event in events.split())
    clock = clocks("housing-plus", **given)[name]
    assert (clock.met, clock.met_target) == (met, met_target)


@pytest.mark.parametrize(
    ("policy", "name", "events", "why"),
    [
        pytest.param(
            "ombudsman-code",
            "stage_1_response",
            "acknowledged=2026-12-29",
            "10 working days after the acknowledgement of 29 December; 1 January is a bank holiday",
            id="a bank holiday crossed",
        ),
        pytest.param(
            "ombudsman-code",
            "stage_1_acknowledgement",
            "received=2026-12-24",
            "5 working days after receipt on 24 December; "
            "25 December, 28 December and 1 January are bank holidays",
            id="three bank holidays crossed",
        ),
        pytest.param(
            "ombudsman-code",
            "stage_1_response",
            "received=2027-02-01",
            "10 working days after 8 February, the last day for acknowledging",
            id="provisional",
        ),
        pytest.param(
            "housing-plus",
            "stage_1_acknowledgement",
            "received=2027-02-01",
            "5 working days after receipt on 1 February; the landlord's own date is 3 February, "
            "2 working days after receipt on 1 February",
            id="a promise of its own",
        ),
        pytest.param(
            "ombudsman-code",
            "dp_complaint_acknowledgement",
            "dp_complaint_received=2026-12-24",
            "30 days after receipt of the data protection complaint on 24 December; "
            "Saturday 23 January is a day off, so the next working day",
            id="rolled on",
        ),
        pytest.param(
            "ombudsman-code",
            "ombudsman_referral",
            "final_response=2027-02-28",
            "12 months after the final response of 28 February 2027",
            id="months name the year",
        ),
        pytest.param(
            "progress",
            "compensation_window",
            "incident=2026-12-24",
            "28 days after the incident of 24 December; normally never later than 6 months",
            id="an outer limit",
        ),
        pytest.param(
            "scotland-spso",
            "stage_1_response",
            "received=2026-12-25",
            "5 working days from receipt on 25 December, the first working day being day 1; "
            "25 December, 28 December, 1 January and 4 January are bank holidays",
            id="day one",
        ),
        pytest.param(
            "scotland-spso",
            "stage_2_window",
            "responded=2027-01-05 occurred=2026-11-30",
            "2 months after the stage 1 response of 5 January 2027; "
            "held open until the complaint window ends",
            id="held open",
        ),
        pytest.param(
            "ombudsman-code",
            "stage_1_response",
            "received=2027-02-01 acknowledged=2027-02-08 extended_to=2027-03-12",
            "extended to 12 March; the most allowed is 10 working days after 22 February, 8 March; "
            "at first 10 working days after the acknowledgement of 8 February",
            id="extended too far",
        ),
        pytest.param(
            "ombudsman-code",
            "stage_1_response",
            "received=2027-02-01 acknowledged=2027-02-08 extended_to=2027-03-01",
            "extended to 1 March, which is within 10 working days of 22 February; "
            "at first 10 working days after the acknowledgement of 8 February",
            id="extended",
        ),
        pytest.param(
            "progress",
            "mp_response",
            "mp_received=2027-02-01 mp_deadline=2027-02-05",
            "5 February was asked for, which is sooner; "
            "else 10 working days after receipt of the MP's or councillor's letter on 1 February",
            id="asked for sooner",
        ),
        pytest.param(
            "progress",
            "ombudsman_response",
            "ombudsman_asked=2027-02-01 ombudsman_deadline=2027-02-25",
            "10 working days after the Ombudsman's request of 1 February; "
            "25 February was asked for",
            id="asked for later",
        ),
        pytest.param(
            "ombudsman-code",
            "ombudsman_response",
            "ombudsman_asked=2027-02-01 ombudsman_deadline=2027-02-25",
            "25 February was asked for",
            id="asked for where nothing is promised",
        ),
    ],
)
def test_a_clock_says_why_it_ends_that_day(*, policy: str, name: str, events: str, why: str):
    given = dict(event.split("=") for event in events.split())
    assert clocks(policy, **given)[name].why == why


def test_a_late_acknowledgement_shows_as_a_breach_with_the_backstop_beside_it():
    found = clocks("ombudsman-code", received="2026-12-24", acknowledged="2027-01-07")
    response = found["stage_1_response"]
    assert found["stage_1_acknowledgement"].met is False
    assert both(response) == ("2027-01-21", "2027-01-21")
    assert response.backstop == date(2027, 1, 19)
    assert response.why.endswith("; the acknowledgement was late: 19 January is the backstop")


def test_a_response_that_nobody_acknowledged_is_provisional_until_somebody_does():
    assert clocks("ombudsman-code", received="2026-12-24")["stage_1_response"].provisional
    acknowledged = clocks("ombudsman-code", received="2026-12-24", acknowledged="2026-12-29")
    assert not acknowledged["stage_1_response"].provisional


def test_an_mp_on_a_complaint_and_an_enquiry_have_a_clock_each():
    moments = {
        Moment.MP_RECEIVED: date(2026, 12, 24),
        Moment.ENQUIRY_RECEIVED: date(2026, 12, 24),
    }
    found = compute_clocks(load_policy("progress"), moments)
    assert [(clock.clock, clock.rule, clock.provisional) for clock in found] == [
        (ClockName.MP_ACKNOWLEDGEMENT, "4.7.1", False),
        (ClockName.MP_RESPONSE, "4.3.17", False),
        (ClockName.MP_RESPONSE, "4.7.1", True),
    ]


def test_a_closed_office_moves_a_promise_and_never_the_codes_date():
    own = parse_policy(
        'extends = "housing-plus"\nname = "oak"\nclosures = [2026-12-29, 2026-12-30]\n',
        source="oak.toml",
    )
    found = clocks(own, received="2026-12-24", hazard="significant")
    assert both(found["stage_1_acknowledgement"]) == ("2027-01-04", "2027-01-05")
    assert both(found["hazard_investigation"]) == ("2027-01-12", "2027-01-12")


def test_a_promise_longer_than_the_code_is_held_to_the_code():
    own = parse_policy(
        'extends = "ombudsman-code"\nname = "oak"\n'
        '[promises.stage_1_acknowledgement]\nlength = "15wd"\nfrom = "received"\nrule = "ours"\n',
        source="oak.toml",
    )
    clock = clocks(own, received="2027-02-01")["stage_1_acknowledgement"]
    assert both(clock) == ("2027-02-08", "2027-02-08")


def test_dates_after_the_last_announced_year_are_marked():
    assert clocks("ombudsman-code", received="2029-01-02")["stage_1_response"].projected
    assert not clocks("ombudsman-code", received="2028-11-01")["stage_1_response"].projected


def test_a_newly_announced_holiday_moves_the_dates_across_it():
    extra = OneOff(date=date(2027, 2, 3), nation=Nation.ENGLAND, reason="a day of thanks")
    found = compute_clocks(
        load_policy("ombudsman-code"),
        {Moment.RECEIVED: date(2027, 2, 1)},
        calendar=load_calendar().adding([extra]),
    )
    assert both(found[0]) == ("2027-02-09", "2027-02-09")
    assert found[0].why.endswith("3 February is a bank holiday")


def test_a_data_protection_complaint_before_the_law_starts_no_clock():
    assert not clocks("ombudsman-code", dp_complaint_received="2026-06-18")
    assert clocks("ombudsman-code", dp_complaint_received="2026-06-19")


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        pytest.param(
            "received=2026-12-24 acknowledged=2026-12-23",
            r"acknowledged \(2026-12-23\) is before received \(2026-12-24\)",
            id="acknowledged before receipt",
        ),
        pytest.param(
            "occurred=2026-12-25 received=2026-12-24",
            r"received \(2026-12-24\) is before occurred \(2026-12-25\)",
            id="complained of before it happened",
        ),
        pytest.param(
            "extended_to=2026-12-24", "extended_to extends nothing", id="extension of nothing"
        ),
    ],
)
def test_moments_in_the_wrong_order_are_refused(events: str, fault: str):
    given = dict(event.split("=") for event in events.split())
    with pytest.raises(ClockError, match=fault):
        clocks("ombudsman-code", **given)


def test_a_year_without_a_calendar_is_refused():
    with pytest.raises(DateRangeError, match="outside 2015-2035"):
        clocks("ombudsman-code", received="2035-12-28")


def test_a_promise_that_ran_out_before_a_late_acknowledgement_keeps_its_start():
    found = clocks("housing-plus", received="2026-12-01", acknowledged="2026-12-16")
    response = found["stage_1_response"]
    assert response.starts == date(2026, 12, 1)
    assert both(response) == ("2026-12-15", "2027-01-04")


@pytest.mark.parametrize("policy", PACKS)
@given(
    received=st.dates(date(2026, 12, 1), date(2034, 1, 1)),
    until_acknowledged=st.none() | st.integers(0, 30),
    until_requested=st.none() | st.integers(0, 30),
)
def test_no_clock_ends_before_it_starts_and_no_promise_is_worse_than_the_code(
    *, policy: str, received: date, until_acknowledged: int | None, until_requested: int | None
):
    moments = {Moment.RECEIVED: received, Moment.OCCURRED: received}
    later = {Moment.ACKNOWLEDGED: until_acknowledged, Moment.STAGE2_REQUESTED: until_requested}
    for moment, days in later.items():
        if days is not None:
            moments[moment] = received + timedelta(days=days)
    for clock in compute_clocks(load_policy(policy), moments, hazard=Urgency.EMERGENCY):
        ends = [london_day(day) for day in (clock.target, clock.code) if day]
        assert all(london_day(clock.starts) <= end for end in ends)
        if clock.target and clock.code:
            assert london_day(clock.target) <= london_day(clock.code)
