import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from intake.domain.calendar import load_calendar
from intake.domain.lengths import (
    Length,
    LengthError,
    MomentError,
    Unit,
    find_due,
    london_day,
    parse_length,
    parse_moment,
)
from intake.domain.working_days import CountFrom, DateRangeError, Nation

ENGLAND = load_calendar().nations[Nation.ENGLAND]
VECTORS = Path(__file__).parents[4] / "shared/reference/deadline_vectors.csv"
NATIONS = {"ni": Nation.NORTHERN_IRELAND}
UNITS = {"working days": "wd", "elapsed hours": "h"}


@pytest.mark.parametrize(
    ("nation", "start", "length", "count_from", "due"),
    [
        pytest.param("england", "2026-12-24", "5wd", "day0", "2027-01-05", id="E01"),
        pytest.param("england", "2027-01-05", "10wd", "day0", "2027-01-19", id="E03"),
        pytest.param("england", "2026-12-25", "5wd", "day0", "2027-01-05", id="E05"),
        pytest.param("england", "2026-12-27", "5wd", "day0", "2027-01-05", id="E07"),
        pytest.param("england", "2027-03-22", "5wd", "day0", "2027-03-31", id="E09"),
        pytest.param("england", "2026-12-21", "5wd", "day0", "2026-12-30", id="E11"),
        pytest.param("england", "2027-01-28", "20wd", "day0", "2027-02-25", id="E13"),
        pytest.param("england", "2027-05-26", "5wd", "day0", "2027-06-03", id="E15"),
        pytest.param("england", "2027-12-23", "5wd", "day0", "2028-01-04", id="E17"),
        pytest.param("england", "2026-12-24", "10wd", "day0", "2027-01-12", id="A01"),
        pytest.param("england", "2027-01-12", "5wd", "day0", "2027-01-19", id="A03"),
        pytest.param("wales", "2026-12-24", "5wd", "day0", "2027-01-05", id="W01"),
        pytest.param("northern-ireland", "2027-07-09", "5wd", "day0", "2027-07-19", id="N02"),
        pytest.param("scotland", "2026-12-24", "5wd", "day1", "2027-01-05", id="S01"),
        pytest.param("scotland", "2026-12-24", "3wd", "day1", "2026-12-30", id="S03"),
        pytest.param("scotland", "2026-11-27", "5wd", "day1", "2026-12-04", id="S05"),
        pytest.param("scotland", "2026-06-12", "5wd", "day1", "2026-06-19", id="S07"),
        pytest.param("england", "2026-12-25", "24h", "day0", "2026-12-26T00:00:00+00:00", id="h"),
        pytest.param(
            "england",
            "2026-12-24T16:40:00+00:00",
            "24h",
            "day0",
            "2026-12-25T16:40:00+00:00",
            id="H01",
        ),
        pytest.param(
            "england",
            "2027-03-27T23:30:00+00:00",
            "24h",
            "day0",
            "2027-03-29T00:30:00+01:00",
            id="clocks go forward",
        ),
        pytest.param(
            "england",
            "2027-10-30T23:30:00+01:00",
            "24h",
            "day0",
            "2027-10-31T22:30:00+00:00",
            id="H03",
        ),
    ],
)
def test_a_dated_vector(*, nation: str, start: str, length: str, count_from: str, due: str):
    days = load_calendar().nations[Nation(nation)]
    found = find_due(
        parse_moment(start), parse_length(length), days, count_from=CountFrom(count_from)
    )
    assert found.isoformat() == due


def test_every_row_of_the_reference_holds():
    """Those above are its rows; here are those that it may have besides."""
    if not VECTORS.exists():
        pytest.skip("the reference lies outside the checkout")
    with VECTORS.open() as lines:
        rows = list(csv.DictReader(lines))
    assert {row["id"][0] for row in rows} >= set("EAWNSH")
    for row in rows:
        amount, unit = row["length"].split(" ", 1)
        days = load_calendar().nations[NATIONS.get(row["nation"]) or Nation(row["nation"])]
        count = CountFrom.DAY1 if row["count_from"] == "day1" else CountFrom.DAY0
        start, length = parse_moment(row["start"]), parse_length(amount + UNITS[unit])
        found = find_due(start, length, days, count_from=count)
        assert (row["id"], found.isoformat()) == (row["id"], row["due"])
        assert f"{london_day(found):%a}" == row["due_dow"], row["id"]


