"""Every clock that the moments of a case start or end, with two dates for each.

The target is the landlord's promise, the code date the regulator's demand. Sources: the Housing
Ombudsman's Complaint Handling Code sections 2 and 6, SI 2025/1042, SSI 2026/173 and the packs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from intake.domain.calendar import Calendar, load_calendar
from intake.domain.clock_order import STAGE_2, ClockError, check_order
from intake.domain.clock_runs import ACKNOWLEDGED_BY, Moments, Reader, Run, find_start
from intake.domain.clock_words import (
    explain,
    explain_asked,
    explain_backstop,
    explain_extension,
    say,
)
from intake.domain.lengths import london_day
from intake.domain.moments import ClockName, Moment, Urgency
from intake.domain.policy import Policy
from intake.domain.policy_parts import Period
from intake.domain.working_days import Nation, WorkingDays

__all__ = ["CaseClock", "ClockError", "ClockName", "Moment", "Nation", "Urgency", "compute_clocks"]

Instant = date | datetime

#: What ends a clock. A clock that is not here ends outside these moments.
ENDS = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: Moment.ACKNOWLEDGED,
    ClockName.STAGE_1_RESPONSE: Moment.RESPONDED,
    ClockName.GETTING_IT_SORTED: Moment.RESPONDED,
    ClockName.STAGE_2_CONTACT: Moment.STAGE2_ACKNOWLEDGED,
    ClockName.STAGE_2_ACKNOWLEDGEMENT: Moment.STAGE2_ACKNOWLEDGED,
    ClockName.STAGE_2_RESPONSE: Moment.STAGE2_RESPONDED,
    ClockName.MP_ACKNOWLEDGEMENT: Moment.MP_ACKNOWLEDGED,
    ClockName.HAZARD_INVESTIGATION: Moment.INVESTIGATED,
    ClockName.COMPLAINT_WINDOW: Moment.RECEIVED,
    ClockName.STAGE_2_WINDOW: Moment.STAGE2_REQUESTED,
}
#: Acknowledged as a complaint would be, where no complaint came with them.
ENDED_BY_ANY_ACKNOWLEDGEMENT = frozenset(
    {ClockName.FEEDBACK_ACKNOWLEDGEMENT, ClockName.DP_COMPLAINT_ACKNOWLEDGEMENT}
)
#: Clocks that bind only if something else fails, and the words for it.
CONDITIONAL = {
    ClockName.HAZARD_ACCOMMODATION: "; only if the safety work cannot be done by then",
}
#: The resident's time, which a landlord may lengthen; all other clocks it may only shorten.
WINDOWS = frozenset({ClockName.COMPLAINT_WINDOW, ClockName.OMBUDSMAN_REFERRAL})
#: The day that an MP or the Ombudsman asked for, which wins when it is sooner.
ASKED_FOR = {
    ClockName.MP_RESPONSE: Moment.MP_DEADLINE,
    ClockName.OMBUDSMAN_RESPONSE: Moment.OMBUDSMAN_DEADLINE,
}
ASKED_ON = {
    ClockName.MP_RESPONSE: Moment.MP_RECEIVED,
    ClockName.OMBUDSMAN_RESPONSE: Moment.OMBUDSMAN_ASKED,
}


@dataclass(frozen=True, kw_only=True)
class CaseClock:
    """One clock: since when, until when by promise and by rule, whether met, and why then."""

    clock: ClockName
    starts: Instant
    target: Instant | None = None
    code: Instant | None = None
    met: bool | None = None
    met_target: bool | None = None
    provisional: bool = False
    extended: bool = False
    #: True where a date lies after the last year whose bank holidays are officially announced.
    projected: bool = False
    rule: str
    why: str
    #: After a late acknowledgement, where the response would be due had it been in time.
    backstop: date | None = None


def compute_clocks(
    policy: Policy,
    moments: Mapping[Moment, Instant],
    *,
    nation: Nation | None = None,
    hazard: Urgency | None = None,
    calendar: Calendar | None = None,
) -> list[CaseClock]:
    """Return every clock that `moments` start or end, in the order of their names.

    The calendar and the law of hazards are those of the home's `nation`, else of the policy's.

    Raises:
        ClockError: a moment lies before what it follows, or extends nothing.
        DateRangeError: a date lies outside 2015 to 2035.
    """
    check_order(moments)
    home = nation or policy.nation
    calendar = calendar or load_calendar()
    days = calendar.nations[home]
    demands = {**policy.code, **_hazard_periods(policy, moments, home, hazard)}
    case = _Case(
        code=Reader(policy=policy, moments=moments, days=days, periods=demands),
        own=Reader(
            policy=policy,
            moments=moments,
            days=_open_days(days, policy.closures),
            periods={**demands, **policy.promises},
        ),
        calendar=calendar,
    )
    return list(case.clocks())


def find_end(name: ClockName, moments: Moments) -> Instant | None:
    """Return when a clock was ended by one of the moments; none if it was not."""
    if name is ClockName.STAGE_2_RESPONSE and Moment.STAGE2_RESPONDED not in moments:
        return moments.get(Moment.FINAL_RESPONSE)
    if name in ENDED_BY_ANY_ACKNOWLEDGEMENT and Moment.RECEIVED not in moments:
        return moments.get(Moment.ACKNOWLEDGED)
    return moments.get(ENDS[name]) if name in ENDS else None


@lru_cache(maxsize=64)
def _open_days(days: WorkingDays, closures: tuple[date, ...]) -> WorkingDays:
    return days.without(closures) if closures else days


def _hazard_periods(
    policy: Policy, moments: Moments, nation: Nation, hazard: Urgency | None
) -> Mapping[ClockName, Period]:
    """Return the periods of the nation's law of hazards, where it is in force and one is seen."""
    law = policy.hazards.get(nation)
    aware = find_start(Moment.AWARE, moments) or moments.get(Moment.INVESTIGATED)
    if hazard is None or law is None or aware is None or london_day(aware) < law.in_force:
        return {}
    if hazard is Urgency.EMERGENCY:
        return law.clocks
    return {n: period for n, period in law.clocks.items() if n is not ClockName.HAZARD_EMERGENCY}


