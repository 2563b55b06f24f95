from datetime import UTC, date, datetime

from intake.domain.calendar import load_calendar
from intake.domain.digest import Dates, Digest, Running, sort_dates
from intake.domain.moments import ClockName
from intake.domain.working_days import Nation

DAYS = load_calendar().nations[Nation.ENGLAND]
FRIDAY = datetime(2026, 3, 6, 8, tzinfo=UTC)


def running(day: int, hour: int = 23) -> Running:
    due_at = datetime(2026, 3, day, hour, 59, 59, tzinfo=UTC)
    return Running(reference=f"R{day}", clock=ClockName.STAGE_1_RESPONSE, due_at=due_at)


def test_dates_are_sorted_by_how_they_press():
    clocks = [running(day) for day in (11, 10, 9, 7, 6, 5, 4)]
    found = sort_dates([*clocks, running(6, 7)], DAYS, now=FRIDAY)
    assert [clock.reference for clock in found.overdue] == ["R4", "R5", "R6"]
    assert [clock.reference for clock in found.today] == ["R6"]
    assert [clock.reference for clock in found.soon] == ["R7", "R9", "R10"]


def test_a_digest_is_empty_when_nothing_waits():
    empty = Digest(day=date(2026, 3, 6), dates=Dates())
    assert empty.empty
    assert not Digest(day=empty.day, dates=Dates(today=(running(6),))).empty
    assert not Digest(day=empty.day, dates=Dates(), pen=1).empty
    assert Digest(day=empty.day, dates=Dates(), imported=900).empty
