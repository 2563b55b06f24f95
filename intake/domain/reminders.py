"""When staff are reminded of a date, of what, and who is told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake.domain.clock import LONDON
from intake.domain.landlord import end_of
from intake.domain.moments import ClockName, Warned
from intake.domain.working_days import WorkingDays

#: When a day's reminders come, and how long before an hour.
MORNING, HOURS_BEFORE = time(9), timedelta(hours=4)
DAY = timedelta(days=1)

Due = date | datetime


class Task(StrEnum):
    """What is to be done by a day, and is no clock of the Code's."""

    #: Money that the resident accepted, or the Ombudsman ordered (Code 7.3).
    PAYMENT = "payment"
    #: An adjustment, or a restriction of contact, is looked at again (Code 5.10, 5.15).
    ADJUSTMENT = "review_of_an_adjustment"
    RESTRICTION = "review_of_a_restriction"
    #: Whether a possible breach of personal data is reported (UK GDPR Art. 33).
    BREACH = "decision_on_a_breach"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder: from when it is time for it, and what it says."""

    at: datetime
    what: Warned


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """What one reminder says, and to whom: no word of a resident's."""

    reference: str
    clock: ClockName | Task
    what: Warned
    due: str
    told: tuple[str, ...]
    #: Whether staff are still to decide what it is, without seeing what is proposed.
    blind: bool = False


def sooner(dates: Sequence[Due | None]) -> Due:
    """Return the sooner of the dates that there are, of which there must be one."""
    return min((day for day in dates if day is not None), key=end_of)


def find_current(due: Due, days: WorkingDays, *, now: datetime) -> Reminder | None:
    """Return the reminder whose time has come last: those before it are overtaken by it."""
    first = _overdue_from(due)
    if first <= now:
        today = _morning(now.astimezone(LONDON).date())
        latest = today if today <= now else _morning(now.astimezone(LONDON).date() - DAY)
        return Reminder(at=max(first, latest), what=Warned.OVERDUE)
    come = [reminder for reminder in _before(due, days) if reminder.at <= now]
    return come[-1] if come else None


def find_next(due: Due, days: WorkingDays, *, now: datetime) -> Reminder:
    """Return the first reminder that is still to come; an overdue clock has one every morning."""
    coming = (*_before(due, days), Reminder(at=_overdue_from(due), what=Warned.OVERDUE))
    for reminder in coming:
        if reminder.at > now:
            return reminder
    today = now.astimezone(LONDON).date()
    tomorrow = [_morning(day) for day in (today, today + DAY)]
    return Reminder(at=min(at for at in tomorrow if at > now), what=Warned.OVERDUE)


def find_told(what: Warned, *, owner: str, manager: str) -> tuple[str, ...]:
    """Return who hears of it: the owner; the manager too once it is overdue or nobody owns it."""
    wanted = (owner, manager) if what is Warned.OVERDUE or not owner else (owner,)
    return tuple(dict.fromkeys(filter(None, wanted)))


def next_digest(days: WorkingDays, at: time, *, now: datetime) -> datetime:
    """Return when the next morning digest comes: on a working day, at the landlord's hour."""
    day = now.astimezone(LONDON).date()
    while day not in days or _at(day, at) <= now:
        day += DAY
    return _at(day, at)


def last_digest(days: WorkingDays, at: time, *, now: datetime) -> datetime:
    """Return when the latest morning digest was due."""
    day = now.astimezone(LONDON).date()
    while day not in days or _at(day, at) > now:
        day -= DAY
    return _at(day, at)


def _before(due: Due, days: WorkingDays) -> tuple[Reminder, ...]:
    if isinstance(due, datetime):
        return (Reminder(at=due - HOURS_BEFORE, what=Warned.SOON),)
    before = _working_day_before(due, days)
    return (
        Reminder(at=_morning(_working_day_before(before, days)), what=Warned.TWO_DAYS),
        Reminder(at=_morning(before), what=Warned.SOON),
        Reminder(at=_morning(due), what=Warned.TODAY),
    )


def _overdue_from(due: Due) -> datetime:
    return due if isinstance(due, datetime) else _morning(due + DAY)


def _working_day_before(day: date, days: WorkingDays) -> date:
    day -= DAY
    while day not in days:
        day -= DAY
    return day


def _morning(day: date) -> datetime:
    return _at(day, MORNING)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=LONDON)
