"""One run of a clock: from which moment, for how long, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.lengths import Length, Unit, find_due, london_day
from intake.domain.moments import ClockName, Moment
from intake.domain.policy import Policy
from intake.domain.policy_parts import Period
from intake.domain.working_days import CountFrom, WorkingDays

Instant = date | datetime
Moments = Mapping[Moment, Instant]

#: Where a landlord names no start event its promise runs from receipt.
UNSTATED = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: Moment.RECEIVED,
    ClockName.STAGE_1_RESPONSE: Moment.RECEIVED,
    ClockName.GETTING_IT_SORTED: Moment.RECEIVED,
    ClockName.STAGE_2_CONTACT: Moment.STAGE2_REQUESTED,
    ClockName.STAGE_2_ACKNOWLEDGEMENT: Moment.STAGE2_REQUESTED,
    ClockName.STAGE_2_RESPONSE: Moment.STAGE2_REQUESTED,
    ClockName.FEEDBACK_ACKNOWLEDGEMENT: Moment.FEEDBACK_RECEIVED,
    ClockName.MP_ACKNOWLEDGEMENT: Moment.ENQUIRY_RECEIVED,
    ClockName.MP_RESPONSE: Moment.MP_RECEIVED,
    ClockName.OMBUDSMAN_RESPONSE: Moment.OMBUDSMAN_ASKED,
    ClockName.STAGE_2_WINDOW: Moment.RESPONDED,
    ClockName.COMPENSATION_WINDOW: Moment.INCIDENT,
    ClockName.OFFER_ACCEPTANCE: Moment.OFFER_MADE,
}
#: Until it happens, a response counts from the last day for this acknowledgement.
ACKNOWLEDGED_BY = {
    Moment.ACKNOWLEDGED: ClockName.STAGE_1_ACKNOWLEDGEMENT,
    Moment.STAGE2_ACKNOWLEDGED: ClockName.STAGE_2_ACKNOWLEDGEMENT,
    Moment.MP_ACKNOWLEDGED: ClockName.MP_ACKNOWLEDGEMENT,
}
#: What stands in for a moment that was not given.
INSTEAD = {Moment.AWARE: Moment.RECEIVED, Moment.FINAL_RESPONSE: Moment.STAGE2_RESPONDED}


@dataclass(frozen=True, kw_only=True)
class Run:
    """A period laid on the calendar."""

    period: Period
    moment: Moment
    start: Instant
    due: Instant
    #: True while the acknowledgement that starts it has not been given.
    provisional: bool
    count_from: CountFrom
    #: The day off on which it would have ended, had it not rolled on.
    rolled_from: date | None = None
    #: The clock before whose end it may not end, where that one ends later.
    held_open: ClockName | None = None

    @property
    def length(self) -> Length:
        """How long the period is."""
        return self.period.length

    @property
    def starts(self) -> Instant:
        """When it starts: an instant where hours are counted, else the London day."""
        return self.start if self.length.unit is Unit.HOURS else london_day(self.start)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Lays the periods of one side, the regulator or the landlord, on the calendar."""

    policy: Policy
    moments: Moments
    days: WorkingDays
    #: Where this side is silent about an acknowledgement, the regulator's period holds.
    periods: Mapping[ClockName, Period]

    def find_run(self, name: ClockName, period: Period | None = None) -> Run | None:
        """Return the run of a clock that has begun or is provisional; none if neither."""
        period = period or self.periods.get(name)
        if period is None:
            return None
        moment = period.start or UNSTATED[name]
        start = find_start(moment, self.moments)
        acknowledgement = self._acknowledgement(moment) if start is None else None
        if start is None and acknowledgement:
            start = acknowledgement.due
        if start is None or (period.in_force and london_day(start) < period.in_force):
            return None
        return self._lay(period, moment, start, provisional=acknowledgement is not None)

    def _acknowledgement(self, moment: Moment) -> Run | None:
        name = ACKNOWLEDGED_BY.get(moment)
        return self.find_run(name) if name else None

    def _lay(self, period: Period, moment: Moment, start: Instant, *, provisional: bool) -> Run:
        count_from = period.count_from or self.policy.count_from
        end = find_due(start, period.length, self.days, count_from=count_from)
        due = self.days.roll(london_day(end)) if period.roll else end
        other = self.find_run(period.not_before) if period.not_before else None
        held_open = other is not None and london_day(other.due) > london_day(due)
        return Run(
            period=period,
            moment=moment,
            start=start,
            due=other.due if other and held_open else due,
            provisional=provisional,
            count_from=count_from,
            rolled_from=london_day(end) if due != end else None,
            held_open=period.not_before if held_open else None,
        )


def find_start(moment: Moment, moments: Moments) -> Instant | None:
    """Return when a clock's start event happened; none if it has not.

    A complaint's window opens with the event, or with the resident's becoming aware of it,
    whichever is later (Code 2.3).
    """
    if moment is Moment.OCCURRED:
        known = [moments[each] for each in (Moment.OCCURRED, Moment.AWARE) if each in moments]
        return max(known, key=london_day, default=None)
    if moment in moments or moment not in INSTEAD:
        return moments.get(moment)
    return moments.get(INSTEAD[moment])
