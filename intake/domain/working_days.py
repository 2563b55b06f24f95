"""Count working days as the Complaint Handling Code does, by table rather than day by day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2015, 2035
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_BEFORE_FIRST = FIRST_DAY.toordinal() - 1
YEARS = f"{FIRST_YEAR}-{LAST_YEAR}"


class Nation(StrEnum):
    """The nation of the home, which decides the calendar and the law of hazards."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class CountFrom(StrEnum):
    """Whether the day of receipt is nought, or the first day where it is a working day."""

    DAY0 = "day0"
    DAY1 = "day1"


class DateRangeError(ValueError):
    """A date lies outside the years whose bank holidays we know or can project."""


def check_year(day: date) -> None:
    """Refuse a day whose year has no calendar.

    Raises:
        DateRangeError: the year is not one of 2015 to 2035.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateRangeError(f"{day} is outside {YEARS}")


class WorkingDays:
    """The working days of one nation, in order, and the weekdays that are bank holidays."""

    def __init__(self, holidays: Mapping[date, str]) -> None:
        """Sort the years into working days and bank holidays that fall on a weekday."""
        self._off = sorted(day for day in holidays if day.weekday() < SATURDAY)
        self.holidays = {day: holidays[day] for day in self._off}
        count = LAST_DAY.toordinal() - _BEFORE_FIRST
        every = [FIRST_DAY + timedelta(days=number) for number in range(count)]
        self._days = [day for day in every if day in self]
        #: How many working days have passed by the end of each day; nought before the first.
        self._passed = [0, *accumulate(day in self for day in every)]

    def __contains__(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, start: date, days: int, count_from: CountFrom = CountFrom.DAY0) -> date:
        """Return the last day of a period of working days (Code 6.2: receipt is day nought).

        Raises:
            DateRangeError: the period starts or ends outside 2015 to 2035.
        """
        if days < 1:
            raise ValueError(f"a period is at least one working day, not {days}")
        check_year(start)
        place = start.toordinal() - _BEFORE_FIRST - (count_from is CountFrom.DAY1)
        index = self._passed[place] + days - 1
        if index >= len(self._days):
            raise DateRangeError(f"{days} working days after {start} is outside {YEARS}")
        return self._days[index]

    def roll(self, day: date) -> date:
        """Return `day` itself if it is a working day, or else the next one.

        Raises:
            DateRangeError: the day, or the next working day, is outside 2015 to 2035.
        """
        return self.add(day, 1, CountFrom.DAY1)

    def crossed(self, after: date, until: date) -> list[date]:
        """Return the bank holidays on weekdays after one day and up to another, in order."""
        return self._off[bisect_right(self._off, after) : bisect_right(self._off, until)]

    def without(self, closures: Iterable[date]) -> "WorkingDays":
        """Return the same calendar with the landlord's own days of closure left out."""
        return WorkingDays(self.holidays | dict.fromkeys(closures, "office closed"))
