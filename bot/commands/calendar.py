"""`heard calendar add`: record a bank holiday that was announced after this version was made."""

from datetime import date
from pathlib import Path

from bot.open import opened
from bot.settings import load_settings
from intake.announce import announce
from intake.domain.calendar import CalendarError, OneOff, load_calendar
from intake.domain.working_days import Nation

#: Whose deed it is in the record.
BY = "heard calendar add"


def add_holiday(data: Path, day: str, *, nation: str, reason: str) -> str:
    """Record a holiday for all landlords, move their open clocks, and say how many moved.

    Raises:
        CalendarError: it is no date or nation of ours, has no reason, or is known already.
        DateRangeError: its year lies outside 2015 to 2035.
    """
    holiday = OneOff(date=_day(day), nation=_nation(nation), reason=reason)
    if holiday.date in load_calendar().nations[holiday.nation].holidays:
        raise CalendarError(f"{holiday.date} is a bank holiday in {nation} already")
    moved = 0
    with opened(load_settings(), data) as record:
        for landlord in record.configured.landlords.values():
            moved += record.db.call(announce, landlord, holiday, by=BY, at=record.clock())
    return f"{holiday.date} is a bank holiday in {nation} ({reason}). Open clocks moved: {moved}."


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CalendarError(f"{given!r} is no date: expected such as 2027-05-03") from None


def _nation(given: str) -> Nation:
    try:
        return Nation(given)
    except ValueError:
        raise CalendarError(f"--nation: {given!r} is none of {', '.join(Nation)}") from None
