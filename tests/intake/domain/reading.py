"""Builds the clocks of a test from events as the command line writes them."""

from intake.domain.clocks import CaseClock, Moment, Nation, Urgency, compute_clocks
from intake.domain.lengths import parse_moment
from intake.domain.policy import Policy, load_policy


def clocks(
    policy: str | Policy, *, nation: str = "", hazard: str = "", **events: str
) -> dict[str, CaseClock]:
    """Every clock by its name, with `received="2026-12-24"` and the like as events."""
    found = compute_clocks(
        load_policy(policy) if isinstance(policy, str) else policy,
        {Moment(name): parse_moment(when) for name, when in events.items()},
        nation=Nation(nation) if nation else None,
        hazard=Urgency(hazard) if hazard else None,
    )
    return {clock.clock.value: clock for clock in found}


def both(clock: CaseClock) -> tuple[str | None, str | None]:
    """The target and the Code's date, as text."""
    target, code = (day.isoformat() if day else None for day in (clock.target, clock.code))
    return target, code