@dataclass(frozen=True, kw_only=True)
class _Case:
    code: Reader
    own: Reader
    calendar: Calendar

    @property
    def moments(self) -> Moments:
        return self.code.moments

    def clocks(self) -> Iterator[CaseClock]:
        extended = self._extended()
        for name in ClockName:
            found = [self._find(name)]
            if name is ClockName.MP_RESPONSE:
                found.append(self._find_enquiry())
            for clock in filter(None, found):
                yield self._finish(self._extend(clock) if name is extended else clock)

    def _find(self, name: ClockName) -> CaseClock | None:
        code = self.code.find_run(name)
        own = self.own.find_run(name) or code
        clock = self._clock(name, code, own) if own else None
        return self._hasten(name, clock)

    def _find_enquiry(self) -> CaseClock | None:
        """Return the clock of an answer to an enquiry that shows no dissatisfaction."""
        period = self.own.policy.enquiry_response
        own = self.own.find_run(ClockName.MP_RESPONSE, period) if period else None
        return self._clock(ClockName.MP_RESPONSE, None, own) if own else None

    def _clock(self, name: ClockName, code: Run | None, own: Run) -> CaseClock:
        run = code or own
        target = own.due if code is None else _kinder(name, own.due, code.due)
        # A promise from receipt may be over before a late acknowledgement starts the Code's run.
        over = london_day(target) < london_day(run.starts)
        backstop = self._backstop(run)
        why = explain(run, own if target != run.due else None, self.code.days)
        return CaseClock(
            clock=name,
            starts=own.starts if over else run.starts,
            target=target,
            code=code.due if code else None,
            provisional=run.provisional or name in CONDITIONAL,
            rule=run.period.rule,
            why=f"{why}{CONDITIONAL.get(name, '')}{explain_backstop(backstop)}",
            backstop=backstop,
        )

    def _backstop(self, run: Run) -> date | None:
        """Return where a response would be due, had its late acknowledgement been in time."""
        name = None if run.provisional else ACKNOWLEDGED_BY.get(run.moment)
        acknowledge = self.code.find_run(name) if name else None
        if acknowledge is None or london_day(run.start) <= london_day(acknowledge.due):
            return None
        return self.code.days.add(london_day(acknowledge.due), run.length.amount, run.count_from)

    def _hasten(self, name: ClockName, clock: CaseClock | None) -> CaseClock | None:
        """Apply the date that an MP or the Ombudsman asked for, which wins when it is sooner."""
        asked = self.moments.get(ASKED_FOR[name]) if name in ASKED_FOR else None
        start = self.moments.get(ASKED_ON[name]) if name in ASKED_ON else None
        if asked is None or start is None:
            return clock
        day = london_day(asked)
        clock = clock or CaseClock(
            clock=name, starts=london_day(start), rule="the date asked for", why=""
        )
        sooner = clock.target is None or day < london_day(clock.target)
        return replace(
            clock,
            target=day if sooner else clock.target,
            code=day if name is ClockName.OMBUDSMAN_RESPONSE else None,
            why=explain_asked(day, clock.why, sooner=sooner),
        )

    def _extended(self) -> ClockName | None:
        """Return the clock that an extension applies to: that of the latest stage begun."""
        if Moment.EXTENDED_TO not in self.moments:
            return None
        second = any(moment in self.moments for moment in STAGE_2)
        return ClockName.STAGE_2_RESPONSE if second else ClockName.STAGE_1_RESPONSE

    def _extend(self, clock: CaseClock) -> CaseClock:
        """Move the promise to the new date, and the Code's no further than 6.4 or 6.15 allows."""
        until = london_day(self.moments[Moment.EXTENDED_TO])
        extended = replace(clock, target=until, extended=True)
        if clock.code is None:
            return replace(extended, why=f"extended to {say(until)}; at first {clock.why}")
        original, most = london_day(clock.code), self.code.periods[clock.clock].extend_by
        code = min(until, self.code.days.add(original, most.amount) if most else original)
        why = explain_extension(until, code, original, most)
        return replace(extended, code=code, why=f"{why}; at first {clock.why}")

    def _finish(self, clock: CaseClock) -> CaseClock:
        ended = find_end(clock.clock, self.moments)
        dates = [london_day(day) for day in (clock.target, clock.code) if day is not None]
        return replace(
            clock,
            met=_is_met(ended, clock.code),
            met_target=_is_met(ended, clock.target),
            projected=any(self.calendar.projected(day) for day in dates),
        )


def _kinder(name: ClockName, own: Instant, code: Instant) -> Instant:
    """Return the promise, but never one that gives the resident less than the Code."""
    pick = max if name in WINDOWS else min
    return pick(own, code, key=london_day)


def _is_met(ended: Instant | None, due: Instant | None) -> bool | None:
    if ended is None or due is None:
        return None
    return london_day(ended) <= london_day(due)
