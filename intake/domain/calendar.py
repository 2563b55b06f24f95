"""The bank holidays of the four nations, and how far they are officially announced."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import holidays

from intake.domain.working_days import FIRST_YEAR, LAST_YEAR, Nation, WorkingDays, check_year

SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


class CalendarError(ValueError):
    """A bank holiday cannot be recorded as given."""


@dataclass(frozen=True, kw_only=True)
class OneOff:
    """A bank holiday announced on its own, in one nation, and why."""

    date: date
    nation: Nation
    reason: str

    def __post_init__(self) -> None:
        check_year(self.date)
        if not self.reason.strip():
            raise CalendarError(f"a bank holiday on {self.date} needs a reason")


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Working days of each nation; after `announced` they are projected, not official."""

    announced: int
    #: The day on which somebody compared the list with the official one.
    checked: date
    nations: Mapping[Nation, WorkingDays]

    def projected(self, day: date) -> bool:
        """Say whether `day` lies after the last year that is officially announced."""
        return day.year > self.announced

    def adding(self, one_offs: Iterable[OneOff]) -> "Calendar":
        """Return the calendar with newly announced bank holidays in it."""
        nations = dict(self.nations)
        for extra in one_offs:
            known = nations[extra.nation].holidays
            nations[extra.nation] = WorkingDays({**known, extra.date: extra.reason})
        return Calendar(announced=self.announced, checked=self.checked, nations=nations)


@cache
def load_calendar() -> Calendar:
    """Read the calendar we ship: the `holidays` library and the dated page beside the packs."""
    page = files("intake").joinpath("policies/calendar.toml").read_text(encoding="utf-8")
    data = tomllib.loads(page)
    shipped = Calendar(
        announced=data["announced"]["through"],
        checked=data["announced"]["checked"],
        nations={nation: WorkingDays(_bank_holidays(nation)) for nation in Nation},
    )
    return shipped.adding(
        OneOff(date=added["date"], nation=Nation(added["nation"]), reason=added["reason"])
        for added in data["added"]
    )


def _bank_holidays(nation: Nation) -> dict[date, str]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return dict(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years))
