"""What waits for staff on one morning: dates and counts, no word of a resident's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.clock import LONDON
from intake.domain.moments import ClockName
from intake.domain.working_days import WorkingDays

#: How far the digest looks ahead, in working days.
AHEAD = 2


@dataclass(frozen=True, kw_only=True)
class Running:
    """One running clock."""

    reference: str
    clock: ClockName
    due_at: datetime
    #: Whether staff are still to decide what it is, without seeing what is proposed.
    blind: bool = False


@dataclass(frozen=True, kw_only=True)
class Owed:
    """Something promised to a resident, whose day has passed."""

    reference: str
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The clocks that press, each in one list, the soonest first."""

    overdue: tuple[Running, ...] = ()
    today: tuple[Running, ...] = ()
    soon: tuple[Running, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What one landlord's staff should know in the morning."""

    day: date
    dates: Dates
    owed: tuple[Owed, ...] = ()
    #: References of the messages whose letters did not go.
    letters: tuple[str, ...] = ()
    pen: int = 0
    untriaged: int = 0
    #: From an old mailbox, untriaged: no date of theirs is told before, and none makes a morning.
    imported: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing waits for anybody."""
        dates = self.dates
        listed = (dates.overdue, dates.today, dates.soon, self.owed, self.letters)
        return not any(listed) and not (self.pen or self.untriaged)


def sort_dates(clocks: Iterable[Running], days: WorkingDays, *, now: datetime) -> Dates:
    """Return the clocks that are overdue, due today, or due within two working days."""
    ordered = sorted(clocks, key=lambda clock: (clock.due_at, clock.reference))
    today = now.astimezone(LONDON).date()
    until = days.add(today, AHEAD)

    def among(first: date, last: date) -> Sequence[Running]:
        return [c for c in ordered if c.due_at >= now and first <= _day(c) <= last]

    return Dates(
        overdue=tuple(clock for clock in ordered if clock.due_at < now),
        today=tuple(among(today, today)),
        soon=tuple(clock for clock in among(today, until) if _day(clock) > today),
    )


def _day(clock: Running) -> date:
    return clock.due_at.astimezone(LONDON).date()
