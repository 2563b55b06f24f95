import json
from datetime import date

import pytest

from bot.commands.dates import Due, UnusableError, answer_lines, tell_clocks, tell_due
from intake.domain.calendar import OneOff, load_calendar
from intake.domain.working_days import Nation

EXTRA = load_calendar().adding(
    [OneOff(date=date(2027, 2, 3), nation=Nation.ENGLAND, reason="a day of thanks")]
)


def test_a_due_date_is_told():
    assert tell_due("2026-12-24", "5wd") == Due(text="2027-01-05", projected=False)


def test_a_due_date_follows_nation_count_and_roll():
    scottish = tell_due("2026-12-24", "3wd", nation="scotland", count_from="day1")
    assert scottish.text == "2026-12-30"
    assert tell_due("2026-12-24", "30d", roll=True).text == "2027-01-25"


def test_hours_are_told_as_an_instant():
    due = tell_due("2027-03-27T23:30:00+00:00", "24h")
    assert due.text == "2027-03-29T00:30:00+01:00"


def test_a_date_that_no_list_announces_is_projected():
    assert tell_due("2029-01-02", "5wd").projected


def test_a_holiday_announced_later_counts():
    assert tell_due("2027-02-01", "5wd", calendar=EXTRA).text == "2027-02-09"


@pytest.mark.parametrize(
    ("start", "length", "nation", "fault"),
    [
        pytest.param("2036-01-01", "5wd", "england", "2036-01-01 is outside 2015-2035", id="year"),
        pytest.param("soon", "5wd", "england", "'soon' is not a date", id="no date"),
        pytest.param("2026-12-24", "5", "england", "'5' is not a length", id="no length"),
        pytest.param("2026-12-24", "5wd", "france", "nation: Input should be 'engl", id="nation"),
    ],
)
def test_what_cannot_be_told_says_why(*, start: str, length: str, nation: str, fault: str):
    with pytest.raises(UnusableError, match=fault):
        tell_due(start, length, nation=nation)


def test_lines_are_answered_in_order_and_a_bad_one_stops_nothing():
    lines: list[str | bytes] = [
        '{"id": 1, "from": "2026-12-24", "length": "5wd", "what": "more than we need"}',
        "nonsense",
        "",
        "[1]",
        '{"id": "x", "from": 5, "length": "5wd"}',
        '{"id": {"a": 1}, "from": "2029-01-02", "length": "1wd", "nation": null, "roll": null}',
        b'{"id": 2, "from": "2026-12-24", "length": "30d", "roll": true}',
        "[" * 100_000,
    ]
    answers = [json.loads(line) for line in answer_lines(lines)]
    assert [(answer["id"], answer.get("due")) for answer in answers] == [
        (1, "2027-01-05"),
        (None, None),
        (None, None),
        ("x", None),
        ({"a": 1}, "2029-01-03"),
        (2, "2027-01-25"),
        (None, None),
    ]
    assert answers[0] == {"id": 1, "due": "2027-01-05"}
    assert answers[4]["projected"] is True
    assert answers[2] == {"id": None, "error": "line 4: not a JSON object"}
    assert answers[3]["error"] == "line 5: from: Input should be a valid string"


def test_answers_are_given_before_the_next_question_is_read():
    answers = answer_lines(line for line in ['{"id": 1, "from": "2026-12-24", "length": "1wd"}'])
    assert json.loads(next(answers))["due"] == "2026-12-29"


def test_clocks_are_told_in_the_shape_of_the_contract():
    told = json.loads(tell_clocks("ombudsman-code", ["acknowledged=2026-12-29"]))
    assert told == [
        {
            "clock": "stage_1_response",
            "starts": "2026-12-29",
            "target": "2027-01-13",
            "code": "2027-01-13",
            "met": None,
            "met_target": None,
            "provisional": False,
            "rule": "6.3",
            "why": "10 working days after the acknowledgement of 29 December; "
            "1 January is a bank holiday",
        }
    ]


def test_clocks_say_what_is_out_of_the_ordinary():
    events = ["received=2028-12-15", "acknowledged=2029-01-10", "extended_to=2029-02-01"]
    told = {clock["clock"]: clock for clock in json.loads(tell_clocks("ombudsman-code", events))}
    response = told["stage_1_response"]
    assert (response["extended"], response["projected"]) == (True, True)
    assert response["backstop"] == "2029-01-10"
    assert told["stage_1_acknowledgement"]["met"] is False


def test_clocks_take_nation_and_hazard():
    told = tell_clocks(
        "ombudsman-code",
        ["received=2026-12-24T16:40:00+00:00"],
        nation="england",
        hazard="emergency",
    )
    by_name = {clock["clock"]: clock for clock in json.loads(told)}
    assert by_name["hazard_emergency"]["starts"] == "2026-12-24T16:40:00+00:00"
    assert by_name["hazard_emergency"]["code"] == "2026-12-25T16:40:00+00:00"


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        pytest.param(["received"], "'received' is not an event", id="no date"),
        pytest.param(["rung=2026-12-24"], "'rung' is none of received", id="event"),
        pytest.param(["received=x"], "'x' is not a date", id="bad date"),
        pytest.param(["received=2026-12-24"] * 2, "received is given twice", id="twice"),
        pytest.param(
            ["received=2026-12-24", "acknowledged=2026-12-01"], "is before received", id="order"
        ),
    ],
)
def test_events_that_cannot_be_read_say_why(events: list[str], fault: str):
    with pytest.raises(UnusableError, match=fault):
        tell_clocks("progress", events)


def test_options_that_are_none_say_what_was_expected():
    with pytest.raises(UnusableError, match="none: no such policy"):
        tell_clocks("none", [])
    with pytest.raises(UnusableError, match="'france' is none of england"):
        tell_clocks("progress", [], nation="france")
    with pytest.raises(UnusableError, match="'mild' is none of emergency, significant"):
        tell_clocks("progress", [], hazard="mild")
