from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, strategies as st

from intake.domain.calendar import SUBDIVISIONS, load_calendar
from intake.domain.working_days import (
    SATURDAY,
    CountFrom,
    DateRangeError,
    Nation,
    WorkingDays,
)

FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
nations = st.sampled_from(list(Nation))
dates = st.dates(FIRST, LAST)
lengths = st.integers(1, 60)


def bank_holidays(nation: Nation) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=range(2015, 2036))


def day_loop(start: date, days: int, off: holidays.HolidayBase, count_from: CountFrom) -> date:
    day = start - timedelta(days=count_from is CountFrom.DAY1)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY and day not in off
    return day


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("count_from", list(CountFrom))
def test_five_days_equal_a_day_loop_on_every_date(nation: Nation, count_from: CountFrom):
    days, off = load_calendar().nations[nation], bank_holidays(nation)
    starts = [day for day in EVERY_DAY if day < date(2035, 12, 15)]
    assert [days.add(start, 5, count_from) for start in starts] == [
        day_loop(start, 5, off, count_from) for start in starts
    ]


@given(nation=nations, start=dates, length=lengths, count_from=st.sampled_from(list(CountFrom)))
def test_any_period_equals_a_day_loop_or_is_refused(
    nation: Nation, start: date, length: int, count_from: CountFrom
):
    days = load_calendar().nations[nation]
    due = day_loop(start, length, days_off(nation), count_from)
    if due.year > 2035:
        with pytest.raises(DateRangeError, match="outside 2015-2035"):
            days.add(start, length, count_from)
    else:
        assert days.add(start, length, count_from) == due


OFF = {nation: bank_holidays(nation) for nation in Nation}


def days_off(nation: Nation) -> holidays.HolidayBase:
    return OFF[nation]


@given(nation=nations, start=dates.filter(lambda day: day < date(2035, 12, 28)))
def test_rolling_gives_the_day_itself_or_the_next_working_day(nation: Nation, start: date):
    days = load_calendar().nations[nation]
    rolled = days.roll(start)
    assert rolled in days
    between = [start + timedelta(days=n) for n in range((rolled - start).days)]
    assert not any(day in days for day in between)


@given(nation=nations, start=dates.filter(lambda day: day < date(2035, 9, 1)), length=lengths)
def test_a_longer_period_never_ends_sooner(nation: Nation, start: date, length: int):
    days = load_calendar().nations[nation]
    assert start < days.add(start, length) < days.add(start, length + 1)


def test_day_one_is_the_day_of_receipt_only_if_it_is_a_working_day():
    days = WorkingDays({})
    friday, saturday = date(2026, 3, 6), date(2026, 3, 7)
    assert days.add(friday, 1, CountFrom.DAY1) == friday
    assert days.add(saturday, 1, CountFrom.DAY1) == date(2026, 3, 9)


def test_the_bank_holidays_crossed_are_those_after_the_start_and_up_to_the_end():
    days = WorkingDays({date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "a Saturday"})
    assert days.crossed(date(2026, 12, 24), date(2026, 12, 25)) == [date(2026, 12, 25)]
    assert days.crossed(date(2026, 12, 25), date(2026, 12, 31)) == []


def test_an_office_closure_is_no_working_day_of_that_landlord():
    days = load_calendar().nations[Nation.ENGLAND]
    closed = days.without([date(2026, 12, 29)])
    assert date(2026, 12, 29) in days
    assert closed.add(date(2026, 12, 24), 1) == date(2026, 12, 30)


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_is_at_least_a_day(days: int):
    with pytest.raises(ValueError, match=f"not {days}"):
        WorkingDays({}).add(date(2026, 3, 2), days)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(date(2014, 12, 31), id="the day before the first"),
        pytest.param(date(2036, 1, 1), id="the day after the last"),
    ],
)
def test_a_date_without_a_calendar_is_refused(start: date):
    days = WorkingDays({})
    with pytest.raises(DateRangeError, match=f"{start} is outside 2015-2035"):
        days.add(start, 1)
    with pytest.raises(DateRangeError, match=f"{start} is outside 2015-2035"):
        days.roll(start)


def test_a_last_weekend_rolls_out_of_the_calendar():
    with pytest.raises(DateRangeError, match="after 2035-12-31 is outside"):
        WorkingDays({date(2035, 12, 31): "closed"}).roll(date(2035, 12, 31))
