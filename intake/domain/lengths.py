"""Lengths of time as policies write them: 5wd, 24h, 30d, 12w, 6m."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from typing_extensions import override

from intake.domain.working_days import CountFrom, WorkingDays, check_year

LONDON = ZoneInfo("Europe/London")
WEEK = 7
YEAR = 12


class Unit(StrEnum):
    """What a length counts."""

    WORKING_DAYS = "wd"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"


WORDS = {
    Unit.WORKING_DAYS: "working day",
    Unit.HOURS: "hour",
    Unit.DAYS: "day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
}
_LENGTH = re.compile(r"([1-9][0-9]{0,3})(wd|h|d|w|m)", re.ASCII)


class LengthError(ValueError):
    """A length of time is not written as one."""


class MomentError(ValueError):
    """A day or an instant is not written as one."""


@dataclass(frozen=True)
class Length:
    """A length of time, such as ten working days."""

    amount: int
    unit: Unit

    @override
    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def words(self) -> str:
        """The length as a letter would say it: `10 working days`."""
        return f"{self.amount} {WORDS[self.unit]}{'' if self.amount == 1 else 's'}"


def parse_length(text: str) -> Length:
    """Read a length such as `5wd`.

    Raises:
        LengthError: the text is not a whole number and one of the five units.
    """
    found = _LENGTH.fullmatch(text)
    if not found:
        raise LengthError(f"{text!r} is not a length: expected such as 5wd, 24h, 30d, 12w or 6m")
    return Length(int(found[1]), Unit(found[2]))


def parse_moment(text: str) -> date | datetime:
    """Read an ISO 8601 day or instant; an instant without a zone is London's.

    Raises:
        MomentError: the text is neither.
        DateRangeError: its year is not one of 2015 to 2035.
    """
    try:
        moment: date | datetime = date.fromisoformat(text)
    except ValueError:
        moment = _parse_instant(text)
    check_year(moment)
    return moment


def _parse_instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        expected = "expected such as 2026-12-24 or 2026-12-24T16:40:00+00:00"
        raise MomentError(f"{text!r} is not a date or an instant: {expected}") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def london_day(moment: date | datetime) -> date:
    """Return the calendar day in Europe/London of a day or an aware instant.

    Raises:
        ValueError: the instant has no zone.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(LONDON).date()


def find_due(
    start: date | datetime,
    length: Length,
    days: WorkingDays,
    *,
    count_from: CountFrom = CountFrom.DAY0,
    roll: bool = False,
) -> date | datetime:
    """Return when a length of time that begins with `start` is over.

    Hours give an instant, everything else a day; hours from a day begin with its midnight.
    `roll` moves the end of a calendar period from a day off to the next working day.

    Raises:
        DateRangeError: the period starts or ends outside 2015 to 2035.
    """
    day = london_day(start)
    check_year(day)
    if length.unit is Unit.WORKING_DAYS:
        return days.add(day, length.amount, count_from)
    if length.unit is Unit.HOURS:
        return _elapsed(start, length.amount)
    end = _calendar_end(day, length, first=count_from is CountFrom.DAY1)
    check_year(end)
    return days.roll(end) if roll else end


def _elapsed(start: date | datetime, hours: int) -> datetime:
    instant = start if isinstance(start, datetime) else datetime.combine(start, time(), LONDON)
    end = (instant.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)
    check_year(end)
    return end


def _calendar_end(day: date, length: Length, *, first: bool) -> date:
    """Months end on the same day of the month or its last; days and weeks are counted."""
    if length.unit is Unit.MONTHS:
        years, month = divmod(day.month - 1 + length.amount, YEAR)
        year = day.year + years
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    count = length.amount * (WEEK if length.unit is Unit.WEEKS else 1)
    return day + timedelta(days=count - first)
