"""`heard calendar add`, on a record of its own."""

from pathlib import Path

import pytest

from bot.commands.calendar import add_holiday
from intake.domain.calendar import CalendarError
from intake.domain.working_days import DateRangeError


def test_a_holiday_is_recorded_for_all_landlords(tmp_path: Path):
    told = add_holiday(tmp_path, "2027-05-10", nation="england", reason="A jubilee")
    assert told == "2027-05-10 is a bank holiday in england (A jubilee). Open clocks moved: 0."


@pytest.mark.parametrize(
    ("day", "nation", "reason", "says"),
    [
        pytest.param("soon", "england", "A jubilee", "is no date", id="no date"),
        pytest.param("2027-05-10", "cornwall", "A jubilee", "is none of", id="no nation"),
        pytest.param("2027-05-10", "england", " ", "needs a reason", id="no reason"),
        pytest.param("2027-12-27", "england", "Christmas", "already", id="known"),
    ],
)
def test_what_is_no_holiday_is_refused(
    tmp_path: Path, day: str, nation: str, reason: str, says: str
):
    with pytest.raises(CalendarError, match=says):
        add_holiday(tmp_path, day, nation=nation, reason=reason)


def test_a_year_without_a_calendar_is_refused(tmp_path: Path):
    with pytest.raises(DateRangeError):
        add_holiday(tmp_path, "2040-05-10", nation="england", reason="A jubilee")
