from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from intake.domain.calendar import load_calendar
from intake.domain.clock import LONDON
from intake.domain.moments import Warned
from intake.domain.reminders import (
    find_current,
    find_next,
    find_told,
    last_digest,
    next_digest,
    sooner,
)
from intake.domain.working_days import Nation

DAYS = load_calendar().nations[Nation.ENGLAND]
TUESDAY = date(2027, 1, 5)  # after a weekend, New Year and the days between


def london(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "what"),
    [
        pytest.param(london(12, 31, 8, 59, 2026), None, id="before all"),
        pytest.param(london(12, 31, 9, 0, 2026), Warned.TWO_DAYS, id="two working days before"),
        pytest.param(london(1, 3), Warned.TWO_DAYS, id="over a weekend and New Year"),
        pytest.param(london(1, 4), Warned.SOON, id="the working day before"),
        pytest.param(london(1, 5), Warned.TODAY, id="on the day"),
        pytest.param(london(1, 6, 8), Warned.TODAY, id="before it is told as overdue"),
        pytest.param(london(1, 6), Warned.OVERDUE, id="the morning after"),
    ],
)
def test_the_latest_reminder_is_the_one_that_counts(now: datetime, what: Warned | None):
    found = find_current(TUESDAY, DAYS, now=now)
    assert (found and found.what) == what


def test_an_overdue_clock_has_a_reminder_each_morning_over_a_change_of_the_hour():
    now, due = london(3, 26, 12), date(2027, 3, 25)
    told = []
    for _ in range(4):
        coming = find_next(due, DAYS, now=now)
        told.append(coming.at.astimezone(UTC))
        now = coming.at
    assert [at.hour for at in told] == [9, 8, 8, 8]
    assert find_current(due, DAYS, now=london(3, 28, 8)) == find_current(
        due, DAYS, now=london(3, 27, 10)
    )


def test_a_clock_that_runs_by_the_hour_is_told_of_hours_before_and_at_once():
    due = london(1, 5, 14)
    assert find_next(due, DAYS, now=london(1, 5, 9)).at == london(1, 5, 10)
    overdue = find_current(due, DAYS, now=london(1, 5, 15))
    assert overdue is not None
    assert (overdue.at, overdue.what) == (due, Warned.OVERDUE)
    assert find_next(due, DAYS, now=due).at == london(1, 6)


@given(
    due=st.dates(date(2026, 1, 10), date(2034, 1, 1)),
    seconds=st.integers(-20 * 86_400, 20 * 86_400),
)
def test_what_comes_next_is_what_counts_when_it_has_come(due: date, seconds: int):
    now = datetime.combine(due, time(12), tzinfo=LONDON) + timedelta(seconds=seconds)
    coming = find_next(due, DAYS, now=now)
    assert coming.at > now
    assert find_current(due, DAYS, now=coming.at) == coming
    current = find_current(due, DAYS, now=now)
    assert current is None or current.at <= now < coming.at


@pytest.mark.parametrize(
    ("what", "owner", "told"),
    [
        pytest.param(Warned.SOON, "asha", ("asha",), id="the owner"),
        pytest.param(Warned.SOON, "", ("mo",), id="nobody's"),
        pytest.param(Warned.OVERDUE, "asha", ("asha", "mo"), id="overdue"),
        pytest.param(Warned.OVERDUE, "mo", ("mo",), id="the manager's own"),
    ],
)
def test_the_owner_hears_of_it_and_the_manager_once_it_is_overdue(
    what: Warned, owner: str, told: tuple[str, ...]
):
    assert find_told(what, owner=owner, manager="mo") == told


def test_nobody_in_particular_hears_of_what_nobody_owns_without_a_manager():
    assert find_told(Warned.OVERDUE, owner="", manager="") == ()


def test_the_sooner_of_two_dates_counts():
    assert sooner((None, TUESDAY)) == TUESDAY
    assert sooner((london(1, 5, 10), TUESDAY)) == london(1, 5, 10)


def test_the_digest_comes_on_working_mornings_alone():
    assert next_digest(DAYS, time(8), now=london(1, 1, 8)) == london(1, 4, 8)
    assert next_digest(DAYS, time(8), now=london(1, 4, 8)) == london(1, 5, 8)
    assert next_digest(DAYS, time(8), now=london(1, 4, 7)) == london(1, 4, 8)
    assert last_digest(DAYS, time(8), now=london(1, 4, 7)) == london(12, 31, 8, 0, 2026)
    assert last_digest(DAYS, time(8), now=london(1, 4, 8)) == london(1, 4, 8)
