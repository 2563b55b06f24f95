"""In which order the moments of a case can happen."""

from intake.domain.clock_runs import Moments
from intake.domain.lengths import london_day
from intake.domain.moments import Moment

#: Nothing ends before it begins.
ORDER = (
    (Moment.OCCURRED, Moment.RECEIVED),
    (Moment.RECEIVED, Moment.ACKNOWLEDGED),
    (Moment.RECEIVED, Moment.RESPONDED),
    (Moment.RECEIVED, Moment.EXTENDED_TO),
    (Moment.RECEIVED, Moment.STAGE2_REQUESTED),
    (Moment.STAGE2_REQUESTED, Moment.STAGE2_ACKNOWLEDGED),
    (Moment.STAGE2_REQUESTED, Moment.STAGE2_RESPONDED),
    (Moment.ACKNOWLEDGED, Moment.EXTENDED_TO),
    (Moment.STAGE2_REQUESTED, Moment.EXTENDED_TO),
    (Moment.STAGE2_ACKNOWLEDGED, Moment.EXTENDED_TO),
    (Moment.ENQUIRY_RECEIVED, Moment.MP_ACKNOWLEDGED),
)
STAGE_2 = (Moment.STAGE2_REQUESTED, Moment.STAGE2_ACKNOWLEDGED, Moment.STAGE2_RESPONDED)
#: What an extension can extend.
EXTENSIBLE = frozenset({*STAGE_2, Moment.RECEIVED, Moment.ACKNOWLEDGED})


class ClockError(ValueError):
    """The moments of a case contradict each other; the message names both."""


def check_order(moments: Moments) -> None:
    """Refuse moments that contradict each other.

    Raises:
        ClockError: one lies before what it follows, or an extension extends nothing.
    """
    for first, then in ORDER:
        if first in moments and then in moments:
            before, after = london_day(moments[first]), london_day(moments[then])
            if after < before:
                raise ClockError(f"{then} ({after}) is before {first} ({before})")
    if Moment.EXTENDED_TO in moments and EXTENSIBLE.isdisjoint(moments):
        raise ClockError("extended_to extends nothing: expected received or stage2_requested")