@pytest.mark.parametrize(
    ("start", "length", "roll", "due"),
    [
        pytest.param("2026-12-24", "30d", False, "2027-01-23", id="a Saturday stays"),
        pytest.param("2026-12-24", "30d", True, "2027-01-25", id="a Saturday rolls on"),
        pytest.param("2026-12-23", "30d", True, "2027-01-22", id="a Friday has no need to"),
        pytest.param("2027-01-12", "12w", False, "2027-04-06", id="weeks keep the weekday"),
        pytest.param("2026-08-31", "6m", False, "2027-02-28", id="the last day of the month"),
        pytest.param("2027-08-31", "6m", False, "2028-02-29", id="the last day of a leap year"),
        pytest.param("2028-02-29", "12m", False, "2029-02-28", id="a leap day"),
        pytest.param("2026-12-24", "12m", False, "2027-12-24", id="a year"),
        pytest.param("2026-11-30", "1m", False, "2026-12-30", id="into December"),
        pytest.param("2026-10-10", "6m", True, "2027-04-12", id="months may roll"),
    ],
)
def test_a_calendar_period_ends_on(*, start: str, length: str, roll: bool, due: str):
    found = find_due(parse_moment(start), parse_length(length), ENGLAND, roll=roll)
    assert found.isoformat() == due


def test_day_one_counts_the_first_calendar_day():
    length = Length(30, Unit.DAYS)
    found = find_due(date(2026, 12, 1), length, ENGLAND, count_from=CountFrom.DAY1)
    assert found == date(2026, 12, 30)


@given(
    start=st.datetimes(datetime(2015, 1, 2), datetime(2035, 12, 29), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    hours=st.integers(1, 48),
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(start: datetime, hours: int):
    due = find_due(start, Length(hours, Unit.HOURS), ENGLAND)
    assert isinstance(due, datetime)
    assert due - start == timedelta(hours=hours)


@given(start=st.dates(date(2015, 1, 1), date(2033, 1, 1)), months=st.integers(1, 24))
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: date, months: int):
    due = london_day(find_due(start, Length(months, Unit.MONTHS), ENGLAND))
    assert due.day == start.day or (due + timedelta(days=1)).day == 1
    assert (due.year - start.year) * 12 + due.month - start.month == months


@given(amount=st.integers(1, 9999), unit=st.sampled_from(list(Unit)))
def test_a_length_is_read_as_it_is_written(amount: int, unit: Unit):
    assert parse_length(str(Length(amount, unit))) == Length(amount, unit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1wd", "1 working day"),
        ("10wd", "10 working days"),
        ("24h", "24 hours"),
        ("12w", "12 weeks"),
    ],
)
def test_a_length_can_be_said(text: str, words: str):
    assert parse_length(text).words == words


@pytest.mark.parametrize(
    "text",
    ["", "5", "wd", "0wd", "-5wd", "5 wd", "5WD", "5y", "5wd\n", "\u0665wd", "05wd", "10000d"],
)
def test_what_is_no_length_is_refused(text: str):
    with pytest.raises(LengthError, match="expected such as 5wd, 24h, 30d, 12w or 6m"):
        parse_length(text)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "2026-02-30", "24/12/2026"])
def test_what_is_no_moment_is_refused(text: str):
    with pytest.raises(MomentError, match="expected such as 2026-12-24"):
        parse_moment(text)


@pytest.mark.parametrize("text", ["2014-12-31", "2036-01-01", "0001-01-01T00:00:00+14:00"])
def test_a_moment_outside_the_calendar_is_refused(text: str):
    with pytest.raises(DateRangeError, match="outside 2015-2035"):
        parse_moment(text)


@pytest.mark.parametrize(
    ("start", "length"),
    [
        pytest.param("2035-12-31", "5wd", id="working days"),
        pytest.param("2035-12-31T23:30:00+00:00", "24h", id="hours"),
        pytest.param("2035-12-31", "1d", id="days"),
        pytest.param("2035-12-31", "12m", id="months"),
        pytest.param("2035-12-31", "9999m", id="centuries"),
        pytest.param("2035-12-31T23:30:00-05:00", "1h", id="a new year in London"),
    ],
)
def test_a_period_that_ends_outside_the_calendar_is_refused(start: str, length: str):
    with pytest.raises(DateRangeError, match="outside 2015-2035"):
        find_due(parse_moment(start), parse_length(length), ENGLAND)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026-06-30T23:30:00Z", date(2026, 7, 1), id="summer time in London"),
        pytest.param("2026-12-24T23:30:00-05:00", date(2026, 12, 25), id="still Eve in New York"),
        pytest.param("2026-06-30T23:30:00", date(2026, 6, 30), id="no zone means London"),
        pytest.param("2026-06-30", date(2026, 6, 30), id="a day is a day"),
    ],
)
def test_a_day_is_londons(text: str, day: date):
    assert london_day(parse_moment(text)) == day


def test_an_instant_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="has no time zone"):
        london_day(datetime(2026, 12, 24, 16, 40))  # noqa: DTZ001 - that is the fault
